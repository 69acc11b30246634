"""Tokens: which moment an event was meant for, and which try at it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.errors import StaleMoment
from compassion_protocols.session.events import Answer, Continue, Pause
from compassion_protocols.session.state import Screen
from compassion_protocols.session.tokens import Aim, aim_of
from tests.plans import plan_of
from tests.room import Room

ASKING = plan_of("""
    roles:
      member: {people: 1-4}
    steps:
      - ask: One?
        id: one
        answer: text
        rules:
          - words: {max: 1}
            say: One word?
        example: yes
        counterexamples: [yes yes]
      - say: Thank you.
      - say: Goodbye.
""")


def test_a_token_counts_moments_and_accepted_answers() -> None:
    """A token is the number of moments opened for a seat, a dot, and its answers in this one."""
    room = Room(ASKING, "Ana", "Ben")
    assert room.token("Ana") == "1.0"
    room.answer("Ana", "two words")
    assert (room.token("Ana"), room.token("Ben")) == ("1.1", "1.0")
    room.answer("Ana", "two words")
    assert room.token("Ana") == "1.2"
    room.skip("Ben")
    assert (room.token("Ana"), room.token("Ben")) == ("2.0", "2.0")


def test_a_token_counts_only_moments_that_open_for_its_seat() -> None:
    """A moment for someone else leaves a person's token as it was."""
    plan = plan_of("""
        roles:
          member: {people: 2}
        steps:
          - turns: member
            steps:
              - say: Your turn.
                who: speaker
    """)
    room = Room(plan, "Ana", "Ben")
    assert (room.token("Ana"), room.token("Ben")) == ("1.0", "0.0")
    room.go("Ana")
    assert (room.token("Ana"), room.token("Ben")) == ("1.0", "1.0")


def test_an_older_moment_is_stale() -> None:
    """An event for a moment that has closed raises StaleMoment, and nothing has changed."""
    room = Room(ASKING, "Ana")
    room.answer("Ana", "yes", token="1.0")
    for token in ("1.0", "1.1"):
        with pytest.raises(StaleMoment):
            room.go("Ana", token=token)


def test_an_older_try_changes_nothing() -> None:
    """A copy of an answer that has arrived already leaves the very same state."""
    room = Room(ASKING, "Ana", "Ben")
    room.answer("Ana", "two words", token="1.0")
    before = room.state
    assert room.answer("Ana", "two words", token="1.0") == ()
    assert room.answer("Ana", "something else", token="1.0") == ()
    assert room.skip("Ana", token="1.0") == ()
    assert room.state is before


@pytest.mark.parametrize("token", ["1.1", "2.0", "0.0", "9.9", "g1.0", "h1.0", "1", "", ".", "x.y"])
def test_a_token_of_no_moment_is_stale(token: str) -> None:
    """A token that no view has shown points at nothing that is open."""
    room = Room(ASKING, "Ana")
    with pytest.raises(StaleMoment):
        room.send(Answer(by="Ana", token=token, value="yes", at=room.now))


@given(st.text(max_size=12))
def test_any_text_can_stand_in_a_token(token: str) -> None:
    """Whatever is sent as a token is live, repeated or stale."""
    room = Room(ASKING, "Ana")
    event = Continue(by="Ana", token=token, at=room.now)
    assert aim_of(room.state, 0, event) in (Aim.LIVE, Aim.STALE)


def test_other_events_bear_no_token() -> None:
    """An event that means the session, not a moment, aims at none."""
    room = Room(ASKING, "Ana")
    assert aim_of(room.state, 0, Pause(by="Ana", at=0.0)) is Aim.NONE


def test_care_has_tokens_of_its_own() -> None:
    """A token of the session is stale in care, and one of care is stale in the session."""
    room = Room(ASKING, "Ana")
    session = room.token("Ana")
    room.distress("Ana")
    care = room.token("Ana")
    with pytest.raises(StaleMoment):
        room.go("Ana", token=session)
    room.ground("Ana")
    assert room.token("Ana") == session
    with pytest.raises(StaleMoment):
        room.go("Ana", token=care)


def test_no_token_of_an_earlier_care_fits_a_later_one() -> None:
    """Each time someone is led into care, their tokens there are new."""
    room = Room(ASKING, "Ana")
    seen: set[str] = set()
    for _ in range(3):
        room.distress("Ana")
        while room.kind("Ana") == "say":
            assert room.token("Ana") not in seen
            seen.add(room.token("Ana"))
            room.go("Ana")
        room.answer("Ana", 1)
        room.answer("Ana", True)


def test_a_pause_keeps_the_token() -> None:
    """After a pause the moment is the same, and so is its token."""
    room = Room(ASKING, "Ana")
    before = room.token("Ana")
    room.pause("Ana")
    room.resume("Ana")
    assert room.token("Ana") == before


def test_a_tap_that_arrives_twice_takes_the_screen_and_no_more() -> None:
    """On a shared screen, what was sent before a card came or went counts for nothing after it."""
    plan = plan_of("""
        roles:
          member: {people: 1-4}
        steps:
          - ask: What is yours alone?
            id: own
            answer: text
            example: rest
          - reveal: own
            id: shown
            to: everyone
          - say: Goodbye.
    """)
    room = Room(plan, "Ana", "Ben", screen=Screen.SHARED)
    room.go("Ana")
    room.skip("Ana")
    room.go("Ben")
    room.skip("Ben")
    room.go("Ben")
    taken = room.token("Ana")
    for _ in range(2):
        room.go("Ana", token=taken)
        assert room.kind("Ana") == "reveal"  # with nothing to show: the next tap would go on
    room.go("Ana")
    room.go("Ben")
    shown = room.token("Ben")
    for _ in range(2):
        room.go("Ben", token=shown)
        assert room.kind("Ben") == "cover"
