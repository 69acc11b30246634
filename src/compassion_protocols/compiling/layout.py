"""Lays out each kind of step, in the order in which a session meets them.

The protocol is whole (its includes are linked) and has passed the checks:
nothing here looks for mistakes. Every step is given a place: its own id, else
the place of what it stands in and its number there. A session's snapshot speaks
of places only, so that it can be read by any plan in which the ids are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import evolve

from compassion_protocols.compiling.sheet import Around, Holes, Sheet
from compassion_protocols.findings import NOWHERE
from compassion_protocols.language.expressions import Name
from compassion_protocols.language.parts import Output
from compassion_protocols.language.template import of_parts, parse_template
from compassion_protocols.model.answers import (
    Choices,
    ListOf,
    Rank,
    Scale,
    YesNo,
    needed_names,
)
from compassion_protocols.model.care import Rating
from compassion_protocols.model.names import ALL, Ref
from compassion_protocols.model.pace import EXPECTED_ITEMS, expected_people
from compassion_protocols.model.plan import (
    PERSONAL,
    Again,
    Binding,
    Block,
    BlockKind,
    Enter,
    Finish,
    Go,
    Guard,
    Keeping,
    Moment,
    MomentKind,
    OfConstant,
    OfItem,
    OfListeners,
    OfSpeaker,
    Overdue,
    PassOn,
    Scope,
    Seconds,
    Slot,
)
from compassion_protocols.model.steps import (
    AnyStep,
    Ask,
    Breathe,
    Choose,
    End,
    ForEach,
    Include,
    Keep,
    Part,
    Pass,
    RepeatUntil,
    Resume,
    Reveal,
    Say,
    Speak,
    Step,
    Turns,
    Wait,
    steps_inside,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols.language.template import Template
    from compassion_protocols.model.protocol import Protocol

_RATING_TEXTS = {
    Rating.BEFORE: "Before you begin: how strong is any distress in you right now?",
    Rating.MIDWAY: "A short look inward: how strong is any distress in you right now?",
    Rating.AFTER: "Before you leave: how strong is any distress in you right now?",
}
_RATING_SCALE = Scale(ends=(0, 10), labels=((0, "none"), (10, "the most you can imagine")))
_RATING_EXAMPLE = 2
AGREEMENT = "/keep"
"""What the place of a question ends in where everyone agrees to keep what was answered there."""
_LAST_PLACE = "/end"
"""Where a protocol ends that has said everything; no step can have this place."""

_AGREEMENT_TEXT = (
    "Would you like to keep this for another time, for all of you? “",
    "” It is kept only if everyone says yes, and nobody sees who said what.",
)
_BREATHE_TEXT = "Breathe along with the pace, or keep your own."
_REVEAL_TEXT = "Which of these would you like to show? Only what you pick is seen."
_REVEAL_WHOLE_TEXT = "Would you like to show what you wrote? It stays yours if not."


class Layout(Sheet):
    """A protocol on its way to a plan."""

    # the whole

    def lay_out(self, *, as_care: bool) -> None:
        holes = Holes(0)
        outermost = Around(Scope(), leave=holes if as_care else None)
        ratings = self.protocol.care.distress
        if Rating.BEFORE in ratings:
            self._rating(Rating.BEFORE, outermost, "care/before")
        middle = self._middle() if Rating.MIDWAY in ratings else -1
        for number, step in enumerate(self.protocol.steps):
            if number == middle:
                self._rating(Rating.MIDWAY, outermost, "care/midway")
            self._step(step, place_of(step, "", number), outermost)
        for jump in holes.jumps:
            self.ops[jump] = Go(len(self.ops), 0)
        self._finish(_LAST_PLACE, None, outermost)

    def _middle(self) -> int:
        """Before which of the outermost steps half of the time is over."""
        lengths = [expected(step, self.protocol) for step in self.protocol.steps]
        for number in range(1, len(lengths)):
            if sum(lengths[:number]) * 2 >= sum(lengths):
                return number
        return len(lengths) // 2

    def _rating(self, rating: Rating, around: Around, place: str) -> None:
        name = f"care/{rating.value}"
        if name not in self.slots:
            # One answer a person, wherever the question stands: an `end` may stand in a loop.
            outermost = Around(Scope())
            several = self.several(ALL, outermost)
            self.slot(name, _RATING_SCALE, outermost, several=several, care=True)
        self.add(
            Moment(
                place=place,
                kind=MomentKind.ASK,
                scope=around.scope,
                who=self.people(ALL, around),
                text=parse_template(_RATING_TEXTS[rating], NOWHERE),
                slot=self.slots[name],
                example=_RATING_EXAMPLE,
                private=True,
            )
        )

    def _finish(self, place: str, text: Template | None, around: Around) -> None:
        if Rating.AFTER in self.protocol.care.distress:
            self._rating(Rating.AFTER, around, f"{place}/care/after")
        self.add(Finish(place, text, around.scope))

    # one step

    def _steps(self, steps: tuple[AnyStep, ...], parent: str, around: Around) -> None:
        for number, step in enumerate(steps):
            self._step(step, place_of(step, parent, number), around)

    def _step(self, step: AnyStep, place: str, around: Around) -> None:
        if step.who is not None:
            around = evolve(around, who=step.who)
        guard = self.hole() if step.when is not None else -1
        self._LAYOUTS[type(step)](self, step, place, around)
        if step.when is not None:
            self.ops[guard] = Guard(step.when, around.scope, len(self.ops))

    def _say(self, step: Say, place: str, around: Around) -> None:
        self.add(
            evolve(
                self._moment(step, MomentKind.SAY, step.text, place, around),
                duration=step.duration,
                may_be_blank=step.text.may_be_blank,
            )
        )

    def _ask(self, step: Ask, place: str, around: Around) -> None:
        who = step.who or around.who
        readers = () if step.shared is None else self.people(step.shared, around)
        slot = self.slot(
            step.id or place,
            step.answer,
            around,
            several=self.several(who, around),
            readers=readers,
            keeping=self._keeping(step.keep, place, around),
        )
        self.add(
            evolve(
                self._moment(step, MomentKind.ASK, step.text, place, around),
                slot=slot,
                needs=self.needs((step.text,), around, needed_names(step.answer)),
                rules=step.rules,
                hint=step.hint,
                borrow=step.borrow,
                example=step.example,
                private=not self.is_open(slot),
            )
        )
        if step.is_agreed_on:
            self._agreement(slot, place, around)

    def _keeping(self, keep: Keep | None, place: str, around: Around) -> Keeping | None:
        """How a question's answers are kept; what is everyone's has a slot to agree in."""
        if keep is None:
            return None
        agreement: int | None = None
        if keep.is_for_everyone:
            several = self.several(ALL, around)
            agreement = self.slot(place + AGREEMENT, YesNo(), around, several=several).number
        return Keeping(name=keep.name, how=keep.how, agreement=agreement)

    def _agreement(self, slot: Slot, place: str, around: Around) -> None:
        """Everyone is asked, each alone, whether what was just said may be kept."""
        before, after = _AGREEMENT_TEXT
        parts = (before, Output(Name(slot.name)), after)
        text = of_parts(f"{before}{{{{ {slot.name} }}}}{after}", parts)
        self.add(
            Moment(
                place=place + AGREEMENT,
                kind=MomentKind.ASK,
                scope=around.scope,
                who=self.people(ALL, around),
                text=text,
                heading=around.heading,
                needs=self.needs((text,), around),
                slot=self.slots[place + AGREEMENT],
                agrees=slot,
                example=True,
                private=True,
            )
        )

    def _speak(self, step: Speak, place: str, around: Around) -> None:
        moment = self._moment(step, MomentKind.SPEAK, step.text, place, around)
        at_least = step.at_least if step.at_least is not None else moment.at_least
        self.add(evolve(moment, duration=step.duration, at_least=at_least))

    def _breathe(self, step: Breathe, place: str, around: Around) -> None:
        text = step.text if step.text is not None else parse_template(_BREATHE_TEXT, NOWHERE)
        moment = self._moment(step, MomentKind.BREATHE, text, place, around)
        self.add(
            evolve(
                moment,
                duration=step.duration,
                count=step.count,
                pattern=step.pattern,
                resume=step.resume or Resume.RESTART,
            )
        )

    def _wait(self, step: Wait, place: str, around: Around) -> None:
        moment = self._moment(step, MomentKind.WAIT, step.text, place, around)
        at = self.add(
            evolve(
                moment,
                duration=step.duration,
                until=step.until,
                at_most=step.at_most if step.at_most is not None else moment.at_most,
                resume=step.resume or (Resume.DEADLINE if step.until else Resume.REMAINING),
            )
        )
        if step.otherwise:
            over = self.hole()
            self._fill_missed(at)
            self._steps(step.otherwise, f"{place}/otherwise", around)
            self.ops[over] = Go(len(self.ops), len(around.scope.blocks))

    def _fill_missed(self, at: int) -> None:
        moment = self.ops[at]
        if isinstance(moment, Moment):
            self.ops[at] = evolve(moment, missed=len(self.ops))

    def _reveal(self, step: Reveal, place: str, around: Around) -> None:
        source = self.slots[step.answer.name]
        who = step.who or around.who
        slot = self.slot(
            step.id or place,
            source.kind,
            around,
            several=self.several(who, around),
            readers=self.people(step.to, around),
        )
        listed = isinstance(source.kind, ListOf | Choices | Rank)
        text = parse_template(_REVEAL_TEXT if listed else _REVEAL_WHOLE_TEXT, NOWHERE)
        self.add(
            evolve(
                self._moment(step, MomentKind.REVEAL, text, place, around),
                slot=slot,
                source=source,
                private=True,
            )
        )

    def _moment(
        self, step: Step, kind: MomentKind, text: Template, place: str, around: Around
    ) -> Moment:
        timer = step.timer
        return Moment(
            place=place,
            kind=kind,
            scope=around.scope,
            who=self.people(step.who or around.who, around),
            text=text,
            meanwhile=step.meanwhile,
            note=step.note,
            heading=around.heading,
            needs=self.needs((text,), around),
            at_least=timer.at_least if timer else None,
            at_most=timer.at_most if timer else None,
            resume=step.resume or Resume.REMAINING,
        )

    # blocks

    def _part(self, step: Part | Include, place: str, around: Around) -> None:
        steps = step.steps if isinstance(step, Part) else step.linked.steps if step.linked else ()
        if isinstance(step, Part):
            around = evolve(around, heading=step.title)
        limit = _soft_limit(step)
        if limit is None:
            self._steps(steps, place, around)
            return
        with_time = self.block(place, BlockKind.PART, around, time=limit)
        enter = self.hole()
        inner = self.inside(around, with_time, {})
        exits = self._timed_steps(steps, place, inner)
        self._close(with_time, enter, len(self.ops) + 1)
        self.add(Go(len(self.ops) + 1, with_time.depth))
        self._fill_overdue(exits, with_time, len(self.ops))

    def _include(self, step: Include, place: str, around: Around) -> None:
        for name, value in step.linked.constants if step.linked else ():
            self.names[name] = OfConstant(value)
            self.defaults[name] = value
        holes = Holes(len(around.scope.blocks))
        self._part(step, place, evolve(around, leave=holes))
        for jump in holes.jumps:
            self.ops[jump] = Go(len(self.ops), holes.depth)

    def _turns(self, step: Turns, place: str, around: Around) -> None:
        role = self.binding(step.role.name, around)
        block = self.block(
            place,
            BlockKind.TURNS,
            around,
            role=role,
            role_name=step.role.name,
            order=step.order,
            names=step.names,
        )
        depth = block.depth
        bound: dict[str, Binding] = {
            step.names[0]: OfSpeaker(depth),
            step.names[1]: OfListeners(depth),
        }
        passes = expected_people(self.protocol, step.role.name)
        self._loop(block, step.steps, place, around, bound, passes)

    def _for_each(self, step: ForEach, place: str, around: Around) -> None:
        named = step.items.name if step.item and isinstance(step.items, Ref) else ""
        through = self.known(named, around)
        block = self.block(
            place,
            BlockKind.FOR_EACH,
            around,
            role=through if isinstance(through, PERSONAL) else None,
            names=(step.item, ""),
            time=_soft_limit(step),
            items=step.items,
            item=step.item,
            order=step.order,
            until=step.until,
        )
        bound: dict[str, Binding] = {step.item: OfItem(block.depth)} if step.item else {}
        passes = step.items if isinstance(step.items, int) else EXPECTED_ITEMS
        self._loop(block, step.steps, place, around, bound, passes)

    def _repeat_until(self, step: RepeatUntil, place: str, around: Around) -> None:
        block = self.block(
            place,
            BlockKind.REPEAT,
            around,
            time=_soft_limit(step),
            until=step.condition,
            at_most=step.at_most,
        )
        self._loop(block, step.steps, place, around, {}, 1, step.otherwise)

    def _loop(
        self,
        block: Block,
        steps: tuple[AnyStep, ...],
        place: str,
        around: Around,
        bound: dict[str, Binding],
        passes: float,
        otherwise: tuple[AnyStep, ...] = (),
    ) -> None:
        """Enter, the steps, again; then what happens if a repetition never held."""
        enter, before = self.hole(), self.seconds
        inner = self.inside(around, block, bound)
        block = evolve(block, inner=inner.scope)
        exits = self._timed_steps(steps, place, inner)
        one_pass = self.seconds - before
        self.seconds += one_pass * (passes - 1)
        again = self.hole()
        not_held = len(self.ops)
        block = evolve(block, pass_minutes=one_pass / 60)
        self._steps(otherwise, f"{place}/otherwise", around)
        # A repetition that held jumps over `otherwise`; one that ran out of time does not.
        out = len(self.ops)
        self._close(block, enter, out)
        block = self.blocks[block.number]
        self.ops[again] = Again(block, enter + 1, out, not_held)
        self._fill_overdue(exits, block, not_held if otherwise else out)

    def _timed_steps(self, steps: tuple[AnyStep, ...], place: str, around: Around) -> list[int]:
        """The steps of a block, with a look at its soft time before each but the first."""
        block = self.blocks[around.scope.blocks[-1]]
        looks = []
        for number, step in enumerate(steps):
            if number and block.time is not None:
                looks.append(self.hole())
            self._step(step, place_of(step, place, number), around)
        return looks

    def _fill_overdue(self, looks: list[int], block: Block, out: int) -> None:
        for look in looks:
            self.ops[look] = Overdue(block, out)

    def _close(self, block: Block, enter: int, out: int) -> None:
        inside = tuple(
            slot.number for slot in self.slots.values() if block.number in slot.scope.blocks
        )
        closed = evolve(block, slots=inside)
        self.blocks[block.number] = closed
        self.ops[enter] = Enter(closed, out)

    def _choose(self, step: Choose, place: str, around: Around) -> None:
        limit = _soft_limit(step)
        if limit is None:
            self._cases(step, place, around, self._steps)
            return
        block = self.block(place, BlockKind.PART, around, time=limit)
        enter, looks = self.hole(), list[int]()

        def timed(steps: tuple[AnyStep, ...], parent: str, inner: Around) -> None:
            looks.extend(self._timed_steps(steps, parent, inner))

        self._cases(step, place, self.inside(around, block, {}), timed)
        self._close(block, enter, len(self.ops) + 1)
        self.add(Go(len(self.ops) + 1, block.depth))
        self._fill_overdue(looks, block, len(self.ops))

    def _cases(
        self,
        step: Choose,
        place: str,
        around: Around,
        lay_out: Callable[[tuple[AnyStep, ...], str, Around], None],
    ) -> None:
        ends = []
        for number, case in enumerate(step.cases):
            guard = self.hole()
            lay_out(case.steps, f"{place}/case-{number + 1}", around)
            ends.append(self.hole())
            self.ops[guard] = Guard(case.when, around.scope, len(self.ops))
        lay_out(step.otherwise, f"{place}/otherwise", around)
        for end in ends:
            self.ops[end] = Go(len(self.ops), len(around.scope.blocks))

    def _pass(self, step: Pass, place: str, around: Around) -> None:
        self.add(PassOn(step.role.name, step.to.name, around.scope))

    def _end(self, step: End, place: str, around: Around) -> None:
        if around.leave is None:
            self._finish(place, step.text, around)
            return
        page = self._moment(step, MomentKind.SAY, step.text, place, around)
        self.add(evolve(page, may_be_blank=step.text.may_be_blank))
        around.leave.jumps.append(self.hole())

    _LAYOUTS: ClassVar[dict[type[Step], Callable[..., None]]] = {
        Say: _say,
        Ask: _ask,
        Speak: _speak,
        Breathe: _breathe,
        Wait: _wait,
        Reveal: _reveal,
        Part: _part,
        Include: _include,
        Turns: _turns,
        ForEach: _for_each,
        RepeatUntil: _repeat_until,
        Choose: _choose,
        Pass: _pass,
        End: _end,
    }


def _soft_limit(step: Step) -> Seconds:
    """How long a block may take; it ends between its steps, never inside one."""
    return step.timer.at_most if step.timer else None


def place_of(step: AnyStep, parent: str, number: int) -> str:
    """The path of ids that a session knows a step by."""
    return step.id or (f"{parent}/{number + 1}" if parent else str(number + 1))


def expected(step: AnyStep, protocol: Protocol) -> float:
    """About how many seconds an outermost step takes, laid out alone."""
    alone = Layout(protocol)
    for other in steps_inside(protocol.steps):
        if isinstance(other, Ask):
            alone.slot(other.id, YesNo(), Around(Scope()), several=False)
    alone._step(step, "", Around(Scope()))
    return alone.seconds
