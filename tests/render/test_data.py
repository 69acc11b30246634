"""A view and a transcript as JSON."""

from __future__ import annotations

import json

import pytest
from attrs import fields
from jsonschema import Draft7Validator, ValidationError

from compassion_protocols.catalog import bundled
from compassion_protocols.loading import load
from compassion_protocols.model.care import CrisisLine
from compassion_protocols.render.data import (
    VIEW_SCHEMA,
    to_json,
    transcript_as_data,
    transcript_as_json,
    view_as_data,
)
from compassion_protocols.render.registry import RENDERERS
from compassion_protocols.session.events import Answer, Pause
from compassion_protocols.session.rehearse import rehearsal
from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Screen
from compassion_protocols.session.view import Help, Input, Pace, Timer, View
from tests.render.views import asked, question, view

VALID = Draft7Validator(VIEW_SCHEMA)


def test_the_schema_is_a_schema() -> None:
    """The schema of a view is a valid schema of draft 7."""
    Draft7Validator.check_schema(VIEW_SCHEMA)


@pytest.mark.parametrize(
    ("cls", "schema"),
    [
        (View, VIEW_SCHEMA),
        (Input, VIEW_SCHEMA["definitions"]["input"]),
        (Timer, VIEW_SCHEMA["properties"]["timer"]["anyOf"][1]),
        (Pace, VIEW_SCHEMA["properties"]["pace"]["anyOf"][1]),
        (Help, VIEW_SCHEMA["properties"]["help"]),
        (CrisisLine, VIEW_SCHEMA["properties"]["help"]["properties"]["lines"]["items"]),
    ],
)
def test_the_schema_names_every_field(cls: type, schema: dict[str, object]) -> None:
    """Each field of a view, and of what is in it, is in the schema, and nothing else is."""
    named = schema["properties"]
    assert isinstance(named, dict)
    names = {field.name for field in fields(cls)}
    assert set(named) - {"compassion_view", "etag"} == names


@pytest.mark.parametrize("screen", Screen)
@pytest.mark.parametrize("protocol", bundled().ids())
def test_every_view_of_every_protocol_keeps_to_the_schema(protocol: str, screen: Screen) -> None:
    """Each view of a rehearsal keeps to the schema, and every renderer writes it."""
    plan = load(protocol)
    people = {
        seat.name: [f"{seat.name} {n}" for n in range(seat.least)] for seat in plan.protocol.seats
    }
    names = [name for group in people.values() for name in group]
    host = "Noor" if plan.protocol.care.tier == 3 else None
    if plan.protocol.care.clears is not None:
        screen = Screen.OWN  # nobody is screened on a shared one
    session = Session.start(
        plan, people, at=1_000.0, cleared=names, facilitator=host, screen=screen
    )
    for number, _ in enumerate(rehearsal(session)):
        if number == 1 and not session.ended:
            session.receive(Pause(by=names[0], at=session.state.now, until=session.state.now + 60))
        for person in session.state.setup.people:
            looked = session.view(person.id)
            VALID.validate(json.loads(to_json(looked)))
            assert all(write(looked) for write in RENDERERS.values())


def test_the_schema_refuses_what_is_no_view() -> None:
    """A view with a name too many, or without one, does not keep to the schema."""
    data = view_as_data(view())
    VALID.validate(data)
    with pytest.raises(ValidationError):
        VALID.validate({**data, "extra": 1})
    del data["text"]
    with pytest.raises(ValidationError):
        VALID.validate(data)


def test_a_form_has_its_fields_as_objects() -> None:
    """The fields of a form and the labels of a scale are objects with names."""
    form = question("form", fields=(("by_when", Input(type="date")),), labels=((0, "none"),))
    data = view_as_data(form)
    assert data["input"]["fields"][0]["name"] == "by_when"
    assert data["input"]["fields"][0]["type"] == "date"
    assert data["input"]["labels"] == [{"at": 0, "label": "none"}]
    VALID.validate(data)


def test_json_is_ascii() -> None:
    """JSON holds the codes of characters, so that none can reach a terminal."""
    written = to_json(view(text="\x1b[31m\u202e ü \x7f"))
    assert written.isascii()
    assert written.isprintable()
    assert json.loads(written)["text"] == "\x1b[31m\u202e ü \x7f"


def test_a_transcript_is_a_versioned_object() -> None:
    """A transcript as JSON says its version and holds each answer as it was given."""
    session = asked("steps:\n  - {ask: 'Which?', id: which, answer: {list: text}, example: [a]}")
    token = session.view("Ana").token
    session.receive(Answer(by="Ana", token=token, value=["a\x1b", "{{ 7*7 }}"], at=1_001.0))
    written = transcript_as_json(session.transcript("Ana"))
    data = json.loads(written)
    assert next(iter(data)) == "compassion_transcript"
    assert data["lines"][0]["value"] == ["a\x1b", "{{ 7*7 }}"]
    assert data["ended"] is True
    assert data == transcript_as_data(session.transcript("Ana"))
    assert "\x1b" not in written
