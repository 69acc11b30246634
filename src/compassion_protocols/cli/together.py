"""What people who share a screen take along together: what every one of them may read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from attrs import evolve

if TYPE_CHECKING:
    from compassion_protocols import Keepsake, Session, Transcript


def common_transcript(session: Session) -> Transcript:
    """The transcript of the one person there is, or what is open to each of several."""
    people = [p.id for p in session.state.setup.people if p.role != "facilitator"]
    first, *others = [session.transcript(person) for person in people]
    if not others:
        return first
    open_to_all = _counted(first)
    for other in others:
        open_to_all &= _counted(other)
    lines = []
    for line in first.lines:
        key = (line.at, line.place, line.by, line.text)
        if open_to_all[key]:
            open_to_all[key] -= 1
            lines.append(line)
    # How long the floor was somebody's is for that person's eyes, and this page is for all.
    return evolve(first, reader="", lines=tuple(lines), floor=None)


def common_keepsakes(session: Session) -> tuple[Keepsake, ...]:
    """What the one person there is keeps for another time, or what all of several keep together."""
    people = {p.id for p in session.state.setup.people if p.role != "facilitator"}
    kept = session.keepsakes(min(people))
    return tuple([one for one in kept if people <= set(one.owners)])


def _counted(transcript: Transcript) -> Counter[tuple[float, str, str, str]]:
    return Counter((line.at, line.place, line.by, line.text) for line in transcript.lines)
