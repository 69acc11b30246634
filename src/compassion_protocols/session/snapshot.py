"""A state as a small JSON text.

A snapshot holds the state and nothing else: no log, no protocol, no text of
its own. What is as it was at the start is left out. Places are written as paths
of ids and answers by their names, never by position, so that it can be read by
every plan in which the ids are the same. ``restoring`` reads it back.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from compassion_protocols.language.values import Missing
from compassion_protocols.model.accepting import to_data
from compassion_protocols.model.plan import Finish, Moment
from compassion_protocols.session.paged import Paged
from compassion_protocols.session.state import (
    Course,
    Entry,
    Frame,
    Mark,
    Open,
    Presence,
    Setup,
    State,
)

if TYPE_CHECKING:
    from compassion_protocols.model.plan import Plan, Slot
    from compassion_protocols.session.state import OrderOf

VERSION = 1

MARKS = {
    Mark.NONE: "-",
    Mark.PENDING: "p",
    Mark.NUDGED: "n",
    Mark.DONE: "d",
    Mark.SKIPPED: "s",
    Mark.ABSENT: "a",
    Mark.TIMED_OUT: "t",
}
PRESENCES = {Presence.HERE: "h", Presence.AWAY: "a", Presence.GONE: "g"}

USUAL = Setup(session="", people=())
"""What holds of a setup where a snapshot says nothing."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def snapshot(plan: Plan, state: State) -> str:
    """A state as JSON. The same state always gives the same text."""
    data: dict[str, object] = {
        "v": VERSION,
        "plan": plan.protocol.id,
        "shape": plan.shape,
        "setup": _setup_data(state.setup),
        "seq": state.seq,
        "now": state.now,
        "course": _course_data(plan, state.course),
    }
    presence = "".join([PRESENCES[one] for one in state.presence])
    if presence.strip("h"):
        data["presence"] = presence
    if state.lanes:
        data["lanes"] = [
            [one.seat, one.stage.value, _course_data(plan.care[one.stage], one.course), one.still]
            for one in state.lanes
        ]
    if state.pause is not None:
        pause = state.pause
        data["pause"] = [pause.since, pause.until, list(pause.votes), pause.reminded]
    if state.frozen_since is not None:
        data["frozen"] = state.frozen_since
    if state.ending is not None:
        data["ending"] = state.ending.value
    return _encode(data)


def _setup_data(setup: Setup) -> dict[str, object]:
    data: dict[str, object] = {
        "session": setup.session,
        "people": [
            [one.role, one.id] if one.name == one.id else [one.role, one.id, one.name]
            for one in setup.people
        ],
    }
    if setup.settings:
        data["settings"] = {name: to_data(value) for name, value in setup.settings.items()}
    if setup.locale != USUAL.locale:
        data["locale"] = setup.locale
    if setup.utc_offset:
        data["utc_offset"] = setup.utc_offset
    if setup.screen is not USUAL.screen:
        data["screen"] = setup.screen.value
    if setup.policy != USUAL.policy:
        data["policy"] = [setup.policy.before, setup.policy.rise, setup.policy.after]
    if setup.seed:
        data["seed"] = setup.seed
    return data


def _course_data(plan: Plan, course: Course) -> dict[str, object]:
    data: dict[str, object] = {"at": _place(plan, course.at), "opened": list(course.opened)}
    opened = course.open
    if opened is not None:
        data["open"] = _open_data(opened)
    if course.frames:
        data["frames"] = _frames_data(course.frames)
    if course.answers.size:
        data["answers"] = _answers_data(plan, course.answers, len(course.opened))
    if course.orders.size:
        data["orders"] = [
            [plan.blocks[key[0]].place, list(key[1:]), _order_data(plan, order)]
            for key, order in sorted(course.orders.items())
        ]
    if course.holders:
        data["holders"] = [list(held) for held in course.holders]
    if course.floors:
        data["floors"] = [[s, floor.times, floor.offered, floor.used] for s, floor in course.floors]
    if course.back is not None:
        back = course.back
        data["back"] = [_place(plan, back.at), _frames_data(back.frames), back.seat]
    return data


def _place(plan: Plan, at: int) -> str:
    op = plan.ops[at]
    if not isinstance(op, Moment | Finish):
        raise LookupError("a session only rests at a moment or at an ending")
    return op.place


def _open_data(opened: Open) -> dict[str, object]:
    marks = "".join([MARKS[mark] for mark in opened.marks])
    data: dict[str, object] = {"started": opened.started, "marks": marks}
    if any(opened.attempts):
        data["attempts"] = list(opened.attempts)
    if opened.due is not None:
        data["due"] = opened.due
    if opened.limit is not None:
        data["limit"] = opened.limit
    if opened.drafts:
        data["drafts"] = [[seat, to_data(draft)] for seat, draft in opened.drafts]
    if opened.gate is not None:
        data["gate"] = [opened.gate[0].value, opened.gate[1]]
    return data


def _frames_data(frames: tuple[Frame, ...]) -> list[object]:
    """The passes; what a list-making loop goes through stands among the orders."""
    return [frame.index if frame.due is None else [frame.index, frame.due] for frame in frames]


def _order_data(plan: Plan, order: OrderOf) -> list[object] | int:
    """What a loop goes through; a mere count is written as a number."""
    if order == tuple(range(len(order))):
        return len(order)
    return [one if isinstance(one, int) else [plan.slots[one[0]].name, *one[1:]] for one in order]


def _answers_data(plan: Plan, answers: Paged[Entry], people: int) -> dict[str, list[object]]:
    data: dict[str, list[object]] = {}
    for key, entry in sorted(answers.items(), key=lambda found: found[0]):
        slot, value = plan.slots[key[0]], entry.value
        if isinstance(value, Missing):
            row = [entry.by, list(key[1:]), entry.at, None, value.reason.value]
        else:
            row = [entry.by, list(key[1:]), entry.at, to_data(value)]
        if entry.readers != usual_readers(slot, entry.by, people):
            row = [*row[:4], *(row[4:] or [None]), list(entry.readers)]
        if entry.keep:
            row = [*row, *[None] * (6 - len(row)), True]
        data.setdefault(slot.name, []).append(row)
    return data


def usual_readers(slot: Slot, writer: int, people: int) -> tuple[int, ...]:
    """Who may read an answer where nothing else is written: all the others, or nobody."""
    if not slot.readers:
        return ()
    return tuple([seat for seat in range(people) if seat != writer])
