"""The ledger of the floor: what each person was offered, and what they used."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.render.markdown import transcript_as_markdown
from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Floor, Screen
from compassion_protocols.testing.events import walk
from tests.plans import plan_of
from tests.room import Room
from tests.scenes import SCENES

ROUND = """
    audience: group
    roles: {{member: {{people: 2-5}}}}
    settings: {{long: {{duration: 1m, min: 10s, max: 5m, label: Long}}}}
    steps:
      - turns: member
        steps:
          - {{speak: "Yours, {{{{ speaker }}}}.", id: floor, who: speaker, for: long{more}}}
      - {{say: Done.}}
"""


def _room(*people: str, more: str = "", **start: Any) -> Room:  # noqa: ANN401  # as Room takes
    return Room(plan_of(ROUND.format(more=more)), *(people or ("Ana", "Ben")), **start)


def _floor(room: Room, person: str) -> tuple[int, float, float] | None:
    floor = room.transcript(person).floor
    return None if floor is None else (floor.times, floor.offered, floor.used)


def test_a_floor_that_is_handed_on() -> None:
    """What counts is the time that was written, and the time until it was handed on."""
    room = _room()
    room.later(40)
    room.go("Ana")
    assert _floor(room, "Ana") == (1, 60, 40)
    assert _floor(room, "Ben") is None


def test_floors_are_summed() -> None:
    """Of several floors a person's ledger holds the sums."""
    room = Room(
        plan_of("""
            audience: couple
            steps:
              - for_each: 2
                steps:
                  - turns: everyone
                    steps:
                      - {speak: A., who: speaker, for: 1m}
                      - {speak: B., who: listener, for: 30s}
        """),
        "Ana",
        "Ben",
    )
    for person in ("Ana", "Ben", "Ben", "Ana") * 2:
        room.later(10)
        room.go(person)
    assert _floor(room, "Ana") == _floor(room, "Ben") == (4, 180, 40)


def test_a_floor_that_runs_out() -> None:
    """The quarter in which to finish a sentence counts as used and not as offered."""
    room = _room()
    room.tick(500)
    assert _floor(room, "Ana") == (1, 60, 75)


def test_a_limit_below_the_time_counts() -> None:
    """A timer that ends the step before its time is what was offered."""
    room = _room(more=", timer: {at_most: 20s}")
    room.tick(500)
    assert _floor(room, "Ana") == (1, 20, 20)


def test_a_word_that_comes_late_counts_until_the_end() -> None:
    """Whoever hands on when the time has just run out has used all of it, and no more."""
    room = _room()
    room.later(90)
    room.go("Ana")
    assert _floor(room, "Ana") == (1, 60, 75)


def test_a_floor_that_is_skipped() -> None:
    """A skipped floor was offered all the same."""
    room = _room()
    room.later(3)
    room.skip("Ana")
    assert _floor(room, "Ana") == (1, 60, 3)


def test_a_speaker_who_leaves() -> None:
    """Whoever leaves, or stops, in the middle of their floor used it until then."""
    room = _room("Ana", "Ben", "Cem", "Dee")
    room.later(12)
    room.leave("Ana")
    room.later(7)
    room.stop("Ben")
    assert _floor(room, "Ana") == (1, 60, 12)
    assert _floor(room, "Ben") == (1, 60, 7)


def test_a_session_that_ends_in_a_floor() -> None:
    """An end that comes too early counts the floor until then, or until all stood still."""
    room = _room()
    room.later(20)
    room.stop("Ben")
    assert room.ended
    assert _floor(room, "Ana") == (1, 60, 20)
    room = _room()
    room.later(20)
    room.pause("Ana")
    room.later(99)
    room.stop("Ben")
    assert _floor(room, "Ana") == (1, 60, 20)


@pytest.mark.parametrize(
    ("resume", "offered", "used"),
    [("remaining", 60, 15), ("restart", 60, 15), ("deadline", 30, 15)],
)
def test_a_pause_does_not_count(resume: str, offered: float, used: float) -> None:
    """Paused time is not used, however the timer goes on; a fixed end leaves less to offer."""
    room = _room(more=f", resume: {resume}")
    room.later(10)
    room.pause("Ben")
    room.later(30)
    room.resume("Ana", "Ben")
    room.later(5)
    room.go("Ana")
    assert _floor(room, "Ana") == (1, offered, used)


def test_before_it_is_over_a_floor_is_in_no_transcript() -> None:
    """A floor that was paused and begins anew is not told of before it is over."""
    room = _room(more=", resume: restart")
    room.later(10)
    room.pause("Ana")
    room.resume("Ana", "Ben")
    assert _floor(room, "Ana") is None


def test_care_does_not_count() -> None:
    """The time in which someone is in care is not used."""
    room = _room()
    room.later(10)
    room.distress("Ben", 8)
    room.later(60)
    for person in ("Ana", "Ben"):
        room.ground(person)
    room.later(5)
    room.go("Ana")
    assert _floor(room, "Ana") == (1, 60, 15)


def test_what_a_facilitator_adds_is_offered() -> None:
    """More time from a facilitator is offered too, and theirs is another ledger."""
    room = _room(facilitator="Fay")
    room.later(10)
    room.extend("Fay", 30)
    room.later(70)
    room.go("Ana")
    assert _floor(room, "Ana") == (1, 90, 80)
    assert _floor(room, "Fay") is None


