"""The examples on the pages are looked at closely enough to fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sybil import Document
from sybil.example import SybilFailure

from conftest import Blocks, check_protocol, commands, framed, run_commands

if TYPE_CHECKING:
    from pathlib import Path

YAML, CONSOLE = Blocks("yaml", check_protocol), Blocks("console", run_commands)

RIGHT = "- say: Hello, {{ you }}."
WRONG = "- say: Hello, {{ yuo }}."


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a page that is about to be written."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "page.md"


def read(page: Path, info: str, text: str) -> None:
    """Write a page of one block, and evaluate it."""
    page.write_text(f"A page.\n\n```{info}\n{text}\n```\n", "utf-8")
    [example] = Document.parse(str(page), YAML, CONSOLE).examples()
    example.evaluate()


@pytest.mark.parametrize(
    ("info", "text"),
    [
        ("yaml", RIGHT),
        ("yaml mistake", WRONG),
        ("yaml file=a.yaml", framed(RIGHT)),
        ("yaml file=a.yaml mistake", RIGHT),
        ("console", "$ echo one; echo two\none\n..."),
        ("console", "$ echo one\none\n$ true"),
    ],
)
def test_a_true_example_passes(page: Path, info: str, text: str) -> None:
    """A protocol without error, a mistake with one, and a command that prints what is said pass."""
    read(page, info, text)


@pytest.mark.parametrize(
    ("info", "text"),
    [
        ("yaml", WRONG),
        ("yaml mistake", RIGHT),
        ("yaml file=a.yaml", RIGHT),
        ("console", "$ echo one\ntwo"),
        ("console", "$ echo one"),
        ("console", "$ echo one\none\n$ true\none"),
    ],
)
def test_an_untrue_example_fails(page: Path, info: str, text: str) -> None:
    """A protocol with an error, a mistake without one, and a command that prints otherwise fail."""
    with pytest.raises(SybilFailure):
        read(page, info, text)


def test_a_named_block_is_saved(page: Path) -> None:
    """A block that names its file is there, as it is written, for what stands below it."""
    read(page, "yaml file=a.yaml mistake", RIGHT)
    assert (page.parent / "a.yaml").read_text("utf-8") == f"{RIGHT}\n"


def test_each_command_has_its_lines() -> None:
    """What stands between two commands is what the first one prints."""
    assert list(commands("$ a\nx\ny\n$ b\n")) == [("a", "x\ny\n"), ("b", "")]
