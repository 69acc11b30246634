"""Lines as their author most likely meant them, and the way back to the lines that were written.

A mend never adds or removes a row. Where it moves what stands on one, it says so as a
:class:`Shift`, so that whatever is found in mended lines is reported at its place in the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from compassion_protocols.reading.marks import MarkedList, MarkedMap, Node
from compassion_protocols.reading.pieces import Lines, Piece, Place, indent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compassion_protocols.findings import Finding, Span


@frozen
class Shift:
    """On rows ``first`` to ``last``, what stood at ``start`` or further came ``by`` columns on."""

    first: int
    last: int
    start: int
    by: int


@frozen
class Mend:
    """The lines after a guess; trouble before ``until`` is the guess's fault, not the author's."""

    lines: Lines
    until: Place
    shift: Shift = Shift(0, -1, 0, 0)


def replaced(lines: Lines, piece: Piece, text: str) -> Mend:
    """A text of as many rows in the place of a piece."""
    row, column, line = piece.row, piece.column, lines[piece.row]
    rest = line[column + len(piece.text) :] if piece.in_flow else ""
    rows = (line[:column] + text + rest).split("\n")
    changed = (*lines[:row], *rows, *lines[row + len(rows) :])
    if not piece.in_flow:
        return Mend(changed, (piece.last + 1, 0))
    end = column + len(text)
    return Mend(changed, (row, end), Shift(row, row, end, len(text) - len(piece.text)))


def spaced(lines: Lines, row: int, column: int) -> Mend:
    """A space put in at this column."""
    line = f"{lines[row][:column]} {lines[row][column:]}"
    changed = (*lines[:row], line, *lines[row + 1 :])
    return Mend(changed, (row, column), Shift(row, row, column + 1, 1))


def moved(lines: Lines, rows: tuple[int, int], column: int) -> Mend:
    """A first to a last row moved, so that the first of them begins in this column."""
    first, last = rows
    before = indent(lines[first])
    block = (" " * column + line[before:] for line in lines[first : last + 1])
    changed = (*lines[:first], *block, *lines[last + 1 :])
    return Mend(changed, (first, column + 1), Shift(first, last, 0, column - before))


def restored(findings: Iterable[Finding], shifts: Sequence[Shift]) -> list[Finding]:
    """Findings in mended lines, at their places in the file."""
    return [evolve(finding, span=_span_back(finding.span, shifts)) for finding in findings]


def restore(root: Node, shifts: Sequence[Shift]) -> None:
    """Give every node its place in the file."""
    for node in _nodes(root):
        node.column = _column_back(node.line - 1, node.column - 1, shifts) + 1
        if isinstance(node, MarkedMap):
            for name, (line, column, file, indicator) in node.names.items():
                back = _column_back(line - 1, column - 1, shifts) + 1
                node.names[name] = line, back, file, indicator


def _span_back(span: Span, shifts: Sequence[Shift]) -> Span:
    return span._replace(column=_column_back(span.line - 1, span.column - 1, shifts) + 1)


def _column_back(row: int, column: int, shifts: Sequence[Shift]) -> int:
    for shift in reversed(shifts):
        if shift.first <= row <= shift.last and column >= shift.start:
            column -= shift.by
    return column


def _nodes(root: Node) -> Iterator[Node]:
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, MarkedList):
            waiting += node
        elif isinstance(node, MarkedMap):
            waiting += node.values()
