"""A state as a small JSON text, and back; and whatever else is handed in as one."""

from __future__ import annotations

import copy
import json
import random
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.errors import SnapshotRejected
from compassion_protocols.loading import load
from compassion_protocols.model.care import CarePolicy
from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Screen
from compassion_protocols.session.untrusted import DEEPEST, LARGEST
from compassion_protocols.testing.events import walk
from tests.plans import plan_of
from tests.room import START, Room, check_restoring
from tests.scenes import SCENES

TALK = plan_of("""
    roles:
      member: {people: 1-4}
    settings:
      long: {duration: 30s, label: Long}
      many: {number: 2.5, label: Many}
      cards: {list: [a, b], label: Cards}
      loud: {yes_no: "no", label: Loud}
    steps:
      - ask: A word, {{ you }}?
        id: word
        shared: everyone
        answer: text
        example: a
      - for_each: card in cards
        steps: [{say: "{{ card }}"}]
""")

NEW = {
    "v": 1,
    "plan": "a-test",
    "setup": {
        "session": "session",
        "people": [["member", "Ana"]],
        "settings": {"long": 30, "many": 2.5, "cards": ["a", "b"], "loud": False},
    },
    "seq": 0,
    "now": START,
    "course": {"at": "word", "opened": [1], "open": {"started": START, "marks": "p"}},
}


def _data(session: Session) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(session.snapshot())
    return data


def _rejected(plan: object, data: object) -> None:
    text = data if isinstance(data, str) else json.dumps(data)
    with pytest.raises(SnapshotRejected):
        Session.restore(plan, text)  # type: ignore[arg-type]  # a plan, which fixtures call object


# what is in it


def test_a_new_session_is_a_short_text() -> None:
    """A snapshot holds what was fixed at the start and where it stands; defaults are left out."""
    data = _data(Room(TALK, "Ana").session)
    assert data.pop("shape") == TALK.shape
    assert data == NEW


def test_what_is_not_as_usual_is_written_down() -> None:
    """Whatever differs from the start is in the snapshot, and comes back."""
    room = Room(
        TALK,
        "Ana",
        "Ben",
        facilitator="Fay",
        screen=Screen.SHARED,
        locale="de-AT",
        utc_offset=-3600,
        seed=7,
        policy=CarePolicy(before=5),
        session="s-1",
        settings={"long": "1m"},
    )
    room.answer("Ana", "tea")
    room.leave("Ben")
    room.pause("Ana", until=START + 600)
    data = _data(room.session)
    assert data["setup"]["screen"] == "shared"
    assert data["setup"]["policy"] == [5, 3, 7]
    assert data["presence"] == "hah"
    assert data["pause"] == [START, START + 600, [], False]
    check_restoring(room.session)


def test_places_and_answers_are_written_by_their_names() -> None:
    """Positions in the plan do not stand in a snapshot, ids and places do."""
    room = Room(TALK, "Ana", "Ben")
    room.answer("Ana", "tea")
    room.answer("Ben", "cake")
    course = _data(room.session)["course"]
    assert course["at"] == "2/1"
    assert course["answers"] == {"word": [[0, [0], START, "tea"], [1, [1], START, "cake"]]}
    assert course["orders"] == [["2", [], 2]]
    assert course["frames"] == [0]


def test_why_an_answer_is_missing_is_kept() -> None:
    """A missing answer is written with its reason, and unusual readers with their seats."""
    room = Room(TALK, "Ana", "Ben")
    room.skip("Ana")
    room.join("Cem", role="member")
    room.answer("Ben", "cake")
    rows = _data(room.session)["course"]["answers"]["word"]
    assert rows == [[0, [0], START, None, "skipped", [1]], [1, [1], START, "cake"]]


