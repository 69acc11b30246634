"""What becomes of an answer: kept, invited once, or refused."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from compassion_protocols.errors import AnswerRefused, EventNotAllowed
from compassion_protocols.language.values import Missing, Reason
from compassion_protocols.loading import load
from compassion_protocols.session.answers import today
from compassion_protocols.session.effects import Answered, Invited, Opened
from compassion_protocols.session.events import Answer, Skip
from compassion_protocols.session.lines import NOTHING_TO_SHOW_LINE, NUDGE_LINE
from compassion_protocols.session.scene import Scene
from tests.plans import plan_of
from tests.room import Room, check_restoring

if TYPE_CHECKING:
    from collections.abc import Callable

RULES = plan_of("""
    roles:
      member: {people: 1-4}
    steps:
      - ask: A sentence?
        id: sentence
        answer: text
        rules:
          - sentences: {max: 1}
            say: Just one, {{ you }}?
          - avoids: [never, always]
            say: This one time?
        example: I felt alone.
        counterexamples: [It never works. I give up.]
      - say: "You wrote: {{ sentence }}"
""")


def test_an_answer_that_meets_the_rules_is_kept_at_once() -> None:
    """An answer that misses no rule is kept, and an effect tells its writer alone."""
    room = Room(RULES, "Ana")
    effects = room.answer("Ana", "  I felt alone. ")
    assert Answered(to=("Ana",), by="Ana", place="sentence") in effects
    assert room.text("Ana") == "You wrote: I felt alone."


def test_the_first_answer_that_misses_a_rule_comes_back() -> None:
    """It becomes a draft, shown to its writer with the invitations of all the rules it missed."""
    room = Room(RULES, "Ana", "Ben")
    effects = room.answer("Ana", "It never works. I give up.")
    assert effects == (Invited(to=("Ana",), place="sentence"),)
    view = room.view("Ana")
    assert view.kind == "ask"
    assert view.draft == "It never works. I give up."
    assert view.invite == ("Just one, Ana?", "This one time?", NUDGE_LINE)
    assert (room.view("Ben").draft, room.view("Ben").invite) == (None, ())


def test_only_the_rules_that_were_missed_invite() -> None:
    """A rule that the draft meets says nothing."""
    room = Room(RULES, "Ana")
    room.answer("Ana", "It never works.")
    assert room.view("Ana").invite == ("This one time?", NUDGE_LINE)


@pytest.mark.parametrize("second", ["It never works.", "Still never. Never!", "I felt alone."])
def test_the_second_answer_is_kept_as_it_is(second: str) -> None:
    """Insisting is an answer too: whatever comes second is kept."""
    room = Room(RULES, "Ana")
    room.answer("Ana", "It never works.")
    room.answer("Ana", second)
    assert room.text("Ana") == f"You wrote: {second}"


def test_a_retransmission_is_not_insisting() -> None:
    """The first answer, sent twice by the network, comes back once and is not kept."""
    room = Room(RULES, "Ana")
    token = room.token("Ana")
    room.answer("Ana", "It never works.", token=token)
    assert room.answer("Ana", "It never works.", token=token) == ()
    assert room.view("Ana").invite
    assert room.said("Ana") == []


def test_an_invitation_may_be_left_open() -> None:
    """After an invitation one may skip, and the draft is never kept."""
    room = Room(RULES, "Ana")
    room.answer("Ana", "It never works.")
    room.skip("Ana")
    assert room.said("Ana") == ["Ana: left open"]


def test_a_draft_dies_with_its_moment() -> None:
    """A draft that nobody sent again is not kept when its time is over."""
    plan = plan_of("""
        audience: individual
        steps:
          - ask: A word?
            id: word
            answer: text
            timer: {at_most: 1m}
            rules: [{words: {max: 1}, say: One?}]
            example: a
            counterexamples: [a b]
          - say: On.
    """)
    room = Room(plan, "Ana")
    room.answer("Ana", "two words")
    room.tick(60)
    assert room.text("Ana") == "On."
    assert room.said("Ana") == ["Ana: left open"]


def test_until_the_moment_closes_each_may_replace_their_answer() -> None:
    """While others are still busy, a person's next answer takes the place of the last."""
    room = Room(RULES, "Ana", "Ben")
    room.answer("Ana", "One.")
    room.answer("Ana", "Two.")
    room.skip("Ana")
    room.answer("Ana", "Three.")
    room.skip("Ben")
    assert room.text("Ana") == "You wrote: Three."


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("text", 3),
        ("text", ""),
        ("text", "   "),
        ("text", "x" * 10_001),
        ("long_text", ["a"]),
        ("yes_no", "maybe"),
        ("{number: whole, min: 1, max: 5}", 6),
        ("{number: whole}", 1.5),
        ("{number: any}", float("nan")),
        ("{scale: [0, 10]}", 11),
        ("{choice: [a, b]}", "c"),
        ("{choices: [a, b], max: 1}", ["a", "b"]),
        ("{choices: [a, b]}", ["c"]),
        ("{rank: [a, b]}", ["a"]),
        ("{person: person}", "Zoe"),
        ("date", "tomorrow"),
        ("time", "25:00"),
        ("{list: text, min: 2}", ["a"]),
        ("{form: {what: text, by_when: date}}", {"what": "a"}),
        ("{form: {what: text, by_when: date}}", {"what": "a", "by_when": "soon"}),
    ],
)
def test_a_wrong_shape_is_refused(kind: str, wrong: object) -> None:
    """An answer of the wrong shape raises AnswerRefused with a sentence, and nothing changes."""
    plan = plan_of(f"steps: [{{ask: A?, id: a, answer: {kind}, example: x}}, {{say: On.}}]")
    room = Room(plan, "Ana", "Ben")
    with pytest.raises(AnswerRefused) as refused:
        room.answer("Ana", wrong)
    assert refused.value.say.endswith((".", "?"))
    assert room.token("Ana") == "1.0"


