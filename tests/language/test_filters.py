"""The filters, one by one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.language.expressions import Constant, Filter, Name
from compassion_protocols.language.filters import FILTERS, LONGEST_VALUE, entries
from compassion_protocols.language.values import (
    NOT_REACHED,
    NOTHING,
    Contribution,
    Duration,
    Missing,
    Person,
    Reason,
)
from tests.language.test_values import perhaps

if TYPE_CHECKING:
    from compassion_protocols.language.values import Value

ANA, BEN, CAT = Person("1", "Ana"), Person("2", "Ben"), Person("3", "Cat")
SKIPPED = Missing(Reason.SKIPPED)
HEARD = (Contribution("tea", ANA), Contribution("rain", BEN), Contribution("bread", ANA))
RATED = (Contribution(2, ANA), Contribution(5, BEN), Contribution(3, CAT))
NEEDS = (Contribution(("rest", "play"), ANA), Contribution(("time",), BEN))


def filtered(value: Value | Missing, name: str, *arguments: Value | Missing) -> Value | Missing:
    """Put a value through a filter."""
    values = dict(enumerate((value, *arguments)))
    names = [Name(str(i)) for i in values]
    return Filter(names[0], name, tuple(names[1:])).evaluate(lambda key: values[int(key)])


def test_what_is_missing_stays_missing() -> None:
    """Every filter but default and given leaves what is missing as it is."""
    for kind in FILTERS.values():
        if not kind.covers:
            assert filtered(SKIPPED, kind.name, *["x"] * kind.needs) is SKIPPED


@pytest.mark.parametrize(
    ("value", "result"),
    [("tea", "tea"), (SKIPPED, "none"), ((), "none"), ("", ""), (False, False), (HEARD, HEARD)],
)
def test_default(value: Value | Missing, result: Value) -> None:
    """The default stands in for what is missing and for an empty list, and for nothing else."""
    assert filtered(value, "default", "none") == result


def test_default_may_be_missing_too() -> None:
    """Where the default is missing as well, so is the whole."""
    assert filtered(SKIPPED, "default", NOT_REACHED) is NOT_REACHED


def test_given() -> None:
    """What is given can be counted even where nothing is."""
    assert filtered(HEARD, "given") == HEARD
    assert filtered("tea", "given") == ("tea",)
    assert filtered(SKIPPED, "given") == ()


@pytest.mark.parametrize(
    ("value", "person", "result"),
    [
        (HEARD, BEN, "rain"),
        (HEARD, ANA, ("tea", "bread")),
        (HEARD, CAT, NOT_REACHED),
        (HEARD, SKIPPED, SKIPPED),
        (HEARD, "Ben", NOT_REACHED),
        (HEARD, (BEN, CAT), "rain"),
        (HEARD, (CAT,), NOT_REACHED),
        (HEARD, Contribution(BEN, ANA), "rain"),
        ((), BEN, NOT_REACHED),
        ("tea", BEN, "tea"),
        (("a", "b"), BEN, ("a", "b")),
        (HEARD[0], ANA, "tea"),
    ],
)
def test_of(value: Value, person: Value | Missing, result: Value | Missing) -> None:
    """Of a gathered list it picks what a person or some people gave, and leaves all else alone."""
    assert filtered(value, "of", person) == result


@pytest.mark.parametrize(
    ("name", "value", "result"),
    [
        ("count", (), 0),
        ("count", HEARD, 3),
        ("count", "tea", 1),
        ("count", NEEDS, 2),
        ("sum", RATED, 10),
        ("sum", (), 0),
        ("sum", (1, 2.5), 3.5),
        ("sum", 3, 3),
        ("sum", (Duration(60), Duration(30)), Duration(90)),
        ("sum", ("a", 1), NOTHING),
        ("sum", (True, 1), NOTHING),
        ("sum", (10**9, 10**9, -(10**9)), NOTHING),
        ("mean", (2, 3), 2.5),
        ("mean", (), NOTHING),
        ("mean", ("a",), NOTHING),
        ("mean", (Duration(60), Duration(120)), Duration(90)),
        ("lowest", RATED, 2),
        ("lowest", ("b", "a"), "a"),
        ("lowest", (), NOTHING),
        ("lowest", (1, "a"), NOTHING),
        ("lowest", (date(2026, 3, 2), date(2026, 3, 1)), date(2026, 3, 1)),
        ("highest", RATED, 5),
        ("highest", ((1, 7), 3), 7),
        ("highest", (ANA, BEN), NOTHING),
        ("first", HEARD, HEARD[0]),
        ("last", HEARD, HEARD[2]),
        ("first", (), NOTHING),
        ("last", (), NOTHING),
        ("first", "tea", "tea"),
        ("every", (True, True), True),
        ("every", (True, False), False),
        ("every", (), NOTHING),
        ("some", (False, True), True),
        ("some", (False, ""), False),
        ("some", (), False),
        ("join", HEARD, "tearainbread"),
        ("upper", "straße", "STRASSE"),
        ("lower", "TEA", "tea"),
        ("capitalize", "warm Tea", "Warm tea"),
        ("title", "warm-hearted o'neil (and) x", "Warm-Hearted O'neil (And) X"),
        ("trim", "  tea\n", "tea"),
        ("upper", True, "YES"),
        ("round", 2.6, 3),
        ("round", 3, 3),
        ("round", "3", NOTHING),
        ("round", True, NOTHING),
        ("round", Duration(90), Duration(90)),
        ("abs", -2.5, 2.5),
        ("abs", "x", NOTHING),
        ("abs", Duration(-60), Duration(60)),
        ("names", HEARD, (ANA, BEN)),
        ("names", (BEN, ANA, BEN), (BEN, ANA)),
        ("names", HEARD[0], (ANA,)),
        ("names", "tea", ()),
        ("duration", 90, Duration(90)),
        ("duration", 89.6, Duration(90)),
        ("duration", "1m30s", Duration(90)),
        ("duration", "soon", NOTHING),
        ("duration", True, NOTHING),
        ("date", date(2026, 3, 1), "Sunday 1 March 2026"),
        ("date", "2026-03-01", NOTHING),
    ],
)
def test_without_arguments(name: str, value: Value, result: Value | Missing) -> None:
    """Each filter says what the table says it does."""
    outcome = filtered(value, name)
    assert outcome == result
    assert type(outcome) is type(result)


@pytest.mark.parametrize(
    ("name", "value", "arguments", "result"),
    [
        ("every", (True, True), ("yes",), True),
        ("every", (True, False), ("yes",), False),
        ("every", HEARD, (SKIPPED,), NOTHING),
        ("some", HEARD, ("rain",), True),
        ("some", HEARD, ("snow",), False),
        ("join", HEARD, (" / ",), "tea / rain / bread"),
        ("join", NEEDS, (", ",), "rest, play, time"),
        ("truncate", "one two three", (9,), "one two…"),
        ("truncate", "one two", (7,), "one two"),
        ("truncate", "onetwothree", (4,), "one…"),
        ("truncate", "x y", (1,), "…"),
        ("round", 2.345, (1,), 2.3),
        ("round", 7, (2,), 7),
        ("plural", 1, ("breath",), "breath"),
        ("plural", 0, ("breath",), "breaths"),
        ("plural", 2.0, ("child", "children"), "children"),
        ("plural", HEARD, ("word", "words"), "words"),
        ("plural", HEARD[:1], ("word", "words"), "word"),
        ("plural", "tea", ("word", "words"), "word"),
    ],
)
def test_with_arguments(
    name: str, value: Value, arguments: tuple[Value, ...], result: Value | Missing
) -> None:
    """Each filter takes the arguments that the table says it takes."""
    assert filtered(value, name, *arguments) == result


def test_every_day_has_its_name() -> None:
    """A date in words has the right weekday and month."""
    for days in range(0, 400, 7):
        day = date(2026, 1, 1) + timedelta(days)
        words = str(filtered(day, "date")).split()
        assert words == [f"{day:%A}", str(day.day), f"{day:%B}", str(day.year)]


def test_long_texts_are_cut() -> None:
    """No filter makes a text longer than a value may be."""
    long = ("ß" * LONGEST_VALUE,) * 3
    for name in ("join", "upper", "title", "trim"):
        assert len(str(filtered(long, name))) == LONGEST_VALUE


def test_entries_of_one() -> None:
    """A single value is a list of one, and what is missing a list of none."""
    assert entries("tea") == ("tea",)
    assert entries(Contribution(("a", "b"), ANA)) == ("a", "b")
    assert entries(NOTHING) == ()


def test_lowest_does_not_depend_on_order() -> None:
    """The lowest and the highest are the same in whatever order the list stands."""
    for order in permutations((2, 1.5, Duration(3))):
        assert filtered(order, "lowest") == 1.5
        assert filtered(order, "highest") == 3


@given(perhaps, st.sampled_from(sorted(FILTERS)), st.data())
def test_filters_never_fail(value: Value | Missing, name: str, data: st.DataObject) -> None:
    """Every filter gives a value or none, whatever it is given."""
    kind = FILTERS[name]
    arguments: dict[type, st.SearchStrategy[Value | Missing]] = {
        object: perhaps,
        str: st.text(max_size=3),
        int: st.integers(*kind.bounds),
    }
    chosen = [data.draw(arguments[wanted]) for wanted in kind.takes]
    result = filtered(value, name, *chosen)
    assert result is not None


def test_the_table_is_complete() -> None:
    """Each filter stands in the table under its own name, with a meaning."""
    assert all(name == kind.name and kind.meaning for name, kind in FILTERS.items())
    assert Filter(Constant(1), "abs") == Filter(Constant(1), "abs")
