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

from compassion_protocols.language.template import render
from compassion_protocols.language.values import (
    NOT_REACHED,
    Missing,
    Reason,
    is_given,
)
from compassion_protocols.model.answers import OnePerson, options_of
from compassion_protocols.model.choices import Resume
from compassion_protocols.model.names import Ref
from compassion_protocols.model.plan import (
    Finish,
    Moment,
    MomentKind,
)
from compassion_protocols.session.effects import Kept, Opened, TimerSet
from compassion_protocols.session.floor import (
    after_closing,
    after_return,
    before_restart,
    without,
)
from compassion_protocols.session.keepsakes import owners_of
from compassion_protocols.session.passage import Passage
from compassion_protocols.session.state import (
    WAITING,
    Back,
    Course,
    Entry,
    Frame,
    Gate,
    Mark,
    Open,
    Presence,
    Screen,
)
from compassion_protocols.session.timing import agreed_instant, length

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compassion_protocols.language.template import Template
    from compassion_protocols.language.values import Value
    from compassion_protocols.model.plan import Plan, Scope, Slot
    from compassion_protocols.session.effects import Effect
    from compassion_protocols.session.state import Setup


class Walk(Passage):
    """A course that is being changed."""

    __slots__ = ("effects", "finished", "floors", "opened")

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
        super().__init__(plan, setup, presence, course, cast, now, absent)
        self.opened = course.opened
        self.floors = course.floors
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
            self.floors,
        )

    @property
    def moment(self) -> Moment:
        """The open moment's place in the plan."""
        op = self.plan.ops[self.at]
        if not isinstance(op, Moment):
            raise LookupError("no moment is open")
        return op

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
                self.at = self.control(op)

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
            self.enter(seat, Missing(reason))

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

    def pass_gate(self, seat: int) -> None:
        """Someone has taken the screen, or turned it back."""
        self.set_gate(None)
        self._count_try(seat)

    def cover(self, seat: int) -> None:
        """Cover what someone has given, until they turn the screen back."""
        self.set_gate((Gate.COVER, seat))
        self._count_try(seat)

    def _count_try(self, seat: int) -> None:
        """What this person sent before a card came or went counts for nothing after it."""
        opened = self._opened()
        attempts = _with(opened.attempts, seat, opened.attempts[seat] + 1)
        self.open = evolve(opened, attempts=attempts)

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

    def enter(self, seat: int, value: Value | Missing, *, keep: bool = False) -> None:
        """Enter an answer at the present place, if this moment takes one."""
        slot = self.moment.slot
        if slot is not None:
            entry = Entry(value, seat, self.now, self.readers(slot, seat), keep)
            self.answers = self.answers.put(self.key(slot, seat), entry)
            if slot.keeping is not None and slot.keeping.agreement is not None:
                # What was agreed in an earlier pass was about the answer before.
                self._forget(self.plan.slots[slot.keeping.agreement])

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
        kept = self._tell_what_is_kept(moment, self.cast if moment.agrees else actors)
        self.back = Back(self.at, self.frames, actors[0]) if alone and not kept else None
        self.count_floor(self.now)
        self.open = None
        self.at += 1
        self.run()

    def _tell_what_is_kept(self, moment: Moment, writers: Iterable[int]) -> bool:
        """Tell the owners what they keep from the moment that closes; whether there is anything.

        Where somebody was not asked in this pass, what they keep of an earlier one is not told.
        """
        slot = moment.agrees or moment.slot
        if slot is None or slot.keeping is None:
            return False
        if slot.keeping.agreement is not None and moment.agrees is None:
            return False  # everyone is still to agree
        found = set()
        for key in {self.key(slot, seat) for seat in writers}:
            entry = self.answers.get(key)
            if entry is not None:
                found.add(owners_of(self, slot, key, entry))
        for owners in sorted(found - {()}):
            self.effects.append(Kept(to=self.names(owners), place=slot.name))
        return bool(found - {()})

    def count_floor(self, until: float) -> None:
        """Enter the open moment in the ledger: it is over, or it was at this instant."""
        self.floors = after_closing(self.floors, self, self.moment, until)

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
        moment = self.moment
        if moment.resume is Resume.RESTART:
            self.floors = before_restart(self.floors, self, moment, since)
        by = self.now - opened.started if moment.resume is Resume.RESTART else still
        by = 0.0 if moment.resume is Resume.DEADLINE else by
        self.open = evolve(
            opened,
            # Nobody speaks while all stands still, whenever the floor ends.
            started=opened.started + (max(by, still) if moment.kind is MomentKind.SPEAK else by),
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
        """Whatever this person answered is gone, drafts too, and their part of the ledger."""
        erased = Missing(Reason.ERASED)
        for key, entry in list(self.answers.items()):
            if entry.by == seat and not isinstance(entry.value, Missing):
                self.answers = self.answers.put(key, evolve(entry, value=erased, keep=False))
        self.floors = without(self.floors, seat)
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
                self.enter(seat, NOT_REACHED)
        self.count_floor(self.now)
        self.open = self.back = None
        self.at += 1
        self.run()

    def reopen(self, back: Back) -> bool:
        """Return to the moment before; False if it opens no more, or for others too.

        False, too, where the others see something else meanwhile: which moment it is may hang on
        what its writer answered in private.
        """
        here = self.moment
        self.at, self.frames, self.back = back.at, back.frames, None
        if len(self.cast) > 1 and _beside(here) != _beside(self.moment):
            return False
        before = self.own_answer(slot, back.seat) if (slot := self.moment.slot) else None
        self.floors = after_return(self.floors, self, self.moment, back.seat)
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
        if host is not None and host not in seats:
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
        if self._is_not_for_others_eyes(moment):
            return ()
        if moment.agrees is not None:
            return tuple([seat for seat in seats if self._owns(moment.agrees, seat)])
        if not moment.needs:
            return seats
        return tuple([seat for seat in seats if self.may_read(moment.scope, moment.needs, seat)])

    def _owns(self, slot: Slot, seat: int) -> bool:
        """Whether some answer at the present place would be this person's to keep."""
        return any(self.gathered(slot, self.indices(slot.scope), seat))

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
        options = kind.role if isinstance(kind, OnePerson) else getattr(kind, "options", None)
        if isinstance(options, Ref):
            return bool(options_of(options, self.lookup(moment.scope)))
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
            self._forget(moment.slot)

    def _forget(self, slot: Slot) -> None:
        """Nothing has been answered at the present place."""
        self.answers = self.answers.without([self.key(slot, seat) for seat in self.cast])

    def _announce_timer(self) -> None:
        opened = self._opened()
        if opened.due is not None:
            everyone = self.setup.seats
            seats = tuple([s for s in everyone if opened.marks[s] is not Mark.NONE])
            to = seats if self.moment.slot is not None else everyone
            self.effects.append(TimerSet(to=self.names(to), due=opened.due))


def _beside(moment: Moment) -> tuple[Template | None, Template | None]:
    """What those see of a moment whose moment it is not."""
    return moment.meanwhile, moment.heading


One = TypeVar("One")


def _with(ones: tuple[One, ...], seat: int, one: One) -> tuple[One, ...]:
    """The same tuple with another thing at one seat."""
    others = list(ones)
    others[seat] = one
    return tuple(others)
