"""Walks through shipped protocols are the same each time, reach what is there, and find nothing."""

from __future__ import annotations

import pytest

from compassion_protocols.authoring.simulate import simulate
from compassion_protocols.catalog import bundled, load

RUNS = 12


@pytest.mark.parametrize("protocol", bundled().ids())
def test_nothing_goes_wrong_in_a_shipped_protocol(protocol: str) -> None:
    """No walk through a protocol of the catalog comes upon anything."""
    simulation = simulate(load(protocol), runs=RUNS)
    assert simulation.failure is None
    assert simulation.runs == RUNS


def test_the_same_seed_walks_the_same_way() -> None:
    """A simulation depends on its plan, its seed and its number of walks alone."""
    plan = load("specific-feeling-statement")
    one, same, other = (simulate(plan, runs=9, seed=seed) for seed in (3, 3, 4))
    assert one.events == same.events != other.events
    assert one.coverage.opened == same.coverage.opened
