"""Who is here, pausing and going on, and the clocks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.errors import EventNotAllowed, PeopleRejected, StaleMoment
from compassion_protocols.loading import load
from compassion_protocols.session.effects import Answered, Ended, Opened, Paused, Resumed, TimerSet
from compassion_protocols.session.lines import (
    AWAY_LINE,
    ENDED_EARLY_LINE,
    GONE_LINE,
    WELCOME_LINE,
)
from compassion_protocols.session.state import Presence, Screen, Status
from tests.plans import plan_of
from tests.room import START, Room


def _talk(people: str, *names: str, **start: Any) -> Room:  # noqa: ANN401  # of Session.start
    plan = plan_of(f"""
        roles:
          member: {people}
        steps:
          - ask: A word?
            id: word
            shared: everyone
            answer: text
            example: a
          - say: On.
          - say: And on.
    """)
    return Room(plan, *names, **start)


TRIO = ("Ana", "Ben", "Cem")
TIMED = """
steps:
  - STEP
  - say: On.
"""


def _timed(step: str, **start: Any) -> Room:  # noqa: ANN401  # of Session.start
    return Room(plan_of(f"audience: individual{TIMED.replace('STEP', step)}"), "Ana", **start)


# leaving is being away


def test_whoever_leaves_is_not_waited_for() -> None:
    """On leaving, a pending mark becomes absent, and the others go on when they are done."""
    room = _talk("{people: 2-5}", *TRIO)
    room.answer("Ana", "a")
    room.answer("Ben", "b")
    room.leave("Cem")
    assert room.text("Ana") == "On."
    assert room.text("Cem") == AWAY_LINE
    assert "Cem: left open" in room.said("Ana")


def test_whoever_leaves_keeps_what_they_gave() -> None:
    """An answer that was given stays given when its writer leaves."""
    room = _talk("{people: 2-5}", *TRIO)
    room.answer("Cem", "c")
    room.leave("Cem")
    room.answer("Ana", "a")
    room.answer("Ben", "b")
    assert "Cem: c" in room.said("Ana")


def test_whoever_returns_acts_from_the_next_moment() -> None:
    """Someone who comes back is greeted, and takes part again when the next moment opens."""
    room = _talk("{people: 2-5}", *TRIO)
    room.leave("Cem")
    room.join("Cem")
    assert room.text("Cem") == WELCOME_LINE
    with pytest.raises(EventNotAllowed):
        room.answer("Cem", "c")
    room.answer("Ana", "a")
    room.answer("Ben", "b")
    assert room.text("Cem") == "On."


def test_whoever_is_away_may_only_come_back_stop_or_call_for_care() -> None:
    """Someone who is away joins again before anything else; stopping and distress go at once."""
    room = _talk("{people: 2-5}", *TRIO)
    room.leave("Cem")
    for act in (room.go, room.skip, room.pause, room.resume):
        with pytest.raises((EventNotAllowed, StaleMoment)):
            act("Cem")
    assert set(room.view("Cem").actions) == {"join", "distress", "stop", "erase"}
    room.erase("Cem")
    room.stop("Cem")
    assert room.text("Cem") == GONE_LINE


def test_below_the_role_s_minimum_the_session_pauses() -> None:
    """If too few are left, the session pauses, and whoever left is still asked when it goes on."""
    room = _talk("{people: 3-5}", *TRIO)
    effects = room.leave("Cem")
    assert Paused(to=TRIO) in effects
    assert {room.view(name).status for name in TRIO} == {Status.PAUSED}
    room.resume("Ana", "Ben")
    assert room.view("Ana").status is Status.PAUSED
    room.join("Cem")
    room.resume("Cem")
    assert room.text("Cem") == "A word?"


def test_a_pause_says_who_must_come_back() -> None:
    """Where too few are here to go on, whoever is away is among those who are waited for."""
    room = _talk("{people: 3-5}", *TRIO, facilitator="Fay")
    room.leave("Cem")
    room.resume("Ana", "Fay")
    assert room.view("Ana").waiting == ("Ben", "Cem")
    enough = _talk("{people: 2-5}", *TRIO)
    enough.leave("Cem")
    enough.pause("Ana")
    assert enough.view("Ana").waiting == ("Ana", "Ben")


def test_a_role_may_end_the_session_instead() -> None:
    """With `if_fewer: end`, too few people are the end."""
    room = _talk("{people: 3-5, if_fewer: end}", *TRIO)
    assert room.leave("Cem") == (Ended(to=TRIO),)
    assert room.text("Ana") == room.text("Cem") == ENDED_EARLY_LINE


def test_if_everyone_leaves_the_session_rests() -> None:
    """With nobody here the session pauses, and waits until someone comes back and goes on."""
    room = _talk("{people: 1-5}", "Ana")
    room.leave("Ana")
    assert not room.ended
    room.join("Ana")
    assert room.kind("Ana") == "pause"
    room.resume("Ana")
    assert room.text("Ana") == "A word?"


def test_a_required_facilitator_is_waited_for() -> None:
    """A protocol that may not start without a facilitator does not go on without one, either."""
    room = Room(load("group-circle"), *TRIO, facilitator="Fay")
    room.leave("Fay")
    assert room.view("Ana").status is Status.PAUSED
    room.resume(*TRIO)
    assert room.view("Ana").status is Status.PAUSED
    room.join("Fay")
    assert room.view("Ana").waiting == ("Fay",)
    room.resume("Fay")
    assert room.view("Ana").status is Status.OPEN


def test_a_facilitator_who_is_not_required_may_step_out() -> None:
    """Where a facilitator is not required, the others go on without them for a while."""
    room = _talk("{people: 2-5}", *TRIO, facilitator="Fay")
    room.leave("Fay")
    assert room.view("Ana").status is Status.OPEN


# stopping is final


def test_stopping_removes_a_person_for_good() -> None:
    """Whoever stops has gone, and does not come back."""
    room = _talk("{people: 2-5}", *TRIO)
    room.stop("Ana")
    assert room.state.presence[0] is Presence.GONE
    assert room.text("Ana") == GONE_LINE
    for act in (room.join, room.pause, room.distress, room.resume):
        with pytest.raises(EventNotAllowed):
            act("Ana")


def test_below_the_minimum_stopping_ends_the_session() -> None:
    """If too few are left after someone stops, the session ends in neutral words."""
    room = _talk("{people: 2-5}", "Ana", "Ben")
    effects = room.stop("Ana")
    assert effects == (Ended(to=("Ben",)),)
    assert room.text("Ana") == room.text("Ben") == ENDED_EARLY_LINE


def test_a_facilitator_who_stops_ends_the_session() -> None:
    """Stopping by the facilitator is the end."""
    room = _talk("{people: 2-5}", *TRIO, facilitator="Fay")
    room.stop("Fay")
    assert room.ended


def test_after_the_end_nothing_more_is_refused_that_was_always_possible() -> None:
    """When all is over, stopping, leaving, pausing and distress are no faults, from anybody."""
    room = _talk("{people: 2-5}", "Ana", "Ben")
    room.stop("Ana")
    before = room.state
    for name in ("Ana", "Ben"):
        for act in (room.stop, room.leave, room.pause, room.distress, room.resume):
            assert act(name) == ()
    assert room.state is before


# newcomers


def test_a_newcomer_takes_a_free_seat() -> None:
    """Someone new joins where their role has room, and takes part from the next moment on."""
    room = _talk("{people: 2-3}", "Ana", "Ben")
    room.join("c-1", name="Cem", role="member")
    assert room.text("c-1") == WELCOME_LINE
    room.answer("Ana", "a")
    room.answer("Ben", "b")
    assert room.text("c-1") == "On."
    assert room.view("Ana").waiting == ("Ana", "Ben", "Cem")


def test_a_newcomer_is_called_by_their_id_if_they_give_no_name() -> None:
    """Without a name, a newcomer's id is shown."""
    room = _talk("{people: 2-3}", "Ana", "Ben")
    room.join("Cem", role="member")
    assert room.state.setup.people[2].name == "Cem"


