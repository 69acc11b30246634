"""Kinds of value, as far as they can be told before anything runs."""

from __future__ import annotations

import datetime as dt

import pytest

from compassion_protocols.checking.kinds import (
    DATE,
    DURATION,
    NUMBER,
    PERSON,
    TEXT,
    TEXTS,
    TIME,
    UNKNOWN,
    YES_NO,
    Kind,
    Word,
    element_of,
    gathered,
    kind_of_answer,
    kind_of_value,
)
from compassion_protocols.language.values import NOTHING, Duration, Person
from compassion_protocols.model.answers import (
    KEYED_KINDS,
    PLAIN_KINDS,
    AnswerKind,
    Choice,
    Choices,
    Date,
    Form,
    ListOf,
    Number,
    OnePerson,
    Option,
    Rank,
    Scale,
    Text,
)
from compassion_protocols.model.names import Ref

AB = (Option("a", "A"), Option("b", "B"))


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("a", TEXT),
        (True, YES_NO),
        (3, NUMBER),
        (2.5, NUMBER),
        (Duration(3), DURATION),
        (("a", "b"), TEXTS),
        (Person("a", "Ana"), PERSON),
        (dt.date(2026, 1, 1), DATE),
        (dt.time(18, 30), TIME),
        (NOTHING, UNKNOWN),
        ({"a": "b"}, UNKNOWN),
    ],
)
def test_the_kind_of_a_value(value: object, kind: Kind) -> None:
    """Each value is of the kind of its type; of a form that nobody has declared it is unknown."""
    assert kind_of_value(value) is kind  # type: ignore[arg-type]  # any value at all


def test_every_kind_of_answer_has_a_kind() -> None:
    """No kind of answer is unknown."""
    answers: list[AnswerKind] = [cls() for cls in PLAIN_KINDS.values()]
    answers += [
        Number(whole=True), Scale(ends=(0, 1)), Choice(options=AB), Choices(options=AB),
        Rank(options=AB), OnePerson(role=Ref("everyone")), ListOf(), Form(fields=(("a", Text()),)),
    ]  # fmt: skip
    assert {type(answer) for answer in answers} == {*PLAIN_KINDS.values(), *KEYED_KINDS.values()}
    assert all(kind_of_answer(answer) is not UNKNOWN for answer in answers)


def test_what_options_are_known() -> None:
    """A choice is one of its options, unless a name or a person's own words may add to them."""
    assert kind_of_answer(Choice(options=AB)).options == ("a", "b")
    assert kind_of_answer(Choice(options=Ref("deck"))).options is None
    assert element_of(kind_of_answer(Choices(options=AB))).options == ("a", "b")
    assert element_of(kind_of_answer(Choices(options=AB, own=1))).options is None
    assert element_of(kind_of_answer(Rank(options=AB))).options == ("a", "b")


def test_the_fields_of_a_form() -> None:
    """A form knows the kinds of its fields."""
    kind = kind_of_answer(Form(fields=(("what", Text()), ("when", Date()))))
    assert kind.fields == {"what": TEXT, "when": DATE}


def test_a_gathered_list() -> None:
    """An entry of a gathered list knows who gave it, what, and the names of its loops."""
    kind = gathered(NUMBER, [("need", TEXT)])
    entry = element_of(kind)
    assert (kind.word, entry.word) == (Word.GATHERED, Word.ENTRY)
    assert entry.fields == {"by": PERSON, "value": NUMBER, "need": TEXT}
    assert entry.bare is NUMBER


def test_a_single_value_has_no_elements() -> None:
    """What a loop would take of a single value is not known."""
    assert element_of(TEXT) is UNKNOWN
    assert TEXT.inner is TEXT
    assert TEXTS.inner is TEXT
