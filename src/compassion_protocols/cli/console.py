"""Where the words go: a terminal with colour and motion, or plain lines.

A terminal is used as one only if it is one, NO_COLOR is not set and TERM is not
``dumb``; else no escape code is ever written. Whatever comes here has passed
through a renderer, which lets no control character through.
"""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from attrs import evolve

from compassion_protocols import Ink, as_text, prose_as_text

if TYPE_CHECKING:
    from typing import TextIO

    from compassion_protocols import View

MARGIN = "  "
WIDEST = 92
_RULE = 24
"""How long the line between pages is, in columns."""

_CLEAR = "\x1b[H\x1b[2J\x1b[3J"
"""Cursor home, clear the screen, and clear what could be scrolled back to."""

_RICH = Ink(
    strong=("\x1b[1m", "\x1b[22m"),
    emphasis=("\x1b[3m", "\x1b[23m"),
    quiet=("\x1b[2m", "\x1b[22m"),
    accent=("\x1b[36m", "\x1b[39m"),
    bullet="•",
)


class Console:
    """One place to write to. ``still`` asks for no motion; ``rich`` says what is possible."""

    def __init__(self, out: TextIO, *, still: bool = False) -> None:
        self.out = out
        self.is_terminal = out.isatty()
        self.rich = self.is_terminal and allows_escapes()
        self.moving = self.rich and not still
        self.signs = (getattr(out, "encoding", "") or "").lower().replace("-", "") == "utf8"
        ink = _RICH if self.rich else Ink()
        self.ink = ink if self.signs else evolve(ink, bullet="-")

    @property
    def prompt(self) -> str:
        """What stands before what is typed."""
        return f"{MARGIN}{'›' if self.signs else '>'} "

    @property
    def width(self) -> int:
        """Columns for text, margins apart."""
        if not self.is_terminal:
            return WIDEST
        return max(24, min(WIDEST, shutil.get_terminal_size().columns - 2 * len(MARGIN)))

    def say(self, text: str = "", *, end: str = "\n") -> None:
        """Write a text, each line behind the margin."""
        lines = (f"{MARGIN}{line}" if line else "" for line in text.split("\n"))
        self.out.write("\n".join(lines) + end)
        self.out.flush()

    def write(self, text: str) -> None:
        """Write characters as they are."""
        self.out.write(text)
        self.out.flush()

    def show(self, view: View) -> None:
        """Write a view."""
        self.say("\n")
        self.rule()
        self.say(as_text(view, width=self.width, ink=self.ink, ways=False))

    def tell(self, text: str, *, margin: str = "") -> None:
        """Write an author's text, with its lines broken where they are too long."""
        told = prose_as_text(text, width=self.width - len(margin), ink=self.ink)
        self.say("\n".join(f"{margin}{line}" for line in told.split("\n")))

    def rule(self) -> None:
        """A quiet line between one page and the next."""
        self.say(self.quiet(("─" if self.signs else "-") * _RULE))

    def quiet(self, text: str) -> str:
        """A text that steps back a little."""
        return f"{self.ink.quiet[0]}{text}{self.ink.quiet[1]}"

    def strong(self, text: str) -> str:
        """A text that stands out."""
        return f"{self.ink.strong[0]}{text}{self.ink.strong[1]}"

    def accent(self, text: str) -> str:
        """A text in a soft colour."""
        return f"{self.ink.accent[0]}{text}{self.ink.accent[1]}"

    def redraw(self, line: str) -> None:
        """Write over the present line."""
        self.write(f"\r{MARGIN}{self.accent(line)}\x1b[K")

    def cover(self) -> None:
        """Take what was written off the screen, and out of what can be scrolled back to."""
        if self.rich:
            self.write(_CLEAR)
        elif self.is_terminal:
            self.write("\n" * shutil.get_terminal_size().lines)
        else:
            self.say()
            self.say("[covered]")


def allows_escapes() -> bool:
    """Whether the person has not asked for plain characters."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") not in ("dumb", "")


def prepare(stream: TextIO) -> None:
    """Let a stream replace what its encoding does not have, and not fail over it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def standard_console(*, to_errors: bool = False, still: bool = False) -> Console:
    """The console on standard output, or beside it where that is kept for data."""
    return Console(sys.stderr if to_errors else sys.stdout, still=still)