@pytest.mark.parametrize("role", ["", "visitor", "facilitator"])
def test_there_is_no_seat_outside_the_roles(role: str) -> None:
    """Nobody joins without a role of the protocol."""
    with pytest.raises(EventNotAllowed):
        _talk("{people: 2-3}", "Ana", "Ben").join("Cem", role=role)


def test_there_is_no_seat_beyond_a_role_s_most() -> None:
    """A role that is full takes nobody new, and has room again when someone has stopped."""
    room = _talk("{people: 2-3}", *TRIO)
    with pytest.raises(EventNotAllowed):
        room.join("Dee", role="member")
    room.stop("Ana")
    room.join("Dee", role="member")
    assert room.state.presence[3] is Presence.HERE


def test_nobody_new_joins_what_people_are_screened_for() -> None:
    """A session whose people are screened before it takes nobody new."""
    room = Room(load("structured-empathy-exchange"), "Ana", "Ben", cleared={"Ana", "Ben"})
    with pytest.raises(EventNotAllowed):
        room.join("Cem", role="partner")


@pytest.mark.parametrize("name", ["x" * 81, "a\nb", "a\x1b[2J"])
def test_a_newcomer_s_name_is_looked_at(name: str) -> None:
    """A newcomer's name is a printable line of at most eighty characters."""
    with pytest.raises(PeopleRejected):
        _talk("{people: 2-3}", "Ana", "Ben").join("c", name=name, role="member")


