"""The stretch of source that stands for one value, and how it looks in quotes.

Where YAML stops there are no nodes yet, only lines. What an author wrote as one value begins after
the dashes and the name on its line, and goes on over the lines below that stand further in.
"""

from __future__ import annotations

import re

from attrs import frozen

Lines = tuple[str, ...]
Place = tuple[int, int]
"""A row and a column, both from 0, as the parser counts them."""

_LONGEST_SHOWN = 60

# What stands before a value: dashes, then perhaps a name and its colon. Possessive throughout, so
# that no line, however long and odd, makes it look twice.
_LEAD = re.compile(
    r"""(?P<dashes>[ ]*+(?:-[ ]++)*+)
        (?P<name>(?:"[^"]*+" | '[^']*+' | [^\s"'\[\]{}\#&*!|>%@`,:][^:\s]*+(?:[ ]++[^:\s]++)*+)
        [ ]*+:[ ]++)?+""",
    re.VERBOSE,
)
_IN_FLOW = re.compile(r"(?:\{\{[^}]*+\}\}|\{%[^%]*+%\}|[^,\[\]{}])*+")


@frozen
class Piece:
    """What was written as one value, from ``row`` and ``column`` to the end of the row ``last``.

    ``owner`` is the column of its name or dash, ``named`` whether it has one. Inside brackets
    (``in_flow``) a piece ends at a comma or bracket, else with its lines.
    """

    row: int
    column: int
    last: int
    text: str
    owner: int = 0
    named: bool = False
    in_flow: bool = False

    @property
    def start(self) -> Place:
        return self.row, self.column


def value_at(lines: Lines, row: int) -> Piece:
    """The value that begins on this row; an empty one where there is no such row."""
    lead = _LEAD.match(lines[row]) if row < len(lines) else None
    if lead is None:
        return Piece(-1, -1, -1, "")
    dashes, column = lead["dashes"], lead.end()
    name = column > len(dashes)
    owner = len(dashes) if name or "-" not in dashes else dashes.rindex("-")
    last = last_row(lines, row, owner)
    text = "\n".join((lines[row][column:], *lines[row + 1 : last + 1])).rstrip()
    if last == row:
        text = text.split(" #")[0].rstrip()
    return Piece(row, column, last, text, owner, named=name or "-" in dashes)


def last_row(lines: Lines, row: int, owner: int) -> int:
    """The last row from this one on that stands further in than the column ``owner``."""
    last = row
    for below in range(row + 1, len(lines)):
        if lines[below].strip():
            if indent(lines[below]) <= owner:
                break
            last = below
    return last


def value_in_flow(lines: Lines, place: Place) -> Piece:
    """The text that begins here inside brackets: up to the comma or bracket that ends it."""
    row, column = place
    match = _IN_FLOW.match(lines[row], column) if row < len(lines) else None
    text = match.group().split(": ")[0].rstrip() if match else ""
    return Piece(row, column, row, text, named=bool(text), in_flow=True)


def indent(line: str) -> int:
    """How many blanks the line begins with."""
    return len(line) - len(line.lstrip())


def single_quoted(text: str) -> str:
    """The text in single quotes, in which nothing but the quote itself means anything."""
    return "'" + text.replace("'", "''") + "'"


def quoted(text: str) -> str:
    """The text in the quotes that leave it as it is.

    >>> print(quoted("{{ you }}, well done"), quoted('"Hello", she said'))
    "{{ you }}, well done" '"Hello", she said'
    """
    return single_quoted(text) if '"' in text or "\\" in text else f'"{text}"'


def shown(text: str) -> str:
    """The text on one line, and no longer than a message can bear."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_SHOWN else words[: _LONGEST_SHOWN - 1] + "…"
