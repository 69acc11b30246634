"""Is every loop bounded, and how long can a session be for each size of group?

:func:`bounds` reports it, for a card or a plan of the evening; the findings are the loops without a
bound and what no group could sit through. How it is added up stands in :mod:`.tally`.
"""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.checking.gather import gather
from compassion_protocols.checking.tally import MOST_PASSES, amounts_of, tally_of
from compassion_protocols.findings import Finding
from compassion_protocols.model.names import FACILITATOR, Ref
from compassion_protocols.model.protocol import MOST_PEOPLE
from compassion_protocols.model.steps import ForEach, RepeatUntil

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compassion_protocols.checking.facts import Facts, Place
    from compassion_protocols.checking.tally import Interval
    from compassion_protocols.model.protocol import Protocol

MOST_MOMENTS = 5_000
"""More than anyone could sit through; a session that could be longer is refused."""

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
    amounts = amounts_of(facts)
    loops = [finding for place in facts.places for finding in _of_loop(place, amounts)]
    yield from loops
    seats = facts.protocol.seats
    least = sum(seat.least for seat in seats)
    if least > MOST_PEOPLE:
        message = f"The roles need {least} people together."
        remedy = f"{MOST_PEOPLE} is the most; let some roles have fewer."
        yield Finding("CP503", message, remedy, seats[-1].span)
    most = tally_of(facts, {seat.name: seat.most for seat in seats}).most
    if most > MOST_MOMENTS and not loops:
        yield _too_long(facts, most)


def _too_long(facts: Facts, most: float) -> Finding:
    loops = [place for place in facts.places if place.blocks and not place.included]
    span = (loops or facts.places)[0].step.span
    message = f"A session could have {most:,.0f} steps; {MOST_MOMENTS:,} is the most."
    remedy = "Let a loop go round less often, or take one loop out of another."
    return Finding("CP501", message, remedy, span)


def _of_loop(place: Place, amounts: Mapping[str, Interval]) -> Iterator[Finding]:
    """Whether a loop has a bound, and one that people can live with."""
    step = place.step
    if isinstance(step, RepeatUntil):
        limit: int | Ref = step.at_most
    elif isinstance(step, ForEach) and not step.item:
        limit = step.items
    else:
        return
    most = amounts.get(limit.name, (0, 0))[1] if isinstance(limit, Ref) else limit
    span = limit.span if isinstance(limit, Ref) else step.span
    if math.isinf(most):
        message = "The setting that this loop goes by has no most, so neither has the loop."
        yield Finding("CP502", message, f"Give the setting a max; {MOST_PASSES} at the most.", span)
    elif most > MOST_PASSES:
        message = f"This loop may go round {most:.0f} times."
        yield Finding("CP502", message, f"{MOST_PASSES} times is the most.", span)
