"""What some steps amount to: how many moments, and how many seconds of those that a timer ends.

Every loop has a bound, so this is added up from the inside out. *Least* supposes that nobody
skips, leaves or is away, that guards turn out false and lists are as short as they may be, and
that what goes by itself (breathing, silence, a timed page) is not cut short. *Most* supposes the
longest of everything; speaking counts a quarter more than its time, since nobody is cut off in the
middle of a sentence. Moments without a timer last as long as people like; they are counted, not
measured.

Time *apart* is spent waiting for an agreed time of day, when everyone goes their own way; all
other time is *together*.

Seen by one person, only the moments count in which that person acts. Who that is in a turn depends
on whose turn it is, so a turn is looked at once as the speaker's and once as anyone else's.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from compassion_protocols.checking.facts import Answer, Facts, Place, Sort
from compassion_protocols.checking.tally import (
    LEASTS,
    NOTHING,
    UNTIMED,
    Interval,
    Tally,
    added,
    either,
    times,
)
from compassion_protocols.checking.viewing import View, amounts_of
from compassion_protocols.model.answers import Choices, ListOf
from compassion_protocols.model.names import FACILITATOR, Ref
from compassion_protocols.model.steps import (
    Ask,
    Breathe,
    Choose,
    End,
    ForEach,
    Include,
    Part,
    Pass,
    RepeatUntil,
    Reveal,
    Say,
    Speak,
    Step,
    Turns,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MOST_PASSES = 50
"""How many times a loop goes round at the most."""

GRACE = 1.25
"""Speaking is closed a quarter after its time."""

DAY = 86_400.0
"""The longest wait for a time of day, in seconds."""


def tally_of(facts: Facts, sizes: Mapping[str, int], role: str = "") -> Tally:
    """What a session amounts to with so many people in each role.

    With ``role``: what one person of that role does in it.
    """
    view = _seen(facts, sizes, role)
    ratings = len(facts.protocol.care.distress) if role != FACILITATOR else 0
    # Distress is not rated on a shared screen.
    asked = times(UNTIMED, (0, ratings))
    return added([asked, view.steps(facts.outline)])


def items_of(facts: Facts, sizes: Mapping[str, int]) -> Callable[[Place], float]:
    """How often a loop goes round at the most, with so many people in each role."""
    view = _seen(facts, sizes, "")

    def most(place: Place) -> float:
        match place.step:
            case ForEach():
                return view.items[place][1]
            case RepeatUntil(at_most=passes):
                return min(view.amount(passes)[1], MOST_PASSES)
            case _:
                return 1

    return most


def _seen(facts: Facts, sizes: Mapping[str, int], role: str) -> _Reckoning:
    """The view of one person, or of nobody in particular, with all lists counted."""
    view = _Reckoning(facts, amounts_of(facts), sizes, role)
    for place in facts.loops:  # in the order they stand, so that what a list hangs on is there
        if isinstance(place.step, ForEach):
            view.items[place] = view.count(place, place.step)
    return view


@frozen(eq=False)
class _Reckoning(View):
    """What the steps amount to, as they are seen."""

    items: dict[Place, Interval] = field(factory=dict)
    """How many items or passes each `for_each` has."""

    def steps(self, places: Iterable[Place]) -> Tally:
        return added([self.step(place) for place in places])

    def step(self, place: Place) -> Tally:
        found = _KINDS[type(place.step)](self, place, place.step)
        return found if place.step.when is None else times(found, (0, 1))

    # one moment

    def _moment(
        self, place: Place, own: Interval | None = None, at_least: float | Ref | None = None
    ) -> Tally:
        """A moment that lasts so many seconds by itself, or as long as people like."""
        acts = self.acts(place) if self.role else (1, 1)
        timer = place.step.timer
        at_most = None if timer is None else timer.at_most
        if at_least is None and timer is not None:
            at_least = timer.at_least
        least, most = (0, math.inf) if own is None else own
        if at_most is not None:
            least, most = map(min, (least, most), self.amount(at_most))
        if at_least is not None:
            least = max(least, min(self.amount(at_least)[0], most))
        untimed = own is None and at_most is None
        one = Tally(1, least, 0, 1, untimed, 0 if untimed else most)
        return one if acts == (1, 1) else times(one, acts)

    def _page(self, place: Place, step: Say) -> Tally:
        own = None if step.duration is None else self.amount(step.duration)
        return self._moment(place, own)

    def _question(self, place: Place, step: Step) -> Tally:
        asked = self._moment(place)
        if isinstance(step, Ask) and step.is_agreed_on:
            # Everyone is asked whether to keep it, if there is anything.
            return added([asked, times(UNTIMED, (0, 1))])
        return asked

    def _speak(self, place: Place, step: Speak) -> Tally:
        most = self.amount(step.duration)[1] * GRACE
        return self._moment(place, (0, most), step.at_least)

    def _breathe(self, place: Place, step: Breathe) -> Tally:
        one = step.pattern.seconds
        if step.count is not None:
            least, most = (breaths * one for breaths in self.amount(step.count))
        else:
            lasts = self.amount(step.duration)
            least, most = (_whole_breaths(seconds, one) for seconds in lasts)
        return self._moment(place, (least, most))

    def _wait(self, place: Place, step: Wait) -> Tally:
        if step.until is None:
            return self._moment(place, self.amount(step.duration))
        acts = self.acts(place) if self.role else (1, 1)
        longest = DAY if step.at_most is None else min(self.amount(step.at_most)[1], DAY)
        waited = times(Tally(least=1, most=1, most_apart=longest), acts)
        if step.at_most is None and not step.otherwise:
            return waited
        return either([waited, self.steps(place.blocks[0])])

    def _end(self, place: Place, step: End) -> Tally:
        # In an include it is a page; the protocol's own is no moment any more.
        return (self._moment(place) if place.included else NOTHING)._replace(ends=1)

    def _nothing(self, place: Place, step: Step) -> Tally:
        return NOTHING

    # blocks

    def _part(self, place: Place, step: Part) -> Tally:
        return self._limited(place, (1, 1))

    def _include(self, place: Place, step: Include) -> Tally:
        return self._limited(place, (1, 1))._replace(ends=0) if place.blocks else NOTHING

    def _limited(self, place: Place, passes: Interval) -> Tally:
        """So many passes of a block, under a soft limit if it has one.

        A limit leaves a block between two of its direct steps, never inside one.
        """
        each = [self.step(inner) for inner in place.blocks[0]]
        whole = times(added(each), passes)
        timer = place.step.timer
        if timer is None or timer.at_most is None or not each:
            return whole
        longest = max(tally.most_together for tally in each)
        most = min(whole.most_together, self.amount(timer.at_most)[1] + longest)
        shortest = [min(pair) for pair in zip(whole, each[0], strict=True)][:LEASTS]
        return Tally(*shortest, *whole[LEASTS:])._replace(most_together=most)

    def _choose(self, place: Place, step: Choose) -> Tally:
        return either([self.steps(block) for block in place.blocks])

    def _repeat_until(self, place: Place, step: RepeatUntil) -> Tally:
        most = min(self.amount(step.at_most)[1], MOST_PASSES)
        missed = times(self.steps(place.blocks[1]), (0, 1))
        return added([self._limited(place, (1, max(most, 1))), missed])

    def _for_each(self, place: Place, step: ForEach) -> Tally:
        least, most = self.items[place]
        return self._limited(place, (min(least, 1) if step.until else least, most))

    def count(self, place: Place, step: ForEach) -> Interval:
        """How many items or passes a loop has."""
        if isinstance(step.items, int) or not step.item:
            least, most = self.amount(step.items)
            return max(least, 0), min(most, MOST_PASSES)
        meaning = self.facts.meaning(step.items.name, place.scope)
        if isinstance(meaning, Answer):
            gathered = meaning.is_list_at(place.scope)
            return (0, self._given(meaning)) if gathered else self._answered(meaning)
        if meaning is not None and meaning.sort is Sort.ROLE:
            people = self.people(step.items.name)
            return people, people
        return 0, MOST_PASSES

    def _answered(self, answer: Answer) -> Interval:
        """How many items one answer has; what is picked for a reveal may be any part of it."""
        least, most = 0.0, float(MOST_PASSES)
        match answer.answer:
            case ListOf(least=fewest, most=largest) | Choices(least=fewest, most=largest):
                least, most = self.amount(fewest)[0], min(self.amount(largest)[1], most)
        return (0 if isinstance(answer.place.step, Reveal) else least), most

    def _given(self, answer: Answer) -> float:
        """How often one question can be answered, by everyone who is asked, in all passes."""
        most = float(sum(self.sizes.values()) + 1 if answer.several else 1)
        for loop in answer.loops:
            step = loop.place.step
            if isinstance(step, Turns):
                most *= self.people(step.role.name)
            elif isinstance(step, ForEach):
                # Not counted yet is a list that comes from further down, in a pass before.
                most *= self.items.get(loop.place, (0, MOST_PASSES))[1]
        return min(most, MOST_PASSES)

    def _turns(self, place: Place, step: Turns) -> Tally:
        people = self.turn_takers(place, step)
        [block] = place.blocks
        if not block:
            return NOTHING
        speaker, listener = (place.inner.names[name] for name in step.names)

        def one_turn(speaks: bool, listens: bool) -> Tally:
            theirs = {**self.theirs, speaker: speaks, listener: listens}
            return evolve(self, theirs=theirs, taking_turns=people).steps(block)

        if not self.role:
            return times(one_turn(False, False), (people, people))
        apart = times(one_turn(False, False), (people, people))
        certainly, perhaps = self.is_them(step.role.name, place)
        if not perhaps or not people:
            return apart
        others = times(one_turn(False, True), (people - 1, people - 1))
        within = added([one_turn(True, False), others])
        if within.ends:  # in whichever turn comes first
            within = times(within, (0, 1))
        return within if certainly else either([within, apart])


_KINDS: dict[type[Step], Callable[[_Reckoning, Place, Any], Tally]] = {
    Say: _Reckoning._page,
    Ask: _Reckoning._question,
    Reveal: _Reckoning._question,
    Speak: _Reckoning._speak,
    Breathe: _Reckoning._breathe,
    Wait: _Reckoning._wait,
    End: _Reckoning._end,
    Pass: _Reckoning._nothing,
    Part: _Reckoning._part,
    Include: _Reckoning._include,
    Choose: _Reckoning._choose,
    RepeatUntil: _Reckoning._repeat_until,
    ForEach: _Reckoning._for_each,
    Turns: _Reckoning._turns,
}


def _whole_breaths(seconds: float, one: int) -> float:
    """The last breath is finished."""
    return seconds if math.isinf(seconds) or not one else math.ceil(seconds / one) * one
