"""What is noted while a file is converted, and how its places are spoken of."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from compassion_protocols.findings import Finding, Span
from compassion_protocols.reading.compose import Composed, compose
from compassion_protocols.reading.marks import MarkedList, MarkedMap, MarkedText, Node
from compassion_protocols.reading.notes import (
    Absent,
    as_written,
    excuse,
    kind_of,
    note,
    note_of_language,
    said,
    start_of,
    taking_notes,
)
from tests.reading.written import read_text, written


def composed(text: str) -> tuple[Composed, MarkedMap]:
    """Compose a file, and give its root as well."""
    found = compose(text.encode(), "a.yaml")
    assert found.root is not None
    return found, found.root


def test_a_note_goes_to_the_file_that_is_read() -> None:
    """What is noted belongs to the file that is being read, and to no other."""
    outer, inner = composed("a: b")[0], composed("c: d")[0]
    with taking_notes(outer) as ours:
        with taking_notes(inner) as theirs:
            note("CP101", "a", "b", Span("c", 1, 1))
        note("CP102", "a", "b", Span("a", 1, 1))
    assert [finding.code for finding in theirs] == ["CP101"]
    assert [finding.code for finding in ours] == ["CP102"]


def test_threads_do_not_mix_their_notes() -> None:
    """Files that are read at the same time keep their findings apart."""
    texts = [written(f"- say: a\n  id: B{n}" if n % 2 else "- say: a") for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        readings = list(pool.map(read_text, texts))
    assert [len(reading.findings) for reading in readings] == [n % 2 for n in range(40)]


def test_nothing_is_said_of_what_is_absent() -> None:
    """Nothing is noted of what is missing, or where something was found before."""
    whole, root = composed('a: "\\ud800"\nb: c')
    with taking_notes(whole) as notes:
        note("CP101", "a", "b", Absent(1, 1, "a.yaml"))
        note("CP101", "a", "b", whole.findings[0].span)
        excuse(root["b"])
        note("CP101", "a", "b", root["b"])
    assert notes == []


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("for: 3", "“for: 3”"),
        ("'for' : 3", "“for: 3”"),
        ("for:\n  - 3", "“for”"),
        ("for: # it is a list\n  - 3", "“for”"),
        ("for: [3, 4]", "“for”"),
        ("for: {a: b}", "“for”"),
        ("for: " + "long " * 20, "“for: long long long long long long long long ”"),
    ],
)
def test_said(text: str, speech: str) -> None:
    """A value is spoken of with the name before it, as far as it is short."""
    whole, root = composed(text)
    with taking_notes(whole):
        assert said(root["for"]) == speech


def test_said_without_a_name() -> None:
    """A value in a list has no name, so it is spoken of as it was written."""
    whole, root = composed("k:\n- a: b\n- [c, {d: [e]}] # f\n- - g\n  - h")
    items = root["k"]
    assert isinstance(items, MarkedList)
    with taking_notes(whole):
        assert [said(item) for item in items] == ["“a: b”", "“[c, {d: [e]}]”", "“- g”"]
        assert said(MarkedText("x", 99, 1, "a.yaml")) == "“x”"


def test_as_written() -> None:
    """A node is shown from its first character to the end of its bracket or line."""
    whole, root = composed("a: {b: [c], d: {e: f}} # g\nh: i # j\nk: [l,\n  m]")
    with taking_notes(whole):
        assert as_written(root["a"]) == "{b: [c], d: {e: f}}"
        assert as_written(root["h"]) == "i"
        assert as_written(root["k"]) == "[l,"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("say: Hello", 1, 6),
        ("say: 'Hello'", 1, 7),
        ("say: |\n  Hello", 2, 3),
        ("say: |\n\n    Hello", 2, 5),
        ("say: |", 2, 1),
        ("say: |\n\n", 2, 1),
    ],
)
def test_start_of(text: str, line: int, column: int) -> None:
    """A text begins past its quote, or on the line below its sign."""
    whole, root = composed(text)
    say = root["say"]
    assert isinstance(say, MarkedText)
    with taking_notes(whole):
        assert start_of(say) == Span("a.yaml", line, column)


def test_what_the_language_finds() -> None:
    """A place in a folded text is found where it stands in the file."""
    whole, root = composed("say: one two\n  three four\nid: a")
    say = root["say"]
    assert isinstance(say, MarkedText)
    with taking_notes(whole) as notes:
        start = start_of(say)
        there = Span(start.file, start.line, start.column + say.index("four"))
        note_of_language(say, start, (Finding("CP201", "a", "b", there),))
    assert [finding.span for finding in notes] == [Span("a.yaml", 2, 9)]


def test_kind_of() -> None:
    """What stands in the place of a map is a list or a text."""
    root = composed("a: [b]\nc: d")[1]
    nodes: list[Node] = [root["a"], root["c"]]
    assert list(map(kind_of, nodes)) == ["a list", "a text"]
