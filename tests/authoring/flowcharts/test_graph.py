"""A protocol as a flowchart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from compassion_protocols.authoring.flowcharts.chart import Shape
from compassion_protocols.authoring.flowcharts.graph import chart_of
from compassion_protocols.catalog import Source, bundled
from compassion_protocols.loading import examine, load
from compassion_protocols.model.steps import ForEach, Include, RepeatUntil, steps_inside
from compassion_protocols.testing.strategies import as_yaml, protocols
from tests.checking.found import whole
from tests.plans import protocol_of

if TYPE_CHECKING:
    from compassion_protocols.authoring.flowcharts.chart import Chart, Node
    from compassion_protocols.model.protocol import Protocol
    from compassion_protocols.testing.samples import Data

COUPLE = """\
audience: couple
roles:
  partner: {people: 2}
  holder: {one_of: partner}
settings:
  floor_time: {duration: 3m, min: 1m, max: 5m, label: Time}
  rounds: {number: 2, min: 1, max: 3, label: Rounds}
  deck: {list: [river, stone], label: Cards}
"""


def chart(steps: str) -> Chart:
    """The chart of some steps for two."""
    return chart_of(whole(f"{COUPLE}steps:\n{steps}"))


def node(found: Chart, beginning: str) -> Node:
    """The one node whose first line begins like this."""
    [one] = [each for each in found.nodes if each.lines[0].startswith(beginning)]
    return one


def ways(found: Chart) -> set[tuple[str, str, str]]:
    """Each arrow: the first lines of the nodes it joins, and what stands on it."""
    first = {each.number: each.lines[0] for each in found.nodes}
    return {(first[a.start], a.label, first[a.end]) for a in found.arrows}


def is_sound(found: Chart, protocol: Protocol) -> bool:
    """Whether every step has its node, every node is reached, and only endings lead nowhere."""
    steps = list(steps_inside(protocol.steps))
    expected = 1 + sum(not isinstance(step, Include) or step.linked is None for step in steps)
    expected += sum(step.when is not None for step in steps)
    expected += sum(isinstance(step, RepeatUntil) for step in steps)
    expected += sum(isinstance(step, ForEach) and step.until is not None for step in steps)
    numbers = [each.number for each in found.nodes]
    last = found.nodes[-1]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == expected + (last.lines == ("The end",))
    assert {a.end for a in found.arrows} == set(numbers[1:])
    nowhere = set(numbers) - {a.start for a in found.arrows}
    assert all(found.nodes[number - 1].shape is Shape.ENDING for number in nowhere)
    return True


def test_steps_follow_one_another() -> None:
    """Steps are joined in order, from the start to the end."""
    found = chart("  - say: Hello.\n  - say: And now?\n")
    assert ways(found) == {
        ("Start", "", "say: Hello."),
        ("say: Hello.", "", "say: And now?"),
        ("say: And now?", "", "The end"),
    }


def test_who_acts_is_the_lane() -> None:
    """A step is in the lane of those who act; what only decides is in none."""
    found = chart(
        "  - turns: partner\n"
        "    steps:\n"
        "      - speak: Tell.\n"
        "        who: speaker\n"
        "        for: floor_time\n"
        "      - part: Inside\n"
        "        who: [listener, facilitator]\n"
        "        steps: [{say: Breathe out.}]\n"
    )
    assert node(found, "speak: Tell.").lane == "speaker"
    assert node(found, "speak: Tell.").lines[1] == "for floor_time (3 minutes)"
    assert node(found, "say: Breathe out.").lane == "listener and facilitator"
    assert node(found, "turns: each of partner once").lane == ""


@pytest.mark.parametrize(
    ("owner", "line"),
    [
        ("writer", "may be kept by its writer"),
        ("everyone", "may be kept by everyone, if all agree"),
    ],
)
def test_a_question_says_who_may_keep_it(owner: str, line: str) -> None:
    """Where an answer may be kept for another time, its node says by whom."""
    found = chart(
        "  - {ask: A?, id: a, shared: everyone, answer: text, example: b,"
        f" keep: {{as: words, owner: {owner}}}}}\n"
    )
    assert node(found, "ask: A?").lines[-1] == line


def test_a_loop_says_how_often() -> None:
    """A loop says what it goes through and how often, and its last step leads back."""
    found = chart(
        "  - repeat_until: done == \"yes\"\n"
        "    at_most: rounds\n"
        "    steps:\n"
        "      - {ask: Is it done?, id: done, who: partner, answer: {choice: [yes, no]},"
        " example: yes, shared: everyone}\n"
        "    otherwise: [{say: Leave it.}]\n"
        "  - for_each: card in deck\n"
        "    order: shuffled\n"
        '    steps: [{say: "See {{ card }}."}]\n'
        "  - for_each: 3\n"
        "    until: calm\n"
        "    steps: [{ask: Calm?, id: calm, who: holder, answer: yes_no, example: yes}]\n"
    )  # fmt: skip
    repeat, each, times = (
        node(found, name) for name in ("repeat", "for_each: card", "for_each: 3")
    )
    assert repeat.lines == ("repeat_until: at most rounds (2) times",)
    assert each.lines == ("for_each: card in deck", "shuffled order")
    assert times.lines == ("for_each: 3 times",)
    back = {found.nodes[a.end - 1] for a in found.arrows if a.back}
    assert back == {repeat, each, times}
    enough = 'until done == "yes"'
    assert {
        (enough, "not yet", repeat.lines[0]),
        (enough, "never, or not known", "say: Leave it."),
        (enough, "yes", each.lines[0]),
        ("say: See ‹card›.", "next", each.lines[0]),
        (each.lines[0], "after the last", times.lines[0]),
        (times.lines[0], "after the last", "The end"),
        ("until calm", "yes", "The end"),
        ("until calm", "not yet", times.lines[0]),
    } <= ways(found)


def test_a_branch_says_when() -> None:
    """A guard and each case say when they are taken; what is passed over goes on as well."""
    found = chart(
        "  - say: Only then.\n"
        "    when: rounds > 1\n"
        "  - choose:\n"
        "      - when: rounds == 2\n"
        "        steps: [{say: Two.}]\n"
        "      - when: rounds == 3\n"
        "        steps: [{end: That is all.}]\n"
        "  - say: After.\n"
    )
    assert ways(found) == {
        ("Start", "", "rounds > 1"),
        ("rounds > 1", "yes", "say: Only then."),
        ("rounds > 1", "otherwise", "choose"),
        ("say: Only then.", "", "choose"),
        ("choose", "rounds == 2", "say: Two."),
        ("choose", "rounds == 3", "end: That is all."),
        ("choose", "otherwise", "say: After."),
        ("say: Two.", "", "say: After."),
        ("say: After.", "", "The end"),
    }


def test_a_private_question_is_marked() -> None:
    """Where there are several people, a question whose answer stays private is marked."""
    found = chart(
        "  - {ask: A secret?, id: secret, who: partner, answer: text, example: a}\n"
        "  - {ask: For all?, id: open, who: partner, answer: date, example: in 2 days,"
        " shared: [everyone, facilitator]}\n"
        "  - {reveal: secret, id: shown, who: partner, to: everyone}\n"
    )
    secret, shared = node(found, "ask: A secret?"), node(found, "ask: For all?")
    assert secret.private
    assert secret.lines[1:] == ("answer: text", "private: only its writer reads it")
    assert not shared.private
    assert shared.lines[1:] == ("answer: date", "read by everyone and facilitator")
    assert node(found, "reveal").lines == (
        "reveal: the writer picks from secret",
        "for everyone to read",
    )
    alone = chart_of(
        whole(
            "audience: individual\nsteps:\n  - {ask: A secret?, id: s, answer: text, example: a}\n"
        )
    )
    assert not any(each.private for each in alone.nodes)


def test_an_included_protocol_has_its_own_group() -> None:
    """An included protocol's steps are in a group of their own, under their own names."""
    found = chart("  - include: three-breath-pause\n    with: {breaths: rounds}\n  - say: After.\n")
    [group] = found.groups
    assert group.title.startswith("include: three-breath-pause 1.")
    assert {each.group for each in found.nodes[1:4]} == {group.number}
    assert node(found, "breathe").lines == ("breathe: in 4, out 6", "rounds (2) breaths")
    fixed = chart("  - include: three-breath-pause\n    with: {breaths: 1}\n")
    assert node(fixed, "breathe").lines[1] == "1 breath"