def test_it_holds_nothing_of_the_protocol() -> None:
    """No text of the protocol stands in a snapshot."""
    room = Room(load("structured-empathy-exchange"), "Ana", "Ben", cleared={"Ana", "Ben"})
    for _ in walk(room.session, random.Random(1), 40):
        for line in ("heart", "floor is yours", "uninterrupted"):
            assert line not in json.dumps(list(_data(room.session)["setup"].items()))
    assert "What has been on your heart" not in room.session.snapshot()
    assert len(room.session.snapshot()) < 4_000


def test_a_session_goes_on_in_a_plan_with_other_words() -> None:
    """A snapshot is read by every plan of the same shape, whatever its texts are."""
    room = Room(TALK, "Ana")
    other = plan_of("""
        roles:
          member: {people: 1-4}
        settings:
          long: {duration: 30s, label: Other}
          many: {number: 2.5, label: Other}
          cards: {list: [a, b], label: Other}
          loud: {yes_no: "no", label: Other}
        steps:
          - ask: Ein Wort, {{ you }}?
            id: word
            shared: everyone
            answer: text
            example: b
          - for_each: card in cards
            steps: [{say: "Karte {{ card }}"}]
    """)
    session = Session.restore(other, room.session.snapshot())
    assert session.view("Ana").text == "Ein Wort, Ana?"


def test_another_shape_is_refused() -> None:
    """A snapshot is not read by a plan with other steps, or by another protocol."""
    text = Room(TALK, "Ana").session.snapshot()
    _rejected(plan_of("roles:\n  member: {people: 1-4}\nsteps: [{say: One.}]"), text)
    _rejected(load("three-breath-pause"), text)


def test_it_may_be_bound_to_a_session() -> None:
    """A host that says which session it wants gets no other."""
    text = Room(TALK, "Ana", session="mine").session.snapshot()
    assert Session.restore(TALK, text, session="mine").view("Ana").session == "mine"
    with pytest.raises(SnapshotRejected):
        Session.restore(TALK, text, session="yours")


@pytest.mark.parametrize("number", range(len(SCENES)))
def test_every_state_comes_back(number: int) -> None:
    """Along any walk, a snapshot gives back an equal state, views and transcripts."""
    scene = SCENES[number]
    for seed in range(3):
        session = scene.start(seed)
        for _ in walk(session, random.Random(seed)):
            check_restoring(session)
            restored = Session.restore(session.plan, session.snapshot())
            for person in session.state.setup.people:
                assert restored.view(person.id) == session.view(person.id)
                assert restored.transcript(person.id) == session.transcript(person.id)


# what is not one


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        '{"v": 1}',
        '{"v": 1, "v": 1}',
        '{"v": NaN}',
        '{"v": Infinity}',
        '"' + "\\ud800" + '"',
        "\x00",
        b"{}",
        None,
        7,
    ],
)
def test_what_is_no_snapshot_is_refused(text: Any) -> None:  # noqa: ANN401
    """Anything but a snapshot's JSON raises SnapshotRejected."""
    with pytest.raises(SnapshotRejected):
        Session.restore(TALK, text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{" * 100_000,
        '{"a":' * 1_000 + "1" + "}" * 1_000,
        '"' + '\\"' * 1_500_000,
        '"' * 3_000_001,
        '{"a": "' + "\\\\" * 1_500_000,
        "9" * 3_000_000,
        "[" + "1," * 1_500_000 + "1]",
        " " * (LARGEST + 1),
    ],
    ids=range(9),
)
def test_a_huge_or_deep_text_is_refused_soon(text: str) -> None:
    """However large and nested a text is, it is refused within a second."""
    begun = time.perf_counter()
    with pytest.raises(SnapshotRejected):
        Session.restore(TALK, text)
    assert time.perf_counter() - begun < 1


