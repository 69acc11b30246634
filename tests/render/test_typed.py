"""Typed words, read as answers of each kind."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.errors import AnswerRefused
from compassion_protocols.model.accepting import accept
from compassion_protocols.model.answers import (
    AnswerKind,
    Date,
    Form,
    ListOf,
    Text,
    Time,
)
from compassion_protocols.render.typed import Now, day_in_words, time_of_day, value_of
from compassion_protocols.session.view import Input
from tests.render.views import options

NOW = Now(0.0)  # Thursday, 1 January 1970
WEATHER = options("clear", "soft rain", "a storm")


def value(type_: str, said: str, **given: Any) -> object:  # noqa: ANN401  # fields of an input
    """What is read of some words."""
    reveal = given.pop("reveal", False)
    return value_of(Input(type=type_, **given), said, NOW, reveal=reveal)


def refused(type_: str, said: str, **given: Any) -> str:  # noqa: ANN401
    """What is said to words that cannot be read."""
    with pytest.raises(AnswerRefused) as error:
        value(type_, said, **given)
    return error.value.say


@pytest.mark.parametrize("said", ["yes", "Y", "yes.", "Yeah!"])
def test_yes_is_true(said: str) -> None:
    """Words for yes are true, and words for no are false."""
    assert value("yes_no", said) is True
    assert value("yes_no", "no") is False


def test_a_number_may_have_a_comma() -> None:
    """A number may have a point or a comma, and is whole if it can be."""
    assert value("number", "2,5") == 2.5
    assert value("scale", "7.0") == 7
    assert isinstance(value("scale", "7"), int)


@pytest.mark.parametrize("said", ["2", "Soft Rain", " soft rain "])
def test_an_option_is_its_number_or_its_words(said: str) -> None:
    """An option is meant by its number or by its own words."""
    assert value("choice", said, options=WEATHER) == "soft rain"


def test_an_option_that_is_a_number_comes_first() -> None:
    """A number that is an option's own words means that option, whatever its place."""
    assert value("choice", "1", options=options("3", "2", "1")) == "1"


@pytest.mark.parametrize("said", ["1,3", "3; 1", "1 3", "clear\na storm", "clear, 3"])
def test_several_options_stand_side_by_side(said: str) -> None:
    """Several options are parted by commas, semicolons, lines, or blanks between numbers."""
    found = value("choices", said, options=WEATHER)
    assert isinstance(found, list)
    assert sorted(found) == ["a storm", "clear"]


def test_own_words_may_have_a_comma() -> None:
    """Words of one's own may have a comma, unless an option stands beside it."""
    own: dict[str, Any] = {"options": WEATHER, "limits": {"own": 1}}
    assert value("choices", "warm, and a bit dark", **own) == ["warm, and a bit dark"]
    assert value("choices", "2, warm", **own) == ["soft rain", "warm"]
    assert value("choices", "clear; warm, dark", **own) == ["clear", "warm, dark"]


def test_of_a_reveal_all_or_none_may_be_meant() -> None:
    """At a reveal, all and none are words; elsewhere they are not."""
    assert value("choices", "All", options=WEATHER, reveal=True) == [
        "clear",
        "soft rain",
        "a storm",
    ]
    assert value("choices", "none", options=WEATHER, reveal=True) == []
    refused("choices", "all", options=WEATHER)


def test_an_order_has_every_option_once() -> None:
    """An order has all options by number, once each."""
    assert value("rank", "3,1,2", options=WEATHER) == ["a storm", "clear", "soft rain"]
    assert "once each" in refused("rank", "1,2", options=WEATHER)
    assert "once each" in refused("rank", "1,1,2", options=WEATHER)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("1970-01-05", "1970-01-05"),
        ("today", "1970-01-01"),
        ("Tomorrow.", "1970-01-02"),
        ("in 3 days", "1970-01-04"),
        ("in a week", "1970-01-08"),
        ("in two weeks", "1970-01-15"),
        ("Sunday", "1970-01-04"),
        ("on friday", "1970-01-02"),
        ("next thursday", "1970-01-08"),
    ],
)
def test_a_day_may_be_said_in_words(said: str, day: str) -> None:
    """A day is a date, or so many days from today, or the next of a weekday."""
    assert value("date", said) == day


