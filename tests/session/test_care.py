"""Care around every protocol: lanes, thresholds, and what follows."""

from __future__ import annotations

import pytest
from attrs import evolve

from compassion_protocols.errors import EventNotAllowed
from compassion_protocols.language.values import Missing, Reason
from compassion_protocols.loading import load
from compassion_protocols.model.care import CarePolicy, Rating
from compassion_protocols.session.care import is_too_much
from compassion_protocols.session.effects import Alert, Ended, Opened
from compassion_protocols.session.lines import (
    CARE_FOR_ANOTHER_LINE,
    ENDED_EARLY_LINE,
    GONE_LINE,
    STANDING_LINE,
)
from compassion_protocols.session.state import LaneStage, Presence, Screen, Status
from tests.plans import plan_of
from tests.room import START, Room

GROUNDED = "You are here"
HELPED = "What you are carrying deserves more than a screen"

TALK = plan_of("""
    roles:
      member: {people: 1-5}
    steps:
      - ask: A word?
        id: word
        shared: everyone
        answer: text
        example: a
        timer: {at_most: 5m}
      - say: On.
""")
RATED = plan_of("""
    care: {tier: 0, distress: [before, midway, after]}
    roles:
      member: {people: 2-5}
    steps:
      - say: One.
      - say: Two.
      - end: Goodbye.
""")


def _statuses(room: Room) -> list[Status]:
    return [room.view(person.id).status for person in room.state.setup.people]


# the thresholds


@pytest.mark.parametrize(
    ("rating", "value", "before", "too_much"),
    [
        (Rating.BEFORE, 7, None, False),
        (Rating.BEFORE, 8, None, True),
        (Rating.AFTER, 6, None, False),
        (Rating.AFTER, 7, None, True),
        (Rating.AFTER, 4, 2, False),
        (Rating.AFTER, 4, 1, True),
        (Rating.MIDWAY, 3, 0, True),
        (Rating.MIDWAY, 6, 4, False),
        (Rating.MIDWAY, 7, 7, True),
        (Rating.AFTER, None, 0, False),
    ],
)
def test_the_thresholds(
    rating: Rating, value: int | None, before: int | None, too_much: bool
) -> None:
    """Eight before, a rise of three, or seven after is too much; what was left open is not."""
    missing = Missing(Reason.SKIPPED)
    found = is_too_much(
        rating,
        missing if value is None else value,
        missing if before is None else before,
        CarePolicy(),
    )
    assert found is too_much


def test_a_host_may_lower_a_threshold() -> None:
    """With a lower threshold, a lower rating leads into care."""
    room = Room(RATED, "Ana", "Ben", policy=CarePolicy(before=4))
    room.answer("Ana", 4)
    assert room.text("Ana").startswith(GROUNDED)


@pytest.mark.parametrize("raised", [{"before": 9}, {"rise": 4}, {"after": 8}, {"after": 0}])
def test_nobody_may_raise_a_threshold(raised: dict[str, int]) -> None:
    """A policy that is less careful than the default cannot be made."""
    with pytest.raises(ValueError, match="never raised"):
        CarePolicy(**raised)


# with one or two people


def test_alone_distress_stops_the_clock_and_leads_into_grounding() -> None:
    """Alone, whoever signals distress is led through grounding while the session stands still."""
    room = Room(TALK, "Ana")
    effects = room.distress("Ana")
    assert Alert(to=("Ana",), by="Ana") in effects
    assert room.text("Ana").startswith(GROUNDED)
    assert room.view("Ana").status is Status.CARE
    assert room.session.next_deadline is None


def test_after_grounding_the_moment_goes_on_as_it_was() -> None:
    """If it is not too much any more, the same moment is open, with the time it had left."""
    room = Room(TALK, "Ana")
    room.later(60)
    room.distress("Ana")
    room.later(1_000)
    room.ground("Ana", 3)
    assert room.text("Ana") == "A word?"
    assert room.view("Ana").token == "1.0"
    assert room.session.next_deadline == START + 300 + 1_000


def test_with_two_people_both_are_led_into_care() -> None:
    """With two people, the distress of one gives both the same lane, and all stands still."""
    room = Room(TALK, "Ana", "Ben")
    effects = room.distress("Ben")
    assert _statuses(room) == [Status.CARE, Status.CARE]
    assert room.text("Ana").startswith(GROUNDED)
    assert Alert(to=("Ben",), by="Ben") in effects
    with pytest.raises(EventNotAllowed):
        room.answer("Ana", "a word", token="1.0")


