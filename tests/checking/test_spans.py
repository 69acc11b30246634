"""Where in a text a name stands."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.spans import in_lines, line, span_of
from compassion_protocols.findings import Span
from compassion_protocols.language.condition import parse_condition
from compassion_protocols.language.template import parse_template

START = Span("a.yaml", 4, 9)


@pytest.mark.parametrize(
    ("text", "name", "line", "expected"),
    [
        ("{{ need }}", "need", 0, (4, 12)),
        ("A need: {{ need }}", "need", 0, (4, 20)),
        ("{{ needs }} {{ need }}", "need", 0, (4, 24)),
        ("{{ r.need }} {{ need }}", "need", 0, (4, 25)),
        ("First.\n{% if need %}x{% endif %}", "need", 1, (5, 15)),
        ("{{ need }}", "pause.need", 0, (4, 9)),
        ("{{ pause.need }}", "pause.need", 0, (4, 12)),
        ("{{ need }}", "inner/1.need", 0, (4, 12)),
        ("{{\nneed }}", "need", 1, (5, 9)),
        ("{{ need }}", "", 0, (4, 9)),
        ("{{ need }}", "need", 7, (11, 9)),
        ("x" * 101 + "{{ need }}", "need", 0, (4, 9)),
    ],
)
def test_a_name_in_a_text(text: str, name: str, line: int, expected: tuple[int, int]) -> None:
    """A name is found between braces on its line, else the start of the line is given."""
    span = span_of(parse_template(text, START), name, line)
    assert (span.file, span.line, span.column) == ("a.yaml", *expected)


def test_a_name_in_a_condition() -> None:
    """In a condition names stand without braces."""
    span = span_of(parse_condition("a.need == need", START), "need")
    assert (span.line, span.column) == (4, 19)


def test_lines_of_two_files() -> None:
    """A line of another file is told with that file's name, and one of no file as it is."""
    base = Span("a\\shelf/b.yaml", 9)
    assert line(START.further(3), START) == "line 7"
    assert line(Span("", 3), START) == "line 3"
    assert in_lines([base, base.further(1), START], START) == "line 4 and lines 9 and 10 of b.yaml"
