"""Going through a plan: from one moment to the next, and in and out of them.

A :class:`Walk` is the working copy of one :class:`Course`. It lives inside one
transition: taken from the state, changed, and frozen into the next state. If
the event turns out not to be allowed it is dropped, and nothing has happened.

A moment stays open until no mark is pending. Closing it means walking on:
control operations are done at once, moments that nobody can act in, or whose
text would have a hole, are passed over, and the walk rests at the next moment
or at an ending.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from attrs import evolve

from compassion_protocols.language.condition import holds
from compassion_protocols.language.template import render
from compassion_protocols.language.values import (
    NOT_REACHED,
    Contribution,
    Missing,
    Person,
    Reason,
    is_given,
)
from compassion_protocols.model.answers import Choice, Choices, Rank, options_of
from compassion_protocols.model.choices import Order, Resume
from compassion_protocols.model.names import Ref
from compassion_protocols.model.plan import (
    Again,
    BlockKind,
    Enter,
    Finish,
    Go,
    Guard,
    Moment,
    MomentKind,
    Overdue,
    PassOn,
)
from compassion_protocols.session.effects import Opened, TimerSet
from compassion_protocols.session.scene import Scene
from compassion_protocols.session.state import (
    WAITING,
    Back,
    Course,
    Entry,
    Frame,
    Gate,
    Mark,
    Open,
    OrderOf,
    Presence,
    Screen,
)
from compassion_protocols.session.timing import agreed_instant, length

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols.language.values import Value
    from compassion_protocols.model.plan import Block, Plan, Scope, Slot
    from compassion_protocols.session.effects import Effect
    from compassion_protocols.session.paged import Key
    from compassion_protocols.session.state import Setup

MOST_PASSES = 50
"""How many items or passes a loop goes through at the most."""


class Walk(Scene):
    """A course that is being changed. ``absent`` holds seats that are in care elsewhere."""

    __slots__ = ("absent", "back", "effects", "finished", "now", "opened")

    def __init__(
        self,
        plan: Plan,
        setup: Setup,
        presence: tuple[Presence, ...],
        course: Course,
        cast: tuple[int, ...],
        now: float,
        absent: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__(plan, setup, presence, course, cast)
        self.opened = course.opened
        self.back = course.back
        self.now = now
        self.absent = absent
        self.effects: list[Effect] = []
        self.finished = course.open is None and isinstance(plan.ops[course.at], Finish)

    def course(self) -> Course:
        """What the walk has come to, frozen."""
        return Course(
            self.at,
            self.opened,
            self.open,
            self.frames,
            self.answers,
            self.orders,
            self.holders,
            self.back,
        )

    @property
    def moment(self) -> Moment:
        """The open moment's place in the plan."""
        op = self.plan.ops[self.at]
        if not isinstance(op, Moment):
            raise LookupError("no moment is open")
        return op

    def acts(self, seat: int) -> bool:
        """Whether a person is here to act."""
        return self.presence[seat] is Presence.HERE and seat not in self.absent

    def names(self, seats: tuple[int, ...]) -> tuple[str, ...]:
        """The ids of some seats."""
        people = self.setup.people
        return tuple([people[seat].id for seat in seats])

    # moving

    def run(self) -> None:
        """Walk on until a moment opens or the plan ends."""
        ops = self.plan.ops
        while True:
            op = ops[self.at]
            if isinstance(op, Moment):
                if self._opens(op):
                    return
                self.at = op.missed if op.missed >= 0 else self.at + 1
            elif isinstance(op, Finish):
                self.finished = True
                return
            else:
                self.at = _CONTROL[type(op)](self, op)

    def mark(self, seat: int, mark: Mark, reason: Reason | None = None) -> None:
        """Set one seat's mark; with a ``reason``, its answer is missing for that reason."""
        opened = self._opened()
        self.open = Open(
            opened.started,
            _with(opened.marks, seat, mark),
            opened.attempts,
            opened.due,
            opened.limit,
            opened.drafts,
            opened.gate,
        )
        if reason is not None:
            self.keep(seat, Missing(reason))

    def accept(self, seat: int, mark: Mark, draft: Value | None) -> None:
        """One answer more was taken in; ``draft``, if there is one, replaces the one before."""
        opened = self._opened()
        drafts = opened.drafts
        if drafts or draft is not None:
            kept = tuple([one for one in drafts if one[0] != seat])
            drafts = kept if draft is None else (*kept, (seat, draft))
        self.open = Open(
            opened.started,
            _with(opened.marks, seat, mark),
            _with(opened.attempts, seat, opened.attempts[seat] + 1),
            opened.due,
            opened.limit,
            drafts,
            opened.gate,
        )

    def set_gate(self, gate: tuple[Gate, int] | None) -> None:
        """On a shared screen, put a card between people, or take it away."""
        opened = self._opened()
        if opened.gate != gate:
            self.open = evolve(opened, gate=gate)

    def absent_from_moment(self, seat: int) -> None:
        """Someone who is asked is not here, and is not waited for."""
        at_screen = self._next_waiting()
        self._lose(seat, Mark.ABSENT, Reason.ABSENT)
        if seat == at_screen:
            self.hand_over()

    def hand_over(self) -> None:
        """On a shared screen, whoever had it is not here: it goes to the next who is waited for."""
        waiting = self._next_waiting()
        apart = waiting is not None and self.passes_the_screen(self.moment)
        gate = (Gate.HAND_OVER, waiting) if waiting is not None and apart else None
        self.set_gate(gate)

    def _next_waiting(self) -> int | None:
        opened = self._opened()
        return next((seat for seat, mark in enumerate(opened.marks) if mark in WAITING), None)

    def keep(self, seat: int, value: Value | Missing) -> None:
        """Keep an answer at the present place, if this moment takes one."""
        slot = self.moment.slot
        if slot is not None:
            entry = Entry(value, seat, self.now, self.readers(slot, seat))
            self.answers = self.answers.put(self.key(slot, seat), entry)

    def settle(self) -> None:
        """If nobody is waited for any more, close the moment and walk on."""
        opened = self._opened()
        if opened.gate is None and not opened.is_waiting:
            self.leave()

    def leave(self) -> None:
        """Close the moment and walk on."""
        moment, marks = self.moment, self._opened().marks
        actors = [seat for seat, mark in enumerate(marks) if mark is not Mark.NONE]
        private = moment.slot is None or not moment.slot.readers
        alone = len(actors) == 1 and private and moment.kind is not MomentKind.REVEAL
        self.back = Back(self.at, self.frames, actors[0]) if alone else None
        self.open = None
        self.at += 1
        self.run()

    def expire(self) -> None:
        """Time is up: whoever is waited for has timed out, or is simply done."""
        moment = self.moment
        for seat, mark in enumerate(self._opened().marks):
            if mark in WAITING:
                if moment.slot is not None:
                    self._lose(seat, Mark.TIMED_OUT, Reason.TIMED_OUT)
                else:
                    self.mark(seat, Mark.DONE)
        self.leave()

    def _lose(self, seat: int, mark: Mark, reason: Reason) -> None:
        """Someone has given nothing. Who only came back to look keeps what they gave before."""
        opened = self._opened()
        drafts = [writer for writer, _ in opened.drafts]
        returned = opened.marks[seat] is Mark.PENDING and seat in drafts
        self.mark(seat, mark, None if returned else reason)

    def shift(self, since: float) -> None:
        """Go on after standing still since then: paused time does not count."""
        still = max(0.0, self.now - since)
        self.frames = tuple(
            [Frame(f.index, f.order, None if f.due is None else f.due + still) for f in self.frames]
        )
        opened = self.open
        if opened is None:
            return
        resume = self.moment.resume
        by = self.now - opened.started if resume is Resume.RESTART else still
        by = 0.0 if resume is Resume.DEADLINE else by
        self.open = evolve(
            opened,
            started=opened.started + by,
            due=None if opened.due is None else opened.due + by,
            limit=None if opened.limit is None else opened.limit + by,
        )
        self._announce_timer()

    def extend(self, seconds: float) -> None:
        """A later end for the open moment, at the most twice its length."""
        opened = self._opened()
        if opened.due is not None and opened.limit is not None:
            self.open = evolve(opened, due=min(opened.due + seconds, opened.limit))
            self._announce_timer()

    def erase(self, seat: int) -> None:
        """Whatever this person answered is gone, drafts too."""
        erased = Missing(Reason.ERASED)
        for key, entry in list(self.answers.items()):
            if entry.by == seat and not isinstance(entry.value, Missing):
                self.answers = self.answers.put(key, evolve(entry, value=erased))
        if self.open is not None:
            drafts = tuple(kept for kept in self.open.drafts if kept[0] != seat)
            self.open = evolve(self.open, drafts=drafts)

    def stands(self) -> bool:
        """Whether all that the open moment speaks of is still there; words may be taken back."""
        moment = self.moment
        return not moment.needs or self._has(moment.scope, moment.needs)

    def give_up(self) -> None:
        """Go on without the open moment, which nobody can come back to."""
        for seat, mark in enumerate(self._opened().marks):
            if mark in WAITING:
                self.keep(seat, NOT_REACHED)
        self.open = self.back = None
        self.at += 1
        self.run()

    def reopen(self, back: Back) -> bool:
        """Return to the moment before; False if it opens no more, or for others too."""
        self.at, self.frames, self.back = back.at, back.frames, None
        before = self.own_answer(slot, back.seat) if (slot := self.moment.slot) else None
        if not self._opens(self.moment):
            return False
        opened = self._opened()
        if before is not None and not isinstance(before, Missing):
            self.open = evolve(opened, drafts=((back.seat, before),))
        return [s for s, mark in enumerate(opened.marks) if mark in WAITING] == [back.seat]

    def _opened(self) -> Open:
        if self.open is None:
            raise LookupError("no moment is open")
        return self.open

    # opening

    def _opens(self, moment: Moment) -> bool:
        """Open a moment for those who can act in it; False if there is no one or nothing."""
        seats = self._actors(moment)
        due = self._due(moment) if seats else None
        if not seats or due is False:
            self._not_reached(moment)
            return False
        people = len(self.setup.people)
        marks = [Mark.NONE] * people
        opened = list(self.opened)
        for seat in seats:
            marks[seat] = Mark.PENDING
            opened[seat] += 1
        host = self.setup.facilitator
        if host is not None and host not in seats and host < people:
            opened[host] += 1
        limit = None if due is None else due + (due - self.now)
        gate = (Gate.HAND_OVER, seats[0]) if self.passes_the_screen(moment) else None
        self.open = Open(self.now, tuple(marks), (0,) * people, due, limit, (), gate)
        self.opened = tuple(opened)
        self.effects.append(Opened(to=self.names(seats), place=moment.place))
        self._announce_timer()
        return True

    def _actors(self, moment: Moment) -> tuple[int, ...]:
        for depth in moment.scope.turns:
            if not self.acts(self._speaker(depth)):
                return ()
        seats = tuple([seat for seat in self.seats(moment.scope, moment.who) if self.acts(seat)])
        if moment.always_opens and self.setup.screen is Screen.OWN:
            return seats
        if not seats or (moment.needs and not self._has(moment.scope, moment.needs)):
            return ()
        if moment.may_be_blank:
            return tuple([seat for seat in seats if self._text(moment, seat).strip()])
        if moment.slot is not None and not self._has_options(moment):
            return ()
        return () if self._is_not_for_others_eyes(moment) else seats

    def _is_not_for_others_eyes(self, moment: Moment) -> bool:
        """On a shared screen nobody is asked how they are, in the session or in their own care."""
        if self.setup.screen is not Screen.SHARED or moment.slot is None:
            return False
        return moment.slot.care or len(self.cast) < len(self.setup.people)

    def _has(self, scope: Scope, names: tuple[str, ...]) -> bool:
        look = self.lookup(scope)
        return all(is_given(look(name)) for name in names)

    def _text(self, moment: Moment, seat: int) -> str:
        return render(moment.text, self.lookup(moment.scope, seat))

    def _has_options(self, moment: Moment) -> bool:
        kind = moment.slot.kind if moment.slot else None
        if isinstance(kind, Choice | Choices | Rank) and isinstance(kind.options, Ref):
            return bool(options_of(kind.options, self.lookup(moment.scope)))
        return True

    def _due(self, moment: Moment) -> float | bool | None:
        """When this moment closes by itself; False if it waits for a time that will not do."""
        if not moment.timed:
            return None
        if moment.until is not None:
            agreed = agreed_instant(self, moment, self.now)
            return False if agreed is None else agreed
        lasts = length(self, moment)
        return None if lasts is None else self.now + lasts

    def passes_the_screen(self, moment: Moment) -> bool:
        """Whether a shared screen goes from hand to hand: something private, and others here."""
        if self.setup.screen is not Screen.SHARED or not moment.private:
            return False
        return sum(self.acts(seat) for seat in self.cast) > 1

    def _not_reached(self, moment: Moment) -> None:
        """Nothing is left of an earlier pass at a moment that does not open in this one."""
        if moment.slot is not None:
            self.answers = self.answers.without([self.key(moment.slot, seat) for seat in self.cast])

    def _announce_timer(self) -> None:
        opened = self._opened()
        if opened.due is not None:
            everyone = self.setup.seats
            seats = tuple([s for s in everyone if opened.marks[s] is not Mark.NONE])
            to = seats if self.moment.slot is not None else everyone
            self.effects.append(TimerSet(to=self.names(to), due=opened.due))

    # loops

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
                if over or enough or frame.index + 1 >= len(frame.order):
                    return self._out(op.out)
                return self._pass(frame.index + 1, op.body)

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
        holder = self._holder(op.role)
        chosen: int | None = None
        if op.to == "next" and seats:
            place = seats.index(holder[0]) if holder and holder[0] in seats else -1
            chosen = seats[(place + 1) % len(seats)]
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
    import hashlib  # here, since few protocols shuffle, and its import is slow

    return tuple(sorted(order, key=lambda one: hashlib.sha256(f"{salt}{one}".encode()).digest()))


One = TypeVar("One")


def _with(ones: tuple[One, ...], seat: int, one: One) -> tuple[One, ...]:
    """The same tuple with another thing at one seat."""
    others = list(ones)
    others[seat] = one
    return tuple(others)


_CONTROL: dict[type, Callable[..., int]] = {
    Enter: Walk._enter,
    Again: Walk._again,
    Overdue: Walk._overdue,
    Guard: Walk._guard,
    Go: Walk._go,
    PassOn: Walk._pass_on,
}
