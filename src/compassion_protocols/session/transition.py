"""One event, one step: ``transition(plan, state, event) -> (state, effects)``.

Pure and total: it either gives back the next state, or raises and nothing has
happened. The law of what is allowed when stands in ``table``; here is how each
allowed event is carried out. The change is made on a working copy, which is
frozen into the next state at the end, or dropped if something was not allowed.

Time comes with the event. A deadline that has passed is let expire first, one
at most for each event, so that a late event cannot set off an avalanche; but an
answer that was on its way when the time ran out still counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compassion_protocols.errors import EventNotAllowed, StaleMoment
from compassion_protocols.language.values import Reason
from compassion_protocols.model.plan import MomentKind
from compassion_protocols.session.answers import hand_on, receive_answer
from compassion_protocols.session.change import Change
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
    check_shape,
)
from compassion_protocols.session.state import LATEST, LaneStage, Mark, Presence, Screen
from compassion_protocols.session.table import TABLE, Verdict
from compassion_protocols.session.tokens import Aim, aim_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.effects import Effect
    from compassion_protocols.session.events import Event
    from compassion_protocols.session.state import Gate, Lane, Open, State
    from compassion_protocols.session.walk import Walk

NO_SEAT = -1
"""The seat of what nobody sent: time, or someone who is about to join."""

_IN_TIME = (Answer, Continue, Skip)
"""Events that count even if the time ran out while they were on their way."""


def transition(plan: Plan, state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """The next state, and what the host may want to carry out.

    Raises EventNotAllowed (StaleMoment for a moment that has closed) or
    AnswerRefused; the state that was handed in still stands.
    """
    now = _instant(event, state.now)
    seat = _seat_of(state, event)
    aim = aim_of(state, seat, event)
    in_time = aim is Aim.LIVE and isinstance(event, _IN_TIME)
    expired: tuple[Effect, ...] = ()
    if not in_time and (deadline := next_deadline(state)) is not None and deadline <= now:
        state, expired = _let_expire(plan, state, now)
        seat = _seat_of(state, event)
        aim = aim_of(state, seat, event)
    if isinstance(event, Tick):
        return state, expired
    verdict = TABLE[type(event)][state.status(seat)]
    if verdict is Verdict.NOTHING or aim is Aim.REPEATED:
        return state, expired
    if aim is Aim.STALE:
        raise StaleMoment("That moment has closed.")
    if verdict is Verdict.REFUSE or (verdict is Verdict.OWN_LANE and state.lane(seat) is None):
        raise EventNotAllowed("This cannot be done just now.")
    change = Change(plan, state, now)
    _CARRY_OUT[type(event)](change, event, seat)
    after, effects = change.done()
    return after, (*expired, *effects)


def next_deadline(state: State) -> float | None:
    """When a Tick is next worth sending, epoch seconds; None if nothing waits for time."""
    if state.ending is not None:
        return None
    if state.frozen_since is None and not state.lanes:
        return None if state.course.open is None else state.course.open.due
    dues = [
        lane.course.open.due
        for lane in state.lanes
        if lane.course.open is not None and not lane.still
    ]
    if state.frozen_since is None and state.course.open is not None:
        dues.append(state.course.open.due)
    if state.pause is not None and not state.pause.reminded:
        dues.append(state.pause.until)
    return min((due for due in dues if due is not None), default=None)


def _let_expire(plan: Plan, state: State, now: float) -> tuple[State, tuple[Effect, ...]]:
    """Let one passed deadline expire: the session's, a lane's, or the time of return."""
    change = Change(plan, state, now)
    opened = state.course.open
    if change.moving and opened is not None and opened.due is not None and opened.due <= now:
        change.walk.expire()
        return change.done()
    for lane in state.lanes:
        due = lane.course.open.due if lane.course.open is not None else None
        if not lane.still and due is not None and due <= now:
            walk = change.lane_walk(lane)
            walk.expire()
            change.keep_lane(lane, walk)
            return change.done()
    change.remind()
    return change.done()


def _instant(event: Event, last: float) -> float:
    at = event.at
    if isinstance(at, bool) or not isinstance(at, (int, float)) or not abs(at) < LATEST:
        raise EventNotAllowed("The clock of this event shows no possible time.")
    return max(last, float(at))


def _seat_of(state: State, event: Event) -> int:
    """The sender's seat. EventNotAllowed for who is unknown, away, or has gone for good."""
    if isinstance(event, Tick):
        return NO_SEAT
    if not isinstance(event.by, str):
        raise EventNotAllowed("“by” of an event has the wrong type.")
    try:
        seat = state.seat(event.by)
    except LookupError:
        if isinstance(event, Join):
            return NO_SEAT
        raise EventNotAllowed("Nobody of this name is in the session.") from None
    presence = state.presence[seat]
    if presence is Presence.HERE or isinstance(event, Stop | Leave | Erase) or state.ending:
        return seat
    if presence is Presence.GONE:
        raise EventNotAllowed("Whoever has stopped does not come back to this session.")
    if not isinstance(event, Join | Distress):
        raise EventNotAllowed("Join again first.")
    return seat


