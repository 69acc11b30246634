"""What can never come true where two things are compared, or one is looked for in another.

A comparison of two kinds that never meet is no mistake of grammar: it simply never holds, and what
hangs on it never comes. So it is said here, of two expressions and the kinds of what they are.
"""

from __future__ import annotations

from typing import NamedTuple

from compassion_protocols.checking.agreement import alike, can_be, ordered
from compassion_protocols.checking.facts import plainly
from compassion_protocols.checking.kinds import YES_NO, Kind, Word
from compassion_protocols.findings import nearest
from compassion_protocols.language.expressions import Attribute, Constant, Expression, Item, Name
from compassion_protocols.language.values import shown

_OF_ALL = "Write “| every” after it to ask of all of them, or “| some” if one is enough."
"""What to do with a list where one value is wanted."""


class Side(NamedTuple):
    """One side of a comparison, and what kind of value it is."""

    of: Expression
    kind: Kind


class Mismatch(NamedTuple):
    """Why two sides say nothing of each other, as a finding tells it."""

    code: str
    message: str
    remedy: str


def mismatch(left: Side, operator: str, right: Side) -> Mismatch | None:
    """Why a comparison can come to nothing only; None if it can come to something."""
    if operator in ("in", "not in"):
        return _membership(left, right)
    listed = left if left.kind.is_list else right
    if listed.kind.is_list and not (left.kind.word is right.kind.word is Word.LIST):
        other = right if listed is left else left
        message = (
            f"{said(listed.of)} is {listed.kind.word} here, and no list is compared with one "
            "value: what hangs on this would never come."
        )
        equal = operator in ("==", "!=")
        remedy = _each_of(listed.of, other.of) if equal else _one_number_of(listed.of)
        return Mismatch("CP420", message, remedy)
    if operator in ("==", "!="):
        return inequality(left, right)
    if not ordered(left.kind, right.kind):
        message = f"Of {left.kind.word} and {right.kind.word} it is never known which is less."
        return Mismatch("CP423", message, "Compare numbers, texts, dates or times of day.")
    return None


def inequality(left: Side, right: Side) -> Mismatch | None:
    """Why two values are never equal; None if they can be."""
    for side, other in ((left, right), (right, left)):
        value = other.of.value if isinstance(other.of, Constant) else None
        if isinstance(value, str) and not can_be(side.kind, value):
            return _never(side, value)
    if not alike(left.kind, right.kind):
        message = f"{said(left.of)} is {left.kind.word}, and is never equal to {right.kind.word}."
        return Mismatch("CP423", message, "Compare two of one kind.")
    return None


def _never(side: Side, value: str) -> Mismatch:
    options = ("yes", "no") if side.kind is YES_NO else side.kind.options
    message = (
        f"{said(side.of)} is {side.kind.word}, and is never “{value}”, so this would "
        f"never hold.{nearest(value, options or ())}"
    )
    remedy = f"It can be: {', '.join(options)}." if options else "Compare two of one kind."
    return Mismatch("CP423", message, remedy)


def _membership(part: Side, whole: Side) -> Mismatch | None:
    if part.kind.is_list:
        message = f"{said(part.of)} is {part.kind.word} here, and is looked for like one value."
        return Mismatch("CP420", message, _OF_ALL)
    kind, element = whole.kind, whole.kind.inner.bare
    value = part.of.value if isinstance(part.of, Constant) else None
    if kind.is_list and isinstance(value, str) and not can_be(element, value):
        return _never(Side(whole.of, element), value)
    if not kind.is_list and kind.word not in (Word.TEXT, Word.FORM, Word.UNKNOWN):
        message = f"{said(whole.of)} is {kind.word}, and nothing can be in it."
        return Mismatch("CP421", message, "Compare with ==.")
    return None


# How an expression is written


def said(of: Expression) -> str:
    """An expression as a finding speaks of it."""
    as_written = written(of)
    return "This" if as_written == _LONG else f"“{as_written}”"


def _each_of(what: Expression, value: Expression) -> str:
    """How to ask the entries of a list what was asked of the list."""
    if isinstance(value, Constant) and isinstance(value.value, str):
        ask = f'{written(what)} | every("{shown(value.value)}")'
        return f"Write {ask}, or some in the place of every if one of them is enough."
    return _OF_ALL


def _one_number_of(what: Expression) -> str:
    """How to compare the entries of a list with a number."""
    return f"Compare one of them: {written(what)} | lowest, or highest, or mean."


_LONG = "it"
"""Stands for an expression that is too long to be written out again."""


def written(of: Expression) -> str:
    """An expression as its author wrote it, if it is short enough to be written out again."""
    match of:
        case Name(name=name):
            return plainly(name)
        case Attribute(of=Name(name=whole), name=name):
            return f"{plainly(whole)}.{name}"
        case Item(of=Name(name=whole), key=key):
            return f"{plainly(whole)}[{key!r}]"
        case Constant(value=value):
            return shown(value)
        case _:
            return _LONG
