"""How each type of the model is written in a file, and the few fields that differ from it."""

from __future__ import annotations

from functools import cache
from typing import Any, get_type_hints

from compassion_protocols.authoring.schema.building import (
    ANY,
    LENGTH,
    REFERENCE,
    SOME_TEXTS,
    TEXT,
    TEXTS,
    VERSION,
    Schema,
    any_of,
    list_of,
    map_of,
    matching,
    one_of,
    to,
    whole,
)
from compassion_protocols.language.condition import Condition
from compassion_protocols.language.template import Template
from compassion_protocols.language.values import Duration
from compassion_protocols.model.adaptation import AdaptationFile, Adapted, Addition, Fidelity
from compassion_protocols.model.answers import (
    AnswerKind,
    Bound,
    Choices,
    Form,
    ListOf,
    Number,
    Options,
    Scale,
)
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
from compassion_protocols.model.rules import Rule, Within
from compassion_protocols.model.settings import (
    AnySetting,
    ChoiceSetting,
    ListSetting,
    YesNoSetting,
)
from compassion_protocols.model.steps import (
    AnyStep,
    Case,
    ForEach,
    How,
    Include,
    Keep,
    Order,
    Owner,
    Pattern,
    Resume,
    Step,
    Timer,
    Turns,
)

A_NAME = matching(NAME.pattern)
DURATION = matching(LENGTH)
DURATION_OR_NAME = matching(f"{LENGTH}|{REFERENCE}")
DAY = matching("[0-9]{4}-[0-9]{2}-[0-9]{2}")
YES_NO: Schema = {"enum": [True, False, "yes", "no", "true", "false"]}
OPTIONS = any_of(
    SOME_TEXTS,
    {"type": "object", "additionalProperties": TEXT, "minProperties": 1},
    matching(REFERENCE),
)

TYPES: tuple[tuple[object, Schema], ...] = (
    (str, TEXT),
    (bool, {"type": "boolean"}),
    (int, whole(1)),
    (int | float, {"type": "number"}),
    (int | float | None, {"type": "number"}),
    (int | Ref, any_of(whole(1), matching(REFERENCE))),
    (int | Ref | None, any_of(whole(1), matching(REFERENCE))),
    (int | None, whole(0)),
    (Bound, any_of({"type": "number"}, matching(REFERENCE))),
    (Duration, DURATION),
    (Duration | None, DURATION),
    (Duration | Ref, DURATION_OR_NAME),
    (Duration | Ref | None, DURATION_OR_NAME),
    (Ref, matching(REFERENCE)),
    (Ref | None, matching(REFERENCE)),
    (People, to("people")),
    (People | None, to("people")),
    (Template, to("template")),
    (Template | None, to("template")),
    (Condition, to("condition")),
    (Condition | None, to("condition")),
    (tuple[str, ...], TEXTS),
    (tuple[str, ...] | Ref, any_of(SOME_TEXTS, matching(REFERENCE))),
    (object, ANY),
    (tuple[object, ...], list_of(ANY)),
    (AnswerKind, to("answer")),
    (Options, OPTIONS),
    (Pattern, to("pattern")),
    (Timer | None, to("timer")),
    (Keep | None, to("keep")),
    (Owner, one_of(Owner)),
    (How, one_of(How)),
    (tuple[AnyStep, ...], to("steps")),
    (tuple[Case, ...], list_of(to("case"), 1)),
    (tuple[Rule, ...], list_of(to("rule"))),
    (tuple[AnySetting, ...], map_of(to("setting"))),
    (tuple[Role, ...], map_of(to("role"))),
    (Card, to("card")),
    (Care, to("care")),
    (Dose, to("dose")),
    (tuple[SeedSource | Citation, ...], list_of(to("source"), 1)),
    (tuple[Audience, ...], any_of(one_of(Audience), list_of(one_of(Audience), 1))),
    (tuple[Rating, ...], any_of(one_of(Rating), list_of(one_of(Rating), 1))),
    (Adapted, to("adapted")),
    (Fidelity, one_of(Fidelity)),
    (tuple[Addition, ...], any_of(to("addition"), list_of(to("addition"), 1))),
    (tuple[Revision, ...], list_of(to("revision"))),
    *((words, one_of(words)) for words in (Family, IfFewer, DoseSource, Status)),
    (Relation | None, one_of(Relation)),
    (Level | None, one_of(Level)),
    (Order, one_of(Order)),
    (Resume | None, one_of(Resume)),
)

FIELDS: dict[tuple[type, str], Schema] = {
    (Protocol, "language"): {"const": LANGUAGE_VERSION},
    (Protocol, "id"): matching(PROTOCOL_ID.pattern),
    (Protocol, "version"): matching(VERSION),
    (AdaptationFile, "language"): {"const": LANGUAGE_VERSION},
    (AdaptationFile, "id"): matching(PROTOCOL_ID.pattern),
    (AdaptationFile, "version"): matching(VERSION),
    (AdaptationFile, "extends"): matching(f"{PROTOCOL_ID.pattern}@{VERSION}"),
    (AdaptationFile, "card"): to("card_laid_over"),
    (AdaptationFile, "care"): to("care_laid_over"),
    (AdaptationFile, "settings"): map_of(to("setting_laid_over")),
    (AdaptationFile, "change"): map_of(to("step_laid_over")),
    (Adapted, "by"): any_of(TEXT, SOME_TEXTS),
    (Addition, "after"): A_NAME,
    (Addition, "before"): A_NAME,
    (Card, "reviewed_on"): DAY,
    (Card, "next_review"): DAY,
    (Revision, "version"): matching(VERSION),
    (Revision, "date"): DAY,
    (Care, "tier"): whole(0, 3),
    (Care, "screen"): matching(PROTOCOL_ID.pattern),
    (Role, "one_of"): matching(REFERENCE),
    (Role, "others"): A_NAME,
    (Step, "id"): A_NAME,
    (Turns, "names"): {"type": "array", "items": A_NAME, "minItems": 2, "maxItems": 2},
    (ForEach, "items"): any_of(whole(1), matching(rf"{REFERENCE}|{NAME.pattern} +in +{REFERENCE}")),
    (Include, "protocol"): matching(PROTOCOL_ID.pattern),
    (Include, "given"): {"type": "object"},
    (Include, "prefix"): A_NAME,
    (Include, "version"): matching(rf"\^?{VERSION}"),
    (Within, "days"): whole(1),
    (Number, "whole"): one_of(("whole", "any")),
    (Scale, "ends"): {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
    (Scale, "labels"): {
        "type": "object",
        "propertyNames": {"pattern": "^-?[0-9]+$"},
        "additionalProperties": TEXT,
    },
    (Choices, "own"): whole(0),
    (ListOf, "of"): {"const": "text"},
    (Form, "fields"): {**map_of(to("answer")), "minProperties": 1},
    (YesNoSetting, "default"): YES_NO,
    (ChoiceSetting, "options"): SOME_TEXTS,
    (ListSetting, "default"): any_of(
        SOME_TEXTS,
        {
            "type": "object",
            "properties": {"from": TEXT},
            "required": ["from"],
            "additionalProperties": False,
        },
    ),
}
"""Fields that are narrower than their type, or written in a way of their own."""


def written_as(cls: type, name: str) -> Schema:
    """How a field of a class is written."""
    for base in cls.__mro__:
        if (base, name) in FIELDS:
            return FIELDS[base, name]
    return next(schema for kind, schema in TYPES if kind == _hints(cls)[name])


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)
