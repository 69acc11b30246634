"""What names mean while a session runs, and for whom."""

from __future__ import annotations

import pytest

from compassion_protocols.language.values import Duration, Missing, Person
from compassion_protocols.model.plan import Scope
from compassion_protocols.session.scene import Scene
from tests.plans import plan_of
from tests.room import Room

NAMES = plan_of("""
    roles:
      partner: {people: 2}
      holder: {one_of: partner, others: hearer}
    settings:
      length: {duration: 90s, label: Length}
      times: {number: 3, label: Times}
      cards: {list: [a, b], label: Cards}
    steps:
      - include: three-breath-pause
        with: {breaths: 4}
      - ask: A word?
        id: word
        who: partner
        answer: text
        example: a
      - turns: partner
        steps:
          - say: "{{ speaker }}"
""")


def _scene(room: Room) -> Scene:
    state = room.state
    cast = tuple(range(len(state.setup.people)))
    return Scene(room.session.plan, state.setup, state.presence, state.course, cast)


def _look(name: str, reader: int | None = None, room: Room | None = None) -> object:
    room = room or Room(NAMES, "Ana", "Ben", facilitator="Fay")
    return _scene(room).lookup(Scope(), reader)(name)


ANA, BEN, FAY = Person("Ana", "Ana"), Person("Ben", "Ben"), Person("Fay", "Fay")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("length", Duration(90)),
        ("times", 3),
        ("cards", ("a", "b")),
        ("everyone", (ANA, BEN)),
        ("partner", (ANA, BEN)),
        ("facilitator", FAY),
        ("holder", ANA),
        ("hearer", BEN),
        ("word", ()),
    ],
)
def test_what_names_mean_everywhere(name: str, value: object) -> None:
    """Settings, people and answers mean the same at every place of a plan."""
    assert _look(name) == value


def test_you_are_whoever_reads() -> None:
    """`you` is the reader, and nobody where nobody reads."""
    assert (_look("you", 0), _look("you", 1)) == (ANA, BEN)
    assert isinstance(_look("you"), Missing)


def test_an_unknown_name_is_missing() -> None:
    """A name that means nothing has no value."""
    assert isinstance(_look("nothing"), Missing)


def test_without_a_facilitator_there_is_nobody_of_that_name() -> None:
    """`facilitator` is missing where the session has none."""
    assert isinstance(_look("facilitator", room=Room(NAMES, "Ana", "Ben")), Missing)


def test_whoever_has_gone_is_nobody_s_partner_any_more() -> None:
    """People who have stopped are not among a role or among everyone."""
    plan = plan_of("roles:\n  member: {people: 1-4}\nsteps: [{say: A.}]")
    room = Room(plan, "Ana", "Ben", "Cem")
    room.stop("Ana")
    assert _look("member", room=room) == _look("everyone", room=room) == (BEN, Person("Cem", ""))


def test_whoever_is_away_still_belongs() -> None:
    """People who are away are still of their role."""
    plan = plan_of("roles:\n  member: {people: 1-4}\nsteps: [{say: A.}]")
    room = Room(plan, "Ana", "Ben")
    room.leave("Ana")
    assert _look("member", room=room) == (ANA, BEN)


# who may read an answer


READING = """
roles:
  member: {people: 1-5}
steps:
  - ask: A word?
    id: word
    answer: text
    SHARED
    example: a
  - say: "{{ word | default('closed') }}"
    who: [everyone, facilitator]
"""


def _reading(shared: str, *people: str) -> Room:
    room = Room(plan_of(READING.replace("SHARED", shared)), *people, facilitator="Fay")
    for person in people:
        room.answer(person, person.lower())
    return room


def test_an_answer_is_private_unless_it_is_shared() -> None:
    """Each of several people reads their own answer, and nobody else's."""
    room = _reading("hint: x", "Ana", "Ben")
    assert [room.text(name) for name in ("Ana", "Ben", "Fay")] == ["ana", "ben", "closed"]


