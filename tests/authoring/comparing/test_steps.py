"""Steps that are gone, new, moved, or changed key by key."""

from __future__ import annotations

import pytest

from compassion_protocols.authoring.comparing.changes import Change, Topic
from compassion_protocols.authoring.comparing.diff import compare
from compassion_protocols.authoring.comparing.steps import placed
from compassion_protocols.loading import load
from tests.plans import protocol_of
from tests.shipped import ALL

OLD = """
audience: couple
roles: {partner: {people: 2}}
steps:
  - say: Welcome.
    id: welcome
  - say: Sit down.
  - ask: What is it?
    id: topic
    who: partner
    answer: {list: text, max: 3}
  - part: Both
    id: both
    steps:
      - say: One.
        id: one
      - say: Two.
        id: two
      - say: Three.
        id: three
  - choose:
      - when: topic is given
        steps:
          - say: Given.
            id: given
    otherwise:
      - say: Not given.
        id: not_given
    id: ways
  - repeat_until: topic is given
    id: again
    at_most: 2
    steps:
      - breathe: {in: 4s, out: 6s}
        id: breath
        count: 3
    otherwise:
      - say: Well.
        id: well
"""


def between(*changes: tuple[str, str], old: str = OLD, **mapping: str) -> list[Change]:
    """Compare a protocol with one in which some words are others."""
    new = old
    for before, after in changes:
        assert before in new
        new = new.replace(before, after)
    return list(compare(protocol_of(old), protocol_of(new), mapping))


def told(changes: list[Change]) -> list[tuple[Topic, str, str]]:
    """Say briefly what has changed where."""
    return [(change.topic, change.place, change.key) for change in changes]


@pytest.mark.parametrize("name", ALL)
def test_places_are_those_of_a_session(name: str) -> None:
    """Each moment of a plan that an author wrote has the place that is told here."""
    plan = load(name)
    places = {one.place for one in placed(plan.protocol.steps)}
    assert {place for place in plan.moments if "care/" not in place} <= {*places, "/end"}


@pytest.mark.parametrize(
    ("before", "after", "topic", "place", "key"),
    [
        ("Welcome.", "Hello.", Topic.WORDS, "welcome", "say"),
        ("Sit down.", "Sit down here.", Topic.WORDS, "2", "say"),
        ("part: Both", "part: All", Topic.WORDS, "both", "part"),
        ("id: topic", "id: topic\n    hint: A word.", Topic.WORDS, "topic", "hint"),
        ("id: topic", "id: topic\n    shared: everyone", Topic.READERS, "topic", "shared"),
        ("who: partner", "who: everyone", Topic.PEOPLE, "topic", "who"),
        ("max: 3", "max: 4", Topic.QUESTIONS, "topic", "answer"),
        ("when: topic is given", "when: topic is missing", Topic.WAY, "ways", "choose"),
        ("until: topic is given", "until: topic is missing", Topic.WAY, "again", "repeat_until"),
        ("at_most: 2", "at_most: 3", Topic.WAY, "again", "at_most"),
        ("count: 3", "count: 4", Topic.TIMES, "breath", "count"),
        ("in: 4s", "in: 5s", Topic.TIMES, "breath", "breathe"),
        ("id: one", "id: one\n        core: true", Topic.STEPS, "one", "core"),
    ],
)  # fmt: skip
def test_a_key_that_is_different(
    before: str, after: str, topic: Topic, place: str, key: str
) -> None:
    """A step that says something else under one key is told of once, under its topic."""
    assert told(between((before, after))) == [(topic, place, key)]


def test_a_step_that_is_gone_or_new() -> None:
    """A step that is on one side alone is told of with its words, a block with all inside it."""
    one = "      - say: Two.\n        id: two\n"
    [gone] = between((one, ""))
    assert (gone.what, gone.before) == ("The `say` step “two” is gone.", "Two.")
    [new] = compare(protocol_of(OLD.replace(one, "")), protocol_of(OLD))
    assert (new.what, new.after) == ("The `say` step “two” is new.", "Two.")
    block = OLD[OLD.index("  - part") : OLD.index("  - choose")]
    [whole] = between((block, ""))
    assert whole.what == "The `part` step “both” is gone."


def test_a_new_question_that_others_read() -> None:
    """A new step whose answer others may read is told among what concerns readers."""
    ask = "  - ask: And you?\n    id: you_too\n    who: partner\n    answer: text\n"
    first = "  - part: Both"
    assert told(between((first, f"{ask}{first}"))) == [(Topic.STEPS, "you_too", "")]
    shared = between((first, f"{ask}    shared: everyone\n{first}"))
    assert told(shared) == [(Topic.READERS, "you_too", "shared"), (Topic.STEPS, "you_too", "")]
    reveal = "  - reveal: topic\n    id: shown\n    who: partner\n    to: everyone\n"
    assert told(between((first, f"{reveal}{first}")))[0] == (Topic.READERS, "shown", "to")


def test_a_step_that_has_moved() -> None:
    """A step that comes at another point is told of alone, and not those that it has passed."""
    two = "      - say: Two.\n        id: two\n"
    three = "      - say: Three.\n        id: three\n"
    [moved] = between((f"{two}{three}", f"{three}{two}"))
    assert "another point" in moved.what
    one = "      - say: One.\n        id: one\n"
    [last] = between((f"{one}{two}{three}", f"{two}{three}{one}"))
    assert last.place == "one"


def test_a_step_in_another_block() -> None:
    """A step that stands in another block, or in another way of one, is told of with both."""
    two = "      - say: Two.\n        id: two\n"
    [out] = between((two, ""), ("  - part: Both", "  - say: Two.\n    id: two\n  - part: Both"))
    assert (out.what, out.before, out.after) == (
        "The `say` step “two” stands in another block.", "both", "",
    )  # fmt: skip
    swapped = between(
        ("Given.\n            id: given", "X.\n            id: x"),
        ("Not given.\n        id: not_given", "Given.\n        id: given"),
        ("X.\n            id: x", "Not given.\n            id: not_given"),
    )
    assert {change.place for change in swapped} == {"given", "not_given"}
    assert {change.after for change in swapped} == {"ways/case-1", "ways/otherwise"}


def test_a_step_of_another_kind() -> None:
    """A step that has become another kind is told of as that, and with what both kinds have."""
    found = between(("say: Welcome.", "wait: Welcome.\n    for: 20s\n    note: Wait."))
    assert found[0].what == "The `say` step “welcome” is a `wait` step now."
    assert {change.key for change in found} == {"", "for", "note"}


def test_an_id_that_has_changed() -> None:
    """Without a mapping a step of another id is another; with one it is the same."""
    change = ("id: welcome", "id: greeting")
    assert len(between(change)) == 2
    assert between(change, welcome="greeting") == []


def test_another_version_of_what_is_included() -> None:
    """An include that stands for another version is told of, beside what differs inside."""
    old = OLD + "  - include: three-breath-pause\n    with: {breaths: 2}\n"
    assert told(between(("breaths: 2", "breaths: 3"), old=old)) == [(Topic.STEPS, "7", "with")]
