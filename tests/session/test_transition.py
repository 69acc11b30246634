"""One event, one step: time, the facilitator, taking back, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.errors import CompassionError, EventNotAllowed, StaleMoment
from compassion_protocols.language.values import Missing, Reason
from compassion_protocols.session.effects import Opened, TimerSet
from compassion_protocols.session.events import Answer, Continue, Erase, Pause, Tick
from compassion_protocols.session.transition import next_deadline, transition
from tests.plans import plan_of
from tests.room import START, Room

if TYPE_CHECKING:
    from collections.abc import Callable

TIMED = plan_of("""
    roles:
      member: {people: 2-4}
    steps:
      - ask: A word?
        id: word
        shared: everyone
        answer: text
        timer: {at_most: 60s}
        example: a
      - wait: One minute.
        for: 60s
      - wait: Another.
        for: 60s
      - say: On.
""")


def _steps(steps: str) -> Room:
    return Room(plan_of(f"roles:\n  member: {{people: 1-4}}\nsteps: {steps}"), "Ana", "Ben")


# a pure step


def test_a_step_is_pure() -> None:
    """The same plan, state and event give the same next state and effects; the old one stays."""
    room = Room(TIMED, "Ana", "Ben")
    before, snapshot = room.state, room.session.snapshot()
    event = Answer(by="Ana", token="1.0", value="tea", at=START + 5)
    first = transition(room.session.plan, before, event)
    assert transition(room.session.plan, before, event) == first
    assert room.session.snapshot() == snapshot


def test_every_step_is_counted() -> None:
    """Each event that changes something adds one to the sequence, and what changes nothing none."""
    room = Room(TIMED, "Ana", "Ben")
    assert room.state.seq == 0
    room.answer("Ana", "tea")
    assert room.state.seq == 1
    room.join("Ana")
    room.answer("Ana", "tea", token="1.0")
    assert room.state.seq == 1


def test_a_stranger_s_events_are_refused() -> None:
    """Nobody acts in a session who has no seat in it."""
    room = Room(TIMED, "Ana", "Ben")
    for event in (
        Continue(by="Zoe", token="1.0", at=START),
        Pause(by="Zoe", at=START),
        Erase(by="", at=START),
    ):
        with pytest.raises(EventNotAllowed, match="Nobody of this name"):
            room.send(event)


@pytest.mark.parametrize("at", [float("nan"), float("inf"), -1e13, 1e12, "now", None, True])
def test_an_impossible_clock_is_refused(at: Any) -> None:  # noqa: ANN401
    """An event bears a finite time, not further from the epoch than any clock shows."""
    room = Room(TIMED, "Ana", "Ben")
    with pytest.raises(EventNotAllowed):
        room.send(Tick(at=at))
    with pytest.raises(EventNotAllowed):
        room.send(Pause(by="Ana", at=at))


# time


def test_time_never_goes_back() -> None:
    """An event with an earlier time happens at the last time there was."""
    room = Room(TIMED, "Ana", "Ben")
    room.later(30)
    room.answer("Ana", "tea")
    room.now = START - 500
    room.answer("Ben", "cake")
    assert room.state.now == START + 30
    assert room.session.next_deadline == START + 90


def test_a_tick_before_the_time_changes_nothing() -> None:
    """While nothing is due, a tick leaves the very same state."""
    room = Room(TIMED, "Ana", "Ben")
    before = room.state
    assert room.tick(59) == ()
    assert room.state is before


def test_when_its_time_is_over_a_question_is_left_open() -> None:
    """At its end, whoever is still waited for has timed out, and the others keep what they gave."""
    room = Room(TIMED, "Ana", "Ben")
    room.answer("Ana", "tea")
    room.tick(60)
    assert room.said("Ana") == ["Ana: tea", "Ben: left open"]
    entries = {entry.by: entry.value for _, entry in room.state.course.answers.items()}
    assert entries == {0: "tea", 1: Missing(Reason.TIMED_OUT)}


def test_one_event_closes_one_moment() -> None:
    """A late tick lets one moment expire, and the next timer starts when the tick came."""
    room = Room(TIMED, "Ana", "Ben")
    room.tick(10_000)
    assert room.text("Ana") == "One minute."
    assert room.session.next_deadline == START + 10_060
    room.tick(10_000)
    assert room.text("Ana") == "Another."


def test_any_event_lets_a_passed_deadline_expire_first() -> None:
    """A pause that comes after the deadline pauses the moment that follows."""
    room = Room(TIMED, "Ana", "Ben")
    room.later(61)
    room.pause("Ana")
    room.resume("Ana", "Ben")
    assert room.text("Ana") == "One minute."
    assert room.session.next_deadline == START + 61 + 60


def test_an_answer_that_was_on_its_way_counts() -> None:
    """An answer or going on with the live token wins against the deadline."""
    room = Room(TIMED, "Ana", "Ben")
    token = room.token("Ana")
    room.later(61)
    room.answer("Ana", "tea", token=token)
    assert room.kind("Ben") == "ask"
    room.tick()
    assert room.said("Ana") == ["Ana: tea", "Ben: left open"]
    room.later(61)
    room.go("Ana")
    assert room.view("Ben").waiting == ("Ben",)


def test_a_skip_that_was_on_its_way_counts() -> None:
    """A skip with the live token wins against the deadline as well."""
    room = Room(TIMED, "Ana", "Ben")
    token = room.token("Ana")
    room.later(61)
    room.skip("Ana", token=token)
    assert room.view("Ben").waiting == ("Ben",)


def test_a_late_advance_is_stale() -> None:
    """Whatever else was meant for a moment whose time is over comes too late for it."""
    room = Room(TIMED, "Ana", "Ben", facilitator="Fay")
    token = room.token("Fay")
    room.later(61)
    with pytest.raises(StaleMoment):
        room.advance("Fay", token=token)
    assert room.kind("Ana") == "ask"


def test_when_a_tick_is_worth_sending() -> None:
    """The next deadline is that of the open moment, of a lane, or of a pause's return."""
    room = Room(TIMED, "Ana", "Ben")
    assert room.session.next_deadline == START + 60
    room.pause("Ana", until=START + 500)
    assert room.session.next_deadline == START + 500
    room.resume("Ana", "Ben")
    room.stop("Ana")
    assert room.ended
    assert next_deadline(room.state) is None


