"""The page on the command line names all that may be typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from compassion_protocols.cli.arguments import COMMANDS, OPTIONS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"
TEXT = PAGE.read_text("utf-8")


@pytest.mark.parametrize("word", [*COMMANDS, *OPTIONS])
def test_every_command_and_option_is_there(word: str) -> None:
    """Each command and each option has its place on the page."""
    assert f"`{word}" in TEXT
