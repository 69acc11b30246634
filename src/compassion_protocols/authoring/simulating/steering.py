"""Steering a walk towards what no walk has reached yet.

Where someone is asked something that a condition reads, or that has rules, a few
answers are drawn and the first is taken that goes a way which is still open: it
makes a condition hold that never held, or misses a rule that was always met. An
answer that a condition compares with is among those that are drawn, and so are
the author's own counterexamples. Once all ways are gone, nothing is steered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.authoring.simulating.asked import who_is_asked
from compassion_protocols.language.condition import holds
from compassion_protocols.language.expressions import Constant
from compassion_protocols.model.steps import Ask, steps_inside

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from compassion_protocols.authoring.simulating.asked import Asked
    from compassion_protocols.authoring.simulating.coverage import Coverage, Way
    from compassion_protocols.session.state import State

TRIES = 8
"""How many answers are drawn at the most, before one is taken as it is."""

OFTEN, SELDOM = 0.7, 0.2
"""How often a walk lets itself be steered, and how often it takes a counterexample without that."""


class Steering:
    """Which way is still open, and who can go it."""

    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage
        asks = [
            step for step in steps_inside(coverage.plan.protocol.steps) if isinstance(step, Ask)
        ]
        self.against = {ask.id: ask.counterexamples for ask in asks if ask.id}
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
        asked = who_is_asked(self.coverage.plan, state, seat)
        if asked is None:
            return answer
        against = asked.as_raw(self.against.get(asked.slot.name, ()))
        ways = [way for way in self.read.get(asked.slot.name, ()) if way.open]
        rules = self.coverage.rules.get(asked.moment.place, ())
        if not (ways or any(rule.open for rule in rules)) or chance.random() > OFTEN:
            return chance.choice(against) if against and chance.random() < SELDOM else answer
        drawn = [*against, *_compared(ways)]
        for _ in range(TRIES):
            if _goes(asked, answer, ways, rules):
                return answer
            answer = chance.choice(drawn) if drawn and chance.random() < 0.5 else other()
        return answer


def _goes(asked: Asked, raw: object, ways: Sequence[Way], rules: Sequence[Way]) -> bool:
    """Whether an answer goes a way that is open."""
    value = asked.accepted(raw)
    if value is None:
        return False
    after = asked.after(value)
    return any(
        way.condition is not None and (holds(way.condition, after) is True) in way.open
        for way in ways
    ) or any(
        outcome in rule.open for outcome, rule in zip(asked.rules_met(value), rules, strict=True)
    )


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
