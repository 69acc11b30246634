"""What every store promises, asked of each of them."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    precondition,
    rule,
)

from compassion_protocols.errors import (
    ProtocolNotFound,
    SessionExists,
    SessionMoved,
    StoreRejected,
    StoreUnavailable,
    UnknownSession,
)
from compassion_protocols.stores.contract import EventRow, SessionRow
from compassion_protocols.stores.memory import MemoryStore
from compassion_protocols.stores.sqlite import SQLiteStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compassion_protocols.stores.contract import Store

    Open = Callable[..., Store]

PLAN = "c0ffee"


def event(seq: int, id: str | None = None, **others: Any) -> EventRow:  # noqa: ANN401
    """One event of a log, without words."""
    row = EventRow(seq=seq, kind="answer", at=1000.5 + seq, effects=f'["effect of {seq}"]', id=id)
    return evolve(row, **others)


def add(store: Store, row: EventRow, sid: str = "s") -> str | None:
    """Append an event whose snapshots are named after its place."""
    return store.append(sid, row, before=f"state {row.seq - 1}", after=f"state {row.seq}")


def begin(store: Store, sid: str = "s") -> None:
    """Keep a new session, with its plan."""
    store.save_plan(PLAN, "[]")
    store.create(SessionRow(id=sid, seq=0, snapshot="state 0", plan=PLAN))


@pytest.fixture(params=["memory", "sqlite"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Open a store of each kind; all are closed at the end."""
    with ExitStack() as stack:

        def open_one(*, keep_words: bool = False) -> Store:
            if request.param == "memory":
                return stack.enter_context(MemoryStore(keep_words=keep_words))
            return stack.enter_context(SQLiteStore(tmp_path / "store", keep_words=keep_words))

        yield open_one


@pytest.fixture
def store(opened: Open) -> Store:
    """A store without words, with one session."""
    store = opened()
    begin(store)
    return store


def test_a_session_comes_back(store: Store) -> None:
    """A session is loaded as it was created."""
    assert store.load("s") == SessionRow(id="s", seq=0, snapshot="state 0", plan=PLAN)


def test_an_event_moves_its_session(store: Store) -> None:
    """Appending an event returns nothing, and replaces the session's snapshot."""
    assert add(store, event(1)) is None
    assert store.load("s") == SessionRow(id="s", seq=1, snapshot="state 1", plan=PLAN)


def test_the_log_is_in_order(store: Store) -> None:
    """The log holds every event in order, as it was given."""
    rows = [event(1), event(2, "b"), event(3, "a"), event(4)]
    assert [add(store, row) for row in rows] == [None] * 4
    assert store.events("s") == tuple(rows)


def test_a_new_session_has_no_events(store: Store) -> None:
    """The log of a new session is empty."""
    assert store.events("s") == ()


@pytest.mark.parametrize("seq", [0, 1, 3, 99])
def test_only_the_next_event_is_appended(store: Store, seq: int) -> None:
    """An event that does not follow on from the session's own place is told so."""
    add(store, event(1))
    with pytest.raises(SessionMoved):
        store.append("s", event(seq), before="state 1", after="other")
    assert store.load("s").snapshot == "state 1"
    assert store.events("s") == (event(1),)


def test_only_the_very_state_is_replaced(store: Store) -> None:
    """An event that was applied to another snapshot of the same place is told so."""
    with pytest.raises(SessionMoved):
        store.append("s", event(1), before="another state", after="state 1")
    assert store.load("s").seq == 0


def test_a_repeated_event_changes_nothing(store: Store) -> None:
    """An event id that was appended gives back the first effects, whatever comes with it."""
    add(store, event(1, "a"))
    add(store, event(2))
    for repeated in (event(1, "a"), event(3, "a", effects="[]", kind="stop")):
        assert add(store, repeated) == '["effect of 1"]'
    assert store.events("s") == (event(1, "a"), event(2))
    assert store.load("s").snapshot == "state 2"


def test_effects_are_found_by_event_id(store: Store) -> None:
    """The effects of an event are found by its id, and only there."""
    add(store, event(1, "a"))
    add(store, event(2))
    assert store.effects_of("s", "a") == '["effect of 1"]'
    assert store.effects_of("s", "b") is None


