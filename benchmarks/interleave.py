"""How many times as long one thing takes as another, on a machine that does other things too.

A clock alone says little: the next run of the same work may take twice as long,
since the machine is warmer, or busy. So two things are always measured in
turns, A B A B, in slices of some milliseconds. Whatever slows the machine down
slows both slices of a pair, and falls out of their quotient. The median of many
quotients is stable to a few percent where either time alone is not.
"""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SLICE = 0.004
"""Seconds: long enough for the clock, short enough that a pair meets the same machine."""

PAIRS = 41


def ratio(ours: Callable[[], object], theirs: Callable[[], object], pairs: int = PAIRS) -> float:
    """How many times as long a call of ``ours`` takes as a call of ``theirs``."""
    a, b = calls_in_a_slice(ours), calls_in_a_slice(theirs)
    return median(seconds(ours, a) / seconds(theirs, b) for _ in range(pairs))


def seconds(work: Callable[[], object], calls: int) -> float:
    """How long one call takes, over so many of them."""
    start = perf_counter()
    for _ in range(calls):
        work()
    return (perf_counter() - start) / calls


def calls_in_a_slice(work: Callable[[], object]) -> int:
    """How many calls fill a slice; at least one."""
    work()  # the first call may have caches to fill
    calls = 1
    while calls * seconds(work, calls) < SLICE / 2:
        calls *= 2
    return max(1, round(SLICE / seconds(work, calls)))


def fastest(work: Callable[[], object], pairs: int = PAIRS) -> float:
    """Seconds that a call takes when nothing disturbs it. For an idea of the size only."""
    calls = calls_in_a_slice(work)
    return min(seconds(work, calls) for _ in range(pairs))
