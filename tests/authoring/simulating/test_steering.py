"""Walks are steered towards what no walk has reached yet."""

from __future__ import annotations

from random import Random

from compassion_protocols.authoring.simulating.coverage import coverage_of
from compassion_protocols.authoring.simulating.simulate import simulate
from compassion_protocols.authoring.simulating.steering import Steering
from compassion_protocols.session.session import Session
from tests.plans import plan_of

PLAN = plan_of(
    """
    roles: {friend: {people: 2}}
    steps:
      - id: number
        ask: Which number?
        answer: {number: whole, min: 0, max: 100000}
        example: 4
      - say: That very one.
        when: (number | highest) == 7919
      - id: plan
        ask: What, and when?
        answer: {form: {what: text, by_when: date}}
        example: {what: a walk, by_when: in 3 days}
        rules: [{within: {days: 9}, field: by_when, say: Sooner?}]
        counterexamples: [{what: a walk, by_when: in 30 days}]
    """
)


def chosen(answer: object, other: object, *, slot: str = "number") -> set[object]:
    """What is answered at the first moment of a session, on a hundred tries."""
    steering = Steering(coverage_of(PLAN))
    session = Session.start(steering.coverage.plan, ["Ana", "Ben"], at=0.0)
    return {
        steering.chosen(session.state, 0, Random(n), usual=lambda: answer, other=lambda: other)
        for n in range(100)
    }


def test_a_number_that_is_compared_with_is_tried() -> None:
    """A condition that has held neither way is brought to hold, by the number in it."""
    found = simulate(PLAN, runs=60)
    assert found.coverage.taken("condition") == (2, 2)


def test_an_answer_that_goes_an_open_way_is_taken() -> None:
    """The usual answer is kept where it goes an open way."""
    assert chosen(5, 6) == {5}


def test_where_no_answer_fits_one_is_taken_in_the_end() -> None:
    """An answer that is refused goes no way, and after a few tries that is what is left."""
    assert chosen("five", "six") <= {"five", "six", 7918, 7919, 7920}


def test_counterexamples_are_tried_as_answers_of_today() -> None:
    """A rule is missed by the author's own counterexample, with its date counted from today."""
    found = simulate(PLAN, runs=60)
    assert found.coverage.taken("rule") == (2, 2)


def test_with_nothing_left_to_reach_nothing_is_steered() -> None:
    """Once every way is gone, the usual answer is taken."""
    coverage = coverage_of(PLAN)
    for way in coverage.ways:
        way.taken.update((True, False))
    session = Session.start(coverage.plan, ["Ana", "Ben"], at=0.0)
    found = Steering(coverage).chosen(session.state, 0, Random(1), usual=lambda: 5, other=lambda: 6)
    assert found == 5
