"""Kinds of answer: their words, and what is offered to whoever answers."""

from __future__ import annotations

import pytest

from compassion_protocols.model.answers import (
    AnswerKind,
    Choice,
    Choices,
    Form,
    ListOf,
    LongText,
    Number,
    OnePerson,
    Rank,
    Text,
    bound,
    name_of,
    needed_names,
    options_of,
)
from compassion_protocols.model.names import Ref
from tests.model.test_accepting import look


def test_options_by_name_are_the_items_of_the_list() -> None:
    """Options that are a name are the texts of that list, once each, and people by their name."""
    texts = [option.value for option in options_of(Ref("needs"), look)]
    people = [(option.value, option.label) for option in options_of(Ref("partner"), look)]
    assert texts == ["time", "rest", "quiet"]
    assert people == [("ana", "Ana"), ("ben", "Ben")]


def test_a_missing_list_offers_nothing() -> None:
    """A name without a value offers no options."""
    assert options_of(Ref("never"), look) == ()


def test_a_bound_that_is_missing_binds_nothing() -> None:
    """A bound whose name has no number is no bound."""
    assert bound(Ref("never"), look) is None
    assert bound(Ref("deck"), look) is None
    assert bound(2, look) == 2


def test_kinds_are_known_by_the_word_that_writes_them() -> None:
    """The name of a kind is the word that an author writes for it."""
    assert name_of(LongText()) == "long_text"
    assert name_of(OnePerson(role=Ref("partner"))) == "person"


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Text(), ()),
        (Number(whole=True, least=1, most=Ref("n")), ("n",)),
        (ListOf(least=Ref("m"), most=Ref("n")), ("m", "n")),
        (Choice(options=Ref("cards")), ("cards",)),
        (Choices(options=Ref("cards"), least=Ref("m")), ("cards", "m")),
        (Form(fields=(("a", Rank(options=Ref("cards"))), ("b", Text()))), ("cards",)),
    ],
)
def test_what_a_question_cannot_do_without(kind: AnswerKind, names: tuple[str, ...]) -> None:
    """A question needs the names of its options and bounds, and a form those of its fields."""
    assert needed_names(kind) == names
