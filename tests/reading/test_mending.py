"""Mended lines, and the way back."""

from __future__ import annotations

from compassion_protocols.findings import Finding, Span
from compassion_protocols.reading.marks import MarkedList, MarkedMap, MarkedText
from compassion_protocols.reading.mending import (
    Shift,
    moved,
    replaced,
    restore,
    restored,
    spaced,
)
from compassion_protocols.reading.pieces import value_at, value_in_flow


def test_a_value_is_replaced_with_all_its_lines() -> None:
    """A new text of as many rows takes the place of the old one, and no row is added or lost."""
    lines = ("a: b", "  c", "d: e")
    mend = replaced(lines, value_at(lines, 0), "'b\n  c'")
    assert mend.lines == ("a: 'b", "  c'", "d: e")
    assert mend.until == (2, 0)


def test_inside_brackets_the_rest_of_the_line_moves() -> None:
    """Quotes inside brackets move what follows, and the mend says how far."""
    lines = ("a: [b c, d]",)
    mend = replaced(lines, value_in_flow(lines, (0, 4)), "'b c'")
    assert mend.lines == ("a: ['b c', d]",)
    assert mend.shift == Shift(0, 0, 9, 2)


def test_a_space_moves_what_follows() -> None:
    """A space put in moves the rest of its line by one."""
    mend = spaced(("x: 1", "a:b"), 1, 2)
    assert mend.lines == ("x: 1", "a: b")
    assert mend.shift == Shift(1, 1, 3, 1)


def test_lines_move_together() -> None:
    """A block of lines keeps its shape when its first line is moved."""
    mend = moved(("a: b", "   c:", "     d: e", "f: g"), (1, 2), 0)
    assert mend.lines == ("a: b", "c:", "  d: e", "f: g")
    assert mend.shift == Shift(1, 2, 0, -3)


def test_findings_return_to_their_places() -> None:
    """What is found in lines that moved is reported where it stands in the file."""
    shifts = [Shift(0, 0, 5, 2), Shift(0, 0, 9, 1)]
    finding = Finding("CP020", "", "", Span("calm.yaml", 1, 11))
    assert [f.span.column for f in restored([finding], shifts)] == [8]
    assert restored([finding], []) == [finding]


def test_every_node_returns_to_its_place() -> None:
    """Texts, names, lists and maps in a line that moved get the columns of the file."""
    key, text = MarkedText("a", 1, 4), MarkedText("b", 1, 8)
    inner = MarkedList(1, 7)
    inner.append(text)
    root = MarkedMap(1, 4)
    root.put(key, inner)
    restore(root, [Shift(0, 0, 3, 3)])
    assert [node.column for node in (root, root.written("a"), inner, text)] == [1, 1, 4, 5]
