"""About how long things take people."""

from __future__ import annotations

from compassion_protocols import load
from compassion_protocols.model.answers import Choice, Date, LongText, Option, Text
from compassion_protocols.model.pace import expected_people, reading_seconds, writing_seconds


def test_a_longer_text_takes_longer() -> None:
    """Reading time grows with the words, and even a short line takes a moment."""
    assert 3 < reading_seconds("Breathe.") < reading_seconds("Breathe out as slowly as you like.")


def test_a_role_is_expected_half_full() -> None:
    """A role of three to twelve people is expected to have seven or eight."""
    protocol = load("group-circle").protocol
    assert expected_people(protocol, protocol.seats[0].name) == 7.5


def test_more_to_write_takes_longer() -> None:
    """Several lines take longer than one, one longer than a day, and a day longer than a choice."""
    choice = Choice(options=(Option("a", "a"),))
    times = [writing_seconds(kind) for kind in (choice, Date(), Text(), LongText())]
    assert times == sorted(set(times))
