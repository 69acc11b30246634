"""From source to our own expressions, by way of Jinja2's parser.

Jinja2 only parses here. What its parser built is checked node by node against
a closed list, by exact type, and lowered to the classes of ``expressions`` and
``parts``; nothing is compiled. The parser is not trusted with its own stack:
it calls itself for each bracket, sign, ``not``, ``else`` and block, so ours
counts those calls and stops at a dozen, in whatever way they are mixed.

Every problem is collected; only a text that does not parse at all has a single
finding. This module is imported when the first text needs it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from compassion_protocols.findings import in_order
from compassion_protocols.language import limits
from compassion_protocols.language.lowering import Lowering
from compassion_protocols.language.rejection import LanguageRejected
from compassion_protocols.language.slips import Slip, explain

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from compassion_protocols.findings import Span
    from compassion_protocols.language.expressions import Expression
    from compassion_protocols.language.parts import Parts

    Parsed = TypeVar("Parsed")

# `even_lines` has dropped the last line break already.
_ENVIRONMENT = Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)


def template_parts(source: str, span: Span) -> Parts:
    """Parse a text. Raises LanguageRejected with all that is wrong with it."""
    lowering, body = _parsed(source, span, "root", _BoundedParser.subparse)
    parts = lowering.parts(body)
    _reject(lowering)
    return parts


def condition_expression(source: str, span: Span) -> Expression:
    """Parse a condition. Raises LanguageRejected with all that is wrong with it."""
    lowering, node = _parsed(source, span, "variable", _BoundedParser.whole)
    expression = lowering.expression(node)
    _reject(lowering)
    return expression


def _reject(lowering: Lowering) -> None:
    lowering.weigh()
    if lowering.findings:
        raise LanguageRejected(in_order(lowering.findings))


def _parsed(
    source: str, span: Span, state: str, parse: Callable[[_BoundedParser], Parsed]
) -> tuple[Lowering, Parsed]:
    """Parse within the limits; raises LanguageRejected where that is not possible."""
    source = limits.even_lines(source)
    lowering = Lowering(source, span)
    try:
        _scan(source, state, lowering)
        return lowering, parse(_BoundedParser(source, state))
    except (TooDeep, RecursionError):
        most = limits.DEEPEST_NESTING
        message = f"Here brackets, ifs or loops stand more than {most} deep in one another."
        remedy = "Take out those that are not needed, or say it in smaller steps."
        lowering.find("CP203", message, remedy)
    except TemplateSyntaxError as error:
        slip = explain(error.message or "")
        if state == "variable" and "{{" in source:
            slip = Slip("A condition is no text.", "Leave out {{ and }}.", "{{")
        lowering.find("CP201", slip.message, slip.remedy, error.lineno, slip.word)
    except ValueError:  # a whole number of thousands of digits
        lowering.find("CP210", "A number is too long to be read.", "Use a smaller one.")
    raise LanguageRejected(in_order(lowering.findings))


def _scan(source: str, state: str, lowering: Lowering) -> None:
    """Look at length, number of tokens and escapes, which needs no parser."""
    if len(source) > limits.LONGEST_SOURCE:
        message = f"This has {len(source):,} characters; {limits.LONGEST_SOURCE:,} are the most."
        lowering.find("CP202", message, _SHORTER)
    elif len(source) > limits.MOST_TOKENS or "\\" in source:
        lexed = _ENVIRONMENT.lexer.tokeniter(source, None, None, state)
        tokens = [token for token in lexed if token[1] not in ("whitespace", "data")]
        if len(tokens) > limits.MOST_TOKENS:
            size, most = len(tokens), limits.MOST_TOKENS
            message = f"This has {size:,} words and signs in its tags; {most:,} are the most."
            lowering.find("CP202", message, _SHORTER)
        for line, kind, text in tokens:
            if kind == "string" and not _USUAL_ESCAPES.fullmatch(text):
                lowering.find("CP213", *_ESCAPES, line)
    _reject(lowering)


_SHORTER = "Say it in fewer words, or divide it between several steps."

# Others mean control characters and halves of characters, or what Python may warn of.
_USUAL_ESCAPES = re.compile(r"""(?:[^\\]|\\[nt"'\\])*+""")
_ESCAPES = ("A backslash is followed by something that it does not change.",
            r"There are \n, \t, \", \' and \\; write any other character as it is.")  # fmt: skip


class TooDeep(TemplateSyntaxError):
    """More is open inside one another than a text may have."""


class _BoundedParser(Parser):
    """Jinja2's parser, which stops where it would go too deep into itself."""

    def __init__(self, source: str, state: str) -> None:
        super().__init__(_ENVIRONMENT, source, state=state)
        self._depth = 0

    def whole(self) -> nodes.Expr:
        """Parse all of the source as one expression."""
        expression = self.parse_expression()
        if not self.stream.eos:
            found = self.stream.current
            self.fail(f"expected the end of the condition, got {found.value!r}", found.lineno)
        return expression

    def parse_condexpr(self) -> nodes.Expr:
        return self._deeper(super().parse_condexpr)

    def parse_statement(self) -> nodes.Node | list[nodes.Node]:
        return self._deeper(super().parse_statement)

    def parse_not(self) -> nodes.Expr:
        if self.stream.current.value != "not":
            return super().parse_not()
        return self._deeper(super().parse_not)

    def parse_unary(self, with_filter: bool = True) -> nodes.Expr:
        if self.stream.current.type not in ("add", "sub"):
            return super().parse_unary(with_filter)
        return self._deeper(lambda: super(_BoundedParser, self).parse_unary(with_filter))

    def _deeper(self, parse: Callable[[], Parsed]) -> Parsed:
        if self._depth > limits.DEEPEST_NESTING:
            self.fail("nested too deeply", exc=TooDeep)
        self._depth += 1
        parsed = parse()
        self._depth -= 1
        return parsed
