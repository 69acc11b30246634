"""The shortest way by which a session comes to a place and has not passed a question.

A finding that says no shows how it comes to that. What is asked only on some ways to a place must
be passed by on one of them; and since control is structured, a way that passes a question by
leaves the row of steps in which both stand only inside the step that holds the question. So the
steps around the question are looked at from the outside in, up to the first that can be passed by
with one decision, and from which a way goes on to the place. That is the shortest way there is:

- its `when` is not so, or that of a block around it;
- another branch of a `choose` is taken, or an `otherwise` is not come to, since what it is there
  for has not happened;
- the time of a block is up before it comes;
- what is included ends before it;
- and where the place stands above the question in a `repeat_until`: in the very first round.

A place in another protocol is told by the step that includes it. Everything here is worked out only
once there is something to tell.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.checking.facts import Answer
from compassion_protocols.model.steps import (
    Choose,
    End,
    ForEach,
    Include,
    Part,
    RepeatUntil,
    Step,
    Turns,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from compassion_protocols.checking.facts import Facts, Place, Scope
    from compassion_protocols.language.condition import Condition

LONGEST_QUOTED = 60
"""Characters of a condition that are still quoted in the middle of a sentence."""


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


class _Stand(NamedTuple):
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


class Ways:
    """The ways through one protocol, for what a finding tells of them."""

    def __init__(self, facts: Facts) -> None:
        self._outline = facts.outline
        self._chains: dict[Place, tuple[_Stand, ...]] = {}

    def _chain(self, place: Place) -> tuple[_Stand, ...]:
        """Where a place and all the steps around it stand, outermost first."""
        if not self._chains:
            self._note(self._outline, (), -1)
        return self._chains[place]

    def _note(self, row: Sequence[Place], around: tuple[_Stand, ...], block: int) -> None:
        for at, place in enumerate(row):
            chain = (*around, _Stand(row, at, block))
            self._chains[place] = chain
            for number, inner in enumerate(place.blocks):
                self._note(inner, chain, number)

    def line(self, place: Place) -> int:
        """The line of a step in the file itself; of what is included, where it is included."""
        return self._own(place).step.span.line

    def _own(self, place: Place) -> Place:
        for stand in self._chain(place):
            if isinstance(stand.place.step, Include):
                return stand.place
        return place

    def past(self, question: Place, place: Place) -> Way | None:
        """The shortest way to a place on which a question has not been asked, if one is seen."""
        asked, wanted = self._chain(question), self._chain(place)
        depth = 0
        while (
            depth < min(len(asked), len(wanted)) - 1
            and asked[depth].place is wanted[depth].place
            and asked[depth + 1].block == wanted[depth + 1].block
        ):
            depth += 1
        here, there = asked[depth], wanted[depth]
        if here.at < there.at:
            return self._by(asked, depth)
        apart = here.place is there.place and len(wanted) > depth + 1 < len(asked)
        if apart and isinstance(here.place.step, RepeatUntil) and asked[depth + 1].block == 0:
            if _may_be_cut(here.place, asked[depth + 1]):
                return Way(here.place, How.LIMIT)
            return self._deeper(asked, depth)
        return self._first_round(asked[:depth])

    def _by(self, asked: Sequence[_Stand], depth: int) -> Way | None:
        """By which decision a step, or what is inside it, passes the question by."""
        if asked[depth].place.step.when is not None:
            return Way(asked[depth].place, How.GUARD)
        if depth == len(asked) - 1:
            return None
        way = self._within(asked, depth)
        return way or self._deeper(asked, depth)

    def _deeper(self, asked: Sequence[_Stand], depth: int) -> Way | None:
        """By a decision inside a step, if a way goes on from there to the end of its block."""
        way = self._by(asked, depth + 1)
        included = isinstance(asked[depth].place.step, Include)
        return way if included or _goes_on(asked[depth + 1].rest) else None

    def _within(self, asked: Sequence[_Stand], depth: int) -> Way | None:
        """By the step itself, though it is come to."""
        place, inner = asked[depth].place, asked[depth + 1]
        match place.step:
            case Choose():
                return _another_branch(place, inner.block)
            case Wait():
                return Way(place, How.NEAR)
            case RepeatUntil() if inner.block:
                return Way(place, How.HELD) if _goes_on(place.blocks[0]) else None
            case Include() if self._may_end_before(place, asked[-1].place):
                return Way(place, How.ENDED)
            case Part() | Include():
                return Way(place, How.LIMIT) if _may_be_cut(place, inner) else None
            case RepeatUntil() if _may_be_cut(place, inner) and _goes_on(place.blocks[1]):
                return Way(place, How.LIMIT)
            case _:
                return None

    def _may_end_before(self, include: Place, question: Place) -> bool:
        ends = (end for end in _ends_of(include) if self._avoids(question, end))
        return any(True for _ in ends)

    def _avoids(self, question: Place, end: Place) -> bool:
        """Whether some way to an `end` does not pass a question."""
        for asked, wanted in zip(self._chain(question), self._chain(end), strict=False):
            if asked.block != wanted.block or wanted.at < asked.at:
                return True
            if asked.at < wanted.at:
                break
        return self.past(question, end) is not None

    def _first_round(self, around: Sequence[_Stand]) -> Way | None:
        """In the first round of the loop in which the question comes after the place."""
        for stand in reversed(around):
            match stand.place.step:
                case RepeatUntil():
                    return Way(stand.place, How.FIRST_ROUND)
                case Turns() | ForEach():
                    return None
        return None

    # in words

    def said(self, way: Way) -> str:
        """A way as the beginning of a sentence, in small letters: “past line 12, where …,”."""
        own = self._own(way.past)
        if own is not way.past or way.how is How.ENDED:
            return f"where what line {own.step.span.line} includes does not come to it,"
        return _SAID[way.how](way, f"line {own.step.span.line}")

    def unasked(self, question: Place, place: Place) -> str:
        """The shortest way past a question in words; on “the others” where none can be told."""
        way = self.past(question, place)
        return "on the others" if way is None else self.said(way)

    def skipped(self, answer: Answer, scope: Scope) -> str:
        """The shortest way to have no answer at all, as the beginning of a sentence."""
        line = self.line(answer.place)
        if answer.is_list_at(scope):
            return f"When everybody skips line {line}"
        return f"When line {line} is skipped"


def quoted(condition: Condition, so: str) -> str:
    """What a condition says, and how it has come out, where that is short enough to be read."""
    source = " ".join(condition.source.split())
    return f"“{source}” {so}" if len(source) <= LONGEST_QUOTED else f"its condition {so}"


def _said_of_guard(way: Way, line: str) -> str:
    when = way.past.step.when
    return f"past {line}," if when is None else _past(when, "is not so")


def _said_of_branch(way: Way, line: str) -> str:
    step = way.past.step
    cases = step.cases if isinstance(step, Choose) else ()
    if way.branch < len(cases):
        return _past(cases[way.branch].when, "is so")
    if len(cases) == 1:
        return _past(cases[0].when, "is not so")
    return f"past {line}, where none of its cases is so,"


def _said_of_loop(way: Way, line: str) -> str:
    step = way.past.step
    return _past(step.condition, "is so in time") if isinstance(step, RepeatUntil) else line


def _past(condition: Condition, so: str) -> str:
    """The line on which something is decided, and how it falls."""
    return f"past line {condition.span.line}, where {quoted(condition, so)},"


_SAID: dict[How, Callable[[Way, str], str]] = {
    How.GUARD: _said_of_guard,
    How.BRANCH: _said_of_branch,
    How.HELD: _said_of_loop,
    How.NEAR: lambda _, line: f"past {line}, where that time is not too far off,",
    How.LIMIT: lambda _, line: f"where the time of {line} is up before it,",
    How.FIRST_ROUND: lambda _, line: f"in the very first round of {line},",
}


# which ways go on


def _another_branch(place: Place, block: int) -> Way | None:
    """A branch beside this one from which a way goes on; the last of them is `otherwise`."""
    for branch in range(len(place.blocks) - 1, -1, -1):
        if branch != block and _goes_on(place.blocks[branch]):
            return Way(place, How.BRANCH, branch)
    return None


def _may_be_cut(place: Place, inner: _Stand) -> bool:
    """Whether the time of a block may be up before what stands in it here."""
    return _has_limit(place) and inner.at > 0 and _goes_on_from(inner.row[0])


def _has_limit(place: Place) -> bool:
    timer = place.step.timer
    return timer is not None and timer.at_most is not None


def _goes_on(row: Sequence[Place]) -> bool:
    """Whether some way leads through a row to its end."""
    return all(map(_goes_on_from, row))


def _goes_on_from(place: Place) -> bool:
    if place.step.when is not None:
        return True
    follow = _FOLLOW.get(type(place.step))
    return follow is None or follow(place)


def _through_part(place: Place) -> bool:
    [block] = place.blocks
    return _goes_on(block) or _is_left_early(place)


def _through_repetition(place: Place) -> bool:
    body, otherwise = place.blocks
    return _goes_on(body) or (_is_left_early(place) and _goes_on(otherwise))


def _is_left_early(place: Place) -> bool:
    block = place.blocks[0]
    return _has_limit(place) and len(block) > 1 and _goes_on_from(block[0])


_FOLLOW: dict[type[Step], Callable[[Place], bool]] = {
    End: lambda _: False,
    Part: _through_part,
    RepeatUntil: _through_repetition,
    Choose: lambda place: any(map(_goes_on, place.blocks)),
}
"""What is not here always goes on: the end of what is included, or of a loop's items, is no end."""


def _ends_of(include: Place) -> Iterator[Place]:
    """Every `end` that ends what is included here."""
    for block in include.blocks:
        for place in block:
            if isinstance(place.step, End):
                yield place
            elif not isinstance(place.step, Include):
                yield from _ends_of(place)
