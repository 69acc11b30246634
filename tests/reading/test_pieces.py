"""The stretch of source that stands for one value."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.reading.pieces import (
    quoted,
    shown,
    single_quoted,
    value_at,
    value_in_flow,
)

LINES = st.text("ab:-'\"[] #", max_size=30)


@pytest.mark.parametrize(
    ("line", "text", "owner"),
    [
        ("say: Hello", "Hello", 0),
        ("  - say: Hello # aloud", "Hello", 4),
        ("  - - Hello", "Hello", 4),
        ('"say it": Hello', "Hello", 0),
        ("at most: Note: this", "Note: this", 0),
        ("say: ", "say:", 0),
        ("Hello", "Hello", 0),
    ],
)
def test_a_value_begins_after_its_name(line: str, text: str, owner: int) -> None:
    """A value begins after the dashes and the name on its line, and ends before a comment."""
    piece = value_at((line.rstrip() if text == "say:" else line,), 0)
    assert (piece.text, piece.owner) == (text, owner)


def test_a_value_goes_on_while_lines_stand_further_in() -> None:
    """Lines further in than the name belong to its value, blank ones between them too."""
    piece = value_at(("- say: one", "    two", "", "   three", "  ask: four"), 0)
    assert piece.last == 3
    assert piece.text == "one\n    two\n\n   three"


def test_past_the_lines_there_is_no_value() -> None:
    """A row that is not there holds an empty, unnamed value."""
    piece = value_at(("a: b",), 1)
    assert (piece.text, piece.named) == ("", False)


@given(LINES)
def test_a_piece_is_part_of_its_line(line: str) -> None:
    """On whatever line, a value is found where the piece says it begins."""
    piece = value_at((line,), 0)
    assert line[piece.column :].startswith(piece.text)
    assert piece.owner <= piece.column or not piece.named


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("[{{ a }} b, c]", "{{ a }} b"),
        ("[{% if a, b %}c]", "{% if a, b %}c"),
        ("[{{ a }}: 1]", "{{ a }}"),
        ("[a]", "a"),
        ("[]", ""),
    ],
)
def test_inside_brackets_a_value_ends_at_a_comma(line: str, text: str) -> None:
    """Inside brackets a value ends at the comma or bracket outside its template."""
    assert value_in_flow((line,), (0, 1)).text == text


def test_past_the_lines_there_is_no_value_in_brackets() -> None:
    """A place that is not there holds an empty value."""
    assert value_in_flow((), (3, 0)).text == ""


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20).map(str.strip))
def test_quoted_texts_are_read_back(text: str) -> None:
    """A text in the quotes chosen for it is that text to YAML."""
    assert yaml.safe_load(quoted(text)) == text
    assert yaml.safe_load(single_quoted(text)) == text


def test_what_is_shown_is_short() -> None:
    """A text is shown on one line, and cut where a message could not bear it."""
    assert shown("one\n  two") == "one two"
    assert len(shown("word " * 30)) == 60
    assert shown("word " * 30).endswith("…")
