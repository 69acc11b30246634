"""The small pieces of a JSON Schema: a text, a number, a list, a map, one of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

from compassion_protocols.model.names import NAME

Schema = dict[str, Any]

TEXT: Schema = {"type": ["string", "number", "boolean"]}
TEXTS: Schema = {"type": "array", "items": TEXT}
SOME_TEXTS: Schema = {**TEXTS, "minItems": 1}
ANY: Schema = {}
REFERENCE = rf"{NAME.pattern}(?:\.{NAME.pattern})*"
LENGTH = "(?=.)(?:[0-9]{1,4}h)?(?:[0-9]{1,5}m)?(?:[0-9]{1,6}s)?"
VERSION = r"(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2}"


def matching(pattern: str) -> Schema:
    """A text of this pattern."""
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


def whole(least: int, most: int | None = None) -> Schema:
    """A whole number within bounds."""
    bounds = {"minimum": least} if most is None else {"minimum": least, "maximum": most}
    return {"type": "integer", **bounds}


def one_of(words: Iterable[str]) -> Schema:
    """One of these words."""
    return {"type": "string", "enum": [str(word) for word in words]}


def any_of(*schemas: Schema) -> Schema:
    """Whatever fits one of these."""
    return {"anyOf": list(schemas)}


def to(name: str) -> Schema:
    """A definition, by its name."""
    return {"$ref": f"#/definitions/{name}"}


def list_of(each: Schema, at_least: int = 0) -> Schema:
    """A list with at least so many of these."""
    return {"type": "array", "items": each, "minItems": at_least}


def map_of(each: Schema) -> Schema:
    """A map whose names the author gives."""
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{NAME.pattern}$"},
        "additionalProperties": each,
    }
