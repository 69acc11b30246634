"""An adaptation laid into its base, before anything is made of either.

An adaptation says by id what is different in another protocol. What it says is laid into the map
of the base's file, where every word still knows its file and line; the whole is then converted as
if somebody had written it in one piece. So there is one reader for both, every proof looks at what
people will really meet, and every finding points to the file in which the words stand.

What may not be different is refused on the way, while it can still be seen who said what. Each part
is laid in such that little can be lost: lines of care and sources come on top of the base's
(:mod:`.adapt_parts`), steps are put between the base's (:mod:`.adapt_steps`), and nothing that the
base has is ever taken away.
"""

from __future__ import annotations

import re
import typing
from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.findings import Severity, nearest
from compassion_protocols.model.adaptation import Adaptation, AdaptationFile, Adapted, Fidelity
from compassion_protocols.model.names import PROTOCOL_ID
from compassion_protocols.reading.adapt_parts import PARTS, keeps
from compassion_protocols.reading.adapt_steps import Steps
from compassion_protocols.reading.fields import raw, text, word, written_text
from compassion_protocols.reading.handing import stays_within
from compassion_protocols.reading.lists import one_or_several
from compassion_protocols.reading.marks import MarkedMap, MarkedText
from compassion_protocols.reading.naming import VERSION
from compassion_protocols.reading.notes import note, said
from compassion_protocols.reading.shapes import (
    for_field,
    for_type,
    place_of,
    renamed_key,
    shape_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compassion_protocols.findings import Finding
    from compassion_protocols.model.protocol import Protocol
    from compassion_protocols.reading.marks import Node


class BaseFile(typing.Protocol):
    """The file of a protocol: what findings call it, and its bytes."""

    @property
    def name(self) -> str: ...

    @property
    def data(self) -> bytes: ...


class Bases(typing.Protocol):
    """Finds the file of a protocol by its id; None where there is none.

    It may have an attribute ``known``, the ids there are.
    """

    def __call__(self, protocol: str, /) -> BaseFile | None: ...


def no_bases(_: str, /) -> BaseFile | None:
    """Where nothing is to be found."""
    return None


# What is adapted

_EXTENDS = re.compile(rf"({PROTOCOL_ID.pattern})@({VERSION.pattern})")


@frozen
class BaseName:
    """The base that an adaptation names, and the version of it that its author has read."""

    id: str
    version: str


def base_named(root: MarkedMap) -> BaseName | None:
    """What the file of an adaptation says it extends; None where it does not say so plainly."""
    written = root["extends"]
    match = _EXTENDS.fullmatch(written.strip()) if isinstance(written, MarkedText) else None
    return BaseName(match[1], match[2]) if match else None


def note_absence(root: MarkedMap, named: BaseName | None, bases: Bases) -> None:
    """Note that there is no base: it is not named, or it is not there."""
    written = root["extends"]
    if named is not None:
        close = nearest(named.id, getattr(bases, "known", ()))
        remedy = "Write the id of a protocol in the catalog, or put its file there."
        note("CP321", f"There is no protocol “{named.id}”.{close}", remedy, written)
    elif (found := written_text(written)) is not None:
        message = (
            f"{said(found)} does not name a protocol and the version that you adapted, so nobody "
            "could tell when it has changed."
        )
        note("CP320", message, "Write both, as in extends: gratitude-two@1.0.0.", found)


def is_fit(root: MarkedMap, base: MarkedMap | None, findings: Iterable[Finding]) -> bool:
    """Whether there is a base to go on with; with a note where it cannot be one."""
    written = root["extends"]
    if base is not None and "extends" in base:
        further = str(base["extends"])
        message = f"“{written}” is itself an adaptation, of {further}."
        remedy = f"Extend {further}, and copy what you need out of the other."
        note("CP324", message, remedy, written)
        return False
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        message = f"“{written}” has mistakes of its own ({len(errors)}), so it cannot be used."
        remedy = f"Mend that file first. It begins with: {errors[0].message}"
        note("CP322", message, remedy, written)
    return base is not None and not errors


# The whole


@frozen
class Merged:
    """The map of a whole protocol, and what it will say of where it comes from."""

    root: MarkedMap
    adaptation: Adaptation


_HEAD = ("compassion_protocol", "id", "version", "title", "summary")
_HEADLINES = ("title", "summary")
_NEEDED = {"compassion_protocol", "id", "version", "extends", "adapted"}
_KEPT = ("family", "audience", "roles", "steps")


def merged(own: MarkedMap, base: MarkedMap, named: BaseName) -> Merged:
    """An adaptation laid into its base; what cannot be laid into it is noted."""
    if own.keys() <= _NEEDED:
        message = "This adaptation changes nothing."
        remedy = "Say under “change” or “add” what is different, or use the base itself."
        note("CP333", message, remedy, own["extends"])
    own = shape_of(AdaptationFile, "an adaptation").mended(_without_kept(own))
    _check_names(own, base, named)
    steps = Steps(base["steps"])
    steps.take(own.get("change"), own.get("add"))
    parts = {key: lay(base.get(key), own.get(key)) for key, lay in PARTS.items()}
    changed = {"": tuple(key for key in own if key in _HEADLINES)}
    changed |= {key: names for key, (_, names) in parts.items()}
    changed |= steps.changed
    adaptation = Adaptation(
        base=named.id,
        base_version=named.version,
        adapted=_adapted(own),
        changed=tuple((name, keys) for name, keys in changed.items() if keys),
        added=tuple(steps.added.items()),
    )
    inside: dict[str, Node] = {key: part for key, (part, _) in parts.items()}
    return Merged(_whole(own, base, inside | {"steps": steps.merged()}), adaptation)


def _whole(own: MarkedMap, base: MarkedMap, inside: Mapping[str, Node]) -> MarkedMap:
    """The map of the whole: our own head, then the base's parts, as they are laid over."""
    whole = MarkedMap(*place_of(own))
    for key in own:
        if key in _HEAD:
            whole.put(own.written(key), own[key])
    for each in (base, own):
        for key in each:
            if key not in whole and (each is base or key in PARTS):
                whole.put(each.written(key), inside.get(key, each[key]))
    return whole


def _adapted(own: MarkedMap) -> Adapted:
    return shape_of(Adapted, "“adapted”", "adapted: {by: …, on: …, why: …}").take(own["adapted"])


def _without_kept(own: MarkedMap) -> MarkedMap:
    for key in _KEPT:
        if key in own:
            keeps(own.written(key))
            own = renamed_key(own, key, "")
    return own


def _check_names(own: MarkedMap, base: MarkedMap, named: BaseName) -> None:
    version = base["version"]
    if version != named.version:
        message = (
            f"“{named.id}” is version {version}, and this adapts {named.version}: what was changed "
            "may not go with it any more."
        )
        remedy = f"See with `diff` what has changed in it, then write {named.id}@{version}."
        note("CP323", message, remedy, own["extends"])
    if own["id"] == named.id:
        message = f"“{named.id}” is the name of what is adapted."
        remedy = "Give the adaptation an id of its own, so that nobody takes one for the other."
        note("CP325", message, remedy, own["id"])


def check_settings(whole: Protocol, base: Protocol) -> None:
    """Note settings that can be set further than their base allows."""
    before = {setting.name: setting for setting in base.settings}
    for setting in whole.settings:
        old = before.get(setting.name, setting)
        # Of a setting that has lost its type something has been said already.
        if type(old) is type(setting) and not stays_within(setting, old):
            message = f"“{setting.name}” can be set further than in the base."
            remedy = "Stay within the base's bounds: its steps were thought out for those."
            note("CP331", message, remedy, setting.span)


def without_base(root: MarkedMap) -> MarkedMap:
    """A protocol that extends nothing, without what only an adaptation has; with a note."""
    for key in ("adapted", "change", "add"):
        if key in root:
            message = f"“{key}” belongs to an adaptation, and this file extends nothing."
            remedy = "Write extends: with the base and its version, or take this out."
            note("CP336", message, remedy, root.written(key))
            root = renamed_key(root, key, "")
    return root


def register() -> None:
    """Let cattrs know how what is said of an adaptation is taken."""
    for_type(Fidelity, word(Fidelity))
    for_field(Adapted, "by", one_or_several(text))
    for part in (*PARTS, "change"):
        for_field(AdaptationFile, part, raw)
