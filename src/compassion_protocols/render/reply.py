"""What a person types, as an event: the other direction of a renderer.

A chat or a command line shows a view as text and gets a text back. Two things
must never be mixed up: what a person says in the exercise, and what they want
to be done. So a command begins with a slash (``/skip``, ``/pause 20m``), and an
answer of “stop” is an answer. Only where no words of one's own are asked for
(a number, a choice, a page to read) do the plain words work as well: there
“stop” can mean nothing else. An answer that begins with a slash is written with
two.

Nothing here knows a clock. ``at`` is given, and ``utc_offset`` says which day
and hour it is for the person.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from compassion_protocols.errors import AnswerRefused
from compassion_protocols.findings import nearest
from compassion_protocols.render.typed import Now, value_of
from compassion_protocols.session.events import (
    Advance,
    Answer,
    Back,
    Continue,
    Distress,
    Erase,
    Extend,
    Join,
    Leave,
    Pause,
    Resume,
    Skip,
    Stop,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols.session.events import Event
    from compassion_protocols.session.view import View

LONGEST_REPLY = 600_000
"""Characters that are looked at: more than the longest answer of any kind can have."""


class Wish(StrEnum):
    """What someone asks of the host, not of the session."""

    HELP = "help"
    """Show the ways to reach a person, and what may be typed."""
    SHOW = "show"
    """Show the same view once more."""


COMMANDS: dict[str, tuple[str, ...]] = {
    "keep": (),
    "skip": ("pass",),
    "continue": ("ok", "okay", "next", "go on", "done"),
    "back": (),
    "pause": ("break", "time-out", "timeout"),
    "resume": ("ready",),
    "distress": ("care", "too much"),
    "stop": ("quit", "exit"),
    "leave": (),
    "join": (),
    "advance": (),
    "extend": (),
    "erase": (),
    "help": ("?",),
    "show": ("again",),
}
"""Every command, and other words for it."""

_NAMES = {word: name for name, words in COMMANDS.items() for word in (name, *words)}
_PLAIN = frozenset({"skip", "continue", "back", "pause", "resume", "distress", "stop", "help"})
"""Commands that also work without a slash where no words are asked for."""

_COMMAND = re.compile(r"/(?P<name>[A-Za-z?][A-Za-z-]*)(?:\s+(?P<rest>.*))?", re.DOTALL)
_WORDED = frozenset({"text", "long_text", "list", "form"})


def read_reply(view: View, text: str, *, at: float, utc_offset: int = 0) -> Event | Wish:
    """What a typed reply to this view means, at ``at`` (epoch seconds).

    ``utc_offset`` is in seconds. AnswerRefused, with a sentence for the person, if
    it means nothing here. Nothing typed stands for going on, or for a draft as it is.
    """
    said = text[:LONGEST_REPLY].strip()
    now = Now(at, utc_offset)
    command = _COMMAND.fullmatch(said)
    if command is not None:
        return _command(view, command["name"].lower(), (command["rest"] or "").strip(), now)
    if view.kind in ("ask", "reveal") and view.input is not None:
        return _answer(view, said, now)
    name = _NAMES.get(said.casefold().rstrip(".!")) if said else ""
    if name in _PLAIN:
        return _command(view, name, "", now)
    return _elsewhere(view, said, now)


def _answer(view: View, said: str, now: Now) -> Event | Wish:
    wanted = view.input
    if wanted is None:
        raise AnswerRefused("Nothing is asked just now.")
    if not said and view.draft is not None:
        return Answer(by=view.viewer, token=view.token, value=view.draft, at=now.at)
    labels = {option.label.casefold() for option in wanted.options}
    name = _NAMES.get(said.casefold().rstrip(".!"))
    worded = wanted.type in _WORDED or bool(wanted.limits.get("own"))
    if name in _PLAIN and name != "continue" and not worded and said.casefold() not in labels:
        return _command(view, name, "", now)
    said = said[1:] if said.startswith("//") else said
    value = value_of(wanted, said, now, reveal=view.kind == "reveal")
    return Answer(by=view.viewer, token=view.token, value=value, at=now.at)


def _elsewhere(view: View, said: str, now: Now) -> Event | Wish:
    """Where nothing is asked: nothing typed, or a time to come back."""
    if view.kind == "pause" and said and (until := now.instant(said)) is not None:
        return Pause(by=view.viewer, at=now.at, until=until)
    if said.casefold() in ("", "yes", "y"):
        if "continue" in view.actions:
            return Continue(by=view.viewer, token=view.token, at=now.at)
        if "resume" in view.actions:
            return Resume(by=view.viewer, at=now.at)
        return Wish.SHOW
    raise AnswerRefused("Nothing is asked just now. To see what you can do, type /help.")


def _command(view: View, word: str, rest: str, now: Now) -> Event | Wish:
    name = _NAMES.get(word, "")
    if not name:
        raise AnswerRefused(
            f"There is no /{word[:20]}.{nearest(word, COMMANDS)}"
            " To begin an answer with a slash, write two."
        )
    if name in ("help", "show"):
        return Wish(name)
    if name == "continue" and "continue" not in view.actions and "resume" in view.actions:
        name = "resume"
    return _MAKE[name](view, rest, now)


def _pause(view: View, rest: str, now: Now) -> Event:
    until = now.instant(rest) if rest else None
    if rest and until is None:
        raise AnswerRefused("When would you like to come back? Such as /pause 20m or /pause 19:30.")
    return Pause(by=view.viewer, at=now.at, until=until)


def _distress(view: View, rest: str, now: Now) -> Event:
    rating = int(rest) if re.fullmatch(r"10|[0-9]", rest) else None
    unsafe = rest.casefold() in ("unsafe", "not safe")
    return Distress(by=view.viewer, at=now.at, rating=rating, safe=not unsafe)


def _extend(view: View, rest: str, now: Now) -> Event:
    seconds = now.length(rest or "1m")
    if seconds is None:
        raise AnswerRefused("How much longer? Such as /extend 2m.")
    return Extend(by=view.viewer, token=view.token, seconds=float(seconds), at=now.at)


def _keep(view: View, rest: str, now: Now) -> Event:
    """An answer that its writer keeps for another time."""
    if view.input is None or not view.input.keep:
        raise AnswerRefused("There is nothing here to keep for another time.")
    if not rest and view.draft is None:
        raise AnswerRefused("What would you like to keep? Such as /keep a walk on Sunday.")
    value = view.draft if not rest else value_of(view.input, rest, now)
    return Answer(by=view.viewer, token=view.token, value=value, at=now.at, keep=True)


_MAKE: dict[str, Callable[[View, str, Now], Event]] = {
    "keep": _keep,
    "skip": lambda view, _, now: Skip(by=view.viewer, token=view.token, at=now.at),
    "continue": lambda view, _, now: Continue(by=view.viewer, token=view.token, at=now.at),
    "back": lambda view, _, now: Back(by=view.viewer, token=view.token, at=now.at),
    "pause": _pause,
    "resume": lambda view, _, now: Resume(by=view.viewer, at=now.at),
    "distress": _distress,
    "stop": lambda view, _, now: Stop(by=view.viewer, at=now.at),
    "leave": lambda view, _, now: Leave(by=view.viewer, at=now.at),
    "join": lambda view, _, now: Join(by=view.viewer, at=now.at),
    "advance": lambda view, _, now: Advance(by=view.viewer, token=view.token, at=now.at),
    "extend": _extend,
    "erase": lambda view, _, now: Erase(by=view.viewer, at=now.at),
}
