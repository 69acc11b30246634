"""How the floor goes round in a group of one size: who is offered how much of it, on every way.

A protocol is followed from the inside out. What a step offers is put down for whom it is
(:mod:`.shares`): for the speaker of a turn, for whoever holds a role. A loop over all people of a
role gives to each of them what it gives to the one whose turn it is, so at its end there is nothing
left to compare (:mod:`.rounds`). A role that is handed on goes round in a circle
(:mod:`.holding`), and its sums are compared when all is over.

What may not be offered after all is looked at on the way:

- Where a condition decides, an amount gets a *proviso*. It does no harm where it is the same for
  everyone, or is up to the very person whose floor it is: to decline is not to be passed over. It
  does harm where somebody else's answer decides, anew in each pass.
- An `end`, a soft time limit and an `until` cut something off. They do no harm where what is cut
  off would have made no difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compassion_protocols.checking.facts import Place
from compassion_protocols.checking.judging import Exit, Way, limited_block
from compassion_protocols.checking.rounds import Rounds, passes_of
from compassion_protocols.checking.shares import (
    HEARINGS,
    SECONDS,
    TURNS,
    Amount,
    Share,
    Term,
    add,
    add_all,
    together,
    uneven,
)
from compassion_protocols.checking.survey import reads_in
from compassion_protocols.model.names import NEXT, Ref
from compassion_protocols.model.steps import (
    Ask,
    Choose,
    End,
    ForEach,
    Include,
    Part,
    Pass,
    RepeatUntil,
    Reveal,
    Speak,
    Step,
    Turns,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from compassion_protocols.checking.judging import Fault
    from compassion_protocols.checking.shares import Shares
    from compassion_protocols.checking.survey import Survey
    from compassion_protocols.language.condition import Condition


def faults_of(survey: Survey, sizes: Mapping[str, int], *, heed: bool) -> list[Fault]:
    """Everything that makes a group of these sizes uneven.

    With ``heed``, what stands inside a step that says why it is uneven does not count.
    """
    floor = _Floor(survey, sizes, heed=heed)
    way = floor.steps(survey.facts.outline)
    differences = list(uneven(way.shares, floor.circles))
    for difference in differences:
        floor.unequal(difference)
    if not differences:
        for exit_ in way.exits:
            floor.look_back(exit_)
    return floor.faults


class _Floor(Rounds):
    def __init__(self, survey: Survey, sizes: Mapping[str, int], *, heed: bool) -> None:
        super().__init__(survey, sizes)
        self.heed = heed

    # steps

    def steps(self, places: Iterable[Place], limited: Place | None = None) -> Way:
        """One step after the other; ``limited`` is their block, if it has a soft limit."""
        shares: Shares = {}
        exits: list[Exit] = []
        each: list[Shares] = []
        for place in places:
            if place in self.survey.matter:
                way = self.step(place)
                exits += [one._replace(shares=together(shares, one.shares)) for one in way.exits]
                add_all(shares, way.shares)
                each.append(way.shares)
            elif not each:
                each.append({})
        if limited is not None:
            self.check_limit(each)
        return Way(shares, exits)

    def step(self, place: Place) -> Way:
        step = place.step
        heeded = bool(step.uneven) and (self.heed or place.included)
        if step.uneven:
            self.marked.append(place)
        before, faults = dict(self.held), len(self.faults)
        way = _KINDS[type(step)](self, place, step)
        if step.when is not None:
            way = way._replace(shares=self.provided(way.shares, place, step.when))
            self.join(place, [before, dict(self.held)])
        if step.uneven:
            self.marked.pop()
        if heeded:
            del self.faults[faults:]
            return Way({})
        return way

    def speak(self, place: Place, step: Speak) -> Way:
        column = self.floor_at(place)
        if column is None:
            return Way({})
        shares: Shares = {column: self.share(place, _time(self.survey, step))}
        for name in sorted(step.text.required & self.survey.facts.answers.keys()):
            said = f"only if “{name}” is given"
            shares = self.depending(shares, place, said, step.at("speak"), ((name, ""),))
        return Way(shares)

    def share(self, place: Place, amount: Amount) -> Share:
        return Share(amount, place, frozenset(self.marked))

    def question(self, place: Place, step: Ask | Reveal) -> Way:
        column = self.floor_at(place)
        if column is not None:
            self.asked[step.id] = column
        return Way({})

    def hand_on(self, place: Place, step: Pass) -> Way:
        people = self.circles.get(step.role.name, 0)
        origin, offset = self.where(step.role.name)
        if people > 1:
            to_next = step.to.name == NEXT
            self.held[step.role.name] = (origin, (offset + 1) % people) if to_next else (place, 0)
        return Way({})

    def end(self, place: Place, step: End) -> Way:
        return Way({}, [Exit(place, {}, frozenset(self.marked))])

    # blocks

    def part(self, place: Place, step: Part | Include) -> Way:
        way = self.steps(place.blocks[0], limited_block(place)) if place.blocks else Way({})
        # The end of what is included ends nothing else.
        return way if isinstance(step, Part) else Way(way.shares)

    def wait(self, place: Place, step: Wait) -> Way:
        before = dict(self.held)
        way = self.steps(place.blocks[0])
        self.join(place, [before, dict(self.held)])
        until = Ref("") if step.until is None else step.until
        said = f"only if “{until.name}” is too far off"
        shares = self.depending(way.shares, place, said, until.span, ((until.name, ""),))
        return way._replace(shares=shares)

    def choose(self, place: Place, step: Choose) -> Way:
        before, after, ways = dict(self.held), [], []
        for block in place.blocks:
            self.held = dict(before)
            ways.append(self.steps(block, limited_block(place)))
            after.append(self.held)
        self.join(place, after)
        *cases, otherwise = ways
        shares = together(otherwise.shares)
        whens: list[Condition] = []
        for case, way in zip(step.cases, cases, strict=True):
            whens.append(case.when)
            # What it has more, or less, than there would be without it.
            instead = together(way.shares)
            add_all(instead, otherwise.shares, -1)
            if instead:
                said = "only " + ", or else ".join([f"if “{when.source}”" for when in whens])
                reads = tuple([read for when in whens for read in reads_in(when)])
                add_all(shares, self.depending(instead, place, said, case.when.span, reads))
        return Way(shares, [exit_ for way in ways for exit_ in way.exits])

    def repeat_until(self, place: Place, step: RepeatUntil) -> Way:
        body, otherwise = place.blocks
        before = dict(self.held)
        way = self.steps(body, limited_block(place))
        shares, exits = together(way.shares), way.exits
        if step.at_most != 1:
            self.check_passes(place, way.shares)
            exits = self.through(way)
            add_all(shares, self.unless(way.shares, place, step.condition))
            self.join(place, [before, dict(self.held)])
        around = dict(self.held)
        missed = self.steps(otherwise)
        self.join(place, [around, dict(self.held)])
        add_all(shares, self.unless(missed.shares, place, step.condition))
        return Way(shares, [*exits, *missed.exits])

    def for_each(self, place: Place, step: ForEach) -> Way:
        [block] = place.blocks
        before = dict(self.held)
        takers = self.items(place, step)
        item = place.inner.names.get(step.item) if block else None
        if item is not None and takers is not None and takers.is_alone:
            self.alone.add(item)
        way = self.steps(block, limited_block(place))
        shares = together(way.shares)
        own = None if item is None else shares.pop(item, None)
        passes = passes_of(self.survey, step, takers)
        exits = way.exits if passes == 1 else self.through(way, own)
        cut = False
        if passes != 1:
            self.check_passes(place, shares, own)
            cut = step.until is not None and self.check_until(place, step.until, shares, own)
        shares = self.gone_round(place, step, shares, before, passes, cut=cut)
        if own is not None:
            self.settle(place, own)
            for column in self.whose(place, takers):
                add(shares, column, own)
        return Way(shares, exits)

    def turns(self, place: Place, step: Turns) -> Way:
        takers = self.takers(step.role.name, place)
        [block] = place.blocks
        if takers is None or not takers.people or not block:
            return Way({})
        before = dict(self.held)
        speaker, listener = (place.inner.names[name] for name in step.names)
        if takers.is_alone:
            self.alone.add(speaker)
        self.listening[listener] = takers.people - 1
        way = self.steps(block)
        shares = together(way.shares)
        own = self.share(place, {Term(TURNS): 1}).plus(shares.pop(speaker, None))
        others = self.share(place, {Term(HEARINGS): 1}).plus(shares.pop(listener, None))
        exits = way.exits
        if takers.people > 1:
            self.settle(place, own, others)
            exits = self.through(way, own)
            own = own.plus(others, takers.people - 1)
        shares = self.repeated(place, shares, before, takers.people)
        for column in takers.columns:
            add(shares, column, own)
        return Way(shares, exits)


def _time(survey: Survey, step: Speak) -> Amount:
    """How long a floor is: so many seconds, or as long as a setting says."""
    at_most = None if step.timer is None else step.timer.at_most
    written = [_seconds(survey, one) for one in (step.duration, at_most) if one is not None]
    seconds = [one for one in written if not isinstance(one, str)]
    names = [one for one in written if isinstance(one, str)]
    if not names:
        return {Term(SECONDS): min(seconds)}
    return {Term(" or ".join([*names, *[f"{one:g}s" for one in seconds]])): 1}


def _seconds(survey: Survey, written: float | Ref) -> float | str:
    if not isinstance(written, Ref):
        return float(written)
    least, most = survey.amounts.get(written.name, (0, 1))
    return least if least == most else written.name


_KINDS: dict[type[Step], Callable[[_Floor, Place, Any], Way]] = {
    Speak: _Floor.speak,
    Ask: _Floor.question,
    Reveal: _Floor.question,
    Pass: _Floor.hand_on,
    End: _Floor.end,
    Part: _Floor.part,
    Include: _Floor.part,
    Wait: _Floor.wait,
    Choose: _Floor.choose,
    RepeatUntil: _Floor.repeat_until,
    ForEach: _Floor.for_each,
    Turns: _Floor.turns,
}
