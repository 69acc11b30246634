"""All proofs over one whole protocol, and everything that they find at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.checking.assignment import check_assignment
from compassion_protocols.checking.bounds import check_bounds
from compassion_protocols.checking.card import check_card
from compassion_protocols.checking.care import check_care
from compassion_protocols.checking.examples import check_examples
from compassion_protocols.checking.fitting import check_fitting
from compassion_protocols.checking.flow import Flow
from compassion_protocols.checking.gather import gather
from compassion_protocols.checking.names import check_names
from compassion_protocols.checking.reach import check_reach
from compassion_protocols.checking.references import check_references
from compassion_protocols.findings import in_order

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from compassion_protocols.findings import Finding
    from compassion_protocols.model.protocol import Protocol


def check(
    protocol: Protocol,
    *,
    known_lists: Mapping[str, tuple[str, ...]] | None = None,
    known_practices: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """Everything that is wrong with a whole (linked) protocol, in order of place. Raises nothing.

    ``known_lists`` holds the word lists of the protocol's language, ``known_practices`` the
    practices that there are; what is None has not been looked at, and nothing is said about it.
    """
    facts = gather(protocol)
    flow = Flow(facts)
    return in_order(
        (
            *check_names(facts),
            *check_references(facts, known_lists),
            *check_fitting(facts),
            *check_assignment(facts, flow),
            *check_reach(facts, flow),
            *check_bounds(facts),
            *check_examples(facts, known_lists),
            *check_care(facts),
            *check_card(protocol.card, known_practices),
        )
    )
