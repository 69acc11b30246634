"""The shape: what a running session depends on, and nothing else."""

from __future__ import annotations

import pytest

from tests.plans import plan_of

BASE = """\
steps:
  - ask: How is it?
    id: mood
    answer: {choice: [light, heavy]}
    example: light
  - say: Heavy days pass.
    when: mood == "heavy"
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("How is it?", "How are you?"),
        ("Heavy days pass.", "That passes."),
        ("example: light", "example: heavy"),
    ],
)
def test_wording_is_no_part_of_the_shape(old: str, new: str) -> None:
    """Two wordings of one protocol have the same shape."""
    assert plan_of(BASE).shape == plan_of(BASE.replace(old, new)).shape


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: mood", "id: moods"),
        ('"heavy"\n', '"light"\n'),
        ("choice: [light, heavy]", "choice: [light, heavy, odd]"),
        ("steps:\n", "steps:\n  - say: Welcome.\n"),
    ],
)
def test_ids_kinds_and_conditions_are_the_shape(old: str, new: str) -> None:
    """Another id, answer, condition or step makes another shape."""
    changed = BASE.replace(old, new)
    if "moods" in changed:
        changed = changed.replace("mood ==", "moods ==")
    assert plan_of(BASE).shape != plan_of(changed).shape
