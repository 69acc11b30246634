"""Making what went wrong small: the fewest events that still show it.

Delta debugging (Zeller and Hildebrandt, 2002): leave out ever smaller stretches
of the script, as long as what is left still shows the same. Then fewer people
come, settings are their defaults, and what is left is said more simply. An event
bears the sender's live token as it is replayed, so that it still fits when what
came before it is gone. Where no single stretch can go, two entries may be able to
go together: someone who leaves and comes back, say.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from attrs import evolve

from compassion_protocols.authoring.scripts.playing import Playing
from compassion_protocols.authoring.scripts.script import Does, Script
from compassion_protocols.authoring.watching.watches import Amiss, first_amiss
from compassion_protocols.errors import CompassionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compassion_protocols.model.plan import Plan

MOST_TRIALS = 3_000
"""How many smaller scripts are played at the most."""

LONG = 3_600.0
"""Seconds after which any timer is over."""

FEW = 16
"""Up to so many entries, each two are tried together."""

SIMPLE = ("a few words", "yes", "1")
"""Answers that are tried in place of odder ones."""


def shrunk(script: Script, plan: Plan, amiss: Amiss) -> tuple[Script, Amiss]:
    """A smaller script whose last entry shows the same, and what is seen there."""
    shrinking = _Shrinking(plan, amiss, script)
    shrinking.run()
    return shrinking.script, shrinking.amiss


class _Shrinking:
    """The smallest script so far, and the way to smaller ones."""

    def __init__(self, plan: Plan, amiss: Amiss, script: Script) -> None:
        self.plan = plan
        self.amiss = amiss
        self.script = script
        self.trials = 0

    def run(self) -> None:
        """Go on as long as anything can be left out."""
        self._is_shown_by(self.script)
        while True:
            before = self.script
            self._leave_out()
            for smaller in _SMALLER:
                self._try_each(smaller)
            if self.script == before or self.trials > MOST_TRIALS:
                return

    def _leave_out(self) -> None:
        length = len(self.script.entries) // 2 or 1
        while length:
            at = len(self.script.entries) - length
            while at >= 0:
                entries = self.script.entries
                self._is_shown_by(
                    evolve(self.script, entries=(*entries[:at], *entries[at + length :]))
                )
                at = min(at, len(self.script.entries)) - length
            length //= 2

    def _try_each(self, smaller: Callable[[Script], Iterator[Script]]) -> None:
        """Try smaller scripts of one kind; after one that shows it, those that follow from that."""
        found = True
        while found and self.trials <= MOST_TRIALS:
            found = any(self._is_shown_by(script) for script in smaller(self.script))

    def _is_shown_by(self, script: Script) -> bool:
        """Whether a script shows the same; it is then cut short there, and the smallest so far."""
        self.trials += 1
        try:
            playing = Playing.from_start(script, self.plan)
        except CompassionError:
            return False
        entries: list[Does] = []
        for entry in script.entries:
            if not isinstance(entry, Does):
                continue
            happened = playing.carry_out(entry)
            refusal = happened.refusal
            refused = type(refusal).__name__ if refusal is not None else ""
            entries.append(evolve(entry, refused=refused))
            amiss = first_amiss(happened, (self.amiss.watch,))
            if amiss is not None and _kind(amiss) == _kind(self.amiss):
                self.script, self.amiss = evolve(script, entries=tuple(entries)), amiss
                return True
        return False


def _kind(amiss: Amiss) -> str:
    """An error's type, where it was one: another error is another failure."""
    name, colon, _ = amiss.seen.partition(": ")
    return name if colon and name.isidentifier() else ""


def _with_fewer(script: Script) -> Iterator[Script]:
    """Without one of the people: what they did is done by nobody, or by someone else."""
    everyone = [name for names in script.people.values() for name in names]
    for left_out in reversed(everyone):
        people = {
            role: tuple([name for name in names if name != left_out])
            for role, names in script.people.items()
        }
        for by in ("", *[name for name in everyone if name != left_out]):
            entries = _done_by(script, left_out, by)
            yield evolve(script, people=people, entries=entries)
            yield evolve(script, people=people, entries=_at_once(entries))
    if script.facilitator:
        yield evolve(script, facilitator="", entries=_done_by(script, script.facilitator, ""))


def _done_by(script: Script, person: str, other: str) -> tuple[Does, ...]:
    """The events, those of one person as another's, or left out where that is nobody."""
    events = [entry for entry in script.entries if isinstance(entry, Does)]
    if not other:
        return tuple([entry for entry in events if entry.by != person])
    return tuple([evolve(entry, by=other) if entry.by == person else entry for entry in events])


def _at_once(entries: tuple[Does, ...]) -> tuple[Does, ...]:
    """The same events with no time between them, but for ticks."""
    return tuple([entry if entry.does == "tick" else evolve(entry, after=0.0) for entry in entries])


def _without_two(script: Script) -> Iterator[Script]:
    """Without two entries, wherever they stand; or with a skip in the place of the last."""
    events = [entry for entry in script.entries if isinstance(entry, Does)]
    if 2 < len(events) <= FEW:
        skip = Does(by=events[-1].by, does="skip")
        for two in combinations(range(len(events)), 2):
            entries = tuple([entry for at, entry in enumerate(events) if at not in two])
            yield evolve(script, entries=entries)
            yield evolve(script, entries=(*entries[:-1], skip))


def _with_time_instead(script: Script) -> Iterator[Script]:
    """With time that passes, where some people did something."""
    entries = [entry for entry in script.entries if isinstance(entry, Does)]
    for at in range(len(entries) - 1):
        later = evolve(entries[at + 1], after=entries[at + 1].after + entries[at].after)
        yield evolve(script, entries=(*entries[:at], later, *entries[at + 2 :]))
    for width in (4, 3, 2):
        for at in range(len(entries) - width):
            tick = Does(does="tick", after=LONG)
            yield evolve(script, entries=(*entries[:at], tick, *entries[at + width :]))


def _with_defaults(script: Script) -> Iterator[Script]:
    """With one thing fewer that was chosen at the start."""
    usual = Script(about=script.about, people=script.people, entries=script.entries)
    for name in ("settings", "policy", "utc_offset", "screen", "seed", "begins"):
        if getattr(script, name) != getattr(usual, name):
            yield evolve(script, **{name: getattr(usual, name)})
    for left_out in script.settings if len(script.settings) > 1 else ():
        settings = {name: value for name, value in script.settings.items() if name != left_out}
        yield evolve(script, settings=settings)


def _said_simply(script: Script) -> Iterator[Script]:
    """With one entry that says less, or says it more simply."""
    for number, entry in enumerate(script.entries):
        if isinstance(entry, Does):
            for simpler in _simpler(entry):
                entries = (*script.entries[:number], simpler, *script.entries[number + 1 :])
                yield evolve(script, entries=entries)


def _simpler(entry: Does) -> Iterator[Does]:
    usual = Does()
    for name in ("after", "token", "until", "rating", "safe"):
        if getattr(entry, name) != getattr(usual, name):
            yield evolve(entry, **{name: getattr(usual, name)})
    if entry.does == "answer" and entry.answer not in SIMPLE:
        for answer in SIMPLE:
            yield evolve(entry, answer=answer)
    if entry.does in ("answer", "continue"):
        yield evolve(entry, does="skip", answer=None, keep=False)


_SMALLER = (_with_fewer, _with_time_instead, _with_defaults, _said_simply, _without_two)
"""The kinds of smaller scripts, in the order in which they are tried."""