def test_a_newcomer_joins_turns_from_the_next_block() -> None:
    """Turns that have begun go to those who were there; the newcomer speaks in the next ones."""
    plan = plan_of("""
        roles:
          member: {people: 1-5}
        steps:
          - for_each: 2
            steps:
              - turns: member
                steps: [{say: "{{ speaker }}.", who: speaker}]
    """)
    room = Room(plan, "Ana", "Ben")
    room.join("Cem", role="member")
    speakers = []
    while not room.ended:
        speaker = room.view("Ana").waiting[0]
        speakers.append(speaker)
        room.go(speaker)
    assert speakers == ["Ana", "Ben", "Ana", "Ben", "Cem"]


# a pause


def test_a_pause_shows_everyone_the_same_card() -> None:
    """Anyone may call a pause; everyone sees the same card, and nobody sees who called it."""
    room = _talk("{people: 2-5}", *TRIO, facilitator="Fay")
    everyone = (*TRIO, "Fay")
    assert room.pause("Ben") == (Paused(to=everyone),)
    views = [room.view(name) for name in everyone]
    assert {view.kind for view in views} == {"pause"}
    assert len({view.text for view in views}) == 1
    assert "A time-out is a kindness" in views[0].text
    assert not any(name in views[0].text for name in everyone)


def test_nothing_moves_in_a_pause() -> None:
    """In a pause no answer is taken, and no time runs."""
    room = _timed("{ask: A?, id: a, answer: text, example: a, timer: {at_most: 1m}}")
    token = room.token("Ana")
    room.pause("Ana")
    assert room.session.next_deadline is None
    assert room.tick(10_000) == ()
    for act in (room.go, room.skip, room.back):
        with pytest.raises(EventNotAllowed):
            act("Ana", token=token)


def test_all_who_are_here_agree_to_go_on() -> None:
    """A pause ends when all who are here have agreed, and each may see who has not yet."""
    room = _talk("{people: 2-5}", *TRIO)
    room.pause("Ana")
    assert room.view("Ana").waiting == TRIO
    room.resume("Ana", "Cem")
    assert room.view("Ana").waiting == ("Ben",)
    assert room.resume("Ben")[-1] == Resumed(to=TRIO)
    assert room.text("Ana") == "A word?"


def test_whoever_is_away_has_no_vote_and_a_new_one_when_they_return() -> None:
    """Those who leave a pause are not waited for, and agree anew when they come back."""
    room = _talk("{people: 2-5}", *TRIO)
    room.pause("Ana")
    room.resume("Cem")
    room.leave("Cem")
    room.join("Cem")
    room.resume("Ana", "Ben")
    assert room.view("Ana").waiting == ("Cem",)
    room.resume("Cem")
    assert room.view("Ana").status is Status.OPEN


