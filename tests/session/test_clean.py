"""A file that passes the checker cannot fail while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from compassion_protocols.session.rehearse import rehearsal
from compassion_protocols.testing import event_sequences, sessions
from tests.room import check_restoring

if TYPE_CHECKING:
    from compassion_protocols.session.session import Session


def _look(session: Session) -> None:
    for person in session.state.setup.people:
        assert session.view(person.id).text.strip()
        session.transcript(person.id)


@settings(max_examples=25)
@given(sessions())
def test_a_clean_file_plays_through_on_its_examples(session: Session) -> None:
    """Any clean protocol comes to its end on its own examples, with every view whole."""
    _look(session)
    for count, _ in enumerate(rehearsal(session)):
        _look(session)
        assert count < 5_000
    assert session.ended


@settings(max_examples=40)
@given(sessions(), st.data())
def test_a_clean_file_cannot_fail(session: Session, data: st.DataObject) -> None:
    """Whatever happens in a session of a clean protocol, every view and snapshot is whole."""
    for event in data.draw(event_sequences(session, most=40)):
        session.receive(event)
        _look(session)
        check_restoring(session)