def test_event_ids_are_each_sessions_own(store: Store) -> None:
    """The same event id means different events in different sessions."""
    begin(store, "t")
    add(store, event(1, "a"))
    assert store.effects_of("t", "a") is None
    assert add(store, event(1, "a", effects="[]"), "t") is None
    assert store.effects_of("t", "a") == "[]"


def test_a_session_id_is_taken_once(store: Store) -> None:
    """A session id that is taken is refused, and its session stays."""
    with pytest.raises(SessionExists):
        store.create(SessionRow(id="s", seq=0, snapshot="other", plan=PLAN))
    assert store.load("s").snapshot == "state 0"


def test_a_session_needs_its_plan(store: Store) -> None:
    """A session whose plan was never saved is not created."""
    with pytest.raises(ProtocolNotFound):
        store.create(SessionRow(id="t", seq=0, snapshot="", plan="unknown"))
    with pytest.raises(UnknownSession):
        store.load("t")


def test_a_plan_is_saved_once(store: Store) -> None:
    """A plan stays as it was first saved."""
    store.save_plan("beef", "first")
    store.save_plan("beef", "second")
    assert store.load_plan("beef") == "first"


def test_an_unknown_plan_is_told(store: Store) -> None:
    """A plan that was never saved is not found."""
    with pytest.raises(ProtocolNotFound):
        store.load_plan("unknown")


@pytest.mark.parametrize("sid", ["t", "", "S", "\ud800", "s\0"])
def test_an_unknown_session_is_told(store: Store, sid: str) -> None:
    """Whatever is asked of a session that is not there says that it is unknown."""
    for ask in (
        lambda: store.load(sid),
        lambda: store.events(sid),
        lambda: store.effects_of(sid, "a"),
        lambda: store.delete(sid),
        lambda: add(store, event(1, "a"), sid),
    ):
        with pytest.raises(UnknownSession):
            ask()


def test_nothing_is_left_of_a_deleted_session(store: Store) -> None:
    """A deleted session is unknown, and a new one of the same id starts from nothing."""
    begin(store, "t")
    add(store, event(1, "a"))
    add(store, event(1, "a"), "t")
    store.delete("s")
    with pytest.raises(UnknownSession):
        store.load("s")
    begin(store)
    assert store.events("s") == ()
    assert store.effects_of("s", "a") is None
    assert store.events("t") == (event(1, "a"),)


def test_an_old_writer_cannot_bring_back_what_was_deleted(store: Store) -> None:
    """An event applied to a deleted session is refused by a new one of the same id and place."""
    add(store, event(1))
    store.delete("s")
    begin(store)
    store.append("s", event(1), before="state 0", after="new state 1")
    with pytest.raises(SessionMoved):
        add(store, event(2))


def test_any_text_comes_back(opened: Open) -> None:
    """Text of any script, quotes, newlines and NUL come back unchanged."""
    store = opened(keep_words=True)
    text = "Ὀδύσσεια \"'\\ \n\r\t\0 \u202e 👩\u200d👩\u200d👧 \uffff" * 500
    store.save_plan(text, text)
    store.create(SessionRow(id=text, seq=0, snapshot=text, plan=text))
    row = EventRow(seq=1, kind=text, at=0.1, effects=text, id=text, sender=text, body=text)
    assert store.append(text, row, before=text, after=text) is None
    assert store.load(text) == SessionRow(id=text, seq=1, snapshot=text, plan=text)
    assert store.events(text) == (row,)
    assert store.load_plan(text) == text


def test_half_a_surrogate_pair_is_refused(store: Store) -> None:
    """Text that is not Unicode is refused without being quoted, and changes nothing."""
    half = "words\ud800"
    session = SessionRow(id="t", seq=0, snapshot=half, plan=PLAN)
    fields = ("id", "kind", "effects", "sender", "body")
    asks: list[Callable[[], object]] = [
        partial(store.create, session),
        partial(store.save_plan, "p", half),
        partial(store.append, "s", event(1), before="state 0", after=half),
        *(partial(add, store, event(1, **{field: half})) for field in fields),
    ]
    for ask in asks:
        with pytest.raises(StoreRejected) as refused:
            ask()
        assert "words" not in str(refused.value)
        assert refused.value.__suppress_context__
    assert store.load("s").seq == 0


