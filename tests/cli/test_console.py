"""Where the words go."""

from __future__ import annotations

import io

import pytest

from compassion_protocols.cli.console import Console


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Give a terminal of forty columns."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "10")
    return Screen()


def test_words_fit_and_are_harmless(screen: Screen) -> None:
    """Words of the program's own are broken into lines that fit, without control characters."""
    console = Console(screen)
    console.say("\x1b[31m " + "word " * 20, console.ink.quiet, indent=2)
    lines = screen.getvalue().splitlines()
    assert len(lines) > 2
    for line in lines:
        assert line.startswith("    \x1b[2m")
        assert line.endswith("\x1b[22m")
        assert len(line) <= 40 + len("\x1b[2m\x1b[22m")
        assert line.count("\x1b") == 2


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb"), ("TERM", "")])
def test_a_plain_terminal_gets_no_codes(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """Where codes are not wanted nothing is written with one, and a cover pushes all away."""
    monkeypatch.setenv(name, value)
    console = Console(screen)
    console.say("a", console.ink.strong)
    console.cover()
    assert screen.getvalue() == "  a\n" + "\n" * 10
    assert not console.moving


def test_a_terminal_is_cleared(screen: Screen) -> None:
    """A cover clears a terminal and what could be scrolled back to."""
    Console(screen).cover()
    assert screen.getvalue() == "\x1b[H\x1b[2J\x1b[3J"


def test_a_still_terminal_does_not_move(screen: Screen) -> None:
    """A terminal may be asked not to move, and still has emphasis."""
    console = Console(screen, still=True)
    assert console.rich
    assert not console.moving


def test_no_terminal_is_told_of_a_cover() -> None:
    """Where there is no terminal, a line says that something was covered."""
    out = io.StringIO()
    Console(out).cover()
    assert "[covered]" in out.getvalue()


def test_a_narrow_encoding_gets_plain_signs(screen: Screen) -> None:
    """Where the encoding has no fine signs, plain ones are used."""
    screen.encoding = "ascii"
    console = Console(screen)
    console.rule()
    assert console.prompt == "  > "
    assert console.ink.bullet == "-"
    assert "--------" in screen.getvalue()
