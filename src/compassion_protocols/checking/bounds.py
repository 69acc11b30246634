"""How many moments a session can have at the least and at the most, and how long its timers run.

Every loop has a bound, so this can be added up from the inside out. A :class:`Tally` is what some
steps amount to: their moments, and the seconds of those that a timer ends. *Least* supposes that
nobody skips, leaves or is away, that guards turn out false and lists are as short as they may be,
and that what goes by itself (breathing, silence, a timed page) is not cut short. *Most* supposes
the longest of everything; speaking counts a quarter more than its time, since nobody is cut off in
the middle of a sentence. Moments without a timer last as long as people like; they are counted,
not measured.

Time *apart* is spent waiting for an agreed time of day, when everyone goes their own way; all
other time is *together*.

Seen by one person, only the moments count in which that person acts. Who that is in a turn depends
on whose turn it is, so a turn is looked at once as the speaker's and once as anyone else's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

from compassion_protocols.checking.facts import Answer, Facts, Scope, Sort
from compassion_protocols.checking.gather import gather
from compassion_protocols.findings import Finding
from compassion_protocols.model.answers import MOST_ITEMS, Choices, ListOf
from compassion_protocols.model.names import EVERYONE, FACILITATOR, Ref
from compassion_protocols.model.protocol import MOST_PEOPLE
from compassion_protocols.model.settings import DurationSetting, ListSetting, NumberSetting
from compassion_protocols.model.steps import (
    Ask,
    Breathe,
    Choose,
    End,
    ForEach,
    Include,
    Part,
    Pass,
    RepeatUntil,
    Reveal,
    Say,
    Speak,
    Step,
    Turns,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compassion_protocols.checking.facts import Place
    from compassion_protocols.language.values import Duration
    from compassion_protocols.model.protocol import Protocol

MOST_MOMENTS = 5_000
"""More than anyone could sit through; a session that could be longer is refused."""

MOST_PASSES = 50
"""How many times a loop goes round at the most."""

GRACE = 1.25
"""Speaking is closed a quarter after its time."""

DAY = 86_400.0
"""The longest wait for a time of day, in seconds."""


@frozen
class Range:
    """From ``least`` to ``most``; ``most`` is infinite where nothing limits it."""

    least: float
    most: float


@frozen
class RoleBounds:
    """What one person of a role does themselves."""

    role: str
    moments: Range
    together: Range
    """Seconds, of moments that a timer ends."""
    untimed: int
    """The most moments that wait for people, however long they take."""


@frozen
class SizeBounds:
    """A session with so many people: all its moments, and the seconds that timers say."""

    people: tuple[tuple[str, int], ...]
    """Each role with its number of people."""
    moments: Range
    together: Range
    apart: Range
    untimed: int
    roles: tuple[RoleBounds, ...]


def bounds(protocol: Protocol) -> tuple[SizeBounds, ...]:
    """The bounds of a whole, clean protocol, for every group size that it allows."""
    facts = gather(protocol)
    return tuple(_of_size(facts, sizes) for sizes in group_sizes(protocol))


def group_sizes(protocol: Protocol) -> Iterator[dict[str, int]]:
    """Each way to fill the roles with no more than twelve people in all."""
    seats = protocol.seats
    for counts in product(*[range(seat.least, seat.most + 1) for seat in seats]):
        if sum(counts) <= MOST_PEOPLE:
            yield {seat.name: count for seat, count in zip(seats, counts, strict=True)}


def _of_size(facts: Facts, sizes: dict[str, int]) -> SizeBounds:
    whole = tally_of(facts, sizes)
    roles = [role for role, count in sizes.items() if count]
    if any(FACILITATOR in place.who.names for place in facts.places):
        roles.append(FACILITATOR)
    return SizeBounds(
        tuple(sizes.items()),
        Range(whole.least, whole.most),
        Range(whole.least_together, whole.most_together),
        Range(whole.least_apart, whole.most_apart),
        int(whole.untimed),
        tuple([_of_role(facts, sizes, role) for role in roles]),
    )


def _of_role(facts: Facts, sizes: dict[str, int], role: str) -> RoleBounds:
    own = tally_of(facts, sizes, role)
    together = Range(own.least_together, own.most_together)
    return RoleBounds(role, Range(own.least, own.most), together, int(own.untimed))


def check_bounds(facts: Facts) -> Iterator[Finding]:
    """Every loop that has no bound or goes round too often, and a session that is too long."""
    unbounded = False
    for place in facts.places:
        for finding in _of_loop(facts, place):
            unbounded = True
            yield finding
    seats = facts.protocol.seats
    least = sum(seat.least for seat in seats)
    if least > MOST_PEOPLE:
        message = f"The roles need {least} people together."
        remedy = f"{MOST_PEOPLE} is the most; let some roles have fewer."
        yield Finding("CP503", message, remedy, seats[-1].span)
    most = tally_of(facts, {seat.name: seat.most for seat in seats}).most
    if most > MOST_MOMENTS and not unbounded:
        yield _too_long(facts, most)


def _too_long(facts: Facts, most: float) -> Finding:
    loops = (place for place in facts.places if isinstance(place.step, ForEach | RepeatUntil))
    first = next(loops, facts.outline[0]) if facts.outline else None
    message = f"A session could have {most:,.0f} steps; {MOST_MOMENTS:,} is the most."
    remedy = "Let a loop go round less often, or take one loop out of another."
    return Finding("CP501", message, remedy, first.step.span if first else NOWHERE)


def _of_loop(facts: Facts, place: Place) -> Iterator[Finding]:
    """Whether a loop has a bound, and one that people can live with."""
    match place.step:
        case RepeatUntil(at_most=limit) | ForEach(item="", items=limit):
            if isinstance(limit, int):
                most: float = limit
            else:
                most = Lengths(facts).of(limit)[1]
            if math.isinf(most) and isinstance(limit, Ref):
                message = f"“{plainly(limit.name)}” has no most, so this loop has none either."
                remedy = f"Add max to the setting; {MOST_PASSES} is the most."
                yield Finding("CP502", message, remedy, limit.span)
            elif most > MOST_PASSES:
                span = limit.span if isinstance(limit, Ref) else place.step.span
                message = f"This loop may go round {most:.0f} times."
                yield Finding("CP502", message, f"{MOST_PASSES} is the most.", span)
