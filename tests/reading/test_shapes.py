"""Every class of the model that an author writes can be made from whatever is written."""

from __future__ import annotations

import pytest

from compassion_protocols.model.answers import KEYED_KINDS
from compassion_protocols.model.author import authored
from compassion_protocols.model.card import Card, Citation, Dose, SeedSource
from compassion_protocols.model.care import Care
from compassion_protocols.model.protocol import Protocol, Role
from compassion_protocols.model.rules import RULE_KEYS, Rule, Within
from compassion_protocols.model.steps import KINDS, Case, Pattern, Timer
from compassion_protocols.reading.compose import compose
from compassion_protocols.reading.convert_settings import SETTING_KINDS
from compassion_protocols.reading.marks import MarkedMap, MarkedText
from compassion_protocols.reading.notes import taking_notes
from compassion_protocols.reading.shapes import Shape, renamed_key, shape_of
from tests.reading.written import codes_of, found

CLASSES = [
    *(Protocol, Role, Card, Dose, SeedSource, Citation, Care, Rule, Within, Case, Timer, Pattern),
    *KINDS.values(),
    *KEYED_KINDS.values(),
    *SETTING_KINDS.values(),
]
STRANGE = ["3", "-1.5", "x", "a b", "[]", "[a, b]", "[[x]]", "{}", "{a: {b: c}}", "~", "3m", "'3'"]
HANDED_IN: dict[type, dict[str, object]] = {
    **{cls: {"name": "a"} for cls in SETTING_KINDS.values()},
    Role: {"name": "a"},
    Rule: {"check": Within(1)},
}


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_field_takes_anything(cls: type) -> None:
    """Whatever stands in a field, its object is made, and what does not fit is noted."""
    shape: Shape[object] = shape_of(cls, "a thing")
    for key in authored(cls):
        for value in STRANGE:
            composed = compose(f"{key}: {value}".encode(), "a.yaml")
            assert composed.root is not None
            with taking_notes(composed) as notes:
                made = shape.take(composed.root, HANDED_IN.get(cls))
            assert type(made) is cls
            assert all(note.span.line == 1 for note in notes)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_object_from_nothing(cls: type) -> None:
    """An object is made even from a text, and then one thing is noted and not many."""
    composed = compose(b"a: text", "a.yaml")
    assert composed.root is not None
    with taking_notes(composed) as notes:
        shape_of(cls, "a thing", "an example").take(composed.root["a"], HANDED_IN.get(cls))
    assert [note.code for note in notes] == ["CP103"]


def test_one_mistake_is_found_once() -> None:
    """A misspelt name is not missed as well, whatever it needed."""
    assert codes_of(found("- @@sya: a.")) == ["CP120"]
    assert codes_of(found("- ask: a?\n  @@answr: text")) == ["CP101"]
    assert codes_of(found("- choose:\n    - {@@whne: a, steps: [{say: b.}]}")) == ["CP101"]


def test_two_slips_for_one_name() -> None:
    """Where a name is misspelt twice, the first counts."""
    assert codes_of(found("- ask: a?\n  @@answr: text\n  @@anser: date")) == ["CP101", "CP101"]


def test_the_right_name_goes_before_the_misspelt_one() -> None:
    """Where a name stands both right and misspelt, the right one counts."""
    assert codes_of(found("- say: a.\n  id: b\n  @@idd: C")) == ["CP101"]


def test_renaming_a_name_in_a_map() -> None:
    """One name of a map can be exchanged for another, at its place, or taken out."""
    node = MarkedMap(3, 5, "a.yaml")
    node.put(MarkedText("aks", 3, 5, "a.yaml"), MarkedText("What?", 3, 10, "a.yaml"))
    node.put(MarkedText("id", 4, 5, "a.yaml"), MarkedText("what", 4, 9, "a.yaml"))
    renamed = renamed_key(node, "aks", "ask")
    assert list(renamed) == ["ask", "id"]
    assert renamed.written("ask").span == node.written("aks").span
    assert list(renamed_key(node, "id", "")) == ["aks"]
    assert renamed.span == node.span


def test_rule_keys_are_names_of_a_rule() -> None:
    """Each check of a rule is a name that a rule may have."""
    for key in RULE_KEYS:
        assert key not in authored(Rule)
