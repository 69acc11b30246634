"""Whether every loop is bounded, and how long a session can be for each size of group.

:func:`bounds` reports it, for a card or a plan of the evening; the findings are the loops without a
bound and what no group could sit through. How it is added up stands in :mod:`.reckoning`.
"""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.checking.facts import plainly
from compassion_protocols.checking.gather import gather
from compassion_protocols.checking.reckoning import MOST_PASSES, items_of, tally_of
from compassion_protocols.checking.spans import line
from compassion_protocols.checking.viewing import amounts_of
from compassion_protocols.findings import Finding
from compassion_protocols.model.names import FACILITATOR, Ref
from compassion_protocols.model.protocol import MOST_PEOPLE
from compassion_protocols.model.steps import ForEach, RepeatUntil, Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from compassion_protocols.checking.facts import Facts, Place
    from compassion_protocols.checking.tally import Interval
    from compassion_protocols.model.protocol import Protocol

MOST_MOMENTS = 5_000
"""More than anyone could sit through; a session that could be longer is refused."""

MOST_WALKED = 4 * MOST_MOMENTS
"""How many steps a session may pass, with those that ask nobody anything: the time of one event."""


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
    if any(FACILITATOR in place.who.names for place in facts.appointed):
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
    yield from _people(facts.protocol)
    by_name = any(isinstance(_limit(place), Ref) for place in facts.loops)
    amounts = amounts_of(facts) if by_name else {}
    loops = [finding for place in facts.loops for finding in _of_loop(facts, place, amounts)]
    yield from loops
    if not loops and _may_be_too_many(facts):
        largest = {seat.name: seat.most for seat in facts.protocol.seats}
        most = tally_of(facts, largest).most
        items = items_of(facts, largest)
        walked = _at_most(facts, facts.outline, items)
        people = min(sum(largest.values()), MOST_PEOPLE)
        if most > MOST_MOMENTS:
            yield _too_long(_longest(facts, items), people, most, MOST_MOMENTS)
        elif walked > MOST_WALKED:
            yield _too_long(_longest(facts, items), people, walked, MOST_WALKED)


def _may_be_too_many(facts: Facts) -> bool:
    """Whether all steps, each taken as often as it can be, are more than any session has.

    Most often they are few enough even if every step stood inside every loop.
    """
    passes = math.prod([max(_passes(facts, place, _most_passes), 1) for place in facts.loops])
    if len(facts.places) * passes <= MOST_MOMENTS:
        return False
    return _at_most(facts, facts.outline) > MOST_MOMENTS


def _most_passes(_: Place) -> float:
    return MOST_PASSES


def _people(protocol: Protocol) -> Iterator[Finding]:
    seats = protocol.seats
    least = sum([seat.least for seat in seats])
    if least > MOST_PEOPLE:
        message = f"The roles need {least} people together."
        remedy = f"{MOST_PEOPLE} is the most; let some roles have fewer."
        yield Finding("CP503", message, remedy, seats[-1].span)


def _longest(facts: Facts, items: Callable[[Place], float]) -> Place:
    """The loop of this file, or else the step, that holds the most of a session."""
    longest = max(facts.outline, key=lambda place: _at_most(facts, [place], items))
    loops = [place for place in longest.walk() if place in facts.loops and not place.included]
    return loops[0] if loops else longest


def _too_long(longest: Place, people: int, most: float, limit: int) -> Finding:
    group = "With one person" if people == 1 else f"With {people} people"
    span = longest.step.at(*_PASSES)
    message = (
        f"{group} a session could have {most:,.0f} steps, most of them on "
        f"{line(longest.step.span, span)}; {limit:,} is the most."
    )
    remedy = "Let a loop go round less often, or take one loop out of another."
    return Finding("CP501", message, remedy, span)


_PASSES = ("at_most", "for_each")
"""The keys that say how often a loop goes round."""


def _at_most(
    facts: Facts, places: Iterable[Place], items: Callable[[Place], float] = _most_passes
) -> float:
    """How many steps there would be if all were taken as often as can be.

    ``items`` says how often a loop goes round whose passes are not written as a number.
    """
    total = 0.0
    for place in places:
        total += 1
        if place.blocks:
            inside = sum([_at_most(facts, block, items) for block in place.blocks])
            total += inside * _passes(facts, place, items)
    return total


def _passes(facts: Facts, place: Place, items: Callable[[Place], float]) -> float:
    match place.step:
        case RepeatUntil(at_most=int(passes)) | ForEach(items=int(passes)):
            return passes
        case RepeatUntil() | ForEach():
            return items(place)
        case Turns(role=role):
            meaning = facts.meaning(role.name, place.scope)
            return MOST_PEOPLE if meaning is None else meaning.most
        case _:
            return 1


def _limit(place: Place) -> int | Ref | None:
    """What a loop is limited by, if not by a list or by people."""
    step = place.step
    if isinstance(step, RepeatUntil):
        return step.at_most
    return step.items if isinstance(step, ForEach) and not step.item else None


def _of_loop(facts: Facts, place: Place, amounts: Mapping[str, Interval]) -> Iterator[Finding]:
    """Whether a loop has a bound, and one that people can live with."""
    limit = _limit(place)
    if isinstance(limit, int) and limit > MOST_PASSES:
        message = f"This loop may go round {limit} times."
        yield Finding(
            "CP502", message, f"{MOST_PASSES} times is the most.", place.step.at(*_PASSES)
        )
    elif isinstance(limit, Ref):
        largest = amounts.get(limit.name, (0, 0))[1]
        if largest > MOST_PASSES:
            yield _too_often(facts, limit, largest)


def _too_often(facts: Facts, limit: Ref, most: float) -> Finding:
    """A loop by a setting that may be too much, or anything at all."""
    setting = facts.names.get(limit.name)
    where = "" if setting is None else f" ({line(setting.span, limit.span)})"
    name = f"“{plainly(limit.name)}”{where}"
    message = f"{name} may be {most:.0f}, and this loop goes round as often."
    if math.isinf(most):
        message = f"{name} has no most, and so this loop could go round without an end."
    remedy = f"Give the setting a max; {MOST_PASSES} is the most."
    return Finding("CP502", message, remedy, limit.span)
