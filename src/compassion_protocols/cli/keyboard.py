"""Where typed lines come from: a terminal, or a pipe, one line at a time.

Lines are read from the file itself and not from Python's stream around it, so
that the program can look whether one has arrived without waiting for it. What
is not text becomes � and what no answer could hold is dropped as it comes, so
an endless line costs no memory. Where the system cannot say whether input is
there (a stream without a file, Windows), the lines are simply waited for.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

LONGEST_LINE = 2_500_000
"""Bytes kept of a line: more than the longest answer has in any script."""

_CHUNK = 65_536
_CTRL_C, _CTRL_D = "\x03", "\x04"


class Keyboard:
    """Standard input. A line is None once there is no more."""

    def __init__(self, out: TextIO, *, editing: bool) -> None:
        self.is_terminal = _is_terminal()
        self._out = out
        self._file = _file_number()
        self._editing = editing and self.is_terminal and out is sys.stdout
        self._pending = bytearray()
        self._lines: list[str] = []
        self._over = False
        self._ended = self._file is None and sys.stdin is None

    @staticmethod
    def at_terminal() -> bool:
        """Whether somebody may be typing."""
        return _is_terminal()

    def line(self, prompt: str = "") -> str | None:
        """Wait for a line."""
        if not self._lines and self._editing and not self._pending:
            return self._edited(prompt)
        self._prompt(prompt)
        while not self._lines and not self._ended:
            self._read()
        return self._lines.pop(0) if self._lines else None

    def line_within(self, seconds: float) -> str | None:
        """A line if one comes in this time; else None, after waiting it out."""
        until = time.monotonic() + seconds
        while not self._lines and not self._ended and self._comes_before(until):
            self._read()
        if self._lines:
            return self._lines.pop(0)
        time.sleep(max(0.0, until - time.monotonic()))
        return None

    def next_within(self, seconds: float) -> str | None:
        """The next line that is not empty, if there is one in this time; it is not taken.

        Empty lines before it are dropped.
        """
        until = time.monotonic() + seconds
        while not self._ended and not any(self._lines) and self._comes_before(until):
            self._read()
        while self._lines and not self._lines[0].strip():
            self._lines.pop(0)
        if self._lines:
            return self._lines[0]
        time.sleep(max(0.0, until - time.monotonic()))
        return None

    def has_line_within(self, seconds: float) -> bool:
        """Whether a line comes in this time, or it is known that none will."""
        until = time.monotonic() + seconds
        while not self._lines and not self._ended and self._comes_before(until):
            self._read()
        return bool(self._lines) or self._ended

    def put_back(self, line: str) -> None:
        """Let a line be read once more."""
        self._lines.insert(0, line)

    @property
    def ended(self) -> bool:
        """Whether it is known that no line will come any more."""
        return self._ended and not self._lines

    def _prompt(self, text: str) -> None:
        if self.is_terminal and text:
            self._out.write(text)
            self._out.flush()

    def _comes_before(self, until: float) -> bool:
        if self._file is None or os.name != "posix":
            return False
        from select import select  # start-up time: only where something is waited for

        ready, _, _ = select([self._file], [], [], max(0.0, until - time.monotonic()))
        return bool(ready)

    def _read(self) -> None:
        """Read what has come, at least something, and cut it into lines."""
        if self._file is None:
            line = sys.stdin.readline(LONGEST_LINE)
            self._ended = not line
            self._lines += [line.rstrip("\n")] if line else []
            return
        chunk = os.read(self._file, _CHUNK)
        if not chunk:
            self._ended = True
        *whole, rest = (bytes(chunk) if chunk else b"").split(b"\n")
        for part in whole:
            self._extend(part)
            self._finish()
        self._extend(rest)
        if self._ended and self._pending:
            self._finish()

    def _extend(self, part: bytes) -> None:
        room = LONGEST_LINE - len(self._pending)
        self._pending += part[: max(0, room)]

    def _finish(self) -> None:
        self._lines.append(self._pending.decode("utf-8", "replace").rstrip("\r"))
        self._pending.clear()

    def _edited(self, prompt: str) -> str | None:
        """A line from a terminal, with arrow keys, and without a history that others could see."""
        try:
            import readline  # start-up time: most runs never need it

            readline.set_auto_history(False)
            readline.parse_and_bind("set enable-bracketed-paste off")
        except ImportError:
            pass
        try:
            return input(prompt)
        except EOFError:
            self._ended = True
            return None
        except UnicodeDecodeError:
            return "\ufffd"

    @contextmanager
    def keys(self) -> Iterator[Keys]:
        """While this is open, single keys are noticed and none is shown."""
        import termios
        import tty

        file = self._file if self._file is not None else 0
        before = termios.tcgetattr(file)
        try:
            tty.setcbreak(file)
            yield Keys(file)
        finally:
            termios.tcsetattr(file, termios.TCSADRAIN, before)

    @property
    def has_keys(self) -> bool:
        """Whether single keys can be noticed here."""
        return self.is_terminal and os.name == "posix"

    def hidden_line(self, prompt: str) -> str | None:
        """A line from a terminal that is not shown while it is typed."""
        if not self.has_keys or self._file is None:
            return self.line(prompt)
        import termios

        before = termios.tcgetattr(self._file)
        quiet = list(before)
        quiet[3] = int(before[3]) & ~termios.ECHO
        self._prompt(prompt)
        try:
            termios.tcsetattr(self._file, termios.TCSADRAIN, quiet)
            while not self._lines and not self._ended:
                self._read()
        finally:
            termios.tcsetattr(self._file, termios.TCSADRAIN, before)
            self._prompt("\n")
        return self._lines.pop(0) if self._lines else None


def is_command(line: str) -> bool:
    """Whether a line is a command: a slash and a word, and not an answer with two slashes."""
    text = line.strip()
    return text[:1] == "/" and (text[1:2].isalpha() or text[1:2] == "?")


_OF_A_MOMENT = ("keep", "skip", "pass", "continue", "ok", "okay", "next", "done", "back")


def is_of_a_moment(line: str) -> bool:
    """Whether a line belongs to one moment: an answer, or a command like ``/skip``."""
    if not is_command(line):
        return True
    return line.split()[0][1:].casefold() in _OF_A_MOMENT


class Keys:
    """Single keys of a terminal."""

    def __init__(self, file: int) -> None:
        self._file = file

    def within(self, seconds: float) -> str:
        """A key if one is pressed in this time, else nothing."""
        from select import select

        ready, _, _ = select([self._file], [], [], max(0.0, seconds))
        if not ready:
            return ""
        key = os.read(self._file, 64).decode("utf-8", "replace")
        if not key or key == _CTRL_D:
            return _CTRL_D
        if key == _CTRL_C:
            raise KeyboardInterrupt
        return key[:1] if not key.startswith("\x1b") else ""


def _is_terminal() -> bool:
    try:
        return sys.stdin is not None and sys.stdin.isatty()
    except ValueError:
        return False


def _file_number() -> int | None:
    try:
        return None if sys.stdin is None else sys.stdin.fileno()
    except (OSError, ValueError, AttributeError):
        return None
