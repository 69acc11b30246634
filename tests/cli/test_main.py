"""Exit codes and manners."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from compassion_protocols.catalog import bundled
from compassion_protocols.cli.arguments import options, parse
from compassion_protocols.language.text import printable
from tests.cli.commands import WORDS, as_process, environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.commands import Shell


WANTED_FILES = {"show": 1, "lint": 1, "graph": 1, "handout": 1, "simulate": 1, "diff": 2}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rnu"], "Did you mean “run”?"),
        (["run", "--autopaly"], "Did you mean “--autoplay”?"),
        (["run", "three-breth-pause"], "Did you mean “three-breath-pause”?"),
        (["show", "no-such-thing-at-all"], "There is no protocol"),
        (["run", "--set", "breahts=3"], "Did you mean “breaths”?"),
        (["run", "--set", "breaths=99"], "wants at most 10"),
        (["run", "--set", "breaths=many"], "wants a number"),
        (["run", "--set", "breaths"], "name=value"),
        (["run", "gratitude-two", "--with", "Ana"], "takes 2 people; 1 came"),
        (["run", "gratitude-two", "--with", "partnr=Ana,Ben"], "Did you mean “partner”?"),
        (["run", "gratitude-two", "--with", "partner=Ana,Ana"], "same name"),
        (["run", "group-circle"], "--facilitator"),
        (["run", "--speed", "0"], "--speed"),
        (["run", "--resume", "nothing.json"], "cannot be read"),
        (["run", "couple-safety", "--keep"], "never written down"),
        (["run", "--resume", "a.json", "--with", "Ana"], "the people and settings that it has"),
        (["lint", "nothing.yaml"], "There is no protocol"),
        (["lint"], "PATH"),
        (["lint", ".", "--format", "jsn"], "Did you mean “json”?"),
        (["lint", ".", "--wacth"], "Did you mean “--watch”?"),
        ([], ""),
    ],
)
def test_misuse_is_told(shell: Shell, words: list[str], told: str) -> None:
    """A command line that does not fit ends with 2 and says what would."""
    done = shell(*words)
    assert done.code == 2
    assert told in done.err


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["--version"]])
def test_help_is_fine(shell: Shell, words: list[str]) -> None:
    """Asking for help, or for the version, ends with 0."""
    assert shell(*words).code == 0


def test_every_command_has_help_and_data(shell: Shell) -> None:
    """Each command says what it does and what may follow it, and can answer with data."""
    told = shell("--help").out
    for command, its_options in options().items():
        assert command in told
        help_ = shell(command, "--help")
        assert help_.code == 0
        assert all(option in help_.out for option in its_options)
        extra = ["x"] * WANTED_FILES.get(command, 0)
        assert parse([command, *extra, "--json"]).json is True


def test_a_rejected_file_is_told_with_its_findings(shell: Shell) -> None:
    """A file with errors is not run; its findings are told, with 1 as the exit code."""
    (shell.home / "bad.protocol.yaml").write_text("steps: 3\n", "utf-8")
    done = shell("run", "bad.protocol.yaml")
    assert done.code == 1
    assert "bad.protocol.yaml:1:1: error CP" in done.err
    assert done.out == ""


def test_what_was_typed_is_told_without_control_characters(shell: Shell) -> None:
    """A name that would move the cursor is told as harmless characters."""
    done = shell("run", "\x1b[31mred")
    assert done.code == 2
    assert "\x1b" not in done.err
    assert "\x1b" not in shell("run", "--with", "\x1b[31mAna").err


EACH_COMMAND = {
    "run": "run three-breath-pause --autoplay",
    "list": "list",
    "show": "show three-breath-pause",
    "lint": "lint .",
    "new": "new b",
    "simulate": "simulate three-breath-pause --runs 2",
    "graph": "graph three-breath-pause",
    "handout": "handout three-breath-pause --format md",
    "diff": "diff three-breath-pause pause-card",
    "schema": "schema",
}


def test_each_command_is_tried_below() -> None:
    """There is a line to try for each command that there is."""
    assert set(EACH_COMMAND) == set(options())


@pytest.mark.parametrize("command", EACH_COMMAND.values(), ids=list(EACH_COMMAND))
def test_each_command_has_data(shell: Shell, command: str) -> None:
    """With --json each command prints one object, which says first in which version it is."""
    (shell.home / "a.protocol.yaml").write_text("x: 1\n", "utf-8")
    data = json.loads(shell(*command.split(), "--json").out)
    name, version = next(iter(data.items()))
    assert (name.startswith("compassion_") and version == 1) or name == "$schema"


@pytest.mark.parametrize("command", EACH_COMMAND.values(), ids=list(EACH_COMMAND))
def test_nothing_but_characters_goes_into_a_pipe(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Where nothing is a terminal no escape is written, whatever a terminal could do."""
    monkeypatch.setenv("TERM", "xterm-256color")
    (shell.home / "a.protocol.yaml").write_text("x: 1\n", "utf-8")
    done = shell(*command.split())
    assert done.out + done.err == printable(done.out + done.err)


def test_the_name_of_a_file_moves_no_cursor(shell: Shell) -> None:
    """A file may be called by anything; its name is told in harmless characters."""
    sound = bundled().index()["pause-card"].read_text("utf-8")
    name = "\x1b[31m\u202e.protocol.yaml"
    (shell.home / name).write_text(sound, "utf-8")
    (shell.home / f"{name}.script.yaml").write_text(
        f"about: It.\nprotocol: {json.dumps(name)}\npeople: [Ana]\nscript: []\n", "utf-8"
    )
    lines = (
        ["simulate", name, "--runs", "1"],
        ["run", "--script", f"{name}.script.yaml"],
        ["lint", name],
        ["diff", name, "pause-card"],
    )
    for words in lines:
        done = shell(*words)
        assert done.out + done.err == printable(done.out + done.err)


def test_a_reader_who_has_gone_is_no_error(tmp_path: Path) -> None:
    """If whoever reads the output has gone, the command ends without a word."""
    done = subprocess.run(
        f"'{WORDS[0]}' -m compassion_protocols schema | head -c 10",
        shell=True,
        capture_output=True,
        cwd=tmp_path,
        env=environment(),
    )
    assert done.stderr == b""


def test_nothing_is_written_to_disk(tmp_path: Path) -> None:
    """Without --keep a run leaves no file behind."""
    done = as_process("run", "--speed", "20000", typed="quiet\n", cwd=tmp_path)
    assert done.code == 0
    assert list(tmp_path.iterdir()) == []


def test_a_narrow_encoding_is_no_error(tmp_path: Path) -> None:
    """Where the output has no room for a character, another stands in for it."""
    done = as_process("list", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "three-breath-pause" in done.out


def test_a_list_needs_no_reader(tmp_path: Path) -> None:
    """A list of the catalog loads neither the reader nor YAML nor Jinja2."""
    ask = (
        "import sys; from compassion_protocols.cli import main; main(['list']);"
        "print(sorted({'yaml', 'jinja2', 'cattrs', 'asyncio'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [WORDS[0], "-c", ask], capture_output=True, cwd=tmp_path, env=environment(), text=True
    )
    assert done.stderr.strip() == "[]"
