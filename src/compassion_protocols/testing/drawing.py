"""Random plans and sessions: what was drawn as a file, ready to be run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from compassion_protocols.authoring.simulating.walks import FACILITATOR, NAMES
from compassion_protocols.catalog import Source
from compassion_protocols.checking.bounds import group_sizes
from compassion_protocols.loading import load
from compassion_protocols.model.care import FACILITATED_TIER
from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Screen
from compassion_protocols.testing.strategies import as_yaml, protocols
from compassion_protocols.testing.trials import seated

if TYPE_CHECKING:
    from compassion_protocols.model.plan import Plan

BEGIN = 1_000.0
"""When a drawn session begins, in epoch seconds."""

MOST_DRAWN = 5
"""How many people are drawn, unless the protocol wants more."""


@st.composite
def plans(draw: st.DrawFn, people: int | None = None, *, facilitated: bool | None = None) -> Plan:
    """The plan of a protocol that :func:`.protocols` drew, with the bundled care around it."""
    return load(Source("drawn", as_yaml(draw(protocols(people, facilitated=facilitated)))))


@st.composite
def sessions(draw: st.DrawFn, plan: Plan | None = None) -> Session:
    """A session that has just begun: of this plan, or of one that is drawn.

    Drawn are the size of the group (up to five, where the protocol allows so few), the screen, the
    seed, and whether someone facilitates where that is left open. Everyone counts as cleared.
    """
    of = draw(plans()) if plan is None else plan
    care = of.protocol.care
    sizes = list(group_sizes(of.protocol))
    few = [size for size in sizes if sum(size.values()) <= MOST_DRAWN]
    alone = care.clears is not None  # nobody is screened where others may look
    return Session.start(
        of,
        seated(draw(st.sampled_from(few or sizes[:1]))),
        at=BEGIN,
        cleared=NAMES,
        facilitator=FACILITATOR if care.tier >= FACILITATED_TIER or draw(st.booleans()) else None,
        screen=Screen.OWN if alone else draw(st.sampled_from(Screen)),
        seed=draw(st.integers(0, 9)),
    )
