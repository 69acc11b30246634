"""Whether the card says where things come from.

That a quoted seed really says so is looked up where the seeds are; here it is only that there is a
source for what is claimed, and that it can be found.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from compassion_protocols.findings import Finding, nearest
from compassion_protocols.model.card import Citation, DoseSource, Level, SeedSource

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from compassion_protocols.model.card import Card

SEEDS = ("000", "001", "002")
"""The articles that this library began with."""

_DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"<>]+")
LONGEST_MINUTES = 24 * 60


def check_card(card: Card, practices: Collection[str] | None) -> Iterator[Finding]:
    """Every claim of a card that has no source.

    ``practices`` are those that are known; None if nobody has looked.
    """
    yield from _sources(card)
    yield from _dose(card)
    yield from _days(card)
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
        else:
            yield from _citation(source)


def _citation(source: Citation) -> Iterator[Finding]:
    """A published source can be found, and says what it is to this exercise."""
    if source.doi and not _DOI.fullmatch(source.doi):
        message = f"“{source.doi}” is not a DOI."
        yield Finding("CP722", message, _doi_remedy(source.doi), source.span)
    unsaid = [key for key in ("relation", "level") if getattr(source, key) is None]
    if source.doi and unsaid:
        told = " and ".join([_UNSAID[key] for key in unsaid])
        message = f"Beside this source nothing says {told}, and readers will expect the best."
        remedy = " ".join([_TO_SAY[key] for key in unsaid])
        yield Finding("CP734", message, remedy, source.span)
    if source.level in _TRIALS and not source.doi and not _FINDABLE.search(source.cite):
        message = f"Level {source.level} says that there was a trial, and nobody could look it up."
        remedy = "Add its DOI, or the year; or write level: C."
        yield Finding("CP735", message, remedy, source.span)


_UNSAID = {
    "relation": "how closely it is followed",
    "level": "what evidence it is",
}
_TO_SAY = {
    "relation": "Write relation: based_on, adapted_from or inspired_by.",
    "level": "Write level: A, B, C or D.",
}
_TRIALS = frozenset({Level.A, Level.B})
_FINDABLE = re.compile(r"\b(?:1[89]|20)[0-9]{2}\b|\bISBN\b|\bNCT[0-9]{8}\b")
"""A year, the number of a book or of a registered trial: one of them is enough to look it up."""


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
    if not 0 < dose.minutes <= LONGEST_MINUTES:
        message = f"One sitting cannot take {dose.minutes} minutes."
        yield Finding("CP724", message, "Say about how many minutes one sitting takes.", dose.span)


_SUPPORT = {
    DoseSource.SEED: (SeedSource, "a seed"),
    DoseSource.LITERATURE: (Citation, "the literature"),
}
"""What kind of source stands behind each dose."""


# Days


def _days(card: Card) -> Iterator[Finding]:
    """Every day that is none, or that comes before what it should follow."""
    for key, written, span in (
        ("reviewed_on", card.reviewed_on, card.at("reviewed_on")),
        ("next_review", card.next_review, card.at("next_review")),
        *(("date", revision.date, revision.span) for revision in card.revisions),
    ):
        if written and _day(written) is None:
            message = f"“{written}” is not a day, so nobody can tell how old this is."
            yield Finding("CP732", message, f"Write {key} as in 2026-11-20.", span)
    last, following = _day(card.reviewed_on), _day(card.next_review)
    if last and following and following <= last:
        message = f"The next review, {following}, does not come after the last, {last}."
        yield Finding("CP732", message, "Write a later day as next_review.", card.at("next_review"))


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        return None