# what each event does


def _answer(change: Change, event: Answer, seat: int) -> None:
    lane, walk = _acting(change, seat)
    if walk.open is not None and walk.open.gate is not None:
        raise EventNotAllowed("The screen is changing hands.")
    receive_answer(walk, seat, event.value, keep=event.keep)
    if lane is None:
        change.look_at_rating(seat)
    _after_acting(change, lane, walk)


def _continue(change: Change, event: Continue, seat: int) -> None:
    lane, walk = _acting(change, seat)
    opened = _open_of(walk)
    if opened.gate is not None:
        _through_the_gate(walk, opened.gate, seat)
    else:
        _ready(walk, seat)
    _after_acting(change, lane, walk)


def _through_the_gate(walk: Walk, gate: tuple[Gate, int], seat: int) -> None:
    if gate[1] != seat:
        raise EventNotAllowed("The screen waits for someone else.")
    walk.pass_gate(seat)


def _ready(walk: Walk, seat: int) -> None:
    """One person is ready to go on; on a shared screen, one for all."""
    moment, opened = walk.moment, _open_of(walk)
    if moment.kind is MomentKind.ASK or walk.can_show(moment, seat):
        raise EventNotAllowed("This moment waits for an answer; it may be skipped.")
    at_least = walk.seconds(moment.scope, moment.at_least)
    if at_least is not None and walk.now < opened.started + at_least:
        raise EventNotAllowed("A little longer.")
    for other in _going_on_together(walk, seat):
        walk.mark(other, Mark.DONE, Reason.DECLINED if moment.source is not None else None)
    hand_on(walk, seat)


def _going_on_together(walk: Walk, seat: int) -> tuple[int, ...]:
    """Who goes on when this person does: on a shared screen, everyone before the same page."""
    moment, marks = walk.moment, _open_of(walk).marks
    shared = walk.setup.screen is Screen.SHARED and moment.slot is None
    together = shared and not walk.passes_the_screen(moment)
    return tuple(
        [s for s in (walk.setup.seats if together else (seat,)) if marks[s] is Mark.PENDING]
    )


def _skip(change: Change, event: Skip, seat: int) -> None:
    lane, walk = _acting(change, seat)
    moment = walk.moment
    reason = Reason.DECLINED if moment.kind is MomentKind.REVEAL else Reason.SKIPPED
    for other in {seat, *_going_on_together(walk, seat)}:
        walk.mark(other, Mark.SKIPPED, reason)
    walk.set_gate(None)
    hand_on(walk, seat)
    _after_acting(change, lane, walk)


def _back(change: Change, event: Back, seat: int) -> None:
    walk = change.walk
    back, opened = walk.back, _open_of(walk)
    actors = [other for other, mark in enumerate(opened.marks) if mark is not Mark.NONE]
    if back is None or back.seat != seat or actors != [seat]:
        raise EventNotAllowed("There is no way back from here.")
    if not walk.reopen(back):
        raise EventNotAllowed("There is no way back from here.")


