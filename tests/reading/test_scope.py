"""Which names a protocol has, and how they are called from outside."""

from __future__ import annotations

from compassion_protocols.reading.scope import (
    bound_names,
    own_names,
    qualifying,
    reading_prefixes,
    taken_names,
)
from tests.reading.written import protocol_of

PROTOCOL = protocol_of(
    """
    - ask: What?
      id: what
      answer: text
    - turns: partner
      as: [teller, hearer]
      steps:
        - for_each: each in cards
          id: cards_one_by_one
          steps: [{for_each: 3, steps: [{say: a.}]}]
    - include: other
      as: inside
    """,
    roles="{partner: {people: 2}, holder: {one_of: partner, others: quiet}}",
    settings="{cards: {list: [a], label: A}}",
)


def test_own_names() -> None:
    """A protocol's own names are those of its settings, steps and turning roles."""
    assert own_names(PROTOCOL) == {"cards", "what", "cards_one_by_one", "holder", "quiet"}


def test_bound_names() -> None:
    """Loops bind the names of their items and of those who take turns."""
    assert bound_names(PROTOCOL.steps) == {"teller", "hearer", "each"}


def test_taken_names() -> None:
    """No include may have as its prefix what already has a meaning."""
    taken = {"cards", "what", "partner", "holder", "quiet", "teller", "each", "you", "everyone"}
    assert taken <= taken_names(PROTOCOL)
    assert "inside" not in taken_names(PROTOCOL)


def test_qualifying() -> None:
    """From outside, own and unknown names have a prefix; bound and common names have none."""
    rename = qualifying(PROTOCOL, "p", {"partner": "spouse"})
    names = ["what", "strange", "partner", "each", "you", "answer", "what.field", ""]
    assert list(map(rename, names)) == ["p.what", "p.strange", "spouse", *[None] * 5]


def test_reading_prefixes() -> None:
    """Only a path that begins with a prefix is one name."""
    [include] = [step for step in PROTOCOL.steps if type(step).__name__ == "Include"]
    assert reading_prefixes([]) is None
    rename = reading_prefixes([include])  # type: ignore[list-item]  # by its name, above
    assert rename is not None
    paths = ["inside.a", "inside", "inside.a.b", "other.a", "what"]
    assert list(map(rename, paths)) == ["inside.a", None, None, None, None]
