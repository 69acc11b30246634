"""Sessions that rest in a store, and what hosts do to them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from compassion_protocols.catalog import Catalog, bundled
from compassion_protocols.errors import (
    AnswerRefused,
    CompassionError,
    EventNotAllowed,
    PeopleRejected,
    SessionExists,
    SessionMoved,
    SnapshotRejected,
    StaleMoment,
    StoreRejected,
    UnknownSession,
)
from compassion_protocols.language.values import Person
from compassion_protocols.loading import load
from compassion_protocols.session.events import (
    KINDS,
    Answer,
    Continue,
    Distress,
    Erase,
    Join,
    Leave,
    Pause,
    Resume,
    Skip,
    Stop,
    Tick,
    event_from_json,
)
from compassion_protocols.session.rehearse import rehearsal, reply_from_example
from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Screen
from compassion_protocols.sessions import ATTEMPTS, Outcome, Sessions
from compassion_protocols.stores.contract import SessionRow
from compassion_protocols.stores.memory import MemoryStore
from compassion_protocols.stores.sqlite import SQLiteStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compassion_protocols.session.effects import Effect
    from compassion_protocols.session.events import Event
    from compassion_protocols.session.view import View
    from compassion_protocols.stores.contract import EventRow, Store

RECEIVER = Path(__file__).with_name("receiver.py")
KILLED_HOST = Path(__file__).with_name("killed_host.py")
PAIR = ("Ana", "Ben")
EXCHANGE = "structured-empathy-exchange"
FIRST = "1.0"
"""The token of the first moment: a rating of strain that both are asked for."""


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


def rating(by: str, value: object = 2, token: str = FIRST) -> Answer:
    """A rating of strain."""
    return Answer(by=by, token=token, value=value, at=1.0)


def next_event(views: Mapping[str, View], now: float, deadline: float | None) -> Event:
    """What someone does next who follows the examples; else time passes."""
    for view in views.values():
        event = reply_from_example(view, now)
        if event is not None:
            return event
    assert deadline is not None
    return Tick(at=deadline)


# starting


def test_a_session_starts_at_rest(room: Sessions, store: Store) -> None:
    """A started session is in the store, with its plan, and everyone has a view."""
    begun = start(room)
    row = store.load("s")
    assert (begun.session, row.seq, row.plan) == ("s", 0, load(EXCHANGE).content)
    assert list(begun.views) == ["Ana", "Ben"]
    assert begun.views["Ana"] == room.view("s", "Ana")
    assert begun.effects == sitting("s").effects
    assert row.snapshot == sitting("s").snapshot()


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
        screen=Screen.SHARED,
        locale="en-GB",
        utc_offset=3600,
        seed=7,
    )
    setup = room.session("s").state.setup
    assert [person.name for person in setup.people] == ["Ana", "Ben", "Fay"]
    assert setup.settings["floor_time"] == 60
    assert (setup.screen, setup.locale) == (Screen.SHARED, "en-GB")
    assert (setup.utc_offset, setup.seed) == (3600, 7)


# receiving


def test_an_event_is_carried_out_and_kept(room: Sessions, store: Store) -> None:
    """An event gives what the session itself would, and what rests is the next state."""
    start(room)
    alone = room.session("s")
    out = room.receive("s", rating("Ana"))
    assert out.effects == alone.receive(rating("Ana"))
    assert out.session == "s"
    assert dict(out.views) == {person: alone.view(person) for person in PAIR}
    assert store.load("s").snapshot == alone.snapshot()
    [row] = store.events("s")
    assert (row.seq, row.kind, row.at, row.id) == (1, "answer", 1.0, None)


def test_views_are_of_those_who_take_part(room: Sessions) -> None:
    """An outcome has a view for everyone who takes part and for nobody else."""
    views = start(room).views
    assert len(views) == 2
    assert "Eve" not in views
    with pytest.raises(KeyError):
        views["Eve"]
    with pytest.raises(LookupError):
        room.view("s", "Eve")


def test_a_view_is_made_once(room: Sessions) -> None:
    """The view of an outcome is made when it is asked for, and only once."""
    views = start(room).views
    assert views["Ben"] is views["Ben"]


def test_what_a_session_at_hand_receives_is_not_kept(room: Sessions) -> None:
    """The session that is handed out is a copy."""
    start(room)
    room.session("s").receive(Stop(by="Ana", at=1.0))
    assert not room.session("s").ended


@pytest.mark.parametrize("cache", [0, 1000])
def test_a_whole_exercise_is_as_in_memory(store: Store, cache: int) -> None:
    """A session played through a store gives what the same session gives in memory."""
    room = Sessions(store, cache=cache)
    views, alone, count = start(room).views, room.session("s"), 0
    while not alone.ended:
        event = next_event(views, alone.state.now + 5.0, alone.next_deadline)
        out = room.receive("s", event)
        assert out.effects == alone.receive(event)
        views, count = out.views, count + 1
    assert store.load("s").snapshot == alone.snapshot()
    assert [row.seq for row in store.events("s")] == list(range(1, count + 1))
    assert room.session("s").transcript("Ana") == alone.transcript("Ana")


@pytest.mark.parametrize(
    ("event", "error"),
    [
        (rating("Ana", "a lot"), AnswerRefused),
        (rating("Ana", token="0.0"), StaleMoment),
        (Continue(by="Ana", token=FIRST, at=1.0), EventNotAllowed),
        (Stop(by="Eve", at=1.0), EventNotAllowed),
    ],
)
@pytest.mark.parametrize("event_id", [None, "a"])
def test_a_refused_event_changes_nothing(
    room: Sessions, store: Store, event: Event, error: type[Exception], event_id: str | None
) -> None:
    """An event that is refused leaves no trace, and its id can be used again."""
    start(room)
    before = store.load("s")
    with pytest.raises(error):
        room.receive("s", event, event_id)
    assert store.load("s") == before
    assert store.events("s") == ()
    assert room.receive("s", rating("Ana"), event_id).effects != ()


def test_what_changes_nothing_is_not_logged(room: Sessions, store: Store) -> None:
    """An event without an id that changes nothing leaves no row in the log."""
    start(room)
    assert room.receive("s", Tick(at=1.0)).effects == ()
    assert room.receive("s", Resume(by="Ana", at=2.0)).effects == ()
    assert store.events("s") == ()


# event ids


def test_a_repeated_event_repeats_its_outcome(room: Sessions, store: Store) -> None:
    """An event sent again with its id gives the same effects, even if its moment has closed."""
    start(room)
    first = room.receive("s", rating("Ana"), "a")
    room.receive("s", rating("Ben"), "a")
    again = room.receive("s", rating("Ana", 9), "a")
    assert again.effects == first.effects
    assert again.views["Ana"].token != first.views["Ana"].token
    assert len(store.events("s")) == 2
    with pytest.raises(StaleMoment):
        room.receive("s", rating("Ana"), "b")


@pytest.mark.parametrize("ids", [("1", "1"), ("a b", "b"), ("', 'a", "a"), ("", "\ud800")])
def test_an_event_id_is_its_senders_own(room: Sessions, store: Store, ids: tuple[str, str]) -> None:
    """Nobody can take another's event id away, whatever their own ids look like."""
    people = [Person("x", "Ana", ""), Person("x', 'a", "Ben", "")]
    cleared = [person.id for person in people]
    room.start(load(EXCHANGE), {"partner": people}, at=0.0, session_id="s", cleared=cleared)
    for person in people:
        for event_id in ids:
            room.receive("s", Pause(by=person.id, at=1.0), event_id)
    assert len(store.events("s")) == len({*ids}) * 2