def test_a_shared_answer_is_open_to_those_it_names() -> None:
    """A shared answer can be read by its writer and by those it is shared with."""
    room = _reading("shared: facilitator", "Ana", "Ben")
    assert [room.text(name) for name in ("Ana", "Ben", "Fay")] == ["ana", "ben", "ana and ben"]


def test_everyone_reads_includes_a_facilitator() -> None:
    """What is shared with everyone can be read by a facilitator who was there from the start."""
    room = _reading("shared: everyone", "Ana", "Ben")
    assert {room.text(name) for name in ("Ana", "Ben", "Fay")} == {"ana and ben"}


def test_a_shared_answer_opens_when_all_who_were_asked_have_answered() -> None:
    """Until the last of them has answered, each sees only their own answer."""
    plan = plan_of("""
        care: {tier: 2}
        roles:
          member: {people: 2}
        steps:
          - repeat_until: 1 > 2
            at_most: 2
            steps:
              - ask: "{% for w in word | given %}{{ w.by }}: {{ w.value }} {% endfor %}More?"
                id: word
                shared: everyone
                answer: text
                meanwhile: "{{ word | given | count }} so far."
                example: a
    """)
    room = Room(plan, "Ana", "Ben", facilitator="Fay")
    room.answer("Ana", "one")
    assert (room.text("Ben"), room.text("Fay")) == ("More?", "0 so far.")
    assert room.said("Ben") == []
    room.answer("Ben", "two")
    assert room.text("Ana") == room.text("Ben") == "Ana: one Ben: two More?"
    room.later(5)
    room.answer("Ana", "three")
    assert room.text("Ben") == "Ben: two More?"
    assert room.said("Ana") == ["Ben: two", "Ana: three"]


def test_what_a_speaker_may_read_stays_theirs() -> None:
    """An answer shared with the speaker of a turn is theirs for good, also outside the turns."""
    plan = plan_of("""
        roles:
          member: {people: 3}
        steps:
          - turns: member
            steps:
              - ask: For {{ speaker }}?
                id: word
                who: listener
                shared: speaker
                answer: text
                example: a
          - say: "{% for w in word | given %}{{ w.value }}>{{ w.speaker }} {% endfor %}."
    """)
    room = Room(plan, "Ana", "Ben", "Cem")
    for speaker in ("Ana", "Ben", "Cem"):
        for other in ("Ana", "Ben", "Cem"):
            if other != speaker:
                room.answer(other, other[0])
    assert room.text("Ana") == "B>Ana C>Ana A>Ben A>Cem ."
    assert room.text("Ben") == "B>Ana A>Ben C>Ben B>Cem ."
    assert room.said("Cem") == ["Cem: C", "Cem: C", "Ana: A", "Ben: B"]


def test_a_holder_s_answers_do_not_pass_with_the_role() -> None:
    """What was shared with whoever held a role is not opened to the one who holds it next."""
    plan = plan_of("""
        roles:
          member: {people: 3}
          holder: {one_of: member, others: rest}
        steps:
          - ask: "For {{ holder }}?"
            id: word
            who: rest
            shared: holder
            answer: text
            example: a
          - pass: holder
            to: next
          - say: "{{ word | given | count }}"
    """)
    room = Room(plan, "Ana", "Ben", "Cem")
    room.answer("Ben", "b")
    room.answer("Cem", "c")
    assert [room.text(name) for name in ("Ana", "Ben", "Cem")] == ["2", "1", "1"]


def test_a_newcomer_reads_nothing_from_before() -> None:
    """Whoever joins later is not among those that earlier answers were opened to."""
    room = _reading("shared: everyone", "Ana", "Ben")
    room.join("Cem", role="member")
    assert room.said("Cem") == []
    room.go("Ana", "Ben")
    room.go("Fay")
    assert room.ended
    assert room.said("Cem") == []


