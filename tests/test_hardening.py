"""What a hostile author, participant, clock or forger of snapshots can and cannot do."""

from __future__ import annotations

import copy
import json
import random
import threading
import time
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.catalog import Source, bundled
from compassion_protocols.errors import (
    AnswerRefused,
    EventNotAllowed,
    SettingRejected,
    SnapshotRejected,
    StaleMoment,
)
from compassion_protocols.language.text import clean
from compassion_protocols.loading import Examination, examine
from compassion_protocols.session.events import Answer, Distress, Pause, Tick
from compassion_protocols.session.session import Session
from compassion_protocols.testing.events import walk
from tests.plans import HEAD, plan_of
from tests.reading.test_hostile_files import HOSTILE
from tests.room import Room, check_restoring
from tests.scenes import SCENES

if TYPE_CHECKING:
    from compassion_protocols.model.plan import Plan

SMALL_STACK = 256 * 1024

# files


def examined(text: str) -> tuple[Examination, float]:
    """What is found in a file by a thread with a small stack, and the seconds it worked."""
    lines = dedent(text).splitlines()
    head = [f"{key}: {value}" for key, value in HEAD.items() if not _has(lines, key)]
    source = Source("hostile.yaml", "\n".join([*head, *lines, ""]).encode())
    found: list[tuple[Examination, float]] = []

    def work() -> None:
        start = time.thread_time()
        found.append((examine(source, bundled()), time.thread_time() - start))

    before = threading.stack_size(SMALL_STACK)
    try:
        thread = threading.Thread(target=work)
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    return found[0]


def _has(lines: list[str], key: str) -> bool:
    return any(line.startswith(f"{key}:") for line in lines)


def page(text: str) -> str:
    """A protocol of one page."""
    return f"steps:\n  - say: {json.dumps(text)}"


LONG_NUMBER = "9" * 5_000

HOSTILE_TEXTS = {
    "a bomb that is never shown": (page("{% if false %}{{ 'a' * 10**9 }}{% endif %}"), "CP208"),
    "a class": (page("{{ ''.__class__ }}"), "CP209"),
    "round brackets": (page("{{ " + "(" * 80 + "1" + ")" * 80 + " }}"), "CP203"),
    "square brackets": (page("{{ " + "[" * 80 + "1" + "]" * 80 + " }}"), "CP203"),
    "brackets of YAML": ("steps: " + "[" * 80 + "]" * 80, "CP024"),
    "a long number in a text": (page("{{ " + LONG_NUMBER + " }}"), "CP210"),
    "a long number in a condition": (
        f"steps:\n  - say: Hi.\n    when: {LONG_NUMBER} > 1",
        "CP210",
    ),
    "a long number of people": (f"roles:\n  p: {{people: {LONG_NUMBER}}}\n{page('Hi.')}", "CP152"),
    "a long time": (f"steps:\n  - wait: Hi.\n    for: {LONG_NUMBER}s", "CP109"),
    "three loops of nothing": (
        "audience: couple\nroles: {partner: {people: 2}, holder: {one_of: partner}}\n"
        "steps:\n  - for_each: 50\n    steps:\n      - for_each: 50\n        steps:\n"
        "          - for_each: 50\n            steps:\n              - pass: holder\n"
        "                to: next\n  - say: You have it, {{ holder }}.",
        "CP501",
    ),
}


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_a_hostile_text_gives_one_finding(name: str) -> None:
    """A protocol with a hostile text or number has one finding, soon, and on a small stack."""
    text, code = HOSTILE_TEXTS[name]
    found, seconds = examined(text)
    assert [finding.code for finding in found.findings] == [code]
    assert seconds < 1


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gives_one_finding_after_all_stages(name: str) -> None:
    """A hostile file that is no protocol at all is told so once, after every stage."""
    source, code = HOSTILE[name]
    data = source if isinstance(source, bytes) else source.encode()
    found = examine(Source("hostile.yaml", data), bundled())
    assert [finding.code for finding in found.findings] == [code]