def test_an_event_that_changed_nothing_stays_so(room: Sessions) -> None:
    """An event with an id that changed nothing does not take hold when it is sent again later."""
    start(room)
    agreement = Resume(by="Ana", at=1.0)
    room.receive("s", agreement, "a")
    room.receive("s", Pause(by="Ben", at=2.0))
    room.receive("s", Resume(by="Ben", at=3.0))
    again = room.receive("s", agreement, "a")
    assert again.effects == ()
    assert again.views["Ana"].kind == "pause"


# several writers


def test_two_hosts_may_share_a_store(store: Store) -> None:
    """What one host last saw of a session does not mislead it about what another did."""
    here, there = Sessions(store), Sessions(store)
    start(here)
    there.receive("s", Pause(by="Ben", at=1.0))
    there.receive("s", Resume(by="Ben", at=2.0))
    here.receive("s", Resume(by="Ana", at=3.0))  # which changes nothing where `here` stands
    assert there.view("s", "Ana").kind == "ask"
    there.receive("s", Leave(by="Ana", at=4.0))
    with pytest.raises(EventNotAllowed):
        here.receive("s", rating("Ana"))
    there.receive("s", Join(by="Ana", at=5.0))
    here.receive("s", Resume(by="Ana", at=6.0))
    here.receive("s", Resume(by="Ben", at=7.0))
    assert [row.seq for row in store.events("s")] == list(range(1, len(store.events("s")) + 1))