def test_whoever_has_gone_keeps_what_they_could_read_and_gets_nothing_new() -> None:
    """After stopping, a person's transcript holds what was opened to them before, and no more."""
    plan = plan_of("""
        roles:
          member: {people: 1-4}
        steps:
          - {ask: One?, id: one, shared: everyone, answer: text, example: a}
          - {ask: Two?, id: two, shared: everyone, answer: text, example: a}
    """)
    room = Room(plan, "Ana", "Ben", "Cem")
    for name in ("Ana", "Ben", "Cem"):
        room.answer(name, f"one {name}")
    room.stop("Cem")
    room.answer("Ana", "two")
    room.answer("Ben", "two")
    assert room.said("Cem") == ["Ana: one Ana", "Ben: one Ben", "Cem: one Cem", "Cem: left open"]


def test_a_number_may_be_a_setting() -> None:
    """Amounts and lengths are read by name, and are nothing where the name has no fit value."""
    from compassion_protocols.model.names import Ref

    scene = _scene(Room(NAMES, "Ana", "Ben"))
    assert scene.number(Scope(), Ref("times")) == 3
    assert scene.number(Scope(), Ref("cards")) is None
    assert scene.number(Scope(), 5) == 5
    assert scene.seconds(Scope(), Ref("length")) == 90
    assert scene.seconds(Scope(), Ref("times")) is None
    assert scene.seconds(Scope(), Duration(7)) == 7
    assert scene.seconds(Scope(), None) is None


def test_a_private_answer_of_one_is_nobody_else_s() -> None:
    """What one person at a time answers privately is not there for any other reader."""
    plan = plan_of("""
        roles:
          member: {people: 2}
        steps:
          - turns: member
            steps:
              - {ask: A word?, id: word, who: speaker, answer: text, example: a}
              - say: "{{ word | default('closed') }}"
    """)
    room = Room(plan, "Ana", "Ben")
    room.answer("Ana", "tea")
    assert (room.text("Ana"), room.text("Ben")) == ("tea", "closed")


def test_people_may_be_gone_through_like_a_list() -> None:
    """A loop may bind each person of a role, who can then be asked by that name."""
    plan = plan_of("""
        roles:
          member: {people: 2-3}
        steps:
          - for_each: one in member
            steps:
              - {ask: "{{ one }}?", id: word, who: one, shared: everyone, answer: text, example: a}
          - say: "{% for w in word | given %}{{ w.one }}: {{ w.value }}. {% endfor %}"
    """)
    room = Room(plan, "Ana", "Ben")
    room.answer("Ana", "tea")
    assert (room.kind("Ana"), room.kind("Ben")) == ("waiting", "ask")
    room.answer("Ben", "cake")
    assert room.text("Ana") == "Ana: tea. Ben: cake. "


def test_the_listeners_of_a_turn_are_of_its_role() -> None:
    """Where turns go round one of two roles, its others listen, and nobody else."""
    plan = plan_of("""
        roles:
          parent: {people: 1-2}
          child: {people: 2-3}
        steps:
          - turns: child
            steps: [{say: "{{ speaker }} to {{ listener }}.", who: speaker}]
    """)
    room = Room(plan, attendance={"parent": ["Ana"], "child": ["Ben", "Cem"]})
    assert room.text("Ben") == "Ben to Cem."


@pytest.mark.parametrize("answer", [True, False])
def test_what_someone_left_behind_decides_nothing(answer: bool) -> None:
    """Whoever does the part of one who has gone cannot tell what that one answered in private."""
    plan = plan_of("""
        roles:
          member: {people: 2-3}
          scribe: {one_of: member}
        steps:
          - {ask: Is it so?, id: private, who: scribe, answer: yes_no, example: "yes"}
          - {ask: For all?, id: open, who: scribe, shared: everyone, answer: yes_no, example: "yes"}
          - {say: Wait., who: scribe}
          - {say: Only if it is so., who: scribe, when: private}
          - {say: As all know., when: open}
          - {say: The end.}
    """)
    room = Room(plan, "Ana", "Ben", "Cem")
    room.answer("Ana", answer)
    room.answer("Ana", True)
    room.stop("Ana")
    seen = [room.text("Ben")]
    while not room.ended:
        asked = [one for one in ("Ben", "Cem") if "continue" in room.view(one).actions]
        room.go(*asked)
        seen.append(room.text("Ben"))
    assert [text for text in seen if text in ("As all know.", "Only if it is so.")] == [
        "As all know."
    ]
