"""What everyone may take along from a scripted session, and what of it is kept beside it."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from compassion_protocols.authoring.scripts.script import SUFFIX
from compassion_protocols.render.markdown import transcript_as_markdown

if TYPE_CHECKING:
    from compassion_protocols.session.session import Session

KEPT_SUFFIX = ".expected.md"


def all_transcripts(session: Session) -> str:
    """What each person may take along, one after another, in Markdown."""
    offset = session.state.setup.utc_offset
    return "\n---\n\n".join(
        f"For {person.name}:\n\n"
        f"{transcript_as_markdown(session.transcript(person.id), utc_offset=offset)}"
        for person in session.state.setup.people
    )


def unlike_kept(script: str | Path, session: Session) -> str:
    """The first line of the transcripts that is not as it is kept beside the script, in words.

    They are kept in ``NAME.expected.md``. Empty if all is as it is there, or nothing is kept.
    """
    path = Path(script)
    kept = path.with_name(path.name.removesuffix(SUFFIX) + KEPT_SUFFIX)
    if not kept.is_file():
        return ""
    wanted = kept.read_text("utf-8", "replace").split("\n")
    came = all_transcripts(session).split("\n")
    for number, (expected, seen) in enumerate(zip_longest(wanted, came), 1):
        if expected != seen:
            return f"{kept}:{number}: expected: {_told(expected)} Seen: {_told(seen)}"
    return ""


def _told(line: str | None) -> str:
    return "nothing more" if line is None else line
