"""From bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.findings import NOWHERE, Span
from compassion_protocols.reading.source import MOST_BYTES, read_source, unseen, visible


def test_text_is_read_line_by_line() -> None:
    """Lines end with a line feed, a carriage return, or both."""
    source = read_source(b"a: 1\nb: 2\r\nc: 3\rd: 4", "calm.yaml")
    assert source.lines == ("a: 1", "b: 2", "c: 3", "d: 4")
    assert source.readable
    assert source.findings == ()


def test_a_file_may_be_just_so_large() -> None:
    """A file of exactly the limit is read, and one byte more is not."""
    assert read_source(b"#" * MOST_BYTES, "calm.yaml").readable
    source = read_source(b"#" * (MOST_BYTES + 1), "calm.yaml")
    assert not source.readable
    assert "262,145" in source.findings[0].message


def test_the_byte_that_is_not_utf8_has_a_place() -> None:
    """The first byte that is not UTF-8 is counted from the file's beginning, and given its line."""
    finding = read_source(b"\xef\xbb\xbfa: 1\nb: \xc3\xa9\xff", "calm.yaml").findings[0]
    assert finding.span == Span("calm.yaml", 2, 5)
    assert finding.message == "Byte 14 of this file, on line 2, is not UTF-8."


def test_the_lines_of_a_file_that_is_not_utf8_can_be_shown() -> None:
    """Lines to show beside the finding are there even if some of their bytes make no character."""
    assert read_source(b"a: \xff\nb: 1", "calm.yaml").lines == ("a: \ufffd", "b: 1")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_recognised(encoding: str) -> None:
    """A file that some editors call Unicode is told what it is."""
    data = "\ufefftitle: Pause".encode(encoding)
    assert read_source(data, "calm.yaml").findings[0].message.endswith("It looks like UTF-16.")


def test_a_byte_order_mark_may_stand_first() -> None:
    """A byte order mark at the beginning is no part of the text."""
    assert read_source(b"\xef\xbb\xbfa: 1", "calm.yaml").text == "a: 1"


def test_what_nobody_sees_is_reported_once_a_kind() -> None:
    """Of each kind of invisible character the first is reported, with how many there are."""
    source = read_source("a: \x07\x1b\nb: \u202ec\u2028\n".encode(), "calm.yaml")
    assert [(f.code, str(f.span)) for f in source.findings] == [
        ("CP006", "calm.yaml:1:4"),
        ("CP007", "calm.yaml:2:4"),
    ]
    assert "U+0007" in source.findings[0].message
    assert "The file has 3 of this kind." in source.findings[0].message
    assert source.text == "a: \ufffd\ufffd\nb: \ufffdc\ufffd\n"
    assert source.readable


def test_a_file_with_nul_bytes_is_no_text() -> None:
    """A NUL means that the file was never text, so it is not read on."""
    source = read_source(b"a: \0\n", "calm.yaml")
    assert not source.readable
    assert [finding.code for finding in source.findings] == ["CP006"]


def test_hidden_characters_in_a_text_are_found() -> None:
    """A text that came by backslash codes is searched for controls and halves of characters."""
    assert [f.code for f in unseen("\x1b\ud800\u2066", NOWHERE)] == ["CP006", "CP007", "CP008"]
    assert unseen("naïve 👩‍👩‍👧 שלום\n\ttext", NOWHERE) == ()


@given(st.text())
def test_visible_text_is_as_long_and_clean(text: str) -> None:
    """Replacing what nobody sees moves no other character and leaves nothing to find."""
    assert len(visible(text)) == len(text)
    assert unseen(visible(text), NOWHERE) == ()
