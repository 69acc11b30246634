"""Texts that are easy to read, and others."""

from __future__ import annotations

import pytest

from compassion_protocols.catalog import bundled
from compassion_protocols.checking.reading_ease import HIGHEST_GRADE, reading_grade
from compassion_protocols.loading import load
from tests.checking.found import codes, findings, whole

EASY = "Sit down where you can see the door. You do not have to do this well. "
"""Sixteen words, of about grade 2."""

HARD = "Subsequently consider whether any appreciation might be communicated to the individual. "
"""Eleven words, of a grade far beyond any school."""


def saying(*texts: str) -> str:
    """Write a protocol that says these."""
    return "steps:\n" + "".join(f"  - say: {text.strip()}\n" for text in texts)


def test_an_easy_protocol() -> None:
    """What reads easily has a low grade and no finding."""
    text = saying(*[EASY] * 8)
    assert codes(text) == []
    grade = reading_grade(whole(text))
    assert grade is not None
    assert grade < 4


def test_a_hard_protocol() -> None:
    """What is hard as a whole is found once, where its longest sentence stands."""
    longest = "And " + HARD
    [finding] = findings(saying(*[EASY, HARD] * 3, longest, *[HARD] * 3))
    assert finding.code == "CP750"
    assert finding.span.line == 17
    assert (
        "12 words: “And Subsequently consider whether any appreciation might be …”"
        in finding.message
    )


def test_one_hard_text() -> None:
    """In a protocol that is easy as a whole, one text that is far above is found at its place."""
    [finding] = findings(saying(*[EASY] * 20, HARD * 3))
    assert finding.code == "CP751"
    assert finding.span.line == 31
    assert "11 words" in finding.message


def test_a_hard_text_that_is_short() -> None:
    """A single short text is not looked at: its grade would say nothing."""
    assert codes(saying(*[EASY] * 20, HARD)) == []


def test_a_short_protocol_has_no_grade() -> None:
    """Of less than a hundred words nothing is said."""
    text = saying(HARD, HARD)
    assert codes(text) == []
    assert reading_grade(whole(text)) is None


def test_another_language_has_no_grade() -> None:
    """The grade is of English alone."""
    german = "Verantwortungsbewusstsein entwickelt sich unwillkürlich, sobald Menschen zuhören. "
    text = saying(*[german * 3] * 6)
    assert codes(text) == []
    assert reading_grade(whole(text)) is None


def test_a_short_sentence_is_quoted_whole() -> None:
    """A longest sentence of few words is shown as it is."""
    hard = "Responsibilities accumulate continuously. "
    found = [one.message for one in findings(saying(*[EASY] * 30, hard * 9))]
    assert found[0].endswith("has 3 words: “Responsibilities accumulate continuously.”.")


@pytest.mark.parametrize("name", bundled().ids())
def test_shipped_protocols_read_easily(name: str) -> None:
    """Every shipped protocol has a grade, and it is well within what most people take in."""
    grade = reading_grade(load(name).protocol)
    assert grade is not None
    assert grade <= HIGHEST_GRADE
