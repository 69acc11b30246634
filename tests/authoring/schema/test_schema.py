"""The JSON Schema of the language."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from attrs import NOTHING
from jsonschema import Draft7Validator

from compassion_protocols.authoring.schema.examples import EXAMPLES
from compassion_protocols.authoring.schema.schema import DEFINITIONS, language_schema
from compassion_protocols.model.answers import KEYED_KINDS, PLAIN_KINDS
from compassion_protocols.model.author import authored, doc_of
from compassion_protocols.model.card import Card, Citation, Dose
from compassion_protocols.model.care import Care
from compassion_protocols.model.protocol import Protocol, Role
from compassion_protocols.model.rules import RULE_KEYS, Rule
from compassion_protocols.model.settings import Setting
from compassion_protocols.model.steps import KINDS, Step
from compassion_protocols.reading.convert import read
from compassion_protocols.reading.convert_settings import SETTING_KINDS

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "protocols").rglob("*.protocol.yaml"))
SCHEMA = language_schema()
VALID = Draft7Validator(SCHEMA)
CLASSES = {name: thing for name, thing in DEFINITIONS.items() if isinstance(thing, type)}
BESIDE: dict[type, set[str]] = {Rule: set(RULE_KEYS), Role: {"people"}}


def errors(document: object) -> list[str]:
    """What is wrong with a file, by the schema."""
    return [error.message for error in VALID.iter_errors(document)]


def breaths() -> dict[str, Any]:
    """A good file, to be spoilt."""
    path = ROOT / "protocols" / "repair" / "three-breath-pause.protocol.yaml"
    return copy.deepcopy(yaml.safe_load(path.read_text("utf-8")))


def test_the_schema_is_a_schema() -> None:
    """The schema of the language is a valid schema of draft 7."""
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.split(".")[0])
def test_every_shipped_protocol_is_valid(path: Path) -> None:
    """Every protocol that is shipped, as a public YAML reader has it, is valid by the schema."""
    assert errors(yaml.safe_load(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("name", CLASSES)
def test_its_names_are_the_models(name: str) -> None:
    """What a thing may and must have, and what each name means, is what the model says."""
    cls = CLASSES[name]
    schema = SCHEMA["definitions"][name]
    written = authored(cls)
    assert set(schema["properties"]) == set(written) | BESIDE.get(cls, set())
    assert schema["required"] == [key for key, a in written.items() if a.default is NOTHING]
    assert schema["additionalProperties"] is False
    for key, attribute in written.items():
        assert schema["properties"][key]["description"] == doc_of(attribute)
        assert schema["properties"][key]["title"] == key


def test_every_kind_has_a_definition() -> None:
    """Every kind of step, of answer and of setting is defined and can be chosen."""
    definitions = SCHEMA["definitions"]
    for thing, kinds in (("step", KINDS), ("answer", KEYED_KINDS), ("setting", SETTING_KINDS)):
        offered = {each.get("$ref") for each in definitions[thing]["anyOf"]}
        assert {f"#/definitions/{thing}_{kind}" for kind in kinds} <= offered
    assert definitions["answer"]["anyOf"][0]["enum"] == list(PLAIN_KINDS)


def test_everything_is_explained() -> None:
    """Whatever an editor shows for a word has a name, and a line on what it means."""
    for definition in SCHEMA["definitions"].values():
        assert definition["description"].endswith(".")
    titles = {name: definition["title"] for name, definition in SCHEMA["definitions"].items()}
    assert titles["step_for_each"] == "for each step"
    assert titles["answer_scale"] == "scale answer"
    assert titles["setting_yes_no"] == "yes no setting"
    assert (titles["step"], titles["seed_source"]) == ("step", "seed source")
    assert len(set(titles.values())) == len(titles)


PROPERTIES = [
    (name, key)
    for name, definition in SCHEMA["definitions"].items()
    if name in CLASSES
    for key in definition["properties"]
]


@pytest.mark.parametrize(("name", "key"), PROPERTIES, ids=".".join)
def test_every_name_has_an_example(name: str, key: str) -> None:
    """Every name has an example beside its line, and the example is valid there."""
    told = SCHEMA["definitions"][name]["properties"][key]
    assert told["description"].endswith((".", ".)"))
    assert told["examples"]
    of_it = Draft7Validator({**told, "definitions": SCHEMA["definitions"]})
    for example in told["examples"]:
        assert [error.message for error in of_it.iter_errors(example)] == []


def test_examples_are_of_names_that_there_are() -> None:
    """Each example is one of a class of the model, and of a name that an author may write in it."""
    written = {base for cls in CLASSES.values() for base in cls.__mro__}
    for cls, example in EXAMPLES.items():
        assert cls in written
        assert set(example) <= set(authored(cls))


FILE = EXAMPLES[Protocol]


def shape_errors(document: dict[str, object]) -> list[str]:
    """What the reader finds in the shape of a file."""
    found = read(yaml.safe_dump(document, sort_keys=False).encode(), "example").findings
    return [str(finding) for finding in found if finding.code.startswith(("CP0", "CP1", "CP2"))]


@pytest.mark.parametrize("kind", KINDS)
def test_the_reader_takes_the_example_of_a_step(kind: str) -> None:
    """The reader takes the example of each kind of step, but for names that go one without another.

    A breath has a count or a time, and silence a time or an end.
    """
    step = {**EXAMPLES[KINDS[kind]], "id": "example"}
    either = {"breathe": ("for",), "wait": ("for",)}.get(kind, ())
    for key in either:
        del step[key]
    assert shape_errors({**FILE, "steps": [step]}) == []


@pytest.mark.parametrize("kind", SETTING_KINDS)
def test_the_reader_takes_the_example_of_a_setting(kind: str) -> None:
    """The reader takes the example of each kind of setting."""
    setting = {**EXAMPLES[Setting], **EXAMPLES[SETTING_KINDS[kind]]}
    assert shape_errors({**FILE, "settings": {"example": setting}}) == []


@pytest.mark.parametrize("kind", KEYED_KINDS)
def test_the_reader_takes_the_example_of_an_answer(kind: str) -> None:
    """The reader takes the example of each kind of answer."""
    step = {"ask": "What?", "id": "what", "answer": EXAMPLES[KEYED_KINDS[kind]]}
    assert shape_errors({**FILE, "steps": [step]}) == []


def test_the_reader_takes_the_examples_around_the_steps() -> None:
    """The reader takes the examples of a whole file, a card, care, and what any step may have."""
    assert shape_errors(FILE) == []
    card = {**EXAMPLES[Card], "dose": EXAMPLES[Dose], "sources": [EXAMPLES[Citation]]}
    assert shape_errors({**FILE, "card": card, "care": EXAMPLES[Care]}) == []
    step = {"say": "Hello.", **EXAMPLES[Step]}
    assert shape_errors({**FILE, "steps": [step]}) == []


def test_every_reference_leads_somewhere() -> None:
    """Everything that the schema refers to is defined, and everything defined is referred to."""
    found: set[str] = set()

    def look(node: object) -> None:
        if isinstance(node, dict):
            found.update(value for key, value in node.items() if key == "$ref")
            for value in node.values():
                look(value)
        elif isinstance(node, list):
            for value in node:
                look(value)

    look(SCHEMA)
    assert found == {f"#/definitions/{name}" for name in DEFINITIONS}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("compassion_protocol", 2),
        ("id", "Three Breaths"),
        ("version", "1.0"),
        ("family", "cooking"),
        ("audience", ["individual", "crowd"]),
        ("steps", []),
        ("steps", [{"sya": "Hello."}]),
        ("steps", [{"say": "Hello.", "for": "3 minutes"}]),
        ("steps", [{"say": "Hello.", "answer": "text"}]),
        ("steps", [{"ask": "What?", "answer": "txt"}]),
        ("steps", [{"ask": "What?"}]),
        ("steps", [{"ask": "What?", "answer": {"choice": []}}]),
        ("steps", [{"ask": "What?", "answer": "text", "rules": [{"say": "No."}]}]),
        ("steps", [{"repeat_until": "a", "steps": [{"say": "b"}]}]),
        ("settings", {"Breaths": {"number": 3, "label": "Breaths"}}),
        ("settings", {"breaths": {"number": "three", "label": "Breaths"}}),
        ("roles", {"partner": {"people": "some"}}),
        ("roles", {"partner": {"people": 2, "one_of": "other"}}),
        ("care", {"tier": 4}),
        ("extra", "something"),
    ],
)
def test_a_mistake_is_found(key: str, value: object) -> None:
    """A file with a wrong word, kind, length or name is not valid."""
    document = breaths()
    assert errors(document) == []
    document[key] = value
    assert errors(document)


@pytest.mark.parametrize(
    "step",
    [
        {"ask": "On?", "answer": {"choice": [True, 3, "no"]}},
        {"ask": 2024, "answer": "text", "example": 12},
        {"for_each": 3, "steps": [{"say": "a"}]},
        {"for_each": "need in open_needs", "steps": [{"say": "a"}]},
        {"include": "grounding", "as": "calm", "with": {"breaths": 3}, "version": "^1.0.0"},
        {"speak": "a", "for": "floor_time", "who": ["speaker", "listener"]},
        {"wait": "a", "until": "calm.back_at", "at_most": "1h30m"},
        {"breathe": {"in": "4s", "out": "6s"}, "count": "breaths"},
        {"turns": "partner", "as": ["teller", "hearer"], "steps": [{"end": "b"}]},
    ],
)
def test_what_the_reader_takes_is_valid(step: dict[str, object]) -> None:
    """Numbers and flags where texts belong, and names where values belong, are valid."""
    document = breaths()
    document["steps"] = [step]
    assert errors(document) == []


def clinic() -> dict[str, Any]:
    """A good adaptation, to be spoilt."""
    path = ROOT / "tests/adaptations/empathy-exchange-for-our-clinic.protocol.yaml"
    return copy.deepcopy(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))  # dates are texts


def test_an_adaptation_is_valid() -> None:
    """A file that extends another is held against what an adaptation may say."""
    document = clinic()
    document["compassion_protocol"] = 1
    document["card"]["dose"]["minutes"] = 20
    assert errors(document) == []
    del document["extends"]
    assert errors(document)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("extends", "structured-empathy-exchange"),
        ("extends", "structured-empathy-exchange@^1.0.0"),
        ("adapted", {"by": "A"}),
        ("adapted", {"by": "A", "on": "today", "why": "B", "fidelity": "high"}),
        ("roles", {"partner": {"people": 2}}),
        ("card", {"why": "Another."}),
        ("care", {"clears": "a is given"}),
        ("care", {}),
        ("change", {"welcome": {"shared": "everyone"}}),
        ("change", {"welcome": {"steps": [{"say": "A."}]}}),
        ("change", {"welcome": {"sya": "A."}}),
        ("add", {"steps": [{"say": "A."}]}),
        ("add", {"after": "a", "before": "b", "steps": [{"say": "A."}]}),
        ("add", [{"after": "a"}]),
    ],
)
def test_a_mistake_in_an_adaptation_is_found(key: str, value: object) -> None:
    """What an adaptation may not say is not valid."""
    document = clinic()
    document["compassion_protocol"] = 1
    document["card"]["dose"]["minutes"] = 20
    document[key] = value
    assert errors(document)
