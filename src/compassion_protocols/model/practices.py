"""The practices that a protocol may carry, and the care that each calls for.

Which practices there are is data of the catalog, since a library grows; what care can be called for
stands here, since each kind of it has to be looked for in a way of its own.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from compassion_protocols.model.protocol import Family


class Call(StrEnum):
    """What a practice calls for: a tier, ratings, or a line that people read before or in it."""

    LED = "led"
    ADVISED = "advised"
    RATINGS = "ratings"
    NOT_FOR = "not_for"
    HARM = "harm"
    EYES = "eyes"
    ANCHOR = "anchor"
    SHORT = "short"
    OWN_BREATH = "own_breath"
    ANY_MUSCLE = "any_muscle"
    CRAMP = "cramp"
    INJURY = "injury"
    WARMTH = "warmth"


@frozen
class Practice:
    """One practice: its id, the shelf that it belongs on, and what it calls for."""

    id: str
    family: Family
    calls: tuple[Call, ...] = ()
