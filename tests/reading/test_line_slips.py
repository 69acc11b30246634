"""Lines that stand in the wrong place."""

from __future__ import annotations

import pytest

from compassion_protocols.reading.compose import Composed, compose

pytestmark = pytest.mark.usefixtures("either_parser")


def read(text: str) -> Composed:
    """Compose a file with this text."""
    return compose(text.encode(), "calm.yaml")


@pytest.mark.parametrize("text", ["a:\n\tb: 1\n", "a: 1\n\tb: 2\n", "a:\n  - b\n  \t- c\n"])
def test_a_tab_is_no_indentation(text: str) -> None:
    """A tab before a line is reported where it stands."""
    finding = read(text).findings[0]
    assert finding.code == "CP011"
    assert text.splitlines()[finding.span.line - 1][finding.span.column - 1] == "\t"


@pytest.mark.parametrize(
    ("text", "remedy", "root"),
    [
        ("a: 1\nsay:Hello\nb: 2\n", "say: Hello", {"a": "1", "say": "Hello", "b": "2"}),
        ("say:Hello\nb: 2\n", "say: Hello", {"say": "Hello", "b": "2"}),
        ("a:{b: [c]}\nd: e\n", "a: {b: [c]}", {"a": {"b": ["c"]}, "d": "e"}),
        ("s:\n  -say: a\n    for: b\n", "- say: a", {"s": [{"say": "a", "for": "b"}]}),
        ("s:\n  - say: a\n  -say: b\n", "- say: b", {"s": [{"say": "a"}, {"say": "b"}]}),
    ],
)
def test_a_space_is_missing(text: str, remedy: str, root: object) -> None:
    """A colon or a dash without a space after it is shown with one, and reading goes on."""
    composed = read(text)
    assert composed.findings[0].code == "CP016"
    assert composed.findings[0].remedy == f"Put one there: {remedy}"
    assert composed.root == root


@pytest.mark.parametrize("text", ['"-a": 1\n', "{-a: 1}\n", "-1: 1\n", "<a: 1\n"])
def test_a_name_may_begin_oddly(text: str) -> None:
    """A dash is part of a name where nobody could take it for the dash of a list."""
    composed = read(text)
    assert composed.findings == ()
    assert read(text + text).findings[0].code in {"CP020", "CP004"}


@pytest.mark.parametrize(("text", "line"), [("say hello\nb: 2\n", 1), ("a: 1\nsay hello\n", 2)])
def test_a_colon_is_missing(text: str, line: int) -> None:
    """A line that has no colon is reported as such."""
    composed = read(text)
    assert composed.root is None
    assert [(finding.code, finding.span.line) for finding in composed.findings] == [("CP016", line)]
    assert "no colon" in composed.findings[0].message


def test_a_line_reads_as_more_of_the_text_above() -> None:
    """A name too far in is moved under the one above, if the lines below it bear that out."""
    composed = read("s:\n  - say: a\n      for: 3m\n      to:\n        - b\n  - say: c\n")
    assert [str(finding.span) for finding in composed.findings] == ["calm.yaml:3:7"]
    assert "column 5" in composed.findings[0].remedy
    assert composed.root == {"s": [{"say": "a", "for": "3m", "to": ["b"]}, {"say": "c"}]}
    assert composed.root["s"][0].key_span("to").column == 7  # type: ignore[index, union-attr]


def test_which_of_two_lines_is_wrong_may_be_open() -> None:
    """A name too far in stays where it is if the lines below stand as far in."""
    composed = read("s:\n  a:\n    - b:\n       c: 1\n     d: 2\n     e: 3\n")
    assert composed.root is None
    composed = read("s:\n  - a: b\n     c: d\n     e: f\n    g: h\n")
    assert composed.root == {"s": [{"a": "b", "c": "d", "e": "f", "g": "h"}]}
    composed = read("s:\n- a: b\n     c: d\n   g: h\n")
    assert composed.root is None
    assert len(composed.findings) == 1


def test_words_and_a_colon_may_be_more_of_a_text() -> None:
    """A line too far in that begins with no name is part of the text, which then wants quotes."""
    composed = read("say: Breathe in\n  Remember this: slowly\nfor: 3m\n")
    assert [finding.code for finding in composed.findings] == ["CP015"]
    assert composed.root == {"say": "Breathe in Remember this: slowly", "for": "3m"}


def test_a_dash_among_names() -> None:
    """A list right under its map's names is told to take a name of its own."""
    composed = read("a: 1\n- b\n")
    assert composed.root is None
    assert composed.findings[0].code == "CP015"
    assert "begins with a dash" in composed.findings[0].message


def test_a_name_among_dashes() -> None:
    """A name right under the dashes is moved in where its neighbours below stand there."""
    composed = read("s:\n  - a: 1\n  b: 2\n    c: 3\n")
    assert composed.root == {"s": [{"a": "1", "b": "2", "c": "3"}]}
    assert [str(finding.span) for finding in composed.findings] == ["calm.yaml:3:3"]
    assert read("s:\n  - a: 1\n  b: 2\n").root is None


@pytest.mark.parametrize(
    ("text", "place", "columns"),
    [
        ("a:\n    b: 1\n  c: 2\n", "3:3", "column 1 or 5."),
        ("s:\n  - say: a\n - say: b\n", "3:2", "column 1 or 3."),
        ("a: 'b'\n  c: d\n", "2:3", "column 1."),
    ],
)
def test_a_line_begins_where_nothing_does(text: str, place: str, columns: str) -> None:
    """A line in a column of its own is told which columns would fit."""
    composed = read(text)
    assert [str(finding.span) for finding in composed.findings] == [f"calm.yaml:{place}"]
    assert composed.findings[0].code == "CP015"
    assert composed.findings[0].remedy.endswith(columns)
