"""Random events: whatever can happen in a session, one after the other.

They are those of ``simulate``: mostly what somebody is asked for, now and then anything else that
a person, a clock or a network can do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from compassion_protocols.authoring.scripts.playing import Playing
from compassion_protocols.authoring.simulating.walks import Walker
from compassion_protocols.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from compassion_protocols.session.events import Event

MOST_EVENTS = 60


@st.composite
def event_sequences(
    draw: st.DrawFn, session: Session, *, most: int = MOST_EVENTS
) -> tuple[Event, ...]:
    """Up to ``most`` events that this session allows, in this order. It stays as it is."""
    copy = Session(session.plan, session.state)
    return tuple(walk(copy, draw(st.randoms(use_true_random=False)), most))


def walk(session: Session, chance: Random, most: int = MOST_EVENTS) -> Iterator[Event]:
    """Let anything happen up to ``most`` times, until it ends; gives each event when it is over.

    What is refused changes nothing, and is passed over.
    """
    playing = Playing(session, session.state.now)
    walker = Walker(chance)
    for _ in range(most):
        if session.ended:
            return
        happened = playing.carry_out(walker.next(session, playing.now))
        if happened.crash is not None:
            raise happened.crash
        if happened.event is not None and happened.refusal is None:
            yield happened.event
