"""From a protocol to a plan: where things stand, and where every jump leads."""

from __future__ import annotations

import pytest

from compassion_protocols import Answer, Continue, Session, bundled, load
from compassion_protocols.model.plan import (
    Again,
    BlockKind,
    Enter,
    Finish,
    Go,
    Guard,
    Moment,
    OfConstant,
    OfListeners,
    OfSpeaker,
    Op,
    Overdue,
    Plan,
)
from tests.plans import plan_of

PARTNERS = "audience: couple\nroles: {partner: {people: 2}}\n"


def kinds(plan: Plan) -> list[str]:
    """The operations of a plan, moments by their place."""
    return [op.place if isinstance(op, Moment) else type(op).__name__ for op in plan.ops]


def goals(op: Op) -> list[int]:
    """Everywhere that an operation may lead, beside the one after it."""
    match op:
        case Enter() | Overdue() | Guard():
            return [op.out]
        case Again():
            return [op.body, op.out, op.otherwise]
        case Go():
            return [op.to]
        case Moment():
            return [op.missed] if op.missed >= 0 else []
        case _:
            return []


@pytest.mark.parametrize("name", bundled().ids())
def test_every_jump_of_a_bundled_plan_leads_somewhere(name: str) -> None:
    """Every jump leads into the plan, and only a loop's own leads back."""
    plan = load(name)
    for at, op in enumerate(plan.ops):
        assert all(0 <= goal < len(plan.ops) for goal in goals(op))
        if not isinstance(op, Again):
            assert all(goal > at for goal in goals(op))
    assert isinstance(plan.ops[-1], Finish)


@pytest.mark.parametrize("name", bundled().ids())
def test_places_are_unique(name: str) -> None:
    """No two moments or endings of a plan bear the same place."""
    plan = load(name)
    places = [op.place for op in plan.ops if isinstance(op, Moment | Finish)]
    assert len(places) == len(set(places)) == len(plan.moments)


@pytest.mark.parametrize("name", bundled().ids())
def test_the_minutes_left_never_grow(name: str) -> None:
    """Along a plan there is never more time left than before."""
    left = load(name).minutes_left
    assert list(left) == sorted(left, reverse=True)
    assert left[-1] >= 0


def test_a_step_is_known_by_its_id_else_by_its_number() -> None:
    """A place is the step's own id, or what it stands in and its number there."""
    plan = plan_of(
        """\
        steps:
          - say: One.
          - part: Two
            steps:
              - say: Inside.
              - say: Named.
                id: named
          - say: Three.
        """
    )
    assert kinds(plan) == ["1", "2/1", "named", "3", "Finish"]


def test_a_guard_leads_past_its_step() -> None:
    """A guarded step is jumped over, whatever is inside it."""
    plan = plan_of(
        """\
        steps:
          - ask: Ready?
            id: ready
            answer: yes_no
            example: "yes"
          - part: If so
            when: ready
            steps: [say: One., say: Two.]
        """
    )
    guard = plan.ops[1]
    assert isinstance(guard, Guard)
    assert isinstance(plan.ops[guard.out], Finish)


def test_turns_bind_the_speaker_and_the_listener() -> None:
    """Inside turns two names are bound to that loop, outside they mean nothing."""
    plan = plan_of(
        PARTNERS
        + """\
steps:
  - turns: partner
    as: [teller, hearer]
    steps:
      - say: Hello.
  - say: Bye.
"""
    )
    inside, outside = (op for op in plan.ops if isinstance(op, Moment))
    assert inside.scope.names == {"teller": OfSpeaker(0), "hearer": OfListeners(0)}
    assert outside.scope.names == {}
    assert inside.scope.gathering == inside.scope.turns == (0,)


def test_a_repetition_goes_to_its_otherwise() -> None:
    """A repetition that never held goes through otherwise; one that held goes past it."""
    plan = plan_of(
        """\
        steps:
          - repeat_until: enough
            at_most: 2
            steps:
              - ask: Enough?
                id: enough
                answer: yes_no
                example: "yes"
            otherwise:
              - say: That is all right.
          - say: Bye.
        """
    )
    again = next(op for op in plan.ops if isinstance(op, Again))
    assert again.block.kind is BlockKind.REPEAT
    assert [kinds(plan)[again.otherwise], kinds(plan)[again.out]] == ["1/otherwise/1", "2"]


def test_an_ending_inside_an_include_ends_the_include_alone() -> None:
    """The end of an included protocol is a page, and the way goes on after the include."""
    plan = plan_of("steps:\n  - include: pause-card\n  - say: After.\n")
    assert isinstance(plan.ops[-1], Finish)
    after = kinds(plan).index("2")
    assert any(isinstance(op, Go) and op.to == after for op in plan.ops)


def test_an_included_setting_is_a_constant() -> None:
    """A setting that an include fixes means that value and nothing else."""
    plan = plan_of("steps:\n  - include: three-breath-pause\n    with: {breaths: 2}\n")
    constants = [b.value for b in plan.names.values() if isinstance(b, OfConstant)]
    assert 2 in constants


def test_ratings_stand_around_the_steps() -> None:
    """Ratings are asked before the first step, in the middle, and before every ending."""
    plan = plan_of(
        """\
        care: {tier: 1, distress: [before, midway, after]}
        steps:
          - say: One.
          - say: Two.
          - say: Three.
          - say: Four.
        """
    )
    places = kinds(plan)
    assert places[0] == "care/before"
    assert places.index("2") < places.index("care/midway") < places.index("4")
    assert places[-2:] == ["/end/care/after", "Finish"]
    assert all(slot.care for slot in plan.slots)


