"""What one person may take along."""

from __future__ import annotations

import pytest

from compassion_protocols.session.transcript import LEFT_OPEN
from tests.plans import plan_of
from tests.room import START, Room

TALK = plan_of("""
    title: A talk
    version: 1.2.3
    roles:
      member: {people: 2-4}
    care: {tier: 0, distress: [before]}
    steps:
      - {say: Hello.}
      - {ask: "A secret, {{ you }}?", id: secret, answer: text, example: a}
      - turns: member
        steps:
          - ask: For {{ speaker }}, {{ you }}?
            id: word
            who: listener
            shared: everyone
            answer: {form: {what: text, score: {number: whole}}}
            example: {what: a, score: 1}
      - {reveal: secret, id: shown, who: everyone, to: everyone}
""")


def _through() -> Room:
    room = Room(TALK, "Ana", "Ben", session="s-1")
    for name in ("Ana", "Ben"):
        room.answer(name, 1)
    room.go("Ana", "Ben")
    for name in ("Ana", "Ben"):
        room.later(1)
        room.answer(name, f"secret of {name}")
    room.later(1)
    room.answer("Ben", {"what": "warm", "score": 3})
    room.later(1)
    room.skip("Ana")
    room.later(1)
    room.answer("Ana", True)
    room.later(1)
    room.answer("Ben", False)
    assert room.ended
    return room


def test_it_names_the_protocol_the_people_and_its_reader() -> None:
    """A transcript says of what session it is, and for whom."""
    found = _through().transcript("Ana")
    assert (found.protocol, found.version, found.title) == ("a-test", "1.2.3", "A talk")
    assert (found.session, found.reader, found.people, found.ended) == (
        "s-1",
        "Ana",
        ("Ana", "Ben"),
        True,
    )


def test_it_holds_what_is_open_to_its_reader_in_order_of_time() -> None:
    """Each reader has the questions, their own answers, and the others' that are open to them."""
    room = _through()
    assert [(line.question, line.by, line.text) for line in room.transcript("Ana").lines] == [
        ("A secret, Ana?", "Ana", "secret of Ana"),
        ("For Ana, Ana?", "Ben", "warm and 3"),
        ("For Ben, Ana?", "Ana", LEFT_OPEN),
        ("Would you like to show what you wrote? It stays yours if not.", "Ana", "secret of Ana"),
        ("Would you like to show what you wrote? It stays yours if not.", "Ben", LEFT_OPEN),
    ]
    assert "secret of Ben" not in str(room.transcript("Ana"))
    assert "secret of Ben" in str(room.transcript("Ben"))


def test_a_line_has_its_time_place_and_value() -> None:
    """A line knows when it was given, where, and its value as data; left open, it has none."""
    line, left = _through().transcript("Ana").lines[1:3]
    assert (line.at, line.place, line.value) == (START + 3, "word", {"what": "warm", "score": 3})
    assert left.value is None


@pytest.mark.parametrize("how", ["skip", "leave", "advance"])
def test_it_never_says_why_something_was_left_open(how: str) -> None:
    """Skipped, absent or timed out: others see that it was left open, and nothing else."""
    plan = plan_of("""
        roles:
          member: {people: 1-4}
        steps: [{ask: A?, id: a, shared: everyone, answer: text, example: a}, {say: On.}]
    """)
    room = Room(plan, "Ana", "Ben", facilitator="Fay")
    room.answer("Ana", "tea")
    {"skip": lambda: room.skip("Ben"), "leave": lambda: room.leave("Ben")}.get(
        how, lambda: room.advance("Fay")
    )()
    assert room.said("Ana") == ["Ana: tea", "Ben: left open"]


def test_pauses_care_and_leaving_are_in_no_transcript() -> None:
    """Who paused, who left and who asked for care is not in it."""
    quiet, busy = _through(), Room(TALK, "Ana", "Ben", session="s-1")
    busy.pause("Ben")
    busy.resume("Ana", "Ben")
    busy.distress("Ana")
    busy.ground("Ana")
    busy.ground("Ben")
    for name in ("Ana", "Ben"):
        busy.answer(name, 1)
    assert busy.transcript("Ana").lines == ()
    assert not any("distress" in line.question for line in quiet.transcript("Ana").lines)


def test_a_facilitator_has_what_was_shared_with_everyone() -> None:
    """A facilitator's transcript holds what is open to them as to any other reader."""
    room = Room(TALK, "Ana", "Ben", facilitator="Fay")
    for name in ("Ana", "Ben"):
        room.answer(name, 1)
    room.go("Ana", "Ben")
    for name in ("Ana", "Ben"):
        room.answer(name, "secret")
    assert room.said("Fay") == []
    room.answer("Ben", {"what": "warm", "score": 3})
    assert room.said("Fay") == ["Ben: warm and 3"]


def test_whoever_has_gone_is_still_named_in_what_was_asked() -> None:
    """A question reads as it was asked, though someone it speaks of has stopped since."""
    plan = plan_of("""
        roles:
          member: {people: 2}
        steps:
          - turns: member
            steps:
              - ask: A word for {{ listener }}?
                id: word
                who: speaker
                shared: everyone
                answer: text
                example: a
    """)
    room = Room(plan, "Ana", "Ben")
    room.answer("Ana", "tea")
    room.stop("Ben")
    [line] = room.transcript("Ana").lines
    assert line.question == "A word for Ben?"
