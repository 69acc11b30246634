"""What a seeded fault is: a shipped protocol with one mistake that would reach people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from tests.faults.page import PAGES, Page


@frozen
class Fault:
    """One file with one mistake."""

    kind: str
    protocol: str
    line: int
    """Where the file was changed, in the text that it has now."""
    what: str
    text: str
    lines: frozenset[int]
    """Where a finding about it may stand: the change itself, or what depends on it."""

    def __str__(self) -> str:
        return f"{self.protocol}:{self.line}: {self.kind}: {self.what}"


Change = tuple[str, tuple[str, int], Iterable[int]]
"""What was done; the new text and the line; and, if not there, where a finding may stand."""

Make = Callable[[Page], Iterator[Change]]


@frozen
class Kind:
    """One kind of fault: what it would do to people, and all of it that there is room for."""

    name: str
    make: Make
    once: bool

    @property
    def harm(self) -> str:
        """What it would do to the people in the exercise."""
        return (self.make.__doc__ or "").partition("\n")[0]

    def faults(self) -> Iterator[Fault]:
        """All of them; with ``once``, what can be done to any file only in the first one."""
        seen: set[str] = set()
        for page in PAGES:
            for what, (text, line), more in self.make(page):
                if text != page.text and not (self.once and what in seen):
                    seen.add(what)
                    lines = frozenset([*more] or [line])
                    yield Fault(self.name, page.name, line, what, text, lines)


KINDS: list[Kind] = []


def kind(name: str, *, once: bool = False) -> Callable[[Make], Make]:
    """Register what makes every fault of one kind in a page; its docstring says the harm."""

    def register(make: Make) -> Make:
        KINDS.append(Kind(name, make, once))
        return make

    return register


# Names in texts and conditions

_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_WORD = re.compile(r"\"[^\"]*\"|(?<![.\w])[a-z_]+(?![\w(])")
_FILTER = re.compile(r"\|\s*[a-z_]+")
KEYWORDS = frozenset(
    (
        *("if", "elif", "else", "endif", "for", "in", "endfor", "is", "given", "missing"),
        *("not", "and", "or", "yes", "no", "true", "false"),
    )
)


def names_in(code: str, start: int = 0) -> Iterator[tuple[str, int]]:
    """Each name that a condition, or the code of a text, reads, and where it stands."""
    plain = _FILTER.sub(lambda found: " " * len(found[0]), code)
    for word in _WORD.finditer(plain):
        if not word[0].startswith('"') and word[0] not in KEYWORDS:
            yield word[0], start + word.start()


def names_in_text(text: str, start: int = 0) -> Iterator[tuple[str, int]]:
    """Each name that a text reads, and where it stands."""
    for code in _CODE.finditer(text):
        inside = code[0][2:-2]
        yield from names_in(inside, start + code.start() + 2)


CONDITIONS = ("when", "repeat_until", "until", "clears")


def readings(text: str, name: str) -> frozenset[int]:
    """The lines of a file on which a text or a condition reads a name, or a step refers to it."""
    found = set()
    for number, line in enumerate(text.splitlines(), 1):
        key, _, value = line.strip().removeprefix("- ").partition(": ")
        names = {read for read, _ in names_in_text(line)}
        if key in (*CONDITIONS, "for_each", "reveal", "choice"):
            names |= {read for read, _ in names_in(value)}
        if name in names:
            found.add(number)
    return frozenset(found)
