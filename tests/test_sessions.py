"""Sessions that rest in a store, and what hosts do to them."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols import catalog
from compassion_protocols.catalog import load
from compassion_protocols.errors import (
    AnswerRefused,
    EventNotAllowed,
    PeopleRejected,
    SessionExists,
    SessionMoved,
    SnapshotRejected,
    StaleMoment,
    StoreRejected,
    UnknownSession,
)
from compassion_protocols.session.events import (
    Answer,
    Continue,
    Erase,
    Leave,
    Pause,
    Resume,
    Stop,
    Tick,
    event_from_json,
)
from compassion_protocols.session.rehearse import reply_from_example
from compassion_protocols.session.session import Session
from compassion_protocols.sessions import ATTEMPTS, Outcome, Sessions
from compassion_protocols.stores.memory import MemoryStore
from compassion_protocols.stores.sqlite import SQLiteStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compassion_protocols.session.effects import Effect
    from compassion_protocols.session.events import Event
    from compassion_protocols.stores.contract import EventRow, Store

RECEIVER = Path(__file__).with_name("receiver.py")
PAIR = ("Ana", "Ben")
EXCHANGE = "structured-empathy-exchange"


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
    else:
        with SQLiteStore(tmp_path / "store") as store:
            yield store


@pytest.fixture
def room(store: Store) -> Sessions:
    """Sessions in it."""
    return Sessions(store)


def start(room: Sessions, session_id: str | None = "s") -> Outcome:
    """Begin an exchange between two partners."""
    people = {"partner": PAIR}
    return room.start(load(EXCHANGE), people, at=0.0, session_id=session_id, cleared=PAIR)


def rate(room: Sessions, by: str, value: object = 2) -> Answer:
    """Answer the first question, a rating of strain that both are asked."""
    return Answer(by=by, token=room.view("s", by).token, value=value, at=1.0)


def play(
    receive: Callable[[Event], object], views: Callable[[], dict[str, object]]
) -> Iterator[Event]:
    """Play a session to its end on the examples."""
    raise NotImplementedError


def test_a_session_starts_at_rest(room: Sessions, store: Store) -> None:
    """A started session is in the store, with its plan, and everyone has a view."""
    begun = start(room)
    row = store.load("s")
    assert (begun.session, row.seq, row.plan) == ("s", 0, load(EXCHANGE).content)
    assert list(begun.views) == ["Ana", "Ben"]
    assert begun.views["Ana"] == room.view("s", "Ana")
    assert begun.effects == Session.start(
        load(EXCHANGE), {"partner": PAIR}, at=0.0, cleared=PAIR
    ).effects  # fmt: skip


def test_a_session_gets_an_id_of_its_own(room: Sessions) -> None:
    """Without an id, each session gets one that nobody can guess."""
    first, second = start(room, None).session, start(room, None).session
    assert first != second
    assert len(first) == 36
    assert room.view(first, "Ana").session == first


def test_a_session_id_is_taken_once(room: Sessions) -> None:
    """A second session of the same id is refused."""
    start(room)
    with pytest.raises(SessionExists):
        start(room)


def test_a_session_that_cannot_start_is_not_kept(room: Sessions, store: Store) -> None:
    """A start that is refused leaves nothing in the store."""
    with pytest.raises(PeopleRejected):
        room.start(load(EXCHANGE), ["Ana"], at=0.0, session_id="s")
    with pytest.raises(UnknownSession):
        store.load("s")


def test_what_is_chosen_at_the_start_arrives(room: Sessions) -> None:
    """Settings, language, offset, screen, seed and facilitator are the session's own."""
    room.start(
        load(EXCHANGE),
        {"partner": PAIR},
        at=0.0,
        session_id="s",
        cleared=PAIR,
        facilitator="Fay",
        settings={"floor_time": "1m"},
        screen="shared",  # type: ignore[arg-type]
        locale="en-GB",
        utc_offset=3600,
        seed=7,
    )
    setup = room.session("s").state.setup
    assert [person.name for person in setup.people] == ["Ana", "Ben", "Fay"]
    assert setup.settings["floor_time"] == 60
    assert (setup.screen.value, setup.locale, setup.utc_offset, setup.seed) == (
        "shared",
        "en-GB",
        3600,
        7,
    )


def test_an_event_is_carried_out_and_kept(room: Sessions, store: Store) -> None:
    """An event gives what the session itself would, and what rests is the next state."""
    start(room)
    alone = room.session("s")
    event = rate(room, "Ana")
    out = room.receive("s", event)
    assert out.effects == alone.receive(event)
    assert out.session == "s"
    assert dict(out.views) == {person: alone.view(person) for person in PAIR}
    assert store.load("s").snapshot == alone.snapshot()
    [row] = store.events("s")
    assert (row.seq, row.kind, row.at, row.id) == (1, "answer", 1.0, None)


def test_views_are_only_of_those_who_take_part(room: Sessions) -> None:
    """An outcome has a view for everyone who takes part and for nobody else."""
    views = start(room).views
    assert len(views) == 2
    assert "Eve" not in views
    with pytest.raises(KeyError):
        views["Eve"]
    assert views["Ben"] is views["Ben"]
    with pytest.raises(LookupError):
        room.view("s", "Eve")


def test_what_a_looked_at_session_receives_is_not_kept(room: Sessions) -> None:
    """The session that is handed out is a copy."""
    start(room)
    copy = room.session("s")
    copy.receive(Stop(by="Ana", at=1.0))
    assert not room.session("s").ended


@pytest.mark.parametrize("cache", [0, 1000])
def test_a_whole_exercise_is_as_in_memory(store: Store, cache: int) -> None:
    """A session played through a store ends like the same session played in memory."""
    room = Sessions(store, cache=cache)
    start(room)
    alone = room.session("s")
    views, now, count = start_views(room), 0.0, 0
    while not alone.ended:
        now += 5.0
        event = next_event(views, now, alone.next_deadline)
        now = event.at
        out = room.receive("s", event)
        assert out.effects == alone.receive(event)
        views = {person: out.views[person] for person in PAIR}
        count += 1
    assert store.load("s").snapshot == alone.snapshot()
    assert [row.seq for row in store.events("s")] == list(range(1, count + 1))
    assert count > 20
    assert room.session("s").transcript("Ana") == alone.transcript("Ana")
