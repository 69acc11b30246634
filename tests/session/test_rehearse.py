"""A run on a protocol's own examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compassion_protocols.loading import load
from compassion_protocols.session.events import Answer, Continue, Resume, Skip, Tick
from compassion_protocols.session.rehearse import rehearsal, rehearse, reply_from_example
from compassion_protocols.session.state import Screen
from tests.plans import plan_of
from tests.room import START, Room

if TYPE_CHECKING:
    from compassion_protocols.session.events import Event

STEPS = plan_of("""
    audience: couple
    steps:
      - {say: One., timer: {at_least: 30s}}
      - {ask: A?, id: a, answer: text, example: tea}
      - {ask: B?, id: b, answer: text}
      - {wait: Hush., for: 20s}
      - {reveal: a, id: shown, who: everyone, to: everyone}
      - {reveal: b, id: other, who: everyone, to: everyone}
""")


def test_whoever_follows_the_examples() -> None:
    """They answer with the example, skip what has none, go on, and let a timer run out."""
    room = Room(STEPS, "Ana", "Ben")
    seen: list[type[Event]] = []
    for event in rehearsal(room.session):
        seen.append(type(event))
    assert seen == [
        *[Continue] * 2,
        *[Answer] * 2,
        *[Skip] * 2,
        Tick,
        *[Answer] * 2,
        *[Continue] * 2,
    ]
    assert room.ended


def test_its_clock_jumps() -> None:
    """The rehearsal's own clock goes five seconds a step, and waits for what has a time."""
    room = Room(STEPS, "Ana", "Ben")
    times = [event.at - START for event in rehearsal(room.session)]
    assert times[0] == 30
    assert times == sorted(times)
    assert times[6] - times[5] == 20


def test_little_time_is_enough() -> None:
    """Where a question closes sooner than a step of the rehearsal takes, it is seen to at once."""
    short = plan_of("""
        audience: couple
        steps:
          - {ask: A?, id: a, answer: text, timer: {at_most: 7s}}
          - {ask: B?, id: b, answer: text, timer: {at_most: 4s}}
    """)
    room = Room(short, "Ana", "Ben")
    assert [type(event) for event in rehearsal(room.session)] == [Skip] * 4
    assert room.ended


def test_in_a_pause_they_agree_to_go_on() -> None:
    """Whoever follows the examples resumes a pause."""
    room = Room(STEPS, "Ana", "Ben")
    room.pause("Ana")
    assert isinstance(reply_from_example(room.view("Ben"), START), Resume)
    for _ in rehearsal(room.session):
        pass
    assert room.ended


def test_whoever_is_not_asked_only_waits() -> None:
    """Where there is nothing to do, the examples do nothing."""
    room = Room(STEPS, "Ana", "Ben")
    room.later(30)
    room.go("Ana")
    assert reply_from_example(room.view("Ana"), START) is None


def test_a_rehearsal_goes_through_a_shared_screen_too() -> None:
    """On a shared screen the cards between people are gone through."""
    room = Room(STEPS, "Ana", "Ben", screen=Screen.SHARED)
    for _ in rehearsal(room.session):
        pass
    assert room.ended


def test_rehearse_gives_a_transcript() -> None:
    """Playing a plan through gives the transcript of its reader, else of the first person."""
    found = rehearse(STEPS, ["Ana", "Ben"])
    assert (found.reader, found.ended) == ("Ana", True)
    assert rehearse(STEPS, ["Ana", "Ben"], reader="Ben").reader == "Ben"


@pytest.mark.parametrize("people", [["Ana", "Ben"], {"partner": ["Ana", "Ben"]}])
def test_a_rehearsal_screens_nobody(people: list[str] | dict[str, list[str]]) -> None:
    """A screened protocol can be rehearsed; those who take part count as cleared."""
    found = rehearse(load("structured-empathy-exchange"), people)
    assert found.ended
    assert any(
        line.text == "You felt alone with the move and wished I had asked." for line in found.lines
    )


def test_a_rehearsal_is_the_same_each_time() -> None:
    """Two rehearsals of one plan give the same transcript."""
    plan = load("need-inventory")
    assert rehearse(plan, ["Ana", "Ben"]) == rehearse(plan, ["Ana", "Ben"])


def test_a_rehearsal_takes_settings_and_a_facilitator() -> None:
    """A rehearsal begins like a session, with its settings and its facilitator."""
    found = rehearse(
        load("group-circle"),
        ["Ana", "Ben", "Cem"],
        facilitator="Fay",
        settings={"floor_time": "1m"},
    )
    assert "Fay" in found.people


def test_an_example_that_does_not_fit_is_skipped() -> None:
    """With other settings a rehearsal skips a question whose example is no answer any more."""
    plan = plan_of("""
        audience: individual
        settings: {deck: {list: [rain, sun], label: Deck}}
        steps: [{ask: A?, id: a, answer: {choice: deck}, example: rain}]
    """)
    for deck, said in (["rain"], "rain"), (["sun"], None):
        [line] = rehearse(plan, ["Ana"], settings={"deck": deck}).lines
        assert line.value == said
