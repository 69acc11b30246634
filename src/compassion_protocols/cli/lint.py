"""``lint``: every finding of some files, for a person, an editor or a build."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from compassion_protocols import (
    ProtocolNotFound,
    Severity,
    bundled,
    counted,
    examine,
    find_source,
    printable,
)
from compassion_protocols.cli.console import Console
from compassion_protocols.cli.formats import as_data, as_github, as_line
from compassion_protocols.cli.people import Misuse
from compassion_protocols.cli.watch import changes, stamps_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from compassion_protocols import Finding

SUFFIX = ".protocol.yaml"
_WIDEST = 160
"""Columns of a source line that are shown."""

_COLOURS = {"error": "\x1b[31m", "warning": "\x1b[33m", "note": "\x1b[36m"}
_MOST_SHOWN_BEFORE = 100


def lint(arguments: Namespace) -> int:
    """Examine files and folders; 1 if there is an error in any."""
    form = _form(arguments)
    if arguments.watch:
        return _watch(arguments.paths, form)
    for given in arguments.paths:
        if Path(given).is_dir() and not any(_files([given])):
            raise Misuse(f"There is no *{SUFFIX} in “{given}”.")
    found = _look(list(_files(arguments.paths)), form)
    return 1 if any(finding.severity is Severity.ERROR for finding in found) else 0


def _form(arguments: Namespace) -> str:
    if arguments.json and arguments.format not in (None, "json"):
        raise Misuse("--json is one form and --format another; please use one of them.")
    return "json" if arguments.json else arguments.format or "text"


def _watch(paths: Sequence[str], form: str) -> int:
    """Look whenever one of the files has changed, come or gone, until Ctrl-C."""
    ids = bundled().index()

    def places() -> Iterator[Path]:
        return (ids.get(name) or Path(name) for name in _files(paths))

    console = _console(form)
    for _ in changes(lambda: stamps_of(places()), time.sleep):
        if console.rich and form == "text":
            console.write("\x1b[H\x1b[2J")
        files = list(_files(paths))
        print(f"Looking at {counted(len(files), 'file')}; Ctrl-C ends it.", file=sys.stderr)
        _look(files, form, some_may_be_gone=True)
    return 0


def _look(files: Sequence[str], form: str, *, some_may_be_gone: bool = False) -> list[Finding]:
    """Examine some files, and write their findings in this form."""
    console = _console(form)
    found: list[Finding] = []
    there: list[str] = []
    for name in files:
        try:
            source = find_source(name, bundled())
        except ProtocolNotFound:
            if some_may_be_gone:
                continue
            raise
        there.append(name)
        findings = examine(source, bundled()).findings
        found += findings
        if form == "text":
            _print(findings, source.name, source.data, console)
        elif form == "github":
            for finding in findings:
                print(as_github(finding), flush=True)
    if form == "json":
        print(json.dumps(as_data(there, found), indent=2), flush=True)
    _print_sum(len(there), found)
    return found


def _console(form: str) -> Console:
    return Console(sys.stdout if form == "text" else sys.stderr)


def _files(paths: Sequence[str]) -> Iterator[str]:
    """Each file once, and below a folder each protocol, in order."""
    seen: set[str] = set()
    for given in paths:
        path = Path(given)
        inside = sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path]
        for one in map(str, inside):
            if one not in seen:
                seen.add(one)
                yield one


def _print(findings: Sequence[Finding], file: str, data: bytes, console: Console) -> None:
    lines = data.decode("utf-8", "replace").splitlines() if console.is_terminal else []
    for finding in findings:
        severity = finding.severity.value
        told = as_line(finding)
        if console.rich:
            told = told.replace(f": {severity} ", f": {_COLOURS[severity]}{severity}\x1b[39m ", 1)
        console.write(f"{told}\n")
        if finding.span.file == file and 0 < finding.span.line <= len(lines):
            console.write(_source_line(lines[finding.span.line - 1], finding.span.column, console))


def _source_line(line: str, column: int, console: Console) -> str:
    """The line that a finding is about, with a sign below its place."""
    start = max(0, column - _MOST_SHOWN_BEFORE)
    shown = printable(line.replace("\t", " "))[start : start + _WIDEST]
    before, after = console.ink.quiet
    return f"    {before}{shown}{after}\n    {' ' * (column - 1 - start)}^\n"


def _print_sum(files: int, found: Sequence[Finding]) -> None:
    counts = [
        counted(count, severity.value)
        for severity in Severity
        if (count := sum(finding.severity is severity for finding in found))
    ]
    print(f"{counted(files, 'file')}: {', '.join(counts) or 'all is well'}", file=sys.stderr)
