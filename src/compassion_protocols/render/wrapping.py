"""Breaking lines between words, by the columns that a terminal gives each character."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.render.prose import Line, Run

_UNSEEN = frozenset({"Mn", "Me", "Cf"})


def columns(text: str) -> int:
    """How many columns a text takes: two for a wide character, none for a mark on another.

    >>> columns("kind"), columns("优しい"), columns("e\u0301")
    (4, 6, 1)
    """
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(char: str) -> int:
    if unicodedata.category(char) in _UNSEEN:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrapped(line: Line, width: int) -> Iterator[Line]:
    """Break a line into lines of at most ``width`` columns; what is too long a word is cut."""
    written: list[Run] = []
    used = 0
    for word in _words(line):
        long = sum(columns(run.text) for run in word)
        if used and used + 1 + long > width:
            yield tuple(written)
            written, used = [], 0
        if used:
            _join(written, _blank(written[-1], word[0]))
            used += 1
        for run in word:
            for piece in _pieces(run, width):
                room = columns(piece.text)
                if used and used + room > width:
                    yield tuple(written)
                    written, used = [], 0
                _join(written, piece)
                used += room
    yield tuple(written)


def _blank(before: Run, after: Run) -> Run:
    """A blank looks like what stands on both of its sides, if they look the same."""
    plain = before._replace(text=" ", strong=False, emphasis=False)
    return before._replace(text=" ") if before[1:] == after[1:] else plain


def _words(line: Line) -> Iterator[list[Run]]:
    """The words of a line, each with the stretches that it is made of."""
    word: list[Run] = []
    for run in line:
        for number, part in enumerate(run.text.replace("\t", " ").split(" ")):
            if number and word:
                yield word
                word = []
            if part:
                word.append(run._replace(text=part))
    if word:
        yield word


def _pieces(run: Run, width: int) -> Iterator[Run]:
    """A stretch in parts that each fit into a line."""
    if columns(run.text) <= width:
        yield run
        return
    start = used = 0
    for at, char in enumerate(run.text):
        room = _columns_of(char)
        if used + room > width:
            yield run._replace(text=run.text[start:at])
            start, used = at, 0
        used += room
    yield run._replace(text=run.text[start:])


def _join(written: list[Run], run: Run) -> None:
    """Write a stretch, as part of the last one if they look the same."""
    if written and written[-1][1:] == run[1:]:
        written[-1] = run._replace(text=written[-1].text + run.text)
    else:
        written.append(run)
