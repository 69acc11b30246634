"""Breaking lines between words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.render.prose import Run, plainly, runs
from compassion_protocols.render.wrapping import columns, wrapped


def broken(text: str, width: int) -> list[str]:
    """A text's lines."""
    return [plainly(line) for line in wrapped(runs(text), width)]


def test_lines_break_between_words() -> None:
    """A line is broken at the last blank that fits."""
    assert broken("one two three", 8) == ["one two", "three"]


def test_a_long_word_is_cut() -> None:
    """A word that is longer than a line is cut."""
    assert broken("a bbbbbb", 4) == ["a", "bbbb", "bb"]


def test_wide_characters_take_two_columns() -> None:
    """A wide character counts as two columns, and a mark on another as none."""
    assert broken("優しい風", 4) == ["優し", "い風"]
    assert columns("e\u0301\u200d") == 1


def test_a_word_keeps_its_emphasis_and_what_stands_beside_it() -> None:
    """A mark of punctuation stays with the emphasised word before it."""
    assert list(wrapped(runs("now *here*."), 6)) == [
        (Run("now"),),
        (Run("here", emphasis=True), Run(".")),
    ]


def test_an_empty_line_stays() -> None:
    """An empty line is one line with nothing on it."""
    assert list(wrapped((), 10)) == [()]


@given(st.text(), st.integers(2, 40))
def test_no_line_is_too_long(text: str, width: int) -> None:
    """No line has more columns than it may, and no visible character is lost."""
    line = (Run(text.replace("\n", " ")),)
    lines = [plainly(part) for part in wrapped(line, width)]
    assert all(columns(part) <= width for part in lines)
    kept = "".join(lines).replace(" ", "").replace("\t", "")
    assert kept == line[0].text.replace(" ", "").replace("\t", "")
