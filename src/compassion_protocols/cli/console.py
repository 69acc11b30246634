"""Where the words go: a terminal with colour and motion, or plain lines.

A terminal is used as one only if it is one, NO_COLOR is not set and TERM is not
``dumb``; else no escape code is ever written. Whatever comes here has passed
through a renderer, which lets no control character through.
"""

from __future__ import annotations

import os
import sys
from textwrap import wrap
from typing import TYPE_CHECKING

from compassion_protocols import Ink

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
        self.ink = ink if self.signs else ink._replace(bullet="-")

    @property
    def prompt(self) -> str:
        """What stands before what is typed."""
        return f"{MARGIN}{'›' if self.signs else '>'} "

    @property
    def width(self) -> int:
        """Columns for text, margins apart."""
        if not self.is_terminal:
            return WIDEST
        return max(24, min(WIDEST, _size().columns - 2 * len(MARGIN)))

    def say(self, words: str = "", look: tuple[str, str] = ("", ""), *, indent: int = 0) -> None:
        """Write words of the program's own, in lines that fit; ``look`` is one of the ink's."""
        from compassion_protocols import printable

        before, after = look
        room = self.width - indent
        for line in printable(words).split("\n"):
            for part in wrap(line, room, drop_whitespace=len(line) > room) or [""]:
                self.put(f"{' ' * indent}{before}{part}{after}" if part else "")

    def put(self, text: str) -> None:
        """Write lines that have been laid out already, each behind the margin."""
        lines = (f"{MARGIN}{line}" if line else "" for line in text.split("\n"))
        self.write("\n".join(lines) + "\n")

    def write(self, text: str) -> None:
        """Write characters as they are."""
        self.out.write(text)
        self.out.flush()

    def show(self, view: View) -> None:
        """Write a view."""
        from compassion_protocols import as_text

        self.say("\n")
        self.rule()
        self.put(as_text(view, width=self.width, ink=self.ink, ways=False))

    def tell(self, text: str) -> None:
        """Write an author's text, with its lines broken where they are too long."""
        from compassion_protocols import prose_as_text  # start-up time: a list needs none of it

        self.put(prose_as_text(text, width=self.width, ink=self.ink))

    def rule(self) -> None:
        """A quiet line between one page and the next."""
        self.say(("─" if self.signs else "-") * _RULE, self.ink.quiet)

    def redraw(self, line: str) -> None:
        """Write over the present line."""
        before, after = self.ink.accent
        self.write(f"\r{MARGIN}{before}{line}{after}\x1b[K")

    def take_line_back(self) -> None:
        """Leave nothing on the present line."""
        self.write("\r\x1b[K")

    def cover(self) -> None:
        """Take what was written off the screen, and out of what can be scrolled back to."""
        if self.rich:
            self.write(_CLEAR)
        elif self.is_terminal:
            self.write("\n" * _size().lines)
        else:
            self.say()
            self.say("[covered]")


def _size() -> os.terminal_size:
    from shutil import get_terminal_size  # start-up time: a pipe has no size

    return get_terminal_size()


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
