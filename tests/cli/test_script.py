"""``run --script`` plays a script and says whether all came as it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.commands import Shell

SCRIPT = """\
about: Ana stops at once.
protocol: three-breath-pause
people: [Ana]
script:
  - {sees: Ana, kind: say}
  - {by: Ana, does: stop}
"""


@pytest.fixture
def script(shell: Shell) -> Path:
    """Give a script in the folder where commands are run."""
    path = shell.home / "stop.script.yaml"
    path.write_text(SCRIPT, "utf-8")
    return path


def test_a_script_that_comes_out_is_fine(shell: Shell, script: Path) -> None:
    """It says how many entries there were, and ends with 0."""
    done = shell("run", "--script", script.name)
    assert (done.code, done.out) == (0, "")
    assert done.err == "stop.script.yaml: 2 entries, all as expected\n"


def test_a_missed_expectation_is_told(shell: Shell, script: Path) -> None:
    """It says the line, what was expected and what was seen, and ends with 1."""
    script.write_text(SCRIPT.replace("kind: say", "kind: ask"), "utf-8")
    done = shell("run", "--script", script.name)
    assert done.code == 1
    assert done.err == "stop.script.yaml:5:5: entry 1: expected: kind: 'ask'. Seen: 'say'\n"


def test_a_protocol_may_be_named_beside_it(shell: Shell, script: Path) -> None:
    """A script is played on another protocol if that is named."""
    assert shell("run", "--script", script.name, "pause-card").code == 0
    assert shell("run", "--script", script.name, "nowhere").code == 2


def test_a_script_with_errors_shows_them(shell: Shell, script: Path) -> None:
    """Each error has its place, as in a protocol, and it ends with 1."""
    script.write_text(SCRIPT.replace("does: stop", "does: stpo"), "utf-8")
    done = shell("run", "--script", script.name)
    assert done.code == 1
    assert done.err.startswith("stop.script.yaml:6:21: error CP106")


@pytest.mark.parametrize("more", [["--with", "Ben"], ["--autoplay"], ["--seed", "3"], ["--keep"]])
def test_a_script_stands_alone(shell: Shell, script: Path, more: list[str]) -> None:
    """What a script says itself cannot be said beside it."""
    done = shell("run", "--script", script.name, *more)
    assert (done.code, "give it alone" in done.err) == (2, True)


def test_a_script_that_is_not_there_is_misuse(shell: Shell) -> None:
    """A file that cannot be read is told with the reason."""
    done = shell("run", "--script", "none.yaml")
    assert (done.code, "cannot be read" in done.err) == (2, True)


def test_transcripts_are_printed_on_demand(shell: Shell, script: Path) -> None:
    """Everyone's, as Markdown or as data."""
    done = shell("run", "--script", script.name, "--transcript", "md")
    assert done.out.startswith("For Ana:\n\n# Three-breath pause")
    data = json.loads(shell("run", "--script", script.name, "--transcript", "json").out)
    assert [transcript["reader"] for transcript in data] == ["Ana"]


def test_kept_transcripts_must_be_the_same(shell: Shell, script: Path) -> None:
    """Transcripts beside the script are compared line by line, unless they are printed."""
    expected = shell.home / "stop.expected.md"
    expected.write_text(shell("run", "--script", script.name, "--transcript", "md").out, "utf-8")
    assert shell("run", "--script", script.name).code == 0
    whole = expected.read_text("utf-8")
    expected.write_text(whole.replace("For Ana", "For Zoe"), "utf-8")
    done = shell("run", "--script", script.name)
    assert (done.code, done.err) == (1, "stop.expected.md:1: expected: For Zoe: Seen: For Ana:\n")
    expected.write_text(whole + "\nMore.\n", "utf-8")
    assert shell("run", "--script", script.name).err.endswith(
        "expected: More. Seen: nothing more\n"
    )
    assert shell("run", "--script", script.name, "--transcript", "md").code == 0


def test_a_script_as_data(shell: Shell, script: Path) -> None:
    """With --json there is one object, which says what was missed."""
    data = json.loads(shell("run", "--script", script.name, "--json").out)
    assert data == {
        "compassion_script": 1,
        "file": "stop.script.yaml",
        "entries": 2,
        "missed": None,
    }
    script.write_text(SCRIPT.replace("kind: say", "kind: ask"), "utf-8")
    done = shell("run", "--script", script.name, "--json")
    assert json.loads(done.out)["missed"]["line"] == 5
    assert done.code == 1