@pytest.mark.parametrize("how", ["leave", "stop"])
def test_when_the_last_who_did_not_agree_leaves_the_pause_is_over(how: str) -> None:
    """If all who are left have agreed, the session goes on."""
    room = _talk("{people: 2-5}", *TRIO)
    room.pause("Ana")
    room.resume("Ana", "Ben")
    room.leave("Cem") if how == "leave" else room.stop("Cem")
    assert room.view("Ana").status is Status.OPEN


def test_agreeing_is_not_enough_where_too_few_are_here() -> None:
    """A pause does not end while a role has fewer people here than it needs."""
    room = _talk("{people: 3-5}", *TRIO)
    room.pause("Ana")
    room.leave("Cem")
    room.resume("Ana", "Ben")
    assert room.view("Ana").status is Status.PAUSED


def test_on_a_shared_screen_one_agrees_for_all() -> None:
    """On a shared screen one vote is everyone's."""
    room = _talk("{people: 2-5}", *TRIO, screen=Screen.SHARED)
    room.pause("Ana")
    room.resume("Ben")
    assert room.view("Ana").status is Status.OPEN


def test_a_time_of_return_reminds_and_resumes_nothing() -> None:
    """A pause may carry a time of return; when it comes, all are reminded once, and no more."""
    room = _talk("{people: 2-5}", *TRIO)
    until = START + 1_200
    effects = room.pause("Ana", until=until)
    assert effects == (Paused(to=TRIO, until=until), TimerSet(to=TRIO, due=until))
    assert room.session.next_deadline == until
    timer = room.view("Ben").timer
    assert timer is not None
    assert timer.over == until
    assert room.tick(1_300) == (Paused(to=TRIO, until=until, reminder=True),)
    assert room.view("Ana").status is Status.PAUSED
    assert room.tick(1_300) == ()
    assert room.session.next_deadline is None


def test_an_absence_keeps_the_end_of_a_wait_whose_clock_runs_on() -> None:
    """Whoever is away during such a wait is reminded with the others when its time is over."""
    steps = "[{wait: A, for: 20m, resume: deadline}, {say: B}]"
    room = Room(plan_of(f"roles: {{one: {{people: 2}}}}\nsteps: {steps}"), "Ana", "Ben")
    until = START + 1_200
    assert room.leave("Ana") == (
        Paused(to=("Ana", "Ben"), until=until),
        TimerSet(to=("Ana", "Ben"), due=until),
    )
    assert room.tick(1_200) == (Paused(to=("Ana", "Ben"), until=until, reminder=True),)
    room.join("Ana")
    room.resume("Ana", "Ben")
    room.tick()
    assert room.text("Ana") == "B"


def test_another_time_of_return_may_be_agreed() -> None:
    """During a pause anyone may set another time of return, of which all are reminded again."""
    room = _talk("{people: 2-5}", *TRIO)
    room.pause("Ana", until=START + 60)
    room.tick(60)
    room.pause("Ben", until=START + 600)
    assert room.session.next_deadline == START + 600
    room.pause("Cem")
    assert room.session.next_deadline == START + 600


@pytest.mark.parametrize("until", [START, START - 5, -1e15, 1e15, float("nan"), float("inf")])
def test_a_return_in_the_past_or_never_is_no_time_of_return(until: float) -> None:
    """A time of return that is not ahead is left out; the pause is called all the same."""
    room = _talk("{people: 2-5}", *TRIO)
    room.pause("Ana", until=until)
    assert room.view("Ana").timer is None


# the clocks


@pytest.mark.parametrize(
    ("step", "started", "due"),
    [
        ("{wait: Hush., for: 60s}", START + 500, START + 560),
        ("{wait: Hush., for: 60s, resume: restart}", START + 520, START + 580),
        ("{wait: Hush., for: 60s, resume: deadline}", START, START + 60),
        ("{breathe: {in: 4s, out: 6s}, count: 6}", START + 520, START + 580),
        ("{breathe: {in: 4s, out: 6s}, count: 6, resume: remaining}", START + 500, START + 560),
    ],
)
def test_what_a_timer_does_after_a_pause(step: str, started: float, due: float) -> None:
    """After a pause the remaining time runs on; breathing begins again; a deadline stands."""
    room = _timed(step)
    room.later(20)
    room.pause("Ana")
    room.later(500)
    effects = room.resume("Ana")
    assert TimerSet(to=("Ana",), due=due) in effects
    timer = room.view("Ana").timer
    assert timer is not None
    assert (timer.started, timer.due) == (started, due)


