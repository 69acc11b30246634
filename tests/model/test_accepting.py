"""What each kind of answer accepts, refuses, and writes as data."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.errors import AnswerRefused
from compassion_protocols.language.values import NOT_REACHED, Contribution, Missing, Person, Value
from compassion_protocols.model.accepting import accept, from_data, of_example, to_data
from compassion_protocols.model.answers import (
    LONGEST_ANSWER,
    AnswerKind,
    Choice,
    Choices,
    Date,
    Form,
    ListOf,
    LongText,
    Number,
    OnePerson,
    Option,
    Rank,
    Scale,
    Text,
    Time,
    YesNo,
)
from compassion_protocols.model.names import Ref

ANA, BEN = Person("ana", "Ana", "partner"), Person("ben", "Ben", "partner")
NAMES: dict[str, Value] = {
    "partner": (ANA, BEN),
    "most": 3,
    "deck": ("rain", "sun"),
    "needs": (Contribution(("time", "rest"), ANA), Contribution("quiet", BEN)),
}
SKY = (Option("sun", "bright"), Option("rain", "wet"), Option("fog", "hidden"))


def look(name: str) -> Value | Missing:
    """What names mean in these tests."""
    return NAMES.get(name, NOT_REACHED)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Text(), "  warm \n", "warm"),
        (LongText(), "two\nlines", "two\nlines"),
        (Text(), "cafe\u0301", "caf\u00e9"),
        (Text(), "a\x00b\ud800", "ab"),
        (YesNo(), True, True),
        (YesNo(), "no", False),
        (Number(whole=True), 4.0, 4),
        (Number(whole=False), 2.5, 2.5),
        (Number(whole=True, least=1, most=Ref("most")), 3, 3),
        (Scale(ends=(0, 10)), 10, 10),
        (Choice(options=SKY), "rain", "rain"),
        (Choice(options=Ref("deck")), "sun", "sun"),
        (Choices(options=SKY, most=2), ["sun", "fog"], ("sun", "fog")),
        (Choices(options=SKY, own=1), ["sun", "hail"], ("sun", "hail")),
        (Rank(options=SKY), ["fog", "sun", "rain"], ("fog", "sun", "rain")),
        (OnePerson(role=Ref("partner")), "ben", BEN),
        (Date(), "2026-02-28", dt.date(2026, 2, 28)),
        (Time(), "18:30", dt.time(18, 30)),
        (ListOf(least=1, most=2), ["time", "rest"], ("time", "rest")),
        (
            Form(fields=(("what", Text()), ("by_when", Date()))),
            {"what": "a walk", "by_when": "2026-03-01"},
            {"what": "a walk", "by_when": dt.date(2026, 3, 1)},
        ),
    ],
)
def test_a_fitting_answer_becomes_its_value(kind: AnswerKind, raw: object, value: Value) -> None:
    """An answer of the shape that was asked for becomes a typed value."""
    assert accept(kind, raw, look) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (Text(), "   "),
        (Text(), 3),
        (Text(), None),
        (Text(), "x" * (LONGEST_ANSWER + 1)),
        (Text(), "\x00"),
        (YesNo(), "maybe"),
        (YesNo(), 1),
        (Number(whole=True), 2.5),
        (Number(whole=True), True),
        (Number(whole=True), "3"),
        (Number(whole=False), float("nan")),
        (Number(whole=False), float("inf")),
        (Number(whole=True), 10**30),
        (Number(whole=True, least=1), 0),
        (Number(whole=True, most=Ref("most")), 4),
        (Scale(ends=(0, 10)), 11),
        (Scale(ends=(0, 10)), 1.5),
        (Choice(options=SKY), "hail"),
        (Choice(options=SKY), ["sun"]),
        (Choices(options=SKY), "sun"),
        (Choices(options=SKY), ["sun", "sun"]),
        (Choices(options=SKY), ["hail"]),
        (Choices(options=SKY, most=1), ["sun", "fog"]),
        (Choices(options=SKY, least=1), []),
        (Rank(options=SKY), ["sun", "rain"]),
        (Rank(options=SKY), ["sun", "rain", "rain"]),
        (OnePerson(role=Ref("partner")), "cem"),
        (OnePerson(role=Ref("nobody")), "ana"),
        (Date(), "2026-02-30"),
        (Date(), "20260228"),
        (Date(), "2026-02-28T10:00"),
        (Time(), "25:00"),
        (Time(), "7:30"),
        (Time(), None),
        (ListOf(), "time"),
        (ListOf(), [["time"]]),
        (ListOf(least=2), ["time"]),
        (ListOf(), ["x"] * 51),
        (Form(fields=(("what", Text()),)), {"what": "a", "who": "b"}),
        (Form(fields=(("what", Text()),)), {}),
        (Form(fields=(("what", Text()),)), "what"),
        (Form(fields=(("when", Date()),)), {"when": "soon"}),
    ],
)
def test_an_unfitting_answer_is_refused(kind: AnswerKind, raw: object) -> None:
    """An answer of another shape is refused, with a sentence for the person who gave it."""
    with pytest.raises(AnswerRefused) as refused:
        accept(kind, raw, look)
    assert refused.value.say.endswith((".", "?"))


def test_a_refusal_does_not_repeat_the_answer() -> None:
    """What a person wrote never stands in the refusal of it."""
    with pytest.raises(AnswerRefused) as refused:
        accept(Date(), "my secret", look)
    assert "secret" not in str(refused.value)


TODAY = dt.date(2026, 2, 27)


@pytest.mark.parametrize(
    ("kind", "example", "raw"),
    [
        (Date(), "in 3 days", "2026-03-02"),
        (Date(), "in 1 day", "2026-02-28"),
        (Date(), "2026-05-05", "2026-05-05"),
        (Date(), "in many days", "in many days"),
        (Scale(ends=(0, 10)), "4", 4),
        (Number(whole=False), "2.5", 2.5),
        (Number(whole=True), "four", "four"),
        (Text(), "4", "4"),
        (YesNo(), "yes", "yes"),
        (
            Form(fields=(("by_when", Date()), ("heavy", Scale(ends=(0, 10))))),
            {"by_when": "in 2 days", "heavy": "3"},
            {"by_when": "2026-03-01", "heavy": 3},
        ),
        (
            Form(fields=(("what", Text()), ("who", OnePerson(role=Ref("partner"))))),
            {"what": "tea"},
            {"what": "tea", "who": "ana"},
        ),
        (Form(fields=(("who", OnePerson(role=Ref("nobody"))),)), {"who": "Zoe"}, {"who": ""}),
    ],
)
def test_an_example_is_read_by_its_kind(kind: AnswerKind, example: object, raw: object) -> None:
    """An example is text as it was written, until its kind makes of it what it asks for."""
    assert of_example(kind, example, TODAY, look) == raw


words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=9)
values = st.one_of(
    st.tuples(st.just(Text()), words),
    st.tuples(st.just(YesNo()), st.booleans()),
    st.tuples(st.just(Number(whole=True)), st.integers(-(10**9), 10**9)),
    st.tuples(st.just(Number(whole=False)), st.floats(-1e9, 1e9)),
    st.tuples(st.just(Scale(ends=(0, 10))), st.integers(0, 10)),
    st.tuples(st.just(Choice(options=SKY)), st.sampled_from(["sun", "rain", "fog"])),
    st.tuples(st.just(Rank(options=SKY)), st.permutations(["sun", "rain", "fog"])),
    st.tuples(st.just(OnePerson(role=Ref("partner"))), st.sampled_from(["ana", "ben"])),
    st.tuples(st.just(Date()), st.dates().map(dt.date.isoformat)),
    st.tuples(st.just(Time()), st.times().map(lambda time: time.isoformat("minutes"))),
    st.tuples(st.just(ListOf()), st.lists(words, max_size=5)),
    st.tuples(
        st.just(Form(fields=(("what", Text()), ("done", YesNo())))),
        st.fixed_dictionaries({"what": words, "done": st.booleans()}),
    ),
)


@given(values)
def test_a_value_survives_being_written_and_read(kind_and_raw: tuple[AnswerKind, object]) -> None:
    """A value that is written as data and read back by its kind is the same value."""
    kind, raw = kind_and_raw
    value = accept(kind, raw, look)
    people = {person.id: person for person in (ANA, BEN)}
    assert from_data(kind, to_data(value), people.__getitem__) == value


def test_a_missing_value_is_written_as_nothing() -> None:
    """A missing value is None in data, and a contribution is what was contributed."""
    assert to_data(NOT_REACHED) is None
    assert to_data(Contribution("rest", ANA)) == "rest"


def test_data_of_another_shape_is_refused() -> None:
    """Data that no value of a kind could have written is refused."""
    form = Form(fields=(("what", Text()),))
    people: dict[str, Person] = {}
    wrong: list[tuple[AnswerKind, object]]
    wrong = [(form, {"who": "x"}), (form, ["x"]), (Rank(options=SKY), "sun")]
    for kind, data in wrong:
        with pytest.raises(AnswerRefused):
            from_data(kind, data, people.__getitem__)
