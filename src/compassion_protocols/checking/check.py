"""All proofs over one whole protocol, and everything that they find at once.

Each proof answers one question, and stands in :data:`PROOFS` under its name. A test takes each of
them away in turn, and must then miss something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.checking.absence import check_absence
from compassion_protocols.checking.address import check_address
from compassion_protocols.checking.assignment import check_assignment
from compassion_protocols.checking.bounds import check_bounds
from compassion_protocols.checking.braces import check_braces
from compassion_protocols.checking.card import check_card
from compassion_protocols.checking.care import check_care
from compassion_protocols.checking.completeness import check_completeness
from compassion_protocols.checking.content import check_content
from compassion_protocols.checking.dead_ends import check_dead_ends
from compassion_protocols.checking.examples import check_examples
from compassion_protocols.checking.fairness import check_fairness
from compassion_protocols.checking.fitting import check_fitting
from compassion_protocols.checking.flow import Flow
from compassion_protocols.checking.gather import gather
from compassion_protocols.checking.headcount import Headcount
from compassion_protocols.checking.holes import check_holes
from compassion_protocols.checking.instruments import check_instruments
from compassion_protocols.checking.keeping import check_keeping
from compassion_protocols.checking.lengths import Lengths
from compassion_protocols.checking.names import check_names
from compassion_protocols.checking.pausing import check_pausing
from compassion_protocols.checking.phrases import Phrases
from compassion_protocols.checking.privacy import check_privacy
from compassion_protocols.checking.reach import check_reach
from compassion_protocols.checking.reading_ease import check_reading_ease
from compassion_protocols.checking.references import check_references
from compassion_protocols.checking.shortfall import check_shortfall
from compassion_protocols.checking.sitting import check_sitting
from compassion_protocols.checking.texts import texts_of
from compassion_protocols.checking.timefit import check_timefit
from compassion_protocols.checking.unused import check_unused
from compassion_protocols.checking.wording import check_wording
from compassion_protocols.findings import CODES, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from compassion_protocols.checking.facts import Facts
    from compassion_protocols.checking.texts import Texts
    from compassion_protocols.findings import Finding
    from compassion_protocols.model.instruments import Instrument
    from compassion_protocols.model.practices import Practice
    from compassion_protocols.model.protocol import Protocol


class Subject(NamedTuple):
    """What the proofs look at: the facts, the ways, the people, times, and what the catalog has."""

    facts: Facts
    flow: Flow
    people: Headcount
    lengths: Lengths
    texts: Texts
    phrases: Phrases
    lists: Mapping[str, tuple[str, ...]] | None
    practices: Mapping[str, Practice] | None
    instruments: Mapping[str, Instrument] | None


PROOFS: dict[str, Callable[[Subject], Iterable[Finding]]] = {
    # what a name means
    "names": lambda of: check_names(of.facts),
    "braces": lambda of: check_braces(of.facts, of.texts),
    "references": lambda of: check_references(of.facts, of.lists),
    "fitting": lambda of: check_fitting(of.facts),
    "assignment": lambda of: check_assignment(of.facts, of.flow),
    # where the ways lead
    "reach": lambda of: check_reach(of.facts, of.flow),
    "bounds": lambda of: check_bounds(of.facts),
    "dead ends": lambda of: check_dead_ends(of.facts),
    "unused": lambda of: check_unused(of.facts),
    "keeping": lambda of: check_keeping(of.facts),
    # whether there is time
    "time fit": lambda of: check_timefit(of.lengths),
    "sitting": lambda of: check_sitting(of.facts, of.lengths),
    # what passes between people
    "privacy": lambda of: check_privacy(of.facts),
    "fairness": lambda of: check_fairness(of.facts),
    # who is there, and reads
    "absence": lambda of: check_absence(of.facts, of.people),
    "shortfall": lambda of: check_shortfall(of.facts, of.people, of.lengths),
    "holes": lambda of: check_holes(of.facts, of.flow, of.people),
    "address": lambda of: check_address(of.facts),
    # what questions are worth
    "examples": lambda of: check_examples(of.facts, of.lists),
    # what is watched over
    "care": lambda of: check_care(of.facts),
    "content": lambda of: check_content(of.facts.protocol, of.practices or {}, of.phrases),
    "pausing": lambda of: check_pausing(of.facts),
    # what the card claims
    "card": lambda of: check_card(of.facts.protocol.card, of.practices),
    "completeness": lambda of: check_completeness(of.facts.protocol),
    "instruments": lambda of: check_instruments(of.facts.protocol, of.instruments),
    # how it reads
    "reading ease": lambda of: check_reading_ease(of.texts),
    "wording": lambda of: check_wording(of.phrases),
}


def check(
    protocol: Protocol,
    *,
    known_lists: Mapping[str, tuple[str, ...]] | None = None,
    known_practices: Mapping[str, Practice] | None = None,
    known_instruments: Mapping[str, Instrument] | None = None,
    known_wordings: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[Finding, ...]:
    """Everything that is wrong with a whole (linked) protocol, in order of place. Raises nothing.

    ``known_lists`` holds the word lists of the protocol's language, ``known_practices`` and
    ``known_instruments`` what there is of these, and ``known_wordings`` what to write instead of
    the phrases of a list; what is None has not been looked at, and nothing is said about it.
    """
    facts = gather(protocol)
    texts = texts_of(facts)
    subject = Subject(
        facts=facts,
        flow=Flow(facts),
        people=Headcount(facts),
        lengths=Lengths(facts),
        texts=texts,
        phrases=Phrases(known_wordings or {}, texts),
        lists=known_lists,
        practices=known_practices,
        instruments=known_instruments,
    )
    found = in_order([finding for proof in PROOFS.values() for finding in proof(subject)])
    if any(finding.code == "CP401" for finding in found):
        # The name that nothing has may be the use that is missing.
        found = tuple([finding for finding in found if not CODES[finding.code].of_whole])
    return found