def test_of_two_the_one_who_is_done_waits_for_the_other() -> None:
    """Until both are through, whoever is done sees that there is a break."""
    room = Room(TALK, "Ana", "Ben")
    room.distress("Ben")
    room.ground("Ana")
    assert room.text("Ana") == CARE_FOR_ANOTHER_LINE
    room.ground("Ben")
    assert _statuses(room) == [Status.OPEN, Status.OPEN]
    assert room.kind("Ana") == "ask"


def test_a_facilitator_beside_two_is_told_and_waits() -> None:
    """A facilitator is told of someone's distress, and has no lane because of it."""
    room = Room(TALK, "Ana", "Ben", facilitator="Fay")
    effects = room.distress("Ben")
    assert Alert(to=("Ben", "Fay"), by="Ben") in effects
    assert room.text("Fay") == CARE_FOR_ANOTHER_LINE


def test_on_a_shared_screen_there_is_one_lane_and_no_rating() -> None:
    """On a shared screen one person's care is shown, nobody is asked how they are, and all wait."""
    room = Room(TALK, "Ana", "Ben", "Cem", screen=Screen.SHARED)
    room.distress("Ben")
    assert [lane.seat for lane in room.state.lanes] == [1]
    assert room.session.at_screen == "Ben"
    assert room.session.next_deadline is None
    while room.state.lanes:
        assert room.kind("Ben") == "say"
        room.go("Ben")
    assert room.text("Ana") != CARE_FOR_ANOTHER_LINE


# with three or more


def test_with_three_only_the_sender_is_led_into_care() -> None:
    """With three or more, the others go on, and the sender counts as away."""
    room = Room(TALK, "Ana", "Ben", "Cem")
    room.distress("Ben")
    assert _statuses(room) == [Status.OPEN, Status.CARE, Status.OPEN]
    room.answer("Ana", "a")
    room.answer("Cem", "c")
    assert room.text("Ana") == "On."
    assert room.text("Ben").startswith(GROUNDED)


def test_whoever_comes_back_from_care_acts_from_the_next_moment() -> None:
    """After their care, a person takes part again from the next moment on."""
    room = Room(TALK, "Ana", "Ben", "Cem")
    room.distress("Ben")
    room.ground("Ben")
    assert room.kind("Ben") == "waiting"
    room.answer("Ana", "a")
    room.answer("Cem", "c")
    assert room.text("Ben") == "On."
    assert "Ben: left open" in room.said("Ana")


def test_too_few_without_those_in_care_stops_the_clock() -> None:
    """If too few are left beside someone in care, the session waits for them."""
    plan = plan_of("roles:\n  member: {people: 3-5}\nsteps: [{say: One.}, {say: Two.}]")
    room = Room(plan, "Ana", "Ben", "Cem")
    room.distress("Ben")
    assert room.text("Ana") == CARE_FOR_ANOTHER_LINE
    room.ground("Ben")
    assert _statuses(room) == [Status.OPEN] * 3
    assert room.text("Ben") == "One."


def test_if_someone_has_left_meanwhile_the_session_pauses_after_care() -> None:
    """When care is over and too few are here, the session pauses instead of going on."""
    plan = plan_of("roles:\n  member: {people: 3-5}\nsteps: [{say: One.}, {say: Two.}]")
    room = Room(plan, "Ana", "Ben", "Cem")
    room.distress("Ben")
    room.leave("Cem")
    room.ground("Ben")
    assert room.view("Ana").status is Status.PAUSED


def test_if_someone_stops_beside_care_and_too_few_are_left_it_waits() -> None:
    """When others leave and too few remain beside someone in care, the session stands still."""
    plan = plan_of("roles:\n  member: {people: 2-5}\nsteps: [{say: One.}, {say: Two.}]")
    room = Room(plan, "Ana", "Ben", "Cem")
    room.distress("Ben")
    room.stop("Cem")
    assert room.text("Ana") == CARE_FOR_ANOTHER_LINE
    room.ground("Ben")
    assert room.kind("Ana") == "say"


def test_a_facilitator_may_need_care_too() -> None:
    """A facilitator's own care is theirs alone; the others go on."""
    room = Room(TALK, "Ana", "Ben", facilitator="Fay")
    room.distress("Fay")
    assert _statuses(room) == [Status.OPEN, Status.OPEN, Status.CARE]
    assert room.text("Fay").startswith(GROUNDED)
    room.ground("Fay")
    assert room.view("Fay").status is Status.OPEN


# grounding, help, stop


