"""What a name can stand for, and the logic of what is not known.

Everyone may skip everything, so any answer may be missing, and a missing one
knows why. Comparing with it is neither true nor false but unknown, written
``None``; unknowns combine as in Kleene's strong logic, where ``False and
unknown`` is false whatever the unknown one turns out to be. Nothing in this
module raises: two values that cannot be compared are not equal, and which of
them is less is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from enum import StrEnum
from typing import TypeAlias

from attrs import field, frozen

LONGEST_TEXT = 32_000  # characters, of anything that is shown


class Reason(StrEnum):
    """Why there is no value."""

    SKIPPED = "skipped"
    DECLINED = "declined"
    TIMED_OUT = "timed out"
    ABSENT = "absent"
    NOT_REACHED = "not reached"
    ERASED = "erased"
    NO_VALUE = "no value"  # the first of nothing, a division by zero, an attribute that is not


@frozen
class Missing:
    """Stands where a value would, and says why there is none."""

    reason: Reason


NOTHING = Missing(Reason.NO_VALUE)
NOT_REACHED = Missing(Reason.NOT_REACHED)


@frozen
class Person:
    """Someone in the session. Prints as their name; two are the same by their id alone."""

    id: str
    name: str = field(eq=False)
    role: str = field(default="", eq=False)

    def __str__(self) -> str:
        return self.name


class Duration(int):
    """A length of time in whole seconds, which prints in words.

    >>> print(Duration(180), "and", Duration(90))
    3 minutes and 1 minute 30 seconds
    """

    __slots__ = ()

    def __str__(self) -> str:
        minutes, seconds = divmod(abs(self), 60)
        hours, minutes = divmod(minutes, 60)
        counts = ((hours, "hour"), (minutes, "minute"), (seconds, "second"))
        words = [f"{n} {unit}" if n == 1 else f"{n} {unit}s" for n, unit in counts if n]
        return ("-" if self < 0 else "") + (" ".join(words) or "0 seconds")

    def __repr__(self) -> str:
        return f"Duration({int(self)})"


_DURATION = "(?=.)(?:([0-9]{1,4})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,6})s)?"


def parse_duration(text: str) -> Duration | None:
    """Read ``90s``, ``3m``, ``1m30s`` or ``1h``; anything else is no duration.

    >>> parse_duration("1m30s")
    Duration(90)
    """
    match = re.fullmatch(_DURATION, text)
    if not match:
        return None
    hours, minutes, seconds = map(int, match.groups("0"))
    return Duration(hours * 3600 + minutes * 60 + seconds)


@frozen
class Contribution:
    """One entry of a gathered list: what ``by`` said, and the items of the loops around it.

    It prints, compares and counts as its value.
    """

    value: Value
    by: Person
    loops: Mapping[str, Value] = field(factory=dict)


# A yes_no answer is a bool. A list is a tuple, a form a mapping.
Value: TypeAlias = (
    "str | bool | int | float | Duration | date | time | Person | Contribution"
    " | tuple[Value, ...] | Mapping[str, Value]"
)
Lookup: TypeAlias = "Callable[[str], Value | Missing]"
Truth: TypeAlias = "bool | None"


def both(*truths: Truth) -> Truth:
    """And: false if any is false, else unknown if any is unknown."""
    if False in truths:
        return False
    return None if None in truths else True


def either(*truths: Truth) -> Truth:
    """Or: true if any is true, else unknown if any is unknown."""
    if True in truths:
        return True
    return None if None in truths else False


def negation(truth: Truth) -> Truth:
    """Not: what is unknown stays unknown."""
    return None if truth is None else not truth


def bare(value: Value | Missing) -> Value | Missing:
    """Take a contribution for what was contributed."""
    while isinstance(value, Contribution):
        value = value.value
    return value


def is_given(value: Value | Missing) -> bool:
    """Tell whether there is something; an empty list is nothing."""
    value = bare(value)
    return not isinstance(value, Missing) and value != ()


def truth(value: Value | Missing) -> Truth:
    """Take a value as a condition: a bool is itself; nothing, empty or zero is false.

    A date, a time and a person are true.
    """
    value = bare(value)
    if isinstance(value, Missing):
        return None
    if isinstance(value, date | time | Person):
        return True
    return bool(value)


def equal(left: Value | Missing, right: Value | Missing) -> Truth:
    """Tell whether two values are the same.

    Unknown if either is missing, or something inside them decides and is. A bool
    equals the texts "yes" and "no", and never a number. A list or a form equals
    another item by item. Values of different kinds are not equal.
    """
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    left, right = bare(left), bare(right)
    if isinstance(left, Missing) or isinstance(right, Missing):
        return None
    if isinstance(left, bool) or isinstance(right, bool):
        return _spoken(left) == _spoken(right)
    if isinstance(left, int | float | str | Person):
        return left == right
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and both(*map(equal, left, right))
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and both(*(equal(left[k], right[k]) for k in left))
    return left == right


def _spoken(value: Value) -> Value:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def less(left: Value | Missing, right: Value | Missing) -> Truth:
    """Tell whether one value comes before another of its kind: numbers, texts, dates, times.

    Unknown if either is missing, or they are not of one kind.
    """
    left, right = bare(left), bare(right)
    kind = _order(left)
    if not kind or kind != _order(right):
        return None
    try:
        return bool(left < right)  # type: ignore[operator]  # of one kind, so they compare
    except TypeError:  # a date with a datetime, a time with a zone and one without
        return None


def _order(value: Value | Missing) -> str:
    """Name what a value is ordered among, or nothing."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return "numbers"
    if isinstance(value, str):
        return "texts"
    if isinstance(value, date):
        return "dates"
    return "times" if isinstance(value, time) else ""


