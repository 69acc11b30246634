"""What durability costs: a SQLite store beside a bare SQLite commit of the same bytes.

    python benchmarks/bench_stores.py

Every figure is a ratio of two things measured in turns (A B A B, in slices of
some milliseconds) on the same disk, and the median of many such pairs. Above 1
the store is faster than one bare commit after another.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from itertools import count
from pathlib import Path
from statistics import median
from threading import Barrier, Thread
from time import perf_counter
from typing import TYPE_CHECKING

from compassion_protocols.stores.contract import EventRow, SessionRow
from compassion_protocols.stores.sqlite import SQLiteStore

if TYPE_CHECKING:
    from collections.abc import Callable

EVENTS = 40  # in a session
SNAPSHOT = 400  # characters, as of a session of some 20 steps
EFFECTS = '[{"effect":"opened","to":["Ana"],"place":"feelings"},{"effect":"answered","to":["Ana"]}]'


class Bare:
    """One row of one table, written again and again: the least that can be synced."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("CREATE TABLE bodies (id TEXT PRIMARY KEY, body TEXT) STRICT")
        self.serial = count()
        self.commit(1_500)  # until SQLite writes over its log instead of extending it

    def commit(self, times: int) -> None:
        """Write as many bytes as an event does, in a transaction, so many times."""
        padding = "x" * (SNAPSHOT + len(EFFECTS))
        for _ in range(times):
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.execute(
                "INSERT INTO bodies VALUES ('s', ?) "
                "ON CONFLICT (id) DO UPDATE SET body = excluded.body",
                (f"{next(self.serial):08}{padding}",),
            )
            self.connection.execute("COMMIT")


class Client:
    """Appends events to a session of its own."""

    serial = count()

    def __init__(self, store: SQLiteStore) -> None:
        self.store = store
        self.seq = 0
        self.sid = f"{next(self.serial):032}"
        self.snapshot = _snapshot(0)
        store.create(SessionRow(id=self.sid, seq=0, snapshot=self.snapshot, plan="plan"))

    def append(self, times: int) -> None:
        """Append so many events, one after the other."""
        for _ in range(times):
            self.seq += 1
            event = EventRow(
                seq=self.seq,
                kind="answer",
                at=1.5e9 + self.seq,
                effects=EFFECTS,
                id=f"{self.seq:016}",
            )
            after = _snapshot(self.seq)
            self.store.append(self.sid, event, before=self.snapshot, after=after)
            self.snapshot = after


def _snapshot(seq: int) -> str:
    return f"{seq:08}" + "y" * (SNAPSHOT - 8)


def rate(work: Callable[[], None], events: int) -> float:
    """Events in a second."""
    start = perf_counter()
    work()
    return events / (perf_counter() - start)


def alone(bare: Bare, store: SQLiteStore) -> list[float]:
    """One client, beside bare commits."""
    ratios = []
    for _ in range(60):
        client = Client(store)
        ours = rate(lambda: client.append(EVENTS), EVENTS)  # noqa: B023 - called at once
        ratios.append(ours / rate(lambda: bare.commit(EVENTS), EVENTS))
    return ratios


def together(bare: Bare, store: SQLiteStore, clients: int) -> list[float]:
    """Many clients in threads of their own, beside bare commits one after the other."""
    ratios = []
    for _ in range(1_280 // clients):
        ours = rate_of_crowd([Client(store) for _ in range(clients)])
        ratios.append(ours / rate(lambda: bare.commit(10 * EVENTS), 10 * EVENTS))
    return ratios


def rate_of_crowd(room: list[Client]) -> float:
    """Events in a second of all clients together; threads start before the clock does."""
    barrier = Barrier(len(room) + 1)

    def run(client: Client) -> None:
        barrier.wait()
        client.append(EVENTS)

    threads = [Thread(target=run, args=(client,)) for client in room]
    for thread in threads:
        thread.start()

    def wait_for_all() -> None:
        barrier.wait()
        for thread in threads:
            thread.join()

    return rate(wait_for_all, EVENTS * len(room))


def show(name: str, ratios: list[float], floor: float, goal: float) -> None:
    """Print one row of the table."""
    low, *_, high = sorted(ratios)
    spread = f"{low:.2f} to {high:.2f}"
    print(f"{name:<34} {median(ratios):>6.2f} ×   {floor:>5.2f}   {goal:>5.2f}   {spread}")


def main() -> None:
    """Measure and print."""
    print(f"{'of a bare SQLite commit':<34} {'median':>8}   floor    goal   range")
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as folder:
        bare = Bare(Path(folder, "bare.db"))
        with SQLiteStore(Path(folder, "store.db")) as store:
            store.save_plan("plan", "[]")
            show("an event, one writer", alone(bare, store), 0.70, 0.80)
            show("events, 16 sessions at once", together(bare, store, 16), 3.0, 5.0)
            show("events, 64 sessions at once", together(bare, store, 64), 5.0, 8.0)
        bare.connection.close()


if __name__ == "__main__":
    main()
