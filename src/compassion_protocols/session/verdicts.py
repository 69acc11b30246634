"""Whether a session that rests at a moment of one plan can go on in another, and if not, why.

The same table answers before anybody moves a session (a report on two versions) and when one is
moved (:mod:`.migrating`), so that the two can never disagree. It looks at the two plans alone and
not at any session: what *might* have been answered on the way to a moment counts as answered.

Three things are held above all. Nobody reads an answer whom its writer was not told of. Nobody
looks at words with a hole in them. And no answer is lost that its host has not agreed to lose.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.model.care import FACILITATED_TIER
from compassion_protocols.model.plan import (
    Again,
    Enter,
    Finish,
    Go,
    Guard,
    Moment,
    Overdue,
)
from compassion_protocols.session.matching import resting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compassion_protocols.model.plan import Op, Plan, Slot
    from compassion_protocols.session.carried import Carried
    from compassion_protocols.session.matching import Matching, Resting


class Verdict(StrEnum):
    """What becomes of a session that rests at a moment."""

    GOES_ON = "goes on"
    NEEDS_MAPPING = "needs a mapping"
    RESTARTS = "must restart"


@frozen
class MomentVerdict:
    """One moment of the old plan: its place in the new one, if it has one, and what follows.

    ``reasons`` say in sentences why a session cannot go on there; there are none if it can.
    """

    place: str
    to: str
    verdict: Verdict
    reasons: tuple[str, ...] = ()


_MOST_OFFERED = 3


class Verdicts:
    """The verdict on each moment of a plan. ``dropping`` holds names of answers that may go."""

    def __init__(self, matching: Matching, carried: Carried, dropping: frozenset[str]) -> None:
        self._of = matching
        self._carried = carried
        self._old = matching.old
        self._new = matching.new
        self._dropping = dropping

    def moments(self) -> tuple[MomentVerdict, ...]:
        """The verdicts on all moments and endings, in the order of the plan."""
        return tuple(map(self.at, self._old.moments))

    def at(self, place: str) -> MomentVerdict:
        """The verdict on one moment or ending."""
        to = self._of.places.get(place, "")
        if self._everywhere:
            return MomentVerdict(place, to, Verdict.RESTARTS, self._everywhere)
        if not to:
            return self._not_found(place)
        reasons = (*self._here(place, to), *self._losses(place))
        verdict = Verdict.RESTARTS if reasons else Verdict.GOES_ON
        return MomentVerdict(place, to, verdict, reasons)

    def _not_found(self, place: str) -> MomentVerdict:
        offered = list(self._offered(place))[:_MOST_OFFERED]
        message = f"Nothing in the new version is surely “{place}”."
        if not offered:
            return MomentVerdict(place, "", Verdict.RESTARTS, (message,))
        named = " or ".join(f"“{one}”" for one in offered)
        reasons = (f"{message} A mapping may say that it is {named}.",)
        return MomentVerdict(place, "", Verdict.NEEDS_MAPPING, reasons)

    def _offered(self, place: str) -> Iterator[str]:
        """Moments that the new plan has and the old one has not, and that this one could be."""
        taken = set(self._of.places.values())
        old = resting(self._old, place)
        for other in self._new.moments:
            if other not in taken and _is_alike(old, resting(self._new, other)):
                yield other

    # the two plans as wholes

    @cached_property
    def _everywhere(self) -> tuple[str, ...]:
        """Why no session at all can go on."""
        return tuple(reason for reason, holds in _EVERYWHERE if holds(self._old, self._new))

    # one moment

    def _here(self, place: str, to: str) -> Iterator[str]:
        old, new = resting(self._old, place), resting(self._new, to)
        if not self._carried.same_blocks(old.scope.blocks, new.scope.blocks):
            yield "It stands in other loops or timed parts than before."
        if not (isinstance(old, Moment) and isinstance(new, Moment)):
            if type(old) is not type(new):
                yield "One of the two is an ending."
            return
        for reason, holds in _AT_A_MOMENT:
            if holds(self, old, new):
                yield reason

    def asks_others(self, old: Moment, new: Moment) -> bool:
        """Whether other people act there."""
        return not self._carried.same_people(old.who, new.who)

    def takes_another_answer(self, old: Moment, new: Moment) -> bool:
        """Whether what is answered there would not be the same answer."""
        if old.slot is None or new.slot is None:
            return old.slot is not new.slot
        return self._carried.slot(old.slot.number) != new.slot.number

    def is_read_by_others(self, old: Moment, new: Moment) -> bool:
        """Whether other people would read it than its writers see at this moment."""
        if old.slot is None or new.slot is None:
            return False
        return set(map(self._carried.meaning, old.slot.readers)) != set(new.slot.readers)

    def reveals_another(self, old: Moment, new: Moment) -> bool:
        """Whether another answer is picked from."""
        if old.source is None or new.source is None:
            return old.source is not new.source
        return self._carried.slot(old.source.number) != new.source.number

    def speaks_of_more(self, old: Moment, new: Moment) -> bool:
        """Whether it needs something that need not be there."""
        had = {self._carried.named_before(old.scope, name) for name in old.needs}
        return any(self._carried.named_now(new.scope, name) not in had for name in new.needs)

    # what may have been answered on the way

    def _losses(self, place: str) -> Iterator[str]:
        at = self._old.moments[place]
        for name, why, after in self._losing:
            if at in after:
                yield f"Answers to “{name}” may have been given, and {why}."

    @cached_property
    def _losing(self) -> list[tuple[str, str, frozenset[int]]]:
        """The answers that would be lost, why, and where a session can be once they are given."""
        found = []
        for slot in self._old.slots:
            why = self._carried.why_lost(slot.number)
            if why and slot.name not in self._dropping:
                found.append((slot.name, why, _reached(self._old.ops, self._asking(slot))))
        return found

    def _asking(self, slot: Slot) -> list[int]:
        """Where a slot is asked for; a rating of distress in several places."""
        ops = enumerate(self._old.ops)
        return [at for at, op in ops if isinstance(op, Moment) and op.slot is slot]


def _is_alike(old: Resting, new: Resting) -> bool:
    if isinstance(old, Moment) and isinstance(new, Moment):
        return old.kind is new.kind
    return type(old) is type(new)


def _reached(ops: tuple[Op, ...], begin: list[int]) -> frozenset[int]:
    """Every operation that some way leads to, with those it begins at."""
    seen: set[int] = set()
    ahead = list(begin)
    while ahead:
        at = ahead.pop()
        if at not in seen:
            seen.add(at)
            ahead.extend(_next(at, ops[at]))
    return frozenset(seen)


def _next(at: int, op: Op) -> tuple[int, ...]:
    match op:
        case Moment():
            return (at + 1,) if op.missed < 0 else (at + 1, op.missed)
        case Enter() | Overdue() | Guard():
            return (at + 1, op.out)
        case Again():
            return (op.body, op.out, op.otherwise)
        case Go():
            return (op.to,)
        case Finish():
            return ()
        case _:
            return (at + 1,)


# The table


def _takes_others(old: Plan, new: Plan) -> bool:
    """Whether some group of the old protocol would not fit the roles of the new one."""
    sizes = {role.name: (role.least, role.most) for role in new.protocol.seats}
    if sizes.keys() != {role.name for role in old.protocol.seats}:
        return True
    for role in old.protocol.seats:
        least, most = sizes[role.name]
        if role.least < least or role.most > most:
            return True
    turning = {role.name: role.one_of for role in new.protocol.roles if role.one_of}
    return any(role.one_of and turning.get(role.name) != role.one_of for role in old.protocol.roles)


def _falls_short_otherwise(old: Plan, new: Plan) -> bool:
    """Whether too few of a role would end what they stopped before, or the other way round."""
    before, after = (
        {seat.name: seat.if_fewer for seat in plan.protocol.seats} for plan in (old, new)
    )
    return any(after.get(name, falls) is not falls for name, falls in before.items())


def _screens(old: Plan, new: Plan) -> bool:
    return bool(new.protocol.care.screen) and new.protocol.care.screen != old.protocol.care.screen


def _wants_a_facilitator(old: Plan, new: Plan) -> bool:
    return old.protocol.care.tier < FACILITATED_TIER <= new.protocol.care.tier


def _cares_otherwise(old: Plan, new: Plan) -> bool:
    return {part: plan.shape for part, plan in old.care.items()} != {
        part: plan.shape for part, plan in new.care.items()
    }


_EVERYWHERE: tuple[tuple[str, Callable[[Plan, Plan], bool]], ...] = (
    ("Its roles are others, or of other sizes.", _takes_others),
    (
        "Where too few are left, it pauses now and ended before, or the other way round.",
        _falls_short_otherwise,
    ),
    ("Each person has to be screened first, and nobody has been.", _screens),
    ("It needs a facilitator from the start.", _wants_a_facilitator),
    ("The care around it has another form.", _cares_otherwise),
)
"""Why no session of the one plan can go on in the other."""

_AT_A_MOMENT: tuple[tuple[str, Callable[[Verdicts, Moment, Moment], bool]], ...] = (
    ("It is a moment of another kind.", lambda _, old, new: old.kind is not new.kind),
    ("Other people are asked.", Verdicts.asks_others),
    ("It takes another answer.", Verdicts.takes_another_answer),
    ("Other people would read what somebody may be writing.", Verdicts.is_read_by_others),
    ("Another answer is revealed.", Verdicts.reveals_another),
    ("It speaks of something that need not be there.", Verdicts.speaks_of_more),
    (
        "Its text could come out empty.",
        lambda _, old, new: new.may_be_blank and new.text.source != old.text.source,
    ),
    (
        "It has a timer and had none, or the other way round.",
        lambda _, old, new: (old.timed, old.until is None) != (new.timed, new.until is None),
    ),
    (
        "On one screen for all, it would have to change hands.",
        lambda _, old, new: old.private is not new.private,
    ),
)
"""Why a session cannot go on at a moment."""
