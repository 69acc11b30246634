"""What of one plan is what of another: by ids, by neighbours, and by a mapping."""

from __future__ import annotations

import pytest

from compassion_protocols.errors import MigrationRefused
from compassion_protocols.loading import load
from compassion_protocols.session.matching import Matching, is_lasting, matched
from tests.plans import plan_of
from tests.shipped import ALL

STEPS = """
steps:
  - say: Welcome.
  - ask: How are you?
    id: mood
    answer: text
    example: Well.
  - say: Thank you.
  - turns: everyone
    steps:
      - say: "{{ speaker }} begins."
      - speak: Tell.
        id: floor
        who: speaker
        for: 1m
  - say: Goodbye.
"""


def between(old: str, new: str, **mapping: str) -> Matching:
    """Match the plans of two texts."""
    return matched(plan_of(old), plan_of(new), mapping)


@pytest.mark.parametrize(
    ("place", "lasting"),
    [
        ("mood", True),
        ("pause.notice", True),
        ("/end", True),
        ("/end/care/after", True),
        ("care/before", True),
        ("mood/care/after", True),
        ("3", False),
        ("3/care/after", False),
        ("mood/1", False),
        ("until/otherwise/2", False),
        ("three-breath-pause/1.notice", False),
    ],
)
def test_a_lasting_place(place: str, lasting: bool) -> None:
    """A place lasts if it is named by ids alone; what is counted may be counted otherwise."""
    assert is_lasting(place) is lasting


@pytest.mark.parametrize("name", ALL)
def test_a_plan_matches_itself(name: str) -> None:
    """Everything in a plan is what it is."""
    plan = load(name)
    own = matched(plan, plan, {})
    assert own.places == {place: place for place in plan.moments}
    assert own.slots == {slot.number: slot.number for slot in plan.slots}
    assert own.blocks == {block.number: block.number for block in plan.blocks}


def test_a_step_more_before_others() -> None:
    """Places without an id are found again where a step was put before them."""
    new = STEPS.replace("  - say: Welcome.", "  - say: Sit down.\n  - say: Welcome.")
    places = between(STEPS, new).places
    assert places["1"] == "2"
    assert places["mood"] == "mood"
    assert places["3"] == "4"
    assert places["4/1"] == "5/1"
    assert places["5"] == "6"


def test_other_words_at_the_same_place() -> None:
    """A place without an id between two that are sure may have other words."""
    places = between(STEPS, STEPS.replace("Thank you.", "Thanks.")).places
    assert places["3"] == "3"


def test_a_doubt_is_left() -> None:
    """Where one step became two, neither is taken for it."""
    new = STEPS.replace("  - say: Thank you.", "  - say: Thanks.\n  - say: Very much.")
    assert "3" not in between(STEPS, new).places
    other = STEPS.replace("  - say: Thank you.", "  - wait: Rest.\n    for: 9s")
    assert "3" not in between(STEPS, other).places


def test_blocks_are_known_by_what_is_inside() -> None:
    """A loop without an id is the one that has the same moments in it."""
    new = STEPS.replace("  - say: Welcome.", "  - say: Sit down.\n  - say: Welcome.")
    assert between(STEPS, new).blocks == {0: 0}
    assert between(STEPS, STEPS.replace("id: floor", "id: ground")).blocks == {0: 0}


def test_a_block_without_a_moment() -> None:
    """A loop in which nobody waits for anything is known by its place alone."""
    passing = "audience: couple\nroles: {partner: {people: 2}, holder: {one_of: partner}}\n" + STEPS
    passing += "  - turns: partner\n    steps:\n      - pass: holder\n        to: next\n"
    assert between(passing, passing).blocks == {0: 0, 1: 1}
    assert between(passing, STEPS).blocks == {0: 0}


def test_a_mapping_says_what_has_another_id() -> None:
    """Ids that have changed are led from the old place to the new."""
    new = STEPS.replace("id: mood", "id: weather")
    assert "mood" not in between(STEPS, new).places
    told = between(STEPS, new, mood="weather")
    assert told.places["mood"] == "weather"
    assert told.slots == {0: 0}


def test_a_mapping_of_blocks() -> None:
    """A loop whose id has changed is led to the new one, too."""
    old = STEPS.replace("turns: everyone", "turns: everyone\n    id: rounds")
    new = STEPS.replace("turns: everyone", "turns: everyone\n    id: laps")
    assert between(old, new, rounds="laps").blocks == {0: 0}
    assert between(old, old).blocks == {0: 0}


def test_a_mapping_goes_before_the_name() -> None:
    """Where another place is led to a name, what had the name before has it no longer."""
    old = STEPS.replace("  - say: Thank you.", "  - say: Thank you.\n    id: thanks")
    new = old.replace("id: mood", "id: weather").replace("id: thanks", "id: mood2")
    places = between(old, new, mood="weather", thanks="mood2").places
    assert (places["mood"], places["thanks"]) == ("weather", "mood2")
    swapped = between(old, old, thanks="/end").places
    assert "/end" not in [after for before, after in swapped.items() if before != "thanks"]


@pytest.mark.parametrize(
    "mapping",
    [
        {"nobody": "mood"},
        {"mood": "nobody"},
        {"mood": "3", "3": "3"},
        {"4": "3"},
    ],
)
def test_a_mapping_that_leads_nowhere(mapping: dict[str, str]) -> None:
    """A mapping names places that are there, moments with moments, each once."""
    with pytest.raises(MigrationRefused):
        matched(plan_of(STEPS), plan_of(STEPS), mapping)
