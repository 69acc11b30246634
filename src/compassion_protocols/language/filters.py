"""The filters of the language, in one table.

A filter turns a value into another: ``{{ reflection | count }}``. What is
missing stays missing through all of them but ``default`` and ``given``. Where
a filter wants a list, a single value is a list of one. ``count``, ``first``,
``last``, ``every`` and ``some`` look at the entries of a list; those that
print or reckon also look into the lists inside it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.language.arithmetic import add, bounded, divide, lasting, number
from compassion_protocols.language.values import (
    NOT_REACHED,
    NOTHING,
    Contribution,
    Duration,
    Missing,
    Person,
    bare,
    both,
    either,
    equal,
    is_given,
    leaves,
    less,
    parse_duration,
    shown,
    truth,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compassion_protocols.language.arithmetic import Number
    from compassion_protocols.language.values import Truth, Value

LONGEST_VALUE = 10_000  # characters


def as_value(answer: Truth) -> bool | Missing:
    """Take an answer of three-valued logic for a value: what is unknown is missing."""
    return NOTHING if answer is None else answer


def entries(value: Value | Missing) -> tuple[Value, ...]:
    """Take a value as a list; a single one is a list of one, a missing one an empty list."""
    if isinstance(value, Missing):
        return ()
    inner = bare(value)
    return inner if isinstance(inner, tuple) else (value,)


def _default(value: Value | Missing, instead: Value | Missing) -> Value | Missing:
    return value if is_given(value) else instead


def _of(value: Value, person: Value | Missing) -> Value | Missing:
    gathered = [entry for entry in entries(value) if isinstance(entry, Contribution)]
    if entries(value) and not gathered:
        return value
    whose = bare(person)
    if isinstance(whose, Missing):
        return whose
    people = whose if isinstance(whose, tuple) else (whose,)
    theirs = tuple(entry.value for entry in gathered if entry.by in people)
    if not theirs:
        return NOT_REACHED
    return theirs if len(theirs) > 1 else theirs[0]


def _count(value: Value) -> Value:
    return len(entries(value))


def _numbers(value: Value) -> list[Number] | None:
    """List the numbers in a list that holds nothing else."""
    found = [number(leaf) for leaf in leaves(value)]
    return None if None in found else [n for n in found if n is not None]


def _total(numbers: list[Number]) -> Number | Missing:
    total: Number | Missing = numbers[0]
    for n in numbers[1:]:
        if isinstance(total, Missing):
            break
        total = add(total, n)
    return total


def _sum(value: Value) -> Value | Missing:
    numbers = _numbers(value)
    if numbers is None:
        return NOTHING
    return _total(numbers) if numbers else 0


def _mean(value: Value) -> Value | Missing:
    numbers = _numbers(value)
    total = _total(numbers) if numbers else NOTHING
    return total if isinstance(total, Missing) else divide(total, len(numbers or ()))


def _lowest(value: Value) -> Value | Missing:
    return _most(value, lambda best, new: less(new, best))


def _highest(value: Value) -> Value | Missing:
    return _most(value, less)


def _most(value: Value, better: Callable[[Value, Value], Truth]) -> Value | Missing:
    best: Value | Missing = NOTHING
    for leaf in leaves(value):
        verdict = True if isinstance(best, Missing) else better(best, leaf)
        if verdict is None:
            return NOTHING
        best = leaf if verdict else best
    return best


def _first(value: Value) -> Value | Missing:
    return next(iter(entries(value)), NOTHING)


def _last(value: Value) -> Value | Missing:
    return next(reversed(entries(value)), NOTHING)


def _every(value: Value, *wanted: Value | Missing) -> Value | Missing:
    found = _verdicts(value, wanted)
    return as_value(both(*found)) if found else NOTHING


def _some(value: Value, *wanted: Value | Missing) -> Value | Missing:
    return as_value(either(*_verdicts(value, wanted)))


def _verdicts(value: Value, wanted: tuple[Value | Missing, ...]) -> list[Truth]:
    if wanted:
        return [equal(entry, wanted[0]) for entry in entries(value)]
    return [truth(entry) for entry in entries(value)]


def _join(value: Value, between: str = "") -> Value:
    return between.join(_up_to(LONGEST_VALUE, map(shown, leaves(value))))[:LONGEST_VALUE]


def _up_to(room: int, texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        yield text
        room -= len(text)
        if room <= 0:
            break


def _on_text(change: Callable[[str], str]) -> Callable[[Value], Value]:
    """Make a filter of a change of text; what is no text is printed first."""
    return lambda value: change(shown(value)[:LONGEST_VALUE])[:LONGEST_VALUE]


_WORD_STARTS = r"([-\s({\[<]+)"


def _title(text: str) -> str:
    return "".join(part[:1].upper() + part[1:].lower() for part in re.split(_WORD_STARTS, text))


def _truncate(value: Value, length: int) -> Value:
    text = shown(value)
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"


def _round(value: Value, places: int = 0) -> Value | Missing:
    n = number(value)
    if n is None or isinstance(n, Duration):
        return NOTHING if n is None else n
    return bounded(round(n, places) if places else round(n))


def _abs(value: Value) -> Value | Missing:
    n = number(value)
    if n is None:
        return NOTHING
    return Duration(abs(n)) if isinstance(n, Duration) else abs(n)


def _plural(value: Value, one: str, many: str | None = None) -> Value:
    n = number(value)
    single = (len(entries(value)) if n is None else n) == 1
    return one if single else one + "s" if many is None else many


def _names(value: Value) -> Value:
    people = (entry.by if isinstance(entry, Contribution) else entry for entry in entries(value))
    return tuple(dict.fromkeys(person for person in people if isinstance(person, Person)))


def _duration(value: Value) -> Value | Missing:
    inner, n = bare(value), number(value)
    if isinstance(inner, str):
        return parse_duration(inner) or NOTHING
    return NOTHING if n is None else lasting(n)


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def _date(value: Value) -> Value | Missing:
    day = bare(value)
    if not isinstance(day, date):
        return NOTHING
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


@frozen(eq=False)
class FilterKind:
    """One filter: what it does in a line, and which arguments it takes."""

    name: str
    function: Callable[..., Value | Missing]
    meaning: str
    takes: tuple[type, ...] = ()
    """The types of its arguments; ``object`` where any expression will do."""
    needs: int = 0
    """How many of them must be there."""
    bounds: tuple[int, int] = (0, LONGEST_VALUE)
    """The least and the greatest whole number it takes."""
    covers: bool = False
    """Whether it has an answer for what is missing."""


def _table(*kinds: FilterKind) -> dict[str, FilterKind]:
    return {kind.name: kind for kind in kinds}


FILTERS = _table(
    FilterKind("default", _default, "the value if it is given, else the argument",
               (object,), 1, covers=True),
    FilterKind("of", _of, "what this person, or these people, gave to a gathered list",
               (object,), 1),
    FilterKind("given", entries, "the entries; none if it is missing", covers=True),
    FilterKind("count", _count, "how many entries there are"),
    FilterKind("sum", _sum, "all the numbers added up; 0 for none"),
    FilterKind("mean", _mean, "the average of the numbers"),
    FilterKind("lowest", _lowest, "the least number, the earliest date, the first in order"),
    FilterKind("highest", _highest, "the greatest number, the latest date, the last in order"),
    FilterKind("first", _first, "the first entry"),
    FilterKind("last", _last, "the last entry"),
    FilterKind("every", _every, "whether all entries equal the argument, or are true; "
               "unknown where there are none", (object,)),
    FilterKind("some", _some, "whether any entry equals the argument, or is true", (object,)),
    FilterKind("join", _join, "the entries as one text, with this between them", (str,)),
    FilterKind("upper", _on_text(str.upper), "IN CAPITALS"),
    FilterKind("lower", _on_text(str.lower), "in small letters"),
    FilterKind("capitalize", _on_text(str.capitalize), "The first letter large, the rest small"),
    FilterKind("title", _on_text(_title), "Each Word With A Capital"),
    FilterKind("trim", _on_text(str.strip), "without spaces at either end"),
    FilterKind("truncate", _truncate, "at most so many characters, cut after a word with …",
               (int,), 1, bounds=(1, LONGEST_VALUE)),
    FilterKind("round", _round, "rounded, to a whole number or so many places",
               (int,), bounds=(0, 6)),
    FilterKind("abs", _abs, "the number without its sign"),
    FilterKind("plural", _plural, "the word that fits the number or the list: one, many",
               (str, str), 1),
    FilterKind("names", _names, "who contributed, each once"),
    FilterKind("duration", _duration, "a number of seconds in words: 1 minute 30 seconds"),
    FilterKind("date", _date, "a date in words: Sunday 1 March 2026"),
)  # fmt: skip