def test_days_beyond_any_calendar() -> None:
    """A rule on a date may allow more days than a calendar has."""
    found, _ = examined(
        """
        steps:
          - ask: When?
            id: day
            answer: date
            rules:
              - within: {days: 99999999999999999}
                say: Sooner?
            example: in 3 days
        """
    )
    assert found.protocol is not None


GATHERING = """
audience: group
roles: {member: {people: 3-12}}
steps:
  - for_each: 40
    steps:
      - ask: A word?
        id: said
        shared: everyone
        answer: text
  - for_each: 40
    steps:
      - for_each: 40
        steps:
          - say: Seven!
            when: said | count == 7
  - say: Done.
"""


def test_many_guards_that_read_a_long_list() -> None:
    """Guards that read the same long list again and again do not hold an event up."""
    people = [f"P{number}" for number in range(12)]
    session = Session.start(plan_of(GATHERING), people, at=0)
    longest = 0.0
    while session.view("P0").input is not None:
        for person in people:
            event = Answer(by=person, token=session.view(person).token, value="w", at=0)
            start = time.thread_time()
            session.receive(event)
            longest = max(longest, time.thread_time() - start)
    assert session.view("P0").text == "Done."
    assert longest < 0.5


# answers

QUESTIONS = """
steps:
  - ask: Say it.
    id: it
    answer: {kind}
"""


class Unequal:
    """Something that cannot be compared."""

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    __hash__ = None  # type: ignore[assignment]  # nor counted among others


def _nested(depth: int) -> object:
    value: object = "deep"
    for _ in range(depth):
        value = [value]
    return value


ODD_ANSWERS: list[object] = [
    None, 10**400, -(10**400), float("nan"), float("inf"), b"bytes", Unequal(), [Unequal()],
    {1: 2}, {"what": Unequal(), "by_when": None}, _nested(50_000), "x" * 10_000_000, "\0" * 50,
    "\ud800\udfff", "1230Z", "12+01", ["x" * 9_000] * 50, "\u0344" * 9_999,
]  # fmt: skip

KINDS = [
    "text", "long_text", "yes_no", "date", "time", "{number: whole}", "{number: any}",
    "{scale: [0, 9]}", "{choice: [a, b]}", "{choices: [a, b], own: 3}", "{rank: [a, b]}",
    "{person: everyone}", "{list: text}", "{form: {what: text, by_when: time}}",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_an_odd_answer_is_refused_or_harmless(kind: str) -> None:
    """Whatever is sent as an answer is refused for its shape, or can be kept and restored."""
    plan = plan_of(QUESTIONS.replace("{kind}", kind))
    for value in ODD_ANSWERS:
        room = Room(plan, "Ana")
        try:
            room.answer("Ana", value)
        except AnswerRefused:
            continue
        check_restoring(room.session)


@given(st.text(st.characters() | st.sampled_from("\u0344\u0301\u0f73\u1e69\r")), st.integers(1, 40))
def test_what_is_clean_stays_as_it_is(text: str, times: int) -> None:
    """A text that was made fit to keep is the same when it is made fit once more."""
    cleaned = clean(text * times)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "\x1b[31mred\x1b]0;t\x07", "<img src=x onerror=1>", "a\0b\ud800c"]
)
def test_an_answer_is_never_a_template(text: str) -> None:
    """An answer is shown to others as the words it is."""
    room = Room(
        plan_of(
            """
            audience: couple
            roles: {partner: {people: 2}}
            steps:
              - ask: Say it.
                id: it
                shared: everyone
                answer: text
              - say: "{% for one in it %}{{ one.value }}{% endfor %}"
            """
        ),
        "Ana",
        "Ben",
    )
    for person in ("Ana", "Ben"):
        room.answer(person, text)
    assert room.text("Ben") == text.replace("\0", "").replace("\ud800", "") * 2


def test_a_session_is_never_too_large_to_restore() -> None:
    """However much people write, a session can be restored; what is too much is refused."""
    room = Session.start(plan_of(GATHERING), [f"P{number}" for number in range(12)], at=0)
    refused = 0
    for _ in range(60):
        for number in range(12):
            token = room.view(f"P{number}").token
            try:
                room.receive(Answer(by=f"P{number}", token=token, value='"\x01' * 5_000, at=0))
            except AnswerRefused:
                refused += 1
            except EventNotAllowed:
                continue
    assert refused
    check_restoring(room)


