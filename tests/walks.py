"""Sessions on their way: seeded random walks over a plan, for tests that need many states."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from compassion_protocols.errors import AnswerRefused, EventNotAllowed
from compassion_protocols.session.events import (
    Advance,
    Answer,
    Back,
    Continue,
    Distress,
    Erase,
    Extend,
    Join,
    Leave,
    Pause,
    Resume,
    Skip,
    Stop,
    Tick,
)
from compassion_protocols.session.rehearse import reply_from_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.session.events import Event
    from compassion_protocols.session.session import Session
    from compassion_protocols.session.view import View

ODD_ANSWERS: tuple[object, ...] = (
    "one two three",
    "no",
    None,
    True,
    4,
    [],
    ["1"],
    {"what": "a", "by_when": "x"},
)


def walk(session: Session, seed: int, events: int = 60) -> Iterator[Event]:
    """Send random events, most of them sensible, until it ends; gives those that were allowed."""
    chance = random.Random(seed)
    now = session.state.now
    for _ in range(events):
        if session.ended:
            return
        now += chance.choice((0, 0, 1, 5, 40))
        event = random_event(session, chance, now)
        try:
            session.receive(event)
        except (EventNotAllowed, AnswerRefused):
            continue
        now = max(now, session.state.now)
        yield event


def random_event(session: Session, chance: random.Random, now: float) -> Event:
    """Mostly what the examples do; now and then anything else."""
    person = chance.choice(session.state.setup.people).id
    view = session.view(person)
    if chance.random() < 0.7:
        event = reply_from_example(view, now)
        if event is not None:
            return event
        return Tick(at=max(now, session.next_deadline or now))
    return _odd_event(view, chance, now)


def _odd_event(view: View, chance: random.Random, now: float) -> Event:
    by, token = view.viewer, view.token
    return chance.choice(
        (
            lambda: Answer(by=by, token=token, value=chance.choice(ODD_ANSWERS), at=now),
            lambda: Continue(by=by, token=token, at=now),
            lambda: Skip(by=by, token=token, at=now),
            lambda: Skip(by=by, token=token, at=now),
            lambda: Back(by=by, token=token, at=now),
            lambda: Pause(by=by, until=chance.choice((None, now + 30)), at=now),
            lambda: Resume(by=by, at=now),
            lambda: Distress(by=by, rating=chance.choice((None, 8)), at=now),
            lambda: Leave(by=by, at=now),
            lambda: Join(by=by, at=now),
            lambda: Join(by=by, at=now),
            lambda: Advance(by=by, token=token, at=now),
            lambda: Extend(by=by, token=token, seconds=9, at=now),
            lambda: Erase(by=by, at=now) if chance.random() < 0.2 else Tick(at=now),
            lambda: Stop(by=by, at=now) if chance.random() < 0.2 else Tick(at=now),
        )
    )()
