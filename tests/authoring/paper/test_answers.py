"""Room to answer with a pen."""

from __future__ import annotations

import pytest

from compassion_protocols.authoring.paper.answers import LONG, SHORT, as_noun, room_for
from compassion_protocols.authoring.paper.leaflet import Room, RoomKind
from compassion_protocols.authoring.paper.nouns import Noun, Paper
from compassion_protocols.model.steps import Ask
from tests.plans import protocol_of

PAPER = Paper({"deck": ("river", "stone"), "many": 2, "needs": Noun("the list at 2")})


def rooms(answer: str) -> list[Room]:
    """The room for a kind of answer, as it is written in a file."""
    [step] = protocol_of(f"steps:\n  - ask: What?\n    answer: {answer}\n").steps
    assert isinstance(step, Ask)
    return list(room_for(step.answer, PAPER))


def boxes(*labels: str, label: str = "") -> Room:
    """Boxes to tick."""
    return Room(RoomKind.BOXES, labels=labels, label=label)


@pytest.mark.parametrize(
    ("answer", "room"),
    [
        ("text", [Room(RoomKind.LINES, SHORT)]),
        ("long_text", [Room(RoomKind.LINES, LONG)]),
        ("yes_no", [boxes("yes", "no")]),
        ("date", [Room(RoomKind.LINES, 1, label="A day")]),
        ("time", [Room(RoomKind.LINES, 1, label="A time")]),
        ("{number: whole}", [Room(RoomKind.LINES, 1, label="A number")]),
        ("{person: partner}", [Room(RoomKind.LINES, 1, label="A name")]),
        (
            "{scale: [0, 2], labels: {0: none, 2: much}}",
            [Room(RoomKind.SCALE, labels=("0 none", "1", "2 much"))],
        ),
        ("{scale: [0, 50]}", [Room(RoomKind.LINES, 1, label="A number from 0 to 50")]),
        ("{choice: [tea, rest]}", [boxes("tea", "rest", label="One of these")]),
        ("{choice: {t: Some tea, r: A rest}}", [boxes("Some tea", "A rest", label="One of these")]),
        ("{choice: deck}", [boxes("river", "stone", label="One of these")]),
        ("{choice: needs}", [Room(RoomKind.ITEMS, 4, label="From the list at 2")]),
        ("{choices: [a, b]}", [boxes("a", "b", label="Any of these")]),
        (
            "{choices: [a, b, c], max: many, own: 2}",
            [
                boxes("a", "b", "c", label="Up to 2 of these"),
                Room(RoomKind.ITEMS, 2, label="In words of your own"),
            ],
        ),
        (
            "{rank: [a, b]}",
            [Room(RoomKind.ORDER, labels=("a", "b"), label="Number them in your own order")],
        ),
        ("{list: text}", [Room(RoomKind.ITEMS, 4)]),
        ("{list: text, max: 3}", [Room(RoomKind.ITEMS, 3)]),
        ("{list: text, max: 50}", [Room(RoomKind.ITEMS, 10)]),
        ("{list: text, max: needs}", [Room(RoomKind.ITEMS, 4)]),
        (
            "{form: {what: text, by_when: date}}",
            [Room(RoomKind.LINES, 2, label="what"), Room(RoomKind.LINES, 1, label="by when")],
        ),
    ],
)
def test_each_kind_of_answer_has_its_room(answer: str, room: list[Room]) -> None:
    """Each kind of answer has room that fits it, and a form for each of its fields."""
    assert rooms(answer) == room


def test_an_answer_is_spoken_of_by_its_place() -> None:
    """Once it is given, an answer is what it is, at the number of its step."""
    [ask] = protocol_of("steps:\n  - {ask: When?, answer: date}\n").steps
    assert isinstance(ask, Ask)
    assert as_noun(ask.answer, "2.1") == Noun("the day at 2.1")
