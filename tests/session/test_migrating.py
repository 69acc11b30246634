"""A running session in another plan: what stays, what is refused, and that nothing is lost."""

from __future__ import annotations

import copy
import json
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve, field, frozen
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from compassion_protocols.catalog import Catalog, Source, bundled
from compassion_protocols.errors import MigrationRefused, ProtocolRejected, SnapshotRejected
from compassion_protocols.language.values import Missing
from compassion_protocols.loading import load
from compassion_protocols.model.plan import Finish, Moment
from compassion_protocols.session.events import Continue, Skip
from compassion_protocols.session.matching import is_lasting
from compassion_protocols.session.migrating import migrate, migration
from compassion_protocols.session.rehearse import rehearsal
from compassion_protocols.session.session import Session
from compassion_protocols.session.verdicts import Verdict
from compassion_protocols.testing.drawing import sessions
from compassion_protocols.testing.events import walk
from compassion_protocols.testing.samples import Data
from compassion_protocols.testing.strategies import as_yaml, protocols
from tests.plans import plan_of
from tests.room import START, Room, check_restoring
from tests.session.test_verdicts import OLD

if TYPE_CHECKING:
    from compassion_protocols.model.plan import Plan


def replaced(text: str, *changes: tuple[str, str]) -> Plan:
    """Make the plan of a text in which some words are others."""
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return plan_of(text)


def moved(session: Session, new: Plan, **more: Any) -> Session:  # noqa: ANN401  # of migrate
    """Move a session, which is left as it was."""
    before = session.snapshot()
    text = migrate(session.plan, new, before, **more)
    assert Session.restore(session.plan, before).state == session.state
    return Session.restore(new, text, session="session")


def to_the_floor() -> Room:
    """A session whose first speaker has the floor: much has been answered on the way."""
    room = Room(plan_of(OLD), "Ana", "Ben")
    room.go("Ana", "Ben")
    values: tuple[object, ...] = ("The car.", 4, ["rest", "time"])
    for value in values:
        room.answer("Ana", value)
        room.answer("Ben", value)
    room.answer("Ana", ["1", "2"])
    room.answer("Ana", "A walk.")
    room.answer("Ana", "An hour.")
    assert room.text("Ana") == "Tell."
    return room


# What stays


def test_moving_to_the_same_plan_changes_nothing() -> None:
    """Between a plan and itself a snapshot is the same text."""
    session = to_the_floor().session
    text = session.snapshot()
    assert migrate(session.plan, session.plan, text) == text


def test_a_session_goes_on_with_other_words() -> None:
    """Everyone sees the new words, and all that was said is still there."""
    room = to_the_floor()
    new = replaced(OLD, ("speak: Tell.", "speak: Tell us."))
    session = moved(room.session, new)
    assert session.view("Ana").text == "Tell us."
    assert session.view("Ben").token == room.view("Ben").token
    assert session.state.course == room.state.course
    for _ in rehearsal(session):
        pass
    assert session.ended


def test_answers_loops_and_readers_stay() -> None:
    """Answers are kept under new ids with those who may read them, in the passes they were in."""
    room = to_the_floor()
    ids = {"needs": "wants", "shown": "seen", "help_with": "would_help", "floor": "ground"}
    new = replaced(
        OLD,
        ("  - ask: Which needs?", "  - say: And now.\n    id: extra\n  - ask: Which needs?"),
        ("needs\n    who", "wants\n    who"),
        ("reveal: needs", "reveal: wants"),
        ("shown", "seen"),
        ("help_with", "would_help"),
        ("id: floor", "id: ground"),
    )
    session = moved(room.session, new, mapping=ids)
    before, after = room.state.course, session.state.course
    kept = {
        (room.session.plan.slots[key[0]].name, key[1:]): entry
        for key, entry in before.answers.items()
    }
    there = {(new.slots[key[0]].name, key[1:]): entry for key, entry in after.answers.items()}
    assert there == {(ids.get(name, name), rest): entry for (name, rest), entry in kept.items()}
    assert after.opened == before.opened
    assert [frame.index for frame in after.frames] == [frame.index for frame in before.frames]


def test_a_loop_through_answers_keeps_its_place() -> None:
    """A loop that goes through what people have written goes on with the same entries."""
    steps = """
    audience: couple
    roles: {partner: {people: 2}}
    steps:
      - ask: One word?
        id: word
        who: partner
        shared: everyone
        answer: text
        example: Sun.
      - for_each: one in word
        id: each_word
        steps:
          - say: "{{ one.value }}, said {{ one.by }}."
            id: told
    """
    room = Room(plan_of(steps), "Ana", "Ben")
    room.answer("Ana", "Sun.")
    room.answer("Ben", "Rain.")
    room.go("Ana", "Ben")
    assert room.text("Ana") == "Rain., said Ben."
    new = replaced(steps, ("id: word", "id: term"), ("one in word", "one in term"))
    session = moved(room.session, new, mapping={"word": "term"})
    assert session.view("Ana").text == "Rain., said Ben."
    with pytest.raises(MigrationRefused):
        moved(room.session, new, dropping=["word"])


