"""Looking again when a file is saved."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from compassion_protocols.cli.watch import SECONDS_BETWEEN_LOOKS, changes, stamps_of
from tests.cli.commands import WORDS, Terminal, environment
from tests.cli.test_lint import BAD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from compassion_protocols.cli.watch import Stamp

GOOD = BAD.replace("Bad Id", "good-id").replace("cooking", "rituals").replace("sya", "say")
GOOD = GOOD.replace(", {{ who_else }}", "").replace("txt", "text")


class Over(Exception):
    """Nothing more comes."""


def told(path: Path, looks: Sequence[int]) -> list[int]:
    """At which looks a change is told, if the file's time at each is this (0: it is not there)."""
    at = iter(looks)
    number = -1

    def look() -> dict[Path, Stamp]:
        nonlocal number
        number += 1
        time = next(at, None)
        if time is None:
            raise Over
        return {path: (time, 0, 0)} if time else {}

    found = []
    try:
        for _ in changes(look, lambda _: None):
            found.append(number)
    except Over:
        pass
    return found


@pytest.mark.parametrize(
    ("looks", "at"),
    [
        ([1, 1, 1, 1], [1]),
        ([0, 0, 0], [1]),
        ([1, 1, 2, 2, 2], [1, 3]),
        ([1, 1, 2, 3, 4, 4], [1, 5]),
        ([1, 1, 0, 2, 2], [1, 4]),
        ([1, 1, 0, 0, 2, 2], [1, 3, 5]),
        ([1, 1, 2, 1, 1], [1]),
    ],
)
def test_a_change_is_told_once_it_has_come_to_rest(
    tmp_path: Path, looks: list[int], at: list[int]
) -> None:
    """It is told at the start and after each change, once two looks agree; never for no change."""
    assert told(tmp_path, looks) == at


def test_between_looks_it_sleeps() -> None:
    """It waits between two looks, and not before a change is told."""
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise Over

    found: Iterator[None] = changes(dict, sleep)
    next(found)
    assert slept == []
    with pytest.raises(Over):
        next(found)
    assert slept == [SECONDS_BETWEEN_LOOKS] * 3


def test_a_file_that_is_replaced_is_another(tmp_path: Path) -> None:
    """A file is noticed to be another, be it of the same size and time; one not there is none."""
    one, other = tmp_path / "one", tmp_path / "other"
    for path in (one, other):
        path.write_text("a", "utf-8")
        os.utime(path, ns=(1, 1))
    before = stamps_of([one, tmp_path / "none"])
    assert list(before) == [one]
    os.replace(other, one)
    assert stamps_of([one]) != before


def save(path: Path, text: str) -> None:
    """Save a file as many editors do: write another, and rename it."""
    fresh = path.with_name("fresh")
    fresh.write_text(text, "utf-8")
    os.replace(fresh, path)


def test_each_save_is_looked_at(tmp_path: Path) -> None:
    """Each save, each file that comes and each that goes is looked at; Ctrl-C ends it with 130."""
    path = tmp_path / "a.protocol.yaml"
    watching = subprocess.Popen(
        [*WORDS, "lint", "--watch", "."],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=tmp_path,
        env=environment(PYTHONUNBUFFERED="1"),
        text=True,
        encoding="utf-8",
    )
    assert watching.stdout is not None

    def until(end: str) -> str:
        assert watching.stdout is not None
        seen = ""
        for line in watching.stdout:
            seen += line
            if line.startswith(end):
                return seen
        raise AssertionError(seen)

    try:
        until("0 files: ")
        save(path, BAD)
        assert "a.protocol.yaml:2:5: error CP" in until("1 file: ")
        save(path, GOOD)
        seen = until("1 file: all is well")
        assert "Looking at 1 file; Ctrl-C ends it." in seen
        assert "\x1b" not in seen
        save(tmp_path / "b.protocol.yaml", BAD)
        assert "b.protocol.yaml:2:5: error CP" in until("2 files: ")
        path.unlink()
        until("1 file: ")
        watching.send_signal(signal.SIGINT)
        assert watching.wait(10) == 130
    finally:
        watching.kill()
        watching.wait()
        watching.stdout.close()


def test_a_file_may_be_waited_for(tmp_path: Path) -> None:
    """On a terminal a file that is not there yet is waited for, and each look has the screen."""
    room = Terminal(["lint", "--watch", "later.protocol.yaml"], tmp_path)
    room.reads("\x1b[H\x1b[2J", "Looking at 1 file", "0 files: all is well")
    save(tmp_path / "later.protocol.yaml", BAD)
    room.reads("\x1b[H\x1b[2J", "later.protocol.yaml:2:5", "1 file: ").interrupts()
    assert room.ends() == 130


def test_a_protocol_of_the_catalog_may_be_watched(tmp_path: Path) -> None:
    """An id is watched like the file it stands for."""
    room = Terminal(["lint", "--watch", "grounding", "--json"], tmp_path, NO_COLOR="1")
    room.reads('"grounding"', "1 file: all is well").interrupts()
    assert room.ends() == 130
    assert "\x1b" not in room.seen
