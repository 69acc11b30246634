"""Lists and maps as they are written, whatever stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from compassion_protocols.reading.fields import text, written_text
from compassion_protocols.reading.marks import MarkedList, MarkedMap, MarkedText, Node
from compassion_protocols.reading.notes import as_written, kind_of, note, said
from compassion_protocols.reading.pieces import shown

if TYPE_CHECKING:
    from compassion_protocols.reading.fields import Hook

_DASH = "Put “- ” before the first name, and two blanks before each name below it."


def entries(node: Node, at_least: int = 0, example: str = "") -> Iterable[Node]:
    """What stands in a list; nothing, and a note, where there is no list or too short a one.

    ``example`` is a whole list as it may look, where one text could hardly be an entry of it.
    """
    if isinstance(node, MarkedList):
        if len(node) < at_least:
            note("CP105", f"{said(node)} is an empty list.", "Put an entry into it.", node)
        return node
    if isinstance(node, MarkedMap):
        first = as_written(node)
        remedy = f"Put “- ” before it: - {first}" if first[:1] == "{" else _DASH
        note("CP103", f"{said(node)} is not a list, and one belongs here.", remedy, node)
    elif (found := written_text(node)) is not None:
        remedy = f"Write each entry on a line of its own: - {shown(found)}"
        remedy = f"Write it as in “{example}”." if example else remedy
        note("CP103", f"{said(found)} is one text, where a list belongs.", remedy, found)
    return ()


def list_of(each: Hook, at_least: int = 0) -> Hook:
    """A hook for a list of what ``each`` takes."""

    def hook(node: Node, _: object = None) -> tuple[Any, ...]:
        return tuple([each(item, None) for item in entries(node, at_least)])

    return hook


texts = list_of(text)


def one_or_several(each: Hook, otherwise: tuple[Any, ...] = ()) -> Hook:
    """A hook for a list of what ``each`` takes, where a single one may stand without a list.

    ``otherwise`` stands in for a list of nothing.
    """

    def hook(node: Node, _: object = None) -> tuple[Any, ...]:
        if isinstance(node, MarkedText):
            return (each(node, None),)
        there = entries(node, at_least=1)
        not_twice(there)
        return tuple(dict.fromkeys(each(item, None) for item in there)) or otherwise

    return hook


def some_texts(node: Node, _: object = None) -> tuple[str, ...]:
    """A list of at least one text."""
    return tuple(map(text, entries(node, at_least=1)))


def not_twice(node: Iterable[Node]) -> None:
    """Note each text that comes twice in a list."""
    seen: dict[str, MarkedText] = {}
    for item in node:
        if isinstance(item, MarkedText):
            if item in seen:
                message = f"“{shown(item)}” is already there on line {seen[item].line}."
                note("CP116", message, "Keep one of the two.", item)
            seen.setdefault(item, item)


def pairs(node: Node, what: str, example: str) -> list[tuple[MarkedText, Node]]:
    """The names and values of a map; none, and a note, where there is something else."""
    if isinstance(node, MarkedMap):
        return [(node.written(key), value) for key, value in node.items()]
    no_map(node, what, example)
    return []


def no_map(node: Node, what: str, example: str) -> None:
    """Note that something stands where names and values belong."""
    if isinstance(node, MarkedText) and written_text(node) is None:
        return
    message = f"{said(node)} is {kind_of(node)}, where {what} belongs: names with values."
    note("CP103", message, f"Write it as in “{example}”.", node)
