"""What the page on editors says can be copied, and works."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from compassion_protocols.cli.arguments import parse
from compassion_protocols.cli.formats import as_line
from compassion_protocols.findings import CODES, Finding, Span
from tests.cli.commands import as_process

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "write-in-an-editor.md"
TEXT = PAGE.read_text("utf-8")
BAD = "title: Without the rest\n"


def block(language: str) -> str:
    """Give the block of one language."""
    found = re.search(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


Matcher = dict[str, Any]
"""Data of another program."""


@pytest.fixture
def matcher() -> Matcher:
    """Give the problem matcher of the page."""
    found: Matcher = json.loads(block("json"))["tasks"][0]["problemMatcher"]
    return found


def test_the_problem_matcher_reads_what_lint_prints(matcher: Matcher, tmp_path: Path) -> None:
    """Every line that lint prints for a finding has the pattern of the page, part by part."""
    (tmp_path / "bad.protocol.yaml").write_text(BAD, "utf-8")
    done = as_process("lint", ".", cwd=tmp_path)
    findings = json.loads(as_process("lint", ".", "--json", cwd=tmp_path).out)["findings"]
    assert len(findings) == len(done.out.splitlines()) > 3
    pattern = matcher["pattern"]
    for line, finding in zip(done.out.splitlines(), findings, strict=True):
        read = re.fullmatch(pattern["regexp"], line)
        assert read is not None
        for key in ("file", "line", "column", "severity", "code"):
            assert read[pattern[key]] == str(finding[key])
        assert read[pattern["message"]] == f"{finding['message']} {finding['remedy']}".rstrip()


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_the_pattern(matcher: Matcher, code: str) -> None:
    """A finding of any weight and code has the pattern of the page, wherever its file is."""
    finding = Finding(code, "One thing\nis wrong.", "", Span("C:\\a: b\\c.protocol.yaml", 3, 4))
    read = re.fullmatch(matcher["pattern"]["regexp"], as_line(finding))
    assert read is not None
    assert read[matcher["pattern"]["file"]] == finding.span.file


def test_the_patterns_of_a_look_are_those_it_prints(matcher: Matcher, tmp_path: Path) -> None:
    """An editor can tell by the page's patterns when a look begins and when it ends."""
    background = matcher["background"]
    assert re.search(background["beginsPattern"], "Looking at 2 files; Ctrl-C ends it.")
    assert re.search(background["beginsPattern"], "Looking at 1 file; Ctrl-C ends it.")
    (tmp_path / "bad.protocol.yaml").write_text(BAD, "utf-8")
    assert re.search(background["endsPattern"], as_process("lint", ".", cwd=tmp_path).err)


def test_the_commands_of_the_page_can_be_typed() -> None:
    """What the task and the workflow run are commands that there are."""
    task = json.loads(block("json"))["tasks"][0]["command"]
    step = yaml.safe_load(block("yml"))[0]["run"]
    assert parse(task.split()[1:]).watch is True
    assert parse(step.split()[1:]).format == "github"
