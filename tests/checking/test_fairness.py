"""Whether each person of a role is offered as much of the floor as every other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from compassion_protocols.catalog import bundled, find_source
from compassion_protocols.checking.bounds import group_sizes
from compassion_protocols.checking.fairness import check_fairness
from compassion_protocols.checking.gather import gather
from compassion_protocols.compiling.compile import compiled
from compassion_protocols.loading import load
from compassion_protocols.reading.convert import read
from compassion_protocols.reading.link import link
from compassion_protocols.session.rehearse import rehearsal
from compassion_protocols.session.session import Session
from compassion_protocols.testing.samples import Data
from compassion_protocols.testing.strategies import protocols
from tests.checking.floors import play, rounds
from tests.checking.found import at_mark, whole
from tests.checking.test_check import linked
from tests.plans import protocol_of

if TYPE_CHECKING:
    from compassion_protocols.findings import Finding
    from compassion_protocols.model.protocol import Protocol

HEAD = """
audience: [couple, group]
roles: {{member: {{people: {people}}}, holder: {{one_of: member, others: hearer}}}}
settings:
  long: {{duration: 1m, min: 30s, max: 5m, label: Long}}
  fixed: {{duration: 2m, min: 2m, max: 2m, label: Fixed}}
  rounds: {{number: 2, min: 1, max: 4, label: Rounds}}
  twice: {{number: 2, min: 2, max: 2, label: Twice}}
  calm: {{yes_no: "no", label: Calm}}
  cards: {{list: [a, b], label: Cards}}
