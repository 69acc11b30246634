"""From a state to one person's view."""

from __future__ import annotations

import pytest

from compassion_protocols.loading import load
from compassion_protocols.session.lines import (
    ENDED_EARLY_LINE,
    ENDED_LINE,
    HELP_LINE,
    STANDING_LINE,
    THANKS_LINE,
)
from compassion_protocols.session.standing import help_for
from compassion_protocols.session.state import Screen, Status
from tests.plans import plan_of
from tests.room import START, Room

TURN = plan_of("""
    roles:
      member: {people: 2-4}
    settings:
      talk: {duration: 40s, label: Talk}
    steps:
      - turns: member
        steps:
          - speak: "The floor is yours for {{ talk }}, {{ speaker }}."
            who: speaker
            for: talk
            meanwhile: "Listen to {{ speaker }}, {{ you }}."
          - ask: For {{ speaker }}?
            id: word
            who: listener
            shared: speaker
            answer: text
            hint: A word for {{ speaker }}.
            example: a
      - end: Goodbye, {{ you }}.
""")


def test_a_text_is_rendered_for_its_reader() -> None:
    """Each person is called by their own name."""
    room = Room(plan_of("steps: [{say: 'Hello, {{ you }}.'}]"), "Ana", "Ben")
    assert (room.text("Ana"), room.text("Ben")) == ("Hello, Ana.", "Hello, Ben.")


def test_those_who_are_not_asked_see_what_was_written_for_them() -> None:
    """While someone else acts, the others see the author's `meanwhile`."""
    room = Room(TURN, "Ana", "Ben")
    assert room.text("Ana") == "The floor is yours for 40 seconds, Ana."
    assert (room.kind("Ben"), room.text("Ben")) == ("waiting", "Listen to Ana, Ben.")


def test_whoever_is_done_waits_with_the_others() -> None:
    """Whoever has answered sees the `meanwhile` too, while others are still at it."""
    plan = plan_of("""
        audience: couple
        steps:
          - {ask: A?, id: a, answer: text, example: b, meanwhile: "No hurry, {{ you }}."}
    """)
    room = Room(plan, "Ana", "Ben")
    room.answer("Ana", "a")
    assert (room.kind("Ana"), room.text("Ana")) == ("waiting", "No hurry, Ana.")
    assert room.text("Ben") == "A?"


def test_without_a_meanwhile_there_is_a_standing_line() -> None:
    """Where the author wrote nothing, those who wait see a line that is always the same."""
    room = Room(TURN, "Ana", "Ben")
    room.go("Ana")
    assert room.text("Ana") == STANDING_LINE


def test_a_meanwhile_with_a_hole_gives_way_to_the_standing_line() -> None:
    """A `meanwhile` that reads a missing answer is not shown."""
    plan = plan_of("""
        roles:
          member: {people: 2-4}
        steps:
          - {ask: A?, id: a, who: facilitator, shared: everyone, answer: text, example: a}
          - {say: B., who: facilitator, meanwhile: "He said {{ a }}."}
    """)
    for given, text in ((True, "He said tea."), (False, STANDING_LINE)):
        room = Room(plan, "Ana", "Ben", facilitator="Fay")
        room.answer("Fay", "tea") if given else room.skip("Fay")
        assert room.text("Ana") == text


def test_whoever_is_done_is_thanked() -> None:
    """After acting, a person sees that the others are still busy, and may answer anew."""
    room = Room(plan_of("steps: [{ask: A?, id: a, answer: text, example: a}]"), "Ana", "Ben")
    room.answer("Ana", "tea")
    view = room.view("Ana")
    assert (view.kind, view.text, view.waiting) == ("waiting", THANKS_LINE, ("Ben",))
    assert "answer" in view.actions
    assert "skip" not in view.actions


def test_whoever_is_done_with_a_page_has_nothing_more_to_do() -> None:
    """After going on from a page there is only waiting."""
    room = Room(plan_of("steps: [{say: One.}, {say: Two.}]"), "Ana", "Ben")
    room.go("Ana")
    assert "continue" not in room.view("Ana").actions


