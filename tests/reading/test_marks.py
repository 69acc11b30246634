"""Nodes that know their place."""

from __future__ import annotations

import pytest

from compassion_protocols.findings import Span
from compassion_protocols.reading.compose import compose
from compassion_protocols.reading.marks import MarkedList, MarkedText, Style


@pytest.mark.parametrize(
    ("source", "style"),
    [
        ("a: b", Style.PLAIN),
        ("a: 'b'", Style.QUOTED),
        ('a: "b"', Style.QUOTED),
        ("a: |-\n  b", Style.BLOCK),
        ("a: >-\n  b", Style.BLOCK),
    ],
)
@pytest.mark.usefixtures("either_parser")
def test_a_text_knows_how_it_was_written(source: str, style: Style) -> None:
    """A text is plain, quoted or a block."""
    root = compose(source.encode(), "").root
    assert root is not None
    text = root["a"]
    assert isinstance(text, MarkedText)
    assert text == "b"
    assert text.style is style


def test_nodes_are_as_good_as_plain_ones() -> None:
    """A marked text can be looked up, compared and joined like any other."""
    text = MarkedText("you", 2, 3, "calm.yaml")
    assert {"you": 1}[text] == 1
    assert type(text + "!") is str
    assert text.span == Span("calm.yaml", 2, 3)
    assert MarkedList(4, 5, "calm.yaml").span == Span("calm.yaml", 4, 5)


def test_nodes_carry_nothing_more() -> None:
    """A node has no room for attributes that nobody declared."""
    with pytest.raises(AttributeError):
        MarkedText("you").colour = "blue"  # type: ignore[attr-defined]


def test_a_map_knows_the_places_of_its_names() -> None:
    """A map tells where each name and each value stands, and raises for a name it has not."""
    root = compose(b"a: b\nc: [d]\n", "calm.yaml").root
    assert root is not None
    assert root.key_spans == {"a": Span("calm.yaml", 1, 1), "c": Span("calm.yaml", 2, 1)}
    assert root.value_span("c") == Span("calm.yaml", 2, 4)
    with pytest.raises(KeyError):
        root.key_span("e")
    with pytest.raises(KeyError):
        root.value_span("e")
