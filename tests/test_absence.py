"""Whoever is skipped, leaves or never comes: it ends kindly, and nothing is left waiting or empty.

A session is led to some moment. Then people leave, stop or fall silent, and those who remain go on
as their examples say. However they went, the end is reached, nobody who is gone is waited for, and
no view has a hole where a name or an answer would stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compassion_protocols.language import parts
from compassion_protocols.language.values import Missing, shown
from compassion_protocols.session.events import (
    Advance,
    Continue,
    Event,
    Leave,
    Skip,
    Stop,
    Tick,
)
from compassion_protocols.session.rehearse import reply_from_example
from compassion_protocols.session.state import WAITING, Presence
from tests.checking.found import codes
from tests.midway import HASTY, HOUSEHOLD, here, midway, of_drawn, of_household, of_shipped

if TYPE_CHECKING:
    from compassion_protocols.language.values import Value
    from compassion_protocols.session.session import Session

LONGEST = 6_000
"""More events than any session of the tests needs to its end."""

HOW = ("leave", "stop", "silent")


@pytest.fixture(autouse=True)
def _no_holes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing that is missing be printed anywhere."""

    def strictly(value: Value | Missing) -> str:
        assert not isinstance(value, Missing), "a hole in a text"
        return shown(value)

    monkeypatch.setattr(parts, "shown", strictly)


def look(session: Session) -> None:
    """Everyone sees something whole, nobody is waited for who is not here, and they are enough."""
    state = session.state
    for person in state.setup.people:
        assert session.view(person.id).text.strip()
    opened = state.course.open
    if opened is None or state.frozen_since is not None or state.ending is not None:
        return
    able = [seat for seat in state.setup.seats if seat not in state.minding]
    able = [seat for seat in able if state.presence[seat] is Presence.HERE]
    assert {seat for seat, mark in enumerate(opened.marks) if mark in WAITING} <= set(able)
    for role in session.plan.protocol.seats:
        assert sum(state.setup.people[seat].role == role.name for seat in able) >= role.least


def look_back(session: Session) -> None:
    """Everyone can read what was, so far."""
    for person in session.state.setup.people:
        session.transcript(person.id)


def next_event(session: Session, silent: frozenset[str], skipping: bool) -> Event | None:
    """What those who remain do next; None if there is nothing that they can do but stop."""
    now = session.state.now
    for person in here(session, silent):
        view = session.view(person)
        if skipping and "skip" in view.actions:
            return Skip(by=view.viewer, token=view.token, at=now)
        event = reply_from_example(view, now)
        if event is None and "continue" in view.actions:
            event = Continue(by=view.viewer, token=view.token, at=now)
        if isinstance(event, Continue) and view.timer and view.timer.not_before:
            event = Continue(by=view.viewer, token=view.token, at=max(now, view.timer.not_before))
        if event is not None:
            return event
    if session.next_deadline is not None:
        return Tick(at=max(now, session.next_deadline))
    for person in here(session, silent):
        view = session.view(person)
        if "advance" in view.actions:
            return Advance(by=view.viewer, token=view.token, at=now)
    return None


def to_the_end(session: Session, silent: frozenset[str], *, skipping: bool) -> None:
    """Those who remain go on; where too few are left, they stop."""
    for _ in range(LONGEST):
        if session.ended:
            return
        event = next_event(session, silent, skipping)
        if event is None:
            break
        opened = session.state.course.opened
        session.receive(event)
        look(session)
        if session.ended or session.state.course.opened != opened:
            look_back(session)
    else:
        raise AssertionError("It does not end.")
    for person in here(session, silent):
        assert silent or session.view(person).kind in ("pause", "waiting", "hand_over")
    people = zip(session.state.setup.people, session.state.presence, strict=True)
    for person in [one.id for one, how in people if how is not Presence.GONE]:
        session.receive(Stop(by=person, at=session.state.now))
        look(session)
    look_back(session)
    assert session.ended


@st.composite
def departures(draw: st.DrawFn, session: Session) -> dict[str, str]:
    """Draw who goes, and how; with nobody to lead on, nobody falls silent."""
    ids = [person.id for person in session.state.setup.people]
    guide = session.state.setup.facilitator
    ways = HOW if guide is not None and session.state.presence[guide] is Presence.HERE else HOW[:2]
    gone = draw(st.sampled_from(_patterns(ids)) | st.sets(st.sampled_from(ids)))
    return {one: draw(st.sampled_from(ways)) for one in sorted(gone)}


def _patterns(ids: list[str]) -> list[set[str]]:
    """Everyone but one, one alone, and nobody."""
    return [set(), *[{one} for one in ids], *[set(ids) - {one} for one in ids]]


def depart(session: Session, how: dict[str, str]) -> frozenset[str]:
    """Let them go; gives those who have fallen silent."""
    now = session.state.now
    for person, way in how.items():
        if way != "silent":
            event = Leave(by=person, at=now) if way == "leave" else Stop(by=person, at=now)
            session.receive(event)
            look(session)
            look_back(session)
    return frozenset(person for person, way in how.items() if way == "silent")


def ends_kindly(session: Session, how: dict[str, str], *, skipping: bool) -> None:
    """Let people go at this moment, and those who remain go on to the end."""
    look(session)
    look_back(session)
    to_the_end(session, depart(session, how), skipping=skipping)


@settings(max_examples=50)
@given(midway(of_shipped()), st.data(), st.booleans())
def test_a_shipped_protocol_ends_kindly(
    session: Session, data: st.DataObject, skipping: bool
) -> None:
    """From any moment of a shipped protocol, whoever goes, those who remain come to the end."""
    ends_kindly(session, data.draw(departures(session)), skipping=skipping)


@settings(max_examples=50)
@given(midway(of_drawn()), st.data(), st.booleans())
def test_any_clean_protocol_ends_kindly(
    session: Session, data: st.DataObject, skipping: bool
) -> None:
    """The same holds for every file that has no findings."""
    ends_kindly(session, data.draw(departures(session)), skipping=skipping)


@settings(max_examples=50)
@given(midway(of_household()), st.data(), st.booleans())
def test_a_household_ends_kindly(session: Session, data: st.DataObject, skipping: bool) -> None:
    """The same holds where roles have several sizes, and people are named in every way."""
    ends_kindly(session, data.draw(departures(session)), skipping=skipping)


def test_the_household_is_clean() -> None:
    """What is proved of sessions of the household is proved of a file without findings."""
    assert codes(HOUSEHOLD) == []


def test_an_end_is_all_that_is_found_in_the_hasty_one() -> None:
    """Of the household that ends where some are away nothing is said but that."""
    assert codes(HASTY) == ["CP838", "CP838"]
