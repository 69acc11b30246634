"""Whether the card says where things come from.

That a quoted seed really says so is looked up where the seeds are; here it is only that there is a
source for what is claimed, and that it can be found.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compassion_protocols.findings import Finding, nearest
from compassion_protocols.model.card import Citation, DoseSource, SeedSource

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from compassion_protocols.model.card import Card

SEEDS = ("000", "001", "002")
"""The articles that this library began with."""

_DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"<>]+")
_LONGEST_MINUTES = 24 * 60


def check_card(card: Card, practices: Collection[str] | None) -> Iterator[Finding]:
    """Every claim of a card that has no source.

    ``practices`` are those that are known; None if nobody has looked.
    """
    yield from _sources(card)
    yield from _dose(card)
    if practices is not None:
        yield from _practices(card, practices)


def _practices(card: Card, known: Collection[str]) -> Iterator[Finding]:
    for practice in card.practices:
        if practice not in known:
            message = f"There is no practice “{practice}”.{nearest(practice, known)}"
            remedy = "Name one that the library lists, or take it out."
            yield Finding("CP723", message, remedy, card.span)


def _sources(card: Card) -> Iterator[Finding]:
    for source in card.sources:
        if isinstance(source, SeedSource):
            if source.seed not in SEEDS:
                message = f"There is no seed “{source.seed}”."
                remedy = f"The seeds are {', '.join(SEEDS)}; anything else is a “cite”."
                yield Finding("CP720", message, remedy, source.span)
        elif source.doi and not _DOI.fullmatch(source.doi):
            message = f"“{source.doi}” is not a DOI."
            yield Finding("CP722", message, _doi_remedy(source.doi), source.span)


def _doi_remedy(written: str) -> str:
    found = _DOI.search(written)
    if found:
        return f"Write it without anything before it: {found[0]}"
    return "A DOI looks like 10.1080/09658210444000115; leave it out if there is none."


def _dose(card: Card) -> Iterator[Finding]:
    dose = card.dose
    wanted = _SUPPORT.get(dose.source)
    if wanted and not any(isinstance(source, wanted[0]) for source in card.sources):
        message = f"The dose is said to come from {wanted[1]}, and the sources name none."
        yield Finding("CP721", message, "Add it to the sources, or write default.", dose.span)
    if not 0 < dose.minutes <= _LONGEST_MINUTES:
        message = f"One sitting cannot take {dose.minutes} minutes."
        yield Finding("CP724", message, "Say about how many minutes one sitting takes.", dose.span)


_SUPPORT = {
    DoseSource.SEED: (SeedSource, "a seed"),
    DoseSource.LITERATURE: (Citation, "the literature"),
}
"""What kind of source stands behind each dose."""
