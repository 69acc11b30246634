"""What of a plan a simulation has reached, and what never.

Moments are counted as they open. For conditions the plan is *overheard*: a copy
of it, in which each guard and each loop's ``until`` tells whenever it is asked
what came of it. The copy runs as the plan itself does, and the runner knows
nothing of it. Rules are asked by the walk, for every answer that it sends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from compassion_protocols.authoring.simulating.asked import who_is_asked
from compassion_protocols.findings import NOWHERE, Span
from compassion_protocols.language.expressions import Expression
from compassion_protocols.language.values import truth
from compassion_protocols.model.plan import (
    Again,
    Enter,
    Go,
    Guard,
    Moment,
    Overdue,
    PassOn,
)
from compassion_protocols.session.events import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.authoring.watching.happened import Happened
    from compassion_protocols.language.condition import Condition
    from compassion_protocols.language.values import Lookup, Missing, Value
    from compassion_protocols.model.plan import Block, Op, Plan
    from compassion_protocols.session.state import State


@frozen(eq=False)
class Way:
    """Something that can go two ways. ``kind`` is condition, loop or rule.

    ``taken`` holds the ways that have been gone: True for a condition that held
    and a rule that was met, False for the other.
    """

    kind: str
    source: str
    span: Span = NOWHERE
    condition: Condition | None = None
    taken: set[bool] = field(factory=set)

    @property
    def open(self) -> tuple[bool, ...]:
        """The ways that have never been gone."""
        return tuple([way for way in (True, False) if way not in self.taken])


@frozen(eq=False, repr=False)
class Overheard(Expression):
    """A condition that tells what comes of it."""

    of: Expression
    way: Way

    def evaluate(self, lookup: Lookup) -> Value | Missing:
        value = self.of.evaluate(lookup)
        self.way.taken.add(truth(value) is True)
        return value


@frozen(eq=False)
class Coverage:
    """What has been reached of one plan; ``plan`` is its overheard copy, to be run."""

    plan: Plan
    moments: dict[str, Moment] = field(repr=False)
    opened: set[str]
    conditions: tuple[Way, ...] = field(repr=False)
    rules: dict[str, tuple[Way, ...]] = field(repr=False)
    """The rules of each moment that has some, by its place, in the moment's own order."""

    @property
    def ways(self) -> tuple[Way, ...]:
        """Everything that can go two ways."""
        return (*self.conditions, *(rule for rules in self.rules.values() for rule in rules))

    @property
    def reached(self) -> tuple[int, int]:
        """How many moments opened, and how many there are."""
        return len(self.opened), len(self.moments)

    def taken(self, *kinds: str) -> tuple[int, int]:
        """How many ways of these kinds have been gone, and how many there are."""
        ways = [way for way in self.ways if way.kind in kinds]
        return sum(len(way.taken) for way in ways), 2 * len(ways)

    def note_moment(self, state: State) -> None:
        """Note the moment that is open."""
        op = self.plan.ops[state.course.at]
        if state.course.open is not None and isinstance(op, Moment):
            self.opened.add(op.place)

    def note(self, happened: Happened) -> None:
        """Note what an event has led to, and how an answer stood to the rules."""
        if happened.refusal is None:
            self.note_moment(happened.after)
        if self.rules and isinstance(happened.event, Answer):
            self._note_rules(happened.before, happened.sender, happened.event.value)

    def _note_rules(self, state: State, seat: int, raw: object) -> None:
        moment = self.plan.ops[state.course.at]
        ways = self.rules.get(moment.place, ()) if isinstance(moment, Moment) else ()
        if not any(way.open for way in ways):
            return
        asked = who_is_asked(self.plan, state, seat)
        value = None if asked is None else asked.accepted(raw)
        if asked is None or value is None:
            return
        for outcome, way in zip(asked.rules_met(value), ways, strict=True):
            if outcome is not None:
                way.taken.add(outcome)

    def never(self) -> Iterator[tuple[Span, str]]:
        """Where something was never reached, and what."""
        for place, moment in self.moments.items():
            if place not in self.opened:
                yield moment.text.span, f"“{place}” never opened."
        for way in self.ways:
            for missing in way.open:
                yield way.span, _NEVER[way.kind, missing].format(way.source)


_NEVER = {
    ("condition", True): "“{}” never held.",
    ("condition", False): "“{}” always held.",
    ("loop", True): "“{}” never ended its loop.",
    ("loop", False): "“{}” ended its loop at once, always.",
    ("rule", True): "The rule “{}” was never met.",
    ("rule", False): "The rule “{}” was never missed.",
}


def coverage_of(plan: Plan) -> Coverage:
    """Nothing reached so far."""
    ways: list[Way] = []
    blocks = {block.number: _overheard_block(block, ways) for block in plan.blocks}
    ops = tuple([_overheard(op, blocks, ways) for op in plan.ops])
    reached = _reachable(plan)
    moments = {
        op.place: op for at, op in enumerate(plan.ops) if at in reached and isinstance(op, Moment)
    }
    return Coverage(
        plan=evolve(plan, ops=ops, blocks=tuple(blocks.values())),
        moments=moments,
        opened=set(),
        conditions=tuple(ways),
        rules={
            place: tuple([Way("rule", rule.say.source, rule.span) for rule in moment.rules])
            for place, moment in moments.items()
            if moment.rules
        },
    )


def _overheard(op: Op, blocks: dict[int, Block], ways: list[Way]) -> Op:
    if isinstance(op, Guard):
        return evolve(op, condition=_listened_to("condition", op.condition, ways))
    if isinstance(op, Enter | Again | Overdue):
        return evolve(op, block=blocks[op.block.number])
    return op


def _overheard_block(block: Block, ways: list[Way]) -> Block:
    if block.until is None:
        return block
    return evolve(block, until=_listened_to("loop", block.until, ways))


def _listened_to(kind: str, condition: Condition, ways: list[Way]) -> Condition:
    way = Way(kind, condition.source, condition.span, condition)
    ways.append(way)
    return evolve(condition, expression=Overheard(condition.expression, way))


def _reachable(plan: Plan) -> set[int]:
    """The operations that a way leads to. What is put after an ``end`` of the author's is not."""
    reached: set[int] = set()
    open_ends = [0]
    while open_ends:
        at = open_ends.pop()
        if at not in reached:
            reached.add(at)
            open_ends += _next_of(at, plan.ops[at])
    return reached


def _next_of(at: int, op: Op) -> tuple[int, ...]:
    match op:
        case Moment(missed=missed):
            return (at + 1, missed) if missed >= 0 else (at + 1,)
        case Enter(out=out) | Overdue(out=out) | Guard(out=out):
            return (at + 1, out)
        case Again(body=body, out=out, otherwise=otherwise):
            return (body, out, otherwise)
        case Go(to=to):
            return (to,)
        case PassOn():
            return (at + 1,)
        case _:
            return ()
