"""What is found while a file is converted, and how to speak of a place in it.

Whatever turns a node into a value is total: where a value cannot be had, it notes a finding here
and gives back a stand-in, so that nothing is thrown and one pass sees the whole file. The notes
belong to the file that is being read in this thread or task; they are opened by
:func:`taking_notes` and reach the hooks that cattrs calls by way of a context variable, since such
a hook is handed a node and a type and nothing else.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.findings import Finding, Span
from compassion_protocols.language.limits import even_lines
from compassion_protocols.reading.marks import MarkedList, MarkedMap, MarkedText, Node, new_span
from compassion_protocols.reading.pieces import indent, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.reading.compose import Composed


@frozen(eq=False)
class Notes:
    """The file that is being converted, and what has been found in it so far.

    An adaptation is converted together with its base, so there may be several files; ``composed``
    has each by its name.
    """

    composed: dict[str, Composed]
    told: set[Span]  # where something was found already: what follows from it is no news
    findings: list[Finding] = field(factory=list)

    def add(self, finding: Finding) -> None:
        if finding.span not in self.told:
            self.findings.append(finding)


_OPEN: ContextVar[Notes] = ContextVar("notes")


@contextmanager
def taking_notes(*composed: Composed) -> Iterator[list[Finding]]:
    """Let everything that is found inside go to the list that this gives."""
    files = {each.root.file: each for each in composed if each.root is not None}
    told = {finding.span for each in composed for finding in each.findings}
    notes = Notes(files, told)
    token = _OPEN.set(notes)
    try:
        yield notes.findings
    finally:
        _OPEN.reset(token)


class Absent(MarkedMap):
    """Stands where something required was not written: it is complained of once, not twice."""


def note(code: str, message: str, remedy: str, at: Node | Span) -> None:
    """Note a finding, unless it is about something absent."""
    if isinstance(at, Absent):
        return
    span = at if isinstance(at, Span) else at.span
    _OPEN.get().add(Finding(code, message, remedy, span))


def excuse(node: Node) -> None:
    """Let nothing more be noted at this very place: it stands there by a guess of ours."""
    _OPEN.get().told.add(node.span)


def note_of_language(text: MarkedText, start: Span, found: tuple[Finding, ...]) -> None:
    """Note what the language has found in a text that was said to begin at ``start``."""
    notes = _OPEN.get()
    rows = even_lines(text).split("\n")
    for finding in found:
        row, column = finding.span.line - start.line, finding.span.column - start.column
        offset = sum(len(line) + 1 for line in rows[:row]) + column
        span = notes.composed[text.file].place(text, offset)
        notes.add(Finding(finding.code, finding.message, finding.remedy, span))


def start_of(text: MarkedText) -> Span:
    """Where the first character of a text stands: past its quote, or below its ``|``."""
    if not text.indicator:
        return text.span
    if text.indicator in ("'", '"'):
        return Span(text.file, text.line, text.column + 1)
    lines, row = _OPEN.get().composed[text.file].lines, text.line
    while row < len(lines) and not lines[row].strip():
        row += 1
    margin = indent(lines[row]) if row < len(lines) else 0
    return new_span(Span, (text.file, text.line + 1, margin + 1))


_NAME_BEFORE = re.compile(r"([\w-]+)[\"']? *: *$")
_MOST_SAID = 40


def said(node: Node) -> str:
    """What was written here, with its name if that stands before it, to begin a message with.

    ``for: 3`` is said as “for: 3”, and a list below ``rules:`` as “rules”.
    """
    name = _NAME_BEFORE.search(_before(node))
    if isinstance(node, MarkedText):
        value = shown(node)[:_MOST_SAID]
        return f"“{name[1]}: {value}”" if name else f"“{value}”"
    return f"“{name[1]}”" if name else f"“{as_written(node)}”"


def _before(node: Node) -> str:
    """What stands before a node on its line; or on the line above, if it begins a block."""
    before = _line(node.file, node.line)[: node.column - 1]
    if isinstance(node, MarkedText) or before.strip():
        return before
    return _line(node.file, node.line - 1).split(" #")[0].rstrip()


def as_written(node: Node) -> str:
    """The source of a node as far as it stands on its first line, to be shown in quotes."""
    line = _line(node.file, node.line)[node.column - 1 :]
    if line[:1] in ("{", "["):
        return shown(_to_closing_bracket(line))
    return shown(line.split(" #")[0])


def _line(file: str, number: int) -> str:
    lines = _OPEN.get().composed[file].lines
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _to_closing_bracket(line: str) -> str:
    depth = 0
    for at, char in enumerate(line):
        depth += (char in "{[") - (char in "}]")
        if depth == 0:
            return line[: at + 1]
    return line


def kind_of(node: Node) -> str:
    """What a node is that stands in the place of a map, in an author's words."""
    return "a list" if isinstance(node, MarkedList) else "a text"
