"""What everyone may take along from a scripted session, and what is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compassion_protocols.authoring.scripts.transcripts import all_transcripts, unlike_kept
from compassion_protocols.loading import load
from compassion_protocols.session.session import Session

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def session() -> Session:
    """A session of two that has just begun."""
    return Session.start(load("three-breath-pause"), ["Ana", "Ben"], at=0.0)


def test_transcripts_of_all_stand_one_after_another(session: Session) -> None:
    """What each person may take along, in the order of their seats."""
    texts = all_transcripts(session).split("\n---\n\n")
    assert [text.split("\n")[0] for text in texts] == ["For Ana:", "For Ben:"]


def test_where_nothing_is_kept_nothing_is_unlike(session: Session, tmp_path: Path) -> None:
    """A script without kept transcripts asks nothing of them."""
    assert unlike_kept(tmp_path / "it.script.yaml", session) == ""


def test_the_first_line_that_is_another_is_told(session: Session, tmp_path: Path) -> None:
    """The same transcripts are fine; else the line is told, with both sides of it."""
    script, kept = tmp_path / "it.script.yaml", tmp_path / "it.expected.md"
    whole = all_transcripts(session)
    kept.write_text(whole, "utf-8")
    assert unlike_kept(script, session) == ""
    kept.write_text(whole.replace("Ana", "Zoe", 1), "utf-8")
    assert unlike_kept(script, session) == f"{kept}:1: expected: For Zoe: Seen: For Ana:"
    kept.write_text("For Ana:", "utf-8")
    assert unlike_kept(script, session) == f"{kept}:2: expected: nothing more Seen: "
    kept.write_text(f"{whole}More.", "utf-8")
    assert unlike_kept(script, session).endswith("expected: More. Seen: ")


def test_what_is_kept_may_be_no_text_at_all(session: Session, tmp_path: Path) -> None:
    """Bytes that are no text are unlike anything, and no failure."""
    (tmp_path / "it.expected.md").write_bytes(b"For Ana\xff")
    assert "expected: For Ana\ufffd Seen: For Ana:" in unlike_kept(
        tmp_path / "it.script.yaml", session
    )
