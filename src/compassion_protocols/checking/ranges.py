"""What values a name can have, as far as its declaration says.

A name's values are described by kinds, side by side: it may be missing, be one of some truths, one
of some texts, a number between two ends, a list of so many entries. What is of another kind (a
person, a day, a form) can be *anything*: nothing is claimed of it. The description is always a net
that is wide enough: every value that a session can meet lies in it, and it may hold more.

Everyone may skip everything and take back what they gave, so every answer may be missing; a
setting always has a value.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve, field, frozen

from compassion_protocols.checking.facts import Answer, Facts, Scope, Sort
from compassion_protocols.model.answers import (
    LARGEST_NUMBER,
    MOST_ITEMS,
    Choice,
    Choices,
    Form,
    ListOf,
    LongText,
    Number,
    Rank,
    Scale,
    Text,
    YesNo,
)
from compassion_protocols.model.names import Ref
from compassion_protocols.model.settings import (
    LONGEST_LIST,
    ChoiceSetting,
    DurationSetting,
    ListSetting,
    NumberSetting,
    TextSetting,
    YesNoSetting,
)
from compassion_protocols.model.steps import Reveal

if TYPE_CHECKING:
    from compassion_protocols.language.values import Missing, Value
    from compassion_protocols.model.answers import AnswerKind, Bound, Options
    from compassion_protocols.model.settings import AnySetting

_MANY = 1_000_000
"""More entries than a gathered list can have."""


class Numbers(NamedTuple):
    """All numbers from ``least`` to ``most``, or only the whole ones."""

    least: float = -LARGEST_NUMBER
    most: float = LARGEST_NUMBER
    whole: bool = False


class Entries(NamedTuple):
    """Lists of ``least`` to ``most`` entries."""

    least: int = 0
    most: int = _MANY


@frozen(eq=False)
class Possible:
    """All that something can be: whatever is in any of these."""

    missing: bool = False
    truths: frozenset[bool] = frozenset()
    texts: frozenset[str] | None = frozenset()
    """None where any text is possible."""
    numbers: Numbers | None = None
    lists: Entries | None = None
    anything: bool = False
    """Whether it can also be something of which nothing is said here."""
    fields: Mapping[str, Possible] = field(factory=dict)
    """What the fields of a form can be, where it is one."""

    @property
    def is_something(self) -> bool:
        """Whether there can be a value."""
        return bool(
            self.anything
            or self.texts is None
            or self.texts
            or self.truths
            or self.numbers
            or self.lists
        )


MISSING = Possible(missing=True)
UNKNOWN = Possible(missing=True, anything=True)
ANY_TEXT = Possible(texts=None)
ANY_NUMBER = Possible(numbers=Numbers())
YES_OR_NO = Possible(truths=frozenset((True, False)))


def perhaps(one: Possible) -> Possible:
    """All that something can be, or nothing at all."""
    return Possible(True, one.truths, one.texts, one.numbers, one.lists, one.anything, one.fields)


def only(value: Value | Missing) -> Possible:
    """Just this value."""
    match value:
        case bool():
            return Possible(truths=frozenset((value,)))
        case str():
            return Possible(texts=frozenset((value,)))
        case int() | float():
            return Possible(numbers=Numbers(value, value, value == int(value)))
        case tuple():
            return Possible(lists=Entries(len(value), len(value)))
        case _:
            return UNKNOWN


def either(one: Possible, other: Possible) -> Possible:
    """What is possible for the one or for the other."""
    texts = None
    if one.texts is not None and other.texts is not None:
        texts = one.texts | other.texts
    return Possible(
        one.missing or other.missing,
        one.truths | other.truths,
        texts,
        _numbers_of_both(one.numbers, other.numbers),
        _entries_of_both(one.lists, other.lists),
        one.anything or other.anything,
        one.fields if one.fields is other.fields else {},
    )


def _numbers_of_both(one: Numbers | None, other: Numbers | None) -> Numbers | None:
    if one is None or other is None:
        return one or other
    ends = min(one.least, other.least), max(one.most, other.most)
    return Numbers(*ends, one.whole and other.whole)


def _entries_of_both(one: Entries | None, other: Entries | None) -> Entries | None:
    if one is None or other is None:
        return one or other
    return Entries(min(one.least, other.least), max(one.most, other.most))


class Ranges:
    """What the names of one protocol can stand for."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._answers: dict[str, Possible] = {}

    @cached_property
    def _fixed(self) -> dict[str, Possible]:
        """What settings can be; those of what is included are one value each."""
        settings = {one.name: of_setting(one) for one in self._facts.protocol.settings}
        return settings | {name: only(value) for name, value in self._facts.constants.items()}

    def of(self, name: str, scope: Scope) -> Possible:
        """What a name can be at a scope."""
        meaning = self._facts.meaning(name, scope)
        if isinstance(meaning, Answer):
            if meaning.is_list_at(scope):
                return _GATHERED
            if name not in self._answers:
                self._answers[name] = self._of_answer(meaning)
            return self._answers[name]
        if meaning is not None and meaning.sort is Sort.SETTING:
            return self._fixed.get(name, UNKNOWN)
        return UNKNOWN

    def given(self, kind: AnswerKind) -> Possible:
        """What an answer of this kind can be, once it is given."""
        of_kind = _OF_PLAIN.get(type(kind))
        if of_kind is not None:
            return of_kind
        match kind:
            case Scale(ends=(low, high)):
                return Possible(numbers=Numbers(low, high, True))
            case Number(least=least, most=most, whole=whole):
                return Possible(numbers=_between(self._least(least), self._most(most), whole))
            case Choice(options=options):
                return Possible(texts=_texts(options))
            case Choices() | Rank() | ListOf():
                return Possible(lists=self._entries(kind))
            case Form(fields=fields):
                inside = {name: self.given(inner) for name, inner in fields}
                return Possible(anything=True, fields=inside)
            case _:
                return _ANYTHING

    def _of_answer(self, answer: Answer) -> Possible:
        if answer.answer is None:
            return UNKNOWN
        given = perhaps(self.given(answer.answer))
        if isinstance(answer.place.step, Reveal) and given.lists is not None:
            # Only what is picked, which may be nothing.
            return evolve(given, lists=Entries(0, given.lists.most))
        return given

    def _entries(self, kind: Choices | Rank | ListOf) -> Entries:
        offered = None if isinstance(kind, ListOf) else _texts(kind.options)
        count = MOST_ITEMS if offered is None else len(offered)
        if isinstance(kind, Rank):
            return Entries() if offered is None else Entries(count, count)
        if isinstance(kind, Choices):
            count = MOST_ITEMS if offered is None else min(count + kind.own, MOST_ITEMS)
        least = max(math.ceil(self._least(kind.least)), 0)
        most = min(math.floor(self._most(kind.most)), count)
        return Entries(least, most) if least <= most else Entries()

    def _least(self, bound: Bound) -> float:
        found = self._bounds(bound)
        return -LARGEST_NUMBER if found is None else found.least

    def _most(self, bound: Bound) -> float:
        found = self._bounds(bound)
        return LARGEST_NUMBER if found is None else found.most

    def _bounds(self, bound: Bound) -> Numbers | None:
        """Between what a bound itself can lie; None where it may be missing or is not written."""
        if isinstance(bound, Ref):
            return self._fixed.get(bound.name, UNKNOWN).numbers
        return None if bound is None else Numbers(bound, bound)


