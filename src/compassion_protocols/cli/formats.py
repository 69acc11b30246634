"""The forms that findings are written in: lines, one object, and notes for GitHub Actions.

A line is ``file:line:column: severity code: words``, which the problem matchers of editors read.
A note for GitHub Actions is a workflow command: whatever would end a part of it early is written
as a percent sign and two digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compassion_protocols import Finding

FINDINGS_VERSION = 1

_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def as_line(finding: Finding) -> str:
    """A finding on one line, without control characters."""
    return printable(str(finding).replace("\r", " ").replace("\n", " "))


def as_github(finding: Finding) -> str:
    """A finding as a workflow command of GitHub Actions, which shows it beside its line."""
    span = finding.span
    properties = {
        "file": span.file,
        "line": str(span.line),
        "col": str(span.column),
        "title": finding.code,
    }
    told = ",".join(f"{name}={_kept(text, _IN_PROPERTY)}" for name, text in properties.items())
    message = _kept(f"{finding.message} {finding.remedy}".rstrip(), _IN_MESSAGE)
    return f"::{_GITHUB[finding.severity]} {told}::{message}"


def _kept(text: str, table: dict[int, str]) -> str:
    return printable(text.replace("\r\n", "\n")).translate(table)


def as_data(files: Sequence[str], found: Sequence[Finding]) -> dict[str, object]:
    """All findings of some files as plain data."""
    return {
        "compassion_findings": FINDINGS_VERSION,
        "files": list(files),
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "file": finding.span.file,
                "line": finding.span.line,
                "column": finding.span.column,
                "message": finding.message,
                "remedy": finding.remedy,
            }
            for finding in found
        ],
    }
