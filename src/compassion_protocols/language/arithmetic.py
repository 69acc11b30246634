"""Numbers and lengths of time: what comes of adding, dividing and averaging them.

A duration stays one where that makes sense: 3 minutes and 30 seconds, or half of
3 minutes. A result that is out of bounds, or that does not exist, is missing.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, TypeAlias

from compassion_protocols.language.values import NOTHING, Duration, Missing, bare

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols.language.values import Value

LARGEST_NUMBER = 10**9

Number: TypeAlias = int | float


def number(value: Value | Missing) -> Number | None:
    """Take a value for a number, if it is one; a yes or no is none."""
    value = bare(value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def bounded(result: Number) -> Number | Missing:
    """Keep a result that is a proper number of at most a thousand million."""
    return result if isfinite(result) and abs(result) <= LARGEST_NUMBER else NOTHING


def lasting(seconds: Number) -> Number | Missing:
    """Take a number of seconds for a duration."""
    kept = bounded(seconds)
    return kept if isinstance(kept, Missing) else Duration(round(kept))


def add(left: Number, right: Number) -> Number | Missing:
    """Add; a duration and a number of seconds make a duration."""
    timed = isinstance(left, Duration) or isinstance(right, Duration)
    return (lasting if timed else bounded)(left + right)


def subtract(left: Number, right: Number) -> Number | Missing:
    """Take away, as in :func:`add`."""
    return add(left, negative(right))


def multiply(left: Number, right: Number) -> Number | Missing:
    """Multiply; so many times a duration is a duration."""
    timed = isinstance(left, Duration) != isinstance(right, Duration)
    return (lasting if timed else bounded)(left * right)


def divide(left: Number, right: Number) -> Number | Missing:
    """Divide; a part of a duration is a duration, and nothing can be divided by zero."""
    if not right:
        return NOTHING
    timed = isinstance(left, Duration) and not isinstance(right, Duration)
    return (lasting if timed else bounded)(left / right)


def negative(value: Number) -> Number:
    """Turn the sign."""
    return Duration(-value) if isinstance(value, Duration) else -value


ARITHMETIC: dict[str, Callable[[Number, Number], Number | Missing]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
}