def _pause(change: Change, event: Pause, seat: int) -> None:
    until = event.until  # whatever it is, it keeps nobody from pausing
    if not isinstance(until, int | float) or not change.now < until < LATEST:
        until = None
    if change.pause is None:
        change.begin_pause(None if until is None else float(until))
    elif until is not None:
        change.set_return(float(until))


def _resume(change: Change, event: Resume, seat: int) -> None:
    change.vote(seat)


def _distress(change: Change, event: Distress, seat: int) -> None:
    rating = event.rating  # whatever it is, it keeps nobody from care
    much = isinstance(rating, int) and rating >= change.setup.policy.after
    if change.presence[seat] is Presence.AWAY:
        change.set_presence(seat, Presence.HERE)
    lane = change.lane(seat)
    if lane is None:
        change.begin_care(seat, LaneStage.GROUNDING if event.safe is True else LaneStage.HELP)
        return
    if change.pause is not None:
        change.wake(lane, change.pause.since)
    if lane.stage is LaneStage.GROUNDING and (much or event.safe is not True):
        change.lead_to_help(seat)


def _stop(change: Change, event: Stop, seat: int) -> None:
    if change.presence[seat] is Presence.GONE:
        change.idle = True
        return
    change.depart(seat)


def _leave(change: Change, event: Leave, seat: int) -> None:
    if change.presence[seat] is not Presence.HERE:
        change.idle = True
        return
    change.set_presence(seat, Presence.AWAY)
    change.drop_lane(seat)
    change.regroup()


def _join(change: Change, event: Join, seat: int) -> None:
    check_shape(event)
    if seat == NO_SEAT:
        change.welcome(event.by, event.name, event.role)
    elif change.presence[seat] is not Presence.HERE:
        change.set_presence(seat, Presence.HERE)
    else:
        change.idle = True


def _advance(change: Change, event: Advance, seat: int) -> None:
    _facilitator_only(change, seat)
    _open_of(change.walk)
    change.walk.set_gate(None)
    change.walk.expire()


def _extend(change: Change, event: Extend, seat: int) -> None:
    _facilitator_only(change, seat)
    check_shape(event)
    opened = _open_of(change.walk)
    if opened.due is None or opened.limit is None or not 0 < event.seconds < LATEST:
        raise EventNotAllowed("There is no timer to extend.")
    change.walk.extend(event.seconds)


def _erase(change: Change, event: Erase, seat: int) -> None:
    change.walk.erase(seat)
    change.settle()
    lane = change.lane(seat)
    if lane is not None:
        walk = change.lane_walk(lane)
        walk.erase(seat)
        change.keep_lane(lane, walk)


def _facilitator_only(change: Change, seat: int) -> None:
    if not change.is_facilitator(seat):
        raise EventNotAllowed("Only a facilitator can do this.")


def _acting(change: Change, seat: int) -> tuple[Lane | None, Walk]:
    """The lane, if it is one, and the walk in which this seat acts now."""
    lane = change.lane(seat)
    walk = change.walk if lane is None else change.lane_walk(lane)
    opened = _open_of(walk)
    if opened.marks[seat] in (Mark.NONE, Mark.ABSENT):
        raise EventNotAllowed("This moment is someone else's.")
    return lane, walk


def _open_of(walk: Walk) -> Open:
    if walk.open is None:
        raise EventNotAllowed("No moment is open.")
    return walk.open


def _after_acting(change: Change, lane: Lane | None, walk: Walk) -> None:
    if lane is not None:
        walk.settle()
        change.keep_lane(lane, walk)
    elif change.moving and walk.open is not None:
        walk.settle()


_CARRY_OUT: dict[type, Callable[[Change, Any, int], None]] = {
    Answer: _answer,
    Continue: _continue,
    Skip: _skip,
    Back: _back,
    Pause: _pause,
    Resume: _resume,
    Distress: _distress,
    Stop: _stop,
    Leave: _leave,
    Join: _join,
    Advance: _advance,
    Extend: _extend,
    Erase: _erase,
}