def test_what_ends_inside_an_include_goes_on_after_it() -> None:
    """A closing text ends the protocol that wrote it, and nothing beyond."""
    found = chart("  - include: human-help\n  - say: After.\n")
    after = node(found, "say: After.").number
    assert [a for a in found.arrows if a.end == after]


def test_a_repetition_that_ends_leads_nowhere_else() -> None:
    """Where every way through a repetition ends the protocol, nothing leads out of it."""
    found = chart(
        "  - repeat_until: rounds > 5\n"
        "    at_most: 2\n"
        "    steps: [{end: That is all.}]\n"
        "    otherwise: [{say: Never.}]\n"
    )
    assert [each.lines[0] for each in found.nodes][-1] == "end: That is all."


def test_the_other_steps_say_how_long() -> None:
    """Silence, talk and breath say how long they last; a role says to whom it is passed."""
    found = chart(
        "  - {wait: Rest a while., for: 90s}\n"
        "  - {ask: When?, id: back, who: holder, shared: everyone, answer: time, example: 18:30}\n"
        "  - {wait: Until then., until: back, at_most: 1h, otherwise: [{say: Too far.}]}\n"
        "  - {breathe: {in: 4s, hold: 1s, out: 6s, rest: 2s}, for: 1m}\n"
        "  - {pass: holder, to: next}\n"
        "  - {say: Look., for: 20s}\n"
        "  - {part: A part, timer: {at_most: floor_time}, steps: [{say: In it.}]}\n"
    )
    assert node(found, "wait: Rest").lines[1] == "for 1 minute 30 seconds"
    assert node(found, "wait: Until").lines[1] == "until back, at most 1 hour"
    assert ("wait: Until then.", "too far off", "say: Too far.") in ways(found)
    assert node(found, "breathe").lines == ("breathe: in 4, hold 1, out 6, rest 2", "for 1 minute")
    assert node(found, "pass").lines == ("pass: holder to next",)
    assert node(found, "say: Look.").lines[1] == "for 20 seconds"
    assert node(found, "part").lines == ("part: A part", "at most floor_time (3 minutes)")


