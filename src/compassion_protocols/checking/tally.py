"""What some steps amount to, as numbers that can be added up.

A step amounts to its moments, and to the seconds of those that a timer ends; *least* and *most* of
each are kept side by side. How long things take, and for whom, is the matter of :mod:`.reckoning`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Interval = tuple[float, float]
"""The least and the most of something."""


class Tally(NamedTuple):
    """Moments; moments without a timer; seconds together and apart; whether it may end here."""

    least: float = 0
    least_together: float = 0
    least_apart: float = 0
    most: float = 0
    untimed: float = 0
    most_together: float = 0
    most_apart: float = 0
    ends: float = 0


LEASTS = 3
"""How many of the columns are leasts."""

NOTHING = Tally()
UNTIMED = Tally(least=1, most=1, untimed=1)


def added(tallies: Sequence[Tally]) -> Tally:
    """One after the other. Where one may end it all, what comes after may not happen."""
    if not tallies:
        return NOTHING
    total = Tally(*map(sum, zip(*tallies, strict=True)))
    if not total.ends:
        return total
    first = next(at for at, tally in enumerate(tallies) if tally.ends)
    shortest = [sum(column) for column in zip(*tallies[: first + 1], strict=True)]
    return Tally(*shortest[:LEASTS], *total[LEASTS:])


def either(tallies: Iterable[Tally]) -> Tally:
    """One of them."""
    columns = list(zip(*tallies, strict=True))
    return Tally(*map(min, columns[:LEASTS]), *map(max, columns[LEASTS:]))


def times(tally: Tally, passes: Interval) -> Tally:
    """So many passes of it."""
    least, most = passes
    if most <= 0:
        return NOTHING
    if tally.ends:
        least = min(least, 1)
    return Tally(
        *[column * least for column in tally[:LEASTS]],
        *[column * most for column in tally[LEASTS:]],
    )
