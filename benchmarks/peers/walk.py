"""The exercise of the workload for libraries that know no protocols: its places as plain data.

They are read from the same file, so that the texts are the same to the letter.
A peer keeps the place, the answers and the round; it checks each answer before
it goes on, and then gives the next place's text with the two names in it. To
be fair to it, that text is made by ``str.format``, which is faster than any
template.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import yaml
from attrs import frozen

from benchmarks.exercise import FRIEND, ME, SCRIPT, WORKLOAD
from compassion_protocols import Answer

ROUNDS = 3
END = "end"
Check = Callable[[object], bool]


@frozen
class Place:
    """A place where a session waits, and what it takes to leave it."""

    name: str
    text: str
    check: Check

    def shown(self) -> str:
        """The text with its names."""
        return self.text.format(you=ME, friend=FRIEND)


VALUES = [event.value if isinstance(event, Answer) else None for event in SCRIPT]
"""What each of the events brings: an answer, or nothing."""


def places() -> dict[str, Place]:
    """Every place by its name, in the order of the file, the end last."""
    steps: list[dict[str, Any]] = yaml.safe_load(WORKLOAD.read_text("utf-8"))["steps"]
    found = {place.name: place for place in _places(steps)}
    return found | {END: Place(END, "", is_nothing)}


def _places(steps: list[dict[str, Any]]) -> Iterator[Place]:
    for step in steps:
        for case in step.get("choose", ()):
            yield from _places(case["steps"])
        yield from _places(step.get("otherwise", step.get("steps", [])))
        text = next((step[kind] for kind in ("say", "ask", "wait", "speak") if kind in step), None)
        if text is not None:
            text = text.strip().replace("{{ ", "{").replace(" }}", "}")
            yield Place(step["id"], text, _check_of(step))


def _check_of(step: dict[str, Any]) -> Check:
    match step.get("answer"):
        case None:
            return is_nothing
        case "text":
            return is_short_text if "rules" in step else is_text
        case {"choice": options}:
            return frozenset(options).__contains__
        case _:
            return is_rating


def is_nothing(value: object) -> bool:
    """Nothing is asked here."""
    return value is None


def is_text(value: object) -> bool:
    """A text that is not empty."""
    return isinstance(value, str) and bool(value.strip())


def is_short_text(value: object) -> bool:
    """A text of at most forty words."""
    return isinstance(value, str) and 0 < len(value.split()) <= 40


def is_rating(value: object) -> bool:
    """A whole number from 0 to 10."""
    return isinstance(value, int) and 0 <= value <= 10


def ways(names: list[str]) -> Iterator[tuple[str, str, str]]:
    """From where to where one goes, and on what condition: the name of one, or nothing."""
    for here, there in pairwise(names):
        match here:
            case "where":
                yield here, "from_morning", "is_morning"
                yield here, "from_evening", ""
            case "from_morning":
                yield here, "picture", ""
            case "warmest":
                yield here, "aloud", "has_rounds"
                yield here, there, ""
            case _:
                yield here, there, ""


class Peer(typing.Protocol):
    """A library that runs the workload."""

    name: str

    def load(self) -> object:
        """Build what all sessions share."""

    def start(self) -> Any:  # noqa: ANN401 - each library has sessions of its own
        """Begin a session."""

    def send(self, session: Any, number: int) -> str:  # noqa: ANN401
        """Carry the event of this number out; the text that is shown next."""

    def snapshot(self, session: Any) -> str:  # noqa: ANN401
        """The session as JSON."""

    def restore(self, text: str) -> Any:  # noqa: ANN401
        """The session in a snapshot."""

    def forget(self, session: Any) -> None:  # noqa: ANN401
        """Let go of a session, where the library holds on to it."""
