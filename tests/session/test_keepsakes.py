"""What people keep for another time, once they have agreed."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import asdict, evolve

from compassion_protocols.errors import (
    AnswerRefused,
    EventNotAllowed,
    MigrationRefused,
    SnapshotRejected,
)
from compassion_protocols.model.choices import How
from compassion_protocols.session.effects import Ended, Kept
from compassion_protocols.session.events import Answer, event_from_json
from compassion_protocols.session.migrating import migrate
from compassion_protocols.session.session import Session
from compassion_protocols.session.snapshot import snapshot
from compassion_protocols.session.state import Screen
from tests.plans import plan_of
from tests.room import START, Room

OWN = plan_of("""
    roles: {member: {people: 1-4}}
    steps:
      - {ask: "What do you need, {{ you }}?", id: need, answer: text, example: a, keep: {as: needs}}
      - {say: On.}
""")

SHARED = plan_of("""
    roles: {member: {people: 2-4}}
    steps:
      - turns: member
        steps:
          - ask: What do you ask?
            id: request
            who: speaker
            shared: everyone
            answer: {form: {what: text, by_when: date}}
            example: {what: a walk, by_when: in 3 days}
            keep: {as: requests, owner: everyone, how: replace}
      - {say: On.}
""")

ASKED = {"what": "a walk", "by_when": "2030-01-31"}


def kept(effects: tuple[object, ...]) -> list[tuple[str, ...]]:
    """Whom the effects say that they keep something."""
    return [one.to for one in effects if isinstance(one, Kept)]


def texts(room: Room, person: str) -> list[str]:
    """What somebody keeps, in words."""
    return [one.text for one in room.session.keepsakes(person)]


def offered(room: Room, person: str) -> str:
    """The line that offers somebody to keep what they answer."""
    wanted = room.view(person).input
    assert wanted is not None
    return wanted.keep


# what is the writer's own


def test_a_writer_keeps_what_they_want_to_keep() -> None:
    """What somebody sends with `keep` is theirs, and nobody else has it."""
    room = Room(OWN, "Ana", "Ben")
    assert offered(room, "Ana")
    assert kept(room.answer("Ana", "Sleep.", keep=True)) == []
    assert kept(room.answer("Ben", "Rest.")) == [("Ana",)]
    assert texts(room, "Ana") == ["Sleep."]
    assert texts(room, "Ben") == []


def test_a_keepsake_is_plain_data() -> None:
    """It says what was kept, whose it is, and where and when it was said."""
    room = Room(OWN, "Ana")
    room.answer("Ana", "Sleep.", keep=True)
    [one] = room.session.keepsakes("Ana")
    assert asdict(one) == {
        "name": "needs",
        "how": How.ADD,
        "type": "text",
        "value": "Sleep.",
        "text": "Sleep.",
        "by": "Ana",
        "owners": ("Ana",),
        "protocol": "a-test",
        "version": "1.0.0",
        "place": "need",
        "at": START,
        "names": {},
    }


def test_the_last_answer_decides() -> None:
    """While the moment is open an answer may be replaced, and whether it is kept with it."""
    room = Room(OWN, "Ana", "Ben")
    room.answer("Ana", "Sleep.", keep=True)
    room.answer("Ana", "Sleep, I said.")
    room.skip("Ben")
    assert texts(room, "Ana") == []


def test_an_early_end_takes_nothing_away() -> None:
    """What somebody wanted to keep is theirs, even if it ends before the others have answered."""
    room = Room(OWN, "Ana", "Ben")
    room.answer("Ana", "Sleep.", keep=True)
    for person in ("Ana", "Ben"):
        room.stop(person)
    assert texts(room, "Ana") == ["Sleep."]


def test_what_is_kept_is_not_gone_back_to() -> None:
    """Nobody returns to a question whose answer they keep; without that they may."""
    room = Room(OWN, "Ana")
    room.answer("Ana", "Sleep.", keep=True)
    assert "back" not in room.view("Ana").actions
    other = Room(OWN, "Ana")
    other.answer("Ana", "Sleep.")
    assert "back" in other.view("Ana").actions


def test_what_is_taken_back_is_not_kept() -> None:
    """After taking everything back, somebody keeps nothing."""
    room = Room(OWN, "Ana")
    room.answer("Ana", "Sleep.", keep=True)
    room.erase("Ana")
    assert texts(room, "Ana") == []


def test_nothing_is_kept_where_that_is_not_offered() -> None:
    """To keep an answer where nobody offered it is refused, and changes nothing."""
    room = Room(SHARED, "Ana", "Ben")
    assert offered(room, "Ana") == ""
    with pytest.raises(AnswerRefused):
        room.answer("Ana", ASKED, keep=True)


@pytest.mark.parametrize("keep", ["yes", 1, None])
def test_to_keep_is_yes_or_no(keep: Any) -> None:  # noqa: ANN401  # whatever a host may send
    """Whether to keep is true or false, and nothing that looks like it."""
    room = Room(OWN, "Ana")
    with pytest.raises(AnswerRefused):
        room.answer("Ana", "Sleep.", keep=keep)
    body = {"event": "answer", "token": room.token("Ana"), "value": "Sleep.", "keep": keep}
    with pytest.raises(EventNotAllowed):
        event_from_json(body, by="Ana", at=START)
    event = event_from_json({**body, "keep": True}, by="Ana", at=START)
    assert isinstance(event, Answer)
    assert event.keep


# what is everyone's


def asked(room: Room) -> Room:
    """Let the first person ask for something."""
    room.answer("Ana", ASKED)
    return room


def test_everyone_agrees_in_a_moment_of_its_own() -> None:
    """All are asked, each alone; with the last yes it is kept for all of them."""
    room = asked(Room(SHARED, "Ana", "Ben", "Cem"))
    for person in ("Ana", "Ben", "Cem"):
        view = room.view(person)
        assert "“a walk and 2030-01-31”" in view.text
        assert view.input is not None
        assert (view.input.type, view.input.seen_by) == ("yes_no", ())
    assert kept(room.answer("Cem", True)) == kept(room.answer("Ana", True)) == []
    assert kept(room.answer("Ben", True)) == [("Ana", "Ben", "Cem")]
    for person in ("Ana", "Ben", "Cem"):
        [one] = room.session.keepsakes(person)
        assert (one.by, one.owners) == ("Ana", ("Ana", "Ben", "Cem"))
        assert (one.name, one.how, one.value) == ("requests", How.REPLACE, ASKED)
        assert one.names == {"speaker": "Ana"}


@pytest.mark.parametrize("who", ["Ana", "Ben"])
@pytest.mark.parametrize("how", ["no", "skip", "leave", "stop"])
def test_one_no_keeps_nothing(who: str, how: str) -> None:
    """Whoever says no, skips or is not there: nothing is kept for anyone."""
    room = asked(Room(SHARED, "Ana", "Ben", "Cem"))
    for person in ("Ana", "Ben", "Cem"):
        if person != who:
            room.answer(person, True)
        elif how == "no":
            room.answer(person, False)
        else:
            {"skip": room.skip, "leave": room.leave, "stop": room.stop}[how](person)
    assert [texts(room, person) for person in ("Ana", "Ben", "Cem")] == [[], [], []]


def test_nobody_sees_who_said_no() -> None:
    """What somebody answers there is in nobody else's view, and in no transcript."""
    rooms = [asked(Room(SHARED, "Ana", "Ben")) for _ in range(2)]
    for room, said in zip(rooms, (True, False), strict=True):
        room.answer("Ana", False)
        room.answer("Ben", said)
        assert room.said("Ana") == room.said("Ben") == ["Ana: a walk and 2030-01-31"]
    assert rooms[0].view("Ana").etag == rooms[1].view("Ana").etag


