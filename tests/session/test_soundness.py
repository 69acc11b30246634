"""Whether a state is one that a session can be in."""

from __future__ import annotations

from random import Random

import pytest
from attrs import evolve

from compassion_protocols.session.events import Distress, Pause, Stop
from compassion_protocols.session.soundness import check_soundness
from compassion_protocols.session.state import Ending, Gate, Presence, State
from compassion_protocols.testing.events import walk
from tests.plans import plan_of
from tests.room import START, Room
from tests.scenes import SCENES

TALK = plan_of("""
    roles:
      member: {people: 1-4}
    steps: [{ask: A?, id: a, answer: text, example: a}, {say: On.}]
""")


@pytest.mark.parametrize("number", range(len(SCENES)))
def test_whatever_a_session_comes_to_is_sound(number: int) -> None:
    """Every state on any way through a session is sound."""
    for seed in range(10, 13):
        session = SCENES[number].start(seed)
        check_soundness(session.plan, session.state)
        for _ in walk(session, Random(seed)):
            check_soundness(session.plan, session.state)


def _after(*events: object) -> State:
    room = Room(TALK, "Ana", "Ben", "Cem")
    for event in events:
        room.send(event)  # type: ignore[arg-type]  # events
    return room.state


PAUSED = _after(Pause(by="Ana", at=START))
CARED = _after(Distress(by="Ben", at=START))
BOTH = _after(Distress(by="Ben", at=START), Pause(by="Ana", at=START))
ENDED = _after(*(Stop(by=name, at=START) for name in ("Ana", "Ben", "Cem")))
LANE = CARED.lanes[0]


@pytest.mark.parametrize("state", [PAUSED, CARED, BOTH, ENDED])
def test_these_are_sound(state: State) -> None:
    """A pause, someone's care, both at once and an end are sound."""
    check_soundness(TALK, state)


@pytest.mark.parametrize(
    "state",
    [
        evolve(PAUSED, frozen_since=None),
        evolve(PAUSED, pause=None),
        evolve(PAUSED, ending=Ending.EARLY),
        evolve(ENDED, frozen_since=START),
        evolve(ENDED, ending=Ending.COMPLETE),
        evolve(ENDED, course=evolve(ENDED.course, open=None), ending=None),
        evolve(CARED, lanes=(LANE, LANE)),
        evolve(CARED, lanes=(evolve(LANE, still=True),)),
        evolve(CARED, lanes=(evolve(LANE, course=evolve(LANE.course, open=None)),)),
        evolve(CARED, presence=(Presence.HERE, Presence.AWAY, Presence.HERE)),
    ],
    ids=range(10),
)
def test_these_are_not(state: State) -> None:
    """A pause that stops nothing, an end with something still open, a lane for nobody are not."""
    with pytest.raises(ValueError, match="there must be"):
        check_soundness(TALK, state)


def test_a_card_between_people_needs_a_shared_screen() -> None:
    """Nobody hands over a screen where each has their own."""
    opened = CARED.course.open
    assert opened is not None
    course = evolve(CARED.course, open=evolve(opened, gate=(Gate.HAND_OVER, 0)))
    with pytest.raises(ValueError, match="shared screen"):
        check_soundness(TALK, evolve(CARED, course=course))
