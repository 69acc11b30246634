"""The law of the state machine, as the design writes it down."""

from __future__ import annotations

import pytest

from compassion_protocols.errors import EventNotAllowed
from compassion_protocols.session.events import (
    KINDS,
    Answer,
    Continue,
    Event,
    Join,
    Leave,
    Pause,
    Stop,
    Tick,
    event_from_json,
)
from compassion_protocols.session.state import Status
from compassion_protocols.session.table import TABLE, Verdict
from tests.plans import plan_of
from tests.room import Room

LAW = """
    | event    | open        | paused     | in care    | ended  |
    | Answer   | does        | ✗          | own lane   | ✗      |
    | Continue | does        | ✗          | own lane   | ✗      |
    | Skip     | does        | ✗          | own lane   | ✗      |
    | Back     | does        | ✗          | ✗          | ✗      |
    | Pause    | does        | does       | does       | no-op  |
    | Resume   | no-op       | does       | no-op      | no-op  |
    | Distress | does        | does       | does       | no-op  |
    | Stop     | does        | does       | does       | no-op  |
    | Leave    | does        | does       | does       | no-op  |
    | Join     | does        | does       | does       | ✗      |
    | Tick     | does        | does       | does       | no-op  |
    | Advance  | does        | ✗          | ✗          | ✗      |
    | Extend   | does        | ✗          | ✗          | ✗      |
    | Erase    | does        | does       | does       | does   |
"""

WORDS = {
    "does": Verdict.DO,
    "✗": Verdict.REFUSE,
    "own lane": Verdict.OWN_LANE,
    "no-op": Verdict.NOTHING,
}

COLUMNS = (Status.OPEN, Status.PAUSED, Status.CARE, Status.ENDED)


def _law() -> dict[str, dict[Status, Verdict]]:
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in LAW.strip().splitlines()]
    return {
        name: {status: WORDS[cell] for status, cell in zip(COLUMNS, cells, strict=True)}
        for name, *cells in rows[1:]
    }


def test_the_table_is_the_law() -> None:
    """Every event has the verdict at each kind of time that the design gives it."""
    assert {event.__name__: verdicts for event, verdicts in TABLE.items()} == _law()


def test_every_event_stands_in_the_table() -> None:
    """There is no event without a verdict for every kind of time."""
    assert set(TABLE) == set(KINDS.values())
    assert all(set(verdicts) == set(Status) for verdicts in TABLE.values())


@pytest.mark.parametrize("event", [Stop, Leave, Pause])
def test_what_a_person_can_always_count_on(event: type[Event]) -> None:
    """Stopping, leaving and pausing are refused at no time, nor are care and taking back."""
    assert Verdict.REFUSE not in TABLE[event].values()


TALK = plan_of("""
    roles:
      member: {people: 2}
    steps:
      - ask: A word?
        id: word
        answer: text
        example: yes
""")
OTHER_FIELDS = {"value": "a word", "seconds": 5}
NEED_MORE = ("back", "continue", "extend", "join", "tick")
"""Events that may be allowed at a kind of time, and still have nothing to work on."""


def _room_at(status: Status) -> Room:
    room = Room(TALK, "Ana", "Ben", facilitator="Fay")
    if status is Status.PAUSED:
        room.pause("Ana")
    elif status is Status.CARE:
        room.distress("Ben")
        room.ground("Ana")
    elif status is Status.ENDED:
        room.stop("Ben")
    assert room.state.status(room.state.seat("Ana")) is status
    return room


def _event(room: Room, kind: str) -> Event:
    by = "Fay" if kind in ("advance", "extend") else "Ana"
    body = {"event": kind, "token": room.token(by), **OTHER_FIELDS}
    return event_from_json(body, by=by, at=room.now)


@pytest.mark.parametrize("status", COLUMNS)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_session_keeps_the_law(kind: str, status: Status) -> None:
    """What the table refuses is refused, and what it calls nothing leaves the same state."""
    room = _room_at(status)
    verdict = TABLE[KINDS[kind]][status]
    before = room.state
    if verdict is Verdict.REFUSE or verdict is Verdict.OWN_LANE:
        # Ana is beside Ben's care here, with no lane of her own.
        with pytest.raises(EventNotAllowed):
            room.send(_event(room, kind))
    elif verdict is Verdict.NOTHING:
        assert room.send(_event(room, kind)) == ()
        assert room.state is before
    elif kind not in NEED_MORE:
        room.send(_event(room, kind))
        assert room.state is not before


@pytest.mark.parametrize("status", COLUMNS)
def test_some_events_need_something_to_work_on(status: Status) -> None:
    """At a first question without a timer, there is no way back or on, and nothing to extend."""
    room = _room_at(status)
    for kind in ("back", "continue", "extend"):
        with pytest.raises(EventNotAllowed):
            room.send(_event(room, kind))


def test_saying_a_thing_twice_is_no_fault() -> None:
    """Leaving, stopping, joining and resuming again change nothing and are not refused."""
    room = Room(TALK, "Ana", "Ben")
    for event in (Join(by="Ana", at=0.0), Tick(at=0.0)):
        before = room.state
        room.send(event)
        assert room.state is before
    room.leave("Ana")
    before = room.state
    room.leave("Ana")
    assert room.state is before
    room.stop("Ana")
    before = room.state
    room.stop("Ana")
    room.leave("Ana")
    assert room.state is before


def test_in_care_one_s_own_lane_takes_answers() -> None:
    """In care, an answer or going on belongs to the sender's own lane, not to the session."""
    room = Room(TALK, "Ana", "Ben")
    room.distress("Ana")
    at = room.state.course
    room.send(Continue(by="Ana", token=room.token("Ana"), at=room.now))
    assert room.state.course == at
    for _ in range(6):
        room.go("Ana")
    room.send(Answer(by="Ana", token=room.token("Ana"), value=3, at=room.now))
    assert room.state.course == at
