"""The page on the command line names all that may be typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compassion_protocols.cli.arguments import options

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"
TEXT = PAGE.read_text("utf-8")
EVERYWHERE = {"-h", "--help", "--json"}
"""What may follow any command, and is told once."""


def section(command: str) -> str:
    """What stands below the heading that names a command."""
    parts = re.split(r"^## (.+)$", TEXT, flags=re.MULTILINE)[1:]
    told = dict(zip(parts[::2], parts[1::2], strict=True))
    return next(text for heading, text in told.items() if command in re.findall(r"\w+", heading))


@pytest.mark.parametrize("command", options())
def test_every_command_and_option_is_there(command: str) -> None:
    """Each command has its line and its section, with every option that may follow it."""
    assert f"| `{command}" in TEXT
    told = section(command)
    for option in set(options()[command]) - EVERYWHERE:
        assert f"`{option}" in told


@pytest.mark.parametrize("option", sorted(EVERYWHERE))
def test_what_may_follow_any_command_is_there(option: str) -> None:
    """What may follow any command stands on the page."""
    assert f"`{option}" in TEXT


@pytest.mark.parametrize("word", re.findall(r"`(-[-a-z]+)", TEXT))
def test_every_option_of_the_page_can_be_typed(word: str) -> None:
    """The page names no option that there is not."""
    assert word in {"--version", *(one for each in options().values() for one in each)}
