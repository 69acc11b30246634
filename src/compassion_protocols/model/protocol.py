"""A whole protocol, as its author wrote it."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from compassion_protocols.findings import NOWHERE, Span
from compassion_protocols.model.adaptation import Adaptation
from compassion_protocols.model.author import author
from compassion_protocols.model.card import Card
from compassion_protocols.model.care import Care
from compassion_protocols.model.choices import IfFewer as IfFewer
from compassion_protocols.model.settings import AnySetting
from compassion_protocols.model.steps import AnyStep

LANGUAGE_VERSION = 1

MOST_PEOPLE = 12
"""The largest group for which every property is checked size by size."""

UNNAMED_ROLE = "person"
"""The role of everyone in a protocol that names no roles."""


class Audience(StrEnum):
    """Whom a protocol is for."""

    INDIVIDUAL = "individual"
    COUPLE = "couple"
    FAMILY = "family"
    GROUP = "group"


AUDIENCE_SIZES: dict[Audience, tuple[int, int]] = {
    Audience.INDIVIDUAL: (1, 1),
    Audience.COUPLE: (2, 2),
    Audience.FAMILY: (2, 8),
    Audience.GROUP: (3, MOST_PEOPLE),
}
"""The least and the most people of a protocol that names no roles."""


class Family(StrEnum):
    """The shelf of the catalog that a protocol stands on."""

    LISTENING = "listening"
    ASKING = "asking"
    REPAIR = "repair"
    RITUALS = "rituals"
    BODY = "body"
    SELF_COMPASSION = "self-compassion"
    MAINTENANCE = "maintenance"
    CARE = "care"


@frozen(kw_only=True)
class Role:
    """A part that people take: so many of them, or one of another role at a time."""

    name: str
    least: int = 0
    most: int = 0
    if_fewer: IfFewer = field(
        default=IfFewer.PAUSE,
        metadata=author("pause or end, when people leave and too few remain."),
    )
    one_of: str = field(
        default="", metadata=author("The role of which one person at a time is this.")
    )
    others: str = field(default="", metadata=author("A name for the rest of that role."))
    span: Span = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Protocol:
    """One exercise: who it is for, why, with what care, and its steps."""

    language: int = field(
        metadata=author("The version of the language: 1.", key="compassion_protocol")
    )
    id: str = field(metadata=author("Its name in the catalog."))
    version: str = field(metadata=author("Three numbers, like 1.0.0."))
    title: str = field(metadata=author("What people call it."))
    summary: str = field(metadata=author("One sentence."))
    family: Family = field(metadata=author("The shelf it stands on."))
    audience: tuple[Audience, ...] = field(
        metadata=author("individual, couple, family, group: one or several.")
    )
    card: Card = field(metadata=author("Why, how much, and where it comes from."))
    care: Care = field(metadata=author("Its tier and what it needs for safety."))
    roles: tuple[Role, ...] = field(default=(), metadata=author("The parts that people take."))
    settings: tuple[AnySetting, ...] = field(
        default=(), metadata=author("What may be chosen before it starts.")
    )
    steps: tuple[AnyStep, ...] = field(metadata=author("What happens, in order."))
    adaptation: Adaptation | None = None
    """Where it comes from, if it is written as an adaptation of another protocol."""
    span: Span = field(default=NOWHERE, eq=False, repr=False)
    seats: tuple[Role, ...] = field(init=False, eq=False, repr=False)
    """The roles that people are seated in; one unnamed role where none is written."""

    @seats.default
    def _its_seats(self) -> tuple[Role, ...]:
        named = tuple(role for role in self.roles if not role.one_of)
        if named:
            return named
        sizes = [AUDIENCE_SIZES[audience] for audience in self.audience]
        least, most = min(size[0] for size in sizes), max(size[1] for size in sizes)
        return (Role(name=UNNAMED_ROLE, least=least, most=most, span=self.span),)
