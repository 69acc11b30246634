"""Which names a text or a condition reads, and what it does where one is missing.

A use is *guarded* if a missing value is provided for at that very place:

- inside ``x | default(…)``, ``x | given``, ``x is given`` and ``x is missing``;
- where it can only be reached while x is given: after ``x is given and``, in the
  branch of ``{% if x is given %}`` or of an ``if`` that compares x (for it must be
  definitely true to be entered), in the ``else`` of ``{% if x is missing %}``.

It is *tested* if it stands in a condition, where missing means unknown. It is
*needed* if a missing value would leave a hole: it is neither guarded nor tested,
nor inside any ``if``.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.language.expressions import (
    And,
    Arithmetic,
    Attribute,
    Comparison,
    Concat,
    Conditional,
    Filter,
    Item,
    Name,
    Negative,
    Not,
    Or,
    Test,
)
from compassion_protocols.language.filters import FILTERS
from compassion_protocols.language.parts import For, If, Output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from compassion_protocols.language.expressions import Expression
    from compassion_protocols.language.tree import Node

    Names = frozenset[str]


class Use(NamedTuple):
    """One place where a free name is read; the module's docstring says what the marks mean."""

    name: str
    guarded: bool = False
    line: int = 0
    """Lines below the start of the text."""
    path: str = ""
    """The name with the attributes that follow it: ``request.what``."""
    tested: bool = False
    needed: bool = False


class Outcome(Enum):
    """What is known of a condition where something depends on it."""

    TRUE = "true"
    FALSE = "false"
    NOT_TRUE = "false or unknown"
    NOT_FALSE = "true or unknown"


_NEGATED = {
    Outcome.TRUE: Outcome.FALSE,
    Outcome.FALSE: Outcome.TRUE,
    Outcome.NOT_TRUE: Outcome.NOT_FALSE,
    Outcome.NOT_FALSE: Outcome.NOT_TRUE,
}
_NONE: frozenset[str] = frozenset()


def given_when(condition: Expression, outcome: Outcome) -> frozenset[str]:
    """The names that are certainly given where this condition has come out so."""
    match condition:
        case Not(of=inner):
            return given_when(inner, _NEGATED[outcome])
        case And(operands=operands):
            each = [given_when(operand, outcome) for operand in operands]
            return _all_or_shared(each, outcome in (Outcome.TRUE, Outcome.NOT_FALSE))
        case Or(operands=operands):
            each = [given_when(operand, outcome) for operand in operands]
            return _all_or_shared(each, outcome in (Outcome.FALSE, Outcome.NOT_TRUE))
        case Test(of=inner, name=name):
            affirmed = outcome in (Outcome.TRUE, Outcome.NOT_FALSE)
            return depends(inner) if affirmed == (name == "given") else _NONE
        case Comparison(operands=operands) if outcome is Outcome.TRUE:
            return _NONE.union(*map(depends, operands))
    return depends(condition) if outcome in (Outcome.TRUE, Outcome.FALSE) else _NONE


def _all_or_shared(each: list[Names], every: bool) -> Names:
    return each[0].union(*each) if every else each[0].intersection(*each)


def depends(expression: Expression) -> frozenset[str]:
    """The names without any of which this expression is missing."""
    match expression:
        case Name(name=name):
            return frozenset((name,))
        case Attribute(of=inner) | Item(of=inner) | Negative(of=inner) | Not(of=inner):
            return depends(inner)
        case Filter(of=inner, name=name) if not FILTERS[name].covers:
            return depends(inner)
        case Arithmetic(left=left, right=right) | Comparison(operands=(left, right)):
            return depends(left) | depends(right)
        case Concat(operands=operands):
            return _NONE.union(*map(depends, operands))
    return _NONE


