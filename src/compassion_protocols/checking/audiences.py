"""Who people are, seat by seat: whether everyone in an audience may read an answer.

*speaker*, *listener*, *holder* and the roles stand for other people at every moment, so no list of
names says whether one group lies within another. But a group has at most twelve people. So it is
tried out: for every size that the protocol allows, for everyone whose turn it may be, for everyone
who may hold a role. What is true of all of these is proved.

Each name that stands for one person at a time is a *part*, and a *casting* says who takes each.
The parts of a loop are the same person wherever one pass of it is spoken of, since an answer that
was given in a turn is read as one value in that turn alone. Read from outside, it is a list of all
turns, and whoever then speaks elsewhere is another part. A role that is handed on may have been
someone else's when an answer was given.

How it comes out depends only on which parts and roles are asked about, not on the step, so each
question is tried out once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

from compassion_protocols.checking.bounds import group_sizes
from compassion_protocols.checking.facts import Meaning, OneOf, Sort, opened_to
from compassion_protocols.model.names import EVERYONE
from compassion_protocols.model.steps import Pass, Turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from compassion_protocols.checking.facts import Answer, Facts, Scope

    Seats = frozenset[int]
    Casting = dict["Part", int]

HOST_SEAT = -1
"""The facilitator's seat."""


class Part(NamedTuple):
    """One person at a time; ``before`` is whoever it was when an answer was given."""

    meaning: Meaning
    before: bool = False


@frozen
class People:
    """Some people: what the names mean that they were called by. With ``host``, the facilitator.

    Of these, ``among`` keeps those alone who are also one of them, ``without`` takes some away.
    """

    meanings: frozenset[Meaning]
    host: bool = False
    among: frozenset[Meaning] = frozenset()
    without: frozenset[Meaning] = frozenset()


class Readable(NamedTuple):
    """An answer as it is read somewhere: who gave it, and who else may read it."""

    writers: People
    readers: People


class Turn(NamedTuple):
    """What a turn's speaker and listeners are, and of which people."""

    speaker: Meaning
    role: Meaning


class Group(NamedTuple):
    """So many people: the seats of each role, by what its name means."""

    size: Mapping[str, int]
    seats: Mapping[Meaning, Seats]
    everyone: Seats


