"""Names tell what a thing is."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
FILES = [path for top in ("src", "tests", "benchmarks") for path in (ROOT / top).rglob("*.py")]
EMPTY_WORDS = {"helper", "helpers", "manager", "managers", "misc", "util", "utils"}


def is_empty(name: str) -> bool:
    """Tell whether one of the words of a name, in snake or camel case, says nothing."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)
    return not EMPTY_WORDS.isdisjoint(word.lower() for word in words)


def faults(path: str, source: str) -> Iterator[str]:
    """Find the names that say nothing, and each ``Protocol`` that might be mistaken for ours."""
    if is_empty(path):
        yield f"{path} is an empty name"
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) if is_empty(name):
                yield f"{path}:{node.lineno} {name} is an empty name"
            case ast.ImportFrom(module="typing" | "typing_extensions", names=names):
                if any(alias.name == "Protocol" for alias in names):
                    yield f"{path}:{node.lineno} takes Protocol out of typing"


def test_names_say_something() -> None:
    """No file, class or function is a helper or a manager, and typing.Protocol is written out."""
    assert FILES
    found = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in FILES}
    assert [fault for path, source in found.items() for fault in faults(path, source)] == []


@pytest.mark.parametrize(
    ("path", "source", "fault"),
    [
        ("language/text_utils.py", "", "language/text_utils.py is an empty name"),
        ("a.py", "class SessionManager: ...", "a.py:1 SessionManager is an empty name"),
        ("a.py", "def f():\n  def helper(): ...", "a.py:2 helper is an empty name"),
        ("a.py", "from typing import Protocol as P", "a.py:1 takes Protocol out of typing"),
    ],
)
def test_an_empty_name_is_found(path: str, source: str, fault: str) -> None:
    """A name that says nothing is reported with its file and line."""
    assert list(faults(path, source)) == [fault]


def test_a_telling_name_is_fine() -> None:
    """A name that only begins like an empty one is not reported."""
    source = "import typing\nclass Helpful(typing.Protocol): ...\ndef manage_time(): ..."
    assert list(faults("futile.py", source)) == []
