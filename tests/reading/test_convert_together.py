"""What goes together in one step is looked at for each kind that needs it."""

from __future__ import annotations

import pytest

from compassion_protocols.model.author import authored
from compassion_protocols.model.steps import KINDS
from compassion_protocols.reading.convert_together import GOES_TOGETHER
from tests.reading.written import codes_of, found, protocol_of


def test_kinds() -> None:
    """Only kinds of step that there are have something that goes together."""
    assert set(GOES_TOGETHER) <= set(KINDS)
    for kind in ("breathe", "wait"):
        assert "for" in authored(KINDS[kind])


@pytest.mark.parametrize(
    "step",
    [
        "breathe: {in: 4s, out: 6s}\n  count: 3",
        "breathe: {in: 4s, out: 6s}\n  for: 1m",
        "wait: a\n  for: 1m",
        "wait: a\n  until: b",
        "wait: a\n  until: b\n  at_most: 1h\n  otherwise: [{say: c}]",
        "speak: a\n  for: 1m\n  at_least: 1m",
        "reveal: a\n  to: everyone\n  id: b",
        "turns: a\n  timer: {at_least: 1m}\n  steps: [{say: b}]",
        "ask: a\n  answer: {form: {b: text}}\n  rules: [{sentences: {max: 1}, field: b, say: c}]",
    ],
)
def test_what_goes_together(step: str) -> None:
    """What belongs together is left alone."""
    assert protocol_of(f"- {step}")


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("breathe: {in: 4s, out: 6s}\n  count: 3\n  @@for: 1m", "CP122"),
        ("@@breathe: {in: 4s, out: 6s}", "CP102"),
        ("wait: a\n  for: 1m\n  @@otherwise: [{say: c}]", "CP122"),
        ("speak: a\n  for: 1m\n  at_least: @@61s", "CP132"),
        ("@@reveal: a\n  to: everyone", "CP102"),
        ("turns: a\n  timer: {@@at_most: 1m}\n  steps: [{say: b}]", "CP124"),
        ("ask: a\n  answer: text\n  rules: [{sentences: {max: 1}, field: @@b, say: c}]", "CP142"),
    ],
)
def test_what_does_not(step: str, code: str) -> None:
    """What does not go together is found at the name that is too much."""
    assert codes_of(found(f"- {step}")) == [code]
