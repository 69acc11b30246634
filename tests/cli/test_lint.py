"""Findings on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from compassion_protocols.catalog import bundled, find_source
from compassion_protocols.loading import examine
from tests.cli.commands import Terminal

if TYPE_CHECKING:
    from tests.cli.commands import Shell

BAD = """\
compassion_protocol: 1
id: Bad Id
version: 1.0.0
title: A file with mistakes
summary: It has some.
family: cooking
audience: individual
card: {why: To see., dose: {minutes: 1, source: default}, sources: [{seed: "000", quote: a}]}
care: {tier: 0}
steps:
  - sya: Hello, {{ you }}.
  - ask: What is it, {{ who_else }}?
    id: it
    answer: txt
    example: a
"""


def test_findings_are_told_line_by_line(shell: Shell) -> None:
    """Each finding is one line with its place, weight and code, in order; errors end with 1."""
    (shell.home / "bad.protocol.yaml").write_text(BAD, "utf-8")
    done = shell("lint", "bad.protocol.yaml")
    assert done.code == 1
    findings = examine(find_source("bad.protocol.yaml", bundled()), bundled()).findings
    assert done.out.splitlines() == [str(finding) for finding in findings]
    assert len(findings) >= 4
    assert "1 file: " in done.err


def test_findings_as_data_are_the_same(shell: Shell) -> None:
    """Findings as data have the same places, codes and words."""
    (shell.home / "bad.protocol.yaml").write_text(BAD, "utf-8")
    told = shell("lint", "bad.protocol.yaml").out.splitlines()
    done = shell("lint", "bad.protocol.yaml", "--json")
    data = json.loads(done.out)
    assert done.code == 1
    assert data["compassion_findings"] == 1
    assert data["files"] == ["bad.protocol.yaml"]
    assert [
        f"{f['file']}:{f['line']}:{f['column']}: {f['severity']} {f['code']}: {f['message']} "
        f"{f['remedy']}".rstrip()
        for f in data["findings"]
    ] == told


def test_a_folder_is_searched(shell: Shell) -> None:
    """Below a folder every protocol is examined once, and other files are not."""
    (shell.home / "a" / "b").mkdir(parents=True)
    (shell.home / "a" / "b" / "bad.protocol.yaml").write_text(BAD, "utf-8")
    (shell.home / "a" / "other.yaml").write_text("x: 1", "utf-8")
    data = json.loads(shell("lint", "a", "a/b", "--json").out)
    assert data["files"] == [str(Path("a/b/bad.protocol.yaml"))]
    (shell.home / "empty").mkdir()
    assert shell("lint", "empty").code == 2


def test_what_is_shipped_is_clean(shell: Shell) -> None:
    """Every shipped protocol is free of findings."""
    done = shell("lint", str(bundled().root))
    assert done.code == 0
    assert done.out == ""
    assert done.err == f"{len(bundled().ids())} files: all is well\n"


def test_a_terminal_shows_the_line(tmp_path: Path) -> None:
    """On a terminal the line of the file stands below its finding, with a sign at the place."""
    (tmp_path / "bad.protocol.yaml").write_text(BAD, "utf-8")
    room = Terminal(["lint", "bad.protocol.yaml"], tmp_path)
    assert room.ends() == 1
    lines = room.seen.replace("\r", "").splitlines()
    at = next(n for n, line in enumerate(lines) if "bad.protocol.yaml:2:5:" in line)
    assert lines[at + 1].startswith("    ")
    assert "id: Bad Id" in lines[at + 1]
    assert lines[at + 2] == f"    {' ' * 4}^"


def test_a_hostile_file_is_told_harmlessly(tmp_path: Path) -> None:
    """A file with escape codes and endless lines is shown without them, and cut."""
    data = b"title: \x1b[31m red\nsteps: " + b"[" * 5_000 + b"\n"
    (tmp_path / "bad.protocol.yaml").write_bytes(data)
    room = Terminal(["lint", "bad.protocol.yaml"], tmp_path, NO_COLOR="1")
    assert room.ends() == 1
    assert "\x1b" not in room.seen
    assert max(map(len, room.seen.splitlines())) < 500


def test_the_forms_say_the_same(shell: Shell) -> None:
    """A line, an object and a note for GitHub Actions have the same places, codes and words."""
    (shell.home / "bad.protocol.yaml").write_text(BAD, "utf-8")
    lines = shell("lint", "bad.protocol.yaml").out
    assert shell("lint", "bad.protocol.yaml", "--format", "text").out == lines
    data = shell("lint", "bad.protocol.yaml", "--json").out
    assert shell("lint", "bad.protocol.yaml", "--format", "json").out == data
    done = shell("lint", "bad.protocol.yaml", "--format", "github")
    assert done.code == 1
    for note, finding in zip(done.out.splitlines(), json.loads(data)["findings"], strict=True):
        place = f"file=bad.protocol.yaml,line={finding['line']},col={finding['column']}"
        words = f"{finding['message']} {finding['remedy']}".rstrip().replace("%", "%25")
        assert note == f"::{finding['severity']} {place},title={finding['code']}::{words}"


def test_two_forms_at_once_are_misuse(shell: Shell) -> None:
    """To ask for an object and for lines at once is misuse; to ask for an object twice is not."""
    (shell.home / "bad.protocol.yaml").write_text(BAD, "utf-8")
    assert shell("lint", ".", "--json", "--format", "github").code == 2
    assert shell("lint", ".", "--json", "--format", "json").code == 1
