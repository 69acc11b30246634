"""Running the command line in the tests: in this process, as another one, or on a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pexpect
from attrs import frozen

from compassion_protocols.cli import main

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

ROOT = Path(__file__).parents[2]
WORDS = [sys.executable, "-m", "compassion_protocols"]
CLEARED = ("--with", "partner=Ana,Ben", "--cleared", "Ana,Ben")
FAST = ("--speed", "20000")


def environment(**more: str) -> dict[str, str]:
    """An environment in which the package is found, and nothing is said about colour."""
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    return plain | {"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"} | more


@frozen
class Done:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


class Shell:
    """Runs commands in this process; ``typed`` comes through a pipe, and then it ends."""

    def __init__(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
    ) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        monkeypatch.chdir(home)
        self.home = home

    def __call__(self, *words: str, typed: str | bytes = b"") -> Done:
        """Run one command."""
        data = typed.encode("utf-8", "surrogatepass") if isinstance(typed, str) else typed
        with tempfile.TemporaryFile() as file:
            file.write(data)
            file.seek(0)
            self._monkeypatch.setattr(sys, "stdin", _Stream(file))
            code = main(list(words))
        out, err = self._capsys.readouterr()
        return Done(code, out, err)


class _Stream:
    """A standard input that is a file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return False

    def fileno(self) -> int:
        """The number of its file."""
        return self._file.fileno()


def as_process(*words: str, typed: str | bytes = b"", cwd: Path, **env: str) -> Done:
    """Run a command as another process, with a pipe on each side."""
    data = typed.encode("utf-8") if isinstance(typed, str) else typed
    done = subprocess.run(
        [*WORDS, *words], input=data, capture_output=True, cwd=cwd, env=environment(**env)
    )
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


class Terminal:
    """A command on a terminal of its own, and someone who sits before it."""

    def __init__(self, words: Sequence[str], cwd: Path, **env: str) -> None:
        self.seen = ""
        self._child: pexpect.spawn[str] = pexpect.spawn(
            WORDS[0],
            [*WORDS[1:], *words],
            cwd=str(cwd),
            env=environment(**{"TERM": "xterm", **env}),
            encoding="utf-8",
            timeout=60,
            dimensions=(50, 100),
        )

    def reads(self, *texts: str) -> Terminal:
        """Wait until each of these is on the screen, in this order."""
        for text in texts:
            self._child.expect_exact(text)
            self.seen += f"{self._child.before}{self._child.after}"
        return self

    def types(self, *lines: str) -> Terminal:
        """Type lines, each when the terminal waits for one."""
        for line in lines:
            self._child.expect_exact(["› ", "> "])
            self.seen += f"{self._child.before}{self._child.after}"
            self._child.sendline(line)
        return self

    def presses(self, key: str) -> Terminal:
        """Press one key."""
        self._child.send(key)
        return self

    def leaves(self) -> Terminal:
        """Press Ctrl-D."""
        self._child.sendeof()
        return self

    def interrupts(self) -> Terminal:
        """Press Ctrl-C."""
        self._child.sendintr()
        return self

    def ends(self) -> int:
        """Wait for the end; the exit code."""
        self._child.expect(pexpect.EOF)
        self.seen += str(self._child.before)
        self._child.close()
        code: Any = self._child.exitstatus
        return int(code)
