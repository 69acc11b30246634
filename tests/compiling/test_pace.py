"""About how long the moments of a plan take."""

from __future__ import annotations

from tests.plans import plan_of


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
