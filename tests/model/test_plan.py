"""What a plan is."""

from __future__ import annotations

from compassion_protocols.loading import load


def test_a_plan_says_which_it_is() -> None:
    """Whoever prints a plan sees which protocol it is, and not all that is in it."""
    assert repr(load("three-breath-pause")) == "Plan(three-breath-pause 1.0.0, 4 moments)"