def test_a_pause_and_presence_stay() -> None:
    """Who is away, who has paused and until when, is as it was."""
    room = to_the_floor()
    room.pause("Ben", until=room.now + 600)
    session = moved(room.session, replaced(OLD, ("speak: Tell.", "speak: Tell us.")))
    assert session.state.pause == room.state.pause
    assert session.state.frozen_since == room.state.frozen_since
    assert session.next_deadline == room.session.next_deadline


def test_what_was_chosen_stays_where_it_fits() -> None:
    """A setting keeps what was chosen; where that does not fit any more, its new default counts."""
    old = plan_of(OLD)
    session = Session.start(old, ["Ana", "Ben"], at=START, settings={"rounds": 3})
    assert moved(session, old).state.setup.settings["rounds"] == 3
    fewer = replaced(OLD, ("number: 2, min: 1, max: 3", "number: 1, min: 1, max: 2"))
    assert moved(session, fewer).state.setup.settings["rounds"] == 1
    more = replaced(OLD, ("settings:", "settings:\n  mood: {text: calm, label: Mood}"))
    assert moved(session, more).state.setup.settings["mood"] == "calm"


def test_a_limit_that_is_gone_ends_nothing() -> None:
    """A soft end that the new version does not have is forgotten."""
    steps = """
    roles: {partner: {people: 2}}
    steps:
      - repeat_until: ready
        id: again
        at_most: 3
        timer: {at_most: 5m}
        steps:
          - ask: Ready?
            id: ready
            who: partner
            answer: yes_no
            example: "yes"
    """.replace("repeat_until: ready", "repeat_until: ready | count > 5")
    room = Room(plan_of(steps), "Ana", "Ben")
    assert room.state.course.frames[0].due is not None
    session = moved(room.session, replaced(steps, ("        timer: {at_most: 5m}\n", "")))
    assert session.state.course.frames[0].due is None


def test_the_way_back() -> None:
    """Whoever could go back still can, as long as the moment before is the same."""
    steps = """
    audience: individual
    steps:
      - ask: One?
        id: one
        answer: text
        example: A.
      - ask: Two?
        id: two
        answer: text
        example: B.
    """
    room = Room(plan_of(steps), "Ana")
    room.answer("Ana", "A.")
    assert room.state.course.back is not None
    back = moved(room.session, replaced(steps, ("Two?", "Too?"))).state.course.back
    assert back == room.state.course.back
    timed = replaced(steps, ("id: one", "id: one\n        timer: {at_most: 2m}"))
    assert moved(room.session, timed).state.course.back is None


def test_an_ended_session() -> None:
    """A session that has ended is moved like any other."""
    room = to_the_floor()
    for _ in rehearsal(room.session):
        pass
    session = moved(room.session, replaced(OLD, ("Welcome.", "Hello.")))
    assert session.ended
    assert session.transcript("Ana").lines


# What is refused


def test_a_session_that_must_restart() -> None:
    """Where a session cannot go on it is said why, and it goes on as before in its own plan."""
    room = to_the_floor()
    with pytest.raises(MigrationRefused) as refused:
        moved(room.session, replaced(OLD, ("who: speaker\n        for: 1m", "for: 1m")))
    assert refused.value.reasons == ("Other people are asked.",)
    assert "“floor” must restart" in str(refused.value)
    assert Session.restore(room.session.plan, room.session.snapshot()).state == room.state


def test_an_answer_is_lost_only_by_agreement() -> None:
    """An answer without a place is dropped if its host says so, and is then not there."""
    room = to_the_floor()
    question = "  - ask: What is it?\n    id: topic\n    who: partner\n    answer: text\n"
    new = replaced(OLD, (f"{question}    example: The car.\n", ""))
    with pytest.raises(MigrationRefused, match="topic"):
        moved(room.session, new)
    session = moved(room.session, new, dropping=["topic"])
    assert "topic" not in session.snapshot()
    through = replaced(OLD, ("need in shown", "need in deck"))
    later = moved(room.session, through, dropping=["help_with"])
    assert not [key for key, _ in later.state.course.orders.items() if key[0] == 1]
    with pytest.raises(MigrationRefused, match="Did you mean “topic”"):
        moved(room.session, new, dropping=["topics"])