@pytest.mark.parametrize(("rating", "safe"), [(7, True), (10, True), (2, False)])
def test_if_it_is_still_too_much_human_help_follows(rating: int, safe: bool) -> None:
    """After grounding, a rating of seven or more, or not feeling safe, leads to human help."""
    room = Room(TALK, "Ana", "Ben", "Cem", facilitator="Fay")
    room.distress("Ben")
    effects = room.ground("Ben", rating, safe=safe)
    assert room.text("Ben").startswith(HELPED)
    assert Alert(to=("Ben", "Fay"), by="Ben", help=True) in effects


def test_leaving_both_questions_open_leads_back() -> None:
    """Whoever skips the two questions after grounding is not kept from going on."""
    room = Room(TALK, "Ana")
    room.distress("Ana")
    while room.view("Ana").status is Status.CARE:
        room.skip("Ana")
    assert room.kind("Ana") == "ask"


def test_human_help_ends_with_stopping() -> None:
    """Whoever has been led to human help has then stopped; the others may go on."""
    room = Room(TALK, "Ana", "Ben", "Cem")
    room.distress("Ben")
    room.ground("Ben", 9)
    while room.view("Ben").status is Status.CARE:
        room.go("Ben")
    assert room.state.presence[1] is Presence.GONE
    assert room.text("Ben") == GONE_LINE
    assert room.kind("Ana") == "ask"


def test_the_closing_words_of_human_help_are_shown() -> None:
    """The last page of human help is its closing text, before the person has stopped."""
    room = Room(TALK, "Ana")
    room.distress("Ana", safe=False)
    room.go("Ana", "Ana", "Ana")
    assert "keep to the small things" in room.text("Ana")
    room.go("Ana")
    assert room.ended


def test_with_two_human_help_ends_the_session_in_neutral_words() -> None:
    """When one of two has been led to help, the session ends for both, and never says why."""
    plan = plan_of("roles:\n  partner: {people: 2}\nsteps: [{say: One.}]")
    room = Room(plan, "Ana", "Ben")
    room.distress("Ben")
    room.ground("Ben", 9)
    while not room.ended:
        room.go("Ben")
    assert room.text("Ana") == ENDED_EARLY_LINE


def test_not_feeling_safe_leads_straight_to_help() -> None:
    """Distress of someone who does not feel safe leads to human help at once."""
    room = Room(TALK, "Ana", "Ben")
    effects = room.distress("Ana", safe=False)
    assert room.text("Ana").startswith(HELPED)
    assert Alert(to=("Ana",), by="Ana", help=True) in effects
    assert room.text("Ben").startswith(GROUNDED)


def test_distress_never_nests() -> None:
    """A second distress changes the lane there is; it opens no other."""
    room = Room(TALK, "Ana", "Ben")
    room.distress("Ana")
    room.go("Ana")
    at = room.state.lane(0)
    room.distress("Ana")
    assert room.state.lane(0) == at
    room.distress("Ana", 9)
    lane = room.state.lane(0)
    assert lane is not None
    assert lane.stage is LaneStage.HELP
    room.distress("Ana", 9)
    assert room.state.lane(0) == lane
    assert len(room.state.lanes) == 2


def test_in_care_one_may_skip_and_stop() -> None:
    """In care, too, everything can be skipped and stopped."""
    room = Room(TALK, "Ana", "Ben", "Cem")
    room.distress("Ana")
    room.skip("Ana")
    assert {"skip", "pause", "distress", "stop", "leave"} <= set(room.view("Ana").actions)
    room.stop("Ana")
    assert room.state.lanes == ()
    assert room.text("Ana") == GONE_LINE


def test_leaving_drops_one_s_lane() -> None:
    """Whoever leaves in the middle of their care finds the session when they return."""
    room = Room(TALK, "Ana", "Ben", "Cem")
    room.distress("Ana")
    room.leave("Ana")
    assert room.state.lanes == ()
    room.join("Ana")
    assert room.view("Ana").status is Status.OPEN


def test_whoever_is_away_may_signal_distress() -> None:
    """Distress of someone who is away brings them back and into care."""
    room = Room(TALK, "Ana", "Ben", "Cem")
    room.leave("Ana")
    assert "distress" in room.view("Ana").actions
    room.distress("Ana")
    assert room.text("Ana").startswith(GROUNDED)
    assert room.state.presence[0] is Presence.HERE


def test_help_stands_beside_the_text_of_human_help() -> None:
    """In human help, the ways to reach a person are shown beside the text."""
    room = Room(TALK, "Ana")
    assert not room.view("Ana").help.near
    room.distress("Ana", safe=False)
    assert room.view("Ana").help.near


