"""Whoever follows a way through a protocol, and else goes at random."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

from compassion_protocols.checking.bypass import How, Way
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

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compassion_protocols.checking.facts import Facts, Place

LEAST_TRIED, MOST_TRIED = 20, 400


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
