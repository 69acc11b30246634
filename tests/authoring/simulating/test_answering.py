"""Answers that are drawn have the shape that is asked for, in every temper, and bear a mark."""

from __future__ import annotations

from random import Random

import pytest

from compassion_protocols.authoring.scripts.script import Exactly
from compassion_protocols.authoring.simulating.answering import ODD, Answering, Temper, written
from compassion_protocols.authoring.watching.views import MARK
from compassion_protocols.session.events import Answer
from compassion_protocols.session.session import Session
from compassion_protocols.session.view import Input
from tests.plans import plan_of

KINDS = {
    "text": "tea",
    "long_text": "Tea, and then bread.",
    "yes_no": "yes",
    "date": "in 3 days",
    "time": '"18:30"',
    "{number: whole, min: 2, max: 9}": "4",
    "{number: whole, min: 0, max: 100000}": "4",
    "{scale: [0, 10]}": "4",
    "{choice: [sun, rain]}": "rain",
    "{choices: [sun, rain, fog], min: 1, max: 2, own: 1}": "[sun]",
    "{rank: [one, two, three]}": "[two, one, three]",
    "{list: text, min: 2, max: 3}": "[tea, bread]",
    "{person: everyone}": "Ana",
    "{form: {what: text, by_when: date, sure: yes_no}}": (
        "{what: a walk, by_when: in 3 days, sure: yes}"
    ),
}


@pytest.mark.parametrize("temper", Temper)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_drawn_is_accepted(kind: str, temper: Temper) -> None:
    """Whatever is asked for, in whatever temper, the answer is taken."""
    plan = plan_of(
        f"""
        roles: {{friend: {{people: 2}}}}
        steps:
          - ask: What?
            id: it
            answer: {kind}
            example: {KINDS[kind]}
        """
    )
    session = Session.start(plan, ["Ana", "Ben"], at=0.0)
    view = session.view("Ana")
    assert view.input is not None
    for seed in range(20):
        value = Answering(Random(seed)).value(view.input, temper)
        copy = Session(plan, session.state)
        copy.receive(Answer(by="Ana", token=view.token, value=value, at=0.0))


def test_each_text_has_a_mark_of_its_own() -> None:
    """Texts that someone writes are told apart by their marks, wherever they stand."""
    answering = Answering(Random(1))
    form = Input(type="form", fields=(("what", Input(type="text")), ("more", Input(type="list"))))
    said = [answering.value(one, Temper.MOST) for one in (Input(type="text"), form)]
    marks = MARK.findall(repr(said))
    assert len(marks) == len(set(marks)) == answering.marks > 2


def test_an_example_is_given_as_it_is() -> None:
    """Whoever keeps to the examples says what stands there, if anything does."""
    answering = Answering(Random(1))
    assert answering.value(Input(type="text", example="tea"), Temper.EXAMPLE) == "tea"
    assert answering.value(Input(type="yes_no"), Temper.EXAMPLE) in (True, False)


def test_nothing_to_choose_from_is_answered_anyway() -> None:
    """Where no options are there, something is given, to be refused."""
    assert Answering(Random(1)).value(Input(type="choice"), Temper.LEAST) == "none"


def test_odd_answers_are_written_as_they_are() -> None:
    """What no form would send is sent exactly so; words are written as words."""
    answering = Answering(Random(1))
    assert all(isinstance(answering.odd(), Exactly) for _ in ODD)
    assert written("tea and bread") == "tea and bread"
    assert [written(one) for one in ("", "\u202e", 3)] == [
        Exactly(""),
        Exactly("\u202e"),
        Exactly(3),
    ]
