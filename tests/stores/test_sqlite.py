"""What only a file on a disk has to withstand."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING, Any

import pytest

from compassion_protocols.errors import (
    CompassionError,
    SessionMoved,
    StoreRejected,
    StoreUnavailable,
)
from compassion_protocols.stores.contract import EventRow, SessionRow
from compassion_protocols.stores.sqlite import SQLiteStore
from compassion_protocols.stores.sqlite_file import APPLICATION_ID, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WRITER = Path(__file__).with_name("writer.py")
SECRET = "nobody shall read this"
FOREVER = "1000000000"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store may be."""
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[SQLiteStore]:
    """A new store with a plan and one session."""
    with SQLiteStore(path, timeout=0.05) as store:
        store.save_plan("plan", "[]")
        begin(store)
        yield store


def begin(store: SQLiteStore, sid: str = "s", snapshot: str = "state 0") -> None:
    """Keep a new session."""
    store.create(SessionRow(id=sid, seq=0, snapshot=snapshot, plan="plan"))


def event(seq: int, **others: Any) -> EventRow:  # noqa: ANN401
    """One event."""
    return EventRow(**{"seq": seq, "kind": "answer", "at": 0.0, "effects": "[]", **others})


def add(store: SQLiteStore, seq: int, **others: Any) -> str | None:  # noqa: ANN401
    """Append an event whose snapshots are named after its place."""
    row = event(seq, **others)
    return store.append("s", row, before=f"state {seq - 1}", after=f"state {seq}")


