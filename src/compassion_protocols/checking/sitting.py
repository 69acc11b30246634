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
from compassion_protocols.checking.reckoning import MOST_PASSES
from compassion_protocols.checking.spans import line
from compassion_protocols.findings import Finding
from compassion_protocols.model.answers import Time
from compassion_protocols.model.names import EVERYONE
from compassion_protocols.model.pace import AGREEING, reading_seconds, writing_seconds
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
    from collections.abc import Iterator, Mapping, Sequence

    from compassion_protocols.checking.facts import Place
    from compassion_protocols.checking.lengths import Lengths
    from compassion_protocols.findings import Span
    from compassion_protocols.model.names import Ref

    Sums = tuple[float, float]

TOO_LONG = (1.25, 2)
"""So many times the dose, and so many minutes more, is clearly over it."""

TOO_SHORT = 3
"""And so many times shorter than the dose is clearly under it."""

SHORT_DOSE = 10
"""Of a dose of fewer minutes, nobody minds if it is over sooner."""


def check_sitting(facts: Facts, lengths: Lengths) -> Iterator[Finding]:
    """A card whose dose is clearly shorter, or much longer, than its steps."""
    dose = facts.protocol.card.dose
    if not 0 < dose.minutes <= LONGEST_MINUTES:
        return  # said elsewhere
    sitting = _Sitting(facts, lengths, _moments(facts, lengths))
    least, most = sitting.steps(facts.outline)
    times, more = TOO_LONG
    enough = dose.minutes * 60 / TOO_SHORT
    if least > (dose.minutes * times + more) * 60:
        longest = max(facts.outline, key=lambda place: sitting.steps([place])[0])
        span = _too_long_by(sitting)
        people = sum(seat.least for seat in facts.protocol.seats)
        group = "one person" if people == 1 else f"{people} people"
        message = (
            f"The card says {dose.minutes:g} minutes, and with {group} the timers alone take "
            f"{math.ceil(least / 60)}, the longest step on {line(longest.step.span, span)}: "
            "people would run out of the time that they have kept free."
        )
        yield Finding("CP855", message, "Raise the dose, or shorten a timer.", span)
    elif most < enough and dose.minutes >= SHORT_DOSE and not any(map(_parts_people, facts.places)):
        # To count words takes time, and most often there is enough without them.
        reading = _with_reading(facts, lengths, sitting.moments)
        _, most = sitting._replace(moments=reading).steps(facts.outline)
        if most < enough:
            message = (
                f"The card says {dose.minutes:g} minutes, and all the steps together hardly take "
                f"{math.ceil(most / 60)}: people would wait to find the time for it."
            )
            yield Finding("CP857", message, "Lower the dose, if nothing is missing.", dose.span)


def _too_long_by(sitting: _Sitting) -> Span:
    """Where the dose stands; or where an adaptation takes longest, and has left the dose as it is.

    What is not of the dose's file is of the adaptation then.
    """
    facts = sitting.facts
    card, own = facts.protocol.card, [place for place in facts.places if not place.included]
    anew = [place for place in own if place.step.at(*_TIMES).file != card.dose.span.file]
    if not anew or "dose" in dict(card.anew):
        return card.dose.span
    return max(anew, key=lambda place: sitting.steps([place])[0]).step.at(*_TIMES)


_TIMES = ("for", "timer", "count")
"""The keys of how long a step is."""


def _parts_people(place: Place) -> bool:
    """Whether people may part here until a time of day."""
    match place.step:
        case Wait(until=until):
            return until is not None
        case Ask(answer=answer):
            return isinstance(answer, Time)
        case _:
            return False


def _moments(facts: Facts, lengths: Lengths) -> dict[Place, Sums]:
    """Both sums of each moment, but for what people read; a moment that is not here has none."""
    moments: dict[Place, Sums] = {}
    for place, closing in lengths.timed.items():
        timed = lengths.own(place.step) is not None
        moments[place] = closing.usual if timed else 0, closing.most
    for place, ask in facts.each(Ask):
        least, most = moments.get(place) or (0, 2 * writing_seconds(ask.answer))
        moments[place] = least, most + (2 * AGREEING if ask.is_agreed_on else 0)
    return moments


def _with_reading(
    facts: Facts, lengths: Lengths, moments: Mapping[Place, Sums]
) -> dict[Place, Sums]:
    """The same sums with what people read, where no timer closes it."""
    read: dict[Place, Sums] = dict(moments)
    texts = [(place, ask.text) for place, ask in facts.each(Ask)]
    texts += [(place, say.text) for place, say in facts.each(Say)]
    texts += [(place, end.text) for place, end in facts.each(End)]
    for place, text in texts:
        if place not in lengths.timed:
            least, most = moments.get(place, _NO_TIME)
            read[place] = least, most + 2 * reading_seconds(text.source)
    return read


_NO_TIME = (0, 0)


class _Sitting(NamedTuple):
    """Both sums in one walk, as pairs: at the least, and at the most."""

    facts: Facts
    lengths: Lengths
    moments: Mapping[Place, Sums]

    def steps(self, places: Sequence[Place]) -> Sums:
        """Of steps one after the other; at the least, those with a condition are left out."""
        least = most = 0.0
        moments = self.moments
        for place in places:
            short, long = self.block(place) if place.blocks else moments.get(place, _NO_TIME)
            most += long
            if short and place.step.when is None:
                least += short
        return least, most

    def block(self, place: Place) -> Sums:
        step = place.step
        if isinstance(step, Wait):
            short, long = self.moments.get(place, _NO_TIME)
            return short, long + self.steps(place.blocks[0])[1]
        each = [self.steps(block) for block in place.blocks]
        if isinstance(step, Choose):
            return min([short for short, _ in each]), max([long for _, long in each])
        (least, most), *rest = each
        fewest, passes = self.passes(place)
        limit = None if step.timer is None else self.lengths.of(step.timer.at_most)
        if limit is not None and not isinstance(step, RepeatUntil):
            return min(least * fewest, limit.usual), most * passes
        return least * fewest, most * passes + sum([long for _, long in rest])

    def passes(self, place: Place) -> Sums:
        """How often a block is gone through."""
        match place.step:
            case Turns(role=role):
                return self.people(role.name)
            case RepeatUntil(at_most=at_most):
                return 1, self.times(at_most)[1]
            case ForEach() as step if step.item and not isinstance(step.items, int):
                return self.items(place, step.items.name)
            case ForEach(items=items, until=until):
                fewest, most = self.times(items)
                return fewest if until is None else 1, most
            case _:
                return 1, 1

    def times(self, written: int | Ref) -> Sums:
        length = self.lengths.times(written)
        if length is None:
            return 0, MOST_PASSES
        return length.usual, min(length.most, MOST_PASSES)

    def items(self, place: Place, name: str) -> Sums:
        for setting in self.facts.protocol.settings:
            if setting.name == name and isinstance(setting, ListSetting):
                return len(setting.default), MOST_PASSES
        meaning = self.facts.meaning(name, place.scope)
        if meaning is not None and meaning.sort is Sort.ROLE:
            return self.people(name)
        return 0, MOST_PASSES

    def people(self, role: str) -> Sums:
        """How many people a role has in the smallest and in the largest group."""
        seats = self.facts.protocol.seats
        for seat in seats:
            if seat.name == role:
                return seat.least, seat.most
        least = sum([seat.least for seat in seats]) if role == EVERYONE else 1
        return least, sum([seat.most for seat in seats])