def test_brackets_in_words_are_no_nesting() -> None:
    """An answer may hold as many brackets as it likes."""
    room = Room(TALK, "Ana")
    room.answer("Ana", "[{" * 2 * DEEPEST + '\\"')
    check_restoring(room.session)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("v", 2),
        ("v", "1"),
        ("plan", "another"),
        ("shape", ""),
        ("seq", -1),
        ("seq", 1.5),
        ("seq", True),
        ("now", "noon"),
        ("now", 1e13),
        ("presence", "hh"),
        ("presence", "x"),
        ("ending", "soon"),
        ("ending", "complete"),
        ("frozen", START),
        ("pause", [START, None, [], False]),
        ("pause", [START, None, []]),
        ("lanes", [[0, "grounding", {"at": "here", "opened": [1]}, False]]),
        ("lanes", [[0, "surgery", {}, False]]),
        ("setup.people", []),
        ("setup.people", [["member"]]),
        ("setup.people", [["member", "Ana"], ["member", "Ana"]]),
        ("setup.people", [["member", "a\x1b[2J"]]),
        ("setup.people", [["member", "x" * 1_000]]),
        ("setup.settings.long", 0.5),
        ("setup.settings.long", -1),
        ("setup.settings.loud", "yes"),
        ("setup.settings.cards", "a"),
        ("setup.policy", [9, 3, 7]),
        ("setup.policy", [8, 3]),
        ("setup.screen", "tiny"),
        ("setup.utc_offset", "1h"),
        ("course.at", "nowhere"),
        ("course.at", "/end"),
        ("course.at", 0),
        ("course.opened", [1, 1]),
        ("course.opened", [10**9]),
        ("course.open", None),
        ("course.open.marks", ""),
        ("course.open.marks", "-"),
        ("course.open.marks", "x"),
        ("course.open.attempts", [10**9]),
        ("course.open.attempts", [-1]),
        ("course.open.due", "later"),
        ("course.open.drafts", [[1, "a"]]),
        ("course.open.drafts", [[0, 5]]),
        ("course.open.gate", ["hand_over", 0]),
        ("course.open.gate", ["open_wide", 0]),
        ("course.frames", [0]),
        ("course.answers", {"other": []}),
        ("course.answers", {"word": [[1, [1], START, "a"]]}),
        ("course.answers", {"word": [[0, [1], START, "a"]]}),
        ("course.answers", {"word": [[0, [0, 0], START, "a"]]}),
        ("course.answers", {"word": [[0, [0], START, 5]]}),
        ("course.answers", {"word": [[0, [0], START, None, "bored"]]}),
        ("course.answers", {"word": [[0, [0], START, "a", "skipped"]]}),
        ("course.answers", {"word": [[0, [0], START, "a", None, [7]]]}),
        ("course.answers", {"word": [[0, [0], START, "x" * 10_001]]}),
        ("course.orders", [["2", [], [0, "x"]]]),
        ("course.orders", [["2", [0], 2]]),
        ("course.orders", [["9", [], 2]]),
        ("course.orders", [["2", [], 10**6]]),
        ("course.orders", [["2", [], [["word", 9]]]]),
        ("course.orders", [["2", [], [["word", 0, 0]]]]),
        ("course.holders", [["member", 0]]),
        ("course.floors", [[1, 1, 60, 5]]),
        ("course.floors", [[0, 2, 60, 5]]),
        ("course.floors", [[0, 1, -60, 5]]),
        ("course.floors", [[0, 1, 60, "5"]]),
        ("course.floors", [[0, 1.5, 60, 5]]),
        ("course.floors", [[0, 1, 60]]),
        ("course.floors", [[0, 1, 60, 5], [0, 1, 60, 5]]),
        ("course.floors", {"0": [1, 60, 5]}),
        ("course.back", ["word", [], 5]),
        ("course.back", ["2/1", [0], 0]),
    ],
)
def test_what_does_not_fit_is_refused(path: str, value: object) -> None:
    """A value of the wrong type, out of bounds or of no sense beside the others is refused."""
    data = _data(Room(TALK, "Ana").session)
    *around, last = path.split(".")
    place = data
    for name in around:
        place = place[name]
    place[last] = value
    _rejected(TALK, data)


@pytest.mark.parametrize("path", ["setup", "seq", "now", "course", "setup.session", "course.at"])
def test_what_is_lacking_is_refused(path: str) -> None:
    """A snapshot that lacks what it cannot do without is refused."""
    data = _data(Room(TALK, "Ana").session)
    *around, last = path.split(".")
    place = data
    for name in around:
        place = place[name]
    del place[last]
    _rejected(TALK, data)


