"""Someone who is asked something at the open moment, and what would come of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.errors import AnswerRefused
from compassion_protocols.language.values import Contribution
from compassion_protocols.model.accepting import accept, of_example
from compassion_protocols.model.plan import Moment
from compassion_protocols.model.rules import Situation, met
from compassion_protocols.session.answers import today
from compassion_protocols.session.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compassion_protocols.language.values import Lookup, Missing, Truth, Value
    from compassion_protocols.model.plan import Plan, Slot
    from compassion_protocols.session.state import State


def who_is_asked(plan: Plan, state: State, seat: int) -> Asked | None:
    """Whoever sits there, if the open moment wants an answer and they are not in care."""
    moment = plan.ops[state.course.at]
    if not isinstance(moment, Moment) or moment.slot is None or state.lane(seat) is not None:
        return None
    return Asked(plan, state, seat, moment, moment.slot)


class Asked:
    """Someone who is asked, at this moment and in this situation."""

    __slots__ = ("_look", "_person", "_scene", "_situation", "moment", "slot")

    def __init__(self, plan: Plan, state: State, seat: int, moment: Moment, slot: Slot) -> None:
        self.moment = moment
        self.slot = slot
        self._person = state.setup.people[seat]
        self._scene = Scene(plan, state.setup, state.presence, state.course, state.setup.seats)
        self._look = self._scene.lookup(moment.scope, seat)
        day = today(self._scene, state.now)
        self._situation = Situation(day, self._look, plan.phrases.get)

    def as_raw(self, examples: Sequence[object]) -> list[object]:
        """What an author has written as examples, as it is answered today."""
        kind, day = self.slot.kind, self._situation.today
        return [of_example(kind, one, day, self._look) for one in examples]

    def accepted(self, raw: object) -> Value | None:
        """The value of a raw answer; None if it would be refused."""
        try:
            return accept(self.slot.kind, raw, self._look)
        except AnswerRefused:
            return None

    def rules_met(self, value: Value) -> Iterator[Truth]:
        """Whether an answer meets each rule of the moment, in order."""
        for rule in self.moment.rules:
            yield met(rule, value, self._situation)

    def after(self, value: Value) -> Lookup:
        """What names would mean to all once this is answered."""
        slot, look = self.slot, self._scene.lookup(self.moment.scope)
        if slot.several:
            before = look(slot.name)
            others = before if isinstance(before, tuple) else ()
            value = (*others, Contribution(value, self._person))

        def after(name: str) -> Value | Missing:
            return value if name == slot.name else look(name)

        return after
