"""What the tests of the command line have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.commands import Shell

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shell(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Shell:
    """Give what runs commands, in a folder of its own."""
    return Shell(capsys, monkeypatch, tmp_path)
