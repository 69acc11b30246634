"""What a plain scalar may stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.reading.marks import MarkedList, MarkedMap, MarkedText
from compassion_protocols.reading.scalars import as_flag, as_number, as_whole_number, is_empty

LEFT_AS_WRITTEN = ["no", "on", "yes", "True", "1:30", "17:00", "2026-01-01", "010", "=", "0x1F"]
LEFT_AS_WRITTEN += ["1_000", ".inf", ".nan", "+3", ".5", "5.", "0o7", "1e999", "٣", "Null", "3 "]
LEFT_AS_WRITTEN += ["9" * 19, "9" * 5_000, "-", "1e", "--1", "0.1.2"]


@pytest.mark.parametrize("text", LEFT_AS_WRITTEN)
def test_what_only_looks_like_something_is_a_text(text: str) -> None:
    """A scalar that YAML or Python might read as a number, a flag or nothing is none of these."""
    node = MarkedText(text)
    assert as_whole_number(node) is as_number(node) is as_flag(node) is None
    assert not is_empty(node)


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_whole_numbers_are_read(number: int) -> None:
    """Every whole number of up to 18 digits is read as itself, by both number readers."""
    node = MarkedText(str(number))
    assert as_whole_number(node) == as_number(node) == number


@given(st.floats(-1e300, 1e300))
def test_numbers_are_read(number: float) -> None:
    """A number with a point or an exponent is the nearest float, and never a whole number."""
    text = f"{number:.9e}"
    assert as_number(MarkedText(text)) == float(text)
    assert as_whole_number(MarkedText(text)) is None


def test_flags_are_true_and_false() -> None:
    """A flag is spelt true or false."""
    assert as_flag(MarkedText("true")) is True
    assert as_flag(MarkedText("false")) is False


@pytest.mark.parametrize("text", ["", "~", "null"])
def test_nothing_can_be_written_in_three_ways(text: str) -> None:
    """A value left out, a tilde and null are empty."""
    assert is_empty(MarkedText(text))


@pytest.mark.parametrize("indicator", ['"', "'", "|", ">"])
def test_quotes_make_a_text(indicator: str) -> None:
    """A scalar in quotes or in a block is a text, whatever it looks like."""
    assert as_whole_number(MarkedText("3", indicator=indicator)) is None
    assert as_number(MarkedText("3", indicator=indicator)) is None
    assert as_flag(MarkedText("true", indicator=indicator)) is None
    assert not is_empty(MarkedText("", indicator=indicator))


@pytest.mark.parametrize("node", [MarkedList(), MarkedMap()])
def test_lists_and_maps_are_no_scalars(node: MarkedList | MarkedMap) -> None:
    """A list or a map is no number, no flag and not empty."""
    assert as_whole_number(node) is as_number(node) is as_flag(node) is None
    assert not is_empty(node)
