"""What all passes of a loop offer together, where one pass is known.

A loop over people gives to each of them what it gives to the one whose turn it is. Where a role is
handed on inside, each pass begins at another place of its circle; where it is handed on the same
way in each, the places are known, and what they are given can be added up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.checking.facts import Place
from compassion_protocols.checking.judging import Judging
from compassion_protocols.checking.shares import Held, Someone, add, together
from compassion_protocols.model.names import Ref
from compassion_protocols.model.steps import ForEach

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.checking.holding import Takers, Where
    from compassion_protocols.checking.shares import Column, Shares
    from compassion_protocols.checking.survey import Survey


class Rounds(Judging):
    """A group on its way, and what goes round in it."""

    def items(self, place: Place, step: ForEach) -> Takers | None:
        """The people that a loop goes through; None if it goes through other things."""
        if step.item and isinstance(step.items, Ref):
            return self.takers(step.items.name, place)
        return None

    def whose(self, place: Place, takers: Takers | None) -> tuple[Column, ...]:
        """Whom the items of a loop are; of a list of people nobody knows who is in it."""
        if takers is not None:
            return takers.columns
        return (Someone(place),) if max(self.sizes.values()) > 1 else ()

    def gone_round(
        self,
        place: Place,
        step: ForEach,
        shares: Shares,
        before: Mapping[str, Where],
        passes: int | None,
        *,
        cut: bool,
    ) -> Shares:
        """All passes of a loop; how often it goes round may be for people to say."""
        if passes is not None and (step.until is None or cut or passes <= 1):
            return self.repeated(place, shares, before, passes)
        self.join(place, [before, dict(self.held)])
        if passes is None and isinstance(step.items, Ref):
            name = step.items.name
            said = f"once for each “{step.item} in {name}”" if step.item else f"“{name}” times"
            shares = self.depending(shares, place, said, step.items.span, ((name, ""),))
        if step.until is None:
            return shares
        inside = place.blocks[0][0] if place.blocks[0] else place
        return together(shares, self.unless(shares, inside, step.until))

    def repeated(
        self, place: Place, shares: Shares, before: Mapping[str, Where], passes: int
    ) -> Shares:
        """So many passes of a loop, in each of which roles are handed on alike."""
        steps: dict[tuple[str, Place | None], int] = {}
        for holder, (origin, offset) in self.held.items():
            start, first = before.get(holder, (None, 0))
            if start is origin:
                steps[holder, origin] = offset - first
                offset = (first + (offset - first) * passes) % self.circles[holder]
                self.held[holder] = (origin, offset)
        total: Shares = {}
        for column, share in shares.items():
            on = steps.get((column.role, column.origin), 0) if isinstance(column, Held) else 0
            if not on or not isinstance(column, Held):
                add(total, column, share, passes)
                continue
            self.settle(place, share)
            people = self.circles[column.role]
            for number in range(passes):
                add(total, column._replace(offset=(column.offset + on * number) % people), share)
        return total


def passes_of(survey: Survey, step: ForEach, takers: Takers | None) -> int | None:
    """How often a loop goes round, if that is certain."""
    if isinstance(step.items, int):
        return step.items
    if step.item:
        return None if takers is None else takers.people
    least, most = survey.amounts.get(step.items.name, (0, 1))
    return int(least) if least == most else None
