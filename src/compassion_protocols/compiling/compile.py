"""Lays a protocol's tree of steps out as a flat plan.

Each kind of step is laid out by one method of :class:`_Layout`, in the order in
which a session meets them; a jump forward is written as a hole first and filled
when its goal is known. The protocol is whole (its includes are linked) and has
passed the checks: nothing here looks for mistakes.

Every step is given a place: its own id, else the place of what it stands in and
its number there. A session's snapshot speaks of places only, so that it can be
read by any plan in which the ids are the same.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, ClassVar

from attrs import evolve, field, frozen

from compassion_protocols.compiling.pace import (
    EXPECTED_ITEMS,
    expected_people,
    expected_seconds,
)
from compassion_protocols.compiling.shape import shape_of
from compassion_protocols.findings import NOWHERE
from compassion_protocols.language.template import Template, parse_template
from compassion_protocols.model.answers import (
    Choice,
    Choices,
    ListOf,
    Number,
    Rank,
    Scale,
    YesNo,
)
from compassion_protocols.model.care import Rating
from compassion_protocols.model.names import ALL, EVERYONE, FACILITATOR, YOU, People, Ref
from compassion_protocols.model.plan import (
    Addressed,
    Again,
    Binding,
    Block,
    BlockKind,
    Enter,
    Finish,
    Go,
    Guard,
    Moment,
    MomentKind,
    OfAnswer,
    OfConstant,
    OfFacilitator,
    OfHolder,
    OfItem,
    OfListeners,
    OfOthers,
    OfReader,
    OfRole,
    OfSetting,
    OfSpeaker,
    Op,
    Overdue,
    PassOn,
    Plan,
    Scope,
    Seconds,
    Slot,
)
from compassion_protocols.model.protocol import UNNAMED_ROLE, Protocol
from compassion_protocols.model.steps import (
    AnyStep,
    Ask,
    Breathe,
    Choose,
    End,
    ForEach,
    Include,
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
    blocks_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compassion_protocols.language.values import Value
    from compassion_protocols.model.answers import AnswerKind

_RATING_TEXTS = {
    Rating.BEFORE: "Before you begin: how strong is any distress in you right now?",
    Rating.MIDWAY: "A short look inward: how strong is any distress in you right now?",
    Rating.AFTER: "Before you leave: how strong is any distress in you right now?",
}
_RATING_SCALE = Scale(ends=(0, 10), labels=((0, "none"), (10, "the most you can imagine")))
_RATING_EXAMPLE = 2
_LAST_PLACE = "/end"
"""Where a protocol ends that has said everything; no step can have this place."""

_BREATHE_TEXT = "Breathe along with the pace, or keep your own."
_REVEAL_TEXT = "Which of these would you like to show? Only what you pick is seen."
_REVEAL_WHOLE_TEXT = "Would you like to show what you wrote? It stays yours if not."


def compiled(protocol: Protocol) -> Plan:
    """The plan of a whole, clean protocol, without what a catalog adds to it."""
    layout = _Layout(protocol)
    layout.lay_out()
    layout.mark_private()
    ops, blocks = tuple(layout.ops), tuple(layout.blocks)
    total = layout.seconds
    return Plan(
        protocol=protocol,
        ops=ops,
        slots=tuple(layout.slots.values()),
        blocks=blocks,
        minutes_left=tuple((total - before) / 60 for before in layout.offsets),
        names=layout.names,
        shape=shape_of(protocol, ops),
        content="",
        moments={op.place: at for at, op in enumerate(ops) if isinstance(op, Moment | Finish)},
    )


@frozen
class _Around:
    """What stands around the step that is being laid out."""

    scope: Scope
    who: People = ALL
    leave: _Holes | None = None
    """Where an `end` of an include jumps from; None in the protocol itself."""


@frozen
class _Holes:
    """Jumps that wait for the end of an include, which has so many blocks around it."""

    depth: int
    jumps: list[int] = field(factory=list)


class _Layout:
    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.ops: list[Op] = []
        self.offsets: list[float] = []
        self.seconds = 0.0
        self.blocks: list[Block] = []
        self.slots: dict[str, Slot] = {}
        self.names = _names_of(protocol)
        self.defaults: dict[str, Value] = {s.name: s.default for s in protocol.settings}
        self.answer_names = {step.id for step in _steps_inside(protocol.steps) if step.id}

    # the whole

    def lay_out(self) -> None:
        outermost = _Around(Scope())
        ratings = self.protocol.care.distress
        if Rating.BEFORE in ratings:
            self._rating(Rating.BEFORE, outermost, "care/before")
        middle = self._middle() if Rating.MIDWAY in ratings else -1
        for number, step in enumerate(self.protocol.steps):
            if number == middle:
                self._rating(Rating.MIDWAY, outermost, "care/midway")
            self._step(step, _place(step, "", number), outermost)
        self._finish(_LAST_PLACE, None, outermost)

    def mark_private(self) -> None:
        """What shows a private answer is private itself."""
        private = {slot.name for slot in self.slots.values() if not self._is_open(slot)}
        for at, op in enumerate(self.ops):
            if isinstance(op, Moment) and not op.private:
                texts = [op.text] if op.hint is None else [op.text, op.hint]
                if any(private & text.reads for text in texts):
                    self.ops[at] = evolve(op, private=True)

    def _is_open(self, slot: Slot) -> bool:
        """Whether everyone may read the answers of a slot."""
        roles = {OfRole(role.name) for role in self.protocol.seats}
        return OfRole("") in slot.readers or roles <= set(slot.readers)

    def _middle(self) -> int:
        """Before which of the outermost steps half of the time is over."""
        lengths = [_expected(step, self.protocol) for step in self.protocol.steps]
        for number in range(1, len(lengths)):
            if sum(lengths[:number]) * 2 >= sum(lengths):
                return number
        return len(lengths) // 2

    def _rating(self, rating: Rating, around: _Around, place: str) -> None:
        name = f"care/{rating.value}"
        if name not in self.slots:
            # One answer a person, wherever the question stands: an `end` may stand in a loop.
            outermost = _Around(Scope())
            several = self._several(ALL, outermost)
            self._slot(name, _RATING_SCALE, outermost, several=several, care=True)
        self._add(
            Moment(
                place=place,
                kind=MomentKind.ASK,
                scope=around.scope,
                who=self._people(ALL, around),
                text=parse_template(_RATING_TEXTS[rating], NOWHERE),
                slot=self.slots[name],
                example=_RATING_EXAMPLE,
                private=True,
            )
        )

    def _finish(self, place: str, text: Template | None, around: _Around) -> None:
        if Rating.AFTER in self.protocol.care.distress:
            self._rating(Rating.AFTER, around, f"{place}/care/after")
        self._add(Finish(place, text, around.scope))

    # one step

    def _steps(self, steps: tuple[AnyStep, ...], parent: str, around: _Around) -> None:
        for number, step in enumerate(steps):
            self._step(step, _place(step, parent, number), around)

    def _step(self, step: AnyStep, place: str, around: _Around) -> None:
        if step.who is not None:
            around = evolve(around, who=step.who)
        guard = self._hole() if step.when is not None else -1
        self._LAYOUTS[type(step)](self, step, place, around)
        if step.when is not None:
            self.ops[guard] = Guard(step.when, around.scope, len(self.ops))

    def _say(self, step: Say, place: str, around: _Around) -> None:
        self._add(
            evolve(
                self._moment(step, MomentKind.SAY, step.text, place, around),
                duration=step.duration,
                may_be_blank=_may_be_blank(step.text),
            )
        )

    def _ask(self, step: Ask, place: str, around: _Around) -> None:
        who = step.who or around.who
        readers = () if step.shared is None else self._people(step.shared, around)
        several = self._several(who, around)
        slot = self._slot(step.id or place, step.answer, around, several=several, readers=readers)
        self._add(
            evolve(
                self._moment(step, MomentKind.ASK, step.text, place, around),
                slot=slot,
                needs=self._needs((step.text,), around, _refs_of(step.answer)),
                rules=step.rules,
                hint=step.hint,
                borrow=step.borrow,
                example=step.example,
                private=not self._is_open(slot),
            )
        )

    def _speak(self, step: Speak, place: str, around: _Around) -> None:
        moment = self._moment(step, MomentKind.SPEAK, step.text, place, around)
        at_least = step.at_least if step.at_least is not None else moment.at_least
        self._add(evolve(moment, duration=step.duration, at_least=at_least))

    def _breathe(self, step: Breathe, place: str, around: _Around) -> None:
        text = step.text if step.text is not None else parse_template(_BREATHE_TEXT, NOWHERE)
        moment = self._moment(step, MomentKind.BREATHE, text, place, around)
        self._add(
            evolve(
                moment,
                duration=step.duration,
                count=step.count,
                pattern=step.pattern,
                resume=step.resume or Resume.RESTART,
            )
        )

    def _wait(self, step: Wait, place: str, around: _Around) -> None:
        moment = self._moment(step, MomentKind.WAIT, step.text, place, around)
        at = self._add(
            evolve(
                moment,
                duration=step.duration,
                until=step.until,
                at_most=step.at_most if step.at_most is not None else moment.at_most,
                resume=step.resume or (Resume.DEADLINE if step.until else Resume.REMAINING),
            )
        )
        if step.otherwise:
            over = self._hole()
            self._fill_missed(at)
            self._steps(step.otherwise, f"{place}/otherwise", around)
            self.ops[over] = Go(len(self.ops), len(around.scope.blocks))

    def _fill_missed(self, at: int) -> None:
        moment = self.ops[at]
        if isinstance(moment, Moment):
            self.ops[at] = evolve(moment, missed=len(self.ops))

    def _reveal(self, step: Reveal, place: str, around: _Around) -> None:
        source = self.slots[step.answer.name]
        who = step.who or around.who
        slot = self._slot(
            step.id or place,
            source.kind,
            around,
            several=self._several(who, around),
            readers=self._people(step.to, around),
        )
        listed = isinstance(source.kind, ListOf | Choices | Rank)
        text = parse_template(_REVEAL_TEXT if listed else _REVEAL_WHOLE_TEXT, NOWHERE)
        self._add(
            evolve(
                self._moment(step, MomentKind.REVEAL, text, place, around),
                slot=slot,
                source=source,
                private=True,
            )
        )

    def _moment(
        self, step: Step, kind: MomentKind, text: Template, place: str, around: _Around
    ) -> Moment:
        timer = step.timer
        return Moment(
            place=place,
            kind=kind,
            scope=around.scope,
            who=self._people(step.who or around.who, around),
            text=text,
            meanwhile=step.meanwhile,
            note=step.note,
            needs=self._needs((text,), around),
            at_least=timer.at_least if timer else None,
            at_most=timer.at_most if timer else None,
            resume=step.resume or Resume.REMAINING,
        )

    # blocks

    def _part(self, step: Part | Include, place: str, around: _Around) -> None:
        steps = step.steps if isinstance(step, Part) else step.linked.steps if step.linked else ()
        limit = _soft_limit(step)
        if limit is None:
            self._steps(steps, place, around)
            return
        with_time = self._block(place, BlockKind.PART, around, time=limit)
        enter = self._hole()
        inner = self._inside(around, with_time, {}, gathers=False)
        exits = self._timed_steps(steps, place, inner)
        self._close(with_time, enter, len(self.ops) + 1)
        self._add(Go(len(self.ops) + 1, with_time.depth))
        self._fill_overdue(exits, with_time, len(self.ops))

    def _include(self, step: Include, place: str, around: _Around) -> None:
        for name, value in step.linked.constants if step.linked else ():
            self.names[name] = OfConstant(value)
            self.defaults[name] = value
        holes = _Holes(len(around.scope.blocks))
        self._part(step, place, evolve(around, leave=holes))
        for jump in holes.jumps:
            self.ops[jump] = Go(len(self.ops), holes.depth)

    def _turns(self, step: Turns, place: str, around: _Around) -> None:
        role = self._binding(step.role.name, around)
        block = self._block(
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

    def _for_each(self, step: ForEach, place: str, around: _Around) -> None:
        block = self._block(
            place,
            BlockKind.FOR_EACH,
            around,
            time=_soft_limit(step),
            items=step.items,
            item=step.item,
            order=step.order,
            until=step.until,
        )
        bound: dict[str, Binding] = {step.item: OfItem(block.depth)} if step.item else {}
        passes = step.items if isinstance(step.items, int) else EXPECTED_ITEMS
        self._loop(block, step.steps, place, around, bound, passes)

    def _repeat_until(self, step: RepeatUntil, place: str, around: _Around) -> None:
        block = self._block(
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
        around: _Around,
        bound: dict[str, Binding],
        passes: float,
        otherwise: tuple[AnyStep, ...] = (),
    ) -> None:
        """Enter, the steps, again; then what happens if a repetition never held."""
        enter, before = self._hole(), self.seconds
        inner = self._inside(around, block, bound, gathers=block.kind is not BlockKind.REPEAT)
        block = evolve(block, inner=inner.scope)
        exits = self._timed_steps(steps, place, inner)
        one_pass = self.seconds - before
        self.seconds += one_pass * (passes - 1)
        again = self._hole()
        not_held = len(self.ops)
        block = evolve(block, pass_minutes=one_pass / 60)
        self._steps(otherwise, f"{place}/otherwise", around)
        # A repetition that held jumps over `otherwise`; one that ran out of time does not.
        out = len(self.ops)
        self._close(block, enter, out)
        block = self.blocks[block.number]
        self.ops[again] = Again(block, enter + 1, out, not_held)
        self._fill_overdue(exits, block, not_held if otherwise else out)

    def _timed_steps(self, steps: tuple[AnyStep, ...], place: str, around: _Around) -> list[int]:
        """The steps of a block, with a look at its soft time before each but the first."""
        block = self.blocks[around.scope.blocks[-1]]
        looks = []
        for number, step in enumerate(steps):
            if number and block.time is not None:
                looks.append(self._hole())
            self._step(step, _place(step, place, number), around)
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

    def _choose(self, step: Choose, place: str, around: _Around) -> None:
        ends = []
        for number, case in enumerate(step.cases):
            guard = self._hole()
            self._steps(case.steps, f"{place}/case-{number + 1}", around)
            ends.append(self._hole())
            self.ops[guard] = Guard(case.when, around.scope, len(self.ops))
        self._steps(step.otherwise, f"{place}/otherwise", around)
        for end in ends:
            self.ops[end] = Go(len(self.ops), len(around.scope.blocks))

    def _pass(self, step: Pass, place: str, around: _Around) -> None:
        self._add(PassOn(step.role.name, step.to.name, around.scope))

    def _end(self, step: End, place: str, around: _Around) -> None:
        if around.leave is None:
            self._finish(place, step.text, around)
            return
        self._add(self._moment(step, MomentKind.SAY, step.text, place, around))
        around.leave.jumps.append(self._hole())

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

    # what is laid out

    def _add(self, op: Op) -> int:
        self.ops.append(op)
        self.offsets.append(self.seconds)
        if isinstance(op, Moment):
            self.seconds += expected_seconds(op, self.defaults)
        return len(self.ops) - 1

    def _hole(self) -> int:
        """A place for an operation whose goal is not known yet."""
        return self._add(Go(-1, 0))

    def _block(
        self,
        place: str,
        kind: BlockKind,
        around: _Around,
        *,
        time: Seconds = None,
        **more: object,
    ) -> Block:
        block = Block(
            number=len(self.blocks),
            place=place,
            kind=kind,
            scope=around.scope,
            depth=len(around.scope.blocks),
            time=time,
            **more,  # type: ignore[arg-type]  # each is a field of Block, given by name
        )
        self.blocks.append(block)
        return block

    def _inside(
        self, around: _Around, block: Block, bound: dict[str, Binding], *, gathers: bool
    ) -> _Around:
        scope = around.scope
        inner = Scope(
            names={**scope.names, **bound},
            blocks=(*scope.blocks, block.number),
            gathering=(*scope.gathering, block.depth) if gathers else scope.gathering,
            turns=(*scope.turns, block.depth) if block.kind is BlockKind.TURNS else scope.turns,
        )
        return evolve(around, scope=inner)

    def _slot(
        self,
        name: str,
        kind: AnswerKind,
        around: _Around,
        *,
        several: bool,
        readers: Addressed = (),
        care: bool = False,
    ) -> Slot:
        slot = Slot(len(self.slots), name, kind, around.scope, several, readers, care)
        self.slots[name] = slot
        self.names[name] = OfAnswer(slot.number)
        return slot

    # names

    def _binding(self, name: str, around: _Around) -> Binding:
        return around.scope.names.get(name) or self.names[name]

    def _people(self, people: People, around: _Around) -> Addressed:
        return tuple(self._binding(name, around) for name in people.names)

    def _several(self, people: People, around: _Around) -> bool:
        """Whether these may be more than one person, in some group that the protocol allows."""
        return len(people.names) > 1 or self._most(self._binding(people.names[0], around)) > 1

    def _most(self, binding: Binding) -> int:
        sizes = {role.name: role.most for role in self.protocol.seats}
        match binding:
            case OfRole(""):
                return sum(sizes.values())
            case OfRole(name):
                return sizes.get(name, 0)
            case OfListeners(depth):
                role = next(b.role for b in reversed(self.blocks) if b.depth == depth and b.role)
                return self._most(role) - 1
            case OfOthers(role):
                of = next(r.one_of for r in self.protocol.roles if r.name == role)
                return sizes.get(of, 0) - 1
            case _:
                return 1

    def _needs(
        self, texts: tuple[Template, ...], around: _Around, refs: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """The names that must have a value, of those that may have none."""
        read = {name for text in texts for name in text.required} | set(refs)
        return tuple(sorted(name for name in read if self._may_be_missing(name, around)))

    def _may_be_missing(self, name: str, around: _Around) -> bool:
        if name in self.answer_names:
            return True
        binding = around.scope.names.get(name) or self.names.get(name)
        uncertain = (OfItem, OfListeners, OfHolder, OfOthers, OfFacilitator)
        return binding is None or isinstance(binding, uncertain)


def _soft_limit(step: Step) -> Seconds:
    """How long a block may take; it ends between its steps, never inside one."""
    return step.timer.at_most if step.timer else None


def _names_of(protocol: Protocol) -> dict[str, Binding]:
    names: dict[str, Binding] = {
        EVERYONE: OfRole(""),
        FACILITATOR: OfFacilitator(),
        YOU: OfReader(),
    }
    for setting in protocol.settings:
        names[setting.name] = OfSetting(setting.name)
    for role in protocol.roles:
        names[role.name] = OfHolder(role.name) if role.one_of else OfRole(role.name)
        if role.others:
            names[role.others] = OfOthers(role.name)
    if not any(not role.one_of for role in protocol.roles):
        names[UNNAMED_ROLE] = OfRole("")
    return names


def _may_be_blank(text: Template) -> bool:
    """Whether a text is made of loops and branches alone, which may all come to nothing."""
    words = any(isinstance(part, str) and part.strip() for part in text.parts)
    return not words and not text.is_plain


def _place(step: AnyStep, parent: str, number: int) -> str:
    return step.id or (f"{parent}/{number + 1}" if parent else str(number + 1))


def _steps_inside(steps: tuple[AnyStep, ...]) -> Iterator[AnyStep]:
    for step in steps:
        yield step
        for block in blocks_of(step):
            yield from _steps_inside(block)


def _refs_of(kind: AnswerKind) -> tuple[str, ...]:
    """The names that the bounds and options of an answer are read by."""
    match kind:
        case Choice() | Choices() | Rank() if isinstance(kind.options, Ref):
            return (kind.options.name,)
        case Number() | ListOf():
            return tuple(b.name for b in (kind.least, kind.most) if isinstance(b, Ref))
        case _:
            return ()


def _expected(step: AnyStep, protocol: Protocol) -> float:
    """About how many seconds an outermost step takes, laid out alone."""
    alone = _Layout(protocol)
    for other in _steps_inside(protocol.steps):
        if isinstance(other, Ask):
            alone._slot(other.id, YesNo(), _Around(Scope()), several=False)
    alone._step(step, "", _Around(Scope()))
    return alone.seconds


def content_of(sources: tuple[tuple[str, str], ...]) -> str:
    """A hash of the files that a plan was made from."""
    digest = hashlib.sha256()
    for name, text in sources:
        digest.update(f"{name}\0{len(text)}\0{text}\0".encode())
    return digest.hexdigest()[:32]