def test_a_wrong_shape_does_not_use_up_the_invitation() -> None:
    """After a refusal, the first answer of the right shape may still be invited."""
    room = Room(RULES, "Ana")
    with pytest.raises(AnswerRefused):
        room.answer("Ana", 7)
    room.answer("Ana", "It never works.")
    assert room.view("Ana").invite
    with pytest.raises(AnswerRefused):
        room.answer("Ana", 7)
    assert room.view("Ana").draft == "It never works."


FIRM = plan_of("""
    audience: individual
    steps:
      - ask: When?
        id: day
        answer: date
        rules:
          - within: {days: 7}
            say: Within a week, {{ you }}, so that it stays small.
            firm: true
        example: in 3 days
      - say: On.
""")


def test_a_firm_rule_keeps_asking() -> None:
    """A firm rule refuses each time, in its own words."""
    room = Room(FIRM, "Ana")
    for _ in range(3):
        with pytest.raises(AnswerRefused, match="Within a week, Ana, so that it stays small"):
            room.answer("Ana", "1970-02-01")
    room.answer("Ana", "1970-01-04")
    assert room.text("Ana") == "On."


def test_a_date_is_counted_from_the_people_s_own_day() -> None:
    """Today is the day by the clock of the people, so many seconds from UTC."""
    late = 23 * 3600 + 1800
    for offset, last in ((0, "1970-01-08"), (3600, "1970-01-09"), (-86_000, "1970-01-08")):
        room = Room(FIRM, "Ana", at=late, utc_offset=offset)
        room.answer("Ana", last)
        assert room.text("Ana") == "On."
    with pytest.raises(AnswerRefused):
        Room(FIRM, "Ana", at=late).answer("Ana", "1970-01-09")


@pytest.mark.parametrize("now", [-1e11, 0.0, 1e11, 9e11])
def test_every_instant_has_a_day(now: float) -> None:
    """There is a day for every instant that an event may bear."""
    room = Room(FIRM, "Ana", at=now)
    state = room.state
    scene = Scene(room.session.plan, state.setup, state.presence, state.course, (0,))
    assert isinstance(today(scene, now), dt.date)
    assert room.view("Ana").input is not None


def test_nothing_is_answered_where_nothing_is_asked() -> None:
    """A page to read takes no answer."""
    room = Room(plan_of("steps: [{say: One.}, {say: Two.}]"), "Ana")
    with pytest.raises(AnswerRefused):
        room.answer("Ana", "well")


