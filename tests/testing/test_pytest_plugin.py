"""The pytest plugin, on folders like those of people who write protocols."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from compassion_protocols.testing import collecting  # else each inner run loads it
from tests.plans import HEAD

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["pytester"]

PLUGIN = "compassion_protocols.testing.pytest_plugin"


def protocol(steps: str, **head: str) -> str:
    """A small protocol."""
    whole = {**HEAD, "audience": "individual", **head}
    return "".join(f"{key}: {value}\n" for key, value in whole.items()) + f"steps:\n{steps}"


GOOD = protocol("  - {ask: How are you?, id: mood, answer: text, example: Well.}\n")
WARNED = protocol("  - breathe: {in: 4s, hold: 2s, out: 6s}\n    count: 2\n")
BAD = protocol("  - say: Hello, {{ yuo }}.\n")
PAIR = protocol("  - say: Hello, {{ you }}.\n", audience="[couple, group]")
SCRIPT = """\
about: Ana answers.
people: [Ana]
script:
  - {sees: Ana, says: How are you?}
  - {by: Ana, answer: Fine.}
"""


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """An empty folder, and a pytest that has this one plugin."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini("[pytest]\ncompassion_runs = 2")
    return pytester


def written(folder: pytest.Pytester, **files: str) -> None:
    """Write files, whose names have an underscore for each dot."""
    for name, text in files.items():
        (folder.path / f"{name.replace('_', '.')}.yaml").write_text(text, "utf-8")


def run(folder: pytest.Pytester, *options: str) -> pytest.RunResult:
    """Run pytest in the folder."""
    return folder.runpytest_inprocess("-p", PLUGIN, "-pno:cacheprovider", *options)


def test_a_protocol_becomes_its_trials(folder: pytest.Pytester) -> None:
    """A protocol is linted, played on its examples and simulated, each a test of its own."""
    written(folder, good_protocol=GOOD)
    result = run(folder, "-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(
        [
            "good.protocol.yaml::lint PASSED *",
            "good.protocol.yaml::examples[[]1 person[]] PASSED *",
            "good.protocol.yaml::simulate PASSED *",
        ]
    )


def test_there_are_examples_for_each_size(folder: pytest.Pytester) -> None:
    """The examples are played with every number of people that a protocol allows."""
    written(folder, pair_protocol=PAIR)
    result = run(folder, "--collect-only", "-q")
    names = [line.partition("::")[2] for line in result.outlines if "::" in line]
    sizes = [f"examples[{count} people]" for count in range(2, 13)]
    assert names == ["lint", *sizes, "simulate"]


def test_a_finding_is_told_without_a_trace(folder: pytest.Pytester) -> None:
    """What lint finds is told line by line, and nothing else of a broken file is tried."""
    written(folder, bad_protocol=BAD)
    result = run(folder)
    result.assert_outcomes(failed=3)
    result.stdout.fnmatch_lines(["bad.protocol.yaml:11:20: error CP401: Nothing is called “yuo”*"])
    result.stdout.fnmatch_lines(["bad.protocol.yaml: lint finds an error, so this was not tried."])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*trials.py*")


def test_a_warning_fails_unless_it_is_allowed(folder: pytest.Pytester) -> None:
    """A warning fails lint; with compassion_warnings = false only an error does."""
    written(folder, held_protocol=WARNED)
    run(folder, "-k", "lint").assert_outcomes(failed=1, deselected=2)
    allowed = run(folder, "-k", "lint", "-o", "compassion_warnings=false")
    allowed.assert_outcomes(passed=1, deselected=2)


def test_a_script_is_played(folder: pytest.Pytester) -> None:
    """A script beside a protocol is a test, with the transcripts that must come of it."""
    written(folder, good_protocol=GOOD, good_script=SCRIPT)
    run(folder, "-k", "script").assert_outcomes(passed=1, deselected=3)
    (folder.path / "good.expected.md").write_text("For Ana:\n", "utf-8")
    result = run(folder, "-k", "script")
    result.assert_outcomes(failed=1, deselected=3)
    result.stdout.fnmatch_lines(["good.expected.md:3: expected: nothing more Seen: # A test"])