@pytest.mark.parametrize("status", ["open", "waiting", "paused", "care"])
def test_the_ways_out_are_always_offered(status: str) -> None:
    """At every moment, whatever it is, pausing, care, stopping, leaving and erasing are offered."""
    room = Room(TURN, "Ana", "Ben")
    if status == "paused":
        room.pause("Ben")
    elif status == "care":
        room.distress("Ana")
    person = "Ben" if status == "waiting" else "Ana"
    assert {"pause", "distress", "stop", "leave", "erase"} <= set(room.view(person).actions)


def test_help_is_always_there() -> None:
    """The disclaimer stands in every view, also after the end."""
    room = Room(TURN, "Ana", "Ben")
    for act in (
        lambda: None,
        lambda: room.pause("Ana"),
        lambda: room.distress("Ana"),
        lambda: room.stop("Ana"),
    ):
        act()
        assert {room.view(name).help.text for name in ("Ana", "Ben")} == {HELP_LINE}


def test_ways_to_reach_help_are_those_of_the_viewer_s_country() -> None:
    """A locale with a country gives its lines and those of everywhere, never another country's."""
    plan = load("three-breath-pause")
    everywhere = {line.locale for line in help_for(plan, "en").lines}
    british = {line.locale for line in help_for(plan, "en-GB").lines}
    assert everywhere == {"*"}
    assert "GB" in british
    assert "US" not in british
    assert help_for(plan, "en_gb") == help_for(plan, "en-GB")
    room = Room(plan, "Ana", locale="en-GB")
    assert {line.locale for line in room.view("Ana").help.lines} == british


def test_help_is_near_at_the_end_of_a_screening() -> None:
    """The end of a screening shows the ways to reach help, whatever was answered."""
    room = Room(load("couple-safety"), "Ana")
    while not room.ended:
        assert not room.view("Ana").help.near
        room.skip("Ana")
    assert room.view("Ana").help.near


# timers


def test_everyone_sees_the_clock_of_what_happens_aloud() -> None:
    """The time of speaking is shown to those who listen, too."""
    room = Room(TURN, "Ana", "Ben")
    timers = [room.view(name).timer for name in ("Ana", "Ben")]
    assert timers[0] == timers[1]
    assert timers[0] is not None
    assert (timers[0].started, timers[0].over, timers[0].due) == (START, START + 40, START + 50)


def test_a_question_s_clock_is_for_those_who_are_asked() -> None:
    """The time of a question is nobody else's."""
    plan = plan_of("""
        roles:
          member: {people: 2-4}
        steps:
          - turns: member
            steps:
              - {ask: A?, id: a, who: speaker, answer: text, timer: {at_most: 1m}, example: a}
    """)
    room = Room(plan, "Ana", "Ben")
    assert room.view("Ana").timer is not None
    assert room.view("Ben").timer is None


def test_minutes_left_shrink_and_never_reach_nought() -> None:
    """The minutes left are about what is still to come, and at least one while it runs."""
    plan = plan_of("""
        audience: individual
        steps:
          - for_each: 5
            steps: [{wait: Hush., for: 2m}]
          - say: On.
    """)
    room = Room(plan, "Ana")
    seen = []
    while not room.ended:
        seen.append(room.view("Ana").minutes_left)
        room.go("Ana")
    assert seen == [10, 8, 6, 4, 2, 1]


# endings


def test_the_author_s_closing_text_is_for_each_reader() -> None:
    """At the end each person sees the closing text with their own name."""
    room = Room(plan_of("steps: [{end: 'Goodbye, {{ you }}.'}]"), "Ana", "Ben")
    assert (room.text("Ana"), room.text("Ben")) == ("Goodbye, Ana.", "Goodbye, Ben.")
    assert room.view("Ana").actions == ("erase",)


@pytest.mark.parametrize(
    "steps", ["[{say: One.}]", "[{say: One.}, {end: '{% if 1 > 2 %}a{% endif %}'}]"]
)
def test_without_a_closing_text_there_is_a_thank_you(steps: str) -> None:
    """Where there is no closing text, or nothing in it, everyone is thanked."""
    room = Room(plan_of(f"steps: {steps}"), "Ana")
    room.go("Ana")
    assert room.text("Ana") == ENDED_LINE


def test_an_early_end_never_says_who_or_why() -> None:
    """When someone stops, the others see that it ends here, and nothing else."""
    texts = set()
    for stops in ("Ana", "Ben"):
        room = Room(TURN, "Ana", "Ben")
        room.stop(stops)
        texts |= {room.text(name) for name in ("Ana", "Ben")}
    assert texts == {ENDED_EARLY_LINE}


