"""Sessions that stand at some moment: of shipped protocols and of random clean ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from compassion_protocols.catalog import load
from compassion_protocols.testing import event_sequences
from compassion_protocols.testing import sessions as drawn
from tests.shipped import ALL

if TYPE_CHECKING:
    from compassion_protocols.session.session import Session


def sessions(*, shipped: bool) -> st.SearchStrategy[Session]:
    """Draw a session that begins, of any size that its protocol allows and on either screen."""
    return st.sampled_from([load(name) for name in ALL]).flatmap(drawn) if shipped else drawn()


@st.composite
def midway(draw: st.DrawFn, *, shipped: bool) -> Session:
    """Draw a session to which a few things have happened."""
    session = draw(sessions(shipped=shipped))
    for event in draw(event_sequences(session, most=draw(st.integers(0, 40)))):
        session.receive(event)
    return session
