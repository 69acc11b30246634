"""What a host may want to carry out, written down and read back."""

from __future__ import annotations

import json

import pytest
from attrs import fields
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.errors import SnapshotRejected
from compassion_protocols.session.effects import (
    EFFECTS,
    Alert,
    Effect,
    Opened,
    TimerSet,
    effects_from_json,
    effects_to_json,
)

OF_FIELD: dict[str, st.SearchStrategy[object]] = {
    "to": st.lists(st.text()).map(tuple),
    "due": st.floats(allow_nan=False, allow_infinity=False),
    "until": st.none() | st.floats(allow_nan=False, allow_infinity=False),
    "reminder": st.booleans(),
    "help": st.booleans(),
}


def any_effect(cls: type[Effect]) -> st.SearchStrategy[Effect]:
    """Any effect of one class."""
    parts = {one.name: OF_FIELD.get(one.name, st.text()) for one in fields(cls)}
    return st.builds(cls, **parts)


@given(st.lists(st.one_of([any_effect(cls) for cls in EFFECTS.values()])))
def test_effects_come_back(effects: list[Effect]) -> None:
    """Effects that were written as JSON are read back as they were."""
    assert effects_from_json(effects_to_json(effects)) == tuple(effects)


def test_every_effect_has_a_name() -> None:
    """Each class of effects has one name in JSON."""
    assert set(EFFECTS.values()) == set(Effect.__args__)


def test_effects_are_plain_json() -> None:
    """An effect is a JSON object with its name and its fields."""
    effects: list[Effect] = [
        Opened(to=("Ana",), place="heart"),
        TimerSet(to=(), due=5.0),
        Alert(to=(), by="Ana"),
    ]
    assert json.loads(effects_to_json(effects)) == [
        {"effect": "opened", "to": ["Ana"], "place": "heart"},
        {"effect": "timer_set", "to": [], "due": 5.0},
        {"effect": "alert", "to": [], "by": "Ana", "help": False},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "7",
        "null",
        "[7]",
        "[[]]",
        "[{}]",
        '[{"effect":"opened"}]',
        '[{"effect":"shut","to":[]}]',
        '[{"effect":[],"to":[]}]',
        '[{"effect":"ended","to":[],"at":5}]',
        '[{"effect":"ended","to":7}]',
        "[" * 100_000,
    ],
)
def test_damaged_effects_are_rejected(text: str) -> None:
    """A text that is not a list of effects is rejected without being quoted."""
    with pytest.raises(SnapshotRejected) as rejected:
        effects_from_json(text)
    assert rejected.value.__suppress_context__
