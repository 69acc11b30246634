"""Which answers and which passes of loops go on meaning the same."""

from __future__ import annotations

import pytest

from compassion_protocols.loading import load
from compassion_protocols.session.carried import Carried
from compassion_protocols.session.matching import matched
from tests.plans import plan_of
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


def test_what_goes_round_in_a_ring_is_not_kept() -> None:
    """Where loops go through what is asked in them, nothing tells that it is still the same."""
    plan = plan_of(
        """
        audience: individual
        steps:
          - repeat_until: done
            at_most: 2
            steps:
              - {for_each: a in x, when: x is given, steps: [
                  {ask: A, id: y, answer: text, example: B}]}
              - {for_each: b in y, when: y is given, steps: [
                  {ask: A, id: x, answer: text, example: B}]}
              - {ask: A, id: done, answer: yes_no, example: "yes"}
        """
    )
    kept = Carried(matched(plan, plan, {}))
    done = plan.slots_by_name["done"].number
    assert kept.slots == {done: done}


def test_a_long_chain_of_lists_is_kept() -> None:
    """However many loops go each through what the last has asked, all of it is kept."""
    each = "{for_each: a%d in x%d, steps: [{ask: A, id: x%d, answer: text, example: B}]}"
    steps = "".join(f"  - {each % (i, i - 1, i)}\n" for i in range(1, 600))
    plan = plan_of(f"steps:\n  - {{ask: A, id: x0, answer: {{list: text}}, example: [B]}}\n{steps}")
    assert len(Carried(matched(plan, plan, {})).slots) == 600
