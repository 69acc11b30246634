"""How a comparison can come out between sets, and what is left of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.checking.comparing import (
    ALL,
    FALSE,
    KNOWN,
    TRUE,
    UNSURE,
    all_hold,
    any_holds,
    left_given,
    left_holding,
    left_of,
    negated,
)
from compassion_protocols.checking.ranges import UNKNOWN, Entries, Numbers, Possible, only
from compassion_protocols.language.values import both, either

TRUTHS = {TRUE: True, FALSE: False, UNSURE: None}


def members(outcomes: int) -> list[bool | None]:
    """Write a set of outcomes as a list."""
    return [truth for bit, truth in TRUTHS.items() if outcomes & bit]


@given(st.lists(st.integers(1, ALL), min_size=1, max_size=3))
def test_and_and_or_follow_kleene(operands: list[int]) -> None:
    """Joined by `and` or `or`, sets of outcomes come out as all of their members do."""
    found_all, found_any = set[bool | None](), set[bool | None]()
    rows: list[list[bool | None]] = [[]]
    for outcomes in operands:
        rows = [[*row, truth] for row in rows for truth in members(outcomes)]
    for row in rows:
        found_all.add(both(*row))
        found_any.add(either(*row))
    assert set(members(all_hold(operands))) == found_all
    assert set(members(any_holds(operands))) == found_any
    assert negated(negated(operands[0])) == operands[0]


@pytest.mark.parametrize(
    ("operator", "allowed", "expected"),
    [
        ("<", TRUE, (0, 3)),
        ("<", FALSE, (4, 10)),
        ("<=", TRUE, (0, 4)),
        ("<=", FALSE, (5, 10)),
        (">", TRUE, (5, 10)),
        (">", FALSE, (0, 4)),
        (">=", TRUE, (4, 10)),
        (">=", FALSE, (0, 3)),
        ("==", TRUE, (4, 4)),
        ("==", FALSE, (0, 10)),
        ("!=", TRUE, (0, 10)),
        ("!=", FALSE, (4, 4)),
        ("==", KNOWN, (0, 10)),
        ("==", TRUE | UNSURE, (4, 4)),
    ],
)
def test_whole_numbers_are_cut(operator: str, allowed: int, expected: tuple[int, int]) -> None:
    """Of the whole numbers from 0 to 10, a comparison with 4 leaves just these."""
    left = left_of(Possible(True, numbers=Numbers(0, 10, True)), operator, only(4), allowed)
    assert left.numbers == Numbers(*expected, whole=True)
    assert left.missing == bool(allowed & UNSURE)


@pytest.mark.parametrize(
    ("numbers", "operator", "at", "expected"),
    [
        (Numbers(0, 1), "<", 0, None),
        (Numbers(0, 1), ">", 1, None),
        (Numbers(0, 1), "<", 0.5, Numbers(0, 0.5)),
        (Numbers(0, 1), ">", 0.5, Numbers(0.5, 1)),
        (Numbers(0, 1), "!=", 0, Numbers(0, 1)),
        (Numbers(2, 2), "!=", 2, None),
        (Numbers(0, 3, True), "!=", 0, Numbers(1, 3, True)),
        (Numbers(0, 3, True), "!=", 3, Numbers(0, 2, True)),
        (Numbers(0, 3, True), "<", 2.5, Numbers(0, 2, True)),
        (Numbers(0, 3, True), ">", 2.5, Numbers(3, 3, True)),
        (Numbers(0, 3, True), ">=", 2.5, Numbers(3, 3, True)),
        (Numbers(0, 3, True), "<=", 2.5, Numbers(0, 2, True)),
        (Numbers(0, 3, True), "==", 4, None),
    ],
)
def test_numbers_are_cut_at_their_ends(
    numbers: Numbers, operator: str, at: float, expected: Numbers | None
) -> None:
    """What a true comparison leaves of numbers, whole ones or any."""
    left = left_of(Possible(numbers=numbers), operator, only(at), TRUE)
    assert left.numbers == expected
    assert left.is_something == (expected is not None)


def test_what_equals_a_text() -> None:
    """Of anything at all, what equals “yes” is that text or a yes; else it stays anything."""
    left = left_of(UNKNOWN, "==", only("yes"), TRUE)
    assert (left.texts, left.truths) == (frozenset({"yes"}), frozenset({True}))
    assert left_of(UNKNOWN, "!=", only("yes"), FALSE).texts == frozenset({"yes"})
    assert left_of(UNKNOWN, "!=", only("yes"), TRUE).anything
    assert left_of(Possible(texts=None), "==", only("a"), TRUE).texts == frozenset({"a"})
    assert not left_of(Possible(texts=None), "==", only(1), TRUE).is_something


def test_what_holds_and_what_is_given() -> None:
    """What holds is not zero and not empty; what is given is not missing and no empty list."""
    some = Possible(True, texts=None, numbers=Numbers(0, 3, True), lists=Entries(0, 4))
    holds = left_holding(some, TRUE)
    assert (holds.missing, holds.numbers, holds.lists) == (
        False,
        Numbers(1, 3, True),
        Entries(1, 4),
    )
    not_holds = left_holding(some, FALSE)
    assert (not_holds.texts, not_holds.numbers, not_holds.lists) == (
        frozenset({""}),
        Numbers(0, 0, True),
        Entries(0, 0),
    )
    given_left = left_given(some, TRUE)
    assert (given_left.missing, given_left.lists) == (False, Entries(1, 4))
    missing = left_given(some, FALSE)
    assert (missing.missing, missing.texts, missing.numbers, missing.lists) == (
        True,
        frozenset(),
        None,
        Entries(0, 0),
    )
    assert left_given(some, KNOWN).lists == Entries(0, 4)
