"""A session in memory."""

from __future__ import annotations

import pytest

from compassion_protocols.errors import AnswerRefused
from compassion_protocols.loading import load
from compassion_protocols.session.effects import Opened
from compassion_protocols.session.events import Answer, Continue
from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Screen
from tests.plans import plan_of
from tests.room import START, Room

TALK = plan_of("audience: couple\nsteps: [{ask: A?, id: a, answer: text, example: a}, {say: On.}]")


def test_the_ten_lines_of_a_host() -> None:
    """A host starts, looks, sends an event, keeps a snapshot and comes back to it."""
    session = Session.start(TALK, ["Ana", "Ben"], at=START)
    view = session.view("Ana")
    session.receive(Answer(by="Ana", token=view.token, value="tea", at=START + 1))
    session = Session.restore(TALK, session.snapshot())
    view = session.view("Ben")
    effects = session.receive(Answer(by="Ben", token=view.token, value="cake", at=START + 2))
    assert Opened(to=("Ana", "Ben"), place="2") in effects
    assert session.view("Ana").text == "On."


def test_the_effects_of_the_start_are_there() -> None:
    """What a host may want to carry out at the start stands in the session's effects."""
    session = Session.start(TALK, ["Ana", "Ben"], at=START)
    assert session.effects == (Opened(to=("Ana", "Ben"), place="a"),)
    assert Session.restore(TALK, session.snapshot()).effects == ()


def test_the_effects_of_the_last_event_are_there() -> None:
    """After an event its effects stand there; after one that was refused, the ones before it."""
    session = Session.start(TALK, ["Ana", "Ben"], at=START)
    effects = session.receive(Answer(by="Ana", token="1.0", value="tea", at=START))
    assert session.effects == effects
    with pytest.raises(AnswerRefused):
        session.receive(Answer(by="Ben", token="1.0", value=7, at=START))
    assert session.effects == effects


@pytest.mark.parametrize("name", ["Zoe", "", "ana"])
def test_nobody_looks_without_a_seat(name: str) -> None:
    """A view or a transcript of someone who is not in the session is a LookupError."""
    session = Session.start(TALK, ["Ana", "Ben"], at=START)
    with pytest.raises(LookupError):
        session.view(name)
    with pytest.raises(LookupError):
        session.transcript(name)


def test_a_session_is_over_when_it_has_ended() -> None:
    """`ended` is true from the end on, and there is nothing left to wait for."""
    session = Session.start(TALK, ["Ana", "Ben"], at=START)
    assert not session.ended
    for name in ("Ana", "Ben"):
        session.receive(Answer(by=name, token="1.0", value="tea", at=START))
    for name in ("Ana", "Ben"):
        session.receive(Continue(by=name, token="2.0", at=START))
    assert session.ended
    assert session.next_deadline is None


# screening


SAFE = {"alone": True, "afraid": False, "hurt": False, "controlled": False, "free": True}


def _screened(**answers: bool | None) -> Session:
    room = Room(load("couple-safety"), "Ana")
    given = {**SAFE, **answers}
    while not room.ended:
        view = room.view("Ana")
        if view.kind != "ask":
            room.go("Ana")
            continue
        place = room.session.plan.ops[room.state.course.at].place  # type: ignore[union-attr]
        answer = given[place]
        room.skip("Ana") if answer is None else room.answer("Ana", answer)
    return room.session


def test_a_screening_clears_whoever_answers_so() -> None:
    """A screening that its person goes through, with answers that clear them, clears them."""
    assert _screened().cleared


@pytest.mark.parametrize("question", sorted(SAFE))
@pytest.mark.parametrize("how", ["other", "open"])
def test_anything_else_does_not_clear(question: str, how: str) -> None:
    """Another answer to any of the questions, or none, does not clear."""
    answer = None if how == "open" else not SAFE[question]
    assert not _screened(**{question: answer}).cleared


def test_a_screening_that_is_not_finished_does_not_clear() -> None:
    """Stopping in the middle, or not having come to the end yet, does not clear."""
    room = Room(load("couple-safety"), "Ana")
    assert not room.session.cleared
    room.go("Ana")
    room.stop("Ana")
    assert room.ended
    assert not room.session.cleared


def test_every_screening_ends_alike() -> None:
    """The last page is the same, whatever was answered."""
    texts = {
        _screened(**answers).view("Ana").text for answers in ({}, {"hurt": True}, {"free": None})
    }
    assert len(texts) == 1


def test_what_is_no_screening_clears_nobody() -> None:
    """A protocol that does not say when it clears someone never does."""
    room = Room(load("three-breath-pause"), "Ana")
    while not room.ended:
        room.skip("Ana")
    assert not room.session.cleared


# one screen


def test_whose_view_a_shared_screen_shows() -> None:
    """It is the one who is asked now, who is handed the screen, or who is in care."""
    room = Room(TALK, "Ana", "Ben", screen=Screen.SHARED)
    assert room.session.at_screen == "Ana"
    room.go("Ana")
    room.answer("Ana", "tea")
    assert room.session.at_screen == "Ben"
    room.distress("Ana")
    assert room.session.at_screen == "Ana"
    room.pause("Ben")
    assert room.session.at_screen in ("Ana", "Ben")
    room.resume("Ben")
    room.stop("Ana")
    assert room.kind(room.session.at_screen) == "ended"


def test_screens_may_be_given_as_words() -> None:
    """A host may say “shared” instead of the constant."""
    session = Session.start(TALK, ["Ana", "Ben"], at=START, screen="shared")  # type: ignore[arg-type]
    assert session.state.setup.screen is Screen.SHARED