def test_no_answer_is_shown_to_more_people() -> None:
    """An answer that was private stays so; one that is private now is read by its writer alone."""
    room = to_the_floor()
    wider = replaced(
        OLD,
        ("who: partner\n    answer: text", "who: partner\n    shared: everyone\n    answer: text"),
    )
    with pytest.raises(MigrationRefused, match="more people would read"):
        moved(room.session, wider)
    narrower = replaced(OLD, ("    shared: everyone\n    answer: {scale", "    answer: {scale"))
    slot = narrower.slots_by_name["strength"].number
    entries = [
        entry
        for key, entry in moved(room.session, narrower).state.course.answers.items()
        if key[0] == slot
    ]
    assert [entry.readers for entry in entries] == [(), ()]
    with pytest.raises(MigrationRefused, match="more people would read"):
        moved(moved(room.session, narrower), plan_of(OLD))


def test_a_snapshot_of_something_else() -> None:
    """A snapshot that is not one of the old plan, or of another session, is not moved."""
    room = to_the_floor()
    new = replaced(OLD, ("Welcome.", "Hello."))
    for text in ("", "{}", "[1]", room.session.snapshot().replace("floor", "fl00r")):
        with pytest.raises(SnapshotRejected):
            migrate(room.session.plan, new, text)
    with pytest.raises(SnapshotRejected):
        migrate(load("gratitude-two"), new, room.session.snapshot())
    with pytest.raises(SnapshotRejected):
        migrate(room.session.plan, new, room.session.snapshot(), session="another")


def test_an_answer_from_nowhere() -> None:
    """A snapshot with an answer that nobody can have given yet does not lose it in silence."""
    room = Room(plan_of(OLD), "Ana", "Ben")
    data = json.loads(room.session.snapshot())
    data["course"]["answers"] = {"topic": [[0, [0], START, "The car."]]}
    question = "  - ask: What is it?\n    id: topic\n    who: partner\n    answer: text\n"
    new = replaced(OLD, (f"{question}    example: The car.\n", ""))
    with pytest.raises(MigrationRefused, match="There are answers to “topic”"):
        migrate(room.session.plan, new, json.dumps(data))


def test_a_moment_that_is_not_there() -> None:
    """The verdict on a moment that the plan does not have is a LookupError."""
    plan = plan_of(OLD)
    with pytest.raises(LookupError):
        migration(plan, plan).at("nowhere")


def test_what_was_taken_back_stays_so() -> None:
    """An answer that its writer has erased is not there in the new plan either."""
    room = to_the_floor()
    room.erase("Ana")
    session = moved(room.session, replaced(OLD, ("Welcome.", "Hello.")))
    mine = [e for _, e in session.state.course.answers.items() if e.by == 0]
    assert mine
    assert all(isinstance(entry.value, Missing) for entry in mine)


# From a protocol to its adaptation


def test_a_running_session_becomes_an_adaptation(tmp_path: Path) -> None:
    """A couple that tires half-way goes on with the shorter turns of its clinic's adaptation."""
    root = tmp_path / "protocols"
    shutil.copytree(bundled().root, root)
    shutil.copytree(Path(__file__).parents[1] / "adaptations", root / "adaptations")
    catalog = Catalog(root)
    old = load("structured-empathy-exchange", catalog=catalog)
    new = load("empathy-exchange-for-our-clinic", catalog=catalog)
    assert all(one.verdict is Verdict.GOES_ON for one in migration(old, new).moments)
    session = Session.start(old, ["Ana", "Ben"], at=START, cleared={"Ana", "Ben"})
    for at, _ in enumerate(rehearsal(session)):
        text = migrate(old, new, session.snapshot())
        going = Session.restore(new, text)
        if at % 5 == 0:
            for _ in rehearsal(going):
                pass
            assert going.ended


# Random protocols, random harmless edits


def _lists_of_steps(steps: list[Data]) -> list[list[Data]]:
    found = [steps]
    for step in steps:
        cases = step["choose"] if isinstance(step.get("choose"), list) else []
        for inner in (step, *cases):
            for key in ("steps", "otherwise"):
                if isinstance(inner.get(key), list):
                    found += _lists_of_steps(inner[key])
    return found