steps: [{steps}]
"""
ONE = "{speak: A, who: speaker, for: 1m}"
OTHER = "{speak: A, who: listener, for: 1m}"
HOLDER = "{speak: A, who: holder, for: 1m}"
LONG = "{speak: A, who: holder, for: long}"
ITEM = "{speak: A, who: p, for: 1m}"
PERSON = "{ask: A?, id: w, who: holder, answer: {person: member}}"
HEARER = "{speak: A, who: hearer, for: 1m}"
ON = "{pass: holder, to: next}"
SAY = "{say: A}"


def asked(who: str, name: str = "q", more: str = "") -> str:
    """Write a question."""
    return f"{{ask: A?, id: {name}, who: {who}, answer: yes_no{more}}}"


def turns(*steps: str, more: str = "") -> str:
    """Write turns of everyone."""
    return f"{{turns: member, steps: [{', '.join(steps)}]{more}}}"


def only_if(step: str, condition: str) -> str:
    """Let a step depend on something."""
    return f"{step[:-1]}, when: {condition}}}"


def limited(step: str) -> str:
    """Give a step a limit."""
    return f"{step[:-1]}, timer: {{at_most: fixed}}}}"


def case(condition: str, step: str) -> str:
    """Write one way that `choose` may take."""
    return f"{{when: {condition}, steps: [{step}]}}"


def part(*steps: str, more: str = "") -> str:
    """Write a part."""
    return f"{{part: P, steps: [{', '.join(steps)}]{more}}}"


def found(*steps: str, people: str = "2") -> list[Finding]:
    """Look at nothing but the floor."""
    text = HEAD.format(people=people, steps=", ".join(steps))
    return list(check_fairness(gather(whole(text))))


def codes(*steps: str, people: str = "2") -> list[str]:
    """Name the codes of what is found."""
    return [finding.code for finding in found(*steps, people=people)]


LIMIT = ", timer: {at_most: 5m}"


@pytest.mark.parametrize(
    "steps",
    [
        [SAY],
        ["{speak: A, who: everyone, for: 1m}"],
        ["{speak: A, who: [holder, hearer], for: 1m}"],
        ["{speak: A, who: facilitator, for: 1m}"],
        [turns(ONE)],
        [turns(ONE, OTHER)],
        ["{turns: everyone, steps: [" + ONE + "]}"],
        [turns("{turns: listener, as: [a, b], steps: [{speak: A, who: a, for: long}]}")],
        [turns("{turns: listener, as: [a, b], steps: [{speak: A, who: speaker, for: 1m}]}")],
        ["{for_each: p in member, steps: [{speak: A, who: p, for: long}]}"],
        [turns("{for_each: p in listener, steps: [{speak: A, who: p, for: long}]}")],
        [f"{{for_each: 3, steps: [{turns(ONE)}]{LIMIT}}}"],
        [f"{{for_each: rounds, steps: [{turns(ONE)}], until: calm}}"],
        [part(turns(ONE), more=f"{LIMIT}, when: calm")],
        # a role that goes round
        [HOLDER, HEARER],
        [HOLDER, ON, HOLDER],
        [f"{{for_each: p in member, steps: [{HOLDER}, {ON}]}}"],
        [turns(HOLDER, ON)],
        [turns(SAY, ON), turns(HOLDER, ON)],
        [f"{{for_each: twice, steps: [{turns(HOLDER, ON)}]}}"],
        [f"{{for_each: p in member, steps: [{{turns: hearer, steps: [{SAY}]}}, {ON}]}}"],
        [only_if(HOLDER, "calm"), ON, only_if(HOLDER, "calm")],
        [only_if(ON, "calm"), turns(HOLDER, ON)],
        [asked("everyone", "w", ", shared: everyone"), part(HOLDER, HEARER, more=", when: calm")],
        # what is up to the person whose floor it is, or the same for all
        [turns(only_if(ONE, "calm"))],
        [turns(asked("speaker"), only_if(ONE, "q"))],
        [turns(asked("speaker"), "{speak: '{{ q }}', who: speaker, for: 1m}")],
        [asked("everyone"), turns("{speak: '{{ q }}', who: speaker, for: 1m}")],
        [asked("everyone"), turns(only_if(ONE, "q | of(speaker)"))],
        [turns(asked("speaker"), asked("speaker", "r", ", when: q"), only_if(ONE, "r"))],
        [turns(asked("listener"), only_if(SAY, "q"), ONE)],
        [turns(asked("speaker"), f"{{repeat_until: q, at_most: 3, steps: [{ONE}]}}")],
        [turns(asked("speaker"), f"{{for_each: rounds, until: q, steps: [{ONE}]}}")],
        [turns(f"{{for_each: c in cards, steps: [{only_if(ONE, 'c == 1')}]}}")],
        [f"{{for_each: p in member, steps: [{asked('holder')}, {only_if(HOLDER, 'q')}, {ON}]}}"],
        [turns(f"{{choose: [{{when: calm, steps: [{ONE}]}}], otherwise: [{OTHER}]}}")],
        [
            turns(
                asked("listener"), f"{{choose: [{{when: q, steps: [{ONE}]}}], otherwise: [{ONE}]}}"
            )
        ],
        [turns("{repeat_until: calm, at_most: 1, steps: [" + ONE + "]}")],
        # an end, a limit or an until that cuts nothing off
        ["{end: B, when: calm}", turns(ONE)],
        [turns(ONE), "{end: B, when: calm}", SAY],
        [HOLDER, HEARER, "{end: B, when: calm}", HOLDER, HEARER],
        [f"{{for_each: 2, steps: [{turns(ONE)}, {{end: B, when: calm}}]}}"],
        [turns(part(ONE, SAY, more=LIMIT))],
        [part(HOLDER, HEARER, HOLDER, HEARER)],
        [turns("{include: three-breath-pause}", ONE)],
    ],
)
def test_what_is_fair(steps: list[str]) -> None:
    """Everyone is offered as much, whatever the settings, whatever others answer, in each size."""
    assert codes(*steps) == []


@pytest.mark.parametrize(
    ("steps", "people"),
    [
        (["{speak: A, who: member, for: 1m}"], "1-2"),
        ([turns(ONE, OTHER)], "2-12"),
        ([turns("{turns: listener, as: [a, b], steps: [{speak: A, who: b, for: 1m}]}")], "2-12"),
        ([f"{{for_each: p in member, steps: [{HOLDER}, {ON}]}}"], "2-12"),
        ([turns(asked("speaker"), only_if(ONE, "q"))], "3-12"),
        ([turns(f"{{for_each: 2, steps: [{OTHER}]}}", "{end: A, when: calm}")], "1"),
        ([HOLDER, "{end: A}"], "1"),
        ([f"{{for_each: p in member, steps: [{ITEM}, {SAY}]}}"], "1-12"),
        ([ON, turns(HOLDER, ON)], "1-12"),
        (["{pass: holder, to: next}", HOLDER], "1"),
        ([HEARER], "3-12"),
    ],
)
def test_it_is_fair_in_every_size(steps: list[str], people: str) -> None:
    """What goes through a whole role is fair for each number of people that it may have."""
    assert codes(*steps, people=people) == []


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (
            [f"⟦{HOLDER}"],
            "alike: whoever is “holder” first is offered 1 minute, and the next one nothing.",
        ),
        ([f"⟦{HEARER}"], "the next one is offered 1 minute, and whoever is “holder” first nothing"),
        (
            [f"⟦{HOLDER}", "{speak: A, who: hearer, for: long}"],
            "offered 1 minute, and the next one “long”",
        ),
        (
            [f"⟦{HOLDER}", HEARER, "{speak: A, who: holder, for: fixed}"],
            "offered 3 minutes, and the next one 1 minute",
        ),
        ([f"⟦{LONG}", limited(LONG)], "offered “long” and “long or 120s”, and"),
        (["⟦{speak: A, who: holder, for: 3m, timer: {at_most: fixed}}"], "offered 2 minutes, and"),
        ([f"{{for_each: rounds, steps: [⟦{HOLDER}, {ON}]}}"], "1 minute (“rounds” times)"),
        ([f"{{for_each: c in cards, steps: [⟦{HOLDER}, {ON}]}}"], "(once for each “c in cards”)"),
        ([f"⟦{{turns: hearer, steps: [{SAY}]}}"], "the next one is offered 1 turn, and"),
        (
            [only_if(HOLDER, "calm"), f"⟦{HEARER}"],
            "1 minute, and whoever is “holder” first 1 minute (only if “calm”)",
        ),
        (
            ["⟦{speak: A, who: holder, for: 1m}", only_if(ON, "calm"), HOLDER],
            "“holder” first is offered 1 minute",
        ),
        (
            [PERSON, "{pass: holder, to: w}", f"⟦{HOLDER}"],
            "whoever is “holder” here is offered 1 minute",
        ),
        ([PERSON, "{for_each: p in w, steps: [⟦{speak: A, who: p, for: 1m}]}"], ""),
        (
            [f"{{repeat_until: calm, at_most: 3, steps: [⟦{HOLDER}], otherwise: [{HOLDER}]}}"],
            "(unless “calm”)",
        ),
        (
            [f"{{choose: [{case('calm', '⟦' + HOLDER)}, {case('rounds > 2', HOLDER)}]}}"],
            "only if “calm”, or else if “rounds > 2”",
        ),
        ([f"{{wait: A, until: w, otherwise: [⟦{HOLDER}]}}"], "only if “w” is too far off"),
    ],
)
def test_more_for_one(steps: list[str], said: str) -> None:
    """It is said who is offered more, how much, and at which step."""
    if said.startswith("only if “w”"):
        steps = [asked("holder", "w").replace("yes_no", "time"), *steps]
    text, place = at_mark(HEAD.format(people="2", steps=", ".join(steps)))
    first = next(iter(check_fairness(gather(whole(text)))))
    assert first.code == "CP820"
    assert said in first.message
    assert (first.span.line, first.span.column) == place


def test_the_smallest_group_in_which_it_shows() -> None:
    """Where a role is handed on too seldom, the smallest group that is too large is named."""
    three = f"{{for_each: 3, steps: [{HOLDER}, {ON}]}}"
    [finding] = found(three, people="3-9")
    assert "Among 4 people" in finding.message
    assert "whoever comes 3 later nothing" in finding.message
    assert codes(three, people="3") == []


@pytest.mark.parametrize(
    "steps",
    [
        [turns(asked("listener"), only_if(ONE, "⟦q"))],
        [turns(asked("listener"), "⟦{speak: '{{ q }}', who: speaker, for: 1m}")],
        [turns(asked("speaker"), "{speak: A, who: listener, for: 1m, when: ⟦q}")],
        [turns(asked("listener"), f"{{choose: [{{when: ⟦q, steps: [{ONE}]}}]}}")],
        [turns(asked("listener"), part(ONE, more=", when: ⟦q"))],
        [turns(asked("listener"), f"{{repeat_until: ⟦q, at_most: 2, steps: [{ONE}]}}")],
        [turns(asked("listener"), asked("speaker", "r", ", when: q"), only_if(ONE, "⟦r"))],
        [turns("{speak: A, who: speaker, for: 1m, when: ⟦speaker == holder}", ON)],
        [
            turns(
                asked("listener"), part(asked("speaker", "r"), more=", when: q"), only_if(ONE, "⟦r")
            )
        ],
        [turns(f"{{for_each: c in cards, order: shuffled, until: ⟦c == 1, steps: [{ONE}]}}")],
        [f"{{for_each: p in member, steps: [{asked('everyone')}, {only_if(ITEM, '⟦q')}]}}"],
        [f"{{for_each: p in member, steps: [{asked('hearer')}, {only_if(HOLDER, '⟦q')}, {ON}]}}"],
        [asked("everyone"), turns("{speak: A, who: speaker, for: 1m, when: ⟦q | of(listener)}")],
        [turns(asked("speaker"), "{turns: listener, as: [a, b], steps: [{say: A}], when: ⟦q}")],
    ],
)
def test_a_floor_that_others_decide_about(steps: list[str]) -> None:
    """What somebody else says in a turn may not take someone's time to speak away."""
    text, place = at_mark(HEAD.format(people="2", steps=", ".join(steps)))
    [finding] = [one for one in check_fairness(gather(whole(text))) if one.code == "CP821"]
    assert "somebody else decides" in finding.message
    assert (finding.span.line, finding.span.column) == place


