"""What is kept on disk."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from compassion_protocols.cli.keeping import (
    LARGEST,
    keep_session,
    kept_session,
    place_for,
    transcript_path,
    write_privately,
)
from compassion_protocols.cli.people import Misuse
from compassion_protocols.errors import CompassionError, SnapshotRejected
from compassion_protocols.loading import load
from compassion_protocols.session.session import Session


@pytest.fixture
def session() -> Session:
    """Give a session of the three-breath pause."""
    return Session.start(load("three-breath-pause"), ["Ana"], at=1_000.0)


def test_a_session_comes_back(session: Session, tmp_path: Path) -> None:
    """A session that was kept comes back as it was, on its own protocol."""
    path = tmp_path / "a.json"
    keep_session(path, session)
    again = kept_session(path)
    assert again.state == session.state
    assert again.plan.sources == session.plan.sources


def test_a_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """A file is readable by its owner alone, whatever stood there before it."""
    path = tmp_path / "a"
    path.write_text("old", "utf-8")
    path.chmod(0o644)
    write_privately(path, "new \ud800")
    assert path.read_text("utf-8") == "new ?"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_is_never_taken_from_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a name a free one is found; a name that is taken is refused."""
    monkeypatch.chdir(tmp_path)
    assert place_for("", "calm") == Path("calm.session.json")
    Path("calm.session.json").touch()
    assert place_for("", "calm") == Path("calm-2.session.json")
    assert place_for("b.json", "calm") == Path("b.json")
    with pytest.raises(Misuse, match=r"--resume calm\.session\.json"):
        place_for("calm.session.json", "calm")
    with pytest.raises(Misuse, match="no folder"):
        place_for("nowhere/a.json", "calm")


def test_a_transcript_lies_beside_its_session() -> None:
    """A transcript has its session's name."""
    assert transcript_path(Path("x/a.session.json"), "md") == Path("x/a.transcript.md")
    assert transcript_path(Path("b"), "json") == Path("b.transcript.json")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no",
        b"[]",
        b"{}",
        b"\xff",
        b'{"compassion_session": 1, "sources": [], "snapshot": "{}"}',
        b'{"compassion_session": 2, "sources": [["a", "b"]], "snapshot": "{}"}',
        b'{"compassion_session": 1, "sources": [["a"]], "snapshot": "{}"}',
        b"[" * 100_000,
        b" " * (LARGEST + 1),
    ],
    ids=range(10),
)
def test_what_is_no_session_is_rejected(tmp_path: Path, data: bytes) -> None:
    """A file that holds no session is rejected, however it is broken."""
    path = tmp_path / "a.json"
    path.write_bytes(data)
    with pytest.raises(SnapshotRejected):
        kept_session(path)


@pytest.mark.parametrize("part", ["sources", "snapshot"])
def test_a_changed_session_is_rejected(session: Session, tmp_path: Path, part: str) -> None:
    """A file whose protocol or state was changed to something else is rejected."""
    path = tmp_path / "a.json"
    keep_session(path, session)
    kept = json.loads(path.read_bytes())
    kept[part] = [["x", "y: 1"]] if part == "sources" else "{}"
    path.write_text(json.dumps(kept), "utf-8")
    with pytest.raises(CompassionError):
        kept_session(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A file that cannot be read is a misuse."""
    with pytest.raises(Misuse, match="cannot be read"):
        kept_session(tmp_path / "a.json")