@frozen(eq=False)
class Audiences:
    """Answers who may know what, for one protocol."""

    facts: Facts
    groups: tuple[Group, ...]
    turns: Mapping[Meaning, Turn]
    passed: frozenset[Meaning]
    """The roles that are handed on."""
    _known: dict[object, Group | None] = field(factory=dict)

    def people(self, names: Iterable[str], scope: Scope, *, host: bool = False) -> People:
        """What some names stand for at a scope."""
        found = [self.facts.meaning(name, scope) for name in names]
        return People(frozenset([one for one in found if one is not None]), host)

    def readable(self, answer: Answer, whose: Meaning | None = None) -> Readable:
        """An answer as it is read, or of a list what one person gave."""
        scope = answer.place.scope
        among = frozenset() if whose is None else frozenset((whose,))
        writers = People(self.people(answer.place.who.names, scope).meanings, among=among)
        to = opened_to(answer.place.step)
        names = () if to is None else to.names
        return Readable(writers, self.people(names, scope, host=EVERYONE in names))

    def left_out(self, audience: People, may: Readable) -> Group | None:
        """A smallest group in which someone of the audience may not read it; None if there is none.

        None also where nobody is there who could have written it.
        """
        if self.facts.names[EVERYONE] in may.readers.meanings:
            return None
        key = audience, may
        if key not in self._known:
            self._known[key] = next(
                (group for group in self.groups if self._is_left_out(group, audience, may)), None
            )
        return self._known[key]

    def is_one(self, people: People) -> bool:
        """Whether these are one and the same person in every group."""
        return all(
            len(self._seats(group, people, cast)) == 1
            for group in self.groups
            for cast in self._castings(group, people)
        )

    # trying out

    def _is_left_out(self, group: Group, audience: People, may: Readable) -> bool:
        for cast in self._castings(group, audience, may.writers, may.readers):
            looking = self._seats(group, audience, cast)
            for writer in self._seats(group, may.writers, cast, before=True):
                readers = self._seats(group, may.readers, cast, before=True)
                if not looking <= readers | {writer}:
                    return True
        return False

    def _castings(self, group: Group, *people: People) -> Iterator[Casting]:
        """Everyone who can take the parts that these people are spoken of by."""
        parts: dict[Part, None] = {}
        for number, some in enumerate(people):
            before = number > 0
            for meaning in some.meanings:
                self._parts_of(meaning, before, parts)
            for meaning in (*some.among, *some.without):
                self._parts_of(meaning, False, parts)
        yield from self._cast(group, list(parts), {})

    def _parts_of(self, meaning: Meaning, before: bool, parts: dict[Part, None]) -> None:
        turn = self.turns.get(meaning)
        if turn is not None:
            self._parts_of(turn.role, before, parts)
            parts[Part(turn.speaker)] = None
        elif isinstance(meaning, OneOf):
            holder = self.facts.names.get(meaning.role, meaning)
            parts[Part(holder, before and holder in self.passed)] = None
        elif meaning.sort is Sort.ITEM:
            parts[Part(meaning)] = None

    def _cast(self, group: Group, parts: list[Part], cast: Casting) -> Iterator[Casting]:
        if not parts:
            yield cast
            return
        first, *rest = parts
        turn = self.turns.get(first.meaning)
        if turn is not None:
            seats = self._seats_of(group, turn.role, cast, first.before)
        elif first.meaning.sort is Sort.HOLDER:
            seats = group.seats.get(first.meaning, group.everyone)
        else:
            seats = group.everyone
        for seat in seats:
            yield from self._cast(group, rest, {**cast, first: seat})

    # who that is

    def _seats(self, group: Group, some: People, cast: Casting, *, before: bool = False) -> Seats:
        found: set[int] = {HOST_SEAT} if some.host else set()
        for meaning in some.meanings:
            found |= self._seats_of(group, meaning, cast, before)
        for meaning in some.among:
            found &= self._seats_of(group, meaning, cast, False)
        for meaning in some.without:
            found -= self._seats_of(group, meaning, cast, False)
        return frozenset(found)

    def _seats_of(self, group: Group, meaning: Meaning, cast: Casting, before: bool) -> Seats:
        match meaning.sort:
            case Sort.ROLE:
                return group.seats.get(meaning, group.everyone)
            case Sort.FACILITATOR:
                return frozenset((HOST_SEAT,))
            case Sort.SPEAKER:
                return _one(cast.get(Part(meaning)))
            case Sort.LISTENER if meaning in self.turns:
                turn = self.turns[meaning]
                role = self._seats_of(group, turn.role, cast, before)
                return role - _one(cast.get(Part(turn.speaker)))
            case Sort.HOLDER:
                return _one(cast.get(Part(meaning, before and meaning in self.passed)))
            case Sort.OTHERS if isinstance(meaning, OneOf):
                holder = self.facts.names.get(meaning.role, meaning)
                held = _one(cast.get(Part(holder, before and holder in self.passed)))
                return group.seats.get(holder, group.everyone) - held
            case Sort.ITEM:
                return _one(cast.get(Part(meaning)))
            case _:
                return frozenset()


def _one(seat: int | None) -> Seats:
    return frozenset() if seat is None else frozenset((seat,))


def audiences_of(facts: Facts) -> Audiences:
    """Get ready to try out who may know what in a protocol."""
    turns: dict[Meaning, Turn] = {}
    for place in facts.loops:
        step = place.step
        role = facts.meaning(step.role.name, place.scope) if isinstance(step, Turns) else None
        if isinstance(step, Turns) and role is not None and place.blocks[0]:
            speaker, listener = (place.inner.names[name] for name in step.names)
            turns[speaker] = turns[listener] = Turn(speaker, role)
    passed = [facts.names.get(step.role.name) for _, step in facts.each(Pass)]
    return Audiences(
        facts,
        tuple([_group(facts, size) for size in group_sizes(facts.protocol)]),
        turns,
        frozenset([meaning for meaning in passed if meaning is not None]),
    )


def _group(facts: Facts, size: Mapping[str, int]) -> Group:
    """Number the seats, role after role; whoever holds a role is one of its people."""
    by_name: dict[str, Seats] = {}
    taken = 0
    for name, count in size.items():
        by_name[name] = frozenset(range(taken, taken + count))
        taken += count
    for role in facts.protocol.roles:
        if role.one_of in by_name:
            by_name[role.name] = by_name[role.one_of]
    seats = {facts.names[name]: found for name, found in by_name.items() if name in facts.names}
    return Group(size, seats, frozenset(range(taken)))
