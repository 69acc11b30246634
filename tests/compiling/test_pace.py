"""About how long things take."""

from __future__ import annotations

from compassion_protocols import load
from compassion_protocols.compiling.pace import expected_people, reading_seconds
from tests.plans import plan_of


def test_a_longer_text_takes_longer() -> None:
    """Reading time grows with the words, and even a short line takes a moment."""
    assert 3 < reading_seconds("Breathe.") < reading_seconds("Breathe out as slowly as you like.")


def test_a_role_is_expected_half_full() -> None:
    """A role of three to twelve people is expected to have seven or eight."""
    protocol = load("group-circle").protocol
    assert expected_people(protocol, protocol.seats[0].name) == 7.5


def test_a_loop_takes_as_long_as_its_passes() -> None:
    """A plan with a loop of four minutes takes about four minutes."""
    plan = plan_of("steps:\n  - for_each: 4\n    steps:\n      - wait: Sit.\n        for: 60s\n")
    assert round(plan.minutes_left[0]) == 4


def test_a_setting_counts_with_its_default() -> None:
    """A length that is a setting is expected to be its default."""
    plan = plan_of(
        "settings: {quiet: {duration: 5m, label: Quiet}}\nsteps:\n  - wait: Sit.\n    for: quiet\n"
    )
    assert round(plan.minutes_left[0]) == 5
