"""In and out of the blocks of a plan: its loops, guards and jumps.

Everything here is done at once, on the way from one moment to the next. A block
that the session is inside has a frame; a list-making block also leaves behind
what it went through, so that its answers can be read from outside in order.
Nothing goes round for ever: a list has an end, a repetition a most.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from compassion_protocols.language.condition import holds
from compassion_protocols.language.values import Contribution, Person
from compassion_protocols.model.names import Ref
from compassion_protocols.model.plan import (
    Again,
    Block,
    BlockKind,
    Enter,
    Go,
    Guard,
    Moment,
    Overdue,
    PassOn,
)
from compassion_protocols.model.steps import Order
from compassion_protocols.session.scene import Scene
from compassion_protocols.session.state import Course, Frame, OrderOf, Presence

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols.model.plan import Plan, Slot
    from compassion_protocols.session.paged import Key
    from compassion_protocols.session.state import Setup

MOST_PASSES = 50
"""How many items or passes a loop goes through at the most."""


class Passage(Scene):
    """A scene that is gone through. ``absent`` holds seats that are in care elsewhere."""

    __slots__ = ("absent", "back", "now")

    def __init__(
        self,
        plan: Plan,
        setup: Setup,
        presence: tuple[Presence, ...],
        course: Course,
        cast: tuple[int, ...],
        now: float,
        absent: frozenset[int],
    ) -> None:
        super().__init__(plan, setup, presence, course, cast)
        self.now = now
        self.back = course.back
        self.absent = absent

    def acts(self, seat: int) -> bool:
        """Whether a person is here to act."""
        return self.presence[seat] is Presence.HERE and seat not in self.absent

    def control(self, op: Control) -> int:
        """Do what stands on the way; where to go on."""
        return _CONTROL[type(op)](self, op)

    def _enter(self, op: Enter) -> int:
        block = op.block
        order = self._order_of(block)
        if not order:
            self._start_anew(block, ())
            return op.out
        seconds = self.seconds(block.scope, block.time)
        due = None if seconds is None else self.now + seconds
        self._start_anew(block, order)
        self.frames = (*self.frames, Frame(0, order, due))
        return self.at + 1

    def _start_anew(self, block: Block, order: OrderOf) -> None:
        """A list-making block that starts anew starts empty."""
        if not block.gathers:
            return
        if block.slots:
            self.made = {}
        indices = self.indices(block.scope)
        if self.orders.get((block.number, *indices)) is not None:
            self._empty(block, indices)
            if self.back is not None and block.number in self._blocks_around(self.back.at):
                self.back = None
        self.orders = self.orders.put((block.number, *indices), order)

    def _blocks_around(self, at: int) -> tuple[int, ...]:
        op = self.plan.ops[at]
        return op.scope.blocks if isinstance(op, Moment) else ()

    def _empty(self, block: Block, indices: tuple[int, ...]) -> None:
        keys: list[Key] = []
        for number in block.slots:
            slot = self.plan.slots[number]
            for passed in self._passes(slot, indices):
                seats = self.cast if slot.several else (-1,)
                keys += [
                    (number, seat, *passed) if slot.several else (number, *passed) for seat in seats
                ]
        self.answers = self.answers.without(keys)

    def _order_of(self, block: Block) -> OrderOf:
        """What a block goes through, in its order; one pass for a part or a repetition."""
        if block.kind is BlockKind.TURNS and block.role is not None:
            seats = self.seats(block.scope, (block.role,))
            return self._arranged(block, tuple([seat for seat in seats if self.acts(seat)]))
        if block.kind is not BlockKind.FOR_EACH:
            return (0,)
        if block.role is not None:
            return self._arranged(block, self.seats(block.scope, (block.role,)))
        if isinstance(block.items, int):
            return tuple(range(block.items))
        if block.items is None:
            return ()
        if not block.item:
            return tuple(range(self.number(block.scope, block.items) or 0))
        return self._arranged(block, self._items(block, block.items))[:MOST_PASSES]

    def _items(self, block: Block, items: Ref) -> OrderOf:
        """Items by their number in a list; entries of a gathered list by their key."""
        value = self.lookup(block.scope)(items.name)
        if not isinstance(value, tuple):
            return ()
        if value and isinstance(value[0], Contribution):
            slot = self._slot_named(items.name)
            if slot is not None:
                shared = self.shared_depth(block.scope, slot)
                inside = tuple(
                    [self.frames[depth].index for depth in slot.scope.gathering[:shared]]
                )
                return tuple([key for key, _ in self.gathered(slot, inside, None)])
        return tuple(range(len(value)))

    def _slot_named(self, name: str) -> Slot | None:
        binding = self.plan.names.get(name)
        number = getattr(binding, "slot", None)
        return None if number is None else self.plan.slots[number]

    def _arranged(self, block: Block, order: OrderOf) -> OrderOf:
        match block.order:
            case Order.REVERSED:
                return order[::-1]
            case Order.ROTATING if order:
                by = self._round(block) % len(order)
                return order[by:] + order[:by]
            case Order.SHUFFLED:
                return _shuffled(
                    order, f"{self.setup.seed}/{block.place}/{self.indices(block.scope)}/"
                )
            case _:
                return order

    def _round(self, block: Block) -> int:
        """Which pass of the loop around a block it is; with no loop around, the seed decides."""
        for number, frame in zip(reversed(block.scope.blocks), reversed(self.frames), strict=True):
            if self.plan.blocks[number].kind is not BlockKind.PART:
                return frame.index
        return self.setup.seed

    def _again(self, op: Again) -> int:
        block, frame = op.block, self.frames[-1]
        over = frame.due is not None and self.now >= frame.due
        match block.kind:
            case BlockKind.TURNS:
                return self._next_turn(op.out, op.body)
            case BlockKind.REPEAT:
                return self._repeat(op, over)
            case _:
                enough = (
                    block.until is not None
                    and block.inner is not None
                    and (holds(block.until, self.lookup(block.inner)) is not False)
                )
                index = self._next_item(block)
                if over or enough or index >= len(frame.order):
                    return self._out(op.out)
                return self._pass(index, op.body)

    def _repeat(self, op: Again, over: bool) -> int:
        block, frame = op.block, self.frames[-1]
        truth = (
            holds(block.until, self.lookup(block.inner)) if block.until and block.inner else None
        )
        if truth is True:
            return self._out(op.out)
        at_most = min(self.number(block.scope, block.at_most) or 1, MOST_PASSES)
        if truth is None or over or frame.index + 1 >= at_most:
            return self._out(op.otherwise)
        return self._pass(frame.index + 1, op.body)

    def _next_item(self, block: Block) -> int:
        """The next pass of a `for_each`; that of a person who has gone is passed over."""
        frame = self.frames[-1]
        index = frame.index + 1
        while block.role is not None and index < len(frame.order):
            seat = frame.order[index]
            if isinstance(seat, int) and self.presence[seat] is not Presence.GONE:
                break
            index += 1
        return index

    def _next_turn(self, out: int, body: int) -> int:
        frame = self.frames[-1]
        for index in range(frame.index + 1, len(frame.order)):
            if self._turn_can_begin(index):
                return self._pass(index, body)
        return self._out(out)

    def _turn_can_begin(self, index: int) -> bool:
        seat = self.frames[-1].order[index]
        return isinstance(seat, int) and self.acts(seat)

    def _pass(self, index: int, body: int) -> int:
        frame = self.frames[-1]
        self.frames = (*self.frames[:-1], Frame(index, frame.order, frame.due))
        return body

    def _out(self, to: int) -> int:
        self.frames = self.frames[:-1]
        return to

    def _overdue(self, op: Overdue) -> int:
        due = self.frames[op.block.depth].due
        if due is None or self.now < due:
            return self.at + 1
        self.frames = self.frames[: op.block.depth]
        return op.out

    def _guard(self, op: Guard) -> int:
        return self.at + 1 if holds(op.condition, self.lookup(op.scope)) is True else op.out

    def _go(self, op: Go) -> int:
        self.frames = self.frames[: op.depth]
        return op.to

    def _pass_on(self, op: PassOn) -> int:
        seats = self._seated(self._of_which(op.role))
        chosen: int | None = None
        if op.to == "next" and seats:
            # Whoever is away is passed over, if anyone else is here.
            able = tuple([seat for seat in seats if self.acts(seat)]) or seats
            last = dict(self.holders).get(op.role, seats[0])
            chosen = next((seat for seat in able if seat > last), able[0])
        elif op.to != "next":
            value = self.lookup(op.scope)(op.to)
            chosen = next(
                (
                    seat
                    for seat in seats
                    if isinstance(value, Person) and self.setup.people[seat].id == value.id
                ),
                None,
            )
        self.back = None  # the role is not handed back
        self.made = {}
        if chosen is not None:
            others = tuple(held for held in self.holders if held[0] != op.role)
            self.holders = tuple(sorted((*others, (op.role, chosen))))
        return self.at + 1


def _shuffled(order: OrderOf, salt: str) -> OrderOf:
    """An order that looks like chance and is the same for the same salt."""
    return tuple(sorted(order, key=lambda one: hashlib.sha256(f"{salt}{one}".encode()).digest()))


Control = Enter | Again | Overdue | Guard | Go | PassOn

_CONTROL: dict[type, Callable[..., int]] = {
    Enter: Passage._enter,
    Again: Passage._again,
    Overdue: Passage._overdue,
    Guard: Passage._guard,
    Go: Passage._go,
    PassOn: Passage._pass_on,
}
