"""How long one sitting takes, against what its card says.

Two sums, both on purpose generous. *At the least* counts what timers say by default, everything
else as nothing, for the smallest group: if that alone is clearly over the card's dose, people who
kept half an hour free will not be through. *At the most* counts the longest of everything, reading
and writing twice over, for the largest group: if that is under a third of the dose, the card
probably means another exercise, or counts what people do elsewhere. So the first is a warning, and
the second a note. People who part until a time of day are no sitting; then nothing is said.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.checking.card import LONGEST_MINUTES
from compassion_protocols.checking.facts import Facts, Sort
from compassion_protocols.checking.lengths import Lengths
from compassion_protocols.checking.reckoning import MOST_PASSES
from compassion_protocols.findings import Finding
from compassion_protocols.model.answers import Time
from compassion_protocols.model.names import EVERYONE
from compassion_protocols.model.pace import reading_seconds, writing_seconds
from compassion_protocols.model.settings import ListSetting
from compassion_protocols.model.steps import (
    Ask,
    Choose,
    End,
    ForEach,
    RepeatUntil,
    Say,
    Turns,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compassion_protocols.checking.facts import Place
    from compassion_protocols.language.template import Template
    from compassion_protocols.model.names import Ref

TOO_LONG = (1.25, 2)
"""So many times the dose, and so many minutes more, is clearly over it."""

TOO_SHORT = 3
"""And so many times shorter than the dose is clearly under it."""

SHORT_DOSE = 10
"""Of a dose of fewer minutes, nobody minds if it is over sooner."""


def check_sitting(facts: Facts) -> Iterator[Finding]:
    """A card whose dose is clearly shorter, or much longer, than its steps."""
    dose = facts.protocol.card.dose
    if not 0 < dose.minutes <= LONGEST_MINUTES:
        return  # said elsewhere
    lengths = Lengths(facts)
    least = _Sitting(facts, lengths, longest=False).steps(facts.outline)
    times, more = TOO_LONG
    if least > (dose.minutes * times + more) * 60:
        message = (
            f"The card says {dose.minutes:g} minutes, and the timers alone take "
            f"{math.ceil(least / 60)}: people would run out of the time that they have kept free."
        )
        yield Finding("CP855", message, "Raise the dose, or shorten a timer.", dose.span)
    elif dose.minutes >= SHORT_DOSE and not any(map(_parts_people, facts.places)):
        enough = dose.minutes * 60 / TOO_SHORT
        # To count words takes time, and most often there is enough without them.
        if _Sitting(facts, lengths, longest=True, reading=False).steps(facts.outline) >= enough:
            return
        most = _Sitting(facts, lengths, longest=True).steps(facts.outline)
        if most < enough:
            message = (
                f"The card says {dose.minutes:g} minutes, and all the steps together hardly take "
                f"{math.ceil(most / 60)}: people would wait to find the time for it."
            )
            yield Finding("CP857", message, "Lower the dose, if nothing is missing.", dose.span)


def _parts_people(place: Place) -> bool:
    """Whether people may part here until a time of day."""
    match place.step:
        case Wait(until=until):
            return until is not None
        case Ask(answer=answer):
            return isinstance(answer, Time)
        case _:
            return False


class _Sitting(NamedTuple):
    """One of the two sums, in seconds."""

    facts: Facts
    lengths: Lengths
    longest: bool
    reading: bool = True

    def steps(self, places: Sequence[Place]) -> float:
        return sum([self.step(place) for place in places])

    def step(self, place: Place) -> float:
        if place.step.when is not None and not self.longest:
            return 0
        return self.block(place) if place.blocks else self.moment(place)

    def moment(self, place: Place) -> float:
        step = place.step
        if not self.longest:
            timed = self.lengths.own(step) is not None
            closing = self.lengths.closing(step) if timed else None
            return 0 if closing is None else closing.usual
        closing = self.lengths.closing(step)
        if closing is not None:
            return closing.most
        match step:
            case Say(text=text) | End(text=text):
                return 2 * self.read(text)
            case Ask(text=text, answer=answer):
                return 2 * (self.read(text) + writing_seconds(answer))
            case _:
                return 0

    def read(self, text: Template) -> float:
        return reading_seconds(text.source) if self.reading else 0

    def block(self, place: Place) -> float:
        step = place.step
        first, *others = [self.steps(block) for block in place.blocks]
        if isinstance(step, Choose):
            return max([first, *others]) if self.longest else min([first, *others])
        if isinstance(step, Wait):
            return self.moment(place) + (first if self.longest else 0)
        passes = self.passes(place)
        if isinstance(step, RepeatUntil):
            return first * passes + (sum(others) if self.longest else 0)
        limit = None if step.timer is None else self.lengths.of(step.timer.at_most)
        if limit is not None and not self.longest:
            return min(first * passes, limit.usual)
        return first * passes

    def passes(self, place: Place) -> float:
        """How often a block is gone through."""
        match place.step:
            case Turns(role=role):
                return self.people(role.name)
            case RepeatUntil(at_most=at_most):
                return self.times(at_most) if self.longest else 1
            case ForEach() as step if step.item and not isinstance(step.items, int):
                return self.items(place, step.items.name)
            case ForEach(items=items, until=until):
                return 1 if until is not None and not self.longest else self.times(items)
            case _:
                return 1

    def times(self, written: int | Ref) -> float:
        length = self.lengths.times(written)
        if length is None:
            return MOST_PASSES if self.longest else 0
        return min(length.most, MOST_PASSES) if self.longest else length.usual

    def items(self, place: Place, name: str) -> float:
        for setting in self.facts.protocol.settings:
            if setting.name == name and isinstance(setting, ListSetting):
                return MOST_PASSES if self.longest else len(setting.default)
        meaning = self.facts.meaning(name, place.scope)
        if meaning is not None and meaning.sort is Sort.ROLE:
            return self.people(name)
        return MOST_PASSES if self.longest else 0

    def people(self, role: str) -> float:
        """How many people a role has in the smallest or the largest group."""
        seats = self.facts.protocol.seats
        sizes = {seat.name: seat.most if self.longest else seat.least for seat in seats}
        if self.longest or role == EVERYONE:
            return sizes.get(role, sum(sizes.values()))
        return sizes.get(role, 1)