def test_an_effect_says_that_a_timer_was_set() -> None:
    """When a moment with a time opens, an effect says when a tick is worth sending, and to whom."""
    room = Room(TIMED, "Ana", "Ben", facilitator="Fay")
    assert TimerSet(to=("Ana", "Ben"), due=START + 60) in room.session.effects
    effects = room.tick(60)
    assert effects == (
        Opened(to=("Ana", "Ben"), place="2"),
        TimerSet(to=("Ana", "Ben", "Fay"), due=START + 120),
    )


@given(st.lists(st.integers(0, 100), min_size=1, max_size=30))
def test_a_session_of_timers_ends_by_itself(gaps: list[int]) -> None:
    """However the ticks come, each closes one moment at the most, and in the end it is over."""
    room = _steps(
        "[{wait: One., for: 10s}, {wait: Two., for: 20s}, {breathe: {in: 4s, out: 4s}, count: 2}]"
    )
    for gap in gaps:
        before = room.state.course.at
        room.tick(gap)
        assert room.state.course.at - before in (0, 1)
    while not room.ended:
        room.tick(100)


# at least


def test_going_on_may_have_to_wait() -> None:
    """A step with a least time is not gone on from before that."""
    room = _steps("[{say: Slowly., timer: {at_least: 10s}}, {say: On.}]")
    timer = room.view("Ana").timer
    assert timer is not None
    assert (timer.not_before, timer.due) == (START + 10, None)
    with pytest.raises(EventNotAllowed, match="A little longer"):
        room.go("Ana")
    room.later(10)
    room.go("Ana", "Ben")
    assert room.text("Ana") == "On."


def test_skipping_need_not_wait() -> None:
    """Everything can be skipped at once, whatever its least time is."""
    room = _steps("[{speak: Talk., for: 5m, at_least: 1m}, {say: On.}]")
    room.skip("Ana")
    room.skip("Ben")
    assert room.text("Ana") == "On."


def test_going_on_twice_is_going_on_once() -> None:
    """A second going on before the moment closes changes nothing that anyone sees."""
    room = _steps("[{say: One.}, {say: Two.}]")
    room.go("Ana")
    views = [room.view(name) for name in ("Ana", "Ben")]
    room.go("Ana")
    assert [room.view(name).etag for name in ("Ana", "Ben")] == [view.etag for view in views]


# the facilitator


GUIDED = plan_of("""
    roles:
      member: {people: 2-4}
    steps:
      - ask: A word?
        id: word
        shared: everyone
        answer: text
        note: Give them time.
        example: a
      - wait: Hush.
        for: 60s
      - say: On.
""")


def test_a_facilitator_may_go_on_without_the_rest() -> None:
    """Advancing closes the moment; whoever was waited for has timed out."""
    room = Room(GUIDED, "Ana", "Ben", facilitator="Fay")
    assert "advance" in room.view("Fay").actions
    room.answer("Ana", "tea")
    room.advance("Fay")
    assert room.text("Ana") == "Hush."
    assert room.said("Ana") == ["Ana: tea", "Ben: left open"]


def test_a_facilitator_s_token_guards_against_advancing_twice() -> None:
    """Advancing again with the token of a moment that has closed is stale."""
    room = Room(GUIDED, "Ana", "Ben", facilitator="Fay")
    token = room.token("Fay")
    room.advance("Fay", token=token)
    with pytest.raises(StaleMoment):
        room.advance("Fay", token=token)


def test_a_facilitator_may_give_more_time_up_to_double() -> None:
    """Extending moves the end, to twice the time there was at the most."""
    room = Room(GUIDED, "Ana", "Ben", facilitator="Fay")
    assert "extend" not in room.view("Fay").actions
    room.advance("Fay")
    assert "extend" in room.view("Fay").actions
    effects = room.extend("Fay", 30)
    assert effects == (TimerSet(to=("Ana", "Ben", "Fay"), due=START + 90),)
    room.extend("Fay", 1_000)
    assert room.session.next_deadline == START + 120
    room.extend("Fay", 1_000)
    assert room.session.next_deadline == START + 120


