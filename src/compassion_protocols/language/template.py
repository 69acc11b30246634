"""A text with places for values in it: parsed once, rendered for each reader.

Parsing a text with Jinja2 takes some sixty microseconds, and importing Jinja2
thirty milliseconds. Most texts need neither: one without a tag is itself, and one
with only names in it is taken apart without the parser, with the same result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.findings import NOWHERE
from compassion_protocols.language.expressions import Name
from compassion_protocols.language.guards import uses_of
from compassion_protocols.language.limits import LONGEST_SOURCE, even_lines
from compassion_protocols.language.parts import If, Output, write
from compassion_protocols.language.simple import simple_text
from compassion_protocols.language.values import LONGEST_TEXT

if TYPE_CHECKING:
    from compassion_protocols.findings import Span
    from compassion_protocols.language.guards import Use
    from compassion_protocols.language.parts import Parts
    from compassion_protocols.language.values import Lookup


@frozen
class Template:
    """A text, parsed. Two are equal if they say the same, wherever they stand.

    What it reads follows from its parts: it is made by :func:`parse_template` or :func:`of_parts`.
    """

    source: str = field(eq=False)
    parts: Parts
    span: Span = field(eq=False)
    uses: tuple[Use, ...] = field(eq=False, repr=False)
    """Every place where it reads a name."""
    reads: frozenset[str] = field(eq=False, repr=False)
    """The free names in it."""
    required: frozenset[str] = field(eq=False, repr=False)
    """The free names without which it would have a hole."""

    @property
    def is_plain(self) -> bool:
        """Whether it holds only text and names."""
        for part in self.parts:
            if type(part) is Output:
                if type(part.expression) is not Name:
                    return False
            elif not isinstance(part, str):
                return False
        return True

    @property
    def may_be_blank(self) -> bool:
        """Whether it is made of loops and branches alone, which may all come to nothing."""
        return not _has_words(self.parts) and not self.is_plain

    @property
    def may_come_to_nothing(self) -> bool:
        """Whether nothing is left of it where no branch is taken, though every value is there."""
        return bool(self.parts) and not _has_words(self.parts, or_values=True)


def _has_words(parts: Parts, *, or_values: bool = False) -> bool:
    """Whether something is written, whichever branches are taken."""
    for part in parts:
        match part:
            case str():
                if part.strip():
                    return True
            case Output():
                if or_values:
                    return True
            case If(branches=branches, otherwise=otherwise):
                bodies = [otherwise, *(branch.body for branch in branches)]
                if all(_has_words(body, or_values=or_values) for body in bodies):
                    return True
    return False


def render(template: Template, lookup: Lookup, limit: int = LONGEST_TEXT) -> str:
    """Write a text for one reader. Never fails; what is missing is written as nothing.

    A text of more than ``limit`` characters is cut there, and ends with an ellipsis.

    >>> names = {"you": "Ana", "breaths": 3}
    >>> render(parse_template("{{ you }}, take {{ breaths }} breaths."), names.__getitem__)
    'Ana, take 3 breaths.'
    """
    text = write(template.parts, lookup, limit + 1)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def parse_template(source: str, span: Span = NOWHERE) -> Template:
    """Parse a text that begins at ``span``.

    Raises LanguageRejected with all that is wrong with it.
    """
    simple = simple_text(even_lines(source)) if len(source) <= LONGEST_SOURCE else None
    if simple is None:
        # Here, since a text that needs Jinja2 is the exception, and its import is slow.
        from compassion_protocols.language.parsing import template_parts

        return of_parts(source, template_parts(source, span), span)
    parts, uses, reads = simple
    return Template(source, parts, span, uses, reads, reads)  # in a simple text all are needed


def of_parts(source: str, parts: Parts, span: Span = NOWHERE) -> Template:
    """The text that these parts make, and what it reads."""
    uses = uses_of(parts)
    reads = frozenset([use.name for use in uses])
    required = frozenset([use.name for use in uses if use.needed])
    return Template(source, parts, span, uses, reads, required)
