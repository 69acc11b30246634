"""What can never come true between two sides of a comparison."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.kinds import NUMBER, PERSON, TEXT, TEXTS, Kind, Word
from compassion_protocols.checking.mismatches import Side, inequality, mismatch, written
from compassion_protocols.language.condition import parse_condition
from compassion_protocols.language.expressions import Constant, Name

SKY = Kind(Word.TEXT, options=("sun", "rain"))
X, Y = Name("x"), Name("y")


@pytest.mark.parametrize(
    ("left", "operator", "right", "code"),
    [
        (Side(X, SKY), "==", Side(Constant("rain"), TEXT), ""),
        (Side(X, SKY), "!=", Side(Constant("snow"), TEXT), "CP423"),
        (Side(X, TEXT), "==", Side(Y, PERSON), "CP423"),
        (Side(X, TEXT), "<", Side(Y, NUMBER), "CP423"),
        (Side(X, NUMBER), "<", Side(Y, NUMBER), ""),
        (Side(X, TEXTS), "==", Side(Constant("rain"), TEXT), "CP420"),
        (Side(X, TEXTS), "==", Side(Y, TEXTS), ""),
        (Side(X, TEXTS), "in", Side(Y, TEXTS), "CP420"),
        (Side(X, TEXT), "in", Side(Y, NUMBER), "CP421"),
        (Side(Constant("snow"), TEXT), "in", Side(Y, Kind(Word.LIST, SKY)), "CP423"),
        (Side(Constant("sun"), TEXT), "not in", Side(Y, Kind(Word.LIST, SKY)), ""),
    ],
)
def test_what_can_come_to_nothing_only(left: Side, operator: str, right: Side, code: str) -> None:
    """Two sides that never meet are told, whichever of them it is that does not fit."""
    found = mismatch(left, operator, right)
    assert ("" if found is None else found.code) == code


def test_one_entry_may_be_a_list_itself() -> None:
    """What never equals a value is told as that, even where it is a list."""
    found = inequality(Side(X, TEXTS), Side(Constant("rain"), TEXT))
    assert found is not None
    assert found.code == "CP423"


@pytest.mark.parametrize(
    ("source", "shown"),
    [("a.b", "a.b"), ("a[0]", "a[0]"), ("a", "a"), ("2", "2"), ("a + b", "it")],
)
def test_what_is_short_is_written_out_again(source: str, shown: str) -> None:
    """A name, a field, an entry and a constant stand in a message as they stand in the file."""
    assert written(parse_condition(source).expression) == shown
