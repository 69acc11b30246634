"""What one person may take along from a session: the questions, and the answers open to them.

A transcript is made from the state alone, for one reader, by the same rules as
that person's views: what they may not read is not in it, and of an answer that
is missing it only says that it was left open, never why. Who paused, who left,
who asked for care, and who agreed to keep something is in no transcript. Of the
ledger of the floor it has its reader's own entry, and nothing to hold it against.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.language.template import render
from compassion_protocols.language.values import Missing, shown
from compassion_protocols.model.accepting import to_data
from compassion_protocols.model.plan import Moment, OfHolder
from compassion_protocols.session.floor import floor_of
from compassion_protocols.session.scene import Scene
from compassion_protocols.session.state import Presence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.paged import Key
    from compassion_protocols.session.state import Entry, Floor, State

LEFT_OPEN = "left open"


@frozen(kw_only=True)
class Line:
    """One answer. ``at`` is in epoch seconds; ``value`` is JSON data, None if it was left open."""

    at: float
    place: str
    question: str
    by: str
    text: str
    value: object


@frozen(kw_only=True)
class Transcript:
    """Everything that one reader may keep of a session."""

    protocol: str
    version: str
    title: str
    session: str
    reader: str
    people: tuple[str, ...]
    ended: bool
    lines: tuple[Line, ...]
    floor: Floor | None = None
    """How long the reader was offered the floor, and used it; None if it was never theirs."""


def transcript(plan: Plan, state: State, reader: str) -> Transcript:
    """The transcript for the person with this id. LookupError if there is none."""
    seat = state.seat(reader)
    setup, people = state.setup, state.setup.people
    scene = Scene(plan, setup, state.presence, state.course, setup.seats)
    lines = sorted(_lines(plan, state, scene, seat), key=lambda found: found[0])
    return Transcript(
        protocol=plan.protocol.id,
        version=plan.protocol.version,
        title=plan.protocol.title,
        session=setup.session,
        reader=reader,
        people=tuple(person.name for person in people),
        ended=state.ending is not None,
        lines=tuple(line for _, line in lines),
        floor=floor_of(state.course.floors, seat),
    )


Place = tuple[float, int, tuple[int, ...]]


def _lines(plan: Plan, state: State, scene: Scene, reader: int) -> Iterator[tuple[Place, Line]]:
    moments = {
        op.slot.number: op
        for op in reversed(plan.ops)
        if isinstance(op, Moment) and op.slot is not None and not op.slot.care and not op.agrees
    }
    for key, entry in state.course.answers.items():
        moment = moments.get(key[0])
        if moment is None or moment.slot is None:
            continue
        slot = moment.slot
        if entry.is_open_to(reader) and not scene.is_held(slot, key, entry, reader):
            question = _question(scene, moment, (key, entry), reader)
            line = _line(state, moment, entry, question)
            yield (entry.at, slot.number, (*key[1 + slot.several :], entry.by)), line


def _line(state: State, moment: Moment, entry: Entry, question: str) -> Line:
    value = entry.value
    return Line(
        at=entry.at,
        place=moment.place,
        question=question,
        by=state.setup.people[entry.by].name,
        text=LEFT_OPEN if isinstance(value, Missing) else shown(value),
        value=None if isinstance(value, Missing) else to_data(value),
    )


def _question(scene: Scene, moment: Moment, answer: tuple[Key, Entry], reader: int) -> str:
    """The question as it was asked: in the pass of its loops that the key names.

    Where it was asked of whoever held a role, that was the one who answered.
    """
    key, entry = answer
    slot = scene.plan.slots[key[0]]
    there = scene.there(slot.scope, key[1 + slot.several :])
    there.presence = (Presence.HERE,) * len(scene.presence)  # whoever has gone since was there
    match moment.who:
        case (OfHolder(role),):
            there.holders = tuple({**dict(scene.holders), role: entry.by}.items())
    return render(moment.text, there.lookup(moment.scope, reader))
