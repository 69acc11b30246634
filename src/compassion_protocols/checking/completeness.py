"""Whether the description of an exercise is complete, so that someone else could do the same.

TIDieR (Hoffmann et al. 2014, doi:10.1136/bmj.g1687) names twelve things that have to be told of
an intervention before others can repeat it. A protocol file tells some of them by being one: its
title, its steps, its roles and tier, its settings; and what actually happened stands in each
session's transcript. The rest is written on the card, or is missing.

Completeness is asked for where a card claims to be reviewed. A draft may be unfinished, and what
is retired is not looked at any more. :func:`completeness` tells of any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.findings import Finding
from compassion_protocols.model.card import Status
from compassion_protocols.model.care import ADVISED_TIER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compassion_protocols.model.card import Card
    from compassion_protocols.model.protocol import Protocol

FIRST_VERSION = "1.0.0"


class Item(NamedTuple):
    """One of the twelve: its number, its name, where a file says it, and whether this one does.

    ``unsaid`` is what a reader misses, and ``remedy`` what to write; both are empty for what every
    protocol says by being one.
    """

    number: int
    name: str
    key: str
    said: bool
    unsaid: str = ""
    remedy: str = ""


def completeness(protocol: Protocol) -> tuple[Item, ...]:
    """The twelve items of TIDieR in their order, and which of them this protocol says."""
    return tuple(
        [
            Item(number, name, key, said(protocol), unsaid, remedy)
            for number, name, key, said, unsaid, remedy in _ITEMS
        ]
    )


def check_completeness(protocol: Protocol) -> Iterator[Finding]:
    """Everything that a reviewed card has yet to say."""
    card = protocol.card
    if card.status is not Status.REVIEWED:
        return
    for item in completeness(protocol):
        if not item.said:
            message = f"{item.unsaid.removesuffix('.')} (TIDieR, item {item.number})."
            yield Finding("CP730", message, item.remedy, card.at("status"))
    missing = [words for said, words in _review(card) if not said]
    if missing:
        message = f"This card says that it was reviewed, and not {' or '.join(missing)}."
        remedy = "Write reviewers, reviewed_on and next_review; or status: draft until then."
        yield Finding("CP731", message, remedy, card.at("status"))


def _review(card: Card) -> tuple[tuple[bool, str], ...]:
    return (
        (bool(card.reviewers), "by whom"),
        (bool(card.reviewed_on), "on which day"),
        (bool(card.next_review), "when anyone will look again"),
    )


def _always(_: Protocol) -> bool:
    return True


def _who_leads(protocol: Protocol) -> bool:
    return protocol.care.tier < ADVISED_TIER or bool(protocol.card.training)


def _modifications(protocol: Protocol) -> bool:
    told = {revision.version for revision in protocol.card.revisions}
    return protocol.version == FIRST_VERSION or protocol.version in told


_ITEMS: tuple[tuple[int, str, str, Callable[[Protocol], bool], str, str], ...] = (
    (1, "name", "title", _always, "", ""),
    (2, "why", "why", _always, "", ""),
    (
        3,
        "materials",
        "materials",
        lambda protocol: bool(protocol.card.materials),
        "Nothing says what to have at hand, so people look for it in the middle of the exercise.",
        "Write materials with what is needed; “Nothing at all” is an answer too.",
    ),
    (4, "procedure", "steps", _always, "", ""),
    (
        5,
        "who leads it",
        "training",
        _who_leads,
        "Nothing says what someone who leads this should know, so anyone might take it on.",
        "Write training with what they should know or have learned.",
    ),
    (
        6,
        "how it is delivered",
        "delivery",
        lambda protocol: bool(protocol.card.delivery),
        "Nothing says whether people sit at one screen, at two, or together in a room.",
        "Write delivery with the ways in which this can be done.",
    ),
    (
        7,
        "where",
        "setting",
        lambda protocol: bool(protocol.card.setting),
        "Nothing says where this is best done, so people may begin where they are interrupted.",
        "Write setting with a place that goes well with it.",
    ),
    (
        8,
        "how often",
        "dose.frequency",
        lambda protocol: bool(protocol.card.dose.frequency),
        "Nothing says how often, so nobody can tell a single try from a practice.",
        "Write frequency in the dose, in words.",
    ),
    (9, "tailoring", "settings", _always, "", ""),
    (
        10,
        "modifications",
        "revisions",
        _modifications,
        "Nothing says what this version changed, so two studies may not have studied the same.",
        "Add this version to revisions, with its day and what was changed.",
    ),
    (
        11,
        "fidelity",
        "fidelity",
        lambda protocol: bool(protocol.card.fidelity),
        "Nothing says how to see that it was done as meant, so a poor result explains nothing.",
        "Write fidelity with two or three things that one could see or hear.",
    ),
    (12, "what was done", "the transcript of each session", _always, "", ""),
)
"""Number, name, the key that says it, whether it is said, what is missed without it, the remedy."""