def test_what_shows_a_private_answer_is_private() -> None:
    """A page that reads a private answer is private, and one that reads a shared one is not."""
    plan = plan_of(
        PARTNERS
        + """\
steps:
  - ask: What?
    id: mine
    answer: text
    example: This.
  - ask: And?
    id: ours
    answer: text
    shared: everyone
    example: That.
  - say: "{{ mine | of(you) }}"
  - say: "{{ ours }}"
"""
    )
    assert [op.private for op in plan.ops if isinstance(op, Moment)] == [True, False, True, False]


def test_several_people_make_a_list() -> None:
    """An answer of several people is a list; that of one person at a time is not."""
    plan = plan_of(
        PARTNERS
        + """\
steps:
  - ask: Both?
    id: both
    answer: text
    example: x
  - turns: partner
    steps:
      - ask: One?
        id: one
        who: speaker
        answer: text
        example: x
      - ask: The other?
        id: other
        who: listener
        answer: text
        example: x
"""
    )
    assert {slot.name: slot.several for slot in plan.slots} == {
        "both": True,
        "one": False,
        "other": False,
    }


def test_the_listeners_of_a_larger_group_are_several() -> None:
    """Where a role may have three people or more, the listeners are several."""
    plan = plan_of(
        """\
        audience: group
        roles: {member: {people: 3-5}}
        steps:
          - turns: member
            steps:
              - ask: What did you hear?
                id: heard
                who: listener
                answer: text
                example: x
        """
    )
    assert plan.slots[0].several


def test_a_wait_that_is_too_far_off_goes_elsewhere() -> None:
    """A wait until an agreed time names where to go on if that time will not do."""
    plan = plan_of(
        """\
        steps:
          - ask: When?
            id: back_at
            answer: time
            example: "19:30"
          - wait: Until then.
            until: back_at
            at_most: 1h
            otherwise:
              - say: Then another day.
          - say: Here again.
        """
    )
    wait = plan.ops[1]
    assert isinstance(wait, Moment)
    assert kinds(plan)[wait.missed] == "2/otherwise/1"


def test_a_soft_limit_is_looked_at_between_steps() -> None:
    """A block with a limit is left between its steps, never before the first."""
    plan = plan_of(
        """\
        steps:
          - part: Together
            timer: {at_most: 1m}
            steps: [say: One., say: Two., say: Three.]
        """
    )
    assert [k for k in kinds(plan) if k not in ("1/1", "1/2", "1/3")] == [
        "Enter",
        "Overdue",
        "Overdue",
        "Go",
        "Finish",
    ]


def test_in_care_a_closing_text_is_a_page() -> None:
    """A care protocol's ending is its last page, since nothing in a lane could show it else."""
    plan = load("human-help")
    assert isinstance(plan.ops[-2], Finish)
    assert plan.ops[-2].text is not None
    pages = [op for op in plan.care["help"].ops if isinstance(op, Moment)]
    assert len(pages) == 4
    assert pages[-1].text == plan.ops[-2].text
    ending = plan.care["help"].ops[-1]
    assert isinstance(ending, Finish)
    assert ending.text is None


def test_a_rating_is_one_answer_wherever_its_question_stands() -> None:
    """A rating that is asked before an ending inside a loop belongs to no loop."""
    plan = plan_of("""
        care: {tier: 0, distress: [after]}
        steps:
          - for_each: 2
            steps: [{choose: [{when: 1 > 2, steps: [{end: Bye.}]}]}]
    """)
    ratings = [op for op in plan.ops if isinstance(op, Moment)]
    assert [len(op.scope.blocks) for op in ratings] == [1, 0]
    assert [op.slot and op.slot.scope.blocks for op in ratings] == [(), ()]


def test_no_step_has_the_place_of_the_last_ending() -> None:
    """A step may be called `end`, and is not taken for the ending."""
    plan = plan_of("steps: [{say: Hello., id: end}]")
    assert kinds(plan) == ["end", "Finish"]
    assert len(plan.moments) == 2


def test_a_choice_can_have_a_soft_limit() -> None:
    """A choice with a limit is left between the steps of the case that was taken."""
    plan = plan_of(
        """\
        audience: individual
        steps:
          - choose:
              - when: 1 < 2
                steps: [say: One., say: Two., say: Three.]
            timer: {at_most: 1m}
            otherwise: [say: Never.]
          - say: After.
        """
    )
    session = Session.start(plan, ["Ana"], at=0.0)
    session.receive(Continue(by="Ana", token=session.view("Ana").token, at=30.0))
    assert session.view("Ana").text == "Two."
    session.receive(Continue(by="Ana", token=session.view("Ana").token, at=61.0))
    assert session.view("Ana").text == "After."
    assert Session.restore(plan, session.snapshot()).state == session.state


def test_a_list_of_the_pass_before() -> None:
    """In a repetition a loop goes through what is asked below it, in the pass before."""
    plan = plan_of(
        """\
        audience: individual
        steps:
          - repeat_until: done
            at_most: 2
            steps:
              - for_each: named in seen
                when: seen is given
                steps: [say: "Last time: {{ named }}"]
              - {ask: What is here?, id: seen, answer: {list: text}, example: [Rain.]}
              - {ask: Done?, id: done, answer: yes_no, example: "yes"}
        """
    )
    session = Session.start(plan, ["Ana"], at=0.0)
    for answer in (["Rain.", "Wind."], "no"):
        token = session.view("Ana").token
        session.receive(Answer(by="Ana", token=token, value=answer, at=1.0))
    assert session.view("Ana").text == "Last time: Rain."
    session.receive(Continue(by="Ana", token=session.view("Ana").token, at=2.0))
    assert session.view("Ana").text == "Last time: Wind."
    assert Session.restore(plan, session.snapshot()).state == session.state
