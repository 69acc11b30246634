"""Names that an author gives, and names by which something is read."""

from __future__ import annotations

import pytest

from compassion_protocols.language.values import Duration
from compassion_protocols.model.names import People, Ref
from compassion_protocols.reading.fields import duration
from compassion_protocols.reading.naming import (
    or_ref,
    own_name,
    people,
    protocol_id,
    ref,
    texts_or_ref,
    version,
    version_range,
)
from tests.reading.written import Hook, taken


@pytest.mark.parametrize(
    ("hook", "value", "expected"),
    [
        (own_name, "open_needs_2", "open_needs_2"),
        (own_name, "no", "no"),
        (ref, "open_needs", Ref("open_needs")),
        (ref, "start.needs", Ref("start.needs")),
        (ref, "'a'", Ref("a")),
        (people, "speaker", People(("speaker",))),
        (people, "[speaker, start.holder]", People(("speaker", "start.holder"))),
        (protocol_id, "three-breath-pause", "three-breath-pause"),
        (protocol_id, "4-7-8", "4-7-8"),
        (version, "1.0.0", "1.0.0"),
        (version, "10.20.30", "10.20.30"),
        (version_range, "^1.2.0", "^1.2.0"),
        (or_ref(duration), "3m", Duration(180)),
        (or_ref(duration), "floor_time", Ref("floor_time")),
        (texts_or_ref, "[a b]", ("a b",)),
        (texts_or_ref, "phrases", Ref("phrases")),
    ],
)
def test_names(hook: Hook, value: str, expected: object) -> None:
    """A name that can be one is taken as it was written."""
    assert taken(hook, value) == (expected, [])


@pytest.mark.parametrize(
    ("hook", "value", "code", "remedy"),
    [
        (own_name, "Open needs", "CP114", "such as “open_needs”"),
        (own_name, "2nd", "CP114", "a letter first."),
        (own_name, "ä", "CP114", "a letter first."),
        (own_name, "a" * 65, "CP114", "such as"),
        (own_name, "you", "CP115", ""),
        (own_name, "not", "CP115", ""),
        (own_name, "[a]", "CP104", ""),
        (ref, "a b", "CP114", ""),
        (ref, "a..b", "CP114", ""),
        (ref, ".a", "CP114", ""),
        (people, "[]", "CP105", ""),
        (people, "everyone, facilitator", "CP114", "everyone, a role, speaker"),
        (people, "[everyone, Ben]", "CP114", "by their part"),
        (protocol_id, "Three breaths", "CP112", "such as “three-breaths”"),
        (protocol_id, "three-breaths.protocol.yaml", "CP112", "such as “three-breaths”."),
        (protocol_id, "../etc", "CP112", "such as “etc”"),
        (protocol_id, "'…'", "CP112", "up to 64 of them."),
        (version, "^1.0.0", "CP113", "such as 1.0.0."),
        (version, "1.0.0.0", "CP113", "such as 1.0.0."),
        (version_range, "1", "CP113", "“^” before it"),
        (or_ref(duration), "3 m", "CP109", ""),
        (texts_or_ref, "[]", "CP105", ""),
    ],
)
def test_no_names(hook: Hook, value: str, code: str, remedy: str) -> None:
    """What cannot be a name is noted, with one that could be where there is one."""
    note = taken(hook, value)[1][0]
    assert note.code == code
    assert remedy in note.remedy


def test_a_bad_name_goes_on() -> None:
    """A name that cannot be one goes on as it is, so that what reads it is not a second mistake."""
    assert taken(own_name, "Mood")[0] == "Mood"
    assert taken(ref, "Mood")[0] == Ref("Mood")
    assert taken(people, "[]")[0] == People(("everyone",))


def test_a_bad_name_among_several_people_is_left_out() -> None:
    """In a list of people what cannot be a name is noted once, and nobody is looked for by it."""
    found, [note] = taken(people, "[partner, Ben]")
    assert found == People(("partner",))
    assert note.code == "CP114"
    assert taken(people, "[Ana, Ben]")[0] == People(("everyone",))