def test_going_back_to_a_floor() -> None:
    """A floor that its speaker comes back to is still the same one."""
    room = Room(
        plan_of("""
            audience: individual
            steps:
              - {speak: A., for: 1m}
              - {ask: B?, id: b, answer: text, example: b}
        """),
        "Ana",
    )
    room.later(20)
    room.go("Ana")
    room.back("Ana")
    assert _floor(room, "Ana") is None
    room.later(10)
    room.go("Ana")
    assert _floor(room, "Ana") == (1, 60, 30)
    room.erase("Ana")
    room.back("Ana")
    room.go("Ana")
    assert _floor(room, "Ana") == (1, 60, 0)


def test_going_back_to_a_question() -> None:
    """To come back to what is no floor leaves the ledger as it is."""
    room = Room(
        plan_of("""
            audience: individual
            steps:
              - {ask: A?, id: a, answer: text, example: a}
              - {ask: B?, id: b, answer: text, example: b}
        """),
        "Ana",
    )
    room.answer("Ana", "a")
    room.back("Ana")
    assert room.state.course.floors == ()


def test_a_conversation_is_nobodys_floor() -> None:
    """Where several are asked to speak with each other, nothing is counted."""
    room = Room(plan_of("audience: couple\nsteps: [{speak: A, for: 1m}, {say: B}]"), "Ana", "Ben")
    room.pause("Ana")
    room.resume("Ana", "Ben")
    room.go("Ana", "Ben")
    assert room.state.course.floors == ()
    anew = "audience: couple\nsteps: [{speak: A, for: 1m, resume: restart}, {say: B}]"
    room = Room(plan_of(anew), "Ana", "Ben")
    room.pause("Ana")
    room.resume("Ana", "Ben")
    assert room.state.course.floors == ()


def test_a_floor_without_its_words_is_given_up() -> None:
    """Where the words that a floor is about are taken back, it is over, and counts until then."""
    room = Room(
        plan_of("""
            audience: couple
            roles: {partner: {people: 2}}
            steps:
              - turns: partner
                steps:
                  - {ask: A?, id: a, who: listener, shared: everyone, answer: text, example: a}
                  - {speak: "{{ a }}", who: speaker, for: 1m}
        """),
        "Ana",
        "Ben",
    )
    room.answer("Ben", "rain")
    room.later(9)
    room.erase("Ben")
    assert _floor(room, "Ana") == (1, 60, 9)


def test_erasing_takes_ones_own_floor_out() -> None:
    """To erase takes a person's part out of the ledger, and nobody else's."""
    room = _room()
    room.go("Ana")
    room.go("Ben")
    room.erase("Ana")
    assert _floor(room, "Ana") is None
    assert _floor(room, "Ben") == (1, 60, 0)


def test_one_screen_for_all() -> None:
    """On a shared screen the floor is the speaker's, too."""
    room = _room(screen=Screen.SHARED)
    room.later(8)
    room.go("Ana")
    assert _floor(room, "Ana") == (1, 60, 8)


def test_it_is_in_the_snapshot_in_order_of_seats() -> None:
    """A snapshot has a row for each seat that had the floor: how often, offered, used."""
    backward = ROUND.replace("turns: member", "turns: member\n        order: reversed")
    room = Room(plan_of(backward.format(more="")), "Ana", "Ben")
    for person in ("Ben", "Ana"):
        room.later(2)
        room.go(person)
    found = json.loads(room.session.snapshot())["course"]["floors"]
    assert found == [[0, 1, 60.0, 2.0], [1, 1, 60.0, 2.0]]


def test_a_transcript_tells_only_its_readers() -> None:
    """Each reader's transcript has their own entry in kind words, and no other's."""
    room = _room(facilitator="Fay")
    room.later(40)
    room.go("Ana")
    room.later(75)
    room.go("Ben")
    own = "The floor was yours once, for 1 minute. You used 40 seconds; any measure is right."
    assert own in transcript_as_markdown(room.transcript("Ana"))
    for reader in ("Ben", "Fay"):
        assert "40 seconds" not in transcript_as_markdown(room.transcript(reader))
    assert "floor" not in transcript_as_markdown(room.transcript("Fay"))
    assert room.transcript("Ana").floor == Floor(1, 60, 40)


@pytest.mark.parametrize("number", range(len(SCENES)))
@given(seed=st.integers(0, 10**6))
def test_nothing_is_used_that_did_not_pass(number: int, seed: int) -> None:
    """However a session goes, what people used together is no longer than it took."""
    session = SCENES[number].start(seed % 10)
    began = session.state.now
    for _ in walk(session, Random(seed), 60):
        floors = [floor for _, floor in session.state.course.floors]
        assert sum(floor.used for floor in floors) <= session.state.now - began + 0.01


@pytest.mark.parametrize("number", range(len(SCENES)))
@given(seed=st.integers(0, 10**6))
def test_nobody_sees_a_ledger(number: int, seed: int) -> None:
    """Whatever the ledger says, the same event gives the same effects and the same views."""
    session = SCENES[number].start(seed % 10)
    for _ in walk(session, Random(seed), 25):
        pass
    state = session.state
    floors = ((0, Floor(9, 8.0, 7.0)),)
    other = Session(session.plan, evolve(state, course=evolve(state.course, floors=floors)))
    for event in walk(session, Random(seed), 5):
        assert other.receive(event) == session.effects
        for person in session.state.setup.people:
            assert other.view(person.id) == session.view(person.id)
