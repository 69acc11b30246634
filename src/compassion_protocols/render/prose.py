r"""The small part of Markdown that texts are written in, taken apart into data.

A text has paragraphs, lists, emphasis and line breaks, and nothing else: no
links, no HTML, no headings, no code. A single newline is a line break, since
authors break lines where a reader should breathe. What looks like anything
more is shown as it was written. Every renderer starts from these blocks, so a
text means the same in a terminal, in a browser and on paper, and a renderer
that escapes what it writes cannot be tricked by what stands in a text. An
answer that an author quotes may so come out with emphasis or as an item of a
list, if its writer put the marks, and never as anything else.

>>> [type(block).__name__ for block in blocks("Rest *here*.\nThen:\n\n- one\n- two")]
['Paragraph', 'Listing']
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Run(NamedTuple):
    """A stretch of text, perhaps with emphasis."""

    text: str
    strong: bool = False
    emphasis: bool = False


Line = tuple[Run, ...]


class Paragraph(NamedTuple):
    """Lines that belong together."""

    lines: tuple[Line, ...]


class Listing(NamedTuple):
    """Items, each of one line or more; ``close`` if no empty line stands before them."""

    items: tuple[tuple[Line, ...], ...]
    close: bool = False


Block = Paragraph | Listing

_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_ITEM = re.compile(r"\s{0,3}[-*]\s+(?=\S)")
_INDENTED = re.compile(r"\s{2,}\S")
# Marks stand round whole words, so that 7*7 and snake_case are left alone. Every alternative is
# bounded by a mark that it cannot cross: the time this takes grows with the length of a line alone.
_EMPHASIS = re.compile(
    r"(?<![\w*])\*\*(?=\S)(?P<strong>[^*]+)(?<!\s)\*\*(?![\w*])"
    r"|(?<![\w*])\*(?=\S)(?P<star>[^*]+)(?<!\s)\*(?![\w*])"
    r"|(?<!\w)_(?=\S)(?P<underscore>[^_]+)(?<!\s)_(?!\w)"
)


def blocks(text: str) -> tuple[Block, ...]:
    """Take a text apart."""
    found: list[Block] = []
    lines = [line.rstrip() for line in _EMPTY_LINES.sub("\n\n", text).split("\n")]
    at = 0
    while at < len(lines):
        if not lines[at]:
            at += 1
        elif _ITEM.match(lines[at]):
            at = _listing(lines, at, found)
        else:
            at = _paragraph(lines, at, found)
    return tuple(found)


def _paragraph(lines: list[str], at: int, found: list[Block]) -> int:
    written = []
    while at < len(lines) and lines[at] and not _ITEM.match(lines[at]):
        written.append(runs(lines[at].strip()))
        at += 1
    found.append(Paragraph(tuple(written)))
    return at


def _listing(lines: list[str], at: int, found: list[Block]) -> int:
    """Items that follow one another, with empty lines between them or not."""
    items: list[tuple[Line, ...]] = []
    close = at > 0 and bool(lines[at - 1])
    while at < len(lines) and (lines[at] or _goes_on(lines, at + 1)):
        mark = _ITEM.match(lines[at])
        if mark:
            items.append((runs(lines[at][mark.end() :]),))
        elif _INDENTED.match(lines[at]):
            items[-1] = (*items[-1], runs(lines[at].strip()))
        elif lines[at]:
            break
        at += 1
    found.append(Listing(tuple(items), close))
    return at


def _goes_on(lines: list[str], at: int) -> bool:
    """Whether a list goes on after an empty line."""
    return at < len(lines) and bool(_ITEM.match(lines[at]) or _INDENTED.match(lines[at]))


def runs(line: str) -> Line:
    """Take one line apart into stretches with and without emphasis.

    >>> [run.text for run in runs("a **firm** 2*3*4") if run.strong]
    ['firm']
    """
    found: list[Run] = []
    end = 0
    for match in _EMPHASIS.finditer(line):
        if match.start() > end:
            found.append(Run(line[end : match.start()]))
        inner = match["strong"] or match["star"] or match["underscore"]
        found.append(Run(inner, bool(match["strong"]), not match["strong"]))
        end = match.end()
    return (*found, Run(line[end:])) if end < len(line) else tuple(found)


def literal(text: str) -> tuple[Line, ...]:
    """The lines of a text that is shown as it stands, such as an answer."""
    return tuple((Run(line),) if line else () for line in text.split("\n"))


def plainly(line: Line) -> str:
    """The characters of a line, without emphasis."""
    return "".join([run.text for run in line])