@pytest.mark.parametrize(
    "steps",
    [
        [turns(SAY, "⟦{end: B, when: calm}")],
        [turns("{choose: [{when: calm, steps: [⟦{end: B}]}]}")],
        [HOLDER, "⟦{end: B, when: calm}", HEARER],
        [f"{{for_each: 2, steps: [⟦{{end: B, when: calm}}, {HOLDER}, {ON}]}}"],
        [turns(part(SAY, f"⟦{ONE}", more=LIMIT))],
        [part(HOLDER, f"⟦{HEARER}", more=LIMIT)],
        [f"{{choose: [{{when: calm, steps: [{HOLDER}, ⟦{HEARER}]}}]{LIMIT}}}"],
        [turns(f"⟦{{for_each: 2, steps: [{ONE}]{LIMIT}}}")],
        [turns(f"⟦{{repeat_until: calm, at_most: 2, steps: [{ONE}]{LIMIT}}}")],
        [f"⟦{{for_each: p in member, steps: [{ITEM}]{LIMIT}}}"],
        ["{for_each: p in member, steps: [{speak: A, who: p, for: 1m}], until: ⟦calm}"],
        [f"{{for_each: 2, steps: [{HOLDER}, {ON}], until: ⟦calm}}"],
    ],
)
def test_an_end_before_everyone_has_had_the_floor(steps: list[str]) -> None:
    """What may end early, by an `end`, a limit or an `until`, leaves nobody out."""
    text, place = at_mark(HEAD.format(people="2", steps=", ".join(steps)))
    [finding] = check_fairness(gather(whole(text)))
    assert finding.code == "CP822"
    assert (finding.span.line, finding.span.column) == place


