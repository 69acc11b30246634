"""What durability costs: events in a SQLite store beside bare SQLite commits of the same bytes.

    python benchmarks/bench_stores.py [FOLDER]

Every figure is a ratio of two rates measured in turns (A B A B, in slices of
some milliseconds) on one disk, and the median of many such pairs: above 1, the
store is faster than one bare commit after another. A bare commit writes one row
of one table. *Append* hands the store a snapshot and an event that are there
already; *receive* is the whole way of an event through ``Sessions``.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from itertools import count
from pathlib import Path
from statistics import mean, median
from threading import Barrier, Thread
from time import perf_counter
from typing import TYPE_CHECKING

from compassion_protocols.loading import load
from compassion_protocols.session.rehearse import rehearsal
from compassion_protocols.session.session import Session
from compassion_protocols.sessions import Sessions
from compassion_protocols.stores.contract import SessionRow
from compassion_protocols.stores.memory import MemoryStore
from compassion_protocols.stores.sqlite import SQLiteStore

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Client = Callable[[], None]
    """Sends all events of one sitting, one after the other."""

WORKLOAD = Path(__file__).with_name("workload") / "evening-walk.protocol.yaml"
PLAN = load(WORKLOAD)
serial = count()


class Sitting:
    """One session of the workload: its events, and what the store is given for each."""

    def __init__(self) -> None:
        self.events = list(rehearsal(Session.start(PLAN, ["Ana"], at=0.0)))
        store = MemoryStore()
        room = Sessions(store)
        room.start(PLAN, ["Ana"], at=0.0, session_id="s")
        self.snapshots = [store.load("s").snapshot]
        for number, event in enumerate(self.events):
            room.receive("s", event, str(number))
            self.snapshots.append(store.load("s").snapshot)
        self.rows = store.events("s")
        self.bytes = round(
            mean(map(len, self.snapshots)) + mean([len(row.effects) for row in self.rows])
        )

    def __len__(self) -> int:
        return len(self.events)


class Bare:
    """One row of one table, written again and again: the least that can be synced."""

    def __init__(self, path: Path, size: int) -> None:
        self.padding = "x" * size
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("CREATE TABLE bodies (id TEXT PRIMARY KEY, body TEXT) STRICT")
        self.commit(1_500)  # until SQLite writes over its log instead of extending it

    def commit(self, times: int) -> None:
        """Write the bytes of one event in a transaction, so many times."""
        for _ in range(times):
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.execute(
                "INSERT INTO bodies VALUES ('s', ?) "
                "ON CONFLICT (id) DO UPDATE SET body = excluded.body",
                (f"{next(serial):08}{self.padding}",),
            )
            self.connection.execute("COMMIT")


def appending(store: SQLiteStore, sitting: Sitting) -> Client:
    """A client that appends to a session of its own."""
    sid = f"{next(serial):032}"
    first = SessionRow(id=sid, seq=0, snapshot=sitting.snapshots[0], plan=PLAN.content)
    store.create(first)

    def send() -> None:
        before = first.snapshot
        for row, after in zip(sitting.rows, sitting.snapshots[1:], strict=True):
            store.append(sid, row, before=before, after=after)
            before = after

    return send


def receiving(room: Sessions, sitting: Sitting) -> Client:
    """A client whose events go the whole way."""
    sid = room.start(PLAN, ["Ana"], at=0.0).session

    def send() -> None:
        for number, event in enumerate(sitting.events):
            room.receive(sid, event, str(number))

    return send


def rate(work: Callable[[], object], events: int) -> float:
    """Events in a second."""
    start = perf_counter()
    work()
    return events / (perf_counter() - start)


def together(clients: Sequence[Client]) -> Callable[[], None]:
    """Run clients in threads, which have started before the clock does."""
    barrier = Barrier(len(clients) + 1)

    def run(client: Client) -> None:
        barrier.wait()
        client()

    threads = [Thread(target=run, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()

    def work() -> None:
        barrier.wait()
        for thread in threads:
            thread.join()

    return work


def ratios(bare: Bare, new_client: Callable[[], Client], clients: int, events: int) -> list[float]:
    """So many clients at once beside bare commits, in turns."""
    found = []
    for _ in range(max(10, 60 // clients)):
        crowd = [new_client() for _ in range(clients)]
        work = crowd[0] if clients == 1 else together(crowd)
        ours = rate(work, clients * events)
        found.append(ours / rate(lambda: bare.commit(5 * events), 5 * events))
    return found


def show(name: str, found: list[float], floor: float, goal: float) -> None:
    """Print one row of the table."""
    spread = f"{min(found):.2f} to {max(found):.2f}"
    print(f"{name:<34} {median(found):>6.2f} ×   {floor:>5.2f}   {goal:>5.2f}   {spread}")


def main() -> None:
    """Measure and print."""
    sitting = Sitting()
    print(f"{len(sitting)} events of {sitting.bytes} bytes; of a bare SQLite commit of them:")
    print(f"{'':<34} {'median':>8}   floor    goal   range")
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as folder:
        bare = Bare(Path(folder, "bare.db"), sitting.bytes)
        with SQLiteStore(Path(folder, "store.db")) as store:
            store.save_plan(PLAN.content, "[]")
            room = Sessions(store)
            for clients, floor, goal in ((1, 0.70, 0.80), (16, 3.0, 5.0), (64, 5.0, 8.0)):
                for name, new_client in (
                    ("append", lambda: appending(store, sitting)),
                    ("receive", lambda: receiving(room, sitting)),
                ):
                    found = ratios(bare, new_client, clients, len(sitting))
                    show(f"{name}, {clients} at once", found, floor, goal)
        bare.connection.close()


if __name__ == "__main__":
    main()
