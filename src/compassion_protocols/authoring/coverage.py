"""What of a plan a simulation has reached, and what never.

Moments are counted as they open. For conditions the plan is *overheard*: a copy
of it, in which each guard and each loop's ``until`` tells whenever it is asked
what came of it. The copy runs as the plan itself does, and the runner knows
nothing of it. Rules are asked by the walk, for every answer that it sends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from compassion_protocols.errors import AnswerRefused
from compassion_protocols.findings import NOWHERE, Span
from compassion_protocols.language.expressions import Expression
from compassion_protocols.language.values import truth
from compassion_protocols.model.answers import accept
from compassion_protocols.model.plan import Again, Enter, Guard, Moment, Overdue
from compassion_protocols.model.rules import Situation, met
from compassion_protocols.session.answers import today
from compassion_protocols.session.events import Answer
from compassion_protocols.session.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.authoring.watching import Happened
    from compassion_protocols.language.condition import Condition
    from compassion_protocols.language.values import Lookup, Missing, Value
    from compassion_protocols.model.plan import Block, Op, Plan
    from compassion_protocols.model.rules import Rule
    from compassion_protocols.session.state import State


@frozen(eq=False)
class Way:
    """Something that can go two ways. ``kind`` is condition, loop or rule.

    ``taken`` holds the ways that have been gone: True for a condition that held
    and a rule that was met, False for the other.
    """

    kind: str
    place: str
    source: str
    span: Span = NOWHERE
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
    moments: dict[str, Moment]
    opened: set[str]
    conditions: tuple[Way, ...]
    rules: dict[str, tuple[Way, ...]]
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
        self.note_moment(happened.after)
        if self.rules and isinstance(happened.event, Answer):
            op = self.plan.ops[happened.before.course.at]
            rules = self.rules.get(op.place, ()) if isinstance(op, Moment) else ()
            if any(way.open for way in rules):
                self._note_rules(happened.before, happened.event, happened.sender, rules)

    def _note_rules(self, state: State, event: Answer, seat: int, ways: tuple[Way, ...]) -> None:
        moment = self.plan.ops[state.course.at]
        if not isinstance(moment, Moment) or moment.slot is None or state.lane(seat) is not None:
            return
        scene = Scene(self.plan, state.setup, state.presence, state.course, state.setup.seats)
        look = scene.lookup(moment.scope, seat)
        try:
            value = accept(moment.slot.kind, event.value, look)
        except AnswerRefused:
            return
        situation = Situation(today(scene, state.now), look, self.plan.phrases.get)
        for rule, way in zip(moment.rules, ways, strict=True):
            outcome = met(rule, value, situation)
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
    moments = {op.place: op for op in plan.ops if isinstance(op, Moment)}
    return Coverage(
        plan=evolve(plan, ops=ops, blocks=tuple(blocks.values())),
        moments=moments,
        opened=set(),
        conditions=tuple(ways),
        rules={
            place: tuple([_rule_way(place, rule) for rule in moment.rules])
            for place, moment in moments.items()
            if moment.rules
        },
    )


def _overheard(op: Op, blocks: dict[int, Block], ways: list[Way]) -> Op:
    if isinstance(op, Guard):
        way = Way("condition", "", op.condition.source, op.condition.span)
        ways.append(way)
        return evolve(op, condition=_told_to(way, op.condition))
    if isinstance(op, Enter | Again | Overdue):
        return evolve(op, block=blocks[op.block.number])
    return op


def _overheard_block(block: Block, ways: list[Way]) -> Block:
    if block.until is None:
        return block
    way = Way("loop", block.place, block.until.source, block.until.span)
    ways.append(way)
    return evolve(block, until=_told_to(way, block.until))


def _told_to(way: Way, condition: Condition) -> Condition:
    return evolve(condition, expression=Overheard(condition.expression, way))


def _rule_way(place: str, rule: Rule) -> Way:
    return Way("rule", place, rule.say.source, rule.span)
