"""Going to the end from wherever a session is, with everyone skipping."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from compassion_protocols.checking.bounds import bounds
from compassion_protocols.errors import EventNotAllowed
from compassion_protocols.session.events import Continue, Join, Resume, Skip, Tick
from compassion_protocols.session.state import WAITING, Presence
from compassion_protocols.session.tokens import token_of
from compassion_protocols.session.transition import next_deadline, transition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.events import Event
    from compassion_protocols.session.state import State

_CARE = 200
"""Events that joining, resuming and everyone's care may take beside the moments of a session."""


def skips_to_the_end(plan: Plan, state: State) -> str:
    """Empty if it ends when everyone comes back, agrees to go on and skips; else where it is."""
    left = _most_moments(plan) * len(state.setup.people) + _CARE
    while state.ending is None:
        before = state
        for event in _ways_on(state):
            try:
                state, _ = transition(plan, state, event)
            except EventNotAllowed:
                continue
            left -= 1
            if state.ending is not None or left < 0:
                break
        if left < 0:
            return "After everyone has skipped all there is, it still goes on."
        if state is before:
            return f"Nobody can do anything any more at {_where(plan, state)}."
    return ""


@lru_cache(maxsize=64)
def _most_moments(plan: Plan) -> int:
    return int(max([size.moments.most for size in bounds(plan.protocol)]))


def _where(plan: Plan, state: State) -> str:
    return str(getattr(plan.ops[state.course.at], "place", "the beginning"))


def _ways_on(state: State) -> Iterator[Event]:
    """What everyone can do just now to come to the end."""
    people = state.setup.people
    for seat, person in enumerate(people):
        if state.presence[seat] is Presence.AWAY:
            yield Join(by=person.id, at=state.now)
    if state.pause is not None:
        for person in people:
            yield Resume(by=person.id, at=state.now)
    for lane in state.lanes:
        by = people[lane.seat].id
        yield Skip(by=by, token=token_of(state, lane.seat), at=state.now)
    opened = state.course.open
    if opened is not None and state.frozen_since is None:
        if opened.gate is not None:
            seat = opened.gate[1]
            yield Continue(by=people[seat].id, token=token_of(state, seat), at=state.now)
        for seat, mark in enumerate(opened.marks):
            if mark in WAITING:
                yield Skip(by=people[seat].id, token=token_of(state, seat), at=state.now)
    deadline = next_deadline(state)
    if deadline is not None:
        yield Tick(at=max(deadline, state.now))