@pytest.mark.parametrize("said", ["soon", "1970-13-01", "in 99999 days", "in 9999 weeks", "1.2.70"])
def test_a_day_that_cannot_be_read_is_refused(said: str) -> None:
    """What is no day is refused, with examples of what is."""
    assert "in 3 days" in refused("date", said)


@pytest.mark.parametrize(
    ("said", "time"),
    [("18:30", "18:30"), ("8:05", "08:05"), ("6pm", "18:00"), ("12:15 am", "00:15")],
)
def test_a_time_may_be_said_in_words(said: str, time: str) -> None:
    """A time is hours and minutes, with am and pm if one likes."""
    assert value("time", said) == time


@pytest.mark.parametrize("said", ["25:00", "18:75", "13pm", "noon", "7"])
def test_a_time_that_is_none_is_refused(said: str) -> None:
    """What is no time of day is refused."""
    assert "18:30" in refused("time", said)


def test_a_list_is_one_item_a_line() -> None:
    """Items stand on lines of their own, with dashes or not, or between semicolons."""
    assert value("list", "- rest\nplay; work\n\n* walk") == ["rest", "play; work", "walk"]
    assert value("list", "rest; play") == ["rest", "play"]


FORM: dict[str, Any] = {"fields": (("what", Input(type="text")), ("by_when", Input(type="date")))}


@pytest.mark.parametrize(
    "said",
    [
        "what: a walk; by when: tomorrow",
        "By When: tomorrow\nWhat: a walk",
        "a walk\ntomorrow",
        "a walk; tomorrow",
        "what: a walk\nby_when: 1970-01-02",
    ],
)
def test_a_form_is_its_fields(said: str) -> None:
    """A form's fields are named, in any order, or stand in order without names."""
    assert value("form", said, **FORM) == {"what": "a walk", "by_when": "1970-01-02"}


def test_a_form_says_what_is_missing() -> None:
    """A field that is not filled in is named."""
    assert "by when" in refused("form", "what: a walk", **FORM)
    assert "what, by when" in refused("form", "only this", **FORM)


def test_a_value_of_a_form_may_have_a_semicolon() -> None:
    """A semicolon parts the fields of a form only where a name follows."""
    said = "what: rest; then play; by when: today"
    found = value("form", said, **FORM)
    assert found == {"what": "rest; then play", "by_when": "1970-01-01"}


@given(st.dates(), st.dates(dt.date(1970, 1, 1), dt.date(9000, 1, 1)))
def test_every_day_is_read_as_it_is_written(day: dt.date, today: dt.date) -> None:
    """Each day is read from its date, whatever day it is."""
    assert day_in_words(day.isoformat(), today) == day


@given(st.times())
def test_every_time_is_read_as_it_is_written(time: dt.time) -> None:
    """Each time of day is read from its hours and minutes."""
    assert time_of_day(f"{time:%H:%M}") == time.replace(second=0, microsecond=0)


@given(st.text(min_size=1))
def test_what_is_read_is_of_its_kind(said: str) -> None:
    """Whatever is read as a list, a day, a time or a form has the shape of one."""
    kinds: dict[str, AnswerKind] = {
        "list": ListOf(),
        "date": Date(),
        "time": Time(),
        "form": Form(fields=(("what", Text()), ("by_when", Date()))),
    }
    refusals = []
    for name, kind in kinds.items():
        try:
            found = value(name, said, **(FORM if name == "form" else {}))
            accept(kind, found, lambda name: said)
        except AnswerRefused as error:
            refusals.append(error.say)
    assert all(refusals)


def test_today_is_where_the_person_is() -> None:
    """Today is the day by the person's own clock, and no instant is beyond every calendar."""
    assert Now(86_399.0, 3_600).today == dt.date(1970, 1, 2)
    assert Now(1e12).today.year > 9000
    assert Now(-5.0).today == dt.date(1970, 1, 1)
