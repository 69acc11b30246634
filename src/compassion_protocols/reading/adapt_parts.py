"""The card, the care and the settings of an adaptation, laid into those of its base.

Care can only grow: its lines come on top of the base's, and a number or a screening may not stand
for less. A setting keeps its type; that it keeps within its bounds is seen once it is converted.
Each function gives the part as it will be, and the keys in it that are new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.reading.convert_settings import SETTING_KINDS
from compassion_protocols.reading.marks import MarkedList, MarkedMap, MarkedText, Node
from compassion_protocols.reading.notes import note, said
from compassion_protocols.reading.scalars import as_whole_number
from compassion_protocols.reading.shapes import place_of, renamed_key

if TYPE_CHECKING:
    from collections.abc import Callable

    Laid = tuple[Node, tuple[str, ...]]


def keeps(key: MarkedText) -> None:
    """Note that something is written which is not an adaptation's to say."""
    message = f"An adaptation keeps “{key}” as its base has it."
    remedy = "Take it out; what may differ in the steps stands under “change” and “add”."
    note("CP326", message, remedy, key)


KEPT_OF_CARD = ("why", "practices", "licence")
_ADDED_TO_CARD = ("authors", "sources", "instruments")
_OWN_OF_CARD = ("status", "reviewers", "reviewed_on", "next_review", "revisions")
"""Each file's own to say: that a base was reviewed says nothing of what was made of it."""


def card(base: MarkedMap, own: Node | None) -> Laid:
    """The base's card, with authors and sources on top, and what concerns only this file anew."""
    for key in _OWN_OF_CARD:
        base = renamed_key(base, key, "")
    if not isinstance(own, MarkedMap):
        return (base if own is None else own), ()
    for key in KEPT_OF_CARD:
        if key in own:
            keeps(own.written(key))
            own = renamed_key(own, key, "")
    laid = _copy(base)
    for key, value in own.items():
        on_top = key in _ADDED_TO_CARD and isinstance(value, MarkedList)
        laid.put(own.written(key), _on_top(base.get(key), value) if on_top else value)
    return laid, _changed(base, laid)


_LINES_OF_CARE = ("not_for", "before_you_start", "distress")


def care(base: MarkedMap, own: Node | None) -> Laid:
    """The base's care, and more."""
    if not isinstance(own, MarkedMap):
        return (base if own is None else own), ()
    laid = _copy(base)
    for key, value in own.items():
        old = base.get(key)
        if key == "clears":
            keeps(own.written(key))
        elif not _loosens(key, old, value):
            lines = key in _LINES_OF_CARE and _is_list(key, value)
            laid.put(own.written(key), _on_top(old, value) if lines else value)
    return laid, _changed(base, laid)


def _loosens(key: str, old: Node | None, new: Node) -> bool:
    """Whether people would be looked after less well; with a note."""
    before, after = (None if node is None else as_whole_number(node) for node in (old, new))
    if key == "tier" and before is not None and after is not None and after < before:
        message = f"{said(new)} asks for less care than the base, which is of tier {before}."
        note("CP330", message, f"Write {before} or more, or take it out: care only grows.", new)
        return True
    if key == "screen" and old is not None and old != new:
        message = f"The base has each person screened by “{old}”, and this would put that aside."
        note("CP330", message, "Take it out: care only grows.", new)
        return True
    return False


def _is_list(key: str, value: Node) -> bool:
    return isinstance(value, MarkedList) or (key == "distress" and isinstance(value, MarkedText))


def _on_top(base: Node | None, own: Node) -> MarkedList:
    """The entries of the base, then those that are new."""
    both = MarkedList(*place_of(own))
    for part in (base, own):
        entries = part if isinstance(part, MarkedList) else [] if part is None else [part]
        old = list(both)
        both.extend(entry for entry in entries if entry not in old)
    return both


def settings(base: Node | None, own: Node | None) -> Laid:
    """The base's settings, some of their keys anew, and settings that are added."""
    if base is None or not (isinstance(base, MarkedMap) and isinstance(own, MarkedMap)):
        whole = base if own is None else own
        return whole if whole is not None else MarkedMap(), _names(own)
    laid, changed = _copy(base), list[str]()
    for name, value in own.items():
        old = base.get(name)
        if isinstance(old, MarkedMap) and isinstance(value, MarkedMap):
            value = _setting(old, value)
            changed += [f"{name}.{key}" for key in _changed(old, value)]
        else:
            changed.append(name)
        laid.put(own.written(name), value)
    return laid, tuple(changed)


def _names(node: Node | None) -> tuple[str, ...]:
    return tuple(node) if isinstance(node, MarkedMap) else ()


def _setting(base: MarkedMap, own: MarkedMap) -> MarkedMap:
    """A setting of the base with a few of its keys anew."""
    laid = _copy(base)
    for key, value in own.items():
        if key in SETTING_KINDS and key not in base:
            message = f"A setting of the base cannot become a {key}: its texts count on its type."
            remedy = "Keep the type, or add a setting of another name."
            note("CP326", message, remedy, own.written(key))
        else:
            laid.put(own.written(key), value)
    return laid


def _changed(old: MarkedMap, new: MarkedMap) -> tuple[str, ...]:
    return tuple([key for key in new if new[key] != old.get(key)])


def _copy(node: MarkedMap) -> MarkedMap:
    return renamed_key(node, "", "")


PARTS: dict[str, Callable[..., Laid]] = {"card": card, "care": care, "settings": settings}
"""The parts of a file that an adaptation lays something of its own into."""
