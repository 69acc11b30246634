"""The card: why an exercise exists, how much of it, and where it comes from.

The items follow TIDieR (Hoffmann et al. 2014, doi:10.1136/bmj.g1687) as far as
the rest of the file does not say them already: the name, the procedure and the
people stand there, and the tier says whether someone has to lead it. Days are
texts here; whether they are days is looked at with the rest of the card.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from compassion_protocols.findings import NOWHERE, Span
from compassion_protocols.model.author import Written, author


class DoseSource(StrEnum):
    """Where the dose comes from."""

    SEED = "seed"
    LITERATURE = "literature"
    DEFAULT = "default"


class Relation(StrEnum):
    """How closely an exercise follows a source."""

    BASED_ON = "based_on"
    ADAPTED_FROM = "adapted_from"
    INSPIRED_BY = "inspired_by"


class Level(StrEnum):
    """Evidence: a trial of this exercise (A), of a package with it (B), consensus (C), seed (D)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Status(StrEnum):
    """How far a protocol has come."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    RETIRED = "retired"


@frozen(kw_only=True)
class Dose:
    """How long one sitting takes, in minutes, and how often."""

    minutes: int | float = field(metadata=author("How many minutes one sitting takes."))
    source: DoseSource = field(metadata=author("seed, literature or default."))
    frequency: str = field(default="", metadata=author("How often, in words."))
    span: Span = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class SeedSource:
    """A sentence in one of the articles that this library began with."""

    seed: str = field(metadata=author("The number of the article: 000, 001 or 002."))
    quote: str = field(metadata=author("A few words that stand in it, exactly."))
    span: Span = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Citation:
    """A published source, how closely it is followed, and what evidence it is."""

    cite: str = field(metadata=author("Author, year, title."))
    doi: str = field(default="", metadata=author("Its DOI, without a host."))
    relation: Relation | None = field(
        default=None, metadata=author("based_on, adapted_from or inspired_by.")
    )
    level: Level | None = field(default=None, metadata=author("The evidence: A, B, C or D."))
    span: Span = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Revision:
    """What one version of an exercise changed, and on which day."""

    version: str = field(metadata=author("The version that this made."))
    date: str = field(metadata=author("The day, as year-month-day."))
    what: str = field(metadata=author("What was changed, and why."))
    span: Span = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Card(Written):
    """What a person reads before choosing an exercise."""

    why: str = field(metadata=author("Why someone would do this, in a sentence or two."))
    dose: Dose = field(metadata=author("How long, and where that comes from."))
    sources: tuple[SeedSource | Citation, ...] = field(
        metadata=author("Where the exercise comes from: a seed's words or a citation.")
    )
    practices: tuple[str, ...] = field(
        default=(), metadata=author("Practices that this protocol carries.")
    )
    materials: tuple[str, ...] = field(default=(), metadata=author("What to have at hand."))
    setting: str = field(default="", metadata=author("Where it is best done."))
    delivery: str = field(default="", metadata=author("One device, two, or together in a room."))
    training: str = field(
        default="", metadata=author("What someone who leads it should know or have learned.")
    )
    fidelity: tuple[str, ...] = field(
        default=(), metadata=author("By what one can see that it was done as it was meant.")
    )
    instruments: tuple[str, ...] = field(
        default=(), metadata=author("Published questionnaires that it asks, by their ids.")
    )
    authors: tuple[str, ...] = field(default=(), metadata=author("Who wrote it."))
    licence: str = field(default="", metadata=author("Its SPDX licence."))
    status: Status = field(default=Status.DRAFT, metadata=author("draft, reviewed or retired."))
    reviewers: tuple[str, ...] = field(default=(), metadata=author("Who has looked it over."))
    reviewed_on: str = field(default="", metadata=author("On which day, as year-month-day."))
    next_review: str = field(
        default="", metadata=author("By which day it is to be looked over again.")
    )
    revisions: tuple[Revision, ...] = field(
        default=(), metadata=author("What each version since the first has changed.")
    )
