"""What has been asked by the time a session comes to a place, on all ways there and on some.

A protocol's control is structured, so its ways can be followed in one pass. At each place the
known answers are in three sets: those *perhaps* asked (on some way), those *surely* asked (on
every way), and those that are *given* (a guard has just looked). Anyone may skip anything, so
"asked" is all that can be proved without a guard.

- Where ways meet, again, after a `choose`, a guarded step or an early end, only what is sure on
  each of them is sure.
- `turns` and `for_each` start empty, and leave lists: an empty list is a list, so passing such a
  loop by takes nothing away.
- A `repeat_until` goes through its steps at least once, and may come back to their beginning with
  everything that its last pass has asked.
- A soft time limit may leave a block before each of its steps but the first.
- `end` ends the protocol that wrote it; no way goes on from there.

A set of answers is written as a whole number with a bit for each, so that following two thousand
questions takes no longer for each of them than following two.
"""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from attrs import define

from compassion_protocols.language.guards import Outcome, given_when
from compassion_protocols.model.steps import (
    Ask,
    Choose,
    End,
    ForEach,
    Include,
    Part,
    RepeatUntil,
    Reveal,
    Step,
    Turns,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from compassion_protocols.checking.facts import Facts, Place
    from compassion_protocols.language.condition import Condition

Answers = int
"""A set of answers, one bit each; :meth:`Flow.bits` says which."""


@define
class Known:
    """What is known of answers at one point."""

    perhaps: Answers = 0
    surely: Answers = 0
    given: Answers = 0

    def asking(self, answer: Answers) -> Known:
        """After one more question; whether it was answered is not known."""
        return Known(self.perhaps | answer, self.surely | answer, self.given & ~answer)

    def without(self, answers: Answers) -> Known:
        """Where these have not been asked at all."""
        return Known(self.perhaps & ~answers, self.surely & ~answers, self.given & ~answers)


def meet(one: Known | None, other: Known | None) -> Known | None:
    """What is known where two ways meet; None is a way that does not go on."""
    if one is None or other is None:
        return one or other
    return Known(one.perhaps | other.perhaps, one.surely & other.surely, one.given & other.given)


class Flow:
    """The ways through a protocol.

    ``inside`` holds what is known at each place, past its guard, ``after_pass`` what is known at
    the end of a pass of a loop. ``unreachable`` are the places that no way leads to, the first of
    each sequence, and ``stops`` those from which no way goes on to what comes after them.
    ``at_end`` is what is known in the end.
    """

    def __init__(self, facts: Facts) -> None:
        self._bits = {name: 1 << number for number, name in enumerate(facts.answers)}
        self.inside: dict[Place, Known] = {}
        self._before_guard: dict[Place, Known] = {}
        self.after_pass: dict[Place, Known] = {}
        self.unreachable: list[Place] = []
        self.stops: set[Place] = set()
        self._ends: list[Known] = []
        last = self._steps(facts.outline, Known())
        self.at_end = self._met(last, self._ends) or Known()

    def bits(self, names: Iterable[str]) -> Answers:
        """The set of those of these names that are answers."""
        found = 0
        for name in names:
            found |= self._bits.get(name, 0)
        return found

    def before(self, place: Place) -> Known:
        """What is known when a session comes to a place."""
        return self._before_guard.get(place) or self.inside[place]

    def where(self, known: Known, condition: Condition) -> Known:
        """What is known where a condition has just been found true."""
        given = self.bits(given_when(condition.expression, Outcome.TRUE))
        return Known(known.perhaps, known.surely, known.given | given) if given else known

    def _steps(self, places: Sequence[Place], known: Known) -> Known | None:
        """Follow a sequence; what no way leads to is followed as if one did."""
        ended = None
        for number, place in enumerate(places):
            after = self._step(place, known)
            if after is not None:
                known = after
                continue
            self.stops.add(place)
            if ended is None:
                ended = number
        if ended is None:
            return known
        self.unreachable += places[ended + 1 : ended + 2]
        return None

    def _step(self, place: Place, known: Known) -> Known | None:
        step = place.step
        follow = _FOLLOW.get(type(step))
        if step.when is not None:
            self._before_guard[place] = known
            inside = self.inside[place] = self.where(known, step.when)
            return meet(known, inside if follow is None else follow(self, place, inside))
        self.inside[place] = known
        return known if follow is None else follow(self, place, known)

    def _met(self, known: Known | None, others: Iterable[Known | None]) -> Known | None:
        for other in others:
            known = meet(known, other)
        return known

    def _ask(self, place: Place, known: Known) -> Known:
        answer = self._bits.get(place.step.id)
        return known if answer is None else known.asking(answer)

    def _end(self, place: Place, known: Known) -> None:
        self._ends.append(known)

    def _part(self, place: Place, known: Known) -> Known | None:
        if not place.blocks:
            return known
        [block] = place.blocks
        return self._met(self._steps(block, known), self._overdue(place, block))

    def _overdue(self, place: Place, block: Sequence[Place]) -> list[Known]:
        """Where a soft time limit may leave a block."""
        timer = place.step.timer
        if timer is None or timer.at_most is None:
            return []
        come_to = takewhile(lambda pair: pair[0] not in self.stops, pairwise(block))
        return [self.before(inner) for _, inner in come_to]

    def _include(self, place: Place, known: Known) -> Known | None:
        outer, self._ends = self._ends, []
        after = self._met(self._part(place, known), self._ends)
        self._ends = outer
        return after

    def _gathering(self, place: Place, known: Known) -> Known:
        [block] = place.blocks
        inside = self.bits(asked_in(block))
        start = known.without(inside)
        end = self._steps(block, start)
        self.after_pass[place] = end or start
        if end is None:
            return start
        surely = start.surely | (end.surely & inside)
        return Known(end.perhaps, surely, start.given & end.given)

    def _repeat_until(self, place: Place, known: Known) -> Known | None:
        body, otherwise = place.blocks
        inside = self.bits(asked_in(body))
        head = Known(known.perhaps | inside, known.surely, known.given & ~inside)
        end = self._steps(body, head)
        self.after_pass[place] = end or head
        never_held = self._met(end, self._overdue(place, body))
        if never_held is None:
            self.unreachable += otherwise[:1]
        after = self._steps(otherwise, never_held or head)
        return None if never_held is None else meet(end, after)

    def _choose(self, place: Place, known: Known) -> Known | None:
        step = place.step
        whens = [case.when for case in step.cases] if isinstance(step, Choose) else []
        *blocks, otherwise = place.blocks
        ways = [
            self._steps(block, self.where(known, when))
            for when, block in zip(whens, blocks, strict=True)
        ]
        return self._met(self._steps(otherwise, known), ways)

    def _wait(self, place: Place, known: Known) -> Known | None:
        [otherwise] = place.blocks
        return meet(known, self._steps(otherwise, known))


_FOLLOW: dict[type[Step], Callable[[Flow, Place, Known], Known | None]] = {
    Ask: Flow._ask,
    Reveal: Flow._ask,
    End: Flow._end,
    Part: Flow._part,
    Include: Flow._include,
    Turns: Flow._gathering,
    ForEach: Flow._gathering,
    RepeatUntil: Flow._repeat_until,
    Choose: Flow._choose,
    Wait: Flow._wait,
}


def asked_in(places: Sequence[Place]) -> Iterator[str]:
    """The names of all answers asked for in a block."""
    for place in places:
        for inner in place.walk():
            if inner.step.id and type(inner.step) in _ASKING:
                yield inner.step.id


_ASKING = frozenset((Ask, Reveal))