def test_nobody_is_asked_where_there_is_nothing_to_keep() -> None:
    """Where the question was left open, no agreement is asked for."""
    room = Room(SHARED, "Ana", "Ben")
    room.skip("Ana")
    assert room.view("Ben").text == "What do you ask?"


def test_what_is_taken_back_is_not_asked_about() -> None:
    """Where the writer takes it back while all are asked, it goes on without."""
    room = asked(Room(SHARED, "Ana", "Ben"))
    room.answer("Ben", True)
    room.erase("Ana")
    assert room.view("Ben").text == "What do you ask?"
    assert texts(room, "Ben") == []


def test_a_newcomer_is_not_asked() -> None:
    """Whoever came too late to read it is not asked, and does not own it."""
    room = asked(Room(SHARED, "Ana", "Ben"))
    room.join("Dee", name="Dee", role="member")
    room.answer("Ana", True)
    assert room.kind("Dee") == "waiting"
    assert kept(room.answer("Ben", True)) == [("Ana", "Ben")]
    assert texts(room, "Dee") == []


def test_a_facilitator_reads_and_owns_nothing() -> None:
    """A facilitator is not asked to agree, and keeps nothing."""
    room = asked(Room(SHARED, "Ana", "Ben", facilitator="Noor"))
    room.answer("Ana", True)
    room.answer("Ben", True)
    assert texts(room, "Ana") == ["a walk and 2030-01-31"]
    assert texts(room, "Noor") == []


def test_on_one_screen_each_agrees_alone() -> None:
    """A shared screen goes from hand to hand for it, and is covered afterwards."""
    room = asked(Room(SHARED, "Ana", "Ben", screen=Screen.SHARED))
    for person in ("Ana", "Ben"):
        assert room.session.at_screen == person
        assert room.kind(person) == "hand_over"
        room.go(person)
        room.answer(person, True)
    assert room.kind("Ben") == "cover"
    room.go("Ben")
    assert texts(room, "Ana") == texts(room, "Ben") == ["a walk and 2030-01-31"]