def contains(whole: Value | Missing, part: Value | Missing) -> Truth:
    """Tell whether a list holds an item, a text a text, or a form a field of this name.

    One person is a list of one, as whoever listens is where there are two. Unknown if either is
    missing, or ``whole`` is none of these.
    """
    whole, part = bare(whole), bare(part)
    if isinstance(whole, Missing) or isinstance(part, Missing):
        return None
    if isinstance(whole, tuple):
        return either(*(equal(item, part) for item in whole))
    if isinstance(whole, Person):
        return equal(whole, part)
    if isinstance(whole, str):
        return isinstance(part, str) and part in whole
    if isinstance(whole, Mapping):
        return isinstance(part, str) and part in whole
    return None


def leaves(value: Value) -> Iterator[Value]:
    """Go through a list, and through the lists inside it; a single value is a list of one."""
    while isinstance(value, Contribution):
        value = value.value
    if isinstance(value, tuple):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def shown(value: Value | Missing) -> str:
    """Write a value as a reader meets it. A missing one is written as nothing.

    >>> shown((True, 2.50, time(17)))
    'yes, 2.5 and 17:00'
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Person):
        return value.name
    if isinstance(value, Contribution):
        return shown(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | date):
        return str(value)
    if isinstance(value, Missing):
        return ""
    if isinstance(value, float):
        return f"{value:z.6f}".rstrip("0").removesuffix(".")
    if isinstance(value, time):
        return f"{value:%H:%M:%S}".removesuffix(":00")
    parts = value if isinstance(value, tuple) else tuple(value.values())
    return listed(_within(LONGEST_TEXT, map(shown, leaves(parts))))


def listed(texts: Sequence[str]) -> str:
    """Join texts as a sentence does.

    >>> listed(["warm", "slow", "kind"])
    'warm, slow and kind'
    """
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def counted(number: float, thing: str) -> str:
    """So many of a thing whose plural ends in an s.

    >>> counted(1, "minute"), counted(2.5, "minute")
    ('1 minute', '2.5 minutes')
    """
    return f"{number:g} {thing}{'' if number == 1 else 's'}"


def from_to(least: float, most: float) -> str:
    """Two bounds, or one number where they are the same.

    >>> from_to(2, 2), from_to(3, 8)
    ('2', '3 to 8')
    """
    return f"{least:g}" if least == most else f"{least:g} to {most:g}"


def _within(room: int, texts: Iterable[str]) -> list[str]:
    """Take texts as long as there is room for them."""
    taken = []
    for text in texts:
        taken.append(text)
        room -= len(text)
        if room < 0:
            break
    return taken
