"""Kinds of answer: what each is, and what is offered to whoever answers.

How a raw answer becomes a value of its kind, or is refused, is in :mod:`.accepting`.
Bounds and options may be names; they are read when the question opens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from compassion_protocols.language.values import (
    Contribution,
    Missing,
    Person,
    Value,
    shown,
)
from compassion_protocols.model.author import author
from compassion_protocols.model.names import Ref

if TYPE_CHECKING:
    from compassion_protocols.language.values import Lookup

LONGEST_ANSWER = 10_000
MOST_ITEMS = 50
LARGEST_NUMBER = 10**9


@frozen
class Option:
    """One thing to choose: the ``value`` that is kept, and the ``label`` that is shown."""

    value: str
    label: str


Options = tuple[Option, ...] | Ref
Bound = int | float | Ref | None


@frozen(kw_only=True)
class Text:
    """A short text."""


@frozen(kw_only=True)
class LongText:
    """A text of several lines."""


@frozen(kw_only=True)
class YesNo:
    """Yes or no."""


@frozen(kw_only=True)
class Number:
    """A number, whole unless it says ``any``."""

    whole: bool = field(metadata=author("whole or any.", key="number"))
    least: Bound = field(default=None, metadata=author("The smallest.", key="min"))
    most: Bound = field(default=None, metadata=author("The largest.", key="max"))


@frozen(kw_only=True)
class Scale:
    """A whole number between two ends, with words for some of them."""

    ends: tuple[int, int] = field(metadata=author("The two ends: [0, 10].", key="scale"))
    labels: tuple[tuple[int, str], ...] = field(
        default=(), metadata=author("Words for some of the numbers.")
    )


@frozen(kw_only=True)
class Choice:
    """One of some options."""

    options: Options = field(
        metadata=author("A list, {value: label}, or the name of a list.", key="choice")
    )


@frozen(kw_only=True)
class Choices:
    """Several of some options, and perhaps some of one's own."""

    options: Options = field(
        metadata=author("A list, {value: label}, or the name of a list.", key="choices")
    )
    least: Bound = field(default=None, metadata=author("At least so many.", key="min"))
    most: Bound = field(default=None, metadata=author("At most so many.", key="max"))
    own: int = field(default=0, metadata=author("So many may be one's own words."))


@frozen(kw_only=True)
class Rank:
    """All the options, in one's own order."""

    options: Options = field(
        metadata=author("A list, {value: label}, or the name of a list.", key="rank")
    )


@frozen(kw_only=True)
class OnePerson:
    """One of the people of a role."""

    role: Ref = field(metadata=author("The role to choose from, or everyone.", key="person"))


@frozen(kw_only=True)
class Date:
    """A day."""


@frozen(kw_only=True)
class Time:
    """A time of day."""


@frozen(kw_only=True)
class ListOf:
    """A list of short texts."""

    of: str = field(default="text", metadata=author("text.", key="list"))
    least: Bound = field(default=None, metadata=author("At least so many.", key="min"))
    most: Bound = field(default=None, metadata=author("At most so many.", key="max"))


@frozen(kw_only=True)
class Form:
    """A few named fields, each with its own kind of answer."""

    fields: tuple[tuple[str, FieldKind], ...] = field(
        metadata=author("Names, each with a kind of answer.", key="form")
    )


FieldKind = (
    Text | LongText | YesNo | Number | Scale | Choice | Choices | Rank
    | OnePerson | Date | Time | ListOf
)  # fmt: skip
AnswerKind = FieldKind | Form

PLAIN_KINDS: dict[str, type[Text | LongText | YesNo | Date | Time]] = {
    "text": Text,
    "long_text": LongText,
    "yes_no": YesNo,
    "date": Date,
    "time": Time,
}
"""Kinds of answer that are written as one word."""

KEYED_KINDS: dict[str, type[Number | Scale | Choice | Choices | Rank | OnePerson | ListOf | Form]]
KEYED_KINDS = {
    "number": Number,
    "scale": Scale,
    "choice": Choice,
    "choices": Choices,
    "rank": Rank,
    "person": OnePerson,
    "list": ListOf,
    "form": Form,
}
"""Kinds of answer that are written as a mapping; this key names them."""


def name_of(kind: AnswerKind) -> str:
    """The word by which an author, a view and a renderer know this kind."""
    return _NAMES[type(kind)]


_NAMES: dict[type, str] = {cls: name for name, cls in (*PLAIN_KINDS.items(), *KEYED_KINDS.items())}


def without_labels(kind: AnswerKind) -> object:
    """What tells one kind of answer from another: all but its labels, which are texts."""
    match kind:
        case Choice() | Choices() | Rank() if not isinstance(kind.options, Ref):
            return evolve(kind, options=tuple(Option(one.value, "") for one in kind.options))
        case Scale():
            return evolve(kind, labels=())
        case Form():
            return tuple((name, without_labels(of)) for name, of in kind.fields)
        case _:
            return kind


def options_of(options: Options, lookup: Lookup) -> tuple[Option, ...]:
    """The options themselves, read by name where they are a name; nothing if that is missing."""
    if not isinstance(options, Ref):
        return options
    value = lookup(options.name)
    if isinstance(value, Missing):
        return ()
    items = value if isinstance(value, tuple) else (value,)
    found = (option for item in items for option in _as_options(item))
    return tuple(dict.fromkeys(found))


def _as_options(item: Value | Missing) -> tuple[Option, ...]:
    if isinstance(item, Missing):
        return ()
    if isinstance(item, Contribution):
        return _as_options(item.value)
    if isinstance(item, tuple):
        return tuple(option for inner in item for option in _as_options(inner))
    if isinstance(item, Person):
        return (Option(item.id, item.name),)
    return (Option(shown(item), shown(item)),)


def needed_names(kind: AnswerKind) -> tuple[str, ...]:
    """The names without which a question cannot be asked: of its options and bounds."""
    found: list[object] = []
    match kind:
        case Form(fields=fields):
            return tuple([name for _, inner in fields for name in needed_names(inner)])
        case Choice() | Rank():
            found = [kind.options]
        case Choices():
            found = [kind.options, kind.least, kind.most]
        case Number() | ListOf():
            found = [kind.least, kind.most]
    return tuple([one.name for one in found if isinstance(one, Ref)])


def bound(value: Bound, lookup: Lookup) -> int | float | None:
    """A bound itself, read by name where it is a name; None if there is none."""
    if not isinstance(value, Ref):
        return value
    found = lookup(value.name)
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None
