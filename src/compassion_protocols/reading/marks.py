"""Texts, lists and maps that know where in their file they stand.

They compare, hash and print as the ``str``, ``list`` and ``dict`` that they are, so what reads
them need not care, and whoever has a complaint asks for the ``span``. A scalar stays the text that
was written: only the field it lands in knows whether ``3`` is a number or a title (see
:mod:`compassion_protocols.reading.scalars`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from compassion_protocols.findings import Span


class Style(StrEnum):
    """How a text was written; only a plain one can be a number, a flag or nothing at all."""

    PLAIN = "plain"
    QUOTED = "quoted"
    BLOCK = "block"


_STYLES = {'"': Style.QUOTED, "'": Style.QUOTED, "|": Style.BLOCK, ">": Style.BLOCK}

new_span = tuple.__new__  # half of the time that `Span` takes to be called by its name


class MarkedText(str):
    """A scalar as it was written, with its place.

    ``indicator`` is the sign YAML opens it with: a quote, ``|``, ``>``, or nothing.

    >>> text = MarkedText("on", 4, 9, "calm.yaml")
    >>> text == "on", text.style.value, str(text.span)
    (True, 'plain', 'calm.yaml:4:9')
    """

    __slots__ = ("column", "file", "indicator", "line")

    line: int
    column: int
    file: str
    indicator: str

    def __new__(
        cls, text: str, line: int = 1, column: int = 1, file: str = "", indicator: str = ""
    ) -> Self:
        self = str.__new__(cls, text)
        self.line = line
        self.column = column
        self.file = file
        self.indicator = indicator
        return self

    @property
    def style(self) -> Style:
        return _STYLES.get(self.indicator, Style.PLAIN)

    @property
    def span(self) -> Span:
        return new_span(Span, (self.file, self.line, self.column))


NameAt = tuple[int, int, str, str]
"""Where and how a name is written: line, column, file and indicator of a :class:`MarkedText`."""


class MarkedList(list["Node"]):
    """A list of nodes, with the place where it begins."""

    __slots__ = ("column", "file", "line")

    def __init__(self, line: int = 1, column: int = 1, file: str = "") -> None:
        self.line = line
        self.column = column
        self.file = file

    @property
    def span(self) -> Span:
        return new_span(Span, (self.file, self.line, self.column))


class MarkedMap(dict[str, "Node"]):
    """A map from names to nodes, with the places of the map, of each name and of each value.

    Half of all texts in a file are names, and few are ever asked where they stand. So ``names``
    holds only what a name is :meth:`written` with; the keys are exactly ``str``, found faster.
    """

    __slots__ = ("column", "file", "is_mixed", "line", "names")

    def __init__(self, line: int = 1, column: int = 1, file: str = "") -> None:
        self.line = line
        self.column = column
        self.file = file
        self.names: dict[str, NameAt] = {}
        self.is_mixed = False  # whether some of its names stand in another file

    def put(self, key: MarkedText, node: Node) -> None:
        """Give ``key`` its value, and remember where it was written."""
        name = str(key)
        self.names[name] = key.line, key.column, key.file, key.indicator
        self[name] = node
        if key.file != self.file:
            self.is_mixed = True

    def written(self, key: str) -> MarkedText:
        """This name as it stands in the file; ``KeyError`` where the map has no such name."""
        return MarkedText(key, *self.names[key])

    @property
    def span(self) -> Span:
        return new_span(Span, (self.file, self.line, self.column))

    @property
    def anew(self) -> tuple[tuple[str, Span], ...]:
        """The names that stand in another file than the map, as an adaptation writes them."""
        elsewhere = [key for key, at in self.names.items() if at[2] != self.file]
        return tuple([(key, self.key_span(key)) for key in elsewhere])

    @property
    def key_spans(self) -> dict[str, Span]:
        """The place of every name."""
        return {key: self.key_span(key) for key in self.names}

    def key_span(self, key: str) -> Span:
        """The place of this name; ``KeyError`` where the map has no such name."""
        return self.written(key).span

    def value_span(self, key: str) -> Span:
        """The place of this name's value; ``KeyError`` where the map has no such name."""
        return self[key].span


Node = MarkedText | MarkedList | MarkedMap
