"""The expressions of the language: the few things that a template or a condition can say.

Jinja2 parses; what it parsed becomes these frozen objects, and then they are all
there is. A proof walks them (``children``), a running session evaluates them
against a lookup of names. No code is generated, so nothing needs a sandbox, and
evaluating is total: it never raises, and what has no value is missing. A dot
reaches into a form, an entry of a gathered list and ``loop``, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.language.arithmetic import ARITHMETIC, negative, number
from compassion_protocols.language.filters import FILTERS, LONGEST_VALUE, as_value
from compassion_protocols.language.tree import Node
from compassion_protocols.language.values import (
    NOTHING,
    Contribution,
    Missing,
    bare,
    both,
    contains,
    equal,
    is_given,
    less,
    negation,
    shown,
    truth,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols.language.values import Lookup, Truth, Value


class Expression(Node):
    """Something that has a value, once its names have."""

    __slots__ = ()

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        """Find the value, or why there is none."""
        raise NotImplementedError


@frozen(eq=False, repr=False)
class Constant(Expression):
    """A text, a number, true or false, as the author wrote it."""

    value: Value

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        return self.value

    def _said(self) -> tuple[object, ...]:
        return (type(self.value), self.value)  # since True == 1 == 1.0


@frozen(eq=False, repr=False)
class Name(Expression):
    """A setting, a role, an answer, a loop's item. After linking it may hold dots and slashes."""

    name: str
    line: int = field(default=0, eq=False)
    """How many lines below the start of its text it stands."""

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        return lookup(self.name)


@frozen(eq=False, repr=False)
class Attribute(Expression):
    """``entry.by``, ``entry.value``, ``entry.need``, ``form.what``, ``loop.first``."""

    of: Expression
    name: str

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        value = self.of.evaluate(lookup)
        if isinstance(value, Contribution):
            if self.name == "by":
                return value.by
            if self.name == "value":
                return value.value
            if self.name in value.loops:
                return value.loops[self.name]
        return _within(value, self.name)


@frozen(eq=False, repr=False)
class Item(Expression):
    """``list[0]``, ``list[-1]``, ``form["what"]``: the index is a constant."""

    of: Expression
    key: int | str

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        return _within(self.of.evaluate(lookup), self.key)


def _within(whole: Value | Missing, key: int | str) -> Value | Missing:
    """Reach a field of a form, or a place in a list."""
    whole = bare(whole)
    if isinstance(whole, Missing):
        return whole
    if isinstance(whole, Mapping) and isinstance(key, str):
        return whole.get(key, NOTHING)
    if isinstance(whole, tuple) and isinstance(key, int) and -len(whole) <= key < len(whole):
        return whole[key]
    return NOTHING


@frozen(eq=False, repr=False)
class Filter(Expression):
    """``answers | count``: one of :data:`FILTERS`."""

    of: Expression
    name: str
    arguments: tuple[Expression, ...] = ()
    _function: Callable[..., Value | Missing] = field(init=False, eq=False)
    _covers: bool = field(init=False, eq=False)

    @_function.default
    def _its_function(self) -> Callable[..., Value | Missing]:
        return FILTERS[self.name].function

    @_covers.default
    def _its_cover(self) -> bool:
        return FILTERS[self.name].covers

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        value = self.of.evaluate(lookup)
        if isinstance(value, Missing) and not self._covers:
            return value
        if not self.arguments:
            return self._function(value)
        return self._function(value, *[each.evaluate(lookup) for each in self.arguments])


@frozen(eq=False, repr=False)
class Test(Expression):
    """``x is given``, ``x is missing``: always known."""

    __test__ = False  # not a test of ours, whatever pytest thinks

    of: Expression
    name: str

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        return is_given(self.of.evaluate(lookup)) == (self.name == "given")


_COMPARE: dict[str, Callable[[Value | Missing, Value | Missing], Truth]] = {
    "==": equal,
    "!=": lambda left, right: negation(equal(left, right)),
    "<": less,
    ">=": lambda left, right: negation(less(left, right)),
    ">": lambda left, right: less(right, left),
    "<=": lambda left, right: negation(less(right, left)),
    "in": lambda left, right: contains(right, left),
    "not in": lambda left, right: negation(contains(right, left)),
}


@frozen(eq=False, repr=False)
class Comparison(Expression):
    """``a == b``, or a chain as in ``0 <= n < 10``."""

    operands: tuple[Expression, ...]
    operators: tuple[str, ...]

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        if len(self.operators) == 1:
            left, right = self.operands
            compare = _COMPARE[self.operators[0]]
            return as_value(compare(left.evaluate(lookup), right.evaluate(lookup)))
        values = [each.evaluate(lookup) for each in self.operands]
        links = zip(self.operators, values, values[1:], strict=False)
        return as_value(both(*[_COMPARE[name](left, right) for name, left, right in links]))


@frozen(eq=False, repr=False)
class And(Expression):
    """The last operand if all are true, else the first that is false, as in Python.

    A missing operand is unknown: the whole is false if another is, and else missing.
    """

    operands: tuple[Expression, ...]

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        return _deciding(self.operands, lookup, False)


@frozen(eq=False, repr=False)
class Or(Expression):
    """The first operand that is true, else the last, as in Python.

    A missing operand is unknown: the whole is true if another is, and else missing.
    """

    operands: tuple[Expression, ...]

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        return _deciding(self.operands, lookup, True)


def _deciding(operands: tuple[Expression, ...], lookup: Lookup, decisive: bool) -> Value | Missing:
    """The first operand that decides, else one that is unknown, else the last."""
    unknown: Missing | None = None
    value: Value | Missing = NOTHING
    for operand in operands:
        value = operand.evaluate(lookup)
        verdict = truth(value)
        if verdict is decisive:
            return value
        if verdict is None and unknown is None:
            unknown = value if isinstance(value, Missing) else NOTHING
    return value if unknown is None else unknown


@frozen(eq=False, repr=False)
class Not(Expression):
    """True for what is false, and unknown for what is unknown."""

    of: Expression

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        return as_value(negation(truth(self.of.evaluate(lookup))))


@frozen(eq=False, repr=False)
class Arithmetic(Expression):
    """``+ - * /`` on numbers and durations."""

    operator: str
    left: Expression
    right: Expression

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        left, right = self.left.evaluate(lookup), self.right.evaluate(lookup)
        for value in (left, right):
            if isinstance(value, Missing):
                return value
        one, other = number(left), number(right)
        if one is None or other is None:
            return NOTHING
        return ARITHMETIC[self.operator](one, other)


@frozen(eq=False, repr=False)
class Negative(Expression):
    """``-n``."""

    of: Expression

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        value = self.of.evaluate(lookup)
        n = number(value)
        if n is None:
            return value if isinstance(value, Missing) else NOTHING
        return negative(n)


@frozen(eq=False, repr=False)
class Concat(Expression):
    """``a ~ b``: what both print, one after the other; missing if a part is."""

    operands: tuple[Expression, ...]

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        values = [each.evaluate(lookup) for each in self.operands]
        for value in values:
            if isinstance(value, Missing):
                return value
        return "".join([shown(value)[:LONGEST_VALUE] for value in values])[:LONGEST_VALUE]


@frozen(eq=False, repr=False)
class Conditional(Expression):
    """``a if test else b``: b also where the test is unknown; nothing without an else."""

    test: Expression
    then: Expression
    otherwise: Expression | None = None

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        if truth(self.test.evaluate(lookup)):
            return self.then.evaluate(lookup)
        return self.otherwise.evaluate(lookup) if self.otherwise else NOTHING
