"""The JSON Schema (draft-07) of the protocol language, for editors.

It is made from the model: which names a thing may have, which it must have, and
what each means are read from the fields of its class, so that the schema cannot
fall behind. How a type is written is told by hand (:mod:`.types`), in two tables:
for each type, and for the few fields that are narrower than their type.

A schema sees what an editor's YAML reader makes of a file, which guesses more
than ours: ``3`` is a number there, ``yes`` is a text for some and true for
others. So a text may also be a number or a flag, and a ``yes_no`` all that is
meant by it. Whatever a schema cannot say (names, proofs, lengths) is left to
``lint``.
"""

from __future__ import annotations

from attrs import NOTHING, frozen

from compassion_protocols.authoring.schema.building import (
    REFERENCE,
    SOME_TEXTS,
    TEXT,
    Schema,
    any_of,
    list_of,
    matching,
    to,
    whole,
)
from compassion_protocols.authoring.schema.examples import example_of
from compassion_protocols.authoring.schema.types import A_NAME, written_as
from compassion_protocols.model.adaptation import AdaptationFile, Adapted, Addition
from compassion_protocols.model.answers import (
    KEYED_KINDS,
    PLAIN_KINDS,
)
from compassion_protocols.model.author import authored, doc_of
from compassion_protocols.model.card import (
    Card,
    Citation,
    Dose,
    Revision,
    SeedSource,
)
from compassion_protocols.model.care import Care
from compassion_protocols.model.protocol import (
    Protocol,
    Role,
)
from compassion_protocols.model.rules import RULE_KEYS, Counted, Rule, Within
from compassion_protocols.model.steps import (
    KINDS,
    Case,
    Keep,
    Pattern,
    Timer,
)
from compassion_protocols.reading.adapt_parts import KEPT_OF_CARD
from compassion_protocols.reading.adapt_steps import KEPT_OF_STEPS
from compassion_protocols.reading.convert_settings import SETTING_KINDS

DRAFT = "http://json-schema.org/draft-07/schema#"


def language_schema() -> Schema:
    """The schema of a protocol file."""
    return {
        "$schema": DRAFT,
        "title": "A protocol of the compassion_protocols language, version 1",
        "if": {"required": ["extends"]},
        "then": to("adaptation"),
        "else": to("protocol"),
        "definitions": {
            name: {"title": _title(name), **_definition(thing)}
            for name, thing in DEFINITIONS.items()
        },
    }


_PHRASES = any_of(SOME_TEXTS, A_NAME)


def _told(description: str, example: object, schema: Schema) -> Schema:
    return {"description": description, "examples": [example], **schema}


_CHECKS: Schema = {
    "words": _told("How many words.", {"max": 30}, to("count")),
    "sentences": _told("How many sentences.", {"max": 1}, to("count")),
    "items": _told("How many items of a list.", {"min": 1, "max": 3}, to("count")),
    "avoids": _told("None of these: a word list or phrases.", "solving", _PHRASES),
    "mentions": _told("At least one of these: a word list or phrases.", "feelings", _PHRASES),
    "starts_with": _told("It begins with this.", ["I felt", "I feel"], any_of(TEXT, SOME_TEXTS)),
    "within": _told("A day from today on, not too far away.", {"days": 14}, to("within")),
    "differs_from": _told("Not the same as another answer.", "reflection", matching(REFERENCE)),
    "expect": _told("A condition on `answer`.", "answer > 0", to("condition")),
}
_ROLE_SIZE: Schema = {
    "people": _told(
        "How many people: 2, or 3-12.",
        "3-8",
        any_of(whole(1, 12), matching("[0-9]{1,3}(?: *[-–] *[0-9]{1,3})?")),
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
    "template": {**TEXT, "description": "A text; {{ name }} stands for a value."},
    "condition": {**TEXT, "description": "Something that may hold or not."},
    "people": {
        "description": "everyone, a role, a bound name, facilitator, or a list of these.",
        **any_of(matching(REFERENCE), list_of(matching(REFERENCE), 1)),
    },
    "card": Card,
    "dose": Dose,
    "seed_source": SeedSource,
    "citation": Citation,
    "revision": Revision,
    "source": {
        "description": "A published source, or words of an article that the library began with.",
        **any_of(to("seed_source"), to("citation")),
    },
    "care": Care,
    "role": Role,
    "setting": {
        "description": f"One of: {', '.join(SETTING_KINDS)}.",
        **any_of(*(to(f"setting_{kind}") for kind in SETTING_KINDS)),
    },
    **{f"setting_{kind}": cls for kind, cls in SETTING_KINDS.items()},
    "steps": {"description": "What happens, in order.", **list_of(to("step"), 1)},
    "step": {
        "description": f"One of: {', '.join(KINDS)}.",
        **any_of(*(to(f"step_{kind}") for kind in KINDS)),
    },
    **{f"step_{kind}": cls for kind, cls in KINDS.items()},
    "timer": Timer,
    "keep": Keep,
    "pattern": Pattern,
    "case": Case,
    "answer": {
        "description": f"One of: {', '.join((*PLAIN_KINDS, *KEYED_KINDS))}.",
        **any_of(
            {"type": "string", "enum": list(PLAIN_KINDS)},
            *(to(f"answer_{kind}") for kind in KEYED_KINDS),
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
    return different[0] if len(different) == 1 else any_of(*different)


def _object(cls: type) -> Schema:
    """The schema of one class: its names, which of them it must have, and what each means."""
    written = authored(cls)
    properties = {
        key: {
            "title": key,
            "description": doc_of(attribute),
            "examples": list(example_of(cls, key)),
            **written_as(cls, attribute.name),
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
