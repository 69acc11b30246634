"""The file of a SQLite store: what is in it, and how it is opened.

A file is only touched once it is known to be ours: it is empty, or carries our
application id and a version that this code understands.

The log is an ordinary table, so that events of many sessions that are appended
together share a page, and one index serves both ways of asking: for an event
id, and for all events of a session.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from time import monotonic, sleep

from compassion_protocols.errors import StoreRejected, StoreUnavailable

VERSION = 1
APPLICATION_ID = 0x43507374  # "CPst", which `file` and other programs can see

_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS plans (
    content TEXT NOT NULL PRIMARY KEY,
    sources TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    plan TEXT NOT NULL REFERENCES plans,
    seq INTEGER NOT NULL,
    snapshot TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS events (
    session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    id TEXT,
    kind TEXT NOT NULL,
    at REAL NOT NULL,
    effects TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS events_by_session ON events (session, id);
CREATE TABLE IF NOT EXISTS words (
    session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    sender TEXT,
    body TEXT,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
COMMIT;
"""


def connect(path: str | os.PathLike[str], timeout: float) -> sqlite3.Connection:
    """Open a store's file, and make it if there is none, readable by its owner alone.

    ``timeout`` is how many seconds to wait for another writer. StoreRejected if
    the file is not ours, or of a newer version; StoreUnavailable if it cannot
    be opened.
    """
    if sqlite3.sqlite_version_info < (3, 37):
        raise StoreUnavailable("A SQLite store needs SQLite 3.37 or newer.")
    if os.fspath(path) == ":memory:":
        raise StoreRejected("A SQLite store is a file; use MemoryStore to keep nothing on disk.")
    place = os.path.abspath(path)
    _make_private(place)
    try:
        connection = sqlite3.connect(
            place, timeout=timeout, isolation_level=None, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise typed(error) from error
    try:
        _prepare_patiently(connection, timeout)
    except sqlite3.Error as error:
        connection.close()
        raise typed(error) from error
    except UnicodeDecodeError:  # in the very words in which SQLite tells of the damage
        connection.close()
        raise StoreRejected("The store's file is damaged, or is not a store.") from None
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare_patiently(connection: sqlite3.Connection, timeout: float) -> None:
    """Try again while others are at it too: SQLite itself does not wait to change the mode."""
    give_up = monotonic() + timeout
    while True:
        try:
            return _prepare(connection)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > give_up:
                raise
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        sleep(0.005)


def _make_private(place: str) -> None:
    """Make an empty file that only its owner can read; SQLite gives its log the same mode.

    An existing file is not even opened here: to close it again would drop the
    locks that this process may hold on it.
    """
    try:
        with suppress(FileExistsError):
            os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except (OSError, ValueError) as error:
        raise StoreUnavailable("The store's file cannot be made.") from error


def _prepare(connection: sqlite3.Connection) -> None:
    new = _is_new(connection)
    [mode] = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise StoreUnavailable("The store's file needs a local disk: it cannot be written ahead.")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    if new:
        connection.executescript(_SCHEMA)


def _is_new(connection: sqlite3.Connection) -> bool:
    """Tell an empty file from one of ours; StoreRejected if it is neither."""
    connection.execute("BEGIN")  # so that all three are of one instant
    [application] = connection.execute("PRAGMA application_id").fetchone()
    [version] = connection.execute("PRAGMA user_version").fetchone()
    [tables] = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    connection.execute("COMMIT")
    if (application, version, tables) == (0, 0, 0):
        return True
    if application != APPLICATION_ID or version < 1:
        raise StoreRejected("This database belongs to another program; choose another file.")
    if version > VERSION:
        raise StoreRejected(
            f"This store was written by a newer version (its format is {version}, "
            f"this one knows {VERSION}); update compassion_protocols to open it."
        )
    return False


_DAMAGED = {
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_MISMATCH,
}


def typed(error: sqlite3.Error) -> StoreRejected | StoreUnavailable:
    """What a host is told when SQLite fails: whether the file is at fault, or the moment."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & 0xFF
    if code in _DAMAGED:
        return StoreRejected(f"The store's file is damaged, or is not a store ({error}).")
    return StoreUnavailable(f"The store cannot be used at present ({error}).")
