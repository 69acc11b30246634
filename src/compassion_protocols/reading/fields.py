"""What one field takes: a text, a number, a length of time, a word out of a few.

Each function here takes a node to the value that its field wants. A scalar is the text that was
written until one of these asks for something else of it, and nothing is ever guessed: what does
not fit is noted, in the words of someone who writes exercises and not programs, and a stand-in
takes its place (see :mod:`.notes`). The second argument, which cattrs hands to every hook, says
nothing new.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from compassion_protocols.findings import closest, nearest
from compassion_protocols.language.condition import Condition, parse_condition
from compassion_protocols.language.expressions import Constant
from compassion_protocols.language.rejection import LanguageRejected
from compassion_protocols.language.template import Template, parse_template
from compassion_protocols.language.values import Duration, parse_duration
from compassion_protocols.reading.marks import MarkedList, MarkedMap, MarkedText, Node
from compassion_protocols.reading.notes import (
    as_written,
    note,
    note_of_language,
    said,
    start_of,
)
from compassion_protocols.reading.pieces import quoted
from compassion_protocols.reading.scalars import as_flag, as_number, as_whole_number, is_empty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import StrEnum

    Hook = Callable[[Any, Any], Any]

E = TypeVar("E", bound="StrEnum")

_IN_WORDS = re.compile(r"([0-9]{1,4}) *(s|m|h)[a-z]*\.?", re.IGNORECASE)


# Texts


def written_text(node: Node) -> MarkedText | None:
    """The text that stands here; None, and a note, where there is something else or nothing."""
    if isinstance(node, MarkedText):
        if (len(node) > 4 and not node.isspace()) or (node.strip() and not is_empty(node)):
            return node
        note("CP105", f"{_bare(node)} has no value.", "Write one, or take the name out.", node)
    elif isinstance(node, MarkedMap) or as_written(node).startswith("["):
        _text_without_quotes(node)
    else:
        remedy = "Write one text; to say more, begin it with “|” and go on below."
        note("CP103", f"{said(node)} is a list, where one text belongs.", remedy, node)
    return None


def _text_without_quotes(node: Node) -> None:
    """What was probably meant as a text, but holds a sign that means something in YAML."""
    seen = "a list" if isinstance(node, MarkedList) else "a name with its value"
    note(
        "CP104",
        f"{said(node)}: YAML takes this for {seen}, where one text belongs.",
        f"If it is a text, put quotes round the whole of it: {quoted(as_written(node))}",
        node,
    )


def _bare(node: MarkedText) -> str:
    """The name before an empty value."""
    name = said(node).strip("“”").partition(":")[0]
    return f"“{name}”" if name else "This"


def text(node: Node, _: object = None) -> str:
    """A text that is shown as it is, with nothing to fill in."""
    found = written_text(node)
    return found.strip() if found is not None else ""


def template(node: Node, _: object = None) -> Template:
    """A text with places for values in it."""
    found = written_text(node)
    if found is not None:
        start = start_of(found)
        try:
            return parse_template(str(found), start)
        except LanguageRejected as rejected:
            note_of_language(found, start, rejected.findings)
    return parse_template("", node.span)


def condition(node: Node, _: object = None) -> Condition:
    """Something that may hold or not."""
    found = written_text(node)
    if found is not None:
        start = start_of(found)
        try:
            return parse_condition(str(found), start)
        except LanguageRejected as rejected:
            note_of_language(found, start, rejected.findings)
    return Condition("", Constant(True), node.span)


# Numbers, flags, lengths of time


def whole(least: int = 1, most: int | None = None) -> Hook:
    """A hook for a whole number between two ends."""
    wanted = "a whole number " + (f"from {least} to {most}" if most else f"of at least {least}")

    def hook(node: Node, _: object = None) -> int:
        number = as_whole_number(node)
        if number is not None and number >= least and (most is None or number <= most):
            return number
        _not_a_number(node, wanted)
        return least

    return hook


def number(node: Node, _: object = None) -> int | float:
    """A number, whole or not."""
    found = as_number(node)
    if found is None:
        _not_a_number(node, "a number")
    return found or 0


def _not_a_number(node: Node, wanted: str) -> None:
    found = written_text(node)
    if found is not None:
        quotes = " without quotes" if found.indicator else ""
        note("CP107", f"{said(found)} is not {wanted}.", f"Write {wanted}{quotes}.", found)


def flag(node: Node, _: object = None) -> bool:
    """``true`` or ``false``."""
    found = as_flag(node)
    if found is None and (wrong := written_text(node)) is not None:
        note("CP108", f"{said(wrong)} is neither true nor false.", "Write true or false.", wrong)
    return bool(found)


YES_NO = {"yes": True, "no": False, "true": True, "false": False}


def yes_no(node: Node, _: object = None) -> bool:
    """``yes`` or ``no``; ``true`` and ``false`` mean the same."""
    found = written_text(node)
    if found is None:
        return False
    if found not in YES_NO:
        note("CP108", f"{said(found)} is neither yes nor no.", "Write yes or no.", found)
    return YES_NO.get(found, False)


def duration(node: Node, _: object = None) -> Duration:
    """A length of time, with its units."""
    found = written_text(node)
    if found is None:
        return Duration(60)
    seconds = parse_duration(found)
    if seconds is None:
        message = f"{said(found)}: how long is that? People would see no clock, or a wrong one."
        note("CP109", message, _how_long(found), found)
    return Duration(60) if seconds is None else seconds


def some_time(node: Node, _: object = None) -> Duration:
    """A length of time that is more than nothing."""
    found = duration(node)
    if found == 0:
        note("CP109", f"{said(node)} is no time at all.", "Write one second, 1s, or more.", node)
    return found or Duration(1)


def _how_long(found: str) -> str:
    if found.isdecimal() and len(found) <= 4:
        return f"Write a unit: {found}s for seconds, {found}m for minutes."
    match = _IN_WORDS.fullmatch(found)
    like = f"{match[1]}{match[2].lower()}" if match else "90s, 3m, 1m30s or 1h"
    return f"Write it without blanks, with s, m or h: {like}."


# A word out of a few


def word(kind: type[E]) -> Hook:
    """A hook for one of the words of an enumeration."""
    words = {member.value: member for member in kind}

    def hook(node: Node, _: object = None) -> E:
        found = written_text(node)
        if found is not None and found not in words:
            not_one_of(found, words)
        return words.get(found or "") or words[closest(found or "", words) or next(iter(words))]

    return hook


def not_one_of(found: MarkedText, words: Iterable[str]) -> None:
    """Note that a text is none of the words that there are."""
    listed = ", ".join(words)
    message = (
        f"{said(found)} is not one of the words for this, so people would get a guess in its "
        f"place.{nearest(found, words)}"
    )
    note("CP106", message, f"Write one of: {listed}.", found)


# What stays as it was written


def raw(node: Node, _: object = None) -> object:
    """An example or a value whose type is known elsewhere: texts, lists and maps of texts."""
    return written_text(node) if isinstance(node, MarkedText) else node
