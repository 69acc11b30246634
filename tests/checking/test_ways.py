"""The shortest way to a place on which a question has not been asked."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.catalog import Source, bundled
from compassion_protocols.checking.flow import Flow
from compassion_protocols.checking.gather import gather
from compassion_protocols.checking.ways import How, Way, Ways
from compassion_protocols.loading import load
from compassion_protocols.model.steps import (
    Choose,
    End,
    ForEach,
    Include,
    Part,
    RepeatUntil,
    Turns,
    Wait,
)
from compassion_protocols.reading.link import link
from compassion_protocols.testing import as_yaml, protocols
from tests.checking.found import facts_of, only
from tests.plans import protocol_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compassion_protocols.checking.facts import Facts, Place

X = "{ask: A, id: x, answer: yes_no, example: 'yes'}"
YES = "{ask: A, id: ok, answer: yes_no, example: 'yes'}"
AGAIN = "{ask: A, id: ok, answer: yes_no, example: 'yes'}"
LIMIT = "timer: {at_most: 1m}"
LEAST_TRIED, MOST_TRIED = 20, 400


# whoever follows a way


class _Come(Exception):
    """The place is come to."""


class _Ended(Exception):
    """What was included, or all, has ended."""


class Walker:
    """Walks at random towards a place, but for the one decision of a way."""

    def __init__(self, facts: Facts, way: Way, place: Place, chance: Random) -> None:
        self.way = way
        self.place = place
        self.chance = chance
        self.passed: list[Place] = []
        self.around = {one for one in facts.places if any(place is inner for inner in one.walk())}

    def comes(self, outline: Sequence[Place]) -> bool:
        """Tell whether this walk comes to the place."""
        try:
            self.row(outline)
        except _Come:
            return True
        except _Ended:
            pass
        return False

    def takes(self, place: Place, how: How) -> bool:
        """Tell whether this is the decision of the way."""
        return self.way.past is place and self.way.how is how

    def at_random(self) -> bool:
        return self.chance.random() < 0.5

    def leads(self, row: Sequence[Place]) -> bool:
        """Tell whether the place is in a row."""
        return not self.around.isdisjoint(row)

    def row(self, row: Sequence[Place], until: int | None = None) -> None:
        for place in row[:until]:
            self.step(place)

    def step(self, place: Place) -> None:
        if place is self.place:
            raise _Come
        step = place.step
        passes = self.takes(place, How.GUARD) or (place not in self.around and self.at_random())
        if step.when is not None and passes:
            return
        self.passed.append(place)
        match step:
            case End():
                raise _Ended
            case Include() if place.blocks:
                with suppress(_Ended):
                    self.limited(place, place.blocks[0])
            case Part():
                self.limited(place, place.blocks[0])
            case Choose():
                self.row(place.blocks[self.branch(place)])
            case Wait():
                wants = self.leads(place.blocks[0]) or self.at_random()
                if wants and not self.takes(place, How.NEAR):
                    self.row(place.blocks[0])
            case RepeatUntil():
                self.repeat(place)
            case Turns() | ForEach():
                least = 1 if self.leads(place.blocks[0]) else 0
                for _ in range(self.chance.randint(least, 2)):
                    inside = {inner for each in place.blocks[0] for inner in each.walk()}
                    self.passed = [one for one in self.passed if one not in inside]
                    self.row(place.blocks[0])

    def branch(self, place: Place) -> int:
        if self.takes(place, How.BRANCH):
            return self.way.branch
        leading = [number for number, row in enumerate(place.blocks) if self.leads(row)]
        return self.chance.choice(leading or range(len(place.blocks)))

    def repeat(self, place: Place) -> None:
        left = False
        # The very first: nothing around it has come round either.
        rounds = 1 if self.way.how is How.FIRST_ROUND else 2
        for _ in range(self.chance.randint(1, rounds)):
            left = self.limited(place, place.blocks[0]) or left
        may = not left and not self.leads(place.blocks[1]) and self.at_random()
        if not self.takes(place, How.HELD) and not may:
            self.row(place.blocks[1])

    def limited(self, place: Place, row: Sequence[Place]) -> bool:
        """Walk through a block; a soft limit may leave it before any of its steps but the first."""
        timer = place.step.timer
        if timer is None or timer.at_most is None or len(row) < 2:
            self.row(row)
            return False
        leaves = self.takes(place, How.LIMIT) or (not self.leads(row) and self.at_random())
        self.row(row, 1 if leaves else None)
        return leaves


def follow(facts: Facts, question: Place, place: Place, way: Way) -> None:
    """Following a way never passes the question, and comes to the place."""
    for seed in range(MOST_TRIED):
        walker = Walker(facts, way, place, Random(seed))
        if walker.comes(facts.outline):
            # That what is included ends early is for chance to bring about.
            missed = question not in walker.passed
            assert missed or way.how is How.ENDED
            if missed and seed >= LEAST_TRIED:
                return
    raise AssertionError("The way does not lead there.")


# which pairs there are


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
    ways = Ways(facts)
    for question, place in chance.sample(pairs, min(len(pairs), 5)):
        way = ways.past(question, place)
        assert way is not None
        follow(facts, question, place, way)


@pytest.mark.parametrize("name", bundled().ids())
def test_the_ways_of_a_shipped_protocol(name: str) -> None:
    """The same holds for every question and every place of the shipped protocols."""
    facts = gather(load(name).protocol)
    ways = Ways(facts)
    for question, place in on_some_ways(facts, Flow(facts)):
        way = ways.past(question, place)
        assert way is not None
        follow(facts, question, place, way)


# the ways one by one


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("{part: P, when: ok, steps: [<X>]}", "past line 10, where “ok” is not so,"),
        ("{part: P, steps: [{say: B}, {part: Q, when: ok, steps: [<X>]}]}", "“ok” is not so,"),
        ("{part: P, when: ok, steps: [{part: Q, when: not ok, steps: [<X>]}]}", "“ok” is not so,"),
        ("{choose: [{when: ok, steps: [<X>]}]}", "past line 10, where “ok” is not so,"),
        ("{choose: [{when: ok, steps: [{say: B}]}], otherwise: [<X>]}", "where “ok” is so,"),
        (
            "{choose: [{when: ok, steps: [<X>]}, {when: not ok, steps: [{say: B}]}]}",
            "past line 10, where none of its cases is so,",
        ),
        (
            "{choose: [{when: ok, steps: [<X>]}, {when: not ok, steps: [{say: B}]}], "
            "otherwise: [{end: C}]}",
            "past line 10, where “not ok” is so,",
        ),
        (
            "{choose: [{when: ok, steps: [{part: P, when: not ok, steps: [<X>]}]}], "
            "otherwise: [{end: C}]}",
            "past line 10, where “not ok” is not so,",
        ),
        (
            "{choose: [{when: ok, steps: [{part: P, when: not ok, steps: [<X>]}]}], "
            "otherwise: [{choose: [{when: ok, steps: [{end: C}]}], otherwise: [{end: D}]}]}",
            "“not ok” is not so,",
        ),
        (
            "{repeat_until: ok, at_most: 2, steps: [{say: B}], otherwise: [<X>]}",
            "past line 10, where “ok” is so in time,",
        ),
        (
            "{ask: T, id: t, answer: time, example: '18:30'}, "
            "{wait: W, until: t, otherwise: [<X>]}",
            "past line 10, where that time is not too far off,",
        ),
        ("{part: P, <LIMIT>, steps: [{say: B}, <X>]}", "where the time of line 10 is up before"),
        ("{repeat_until: ok, at_most: 2, <LIMIT>, steps: [{say: B}, <X>]}", "line 10 is up before"),
        (
            "{repeat_until: ok, at_most: 2, <LIMIT>, steps: [{say: B}, <X>], "
            "otherwise: [{say: '{{ x }}'}]}",
            "where the time of line 10 is up before it,",
        ),
        (
            "{repeat_until: ok, at_most: 2, <LIMIT>, "
            "steps: [{say: B}, {part: P, when: ok, steps: [<X>]}], otherwise: [{end: C}]}",
            "where “ok” is not so,",
        ),
        (
            "{repeat_until: ok, at_most: 2, steps: [{part: P, when: ok, steps: [<X>]}], "
            "otherwise: [{say: '{{ x }}'}]}",
            "where “ok” is not so,",
        ),
        (
            "{repeat_until: ok, at_most: 2, steps: [{say: '{{ x }}'}, <X>]}",
            "in the very first round of line 10,",
        ),
        (
            "{repeat_until: ok, at_most: 2, steps: "
            "[{choose: [{when: ok, steps: [<X>]}], otherwise: [{say: '{{ x }}'}]}]}",
            "in the very first round of line 10,",
        ),
    ],
)
def test_a_way_in_words(steps: str, said: str) -> None:
    """The decision is told with its line and what is so there, or is not."""
    written = steps.replace("<X>", X).replace("<LIMIT>", LIMIT)
    text = f"audience: individual\nsteps: [{YES}, {written}, {{say: '{{{{ x }}}}'}}]"
    facts = facts_of(text)
    question = facts.answers["x"].place
    place = next(
        place
        for place in facts.places
        if "x" in getattr(getattr(place.step, "text", None), "reads", ())
    )
    ways = Ways(facts)
    way = ways.past(question, place)
    assert way is not None
    assert said in ways.said(way)
    follow(facts, question, place, way)


@pytest.mark.parametrize(
    "inner",
    [
        f"{YES}, {{end: B, when: ok}}, {X}",
        f"{YES}, {{choose: [{{when: ok, steps: [{X}]}}], otherwise: [{{end: B}}]}}",
        f"{YES}, {{part: P, when: ok, steps: [{X}]}}",
        f"{YES}, {{part: P, when: ok, steps: [{X}, {{end: B}}]}}",
        f"{YES}, {{part: P, when: ok, steps: [{X}]}}, {{end: B}}",
    ],
)
def test_a_way_through_what_is_included(inner: str) -> None:
    """What is decided in another protocol is told by the line that includes it."""
    included = protocol_of(f"id: inner\nsteps: [{inner}]")
    outer = protocol_of("steps:\n  - include: inner\n    as: i\n  - say: '{{ i.x }}'")
    facts = gather(link(outer, {"inner": included}.get).protocol)
    ways = Ways(facts)
    [question] = [one.place for name, one in facts.answers.items() if name.endswith("i.x")]
    place = facts.outline[-1]
    way = ways.past(question, place)
    assert way is not None
    assert ways.said(way) == "where what line 11 includes does not come to it,"
    follow(facts, question, place, way)


def test_there_is_no_way_past_what_everyone_comes_to() -> None:
    """There is no way past a question in the open, nor one out of a loop that ends it all."""
    for steps in (X, f"{{for_each: 2, steps: [{X}, {{end: B}}]}}"):
        facts = facts_of(f"audience: individual\nsteps: [{steps}, {{say: A}}]")
        ways = Ways(facts)
        question, place = facts.answers["x"].place, facts.outline[-1]
        assert ways.past(question, place) is None
        assert ways.unasked(question, place) == "on the others"
        assert ways.past(place, question) is None


def test_a_loop_that_gathers_begins_with_nothing() -> None:
    """In a loop that gathers, what comes later in a pass was never there before it."""
    facts = facts_of(f"audience: individual\nsteps: [{{for_each: 2, steps: [{{say: A}}, {X}]}}]")
    first, asked = facts.outline[0].blocks[0]
    assert Ways(facts).past(asked, first) is None


def test_a_long_condition_is_not_told() -> None:
    """A condition that is too long to be read in a sentence is told by its line."""
    long = " and ".join(["ok"] * 20)
    steps = f"{YES}, {{part: P, when: {long}, steps: [{X}]}}, {{say: '{{{{ x }}}}'}}"
    finding = only(f"audience: individual\nsteps: [{steps}]")
    assert "past line 10, where its condition is not so, people would miss" in finding.message
