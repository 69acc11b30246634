"""Every shipped protocol, for every number of people that it allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compassion_protocols.catalog import bundled
from compassion_protocols.loading import load
from compassion_protocols.session.session import Session
from tests.room import START

if TYPE_CHECKING:
    from compassion_protocols.model.plan import Plan

NAMES = ("Ana", "Ben", "Cem", "Dee", "Eli", "Fin", "Gus", "Hal", "Ida", "Jo", "Kim", "Lou")
GUIDE = "Zoe"

ALL = tuple(bundled().ids())
SMALLEST = tuple((name, load(name).protocol.seats[0].least) for name in ALL)
SIZES = tuple(
    (name, people)
    for name in ALL
    for people in range(load(name).protocol.seats[0].least, load(name).protocol.seats[0].most + 1)
)
"""Each shipped protocol with each size of its group."""


def start(plan: Plan, people: int, **more: Any) -> Session:  # noqa: ANN401  # of Session.start
    """A session with so many people, all cleared, and a facilitator where one is needed."""
    assert len(plan.protocol.seats) == 1
    guide = GUIDE if plan.protocol.care.tier >= 3 else None
    return Session.start(
        plan,
        NAMES[:people],
        at=START,
        cleared=NAMES,
        **{"facilitator": guide, **more},
    )


def ids(session: Session) -> list[str]:
    """Everyone's id, the facilitator's last."""
    return [person.id for person in session.state.setup.people]
