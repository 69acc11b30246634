"""One pass over a parser's events."""

from __future__ import annotations

import pytest

from compassion_protocols.findings import Finding, Span
from compassion_protocols.reading.compose import compose
from compassion_protocols.reading.events import (
    LONGEST_KEY,
    LONGEST_TEXT,
    MOST_DEPTH,
    MOST_NODES,
    Reading,
)
from compassion_protocols.reading.marks import MarkedMap


def read(text: str) -> tuple[MarkedMap | None, tuple[Finding, ...]]:
    """Compose a file with this text."""
    composed = compose(text.encode(), "calm.yaml")
    return composed.root, composed.findings


def test_limits_are_the_last_that_is_allowed() -> None:
    """A file at every limit at once is fine."""
    deep = "[" * (MOST_DEPTH - 1) + "]" * (MOST_DEPTH - 1)
    many = "[" + "x, " * (MOST_NODES - MOST_DEPTH - 6) + "]"
    text = f"deep: {deep}\n{'k' * LONGEST_KEY}: {'t' * LONGEST_TEXT}\nmany: {many}\n"
    assert read(text)[1] == ()
    assert [finding.code for finding in read(text + "one: more\n")[1]] == ["CP025"]


def test_the_first_entry_too_many_is_pointed_at() -> None:
    """A file with one entry too many is told where just that one stands."""
    lines = ["many:", *["- x"] * (MOST_NODES - 2)]
    assert read("\n".join(lines[:-1]))[1] == ()
    [finding] = read("\n".join(lines))[1]
    assert (finding.code, finding.span) == ("CP025", Span("calm.yaml", len(lines), 3))


@pytest.mark.parametrize("entry", ["- []\n", "- {}\n", "- a\n", "-\n", "- *a\n"])
def test_every_kind_of_node_counts(entry: str) -> None:
    """Lists, maps, texts, empty entries and aliases all count towards the limit."""
    codes = [finding.code for finding in read("a:\n" + entry * (MOST_NODES + 1))[1]]
    assert codes.count("CP025") == 1


def test_too_deep_ends_the_reading_there() -> None:
    """The place of what is too deep is the first list or map beyond the limit."""
    root, findings = read("a: " + "[" * 40)
    assert root is None
    assert [str(finding.span) for finding in findings] == ["calm.yaml:1:35"]


def test_a_name_that_stands_twice_names_both_lines() -> None:
    """The first of two equal names counts, and the finding at the second names both lines."""
    root, findings = read("say: Hello\nask: Why?\nsay: Goodbye\n")
    assert root == {"say": "Hello", "ask": "Why?"}
    assert "on line 1 and on line 3" in findings[0].message
    assert str(findings[0].span) == "calm.yaml:3:1"


def test_the_same_name_in_two_maps_is_fine() -> None:
    """A name may stand again in another map, inside or beside."""
    assert read("a: {a: {a: 1}}\nb: {a: 2}\n")[1] == ()


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("{a: {[b]: c}}", "A list"),
        ("a: {? {b: c} : d}", "A map"),
        (": a", "There is no name"),
        ("? \n: a\n", "There is no name"),
    ],
)
def test_a_name_is_one_text(source: str, what: str) -> None:
    """A list, a map or nothing at all is no name, and its value goes nowhere."""
    root, findings = read(source)
    assert [finding.code for finding in findings] == ["CP021"]
    assert findings[0].message.startswith(what)
    assert root in ({}, {"a": {}}, None)


def test_a_name_that_is_too_long_is_dropped() -> None:
    """A name beyond the limit is reported with its length, and its value goes nowhere."""
    root, findings = read(f"{'a' * 200}: b\nc: d\n")
    assert root == {"c": "d"}
    assert "200" in findings[0].message


def test_numbers_and_flags_may_be_names() -> None:
    """Names are texts as written, whatever they look like."""
    assert read("0: none\n10: most\nyes: no\nnull: ~\n") == (
        {"0": "none", "10": "most", "yes": "no", "null": "~"},
        (),
    )


@pytest.mark.usefixtures("either_parser")
def test_a_tag_is_shown_as_written() -> None:
    """A tag's finding shows the tag, and the value is kept without it."""
    root, findings = read("say: !Wow that is new\nlist: !!seq [a]\nboth: &x !y z\n")
    assert root == {"say": "that is new", "list": ["a"], "both": "z"}
    assert [finding.code for finding in findings] == ["CP033", "CP033", "CP030", "CP033"]
    assert "“!Wow”" in findings[0].message
    assert "“!!seq”" in findings[1].message


@pytest.mark.usefixtures("either_parser")
def test_codes_cannot_smuggle_characters_in() -> None:
    """A control or direction character by its backslash code is found at its text."""
    root, findings = read('a: fine\nb: "\\e[2J \\u202e"\nc: "plain \\t \\xe9"\n')
    assert root == {"a": "fine", "b": "\ufffd[2J \ufffd", "c": "plain \t é"}
    assert [(finding.code, finding.span.line) for finding in findings] == [
        ("CP006", 2),
        ("CP007", 2),
    ]


def test_a_text_that_is_too_long_is_cut() -> None:
    """A text beyond the limit is reported with its length, and kept up to the limit."""
    root, findings = read(f"a: {'b' * 30_000}\n")
    assert root == {"a": "b" * LONGEST_TEXT}
    assert "30,000" in findings[0].message


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n", "---\n", "~\n", "null"])
@pytest.mark.usefixtures("either_parser")
def test_nothing_is_an_empty_file(text: str) -> None:
    """A file of nothing but comments, blank lines or null is empty."""
    root, findings = read(text)
    assert root is None
    assert [finding.code for finding in findings] == ["CP003"]


@pytest.mark.parametrize(("text", "what"), [("- a\n", "a list"), ("hello", "a single text")])
def test_the_root_is_a_map(text: str, what: str) -> None:
    """A file that holds a list or one text is told what it holds and what belongs there."""
    root, findings = read(text)
    assert root is None
    assert what in findings[0].message
    assert "compassion_protocol: 1" in findings[0].remedy


@pytest.mark.parametrize("text", ["--- \na: 1\n", "%YAML 1.2\n---\na: 1\n", "a: 1\n...\n"])
def test_document_marks_are_fine_round_one_document(text: str) -> None:
    """One document may begin and end with its marks."""
    assert read(text) == ({"a": "1"}, ())


def test_nothing_was_read_before_reading() -> None:
    """A reading that has not begun has no map and no finding."""
    reading = Reading((), "calm.yaml")
    assert reading.map() is None
    assert reading.findings == []
    assert reading.slip is None
