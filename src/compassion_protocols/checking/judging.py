"""What makes a group uneven, and where on the way through a protocol it can be seen.

At the end of a loop it is seen what decides from pass to pass, and which ends inside it would cut
something off; at the end of a block with a soft limit, what may fall away; when all is over, who
has been offered more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.checking.facts import Place
from compassion_protocols.checking.holding import Holding
from compassion_protocols.checking.shares import (
    Difference,
    Held,
    Proviso,
    Share,
    add_all,
    uneven,
)
from compassion_protocols.checking.survey import Places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compassion_protocols.checking.shares import Shares
    from compassion_protocols.checking.survey import Survey
    from compassion_protocols.findings import Span
    from compassion_protocols.language.condition import Condition


class Unequal(NamedTuple):
    """In the end, two people of a role have not been offered the same."""

    place: Place
    marks: Places
    people: int
    difference: Difference


class Decided(NamedTuple):
    """Somebody else's answer decides over an amount."""

    place: Place
    marks: Places
    proviso: Proviso


class CutOff(NamedTuple):
    """Something can end before all have had the same: an `end`, a limited block, a loop."""

    place: Place
    marks: Places
    span: Span


Fault = Unequal | Decided | CutOff
"""What makes a group uneven, at which step, and the steps around it that say why on purpose."""


class Exit(NamedTuple):
    """An `end`, and what has been offered on the way to it."""

    place: Place
    shares: Shares
    marks: Places


class Way(NamedTuple):
    """What some steps offer, and the ends among them."""

    shares: Shares
    exits: Sequence[Exit] = ()


class Judging(Holding):
    """A group on its way, and what has been found so far."""

    def __init__(self, survey: Survey, sizes: Mapping[str, int]) -> None:
        super().__init__(survey, sizes)
        self.faults: list[Fault] = []
        self.marked: list[Place] = []
        """The steps around that say why they are uneven."""

    def unequal(self, difference: Difference) -> None:
        """Two people have not been offered the same."""
        column, share = difference.column, difference.share
        people = self.circles[column.role] if isinstance(column, Held) else sum(self.sizes.values())
        self.faults.append(Unequal(share.place, share.marks, people, difference))

    def look_back(self, exit_: Exit) -> None:
        """Whoever has not had their part when all ends will not get it."""
        for one in uneven(exit_.shares, self.circles):
            marks = exit_.marks | one.share.marks
            self.faults.append(CutOff(exit_.place, marks, exit_.place.step.span))
            return

    def settle(self, loop: Place, *shares: Share) -> None:
        """From pass to pass of a loop people are offered the same, or it is up to them."""
        for share in shares:
            provisos = {proviso for term in share.amount for proviso in term.provisos}
            for proviso in sorted(provisos, key=lambda one: one.span):
                if loop in proviso.varies:
                    marks = share.marks | frozenset(self.marked)
                    self.faults.append(Decided(share.place, marks, proviso))

    def through(self, way: Way, own: Share | None = None) -> Sequence[Exit]:
        """The ends inside a loop that cut nothing off.

        ``own`` is what each pass gives to another person.
        """
        if own is None and not list(uneven(_handed(way.shares), self.circles)):
            return way.exits
        for exit_ in way.exits:
            self.faults.append(CutOff(exit_.place, exit_.marks, exit_.place.step.span))
        return ()

    def check_limit(self, each: Sequence[Shares]) -> None:
        """A soft limit may leave a block before each of its steps but the first."""
        rest: Shares = {}
        for shares in each[:0:-1]:
            add_all(rest, shares)
            if any(uneven(rest, self.circles)):
                share = next(iter(shares.values()))
                self._cut_off(share, share.place.step.span)
                return

    def check_passes(self, place: Place, shares: Shares, own: Share | None = None) -> None:
        """A soft limit may leave a loop after each of its passes."""
        if limited_block(place) is not None:
            found = [one.share for one in uneven(shares, self.circles)]
            for share in [own, *found] if own else found:
                self._cut_off(share._replace(place=place), place.step.at("timer"))
                return

    def check_until(
        self, place: Place, until: Condition, shares: Shares, own: Share | None
    ) -> bool:
        """A loop over people, or one that hands a role on, had better go through."""
        found = [one.share for one in uneven(_handed(shares), self.circles)]
        for share in [own, *found] if own else found:
            self._cut_off(share._replace(place=place), until.span)
            return True
        return False

    def _cut_off(self, share: Share, span: Span) -> None:
        self.faults.append(CutOff(share.place, share.marks | frozenset(self.marked), span))


def limited_block(place: Place) -> Place | None:
    """A block with a soft time limit."""
    timer = place.step.timer
    return None if timer is None or timer.at_most is None else place


def _handed(shares: Shares) -> Shares:
    """What is offered to whoever has a role."""
    return {column: share for column, share in shares.items() if isinstance(column, Held)}
