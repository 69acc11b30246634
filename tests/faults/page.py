"""A shipped protocol as text, where everything stands in it, and the ways to change it a little.

Only the text itself is changed, so that everything else stays as its author wrote it. Each change
gives the new text, and the line (from 1) at which it was made.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import yaml
from attrs import define, frozen

from compassion_protocols.catalog import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]

_COMMA = re.compile(r"(?:, *)?")


@frozen(eq=False)
class Entry:
    """One key of one map: the way to it, and where it and its value begin and end."""

    path: Path
    key: yaml.ScalarNode
    value: yaml.Node
    flow: bool
    """Whether the map is written in braces."""

    @property
    def name(self) -> str:
        return str(self.key.value)

    @property
    def line(self) -> int:
        """The line of the key, from 1."""
        return self.key.start_mark.line + 1

    @property
    def lines(self) -> range:
        """The lines from the key to the end of the value."""
        end = self.value.end_mark
        return range(self.line, end.line + (1 if end.column == 0 else 2))


@frozen(eq=False)
class Step:
    """One step: the way to it, its first line, and the line after its last (counting from 0)."""

    path: Path
    first: int
    after: int
    indent: int
    keys: dict[str, Entry]

    @property
    def id(self) -> str:
        return str(self.keys["id"].value.value) if "id" in self.keys else ""

    @property
    def line(self) -> int:
        """The line that it begins on, from 1."""
        return self.first + 1

    @property
    def lines(self) -> range:
        """All its lines, from 1."""
        return range(self.first + 1, self.after + 1)


@define(eq=False, slots=False)
class Page:
    """A shipped file."""

    name: str
    text: str

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(_entries(yaml.compose(self.text), ()))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every step, in order, those inside others after them."""
        return tuple(_steps(yaml.compose(self.text), (), self.entries))

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines(keepends=True)

    def named(self, *names: str) -> Iterator[Entry]:
        return (entry for entry in self.entries if entry.name in names)

    def at(self, *path: str | int) -> Entry:
        return next(entry for entry in self.entries if entry.path == path)

    def around(self, entry: Entry) -> Step:
        """The step that an entry stands in."""
        ways = [step for step in self.steps if entry.path[: len(step.path)] == step.path]
        return max(ways, key=lambda step: len(step.path))

    @property
    def top(self) -> list[Step]:
        """The outermost steps."""
        return [step for step in self.steps if len(step.path) == 2]

    @property
    def is_for_several(self) -> bool:
        return "roles:" in self.text or "[couple" in self.text

    def written(self, entry: Entry) -> str:
        """The value of an entry, as it is written."""
        return self.text[entry.value.start_mark.index : entry.value.end_mark.index].rstrip()

    # changes

    def swapped(self, start: int, end: int, new: str) -> tuple[str, int]:
        text = self.text[:start] + new + self.text[end:]
        return text, text.count("\n", 0, start) + 1

    def put(self, entry: Entry, new: str) -> tuple[str, int]:
        """Another value."""
        start = entry.value.start_mark.index
        return self.swapped(start, start + len(self.written(entry)), new)

    def renamed(self, entry: Entry, new: str) -> tuple[str, int]:
        """Another key."""
        return self.swapped(entry.key.start_mark.index, entry.key.end_mark.index, new)

    def cut(self, entry: Entry) -> tuple[str, int]:
        """Without an entry; the line is that of the map it stood in."""
        start, end = entry.key.start_mark.index, entry.value.end_mark.index
        if entry.flow:
            if self.text[start - 1] == "{":  # with the comma behind it, else the one before it
                return self.swapped(start, _end_of_comma(self.text, end), "")
            return self.swapped(self.text.rindex(",", 0, start), end, "")
        assert self.text[self.text.rindex("\n", 0, start) : start].isspace(), "first in its step"
        start = self.text.rindex("\n", 0, start) + 1
        end = start + len(self.text[start:end].rstrip()) + 1
        text, line = self.swapped(start, end, "")
        return text, line - 1

    def without(self, step: Step) -> str:
        return "".join(self.lines[: step.first] + self.lines[step.after :])

    def with_lines(self, at: int, *new: str, indent: int = 0) -> tuple[str, int]:
        """More lines before the line ``at`` (from 0)."""
        added = [f"{' ' * indent}{line}\n" for line in new]
        return "".join(self.lines[:at] + added + self.lines[at:]), at + 1

    def moved(self, step: Step, at: int) -> tuple[str, int]:
        """The step stands before the line ``at`` (from 0), further down or further up."""
        own = self.lines[step.first : step.after]
        if at >= step.after:
            rest = self.lines[: step.first] + self.lines[step.after : at] + own + self.lines[at:]
            return "".join(rest), at - len(own) + 1
        rest = self.lines[:at] + own + self.lines[at : step.first] + self.lines[step.after :]
        return "".join(rest), at + 1


def _end_of_comma(text: str, at: int) -> int:
    found = _COMMA.match(text, at)
    return found.end() if found else at


def _entries(node: yaml.Node | None, path: Path) -> Iterator[Entry]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield Entry((*path, key.value), key, value, bool(node.flow_style))
            yield from _entries(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _entries(value, (*path, number))


def _steps(node: yaml.Node | None, path: Path, entries: tuple[Entry, ...]) -> Iterator[Step]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, key.value)
            if key.value in ("steps", "otherwise") and isinstance(value, yaml.SequenceNode):
                for number, step in enumerate(value.value):
                    yield _step(step, (*inner, number), entries)
            yield from _steps(value, inner, entries)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _steps(value, (*path, number), entries)


def _step(node: yaml.Node, path: Path, entries: tuple[Entry, ...]) -> Step:
    keys = {entry.name: entry for entry in entries if entry.path[:-1] == path}
    start, end = node.start_mark, node.end_mark
    after = end.line if end.column <= start.column - 2 or end.column == 0 else end.line + 1
    return Step(path, start.line, after, start.column - 2, keys)


PAGES = tuple(
    Page(name, source.data.decode("utf-8"))
    for name in bundled().ids()
    if (source := bundled().source(name)) is not None
)