# events and clocks


@pytest.mark.parametrize("token", [None, 1, b"1.0", Unequal(), "", "1.0.0", "9" * 5_000 + ".0"])
def test_an_answer_needs_a_token(token: object) -> None:
    """An answer without a token of this moment is stale, whatever stands in its place."""
    room = Room(plan_of(QUESTIONS.replace("{kind}", "text")), "Ana")
    with pytest.raises(StaleMoment):
        room.send(Answer(by="Ana", token=token, value="a", at=room.now))  # type: ignore[arg-type]


@pytest.mark.parametrize("odd", ["soon", b"", [], float("nan"), 10**400, Unequal()])
def test_nothing_odd_keeps_anyone_from_pausing(odd: object) -> None:
    """Whatever comes as a time of return, the pause begins."""
    room = Room(plan_of(QUESTIONS.replace("{kind}", "text")), "Ana")
    room.send(Pause(by="Ana", at=room.now, until=odd))  # type: ignore[arg-type]
    assert room.kind("Ana") == "pause"


@pytest.mark.parametrize("odd", ["9", b"", [], float("nan"), 10**400, Unequal()])
def test_nothing_odd_keeps_anyone_from_care(odd: object) -> None:
    """Whatever comes as a rating, and whenever, it keeps nobody from care."""
    room = Room(plan_of(QUESTIONS.replace("{kind}", "text")), "Ana")
    for _ in range(2):
        room.send(Distress(by="Ana", at=room.now, rating=odd))  # type: ignore[arg-type]
    assert room.view("Ana").status == "care"


@pytest.mark.parametrize("by", [None, 1, b"Ana", [], Unequal()])
def test_a_sender_who_is_no_text(by: object) -> None:
    """An event from something that is no person's id is not allowed."""
    room = Room(plan_of(QUESTIONS.replace("{kind}", "text")), "Ana")
    with pytest.raises(EventNotAllowed):
        room.send(Pause(by=by, at=room.now))  # type: ignore[arg-type]


WAITING = """
steps:
  - wait: A while.
    for: 10m
  - wait: Some more.
    for: 10m
"""


def test_the_last_instant_of_a_clock() -> None:
    """A timer that ends after the last instant that a clock can show is still restored."""
    room = Room(plan_of(WAITING), "Ana", at=1e12 - 1)
    check_restoring(room.session)
    room.send(Tick(at=-1e11))
    with pytest.raises(EventNotAllowed):
        room.send(Tick(at=1e12))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("at", float("nan")), ("at", 10**400), ("at", True), ("utc_offset", 10**9),
        ("utc_offset", 3600.5), ("locale", None), ("locale", "x" * 1_000), ("session", 7),
    ],
)  # fmt: skip
def test_a_start_that_could_not_be_restored(name: str, value: object) -> None:
    """What no snapshot could hold is refused at the start."""
    start: dict[str, object] = {"at": 0, name: value}
    with pytest.raises(SettingRejected):
        Session.start(plan_of(WAITING), ["Ana"], **start)  # type: ignore[arg-type]


@pytest.mark.parametrize("at", [-9e11, -1.0, 0.0, 253_402_300_000.0, 9e11])
def test_any_century(at: float) -> None:
    """Before 1970 and after 9999, questions for a day are asked and answered all the same."""
    plan = plan_of(
        """
        steps:
          - ask: When?
            id: day
            answer: date
            rules:
              - within: {days: 9999}
                say: Sooner?
            example: in 9999 days
        """
    )
    room = Room(plan, "Ana", at=at)
    assert room.view("Ana").input is not None
    room.answer("Ana", "9999-12-31")
    check_restoring(room.session)


# snapshots

ODD_PARTS: list[object] = [
    None, True, 0, 1, -1, 3, 50, 10**17, 10**18, 1e11, 1e300, "", "h", "hag", "ppp", "dpp", [],
    {}, [0], [[0]], [1, 2, 3], {"a": 1}, "Ana", "Ben", "facilitator", [None] * 4,
]  # fmt: skip