def test_a_session_is_known_by_its_title() -> None:
    """A view bears the title of the protocol, and in care that of the care protocol."""
    room = Room(TURN, "Ana", "Ben")
    assert room.view("Ana").title == "A test"
    room.distress("Ana")
    assert room.view("Ana").title == "Five senses, here and now"


def test_breathing_without_a_line_has_one() -> None:
    """Where the author wrote no line beside the pace, there is one."""
    room = Room(plan_of("steps: [{breathe: {in: 4s, out: 6s}, count: 2}]"), "Ana")
    assert room.text("Ana")
    assert room.view("Ana").pace is not None


# whom the screen speaks to


def test_an_own_screen_speaks_to_its_viewer() -> None:
    """On one's own screen the text is for oneself."""
    room = Room(TURN, "Ana", "Ben")
    assert room.view("Ben").addressed == ("Ben",)


def test_a_shared_screen_speaks_to_all_who_look_at_it() -> None:
    """On a shared screen a page for several calls all of them by name."""
    room = Room(plan_of("steps: [{say: 'Hello, {{ you }}.'}]"), "Ana", "Ben", screen=Screen.SHARED)
    assert room.text("Ana") == room.text("Ben") == "Hello, Ana and Ben."
    assert room.view("Ana").addressed == ("Ana", "Ben")


def test_a_shared_screen_speaks_to_the_one_who_is_asked() -> None:
    """On a shared screen a question is for the one person who answers it now."""
    plan = plan_of(
        "steps: [{ask: 'And you, {{ you }}?', id: a, shared: everyone, answer: text, example: a}]"
    )
    room = Room(plan, "Ana", "Ben", screen=Screen.SHARED)
    assert room.session.at_screen == "Ana"
    assert room.text("Ana") == "And you, Ana?"
    room.answer("Ana", "tea")
    assert room.session.at_screen == "Ben"
    assert room.view("Ben").hand_to == "Ben"


def test_a_view_is_of_the_pause_before_the_moment() -> None:
    """The first that applies is shown: the end, one's own care, the pause, the open moment."""
    room = Room(TURN, "Ana", "Ben")
    assert room.view("Ana").status is Status.OPEN
    room.pause("Ana")
    assert room.view("Ana").status is Status.PAUSED
    room.distress("Ana")
    assert room.view("Ana").status is Status.CARE
    room.stop("Ana")
    assert room.view("Ana").status is Status.ENDED


def test_a_shared_screen_does_not_call_a_facilitator_who_only_guides() -> None:
    """A page on a shared screen calls those who take part, not the facilitator beside them."""
    plan = plan_of(
        "roles:\n  member: {people: 2-4}\nsteps: [{say: 'Hello, {{ you }}.'}, {say: B.}]"
    )
    room = Room(plan, "Ana", "Ben", "Cem", facilitator="Fay", screen=Screen.SHARED)
    assert room.view("Ana").addressed == ("Ana", "Ben", "Cem")
    room.stop("Cem")
    assert room.view("Ana").addressed == ("Ana", "Ben")
    room.pause("Ana")
    assert room.view("Ana").addressed == ("Ana", "Ben")


def test_a_shared_screen_speaks_to_those_who_are_at_it() -> None:
    """Whoever is away is not spoken to from a shared screen, and sees a line of their own."""
    room = Room(TURN, "Ana", "Ben", "Cem", screen=Screen.SHARED)
    room.leave("Cem")
    room.pause("Ana")
    assert room.view("Ana").addressed == ("Ana", "Ben")
    assert room.view("Cem").addressed == ("Cem",)


def test_on_a_shared_screen_one_agrees_for_all() -> None:
    """Once one has agreed to go on, only those who must come back first are waited for."""
    plan = plan_of("roles:\n  member: {people: 3, if_fewer: pause}\nsteps: [{say: A}, {say: B}]")
    room = Room(plan, "Ana", "Ben", "Cem", screen=Screen.SHARED)
    room.leave("Cem")
    assert room.view("Ana").waiting == ("Ana", "Ben", "Cem")
    room.resume("Ben")
    assert room.view("Ana").waiting == ("Cem",)
