"""Expressions, built by hand and evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compassion_protocols.language.expressions import (
    And,
    Arithmetic,
    Attribute,
    Comparison,
    Concat,
    Conditional,
    Constant,
    Expression,
    Filter,
    Item,
    Name,
    Negative,
    Not,
    Or,
    Test,
)
from compassion_protocols.language.filters import LONGEST_VALUE
from compassion_protocols.language.values import (
    NOTHING,
    Contribution,
    Missing,
    Person,
    Reason,
)

if TYPE_CHECKING:
    from compassion_protocols.language.values import Value

ANA = Person("1", "Ana")
SKIPPED = Missing(Reason.SKIPPED)
NAMES: dict[str, Value | Missing] = {
    "n": 3,
    "zero": 0,
    "tea": "tea",
    "skipped": SKIPPED,
    "list": ("a", "b"),
    "form": {"what": "walk", "by": "later"},
    "entry": Contribution("rest", ANA, {"need": "sleep"}),
    "told": Contribution({"what": "walk"}, ANA, {"what": "loop"}),
    "planned": Contribution({"what": "walk"}, ANA),
    "ana": ANA,
}
N, ZERO, TEA, GONE = Name("n"), Name("zero"), Name("tea"), Name("skipped")
YES, NO = Constant(True), Constant(False)


def value_of(expression: Expression) -> Value | Missing:
    """Evaluate with the names above."""
    return expression.evaluate(NAMES.__getitem__)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (Attribute(Name("form"), "what"), "walk"),
        (Attribute(Name("form"), "items"), NOTHING),
        (Attribute(Name("entry"), "by"), ANA),
        (Attribute(Name("entry"), "value"), "rest"),
        (Attribute(Name("entry"), "need"), "sleep"),
        (Attribute(Name("entry"), "loops"), NOTHING),
        (Attribute(Name("told"), "what"), "loop"),
        (Attribute(Name("planned"), "what"), "walk"),
        (Attribute(Name("ana"), "id"), NOTHING),
        (Attribute(TEA, "upper"), NOTHING),
        (Attribute(Name("list"), "count"), NOTHING),
        (Attribute(GONE, "what"), SKIPPED),
        (Item(Name("list"), 0), "a"),
        (Item(Name("list"), -1), "b"),
        (Item(Name("list"), 2), NOTHING),
        (Item(Name("list"), -3), NOTHING),
        (Item(Name("list"), "a"), NOTHING),
        (Item(Name("form"), "what"), "walk"),
        (Item(Name("form"), 0), NOTHING),
        (Item(TEA, 0), NOTHING),
        (Item(GONE, 0), SKIPPED),
    ],
)
def test_reaching_inside(expression: Expression, value: Value | Missing) -> None:
    """A dot and an index reach into forms, lists and entries, and nothing else."""
    assert value_of(expression) == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (Test(N, "given"), True),
        (Test(N, "missing"), False),
        (Test(GONE, "given"), False),
        (Test(GONE, "missing"), True),
        (Comparison((N, Constant(3)), ("==",)), True),
        (Comparison((N, Constant(3)), ("!=",)), False),
        (Comparison((N, Constant(3)), ("<=",)), True),
        (Comparison((N, Constant(3)), (">",)), False),
        (Comparison((N, Constant(4)), ("<",)), True),
        (Comparison((N, Constant(4)), (">=",)), False),
        (Comparison((N, Constant("a")), ("<",)), NOTHING),
        (Comparison((N, GONE), ("!=",)), NOTHING),
        (Comparison((Constant("a"), Name("list")), ("in",)), True),
        (Comparison((Constant("a"), Name("list")), ("not in",)), False),
        (Comparison((ZERO, N, Constant(3)), ("<", "<=")), True),
        (Comparison((ZERO, N, GONE), (">", "<")), False),
        (Comparison((ZERO, N, GONE), ("<", "<")), NOTHING),
        (Not(YES), False),
        (Not(GONE), NOTHING),
        (And((N, TEA)), "tea"),
        (And((ZERO, TEA)), 0),
        (And((GONE, YES)), SKIPPED),
        (And((GONE, NO)), False),
        (And((YES, GONE)), SKIPPED),
        (Or((N, TEA)), 3),
        (Or((ZERO, TEA)), "tea"),
        (Or((GONE, TEA)), "tea"),
        (Or((GONE, ZERO)), SKIPPED),
        (Or((ZERO, NO)), False),
        (Conditional(YES, N, TEA), 3),
        (Conditional(GONE, N, TEA), "tea"),
        (Conditional(NO, N), NOTHING),
        (Arithmetic("+", N, Constant(1)), 4),
        (Arithmetic("+", N, TEA), NOTHING),
        (Arithmetic("+", TEA, N), NOTHING),
        (Arithmetic("/", N, ZERO), NOTHING),
        (Arithmetic("*", GONE, N), SKIPPED),
        (Negative(N), -3),
        (Negative(TEA), NOTHING),
        (Negative(GONE), SKIPPED),
        (Concat((N, TEA, YES)), "3teayes"),
        (Concat((N, GONE)), SKIPPED),
        (Filter(GONE, "default", (TEA,)), "tea"),
    ],
)
def test_evaluating(expression: Expression, value: Value | Missing) -> None:
    """What is missing makes the result missing, unless the rest decides it."""
    outcome = value_of(expression)
    assert outcome == value
    assert type(outcome) is type(value)


def test_long_texts_are_cut() -> None:
    """Texts put side by side are no longer than a value may be."""
    long = Constant("x" * LONGEST_VALUE)
    assert value_of(Concat((long, long))) == long.value


def test_an_unknown_filter() -> None:
    """An expression with a filter that is not in the table cannot be made."""
    with pytest.raises(KeyError):
        Filter(N, "shout")