def test_a_loser_applies_its_event_again(store: Store) -> None:
    """An event that comes second is applied to what the first one left."""
    here, there = Sessions(store), Sessions(store)
    start(here)
    there.view("s", "Ana")
    here.receive("s", rating("Ana"))
    out = there.receive("s", rating("Ben"))
    assert [row.seq for row in store.events("s")] == [1, 2]
    assert out.views["Ana"].text != here.session("s").plan.protocol.title
    assert "opened" in store.events("s")[1].effects


def test_an_event_does_not_try_for_ever() -> None:
    """An event that always comes second is given up after so many attempts."""
    attempts = []

    class Moving(MemoryStore):
        def append(self, sid: str, event: EventRow, *, before: str, after: str) -> str | None:
            attempts.append(event)
            raise SessionMoved("Another event came first.")

    room = Sessions(Moving())
    start(room)
    with pytest.raises(SessionMoved):
        room.receive("s", rating("Ana"))
    assert len(attempts) == ATTEMPTS


def test_threads_on_one_session_all_get_through(room: Sessions, store: Store) -> None:
    """Events of many threads for one session are all carried out, one after the other."""
    start(room)
    barrier = Barrier(8)

    def work(name: int) -> None:
        barrier.wait()
        for number in range(10):
            room.receive("s", Pause(by=PAIR[name % 2], at=1.0), f"{name} {number}")

    threads = [Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [row.seq for row in store.events("s")] == list(range(1, 81))
    assert len({row.id for row in store.events("s")}) == 80


def test_two_processes_play_one_session(tmp_path: Path) -> None:
    """Two processes that each play one partner bring a session to its end, without a gap."""
    path = tmp_path / "store"
    with SQLiteStore(path) as store:
        start(Sessions(store))
        processes = [
            subprocess.Popen(
                [sys.executable, str(RECEIVER), str(path), "s", person], stdout=subprocess.PIPE
            )
            for person in PAIR
        ]
        carried_out = [int(process.communicate(timeout=60)[0]) for process in processes]
        assert [process.returncode for process in processes] == [0, 0]
        assert min(carried_out) > 5
        log = store.events("s")
        assert [row.seq for row in log] == list(range(1, sum(carried_out) + 1))
        room = Sessions(store)
        assert room.session("s").ended
        assert "Thank each other" in room.view("s", "Ana").text


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_sigkill_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    """A hundred kills of its host lose no acknowledged event of a session and repeat none."""
    command = [sys.executable, str(KILLED_HOST), str(tmp_path / "store"), "100"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=60)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == 100
    events = list(rehearsal(sitting("any")))
    for line in lines:
        acknowledged, seq = line["acknowledged"], line["seq"]
        assert acknowledged <= seq <= acknowledged + 1
        assert line["log"] == list(range(1, seq + 1))
        session = sitting(line["sid"])
        for event in events[:seq]:
            session.receive(event)
        assert line["snapshot"] == session.snapshot()
    assert len({line["seq"] for line in lines}) > 10
    assert any(line["seq"] > line["acknowledged"] for line in lines)


def sitting(sid: str) -> Session:
    """An exchange between two partners, in memory."""
    return Session.start(load(EXCHANGE), {"partner": PAIR}, at=0.0, cleared=PAIR, session=sid)


# deleting


def test_a_deleted_session_is_gone(room: Sessions, store: Store) -> None:
    """After deletion everything asked of a session says that it is unknown."""
    start(room)
    elsewhere = Sessions(store)
    elsewhere.view("s", "Ana")
    room.receive("s", rating("Ana"), "a")
    room.delete("s")
    for ask in (
        partial(room.view, "s", "Ana"),
        partial(room.session, "s"),
        partial(room.receive, "s", rating("Ana"), "a"),
        partial(elsewhere.receive, "s", rating("Ana")),
        partial(elsewhere.receive, "s", rating("Ana"), "a"),
        partial(elsewhere.receive, "s", Tick(at=1.0)),
        partial(room.delete, "s"),
    ):
        with pytest.raises(UnknownSession):
            ask()
    assert elsewhere._seen.get("s") is None


def test_an_old_sight_does_not_bring_back_words(store: Store) -> None:
    """A host that last saw a deleted session writes to the new one of that id, not over it."""
    here, there = Sessions(store), Sessions(store)
    start(here)
    here.receive("s", rating("Ana", 9))
    there.delete("s")
    start(there)
    there.receive("s", rating("Ana", 1))
    here.receive("s", rating("Ben", 1))
    session = here.session("s")
    assert "9" not in [str(entry.value) for _, entry in session.state.course.answers.items()]
    assert store.load("s").seq == 2


# memory


def test_the_cache_is_bounded(store: Store) -> None:
    """No more sessions are kept in memory than were asked for, and all still work."""
    room = Sessions(store, cache=2)
    for number in range(5):
        start(room, str(number))
    for number in range(5):
        room.receive(str(number), rating("Ana"))
        assert len(room._seen._values) == 2
    assert {store.load(str(number)).seq for number in range(5)} == {1}


def test_a_session_finishes_on_the_plan_it_began_with(store: Store, tmp_path: Path) -> None:
    """A protocol that is edited, even broken, does not change a session that has begun."""
    text = (
        "compassion_protocol: 1\nid: one-line\nversion: 1.0.0\ntitle: One line\n"
        "summary: One line to read.\nfamily: repair\naudience: individual\n"
        "card:\n  why: So that there is one.\n  dose: {minutes: 1, source: default}\n"
        "  sources: [{seed: '000', quote: one}]\n  setting: Anywhere.\n"
        "  delivery: Alone.\n  licence: CC-BY-4.0\n  authors: [We]\n  status: draft\n"
        "care:\n  tier: 0\nsteps:\n  - say: The line as it was.\n    id: line\n"
    )
    file = tmp_path / "one-line.protocol.yaml"
    file.write_text(text)
    Sessions(store).start(load(file), ["Ana"], at=0.0, session_id="old")
    file.write_text(text.replace("as it was", "as it is"))
    new = Sessions(store)
    new.start(load(file), ["Ana"], at=0.0, session_id="new")
    file.write_text("broken")
    assert new.view("new", "Ana").text.strip() == "The line as it is."
    assert new.view("old", "Ana").text.strip() == "The line as it was."
    assert Sessions(store).view("old", "Ana").text.strip() == "The line as it was."


def test_a_plan_that_was_tampered_with_is_rejected(store: Store) -> None:
    """A stored plan that is not the one its hash says is rejected."""
    sources = json.dumps(load("three-breath-pause").sources)
    content = load(EXCHANGE).content
    store.save_plan(content, sources)
    start(Sessions(store))
    with pytest.raises(StoreRejected):
        Sessions(store).view("s", "Ana")


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"v":1}', "x" * 100])
def test_a_damaged_snapshot_is_rejected(store: Store, text: str) -> None:
    """A stored snapshot that is damaged is rejected, whatever is asked."""
    start(Sessions(store))
    plan = store.load("s").plan
    store.create(SessionRow(id="t", seq=0, snapshot=text, plan=plan))
    room = Sessions(store)
    for ask in (partial(room.view, "t", "Ana"), partial(room.receive, "t", rating("Ana"))):
        with pytest.raises(SnapshotRejected):
            ask()


