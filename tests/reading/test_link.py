"""Includes: what they stand for, and what can be wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from compassion_protocols.errors import ProtocolRejected
from compassion_protocols.findings import Span
from compassion_protocols.language.condition import Condition
from compassion_protocols.language.template import Template
from compassion_protocols.language.values import Duration
from compassion_protocols.model.answers import Choice, Form, Number, OnePerson
from compassion_protocols.model.names import People, Ref
from compassion_protocols.model.protocol import Protocol
from compassion_protocols.model.rules import Avoids, DiffersFrom
from compassion_protocols.model.settings import ListSetting
from compassion_protocols.model.steps import (
    Ask,
    Breathe,
    Choose,
    ForEach,
    Include,
    Linked,
    Pass,
    RepeatUntil,
    Reveal,
    Say,
    Turns,
    Wait,
    steps_inside,
)
from compassion_protocols.reading.link import MOST_DEPTH, MOST_STEPS, Linking, link
from tests.reading.written import protocol_of, read_text, written

if TYPE_CHECKING:
    pass

PARTNER = "{partner: {people: 2}}"
PAUSE = protocol_of(
    """
    - say: Let your feet find the floor, {{ you }}.
    - breathe: {in: 4s, out: 6s}
      count: breaths
    - ask: What do you notice now?
      id: notice
      answer: text
    - say: You noticed {{ notice }} after {{ breaths }} breaths.
      id: told
    """,
    id="pause",
    version="1.4.0",
    settings="{breaths: {number: 3, min: 1, max: 10, label: Breaths}}",
)


class Shelf:
    """Finds protocols among those it was given, by their ids."""

    def __init__(self, *protocols: Protocol) -> None:
        self.protocols = {protocol.id: protocol for protocol in protocols}
        self.known = tuple(self.protocols)

    def __call__(self, protocol: str) -> Protocol | None:
        """Look it up."""
        return self.protocols.get(protocol)


def linked(protocol: Protocol, *others: Protocol) -> Protocol:
    """Link a protocol in which nothing is wrong."""
    linking = link(protocol, Shelf(*others))
    assert linking.findings == ()
    return linking.protocol


def inside(protocol: Protocol, at: int = 0) -> Linked:
    """Give what the include at this place stands for."""
    step = protocol.steps[at]
    assert isinstance(step, Include)
    assert step.linked is not None
    return step.linked


def reads(text: Template | Condition | None) -> frozenset[str]:
    """Name what a text reads."""
    assert text is not None
    return text.reads


def codes(linking: Linking) -> list[str]:
    """Name the codes of the findings."""
    return [finding.code for finding in linking.findings]


# Names


def test_nothing_to_link() -> None:
    """A protocol without includes is linked already."""
    assert link(PAUSE, Shelf()) == Linking(PAUSE, ())


def test_names_under_a_prefix() -> None:
    """With a prefix, the included names begin with it."""
    pause = inside(linked(protocol_of("- include: pause\n  as: start"), PAUSE))
    say, breathe, ask, told = pause.steps
    assert isinstance(say, Say)
    assert say.id == ""
    assert reads(say.text) == {"you"}
    assert isinstance(breathe, Breathe)
    assert breathe.count == Ref("start.breaths")
    assert isinstance(ask, Ask)
    assert ask.id == "start.notice"
    assert isinstance(told, Say)
    assert told.id == "start.told"
    assert reads(told.text) == {"start.notice", "start.breaths"}
    assert pause.constants == (("start.breaths", 3),)
    assert (pause.id, pause.version, pause.care) == ("pause", "1.4.0", PAUSE.care)


def test_names_without_a_prefix() -> None:
    """Without a prefix, the included names begin with the id and a number, each include its own."""
    whole = linked(
        protocol_of("- include: pause\n- include: pause\n  with: {breaths: 5}\n- say: Bye."), PAUSE
    )
    ids = [step.id for step in steps_inside(whole.steps) if isinstance(step, Ask)]
    assert ids == ["pause/1.notice", "pause/2.notice"]
    assert inside(whole, 1).constants == (("pause/2.breaths", 5),)


def test_reading_an_includes_answer() -> None:
    """Outside, an answer of an include is read by its prefix, wherever it is read."""
    whole = linked(
        protocol_of(
            """
            - include: pause
              as: start
            - say: “{{ start.notice }}”, {{ start.notice | upper }}
              when: start.notice is given
            - reveal: start.notice
              id: shown
              to: everyone
            - say: "{% for start in shown %}{{ start.value }}{% endfor %}{{ other.field }}"
            """
        ),
        PAUSE,
    )
    say, reveal, loop = whole.steps[1:]
    assert isinstance(say, Say)
    assert reads(say.text) == {"start.notice"}
    assert reads(say.when) == {"start.notice"}
    assert isinstance(reveal, Reveal)
    assert reveal.answer == Ref("start.notice")
    assert isinstance(loop, Say)
    assert reads(loop.text) == {"shown", "other"}


def test_fields_of_an_includes_form() -> None:
    """A field of an included form is still a field of it."""
    child = protocol_of("- ask: What?\n  id: plan\n  answer: {form: {what: text}}", id="child")
    parent = protocol_of("- include: child\n  as: c\n- say: Do {{ c.plan.what }}, {{ c.typo.a }}.")
    say = linked(parent, child).steps[1]
    assert isinstance(say, Say)
    assert {use.path for use in say.text.uses} == {"c.plan.what", "c.typo.a"}
    assert reads(say.text) == {"c.plan", "c.typo"}


def test_nested_includes() -> None:
    """Names of an include inside an include begin with both prefixes, and are read by both."""
    middle = protocol_of(
        "- include: pause\n  as: inner\n- include: pause\n- say: It was {{ inner.notice }}.",
        id="middle",
    )
    parent = protocol_of("- include: middle\n  as: outer\n- say: So {{ outer.inner.notice }}.")
    whole = linked(parent, middle, PAUSE)
    ids = [step.id for step in steps_inside(whole.steps) if isinstance(step, Ask)]
    assert ids == ["outer.inner.notice", "outer.pause/2.notice"]
    assert reads_of_says(whole) == [
        {"you"},
        {"outer.inner.notice", "outer.inner.breaths"},
        {"you"},
        {"outer.pause/2.notice", "outer.pause/2.breaths"},
        {"outer.inner.notice"},
        {"outer.inner.notice"},
    ]
    nested = inside(whole).steps[0]
    assert isinstance(nested, Include)
    assert nested.linked is not None
    assert nested.linked.constants == (("outer.inner.breaths", 3),)


def reads_of_says(protocol: Protocol) -> list[frozenset[str]]:
    """Name what each text to take in reads, in order."""
    return [reads(step.text) for step in steps_inside(protocol.steps) if isinstance(step, Say)]


def test_everything_is_renamed() -> None:
    """Wherever an included step names something of its own, the name is a new one."""
    child = protocol_of(
        """
        - ask: Who, {{ you }}?
          id: chosen
          answer: {person: partner}
          who: partner
        - ask: How many?
          id: many
          answer: {number: whole, min: low, max: 9}
          rules:
            - expect: answer > low
              say: More than {{ low }}?
            - differs_from: chosen
              say: Another?
            - avoids: chosen
              say: Other words?
          shared: [partner, facilitator]
          borrow: cards
        - ask: Which?
          id: which
          answer: {form: {card: {choice: cards}}}
          meanwhile: Wait for {{ chosen }}.
        - turns: partner
          steps:
            - for_each: each in cards
              until: which is given
              steps:
                - say: "{{ speaker }}, {{ listener }}, {{ each }}, {{ everyone | count }}"
                  who: [speaker, partner]
        - repeat_until: many == 1
          at_most: low
          steps: [{say: "{{ many }}"}]
          otherwise: [{say: "{{ which.card }}"}]
        - choose:
            - {when: chosen is given, steps: [{say: "{{ chosen }}"}]}
          otherwise: [{wait: "{{ low }}", for: long}]
        - reveal: which
          id: open
          to: partner
        """,
        id="child",
        roles=PARTNER,
        settings="""
        low: {number: 1, min: 1, max: 9, label: Low}
        long: {duration: 1m, label: Long}
        cards: {list: [a, b], label: Cards}
        """,
    )
    parent = protocol_of("- include: child\n  as: c", roles=PARTNER)
    chosen, many, which, turns, repeat, choose, reveal = inside(linked(parent, child)).steps
    assert isinstance(chosen, Ask)
    assert chosen.answer == OnePerson(role=Ref("partner"))
    assert chosen.who == People(("partner",))
    assert isinstance(many, Ask)
    assert many.answer == Number(whole=True, least=Ref("c.low"), most=9)
    assert reads(many.rules[0].say) == {"c.low"}
    assert many.rules[1].check == DiffersFrom(Ref("c.chosen"))
    assert many.rules[2].check == Avoids(Ref("chosen"))
    assert many.shared == People(("partner", "facilitator"))
    assert many.borrow == Ref("c.cards")
    assert isinstance(which, Ask)
    assert which.answer == Form(fields=(("card", Choice(options=Ref("c.cards"))),))
    assert reads(which.meanwhile) == {"c.chosen"}
    assert isinstance(turns, Turns)
    assert (turns.role, turns.names) == (Ref("partner"), ("speaker", "listener"))
    loop = turns.steps[0]
    assert isinstance(loop, ForEach)
    assert (loop.item, loop.items) == ("each", Ref("c.cards"))
    assert reads(loop.until) == {"c.which"}
    assert isinstance(loop.steps[0], Say)
    assert reads(loop.steps[0].text) == {"speaker", "listener", "each", "everyone"}
    assert loop.steps[0].who == People(("speaker", "partner"))
    assert isinstance(repeat, RepeatUntil)
    assert reads(repeat.condition) == {"c.many"}
    assert repeat.at_most == Ref("c.low")
    assert isinstance(choose, Choose)
    assert reads(choose.cases[0].when) == {"c.chosen"}
    assert isinstance(choose.otherwise[0], Wait)
    assert choose.otherwise[0].duration == Ref("c.long")
    assert isinstance(reveal, Reveal)
    assert (reveal.id, reveal.answer) == ("c.open", Ref("c.which"))


def test_an_included_name_never_leads_outside() -> None:
    """What an included protocol reads without having it does not become a name of ours."""
    child = protocol_of("- say: How is {{ mood }}?", id="child")
    parent = protocol_of("- ask: How?\n  id: mood\n  answer: text\n- include: child")
    step = inside(linked(parent, child), 1).steps[0]
    assert isinstance(step, Say)
    assert reads(step.text) == {"child/1.mood"}


def test_the_care_section_of_a_screening() -> None:
    """What clears a person may be an answer of an include."""
    screen = protocol_of("- include: pause\n  as: p", care="{tier: 0, clears: p.notice is given}")
    assert reads(linked(screen, PAUSE).care.clears) == {"p.notice"}


def test_includes_everywhere() -> None:
    """An include is linked wherever steps may stand."""
    parent = protocol_of(
        """
        - part: a
          steps: [{include: pause}]
        - turns: partner
          steps: [{include: pause}]
        - for_each: 2
          steps: [{include: pause}]
        - repeat_until: a == 1
          at_most: 2
          steps: [{include: pause}]
          otherwise: [{include: pause}]
        - choose:
            - {when: a == 1, steps: [{include: pause}]}
            - {when: a == 2, steps: [{include: pause}]}
          otherwise: [{include: pause}]
        - wait: a
          until: b
          otherwise: [{include: pause}]
        """,
        roles=PARTNER,
    )
    ids = [s.id for s in steps_inside(linked(parent, PAUSE).steps) if isinstance(s, Ask)]
    assert ids == [f"pause/{number}.notice" for number in range(1, 10)]


def test_linking_twice() -> None:
    """Linking what is linked changes nothing."""
    once = linked(protocol_of("- include: pause\n  as: a\n- say: So {{ a.notice }}."), PAUSE)
    assert link(once, Shelf(PAUSE)) == Linking(once, ())


def test_linking_what_was_linked_in_part() -> None:
    """What could not be linked the first time can be linked the second."""
    parent = protocol_of("- include: pause\n- include: other\n- say: Bye.")
    part = link(parent, Shelf(PAUSE)).protocol
    other = evolve(PAUSE, id="other")
    assert linked(part, PAUSE, other) == linked(parent, PAUSE, other)


# Settings


@pytest.mark.parametrize(
    ("setting", "given", "value"),
    [
        ("number: 3", "5", 5),
        ("number: 3", "0.5", 0.5),
        ("duration: 3m", "90s", Duration(90)),
        ("text: a", "1:30", "1:30"),
        ("text: a", '"ours"', "ours"),
        ("yes_no: no", "yes", True),
        ("yes_no: no", "false", False),
        ("choice: [a, b]", "b", "b"),
        ("choice: [a, ours]", "ours", "ours"),
        ("list: [a, b]", "[c, no]", ("c", "no")),
    ],
)
def test_values_handed_in(setting: str, given: str, value: object) -> None:
    """A value that is handed in becomes what the type of its setting asks for."""
    child = protocol_of(id="child", settings=f"{{x: {{{setting}, label: X}}}}")
    parent = protocol_of(
        f"- include: child\n  with: {{x: {given}}}",
        settings="{ours: {text: a, label: A}}",
    )
    [(name, constant)] = inside(linked(parent, child)).constants
    assert (name, constant) == ("child/1.x", value)
    assert type(constant) is type(value)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("number: 3", "number: 5"),
        ("number: 3, min: 1, max: 9", "number: 5, min: 1, max: 9"),
        ("duration: 3m, max: 5m", "duration: 2m, max: 3m"),
        ("text: a", "text: b"),
        ("yes_no: no", "yes_no: yes"),
        ("choice: [a, b]", "choice: [b]"),
        ("list: [a]", "list: [b]"),
    ],
)
def test_settings_handed_in(theirs: str, ours: str) -> None:
    """A setting of ours that is handed in is read inside under its own name."""
    child = protocol_of(
        "- say: It is {{ x }}.", id="child", settings=f"{{x: {{{theirs}, label: X}}}}"
    )
    parent = protocol_of(
        "- include: child\n  with: {x: y}", settings=f"{{y: {{{ours}, label: Y}}}}"
    )
    whole = linked(parent, child)
    assert inside(whole).constants == ()
    assert reads_of_says(whole) == [{"y"}]


@pytest.mark.parametrize(
    ("theirs", "ours", "given", "code"),
    [
        ("number: 3, max: 9", "number: 3, min: 1", "y", "CP306"),
        ("number: 3, min: 2", "number: 3, min: 1, max: 9", "y", "CP306"),
        ("number: 3", "duration: 3m", "y", "CP306"),
        ("choice: [a, b]", "choice: [a, c]", "y", "CP306"),
        ("text: a", "number: 3", "y", "CP306"),
        ("number: 3", "number: 3", "z", "CP306"),
        ("number: 3, max: 9", "number: 3", "10", "CP306"),
        ("number: 3", "number: 3", '"3"', "CP306"),
        ("duration: 3m", "number: 3", "3", "CP306"),
        ("yes_no: no", "number: 3", "maybe", "CP306"),
        ("choice: [a, b]", "number: 3", "c", "CP306"),
        ("list: [a]", "number: 3", "c", "CP306"),
        ("number: 3", "number: 3", "[1]", "CP306"),
    ],
)
def test_what_a_setting_does_not_take(theirs: str, ours: str, given: str, code: str) -> None:
    """What may leave the bounds or is of another type is found at its place."""
    child = protocol_of(id="child", settings=f"{{x: {{{theirs}, label: X}}}}")
    text = written(
        f"- include: child\n  with: {{x: {given}}}", settings=f"{{y: {{{ours}, label: Y}}}}"
    )
    reading = read_text(text)
    assert reading.protocol is not None
    [finding] = link(reading.protocol, Shelf(child)).findings
    assert finding.code == code
    line = text.splitlines().index(f"    with: {{x: {given}}}") + 1
    column = 12 if given == "[1]" else 15
    assert finding.span == Span("a.yaml", line, column)


def test_handing_in_what_is_not_taken() -> None:
    """Whoever hands in something unknown is told the nearest name, or that nothing is taken."""
    parent = protocol_of("- include: pause\n  with: {braeths: 3}")
    [finding] = link(parent, Shelf(PAUSE)).findings
    assert finding.code == "CP305"
    assert "Did you mean “breaths”?" in finding.message
    plain = protocol_of(id="plain")
    [finding] = link(protocol_of("- include: plain\n  with: {a: 3}"), Shelf(plain)).findings
    assert (finding.code, finding.remedy) == ("CP305", "It takes nothing.")


def test_a_list_of_the_catalog() -> None:
    """A setting that takes its texts from a list of the catalog has them once it is linked."""
    protocol = protocol_of(settings="{a: {list: {from: cards}, label: A}}")
    linking = link(protocol, Shelf(), {"cards": ("x", "y")})
    assert linking.findings == ()
    [setting] = linking.protocol.settings
    assert isinstance(setting, ListSetting)
    assert (setting.default, setting.source) == (("x", "y"), "cards")
    assert link(linking.protocol, Shelf()) == linking


def test_a_list_of_an_included_protocol() -> None:
    """The list of an included protocol is looked up too."""
    child = protocol_of(id="child", settings="{a: {list: {from: cards}, label: A}}")
    parent = protocol_of("- include: child")
    assert codes(link(parent, Shelf(child))) == ["CP314"]
    whole = link(parent, Shelf(child), {"cards": ("x",)}).protocol
    assert inside(whole).constants == (("child/1.a", ("x",)),)


# Roles

TALK = protocol_of(
    """
    - turns: partner
      steps:
        - speak: "{{ speaker }}, tell {{ listener }}."
          who: speaker
          for: 1m
    """,
    id="talk",
    roles=PARTNER,
)


def test_a_role_of_the_same_name() -> None:
    """A role of an included protocol is ours of the same name."""
    turns = inside(linked(protocol_of("- include: talk", roles=PARTNER), TALK)).steps[0]
    assert isinstance(turns, Turns)
    assert turns.role == Ref("partner")


@pytest.mark.parametrize(
    ("audience", "roles", "given"),
    [
        ("couple", "{spouse: {people: 2}}", "spouse"),
        ("couple", "{spouse: {people: 2}}", "everyone"),
        ("couple", "{a: {people: 1}, b: {people: 1}}", "everyone"),
        ("couple", "", "person"),
    ],
)
def test_a_role_of_another_name(audience: str, roles: str, given: str) -> None:
    """A role of an included protocol may be handed any role of ours that has its size."""
    parent = protocol_of(
        f"- include: talk\n  with: {{partner: {given}}}", audience=audience, roles=roles
    )
    turns = inside(linked(parent, TALK)).steps[0]
    assert isinstance(turns, Turns)
    assert turns.role == Ref(given)


def test_everyone_of_a_protocol_without_roles() -> None:
    """The unnamed role of an included protocol is everyone where we have named ours."""
    child = protocol_of("- turns: person\n  steps: [{say: a.}]", id="child")
    named = inside(linked(protocol_of("- include: child", roles=PARTNER), child)).steps[0]
    assert isinstance(named, Turns)
    assert named.role == Ref("everyone")
    unnamed = inside(linked(protocol_of("- include: child"), child)).steps[0]
    assert isinstance(unnamed, Turns)
    assert unnamed.role == Ref("person")


def test_person_as_a_name_of_its_own() -> None:
    """An answer called like the unnamed role is an answer."""
    child = protocol_of(
        "- ask: Who?\n  id: person\n  answer: text\n- say: So {{ person }}.", id="c"
    )
    assert reads_of_says(linked(protocol_of("- include: c"), child)) == [{"c/1.person"}]


HOLDER = protocol_of(
    """
    - say: You are it, {{ holder }}.
      who: [holder, hearer]
    - pass: holder
      to: next
    - ask: Who is next?
      id: next_one
      answer: {person: partner}
    - pass: holder
      to: next_one
    """,
    id="holding",
    roles="{partner: {people: 2}, holder: {one_of: partner, others: hearer}}",
)


def test_a_turning_role_becomes_ours() -> None:
    """A role that one person has at a time is added to ours, under a name of its own."""
    whole = linked(
        protocol_of(
            "- include: holding\n  as: h\n  with: {partner: spouse}\n- include: holding\n"
            "  with: {partner: spouse}",
            roles="{spouse: {people: 2}}",
        ),
        HOLDER,
    )
    assert [(role.name, role.one_of, role.others) for role in whole.roles] == [
        ("spouse", "", ""),
        ("h.holder", "spouse", "h.hearer"),
        ("holding/2.holder", "spouse", "holding/2.hearer"),
    ]
    say, pass_on, _, pass_to = inside(whole).steps
    assert say.who == People(("h.holder", "h.hearer"))
    assert isinstance(pass_on, Pass)
    assert (pass_on.role, pass_on.to) == (Ref("h.holder"), Ref("next"))
    assert isinstance(pass_to, Pass)
    assert pass_to.to == Ref("h.next_one")


@pytest.mark.parametrize(("others", "hearer"), [(", others: quiet", "quiet"), ("", "spouse")])
def test_a_turning_role_handed_in(others: str, hearer: str) -> None:
    """A role that one person has at a time may be one of ours that is so too."""
    parent = protocol_of(
        "- include: holding\n  with: {partner: spouse, holder: torch}",
        roles=f"{{spouse: {{people: 2}}, torch: {{one_of: spouse{others}}}}}",
    )
    whole = linked(parent, HOLDER)
    assert len(whole.roles) == 2
    assert inside(whole).steps[0].who == People(("torch", hearer))


def test_turning_roles_of_nested_includes() -> None:
    """A role that one person has at a time comes out through every include around it."""
    middle = protocol_of("- include: holding\n  as: h", id="middle", roles=PARTNER)
    whole = linked(protocol_of("- include: middle\n  as: m", roles=PARTNER), middle, HOLDER)
    assert [role.name for role in whole.roles] == ["partner", "m.h.holder"]


def test_a_turning_role_without_a_name_for_the_others() -> None:
    """A turning role that has no name for the others can be handed in as well."""
    child = protocol_of(
        "- say: You, {{ holder }}.", id="c", roles="{a: {people: 2}, holder: {one_of: a}}"
    )
    parent = protocol_of(
        "- include: c\n  with: {holder: torch}",
        roles="{a: {people: 2}, torch: {one_of: a, others: quiet}}",
    )
    assert reads_of_says(linked(parent, child)) == [{"torch"}]


@pytest.mark.parametrize(
    ("roles", "given", "code"),
    [
        ("{spouse: {people: 2}}", "", "CP308"),
        ("{partner: {people: 2}}", "  with: {partner: spuose}", "CP308"),
        ("{partner: {people: 2}}", "  with: {partner: [a]}", "CP308"),
        ("{partner: {people: 2}}", "  with: {holder: partner}", "CP308"),
        ("{partner: {people: 2-3}}", "", "CP309"),
        ("{partner: {people: 1}}", "", "CP309"),
        ("{partner: {people: 2}, a: {people: 1}}", "  with: {partner: everyone}", "CP309"),
    ],
)
def test_roles_that_do_not_fit(roles: str, given: str, code: str) -> None:
    """A role that nobody takes, or too few or too many, is found."""
    parent = protocol_of(f"- include: holding\n{given}", roles=roles)
    assert codes(link(parent, Shelf(HOLDER))) == [code]


def test_a_name_that_a_loop_takes_away() -> None:
    """A name of ours that a loop inside uses for something else is found."""
    child = protocol_of(
        "- for_each: each in cards\n  steps: [{wait: a, for: long}]",
        id="child",
        settings="{cards: {list: [a], label: A}, long: {duration: 1m, label: L}}",
    )
    parent = protocol_of(
        "- include: child\n  with: {long: each}", settings="{each: {duration: 1m, label: E}}"
    )
    assert codes(link(parent, Shelf(child))) == ["CP311"]


# What cannot be linked


def test_a_protocol_that_is_not_there() -> None:
    """An unknown id is found with the nearest one, and the include stays empty."""
    linking = link(protocol_of("- include: puase"), Shelf(PAUSE))
    [finding] = linking.findings
    assert finding.code == "CP301"
    assert "Did you mean “pause”?" in finding.message
    assert finding.span.column == 14
    step = linking.protocol.steps[0]
    assert isinstance(step, Include)
    assert step.linked is None


def test_a_screening_that_is_not_there() -> None:
    """A screening that the finder does not know is found where it is named."""
    screened = protocol_of("- say: a", care="{tier: 1, screen: puase}")
    [finding] = link(screened, Shelf(PAUSE)).findings
    assert (finding.code, finding.span.column) == ("CP301", 25)
    assert "Did you mean “pause”?" in finding.message
    assert codes(link(screened, {"pause": PAUSE}.get)) == ["CP301"]


def test_a_screening_that_clears_nobody() -> None:
    """What is named as a screening says when its person is cleared, and has no mistakes."""
    screened = protocol_of("- say: a", care="{tier: 1, screen: gate}")
    asks = "- {ask: Safe?, id: safe, answer: yes_no, example: 'yes'}"
    gate = protocol_of(asks, id="gate", care="{tier: 0, clears: safe}")
    assert codes(link(screened, {"gate": gate}.get)) == []
    open_gate = protocol_of(asks, id="gate")
    assert codes(link(screened, {"gate": open_gate}.get)) == ["CP315"]

    def find(protocol: str) -> Protocol | None:
        raise ProtocolRejected(read_text(written("- sing: a")).findings)

    assert codes(link(screened, find)) == ["CP313"]


def test_finding_with_a_function() -> None:
    """Any function from an id to a protocol finds protocols."""
    linking = link(protocol_of("- include: pause"), {"pause": PAUSE}.get)
    assert linking.findings == ()
    assert codes(link(protocol_of("- include: x"), lambda protocol: None)) == ["CP301"]


def test_a_protocol_with_mistakes() -> None:
    """A finder may tell of a file with mistakes, which is said where it is included."""
    mistakes = read_text(written("- sing: a"))

    def find(protocol: str) -> Protocol | None:
        raise ProtocolRejected(mistakes.findings)

    [finding] = link(protocol_of("- include: sung"), find).findings
    assert finding.code == "CP313"
    assert mistakes.findings[0].message in finding.remedy


@pytest.mark.parametrize("version", ["1.4.0", "^1.2.0"])
def test_a_version_that_goes_with_what_is_wanted(version: str) -> None:
    """The wanted version, or a later one that goes with it, is taken."""
    linked(protocol_of(f"- include: pause\n  version: {version}"), PAUSE)


@pytest.mark.parametrize("version", ["1.3.0", "^1.5.0", "^2.0.0"])
def test_another_version(version: str) -> None:
    """Another version is found, at the version that was wanted."""
    linking = link(protocol_of(f"- include: pause\n  version: {version}"), Shelf(PAUSE))
    assert codes(linking) == ["CP304"]
    assert linking.findings[0].span.column == 14


def test_circles() -> None:
    """A circle of includes is found once, with the whole way round."""
    a = protocol_of("- include: b", id="a")
    b = protocol_of("- include: c", id="b")
    c = protocol_of("- include: b", id="c")
    [finding] = link(a, Shelf(a, b, c)).findings
    assert finding.code == "CP302"
    assert "b includes c includes b" in finding.message
    assert finding.span.line == a.steps[0].span.line
    [finding] = link(b, Shelf(b, evolve(a, id="c"))).findings
    assert "b includes c includes b" in finding.message


def chain(length: int) -> list[Protocol]:
    """Make protocols that each include the next, so many deep."""
    names = [f"p{number}" for number in range(length + 1)]
    inner = [protocol_of(f"- include: {name}", id=f"p{n}") for n, name in enumerate(names[1:])]
    return [*inner, protocol_of(id=names[-1])]


def test_depth() -> None:
    """Includes may stand so deep inside one another, and no deeper."""
    first, *others = chain(MOST_DEPTH)
    linked(first, *others)
    first, *others = chain(MOST_DEPTH + 1)
    assert codes(link(first, Shelf(*others))) == ["CP303"]


def test_very_deep() -> None:
    """However far includes would go on, they are followed only as deep as is allowed."""
    first, *others = chain(40)
    assert codes(link(first, Shelf(*others))) == ["CP303"]


def test_size() -> None:
    """A protocol has a greatest number of steps, those of its includes among them."""
    many = "\n".join(["- say: a"] * 100)
    large = protocol_of(many, id="large")
    includes = "\n".join(["- include: large"] * (MOST_STEPS // 100))
    linking = link(protocol_of(includes), Shelf(large))
    assert codes(linking) == ["CP312"]
    assert sum(1 for _ in steps_inside(linking.protocol.steps)) <= MOST_STEPS


@pytest.mark.parametrize("prefix", ["told", "x", "partner", "each", "speaker"])
def test_a_prefix_that_is_taken(prefix: str) -> None:
    """A prefix that means something else already is found."""
    parent = protocol_of(
        f"""
        - say: a.
          id: told
        - turns: partner
          steps: [{{for_each: each in x, steps: [{{say: a.}}]}}]
        - include: pause
          as: {prefix}
        """,
        roles=PARTNER,
        settings="{x: {list: [a], label: X}}",
    )
    linking = link(parent, Shelf(PAUSE))
    assert codes(linking) == ["CP310"]
    assert linking.findings[0].span.column == 9


def test_a_prefix_twice() -> None:
    """Two includes do not share a prefix."""
    parent = protocol_of("- include: pause\n  as: a\n- include: pause\n  as: a")
    assert codes(link(parent, Shelf(PAUSE))) == ["CP310"]


def test_findings_of_included_protocols() -> None:
    """What is wrong with an include of an included protocol is found in that file."""
    middle = protocol_of("- include: nowhere", id="middle")
    linking = link(protocol_of("- include: middle\n- include: middle"), Shelf(middle))
    assert codes(linking) == ["CP301"]


def test_a_draft_is_linked_too() -> None:
    """A draft with mistakes can be linked, so that its includes are looked at as well."""
    draft = read_text(written("- sya: a\n- include: puase\n- include: [a]")).draft
    assert draft is not None
    assert codes(link(draft, Shelf(PAUSE))) == ["CP301"]