def test_a_log_holds_no_words_by_default(store: Store) -> None:
    """Unless it is asked to, a store keeps neither who sent an event nor what."""
    assert not store.keep_words
    add(store, event(1, sender="Ana", body="{}"))
    assert store.events("s") == (event(1),)


def test_a_log_of_words_is_kept_on_request(opened: Open) -> None:
    """A store that keeps words keeps the sender and the body of each event."""
    store = opened(keep_words=True)
    begin(store)
    rows = [event(1, sender="Ana", body="{}"), event(2), event(3, sender="Ben")]
    for row in rows:
        add(store, row)
    assert store.keep_words
    assert store.events("s") == tuple(rows)


def test_an_erase_event_takes_its_senders_words_out_of_the_log(opened: Open) -> None:
    """After an erase event the log holds none of its sender's words, and all of the others'."""
    store = opened(keep_words=True)
    for sid in "st":
        begin(store, sid)
        add(store, event(1, sender="Ana", body="a"), sid)
        add(store, event(2, sender="Ben", body="b"), sid)
    add(store, event(3, kind="erase", sender="Ana", body="{}"))
    assert store.events("s") == (
        event(1),
        event(2, sender="Ben", body="b"),
        event(3, kind="erase"),
    )
    assert store.events("t")[0] == event(1, sender="Ana", body="a")


def test_a_closed_store_is_unavailable(store: Store) -> None:
    """A closed store says that it is; closing it again does nothing."""
    with store as same:
        assert same is store
    store.close()
    for ask in (
        lambda: store.load("s"),
        lambda: store.save_plan("p", ""),
        lambda: store.load_plan(PLAN),
        lambda: begin(store, "t"),
        lambda: add(store, event(1)),
        lambda: store.delete("s"),
    ):
        with pytest.raises(StoreUnavailable):
            ask()


