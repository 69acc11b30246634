"""A run on a protocol's own examples: its demo, its preview, its first test.

Whoever is asked answers with the question's example, whoever is shown something
goes on, and a timer that is waited for has run out. The clock is the
rehearsal's own and jumps from one deadline to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from compassion_protocols.session.events import Answer, Continue, Resume, Skip, Tick
from compassion_protocols.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compassion_protocols.language.values import Person
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.events import Event
    from compassion_protocols.session.setup import Attendance
    from compassion_protocols.session.transcript import Transcript
    from compassion_protocols.session.view import View

READING_SECONDS = 5.0
"""How long each step of a rehearsal takes on its own clock, timers apart."""


def reply_from_example(view: View, at: float) -> Event | None:
    """What a person who follows the examples does at this view; None if they only wait."""
    if "answer" in view.actions and view.kind in ("ask", "reveal"):
        if view.input is not None and view.input.example is not None:
            return Answer(by=view.viewer, token=view.token, value=view.input.example, at=at)
        return Skip(by=view.viewer, token=view.token, at=at)
    if "continue" in view.actions:
        timed = view.timer is not None and view.timer.due is not None
        return None if timed else Continue(by=view.viewer, token=view.token, at=at)
    waited_for = not set(view.waiting).isdisjoint(view.addressed)
    return Resume(by=view.viewer, at=at) if "resume" in view.actions and waited_for else None


def rehearsal(session: Session) -> Iterator[Event]:
    """Run a session to its end on the examples; gives each event after it was received."""
    now = session.state.now
    while not session.ended:
        event = _next_event(session, now)
        session.receive(event)
        now = max(event.at, session.state.now)
        yield event


def _next_event(session: Session, now: float) -> Event:
    deadline = session.next_deadline
    for person in session.state.setup.people:
        view = session.view(person.id)
        at = now + READING_SECONDS
        if deadline is not None and deadline <= at:
            at = now  # there is no time to think it over
        if view.timer is not None and view.timer.not_before is not None:
            at = max(at, view.timer.not_before)
        event = None if deadline is not None and deadline <= at else reply_from_example(view, at)
        if event is not None:
            return event
    return Tick(at=now + READING_SECONDS if deadline is None else max(now, deadline))


def rehearse(
    plan: Plan,
    people: Attendance | Sequence[str | Person],
    *,
    at: float = 0.0,
    facilitator: str | Person | None = None,
    settings: Mapping[str, object] | None = None,
    reader: str = "",
) -> Transcript:
    """Play a plan through on its examples; the transcript is ``reader``'s, or the first person's.

    Those who take part count as cleared: a rehearsal screens nobody.
    """
    named = (
        people if isinstance(people, Sequence) else [p for seat in people.values() for p in seat]
    )
    cleared = {one if isinstance(one, str) else one.id for one in named}
    session = Session.start(
        plan, people, at=at, cleared=cleared, facilitator=facilitator, settings=settings
    )
    for _ in rehearsal(session):
        pass
    return session.transcript(reader or session.state.setup.people[0].id)
