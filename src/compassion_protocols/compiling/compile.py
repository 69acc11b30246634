"""From a whole protocol to its plan."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from compassion_protocols.compiling.layout import Layout
from compassion_protocols.compiling.shape import shape_of
from compassion_protocols.model.plan import Finish, Moment, Plan

if TYPE_CHECKING:
    from compassion_protocols.model.protocol import Protocol


def compiled(protocol: Protocol, *, as_care: bool = False) -> Plan:
    """The plan of a whole, clean protocol, without what a catalog adds to it.

    With ``as_care``, for someone's own care: a closing text is a page like any
    other, since in a lane nothing stands at the end that could show it.
    """
    layout = Layout(protocol)
    layout.lay_out(as_care=as_care)
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


def content_of(sources: tuple[tuple[str, str], ...]) -> str:
    """A hash of the files that a plan was made from."""
    digest = hashlib.sha256()
    for name, text in sources:
        digest.update(f"{name}\0{len(text)}\0{text}\0".encode())
    return digest.hexdigest()[:32]
