"""How long a moment lasts."""

from __future__ import annotations

from typing import Any

import pytest

from compassion_protocols.session.timing import GRACE
from tests.plans import plan_of
from tests.room import START, Room


def _lasts(step: str, chosen: str = "{}", **start: Any) -> float | None:  # noqa: ANN401  # of Session.start
    """After how many seconds this step closes by itself, if it is the first of a session."""
    head = f"settings: {chosen}\nsteps:\n"
    room = Room(plan_of(head + step), "Ana", **start)
    due = room.session.next_deadline
    return None if due is None else due - START


@pytest.mark.parametrize(
    ("step", "seconds"),
    [
        ("- say: One.", None),
        ("- {say: One., for: 20s}", 20),
        ("- {say: One., timer: {at_most: 20s}}", 20),
        ("- {say: One., for: 20s, timer: {at_most: 5s}}", 5),
        ("- {say: One., timer: {at_least: 5s}}", None),
        ("- {ask: One?, answer: text, example: a}", None),
        ("- {ask: One?, answer: text, example: a, timer: {at_most: 1m}}", 60),
        ("- {wait: Hush., for: 1m30s}", 90),
        ("- {speak: Talk., for: 40s}", 40 * GRACE),
        ("- {speak: Talk., for: 40s, timer: {at_most: 45s}}", 45),
        ("- {speak: Talk., for: 40s, at_least: 10s}", 40 * GRACE),
        ("- {breathe: {in: 4s, out: 6s}, count: 3}", 30),
        ("- {breathe: {in: 2s, hold: 1s, out: 3s, rest: 1s}, count: 2}", 14),
        ("- {breathe: {in: 4s, out: 6s}, for: 20s}", 20),
        ("- {breathe: {in: 4s, out: 6s}, for: 21s}", 30),
        ("- {breathe: {in: 4s, out: 6s}, count: 9, timer: {at_most: 1m}}", 60),
    ],
)
def test_a_moment_lasts_as_long_as_its_step_says(step: str, seconds: float | None) -> None:
    """A step closes at its own time or at its most, whichever comes first; others wait."""
    assert _lasts(step) == seconds


def test_speaking_has_a_grace() -> None:
    """Speaking is over at its time, and closed at one and a quarter of it."""
    room = Room(plan_of("steps:\n  - {speak: Talk., for: 40s}"), "Ana")
    timer = room.view("Ana").timer
    assert timer is not None
    assert (timer.started, timer.over, timer.due) == (START, START + 40, START + 50)


def test_lengths_may_be_settings() -> None:
    """A length or a number of breaths may be the name of a setting."""
    lengths = "{long: {duration: 30s, label: Long}, breaths: {number: 4, label: Breaths}}"
    assert _lasts("- {wait: Hush., for: long}", lengths) == 30
    assert _lasts("- {wait: Hush., for: long}", lengths, settings={"long": "2m"}) == 120
    assert _lasts("- {breathe: {in: 2s, out: 3s}, count: breaths}", lengths) == 20


def test_the_last_breath_is_finished() -> None:
    """Breathing for a time takes as many whole breaths as the time asks for."""
    room = Room(plan_of("steps:\n  - {breathe: {in: 4s, out: 6s}, for: 21s}"), "Ana")
    pace = room.view("Ana").pace
    assert pace is not None
    assert (pace.inhale, pace.hold, pace.exhale, pace.rest, pace.breaths) == (4, 0, 6, 0, 3)


UNTIL = plan_of("""
    audience: individual
    steps:
      - ask: When?
        id: hour
        answer: time
        example: "18:30"
      - wait: Until then.
        until: hour
        at_most: 2h
        otherwise:
          - say: Another day, then.
      - say: Here we are.
""")


def _waiting_until(hour: str, offset: int = 0) -> Room:
    """A session that has just heard the agreed time, at seventeen past midnight UTC."""
    room = Room(UNTIL, "Ana", at=17 * 60, utc_offset=offset)
    room.answer("Ana", hour)
    return room


def test_a_wait_ends_at_the_agreed_time_of_day() -> None:
    """Waiting until an agreed time closes at the next time the clock shows it."""
    room = _waiting_until("01:00")
    assert room.kind("Ana") == "wait"
    assert room.session.next_deadline == 3600
    room.tick(43 * 60)
    assert room.text("Ana") == "Here we are."


def test_the_agreed_time_is_of_the_people_s_own_clock() -> None:
    """The agreed time is read by the clock of the people, so many seconds from UTC."""
    assert _waiting_until("03:00", 2 * 3600).session.next_deadline == 3600
    assert _waiting_until("23:00", -2 * 3600).session.next_deadline == 3600


@pytest.mark.parametrize("hour", ["02:18", "00:16", "12:00"])
def test_a_time_too_far_off_goes_another_way(hour: str) -> None:
    """A time further away than fits, or just gone by, leads to what is said otherwise."""
    assert _waiting_until(hour).text("Ana") == "Another day, then."


def test_a_time_just_within_reach_is_waited_for() -> None:
    """The longest wait that fits is still waited for."""
    assert _waiting_until("02:17").session.next_deadline == 17 * 60 + 7200


def test_a_time_that_nobody_gave_goes_another_way() -> None:
    """Without an agreed time there is nothing to wait for."""
    room = Room(UNTIL, "Ana")
    room.skip("Ana")
    assert room.text("Ana") == "Another day, then."
    room.go("Ana")
    assert room.text("Ana") == "Here we are."


def test_without_another_way_the_wait_is_passed_over() -> None:
    """A wait that does not open, and says nothing otherwise, is simply not there."""
    plan = plan_of("""
        audience: individual
        steps:
          - ask: When?
            id: hour
            answer: time
            example: "18:30"
          - wait: Until then.
            until: hour
            at_most: 1h
          - say: On.
    """)
    room = Room(plan, "Ana")
    room.answer("Ana", "23:00")
    assert room.text("Ana") == "On."


def test_everyone_may_agree_to_start_sooner() -> None:
    """A wait is over before its time when everyone goes on."""
    room = _waiting_until("01:00")
    room.go("Ana")
    assert room.text("Ana") == "Here we are."
