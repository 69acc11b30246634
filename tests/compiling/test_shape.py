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


@pytest.mark.parametrize(
    ("answer", "same", "other"),
    [
        (
            "{choice: {a: One, b: Two}}",
            "{choice: {a: Eins, b: Zwei}}",
            "{choice: {a: One, c: Two}}",
        ),
        ("{rank: {a: One, b: Two}}", "{rank: {a: Eins, b: Zwei}}", "{rank: {b: One, a: Two}}"),
        (
            '{scale: [0, 10], labels: {"0": none}}',
            '{scale: [0, 10], labels: {"0": keins}}',
            '{scale: [0, 9], labels: {"0": none}}',
        ),
        (
            "{form: {x: {choice: {a: One, b: Two}}}}",
            "{form: {x: {choice: {a: Eins, b: Zwei}}}}",
            "{form: {y: {choice: {a: One, b: Two}}}}",
        ),
    ],
)
def test_labels_are_wording(answer: str, same: str, other: str) -> None:
    """What an option or a number is called may change; what can be kept may not."""
    shapes = [
        plan_of(f"steps: [{{ask: A?, id: a, answer: {kind}}}]").shape
        for kind in (answer, same, other)
    ]
    assert shapes[0] == shapes[1] != shapes[2]
