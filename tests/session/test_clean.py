"""A file that passes the checker cannot fail while it runs."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from compassion_protocols.catalog import Source, bundled, examine, load
from compassion_protocols.compiling.compile import compiled
from compassion_protocols.session.rehearse import rehearsal
from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Screen
from compassion_protocols.testing.strategies import Data, as_yaml, protocols
from tests.room import START, check_restoring
from tests.walks import walk

NAMES = ("Ana", "Ben", "Cem", "Dee")


@st.composite
def _sessions(draw: st.DrawFn) -> Session:
    data: Data = draw(protocols())
    found = examine(Source("drawn", as_yaml(data)), bundled())
    assert found.protocol is not None, [str(finding) for finding in found.findings]
    shelf = load("three-breath-pause")
    plan = evolve(compiled(found.protocol), care=shelf.care, phrases=shelf.phrases)
    least, most = plan.protocol.seats[0].least, plan.protocol.seats[0].most
    people = NAMES[: draw(st.integers(least, min(most, len(NAMES))))]
    return Session.start(
        plan,
        people,
        at=START,
        cleared=people,
        facilitator=draw(st.sampled_from([None, "Fay"])),
        screen=draw(st.sampled_from(Screen)),
        seed=draw(st.integers(0, 9)),
    )


def _look(session: Session) -> None:
    for person in session.state.setup.people:
        assert session.view(person.id).text.strip()
        session.transcript(person.id)


@settings(max_examples=25)
@given(_sessions())
def test_a_clean_file_plays_through_on_its_examples(session: Session) -> None:
    """Any clean protocol comes to its end on its own examples, with every view whole."""
    _look(session)
    for count, _ in enumerate(rehearsal(session)):
        _look(session)
        assert count < 5_000
    assert session.ended


@settings(max_examples=40)
@given(_sessions(), st.integers(0, 10**6))
def test_a_clean_file_cannot_fail(session: Session, seed: int) -> None:
    """Whatever happens in a session of a clean protocol, every view and snapshot is whole."""
    for _ in walk(session, seed, 40):
        _look(session)
        check_restoring(session)
