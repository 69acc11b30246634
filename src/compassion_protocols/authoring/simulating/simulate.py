"""``simulate``: many seeded walks through a plan, and what they came upon."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from compassion_protocols.authoring.scripts.playing import Playing
from compassion_protocols.authoring.scripts.script import RESTORE, Does
from compassion_protocols.authoring.scripts.writing import write_script
from compassion_protocols.authoring.simulating.coverage import Coverage, coverage_of
from compassion_protocols.authoring.simulating.shrinking import shrunk
from compassion_protocols.authoring.simulating.steering import Steering
from compassion_protocols.authoring.simulating.walks import Walker, opening
from compassion_protocols.authoring.watching.watches import (
    AT_ONCE,
    ROUND,
    WATCHES,
    first_amiss,
    sentence,
)
from compassion_protocols.language.text import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols.authoring.scripts.script import Script
    from compassion_protocols.authoring.watching.happened import Happened
    from compassion_protocols.authoring.watching.watches import Amiss
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.state import State

LOOKED_ROUND, LOOKED_THROUGH = 0.1, 0.005
"""How many of the events are looked at from every side, and how many with all there is."""

NEW = 2
"""How often the same kind of situation is looked at with all there is, whatever luck says."""

MORE_WALKS, MOST_SHRUNK, SMALL = 200, 5, 5
"""After a failure so many walks go on, until so many show it, or one that is small enough."""

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
    steering = Steering(coverage)
    known: dict[object, int] = {}
    events = 0
    for number in range(runs):
        if progress is not None:
            progress(number)
        walk = _Walk(plan, steering, Random(f"{seed}/{number}"), known)
        amiss = walk.run()
        events += len(walk.entries)
        if amiss is not None:
            script, amiss = _smallest(plan, steering, walk, amiss, f"{seed}/{number}")
            failure = _failure(evolve(script, protocol=protocol or plan.protocol.id), amiss, number)
            return Simulation(runs=number + 1, events=events, coverage=coverage, failure=failure)
    return Simulation(runs=runs, events=events, coverage=coverage)


def _smallest(
    plan: Plan, steering: Steering, walk: _Walk, amiss: Amiss, salt: str
) -> tuple[Script, Amiss]:
    """The smallest script of this walk, and of a few more that show the same by other ways."""
    found = [shrunk(walk.script, plan, amiss)]
    for number in range(MORE_WALKS):
        if len(found) == MOST_SHRUNK or len(found[0][0].entries) <= SMALL:
            break
        other = _Walk(plan, steering, Random(f"{salt}/{number}"), {})
        also = other.run()
        if also is not None and also.watch == amiss.watch:
            found.append(shrunk(other.script, plan, also))
            found.sort(key=lambda one: len(one[0].entries))
    return found[0]


def _failure(script: Script, amiss: Amiss, number: int) -> Failure:
    what = on_one_line(f"{sentence(amiss.watch)} {amiss.seen}")
    text = write_script(evolve(script, about=what))
    return Failure(what=what, script=text, watch=amiss.watch, run=number)


_FIRST = Does(does=RESTORE)
"""Before anything happens: a look at how it begins."""


class _Walk:
    """One walk."""

    def __init__(
        self, plan: Plan, steering: Steering, chance: Random, known: dict[object, int]
    ) -> None:
        self.coverage = steering.coverage
        self.chance = chance
        self.known = known
        self.opening = opening(plan, chance)
        self.walker = Walker(chance, steering)
        self.entries: list[Does] = []

    @property
    def script(self) -> Script:
        """The walk as a script."""
        return evolve(self.opening, entries=tuple(self.entries))

    def run(self) -> Amiss | None:
        """Walk until it ends or is cut short, or until something is amiss."""
        playing = Playing.from_start(self.opening, self.coverage.plan)
        happened = playing.carry_out(_FIRST)
        amiss = first_amiss(happened, self._watches(happened))
        if amiss is not None:
            self.entries.append(_FIRST)
            return amiss
        self.coverage.note_moment(playing.session.state)
        while not playing.session.ended and len(self.entries) < self.walker.events:
            try:
                entry = self.walker.next(playing.session, playing.now)
            except Exception:  # noqa: BLE001  # a view that fails is what we look for
                return first_amiss(happened)
            self.entries.append(entry)
            happened = playing.carry_out(entry)
            self.coverage.note(happened)
            amiss = first_amiss(happened, self._watches(happened))
            if amiss is not None:
                return amiss
        return None

    def _watches(self, happened: Happened) -> tuple[str, ...]:
        """Which watches look at this event: a few always, all at what is new and now and then."""
        if happened.refusal is not None:
            return OF_REFUSALS
        seen = _situation(happened.after)
        self.known[seen] = known = self.known.get(seen, 0) + 1
        luck = self.chance.random()
        if known <= NEW or luck < LOOKED_THROUGH:
            return tuple(WATCHES)
        return ROUND if luck < LOOKED_ROUND else AT_ONCE


def _situation(state: State) -> tuple[object, ...]:
    """What kind of situation it is: the place, whether it is paused, in care, handed over, over."""
    opened = state.course.open
    return (
        state.course.at,
        state.pause is not None,
        tuple([lane.stage for lane in state.lanes[:1]]),
        None if opened is None or opened.gate is None else opened.gate[0],
        state.ending,
    )
