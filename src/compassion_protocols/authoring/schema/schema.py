"""The JSON Schema (draft-07) of the protocol language, for editors.

It is made from the model: which names a thing may have, which it must have, and
what each means are read from the fields of its class, so that the schema cannot
fall behind. Only how a type is written stands here, in two tables: for each
type, and for the few fields that are narrower than their type.

A schema sees what an editor's YAML reader makes of a file, which guesses more
than ours: ``3`` is a number there, ``yes`` is a text for some and true for
others. So a text may also be a number or a flag, and a ``yes_no`` all that is
meant by it. Whatever a schema cannot say (names, proofs, lengths) is left to
``lint``.
"""

from __future__ import annotations

from functools import cache
from typing import Any, get_type_hints

from attrs import NOTHING, frozen

from compassion_protocols.authoring.schema.examples import example_of
from compassion_protocols.language.condition import Condition
from compassion_protocols.language.template import Template
from compassion_protocols.language.values import Duration
from compassion_protocols.model.adaptation import AdaptationFile, Adapted, Addition, Fidelity
from compassion_protocols.model.answers import (
    KEYED_KINDS,
    PLAIN_KINDS,
    AnswerKind,
    Bound,
    Choices,
    Form,
    ListOf,
    Number,
    Options,
    Scale,
)
from compassion_protocols.model.author import authored, doc_of
from compassion_protocols.model.card import (
    Card,
    Citation,
    Dose,
    DoseSource,
    Level,
    Relation,
    Revision,
    SeedSource,
    Status,
)
from compassion_protocols.model.care import Care, Rating
from compassion_protocols.model.names import NAME, PROTOCOL_ID, People, Ref
from compassion_protocols.model.protocol import (
    LANGUAGE_VERSION,
    Audience,
    Family,
    IfFewer,
    Protocol,
    Role,
)
from compassion_protocols.model.rules import RULE_KEYS, Counted, Rule, Within
from compassion_protocols.model.settings import (
    AnySetting,
    ChoiceSetting,
    ListSetting,
    YesNoSetting,
)
from compassion_protocols.model.steps import (
    KINDS,
    AnyStep,
    Case,
    ForEach,
    Include,
    Order,
    Pattern,
    Resume,
    Step,
    Timer,
    Turns,
)
from compassion_protocols.reading.adapt_parts import KEPT_OF_CARD
from compassion_protocols.reading.adapt_steps import KEPT_OF_STEPS
from compassion_protocols.reading.convert_settings import SETTING_KINDS

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"


def language_schema() -> Schema:
    """The schema of a protocol file."""
    return {
        "$schema": DRAFT,
        "title": "A protocol of the compassion_protocols language, version 1",
        "if": {"required": ["extends"]},
        "then": _to("adaptation"),
        "else": _to("protocol"),
        "definitions": {
            name: {"title": _title(name), **_definition(thing)}
            for name, thing in DEFINITIONS.items()
        },
    }


# How a type is written

_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_SOME_TEXTS: Schema = {**_TEXTS, "minItems": 1}
_ANY: Schema = {}
_REFERENCE = rf"{NAME.pattern}(?:\.{NAME.pattern})*"
_LENGTH = "(?=.)(?:[0-9]{1,4}h)?(?:[0-9]{1,5}m)?(?:[0-9]{1,6}s)?"
_VERSION = r"(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2}"


def _matching(pattern: str) -> Schema:
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


def _whole(least: int, most: int | None = None) -> Schema:
    bounds = {"minimum": least} if most is None else {"minimum": least, "maximum": most}
    return {"type": "integer", **bounds}


def _one_of(words: Any) -> Schema:  # noqa: ANN401  # an enumeration of texts
    return {"type": "string", "enum": [str(word) for word in words]}


