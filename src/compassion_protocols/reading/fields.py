"""What one field takes: a text, a name, a number, a length of time, a word out of a few, a list.

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
from compassion_protocols.language import limits
from compassion_protocols.language.condition import Condition, parse_condition
from compassion_protocols.language.expressions import Constant
from compassion_protocols.language.rejection import LanguageRejected
from compassion_protocols.language.template import Template, parse_template
from compassion_protocols.language.values import Duration, parse_duration
from compassion_protocols.model.names import (
    EVERYONE,
    NAME,
    PROTOCOL_ID,
    RESERVED,
    People,
    Ref,
)
from compassion_protocols.reading.marks import MarkedList, MarkedMap, MarkedText, Node
from compassion_protocols.reading.notes import (
    as_written,
    kind_of,
    note,
    note_of_language,
    said,
    start_of,
)
from compassion_protocols.reading.pieces import quoted, shown
from compassion_protocols.reading.scalars import as_flag, as_number, as_whole_number, is_empty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import StrEnum

    from compassion_protocols.findings import Span

    Hook = Callable[[Any, Any], Any]

T = TypeVar("T")
E = TypeVar("E", bound="StrEnum")

_REF = re.compile(rf"{NAME.pattern}(?:\.{NAME.pattern})*")
_VERSION = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2}")
_WORDS_OF_THE_LANGUAGE = RESERVED | limits.RESERVED
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
    return str(found).strip() if found is not None else ""


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


# Names


def own_name(node: Node, _: object = None) -> str:
    """A name that an author gives to something; a bad one is kept, so that it is found again."""
    found = written_text(node)
    if found is None:
        return ""
    name = str(found)
    if not NAME.fullmatch(name):
        remedy = f"Write small letters, digits and “_”, a letter first{_for_example(name)}."
        note("CP114", f"“{shown(name)}” cannot be a name.", remedy, found)
    elif name in _WORDS_OF_THE_LANGUAGE:
        message = f"“{name}” already means something in every protocol."
        note("CP115", message, "Choose another name, or say more with it.", found)
    return name


def _for_example(name: str) -> str:
    """A name as it might have been meant."""
    like = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:64]
    return f", such as “{like}”" if NAME.fullmatch(like) else ""


def ref(node: Node, _: object = None) -> Ref:
    """The name of a setting, an answer or a role, perhaps one of an include."""
    found = written_text(node)
    if found is None:
        return Ref("", node.span)
    if not _REF.fullmatch(found):
        note(
            "CP114",
            f"{said(found)} is not the name of anything.",
            "Write one name: of an answer, a setting or a role.",
            found,
        )
    return Ref(str(found), found.span)


def people(node: Node, _: object = None) -> People:
    """One name for people, or a list of them."""
    if not isinstance(node, MarkedList):
        return People((ref(node).name or EVERYONE,), node.span)
    names = tuple(ref(item).name for item in node)
    if not names:
        remedy = "Write everyone, a role, a bound name or facilitator."
        note("CP105", f"{said(node)} names nobody.", remedy, node)
    not_twice(node)
    return People(names or (EVERYONE,), node.span)


def protocol_id(node: Node, _: object = None) -> str:
    """What a protocol is called in a catalog."""
    found = written_text(node)
    if found is not None and not PROTOCOL_ID.fullmatch(found):
        like = re.sub(r"[^a-z0-9]+", "-", found.lower()).strip("-")[:64]
        example = f", such as “{like}”" if PROTOCOL_ID.fullmatch(like) else ""
        remedy = f"Write small letters, digits and “-”, up to 64 of them{example}."
        note("CP112", f"{said(found)} cannot be the id of a protocol.", remedy, found)
    return str(found or "")


def version(node: Node, _: object = None) -> str:
    """Three numbers with dots."""
    found = written_text(node)
    if found is not None and not _VERSION.fullmatch(found):
        note("CP113", f"{said(found)} is not a version.", _VERSION_REMEDY, found)
    return str(found or "")


def version_range(node: Node, _: object = None) -> str:
    """A version, or one after ``^``: that one and the later ones that go with it."""
    found = written_text(node)
    if found is not None and not _VERSION.fullmatch(found.removeprefix("^")):
        remedy = f"{_VERSION_REMEDY} “^” before it allows later ones that go with it."
        note("CP113", f"{said(found)} is not a version.", remedy, found)
    return str(found or "")


_VERSION_REMEDY = "Write three numbers with dots between them, such as 1.0.0."


# Numbers, flags, lengths of time


def whole(least: int = 1, most: int | None = None) -> Hook:
    """A hook for a whole number between two ends."""
    wanted = (
        f"a whole number from {least} to {most}" if most else f"a whole number, {least} or more"
    )

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


def or_ref(hook: Hook) -> Hook:
    """A hook for what this one takes, or the name of something that has such a value."""

    def either(node: Node, _: object = None) -> Any:  # noqa: ANN401  # whatever `hook` gives
        if isinstance(node, MarkedText) and _REF.fullmatch(node):
            return Ref(str(node), node.span)
        return hook(node, _)

    return either


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
        note("CP109", f"{said(found)}: how long is that?", _how_long(found), found)
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
    message = f"{said(found)} is not one of the words for this.{nearest(found, words)}"
    note("CP106", message, f"Write one of: {listed}.", found)


# Lists

_DASH = "Put “- ” before the first name, and two blanks before each name below it."


def entries(node: Node, at_least: int = 0) -> Iterable[Node]:
    """What stands in a list; nothing, and a note, where there is no list or too short a one."""
    if isinstance(node, MarkedList):
        if len(node) < at_least:
            note("CP105", f"{said(node)} is an empty list.", "Put an entry into it.", node)
        return node
    if isinstance(node, MarkedMap):
        first = as_written(node)
        remedy = f"Put “- ” before it: - {first}" if first[:1] == "{" else _DASH
        note("CP103", f"{said(node)} is not a list, and one belongs here.", remedy, node)
    elif (found := written_text(node)) is not None:
        remedy = f"Write each entry on a line of its own: - {as_written(found)}"
        note("CP103", f"{said(found)} is one text, where a list belongs.", remedy, found)
    return ()


def list_of(each: Hook, at_least: int = 0) -> Hook:
    """A hook for a list of what ``each`` takes."""

    def hook(node: Node, _: object = None) -> tuple[Any, ...]:
        return tuple([each(item, None) for item in entries(node, at_least)])

    return hook


texts = list_of(text)


def one_or_several(each: Hook) -> Hook:
    """A hook for a list of what ``each`` takes, where a single one may stand without a list."""

    def hook(node: Node, _: object = None) -> tuple[Any, ...]:
        if isinstance(node, MarkedText):
            return (each(node, None),)
        found = tuple(dict.fromkeys(each(item, None) for item in entries(node, 1)))
        if isinstance(node, MarkedList):
            not_twice(node)
        return found

    return hook


def texts_or_ref(node: Node, _: object = None) -> tuple[str, ...] | Ref:
    """A list of texts, or the name of one."""
    return ref(node) if isinstance(node, MarkedText) else some_texts(node)


def some_texts(node: Node, _: object = None) -> tuple[str, ...]:
    """A list of at least one text."""
    return tuple(map(text, entries(node, at_least=1)))


def not_twice(node: Iterable[Node]) -> None:
    """Note each text that comes twice in a list."""
    seen: dict[str, Span] = {}
    for item in node:
        if isinstance(item, MarkedText):
            if item in seen:
                message = f"“{shown(item)}” is already there on line {seen[item].line}."
                note("CP116", message, "Keep one of the two.", item)
            seen.setdefault(item, item.span)


# Maps whose names are the author's own


def pairs(node: Node, what: str, example: str) -> list[tuple[MarkedText, Node]]:
    """The names and values of a map; none, and a note, where there is something else."""
    if isinstance(node, MarkedMap):
        return [(node.written[key], value) for key, value in node.items()]
    no_map(node, what, example)
    return []


def no_map(node: Node, what: str, example: str) -> None:
    """Note that something stands where names and values belong."""
    if isinstance(node, MarkedText) and written_text(node) is None:
        return
    message = f"{said(node)} is {kind_of(node)}, where {what} belongs: names with values."
    note("CP103", message, f"Write it as in “{example}”.", node)


# What stays as it was written


def raw(node: Node, _: object = None) -> object:
    """An example or a value whose type is known elsewhere: texts, lists and maps of texts."""
    return written_text(node) if isinstance(node, MarkedText) else node
