"""Which answers and which passes of loops go on meaning the same in another plan.

An answer is kept if its question is: of the same kind, for the same people, in the same loops, and
read by nobody whom its writer was not told of; and if it agrees to keep another answer for another
time, that one is kept as well. A loop is kept if it goes through the same people or
the same list, and that list may itself be an answer. So the two hang together, and are found here
together, from two plans that have been matched (:mod:`.matching`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.model.answers import without_labels
from compassion_protocols.model.names import Ref
from compassion_protocols.model.plan import BlockKind, Moment, OfAnswer, OfRole
from compassion_protocols.session.matching import resting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.model.plan import Addressed, Binding, Block, Plan, Scope, Slot
    from compassion_protocols.session.matching import Matching


class Carried:
    """What of an old plan is carried over into a new one."""

    def __init__(self, matching: Matching) -> None:
        self._of = matching
        self._old = matching.old
        self._new = matching.new
        self._why_lost: dict[int, str] = {}
        self._same: dict[int, bool] = {}
        for slot in matching.old.slots:  # in order, so that what hangs on others finds them told
            self.why_lost(slot.number)

    def slot(self, number: int) -> int | None:
        """The slot of the new plan in which these answers go on meaning what they meant."""
        return None if self.why_lost(number) else self._of.slots[number]

    def why_lost(self, number: int) -> str:
        """Why the answers of a slot cannot be kept, as the end of a sentence; empty if they can."""
        if number not in self._why_lost:
            self._why_lost[number] = "its loop goes through what is asked in it"  # until told
            self._why_lost[number] = self._why(self._old.slots[number])
        return self._why_lost[number]

    @property
    def slots(self) -> Mapping[int, int]:
        """Every slot that is kept, and what it is in the new plan."""
        found = ((slot.number, self.slot(slot.number)) for slot in self._old.slots)
        return {number: there for number, there in found if there is not None}

    def block(self, number: int) -> int | None:
        """The block of the new plan in which its passes go on meaning what they meant."""
        there = self._of.blocks.get(number)
        if there is None:
            return None
        if number not in self._same:
            old, new = self._old.blocks[number], self._new.blocks[there]
            self._same[number] = self._same_passes(old, new)
        return there if self._same[number] else None

    @property
    def blocks(self) -> Mapping[int, int]:
        """Every block that is kept, and what it is in the new plan."""
        found = ((block.number, self.block(block.number)) for block in self._old.blocks)
        return {number: there for number, there in found if there is not None}

    def same_people(self, old: Addressed, new: Addressed) -> bool:
        """Whether these are the same people, however many there are."""
        return tuple(map(self.meaning, old)) == new

    def meaning(self, binding: Binding) -> Binding | None:
        """What a binding of the old plan is in the new one."""
        if not isinstance(binding, OfAnswer):
            return binding
        number = self.slot(binding.slot)
        return None if number is None else OfAnswer(number)

    def named_before(self, scope: Scope, name: str) -> Binding | None:
        """What a name of the old plan means, in the new one."""
        binding = scope.names.get(name) or self._old.names.get(name)
        return None if binding is None else self.meaning(binding)

    def named_now(self, scope: Scope, name: str) -> Binding | None:
        """What a name of the new plan means."""
        return scope.names.get(name) or self._new.names.get(name)

    def same_blocks(self, old: tuple[int, ...], new: tuple[int, ...]) -> bool:
        """Whether each of some blocks is kept, and is the one at its place among the others."""
        return len(old) == len(new) and all(
            self.block(mine) == yours for mine, yours in zip(old, new, strict=True)
        )

    def _why(self, old: Slot) -> str:
        if old.number not in self._of.slots:
            return "its question is not there any more"
        new = self._new.slots[self._of.slots[old.number]]
        if repr(without_labels(old.kind)) != repr(without_labels(new.kind)):
            return "its question wants another kind of answer"
        if old.several != new.several or not self._same_writers(old, new):
            return "its question is for other people"
        if not self._same_loops(old.scope, new.scope):
            return "its question stands in other loops"
        if not self._readers_within(old, new):
            return "more people would read it than its writers were told of"
        if not self._agrees_on_the_same(old, new):
            return "they would speak of something else"
        return ""

    def _same_writers(self, old: Slot, new: Slot) -> bool:
        if old.care:
            return True
        asked = resting(self._old, old.name), resting(self._new, new.name)
        who = [op.who for op in asked if isinstance(op, Moment)]
        return len(who) == len(asked) and self.same_people(*who)

    def _agrees_on_the_same(self, old: Slot, new: Slot) -> bool:
        was, now = _agreed_on(self._old, old), _agreed_on(self._new, new)
        if was is None or now is None:
            return was is now
        return self.slot(was.number) == now.number

    def _same_loops(self, old: Scope, new: Scope) -> bool:
        return self.same_blocks(
            tuple(old.blocks[depth] for depth in old.gathering),
            tuple(new.blocks[depth] for depth in new.gathering),
        )

    def _readers_within(self, old: Slot, new: Slot) -> bool:
        told = set(map(self.meaning, old.readers))
        return OfRole("") in told or told >= set(new.readers)

    def _same_passes(self, old: Block, new: Block) -> bool:
        if old.kind is not new.kind or not self._same_loops(old.scope, new.scope):
            return False
        if old.kind is BlockKind.TURNS:
            return old.role is not None and self.meaning(old.role) == new.role
        if old.kind is not BlockKind.FOR_EACH:
            return True
        if bool(old.item) != bool(new.item):
            return False
        if not (isinstance(old.items, Ref) and isinstance(new.items, Ref)):
            return type(old.items) is type(new.items)
        listed = self.named_before(old.scope, old.items.name)
        return listed is not None and listed == self.named_now(new.scope, new.items.name)


def _agreed_on(plan: Plan, slot: Slot) -> Slot | None:
    """What these answers agree to keep for another time, if that is what they are about."""
    asked = None if slot.care else resting(plan, slot.name)
    return asked.agrees if isinstance(asked, Moment) else None
