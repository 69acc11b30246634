"""Which answers and which passes of loops go on meaning the same."""

from __future__ import annotations

import pytest

from compassion_protocols.loading import load
from compassion_protocols.session.carried import Carried
from compassion_protocols.session.matching import matched
from tests.session.test_verdicts import OLD, going, moved, staying
from tests.shipped import ALL


@pytest.mark.parametrize("name", ALL)
def test_a_plan_keeps_everything_in_itself(name: str) -> None:
    """Between a plan and itself every answer and every loop is kept."""
    plan = load(name)
    kept = Carried(matched(plan, plan, {}))
    assert kept.slots == {slot.number: slot.number for slot in plan.slots}
    assert kept.blocks == {block.number: block.number for block in plan.blocks}


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("answer: {scale: [0, 10], labels: {0: none}}", "answer: yes_no", "another kind"),
        ("{scale: [0, 10], labels: {0: none}}", "{scale: [0, 5]}", "another kind"),
        ("who: partner\n    shared: everyone", "who: holder\n    shared: everyone", "other people"),
        ("who: partner\n    shared: everyone", "shared: everyone", "other people"),
    ],
)
def test_answers_that_mean_something_else(before: str, after: str, why: str) -> None:
    """Answers of another kind, or of other people, are not those of the new question."""
    found = moved((before, after))
    assert [name for name, _ in found.lost] == ["strength"]
    assert why in found.lost[0][1]
    assert "topic" in going(found)
    assert staying(found) >= {"strength", "needs", "bye", "/end"}


def test_readers_do_not_grow() -> None:
    """An answer that more people would read than its writer was told of is not kept."""
    more = (
        "who: partner\n    answer: text",
        "who: partner\n    shared: everyone\n    answer: text",
    )
    found = moved(more)
    assert [name for name, _ in found.lost] == ["topic"]
    assert "more people would read" in found.lost[0][1]
    fewer = moved(("    shared: everyone\n    answer: {scale", "    answer: {scale"))
    assert fewer.lost == ()
    assert "needs" in going(fewer)


def test_loops_of_others_take_their_answers_along() -> None:
    """What was answered in a loop that goes through something else is not kept."""
    other = moved(("need in shown", "need in deck"))
    assert dict(other.lost) == {"help_with": "its question stands in other loops"}
    counted = moved(("for_each: need in shown", "for_each: 2"), ("{{ need }}", "it"))
    assert dict(counted.lost) == {"help_with": "its question stands in other loops"}
    nameless = moved(("for_each: need in shown", "for_each: rounds"), ("{{ need }}", "it"))
    assert "help_with" in dict(nameless.lost)
    turned = moved(("turns: partner", "turns: everyone"))
    assert set(dict(turned.lost)) == {"shown", "help_with"}
    gone = moved(("reveal: needs\n        id: shown", "reveal: needs\n        id: open"),
                 ("need in shown", "need in open"))  # fmt: skip
    assert set(dict(gone.lost)) == {"shown", "help_with"}
    known = moved(("reveal: needs\n        id: shown", "reveal: needs\n        id: open"),
                  ("need in shown", "need in open"), mapping={"shown": "open"})  # fmt: skip
    assert known.lost == ()
    assert staying(known) == set()


def test_constants_of_an_include() -> None:
    """A loop through what was handed to an include goes on only if that is the same."""
    old = OLD + "  - include: three-breath-pause\n    with: {breaths: 2}\n"
    assert staying(moved(("breaths: 2", "breaths: 3"), old=old)) == set()
