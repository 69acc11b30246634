"""How a condition can come out, whatever the session brings: always, never, or it depends.

A condition is evaluated here on sets instead of values: on what its names can be
(:mod:`.ranges`). What comes out is a set as well, of *true*, *false* and *unknown*, written as the
bits of a whole number. It holds every outcome that a session can have and perhaps some more, so
what is not in it is proved to be impossible, and whatever is hard to tell is left as possible.

Sets alone do not see that ``n > 5 and n < 3`` contradicts itself: each half may be true. So there
is a second question, :func:`narrowed`: given that a condition has come out so, what can its names
be then? Each comparison with a constant cuts the set of what stands beside it, ``and`` hands what
is left to its next operand, ``or`` joins what is left in each; if nothing is left, it cannot come
out so. What is cut is not only a name but any expression, such as ``r | count``, since the same
expression has the same value as long as its names do.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from compassion_protocols.checking.comparing import (
    FALSE,
    MIRRORED,
    TRUE,
    UNSURE,
    all_hold,
    any_holds,
    compared,
    given,
    holding,
    left_given,
    left_holding,
    left_of,
    negated,
)
from compassion_protocols.checking.ranges import (
    ANY_TEXT,
    MISSING,
    UNKNOWN,
    Entries,
    Numbers,
    Possible,
    either,
    only,
    perhaps,
)
from compassion_protocols.checking.reckoned import reckoned
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from compassion_protocols.checking.comparing import Outcomes

MOST_CUT = 40
"""Of how many expressions more is kept in mind than their declaration says."""

_MAYBE_TEXT = perhaps(ANY_TEXT)


@frozen(eq=False)
class World:
    """What names can be somewhere, and which expressions have been cut to less."""

    of: Callable[[str], Possible]
    cut: Mapping[Expression, Possible] = field(factory=dict)

    def with_cut(self, expression: Expression, left: Possible) -> World:
        if len(self.cut) >= MOST_CUT:
            return self
        return World(self.of, {**self.cut, expression: left})


# What an expression can be


def value_of(of: Expression, world: World) -> Possible:
    """All that an expression can be."""
    if world.cut:
        found = world.cut.get(of)
        if found is not None:
            return found
    value = _VALUES.get(type(of))
    return _as_value(outcomes(of, world)) if value is None else value(of, world)


def _as_value(found: Outcomes) -> Possible:
    truths = [truth for truth, bit in ((True, TRUE), (False, FALSE)) if found & bit]
    return Possible(missing=bool(found & UNSURE), truths=frozenset(truths))


def _within(of: Attribute | Item, world: World) -> Possible:
    whole = value_of(of.of, world)
    key = of.name if isinstance(of, Attribute) else of.key
    if isinstance(key, str) and key in whole.fields:
        inner = whole.fields[key]
        return perhaps(inner) if whole.missing else inner
    return UNKNOWN


def _filtered(of: Filter, world: World) -> Possible:
    value = value_of(of.of, world)
    if of.name == "default":
        return _or_else(value, value_of(of.arguments[0], world))
    if of.name == "given":
        return Possible(lists=Entries() if value.anything else _entries(value))
    if of.name == "count":
        if value.anything:
            return Possible(value.missing, numbers=Numbers(0, whole=True))
        low, high = _entries(evolve(value, missing=False))
        return Possible(value.missing, numbers=Numbers(low, high, True))
    return _MAYBE_TEXT if of.name in _ON_TEXT else UNKNOWN


_ON_TEXT = ("upper", "lower", "capitalize", "title", "trim", "truncate", "join", "plural")


def _entries(value: Possible) -> Entries:
    """How many entries something has, taken for a list; what is missing has none."""
    counts = list(value.lists or ())
    if value.missing:
        counts.append(0)
    if evolve(value, missing=False, lists=None).is_something:
        counts.append(1)
    return Entries(min(counts), max(counts)) if counts else Entries(0, 0)


def _or_else(value: Possible, instead: Possible) -> Possible:
    """The value where it is given, else what stands in for it."""
    left = left_given(value, TRUE)
    return either(left, instead) if given(value) & FALSE else left


def _chosen(of: Conditional, world: World) -> Possible:
    tested = outcomes(of.test, world)
    otherwise = MISSING if of.otherwise is None else value_of(of.otherwise, world)
    if not tested & TRUE:
        return otherwise
    then = value_of(of.then, world)
    return then if tested == TRUE else either(then, otherwise)


_VALUES: dict[type[Expression], Callable[[Any, World], Possible]] = {
    Constant: lambda of, world: only(of.value),
    Name: lambda of, world: world.of(of.name),
    Attribute: _within,
    Item: _within,
    Filter: _filtered,
    Conditional: _chosen,
    Arithmetic: lambda of, world: reckoned(
        of.operator, value_of(of.left, world), value_of(of.right, world)
    ),
    Negative: lambda of, world: reckoned("-", only(0), value_of(of.of, world)),
    Concat: lambda of, world: _MAYBE_TEXT,
    And: lambda of, world: UNKNOWN,
    Or: lambda of, world: UNKNOWN,
}
"""What is not here is true, false or unknown."""


# How an expression can come out


def outcomes(of: Expression, world: World) -> Outcomes:
    """How an expression can come out, taken for a condition."""
    match of:
        case Comparison(operands=(left, right), operators=(operator,)):
            return compared(value_of(left, world), operator, value_of(right, world))
        case And(operands=operands):
            return all_hold([outcomes(each, world) for each in operands])
        case Or(operands=operands):
            return any_holds([outcomes(each, world) for each in operands])
        case Not(of=inner):
            return negated(outcomes(inner, world))
        case Test(of=inner, name=name):
            found = given(value_of(inner, world))
            return found if name == "given" else negated(found)
        case Comparison(operands=operands, operators=operators):
            values = [value_of(each, world) for each in operands]
            links = zip(values, operators, values[1:], strict=False)
            return all_hold([compared(*link) for link in links])
        case _:
            return holding(value_of(of, world))


# What is left where it has come out so


def narrowed(world: World, of: Expression, allowed: Outcomes) -> World | None:
    """The world where an expression has come out as is allowed; None if it never does."""
    match of:
        case Not(of=inner):
            return narrowed(world, inner, negated(allowed))
        case And(operands=operands):
            return _joined(world, operands, allowed, TRUE, FALSE)
        case Or(operands=operands):
            return _joined(world, operands, allowed, FALSE, TRUE)
        case Comparison(operands=operands, operators=operators) if len(operators) > 1:
            pairs = zip(operands, operators, operands[1:], strict=False)
            links = tuple([Comparison((left, right), (sign,)) for left, sign, right in pairs])
            return _joined(world, links, allowed, TRUE, FALSE)
    if not outcomes(of, world) & allowed:
        return None
    match of:
        case Comparison(operands=(left, right), operators=(operator,)):
            cut = _cut(world, left, operator, right, allowed)
            if operator in MIRRORED:
                return _cut(cut, right, MIRRORED[operator], left, allowed)
            return cut
        case Test(of=inner, name=name):
            wanted = allowed if name == "given" else negated(allowed)
            return _with(world, inner, left_given(value_of(inner, world), wanted))
        case _:
            return _with(world, of, left_holding(value_of(of, world), allowed))


def _joined(
    world: World,
    operands: tuple[Expression, ...],
    allowed: Outcomes,
    neutral: Outcomes,
    decisive: Outcomes,
) -> World | None:
    """What is left by operands of which one that is decisive decides for all."""
    if allowed & neutral and allowed & decisive:
        return world if _together(operands, world, neutral) & allowed else None
    if allowed & decisive:
        # Some operand has come out so, we do not know which.
        ways = [narrowed(world, each, allowed) for each in operands]
        return _any_of(world, [way for way in ways if way is not None])
    left: World | None = world
    for each in operands:
        # Where the whole is unknown, some of them may be neutral.
        left = left and narrowed(left, each, allowed | neutral)
    return left


def _together(operands: Iterable[Expression], world: World, neutral: Outcomes) -> Outcomes:
    """How several expressions come out together, by `and` or by `or`."""
    together = all_hold if neutral == TRUE else any_holds
    return together([outcomes(each, world) for each in operands])


def _any_of(world: World, ways: list[World]) -> World | None:
    """What is left in one of several worlds."""
    if len(ways) < 2:
        return ways[0] if ways else None
    shared = reduce(lambda keys, way: keys & way.cut.keys(), ways[1:], set(ways[0].cut))
    left = {key: reduce(either, [way.cut[key] for way in ways]) for key in shared}
    return World(world.of, {**world.cut, **left})


def _cut(
    world: World, what: Expression, operator: str, other: Expression, allowed: Outcomes
) -> World:
    """Cut one side of a comparison by the other, where that is constant."""
    if isinstance(what, Constant):
        return world
    constant = value_of(other, world)
    if not _is_single(constant):
        return world
    return _with(world, what, left_of(value_of(what, world), operator, constant, allowed))


def _is_single(one: Possible) -> bool:
    if one.missing or one.anything or one.lists or one.texts is None:
        return False
    numbers = one.numbers is not None and one.numbers.least == one.numbers.most
    return len(one.truths) + len(one.texts) + numbers == 1


def _with(world: World, what: Expression, left: Possible) -> World:
    return world if isinstance(what, Constant) else world.with_cut(what, left)


def can_be(world: World, of: Expression, allowed: Outcomes) -> bool:
    """Whether an expression can come out as is allowed."""
    if _is_simple(of):
        return bool(outcomes(of, world) & allowed)
    if isinstance(of, Comparison) and not outcomes(of, world) & allowed:
        return False
    return narrowed(world, of, allowed) is not None


def ways(world: World, of: Expression) -> tuple[bool, bool]:
    """Whether an expression can hold, and whether it can be false."""
    if _is_simple(of):
        found = outcomes(of, world)
        return bool(found & TRUE), bool(found & FALSE)
    return can_be(world, of, TRUE), can_be(world, of, FALSE)


def _is_simple(of: Expression) -> bool:
    """Whether sets alone say all of it: there is nothing in it to contradict itself."""
    return isinstance(of, Name) or (isinstance(of, Comparison) and len(of.operators) == 1)
