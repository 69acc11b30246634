"""A view and a transcript as JSON, and the schema that a view keeps to.

Each is one object whose first key says what it is and which version of its form
it has. Only ASCII characters are written, so that nothing that stands in an
answer can reach a terminal or a log as anything but the letters of its code.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from attrs import asdict

if TYPE_CHECKING:
    from compassion_protocols.session.transcript import Transcript
    from compassion_protocols.session.view import View

VIEW_VERSION = 1
TRANSCRIPT_VERSION = 1


def view_as_data(view: View) -> dict[str, Any]:
    """A view as plain data, by :data:`VIEW_SCHEMA`."""
    data = asdict(view, value_serializer=_as_json_has_it)
    if data["input"] is not None:
        data["input"] = _input(data["input"])
    return {"compassion_view": VIEW_VERSION, **data, "etag": view.etag}


def _as_json_has_it(_: object, __: object, value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _input(data: dict[str, Any]) -> dict[str, Any]:
    fields = [{"name": name, **_input(inner)} for name, inner in data["fields"]]
    labels = [{"at": at, "label": label} for at, label in data["labels"]]
    return {**data, "fields": fields, "labels": labels}


def to_json(view: View) -> str:
    """A view as JSON, by :data:`VIEW_SCHEMA`."""
    return json.dumps(view_as_data(view))


def transcript_as_data(transcript: Transcript) -> dict[str, Any]:
    """A transcript as plain data."""
    return {
        "compassion_transcript": TRANSCRIPT_VERSION,
        **asdict(transcript, value_serializer=_as_json_has_it),
    }


def transcript_as_json(transcript: Transcript) -> str:
    """A transcript as JSON: one object, with each line's ``value`` as it was given."""
    return json.dumps(transcript_as_data(transcript), indent=2)


def _object(**properties: object) -> dict[str, Any]:
    """An object that has exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list_of(items: object) -> dict[str, Any]:
    return {"type": "array", "items": items}


_TEXT = {"type": "string"}
_TEXTS = _list_of(_TEXT)
_NUMBER = {"type": "number"}
_WHOLE = {"type": "integer"}
_INSTANT = {"type": ["number", "null"], "description": "Epoch seconds."}

_LIMITS = {
    "type": "object",
    "properties": dict.fromkeys(("min", "max", "own", "whole"), _NUMBER),
    "additionalProperties": False,
}
_INPUT: dict[str, Any] = {
    "type": {
        "enum": [
            *("text", "long_text", "yes_no", "date", "time", "number", "scale"),
            *("choice", "choices", "rank", "person", "list", "form"),
        ]
    },
    "options": _list_of(_object(value=_TEXT, label=_TEXT)),
    "fields": _list_of({"$ref": "#/definitions/field"}),
    "limits": _LIMITS,
    "labels": _list_of(_object(at=_WHOLE, label=_TEXT)),
    "hint": _TEXT,
    "borrow": _TEXTS,
    "example": {"description": "An answer that fits, as plain data."},
    "seen_by": _TEXTS,
    "keep": _TEXT,
}
_LINE = _object(
    locale=_TEXT,
    name=_TEXT,
    purpose=_TEXT,
    channel=_TEXT,
    contact=_TEXT,
    hours=_TEXT,
    languages=_TEXTS,
    verified_on={"type": "string", "description": "Empty where nobody has checked it."},
    source=_TEXT,
)

VIEW_SCHEMA: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "What one person's screen shows",
    "definitions": {
        "input": _object(**_INPUT),
        "field": _object(name=_TEXT, **_INPUT),
    },
    **_object(
        compassion_view={"const": VIEW_VERSION},
        session=_TEXT,
        viewer=_TEXT,
        at={"type": "number", "description": "Epoch seconds."},
        status={"enum": ["open", "paused", "care", "ended"]},
        kind={
            "enum": [
                *("say", "ask", "speak", "breathe", "wait", "reveal"),
                *("waiting", "pause", "hand_over", "cover", "ended"),
            ]
        },
        text={"type": "string", "description": "Markdown: paragraphs, emphasis, lists, breaks."},
        token=_TEXT,
        title=_TEXT,
        heading=_TEXT,
        addressed=_TEXTS,
        input={"anyOf": [{"type": "null"}, {"$ref": "#/definitions/input"}]},
        invite=_TEXTS,
        draft={"description": "What was written before, as plain data; null if nothing was."},
        timer={
            "anyOf": [
                {"type": "null"},
                _object(
                    started={"type": "number", "description": "Epoch seconds."},
                    due=_INSTANT,
                    over=_INSTANT,
                    not_before=_INSTANT,
                ),
            ]
        },
        pace={
            "anyOf": [
                {"type": "null"},
                _object(inhale=_WHOLE, hold=_WHOLE, exhale=_WHOLE, rest=_WHOLE, breaths=_WHOLE),
            ]
        },
        waiting=_TEXTS,
        hand_to=_TEXT,
        minutes_left=_WHOLE,
        actions=_list_of(
            {
                "enum": [
                    *("answer", "continue", "skip", "back", "pause", "resume", "distress"),
                    *("stop", "leave", "join", "advance", "extend", "erase"),
                ]
            }
        ),
        note=_TEXT,
        help=_object(text=_TEXT, lines=_list_of(_LINE), near={"type": "boolean"}),
        etag=_TEXT,
    ),
}
"""JSON Schema (draft-07) of what :func:`to_json` writes."""