def at_once(*tasks: Callable[[], None]) -> None:
    """Run tasks in threads that start together."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], None]) -> None:
        barrier.wait()
        task()

    threads = [Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_of_several_writers_one_wins(store: Store) -> None:
    """Of threads that append to the same place one wins, and all others are told."""
    told: list[int] = []

    def write(number: int) -> None:
        for seq in range(1, 26):
            while store.load("s").seq < seq - 1:
                pass
            try:
                store.append("s", event(seq, kind=str(number)), before=f"state {seq - 1}",
                             after=f"state {seq}")  # fmt: skip
            except SessionMoved:
                told.append(seq)

    at_once(*(partial(write, number) for number in range(4)))
    assert [row.seq for row in store.events("s")] == list(range(1, 26))
    assert sorted(told) == sorted([*range(1, 26)] * 3)


def test_a_loser_does_not_hurt_the_others(store: Store) -> None:
    """Writers of many sessions each get their own answer, however they are committed together."""
    sids = [f"session {number}" for number in range(8)]
    for sid in sids:
        begin(store, sid)
    answers: dict[str, list[object]] = {sid: [] for sid in sids}

    def write(sid: str, number: int) -> None:
        for seq in range(1, 21):
            row = event(seq, f"{seq}")
            wrong = number % 2 == 0
            try:
                before = "wrong" if wrong else f"state {seq - 1}"
                answers[sid].append(store.append(sid, row, before=before, after=f"state {seq}"))
            except SessionMoved:
                answers[sid].append(SessionMoved)
            answers[sid].append(add(store, row, sid))

    at_once(*(partial(write, sid, number) for number, sid in enumerate(sids)))
    for number, sid in enumerate(sids):
        assert store.events(sid) == tuple(event(seq, f"{seq}") for seq in range(1, 21))
        for seq in range(1, 21):
            expected = [SessionMoved, None] if number % 2 == 0 else [None, event(seq).effects]
            assert answers[sid][2 * seq - 2 : 2 * seq] == expected


class AgainstADictionary(RuleBasedStateMachine):
    """Random use of a store beside a plain dictionary that should agree with it."""

    sids = Bundle("sids")
    ids = st.sampled_from([None, "a", "b", "c"])

    def __init__(self) -> None:
        super().__init__()
        self.store = self.open()
        self.rows: dict[str, SessionRow] = {}
        self.logs: dict[str, list[EventRow]] = {}
        self.store.save_plan(PLAN, "[]")

    def open(self) -> Store:
        return MemoryStore(keep_words=True)

    @rule(target=sids, sid=st.text(max_size=3), snapshot=st.text(max_size=9))
    def create(self, sid: str, snapshot: str) -> str:
        row = SessionRow(id=sid, seq=0, snapshot=snapshot, plan=PLAN)
        if sid in self.rows:
            with pytest.raises(SessionExists):
                self.store.create(row)
        else:
            self.store.create(row)
            self.rows[sid], self.logs[sid] = row, []
        return sid

    @rule(
        sid=sids,
        ahead=st.sampled_from([1, 1, 1, 0, 2]),
        guess=st.sampled_from([True, True, False]),
        snapshot=st.text(max_size=9),
        event_id=ids,
        sender=st.sampled_from([None, "Ana", "Ben"]),
        kind=st.sampled_from(["answer", "answer", "erase"]),
    )
    def append(
        self,
        sid: str,
        ahead: int,
        guess: bool,
        snapshot: str,
        event_id: str | None,
        sender: str | None,
        kind: str,
    ) -> None:
        if sid not in self.rows:
            with pytest.raises(UnknownSession):
                add(self.store, event(1, event_id), sid)
            return
        row, log = self.rows[sid], self.logs[sid]
        new = event(row.seq + ahead, event_id, kind=kind, sender=sender, body="words")
        before = row.snapshot if guess else row.snapshot + "?"
        known = [one.effects for one in log if one.id is not None and one.id == event_id]
        if known:
            assert self.store.append(sid, new, before=before, after=snapshot) == known[0]
        elif ahead != 1 or not guess:
            with pytest.raises(SessionMoved):
                self.store.append(sid, new, before=before, after=snapshot)
        else:
            assert self.store.append(sid, new, before=before, after=snapshot) is None
            self.rows[sid] = evolve(row, seq=new.seq, snapshot=snapshot)
            log.append(new)
            self._forget(sid, new)

    def _forget(self, sid: str, new: EventRow) -> None:
        if new.kind == "erase" and new.sender is not None:
            self.logs[sid] = [
                evolve(one, sender=None, body=None) if one.sender == new.sender else one
                for one in self.logs[sid]
            ]

    @rule(sid=consumes(sids))
    def delete(self, sid: str) -> None:
        if sid in self.rows:
            self.store.delete(sid)
            del self.rows[sid], self.logs[sid]

    @precondition(lambda self: self.rows)
    @invariant()
    def agrees(self) -> None:
        for sid, row in self.rows.items():
            log = self.logs[sid]
            assert self.store.load(sid) == row
            assert self.store.events(sid) == tuple(log)
            assert [one.seq for one in log] == list(range(1, row.seq + 1))

    def teardown(self) -> None:
        self.store.close()


class SQLiteAgainstADictionary(AgainstADictionary):
    """The same with a file, which may be closed and opened again at any time."""

    def open(self) -> Store:
        self.folder = tempfile.TemporaryDirectory()
        return SQLiteStore(Path(self.folder.name, "store"), keep_words=True)

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = SQLiteStore(Path(self.folder.name, "store"), keep_words=True)

    def teardown(self) -> None:
        super().teardown()
        self.folder.cleanup()


def test_memory_agrees_with_a_dictionary() -> None:
    """Whatever is done to a memory store, it holds what a plain dictionary would."""
    AgainstADictionary.TestCase.settings = settings(max_examples=40, stateful_step_count=30)
    AgainstADictionary.TestCase().runTest()


def test_sqlite_agrees_with_a_dictionary() -> None:
    """Whatever is done to a SQLite store, and reopened, it holds what a plain dictionary would."""
    SQLiteAgainstADictionary.TestCase.settings = settings(max_examples=20, stateful_step_count=20)
    SQLiteAgainstADictionary.TestCase().runTest()
