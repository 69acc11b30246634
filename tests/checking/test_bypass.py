"""The shortest way to a place on which a question has not been asked."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.catalog import Source, bundled
from compassion_protocols.checking.bypass import Paths
from compassion_protocols.checking.flow import Flow
from compassion_protocols.checking.gather import gather
from compassion_protocols.loading import load
from compassion_protocols.testing import as_yaml, protocols
from tests.checking.found import facts_of
from tests.checking.walker import follow

if TYPE_CHECKING:
    from compassion_protocols.checking.facts import Facts, Place

X = "{ask: A, id: x, answer: yes_no, example: 'yes'}"


def on_some_ways(facts: Facts, flow: Flow) -> list[tuple[Place, Place]]:
    """Every question, and every place to which it has been asked on some ways alone."""
    reached = set(flow.inside)
    return [
        (answer.place, place)
        for name, answer in facts.answers.items()
        for place in facts.places
        if place in reached
        and flow.bits((name,)) & flow.inside[place].perhaps & ~flow.inside[place].surely
    ]


@given(protocols(), st.randoms(use_true_random=False))
def test_a_way_never_passes_the_question(protocol: dict[str, object], chance: Random) -> None:
    """On random protocols, who follows the way that is named comes there without the question."""
    facts = gather(load(Source("drawn", as_yaml(protocol))).protocol)
    pairs = on_some_ways(facts, Flow(facts))
    paths = Paths(facts)
    for question, place in chance.sample(pairs, min(len(pairs), 5)):
        way = paths.past(question, place)
        assert way is not None
        follow(facts, question, place, way)


@pytest.mark.parametrize("name", bundled().ids())
def test_the_ways_of_a_shipped_protocol(name: str) -> None:
    """The same holds for every question and every place of the shipped protocols."""
    facts = gather(load(name).protocol)
    paths = Paths(facts)
    for question, place in on_some_ways(facts, Flow(facts)):
        way = paths.past(question, place)
        assert way is not None
        follow(facts, question, place, way)


def test_there_is_no_way_past_what_everyone_comes_to() -> None:
    """There is no way past a question in the open, nor one out of a loop that ends it all."""
    for steps in (X, f"{{for_each: 2, steps: [{X}, {{end: B}}]}}"):
        facts = facts_of(f"audience: individual\nsteps: [{steps}, {{say: A}}]")
        paths = Paths(facts)
        question, place = facts.answers["x"].place, facts.outline[-1]
        assert paths.past(question, place) is None
        assert paths.past(place, question) is None


def test_a_loop_that_gathers_begins_with_nothing() -> None:
    """In a loop that gathers, what comes later in a pass was never there before it."""
    facts = facts_of(f"audience: individual\nsteps: [{{for_each: 2, steps: [{{say: A}}, {X}]}}]")
    first, asked = facts.outline[0].blocks[0]
    assert Paths(facts).past(asked, first) is None
