"""What has been asked by the time a session comes to a place."""

from __future__ import annotations

from compassion_protocols.checking.flow import Flow, Known, meet
from compassion_protocols.language.condition import parse_condition
from tests.checking.found import facts_of

X = "{ask: A, id: x, answer: yes_no, example: 'yes'}"


A, B, C = 1, 2, 4
"""Three answers."""


def at_the_end(steps: str) -> tuple[set[str], set[str]]:
    """Name what is perhaps, and what is surely known when all is over."""
    flow = Flow(facts_of(f"audience: individual\nsteps: [{steps}]"))
    names = ("x", "y")
    perhaps = {name for name in names if flow.bits((name,)) & flow.at_end.perhaps}
    return perhaps, {name for name in names if flow.bits((name,)) & flow.at_end.surely}


def test_two_ways_that_meet() -> None:
    """Where ways meet, what either asked is possible, and what both asked is sure."""
    one, other = Known(A | B, A | B, A), Known(A | C, A, A)
    assert meet(one, other) == Known(A | B | C, A, A)


def test_a_way_that_does_not_go_on() -> None:
    """A way that has come to the end takes nothing from the other."""
    one = Known(A)
    assert meet(one, None) is one
    assert meet(None, one) is one
    assert meet(None, None) is None


def test_a_question_makes_an_answer_sure_and_not_given() -> None:
    """After a question its answer was asked for, and whether it was given is not known."""
    assert Known(B, B, A | B).asking(A) == Known(A | B, A | B, B)


def test_a_loop_that_starts_anew() -> None:
    """Where answers have not been asked they are neither possible, sure nor given."""
    assert Known(A | B, A | B, A | B).without(A) == Known(B, B, B)


def test_a_guard() -> None:
    """Past a guard that looked for an answer it is given."""
    flow = Flow(facts_of(f"audience: individual\nsteps: [{X}]"))
    known = Known()
    assert flow.where(known, parse_condition("1 < 2")) is known
    assert flow.where(known, parse_condition("you is given")) is known
    assert flow.where(known, parse_condition("x is given")).given == flow.bits(("x",)) != 0


def test_the_end_joins_every_way_to_it() -> None:
    """What is known in the end is what every way to an end knows."""
    assert at_the_end(X) == ({"x"}, {"x"})
    early = f"{X.replace('x,', 'y,')}, {{end: B, when: y}}, {X}"
    assert at_the_end(early) == ({"x", "y"}, {"y"})
    assert at_the_end("{end: B}") == (set(), set())


def test_an_include_ends_by_itself() -> None:
    """An end in an include is no end of the protocol."""
    flow = Flow(facts_of("audience: individual\nsteps: [{include: pause-card}, {say: A}]"))
    assert flow.unreachable == []


def test_what_cannot_be_reached_is_followed_all_the_same() -> None:
    """Behind an end, steps are followed as if the end were not there."""
    facts = facts_of(f"audience: individual\nsteps: [{{end: B}}, {X}, {{say: A}}]")
    flow = Flow(facts)
    assert flow.unreachable == [facts.places[1]]
    assert flow.before(facts.places[2]).surely == flow.bits(("x",))
