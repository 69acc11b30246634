"""Steps that no way leads to, and conditions that say nothing."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.check import check
from compassion_protocols.reading.convert import read
from compassion_protocols.reading.link import link
from tests.checking.found import at_mark, codes, only
from tests.plans import protocol_of

ONE = "audience: individual\n"
YES = "{ask: A, id: x, answer: yes_no, example: 'yes'}"


@pytest.mark.parametrize(
    "steps",
    [
        "{end: B}, ⟦{say: C}",
        "{end: B}, ⟦{say: C}, {say: D}",
        "{part: P, steps: [{end: B}, ⟦{say: C}]}",
        "{part: P, steps: [{end: B}]}, ⟦{say: C}",
        "{part: P, timer: {at_most: 1m}, steps: [{end: B}]}, ⟦{say: C}",
        f"{YES}, {{choose: [{{when: x, steps: [{{end: B}}]}}], otherwise: [{{end: C}}]}},"
        " ⟦{say: C}",
        f"{{repeat_until: x, at_most: 2, steps: [{YES}, {{end: B}}], otherwise: [⟦{{say: C}}]}}",
        f"{{repeat_until: x, at_most: 2, steps: [{YES}, {{end: B}}]}}, ⟦{{say: D}}",
    ],
)
def test_a_step_after_the_end(steps: str) -> None:
    """The first step that stands after an end that always comes is found, and no other."""
    text, place = at_mark(f"{ONE}steps: [{steps}]")
    finding = only(text)
    assert finding.code == "CP504"
    assert (finding.span.line, finding.span.column) == place


def test_no_time_is_up_after_an_end() -> None:
    """A block that ends with its first step is never left because its time is up."""
    block = "{part: P, timer: {at_most: 1m}, steps: [{end: B}, {say: C}]}"
    assert codes(f"{ONE}steps: [{block}, {{say: D}}]") == ["CP504", "CP504"]


@pytest.mark.parametrize(
    "steps",
    [
        "{say: B}, {end: C}",
        f"{YES}, {{end: B, when: x}}, {{say: C}}",
        f"{YES}, {{choose: [{{when: x, steps: [{{end: B}}]}}]}}, {{say: C}}",
        f"{YES}, {{part: P, when: x, steps: [{{end: B}}]}}, {{say: C}}",
        "{include: pause-card}, {say: C}",
        "{for_each: 3, steps: [{end: B}]}, {say: C}",
        "{part: P, timer: {at_most: 1m}, steps: [{say: A}, {end: B}]}, {say: C}",
    ],
)
def test_a_step_that_may_be_reached(steps: str) -> None:
    """A step is reachable if some way leads to it, as after the end of an include."""
    assert codes(f"{ONE}steps: [{steps}]") == []


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("{say: A, when: ⟦true}", "always true"),
        ("{say: A, when: ⟦1 > 2}", "never true"),
        ("{say: A, when: ⟦'1 / 0 > 2'}", "never known"),
        ("{choose: [{when: ⟦true, steps: [{say: A}]}], otherwise: [{say: B}]}", "always true"),
        ("{for_each: 3, until: ⟦false, steps: [{say: A}]}", "never true"),
        ("{repeat_until: ⟦true, at_most: 2, steps: [{say: A}]}", "always true"),
    ],
)
def test_a_condition_without_a_name(steps: str, said: str) -> None:
    """A condition that reads no name is always the same, and the finding says which."""
    text, place = at_mark(f"{ONE}steps: [{steps}]")
    finding = only(text)
    assert finding.code == "CP505"
    assert said in finding.message
    assert finding.span.line == place[0]


@pytest.mark.parametrize("steps", ["{end: A}, {say: B}", "{say: A, when: true}"])
def test_an_include_is_looked_at_for_itself(steps: str) -> None:
    """What is never reached, or always the same, in an included protocol is found only there."""
    inner = protocol_of(f"id: inner\nsteps: [{steps}]")
    assert len(check(inner)) == 1
    assert (
        check(link(protocol_of("steps: [{include: inner}]"), {"inner": inner}.get).protocol) == ()
    )


def test_a_repetition_that_nothing_inside_can_end() -> None:
    """A repetition must ask, inside, for something that its condition reads."""
    loop = "{repeat_until: x, at_most: 2, steps: [INSIDE]}"
    assert codes(f"{ONE}steps: [{YES}, {loop.replace('INSIDE', '{say: B}')}]") == ["CP506"]
    assert codes(f"{ONE}steps: [{loop.replace('INSIDE', YES)}]") == []
    deep = "{part: P, steps: [{choose: [{when: y, steps: [" + YES + "]}]}]}"
    asked = "{ask: A, id: y, answer: yes_no, example: 'yes'}"
    assert codes(f"{ONE}steps: [{asked}, {loop.replace('INSIDE', deep)}]") == []


def test_a_role_that_is_passed_on_can_end_a_repetition() -> None:
    """Passing a role on changes what a condition on its holder reads."""
    head = "audience: family\nroles:\n  one: {people: 2}\n  held: {one_of: one}\n"
    head += "steps:\n  - ask: A\n    id: who_first\n    who: held\n    shared: one\n"
    head += "    answer: {person: one}\n"
    loop = "  - repeat_until: held == who_first\n    at_most: 2\n    steps: [{}]\n"
    assert codes(head + loop.format("{pass: held, to: next}")) == []
    assert codes(head + loop.format("{say: A}")) == ["CP506"]


def test_a_condition_on_an_item_may_change_with_the_item() -> None:
    """A repetition may read what a loop around it binds."""
    text = (
        "settings:\n  deck: {list: [a, b], label: D}\nsteps:\n  - for_each: c in deck\n    steps:\n"
    )
    text += "      - repeat_until: c == 'a'\n        at_most: 2\n        steps: [{say: B}]\n"
    assert codes(text) == []


def test_a_condition_that_cannot_be_read_is_one_mistake() -> None:
    """Of a condition that could not be read it is not said, too, that it is always the same."""
    data = b"steps: [{say: A, when: mood = 3}]"
    draft = read(data, "a.yaml").draft
    assert draft is not None
    assert "CP505" not in {finding.code for finding in check(draft)}
