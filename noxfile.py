"""Every check of the project. ``nox`` uses the environment it is installed in."""

import json
import sys
from pathlib import Path
from typing import Any

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["check"]

# The folders that decide what happens to people, and the percentage of their lines, and of their
# branches, that the tests must reach.
WELL_TESTED = ("checking", "language", "reading", "session")
ENOUGH = 95.0


def python(session: nox.Session, *args: str) -> None:
    """Run a module of the environment's own Python."""
    session.run(sys.executable, "-m", *args)


@nox.session
def check(session: nox.Session) -> None:
    """Linter, formatter, types, all tests, and their coverage."""
    python(session, "ruff", "check")
    python(session, "ruff", "format", "--check")
    python(session, "mypy")
    python(session, "coverage", "run", "-m", "pytest", *session.posargs)
    python(session, "coverage", "report")
    report = Path(session.create_tmp(), "coverage.json")
    python(session, "coverage", "json", "--quiet", "-o", str(report))
    files = json.loads(report.read_text("utf-8"))["files"]
    short = [folder for folder in WELL_TESTED if not well_tested(session, folder, files)]
    if short:
        session.error(f"too little is tested of {', '.join(short)}")


def well_tested(session: nox.Session, folder: str, files: dict[str, Any]) -> bool:
    """Print how much of a folder the tests reach, and tell whether it is enough."""
    sums = [files[name]["summary"] for name in files if folder in Path(name).parent.parts]
    lines = percentage(sums, "covered_lines", "num_statements")
    branches = percentage(sums, "covered_branches", "num_branches")
    session.log(f"{folder}/: tests reach {lines:.1f}% of lines, {branches:.1f}% of branches")
    return min(lines, branches) >= ENOUGH


def percentage(sums: list[dict[str, int]], part: str, whole: str) -> float:
    """Add up the files of a folder; a folder without files is not tested."""
    total = sum(file[whole] for file in sums)
    return 100 * sum(file[part] for file in sums) / total if total else 0.0


@nox.session
def thorough(session: nox.Session) -> None:
    """All tests, with many more examples for each property."""
    python(session, "pytest", "--hypothesis-profile=thorough", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """The figures that stand alone; see benchmarks/ for those beside other libraries."""
    python(session, "pytest", "benchmarks", "--benchmark-only", *session.posargs)
