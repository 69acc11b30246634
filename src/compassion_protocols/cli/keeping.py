"""Files that someone asked to keep: a session to go on with, and its transcript.

Both can be read by their owner alone (mode 0600), and are written beside the
old ones before they take their place, so that a crash leaves one or the other
whole. A session file holds the protocol as well, since a session ends on the
one that it began with.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from compassion_protocols import Session, SnapshotRejected, load_sources
from compassion_protocols.cli.people import Misuse

if TYPE_CHECKING:
    from compassion_protocols import Plan

VERSION = 1
LARGEST = 8_000_000
"""Bytes of a session file that are read."""


def place_for(given: str, protocol: str) -> Path:
    """Where to keep a session: the file that was named, or a free name in this folder.

    Misuse if the named file is there already, or its folder is not.
    """
    if given:
        path = Path(given)
        if path.exists():
            raise Misuse(f"“{given}” is there already; to go on from it, use --resume {given}.")
        if not path.parent.is_dir():
            raise Misuse(f"There is no folder “{path.parent}”.")
        return path
    number = 1
    while (path := Path(f"{protocol}{f'-{number}' if number > 1 else ''}.session.json")).exists():
        number += 1
    return path


def keep_session(path: Path, session: Session) -> None:
    """Write a session down."""
    kept = {
        "compassion_session": VERSION,
        "sources": [list(source) for source in session.plan.sources],
        "snapshot": session.snapshot(),
    }
    write_privately(path, json.dumps(kept))


def kept_session(path: Path) -> Session:
    """The session in a file. Misuse or SnapshotRejected if there is none in it."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Misuse(f"“{path}” cannot be read: {error.strerror}.") from None
    if len(data) > LARGEST:
        raise SnapshotRejected("The file is too large to be a session.")
    plan, snapshot = _parts(data)
    return Session.restore(plan, snapshot)


def _parts(data: bytes) -> tuple[Plan, str]:
    try:
        kept = json.loads(data)
        sources = tuple((str(name), str(text)) for name, text in kept["sources"])
        snapshot = kept["snapshot"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise SnapshotRejected("The file does not hold a session.") from None
    if kept.get("compassion_session") != VERSION or not sources or not isinstance(snapshot, str):
        raise SnapshotRejected("The file does not hold a session of this version.")
    return load_sources(sources), snapshot


def transcript_path(session: Path, suffix: str) -> Path:
    """Where the transcript of a kept session goes: beside it."""
    name = session.name.removesuffix(".json").removesuffix(".session")
    return session.with_name(f"{name}.transcript.{suffix}")


def write_privately(path: Path, text: str) -> None:
    """Write a file that only its owner can read, in place of an older one at once."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(file, "w", encoding="utf-8", errors="replace") as stream:
            stream.write(text)
        os.replace(fresh, path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
