"""How conditions can come out, against how they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.checking.comparing import ALL, FALSE, KNOWN, TRUE, UNSURE
from compassion_protocols.checking.outcomes import MOST_CUT, World, narrowed, outcomes, value_of
from compassion_protocols.language.condition import holds, parse_condition
from tests.checking.nets import NETS, conditions, lies_in, worlds

if TYPE_CHECKING:
    from compassion_protocols.language.expressions import Expression
    from compassion_protocols.language.values import Missing, Value

BIT = {True: TRUE, False: FALSE, None: UNSURE}
WORLD = World(lambda name: NETS[name][0])


def parsed(source: str) -> Expression:
    """Parse a condition."""
    return parse_condition(source).expression


@given(conditions, worlds)
def test_what_comes_out_was_possible(source: str, names: dict[str, Value | Missing]) -> None:
    """Whatever its names are, a condition comes out in one of the ways that were foretold."""
    condition = parse_condition(source)
    assert outcomes(condition.expression, WORLD) & BIT[holds(condition, names.__getitem__)]
    assert lies_in(
        condition.expression.evaluate(names.__getitem__), value_of(condition.expression, WORLD)
    )


@given(conditions, worlds, st.integers(1, ALL))
def test_what_is_left_holds_every_value(
    source: str, names: dict[str, Value | Missing], allowed: int
) -> None:
    """Where a condition came out as is allowed, its names lie in what is left of them."""
    condition = parse_condition(source)
    if BIT[holds(condition, names.__getitem__)] & allowed:
        left = narrowed(WORLD, condition.expression, allowed)
        assert left is not None
        for expression, net in left.cut.items():
            assert lies_in(expression.evaluate(names.__getitem__), net)


@given(conditions, conditions, worlds)
def test_one_condition_after_another(
    first: str, second: str, names: dict[str, Value | Missing]
) -> None:
    """Where one condition holds, what is said of another one there is true as well."""
    guard, inner = parse_condition(first), parse_condition(second)
    if holds(guard, names.__getitem__):
        left = narrowed(WORLD, guard.expression, TRUE)
        assert left is not None
        truth = BIT[holds(inner, names.__getitem__)]
        assert outcomes(inner.expression, left) & truth
        assert narrowed(left, inner.expression, truth) is not None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("n >= 0", TRUE | UNSURE),
        ("n > 10", FALSE | UNSURE),
        ("m > 3", FALSE),
        ("m >= 1", TRUE),
        ("n is given", KNOWN),
        ("m is given", TRUE),
        ("m is missing", FALSE),
        ("k", KNOWN),
        ("not m", FALSE),
        ("y", ALL),
        ("o == 'a'", KNOWN),
        ("o < 'c'", TRUE),
        ("o == 1", FALSE),
        ("o < 1", UNSURE),
        ("k == 'yes'", KNOWN),
        ("o in 'ab'", KNOWN),
        ("m in 'ab'", FALSE),
        ("'a' in k", ALL),
        ("m > 3 and n > 3", FALSE),
        ("m >= 1 or n > 3", TRUE),
        ("m >= 1 and n >= 0", TRUE | UNSURE),
        ("0 < m < 4", TRUE),
        ("(l | count) > 3", FALSE | UNSURE),
        ("(l | given | count) <= 3", TRUE),
        ("n / 0 > 1", UNSURE),
        ("k + 1 > 1", UNSURE),
        ("m * 1000000000 > 0", TRUE | UNSURE),
        ("m * 1000000000 + 1 > 0", UNSURE),
        ("(3 if m > 3 else 4) == 4", TRUE),
        ("(3 if k else 4) > 2", TRUE),
        ("(3 if m > 3) == 3", UNSURE),
        ("f.s > 4", FALSE | UNSURE),
    ],
)
def test_how_conditions_can_come_out(source: str, expected: int) -> None:
    """Each condition can come out in these ways, and in no other."""
    assert outcomes(parsed(source), WORLD) == expected


def test_what_is_fixed_is_not_cut() -> None:
    """Of a constant nothing more is known after a condition than before."""
    left = narrowed(WORLD, parsed("3 is given and 3 < n"), TRUE)
    assert left is not None
    assert list(left.cut) == [parsed("n")]
    assert narrowed(WORLD, parsed("3 is missing and 3 < n"), TRUE) is None


def test_only_so_much_is_kept_in_mind() -> None:
    """Of very many conditions in one, some are forgotten, and the rest is still true."""
    many = " and ".join(f"n + {at} != 3" for at in range(MOST_CUT + 20))
    left = narrowed(WORLD, parsed(many), TRUE)
    assert left is not None
    assert len(left.cut) == MOST_CUT
