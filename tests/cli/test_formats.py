"""The forms that findings are written in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.cli.formats import as_github, as_line
from compassion_protocols.findings import CODES, Finding, Severity, Span
from compassion_protocols.language.text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

HOSTILE = st.text(st.sampled_from("a:,%;=\r\n\x1b\u2028\u202e]::") | st.characters())
CODE_OF = {severity: next(c.id for c in CODES.values() if c.severity is severity)
           for severity in (Severity.ERROR, Severity.WARNING)}  # fmt: skip


def read_back(note: str) -> tuple[str, Mapping[str, str], str]:
    """Take a workflow command apart, as the runner of GitHub Actions does."""
    read = re.fullmatch(r"::(\w+) ([^\n]*?)::([^\n]*)", note)
    assert read is not None
    properties = dict(part.split("=", 1) for part in read[2].split(","))
    signs = {"%3A": ":", "%2C": ",", "%0A": "\n", "%0D": "\r", "%25": "%"}

    def plain(text: str) -> str:
        return re.sub("%3A|%2C|%0A|%0D|%25", lambda sign: signs[sign[0]], text)

    return read[1], {name: plain(text) for name, text in properties.items()}, plain(read[3])


@given(HOSTILE, HOSTILE, HOSTILE, st.sampled_from(sorted(CODES)))
def test_nothing_breaks_out_of_a_note(file: str, message: str, remedy: str, code: str) -> None:
    """Whatever a file is called and a finding says, its note is one command, and says the same."""
    finding = Finding(code, message, remedy, Span(file, 3, 4))
    _, properties, words = read_back(as_github(finding))
    line_breaks = str.maketrans({"\r": "\ufffd"})
    assert properties["file"] == printable(file.replace("\r\n", "\n")).translate(line_breaks)
    assert (properties["line"], properties["col"], properties["title"]) == ("3", "4", code)
    told = f"{message} {remedy}".rstrip().replace("\r\n", "\n")
    assert words == printable(told)


@given(HOSTILE, HOSTILE)
def test_a_finding_is_one_line(file: str, message: str) -> None:
    """A finding is one line without control characters, whatever its file says."""
    told = as_line(Finding("CP101", message, "", Span(file)))
    assert len(told.splitlines()) == 1
    assert printable(told) == told


@pytest.mark.parametrize(("severity", "word"), [("error", "error"), ("warning", "warning")])
def test_a_note_weighs_what_its_finding_weighs(severity: str, word: str) -> None:
    """An error is an error to GitHub Actions, and a warning a warning."""
    assert read_back(as_github(Finding(CODE_OF[Severity(severity)], "a", "b")))[0] == word
