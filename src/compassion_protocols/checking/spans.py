"""Where in a text a name stands, for a finding that points at it; and how it tells of other lines.

An adaptation is made of two files. So a line that a finding names is one of the file in which the
finding stands, and where it is not, the finding says of which.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compassion_protocols.checking.facts import plainly
from compassion_protocols.findings import NOWHERE, Span
from compassion_protocols.language.condition import Condition
from compassion_protocols.language.limits import even_lines
from compassion_protocols.language.values import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

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


# in words


def in_lines(spans: Iterable[Span], here: Span) -> str:
    """Some lines, as a finding tells of them that stands ``here``.

    >>> own, base = Span("own.yaml", 12), Span("shelf/base.yaml", 20)
    >>> in_lines([own], own), in_lines([own.further(8), own], own)
    ('line 12', 'lines 12 and 20')
    >>> in_lines([base], own), in_lines([base, own], own)
    ('line 20 of base.yaml', 'line 12 and line 20 of base.yaml')
    """
    files: dict[str, set[int]] = {}
    for span in spans:
        files.setdefault(span.file, set()).add(span.line)
    own_first = sorted(files.items(), key=lambda found: (found[0] != here.file, found[0]))
    return " and ".join([_of_file(file, lines, here) for file, lines in own_first])


def _of_file(file: str, lines: set[int], here: Span) -> str:
    written = f"line{'s' * (len(lines) > 1)} {listed([str(line) for line in sorted(lines)])}"
    if file in (here.file, NOWHERE.file):
        return written
    name = file.replace("\\", "/").rpartition("/")[2]
    return f"{written} of {name}"


def line(span: Span, here: Span) -> str:
    """One line, as :func:`in_lines` tells of it."""
    return in_lines((span,), here)
