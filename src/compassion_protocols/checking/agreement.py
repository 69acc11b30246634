"""Which kinds of value go together: in a comparison, and with a filter."""

from __future__ import annotations

from compassion_protocols.checking.kinds import (
    DURATION,
    NUMBER,
    PEOPLE,
    TEXT,
    UNKNOWN,
    YES_NO,
    Kind,
    Word,
    element_of,
)

NUMERIC = (Word.NUMBER, Word.DURATION)
_ORDERS = {
    Word.NUMBER: "numbers", Word.DURATION: "numbers",
    Word.TEXT: "texts", Word.DATE: "dates", Word.TIME: "times",
}  # fmt: skip


def ordered(left: Kind, right: Kind) -> bool:
    """Whether it can be known which of the two is less."""
    if UNKNOWN in (left, right):
        return True
    return left.word in _ORDERS and _ORDERS[left.word] == _ORDERS.get(right.word)


def can_be(kind: Kind, value: str) -> bool:
    """Whether something of this kind can ever equal a text."""
    if kind is YES_NO:
        return value in ("yes", "no")
    return kind is UNKNOWN or (
        kind.word is Word.TEXT and (kind.options is None or value in kind.options)
    )


def alike(left: Kind, right: Kind) -> bool:
    """Whether two values of these kinds can ever be equal."""
    words = left.word, right.word
    return (
        left.word is right.word
        or Word.UNKNOWN in words
        or (left.word in NUMERIC and right.word in NUMERIC)
        or (Word.YES_NO in words and Word.TEXT in words)
    )


def either(one: Kind, other: Kind) -> Kind:
    """The kind of what is the one or the other."""
    if one.word is not other.word or one.is_list:
        return UNKNOWN
    return one if one.options is None else other if other.options is None else TEXT


WANTED: dict[str, tuple[Word, ...]] = {
    "sum": NUMERIC,
    "mean": NUMERIC,
    "lowest": tuple(_ORDERS),
    "highest": tuple(_ORDERS),
    "names": (Word.PERSON, Word.ENTRY),
    "round": NUMERIC,
    "abs": NUMERIC,
    "duration": (*NUMERIC, Word.TEXT),
    "date": (Word.DATE,),
}
"""Of what each filter makes something; of other kinds it makes nothing at all."""

SINGLE = ("round", "abs", "duration", "date")
"""Filters that want one value, not a list."""

_MAKES: dict[str, Kind] = {
    **dict.fromkeys(("join", "upper", "lower", "capitalize", "title", "trim"), TEXT),
    **dict.fromkeys(("truncate", "plural", "date"), TEXT),
    **dict.fromkeys(("every", "some"), YES_NO),
    "count": NUMBER,
    "duration": DURATION,
    "names": PEOPLE,
}


def leaf_of(kind: Kind) -> Kind:
    """What is found at the bottom of lists."""
    while kind.is_list or kind.word is Word.ENTRY:
        kind = kind.of or UNKNOWN
    return kind


def made_by(name: str, kind: Kind, arguments: list[Kind]) -> Kind:
    """The kind that a filter makes of a kind."""
    match name:
        case "sum" | "mean" | "lowest" | "highest":
            return leaf_of(kind)
        case "round" | "abs":
            return UNKNOWN if kind.is_list else kind
        case "first" | "last":
            return element_of(kind) if kind.bare.is_list else kind
        case "default":
            return either(kind.bare, arguments[0].bare)
        case "given":
            return kind if kind.bare.is_list else Kind(Word.LIST, kind)
        case "of":
            return UNKNOWN if kind.is_list else kind
        case _:
            return _MAKES.get(name, UNKNOWN)
