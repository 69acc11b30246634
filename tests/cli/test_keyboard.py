"""Lines from a pipe."""

from __future__ import annotations

import io
import os
import sys
import time
from typing import TYPE_CHECKING

import pytest

from compassion_protocols.cli.keyboard import (
    LONGEST_LINE,
    Keyboard,
    is_command,
    is_of_a_moment,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Keyboard, Callable[[bytes], None]]]:
    """Give a keyboard that is a pipe, and what writes into it; nothing ends it."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        try:
            yield Keyboard(io.StringIO(), editing=True), lambda data: _write(writing, data)
        finally:
            os.close(writing)


def _write(file: int, data: bytes) -> None:
    os.write(file, data)


Pipe = tuple[Keyboard, "Callable[[bytes], None]"]


def test_lines_come_one_by_one(pipe: Pipe) -> None:
    """Lines come in order, however they were cut on their way, without their ends."""
    keyboard, write = pipe
    write(b"one\r\ntw")
    assert keyboard.line() == "one"
    assert keyboard.line_within(0.0) is None
    write(b"o\nthree\n")
    assert [keyboard.line(), keyboard.line()] == ["two", "three"]
    assert not keyboard.is_terminal


def test_a_line_may_be_waited_for_in_vain(pipe: Pipe) -> None:
    """Where no line comes in time, the time is waited out."""
    keyboard, _ = pipe
    began = time.monotonic()
    assert keyboard.line_within(0.05) is None
    assert keyboard.next_within(0.05) is None
    assert not keyboard.has_line_within(0.05)
    assert 0.15 <= time.monotonic() - began < 2


def test_a_line_may_be_looked_at(pipe: Pipe) -> None:
    """The next line that is not empty can be looked at without taking it."""
    keyboard, write = pipe
    write(b"\n  \n/pause\n")
    assert keyboard.next_within(1.0) == "/pause"
    assert keyboard.has_line_within(1.0)
    assert keyboard.line() == "/pause"
    keyboard.put_back("again")
    assert keyboard.line() == "again"


def test_what_is_no_text_is_replaced(pipe: Pipe) -> None:
    """Bytes that are no text become a sign that says so."""
    keyboard, write = pipe
    write(b"caf\xff\xed\xa0\x80\n")
    line = keyboard.line()
    assert line is not None
    assert line.startswith("caf\ufffd")
    assert not any("\ud800" <= char <= "\udfff" for char in line)


def test_an_endless_line_is_cut(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a line without an end only so much is kept, and the next one is whole."""
    file = os.path.join(str(tmp_path), "typed")
    with open(file, "wb") as out:
        out.write(b"a" * (LONGEST_LINE + 100_000) + b"\nnext\nlast")
    with open(file, "rb") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        keyboard = Keyboard(io.StringIO(), editing=False)
        assert len(keyboard.line() or "") == LONGEST_LINE
        assert [keyboard.line(), keyboard.line(), keyboard.line()] == ["next", "last", None]
        assert keyboard.ended
        assert keyboard.line_within(0.0) is None


def test_a_stream_without_a_file_is_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A standard input that is no file gives its lines, and one that is not there gives none."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("one\ntwo"))
    keyboard = Keyboard(io.StringIO(), editing=True)
    assert [keyboard.line(), keyboard.line(), keyboard.line()] == ["one", "two", None]
    monkeypatch.setattr(sys, "stdin", None)
    assert Keyboard(io.StringIO(), editing=True).line() is None


def test_commands_are_known_by_their_slash() -> None:
    """A command is a slash and a word; those of one moment are told from those for all."""
    assert [is_command(line) for line in ("/stop", " /?", "//stop", "/ 3", "stop", "")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
    assert [is_of_a_moment(line) for line in ("/skip", "/OK", "stop", "/stop", "/pause 3m")] == [
        True, True, True, False, False,
    ]  # fmt: skip
