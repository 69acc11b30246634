"""How few people a name may stand for while a session runs, in every size that may remain.

A session goes on only while each role has at least as many people as it needs; with fewer it pauses
or ends. So whoever leaves, the people who remain are of some size that the roles allow, and what
holds for each of these sizes holds at every moment. A facilitator is sure to be there only where
one is required.

A condition about people (`listener is given`, `everyone | count > 2`) shuts out the sizes in which
it does not hold. What else it reads may be anything, so it only counts as far as it speaks of
people.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.checking.facts import Bound, Meaning, OneOf, Sort, plainly
from compassion_protocols.language.expressions import And, Name
from compassion_protocols.language.values import Missing, Person, Reason, truth
from compassion_protocols.model.care import FACILITATED_TIER
from compassion_protocols.model.names import EVERYONE, FACILITATOR
from compassion_protocols.model.protocol import MOST_PEOPLE, UNNAMED_ROLE
from compassion_protocols.model.steps import Choose, Turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compassion_protocols.checking.facts import Facts, Place, Scope
    from compassion_protocols.language.expressions import Expression
    from compassion_protocols.language.values import Lookup, Truth, Value

Sizes = dict[str, int]
"""How many people each role has, and the facilitator."""

_COUNTED = frozenset({Sort.ROLE, Sort.OTHERS, Sort.LISTENER, Sort.FACILITATOR})
"""What a condition is about that says how many people there are, and not who they are."""

Tests = tuple[tuple["Expression", bool], ...]
"""Conditions on the way to a part of a text, and whether they have come out true there."""


@frozen(eq=False, slots=False)
class Headcount:
    """The people of one protocol, for all that may be asked about them."""

    facts: Facts

    @cached_property
    def sizes(self) -> tuple[Sizes, ...]:
        """Every number of people that a role may have, the other roles having their least."""
        return tuple(_sizes_of(self.facts))

    @cached_property
    def perhaps_nobody(self) -> frozenset[str]:
        """The names of those of whom there may be nobody, in some size or without a facilitator."""
        others = [role.others for role in self.facts.protocol.roles if role.others]
        listeners = [name for name, of in self.facts.bound if of.sort is Sort.LISTENER]
        return frozenset((FACILITATOR, *others, *listeners))

    @cached_property
    def _around(self) -> dict[Place, tuple[tuple[Expression, Scope], ...]]:
        """What has come out true on the way to a place."""
        found: dict[Place, tuple[tuple[Expression, Scope], ...]] = {}
        _follow(self.facts.outline, (), found)
        return found

    def count(self, name: str, scope: Scope, sizes: Sizes) -> int:
        """How many people a name stands for in a group of this size; 1 for what is none."""
        match self.facts.meaning(name, scope):
            case Meaning(sort=Sort.FACILITATOR):
                return sizes[FACILITATOR]
            case Meaning(sort=Sort.ROLE):
                return _people(name, sizes)
            case OneOf(sort=Sort.OTHERS, whole=whole):
                return max(_people(whole, sizes) - 1, 0)
            case Bound(sort=Sort.LISTENER, loop=turns):
                return max(self.count(_role(turns), turns.scope, sizes) - 1, 0)
            case _:
                return 1

    def lacking(
        self, names: Iterable[str], place: Place | None, scope: Scope, tests: Tests = ()
    ) -> Sizes | None:
        """A size in which a place is come to and these names stand for nobody, if there is one."""
        wanted = tuple(names)
        around = () if place is None else self._around[place]
        for sizes in self.sizes:
            if (
                not any(self.count(name, scope, sizes) for name in wanted)
                and all(self._may(test, at, sizes, True) for test, at in around)
                and all(self._may(test, scope, sizes, outcome) for test, outcome in tests)
            ):
                return sizes
        return None

    def why(self, name: str, scope: Scope, sizes: Sizes) -> str:
        """The size in words: what it is that leaves nobody for a name."""
        meaning = self.facts.meaning(name, scope)
        if meaning is None or meaning.sort is Sort.FACILITATOR:
            return "Where nobody facilitates"
        role = self._root(name, scope)
        people = _people(role, sizes)
        number = "one person" if people == 1 else f"{people} people"
        alone = role in (EVERYONE, UNNAMED_ROLE)
        return f"With {number}" if alone else f"With {number} in “{plainly(role)}”"

    def _root(self, name: str, scope: Scope) -> str:
        """The role that these people are of."""
        match self.facts.meaning(name, scope):
            case OneOf(whole=whole):
                return whole
            case Bound(sort=Sort.LISTENER, loop=turns):
                return self._root(_role(turns), turns.scope)
            case _:
                return name

    def _may(self, test: Expression, scope: Scope, sizes: Sizes, outcome: bool) -> bool:
        """Whether a condition may have come out so in a group of this size."""
        look = self._lookup(scope, sizes)
        if not outcome:
            return not self._is_about_people(test, scope) or _truth(test, look) is not True
        parts = test.operands if isinstance(test, And) else (test,)
        return all(
            _truth(part, look) is True for part in parts if self._is_about_people(part, scope)
        )

    def _is_about_people(self, test: Expression, scope: Scope) -> bool:
        names = [node.name for node in test.walk() if isinstance(node, Name)]
        meanings = [self.facts.meaning(name, scope) for name in names]
        return bool(names) and all(
            meaning is not None and meaning.sort in _COUNTED for meaning in meanings
        )

    def _lookup(self, scope: Scope, sizes: Sizes) -> Lookup:
        def look(name: str) -> Value | Missing:
            people = tuple(
                [Person(f"{name} {n}", name) for n in range(self.count(name, scope, sizes))]
            )
            meaning = self.facts.meaning(name, scope)
            if meaning is not None and meaning.sort is Sort.ROLE:
                return people
            return Missing(Reason.ABSENT) if not people else people if people[1:] else people[0]

        return look


def _sizes_of(facts: Facts) -> Iterator[Sizes]:
    seats = facts.protocol.seats
    required = facts.protocol.care.tier >= FACILITATED_TIER
    for host in (1,) if required else (0, 1):
        least = {**{seat.name: seat.least for seat in seats}, FACILITATOR: host}
        yield least
        room = MOST_PEOPLE - _people(EVERYONE, least)
        for seat in seats:
            for more in range(1, min(seat.most - seat.least, room) + 1):
                yield {**least, seat.name: seat.least + more}


def _people(role: str, sizes: Sizes) -> int:
    """How many people a role has; everyone by any other name."""
    if role in sizes:
        return sizes[role]
    return sum(sizes.values()) - sizes[FACILITATOR]


def _role(turns: Place) -> str:
    return turns.step.role.name if isinstance(turns.step, Turns) else EVERYONE


def _truth(test: Expression, look: Lookup) -> Truth:
    return truth(test.evaluate(look))


def _follow(
    places: Iterable[Place],
    around: tuple[tuple[Expression, Scope], ...],
    found: dict[Place, tuple[tuple[Expression, Scope], ...]],
) -> None:
    """Note for each place what has been found true on the way there."""
    for place in places:
        step = place.step
        here = around if step.when is None else (*around, (step.when.expression, place.scope))
        found[place] = here
        cases = [case.when.expression for case in step.cases] if isinstance(step, Choose) else []
        for number, block in enumerate(place.blocks):
            inside = here
            if number < len(cases):
                inside = (*here, (cases[number], place.scope))
            _follow(block, inside, found)
