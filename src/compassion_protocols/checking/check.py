"""All proofs over one whole protocol, and everything that they find at once.

Each proof answers one question, and stands in :data:`PROOFS` under its name. A test takes each of
them away in turn, and must then miss something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.checking.absence import check_absence
from compassion_protocols.checking.address import check_address
from compassion_protocols.checking.assignment import check_assignment
from compassion_protocols.checking.bounds import check_bounds
from compassion_protocols.checking.card import check_card
from compassion_protocols.checking.care import check_care
from compassion_protocols.checking.examples import check_examples
from compassion_protocols.checking.fitting import check_fitting
from compassion_protocols.checking.flow import Flow
from compassion_protocols.checking.gather import gather
from compassion_protocols.checking.headcount import Headcount
from compassion_protocols.checking.holes import check_holes
from compassion_protocols.checking.names import check_names
from compassion_protocols.checking.privacy import check_privacy
from compassion_protocols.checking.reach import check_reach
from compassion_protocols.checking.references import check_references
from compassion_protocols.findings import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from compassion_protocols.checking.facts import Facts
    from compassion_protocols.findings import Finding
    from compassion_protocols.model.protocol import Protocol


@frozen
class Subject:
    """What the proofs look at: the facts, the ways, the people, and what the catalog has."""

    facts: Facts
    flow: Flow
    people: Headcount
    lists: Mapping[str, tuple[str, ...]] | None
    practices: Collection[str] | None


PROOFS: dict[str, Callable[[Subject], Iterable[Finding]]] = {
    # what a name means
    "names": lambda of: check_names(of.facts),
    "references": lambda of: check_references(of.facts, of.lists),
    "fitting": lambda of: check_fitting(of.facts),
    "assignment": lambda of: check_assignment(of.facts, of.flow),
    # where the ways lead
    "reach": lambda of: check_reach(of.facts, of.flow),
    "bounds": lambda of: check_bounds(of.facts),
    # what passes between people
    "privacy": lambda of: check_privacy(of.facts),
    # who is there
    "absence": lambda of: check_absence(of.facts, of.people),
    "holes": lambda of: check_holes(of.facts, of.flow, of.people),
    # what questions are worth
    "examples": lambda of: check_examples(of.facts, of.lists),
    # what people are told, and what is watched over
    "care": lambda of: check_care(of.facts),
    "address": lambda of: check_address(of.facts),
    "card": lambda of: check_card(of.facts.protocol.card, of.practices),
}


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
    subject = Subject(facts, Flow(facts), Headcount(facts), known_lists, known_practices)
    return in_order([finding for proof in PROOFS.values() for finding in proof(subject)])