class _Place(NamedTuple):
    """Where the walk is: what is bound and given there, and how a name there is used."""

    bound: Names = _NONE
    given: Names = _NONE
    guarded: bool = False
    tested: bool = False
    sure: bool = True

    def knowing(self, names: Names) -> _Place:
        return self._replace(given=self.given | names) if names else self


_IN_TEXT = _Place()
_IN_CONDITION = _Place(tested=True, sure=False)


def uses_of(nodes: Iterable[Node | str], *, tested: bool = False) -> tuple[Use, ...]:
    """List every use of a free name, in the order they stand."""
    uses: list[Use] = []
    _walk(nodes, _IN_CONDITION if tested else _IN_TEXT, uses)
    return tuple(uses)


def _walk(nodes: Iterable[Node | str], at: _Place, uses: list[Use]) -> None:
    for node in nodes:
        if not isinstance(node, str):
            _visit(node, at, uses)


def _visit(node: Node, at: _Place, uses: list[Use]) -> None:
    special = _WALKS.get(type(node))
    if special:
        special(node, at, uses)
    else:
        _walk(node.children, at, uses)


def _output(node: Output, at: _Place, uses: list[Use]) -> None:
    _visit(node.expression, at, uses)


def _name(node: Name, at: _Place, uses: list[Use], path: str = "") -> None:
    name = node.name
    if name not in at.bound:
        guarded = at.guarded or name in at.given
        needed = at.sure and not guarded
        uses.append(Use(name, guarded, node.line, path or name, at.tested, needed))


def _attribute(node: Attribute, at: _Place, uses: list[Use]) -> None:
    path, inner = f".{node.name}", node.of
    while isinstance(inner, Attribute):
        path, inner = f".{inner.name}{path}", inner.of
    if isinstance(inner, Name):
        _name(inner, at, uses, inner.name + path)
    else:
        _visit(inner, at, uses)


def _filter(node: Filter, at: _Place, uses: list[Use]) -> None:
    covers = FILTERS[node.name].covers
    _visit(node.of, at._replace(guarded=True) if covers else at, uses)
    _walk(node.arguments, at, uses)


def _test(node: Test, at: _Place, uses: list[Use]) -> None:
    _visit(node.of, at._replace(guarded=True), uses)


def _operands(outcome: Outcome) -> Callable[[Any, _Place, list[Use]], None]:
    def walk(node: And | Or, at: _Place, uses: list[Use]) -> None:
        for operand in node.operands:
            _visit(operand, at, uses)
            at = at.knowing(given_when(operand, outcome))

    return walk


def _conditional(node: Conditional, at: _Place, uses: list[Use]) -> None:
    inside = at._replace(sure=False)
    _visit(node.test, inside._replace(tested=True), uses)
    _visit(node.then, inside.knowing(given_when(node.test, Outcome.TRUE)), uses)
    if node.otherwise:
        known = given_when(node.test, Outcome.NOT_TRUE)
        _visit(node.otherwise, inside.knowing(known), uses)


def _if(node: If, at: _Place, uses: list[Use]) -> None:
    inside = at._replace(sure=False)
    for branch in node.branches:
        _visit(branch.test, inside._replace(tested=True), uses)
        _walk(branch.body, inside.knowing(given_when(branch.test, Outcome.TRUE)), uses)
        inside = inside.knowing(given_when(branch.test, Outcome.NOT_TRUE))
    _walk(node.otherwise, inside, uses)


def _for(node: For, at: _Place, uses: list[Use]) -> None:
    _visit(node.over, at, uses)
    _walk(node.body, at._replace(bound=at.bound | {node.name, "loop"}), uses)
    _walk(node.otherwise, at, uses)


_WALKS: dict[type, Callable[[Any, _Place, list[Use]], None]] = {
    Output: _output,
    Name: _name,
    Attribute: _attribute,
    Filter: _filter,
    Test: _test,
    And: _operands(Outcome.TRUE),
    Or: _operands(Outcome.NOT_TRUE),
    Conditional: _conditional,
    If: _if,
    For: _for,
}