def test_names_that_an_owner_may_not_know_are_left_out() -> None:
    """A loop's name goes with it only if every owner may read what the loop goes through."""
    plan = plan_of("""
        roles: {member: {people: 2}, holder: {one_of: member}}
        steps:
          - {ask: A?, id: needs, who: holder, answer: {list: text}, example: [a]}
          - for_each: need in needs
            steps:
              - ask: B?
                id: request
                who: holder
                shared: everyone
                answer: text
                example: b
                keep: {as: requests, owner: everyone}
              - {ask: C?, id: own, who: holder, answer: text, example: b, keep: {as: owns}}
    """)
    room = Room(plan, "Ana", "Ben")
    room.answer("Ana", ["sleep"])
    room.answer("Ana", "Help me.")
    room.answer("Ana", True)
    room.answer("Ben", True)
    room.answer("Ana", "Mine.", keep=True)
    ours, own = room.session.keepsakes("Ana")
    assert (ours.names, own.names) == ({}, {"need": "sleep"})


WORDS = plan_of("""
    roles: {member: {people: 2-4}}
    steps:
      - ask: A?
        id: word
        shared: everyone
        answer: text
        example: a
        keep: {as: words, owner: everyone}
""")


def test_several_answers_are_agreed_on_together() -> None:
    """What several people have said is asked about at once, and kept one by one."""
    room = Room(WORDS, "Ana", "Ben")
    room.answer("Ana", "warm")
    room.answer("Ben", "calm")
    assert "“warm and calm”" in room.text("Ana")
    room.answer("Ana", True)
    effects = room.answer("Ben", True)
    assert kept(effects) == [("Ana", "Ben")]
    assert isinstance(effects[-1], Ended)
    assert [(one.by, one.text) for one in room.session.keepsakes("Ben")] == [
        ("Ana", "warm"),
        ("Ben", "calm"),
    ]


@pytest.mark.parametrize("said", [True, False])
def test_a_no_of_who_came_in_between_keeps_nothing(said: bool) -> None:
    """Who can read only some of the answers decides about all, so that none tells of a no."""
    room = Room(WORDS, "Ana", "Ben")
    room.answer("Ana", "warm")
    room.join("Dee", name="Dee", role="member")
    room.answer("Ben", "calm")
    room.answer("Ana", True)
    room.answer("Ben", True)
    told = kept(room.answer("Dee", said))
    assert told == ([("Ana", "Ben"), ("Ana", "Ben", "Dee")] if said else [])
    assert texts(room, "Ana") == texts(room, "Ben") == (["warm", "calm"] if said else [])
    assert texts(room, "Dee") == (["calm"] if said else [])


AGAIN = plan_of("""
    roles: {member: {people: 2-4}, holder: {one_of: member}}
    steps:
      - repeat_until: enough
        at_most: 3
        steps:
          - ask: A?
            id: word
            who: holder
            shared: everyone
            answer: text
            example: a
            keep: {as: words, owner: everyone}
          - {ask: B?, id: enough, who: holder, shared: everyone, answer: yes_no, example: "yes"}
      - {say: On.}
""")


def agreed_once(*people: str) -> Room:
    """A first word that all have agreed to keep, and one more round."""
    room = Room(AGAIN, *people)
    room.answer("Ana", "warm")
    for person in people:
        room.answer(person, True)
    assert texts(room, "Ben") == ["warm"]
    room.answer("Ana", False)
    assert texts(room, "Ben") == ["warm"]
    return room


def test_what_was_agreed_holds_for_one_answer() -> None:
    """An answer that takes the place of a kept one is not kept before all have agreed anew."""
    room = agreed_once("Ana", "Ben")
    room.answer("Ana", "calm")
    assert texts(room, "Ana") == texts(room, "Ben") == []
    room.answer("Ana", True)
    room.stop("Ben")
    assert texts(room, "Ana") == texts(room, "Ben") == []


def test_who_is_away_has_not_agreed_anew() -> None:
    """A yes to an earlier answer is none to the next, though nobody asks whoever is away."""
    room = agreed_once("Ana", "Ben", "Cem")
    room.leave("Cem")
    room.answer("Ana", "calm")
    room.answer("Ana", True)
    assert kept(room.answer("Ben", True)) == []
    assert texts(room, "Ana") == texts(room, "Cem") == []