UNEVEN = ", uneven: It is meant so"


@pytest.mark.parametrize(
    "steps",
    [
        [f"{HOLDER[:-1]}{UNEVEN}}}"],
        [part(HOLDER, more=UNEVEN)],
        [turns(SAY, f"{{end: B, when: calm{UNEVEN}}}")],
        [turns(SAY, "{end: B, when: calm}", more=UNEVEN)],
        [turns(part(SAY, ONE, more=LIMIT + UNEVEN))],
        [turns(asked("listener"), f"{only_if(ONE, 'q')[:-1]}{UNEVEN}}}")],
        [f"{{for_each: p in member, steps: [{ITEM}], until: calm{UNEVEN}}}"],
        [part(HOLDER, ON, more=UNEVEN), HOLDER, ON, HOLDER],
    ],
)
def test_what_is_uneven_on_purpose(steps: list[str]) -> None:
    """What stands inside a step that says why it is uneven does not count; the rest does."""
    assert codes(*steps) == []
    assert codes(*steps, HOLDER)[:1] == ["CP820"]


@pytest.mark.parametrize(
    "steps",
    [
        [f"⟦{SAY[:-1]}{UNEVEN}}}"],
        [turns(f"⟦{ONE[:-1]}{UNEVEN}}}")],
        [turns(ONE, more=UNEVEN).replace("{", "⟦{", 1)],
        [part(f"⟦{SAY[:-1]}{UNEVEN}}}", HOLDER, more=UNEVEN)],
    ],
)
def test_uneven_in_vain(steps: list[str]) -> None:
    """A mark without which nothing would be found is told of, and is a note."""
    text, place = at_mark(HEAD.format(people="2", steps=", ".join(steps)))
    [finding] = check_fairness(gather(whole(text)))
    assert finding.code == "CP823"
    assert (finding.span.line, finding.span.column) == place


