"""What a field makes of the text that was written in it."""

from __future__ import annotations

import pytest

from compassion_protocols.language.values import Duration
from compassion_protocols.model.protocol import Family
from compassion_protocols.reading.fields import (
    condition,
    duration,
    flag,
    number,
    raw,
    some_time,
    template,
    text,
    whole,
    word,
    written_text,
    yes_no,
)
from tests.reading.written import Hook, taken


@pytest.mark.parametrize(
    ("hook", "value", "expected"),
    [
        (text, "no", "no"),
        (text, "' a '", "a"),
        (text, "|\n  a\n  b\n", "a\nb"),
        (text, '"~"', "~"),
        (whole(0), "0", 0),
        (whole(0, 3), "3", 3),
        (number, "-2.5", -2.5),
        (number, "0", 0),
        (flag, "true", True),
        (flag, "false", False),
        (yes_no, "yes", True),
        (yes_no, '"no"', False),
        (yes_no, "false", False),
        (duration, "0s", Duration(0)),
        (duration, "1h30m", Duration(5400)),
        (some_time, "1s", Duration(1)),
        (word(Family), "self-compassion", Family.SELF_COMPASSION),
        (raw, "1:30", "1:30"),
        (raw, "[a, {b: no}]", ["a", {"b": "no"}]),
    ],
)
def test_what_is_taken(hook: Hook, value: str, expected: object) -> None:
    """What fits becomes a value of the field's own type, and nothing is noted."""
    found, notes = taken(hook, value)
    assert found == expected
    assert type(found) is type(expected) or hook is raw
    assert notes == []


@pytest.mark.parametrize(
    ("hook", "value", "code"),
    [
        (text, "", "CP105"),
        (text, "{a: b}", "CP104"),
        (whole(), "0", "CP107"),
        (whole(0, 3), "4", "CP107"),
        (whole(), "010", "CP107"),
        (number, "1e999", "CP107"),
        (number, "3m", "CP107"),
        (number, "true", "CP107"),
        (flag, "yes", "CP108"),
        (flag, '"true"', "CP108"),
        (yes_no, "on", "CP108"),
        (duration, "1:30", "CP109"),
        (duration, "3 m", "CP109"),
        (some_time, "0m", "CP109"),
        (word(Family), "Repair", "CP106"),
        (raw, "null", "CP105"),
    ],
)
def test_what_is_not_taken(hook: Hook, value: str, code: str) -> None:
    """What does not fit is noted once, with what would be right, and a stand-in takes its place."""
    found, [note] = taken(hook, value)
    assert note.code == code
    assert note.remedy
    assert found is None or not isinstance(found, dict)


def test_a_stand_in_is_what_was_probably_meant() -> None:
    """In the place of a misspelt word the nearest one goes on."""
    assert taken(word(Family), "repairs")[0] is Family.REPAIR
    assert taken(word(Family), "zzz")[0] is Family.LISTENING


@pytest.mark.parametrize("hook", [template, condition])
def test_a_text_that_cannot_be_read(hook: Hook) -> None:
    """In the place of a text or a condition that cannot be read, one goes on that reads nothing."""
    found, [note] = taken(hook, "Well, {{ you | shout }}" if hook is template else "a =")
    assert note.code.startswith("CP2")
    assert not found.reads


def test_written_text_keeps_its_place() -> None:
    """A text that was written is given back with its place."""
    found, notes = taken(written_text, "a")
    assert (str(found), notes) == ("a", [])
    assert found.span.column == 6
