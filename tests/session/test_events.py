"""Events as plain data, and from the body of a request."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import fields
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.errors import EventNotAllowed
from compassion_protocols.session.events import KINDS, Answer, Tick, event_from_json

BODY: dict[str, Any] = {"token": "1.0", "value": "words", "seconds": 5, "rating": 3, "until": 9}
"""A body with every field that some event has."""


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_event_has_a_name_in_json(kind: str) -> None:
    """Each kind of event can be made from a body that names it."""
    event = event_from_json({**BODY, "event": kind}, by="Ana", at=7.0)
    assert type(event) is KINDS[kind]
    assert event.at == 7.0


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"tick"}))
def test_the_sender_comes_from_the_login(kind: str) -> None:
    """What a body says of its sender and its time is not looked at."""
    event = event_from_json({**BODY, "event": kind, "by": "Ben", "at": 1.0}, by="Ana", at=7.0)
    assert getattr(event, "by", None) == "Ana"
    assert event.at == 7.0


def test_time_has_no_sender() -> None:
    """A tick is nobody's event."""
    assert event_from_json({"event": "tick"}, by="Ana", at=7.0) == Tick(at=7.0)
    assert "by" not in {attribute.name for attribute in fields(Tick)}


@pytest.mark.parametrize("kind", [None, "", "Answer", "explode", 3, ["answer"], {"a": 1}])
def test_an_unknown_event_is_refused(kind: object) -> None:
    """A body that names no kind of event is not an event."""
    with pytest.raises(EventNotAllowed, match="There is no event of this kind"):
        event_from_json({"event": kind}, by="Ana", at=1.0)


@pytest.mark.parametrize("kind", ["answer", "continue", "skip", "extend"])
def test_a_body_that_lacks_a_field_is_refused(kind: str) -> None:
    """A field that an event cannot do without must be in its body."""
    with pytest.raises(EventNotAllowed, match="lacks a field"):
        event_from_json({"event": kind}, by="Ana", at=1.0)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("continue", "token", 1.0),
        ("continue", "token", None),
        ("extend", "seconds", "60"),
        ("extend", "seconds", True),
        ("extend", "seconds", float("nan")),
        ("extend", "seconds", float("inf")),
        ("join", "name", ["Eve"]),
        ("join", "role", None),
    ],
)
def test_a_field_of_another_type_is_refused(kind: str, field: str, value: object) -> None:
    """Every field has its type, and every number its bounds."""
    with pytest.raises(EventNotAllowed, match=f"“{field}” of an event"):
        event_from_json({**BODY, "event": kind, field: value}, by="Ana", at=1.0)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("pause", "until", "soon"),
        ("pause", "until", 10**13),
        ("distress", "rating", "9"),
        ("distress", "rating", 8.5),
        ("distress", "rating", True),
        ("distress", "safe", 0),
        ("distress", "safe", None),
    ],
)
def test_care_is_never_refused_for_a_detail(kind: str, field: str, value: object) -> None:
    """A pause or a call for care with a field that makes no sense arrives without that field."""
    odd = event_from_json({**BODY, "event": kind, field: value}, by="Ana", at=1.0)
    plain = {name: given for name, given in BODY.items() if name != field}
    assert odd == event_from_json({**plain, "event": kind}, by="Ana", at=1.0)


@pytest.mark.parametrize("at", [float("nan"), float("inf"), "now", None, True])
def test_an_impossible_time_is_refused(at: Any) -> None:  # noqa: ANN401
    """The host's own clock is looked at like everything else."""
    with pytest.raises(EventNotAllowed):
        event_from_json({"event": "tick"}, by="Ana", at=at)


json_data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@given(
    st.dictionaries(
        st.sampled_from(["event", "by", "at", "odd", *BODY]),
        json_data | st.sampled_from(sorted(KINDS)),
    )
)
def test_a_body_is_an_event_or_refused(body: dict[str, object]) -> None:
    """Any JSON object gives one event of a known kind, or EventNotAllowed."""
    try:
        event = event_from_json(body, by="Ana", at=1.0)
    except EventNotAllowed:
        return
    assert type(event) is KINDS[str(body["event"])]


def test_the_value_of_an_answer_is_anything() -> None:
    """What is answered is the question's to judge, not the event's."""
    value = {"what": ["a", 1, None]}
    body = {"event": "answer", "token": "1.0", "value": value}
    assert event_from_json(body, by="Ana", at=1.0) == Answer(
        by="Ana", token="1.0", value=value, at=1.0
    )