# any mutation of a real one


JUNK: list[Any] = [
    None, True, -1, 0, 1, 3, 10**9, 10**17, 1.5, 1e11, "", "Ana", "p", "--", "pp", "hand_over",
    "cover", "grounding", "help", "early", "complete", "skipped", [], [0], [0, 1], [[0, 1]], {},
    "/end", "rounds", "needs", ["needs", 0], ["open_needs", 0, 0], [["request", 0, 0]], "shared",
    "a", "g",
]  # fmt: skip

Path = tuple[Any, ...]


def _paths(data: Any, at: Path = ()) -> list[Path]:  # noqa: ANN401
    keys = data.keys() if isinstance(data, dict) else range(len(data))
    inner = (path for key in keys for path in _paths_of(data[key], (*at, key)))
    return list(inner)


def _paths_of(value: Any, at: Path) -> list[Path]:  # noqa: ANN401
    return [at, *(_paths(value, at) if isinstance(value, dict | list) else [])]


def _get(data: Any, path: Path) -> Any:  # noqa: ANN401
    for key in path:
        data = data[key]
    return data


def _mutate(chance: random.Random, data: dict[str, Any]) -> dict[str, Any]:
    """One to three changes: something else, nothing, a little more, a copy from elsewhere."""
    data = copy.deepcopy(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        *around, key = chance.choice(_paths(data))
        place = _get(data, tuple(around))
        value = place[key]
        how = chance.random()
        if how < 0.4:
            place[key] = copy.deepcopy(chance.choice(JUNK))
        elif how < 0.5:
            del place[key]
        elif how < 0.65 and isinstance(value, int | float):
            place[key] = value + chance.choice((-1, 1, 100))
        elif how < 0.85:
            place[key] = copy.deepcopy(_get(data, chance.choice(_paths(data))))
        elif isinstance(place, list):
            place.insert(key, copy.deepcopy(value))
        elif isinstance(value, str) and value:
            place[key] = value[:-1] + chance.choice("pndsath-x")
        if not data:
            return data
    return data


@pytest.fixture(scope="module")
def real() -> list[tuple[Session, dict[str, Any]]]:
    """Snapshots from the middle of many sessions."""
    found = []
    for scene in SCENES:
        for seed in range(4):
            session = scene.start(seed)
            found.append((session, _data(session)))
            found += [(session, _data(session)) for _ in walk(session, random.Random(seed), 50)]
    return found


@given(seed=st.integers(0, 10**9))
def test_a_mutated_snapshot_is_refused_or_can_go_on(
    real: list[tuple[Session, dict[str, Any]]], seed: int
) -> None:
    """Whatever is changed in a snapshot, it is refused, or the session goes on without an error."""
    chance = random.Random(seed)
    for _ in range(12):
        session, data = chance.choice(real)
        text = json.dumps(_mutate(chance, data))
        try:
            restored = Session.restore(session.plan, text)
        except SnapshotRejected:
            continue
        check_restoring(restored)
        _look_at_all(restored)
        for _ in walk(restored, random.Random(seed), 12):
            _look_at_all(restored)


def _look_at_all(session: Session) -> None:
    for person in session.state.setup.people:
        assert session.view(person.id).text.strip()
        session.transcript(person.id)
    assert session.at_screen in {person.id for person in session.state.setup.people}


json_data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@given(json_data | st.text(), st.sampled_from(sorted(NEW)))
def test_other_json_is_refused(data: object, key: str) -> None:
    """Any JSON, alone or in the place of a part of a snapshot, is refused or does no harm."""
    _rejected(TALK, json.dumps(data))
    new = _data(Room(TALK, "Ana").session)
    try:
        restored = Session.restore(TALK, json.dumps({**new, key: data}))
    except SnapshotRejected:
        return
    _look_at_all(restored)
