"""Random plans, sessions and events."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from compassion_protocols.catalog import bundled
from compassion_protocols.loading import load
from compassion_protocols.session.session import Session
from compassion_protocols.testing import event_sequences, plans, sessions
from compassion_protocols.testing.drawing import MOST_DRAWN

PLANS = [load(name) for name in bundled().ids()]


@settings(max_examples=10)
@given(plans())
def test_a_plan_has_the_care_around_it(plan: object) -> None:
    """A drawn plan is one of the library's own, with the bundled care."""
    assert isinstance(plan, type(PLANS[0]))
    assert set(plan.care) == {"pause", "grounding", "help"}


@settings(max_examples=10)
@given(plans(2, facilitated=True))
def test_a_plan_of_a_kind(plan: object) -> None:
    """Plans can be asked for so many people, and with a facilitator."""
    assert isinstance(plan, type(PLANS[0]))
    assert [seat.most for seat in plan.protocol.seats] == [2]
    assert plan.protocol.care.tier >= 2


@given(st.sampled_from(PLANS).flatmap(sessions))
def test_a_session_of_any_plan_begins(session: Session) -> None:
    """Of any shipped protocol sessions can be drawn, with as few people as it allows at most."""
    care = session.plan.protocol.care
    people = [person for person in session.state.setup.people if person.role != "facilitator"]
    least = sum(seat.least for seat in session.plan.protocol.seats)
    assert least <= len(people) <= max(least, MOST_DRAWN)
    assert care.tier < 3 or session.state.setup.facilitator is not None
    assert session.plan in PLANS


@given(st.sampled_from(PLANS).flatmap(sessions), st.data())
def test_events_that_were_drawn_can_be_received(session: Session, data: st.DataObject) -> None:
    """A session receives all events that were drawn for it, and was left alone meanwhile."""
    before = session.state
    events = data.draw(event_sequences(session, most=12))
    assert session.state is before
    assert len(events) <= 12
    for event in events:
        session.receive(event)
