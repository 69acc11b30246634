"""Whether a step is somebody's, seen by one person of a role."""

from __future__ import annotations

import math

import pytest

from compassion_protocols.checking.viewing import View, amounts_of
from compassion_protocols.model.names import Ref
from tests.checking.found import facts_of

FACTS = facts_of("""
    audience: couple
    roles: {partner: {people: 2}, talker: {one_of: partner, others: hearer}}
    settings:
      rounds: {number: 3, min: 1, label: Rounds}
      floor_time: {duration: 2m, max: 5m, label: Time to talk}
    steps:
      - {say: A, who: everyone}
      - {say: A, who: talker}
      - {say: A, who: hearer}
      - {say: A, who: facilitator}
      - turns: partner
        steps: [{say: A, who: speaker}]
""")


@pytest.mark.parametrize(
    ("people", "acts"),
    [
        (2, [(1, 1), (0, 1), (0, 1), (0, 0)]),
        (1, [(1, 1), (1, 1), (0, 0), (0, 0)]),
    ],
)
def test_a_step_is_somebodys_never_perhaps_or_always(
    people: int, acts: list[tuple[int, int]]
) -> None:
    """What is for all is everyone's; a role that goes round is, of several, perhaps one's own."""
    view = View(FACTS, amounts_of(FACTS), {"partner": people}, "partner")
    assert [view.acts(place) for place in FACTS.outline[:4]] == acts


@pytest.mark.parametrize(("theirs", "acts"), [(True, (1, 1)), (False, (0, 0))])
def test_in_a_turn_it_is_known_who_speaks(theirs: bool, acts: tuple[int, int]) -> None:
    """Inside a turn the speaker's steps are somebody's or not, as their turn is."""
    turns = FACTS.outline[4]
    speaker = turns.inner.names["speaker"]
    view = View(FACTS, {}, {"partner": 2}, "partner", theirs={speaker: theirs})
    assert view.acts(turns.blocks[0][0]) == acts


def test_settings_without_an_end_may_be_anything_beyond() -> None:
    """Where a setting has no least it may be nothing, and where it has no most there is no end."""
    assert amounts_of(FACTS) == {"rounds": (1, math.inf), "floor_time": (0, 300)}
    view = View(FACTS, amounts_of(FACTS), {"partner": 2}, "")
    assert view.amount(Ref("rounds")) == (1, math.inf)
    assert view.amount(4) == (4, 4)
