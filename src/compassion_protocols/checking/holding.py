"""Whose floor it is at each place, in a group of one size; and whose word decides about it.

A role that one person has at a time goes round in a circle. Where two ways meet on which it was
handed on differently, nobody can say any more who has it: from there on its circle has a new
origin, and is looked at by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.checking.facts import Answer, Bound, Item, Meaning, OneOf, Place, Sort
from compassion_protocols.checking.shares import Held, Proviso, under
from compassion_protocols.checking.survey import NONE, reads_in, repeats_alike
from compassion_protocols.model.names import EVERYONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compassion_protocols.checking.shares import Column, Shares
    from compassion_protocols.checking.survey import Places, Reads, Survey
    from compassion_protocols.findings import Span
    from compassion_protocols.language.condition import Condition

Where = tuple[Place | None, int]
"""Who has a role: so many hand-overs after whoever had it at the origin of its circle."""

START: Where = (None, 0)


class Takers(NamedTuple):
    """People who take turns: how many, and their columns; none if they are a whole role."""

    people: int
    columns: tuple[Column, ...] = ()

    @property
    def is_alone(self) -> bool:
        """Whether it is only one, of a role that has no more."""
        return self.people == 1 and not self.columns


class Holding:
    """A group on its way through a protocol: who speaks, who listens, who has a role."""

    def __init__(self, survey: Survey, sizes: Mapping[str, int]) -> None:
        self.survey = survey
        self.sizes = sizes
        roles = survey.facts.protocol.roles
        self.circles = {one.name: sizes.get(one.one_of, 0) for one in roles if one.one_of}
        """How many people there are of whom one at a time has a role."""
        self.held: dict[str, Where] = {}
        self.asked: dict[str, Column] = {}
        """Who gave an answer, of those that whoever held a role has given."""
        self.listening: dict[Meaning, int] = {}
        """How many people listen in a turn."""
        self.alone: set[Meaning] = set()
        """Whoever is the only one of a role, with nobody to be compared with."""

    # who has a role

    def where(self, holder: str) -> Where:
        """Who has a role now."""
        return self.held.get(holder, START)

    def join(self, place: Place, ways: Sequence[Mapping[str, Where]]) -> None:
        """Several ways meet at a place."""
        for holder in {holder for way in ways for holder in way}:
            found = {way.get(holder, START) for way in ways}
            self.held[holder] = found.pop() if len(found) == 1 else (place, 0)

    def others(self, holder: str) -> tuple[Held, ...]:
        """All who might have a role and have it not."""
        people = self.circles.get(holder, 0)
        origin, offset = self.where(holder)
        return tuple([Held(holder, origin, (offset + by) % people) for by in range(1, people)])

    # whose floor it is

    def takers(self, name: str, place: Place) -> Takers | None:
        """The people of a name that several people have; None if it stands for other things."""
        match self.survey.facts.meaning(name, place.scope):
            case Meaning(sort=Sort.ROLE):
                everyone = sum(self.sizes.values())
                return Takers(everyone if name == EVERYONE else self.sizes.get(name, 0))
            case Bound(sort=Sort.LISTENER) as listener:
                return Takers(self.listening.get(listener, 0), (listener,))
            case OneOf(sort=Sort.OTHERS, role=role):
                others = self.others(role)
                return Takers(len(others), others)
            case _:
                return None

    def floor_at(self, place: Place) -> Column | None:
        """Whose floor it is; None where several are asked, or there is nobody to compare."""
        names = place.who.names
        return self.one(names[0], place) if len(names) == 1 else None

    def one(self, name: str, place: Place) -> Column | None:
        """The one person that a name stands for, if there are others of that role."""
        meaning = self.survey.facts.meaning(name, place.scope)
        if meaning is None or meaning in self.alone:
            return None
        match meaning:
            case Bound(sort=Sort.LISTENER):
                return meaning if self.listening.get(meaning) == 1 else None
            case Bound():
                return meaning
            case OneOf(sort=Sort.HOLDER, role=role) if self.circles.get(role, 0) > 1:
                return Held(role, *self.where(role))
            case OneOf(sort=Sort.OTHERS, role=role):
                others = self.others(role)
                return others[0] if len(others) == 1 else None
            case _:
                return None

    # whose word decides

    def provided(self, shares: Shares, place: Place, condition: Condition) -> Shares:
        """These shares, if a condition holds."""
        said = f"only if “{condition.source}”"
        return self.depending(shares, place, said, condition.span, reads_in(condition))

    def unless(self, shares: Shares, place: Place, condition: Condition) -> Shares:
        """These shares, if a condition does not hold."""
        said = f"unless “{condition.source}”"
        return self.depending(shares, place, said, condition.span, reads_in(condition))

    def depending(
        self, shares: Shares, place: Place, said: str, span: Span, reads: Reads
    ) -> Shares:
        """These shares under a proviso that reads some names."""

        def proviso(column: Column) -> Proviso:
            varies = [self._varies(column, place, name, whose) for name, whose in reads]
            return Proviso(said, NONE.union(*varies), span)

        return under(shares, proviso)

    def _varies(self, column: Column, place: Place, name: str, whose: str) -> Places:
        """The loops in which a name may mean something else, which is not up to this person."""
        named = whose or name
        if self.one(named, place) == column:
            return NONE
        meaning = self.survey.facts.meaning(named, place.scope)
        if isinstance(meaning, Answer):
            writer = self.asked.get(named) or self.floor_at(meaning.place)
            if writer == column:
                return self.survey.swayed.get(named, NONE)
        if isinstance(meaning, Item):
            loop = meaning.loop
            found = self._varies(column, loop, meaning.items.name, "") | {loop}
            return found if repeats_alike(loop.step) else found | self.survey.loops[loop]
        return self.survey.varies(named, place)