def test_a_question_is_not_passed_by_going_on() -> None:
    """A question waits for an answer or a skip, not for going on."""
    room = Room(RULES, "Ana")
    with pytest.raises(EventNotAllowed):
        room.go("Ana")


def test_others_do_not_answer() -> None:
    """Only those who are asked may answer or skip."""
    plan = plan_of("""
        roles:
          member: {people: 2}
        steps:
          - turns: member
            steps: [{ask: A?, id: a, who: speaker, answer: text, example: a}]
    """)
    room = Room(plan, "Ana", "Ben")
    with pytest.raises(EventNotAllowed):
        room.answer("Ben", "me")
    with pytest.raises(EventNotAllowed):
        room.skip("Ben")


# the statement of the acceptance criteria


def _statement() -> Room:
    room = Room(load("specific-feeling-statement"), "Ana")
    room.go("Ana")
    room.answer("Ana", "On Friday at six you wrote that you would not come.")
    room.answer("Ana", ["overlooked"])
    return room


def test_a_specific_feeling_passes() -> None:
    """“I felt overlooked when you canceled our date” is kept at once."""
    room = _statement()
    effects = room.answer("Ana", "I felt overlooked when you canceled our date")
    assert Opened(to=("Ana",), place="good_moment") in effects


def test_blame_is_answered_with_an_invitation_once() -> None:
    """“You never listen” is invited once, and kept when it is sent again, not by a retry."""
    room = _statement()
    token = room.token("Ana")
    room.answer("Ana", "You never listen", token=token)
    assert room.view("Ana").invite
    room.answer("Ana", "You never listen", token=token)
    assert room.view("Ana").draft == "You never listen"
    room.answer("Ana", "You never listen")
    assert "Ana: You never listen" in room.said("Ana")


# reveal


REVEAL = plan_of("""
    roles:
      partner: {people: 2}
    steps:
      - ask: Which?
        id: needs
        answer: {list: text}
        example: [a]
      - reveal: needs
        id: shown
        who: partner
        to: everyone
      - say: "{% for s in shown | given %}{{ s.by }}: {{ s.value }}. {% endfor %}Done."
""")


def _revealing(*values: object) -> Room:
    room = Room(REVEAL, "Ana", "Ben")
    for person, value in zip(("Ana", "Ben"), values, strict=True):
        room.answer(person, value)
    return room


def test_a_reveal_offers_one_s_own_items() -> None:
    """A reveal of a list lets its writer pick from their own items, numbered."""
    room = _revealing(["rest", "rest", "time"], ["a walk"])
    wanted = room.view("Ana").input
    assert wanted is not None
    assert wanted.type == "choices"
    assert [(option.value, option.label) for option in wanted.options] == [
        ("1", "rest"),
        ("2", "rest"),
        ("3", "time"),
    ]
    assert wanted.seen_by == ("Ben",)


def test_only_what_is_picked_is_shown() -> None:
    """A reveal copies what its writer picks, and nothing else becomes known."""
    room = _revealing(["rest", "time", "quiet"], ["a walk"])
    room.answer("Ana", ["3", "1"])
    room.answer("Ben", [])
    assert room.text("Ben") == "Ana: rest and quiet. Done."
    assert room.said("Ana")[-2:] == ["Ana: rest and quiet", "Ben: left open"]


@pytest.mark.parametrize("raw", ["1", ["4"], [1], [None], {"1": True}, True, [["1"]]])
def test_a_reveal_takes_only_what_it_offers(raw: object) -> None:
    """Picking anything but one's own items is refused."""
    room = _revealing(["rest", "time", "quiet"], ["a walk"])
    with pytest.raises(AnswerRefused):
        room.answer("Ana", raw)


def test_skipping_a_reveal_declines_it() -> None:
    """Skipping a reveal is a decision not to show, and looks to others like anything left open."""
    room = _revealing(["rest"], ["a walk"])
    room.skip("Ana")
    room.answer("Ben", [])
    reasons = [
        entry.value.reason
        for _, entry in sorted(room.state.course.answers.items(), key=lambda found: found[0])
        if isinstance(entry.value, Missing)
    ]
    assert reasons == [Reason.DECLINED, Reason.DECLINED]
    assert room.text("Ben") == "Done."


