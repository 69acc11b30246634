"""``run --script``: play a script, and say whether all came as it says."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from compassion_protocols import (
    all_transcripts,
    load,
    play_script,
    printable,
    read_script,
    transcript_as_data,
    unlike_kept,
)
from compassion_protocols.cli.people import Misuse

if TYPE_CHECKING:
    from argparse import Namespace

    from compassion_protocols import Missed, Script, Session

PLAYED_VERSION = 1
LARGEST = 1_000_000
"""Bytes of a script that are read; the reader refuses what is much shorter."""


def play(arguments: Namespace) -> int:
    """Play the script of ``--script``; 1 if something is not as it says."""
    _check_alone(arguments)
    path = Path(arguments.script)
    script = read_script(_read(path), str(path))
    played = play_script(script, load(arguments.protocol or script.protocol_for(str(path))))
    if arguments.json:
        print(json.dumps(_as_data(path, script, played.missed), indent=2))
    elif played.missed is None:
        _print_transcripts(played.session, arguments.transcript)
    if played.missed is not None:
        print(printable(str(played.missed)), file=sys.stderr)
        return 1
    if not arguments.transcript and (unlike := unlike_kept(path, played.session)):
        print(printable(unlike), file=sys.stderr)
        return 1
    told = f"{path}: {len(script.entries)} entries, all as expected"
    print(printable(told), file=sys.stderr)
    return 0


def _check_alone(arguments: Namespace) -> None:
    """Misuse for what a script says itself."""
    given = arguments
    taken = given.people or given.settings or given.cleared or given.facilitator
    if taken or given.autoplay or given.resume or given.seed is not None or given.keep is not None:
        raise Misuse("A script says itself who takes part and how; give it alone.")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise Misuse(f"“{path}” cannot be read: {error.strerror}.") from None


def _print_transcripts(session: Session, form: str | None) -> None:
    if form == "md":
        print(all_transcripts(session), end="")
    elif form == "json":
        people = [person.id for person in session.state.setup.people]
        print(json.dumps([transcript_as_data(session.transcript(one)) for one in people], indent=2))


def _as_data(path: Path, script: Script, missed: Missed | None) -> dict[str, object]:
    told = None
    if missed is not None:
        told = {
            "entry": missed.entry,
            "line": missed.span.line,
            "expected": missed.expected,
            "seen": missed.seen,
        }
    return {
        "compassion_script": PLAYED_VERSION,
        "file": str(path),
        "entries": len(script.entries),
        "missed": told,
    }
