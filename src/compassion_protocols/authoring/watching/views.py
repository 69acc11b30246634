"""What must hold of everyone's view, of private words, and of what a session may become.

Private words are watched by their marks. A walk puts a mark into whatever it
writes, a word that comes nowhere else, and a mark may be shown to someone only
if an answer that holds it is open to them (:func:`private_words_stay`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compassion_protocols.authoring.watching.ending import skips_to_the_end
from compassion_protocols.errors import AnswerRefused, EventNotAllowed
from compassion_protocols.model.plan import Moment
from compassion_protocols.render.registry import RENDERERS
from compassion_protocols.session.events import (
    event_from_json,
)
from compassion_protocols.session.restoring import restored
from compassion_protocols.session.snapshot import snapshot
from compassion_protocols.session.state import WAITING, Mark, Presence
from compassion_protocols.session.transcript import transcript
from compassion_protocols.session.transition import next_deadline, transition

if TYPE_CHECKING:
    from compassion_protocols.authoring.watching.happened import Happened
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.state import Course
    from compassion_protocols.session.view import View

MARK = re.compile(r"zq[0-9]+qz", re.IGNORECASE)
"""A mark: the word by which what someone wrote is known again."""


# Views


def everyone_sees_something(it: Happened) -> str:
    """Everyone's view says something, offers help, and speaks to someone."""
    for person in it.people:
        seen = it.view(person)
        if not seen.text.strip():
            return f"{person} sees no text."
        if not seen.help.text.strip():
            return f"{person} is offered no help."
        if not seen.addressed or not seen.token:
            return f"The view of {person} speaks to nobody."
    return ""


_ALWAYS = frozenset({"pause", "distress", "stop", "leave", "erase"})
_AWAY = frozenset({"join", "distress", "stop", "erase"})
_OVER = frozenset({"erase"})


def the_ways_out_are_open(it: Happened) -> str:
    """Pausing, care, stopping, leaving and erasing are offered to everyone until the end."""
    for seat, person in enumerate(it.people):
        seen = it.view(person)
        presence = it.after.presence[seat]
        wanted = _AWAY if presence is Presence.AWAY else _ALWAYS
        if seen.kind == "ended" or presence is Presence.GONE:
            wanted = _OVER
        lacking = wanted.difference(seen.actions)
        if lacking:
            return f"{person} is not offered: {', '.join(sorted(lacking))}."
    return ""


def whoever_is_asked_may_skip(it: Happened) -> str:
    """Whoever is asked for something is offered to skip it."""
    for person in it.people:
        seen = it.view(person)
        if seen.kind not in _NOTHING_ASKED and "skip" not in seen.actions:
            return f"{person} is not offered to skip."
    return ""


_NOTHING_ASKED = ("waiting", "pause", "hand_over", "cover", "ended")


def what_is_offered_can_be_done(it: Happened) -> str:
    """Nothing that someone's view offers is refused."""
    deadline = next_deadline(it.after)
    if deadline is not None and deadline <= it.after.now:
        return ""  # it may pass first
    for person in it.people:
        seen = it.view(person)
        for action in seen.actions:
            if action == "continue" and _has_to_wait(seen):
                continue
            body = {"event": action, "token": seen.token, "value": True, "seconds": 1}
            event = event_from_json(body, by=seen.viewer, at=it.after.now)
            try:
                transition(it.plan, it.after, event)
            except AnswerRefused:
                continue
            except EventNotAllowed as refusal:
                return f"{person} is offered “{action}”, and then: {refusal}"
    return ""


def _has_to_wait(seen: View) -> bool:
    timer = seen.timer
    return timer is not None and timer.not_before is not None and seen.at < timer.not_before


def every_renderer_shows_something(it: Happened) -> str:
    """Each renderer makes something of everyone's view."""
    shown: set[tuple[object, ...]] = set()
    for person in it.people:
        seen = it.view(person)
        alike = (seen.kind, seen.text, seen.input is None, seen.actions)
        if alike in shown:
            continue  # as someone else's, but for their name
        shown.add(alike)
        for name, render in RENDERERS.items():
            if not render(seen).strip():
                return f"{person} sees nothing as {name}."
    return ""


# Words


def private_words_stay(it: Happened) -> str:
    """What someone wrote is shown to nobody to whom no answer with it is open."""
    open_to = _readers(it)
    if not open_to:
        return ""
    for seat, person in enumerate(it.people):
        for mark in _marks((it.view(person), transcript(it.plan, it.after, person))):
            if seat not in open_to.get(mark, ()):
                return f"{person} is shown “{mark}”."
    marks = _marks(it.effects)
    return f"An effect says “{marks[0]}”." if marks else ""


def _readers(it: Happened) -> dict[str, set[int]]:
    """For each mark that is kept anywhere, the seats that may read it."""
    open_to: dict[str, set[int]] = {}
    for plan, course in it.courses():
        for key, entry in course.answers.items():
            marks = _marks(entry.value)
            if marks:
                readers = () if _is_held(plan, course, key, entry.by) else entry.readers
                for mark in marks:
                    open_to.setdefault(mark, set()).update((entry.by, *readers))
        for seat, draft in course.open.drafts if course.open else ():
            for mark in _marks(draft):
                open_to.setdefault(mark, set()).add(seat)
    return open_to


def _is_held(plan: Plan, course: Course, key: tuple[int, ...], writer: int) -> bool:
    """Whether an answer was given at the open moment, and others are still asked the same."""
    op, opened = plan.ops[course.at], course.open
    if opened is None or not isinstance(op, Moment) or op.slot is None:
        return False
    slot = op.slot
    here = tuple([course.frames[depth].index for depth in op.scope.gathering])
    if key != ((slot.number, writer, *here) if slot.several else (slot.number, *here)):
        return False
    others = [mark for seat, mark in enumerate(opened.marks) if seat != writer]
    given = opened.marks[writer] not in (Mark.NONE, *WAITING)  # in this pass, not an earlier one
    return given and any(mark in WAITING for mark in others)


def _marks(said: object) -> list[str]:
    """The marks in whatever something says."""
    return [mark.lower() for mark in MARK.findall(repr(said))]


# Going on


def a_snapshot_holds_everything(it: Happened) -> str:
    """A session comes back from its snapshot as it was, and is written the same way again."""
    text = snapshot(it.plan, it.after)
    again = restored(it.plan, text, None)
    if again != it.after:
        return "Another state came back."
    return "" if snapshot(it.plan, again) == text else "It is written differently."


def skipping_leads_to_the_end(it: Happened) -> str:
    """From wherever a session is, it comes to its end if everyone skips."""
    return skips_to_the_end(it.plan, it.after)
