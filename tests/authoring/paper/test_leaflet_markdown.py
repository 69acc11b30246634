"""A printed page as Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.authoring.paper.handout import handout
from compassion_protocols.authoring.paper.leaflet import (
    Chapter,
    Entry,
    Leaflet,
    Reader,
    Room,
    RoomKind,
)
from compassion_protocols.authoring.paper.leaflet_markdown import LINE, leaflet_as_markdown
from compassion_protocols.loading import load
from tests.authoring.hostile import with_text
from tests.authoring.paper.leaflets import HOSTILE, leaflet_of
from tests.authoring.paper.test_handout import SHIPPED


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_page_has_its_headings(name: str, reader: Reader) -> None:
    """Every shipped page has one title, a heading for each chapter, and no other."""
    leaflet = handout(load(name), reader)
    text = leaflet_as_markdown(leaflet)
    headings = re.findall(r"^#+ .*", text, re.MULTILINE)
    assert headings == [f"# {leaflet.title}", *(f"## {each.heading}" for each in leaflet.chapters)]
    assert ("*For whoever leads it*" in text) is (reader is Reader.FACILITATOR)


@given(HOSTILE)
def test_no_text_becomes_more_than_text(text: str) -> None:
    """Whatever stands in a text, there is no heading, link, HTML or code beside the page's own."""
    written = leaflet_as_markdown(leaflet_of(text))
    plain = re.sub(r"\\.", "", written)
    assert not re.search(r"[`<\[\]|~]", plain)
    assert all(char not in written for char in "\x00\x1b\u202e")
    headings = [line for line in written.splitlines() if re.match(r"\s*#{1,6}(\s|$)", line)]
    assert len(headings) == 3


@given(HOSTILE, st.sampled_from(SHIPPED))
def test_no_protocol_becomes_more_than_text(text: str, name: str) -> None:
    """Whatever stands in all the texts of a protocol, there is nothing but text on its page."""
    leaflet = handout(with_text(load(name), text), Reader.PARTICIPANT)
    written = leaflet_as_markdown(leaflet)
    assert not re.search(r"[`<|~]", re.sub(r"\\.", "", written))
    headings = [line for line in written.splitlines() if re.match(r"\s*#{1,6}(\s|$)", line)]
    assert len(headings) == 1 + len(leaflet.chapters)


def test_rooms_are_written() -> None:
    """Lines, items, boxes, numbers and scales are signs that print."""
    rooms = (
        Room(RoomKind.LINES, 2),
        Room(RoomKind.ITEMS, 2, label="Some"),
        Room(RoomKind.BOXES, labels=("a_b", "c")),
        Room(RoomKind.ORDER, labels=("a",)),
        Room(RoomKind.SCALE, labels=("0 none", "1")),
    )
    leaflet = Leaflet(
        "T", "S", Reader.PARTICIPANT, "A", (Chapter("steps", "H", (), (Entry("1", "", rooms),)),)
    )
    assert leaflet_as_markdown(leaflet) == (
        f"# T\n\nS\n\n*A*\n\n## H\n\n**1**\n\n{LINE}\n\n{LINE}\n\nSome:\n\n1. {LINE}\n2. {LINE}\n\n"
        "- ☐ a\\_b\n- ☐ c\n\n- \\_\\_\\_ a\n\n0 none · 1\n"
    )
