"""What kind of value a name stands for, as far as that can be told before anything runs.

An answer is one value inside the list-making blocks around its question and a gathered list
further out; a gathered list has entries, and each entry knows who gave it (``by``), what was given
(``value``) and the names of its loops. Where a kind cannot be told it is :data:`UNKNOWN`, and
nothing is held against it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.language.values import Duration, Missing, Person
from compassion_protocols.model.answers import (
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
)
from compassion_protocols.model.names import Ref
from compassion_protocols.model.settings import ChoiceSetting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compassion_protocols.language.values import Value
    from compassion_protocols.model.answers import AnswerKind, Options
    from compassion_protocols.model.settings import AnySetting


class Word(StrEnum):
    """What a kind is called in a finding."""

    TEXT = "a text"
    YES_NO = "a yes or no"
    NUMBER = "a number"
    DURATION = "a length of time"
    DATE = "a date"
    TIME = "a time of day"
    PERSON = "a person"
    FORM = "a form"
    LIST = "a list"
    GATHERED = "a list of answers"
    ENTRY = "one answer of a list"
    LOOP = "the place in a loop"
    UNKNOWN = "something"


@frozen(eq=False)
class Kind:
    """A kind of value; lists say what they hold, forms and entries their fields."""

    word: Word
    of: Kind | None = None
    fields: Mapping[str, Kind] = field(factory=dict)
    options: tuple[str, ...] | None = None
    """All that a text can be, where its author wrote that down."""

    @property
    def bare(self) -> Kind:
        """An entry taken for what was given."""
        return self.of if self.word is Word.ENTRY and self.of is not None else self

    @property
    def inner(self) -> Kind:
        """What a list holds; a single value is a list of one."""
        return self.of if self.is_list and self.of is not None else self

    @property
    def is_list(self) -> bool:
        return self.word in LISTS


LISTS = (Word.LIST, Word.GATHERED)

TEXT = Kind(Word.TEXT)
YES_NO = Kind(Word.YES_NO)
NUMBER = Kind(Word.NUMBER)
DURATION = Kind(Word.DURATION)
DATE = Kind(Word.DATE)
TIME = Kind(Word.TIME)
PERSON = Kind(Word.PERSON)
UNKNOWN = Kind(Word.UNKNOWN)
TEXTS = Kind(Word.LIST, TEXT)
PEOPLE = Kind(Word.LIST, PERSON)
LOOP = Kind(
    Word.LOOP,
    fields={
        **dict.fromkeys(("index", "index0", "length"), NUMBER),
        **dict.fromkeys(("first", "last"), YES_NO),
    },
)

_PLAIN: dict[type, Kind] = {
    Text: TEXT,
    LongText: TEXT,
    YesNo: YES_NO,
    Number: NUMBER,
    Scale: NUMBER,
    OnePerson: PERSON,
    Date: DATE,
    Time: TIME,
    ListOf: TEXTS,
}


def kind_of_answer(answer: AnswerKind) -> Kind:
    """The kind of one answer."""
    plain = _PLAIN.get(type(answer))
    if plain is not None:
        return plain
    if isinstance(answer, Choice):
        return _text_of(answer.options)
    if isinstance(answer, Choices):
        return Kind(Word.LIST, TEXT if answer.own else _text_of(answer.options))
    if isinstance(answer, Rank):
        return Kind(Word.LIST, _text_of(answer.options))
    fields = answer.fields if isinstance(answer, Form) else ()
    return Kind(Word.FORM, fields={name: kind_of_answer(inner) for name, inner in fields})


def _text_of(options: Options) -> Kind:
    if isinstance(options, Ref):
        return TEXT
    return Kind(Word.TEXT, options=tuple([option.value for option in options]))


def kind_of_setting(setting: AnySetting) -> Kind:
    """The kind of a setting's value."""
    if isinstance(setting, ChoiceSetting):
        return Kind(Word.TEXT, options=setting.options)
    return kind_of_value(setting.default)


def kind_of_value(value: Value | Missing) -> Kind:
    """The kind of a value that is known."""
    for classes, kind in _OF_CLASS:
        if isinstance(value, classes):
            return kind
    return UNKNOWN


_OF_CLASS: tuple[tuple[type | tuple[type, ...], Kind], ...] = (
    (str, TEXT),
    (bool, YES_NO),
    (Duration, DURATION),
    ((int, float), NUMBER),
    (tuple, TEXTS),
    (Person, PERSON),
    (dt.date, DATE),
    (dt.time, TIME),
)


def gathered(kind: Kind, loops: Iterable[tuple[str, Kind]]) -> Kind:
    """The list of all answers of a kind, whose entries know the names of these loops."""
    fields = {**dict(loops), "by": PERSON, "value": kind}
    return Kind(Word.GATHERED, Kind(Word.ENTRY, kind, fields))


def element_of(kind: Kind) -> Kind:
    """What a loop over a value of this kind takes at a time."""
    kind = kind.bare
    return kind.of if kind.is_list and kind.of is not None else UNKNOWN