@pytest.mark.parametrize("keep", [True, False])
def test_what_somebody_kept_before_is_not_told_by_a_way_back(keep: bool) -> None:
    """Whoever is asked alone in a later pass may go back, whether or not others keep theirs."""
    plan = plan_of("""
        roles: {member: {people: 1-2}, holder: {one_of: member}}
        steps:
          - repeat_until: enough
            at_most: 3
            steps:
              - {ask: A?, id: word, answer: text, example: a, keep: {as: words}}
              - {ask: B?, id: enough, who: holder, answer: yes_no, example: "yes"}
    """)
    room = Room(plan, "Ana", "Ben")
    room.answer("Ana", "warm")
    assert kept(room.answer("Ben", "calm", keep=keep)) == ([("Ben",)] if keep else [])
    room.leave("Ben")
    room.answer("Ana", False)
    assert kept(room.answer("Ana", "warmer")) == []
    assert "back" in room.view("Ana").actions
    assert texts(room, "Ben") == (["calm"] if keep else [])


# beyond this process


def test_a_stranger_keeps_nothing() -> None:
    """Nobody's keepsakes are asked for by a person who is not there."""
    with pytest.raises(LookupError):
        Room(OWN, "Ana").session.keepsakes("Zoe")


def test_no_snapshot_makes_an_answer_kept() -> None:
    """A snapshot that keeps what nobody could keep is damaged."""
    room = asked(Room(SHARED, "Ana", "Ben"))
    key, entry = next(iter(room.state.course.answers.items()))
    answers = room.state.course.answers.put(key, evolve(entry, keep=True))
    forged = evolve(room.state, course=evolve(room.state.course, answers=answers))
    with pytest.raises(SnapshotRejected):
        Session.restore(SHARED, snapshot(SHARED, forged))


def test_a_later_version_keeps_no_more() -> None:
    """What its writer keeps stays so in a version that offers it, and is not everyone's ever."""
    room = Room(OWN, "Ana", "Ben")
    room.answer("Ana", "Sleep.", keep=True)
    for keep, still in (("{as: longings}", ["Sleep."]), ("{as: needs, owner: everyone}", [])):
        later = plan_of(f"""
            version: 2.0.0
            roles: {{member: {{people: 1-4}}}}
            steps:
              - ask: What do you need, {{{{ you }}}}?
                id: need
                answer: text
                example: a
                keep: {keep}
              - {{say: On.}}
        """)
        text = migrate(OWN, later, room.session.snapshot())
        moved = Session.restore(later, text)
        assert [one.text for one in moved.keepsakes("Ana")] == still


TWO = """
    version: {version}
    roles: {{member: {{people: 2}}, holder: {{one_of: member}}}}
    steps:
      - {{ask: A?, id: one, who: holder, shared: everyone, answer: text, example: a, {keep}}}
      - {{ask: B?, id: two, who: holder, shared: everyone, answer: text, example: a, {keep}}}
      - {{ask: C?, id: fine, answer: yes_no, example: "yes"}}
      - {{say: On.}}
"""
EVERYONES = "keep: {as: words, owner: everyone}"


@pytest.mark.parametrize(
    "mapping",
    [
        {"one": "two", "two": "one"},
        {"one/keep": "two/keep", "two/keep": "one/keep"},
        {"one/keep": "fine", "fine": "one/keep"},
    ],
)
def test_no_mapping_makes_another_answer_kept(mapping: dict[str, str]) -> None:
    """A yes to one answer is never taken for a yes to another, whatever a host says of places."""
    old, new = [plan_of(TWO.format(version=v, keep=EVERYONES)) for v in ("1.0.0", "2.0.0")]
    room = Room(old, "Ana", "Ben")
    for word, said in (("warm", True), ("calm", False)):
        room.answer("Ana", word)
        room.answer("Ana", said)
        room.answer("Ben", said)
    room.answer("Ana", True)
    room.answer("Ben", True)
    assert Session.restore(new, migrate(old, new, room.session.snapshot())).keepsakes("Ben")
    with pytest.raises(MigrationRefused):
        migrate(old, new, room.session.snapshot(), mapping)
    lost = ["one/keep", "two/keep", *(name for name in mapping if name == "fine")]
    text = migrate(old, new, room.session.snapshot(), mapping, lost)
    assert Session.restore(new, text).keepsakes("Ben") == ()


def test_a_question_takes_what_was_agreed_along() -> None:
    """Where a question has another id, a mapping leads its agreement there as well."""
    old = plan_of(TWO.format(version="1.0.0", keep=EVERYONES))
    new = plan_of(TWO.format(version="2.0.0", keep=EVERYONES).replace("id: one", "id: first"))
    room = Room(old, "Ana", "Ben")
    room.answer("Ana", "warm")
    room.answer("Ana", True)
    room.answer("Ben", True)
    mapping = {"one": "first", "one/keep": "first/keep"}
    moved = Session.restore(new, migrate(old, new, room.session.snapshot(), mapping))
    assert [one.text for one in moved.keepsakes("Ben")] == ["warm"]