def harmless(data: Data, chance: random.Random) -> Data:
    """Edit a protocol's data as somebody might do while sessions of it are under way."""
    data = copy.deepcopy(data)
    for number in range(chance.randint(1, 3)):
        steps = chance.choice(_lists_of_steps(data["steps"]))
        at = chance.randrange(len(steps))
        step = steps[at]
        kind = chance.choice(("insert", "words", "hint", "rule"))
        if kind == "words" and "say" in step:
            step["say"] = f"Once more: {step['say']}"
        elif kind == "hint" and "ask" in step:
            step["hint"] = "A few words are plenty."
        elif kind == "rule" and step.get("answer") == "text" and "rules" not in step:
            step["rules"] = [{"avoids": ["never ever"], "say": "And what else?"}]
            step["counterexamples"] = ["That would never ever do."]
        else:
            new: Data = {"say": "Rest your eyes for a moment."}
            steps.insert(at, {**new, "id": f"rest_{number}"} if chance.random() < 0.5 else new)
    return data


def _plan(data: Data) -> Plan:
    return load(Source("drawn", as_yaml(data)))


@frozen
class Edited:
    """A session, and the plan of its protocol after harmless edits."""

    session: Session = field(repr=False)
    new: Plan = field(repr=False)


@st.composite
def _edited(draw: st.DrawFn) -> Edited:
    data: Data = draw(protocols())
    old = _plan(data)
    try:
        new = _plan(harmless(data, random.Random(draw(st.integers(0, 10**6)))))
    except ProtocolRejected:
        reject()  # a step came between a detour and what keeps it unseen
    session: Session = draw(sessions(old))
    return Edited(session, new)


def _seen(session: Session, person: str) -> tuple[object, ...]:
    view = session.view(person)
    return (view.status, view.kind, view.token, view.actions, view.waiting, view.timer)


@settings(max_examples=30)
def _place(session: Session) -> str:
    op = session.plan.ops[session.state.course.at]
    assert isinstance(op, Moment | Finish)
    return op.place


@given(_edited(), st.integers(0, 10**6))
def test_harmless_edits_lose_nothing(edited: Edited, seed: int) -> None:
    """At every moment of a walk a session moves if its verdict says so, and all is as it was."""
    session, new = edited.session, edited.new
    chance = random.Random(seed)
    report = migration(session.plan, new)
    assert all(one.verdict is Verdict.GOES_ON for one in report.moments if is_lasting(one.place))
    for _ in walk(session, chance, 25):
        place = _place(session)
        if report.at(place).verdict is not Verdict.GOES_ON:
            with pytest.raises(MigrationRefused):
                migrate(session.plan, new, session.snapshot())
            continue
        going = moved(session, new)
        state, before = going.state, session.state
        assert evolve(state, course=before.course, setup=before.setup) == before
        assert state.course.open == before.course.open
        assert state.course.answers.size == before.course.answers.size
        for person in before.setup.people:
            assert _seen(going, person.id) == _seen(session, person.id)
            assert going.view(person.id).text.strip()
        if chance.random() < 0.2:
            for _ in walk(going, chance, 20):
                check_restoring(going)
            if not (going.state.lanes or going.state.pause):
                for _ in rehearsal(going):
                    pass
                assert going.ended


@settings(max_examples=10)
@given(_edited(), st.integers(0, 10**6))
def test_moving_to_the_same_plan_is_the_identity(edited: Edited, seed: int) -> None:
    """Whatever has happened, a session that is moved to its own plan is the same text."""
    session = edited.session
    for _ in walk(session, random.Random(seed), 20):
        text = session.snapshot()
        assert migrate(session.plan, session.plan, text) == text


@settings(max_examples=20)
@given(protocols(), protocols(), st.data())
def test_any_two_protocols(one: Data, other: Data, data: st.DataObject) -> None:
    """Between any two protocols a session moves exactly where the verdict says so."""
    old, new = _plan(one), _plan(other)
    session = data.draw(sessions(old))
    report = migration(old, new)
    for _ in walk(session, data.draw(st.randoms(use_true_random=False)), 15):
        place = _place(session)
        if report.at(place).verdict is Verdict.GOES_ON:
            moved(session, new)
        else:
            with pytest.raises(MigrationRefused):
                migrate(old, new, session.snapshot())


def test_skipping_goes_on() -> None:
    """A step that is put behind the present one is come to, and nothing is come to twice."""
    room = Room(plan_of(OLD), "Ana", "Ben")
    after = ("  - ask: What is it?", "  - say: Breathe.\n    id: extra\n  - ask: What is it?")
    session = moved(room.session, replaced(OLD, after))
    for person in ("Ana", "Ben"):
        session.receive(Continue(by=person, token=session.view(person).token, at=START))
    assert session.view("Ana").text == "Breathe."
    for person in ("Ana", "Ben"):
        session.receive(Skip(by=person, token=session.view(person).token, at=START))
    assert session.view("Ana").text == "What is it?"