def test_a_deadline_that_passed_in_a_pause_is_over_with_the_next_event() -> None:
    """A deadline that a pause does not move may be over when the session goes on."""
    room = _timed("{wait: Hush., for: 60s, resume: deadline}")
    room.pause("Ana")
    room.later(500)
    room.resume("Ana")
    assert room.kind("Ana") == "wait"
    room.tick()
    assert room.text("Ana") == "On."


def test_paused_time_is_no_part_of_a_least_time() -> None:
    """The least time of a step is time that was open, with or without a timer."""
    room = _timed("{say: Slowly., timer: {at_least: 30s}}")
    room.later(20)
    room.pause("Ana")
    room.later(500)
    room.resume("Ana")
    with pytest.raises(EventNotAllowed):
        room.go("Ana")
    room.later(10)
    room.go("Ana")
    assert room.text("Ana") == "On."


def test_paused_time_is_no_part_of_a_block_s_time() -> None:
    """The soft time of a block stands still in a pause."""
    room = _timed("{part: P, timer: {at_most: 1m}, steps: [{say: One.}, {say: Two.}]}")
    room.pause("Ana")
    room.later(500)
    room.resume("Ana")
    room.go("Ana")
    assert room.text("Ana") == "Two."


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 1_000)), max_size=8))
def test_paused_time_never_counts(pauses: list[tuple[int, int]]) -> None:
    """However often it is paused, a wait lasts as long as it should, pauses not counted."""
    room = _timed("{wait: Hush., for: 200s}")
    open_time = 0
    for waited, paused in pauses:
        room.later(waited)
        open_time += waited
        room.pause("Ana")
        room.later(paused)
        room.resume("Ana")
    assert room.session.next_deadline == room.now + 200 - open_time
    room.tick(199 - open_time)
    assert room.kind("Ana") == "wait"
    room.tick(1)
    assert room.text("Ana") == "On."


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100), st.booleans())
def test_time_in_care_never_counts_either(first: int, second: int, third: int, pause: bool) -> None:
    """While care holds the session, and a pause in it, its own clock stands still."""
    room = _timed("{wait: Hush., for: 200s}")
    room.later(first)
    room.distress("Ana")
    room.later(second)
    if pause:
        room.pause("Ana")
        room.later(third)
        room.resume("Ana")
    room.ground("Ana")
    assert room.session.next_deadline == room.now + 200 - first


def test_pausing_and_going_on_leave_the_rest_as_it_was() -> None:
    """After a pause, answers, marks, tokens and people are what they were before."""
    room = _talk("{people: 2-5}", *TRIO)
    room.answer("Ana", "a")
    before = [room.view(name) for name in TRIO]
    room.pause("Ben")
    room.later(100)
    room.resume(*TRIO)
    assert [view.etag for view in before] == [room.view(name).etag for name in TRIO]


# a shared screen


SHARED = plan_of("""
    roles:
      member: {people: 1-5}
    steps:
      - ask: A word?
        id: word
        answer: text
        example: a
        rules: [{words: {max: 1}, say: One?}]
        counterexamples: [a b]
      - say: On, {{ you }}.
""")


def test_a_shared_screen_goes_from_hand_to_hand() -> None:
    """Private questions go seat by seat: a hand-over card, the input, and at last a cover card."""
    room = Room(SHARED, *TRIO, screen=Screen.SHARED)
    for name in TRIO:
        assert room.session.at_screen == name
        card = room.view(name)
        assert (card.kind, card.hand_to) == ("hand_over", name)
        assert card.text.startswith(name)
        with pytest.raises(EventNotAllowed):
            room.answer(name, "word")
        room.go(name)
        assert room.text(name) == "A word?"
        room.answer(name, "word")
    assert room.kind("Cem") == "cover"
    assert "covered" in room.text("Cem")
    room.go("Cem")
    assert room.text("Ana") == "On, Ana, Ben and Cem."