def test_a_reveal_opens_even_with_nothing_to_show() -> None:
    """Whoever left the private question open is not given away: the reveal opens all the same."""
    room = Room(REVEAL, "Ana", "Ben")
    room.answer("Ana", ["rest"])
    room.skip("Ben")
    view = room.view("Ben")
    assert (view.kind, view.text, view.input) == ("reveal", NOTHING_TO_SHOW_LINE, None)
    assert {"continue", "skip"} <= set(view.actions)
    assert room.view("Ana").waiting == ("Ana", "Ben")


@pytest.mark.parametrize("how", [Room.go, Room.skip, lambda room, by: room.answer(by, [])])
def test_with_nothing_to_show_one_just_goes_on(how: Callable[[Room, str], object]) -> None:
    """Going on, skipping or picking nothing is all the same where there is nothing to show."""
    room = Room(REVEAL, "Ana", "Ben")
    room.answer("Ana", ["rest"])
    room.skip("Ben")
    room.answer("Ana", ["1"])
    how(room, "Ben")
    assert room.text("Ben") == "Ana: rest. Done."
    assert room.said("Ana")[-1] == "Ben: left open"


def test_with_something_to_show_one_does_not_just_go_on() -> None:
    """A reveal waits for what its writer picks; it may be skipped."""
    room = _revealing(["rest"], ["a walk"])
    with pytest.raises(EventNotAllowed):
        room.go("Ana")


WHOLE = plan_of("""
    roles:
      partner: {people: 2}
    steps:
      - ask: A word?
        id: word
        answer: text
        example: a
      - reveal: word
        id: shown
        who: partner
        to: everyone
      - say: "{% for s in shown | given %}{{ s.by }}: {{ s.value }}. {% endfor %}Done."
""")


def test_an_answer_that_is_no_list_is_shown_whole_or_not() -> None:
    """A reveal of a single answer asks yes or no."""
    room = Room(WHOLE, "Ana", "Ben")
    room.answer("Ana", "tea")
    room.answer("Ben", "cake")
    wanted = room.view("Ana").input
    assert wanted is not None
    assert (wanted.type, wanted.hint) == ("yes_no", "tea")
    with pytest.raises(AnswerRefused):
        room.answer("Ana", ["1"])
    room.answer("Ana", True)
    room.answer("Ben", False)
    assert room.text("Ben") == "Ana: tea. Done."


# how much fits


def test_an_answer_has_room_as_a_whole() -> None:
    """A list or a form whose parts each fit, and which together are too long, is refused."""
    plan = plan_of("""
        audience: individual
        steps:
          - {ask: A?, id: a, answer: {list: text}, example: [a]}
          - {ask: B?, id: b, answer: {form: {x: long_text, y: long_text}}, example: {x: a, y: b}}
          - {say: On.}
    """)
    room = Room(plan, "Ana")
    with pytest.raises(AnswerRefused, match="a little shorter"):
        room.answer("Ana", ["x" * 300] * 40)
    room.answer("Ana", ["x" * 300] * 30)
    with pytest.raises(AnswerRefused, match="a little shorter"):
        room.answer("Ana", {"x": "x" * 6_000, "y": "y" * 6_000})
    room.answer("Ana", {"x": "x" * 6_000, "y": "y" * 3_000})
    assert room.text("Ana") == "On."


def test_a_session_never_holds_more_than_its_snapshot_may() -> None:
    """When all room is taken, a long answer is refused, may be skipped, and all can be restored."""
    plan = plan_of("""
        audience: individual
        steps:
          - for_each: 1000
            steps: [{ask: A?, id: a, answer: long_text, example: a}]
    """)
    session = Room(plan, "Ana").session
    words = '\\"“' * 2_500

    def answer_until_it_is_full() -> None:
        for _ in range(1_000):
            token = session.view("Ana").token
            session.receive(Answer(by="Ana", token=token, value=words, at=0.0))

    with pytest.raises(AnswerRefused, match="no room left"):
        answer_until_it_is_full()
    assert session.state.course.answers.size > 100
    session.receive(Skip(by="Ana", token=session.view("Ana").token, at=0.0))
    check_restoring(session)
