"""From the bytes of a script to what it says, with everything that is wrong with it.

It is read as a protocol is: nodes with places first, then each to what its field
wants, noting what does not fit (:mod:`compassion_protocols.reading.fields`).
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from attrs import evolve, fields

from compassion_protocols.authoring.scripts.script import (
    DOINGS,
    REFUSALS,
    Does,
    Entry,
    Exactly,
    Script,
    Sees,
    Written,
)
from compassion_protocols.errors import ScriptRejected
from compassion_protocols.findings import in_order
from compassion_protocols.language.values import Duration, parse_duration
from compassion_protocols.reading.compose import compose
from compassion_protocols.reading.fields import (
    duration,
    not_one_of,
    text,
    whole,
    word,
    written_text,
    yes_no,
)
from compassion_protocols.reading.lists import entries, no_map, pairs, some_texts, texts
from compassion_protocols.reading.marks import MarkedList, MarkedMap, MarkedText, Node
from compassion_protocols.reading.notes import note, said, taking_notes
from compassion_protocols.reading.scalars import as_number
from compassion_protocols.reading.shapes import for_field, shape_of
from compassion_protocols.session.events import KINDS
from compassion_protocols.session.state import Screen
from compassion_protocols.session.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.reading.fields import Hook

LOOKS = ("says", "offers", "asks", "read_by", "keeps")
"""What may be said of a view beside its own fields, and of what its viewer keeps."""

PARTS = (*LOOKS, *[attribute.name for attribute in fields(View)])


def read_script(data: bytes, file: str) -> Script:
    """The script in these bytes. ScriptRejected with every finding if anything is wrong.

    ``file`` is what the findings call the file; nothing is opened.
    """
    composed = compose(data, file)
    if composed.root is None or composed.findings:
        raise ScriptRejected(composed.findings)
    with taking_notes(composed) as noted:
        shape = shape_of(Script, "a script", "about: Ana skips everything.")
        script = shape.take(composed.root, {"span": composed.root.span})
    if noted:
        raise ScriptRejected(in_order(noted))
    return script


# How it begins


def _people(node: Node, _: object = None) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(node, MarkedMap):
        return {"": some_texts(node)}
    return {str(role): some_texts(names) for role, names in pairs(node, "people", "")}


def _instant(node: Node, _: object = None) -> float:
    found = written_text(node)
    try:
        return dt.datetime.fromisoformat(found or "").replace(tzinfo=dt.UTC).timestamp()
    except ValueError:
        if found is not None:
            remedy = "Write year-month-day and the time, such as 2026-03-01 18:00."
            note("CP109", f"{said(found)}: when is that?", remedy, found)
    return 0.0


def _offset(node: Node, _: object = None) -> Duration:
    """A length of time that may have a minus before it."""
    if isinstance(node, MarkedText) and node.startswith("-"):
        ahead = parse_duration(node[1:])
        if ahead is not None:
            return Duration(-int(ahead))
    return duration(node)


def _written(node: Node, _: object = None) -> Written:
    if isinstance(node, MarkedMap):
        return {str(key): _written(value) for key, value in node.items()}
    if isinstance(node, MarkedList):
        return tuple([_written(item) for item in node])
    return str(node)


def _settings(node: Node, _: object = None) -> dict[str, Written]:
    return {str(key): _written(value) for key, value in pairs(node, "a map", "rounds: 3")}


def _policy(node: Node, _: object = None) -> dict[str, int]:
    return {str(key): whole()(value, None) for key, value in pairs(node, "a map", "after: 5")}


# What happens


def _script(node: Node, _: object = None) -> tuple[Entry, ...]:
    return tuple([_entry(item) for item in entries(node)])


def _entry(node: Node) -> Entry:
    if not isinstance(node, MarkedMap):
        no_map(node, "an entry", "- {by: Ana, answer: a walk}")
        return Does(span=node.span)
    if "sees" in node:
        shape = shape_of(Sees, "a look", "- {sees: Ana, kind: ask}", also=PARTS)
        meant = shape.mended(node)
        parts = {key: _written(meant[key]) for key in meant if key in PARTS}
        return shape.made(meant, {"parts": parts, "span": node.span})
    shape_of_event = shape_of(Does, "an entry", "- {by: Ana, answer: a walk}", also=("json",))
    meant = shape_of_event.mended(node)
    does = shape_of_event.made(meant, {"span": node.span})
    _check_fields(does, meant)
    return evolve(does, answer=_exactly(meant["json"])) if "json" in meant else does


def _exactly(node: Node) -> Exactly:
    found = written_text(node)
    try:
        return Exactly(json.loads(found or "null"))
    except (ValueError, RecursionError):
        remedy = "Write it in quotes as JSON has it, such as '[1, null]'."
        note("CP107", f"{said(node)} is not JSON.", remedy, node)
    return Exactly(None)


_FREE = ("does", "after", "refused")


def _check_fields(does: Does, meant: MarkedMap) -> None:
    """Note what this event has no use for, and what it cannot do without."""
    if does.does not in DOINGS:
        return
    event = KINDS.get(does.does)  # None for what is no event
    fitting = {attribute.name for attribute in fields(event)} if event else set()
    for key in meant:
        field = "value" if key in ("answer", "json") else key
        if key not in _FREE and field not in fitting:
            remedy = "Take one of the two out."
            note("CP122", f"“{does.does}” has no “{key}”.", remedy, meant.written(key))
    for name in fitting & {"by", "value", "seconds"}:
        there = {"answer", "json"} if name == "value" else {name}
        if not there & meant.keys():
            key = "answer" if name == "value" else name
            note(
                "CP102",
                f"Here “{key}” is missing, so nobody in this script could do it.",
                f"Add “{key}: …”, which “{does.does}” needs.",
                meant,
            )


def _one_of(words: tuple[str, ...]) -> Hook:
    """A hook for one of these words."""

    def hook(node: Node, _: object = None) -> str:
        found = written_text(node)
        if found is not None and found not in words:
            not_one_of(found, words)
        return str(found or words[0])

    return hook


def _length(node: Node, _: object = None) -> float:
    """Seconds: a length of time, or a plain number of them, which may be less than nothing."""
    seconds = as_number(node)
    return float(seconds if seconds is not None else duration(node))


for _cls, _name, _hook in (
    (Script, "people", _people),
    (Script, "begins", _instant),
    (Script, "utc_offset", _offset),
    (Script, "screen", word(Screen)),
    (Script, "seed", whole(0)),
    (Script, "settings", _settings),
    (Script, "cleared", texts),
    (Script, "policy", _policy),
    (Script, "entries", _script),
    (Sees, "after", _length),
    (Does, "does", _one_of(DOINGS)),
    (Does, "after", _length),
    (Does, "answer", _written),
    (Does, "token", text),
    (Does, "until", _length),
    (Does, "seconds", _length),
    (Does, "rating", whole(0, 10)),
    (Does, "safe", yes_no),
    (Does, "keep", yes_no),
    (Does, "refused", _one_of(REFUSALS)),
):
    for_field(_cls, _name, _hook)
