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
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.language.guards import Outcome, given_when
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
    from collections.abc import Callable, Sequence

    from compassion_protocols.checking.facts import Facts, Place
    from compassion_protocols.language.condition import Condition

    Names = frozenset[str]

_NONE: frozenset[str] = frozenset()


class Known(NamedTuple):
    """What is known of answers at one point."""

    perhaps: Names = _NONE
    surely: Names = _NONE
    given: Names = _NONE

    def asking(self, name: str) -> Known:
        """After one more question; whether it was answered is not known."""
        one = frozenset((name,))
        return Known(self.perhaps | one, self.surely | one, self.given - one)

    def where(self, condition: Condition | None) -> Known:
        """Where a condition has just been found true."""
        if condition is None:
            return self
        given = given_when(condition.expression, Outcome.TRUE)
        return self._replace(given=self.given | given) if given else self

    def without(self, names: Names) -> Known:
        """Where these have not been asked at all."""
        return Known(self.perhaps - names, self.surely - names, self.given - names)


def meet(one: Known | None, other: Known | None) -> Known | None:
    """What is known where two ways meet; None is a way that does not go on."""
    if one is None or other is None:
        return one or other
    return Known(
        one.perhaps | other.perhaps, one.surely & other.surely, one.given & other.given
    )


class Flow:
    """The ways through a protocol.

    ``before`` holds what is known at each place, ``after_pass`` what is known at the end of a
    pass of each loop, ``unreachable`` the places that no way leads to, without those inside them.
    """

    def __init__(self, facts: Facts) -> None:
        self.before: dict[Place, Known] = {}
        self.after_pass: dict[Place, Known] = {}
        self.unreachable: list[Place] = []
        self.ends: list[Known] = []
        """What is known at each ``end`` of the protocol (or of the include) the walk is in."""
        self._inside = _asked_inside(facts)
        last = self._steps(facts.outline, Known())
        for end in self.ends:
            last = meet(last, end)
        self.at_end = last or Known()

    def _steps(self, places: Sequence[Place], known: Known | None) -> Known | None:
        """Follow a sequence. What no way leads to is followed as if one did."""
        dead = False
        for place in places:
            if known is None and not dead:
                self.unreachable.append(place)
                dead = True
            start = known if known is not None else alive
            alive = start
            known = self._step(place, start)
        return None if dead else known

    def _step(self, place: Place, known: Known) -> Known | None:
        self.before[place] = known
        step = place.step
        inside = known.where(step.when)
        follow = _BLOCKS.get(type(step))
        if follow is not None:
            after = follow(self, place, inside)
        elif step.id in self._inside[place]:
            after = inside.asking(step.id)
        else:
            after = inside
        return after if step.when is None else meet(known, after)
