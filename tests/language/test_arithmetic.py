"""What comes of reckoning with numbers and durations."""

from __future__ import annotations

from math import inf, nan
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.language.arithmetic import (
    ARITHMETIC,
    LARGEST_NUMBER,
    bounded,
    lasting,
    negative,
    number,
)
from compassion_protocols.language.values import NOTHING, Contribution, Duration, Missing, Person

if TYPE_CHECKING:
    from compassion_protocols.language.arithmetic import Number
    from compassion_protocols.language.values import Value

numbers = st.one_of(
    st.integers(-LARGEST_NUMBER, LARGEST_NUMBER),
    st.floats(-LARGEST_NUMBER, LARGEST_NUMBER),
    st.integers(-LARGEST_NUMBER, LARGEST_NUMBER).map(Duration),
)


@pytest.mark.parametrize("value", [3, 2.5, Duration(3), Contribution(3, Person("1", "Ana"))])
def test_numbers(value: Value) -> None:
    """Numbers, durations and contributed numbers are numbers."""
    assert number(value) is not None


@pytest.mark.parametrize("value", [True, "3", (), NOTHING])
def test_no_numbers(value: Value | Missing) -> None:
    """A yes or no, a text, a list and what is missing are no numbers."""
    assert number(value) is None


@pytest.mark.parametrize("result", [inf, -inf, nan, LARGEST_NUMBER + 1, -1e10])
def test_out_of_bounds(result: float) -> None:
    """A number beyond a thousand million, or no proper number, is missing."""
    assert bounded(result) is NOTHING
    assert lasting(result) is NOTHING


@pytest.mark.parametrize(
    ("left", "operator", "right", "result"),
    [
        (1, "+", 2, 3),
        (1, "-", 2.5, -1.5),
        (3, "*", 4, 12),
        (6, "/", 4, 1.5),
        (6, "/", 0, NOTHING),
        (Duration(60), "/", Duration(0), NOTHING),
        (LARGEST_NUMBER, "+", 1, NOTHING),
        (LARGEST_NUMBER, "*", LARGEST_NUMBER, NOTHING),
        (Duration(60), "+", 30, Duration(90)),
        (30, "+", Duration(60), Duration(90)),
        (Duration(60), "-", Duration(30), Duration(30)),
        (Duration(60), "*", 1.5, Duration(90)),
        (2, "*", Duration(60), Duration(120)),
        (Duration(60), "*", Duration(2), 120),
        (Duration(100), "/", 3, Duration(33)),
        (Duration(90), "/", Duration(60), 1.5),
        (120, "/", Duration(60), 2.0),
    ],
)
def test_reckoning(left: Number, operator: str, right: Number, result: Number | Missing) -> None:
    """Numbers make numbers, and durations make durations where that means something."""
    outcome = ARITHMETIC[operator](left, right)
    assert outcome == result
    assert type(outcome) is type(result)


def test_signs() -> None:
    """A duration with its sign turned is a duration."""
    assert negative(3) == -3
    assert type(negative(Duration(3))) is Duration


@given(numbers, st.sampled_from("+-*/"), numbers)
def test_reckoning_never_fails(left: Number, operator: str, right: Number) -> None:
    """Any two numbers give a number within bounds, or none."""
    result = ARITHMETIC[operator](left, right)
    assert isinstance(result, Missing) or abs(result) <= LARGEST_NUMBER
