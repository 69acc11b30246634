"""Where YAML gave up."""

from __future__ import annotations

from compassion_protocols.findings import Span
from compassion_protocols.reading.trouble import Scene, Trouble, span_of


def test_a_place_is_told_as_a_reader_counts() -> None:
    """Rows and columns from 0 become lines and columns from 1."""
    assert span_of(("a", "b"), (1, 0), "calm.yaml") == Span("calm.yaml", 2, 1)


def test_what_lies_past_the_end_is_the_end() -> None:
    """A place past the last line is the end of that line, and the beginning of an empty file."""
    assert span_of(("a", "bcd"), (2, 0), "calm.yaml") == Span("calm.yaml", 2, 4)
    assert span_of((), (0, 0), "calm.yaml") == Span("calm.yaml", 1, 1)


def test_a_scene_ends_with_its_lines() -> None:
    """Past the last line a scene holds empty lines and no characters."""
    scene = Scene(("  a", "", " b"), "calm.yaml", Trouble(""))
    assert (scene.line(9), scene.char((9, 0)), scene.indent(9)) == ("", "", 0)
    assert (scene.next_indent(0), scene.next_indent(2)) == (1, 0)