# during a pause


def test_distress_during_a_pause_opens_a_lane_and_stays_paused() -> None:
    """Care that begins in a pause goes on in it, and leads back to the pause card."""
    room = Room(TALK, "Ana", "Ben", "Cem")
    room.pause("Ana")
    room.distress("Ben")
    assert _statuses(room) == [Status.PAUSED, Status.CARE, Status.PAUSED]
    room.ground("Ben")
    assert _statuses(room) == [Status.PAUSED] * 3


def test_a_pause_stops_the_lanes_too() -> None:
    """A pause during someone's care shows them the pause card, and their care goes on after it."""
    room = Room(TALK, "Ana", "Ben", "Cem")
    room.distress("Ben")
    room.go("Ben")
    text = room.text("Ben")
    room.pause("Ana")
    assert _statuses(room) == [Status.PAUSED] * 3
    with pytest.raises(EventNotAllowed):
        room.go("Ben")
    room.resume("Ana", "Ben", "Cem")
    assert room.text("Ben") == text


def test_distress_wakes_a_lane_that_a_pause_has_stopped() -> None:
    """Whoever signals distress again during a pause is back in their own care at once."""
    room = Room(TALK, "Ana", "Ben", "Cem")
    room.distress("Ben")
    room.go("Ben")
    text = room.text("Ben")
    room.pause("Ana")
    room.distress("Ben")
    assert room.text("Ben") == text
    room.pause("Cem")
    room.distress("Ben", 9)
    assert room.text("Ben").startswith(HELPED)


def test_care_may_end_a_pause_of_too_few() -> None:
    """A vote of all who are here ends a pause beside care, and the care goes on."""
    room = Room(TALK, "Ana", "Ben")
    room.distress("Ana")
    room.pause("Ben")
    room.resume("Ana", "Ben")
    assert _statuses(room) == [Status.CARE, Status.CARE]


# ratings in the session


def test_ratings_are_asked_before_midway_and_after() -> None:
    """A protocol that asks for ratings asks each person, privately, at those three times."""
    room = Room(RATED, "Ana", "Ben")
    seen = []
    while not room.ended:
        seen.append(room.text("Ana").partition(":")[0])
        for name in ("Ana", "Ben"):
            room.answer(name, 2) if room.kind(name) == "ask" else room.go(name)
    assert seen == ["Before you begin", "One.", "A short look inward", "Two.", "Before you leave"]
    assert room.said("Ana") == []


def test_a_rating_is_the_person_s_own() -> None:
    """A rating is read by nobody else, and stands in no transcript."""
    room = Room(RATED, "Ana", "Ben", facilitator="Fay")
    wanted = room.view("Ana").input
    assert wanted is not None
    assert wanted.seen_by == ()
    room.answer("Ana", 3)
    assert [room.said(name) for name in ("Ana", "Ben", "Fay")] == [[], [], []]


def test_a_rating_that_is_too_high_leads_into_care() -> None:
    """A rating over the threshold leads into care, and the next moment waits for that."""
    room = Room(RATED, "Ana", "Ben")
    room.answer("Ana", 2)
    effects = room.answer("Ben", 8)
    assert Alert(to=("Ben",), by="Ben") in effects
    assert not any(isinstance(e, Opened) and e.place == "1" for e in effects)
    room.ground("Ana")
    room.ground("Ben")
    assert room.text("Ana") == "One."


def test_a_rise_is_measured_from_one_s_own_first_rating() -> None:
    """A rating after that has risen by three leads into care, whatever the others rated."""
    room = Room(RATED, "Ana", "Ben", "Cem")
    for name, rating in (("Ana", 0), ("Ben", 3), ("Cem", 6)):
        room.answer(name, rating)
    room.go("Ana", "Ben", "Cem")
    for name in ("Cem", "Ben", "Ana"):
        room.answer(name, 4)
    assert _statuses(room) == [Status.CARE, Status.OPEN, Status.OPEN]


def test_someone_s_care_at_the_end_is_not_cut_off() -> None:
    """If the last rating is too high, the others see the end while that person's care goes on."""
    room = Room(RATED, "Ana", "Ben", "Cem")
    _to_the_last_rating(room)
    room.answer("Ana", 1)
    room.answer("Ben", 1)
    effects = room.answer("Cem", 9)
    assert not any(isinstance(effect, Ended) for effect in effects)
    assert room.text("Cem").startswith(GROUNDED)
    assert [room.text(name) for name in ("Ana", "Ben")] == ["Goodbye.", "Goodbye."]
    assert _statuses(room) == [Status.ENDED, Status.ENDED, Status.CARE]
    effects = room.ground("Cem")
    assert Ended(to=("Ana", "Ben", "Cem")) in effects
    assert room.text("Cem") == "Goodbye."


