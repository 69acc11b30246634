"""Tasks of many threads, committed together."""

from __future__ import annotations

import signal
from threading import Event, Thread, current_thread, main_thread
from typing import TYPE_CHECKING

import pytest

from compassion_protocols.errors import SessionMoved, StoreUnavailable
from compassion_protocols.stores.commit_queue import CommitQueue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

    from compassion_protocols.errors import CompassionError

PATIENCE = 10.0  # seconds, for what should take none


class Gated:
    """A commit that waits to be let through, and remembers what came together."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.begun = Event()
        self.open = Event()

    def __call__(self, tasks: Sequence[str]) -> list[str | CompassionError]:
        self.batches.append(list(tasks))
        self.begun.set()
        assert self.open.wait(PATIENCE)
        if "break" in tasks:
            raise RuntimeError("broken")
        return [SessionMoved(task) if task == "lose" else task.upper() for task in tasks]


class Asker(Thread):
    """Puts one task and keeps what came back."""

    def __init__(self, queue: CommitQueue[str, str], task: str) -> None:
        super().__init__(daemon=True)
        self.queue = queue
        self.task = task
        self.answer: object = None
        self.start()

    def run(self) -> None:
        try:
            self.answer = self.queue.put(self.task)
        except Exception as error:  # noqa: BLE001 - looked at by the test
            self.answer = error

    def result(self) -> object:
        """Wait for the answer."""
        self.join(PATIENCE)
        assert not self.is_alive()
        return self.answer


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until something holds; fail if it never does."""
    for _ in range(10_000):
        if condition():
            return
        Event().wait(0.001)
    raise AssertionError("it never came to pass")


def queue_up(queue: CommitQueue[str, str], *tasks: str) -> list[Asker]:
    """Put tasks from threads of their own, in this order, behind a commit under way."""
    askers = []
    for task in tasks:
        waiting = len(queue._waiting)
        askers.append(Asker(queue, task))
        wait_until(lambda: len(queue._waiting) > waiting)  # noqa: B023 - called at once
    return askers


@pytest.fixture
def commit() -> Gated:
    """A commit that waits."""
    return Gated()


@pytest.fixture
def queue(commit: Gated) -> CommitQueue[str, str]:
    """A queue for it."""
    return CommitQueue(commit)


def test_a_lone_task_is_committed_at_once(commit: Gated, queue: CommitQueue[str, str]) -> None:
    """A task that comes alone is committed by its own thread, without waiting for others."""
    commit.open.set()
    assert [queue.put("a"), queue.put("b")] == ["A", "B"]
    assert commit.batches == [["a"], ["b"]]


def test_who_comes_meanwhile_is_committed_together(
    commit: Gated, queue: CommitQueue[str, str]
) -> None:
    """Tasks that come during a commit are committed together, in the order they came."""
    first = Asker(queue, "a")
    assert commit.begun.wait(PATIENCE)
    others = queue_up(queue, "b", "c", "d", "e")
    commit.open.set()
    assert [asker.result() for asker in (first, *others)] == ["A", "B", "C", "D", "E"]
    assert commit.batches == [["a"], ["b", "c", "d", "e"]]


def test_each_gets_its_own_answer(commit: Gated, queue: CommitQueue[str, str]) -> None:
    """An error among the answers is raised in the thread whose task it answers, and no other."""
    first = Asker(queue, "a")
    assert commit.begun.wait(PATIENCE)
    others = queue_up(queue, "b", "lose", "d")
    commit.open.set()
    assert first.result() == "A"
    answers = [asker.result() for asker in others]
    assert (answers[0], answers[2]) == ("B", "D")
    assert isinstance(answers[1], SessionMoved)


def test_nobody_waits_for_a_commit_that_broke(commit: Gated, queue: CommitQueue[str, str]) -> None:
    """If a commit breaks down, its leader gets the error, the others are told, the next go on."""
    first = Asker(queue, "a")
    assert commit.begun.wait(PATIENCE)
    others = queue_up(queue, "break", "c")
    commit.open.set()
    assert first.result() == "A"
    assert isinstance(others[0].result(), RuntimeError)
    assert isinstance(others[1].result(), StoreUnavailable)
    assert queue.put("d") == "D"


