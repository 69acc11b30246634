"""Whole protocols: seats, and what stands inside a step."""

from __future__ import annotations

import pytest
from attrs import fields

from compassion_protocols import bundled, load
from compassion_protocols.model.author import authored, doc_of
from compassion_protocols.model.card import Card, Dose
from compassion_protocols.model.care import Care, CarePolicy
from compassion_protocols.model.protocol import AUDIENCE_SIZES, Audience, Protocol
from compassion_protocols.model.steps import KINDS, Include, Pattern, Say, blocks_of, steps_inside
from compassion_protocols.reading.convert import read


def bundled_protocol(name: str) -> Protocol:
    """A protocol of the catalog, as it was written."""
    source = bundled().source(name)
    assert source is not None
    protocol = read(source.data, source.name).protocol
    assert protocol is not None
    return protocol


def test_a_protocol_without_roles_seats_its_audience() -> None:
    """Without roles there is one unnamed role, from the smallest audience to the largest."""
    seats = bundled_protocol("three-breath-pause").seats
    assert [(role.least, role.most) for role in seats] == [(1, AUDIENCE_SIZES[Audience.GROUP][1])]


def test_named_roles_are_the_seats() -> None:
    """With roles, the seats are those that are not one of another."""
    seats = bundled_protocol("structured-empathy-exchange").seats
    assert [(role.name, role.least, role.most) for role in seats] == [("partner", 2, 2)]


def test_there_are_at_most_fourteen_kinds_of_step() -> None:
    """The language has fourteen kinds of step, each with a key of its own."""
    assert len(KINDS) == len(set(KINDS.values())) == 14


@pytest.mark.parametrize("key", KINDS)
def test_the_key_of_a_kind_is_one_of_its_fields(key: str) -> None:
    """The key that names a kind of step is a key that its author writes."""
    assert key in authored(KINDS[key])


@pytest.mark.parametrize("cls", [*KINDS.values(), Card, Dose, Care, Protocol])
def test_every_key_is_explained(cls: type) -> None:
    """Every key that an author may write has one line that explains it."""
    assert all(doc_of(attribute).endswith(".") for attribute in authored(cls).values())
    assert "span" in {attribute.name for attribute in fields(cls)} - set(authored(cls))


def test_plain_steps_hold_no_others() -> None:
    """A page of text holds no other steps; every block gives its own."""
    protocol = bundled_protocol("structured-empathy-exchange")
    inside = [len(block) for step in protocol.steps for block in blocks_of(step)]
    assert sum(inside) > 0
    assert all(blocks_of(step) == () for step in protocol.steps if isinstance(step, Say))


def test_steps_come_before_those_inside_them() -> None:
    """Steps come in the order in which they are written, those inside after those around."""
    steps = load("structured-empathy-exchange").protocol.steps
    [*every] = steps_inside(steps)
    for step in every:
        inside = [inner for block in blocks_of(step) for inner in block]
        assert all(every.index(step) < every.index(inner) for inner in inside)
    assert [step for step in every if step in steps] == list(steps)


def test_steps_of_includes_may_be_left_out() -> None:
    """Those of an include are its own author's, and are left out where they are not wanted."""
    steps = load("structured-empathy-exchange").protocol.steps
    own, every = list(steps_inside(steps, linked=False)), list(steps_inside(steps))
    foreign = [
        inner
        for step in own
        if isinstance(step, Include) and step.linked is not None
        for inner in steps_inside(step.linked.steps)
    ]
    assert foreign
    assert len(every) == len(own) + len(foreign)


def test_a_breath_is_as_long_as_its_parts() -> None:
    """A breath takes as many seconds as its parts together."""
    source = bundled_protocol("three-breath-pause")
    patterns = [step.pattern for step in source.steps if hasattr(step, "pattern")]
    assert [isinstance(pattern, Pattern) and pattern.seconds for pattern in patterns] == [10]


def test_care_may_only_be_tightened() -> None:
    """A host may lower the thresholds of care, and never raise or drop them."""
    assert CarePolicy(after=5).after == 5
    for wrong in ({"after": 8}, {"before": 9}, {"rise": 0}):
        with pytest.raises(ValueError, match="never raised"):
            CarePolicy(**wrong)
    with pytest.raises(TypeError):
        CarePolicy(rise=True)