def test_another_sessions_snapshot_is_rejected(store: Store) -> None:
    """A snapshot that was put in another session's place is rejected."""
    start(Sessions(store))
    store.create(evolve(store.load("s"), id="t"))
    with pytest.raises(SnapshotRejected):
        Sessions(store).view("t", "Ana")


# words


def test_a_log_of_words_holds_each_event(tmp_path: Path) -> None:
    """In a store that keeps words, a row of the log gives back the event that was sent."""
    store = MemoryStore(keep_words=True)
    room = Sessions(store)
    start(room)
    events: list[Event] = [
        rating("Ana"),
        Pause(by="Ben", at=2.0, until=9.0),
        Resume(by="Ana", at=3.0),
        Resume(by="Ben", at=4.0),
        Distress(by="Ben", at=5.0, rating=9, safe=False),
        Leave(by="Ana", at=6.0),
    ]
    for event in events:
        room.receive("s", event)
    rows = store.events("s")
    assert [
        event_from_json(json.loads(row.body or ""), by=row.sender or "", at=row.at) for row in rows
    ] == events


def test_an_erase_event_takes_words_out_of_the_log() -> None:
    """Whoever erases their answers erases what the log kept of them too."""
    store = MemoryStore(keep_words=True)
    room = Sessions(store)
    start(room)
    for person in PAIR:
        room.receive("s", rating(person))
    room.receive("s", Erase(by="Ana", at=3.0))
    assert [row.sender for row in store.events("s")] == [None, "Ben", None]