class Interrupted(Exception):
    """What a signal raises in the main thread."""


@pytest.fixture
def interrupt() -> Iterator[Callable[[], None]]:
    """Interrupt the main thread."""

    def raise_it(number: int, frame: FrameType | None) -> None:
        raise Interrupted

    def interrupt_main() -> None:
        Event().wait(0.05)  # until it sleeps
        signal.pthread_kill(main_thread().ident or 0, signal.SIGUSR1)

    if current_thread() is not main_thread() or not hasattr(signal, "pthread_kill"):
        pytest.skip("only the main thread of a POSIX process can be interrupted")
    before = signal.signal(signal.SIGUSR1, raise_it)
    yield interrupt_main
    signal.signal(signal.SIGUSR1, before)


def in_background(task: Callable[[], None]) -> Thread:
    """Start a thread that does something while the main thread waits."""
    thread = Thread(target=task, daemon=True)
    thread.start()
    return thread


def test_an_interrupted_thread_leaves_the_queue(
    commit: Gated, queue: CommitQueue[str, str], interrupt: Callable[[], None]
) -> None:
    """A thread that is interrupted while it queues takes its task with it."""
    first = Asker(queue, "a")
    assert commit.begun.wait(PATIENCE)

    def when_it_waits() -> None:
        wait_until(lambda: len(queue._waiting) == 1)
        interrupt()

    in_background(when_it_waits)
    with pytest.raises(Interrupted):
        queue.put("b")
    commit.open.set()
    assert first.result() == "A"
    assert queue.put("c") == "C"
    assert commit.batches == [["a"], ["c"]]


def test_an_interrupted_thread_waits_for_its_commit(
    commit: Gated, queue: CommitQueue[str, str], interrupt: Callable[[], None]
) -> None:
    """A thread that is interrupted while its task is committed hurts none of the others."""
    first = Asker(queue, "a")
    assert commit.begun.wait(PATIENCE)
    [leader] = queue_up(queue, "b")
    last: list[Asker] = []

    def when_it_is_committed() -> None:
        wait_until(lambda: len(queue._waiting) == 2)
        last.extend(queue_up(queue, "d"))
        first_door, commit.open = commit.open, Event()
        commit.begun.clear()
        first_door.set()
        assert commit.begun.wait(PATIENCE)
        interrupt()
        Event().wait(0.05)
        commit.open.set()

    background = in_background(when_it_is_committed)
    with pytest.raises(Interrupted):
        queue.put("c")
    background.join(PATIENCE)
    assert [asker.result() for asker in (first, leader, *last)] == ["A", "B", "D"]
    assert commit.batches == [["a"], ["b", "c", "d"]]
    assert queue.put("e") == "E"


def test_an_interrupted_heir_hands_on(
    commit: Gated, queue: CommitQueue[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread that is interrupted just as it becomes the leader lets the next one lead."""
    commit.open.set()
    leave = queue._leave

    def leave_too_late(mine: object) -> None:
        queue._hand_on(())  # the leader was quicker, and named it its heir
        leave(mine)  # type: ignore[arg-type]

    monkeypatch.setattr(queue, "_leave", leave_too_late)
    queue._led = True
    lock = _InterruptedLock()
    monkeypatch.setattr("compassion_protocols.stores.commit_queue.Lock", lambda: lock)
    with pytest.raises(Interrupted):
        queue.put("a")
    assert not queue._led
    monkeypatch.undo()
    assert queue.put("b") == "B"
    assert commit.batches == [["b"]]


class _InterruptedLock:
    """A lock whose second acquisition, the first that waits, is interrupted."""

    def __init__(self) -> None:
        self.calls = 0

    def acquire(self) -> None:
        self.calls += 1
        if self.calls == 2:
            raise Interrupted

    def release(self) -> None:
        """Let whoever waits go on."""
