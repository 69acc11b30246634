"""A condition: an expression that is asked whether it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.findings import NOWHERE
from compassion_protocols.language.guards import uses_of
from compassion_protocols.language.limits import LONGEST_SOURCE, even_lines
from compassion_protocols.language.simple import simple_condition
from compassion_protocols.language.values import truth

if TYPE_CHECKING:
    from compassion_protocols.findings import Span
    from compassion_protocols.language.expressions import Expression
    from compassion_protocols.language.guards import Use
    from compassion_protocols.language.values import Lookup, Truth


@frozen
class Condition:
    """A condition, parsed. Two are equal if they say the same, wherever they stand."""

    source: str = field(eq=False)
    expression: Expression
    span: Span = field(default=NOWHERE, eq=False)
    uses: tuple[Use, ...] = field(init=False, eq=False, repr=False)
    """Every place where it reads a name."""
    reads: frozenset[str] = field(init=False, eq=False, repr=False)
    """The free names in it."""

    @uses.default
    def _its_uses(self) -> tuple[Use, ...]:
        return uses_of((self.expression,), tested=True)

    @reads.default
    def _its_names(self) -> frozenset[str]:
        return frozenset(use.name for use in self.uses)


def holds(condition: Condition, lookup: Lookup) -> Truth:
    """Tell whether a condition is true, false or, as ``None``, unknown. Never fails.

    >>> holds(parse_condition("0 < n <= 3 and you is given"), {"n": 3, "you": "Ana"}.__getitem__)
    True
    """
    return truth(condition.expression.evaluate(lookup))


def parse_condition(source: str, span: Span = NOWHERE) -> Condition:
    """Parse a condition that begins at ``span``.

    Raises LanguageRejected with all that is wrong with it.
    """
    expression = simple_condition(even_lines(source)) if len(source) <= LONGEST_SOURCE else None
    if expression is None:
        # Here, since a condition that needs Jinja2 is the exception, and its import is slow.
        from compassion_protocols.language.parsing import condition_expression

        expression = condition_expression(source, span)
    return Condition(source, expression, span)