def test_a_missed_expectation_is_told(folder: pytest.Pytester) -> None:
    """What a script expects and does not get is told with its line."""
    written(folder, good_protocol=GOOD, good_script=SCRIPT.replace("How are", "Who are"))
    result = run(folder, "-k", "script")
    result.assert_outcomes(failed=1, deselected=3)
    result.stdout.fnmatch_lines(["good.script.yaml:4:5: entry 1: expected: says: 'Who are you?'*"])


def test_only_the_folders_that_are_named(folder: pytest.Pytester) -> None:
    """With compassion_folders only what lies below them is collected; without a folder, nothing."""
    written(folder, good_protocol=GOOD)
    inside = folder.mkdir("exercises")
    (inside / "other.protocol.yaml").write_text(GOOD, "utf-8")
    run(folder).assert_outcomes(passed=6)
    run(folder, "-o", "compassion_folders=exercises").assert_outcomes(passed=3)
    run(folder, "-o", "compassion_folders=").assert_outcomes()


def test_it_can_be_chosen_by_name(folder: pytest.Pytester) -> None:
    """One trial of one file can be run alone."""
    written(folder, good_protocol=GOOD, bad_protocol=BAD)
    run(folder, "good.protocol.yaml::simulate").assert_outcomes(passed=1)


@pytest.mark.parametrize("line", ["compassion_runs = many", "compassion_seed = x"])
def test_a_number_that_is_none_is_refused(folder: pytest.Pytester, line: str) -> None:
    """A number in the configuration that is none is told as a mistake of the configuration."""
    folder.makeini(f"[pytest]\n{line}")
    written(folder, good_protocol=GOOD)
    result = run(folder)
    result.assert_outcomes(errors=1)
    name, _, value = line.partition(" = ")
    result.stdout.fnmatch_lines([f"{name} takes a whole number, not “{value}”."])
    result.stdout.no_fnmatch_line("*collecting.py*")


def test_other_files_are_left_alone(folder: pytest.Pytester) -> None:
    """No other YAML file becomes a test."""
    written(folder, notes="a: 1")
    run(folder).assert_outcomes()


def test_an_error_of_the_library_keeps_its_trace(
    folder: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that no trial foresees is shown with all that helps to mend it."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a defect of the library")

    monkeypatch.setattr(collecting, "check_lint", broken)
    written(folder, good_protocol=GOOD)
    result = run(folder, "-k", "lint")
    result.assert_outcomes(failed=1, deselected=2)
    result.stdout.fnmatch_lines(["E*RuntimeError: a defect of the library"])


def test_nothing_is_loaded_before_a_file_is_met(tmp_path: Path) -> None:
    """Where there is no protocol, pytest loads nothing of the library but the plugin itself."""
    (tmp_path / "conftest.py").write_text(
        "import json, sys\n"
        "def pytest_unconfigure():\n"
        "    slow = ['attrs', 'cattrs', 'yaml', 'jinja2', 'hypothesis']\n"
        "    own = [m for m in sys.modules if m.startswith('compassion_protocols')]\n"
        "    found = own + [m for m in slow if m in sys.modules]\n"
        "    open('loaded.json', 'w').write(json.dumps(sorted(found)))\n",
        "utf-8",
    )
    (tmp_path / "test_it.py").write_text("def test_it(): pass\n", "utf-8")
    (tmp_path / "other.yaml").write_text("a: 1\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", PLUGIN, "-q"]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    loaded = json.loads((tmp_path / "loaded.json").read_text("utf-8"))
    assert loaded == ["compassion_protocols", "compassion_protocols.testing", PLUGIN]