def test_a_log_without_words_holds_none(store: Store) -> None:
    """Unless it was asked to, the log holds no senders and no bodies."""
    room = Sessions(store)
    start(room)
    room.receive("s", rating("Ana"))
    [row] = store.events("s")
    assert (row.sender, row.body) == (None, None)


# everything at once

people = st.sampled_from(PAIR)
instants = st.floats(0, 2_000)
tokens = st.sampled_from(["", "live", "stale"])


@st.composite
def happenings(draw: st.DrawFn) -> tuple[str, str, str, float, object]:
    """Something that someone may do, with what is not known before it happens left open."""
    kind = draw(st.sampled_from(["example", "example", "example", *sorted(KINDS)]))
    value = draw(st.one_of(st.none(), st.integers(0, 10), st.just("because")))
    return kind, draw(people), draw(tokens), draw(instants), value


def made_event(
    session: Session, kind: str, by: str, token: str, at: float, value: object
) -> Event | None:
    """The event that a happening is in this session."""
    view = session.view(by)
    if kind == "example":
        return reply_from_example(view, session.state.now + 1.0)
    live = view.token if token == "live" else "0.0"
    if kind in ("answer", "continue", "skip", "back", "advance", "extend"):
        body = {"event": kind, "token": live, "value": value, "seconds": 10}
    else:
        body = {"event": kind, "rating": value if isinstance(value, int) else None}
    return event_from_json(body, by=by, at=at)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(happenings(), st.booleans(), st.sampled_from([None, "a", "b"])), max_size=40)
)
def test_two_hosts_together_do_what_one_session_does(
    steps: list[tuple[tuple[str, str, str, float, object], bool, str | None]],
) -> None:
    """Whichever of two hosts gets each event, together they do what one session in memory does."""
    store = MemoryStore()
    rooms = (Sessions(store), Sessions(store))
    start(rooms[0])
    alone = rooms[0].session("s")
    remembered: dict[tuple[object, str], tuple[Effect, ...]] = {}
    for happening, second, event_id in steps:
        event = made_event(alone, *happening)
        if event is None:
            continue
        known = (getattr(event, "by", None), event_id or "")
        expected: tuple[Effect, ...] | type[CompassionError]
        try:
            expected = remembered[known] if known in remembered else alone.receive(event)
        except (EventNotAllowed, AnswerRefused) as error:
            expected = type(error)
        if isinstance(expected, tuple):
            out = rooms[second].receive("s", event, event_id)
            assert out.effects == expected
            if event_id is not None:
                remembered[known] = expected
        else:
            with pytest.raises(expected):
                rooms[second].receive("s", event, event_id)
        assert store.load("s").snapshot == alone.snapshot()
        for person in PAIR:
            assert rooms[not second].view("s", person) == alone.view(person)
    assert [row.seq for row in store.events("s")] == list(range(1, store.load("s").seq + 1))


def test_a_skip_is_as_good_as_an_answer(room: Sessions) -> None:
    """A session goes on when someone leaves a question open."""
    start(room)
    room.receive("s", Skip(by="Ana", token=FIRST, at=1.0))
    assert room.receive("s", rating("Ben")).views["Ana"].token != FIRST


def test_a_host_gives_its_own_catalog(tmp_path: Path) -> None:
    """A plan that is made again from the store takes its crisis lines from the host's catalog."""
    shutil.copytree(bundled().root, tmp_path / "mine")
    lines = tmp_path / "mine" / "care" / "crisis-lines.yaml"
    lines.write_text('crisis_lines: 1\nlines:\n  - {locale: "*", name: Ours, contact: "1"}\n')
    store = MemoryStore()
    mine = Catalog(tmp_path / "mine")
    started = Sessions(store).start(load("three-breath-pause"), ["Ana"], at=0.0)
    view = Sessions(store, catalog=mine).view(started.session, "Ana")
    assert [line.name for line in view.help.lines] == ["Ours"]