def _any_of(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


def _to(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _list(each: Schema, at_least: int = 0) -> Schema:
    return {"type": "array", "items": each, "minItems": at_least}


def _map_of(each: Schema) -> Schema:
    """A map whose names the author gives."""
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{NAME.pattern}$"},
        "additionalProperties": each,
    }


_NAME = _matching(NAME.pattern)
_DURATION = _matching(_LENGTH)
_DURATION_OR_NAME = _matching(f"{_LENGTH}|{_REFERENCE}")
_DAY = _matching("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YES_NO: Schema = {"enum": [True, False, "yes", "no", "true", "false"]}
_OPTIONS = _any_of(
    _SOME_TEXTS,
    {"type": "object", "additionalProperties": _TEXT, "minProperties": 1},
    _matching(_REFERENCE),
)

_TYPES: tuple[tuple[object, Schema], ...] = (
    (str, _TEXT),
    (bool, {"type": "boolean"}),
    (int, _whole(1)),
    (int | float, {"type": "number"}),
    (int | float | None, {"type": "number"}),
    (int | Ref, _any_of(_whole(1), _matching(_REFERENCE))),
    (int | Ref | None, _any_of(_whole(1), _matching(_REFERENCE))),
    (int | None, _whole(0)),
    (Bound, _any_of({"type": "number"}, _matching(_REFERENCE))),
    (Duration, _DURATION),
    (Duration | None, _DURATION),
    (Duration | Ref, _DURATION_OR_NAME),
    (Duration | Ref | None, _DURATION_OR_NAME),
    (Ref, _matching(_REFERENCE)),
    (Ref | None, _matching(_REFERENCE)),
    (People, _to("people")),
    (People | None, _to("people")),
    (Template, _to("template")),
    (Template | None, _to("template")),
    (Condition, _to("condition")),
    (Condition | None, _to("condition")),
    (tuple[str, ...], _TEXTS),
    (tuple[str, ...] | Ref, _any_of(_SOME_TEXTS, _matching(_REFERENCE))),
    (object, _ANY),
    (tuple[object, ...], _list(_ANY)),
    (AnswerKind, _to("answer")),
    (Options, _OPTIONS),
    (Pattern, _to("pattern")),
    (Timer | None, _to("timer")),
    (tuple[AnyStep, ...], _to("steps")),
    (tuple[Case, ...], _list(_to("case"), 1)),
    (tuple[Rule, ...], _list(_to("rule"))),
    (tuple[AnySetting, ...], _map_of(_to("setting"))),
    (tuple[Role, ...], _map_of(_to("role"))),
    (Card, _to("card")),
    (Care, _to("care")),
    (Dose, _to("dose")),
    (tuple[SeedSource | Citation, ...], _list(_to("source"), 1)),
    (tuple[Audience, ...], _any_of(_one_of(Audience), _list(_one_of(Audience), 1))),
    (tuple[Rating, ...], _any_of(_one_of(Rating), _list(_one_of(Rating), 1))),
    (Adapted, _to("adapted")),
    (Fidelity, _one_of(Fidelity)),
    (tuple[Addition, ...], _any_of(_to("addition"), _list(_to("addition"), 1))),
    (tuple[Revision, ...], _list(_to("revision"))),
    *((words, _one_of(words)) for words in (Family, IfFewer, DoseSource, Status)),
    (Relation | None, _one_of(Relation)),
    (Level | None, _one_of(Level)),
    (Order, _one_of(Order)),
    (Resume | None, _one_of(Resume)),
)

_FIELDS: dict[tuple[type, str], Schema] = {
    (Protocol, "language"): {"const": LANGUAGE_VERSION},
    (Protocol, "id"): _matching(PROTOCOL_ID.pattern),
    (Protocol, "version"): _matching(_VERSION),
    (AdaptationFile, "language"): {"const": LANGUAGE_VERSION},
    (AdaptationFile, "id"): _matching(PROTOCOL_ID.pattern),
    (AdaptationFile, "version"): _matching(_VERSION),
    (AdaptationFile, "extends"): _matching(f"{PROTOCOL_ID.pattern}@{_VERSION}"),
    (AdaptationFile, "card"): _to("card_laid_over"),
    (AdaptationFile, "care"): _to("care_laid_over"),
    (AdaptationFile, "settings"): _map_of(_to("setting_laid_over")),
    (AdaptationFile, "change"): _map_of(_to("step_laid_over")),
    (Adapted, "by"): _any_of(_TEXT, _SOME_TEXTS),
    (Addition, "after"): _NAME,
    (Addition, "before"): _NAME,
    (Card, "reviewed_on"): _DAY,
    (Card, "next_review"): _DAY,
    (Revision, "version"): _matching(_VERSION),
    (Revision, "date"): _DAY,
    (Care, "tier"): _whole(0, 3),
    (Care, "screen"): _matching(PROTOCOL_ID.pattern),
    (Role, "one_of"): _matching(_REFERENCE),
    (Role, "others"): _NAME,
    (Step, "id"): _NAME,
    (Turns, "names"): {"type": "array", "items": _NAME, "minItems": 2, "maxItems": 2},
    (ForEach, "items"): _any_of(
        _whole(1), _matching(rf"{_REFERENCE}|{NAME.pattern} +in +{_REFERENCE}")
    ),
    (Include, "protocol"): _matching(PROTOCOL_ID.pattern),
    (Include, "given"): {"type": "object"},
    (Include, "prefix"): _NAME,
    (Include, "version"): _matching(rf"\^?{_VERSION}"),
    (Within, "days"): _whole(1),
    (Number, "whole"): _one_of(("whole", "any")),
    (Scale, "ends"): {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
    (Scale, "labels"): {
        "type": "object",
        "propertyNames": {"pattern": "^-?[0-9]+$"},
        "additionalProperties": _TEXT,
    },
    (Choices, "own"): _whole(0),
    (ListOf, "of"): {"const": "text"},
    (Form, "fields"): {**_map_of(_to("answer")), "minProperties": 1},
    (YesNoSetting, "default"): _YES_NO,
    (ChoiceSetting, "options"): _SOME_TEXTS,
    (ListSetting, "default"): _any_of(
        _SOME_TEXTS,
        {
            "type": "object",
            "properties": {"from": _TEXT},
            "required": ["from"],
            "additionalProperties": False,
        },
    ),
}
"""Fields that are narrower than their type, or written in a way of their own."""

_PHRASES = _any_of(_SOME_TEXTS, _NAME)


def _told(description: str, example: object, schema: Schema) -> Schema:
    return {"description": description, "examples": [example], **schema}


_CHECKS: Schema = {
    "words": _told("How many words.", {"max": 30}, _to("count")),
    "sentences": _told("How many sentences.", {"max": 1}, _to("count")),
    "items": _told("How many items of a list.", {"min": 1, "max": 3}, _to("count")),
    "avoids": _told("None of these: a word list or phrases.", "solving", _PHRASES),
    "mentions": _told("At least one of these: a word list or phrases.", "feelings", _PHRASES),
    "starts_with": _told("It begins with this.", ["I felt", "I feel"], _any_of(_TEXT, _SOME_TEXTS)),
    "within": _told("A day from today on, not too far away.", {"days": 14}, _to("within")),
    "differs_from": _told("Not the same as another answer.", "reflection", _matching(_REFERENCE)),
    "expect": _told("A condition on `answer`.", "answer > 0", _to("condition")),
}
_ROLE_SIZE: Schema = {
    "people": _told(
        "How many people: 2, or 3-12.",
        "3-8",
        _any_of(_whole(1, 12), _matching("[0-9]{1,3}(?: *[-–] *[0-9]{1,3})?")),
    )
}
_BESIDE: dict[type, Schema] = {Rule: _CHECKS, Role: _ROLE_SIZE}
"""Names that stand for no field of their own."""

_ONE_OF: dict[type, tuple[str, ...]] = {
    Rule: RULE_KEYS,
    Role: ("people", "one_of"),
    Addition: ("after", "before"),
}
"""Names of which exactly one is there."""


# Objects


@frozen
class LaidOver:
    """A map that has some keys of a thing, to lie over those of another."""

    description: str
    classes: tuple[type, ...]
    but: tuple[str, ...] = ()
    """Keys that may not be there."""


DEFINITIONS: dict[str, type | Schema | LaidOver] = {
    "protocol": Protocol,
    "adaptation": AdaptationFile,
    "adapted": Adapted,
    "addition": Addition,
    "card_laid_over": LaidOver("What changes in the card.", (Card,), KEPT_OF_CARD),
    "care_laid_over": LaidOver("More care than the base has.", (Care,), ("clears",)),
    "setting_laid_over": LaidOver(
        "What changes in a setting, or a new one.", tuple(SETTING_KINDS.values())
    ),
    "step_laid_over": LaidOver("What changes in a step.", tuple(KINDS.values()), KEPT_OF_STEPS),
    "template": {**_TEXT, "description": "A text; {{ name }} stands for a value."},
    "condition": {**_TEXT, "description": "Something that may hold or not."},
    "people": {
        "description": "everyone, a role, a bound name, facilitator, or a list of these.",
        **_any_of(_matching(_REFERENCE), _list(_matching(_REFERENCE), 1)),
    },
    "card": Card,
    "dose": Dose,
    "seed_source": SeedSource,
    "citation": Citation,
    "revision": Revision,
    "source": {
        "description": "A published source, or words of an article that the library began with.",
        **_any_of(_to("seed_source"), _to("citation")),
    },
    "care": Care,
    "role": Role,
    "setting": {
        "description": f"One of: {', '.join(SETTING_KINDS)}.",
        **_any_of(*(_to(f"setting_{kind}") for kind in SETTING_KINDS)),
    },
    **{f"setting_{kind}": cls for kind, cls in SETTING_KINDS.items()},
    "steps": {"description": "What happens, in order.", **_list(_to("step"), 1)},
    "step": {
        "description": f"One of: {', '.join(KINDS)}.",
        **_any_of(*(_to(f"step_{kind}") for kind in KINDS)),
    },
    **{f"step_{kind}": cls for kind, cls in KINDS.items()},
    "timer": Timer,
    "pattern": Pattern,
    "case": Case,
    "answer": {
        "description": f"One of: {', '.join((*PLAIN_KINDS, *KEYED_KINDS))}.",
        **_any_of(
            {"type": "string", "enum": list(PLAIN_KINDS)},
            *(_to(f"answer_{kind}") for kind in KEYED_KINDS),
        ),
    },
    **{f"answer_{kind}": cls for kind, cls in KEYED_KINDS.items()},
    "rule": Rule,
    "count": Counted,
    "within": Within,
}
"""Everything that the schema of a file refers to: a class of the model, or a schema itself."""


def _title(name: str) -> str:
    """What an editor calls such a thing: ``step_say`` is a “say step”."""
    thing, _, kind = name.partition("_")
    words = f"{kind} {thing}" if thing in ("step", "answer", "setting") else name
    return words.replace("_", " ").strip()


def _definition(thing: type | Schema | LaidOver) -> Schema:
    if isinstance(thing, LaidOver):
        return _laid_over(thing)
    return thing if isinstance(thing, dict) else _object(thing)


def _laid_over(part: LaidOver) -> Schema:
    """The schema of some keys, none of which must be there."""
    whole = [_object(cls)["properties"] for cls in part.classes]
    keys = dict.fromkeys(key for properties in whole for key in properties if key not in part.but)
    several = {key: [each[key] for each in whole if key in each] for key in keys}
    return {
        "description": part.description,
        "type": "object",
        "minProperties": 1,
        "properties": {key: _either(ways) for key, ways in several.items()},
        "additionalProperties": False,
    }


def _either(ways: list[Schema]) -> Schema:
    """One schema for a key that is written in several ways."""
    different = [way for number, way in enumerate(ways) if way not in ways[:number]]
    return different[0] if len(different) == 1 else _any_of(*different)


def _object(cls: type) -> Schema:
    """The schema of one class: its names, which of them it must have, and what each means."""
    written = authored(cls)
    hints = _hints(cls)
    properties = {
        key: {
            "title": key,
            "description": doc_of(attribute),
            "examples": list(example_of(cls, key)),
            **_written(cls, attribute.name, hints),
        }
        for key, attribute in written.items()
    }
    schema: Schema = {
        "description": (cls.__doc__ or "").strip().split("\n")[0],
        "type": "object",
        "properties": {**properties, **_BESIDE.get(cls, {})},
        "required": [key for key, a in written.items() if a.default is NOTHING],
        "additionalProperties": False,
    }
    if cls in _ONE_OF:
        schema["oneOf"] = [{"required": [key]} for key in _ONE_OF[cls]]
    return schema


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _written(cls: type, name: str, hints: dict[str, Any]) -> Schema:
    for base in cls.__mro__:
        if (base, name) in _FIELDS:
            return _FIELDS[base, name]
    return next(schema for kind, schema in _TYPES if kind == hints[name])
