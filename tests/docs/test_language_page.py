"""The language reference says what the model says."""

from __future__ import annotations

import pytest
from attrs import has

from compassion_protocols.language.filters import FILTERS
from compassion_protocols.model.adaptation import Fidelity
from compassion_protocols.model.answers import KEYED_KINDS, PLAIN_KINDS
from compassion_protocols.model.author import authored
from compassion_protocols.model.card import DoseSource, Level, Relation, Status
from compassion_protocols.model.care import Rating
from compassion_protocols.model.protocol import Audience, Family, IfFewer
from compassion_protocols.model.rules import RULE_KEYS
from compassion_protocols.model.steps import KINDS, How, Order, Owner, Resume
from compassion_protocols.reading.shapes import NOT_YET
from tests.docs.tables import LANGUAGE, MODEL, with_tables

TEXT = LANGUAGE.read_text("utf-8")

WRITTEN = [
    cls
    for module in MODEL
    for cls in vars(module).values()
    if isinstance(cls, type) and cls.__module__ == module.__name__ and has(cls) and authored(cls)
]
WORDS = [
    Audience,
    Family,
    IfFewer,
    Rating,
    Order,
    Owner,
    How,
    Resume,
    DoseSource,
    Relation,
    Level,
    Status,
    Fidelity,
]


def test_tables_are_the_models() -> None:
    """Every table of the language reference is the one that the model makes."""
    assert with_tables(TEXT) == TEXT


@pytest.mark.parametrize("cls", WRITTEN, ids=lambda cls: cls.__name__)
def test_every_class_has_its_keys_there(cls: type) -> None:
    """Whatever an author can write has its keys in the language reference."""
    if cls.__name__ == "Setting":  # every kind of setting shows its label
        return
    assert f"<!-- keys of {cls.__name__} -->" in TEXT


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_step_has_a_section(kind: str) -> None:
    """Each of the fourteen kinds of step has a section with an example of its own."""
    section = TEXT.partition(f"\n### {kind}\n")[2].partition("\n### ")[0]
    assert f"<!-- keys of {KINDS[kind].__name__} -->" in section
    assert f"{kind}:" in section or f"- {kind}: " in TEXT


@pytest.mark.parametrize(
    "word",
    [
        *PLAIN_KINDS,
        *KEYED_KINDS,
        *RULE_KEYS,
        *FILTERS,
        *NOT_YET,
        *(member.value for words in WORDS for member in words),
    ],
)
def test_every_word_is_named(word: str) -> None:
    """Every kind of answer, check of a rule, filter and word of a few is named there."""
    assert f"`{word}`" in TEXT