def test_long_texts_are_cut() -> None:
    """A text is one line, cut between two words where it is too long for a box."""
    found = chart(f"  - say: {'A word or two, ' * 20}\n  - say: |\n      One.\n      Two.\n")
    assert node(found, "say: A word").lines[0].endswith(" …")
    assert max(len(line) for each in found.nodes for line in each.lines) < 100
    assert node(found, "say: One. Two.")


def test_a_text_that_depends_on_something_shows_its_first_way() -> None:
    """Of a branch in a text the first way is shown, of a loop one round, and names in angles."""
    text = "{% if deck is given %}{% for d in deck %}{{ d | upper }}, {% endfor %}{% endif %}"
    found = chart(f"  - say: '{text}{{{{ 3 + 4 }}}} and {{{{ you }}}}'\n")
    assert node(found, "say").lines == ("say: ‹d›, ‹…› and ‹you›",)
    entry = (
        "  - {ask: What?, id: a, who: partner, shared: everyone, answer: text, example: a}\n"
        "  - say: '{% for r in a | given %}{{ r.by }}{% endfor %}'\n"
    )
    assert node(chart(entry), "say").lines == ("say: ‹r.by›",)


@pytest.mark.parametrize("name", bundled().ids())
def test_every_shipped_protocol_has_a_chart(name: str) -> None:
    """Every step of a shipped protocol has a node that is reached; only endings lead nowhere."""
    protocol = load(name).protocol
    assert is_sound(chart_of(protocol), protocol)


@given(protocols())
def test_every_clean_protocol_has_a_chart(data: Data) -> None:
    """Every step of a clean protocol has a node that is reached; a chart is always the same."""
    protocol = examine(Source("drawn", as_yaml(data)), bundled()).protocol
    assert protocol is not None
    found = chart_of(protocol)
    assert is_sound(found, protocol)
    assert chart_of(protocol) == found


def test_a_protocol_that_is_not_linked_has_a_chart() -> None:
    """An include that has not been found is a step of its own."""
    found = chart_of(protocol_of("steps:\n  - include: nowhere\n  - say: After.\n"))
    assert ("include: nowhere", "", "say: After.") in ways(found)
