"""A store in one SQLite file, for one machine: several threads, several processes.

An event and the state it leads to are written in one transaction, which is
synced to the disk before anyone learns of the event's effects. A process that
dies at any moment leaves each session as it was after its last acknowledged
event, or one event further.

Threads that append at the same time share a transaction (see
``commit_queue``). It is first tried as a whole; only if one of its events came
too late, or carries a known id, is each written within a savepoint of its own.

What is erased is overwritten in the file (``secure_delete``), and the log that
SQLite writes ahead of it is emptied as soon as no other process reads from it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING, Self

from attrs import frozen

from compassion_protocols.errors import (
    CompassionError,
    ProtocolNotFound,
    SessionExists,
    SessionMoved,
    StoreRejected,
    StoreUnavailable,
    UnknownSession,
)
from compassion_protocols.stores.commit_queue import CommitQueue
from compassion_protocols.stores.contract import ERASE, EventRow, SessionRow, check_text
from compassion_protocols.stores.sqlite_file import connect, typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

_MOVE = "UPDATE sessions SET seq = ?, snapshot = ? WHERE id = ? AND seq = ? AND snapshot = ?"
_LOG = "INSERT INTO events SELECT key, ?, ?, ?, ?, ? FROM sessions WHERE id = ?"
_KEEP_WORDS = "INSERT INTO words SELECT key, ?, ?, ? FROM sessions WHERE id = ?"
_FORGET_WORDS = """
DELETE FROM words WHERE sender = ? AND session = (SELECT key FROM sessions WHERE id = ?)
"""
_EFFECTS = """
SELECT effects FROM sessions LEFT JOIN events ON session = key AND events.id = ?
WHERE sessions.id = ?
"""
_COLUMNS = ("seq", "kind", "at", "effects", "id", "sender", "body")
_EVENTS = f"""
SELECT {", ".join(_COLUMNS)}
FROM events LEFT JOIN words USING (session, seq) WHERE session = ? ORDER BY seq
"""


@frozen
class _Append:
    """An event on its way into the file."""

    sid: str
    event: EventRow
    before: str
    after: str


class SQLiteStore:
    """Keeps sessions in a SQLite file. Raises what Store says, and StoreRejected on opening.

    ``timeout``: how many seconds to wait for another process that is writing.
    One connection is kept for the life of the store. After a fork, the child
    opens a store of its own.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, keep_words: bool = False, timeout: float = 5.0
    ) -> None:
        self.keep_words = keep_words
        self._lock = Lock()
        self._process = os.getpid()
        self._queue = CommitQueue(self._commit)
        self._connection: sqlite3.Connection | None = connect(path, timeout)

    # plans

    def save_plan(self, content: str, sources: str) -> None:
        check_text(content, sources)
        with self._transaction() as db:
            db.execute("INSERT OR IGNORE INTO plans VALUES (?, ?)", (content, sources))

    def load_plan(self, content: str) -> str:
        with self._connected() as db:
            found = db.execute("SELECT sources FROM plans WHERE content = ?", (content,))
            row = found.fetchone()
        if row is None:
            raise ProtocolNotFound("The store holds no such plan.")
        return str(row[0])

    # sessions

    def create(self, session: SessionRow) -> None:
        check_text(session.id, session.plan, session.snapshot)
        row = (session.id, session.plan, session.seq, session.snapshot)
        with self._transaction() as db:
            try:
                db.execute("INSERT INTO sessions(id, plan, seq, snapshot) VALUES (?,?,?,?)", row)
            except sqlite3.IntegrityError as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_UNIQUE:
                    raise SessionExists("The store already holds a session of this id.") from None
                if error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
                    raise ProtocolNotFound("The store holds no such plan.") from None
                raise

    def load(self, sid: str) -> SessionRow:
        with self._connected() as db:
            _, seq, snapshot, plan = _found(db, sid)
        return SessionRow(id=sid, seq=seq, snapshot=snapshot, plan=plan)

    def delete(self, sid: str) -> None:
        with self._transaction() as db:
            if db.execute("DELETE FROM sessions WHERE id = ?", (sid,)).rowcount == 0:
                raise _unknown()
        self._empty_log()

    # events

    def append(self, sid: str, event: EventRow, *, before: str, after: str) -> str | None:
        check_text(event.id, event.kind, event.effects, event.sender, event.body, after)
        effects = self._queue.put(_Append(sid, event, before, after))
        if event.kind == ERASE:
            self._empty_log()
        return effects

    def effects_of(self, sid: str, event_id: str) -> str | None:
        with self._connected() as db:
            return _effects(db, sid, event_id)

    def events(self, sid: str) -> tuple[EventRow, ...]:
        with self._transaction("BEGIN") as db:
            rows = db.execute(_EVENTS, (_found(db, sid)[0],)).fetchall()
        return tuple([EventRow(**dict(zip(_COLUMNS, row, strict=True))) for row in rows])

    # writing together

    def _commit(self, appends: Sequence[_Append]) -> list[str | CompassionError | None]:
        try:
            with self._transaction() as db:
                self._write(db, appends)
            return [None] * len(appends)
        except SessionMoved:
            return self._commit_each(appends)
        except CompassionError as error:
            return [type(error)(*error.args) for _ in appends]

    def _commit_each(self, appends: Sequence[_Append]) -> list[str | CompassionError | None]:
        try:
            with self._transaction() as db:
                return [self._write_one(db, append) for append in appends]
        except CompassionError as error:
            return [type(error)(*error.args) for _ in appends]

    def _write_one(self, db: sqlite3.Connection, append: _Append) -> str | CompassionError | None:
        db.execute("SAVEPOINT one")
        answer: str | CompassionError | None = None
        try:
            self._write(db, [append])
        except SessionMoved:
            db.execute("ROLLBACK TO one")
            answer = _instead(db, append)
        db.execute("RELEASE one")
        return answer

    def _write(self, db: sqlite3.Connection, appends: Sequence[_Append]) -> None:
        """Write all; SessionMoved if a session has moved on, is gone, or knows the event id."""
        moves = [(a.event.seq, a.after, a.sid, a.event.seq - 1, a.before) for a in appends]
        if db.executemany(_MOVE, moves).rowcount != len(appends):
            raise SessionMoved("Another event came first.")
        rows = [(e.seq, e.id, e.kind, e.at, e.effects, a.sid) for a in appends for e in (a.event,)]
        try:
            db.executemany(_LOG, rows)
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_UNIQUE:
                raise
            raise SessionMoved("This event was appended before.") from None
        for append in appends:
            if self.keep_words:
                _write_words(db, append.sid, append.event)
            if append.event.kind == ERASE:  # the file may hold words from when they were kept
                db.execute(_FORGET_WORDS, (append.event.sender, append.sid))

    # the connection

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one thread at a time; the errors of SQLite become ours."""
        if os.getpid() != self._process:
            raise StoreUnavailable("This store was opened before a fork; open it after.")
        with self._lock:
            db = self._connection
            if db is None:
                raise StoreUnavailable("This store was closed.")
            try:
                if db.in_transaction:  # one that failed, and then failed to roll back
                    db.execute("ROLLBACK")
                yield db
            except sqlite3.Error as error:
                raise typed(error) from error
            except UnicodeDecodeError:  # in the very words in which SQLite tells of the damage
                raise StoreRejected("The store's file is damaged, or is not a store.") from None
            except UnicodeEncodeError:  # an id that can name nothing
                raise _unknown() from None

    @contextmanager
    def _transaction(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[sqlite3.Connection]:
        with self._connected() as db:
            db.execute(begin)
            try:
                yield db
                db.execute("COMMIT")
            finally:
                if db.in_transaction:
                    with suppress(sqlite3.Error):
                        db.execute("ROLLBACK")

    def _empty_log(self) -> None:
        """Leave no erased words in the write-ahead log, unless another process still reads it."""
        with self._connected() as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _unknown() -> UnknownSession:
    return UnknownSession("The store holds no session of this id.")


def _found(db: sqlite3.Connection, sid: str) -> tuple[int, int, str, str]:
    ask = "SELECT key, seq, snapshot, plan FROM sessions WHERE id = ?"
    row: tuple[int, int, str, str] | None = db.execute(ask, (sid,)).fetchone()
    if row is None:
        raise _unknown()
    return row


def _effects(db: sqlite3.Connection, sid: str, event_id: str) -> str | None:
    row: tuple[str | None] | None = db.execute(_EFFECTS, (event_id, sid)).fetchone()
    if row is None:
        raise _unknown()
    return row[0]


def _instead(db: sqlite3.Connection, append: _Append) -> str | CompassionError:
    """What to tell the sender of an event that was not appended.

    An error is made anew: one that was raised here holds on to everyone's words, by its frames.
    """
    try:
        _found(db, append.sid)
        known = None if append.event.id is None else _effects(db, append.sid, append.event.id)
    except UnknownSession:
        return _unknown()
    return SessionMoved("Another event came first.") if known is None else known


def _write_words(db: sqlite3.Connection, sid: str, event: EventRow) -> None:
    if event.sender is not None or event.body is not None:
        db.execute(_KEEP_WORDS, (event.seq, event.sender, event.body, sid))
