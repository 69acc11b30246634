"""Adding up what steps amount to."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.checking.tally import Tally, added, either, times

whole = st.integers(0, 100)


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    """Draw what some steps amount to, each least no more than its most."""
    moments, together, apart = draw(whole), draw(whole), draw(whole)
    return Tally(
        least=moments,
        least_together=together,
        least_apart=apart,
        most=moments + draw(whole),
        untimed=draw(whole),
        most_together=together + draw(whole),
        most_apart=apart + draw(whole),
        ends=draw(st.integers(0, 1)),
    )


def in_order(tally: Tally) -> bool:
    """Tell whether no least is more than its most."""
    return (
        tally.least <= tally.most
        and tally.least_together <= tally.most_together
        and tally.least_apart <= tally.most_apart
    )


@given(st.lists(tallies()), st.tuples(whole, whole))
def test_no_least_is_more_than_its_most(each: list[Tally], passes: tuple[int, int]) -> None:
    """However steps are put together, the least stays below the most."""
    assert in_order(added(each))
    assert in_order(either([Tally(), *each]))
    low, high = sorted(passes)
    assert in_order(times(added(each), (low, high)))


def test_one_after_the_other() -> None:
    """Steps one after the other amount to their sum; no steps to nothing."""
    assert added([]) == Tally()
    assert added([Tally(1, 2, 3, 4), Tally(1, 1, 1, 1)]) == Tally(2, 3, 4, 5)


def test_what_may_end_it_all() -> None:
    """After what may be the end, nothing more is sure to come."""
    ending = Tally(least=1, most=1, ends=1)
    assert added([Tally(least=1, most=1), ending, Tally(least=5, most=5)]) == Tally(
        least=2, most=7, ends=1
    )


def test_one_of_them() -> None:
    """Of several ways the shortest is the least, and the longest the most."""
    assert either([Tally(1, 2, 3, 4, 5, 6, 7), Tally(2, 1, 4, 3, 6, 5, 8)]) == Tally(
        1, 1, 3, 4, 6, 6, 8
    )


def test_so_many_passes() -> None:
    """A pass counts as often as it comes; no pass is nothing, even of what has no most."""
    assert times(Tally(least=2, most=3), (1, 4)) == Tally(least=2, most=12)
    assert times(Tally(most=math.inf), (0, 0)) == Tally()
    assert times(Tally(least=2, most=3, ends=1), (3, 3)).least == 2
