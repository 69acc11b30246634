"""Walks through shipped protocols are the same each time, reach what is there, and find nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from compassion_protocols.authoring.simulating.simulate import simulate
from compassion_protocols.catalog import bundled
from compassion_protocols.loading import load
from compassion_protocols.model.plan import Plan
from compassion_protocols.testing.drawing import plans
from tests.plans import plan_of

RUNS = 10

AGAIN = plan_of("""
    roles: {member: {people: 2-3}, holder: {one_of: member}}
    steps:
      - repeat_until: enough
        at_most: 3
        steps:
          - ask: A word?
            id: word
            shared: everyone
            answer: text
            example: rest
            keep: {as: words, owner: everyone}
          - {ask: Enough?, id: enough, who: holder, shared: everyone, answer: yes_no, example: true}
""")


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


@settings(max_examples=15)
@given(plans())
def test_nothing_goes_wrong_in_a_clean_protocol(plan: Plan) -> None:
    """No walk through a protocol without findings comes upon anything, whatever it says."""
    assert simulate(plan, runs=2).failure is None


def test_nothing_goes_wrong_where_all_are_asked_again() -> None:
    """Until there is a new answer the old one may be read, and what was agreed on it holds."""
    assert simulate(AGAIN, runs=60).failure is None


@pytest.mark.parametrize("protocol", ["gratitude-two", "imagery-cascade"])
def test_walks_reach_all_that_is_there(protocol: str) -> None:
    """A few walks reach every moment of an exercise, each condition's ways, and miss each rule."""
    coverage = simulate(load(protocol), runs=60).coverage
    assert list(coverage.never()) == []


def test_progress_is_told_of_each_walk() -> None:
    """Whoever waits is told the number of each walk before it begins."""
    told: list[int] = []
    simulate(load("pause-card"), runs=3, progress=told.append)
    assert told == [0, 1, 2]
