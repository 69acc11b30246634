"""How a comparison can come out between two sets of values, and what it leaves of a set.

The outcomes are bits of a whole number: :data:`TRUE`, :data:`FALSE` and :data:`UNSURE`, for a
comparison that is neither since something is missing or two things have no order. What values do
when they meet is said in ``language.values``; here each rule is read for all values of a set at
once.
"""

from __future__ import annotations

import math
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from attrs import evolve

from compassion_protocols.checking.ranges import (
    ANY_TEXT,
    MISSING,
    YES_OR_NO,
    Entries,
    Numbers,
    Possible,
    only,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Outcomes = int
TRUE, FALSE, UNSURE = 1, 2, 4
KNOWN = TRUE | FALSE
ALL = KNOWN | UNSURE

_NEGATED = [
    (TRUE if bits & FALSE else 0) | (FALSE if bits & TRUE else 0) | (bits & UNSURE)
    for bits in range(ALL + 1)
]
_INVERSE = {"!=": "==", ">=": "<", "<=": ">", "not in": "in"}
"""The comparisons that are true where another is false."""

MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
"""The same comparison with its sides exchanged."""

_EQUAL = {"==": TRUE, "!=": FALSE}
"""How the comparisons come out that say that two are equal."""

_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def negated(outcomes: Outcomes) -> Outcomes:
    """True for false and false for true."""
    return _NEGATED[outcomes]


def all_hold(each: Iterable[Outcomes]) -> Outcomes:
    """How `and` can come out: false if any is, else unsure if any is."""
    operands = list(each)
    if FALSE in operands:
        return FALSE
    true = all(outcomes & TRUE for outcomes in operands)
    return (TRUE if true else 0) | reduce(or_, operands) & (FALSE | UNSURE)


def any_holds(each: Iterable[Outcomes]) -> Outcomes:
    """How `or` can come out."""
    return negated(all_hold([negated(outcomes) for outcomes in each]))


# How a comparison can come out


def compared(left: Possible, operator: str, right: Possible) -> Outcomes:
    """All outcomes of a comparison between these."""
    if operator in _INVERSE:
        return negated(compared(left, _INVERSE[operator], right))
    found = UNSURE if left.missing or right.missing else 0
    if not (left.is_something and right.is_something):
        return found
    if operator == "in":
        return found | _contained(left, right)
    if left.anything or right.anything or left.lists or right.lists:
        return ALL
    if operator == "==":
        return found | _equal(left, right)
    return found | (_less(left, right) if operator == "<" else _less(right, left))


def _equal(left: Possible, right: Possible) -> Outcomes:
    found = _same_text(_spoken(left), _spoken(right))
    if left.numbers and right.numbers:
        found |= _same_number(left.numbers, right.numbers)
    if (left.numbers and _says(right)) or (right.numbers and _says(left)):
        found |= FALSE  # a number is no text
    return found


def _says(one: Possible) -> bool:
    return bool(one.truths) or one.texts is None or bool(one.texts)


def _spoken(one: Possible) -> frozenset[str] | None:
    """The texts that it can be, with a truth as the text that it equals."""
    if one.texts is None or not one.truths:
        return one.texts
    return one.texts | {"yes" if truth else "no" for truth in one.truths}


def _same_text(left: frozenset[str] | None, right: frozenset[str] | None) -> Outcomes:
    if left is None or right is None:
        return 0 if left == frozenset() or right == frozenset() else KNOWN
    if not left or not right:
        return 0
    return (TRUE if left & right else 0) | (0 if len(left | right) == 1 else FALSE)


def _same_number(left: Numbers, right: Numbers) -> Outcomes:
    meet = left.least <= right.most and right.least <= left.most
    meet = meet and _may_be(left, right) and _may_be(right, left)
    single = left.least == left.most == right.least == right.most
    return (TRUE if meet else 0) | (0 if single else FALSE)


def _may_be(one: Numbers, other: Numbers) -> bool:
    """Whether whole numbers may be another, as they may not where that is just one half."""
    return not one.whole or other.least != other.most or other.least == int(other.least)


def _less(left: Possible, right: Possible) -> Outcomes:
    found = 0
    if left.numbers and right.numbers:
        one, other = left.numbers, right.numbers
        found |= TRUE if one.least < other.most else 0
        found |= FALSE if one.most >= other.least else 0
    if left.texts is None or right.texts is None:
        found |= KNOWN
    elif left.texts and right.texts:
        found |= TRUE if min(left.texts) < max(right.texts) else 0
        found |= FALSE if max(left.texts) >= min(right.texts) else 0
    mixed = left.truths or right.truths or (left.numbers and _says(right))
    return found | (UNSURE if mixed or (right.numbers and _says(left)) else 0)


def _contained(part: Possible, whole: Possible) -> Outcomes:
    """Whether a part is in a whole. Nothing is claimed of lists, whose entries are not known."""
    if part.anything or part.lists or whole.anything or whole.lists:
        return ALL
    if whole.truths or whole.numbers:
        return ALL
    return FALSE if not (part.texts is None or part.texts) else KNOWN


# How something is taken for a condition


def holding(one: Possible) -> Outcomes:
    """Whether something holds, taken for a condition: nothing, empty and zero do not."""
    found = UNSURE if one.missing else 0
    if one.anything or one.texts is None:
        found |= KNOWN
    for value in (*one.truths, *(one.texts or ())):
        found |= TRUE if value else FALSE
    if one.numbers:
        low, high, _ = one.numbers
        found |= (FALSE if low <= 0 <= high else 0) | (0 if low == high == 0 else TRUE)
    if one.lists:
        found |= (TRUE if one.lists.most else 0) | (0 if one.lists.least else FALSE)
    return found


def given(one: Possible) -> Outcomes:
    """Whether something is given: not missing, and no empty list."""
    empty = one.missing or one.anything or (one.lists is not None and not one.lists.least)
    there = one.anything or _says(one) or one.numbers or (one.lists and one.lists.most)
    return (FALSE if empty else 0) | (TRUE if there else 0)


# What is left


def left_of(one: Possible, operator: str, constant: Possible, allowed: Outcomes) -> Possible:
    """What remains possible if comparing with a constant has come out as is allowed."""
    left = _kept(one, allowed, lambda part: compared(part, operator, constant))
    if allowed & KNOWN == _EQUAL.get(operator):
        twins = evolve(_twins(constant), missing=left.missing)
        if one.anything:
            return twins
        left = evolve(left, texts=twins.texts if one.texts is None else left.texts)
    if left.numbers and constant.numbers and operator in _OPPOSITE and allowed & KNOWN != KNOWN:
        sign = operator if allowed & TRUE else _OPPOSITE[operator]
        left = evolve(left, numbers=_cut(left.numbers, sign, constant.numbers.least))
    return left


def left_holding(one: Possible, allowed: Outcomes) -> Possible:
    """What remains possible if something, taken for a condition, has come out as is allowed."""
    left = _without_empty(_kept(one, allowed, holding), allowed)
    if left.texts is None and not allowed & TRUE:
        left = evolve(left, texts=frozenset(("",)))
    if left.numbers and allowed & KNOWN != KNOWN:
        left = evolve(left, numbers=_cut(left.numbers, "!=" if allowed & TRUE else "==", 0))
    return left


def left_given(one: Possible, allowed: Outcomes) -> Possible:
    """What remains possible if asking whether something is given has come out as is allowed."""
    return _without_empty(_kept(one, allowed, given), allowed)


def _kept(one: Possible, allowed: Outcomes, outcomes: Callable[[Possible], Outcomes]) -> Possible:
    """Those parts of a set of which something can come out as is allowed."""

    def may(part: Possible) -> bool:
        return bool(outcomes(part) & allowed)

    texts = one.texts
    if texts is not None:
        texts = frozenset([text for text in texts if may(only(text))])
    elif not may(ANY_TEXT):
        texts = frozenset()
    return Possible(
        one.missing and may(MISSING),
        frozenset([truth for truth in one.truths if may(only(truth))]),
        texts,
        one.numbers if one.numbers and may(Possible(numbers=one.numbers)) else None,
        one.lists if one.lists and may(Possible(lists=one.lists)) else None,
        one.anything and may(Possible(anything=True)),
        one.fields,
    )


def _without_empty(left: Possible, allowed: Outcomes) -> Possible:
    """Only lists with entries where nothing but true is allowed, only empty ones for false."""
    if left.lists is None or allowed & KNOWN == KNOWN:
        return left
    low, high = left.lists
    return evolve(left, lists=Entries(max(low, 1), high) if allowed & TRUE else Entries(0, 0))


def _twins(constant: Possible) -> Possible:
    """All that equals a constant: a yes equals the text “yes”."""
    texts = _spoken(constant) or frozenset()
    truths = frozenset([truth for truth in YES_OR_NO.truths if ("no", "yes")[truth] in texts])
    return evolve(constant, truths=truths, texts=texts)


def _cut(numbers: Numbers, operator: str, at: float) -> Numbers | None:
    """Those of the numbers of which a comparison with one number is true, as it is of some."""
    low, high, whole = numbers
    if operator == "==":
        low, high = max(low, at), min(high, at)
    elif operator == "!=":
        low, high = _without_end(numbers, at)
    elif operator in ("<", "<="):
        below = math.ceil(at) - 1 if operator == "<" and whole else at
        high = min(high, math.floor(below) if whole else below)
    else:
        above = math.floor(at) + 1 if operator == ">" and whole else at
        low = max(low, math.ceil(above) if whole else above)
    return Numbers(low, high, whole) if low <= high else None


def _without_end(numbers: Numbers, at: float) -> tuple[float, float]:
    """The ends, where one of them falls away; between the ends nothing can be cut out."""
    low, high, whole = numbers
    if whole and at in (low, high):
        return (low + 1, high) if at == low else (low, high - 1)
    return low, high
