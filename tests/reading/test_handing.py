"""What an include hands in, matched with what the included protocol takes."""

from __future__ import annotations

import pytest

from compassion_protocols.findings import Span
from compassion_protocols.model.steps import Include
from compassion_protocols.reading.handing import hand_in, place_of
from tests.reading.written import protocol_of

CHILD = protocol_of(
    id="child",
    roles="{partner: {people: 2}, holder: {one_of: partner, others: hearer}}",
    settings="{breaths: {number: 3, max: 9, label: B}, calm: {yes_no: no, label: C}}",
)


def include_of(given: str) -> Include:
    """Write an include that hands something in."""
    [step] = protocol_of(f"- include: child\n  with: {given}").steps
    assert isinstance(step, Include)
    return step


def test_what_is_handed_in() -> None:
    """Values become constants, our settings and roles become names; defaults fill the rest."""
    parent = protocol_of(
        roles="{spouse: {people: 2}}", settings="{many: {number: 5, max: 8, label: M}}"
    )
    handed = hand_in(include_of("{breaths: many, partner: spouse}"), CHILD, parent)
    assert handed.findings == ()
    assert handed.constants == (("calm", False),)
    assert handed.names == {"breaths": "many", "partner": "spouse"}
    assert [role.name for role in handed.turning] == ["holder"]


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("1", "“partner” of “child” is 2 people, and “spouse” is 1 person."),
        ("3-4", "“partner” of “child” is 2 people, and “spouse” is 3 to 4 people."),
    ],
)
def test_sizes_are_said_in_words(people: str, said: str) -> None:
    """A role of another size is found with both sizes."""
    parent = protocol_of(roles=f"{{spouse: {{people: {people}}}}}")
    [finding] = hand_in(include_of("{partner: spouse}"), CHILD, parent).findings
    assert (finding.code, finding.message) == ("CP309", said)


def test_places() -> None:
    """A finding points at what was written, or at the include where that has no place."""
    include = include_of("{breaths: 3}")
    [(name, value)] = include.given
    assert place_of(name, include).column == 12
    assert place_of(value, include).column == 21
    assert place_of("breaths", include) == include.span != Span("")
