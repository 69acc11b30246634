"""Every moment can be paused and cared for, and comes back as it was.

A session is led to some moment and stands still there: for a pause, or while someone is led through
grounding. Afterwards everyone sees what they saw, with the same token and the time that was left,
or what the moment's `resume` says instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from compassion_protocols.model.choices import Resume as After
from compassion_protocols.model.plan import Moment
from compassion_protocols.session.events import Distress, Pause, Resume, Skip, Tick
from compassion_protocols.session.state import LaneStage, Presence, Status
from tests.midway import here, midway, of_drawn, of_household, of_shipped
from tests.room import check_restoring

if TYPE_CHECKING:
    from compassion_protocols.session.session import Session
    from compassion_protocols.session.view import View

moments = midway(st.one_of(of_shipped(), of_drawn(), of_household()))
stills = st.sampled_from([0, 1, 40, 3_600, 100_000])


def open_moment(session: Session) -> Moment:
    """The moment that is open; the test is left out where the session stands still or is over."""
    state = session.state
    while (deadline := session.next_deadline) is not None and deadline <= state.now:
        session.receive(Tick(at=state.now))
        state = session.state
    assume(not session.ended and state.frozen_since is None and not state.lanes)
    op = session.plan.ops[state.course.at]
    assert isinstance(op, Moment)
    return op


def seen(session: Session) -> list[dict[str, Any]]:
    """What everyone sees, but for the clock."""
    views: list[View] = [session.view(one.id) for one in session.state.setup.people]
    return [
        {name: getattr(view, name) for name in _STEADY} | {"timed": view.timer is not None}
        for view in views
    ]


_STEADY = (
    "status", "kind", "text", "token", "heading", "addressed", "input", "invite", "draft", "pace",
    "waiting", "hand_to", "minutes_left", "actions", "note",
)  # fmt: skip


def clocks(session: Session) -> tuple[float | None, ...]:
    """What is left of each timer, in seconds: the moment's, then those of the blocks around it."""
    state = session.state
    assert state.course.open is not None
    dues = (state.course.open.due, *[frame.due for frame in state.course.frames])
    return tuple([None if due is None else due - state.now for due in dues])


def check_clock(session: Session) -> None:
    """No deadline belongs to what does not move."""
    state, deadline = session.state, session.next_deadline
    if session.ended:
        assert deadline is None
        return
    dues = [lane.course.open.due for lane in state.lanes if lane.course.open and not lane.still]
    if state.frozen_since is None and state.course.open is not None:
        dues.append(state.course.open.due)
    if state.pause is not None and not state.pause.reminded:
        dues.append(state.pause.until)
    assert deadline == min((due for due in dues if due is not None), default=None)
    check_restoring(session)


def expected(session: Session, moment: Moment, still: float) -> tuple[float | None, ...]:
    """What is left of each timer once the moment goes on, after so many seconds of standing still.

    The blocks around it go on with what was left; the moment itself as its `resume` says.
    """
    own, *blocks = clocks(session)
    opened = session.state.course.open
    assert opened is not None
    if own is not None and opened.due is not None:
        length = opened.due - opened.started
        own = {After.RESTART: length, After.DEADLINE: own - still}.get(moment.resume, own)
    return (own, *blocks)


@settings(max_examples=40)
@given(moments, st.data(), stills)
def test_a_pause_brings_everyone_back(session: Session, data: st.DataObject, still: float) -> None:
    """After a pause of any length everyone sees the same moment, with the time it says."""
    moment = open_moment(session)
    state = session.state
    before, left = seen(session), expected(session, moment, still)
    by = data.draw(st.sampled_from(here(session)))
    session.receive(Pause(by=by, at=state.now))
    check_clock(session)
    assert session.next_deadline is None
    assert len({session.view(one).text for one in here(session)}) == 1
    for one in here(session):
        if session.state.pause is not None:
            session.receive(Resume(by=one, at=state.now + still))
            check_clock(session)
    assert session.state.pause is None
    assert seen(session) == before
    assert clocks(session) == left


def ground(session: Session, at: float) -> None:
    """Everyone who is led through grounding leaves all of it open."""
    for _ in range(200):
        lanes = session.state.lanes
        if not lanes:
            return
        view = session.view(session.state.setup.people[lanes[0].seat].id)
        session.receive(Skip(by=view.viewer, token=view.token, at=at))
        check_clock(session)
    raise AssertionError("care that does not end")


@settings(max_examples=40)
@given(moments, st.data(), stills)
def test_grounding_brings_everyone_back(
    session: Session, data: st.DataObject, still: float
) -> None:
    """After grounding, whoever stood still sees the same moment, with the time it says."""
    moment = open_moment(session)
    state = session.state
    before, left = seen(session), expected(session, moment, still)
    by = data.draw(st.sampled_from(here(session)))
    session.receive(Distress(by=by, safe=True, at=state.now))
    check_clock(session)
    assert session.view(by).status is Status.CARE
    stood_still = session.state.frozen_since is not None
    ground(session, state.now + still)
    if stood_still:
        assert seen(session) == before
        assert clocks(session) == left


@settings(max_examples=25)
@given(moments, st.data())
def test_whoever_is_not_safe_is_led_to_help(session: Session, data: st.DataObject) -> None:
    """Whoever does not feel safe sees how to reach a person, and has stopped with its end."""
    open_moment(session)
    by = data.draw(st.sampled_from(here(session)))
    now = session.state.now
    session.receive(Distress(by=by, safe=False, at=now))
    check_clock(session)
    lane = session.state.lane(session.state.seat(by))
    assert lane is not None
    assert lane.stage is LaneStage.HELP
    view = session.view(by)
    assert view.help.near
    assert view.text.strip()
    ground(session, now)
    assert session.state.presence[session.state.seat(by)] is Presence.GONE
