"""``lint``: every finding of some files, for a person or as data."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from compassion_protocols import Severity, bundled, examine, find_source, printable
from compassion_protocols.cli.console import Console
from compassion_protocols.cli.people import Misuse

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from compassion_protocols import Finding

FINDINGS_VERSION = 1
SUFFIX = ".protocol.yaml"
_WIDEST = 160
"""Columns of a source line that are shown."""

_COLOURS = {"error": "\x1b[31m", "warning": "\x1b[33m", "note": "\x1b[36m"}
_MOST_SHOWN_BEFORE = 100


def lint(arguments: Namespace) -> int:
    """Examine files and folders; 1 if there is an error in any."""
    files = list(_files(arguments.paths))
    console = Console(sys.stderr if arguments.json else sys.stdout)
    found: list[Finding] = []
    for name in files:
        source = find_source(name, bundled())
        findings = examine(source, bundled()).findings
        found += findings
        if not arguments.json:
            _print(findings, source.data, console)
    if arguments.json:
        print(json.dumps(_as_data(files, found), indent=2))
    _print_sum(len(files), found)
    return 1 if any(finding.severity is Severity.ERROR for finding in found) else 0


def _files(paths: Sequence[str]) -> Iterator[str]:
    """Each file once, and below a folder each protocol, in order."""
    seen: set[str] = set()
    for given in paths:
        path = Path(given)
        inside = sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path]
        if not inside:
            raise Misuse(f"There is no *{SUFFIX} in “{given}”.")
        for one in map(str, inside):
            if one not in seen:
                seen.add(one)
                yield one


def _print(findings: Sequence[Finding], data: bytes, console: Console) -> None:
    lines = data.decode("utf-8", "replace").splitlines() if console.is_terminal else []
    for finding in findings:
        severity = finding.severity.value
        told = printable(str(finding).replace("\n", " "))
        if console.rich:
            told = told.replace(f": {severity} ", f": {_COLOURS[severity]}{severity}\x1b[39m ", 1)
        console.write(f"{told}\n")
        if 0 < finding.span.line <= len(lines):
            console.write(_source_line(lines[finding.span.line - 1], finding.span.column, console))


def _source_line(line: str, column: int, console: Console) -> str:
    """The line that a finding is about, with a sign below its place."""
    start = max(0, column - _MOST_SHOWN_BEFORE)
    shown = printable(line.replace("\t", " "))[start : start + _WIDEST]
    before, after = console.ink.quiet
    return f"    {before}{shown}{after}\n    {' ' * (column - 1 - start)}^\n"


def _print_sum(files: int, found: Sequence[Finding]) -> None:
    counts = []
    for severity in Severity:
        count = sum(finding.severity is severity for finding in found)
        if count:
            counts.append(f"{count} {severity.value}{'' if count == 1 else 's'}")
    told = ", ".join(counts) or "all is well"
    print(f"{files} file{'' if files == 1 else 's'}: {told}", file=sys.stderr)


def _as_data(files: Sequence[str], found: Sequence[Finding]) -> dict[str, object]:
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