def _snapshots() -> list[tuple[Plan, str]]:
    found = []
    for scene in SCENES:
        for seed in range(2):
            session = Session.start(
                scene.plan,
                scene.people,
                at=1_000,
                facilitator=scene.facilitator,
                screen=scene.screen,
                seed=seed,
            )
            for number, _ in enumerate(walk(session, random.Random(seed), 60)):
                if number % 9 == 0:
                    found.append((scene.plan, session.snapshot()))
    return found


SNAPSHOTS = _snapshots()


def _places(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside: list[tuple[str | int, object]] = []
    if isinstance(data, dict):
        inside = list(data.items())
    elif isinstance(data, list):
        inside = list(enumerate(data))
    return [path, *(one for key, part in inside for one in _places(part, (*path, key)))]


def _part(data: object, path: tuple[str | int, ...]) -> object:
    for key in path:
        data = data[key]  # type: ignore[index]  # the path was found in these very data
    return data


def forged(text: str, chance: random.Random) -> str:
    """A snapshot in which something was taken away, put twice, put elsewhere, or made odd."""
    data = json.loads(text)
    for _ in range(chance.choice((1, 1, 2, 3))):
        places = [path for path in _places(data) if path and path[0] not in ("v", "plan", "shape")]
        path = chance.choice(places)
        around: dict[str | int, object] = _part(data, path[:-1])  # type: ignore[assignment]
        kind, old = chance.randrange(5), around[path[-1]]
        if kind == 0:
            del around[path[-1]]
        elif kind == 1 and isinstance(old, int | float):
            around[path[-1]] = chance.choice((old + 1, old - 1, -old, old * 2, 5e11))
        elif kind == 2 and isinstance(old, list):
            old.append(chance.choice([0, *old]))
            chance.shuffle(old)
        elif kind == 3:
            around[path[-1]] = copy.deepcopy(_part(data, chance.choice(places)))
        else:
            around[path[-1]] = copy.deepcopy(chance.choice(ODD_PARTS))
    return json.dumps(data)


def test_a_forged_snapshot_is_rejected_or_can_be_played() -> None:
    """A snapshot that someone changed is rejected, or gives a session that goes on like any other.

    Three thousand of them, the same in every run.
    """
    chance = random.Random(7)
    played = 0
    for _ in range(3_000):
        plan, text = chance.choice(SNAPSHOTS)
        try:
            session = Session.restore(plan, forged(text, chance))
        except SnapshotRejected:
            continue
        played += 1
        play(session, chance)
    assert played > 200


def play(session: Session, chance: random.Random) -> None:
    """A few random events, and a look at all there is to see after each."""
    look_at_all(session)
    for _ in walk(session, chance, 6):
        look_at_all(session)
        assert session.snapshot()


def look_at_all(session: Session) -> None:
    """Everything that there is to see for anyone."""
    for person in session.state.setup.people:
        session.view(person.id)
        session.transcript(person.id)


@given(st.integers(0, len(SNAPSHOTS) - 1), st.integers(0), st.integers(0, 255))
def test_a_flipped_byte(number: int, place: int, byte: int) -> None:
    """A snapshot with one other byte in it is rejected or restored, and nothing else happens."""
    plan, text = SNAPSHOTS[number]
    data = bytearray(text.encode())
    data[place % len(data)] = byte
    try:
        session = Session.restore(plan, data.decode(errors="replace"))
    except SnapshotRejected:
        return
    play(session, random.Random(place))


@pytest.mark.parametrize(
    "text",
    ["", "null", "NaN", "[" * 100_000, '{"a":' * 100_000, '{"v":1,"v":1}', "9" * 5_000, "[" * 9,
     '"' * 99_999, "{}" * 99],
)  # fmt: skip
def test_what_is_no_snapshot(text: str) -> None:
    """A text that is no snapshot at all is rejected, and soon."""
    start = time.thread_time()
    with pytest.raises(SnapshotRejected):
        Session.restore(SNAPSHOTS[0][0], text)
    assert time.thread_time() - start < 0.5
