"""Printed pages for the tests: with everything in them, and with a hostile text everywhere."""

from __future__ import annotations

from hypothesis import strategies as st

from compassion_protocols.authoring.paper.leaflet import (
    Chapter,
    Entry,
    Leaflet,
    Reader,
    Room,
    RoomKind,
)
from compassion_protocols.render.page import Section, list_of, literal_section, prose_section

HOSTILE = st.text(
    st.sampled_from("<>&\"'`*_[](){}#|~\\!-+=.:/ \n\r\t1aA\x00\x1b\u202e\u2028é") | st.characters(),
    max_size=50,
)


def leaflet_of(text: str, reader: Reader = Reader.PARTICIPANT) -> Leaflet:
    """A page on which this text stands at every place where an author's can stand."""
    rooms = tuple(Room(kind, 2, (text, "b"), text) for kind in RoomKind)
    sections = (
        prose_section("text", text),
        literal_section("hint", text, "A label of ours"),
        Section("borrow", list_of([text, text])),
        Section("invite", list_of([text])),
    )
    inner = Entry("1.1", text, (*sections, *rooms))
    return Leaflet(
        title=text,
        summary=text,
        reader=reader,
        about=text,
        chapters=(
            Chapter("why", text, sections),
            Chapter("steps", text, (), (Entry("1", "", sections, (inner,)), Entry("2", text))),
        ),
    )
