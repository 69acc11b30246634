"""Listening for what is typed, while time passes.

Where a question stands, a line is waited for. Where a timer runs, whatever
comes first counts: a key, a line, or the end of the time.

From a pipe only questions take a line, and pages go by on their own. A command
for everyone (``/pause``, ``/stop``, ``/care``) is heard at once, as soon as
what came before it has been taken. One that belongs to a moment (``/skip``) is
kept for the next question, as an answer would be, unless it comes while a timer
runs: then it is about that.
"""

from __future__ import annotations

import time
from enum import Enum
from typing import TYPE_CHECKING

from compassion_protocols.cli.keyboard import is_command, is_of_a_moment
from compassion_protocols.cli.pacing import FRAMES_A_SECOND, beats, frame
from compassion_protocols.cli.replies import typed_answer
from compassion_protocols.cli.screens import QUESTIONS

if TYPE_CHECKING:
    from compassion_protocols import View
    from compassion_protocols.cli.clock import Clock
    from compassion_protocols.cli.console import Console
    from compassion_protocols.cli.keyboard import Keyboard


class Silence(Enum):
    """What may come in place of words."""

    TIME_UP = "time up"
    OVER = "over"
    """Nobody is there any more."""


_SHORTCUTS = {"p": "/pause", "s": "/skip", "h": "/help", "?": "/help"}
_LONGEST_LOOK = 0.5
"""Seconds between looks at the clock where nothing else wakes the program."""


class Typist:
    """Whoever sits at the keyboard, or what comes through the pipe."""

    def __init__(self, keyboard: Keyboard, console: Console, clock: Clock) -> None:
        self.keyboard = keyboard
        self.console = console
        self.clock = clock

    def hears(self, view: View, deadline: float | None) -> str | Silence:
        """What is typed at this view, or that the time is up at ``deadline``, or that all is."""
        self._footer(view)
        if view.kind in QUESTIONS:
            return self._answer(view, deadline)
        if view.kind == "pause":
            return self._return(view, deadline)
        due = view.timer.due if view.timer is not None else None
        if due is not None:
            return self._while_time_runs(view, due)
        if self.keyboard.is_terminal:
            return self._line()
        return self._passing_by(view)

    def _footer(self, view: View) -> None:
        """What may be done here; a pipe knows already."""
        if self.keyboard.is_terminal:
            self.console.say()
            words = footer(view, keys=self.console.moving and self.keyboard.has_keys)
            self.console.say(words, self.console.ink.quiet)

    def _line(self) -> str | Silence:
        line = self.keyboard.line(self.console.prompt)
        return Silence.OVER if line is None else line

    def _answer(self, view: View, deadline: float | None) -> str | Silence:
        if deadline is not None and not self.keyboard.is_terminal:
            rest = self.clock.real(deadline - self.clock.now())
            if not self.keyboard.has_line_within(rest):
                return Silence.TIME_UP
        said = typed_answer(view, self.keyboard, self.console)
        return Silence.OVER if said is None else said

    def _return(self, view: View, deadline: float | None) -> str | Silence:
        """During a pause: back again, or the time to come back."""
        if not self.keyboard.is_terminal:
            line = self.keyboard.line()
            if line is None:
                return Silence.OVER
            if line.strip() and not line.lstrip().startswith("/"):
                self.keyboard.put_back(line)
                return "/resume"
            return line
        if deadline is None:
            return self._line()
        self.console.write(self.console.prompt)
        return self._until(view, deadline)

    def _passing_by(self, view: View) -> str | Silence:
        """In a pipe, a page goes by on its own."""
        if "continue" not in view.actions:
            return self._line()
        said = self.keyboard.next_within(0.0)
        if said is not None and not is_of_a_moment(said):
            return self._line()
        ready = view.timer.not_before if view.timer is not None else None
        time.sleep(0.0 if ready is None else self.clock.real(ready - self.clock.now()))
        return ""

    # while time runs

    def _while_time_runs(self, view: View, due: float) -> str | Silence:
        if self.console.moving and self.keyboard.has_keys:
            return self._moving(view, due)
        return self._until(view, due)

    def _until(self, view: View, due: float) -> str | Silence:
        """Plain lines, each at its instant, until the time is up or something is typed."""
        told = [beat for beat in beats(view) if beat[0] >= view.at]
        was_there = self.keyboard.next_within(0.0)
        while (now := self.clock.now()) < due:
            while told and told[0][0] <= now:
                self.console.say(told.pop(0)[1])
            rest = min(due, told[0][0] if told else due) - now
            said = self._now_said(min(self.clock.real(rest), _LONGEST_LOOK), was_there)
            if said is not None:
                return said
        return Silence.TIME_UP

    def _now_said(self, seconds: float, was_there: str | None) -> str | Silence | None:
        """What is said within some time. ``was_there`` is a line that came before the timer ran."""
        if self.keyboard.is_terminal:
            line = self.keyboard.line_within(seconds)
            return Silence.OVER if line is None and self.keyboard.ended else line
        if was_there is not None and is_of_a_moment(was_there):
            time.sleep(seconds)
            return None
        line = self.keyboard.next_within(seconds)
        return self._line() if line is not None and is_command(line) else None

    def _moving(self, view: View, due: float) -> str | Silence:
        """One line that moves, until the time is up or a key is pressed."""
        key = ""
        try:
            with self.keyboard.keys() as keys:
                self.console.write("\x1b[?25l")
                while not key:
                    now = self.clock.now()
                    if now >= due:
                        return Silence.TIME_UP
                    self.console.redraw(
                        frame(view, now, width=self.console.width, signs=self.console.signs)
                    )
                    key = keys.within(min(1 / FRAMES_A_SECOND, self.clock.real(due - now)))
        finally:
            self.console.write("\r\x1b[K\x1b[?25h")
        if key == "/":
            rest = self.keyboard.line(f"{self.console.prompt}/")
            return Silence.OVER if rest is None else f"/{rest}"
        return Silence.OVER if key == "\x04" else _SHORTCUTS.get(key.lower(), "")


def footer(view: View, *, keys: bool) -> str:
    """What may be done at a view, in one line."""
    if view.kind in QUESTIONS:
        first = ["Enter keeps it as it is"] if view.draft is not None else []
        if view.input is not None and view.input.keep:
            first.append("/keep before it to keep it")
        back = ["/back"] if "back" in view.actions else []
        return " · ".join([*first, "/skip leaves it open", *back, "/pause", "/stop", "/help"])
    if view.kind == "hand_over":
        return f"Enter, {view.hand_to}, when only you can see the screen."
    if view.kind == "cover":
        return "Enter when everyone can see the screen again."
    if view.kind == "pause":
        return "Enter when you are ready to go on · 20m or 19:30 as a time to come back · /stop"
    if view.timer is not None and view.timer.due is not None and keys:
        return "Enter goes on · p pause · s skip · h help · / for more"
    return "Enter goes on · /pause · /stop · /help"
