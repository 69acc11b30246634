"""What has been asked by the time a session comes to a place."""

from __future__ import annotations

from compassion_protocols.checking.flow import Flow, Known, meet
from compassion_protocols.language.condition import parse_condition
from tests.checking.found import facts_of

X = "{ask: A, id: x, answer: yes_no, example: 'yes'}"


def names(*each: str) -> frozenset[str]:
    """Make a set of names."""
    return frozenset(each)


def at_the_end(steps: str) -> Known:
    """Give what is known when all is over."""
    return Flow(facts_of(f"audience: individual\nsteps: [{steps}]")).at_end


def test_two_ways_that_meet() -> None:
    """Where ways meet, what either asked is possible, and what both asked is sure."""
    one = Known(names("a", "b"), names("a", "b"), names("a"))
    other = Known(names("a", "c"), names("a"), names("a"))
    assert meet(one, other) == Known(names("a", "b", "c"), names("a"), names("a"))


def test_a_way_that_does_not_go_on() -> None:
    """A way that has come to the end takes nothing from the other."""
    one = Known(names("a"))
    assert meet(one, None) is one
    assert meet(None, one) is one
    assert meet(None, None) is None


def test_a_question_makes_an_answer_sure_and_not_given() -> None:
    """After a question its answer was asked for, and whether it was given is not known."""
    known = Known(given=names("x")).asking("x")
    assert known == Known(names("x"), names("x"), names())


def test_a_guard() -> None:
    """Past a guard that looked for an answer it is given."""
    known = Known()
    assert known.where(None) is known
    assert known.where(parse_condition("1 < 2")) is known
    assert known.where(parse_condition("x is given")).given == names("x")


def test_the_end_joins_every_way_to_it() -> None:
    """What is known in the end is what every way to an end knows."""
    assert at_the_end(X).surely == names("x")
    early = f"{X.replace('x,', 'y,')}, {{end: B, when: y}}, {X}"
    assert at_the_end(early) == Known(names("x", "y"), names("y"))
    assert at_the_end("{end: B}") == Known()


def test_an_include_ends_by_itself() -> None:
    """An end in an include is no end of the protocol."""
    flow = Flow(facts_of("audience: individual\nsteps: [{include: pause-card}, {say: A}]"))
    assert flow.unreachable == []


def test_what_cannot_be_reached_is_followed_all_the_same() -> None:
    """Behind an end, steps are followed as if the end were not there."""
    facts = facts_of(f"audience: individual\nsteps: [{{end: B}}, {X}, {{say: A}}]")
    flow = Flow(facts)
    assert flow.unreachable == [facts.places[1]]
    assert flow.before[facts.places[2]].surely == names("x")
