"""An answer on paper: room to give it with a pen, and how to speak of it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.authoring.paper.leaflet import Room, RoomKind
from compassion_protocols.authoring.paper.nouns import Noun
from compassion_protocols.language.values import shown
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
    bound,
)
from compassion_protocols.model.names import Ref
from compassion_protocols.render.wording import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.authoring.paper.nouns import Paper
    from compassion_protocols.model.answers import AnswerKind, Options

SHORT, LONG, ITEMS, MOST_ITEMS = 2, 9, 4, 10
"""How many lines a short and a long text have, a list if nobody says, and a list at the most."""

_WORDS: dict[type, str] = {
    Text: "what was written at {}",
    LongText: "what was written at {}",
    Number: "the number at {}",
    Scale: "the number at {}",
    OnePerson: "the person named at {}",
    Date: "the day at {}",
    Time: "the time at {}",
    ListOf: "the list at {}",
    Rank: "the order at {}",
}


def as_noun(kind: AnswerKind, number: str) -> Noun:
    """How an answer is spoken of, once it has been given at a numbered step."""
    return Noun(_WORDS.get(type(kind), "the answer at {}").format(number))


def room_for(kind: AnswerKind, paper: Paper, label: str = "") -> Iterator[Room]:
    """Room for an answer of this kind; of a form, for each of its fields."""
    match kind:
        case Form():
            for name, inner in kind.fields:
                yield from room_for(inner, paper, spoken(name))
        case Scale():
            yield from _scale(kind, label)
        case YesNo():
            yield Room(RoomKind.BOXES, labels=("yes", "no"), label=label)
        case Choice() | Choices() | Rank():
            yield from _options(kind, paper, label)
        case ListOf():
            most = bound(kind.most, paper.value)
            count = ITEMS if most is None else max(1, min(int(most), MOST_ITEMS))
            yield Room(RoomKind.ITEMS, count, label=label)
        case _:
            yield Room(RoomKind.LINES, _lines(kind), label=label or _LABELS.get(type(kind), ""))


_LABELS: dict[type, str] = {
    Number: "A number",
    OnePerson: "A name",
    Date: "A day",
    Time: "A time",
}


def _lines(kind: AnswerKind) -> int:
    match kind:
        case LongText():
            return LONG
        case Text():
            return SHORT
        case _:
            return 1


def _scale(kind: Scale, label: str) -> Iterator[Room]:
    least, most = kind.ends
    if most - least > 20:
        yield Room(RoomKind.LINES, 1, label=label or f"A number from {least} to {most}")
        return
    named = dict(kind.labels)
    told = tuple(f"{n} {named[n]}" if n in named else str(n) for n in range(least, most + 1))
    yield Room(RoomKind.SCALE, labels=told, label=label)


def _options(kind: Choice | Choices | Rank, paper: Paper, label: str) -> Iterator[Room]:
    offered = _offered(kind.options, paper)
    if isinstance(kind.options, Ref) and not offered:
        noun = paper.noun(kind.options.name)
        yield Room(RoomKind.ITEMS, ITEMS, label=label or f"From {noun.words}")
        return
    form = RoomKind.ORDER if isinstance(kind, Rank) else RoomKind.BOXES
    yield Room(form, labels=offered, label=label or _how_many(kind, paper))
    if isinstance(kind, Choices) and kind.own:
        yield Room(RoomKind.ITEMS, min(kind.own, MOST_ITEMS), label="In words of your own")


def _how_many(kind: Choice | Choices | Rank, paper: Paper) -> str:
    match kind:
        case Choice():
            return "One of these"
        case Rank():
            return "Number them in your own order"
        case Choices():
            most = bound(kind.most, paper.value)
            return "Any of these" if most is None else f"Up to {most:g} of these"


def _offered(options: Options, paper: Paper) -> tuple[str, ...]:
    if not isinstance(options, Ref):
        return tuple(option.label for option in options)
    value = paper.value(options.name)
    return tuple(map(shown, value)) if isinstance(value, tuple) else ()