def of_setting(setting: AnySetting) -> Possible:
    """What a setting can be chosen to be."""
    match setting:
        case NumberSetting(least=least, most=most) | DurationSetting(least=least, most=most):
            low = -LARGEST_NUMBER if least is None else least
            high = LARGEST_NUMBER if most is None else most
            return Possible(numbers=_between(low, high, isinstance(setting, DurationSetting)))
        case ChoiceSetting(options=options):
            return Possible(texts=frozenset(options))
        case YesNoSetting():
            return YES_OR_NO
        case TextSetting():
            return ANY_TEXT
        case ListSetting():
            return Possible(lists=Entries(0, LONGEST_LIST))


def _between(least: float, most: float, whole: bool) -> Numbers:
    """The numbers between two ends; all there are where a draft has them the wrong way round."""
    if whole:
        least, most = math.ceil(least), math.floor(most)
    return Numbers(least, most, whole) if least <= most else Numbers(whole=whole)


def _texts(options: Options) -> frozenset[str] | None:
    if isinstance(options, Ref) or not options:
        return None
    return frozenset([option.value for option in options])


_GATHERED = Possible(missing=True, lists=Entries())
_ANYTHING = Possible(anything=True)
_OF_PLAIN: dict[type, Possible] = {Text: ANY_TEXT, LongText: ANY_TEXT, YesNo: YES_OR_NO}