def test_a_card_is_for_the_one_it_names() -> None:
    """Only the person whom a card names takes the screen."""
    room = Room(SHARED, *TRIO, screen=Screen.SHARED)
    assert "continue" not in room.view("Ben").actions
    with pytest.raises(EventNotAllowed):
        room.go("Ben")


def test_a_private_moment_may_be_skipped_at_its_card() -> None:
    """Whoever is handed the screen may skip without taking it."""
    room = Room(SHARED, *TRIO, screen=Screen.SHARED)
    room.skip("Ana")
    assert room.view("Ben").hand_to == "Ben"


def test_drafts_are_not_shown_again_on_a_shared_screen() -> None:
    """An invitation is shown on a shared screen, and the draft it is about is not."""
    room = Room(SHARED, *TRIO, screen=Screen.SHARED)
    room.go("Ana")
    room.answer("Ana", "two words")
    view = room.view("Ana")
    assert (view.kind, view.draft) == ("ask", None)
    assert view.invite[0] == "One?"


@pytest.mark.parametrize("taken", [False, True])
def test_if_whoever_has_the_screen_leaves_it_goes_to_the_next(taken: bool) -> None:
    """When someone leaves with the screen in hand, the next person is handed it."""
    room = Room(SHARED, *TRIO, screen=Screen.SHARED)
    if taken:
        room.go("Ana")
    room.leave("Ana")
    assert (room.kind("Ben"), room.view("Ben").hand_to) == ("hand_over", "Ben")
    room.go("Ben")
    room.leave("Cem")
    assert room.text("Ben") == "A word?"


def test_if_whoever_should_turn_the_screen_back_leaves_it_is_turned_back() -> None:
    """A cover card does not wait for someone who is not here."""
    room = Room(SHARED, *TRIO, screen=Screen.SHARED)
    for name in TRIO:
        room.go(name)
        room.answer(name, "word")
    room.leave("Cem")
    assert room.text("Ana") == "On, Ana and Ben."


def test_one_goes_on_for_all_before_the_same_page() -> None:
    """On a shared screen, a page that all look at is done, or skipped, when one says so."""
    plan = plan_of(
        "roles:\n  member: {people: 2-5}\nsteps: [{say: One.}, {say: Two.}, {say: Three.}]"
    )
    room = Room(plan, *TRIO, screen=Screen.SHARED)
    room.go("Ben")
    assert room.text("Ana") == "Two."
    room.skip("Ana")
    assert room.text("Ana") == "Three."


def test_alone_a_shared_screen_is_never_handed_over() -> None:
    """With one person before it, a shared screen needs no cards."""
    plan = plan_of("steps: [{ask: A?, id: a, answer: text, example: a}, {say: On.}]")
    room = Room(plan, "Ana", screen=Screen.SHARED)
    assert room.kind("Ana") == "ask"
    room.answer("Ana", "a")
    assert room.text("Ana") == "On."


def test_a_page_with_a_private_answer_goes_from_hand_to_hand_too() -> None:
    """A page that reads a private answer is shown to its writer alone."""
    plan = plan_of("""
        roles:
          member: {people: 2-5}
        steps:
          - {ask: A?, id: a, answer: text, example: a}
          - {say: "You wrote {{ a }}."}
    """)
    room = Room(plan, "Ana", "Ben", screen=Screen.SHARED)
    for name in ("Ana", "Ben"):
        room.go(name)
        room.answer(name, name.lower())
    room.go("Ben")
    assert room.view("Ana").hand_to == "Ana"
    room.go("Ana")
    assert room.text("Ana") == "You wrote ana."
    effects = room.go("Ana")
    assert not any(isinstance(effect, Answered | Opened) for effect in effects)
    assert room.view("Ben").hand_to == "Ben"
    room.go("Ben")
    room.go("Ben")
    assert room.kind("Ben") == "cover"
    room.go("Ben")
    assert room.ended
