"""``simulate``: many seeded walks through a plan, and what they came upon."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from compassion_protocols.authoring.coverage import Coverage, coverage_of
from compassion_protocols.authoring.playing import Playing
from compassion_protocols.authoring.script_writing import write_script
from compassion_protocols.authoring.shrinking import shrunk
from compassion_protocols.authoring.walks import Walker, counterexamples, opening
from compassion_protocols.authoring.watching import AT_ONCE, ROUND, WATCHES, first_amiss, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compassion_protocols.authoring.scripts import Does, Script
    from compassion_protocols.authoring.watching import Amiss, Happened
    from compassion_protocols.model.plan import Plan

LOOKED_ROUND, LOOKED_THROUGH = 0.1, 0.01
"""How many of the events are looked at from every side, and how many with all there is."""

OF_REFUSALS = ("a_refusal_changes_nothing",)


@frozen(kw_only=True)
class Failure:
    """What a walk came upon: ``what`` says it, ``script`` plays it again.

    ``watch`` names what did not hold; ``run`` is the number of the walk.
    """

    what: str
    script: str
    watch: str
    run: int


@frozen(kw_only=True)
class Simulation:
    """So many ``runs`` with so many ``events``, what they reached, and the first failure."""

    runs: int
    events: int
    coverage: Coverage
    failure: Failure | None = None


def simulate(
    plan: Plan,
    *,
    runs: int = 100,
    seed: int = 0,
    protocol: str = "",
    progress: Callable[[int], None] | None = None,
) -> Simulation:
    """Walk through a plan ``runs`` times, or up to the first failure.

    The same plan, ``seed`` and ``runs`` give the same walks. ``protocol`` is what
    the script of a failure calls the protocol, if not by its id. ``progress`` is
    told the number of each walk before it begins.
    """
    coverage = coverage_of(plan)
    against = counterexamples(plan)
    events = 0
    for number in range(runs):
        if progress is not None:
            progress(number)
        walk = _Walk(plan, coverage, Random(f"{seed}/{number}"), against)
        amiss = walk.run()
        events += len(walk.entries)
        if amiss is not None:
            named = evolve(walk.script, protocol=protocol or plan.protocol.id)
            failure = _failure(named, plan, amiss, number)
            return Simulation(runs=number + 1, events=events, coverage=coverage, failure=failure)
    return Simulation(runs=runs, events=events, coverage=coverage)


def _failure(script: Script, plan: Plan, amiss: Amiss, number: int) -> Failure:
    small, seen = shrunk(script, plan, amiss)
    what = f"{sentence(seen.watch)} {seen.seen}"
    text = write_script(evolve(small, about=what))
    return Failure(what=what, script=text, watch=seen.watch, run=number)


class _Walk:
    """One walk."""

    def __init__(
        self,
        plan: Plan,
        coverage: Coverage,
        chance: Random,
        against: Mapping[str, tuple[object, ...]],
    ) -> None:
        self.plan = coverage.plan
        self.coverage = coverage
        self.chance = chance
        self.opening = opening(plan, chance)
        self.walker = Walker(self.plan, chance, against)
        self.entries: list[Does] = []

    @property
    def script(self) -> Script:
        """The walk as a script."""
        return evolve(self.opening, entries=tuple(self.entries))

    def run(self) -> Amiss | None:
        """Walk until it ends or is cut short, or until something is amiss."""
        playing = Playing.from_start(self.opening, self.plan)
        self.coverage.note_moment(playing.session.state)
        while not playing.session.ended and len(self.entries) < self.walker.events:
            entry = self.walker.next(playing.session, playing.now)
            self.entries.append(entry)
            happened = playing.carry_out(entry)
            if happened.refusal is None:
                self.coverage.note(happened)
            amiss = first_amiss(happened, self._watches(happened))
            if amiss is not None:
                return amiss
        return None

    def _watches(self, happened: Happened) -> tuple[str, ...]:
        """Which watches look at this event: a few always, all of them now and then."""
        if happened.refusal is not None:
            return OF_REFUSALS
        luck = self.chance.random()
        if luck > LOOKED_ROUND:
            return AT_ONCE
        return ROUND if luck > LOOKED_THROUGH else tuple(WATCHES)
