"""Values, missing ones, and the logic of what is not known."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.language.values import (
    LONGEST_TEXT,
    NOTHING,
    Contribution,
    Duration,
    Missing,
    Person,
    Reason,
    bare,
    both,
    contains,
    either,
    equal,
    is_given,
    leaves,
    less,
    listed,
    negation,
    parse_duration,
    shown,
    truth,
)

if TYPE_CHECKING:
    from compassion_protocols.language.values import Truth, Value

ANA, BEN = Person("1", "Ana", "partner"), Person("2", "Ben", "partner")
TRUTHS: tuple[Truth, ...] = (True, None, False)


def heard(value: Value) -> Contribution:
    """Make an entry of a gathered list."""
    return Contribution(value, ANA)


simple: st.SearchStrategy[Value] = st.one_of(
    st.text(max_size=5),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([0.5, 2.0, Duration(2), ANA, BEN, date(2026, 3, 1), time(17), time(17, 30)]),
    st.sampled_from([datetime(2026, 3, 1), time(17, tzinfo=UTC)]),
)
values: st.SearchStrategy[Value] = st.recursive(
    simple,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
        inner.map(heard),
    ),
    max_leaves=4,
)
perhaps: st.SearchStrategy[Value | Missing] = values | st.sampled_from(
    [Missing(reason) for reason in Reason]
)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (60, "1 minute"),
        (180, "3 minutes"),
        (90, "1 minute 30 seconds"),
        (3661, "1 hour 1 minute 1 second"),
        (7200, "2 hours"),
        (-90, "-1 minute 30 seconds"),
    ],
)
def test_a_duration_prints_in_words(seconds: int, words: str) -> None:
    """A duration prints as hours, minutes and seconds, leaving out what is zero."""
    assert str(Duration(seconds)) == words


def test_a_duration_is_a_number_of_seconds() -> None:
    """A duration is a whole number of seconds, and its repr can be read back."""
    assert Duration(90) == 90
    assert eval(repr(Duration(90))) == Duration(90)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("3m", 180), ("1m30s", 90), ("1h", 3600), ("1h1m1s", 3661), ("0s", 0)],
)
def test_a_duration_is_read(text: str, seconds: int) -> None:
    """A duration is written with h, m and s, in this order."""
    assert parse_duration(text) == Duration(seconds)


@pytest.mark.parametrize(
    "text", ["", "90", "s", "1s1m", "-1m", "1.5m", "1 m", "٣m", "99999h", "3M"]
)
def test_what_is_no_duration(text: str) -> None:
    """Anything else is no duration."""
    assert parse_duration(text) is None


def test_people_are_known_by_their_id() -> None:
    """Two people are the same if their ids are, and print as their names."""
    assert Person("1", "Ana") == Person("1", "Anna", "guest")
    assert len({ANA, Person("1", "other"), BEN}) == 2
    assert str(ANA) == "Ana"


@pytest.mark.parametrize(("one", "other"), [*product(TRUTHS, TRUTHS)])
def test_and_is_the_least_of_two(one: Truth, other: Truth) -> None:
    """And is the lesser, or the greater, in the order false, unknown, true."""
    order = [False, None, True]
    assert both(one, other) is order[min(order.index(one), order.index(other))]
    assert either(one, other) is order[max(order.index(one), order.index(other))]


def test_of_no_truths() -> None:
    """Nothing at all is true together, and nothing of it is true."""
    assert both() is True
    assert either() is False


def test_negation() -> None:
    """Not turns true and false round, and leaves the unknown unknown."""
    assert [negation(truth) for truth in TRUTHS] == [False, None, True]


@pytest.mark.parametrize(
    ("value", "is_true"),
    [
        (True, True),
        (False, False),
        (NOTHING, None),
        ("", False),
        ("no", True),
        (0, False),
        (0.5, True),
        (Duration(0), False),
        ((), False),
        (("",), True),
        ({}, False),
        (ANA, True),
        (time(0), True),
        (date(2026, 3, 1), True),
        (heard(False), False),
        (heard("x"), True),
    ],
)
def test_a_value_as_a_condition(value: Value, is_true: Truth) -> None:
    """A bool is itself, what is empty or zero is false, and what is missing is unknown."""
    assert truth(value) is is_true


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("a", "a", True),
        ("a", "A", False),
        (True, "yes", True),
        ("no", False, True),
        (True, "no", False),
        (True, True, True),
        (True, 1, False),
        (0, False, False),
        (1, 1.0, True),
        (Duration(60), 60, True),
        (1, "1", False),
        (ANA, Person("1", "x"), True),
        (ANA, "Ana", False),
        (heard("a"), "a", True),
        (heard("a"), Contribution("a", BEN), True),
        (date(2026, 3, 1), date(2026, 3, 1), True),
        (date(2026, 3, 1), datetime(2026, 3, 1), False),
        (time(17), time(17), True),
        (("a", True), ("a", "yes"), True),
        (("a",), ("a", "b"), False),
        (("a",), "a", False),
        ({"a": 1}, {"a": 1.0}, True),
        ({"a": 1}, {"b": 1}, False),
        ({"a": 1}, ("a",), False),
        (NOTHING, NOTHING, None),
        ("a", NOTHING, None),
        (NOTHING, (), None),
    ],
)
def test_equality(left: Value, right: Value, same: Truth) -> None:
    """Values are equal if they say the same; values of different kinds are not."""
    assert equal(left, right) is same
    assert equal(right, left) is same


@pytest.mark.parametrize(
    ("left", "right", "first"),
    [
        (1, 2, True),
        (2, 1.5, False),
        (1, 1, False),
        (Duration(1), 2, True),
        ("a", "b", True),
        (date(2026, 3, 1), date(2026, 3, 2), True),
        (time(17), time(16), False),
        (heard(1), heard(2), True),
        (True, 2, None),
        (1, "2", None),
        (ANA, BEN, None),
        ((1,), (2,), None),
        (1, NOTHING, None),
        (date(2026, 3, 1), datetime(2026, 3, 2), None),
        (time(17), time(17, tzinfo=UTC), None),
    ],
)
def test_order(left: Value, right: Value, first: Truth) -> None:
    """Numbers, texts, dates and times have an order among their kind, and nothing else has."""
    assert less(left, right) is first


@pytest.mark.parametrize(
    ("whole", "part", "inside"),
    [
        (("a", True), "yes", True),
        ((), "a", False),
        ((heard("a"),), "a", True),
        ("warm tea", "tea", True),
        ("warm 3", 3, False),
        ({"what": 1}, "what", True),
        ({"what": 1}, 1, False),
        (3, 3, None),
        (ANA, ANA, True),
        (ANA, "Ben", False),
        (NOTHING, "a", None),
        (("a",), NOTHING, None),
        ((), NOTHING, None),
    ],
)
def test_containment(whole: Value, part: Value, inside: Truth) -> None:
    """A list holds its items, a text its parts, a form its fields, one person that person."""
    assert contains(whole, part) is inside


def test_what_is_given() -> None:
    """What is missing is not given, and neither is an empty list."""
    assert not is_given(NOTHING)
    assert not is_given(())
    assert not is_given(heard(()))
    assert is_given("")
    assert is_given(False)
    assert is_given(("",))


def test_bare() -> None:
    """A contribution taken bare is what was contributed, however often it is wrapped."""
    assert bare(heard(heard("a"))) == "a"
    assert bare(NOTHING) is NOTHING


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("as it is", "as it is"),
        (ANA, "Ana"),
        (True, "yes"),
        (False, "no"),
        (3, "3"),
        (3.0, "3"),
        (100.0, "100"),
        (2.50, "2.5"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (10 / 3, "3.333333"),
        (Duration(180), "3 minutes"),
        (date(2026, 3, 1), "2026-03-01"),
        (time(17), "17:00"),
        (time(0, 0, 30), "00:00:30"),
        (heard("tea"), "tea"),
        ((), ""),
        (("a",), "a"),
        (("a", "b"), "a and b"),
        (("a", "b", "c"), "a, b and c"),
        ((heard(("a", "b")), heard("c")), "a, b and c"),
        ({"what": "a walk", "by_when": date(2026, 3, 1)}, "a walk and 2026-03-01"),
        (({"what": "tea", "sugar": True}, "milk"), "tea and yes and milk"),
        (NOTHING, ""),
    ],
)
def test_printing(value: Value, text: str) -> None:
    """A value prints as a reader would write it."""
    assert shown(value) == text


def test_a_long_list_is_not_written_out() -> None:
    """A printed list stops soon after the greatest length of a text."""
    assert len(shown(("x" * 10_000,) * 100)) < LONGEST_TEXT + 10_010


def test_leaves_go_into_lists() -> None:
    """The leaves of a value are the items of its lists, at any depth."""
    assert list(leaves((1, (heard((2, 3)), ())))) == [1, 2, 3]
    assert list(leaves("a")) == ["a"]


def test_nothing_listed() -> None:
    """A list of no texts reads as nothing."""
    assert listed([]) == ""


@given(perhaps, perhaps)
def test_comparing_never_fails(left: Value | Missing, right: Value | Missing) -> None:
    """Any two values can be compared, and a missing one makes the result unknown."""
    results = [equal(left, right), less(left, right), contains(left, right)]
    assert all(result in TRUTHS for result in results)
    if isinstance(bare(left), Missing) or isinstance(bare(right), Missing):
        assert results == [None, None, None]


@given(values, values)
def test_equality_is_symmetric(left: Value, right: Value) -> None:
    """What equals another is equalled by it, and everything equals itself."""
    assert equal(left, right) is equal(right, left)
    assert equal(left, left) is True


@given(values, values)
def test_order_is_strict(left: Value, right: Value) -> None:
    """Of two values that are not equal but have an order, exactly one is less."""
    if less(left, right) is not None:
        assert (less(left, right), less(right, left), equal(left, right)).count(True) == 1


@given(perhaps)
def test_everything_prints(value: Value | Missing) -> None:
    """Every value prints."""
    assert isinstance(shown(value), str)
    assert truth(value) in TRUTHS
