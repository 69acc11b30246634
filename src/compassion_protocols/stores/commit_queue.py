"""How threads that write at the same time share one commit.

To make a commit durable takes a disk far longer than to write it, and one sync
serves a hundred writes as well as one. So whoever finds nobody at work becomes
the leader and commits at once: a lone writer never waits for company. Whoever
comes meanwhile queues up. When the leader is done it makes the first of the
queue the next leader, which takes all who are waiting by then into its commit.
The slower the disk and the more the writers, the larger these batches become
by themselves; there is no delay to tune.

Two rules keep it honest. Nobody returns before the commit that holds their
task has. And a thread that is interrupted while it waits leaves the queue only
while nobody counts on it; one whose task is being committed, or who is to lead,
waits for that first.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from compassion_protocols.errors import CompassionError, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Task = TypeVar("Task")
Result = TypeVar("Result")


class CommitQueue(Generic[Task, Result]):
    """Collects tasks of many threads and has them committed together.

    ``commit`` is called by one thread at a time, and answers each task with a
    result or with the error that its sender shall see.

    >>> queue = CommitQueue(lambda tasks: [task.upper() for task in tasks])
    >>> queue.put("done")
    'DONE'
    """

    def __init__(
        self, commit: Callable[[Sequence[Task]], Sequence[Result | CompassionError]]
    ) -> None:
        self._commit = commit
        self._gate = Lock()
        self._led = False
        self._waiting: list[_Waiter[Task, Result]] = []

    def put(self, task: Task) -> Result:
        """Have a task committed, and wait until it is. Raises what was answered if an error."""
        mine: _Waiter[Task, Result] = _Waiter(task)
        with self._gate:
            leads = not self._led
            if leads:
                self._led = True
            else:
                self._waiting.append(mine)
        if not leads:
            self._wait(mine)
        if not mine.answers:
            self._lead(mine)
        return mine.answer()

    def _lead(self, first: _Waiter[Task, Result]) -> None:
        with self._gate:
            batch = [first, *self._waiting]
            self._waiting.clear()
        try:
            answers = self._commit([waiter.task for waiter in batch])
            for waiter, answer in zip(batch, answers, strict=True):
                waiter.answers.append(answer)
        finally:
            self._hand_on(batch[1:])

    def _hand_on(self, followers: Sequence[_Waiter[Task, Result]]) -> None:
        """Name the next leader, and send home those whose task is done."""
        with self._gate:
            heir = self._waiting.pop(0) if self._waiting else None
            self._led = heir is not None
        if heir is not None:
            heir.turn.release()
        for waiter in followers:
            if not waiter.answers:
                waiter.answers.append(StoreUnavailable("The commit was interrupted."))
            waiter.turn.release()

    def _wait(self, mine: _Waiter[Task, Result]) -> None:
        try:
            mine.turn.acquire()
        except BaseException:
            self._leave(mine)
            raise

    def _leave(self, mine: _Waiter[Task, Result]) -> None:
        with self._gate:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return
        mine.turn.acquire()
        if not mine.answers:
            self._hand_on(())


class _Waiter(Generic[Task, Result]):
    """A thread that waits for its turn: to be told of its commit, or to lead."""

    __slots__ = ("answers", "task", "turn")

    def __init__(self, task: Task) -> None:
        self.task = task
        self.answers: list[Result | CompassionError] = []
        self.turn = Lock()
        self.turn.acquire()

    def answer(self) -> Result:
        [answer] = self.answers
        if isinstance(answer, CompassionError):
            raise answer
        return answer
