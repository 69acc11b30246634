"""What comes of reckoning with sets of numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.checking.ranges import MISSING, UNKNOWN, Numbers, Possible, only
from compassion_protocols.checking.reckoned import reckoned
from compassion_protocols.language.arithmetic import ARITHMETIC
from compassion_protocols.language.values import Duration
from tests.checking.nets import lies_in

numbers = st.one_of(
    st.integers(-(10**9), 10**9),
    st.integers(-5, 5),
    st.floats(-20, 20),
    st.integers(0, 600).map(Duration),
)


def around(*some: float) -> Possible:
    """Make the numbers between the least and the greatest of some."""
    whole = all(number == int(number) for number in some)
    return Possible(numbers=Numbers(min(some), max(some), whole))


@given(st.sampled_from(sorted(ARITHMETIC)), *[st.tuples(numbers, numbers)] * 2)
def test_each_result_lies_in_the_set(
    operator: str, left: tuple[float, float], right: tuple[float, float]
) -> None:
    """Reckoning with two numbers gives one of what comes of two sets that hold them."""
    found = reckoned(operator, around(*left), around(*right))
    for one in left:
        for other in right:
            assert lies_in(ARITHMETIC[operator](one, other), found)


def test_a_quotient_beyond_all_bounds() -> None:
    """Divided by next to nothing, a number may be out of bounds, and then it is missing."""
    found = reckoned("/", around(0, 3), around(1e-308, 1))
    assert found.missing
    assert found.numbers == Numbers(0, 10**9)
    assert reckoned("/", around(4), around(1e-308)) == MISSING


@pytest.mark.parametrize("left", [only("a"), only(True), MISSING])
def test_what_is_no_number_comes_to_nothing(left: Possible) -> None:
    """With a text, a yes or nothing there is nothing to reckon."""
    found = reckoned("+", left, only(1))
    assert found.missing
    assert not found.is_something
    assert reckoned("+", UNKNOWN, only(1)).missing
    assert reckoned("+", only(1), UNKNOWN).numbers is not None