@pytest.mark.parametrize("seconds", [0, -5, float("nan"), 1e13])
def test_more_time_is_more_than_none(seconds: float) -> None:
    """Extending by nothing, by less than nothing, or without end is refused."""
    room = Room(GUIDED, "Ana", "Ben", facilitator="Fay")
    room.advance("Fay")
    with pytest.raises(EventNotAllowed):
        room.extend("Fay", seconds)


def test_without_a_timer_there_is_nothing_to_extend() -> None:
    """A moment that waits for people has no end to move."""
    with pytest.raises(EventNotAllowed):
        Room(GUIDED, "Ana", "Ben", facilitator="Fay").extend("Fay", 10)


def test_only_a_facilitator_leads() -> None:
    """Advancing and extending are a facilitator's alone."""
    room = Room(GUIDED, "Ana", "Ben", facilitator="Fay")
    with pytest.raises(EventNotAllowed):
        room.advance("Ana")
    with pytest.raises(EventNotAllowed):
        room.extend("Ana", 10)
    assert not {"advance", "extend"} & set(room.view("Ana").actions)


def test_notes_are_for_the_facilitator() -> None:
    """A step's note is shown to the facilitator, and to nobody else."""
    room = Room(GUIDED, "Ana", "Ben", facilitator="Fay")
    assert room.view("Fay").note == "Give them time."
    assert room.view("Ana").note == room.view("Ben").note == ""


# taking back


def test_erasing_takes_back_every_answer_of_one_s_own() -> None:
    """After erasing, a person's answers are missing, and everyone else's are as they were."""
    room = Room(GUIDED, "Ana", "Ben")
    room.answer("Ana", "tea")
    room.answer("Ben", "cake")
    room.erase("Ana")
    assert room.said("Ben") == ["Ana: left open", "Ben: cake"]
    entries = {entry.by: entry.value for _, entry in room.state.course.answers.items()}
    assert entries == {0: Missing(Reason.ERASED), 1: "cake"}


def test_erasing_takes_drafts_too() -> None:
    """A draft goes with the rest, and the question stays open."""
    plan = plan_of("""
        steps:
          - ask: A word?
            id: word
            answer: text
            rules: [{words: {max: 1}, say: One?}]
            example: a
            counterexamples: [a b]
    """)
    room = Room(plan, "Ana")
    room.answer("Ana", "two words")
    room.erase("Ana")
    assert (room.view("Ana").draft, room.view("Ana").invite) == (None, ())
    assert room.kind("Ana") == "ask"
    assert "two words" not in room.session.snapshot()


@pytest.mark.parametrize("when", ["open", "paused", "in care", "away", "stopped", "ended"])
def test_taking_back_is_possible_at_any_time(when: str) -> None:
    """Erasing works in a pause, in care, from away, after stopping and after the end."""
    room = Room(GUIDED, "Ana", "Ben", "Cem")
    for name in ("Ana", "Ben", "Cem"):
        room.answer(name, f"secret of {name}")
    if when == "paused":
        room.pause("Ana")
    elif when == "in care":
        room.distress("Ana")
        while room.kind("Ana") == "say":
            room.go("Ana")
        room.answer("Ana", 5)
    elif when == "away":
        room.leave("Ana")
    elif when == "stopped":
        room.stop("Ana")
    elif when == "ended":
        room.stop("Cem")
        room.stop("Ben")
    assert "erase" in room.view("Ana").actions
    room.erase("Ana")
    assert "secret of Ana" not in room.session.snapshot()
    assert "secret of Ben" in room.session.snapshot()
    values = [e.value for lane in room.state.lanes for _, e in lane.course.answers.items()]
    assert values == ([Missing(Reason.ERASED)] if when == "in care" else [])


def test_the_end_changes_with_what_is_taken_back() -> None:
    """A closing text that reads what was erased gives way to the standing one."""
    plan = plan_of("""
        audience: individual
        steps:
          - {ask: A?, id: a, answer: text, example: a}
          - {end: "You said {{ a }}."}
    """)
    room = Room(plan, "Ana")
    room.answer("Ana", "tea")
    assert room.text("Ana") == "You said tea."
    room.erase("Ana")
    assert "You said" not in room.text("Ana")


# errors


def test_every_error_of_a_step_is_one_of_the_library_s() -> None:
    """Whatever is not allowed raises an error under the one base."""
    room = Room(GUIDED, "Ana", "Ben")
    acts: list[Callable[[], object]] = [
        lambda: room.answer("Ana", "x", token="7.0"),
        lambda: room.answer("Ana", 3),
        lambda: room.back("Ana"),
        lambda: room.advance("Ana"),
        lambda: room.join("Zoe"),
    ]
    for act in acts:
        with pytest.raises(CompassionError):
            act()
