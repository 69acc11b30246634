"""Where a session stands."""

from __future__ import annotations

import pytest

from compassion_protocols.session.state import Entry, Presence, Setup, Status
from tests.plans import plan_of
from tests.room import Room

TALK = plan_of("""
    roles:
      member: {people: 1-5}
    steps:
      - say: One.
      - say: Two.
""")


def test_people_have_seats_in_the_order_they_came() -> None:
    """Seats are numbered as people were named, the facilitator last."""
    state = Room(TALK, "Ana", "Ben", facilitator="Fay").state
    assert [state.seat(name) for name in ("Ana", "Ben", "Fay")] == [0, 1, 2]
    assert state.setup.facilitator == 2


def test_a_stranger_has_no_seat() -> None:
    """Asking for the seat of someone who is not there is a LookupError."""
    with pytest.raises(LookupError):
        Room(TALK, "Ana").state.seat("Ben")


def test_without_a_facilitator_there_is_no_seat_for_one() -> None:
    """A session need not have a facilitator."""
    assert Setup(session="s", people=()).facilitator is None


def test_the_four_kinds_of_time() -> None:
    """For each seat, time is open, paused, care or ended."""
    room = Room(TALK, "Ana", "Ben", "Cem")
    assert room.state.status(0) is Status.OPEN
    room.distress("Ana")
    assert [room.state.status(seat) for seat in (0, 1, 2)] == [Status.CARE, *[Status.OPEN] * 2]
    room.pause("Ben")
    assert {room.state.status(seat) for seat in (0, 1, 2)} == {Status.PAUSED}
    room.resume("Ana", "Ben", "Cem")
    for name in ("Ana", "Ben", "Cem"):
        room.stop(name)
    assert {room.state.status(seat) for seat in (0, 1, 2)} == {Status.ENDED}


def test_beside_someone_in_care_it_is_care_for_all_while_time_stands_still() -> None:
    """With two people, the care of one is care for both, even after the other's lane is over."""
    room = Room(TALK, "Ana", "Ben")
    room.distress("Ana")
    room.ground("Ben")
    assert room.state.lane(1) is None
    assert room.state.status(1) is Status.CARE
    assert room.kind("Ben") == "waiting"


def test_those_in_care_count_as_away() -> None:
    """Whoever has a lane of their own is minding themselves, not the session."""
    room = Room(TALK, "Ana", "Ben", "Cem")
    room.distress("Cem")
    assert room.state.minding == {2}
    assert room.state.presence == (Presence.HERE,) * 3


def test_an_entry_is_open_to_its_writer_and_its_readers() -> None:
    """An answer may be read by who wrote it and by those it names, and by nobody else."""
    entry = Entry("words", 1, 0.0, (2,))
    assert [entry.is_open_to(seat) for seat in (0, 1, 2)] == [False, True, True]
