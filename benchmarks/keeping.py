"""Rows about what is kept: snapshots, live sessions, and events in a store."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks import bench_stores, exercise
from benchmarks.exercise import SCRIPT, START
from benchmarks.interleave import ratio
from benchmarks.memory import bytes_each
from benchmarks.rendering import a_render
from benchmarks.row import Row, times
from compassion_protocols import Session
from compassion_protocols.model.accepting import to_data
from compassion_protocols.session.restoring import restored
from compassion_protocols.session.snapshot import snapshot
from compassion_protocols.stores.sqlite import SQLiteStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compassion_protocols import Plan
    from compassion_protocols.session.state import State

XSTATE_OF_A_RENDER = 18.9 / 7.0
"""What XState took to restore, go one event on and snapshot, in renders of a page of names.

It needs another runtime, so it is not measured here: both were, once, on one machine.
"""


def snapshots() -> Iterator[Row]:
    """Snapshots, beside JSON of the same data."""
    plan, states = exercise.workload(), states_of(exercise.workload())
    texts = [snapshot(plan, state) for state in states]
    data = [json.loads(text) for text in texts]
    yield Row(
        "snapshot, of the same data as JSON",
        1.8,
        1.2,
        times(
            lambda: [snapshot(plan, state) for state in states],
            lambda: [json.dumps(one) for one in data],
        ),
    )
    yield Row(
        "checked restore, of json.loads of it",
        2.5,
        1.5,
        times(
            lambda: [restored(plan, text) for text in texts],
            lambda: [json.loads(text) for text in texts],
        ),
    )
    yield Row(
        "restore + event + snapshot, of XState (by renders)",
        1.5,
        1.0,
        lambda: ratio(stateless(plan), a_render()) / len(SCRIPT) / XSTATE_OF_A_RENDER,
    )
    pairs = zip(texts, states, strict=True)
    sizes = [len(text.encode()) / room_for(plan, state) for text, state in pairs]
    yield Row("the largest snapshot, of what it may be", 1, None, lambda: max(sizes))


def states_of(plan: Plan) -> list[State]:
    """Where the workload stands after each event."""
    return [turn.state for turn in exercise.turns(plan)[1:]]


def stateless(plan: Plan) -> Callable[[], None]:
    """The workload as a worker does it that keeps nothing in memory."""
    beginning = exercise.started(plan).snapshot()

    def work() -> None:
        text = beginning
        for event in SCRIPT:
            session = Session.restore(plan, text)
            session.receive(event)
            text = session.snapshot()

    return work


def room_for(plan: Plan, state: State) -> float:
    """How many bytes a snapshot may have: for its answers as JSON, and for its people."""
    answers: dict[str, list[object]] = {}
    for key, entry in state.course.answers.items():
        answers.setdefault(plan.slots[key[0]].name, []).append(to_data(entry.value))
    found = {name: values[0] if len(values) == 1 else values for name, values in answers.items()}
    return 1.5 * len(json.dumps(found)) + 256 + 64 * len(state.setup.people)


def memory() -> Iterator[Row]:
    """What a session takes while it lives; its plan is shared and not counted."""
    plan, pair = exercise.workload(), exercise.plan_of(exercise.together(2))
    yield Row("a session of one, KB", 1.5, 0.8, lambda: kilobytes(plan, 1))
    yield Row("a session of two, KB", 2.5, 1.6, lambda: kilobytes(pair, 2))
    yield Row("each answer in it, KB", 0.3, None, lambda: kilobytes_of_an_answer(plan))


def kilobytes(plan: Plan, people: int) -> float:
    """A session that has just begun, with names of its own."""
    return (
        bytes_each(
            lambda number: Session.start(
                plan,
                [f"person {number}-{seat}" for seat in range(people)],
                at=START + number,
                session=f"session {number}",
            )
        )
        / 1000
    )


def kilobytes_of_an_answer(plan: Plan) -> float:
    """What a whole run of the workload adds, for each of its answers."""
    beginning, end = exercise.started(plan).snapshot(), exercise.play(plan)
    answered = end.snapshot()
    before = bytes_each(lambda _: Session.restore(plan, beginning))
    after = bytes_each(lambda _: Session.restore(plan, answered))
    return (after - before) / end.state.course.answers.size / 1000


def stores() -> Iterator[Row]:
    """Durable events, beside bare SQLite commits of the same bytes; more is better.

    These rows say as much about the disk as about the store: events that share a
    commit gain the more, the longer a commit takes. So each names how long one took.
    """
    sitting = bench_stores.Sitting()
    with TemporaryDirectory() as folder, SQLiteStore(Path(folder, "store.db")) as store:
        bare = bench_stores.Bare(Path(folder, "bare.db"), sitting.bytes)
        store.save_plan(bench_stores.PLAN.content, "[]")
        for clients, bound, goal in ((1, 0.70, 0.80), (16, 3.0, 5.0), (64, 5.0, 8.0)):
            commit = 1e6 / bench_stores.rate(lambda: bare.commit(100), 100)
            yield Row(
                f"durable events, {clients} at once, of commits of {commit:,.0f} µs",
                bound,
                goal,
                partial(durable, bare, store, sitting, clients),
                more_is_better=True,
            )
        bare.connection.close()


def durable(
    bare: bench_stores.Bare, store: SQLiteStore, sitting: bench_stores.Sitting, clients: int
) -> float:
    """The rate of so many clients, of the rate of one bare commit after another."""
    return median(
        bench_stores.ratios(
            bare, lambda: bench_stores.appending(store, sitting), clients, len(sitting)
        )
    )
