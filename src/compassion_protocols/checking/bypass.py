"""The shortest way by which a session comes to a place and has not passed a question.

What is asked only on some ways to a place must be passed by on one of them; and since control is
structured, a way that passes a question by leaves the row of steps in which both stand only inside
the step that holds the question. So the steps around the question are looked at from the outside
in, up to the first that can be passed by with one decision, and from which a way goes on to the
place. That is the shortest way there is:

- its `when` is not so, or that of a block around it;
- another branch of a `choose` is taken, or an `otherwise` is not come to, since what it is there
  for has not happened;
- the time of a block is up before it comes;
- what is included ends before it;
- and where the place stands above the question in a `repeat_until`: in the very first round.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.checking.flow import Flow
from compassion_protocols.model.steps import (
    Choose,
    End,
    ForEach,
    Include,
    Part,
    RepeatUntil,
    Turns,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compassion_protocols.checking.facts import Facts, Place


class How(Enum):
    """By what a step is passed by, or a part of it."""

    GUARD = auto()
    BRANCH = auto()
    HELD = auto()
    NEAR = auto()
    LIMIT = auto()
    ENDED = auto()
    FIRST_ROUND = auto()


class Way(NamedTuple):
    """One decision: at which step, how it falls, and which branch is taken then."""

    past: Place
    how: How
    branch: int = -1


class Stand(NamedTuple):
    """Where a place stands: in which row, and in which block of which step that row is."""

    row: Sequence[Place]
    at: int
    block: int = -1
    """Which block of the step around it; -1 in the outermost row."""

    @property
    def place(self) -> Place:
        return self.row[self.at]

    @property
    def rest(self) -> Sequence[Place]:
        return self.row[self.at + 1 :]


class Paths:
    """Where every place of a protocol stands, and the shortest ways past its questions."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        # Both are found when they are first wanted, and shared by all copies.
        self._chains: dict[Place, tuple[Stand, ...]] = {}
        self._stops: set[Place] = set()

    def chain(self, place: Place) -> tuple[Stand, ...]:
        """Where a place and all the steps around it stand, outermost first."""
        if not self._chains:
            self._note(self._facts.outline, (), -1)
            self._stops |= Flow(self._facts).stops
        return self._chains[place]

    def _note(self, row: Sequence[Place], around: tuple[Stand, ...], block: int) -> None:
        for at, place in enumerate(row):
            chain = (*around, Stand(row, at, block))
            self._chains[place] = chain
            for number, inner in enumerate(place.blocks):
                self._note(inner, chain, number)

    def own(self, place: Place) -> Place:
        """The step of the file itself that a place is, or is included by."""
        for stand in self.chain(place):
            if isinstance(stand.place.step, Include):
                return stand.place
        return place

    def past(self, question: Place, place: Place) -> Way | None:
        """The shortest way to a place on which a question has not been asked, if one is seen."""
        asked, wanted = self.chain(question), self.chain(place)
        depth = _shared(asked, wanted)
        here, there = asked[depth], wanted[depth]
        if here.at < there.at:
            return self._by(asked, depth)
        apart = here.place is there.place and len(wanted) > depth + 1 < len(asked)
        if apart and isinstance(here.place.step, RepeatUntil) and asked[depth + 1].block == 0:
            if self._may_be_cut(here.place, asked[depth + 1]):
                return Way(here.place, How.LIMIT)
            return self._deeper(asked, depth)
        return self._first_round(asked[:depth])

    def _by(self, asked: Sequence[Stand], depth: int) -> Way | None:
        """By which decision a step, or what is inside it, passes the question by."""
        if asked[depth].place.step.when is not None:
            return Way(asked[depth].place, How.GUARD)
        if depth == len(asked) - 1:
            return None
        way = self._within(asked, depth)
        return way or self._deeper(asked, depth)

    def _deeper(self, asked: Sequence[Stand], depth: int) -> Way | None:
        """By a decision inside a step, if a way goes on from there to the end of its block."""
        way = self._by(asked, depth + 1)
        included = isinstance(asked[depth].place.step, Include)
        return way if included or self._goes_on(asked[depth + 1].rest) else None

    def _within(self, asked: Sequence[Stand], depth: int) -> Way | None:
        """By the step itself, though it is come to."""
        place, inner = asked[depth].place, asked[depth + 1]
        match place.step:
            case Choose():
                return self._another_branch(place, inner.block)
            case Wait():
                return Way(place, How.NEAR)
            case RepeatUntil() if inner.block:
                return Way(place, How.HELD) if self._goes_on(place.blocks[0]) else None
            case Include() if self._may_end_before(place, asked[-1].place):
                return Way(place, How.ENDED)
            case Part() | Include():
                return Way(place, How.LIMIT) if self._may_be_cut(place, inner) else None
            case RepeatUntil() if self._may_be_cut(place, inner) and self._goes_on(place.blocks[1]):
                return Way(place, How.LIMIT)
            case _:
                return None

    def _may_end_before(self, include: Place, question: Place) -> bool:
        ends = (end for end in ends_in(include) if self._avoids(question, end))
        return any(True for _ in ends)

    def _avoids(self, question: Place, end: Place) -> bool:
        """Whether some way to an `end` does not pass a question."""
        asked, wanted = self.chain(question), self.chain(end)
        depth = _shared(asked, wanted)
        here, there = asked[depth], wanted[depth]
        before = there.at < here.at
        if here.place is there.place:
            earlier = wanted[depth + 1].block < asked[depth + 1].block
            before = earlier or isinstance(here.place.step, Choose)
        return before or self.past(question, end) is not None

    def _first_round(self, around: Sequence[Stand]) -> Way | None:
        """In the first round of the loop in which the question comes after the place."""
        for stand in reversed(around):
            match stand.place.step:
                case RepeatUntil():
                    return Way(stand.place, How.FIRST_ROUND)
                case Turns() | ForEach():
                    return None
        return None

    # which ways go on

    def _goes_on(self, row: Sequence[Place]) -> bool:
        """Whether some way leads through a row to its end."""
        return self._stops.isdisjoint(row)

    def _another_branch(self, place: Place, block: int) -> Way | None:
        """A branch beside this one from which a way goes on; the last of them is `otherwise`."""
        for branch in range(len(place.blocks) - 1, -1, -1):
            if branch != block and self._goes_on(place.blocks[branch]):
                return Way(place, How.BRANCH, branch)
        return None

    def _may_be_cut(self, place: Place, inner: Stand) -> bool:
        """Whether the time of a block may be up before what stands in it here."""
        timer = place.step.timer
        limited = timer is not None and timer.at_most is not None
        return limited and inner.at > 0 and inner.row[0] not in self._stops


def _shared(one: Sequence[Stand], other: Sequence[Stand]) -> int:
    """How deep the last row is that has a part of both."""
    depth = 0
    while (
        depth < min(len(one), len(other)) - 1
        and one[depth].place is other[depth].place
        and one[depth + 1].block == other[depth + 1].block
    ):
        depth += 1
    return depth


def ends_in(place: Place) -> Iterator[Place]:
    """Every `end` in a step, but for those of what is included further in."""
    if isinstance(place.step, End):
        yield place
    for block in place.blocks:
        for inner in block:
            if not isinstance(inner.step, Include):
                yield from ends_in(inner)
