"""The small Markdown of texts, taken apart."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.render.prose import (
    Listing,
    Paragraph,
    Run,
    blocks,
    literal,
    plainly,
    runs,
)


def lines_of(text: str) -> list[list[str]]:
    """The characters of a text's blocks, line by line."""
    found = []
    for block in blocks(text):
        if isinstance(block, Listing):
            found.append([plainly(line) for item in block.items for line in item])
        else:
            found.append([plainly(line) for line in block.lines])
    return found


def test_a_newline_breaks_the_line() -> None:
    """A single newline breaks the line, and an empty line begins a new paragraph."""
    assert lines_of("one\ntwo\n\nthree") == [["one", "two"], ["three"]]


def test_a_list_goes_on_over_empty_lines() -> None:
    """Items with empty lines between them are one list."""
    [block] = blocks("- one\n\n\n- two")
    assert isinstance(block, Listing)
    assert len(block.items) == 2


def test_an_indented_line_belongs_to_its_item() -> None:
    """An indented line after an item, even after an empty line, is a line of that item."""
    [block] = blocks("- one\n  more\n\n  still\n- two")
    assert isinstance(block, Listing)
    assert [[plainly(line) for line in item] for item in block.items] == [
        ["one", "more", "still"],
        ["two"],
    ]


def test_a_list_may_stand_close_to_the_line_before() -> None:
    """A list is close if no empty line stands before it."""
    assert [getattr(block, "close", None) for block in blocks("a:\n- b\n\nc\n\n- d")] == [
        None, True, None, False,
    ]  # fmt: skip


def test_what_follows_a_list_is_a_paragraph() -> None:
    """A line that is not indented ends a list."""
    assert [type(block) for block in blocks("- a\nb")] == [Listing, Paragraph]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**a b**", [Run("a b", strong=True)]),
        ("*a* and _b_", [Run("a", emphasis=True), Run(" and "), Run("b", emphasis=True)]),
        ("“*a*”", [Run("“"), Run("a", emphasis=True), Run("”")]),
        ("a * b * c", [Run("a * b * c")]),
        ("7*7 and 3*4", [Run("7*7 and 3*4")]),
        ("snake_case_name", [Run("snake_case_name")]),
        ("*open", [Run("*open")]),
        ("***", [Run("***")]),
        ("", []),
    ],
)
def test_emphasis_stands_round_words(line: str, expected: list[Run]) -> None:
    """Marks of emphasis count where they stand round whole words, and nowhere else."""
    assert list(runs(line)) == expected


@pytest.mark.parametrize(
    "text", ["# a", "[a](b)", "<b>a</b>", "`a`", "> a", "1. a", "![a](b)", "&lt;", "a | b", "\\*a"]
)
def test_nothing_else_is_markdown(text: str) -> None:
    """Headings, links, HTML, code, quotes and numbered lists are shown as they were written."""
    assert blocks(text) == (Paragraph(((Run(text),),)),)


@given(st.text())
def test_nothing_visible_is_lost(text: str) -> None:
    """Every letter and digit of a text is in its blocks, in the same order."""
    kept = "".join(line for lines in lines_of(text) for line in lines)
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.text())
def test_a_literal_text_is_kept_as_it_is(text: str) -> None:
    """A text that is taken literally is its own lines."""
    assert [plainly(line) for line in literal(text)] == text.split("\n")


@pytest.mark.parametrize(
    "piece", ["*a ", "**a ", "_a ", " *a", "**a*", "\n", "- ", " \n", "*", "_"]
)
def test_time_grows_with_length(piece: str) -> None:
    """No text of the greatest length takes longer than a moment, whatever marks it is made of."""
    began = time.perf_counter()
    blocks(piece * (32_000 // len(piece)))
    assert time.perf_counter() - began < 1
