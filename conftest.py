"""The examples of README.md and docs/ are tests, whatever language they are written in.

A page is read from top to bottom, in an empty folder of its own.

- ``python`` runs. All blocks of a page share their names; with ``>>>`` the output is held too.
- ``yaml`` is read, linked and checked, and must be without error. Steps alone, or a few names of a
  protocol, are put into a small frame first. Two words may follow ``yaml``: ``file=NAME`` says that
  the block is a whole file, and saves it for what stands below; ``mistake``, that it must have an
  error. A file that is a script is read as one.
- ``toml`` is saved as the ``file=NAME`` that it says.
- ``console`` is typed: what follows ``$`` is run, and must print the lines that follow it. Where
  an ellipsis stands, anything may.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sybil import Document, Example, Region

FRAME = {
    "compassion_protocol": "1",
    "id": "an-example",
    "version": "1.0.0",
    "title": "An example",
    "summary": "Part of a page.",
    "family": "listening",
    "audience": "couple",
    "card": "{why: To show it., dose: {minutes: 5, source: default}, sources: [{cite: This page}]}",
    "care": "{tier: 0}",
    "roles": "{partner: {people: 2}}",
    "settings": "{floor_time: {duration: 3m, label: Time to talk}}",
    "steps": "[say: Hello.]",
}
"""What stands around an example that is no whole protocol, unless it says the same itself."""


class Blocks:
    """Finds the blocks of one language, with the words that follow it."""

    def __init__(self, language: str, evaluate: Callable[[Example], str | None]) -> None:
        info = re.compile(rf"{language}(?P<words>(?: \S+)*) *\n")
        self._lexer = RawFencedCodeBlockLexer(info)
        self._evaluate = evaluate

    def __call__(self, document: Document) -> Iterable[Region]:
        for region in self._lexer(document):
            region.parsed = str(region.lexemes["source"])
            region.evaluator = self._evaluate
            yield region


def framed(text: str) -> str:
    """Make a whole protocol of some steps, or of some of the names in one."""
    if text.startswith("- "):
        text = f"steps:\n{text}"
    own = re.findall(r"^([a-z_]+):", text, re.MULTILINE)
    if "audience" in own:
        own.append("roles")  # the frame's are for two
    return "".join(f"{key}: {value}\n" for key, value in FRAME.items() if key not in own) + text


def check_protocol(example: Example) -> str | None:
    """Tell what is wrong with a protocol, or that nothing is where something should be."""
    # Here, so that tests which need no protocol run while one of the higher floors is broken.
    from compassion_protocols import Severity, bundled, examine, find_source, read_script

    words = example.region.lexemes["words"].split()
    named = [word.removeprefix("file=") for word in words if word.startswith("file=")]
    path = Path(*named) if named else Path("example.protocol.yaml")
    path.write_text(example.parsed if named else framed(example.parsed), "utf-8")
    if path.name.endswith(".script.yaml"):
        read_script(path.read_bytes(), path.name)
        return None
    found = examine(find_source(path, bundled()), bundled()).findings
    errors = [str(finding) for finding in found if finding.severity is Severity.ERROR]
    if "mistake" in words:
        return None if errors else "There is no mistake in it."
    return "\n".join(errors) or None


def save(example: Example) -> str | None:
    """Write a block to the file that it names, for what stands below it."""
    for word in example.region.lexemes["words"].split():
        Path(word.removeprefix("file=")).write_text(example.parsed, "utf-8")
    return None


def run_commands(example: Example) -> str | None:
    """Type each command, and tell where what it prints is not what the page says."""
    for command, wanted in commands(example.parsed):
        printed = run(command)
        if not doctest.OutputChecker().check_output(wanted, printed, doctest.ELLIPSIS):
            return f"$ {command}\n{printed}"
    return None


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Take a console block apart: each command, and what should be printed."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, wanted = part.partition("\n")
        yield command, wanted


def run(command: str) -> str:
    """Run a command with this Python, and give all that it prints."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    source = str(Path(__file__).parent / "src")
    env = os.environ | {
        "PATH": path,
        "PYTHONPATH": source,
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        # pytest has our plugin there and no other, whatever is installed.
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTEST_ADDOPTS": "-p compassion_protocols.testing.pytest_plugin",
    }
    done = subprocess.run(
        command, shell=True, env=env, text=True, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.stdout


def enter_folder(names: dict[str, Any]) -> None:
    """Begin a page in an empty folder."""
    names["_home"], names["_folder"] = Path.cwd(), TemporaryDirectory()
    os.chdir(names["_folder"].name)


def leave_folder(names: dict[str, Any]) -> None:
    """Leave no trace of a page."""
    os.chdir(names["_home"])
    names["_folder"].cleanup()


pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS),
        Blocks("yaml", check_protocol),
        Blocks("toml", save),
        Blocks("console", run_commands),
        SkipParser(),
    ],
    # The pages of findings hold mistakes, each with a test of its own.
    patterns=["README.md", "docs/*.md", "docs/*/*.md"],
    excludes=["docs/reference/findings/*.md"],
    setup=enter_folder,
    teardown=leave_folder,
).pytest()