def write(path: Path, *senders: Sequence[object]) -> subprocess.Popen[bytes]:
    """Start a process with these senders."""
    arguments = [str(part) for sender in senders for part in sender]
    command = [sys.executable, str(WRITER), str(path), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


# a process that dies


def test_sigkill_loses_nothing_and_repeats_nothing(path: Path) -> None:
    """Killing a process with three writers loses no acknowledged event and repeats none."""
    chance = random.Random(7)
    acknowledged = dict.fromkeys("abc", 0)
    with SQLiteStore(path) as store:
        store.save_plan("plan", "[]")
        for sid in acknowledged:
            begin(store, sid)
    for _ in range(25):
        kill_a_writer(path, acknowledged, chance.uniform(0.0, 0.012))
        with SQLiteStore(path) as store:
            for sid, last in acknowledged.items():
                check_log(store, sid, last)
    assert sum(acknowledged.values()) >= 25


def kill_a_writer(path: Path, acknowledged: dict[str, int], after: float) -> None:
    """Let a process write on from what it was told, kill it, and note what it was told."""
    senders = [(sid, last + 1, FOREVER, "me") for sid, last in acknowledged.items()]
    with write(path, *senders) as process:
        assert process.stdout is not None
        told = process.stdout.readline()
        sleep(after)
        process.kill()
        told += process.stdout.read()
    for line in told.splitlines(keepends=True):
        if line.endswith(b"\n"):
            sid, _, number = line.decode().split()
            acknowledged[sid] = int(number)


def check_log(store: SQLiteStore, sid: str, last: int) -> None:
    """Hold that a log has each event once, in order, up to the last one told or one more."""
    log = store.events(sid)
    session = store.load(sid)
    assert [row.id for row in log] == [f"me {number}" for number in range(1, len(log) + 1)]
    assert [row.seq for row in log] == list(range(1, len(log) + 1))
    assert last <= len(log) <= last + 1
    assert session.seq == len(log)
    assert session.snapshot.startswith(f"state {len(log)}")


def test_two_processes_on_one_session_leave_no_gap(path: Path) -> None:
    """Two processes that write to one session both get through, and its log has no gap."""
    with SQLiteStore(path) as store:
        store.save_plan("plan", "[]")
        begin(store)
        writers = [write(path, ("s", 1, 150, name), ("s", 1, 50, f"{name}2")) for name in "ab"]
        for writer in writers:
            writer.communicate(timeout=60)
            assert writer.returncode == 0
        log = store.events("s")
        assert [row.seq for row in log] == list(range(1, 401))
        assert Counter(str(row.id).split()[0] for row in log) == {
            "a": 150, "a2": 50, "b": 150, "b2": 50
        }  # fmt: skip
        assert store.load("s").snapshot.startswith("state 400 ")


def test_a_second_process_sees_what_the_first_wrote(store: SQLiteStore, path: Path) -> None:
    """Whoever writes second through another connection is told, and reads what is new."""
    with SQLiteStore(path) as other:
        add(store, 1)
        with pytest.raises(SessionMoved):
            add(other, 1)
        assert other.load("s").snapshot == "state 1"
        add(other, 2)
    assert store.load("s").seq == 2


# a disk that fails


class Failing:
    """A connection that raises at one of its calls."""

    def __init__(self, connection: sqlite3.Connection, number: int, error: Exception) -> None:
        self.connection = connection
        self.left = number
        self.error = error

    def _count(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise self.error

    @property
    def in_transaction(self) -> bool:
        return self.connection.in_transaction

    def execute(self, *arguments: Any) -> sqlite3.Cursor:  # noqa: ANN401
        self._count()
        return self.connection.execute(*arguments)

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:  # noqa: ANN401
        self._count()
        return self.connection.executemany(*arguments)


class Interruption(Exception):
    """Not an error of SQLite's."""


@pytest.mark.parametrize("error", [sqlite3.OperationalError("disk I/O error"), Interruption()])
@pytest.mark.parametrize("repeated", [False, True])
def test_an_event_is_kept_whole_or_not_at_all(
    store: SQLiteStore, error: Exception, repeated: bool
) -> None:
    """Whichever call to the database fails, an event is kept whole or not at all."""
    whole = store._connection
    assert whole is not None
    add(store, 1, id="first")
    failures = 0
    for number in range(1, 16):
        seq = store.load("s").seq + 1
        store._connection = Failing(whole, number, error)  # type: ignore[assignment]
        try:
            add(store, 1 if repeated else seq, id="first" if repeated else None)
        except (StoreUnavailable, Interruption):
            failures += 1
        finally:
            store._connection = whole
        now = store.load("s")
        assert now.snapshot == f"state {now.seq}"
        assert [row.seq for row in store.events("s")] == list(range(1, now.seq + 1))
        assert now.seq in ((1,) if repeated else (seq - 1, seq))
    assert failures >= 4


def test_a_full_disk_keeps_what_there_is(store: SQLiteStore) -> None:
    """An event that finds no room is refused, and the store goes on once there is some."""
    assert store._connection is not None
    [pages] = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreUnavailable, match="full"):
        store.append("s", event(1), before="state 0", after="x" * 100_000)
    assert store.load("s").snapshot == "state 0"
    store._connection.execute("PRAGMA max_page_count = 100000")
    assert store.append("s", event(1), before="state 0", after="x" * 100_000) is None


def test_a_busy_file_is_waited_for_and_then_given_up(store: SQLiteStore, path: Path) -> None:
    """A file that another program keeps locked is unavailable, until it is free again."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"):
        add(store, 1)
    assert store.load("s").seq == 0
    other.close()
    assert add(store, 1) is None


def test_a_damaged_file_is_rejected(store: SQLiteStore, path: Path) -> None:
    """A file whose pages were overwritten is rejected when they are needed."""
    for seq in range(1, 200):
        add(store, seq)
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\x55" * (len(whole) - 4096))
    with SQLiteStore(path) as damaged, pytest.raises(StoreRejected, match="damaged"):
        damaged.load("s")


def test_a_file_without_its_tables_is_rejected(store: SQLiteStore) -> None:
    """A file whose tables are gone is rejected when they are needed."""
    assert store._connection is not None
    store._connection.execute("DROP TABLE words")
    with pytest.raises(StoreRejected, match="no such table"):
        store.events("s")


# opening


@pytest.mark.parametrize(
    "content", [b"words, words, words" * 100, b"SQLite format 3\0" + b"\xff" * 4080]
)
def test_what_is_no_database_is_rejected(path: Path, content: bytes) -> None:
    """A file that is no database is rejected and left alone."""
    path.write_bytes(content)
    with pytest.raises(StoreRejected):
        SQLiteStore(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_rejected(path: Path) -> None:
    """Another program's database is rejected and left as it is."""
    foreign = sqlite3.connect(path)
    foreign.execute("CREATE TABLE sessions (id TEXT)")
    foreign.close()
    content = path.read_bytes()
    with pytest.raises(StoreRejected, match="another program"):
        SQLiteStore(path)
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(("version", "words"), [(VERSION + 1, "newer version"), (0, "another")])
def test_another_version_is_rejected(
    store: SQLiteStore, path: Path, version: int, words: str
) -> None:
    """A store of a version that this code does not know is rejected."""
    store.close()
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {version}")
    newer.close()
    with pytest.raises(StoreRejected, match=words):
        SQLiteStore(path)


def test_a_store_says_whose_it_is(store: SQLiteStore) -> None:
    """A store's file carries the application id and the version of its format."""
    assert store._connection is not None
    ask = store._connection.execute
    assert ask("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert ask("PRAGMA user_version").fetchone() == (VERSION,)


def test_a_store_is_set_to_last(store: SQLiteStore) -> None:
    """A store syncs each commit, writes ahead, follows references and overwrites what is erased."""
    assert store._connection is not None
    ask = store._connection.execute
    assert ask("PRAGMA synchronous").fetchone() == (2,)
    assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
    assert ask("PRAGMA foreign_keys").fetchone() == (1,)
    assert ask("PRAGMA secure_delete").fetchone() == (1,)


@pytest.mark.parametrize("place", ["", "missing/store.db", "store\0.db"])
def test_a_place_that_cannot_be_is_unavailable(tmp_path: Path, place: str) -> None:
    """A folder, or a file in a folder that is not there, cannot be opened as a store."""
    with pytest.raises(CompassionError):
        SQLiteStore(f"{tmp_path}/{place}")


def test_memory_is_not_a_place() -> None:
    """SQLite's name for a database in memory is rejected, for it would become a file."""
    with pytest.raises(StoreRejected, match="MemoryStore"):
        SQLiteStore(":memory:")


def test_an_old_sqlite_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A SQLite that lacks what a store needs is named, and no file is made."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(StoreUnavailable, match=r"3\.37"):
        SQLiteStore(path)
    assert not path.exists()


def test_a_disk_that_cannot_write_ahead_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that SQLite cannot write ahead of is unavailable."""
    connect = sqlite3.connect

    class Elsewhere(sqlite3.Connection):
        def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:  # noqa: ANN401
            return super().execute(sql.replace("= WAL", "= DELETE"), *rest)

    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, factory=Elsewhere, **k))
    with pytest.raises(StoreUnavailable, match="local disk"):
        SQLiteStore(path)


def test_a_new_store_may_be_opened_by_many_at_once(path: Path) -> None:
    """Several may open a store that is not there yet, and all find the same one."""
    opened: list[SQLiteStore] = []
    threads = [Thread(target=lambda: opened.append(SQLiteStore(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 8
    opened[0].save_plan("plan", "found")
    assert {store.load_plan("plan") for store in opened} == {"found"}
    for store in opened:
        store.close()


@pytest.mark.parametrize(("timeout", "tries"), [(5.0, 3), (0.0, 1)])
def test_a_store_that_another_is_making_is_waited_for(
    path: Path, monkeypatch: pytest.MonkeyPatch, timeout: float, tries: int
) -> None:
    """While someone else is making the store it is tried again, until the time is up."""
    connect = sqlite3.connect
    tried: list[str] = []

    class Busy(sqlite3.Connection):
        def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:  # noqa: ANN401
            tried.extend([sql] if "application_id" in sql else [])
            if "application_id" in sql and len(tried) < 3:
                error = sqlite3.OperationalError("database is locked")
                error.sqlite_errorcode = sqlite3.SQLITE_BUSY
                raise error
            return super().execute(sql, *rest)

    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, factory=Busy, **k))
    if timeout:
        SQLiteStore(path, timeout=timeout).close()
    else:
        with pytest.raises(StoreUnavailable, match="locked"):
            SQLiteStore(path, timeout=timeout)
    assert len(tried) == tries


def test_a_store_is_not_used_across_a_fork(
    store: SQLiteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that inherits an open store is told to open its own."""
    monkeypatch.setattr(os, "getpid", lambda: -1)
    for ask in (lambda: store.load("s"), lambda: add(store, 1), lambda: begin(store, "t")):
        with pytest.raises(StoreUnavailable, match="fork"):
            ask()


# words on a disk


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_only_its_owner_can_read_a_store(store: SQLiteStore, path: Path) -> None:
    """A new store's files can be read and written by their owner alone."""
    before = os.umask(0)
    try:
        add(store, 1)
        with SQLiteStore(path.with_name("other.db")) as other:
            other.save_plan("plan", "[]")
            files = list(path.parent.iterdir())
            assert len(files) == 6
            assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    finally:
        os.umask(before)


def test_an_existing_files_mode_is_its_owners_choice(path: Path) -> None:
    """A file that is already there keeps its mode."""
    path.touch()
    path.chmod(0o640)
    SQLiteStore(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def bytes_on_disk(path: Path) -> bytes:
    """Read everything that a store has written."""
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


@pytest.mark.parametrize("length", [1, 1_000])
def test_deleted_words_are_not_left_on_the_disk(
    store: SQLiteStore, path: Path, length: int
) -> None:
    """Nothing of a deleted session can be read in the store's files."""
    for number in range(20):
        begin(store, f"s{number}", "other")
    words = SECRET * length
    begin(store, "t", words)
    store.append("t", event(1), before=words, after=words + "!")
    assert SECRET.encode() in bytes_on_disk(path)
    store.delete("t")
    assert SECRET.encode() not in bytes_on_disk(path)


@pytest.mark.parametrize("length", [1, 1_000])
@pytest.mark.parametrize("keep_words", [False, True])
def test_erased_words_are_not_left_on_the_disk(path: Path, length: int, keep_words: bool) -> None:
    """After an erase event none of its sender's words can be read in the store's files."""
    words = SECRET * length
    with SQLiteStore(path, keep_words=True) as store:
        store.save_plan("plan", "[]")
        begin(store)
        row = event(1, sender="Ana", body=words)
        store.append("s", row, before="state 0", after=words)
    with SQLiteStore(path, keep_words=keep_words) as store:
        assert store.events("s")[0].body == words
        assert SECRET.encode() in bytes_on_disk(path)
        store.append("s", event(2, kind="erase", sender="Ana"), before=words, after="state 2")
        assert store.events("s")[0].body is None
        assert SECRET.encode() not in bytes_on_disk(path)


def test_errors_hold_no_words(store: SQLiteStore) -> None:
    """An error of the store quotes nothing that a person wrote."""
    with pytest.raises(SessionMoved) as moved:
        store.append("s", event(1, body=SECRET), before=SECRET, after=SECRET)
    bad = event(1, effects=None)
    with pytest.raises(StoreRejected) as rejected:
        store.append("s", bad, before="state 0", after=SECRET)
    for error in (moved.value, rejected.value):
        assert SECRET not in str(error)
        assert error.__context__ is None
