"""From the tree of Jinja2's parser to our own expressions, node by node.

A closed list, by exact type: what is not on it is refused, with the idiom that
the language has in its place. Every problem is collected.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from compassion_protocols.findings import Finding
from compassion_protocols.language import limits
from compassion_protocols.language.arguments import fit, usage, wants
from compassion_protocols.language.arithmetic import LARGEST_NUMBER, number
from compassion_protocols.language.expressions import (
    And,
    Arithmetic,
    Attribute,
    Comparison,
    Concat,
    Conditional,
    Constant,
    Filter,
    Item,
    Name,
    Negative,
    Not,
    Or,
    Test,
)
from compassion_protocols.language.filters import FILTERS
from compassion_protocols.language.idioms import (
    FILTERS_ELSEWHERE,
    INSTEAD,
    TAG_NAMES,
    TAGS,
    TESTS_ELSEWHERE,
    filter_like,
)
from compassion_protocols.language.parts import MOST_ROUNDS, Branch, For, If, Output, tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compassion_protocols.findings import Span
    from compassion_protocols.language.expressions import Expression
    from compassion_protocols.language.parts import Part, Parts

_REFUSED = Constant("")  # stands in for what was refused; it is never evaluated

_SYMBOLS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
_SYMBOLS |= {"in": "in", "notin": "not in"}
_PIPE = r"\|\s*"


class Lowering:
    """One walk over one tree, and the findings that it gathers."""

    def __init__(self, source: str, span: Span) -> None:
        self.findings: list[Finding] = []
        self._lines = source.split("\n")
        self._span = span
        self._size = self._work = self._depth = self._loops = 0

    def find(
        self, code: str, message: str, remedy: str, line: int = 1, word: str = "", after: str = ""
    ) -> None:
        """Add a finding at a line (from 1), at the first place there that has the word."""
        match = re.search(rf"{after}(?<!\w)({re.escape(word)})|$", self._lines[line - 1])
        column = match.start(1) if match and match[1] else 0
        place = self._span.further(line - 1, column)
        self.findings.append(Finding(code, message, remedy, place))

    def weigh(self) -> None:
        """Find a tree that is too large, or whose loops would have too much to do."""
        if self._size > limits.MOST_NODES:
            most = limits.MOST_NODES
            message = f"This has {self._size} names, values and operators; {most} are the most."
            self.find("CP204", message, "Divide it between several steps.")
        elif self._work > limits.MOST_WORK:
            message = "The loops in this text have too much to do."
            self.find("CP204", message, "Say less inside the inner loop, or use one loop.")

    def parts(self, body: list[nodes.Node]) -> Parts:
        """Lower the body of a text, a branch or a loop."""
        return tidy(part for node in body for part in self._statement(node))

    def _statement(self, node: nodes.Node) -> Iterator[str | Part]:
        if type(node) is nodes.Output:
            for child in node.nodes:
                if type(child) is nodes.TemplateData:
                    yield child.data
                else:
                    yield Output(self.expression(child))
        elif type(node) is nodes.If:
            yield self._if(node)
        elif type(node) is nodes.For:
            yield self._for(node)
        else:
            kind = type(node).__name__
            tag = TAG_NAMES.get(kind, kind.removesuffix("Block").lower())
            message = f"The tag “{tag}” is not in the language."
            self.find("CP208", message, TAGS, node.lineno)

    def _if(self, node: nodes.If) -> If:
        branches = tuple(
            Branch(self.expression(each.test), self.parts(each.body))
            for each in (node, *node.elif_)
        )
        return If(branches, self.parts(node.else_))

    def _for(self, node: nodes.For) -> For:
        name = node.target.name if type(node.target) is nodes.Name else "entry"
        if type(node.target) is not nodes.Name or node.test or node.recursive:
            message = "A loop names one entry and one list, and goes through all of it."
            remedy = "Write {% for entry in list %}, and put an if inside it."
            self.find("CP212", message, remedy, node.lineno, "for")
        if name in limits.RESERVED or name == "loop":
            message = f"“{name}” cannot be the name of an entry."
            self.find("CP212", message, "Choose another name.", node.lineno, name)
        self._private(name, node.lineno)
        over = self.expression(node.iter)
        self._loops += 1
        if self._loops > limits.DEEPEST_LOOPS:
            message = f"More than {limits.DEEPEST_LOOPS} loops stand inside one another."
            self.find("CP203", message, "Say it in two texts.", node.lineno, "for")
        body = self.parts(node.body)
        self._loops -= 1
        return For(name, over, body, self.parts(node.else_), node.lineno - 1)

    def expression(self, node: nodes.Node) -> Expression:
        """Lower an expression; one that is refused becomes an empty text."""
        self._size += 1
        weight = limits.WEIGHTS.get(type(node).__name__, 1)
        self._work += weight * MOST_ROUNDS**self._loops
        if self._depth >= limits.DEEPEST_TREE:
            message = "This expression is nested too deeply."
            self.find("CP203", message, "Say it in smaller steps.", node.lineno)
            return _REFUSED
        self._depth += 1
        lowered = _LOWER.get(type(node), Lowering._refuse)(self, node)
        self._depth -= 1
        return lowered

    def _refuse(self, node: nodes.Node) -> Expression:
        what, instead = INSTEAD.get(type(node), ("this", TAGS))
        self.find("CP208", f"The language does not have {what}.", instead, node.lineno)
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self.expression(child)
        return _REFUSED

    def _call(self, node: nodes.Call) -> Expression:
        called = node.node
        owner = called.node if type(called) is nodes.Getattr else None
        name = getattr(called, "attr", getattr(called, "name", ""))
        known = FILTERS_ELSEWHERE.get(name, name)
        remedy = f"Write x | {known}." if known in FILTERS else "Filters do this, as in x | count."
        self.find("CP208", "The language does not have calls.", remedy, node.lineno, name)
        for child in (owner, *node.args):
            if child is not None:
                self.expression(child)
        return _REFUSED

    def _constant(self, node: nodes.Const) -> Expression:
        value = node.value
        if value is None:
            remedy = "Ask with “is given” or “is missing”."
            self.find("CP208", "The language does not have “none”.", remedy, node.lineno, "none")
            return _REFUSED
        if isinstance(value, int | float) and not abs(value) <= LARGEST_NUMBER:
            message = f"A number is larger than {LARGEST_NUMBER:,}."
            self.find("CP210", message, "Use a smaller one.", node.lineno)
            return _REFUSED
        return Constant(value)

    def _name(self, node: nodes.Name) -> Expression:
        if node.name in limits.RESERVED:
            message = f"“{node.name}” stands where a name or a value belongs."
            self.find("CP201", message, "Complete the expression.", node.lineno, node.name)
        self._private(node.name, node.lineno)
        return Name(node.name, node.lineno - 1)

    def _private(self, name: str, line: int) -> None:
        if name.startswith("_") or "__" in name:
            message = f"“{name}” is not a name that a text can read."
            remedy = "Names begin with a letter and hold no two underscores side by side."
            self.find("CP209", message, remedy, line, name)

    def _attribute(self, node: nodes.Getattr) -> Expression:
        self._private(node.attr, node.lineno)
        return Attribute(self.expression(node.node), node.attr)

    def _item(self, node: nodes.Getitem) -> Expression:
        of, key = self.expression(node.node), self.expression(node.arg)
        inner = key.value if isinstance(key, Constant) else None
        if isinstance(inner, str) and key is not _REFUSED:
            self._private(inner, node.lineno)
            return Item(of, inner)
        if isinstance(inner, int) and not isinstance(inner, bool):
            return Item(of, inner)
        if key is not _REFUSED:
            message = "What stands in [ ] must be a whole number or a text."
            self.find("CP211", message, "Write x[0], or x.what for a field.", node.lineno)
        return _REFUSED

    def _filter(self, node: nodes.Filter) -> Expression:
        of = self.expression(node.node) if node.node else _REFUSED
        arguments = tuple(map(self.expression, node.args))
        kind = FILTERS.get(node.name)
        if kind is None:
            message, remedy = f"There is no filter “{node.name}”.", filter_like(node.name)
            self.find("CP205", message, remedy, node.lineno, node.name, _PIPE)
            return _REFUSED
        keywords = node.kwargs or node.dyn_args or node.dyn_kwargs
        if keywords or not fit(kind, arguments):
            message = f"The filter {kind.name} {wants(kind)}."
            remedy = f"It gives {kind.meaning}. Write {usage(kind)}."
            self.find("CP206", message, remedy, node.lineno, node.name, _PIPE)
            return _REFUSED
        return Filter(of, kind.name, arguments)

    def _test(self, node: nodes.Test) -> Expression:
        of = self.expression(node.node)
        if node.name not in ("given", "missing") or node.args or node.kwargs:
            known = TESTS_ELSEWHERE.get(node.name, "")
            remedy = f"Write “is {known}”." if known else "There are “is given” and “is missing”."
            self.find(
                "CP207", f"There is no test “is {node.name}”.", remedy, node.lineno, node.name
            )
            return _REFUSED
        return Test(of, node.name)

    def _comparison(self, node: nodes.Compare) -> Expression:
        operands = (node.expr, *(each.expr for each in node.ops))
        operators = tuple(_SYMBOLS[each.op] for each in node.ops)
        return Comparison(tuple(map(self.expression, operands)), operators)

    def _chain(self, node: nodes.BinExpr) -> Expression:
        """Lower ``a and b and c``, which the parser nests to the left, as one."""
        operands: list[nodes.Expr] = []
        inner: nodes.Expr = node
        while isinstance(inner, nodes.BinExpr) and type(inner) is type(node):
            operands.append(inner.right)
            inner = inner.left
        lowered = tuple(map(self.expression, (inner, *reversed(operands))))
        return And(lowered) if type(node) is nodes.And else Or(lowered)

    def _not(self, node: nodes.Not) -> Expression:
        return Not(self.expression(node.node))

    def _arithmetic(self, node: nodes.BinExpr) -> Expression:
        return Arithmetic(node.operator, self.expression(node.left), self.expression(node.right))

    def _negative(self, node: nodes.Neg) -> Expression:
        inner = self.expression(node.node)
        n = number(inner.value) if isinstance(inner, Constant) else None
        return Negative(inner) if n is None else Constant(-n)

    def _concat(self, node: nodes.Concat) -> Expression:
        return Concat(tuple(map(self.expression, node.nodes)))

    def _conditional(self, node: nodes.CondExpr) -> Expression:
        otherwise = self.expression(node.expr2) if node.expr2 else None
        return Conditional(self.expression(node.test), self.expression(node.expr1), otherwise)


_LOWER: dict[type, Callable[[Lowering, Any], Expression]] = {
    nodes.Add: Lowering._arithmetic,
    nodes.And: Lowering._chain,
    nodes.Call: Lowering._call,
    nodes.Compare: Lowering._comparison,
    nodes.Concat: Lowering._concat,
    nodes.CondExpr: Lowering._conditional,
    nodes.Const: Lowering._constant,
    nodes.Div: Lowering._arithmetic,
    nodes.Filter: Lowering._filter,
    nodes.Getattr: Lowering._attribute,
    nodes.Getitem: Lowering._item,
    nodes.Mul: Lowering._arithmetic,
    nodes.Name: Lowering._name,
    nodes.Neg: Lowering._negative,
    nodes.Not: Lowering._not,
    nodes.Or: Lowering._chain,
    nodes.Sub: Lowering._arithmetic,
    nodes.Test: Lowering._test,
}
