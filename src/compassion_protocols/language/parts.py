"""What a text is made of: plain text, values, and parts that depend on a condition or a list.

Writing never fails and never runs away: a list goes round at most
:data:`MOST_ROUNDS` times, and everything stops once there is no room left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from compassion_protocols.language.expressions import Constant, Expression
from compassion_protocols.language.filters import entries
from compassion_protocols.language.tree import Node
from compassion_protocols.language.values import shown, truth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compassion_protocols.language.values import Lookup, Missing, Value

MOST_ROUNDS = 50


class Part(Node):
    """A part of a text that is not plain text."""

    __slots__ = ()

    def write(self, lookup: Lookup, room: int) -> str:
        """Write it; stop soon after ``room`` characters."""
        raise NotImplementedError


Parts: TypeAlias = tuple[str | Part, ...]


def write(parts: Parts, lookup: Lookup, room: int) -> str:
    """Write parts one after the other; stop soon after ``room`` characters."""
    written = []
    for part in parts:
        text = part if isinstance(part, str) else part.write(lookup, room)
        written.append(text)
        room -= len(text)
        if room <= 0:
            break
    return "".join(written)


@frozen(eq=False, repr=False)
class Output(Part):
    """``{{ expression }}``."""

    expression: Expression

    def write(self, lookup: Lookup, room: int) -> str:
        value = self.expression.evaluate(lookup)
        return value if isinstance(value, str) else shown(value)


@frozen(eq=False, repr=False)
class Branch(Node):
    """``{% if test %} body`` or ``{% elif test %} body``."""

    test: Expression
    body: Parts


@frozen(eq=False, repr=False)
class If(Part):
    """The first branch whose test is definitely true, else ``otherwise``."""

    branches: tuple[Branch, ...]
    otherwise: Parts = ()

    def write(self, lookup: Lookup, room: int) -> str:
        for branch in self.branches:
            if truth(branch.test.evaluate(lookup)):
                return write(branch.body, lookup, room)
        return write(self.otherwise, lookup, room)


@frozen(eq=False, repr=False)
class For(Part):
    """``{% for name in list %} body {% else %} otherwise {% endfor %}``.

    It goes round for each entry; a single value is a list of one, a missing one an empty list.
    """

    name: str
    over: Expression
    body: Parts
    otherwise: Parts = ()
    line: int = field(default=0, eq=False)

    def write(self, lookup: Lookup, room: int) -> str:
        rounds = entries(self.over.evaluate(lookup))[:MOST_ROUNDS]
        if not rounds:
            return write(self.otherwise, lookup, room)
        name, index, entry = self.name, 0, rounds[0]

        def inside(wanted: str) -> Value | Missing:
            if wanted == name:
                return entry
            return place(index, len(rounds)) if wanted == "loop" else lookup(wanted)

        written = []
        for index, entry in enumerate(rounds):  # noqa: B007  # `inside` reads them
            text = write(self.body, inside, room)
            written.append(text)
            room -= len(text)
            if room <= 0:
                break
        return "".join(written)


def place(index: int, length: int) -> dict[str, Value]:
    """Make what ``loop`` says about a round."""
    return {
        "index": index + 1,
        "index0": index,
        "first": index == 0,
        "last": index == length - 1,
        "length": length,
    }


def tidy(parts: Iterable[str | Part]) -> Parts:
    """Write constants as text, and join texts that stand side by side."""
    done: list[str | Part] = []
    for part in parts:
        if isinstance(part, Output) and isinstance(part.expression, Constant):
            part = shown(part.expression.value)
        if isinstance(part, str) and done and isinstance(done[-1], str):
            done[-1] += part
        elif part:
            done.append(part)
    return tuple(done)
