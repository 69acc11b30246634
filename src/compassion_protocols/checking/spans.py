"""Where in a text a name stands, for a finding that points at it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compassion_protocols.checking.facts import plainly
from compassion_protocols.language.condition import Condition
from compassion_protocols.language.limits import even_lines

if TYPE_CHECKING:
    from compassion_protocols.findings import Span
    from compassion_protocols.language.template import Template

_TAG = re.compile(r"\{[{%].*?[%}]\}")
_LONGEST_LINE = 100
"""A longer line was folded from several, so that its columns are not those of the file."""


def span_of(text: Template | Condition, name: str = "", line: int = 0) -> Span:
    """The place of a name on a line of a text; the start of that line if it is not found there.

    Lines count from 0.
    """
    lines = even_lines(text.source).split("\n")
    written = lines[line] if name and line < len(lines) else ""
    word = re.compile(rf"(?<![\w.]){re.escape(plainly(name))}(?!\w)")
    if len(written) > _LONGEST_LINE:
        written = ""
    for start, end in _readable(text, written):
        match = word.search(written, start, end)
        if match:
            return text.span.further(line, match.start())
    return text.span.further(line)


def _readable(text: Template | Condition, line: str) -> list[tuple[int, int]]:
    """The stretches of a line in which names are read."""
    if isinstance(text, Condition):
        return [(0, len(line))]
    return [match.span() for match in _TAG.finditer(line)]
