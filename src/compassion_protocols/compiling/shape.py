"""The hash of everything that a running session depends on.

Texts, word lists, translations and crisis lines may change under a live
session; places, kinds, answers, people, conditions and jumps may not. Two plans
with the same shape can continue each other's sessions.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from compassion_protocols.model.answers import without_labels
from compassion_protocols.model.plan import (
    Again,
    Block,
    Enter,
    Finish,
    Go,
    Guard,
    Moment,
    Op,
    Overdue,
    PassOn,
)

if TYPE_CHECKING:
    from compassion_protocols.model.protocol import Protocol


def shape_of(protocol: Protocol, ops: tuple[Op, ...]) -> str:
    """The hash, 32 hexadecimal digits."""
    seats = [(role.name, role.least, role.most, role.if_fewer) for role in protocol.seats]
    settings = [(type(setting).__name__, setting.name) for setting in protocol.settings]
    lines = [repr(protocol.id), repr(seats), repr(settings), *map(_line, ops)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def _line(op: Op) -> str:
    match op:
        case Moment():
            slot = op.slot
            answer = slot and (slot.name, without_labels(slot.kind), slot.several, slot.readers)
            source = op.source and op.source.name
            kept = (slot.keeping,) if slot is not None and slot.keeping is not None else ()
            return repr((op.place, op.kind, op.who, answer, source, op.needs, op.missed, *kept))
        case Enter() | Overdue():
            return repr((type(op).__name__, _block(op.block), op.out))
        case Again():
            return repr(("Again", _block(op.block), op.body, op.out, op.otherwise))
        case Guard():
            return repr(("Guard", op.condition.source, op.out))
        case Go() | PassOn():
            return repr(op if isinstance(op, Go) else ("PassOn", op.role, op.to))
        case Finish():
            return repr(("Finish", op.place))


def _block(block: Block) -> tuple[object, ...]:
    until = block.until and block.until.source
    return (block.place, block.kind, block.role, block.items, block.item, block.order, until)
