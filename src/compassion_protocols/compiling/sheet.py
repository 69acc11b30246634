"""The plan as far as it is laid out: its operations, blocks and answers, and what names mean.

A jump forward is added as a hole first, and filled when its goal is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from compassion_protocols.compiling.pace import expected_seconds
from compassion_protocols.model.names import ALL, EVERYONE, FACILITATOR, YOU, People
from compassion_protocols.model.plan import (
    Addressed,
    Binding,
    Block,
    BlockKind,
    Go,
    Keeping,
    Moment,
    OfAnswer,
    OfFacilitator,
    OfHolder,
    OfItem,
    OfListeners,
    OfOthers,
    OfReader,
    OfRole,
    OfSetting,
    Op,
    Scope,
    Seconds,
    Slot,
)
from compassion_protocols.model.protocol import UNNAMED_ROLE, Protocol
from compassion_protocols.model.steps import steps_inside

if TYPE_CHECKING:
    from compassion_protocols.language.template import Template
    from compassion_protocols.language.values import Value
    from compassion_protocols.model.answers import AnswerKind


@frozen
class Around:
    """What stands around the step that is being laid out."""

    scope: Scope
    who: People = ALL
    heading: Template | None = None
    """The title of the part that is being laid out."""
    leave: Holes | None = None
    """Where an `end` of an include jumps from; None in the protocol itself."""


@frozen
class Holes:
    """Jumps that wait for the end of an include, which has so many blocks around it."""

    depth: int
    jumps: list[int] = field(factory=list)


class Sheet:
    """What has been laid out of one protocol."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.ops: list[Op] = []
        self.offsets: list[float] = []
        self.seconds = 0.0
        self.blocks: list[Block] = []
        self.slots: dict[str, Slot] = {}
        self.names = names_of(protocol)
        self.defaults: dict[str, Value] = {s.name: s.default for s in protocol.settings}
        self.answer_names = {step.id for step in steps_inside(protocol.steps) if step.id}

    def add(self, op: Op) -> int:
        self.ops.append(op)
        self.offsets.append(self.seconds)
        if isinstance(op, Moment):
            self.seconds += expected_seconds(op, self.defaults)
        return len(self.ops) - 1

    def hole(self) -> int:
        """A place for an operation whose goal is not known yet."""
        return self.add(Go(-1, 0))

    def block(
        self,
        place: str,
        kind: BlockKind,
        around: Around,
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

    def inside(self, around: Around, block: Block, bound: dict[str, Binding]) -> Around:
        scope = around.scope
        inner = Scope(
            names={**scope.names, **bound},
            blocks=(*scope.blocks, block.number),
            gathering=(*scope.gathering, block.depth) if block.gathers else scope.gathering,
            turns=(*scope.turns, block.depth) if block.kind is BlockKind.TURNS else scope.turns,
        )
        return evolve(around, scope=inner)

    def slot(
        self,
        name: str,
        kind: AnswerKind,
        around: Around,
        *,
        several: bool,
        readers: Addressed = (),
        care: bool = False,
        keeping: Keeping | None = None,
    ) -> Slot:
        number = len(self.slots)
        slot = Slot(number, name, kind, around.scope, several, readers, care, keeping)
        self.slots[name] = slot
        self.names[name] = OfAnswer(slot.number)
        return slot

    # names

    def binding(self, name: str, around: Around) -> Binding:
        return around.scope.names.get(name) or self.names[name]

    def known(self, name: str, around: Around) -> Binding | None:
        """What a name means here; None for an answer of the pass before, asked further down."""
        return around.scope.names.get(name) or self.names.get(name)

    def people(self, people: People, around: Around) -> Addressed:
        return tuple(self.binding(name, around) for name in people.names)

    def several(self, people: People, around: Around) -> bool:
        """Whether these may be more than one person, in some group that the protocol allows."""
        return len(people.names) > 1 or self._most(self.binding(people.names[0], around)) > 1

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

    def needs(
        self, texts: tuple[Template, ...], around: Around, refs: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """The names that must have a value, of those that may have none."""
        read = {name for text in texts for name in text.required} | set(refs)
        return tuple(sorted(name for name in read if self._may_be_missing(name, around)))

    def _may_be_missing(self, name: str, around: Around) -> bool:
        if name in self.answer_names:
            return True
        binding = self.known(name, around)
        uncertain = (OfItem, OfListeners, OfHolder, OfOthers, OfFacilitator)
        return binding is None or isinstance(binding, uncertain)

    def mark_private(self) -> None:
        """What shows a private answer is private itself."""
        private = {slot.name for slot in self.slots.values() if not self.is_open(slot)}
        for at, op in enumerate(self.ops):
            if isinstance(op, Moment) and not op.private:
                texts = [op.text] if op.hint is None else [op.text, op.hint]
                if any(private & text.reads for text in texts):
                    self.ops[at] = evolve(op, private=True)

    def is_open(self, slot: Slot) -> bool:
        """Whether everyone may read the answers of a slot."""
        roles = {OfRole(role.name) for role in self.protocol.seats}
        return OfRole("") in slot.readers or roles <= set(slot.readers)


def names_of(protocol: Protocol) -> dict[str, Binding]:
    """What everybody's names mean: people, settings, roles."""
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
