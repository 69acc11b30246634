"""What is different between two protocols, in the order in which it matters."""

from __future__ import annotations

import pytest

from compassion_protocols.authoring.comparing.changes import Change, Topic
from compassion_protocols.authoring.comparing.diff import compare
from compassion_protocols.loading import load
from tests.reading.test_adapt import adapting
from tests.reading.written import protocol_of, read_text, written
from tests.shipped import ALL

STEPS = """
- say: Welcome.
  id: welcome
- ask: What is it?
  id: topic
  who: partner
  answer: text
"""
PARTS = {
    "roles": "{partner: {people: 2}, holder: {one_of: partner, others: rest}}",
    "settings": "{short: {duration: 30s, min: 10s, max: 2m, label: A short time}}",
    "audience": "couple",
}


def between(steps: str = STEPS, **parts: str) -> list[Change]:
    """Compare a protocol with one that has other steps, or other parts."""
    old = protocol_of(STEPS, **PARTS)
    return list(compare(old, protocol_of(steps, **(PARTS | parts))))


@pytest.mark.parametrize("name", ALL)
def test_a_protocol_is_the_same_as_itself(name: str) -> None:
    """Between a protocol and itself there is no difference."""
    protocol = load(name).protocol
    assert compare(protocol, protocol) == ()


def test_where_words_stand_is_no_difference() -> None:
    """The same words in other lines of a file, or in other quotes, are the same protocol."""
    old = protocol_of(STEPS, **PARTS)
    reading = read_text("# A note\n" + written(STEPS, **PARTS).replace("Welcome.", '"Welcome."'))
    assert reading.protocol is not None
    assert compare(old, reading.protocol) == ()


@pytest.mark.parametrize(
    ("parts", "change"),
    [
        (
            {"care": "{tier: 1}"},
            Change(
                Topic.CARE, "care", "tier", "“tier” of the care section is different.", "0", "1"
            ),
        ),
        (
            {"roles": "{partner: {people: 2-3}, holder: {one_of: partner, others: rest}}"},
            Change(
                Topic.PEOPLE, "partner", "", "“partner” is different.",
                "2; if fewer: pause", "2 to 3; if fewer: pause",
            ),
        ),
        (
            {"roles": "{partner: {people: 2}}"},
            Change(
                Topic.PEOPLE, "holder", "", "“holder” is gone.",
                "one partner at a time, the others: rest", "",
            ),
        ),
        (
            {"roles": "{partner: {people: 2}, holder: {one_of: partner}}"},
            Change(
                Topic.PEOPLE, "holder", "", "“holder” is different.",
                "one partner at a time, the others: rest", "one partner at a time",
            ),
        ),
        (
            {"audience": "[couple, family]"},
            Change(
                Topic.PEOPLE, "audience", "", "“audience” is different.", "couple", "couple; family"
            ),
        ),
        (
            {"settings": "{short: {duration: 30s, min: 10s, max: 1m, label: A short time}}"},
            Change(
                Topic.SETTINGS, "short", "max", "“max” of the setting “short” is different.",
                "2 minutes", "1 minute",
            ),
        ),
        (
            {"settings": ""},
            Change(
                Topic.SETTINGS, "short", "", "The setting “short” is gone.",
                "label: A short time; duration: 30 seconds; min: 10 seconds; max: 2 minutes", "",
            ),
        ),
        (
            {"title": "Another"},
            Change(Topic.WORDS, "", "title", "“title” is different.", "A test", "Another"),
        ),
        (
            {"version": "1.0.1"},
            Change(Topic.CARD, "", "version", "“version” is different.", "1.0.0", "1.0.1"),
        ),
    ],
)  # fmt: skip
def test_a_part_that_is_different(parts: dict[str, str], change: Change) -> None:
    """A part that has changed is told with both sides, and nothing else is."""
    assert between(**parts) == [change]


def test_readers_come_first_and_the_card_last() -> None:
    """Differences stand in the order of their weight."""
    steps = STEPS.replace("Welcome.", "Hello.").replace(
        "who: partner", "who: partner\n  shared: everyone"
    )
    found = between(steps, care="{tier: 1}", version="2.0.0")
    assert [change.topic for change in found] == [
        Topic.READERS,
        Topic.CARE,
        Topic.WORDS,
        Topic.CARD,
    ]
    assert (found[0].before, found[0].after) == ("its writer alone", "everyone")


def test_an_adaptation_says_whose_it_is() -> None:
    """Between a base and its adaptation, who changed it and why stands beside what they changed."""
    whole = adapting("title: Another\n").protocol
    base = adapting("title: A test\n").protocol
    assert whole is not None
    assert base is not None
    plain = protocol_of()
    told = {change.key: change.after for change in compare(plain, whole)}
    assert told["extends"] == "the-base@1.4.0"
    assert (told["adapted.by"], told["adapted.why"]) == ("B. Second", "To see more.")
    assert {change.key for change in compare(base, whole)} == {"title"}
