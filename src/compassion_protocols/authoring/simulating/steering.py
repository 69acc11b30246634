"""Steering a walk towards what no walk has reached yet.

Where someone is asked something that a condition reads, or that has rules, a few
answers are drawn and the first is taken that goes a way which is still open: it
makes a condition hold that never held, or misses a rule that was always met. An
answer that a condition compares with is among those that are drawn, and so are
the author's own counterexamples. Once all ways are gone, nothing is steered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.errors import AnswerRefused
from compassion_protocols.language.condition import holds
from compassion_protocols.language.expressions import Constant
from compassion_protocols.language.values import Contribution
from compassion_protocols.model.answers import accept, of_example
from compassion_protocols.model.plan import Moment
from compassion_protocols.model.rules import Situation, met
from compassion_protocols.model.steps import Ask, blocks_of
from compassion_protocols.session.answers import today
from compassion_protocols.session.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from random import Random

    from compassion_protocols.authoring.simulating.coverage import Coverage, Way
    from compassion_protocols.language.values import Lookup, Missing, Value
    from compassion_protocols.model.steps import AnyStep
    from compassion_protocols.session.state import State

TRIES = 8
"""How many answers are drawn at the most, before one is taken as it is."""

OFTEN, SELDOM = 0.7, 0.2
"""How often a walk lets itself be steered, and how often it takes a counterexample without that."""


class Steering:
    """Which way is still open, and who can go it."""

    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage
        steps = coverage.plan.protocol.steps
        self.against = {ask.id: ask.counterexamples for ask in _asks(steps) if ask.id}
        self.read: dict[str, list[Way]] = {}
        for way in coverage.conditions:
            for name in way.condition.reads if way.condition else ():
                self.read.setdefault(name, []).append(way)

    def chosen(
        self,
        state: State,
        seat: int,
        chance: Random,
        *,
        usual: Callable[[], object],
        other: Callable[[], object],
    ) -> object:
        """A raw answer: the ``usual`` one, or another that goes an open way."""
        answer = usual()
        moment = self.coverage.plan.ops[state.course.at]
        if not isinstance(moment, Moment) or moment.slot is None or state.lane(seat) is not None:
            return answer
        asking = _Asking(self.coverage, state, moment, seat)
        against = asking.as_raw(self.against.get(moment.slot.name, ()))
        ways = [way for way in self.read.get(moment.slot.name, ()) if way.open]
        rules = [way for way in self.coverage.rules.get(moment.place, ()) if way.open]
        if not (ways or rules) or chance.random() > OFTEN:
            return chance.choice(against) if against and chance.random() < SELDOM else answer
        drawn = [*against, *_compared(ways)]
        for _ in range(TRIES):
            if asking.goes(answer, ways):
                return answer
            answer = chance.choice(drawn) if drawn and chance.random() < 0.5 else other()
        return answer


class _Asking:
    """One person who is asked at one moment: what would come of an answer."""

    def __init__(self, coverage: Coverage, state: State, moment: Moment, seat: int) -> None:
        self.moment = moment
        self.rules = coverage.rules.get(moment.place, ())
        self.scene = Scene(
            coverage.plan, state.setup, state.presence, state.course, state.setup.seats
        )
        self.look = self.scene.lookup(moment.scope, seat)
        self.situation = Situation(
            today(self.scene, state.now), self.look, coverage.plan.phrases.get
        )
        self.person = state.setup.people[seat]

    def as_raw(self, examples: Sequence[object]) -> list[object]:
        """What an author has written as examples, as it is answered today."""
        slot, day = self.moment.slot, self.situation.today
        return [of_example(slot.kind, one, day) for one in examples] if slot is not None else []

    def goes(self, raw: object, ways: Sequence[Way]) -> bool:
        """Whether an answer goes a way that is open."""
        slot = self.moment.slot
        try:
            value = accept(slot.kind, raw, self.look) if slot is not None else None
        except AnswerRefused:
            return False
        if value is None:
            return False
        after = self._after(value)
        return any(
            way.condition is not None and (holds(way.condition, after) is True) in way.open
            for way in ways
        ) or any(
            met(rule, value, self.situation) in way.open
            for rule, way in zip(self.moment.rules, self.rules, strict=False)
        )

    def _after(self, value: Value) -> Lookup:
        """What names would mean once this is answered."""
        slot, look = self.moment.slot, self.scene.lookup(self.moment.scope)
        if slot is not None and slot.several:
            before = look(slot.name)
            others = before if isinstance(before, tuple) else ()
            value = (*others, Contribution(value, self.person))

        def after(name: str) -> Value | Missing:
            return value if slot is not None and name == slot.name else look(name)

        return after


def _compared(ways: Sequence[Way]) -> list[object]:
    """The texts and numbers that conditions compare with, and the numbers beside them."""
    found: list[object] = []
    for way in ways:
        for node in way.condition.expression.walk() if way.condition is not None else ():
            if isinstance(node, Constant):
                found.append(node.value)
                if isinstance(node.value, int | float) and not isinstance(node.value, bool):
                    found += [node.value - 1, node.value + 1]
    return found


def _asks(steps: tuple[AnyStep, ...]) -> Iterator[Ask]:
    for step in steps:
        if isinstance(step, Ask):
            yield step
        for block in blocks_of(step):
            yield from _asks(block)
