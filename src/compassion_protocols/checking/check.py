"""Every question that is asked of a whole protocol, and all the findings at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.checking.gather import gather
from compassion_protocols.checking.names import check_names
from compassion_protocols.checking.references import check_references
from compassion_protocols.findings import in_order

if TYPE_CHECKING:
    from collections.abc import Collection

    from compassion_protocols.findings import Finding
    from compassion_protocols.model.protocol import Protocol


def check(
    protocol: Protocol, *, known_lists: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """The findings of a linked protocol, in order of place. ``known_lists`` are word lists."""
    facts = gather(protocol)
    return in_order([*check_names(facts), *check_references(facts, known_lists)])
