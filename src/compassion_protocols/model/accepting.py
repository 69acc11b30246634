"""An answer that is taken in: how a raw one becomes a value, or is refused.

A raw answer is plain JSON data: text, number, true or false, list, mapping.
:func:`accept` gives back the typed value; what does not have the asked-for
shape raises :class:`AnswerRefused` with a sentence for the person who answered.
:func:`to_data` writes a value as plain data again.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

from compassion_protocols.errors import AnswerRefused
from compassion_protocols.language.text import clean
from compassion_protocols.language.values import Contribution, Duration, Missing, Person, Value
from compassion_protocols.model.answers import (
    LARGEST_NUMBER,
    LONGEST_ANSWER,
    MOST_ITEMS,
    Choice,
    Choices,
    Date,
    Form,
    ListOf,
    LongText,
    Number,
    OnePerson,
    Rank,
    Scale,
    Text,
    Time,
    YesNo,
    bound,
    options_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compassion_protocols.language.values import Lookup
    from compassion_protocols.model.answers import AnswerKind, Bound, Option


def accept(kind: AnswerKind, raw: object, lookup: Lookup) -> Value:
    """The typed value of a raw answer; AnswerRefused if it has not the shape of ``kind``."""
    return _ACCEPTED[type(kind)](kind, raw, lookup)


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise AnswerRefused("Please write a few words, or skip this.")
    if len(raw) > LONGEST_ANSWER:
        raise AnswerRefused("That is more than fits here. Could you say it a little shorter?")
    text = clean(raw).strip()
    if not text:
        raise AnswerRefused("There is nothing written yet. A few words are enough, or skip this.")
    return text


def _yes_no(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw in ("yes", "no"):
        return raw == "yes"
    raise AnswerRefused("Please choose yes or no, or skip this.")


def _finite(raw: object) -> int | float:
    if isinstance(raw, bool) or not isinstance(raw, _NUMBERS):
        raise AnswerRefused("Please give a number, or skip this.")
    if not abs(raw) <= LARGEST_NUMBER:  # nor is NaN
        raise AnswerRefused("That number is too large for this question.")
    return raw


_NUMBERS = (int, float)


def _number(kind: Number, raw: object, lookup: Lookup) -> int | float:
    number = _finite(raw)
    if kind.whole:
        if number != int(number):
            raise AnswerRefused("Please give a whole number, or skip this.")
        number = int(number)
    least, most = bound(kind.least, lookup), bound(kind.most, lookup)
    if (least is not None and number < least) or (most is not None and number > most):
        raise AnswerRefused(_between(least, most, "Please give a number"))
    return number


def _whole_between(raw: object, least: int, most: int) -> int:
    number = _finite(raw)
    if number != int(number) or not least <= number <= most:
        raise AnswerRefused(f"Please give a whole number from {least} to {most}, or skip this.")
    return int(number)


def _between(least: float | None, most: float | None, start: str) -> str:
    ends = [f"at least {least}"] if least is not None else []
    ends += [f"at most {most}"] if most is not None else []
    return f"{start} of {' and '.join(ends)}, or skip this."


def _one_of(raw: object, options: tuple[Option, ...]) -> str:
    if isinstance(raw, str) and any(option.value == raw for option in options):
        return raw
    raise AnswerRefused("Please choose one of the answers that are offered, or skip this.")


def _list(raw: object) -> list[object] | tuple[object, ...]:
    if not isinstance(raw, list | tuple):
        raise AnswerRefused("Please give a list, one thing a line, or skip this.")
    if len(raw) > MOST_ITEMS:
        raise AnswerRefused(f"Up to {MOST_ITEMS} fit here. Which matter most?")
    return raw


def _count(found: int, least: Bound, most: Bound, lookup: Lookup) -> None:
    fewest, largest = bound(least, lookup), bound(most, lookup)
    if fewest is not None and found < fewest:
        raise AnswerRefused(f"Please give at least {fewest}, or skip this.")
    if largest is not None and found > largest:
        raise AnswerRefused(f"Up to {largest} fit here. Which matter most?")


def _items(kind: ListOf, raw: object, lookup: Lookup) -> tuple[str, ...]:
    items = tuple([_text(item) for item in _list(raw)])
    _count(len(items), kind.least, kind.most, lookup)
    return items


def _some_of(kind: Choices, raw: object, lookup: Lookup) -> tuple[str, ...]:
    offered = {option.value for option in options_of(kind.options, lookup)}
    picked = tuple(
        item if isinstance(item, str) and item in offered else _text(item) for item in _list(raw)
    )
    if len(set(picked)) != len(picked):
        raise AnswerRefused("Please choose each one once, or skip this.")
    if sum(item not in offered for item in picked) > kind.own:
        raise AnswerRefused("Please choose from the answers that are offered, or skip this.")
    _count(len(picked), kind.least, kind.most, lookup)
    return picked


def _in_order(raw: object, options: tuple[Option, ...]) -> tuple[str, ...]:
    ranked = tuple(item for item in _list(raw) if isinstance(item, str))
    if sorted(ranked) != sorted(option.value for option in options):
        raise AnswerRefused("Please put each of them in your order, once, or skip this.")
    return ranked


def _person(raw: object, people: Value | Missing) -> Person:
    offered = people if isinstance(people, tuple) else (people,)
    for person in offered:
        if isinstance(person, Person) and isinstance(raw, str) and person.id == raw:
            return person
    raise AnswerRefused("Please choose one of the people here, or skip this.")


def _date(raw: object) -> dt.date:
    try:
        return dt.date.fromisoformat(raw if isinstance(raw, str) and len(raw) == 10 else "")
    except ValueError:
        raise AnswerRefused("Please give a day as year-month-day, or skip this.") from None


def _time(raw: object) -> dt.time:
    try:
        written = raw if isinstance(raw, str) and raw[2:3] == ":" and len(raw) == 5 else ""
        return dt.time.fromisoformat(written)
    except ValueError:
        raise AnswerRefused("Please give a time such as 18:30, or skip this.") from None


def _form(kind: Form, raw: object, lookup: Lookup) -> Mapping[str, Value]:
    if not isinstance(raw, dict) or set(raw) != {name for name, _ in kind.fields}:
        names = ", ".join(name.replace("_", " ") for name, _ in kind.fields)
        raise AnswerRefused(f"Please fill in each of these, or skip this: {names}.")
    return {name: accept(inner, raw[name], lookup) for name, inner in kind.fields}


_ACCEPTED: dict[type, Callable[[Any, object, Lookup], Value]] = {
    Text: lambda _, raw, __: _text(raw),
    LongText: lambda _, raw, __: _text(raw),
    YesNo: lambda _, raw, __: _yes_no(raw),
    Number: _number,
    Scale: lambda kind, raw, _: _whole_between(raw, *kind.ends),
    Choice: lambda kind, raw, lookup: _one_of(raw, options_of(kind.options, lookup)),
    Choices: _some_of,
    Rank: lambda kind, raw, lookup: _in_order(raw, options_of(kind.options, lookup)),
    OnePerson: lambda kind, raw, lookup: _person(raw, lookup(kind.role.name)),
    Date: lambda _, raw, __: _date(raw),
    Time: lambda _, raw, __: _time(raw),
    ListOf: _items,
    Form: _form,
}


def to_data(value: Value | Missing) -> object:
    """A value as plain JSON data, nothing as None; :func:`from_data` reads it back."""
    match value:
        case str():
            return value
        case Missing():
            return None
        case Contribution():
            return to_data(value.value)
        case Person():
            return value.id
        case dt.date():
            return value.isoformat()
        case dt.time():
            return value.isoformat("minutes")
        case Duration():
            return int(value)
        case tuple():
            return [to_data(item) for item in value]
        case bool() | int() | float():
            return value
        case _:
            return {name: to_data(item) for name, item in value.items()}


def from_data(kind: AnswerKind, data: object, person: Callable[[str], Person]) -> Value:
    """The value that :func:`to_data` wrote; AnswerRefused if ``data`` cannot be one.

    Options and bounds are not looked at again: they were met when it was given.
    """
    match kind:
        case Text() | LongText() | Choice():
            return _text(data)
        case Choices() | Rank() | ListOf():
            return tuple(_text(item) for item in _list(data))
        case Number():
            return _finite(data)
        case OnePerson():
            return person(data if isinstance(data, str) else "")
        case Form() if isinstance(data, dict):
            kinds = dict(kind.fields)
            if set(data) != set(kinds):
                raise AnswerRefused("The fields of a form do not match.")
            return {name: from_data(kinds[name], item, person) for name, item in data.items()}
        case _:
            return accept(kind, data, _nothing)


def _nothing(name: str) -> Missing:
    raise LookupError(name)


def of_example(kind: AnswerKind, example: object, today: dt.date, lookup: Lookup) -> object:
    """An example as a raw answer: a date ``in 3 days`` becomes that many days after ``today``.

    A scalar is text as it was written; here it becomes what its kind asks for. No author knows
    who will take part, so in a form the field for a person names whoever comes first.
    """
    if isinstance(example, str):
        if type(kind) in _READ_AS_NUMBER:
            return _as_number(example)
        return _as_day(example, today) if type(kind) is Date else example
    if isinstance(example, dict) and isinstance(kind, Form):
        kinds = dict(kind.fields)
        raw = {
            name: of_example(kinds[name], item, today, lookup) if name in kinds else item
            for name, item in example.items()
        }
        people = [(name, of) for name, of in kind.fields if isinstance(of, OnePerson)]
        return raw | {name: _whoever_is_first(lookup(of.role.name)) for name, of in people}
    return example


def _whoever_is_first(people: Value | Missing) -> str:
    first = people[0] if isinstance(people, tuple) and people else people
    return first.id if isinstance(first, Person) else ""


_READ_AS_NUMBER = frozenset((Number, Scale))


def _as_day(text: str, today: dt.date) -> str:
    days = text.removeprefix("in ").removesuffix("days").removesuffix("day").strip()
    if text.startswith("in ") and days.isdecimal() and len(days) <= 4:
        return (today + dt.timedelta(days=int(days))).isoformat()
    return text


def _as_number(text: str) -> object:
    try:
        number = float(text) if len(text) <= 20 else math.nan
    except ValueError:
        return text
    return int(number) if number.is_integer() else number