def test_several_kinds_of_people() -> None:
    """People are compared within their role, and everyone's turns are everybody's."""
    head = "roles: {parent: {people: 1}, child: {people: 1-3}, one: {one_of: child}}\n"
    text = head + "audience: family\nsteps: [{speak: A, who: parent, for: 9m}, AND]"
    both = f"{{turns: everyone, steps: [{ONE}]}}"
    one = "{speak: A, who: one, for: 1m}"
    assert list(check_fairness(gather(whole(text.replace("AND", both))))) == []
    [finding] = check_fairness(gather(whole(text.replace("AND", one))))
    assert "Among 2 people" in finding.message


def test_whoever_is_the_only_one_of_a_role() -> None:
    """Nobody is compared with people of another role, however the floor is given to them."""
    roles = "roles: {parent: {people: 1}, child: {people: 1}, elder: {one_of: parent}}\n"
    steps = [
        asked("elder"),
        "{speak: A, who: elder, for: 1m, when: q}",
        "{for_each: p in parent, steps: [{speak: A, who: p, for: 1m}]}",
        f"{{turns: parent, steps: [{ONE}]}}",
        "{pass: elder, to: next}",
    ]
    text = f"{roles}audience: family\nsteps: [{', '.join(steps)}]"
    assert list(check_fairness(gather(whole(text)))) == []


def test_what_is_included_is_looked_at_for_itself() -> None:
    """Of steps in another file nothing is said, and what is said of them there holds here."""
    inner = HEAD.format(people="2", steps=f"{HOLDER}, {part(HOLDER, more=UNEVEN)}")
    outer = protocol_of("roles: {member: {people: 2}}\nsteps: [{include: a-test}]")
    linking = link(outer, lambda name: protocol_of(inner))
    assert list(check_fairness(gather(linking.protocol))) == []


def test_a_draft_that_names_nobody() -> None:
    """Where a loop goes through what nothing is called, there is nothing to compare."""
    steps = "{turns: nobody, steps: [{speak: A, who: speaker, for: 1m}]}"
    assert codes(steps, "{turns: holder, steps: [{say: A}]}") == []


def test_the_end_of_what_is_included_ends_nothing_else() -> None:
    """An `end` inside an included protocol takes nobody's turn away."""
    assert codes(turns("{include: pause-card}", ONE)) == []


def test_shipped_protocols_are_fair() -> None:
    """No bundled protocol is uneven, nor says that it is."""
    for name in bundled().ids():
        source = find_source(name, bundled())
        protocol = read(source.data, source.name).protocol
        assert protocol is not None
        assert list(check_fairness(gather(protocol))) == []


# the other half of the proof: the runner


def without_marks(data: Any) -> Any:  # noqa: ANN401  # any part of a file
    """Take every `uneven` out of some data."""
    match data:
        case dict():
            return {key: without_marks(each) for key, each in data.items() if key != "uneven"}
        case list():
            return [without_marks(each) for each in data]
    return data


def offered(protocol: Protocol, sizes: dict[str, int]) -> dict[str, set[tuple[int, float]]]:
    """Rehearse; for each role, how often and for how long its people had the floor."""
    people = {role: [f"{role} {n}" for n in range(count)] for role, count in sizes.items()}
    session = Session.start(
        evolve(compiled(protocol), care=load("three-breath-pause").care),
        people,
        at=0.0,
        cleared={person for group in people.values() for person in group},
        facilitator="Host" if protocol.care.tier >= 2 else None,
    )
    for _ in rehearsal(session):
        pass
    found: dict[str, set[tuple[int, float]]] = {}
    for role, names in people.items():
        floors = [session.transcript(name).floor for name in names]
        found[role] = {(0, 0.0) if one is None else (one.times, one.offered) for one in floors}
    return found


@given(protocols(), st.data())
def test_a_rehearsal_offers_everyone_as_much(data: Data, draw: st.DataObject) -> None:
    """Where nothing is marked and nothing found, the ledgers of a role's people are the same."""
    protocol = linked(without_marks(data))
    assume(not list(check_fairness(gather(protocol))))
    sizes = draw.draw(st.sampled_from(list(group_sizes(protocol))))
    assert all(len(each) <= 1 for each in offered(protocol, sizes).values())


@given(rounds(), st.integers(2, 3), st.integers(0, 10**6))
def test_whatever_others_say(text: str, people: int, seed: int) -> None:
    """Where nothing is found, each is offered as much, whatever others say and how long it takes.

    Those whose turn it is say yes to what is their own to decide.
    """
    assume(not list(check_fairness(gather(whole(text)))))
    assert len(play(text, people, seed)) == 1
