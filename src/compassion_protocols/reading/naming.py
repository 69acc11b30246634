"""Names as they are written: those that an author gives, and those by which something is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from compassion_protocols.language import limits
from compassion_protocols.model.names import EVERYONE, NAME, PROTOCOL_ID, RESERVED, People, Ref
from compassion_protocols.reading.fields import written_text
from compassion_protocols.reading.lists import not_twice, some_texts
from compassion_protocols.reading.marks import MarkedList, MarkedText, Node
from compassion_protocols.reading.notes import note, said
from compassion_protocols.reading.pieces import shown

if TYPE_CHECKING:
    from compassion_protocols.reading.fields import Hook

_REF = re.compile(rf"{NAME.pattern}(?:\.{NAME.pattern})*")
VERSION = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2}")
_VERSION_REMEDY = "Write three numbers with dots between them, such as 1.0.0."
_WORDS_OF_THE_LANGUAGE = RESERVED | limits.RESERVED


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


_SOME_NAME = "Write one name: of an answer, a setting or a role."
_SOME_PEOPLE = "Say who by their part: everyone, a role, speaker, listener or facilitator."


def ref(node: Node, _: object = None) -> Ref:
    """The name of a setting, an answer or a role, perhaps one of an include."""
    return _named(node, _SOME_NAME)


def _named(node: Node, remedy: str) -> Ref:
    found = written_text(node)
    if found is None:
        return Ref("", node.span)
    if not _REF.fullmatch(found):
        note("CP114", f"{said(found)} is not the name of anything.", remedy, found)
    return Ref(str(found), found.span)


def people(node: Node, _: object = None) -> People:
    """One name for people, or a list of them."""
    if not isinstance(node, MarkedList):
        return People((_named(node, _SOME_PEOPLE).name or EVERYONE,), node.span)
    names = tuple(_named(item, _SOME_PEOPLE).name for item in node)
    if not node:
        remedy = "Write everyone, a role, a bound name or facilitator."
        note("CP105", f"{said(node)} names nobody.", remedy, node)
    not_twice(node)
    # What cannot be a name has been noted, and is not looked for a second time.
    names = tuple(name for name in names if _REF.fullmatch(name))
    return People(names or (EVERYONE,), node.span)


def protocol_id(node: Node, _: object = None) -> str:
    """What a protocol is called in a catalog."""
    found = written_text(node)
    if found is not None and not PROTOCOL_ID.fullmatch(found):
        meant = re.sub(r"(\.protocol)?\.ya?ml$", "", found.lower())
        like = re.sub(r"[^a-z0-9]+", "-", meant).strip("-")[:64]
        example = f", such as “{like}”" if PROTOCOL_ID.fullmatch(like) else ""
        remedy = f"Write small letters, digits and “-”, up to 64 of them{example}."
        note("CP112", f"{said(found)} cannot be the id of a protocol.", remedy, found)
    return str(found or "")


def placed(hook: Hook) -> Hook:
    """The same text, with its place, which the linker may have to point at."""

    def hooked(node: Node, _: object = None) -> object:
        found = hook(node, _)
        return node if found == node else found

    return hooked


def version(node: Node, _: object = None) -> str:
    """Three numbers with dots."""
    found = written_text(node)
    if found is not None and not VERSION.fullmatch(found):
        note("CP113", f"{said(found)} is not a version.", _VERSION_REMEDY, found)
    return str(found or "")


def version_range(node: Node, _: object = None) -> str:
    """A version, or one after ``^``: that one and the later ones that go with it."""
    found = written_text(node)
    if found is not None and not VERSION.fullmatch(found.removeprefix("^")):
        remedy = f"{_VERSION_REMEDY} “^” before it allows later ones that go with it."
        note("CP113", f"{said(found)} is not a version.", remedy, found)
    return str(found or "")


def or_ref(hook: Hook) -> Hook:
    """A hook for what this one takes, or the name of something that has such a value."""

    def either(node: Node, _: object = None) -> Any:  # noqa: ANN401  # whatever `hook` gives
        if isinstance(node, MarkedText) and _REF.fullmatch(node):
            return Ref(str(node), node.span)
        return hook(node, _)

    return either


def texts_or_ref(node: Node, _: object = None) -> tuple[str, ...] | Ref:
    """A list of texts, or the name of one."""
    return ref(node) if isinstance(node, MarkedText) else some_texts(node)
