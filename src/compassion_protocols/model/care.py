"""Care: what a protocol declares, and what a host may tighten.

The thresholds are design defaults, not validated cut-offs: a rating of 8 or
more before, a rise of 3 or more, or 7 or more after leads to grounding. They
may be lowered, never raised.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import Attribute, field, frozen

from compassion_protocols.language.condition import Condition
from compassion_protocols.model.author import Written, author

ADVISED_TIER = 2
"""The tier from which a facilitator is advisable, and from which more care is asked for."""

FACILITATED_TIER = 3
"""The tier that needs a facilitator."""


class Rating(StrEnum):
    """When the library asks each person, privately, how strong their distress is (0–10)."""

    BEFORE = "before"
    MIDWAY = "midway"
    AFTER = "after"


@frozen(kw_only=True)
class Care(Written):
    """What a protocol says about safety. It can ask for more care, never for less."""

    tier: int = field(
        metadata=author("0 light, 1 gentle, 2 a facilitator is advisable, 3 is required.")
    )
    screen: str = field(
        default="",
        metadata=author("A screening protocol that each person passes alone, before the start."),
    )
    not_for: tuple[str, ...] = field(
        default=(), metadata=author("Situations in which this exercise is not for you.")
    )
    before_you_start: tuple[str, ...] = field(
        default=(), metadata=author("Lines to read before starting.")
    )
    distress: tuple[Rating, ...] = field(
        default=(), metadata=author("When to ask for a rating: before, midway, after.")
    )
    clears: Condition | None = field(
        default=None,
        metadata=author("In a screening protocol: when its person is cleared to start."),
    )

    @property
    def rates_before_and_after(self) -> bool:
        """Whether what an exercise does to somebody can be told from their ratings."""
        return {Rating.BEFORE, Rating.AFTER} <= set(self.distress)


def _only_tighter(_: object, attribute: Attribute[int], value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{attribute.name} is a whole number")
    if not 1 <= value <= attribute.default:  # type: ignore[operator]
        raise ValueError(f"{attribute.name} may be lowered from {attribute.default}, never raised")


@frozen(kw_only=True)
class CarePolicy:
    """The thresholds of the distress rule; a host may lower them.

    ValueError when one is raised above its default.
    """

    before: int = field(default=8, validator=_only_tighter)
    rise: int = field(default=3, validator=_only_tighter)
    after: int = field(default=7, validator=_only_tighter)


@frozen(kw_only=True)
class CrisisLine:
    """One way to reach human help. ``verified_on`` is empty where nobody has checked it."""

    locale: str
    name: str
    purpose: str
    channel: str
    contact: str
    hours: str = ""
    languages: tuple[str, ...] = ()
    verified_on: str = ""
    source: str = ""