def test_after_the_end_only_those_in_care_decide_about_a_pause() -> None:
    """Whoever sees the end already need not agree to go on with someone's care."""
    room = Room(RATED, "Ana", "Ben", "Cem")
    _to_the_last_rating(room)
    for name, rating in (("Ana", 1), ("Ben", 1), ("Cem", 9)):
        room.answer(name, rating)
    room.pause("Cem")
    assert room.view("Cem").waiting == ("Cem",)
    room.resume("Cem")
    assert room.view("Cem").status is Status.CARE


@pytest.mark.parametrize("stop", [True, False])
def test_care_at_the_end_may_be_left(stop: bool) -> None:
    """Whoever leaves their care after the end ends the session as it was, complete."""
    room = Room(RATED, "Ana", "Ben", "Cem")
    _to_the_last_rating(room)
    for name, rating in (("Ana", 1), ("Ben", 1), ("Cem", 9)):
        room.answer(name, rating)
    room.stop("Cem") if stop else room.leave("Cem")
    assert room.ended
    assert room.text("Ana") == "Goodbye."


def _to_the_last_rating(room: Room) -> None:
    for _ in range(2):
        for name in ("Ana", "Ben", "Cem"):
            room.answer(name, 1)
        room.go("Ana", "Ben", "Cem")


def test_there_are_no_ratings_on_a_shared_screen() -> None:
    """On a shared screen nobody is asked for a rating."""
    room = Room(RATED, "Ana", "Ben", screen=Screen.SHARED)
    assert room.text("Ana") == "One."


def test_others_do_not_learn_who_is_in_care() -> None:
    """In a group, others see the moment as ever, and nothing of someone's care."""
    plan = load("group-circle")
    room = Room(plan, "Ana", "Ben", "Cem", "Dee", facilitator="Fay")
    for name in ("Ana", "Ben", "Cem"):
        room.answer(name, 2)
    room.answer("Dee", 9)
    views = [room.view(name) for name in ("Ana", "Ben", "Cem")]
    assert {view.text for view in views} == {
        "Come in and choose a seat. The circle opens in a moment."
    }
    assert STANDING_LINE not in {view.text for view in views}
    assert all("Dee" not in view.text and view.status is Status.OPEN for view in views)


# a care protocol with a clock


def _timed_care(steps: str) -> Room:
    care = dict(TALK.care)
    care["grounding"] = plan_of(f"audience: individual\nsteps: {steps}")
    return Room(evolve(TALK, care=care), "Ana", "Ben", "Cem")


def test_a_lane_has_a_clock_of_its_own() -> None:
    """A timed step of someone's care ends by itself, one at a time, beside the session's clock."""
    room = _timed_care("[{wait: Look., for: 10s}, {wait: Listen., for: 10s}, {say: Well.}]")
    room.distress("Ben")
    assert room.session.next_deadline == START + 10
    room.tick(1_000)
    assert (room.text("Ben"), room.kind("Ana")) == ("Look.", "say")
    room.tick()
    assert room.text("Ben") == "Listen."
    room.tick(10)
    assert room.text("Ben") == "Well."


def test_a_pause_stops_a_lane_s_clock() -> None:
    """A pause during timed care does not count, and care that begins in it runs on."""
    room = _timed_care("[{wait: Look., for: 10s}, {say: Well.}]")
    room.distress("Ben")
    room.later(4)
    room.pause("Ana")
    assert room.session.next_deadline is None
    room.later(100)
    room.distress("Cem")
    assert room.session.next_deadline == room.now + 10
    room.tick(10)
    assert room.text("Cem") == "Well."
    room.resume("Ana", "Ben", "Cem")
    assert room.text("Ben") == "Look."
    room.tick(6)
    assert room.text("Ben") == "Well."


def test_when_a_lane_s_time_is_over_a_late_event_finds_what_is_so_now() -> None:
    """An event that comes after someone's help has ended by itself finds that they have gone."""
    care = dict(TALK.care)
    care["help"] = plan_of("audience: individual\nsteps: [{wait: Call., for: 10s}]")
    room = Room(evolve(TALK, care=care), "Ana", "Ben", "Cem")
    room.distress("Ben", safe=False)
    room.later(11)
    with pytest.raises(EventNotAllowed):
        room.distress("Ben")
    room.tick()
    assert room.state.presence[1] is Presence.GONE
