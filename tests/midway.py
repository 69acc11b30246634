"""Sessions that stand at some moment: of shipped protocols and of random clean ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve
from hypothesis import strategies as st

from compassion_protocols.catalog import Source, bundled, examine, load
from compassion_protocols.compiling.compile import compiled
from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Screen
from compassion_protocols.testing.strategies import as_yaml, protocols
from tests.room import START
from tests.shipped import GUIDE, NAMES, SIZES
from tests.walks import walk

if TYPE_CHECKING:
    from compassion_protocols.model.plan import Plan

_LARGEST = 5
"""How many people take part at the most; more than five are five again."""


def drawn_plan(draw: st.DrawFn) -> Plan:
    """Draw a clean protocol, with the bundled care around it."""
    found = examine(Source("drawn", as_yaml(draw(protocols()))), bundled())
    assert found.protocol is not None, [str(finding) for finding in found.findings]
    shelf = load("three-breath-pause")
    return evolve(compiled(found.protocol), care=shelf.care, phrases=shelf.phrases)


@st.composite
def sessions(draw: st.DrawFn, *, shipped: bool) -> Session:
    """Draw a session that begins, of any size that its protocol allows and on either screen."""
    if shipped:
        small = [(name, people) for name, people in SIZES if people <= _LARGEST]
        name, people = draw(st.sampled_from(small))
        plan = load(name)
    else:
        plan = drawn_plan(draw)
        seat = plan.protocol.seats[0]
        people = draw(st.integers(seat.least, min(seat.most, _LARGEST)))
    with_guide = plan.protocol.care.tier >= 3 or draw(st.booleans())
    own_alone = plan.protocol.care.clears is not None
    return Session.start(
        plan,
        NAMES[:people],
        at=START,
        cleared=NAMES,
        facilitator=GUIDE if with_guide else None,
        screen=Screen.OWN if own_alone else draw(st.sampled_from(Screen)),
        seed=draw(st.integers(0, 9)),
    )


@st.composite
def midway(draw: st.DrawFn, *, shipped: bool) -> Session:
    """Draw a session to which a few things have happened, allowed and not."""
    session = draw(sessions(shipped=shipped))
    for _ in walk(session, draw(st.integers(0, 10**6)), draw(st.integers(0, 40))):
        pass
    return session
