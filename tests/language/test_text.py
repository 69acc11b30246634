"""Counting and cleaning, in any script, in time that grows with the length alone."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.language.text import (
    LONGEST_ANSWER,
    MOST_MARKS,
    clean,
    count_sentences,
    count_words,
    printable,
    sentences,
    tokens,
    unquoted,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n\t", 0),
        ("— … ! 🙂", 0),
        ("I hear you.", 3),
        ("Don't. Don’t.", 2),
        ("a self-kind, co\u2010regulating day", 4),
        ("3.5 hours, 1,000 times, at 17:30", 6),
        ("well--or not, 3,4th", 5),
        ("one,two;three/four", 4),
        ("over—there", 2),
        ("_calm_ **now**", 2),
        ("naïve café", 2),
        ("nai\u0308ve cafe\u0301", 2),
        ("Ich fühle mich müde", 4),
        ("Мне грустно", 2),
        ("می‌خواهم استراحت کنم", 3),
        ("أَنَا مُتْعَب", 2),
        ("मैं थक गया हूँ", 4),
        ("나는 피곤해", 2),
        ("我很难过。", 4),
        ("わたしはトーストがすき", 11),
        ("ฉันเหนื่อย", 2),
        ("ฉันเหนื่อย มาก", 3),
        ("ខ្ញុំហត់", 2),
        ("我 love 你", 3),
    ],
)
def test_words(text: str, words: int) -> None:
    """Words are counted in any script."""
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", 0),
        ("🙂 …", 0),
        ("42", 1),
        ("42.", 1),
        ("I felt alone", 1),
        ("I felt alone.", 1),
        ("I felt alone. You left.", 2),
        ("i felt alone. you left.", 2),
        ("Really?! Yes!!!", 2),
        ("I was... tired.", 1),
        ("I was… Then I slept.", 2),
        ("I was.. well.", 1),
        ("It took 3.5 hours.", 1),
        ("See example.com for more.", 1),
        ("We met Dr. Lee, e.g. on Monday.", 1),
        ("I came at 5 p.m. and left.", 1),
        ("I came at 5 p.m. Then I left.", 2),
        ("Tea, rest, etc. You know.", 2),
        ("J. R. came by.", 1),
        ("So do I. Now you.", 2),
        ("1. Rest 2. Walk", 2),
        ("1. Rest.\n2. Walk.", 2),
        ("“I am tired.” That is all.", 2),
        ("(It rained.) We stayed.", 2),
        ("One line\nand its rest", 1),
        ("A paragraph\n\nand another", 2),
        ("A paragraph.\n \nAnother.", 2),
        ("我很难过。你走了！为什么？", 3),
        ("「疲れた。」と言った。", 2),
        ("मैं थक गया। तुम गए।", 2),
        ("أنا متعب. لماذا؟", 2),
        ("میں تھک گیا۔ تم گئے۔", 2),
        ("Ես հոգնած եմ։ Դու գնացիր։", 2),
    ],
)
def test_sentences(text: str, sentences: int) -> None:
    """A sentence ends at its mark, and not at abbreviations, decimals or numbers of a list."""
    assert count_sentences(text) == sentences


def test_tokens() -> None:
    """A token is compared without case, and stands where it stood."""
    text = "Straße, don’t: é-Ä 你好"
    assert [token.word for token in tokens(text)] == ["strasse", "don't", "é", "ä", "你", "好"]
    assert [text[token.start : token.end] for token in tokens(text)][:2] == ["Straße", "don’t"]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("You said “I'm fine” then.", "You said   then."),
        ('You said "I\'m fine" then.', "You said   then."),
        ("Du sagtest „gut“ dazu", "Du sagtest   dazu"),
        ("Powiedziałeś „dobrze” wtedy", "Powiedziałeś   wtedy"),
        ("Tu as dit « bien » puis", "Tu as dit   puis"),
        ("Du sagde »godt« så", "Du sagde   så"),
        ("「はい」と『いいえ』", " と "),
        ("I can't and you won't", "I can't and you won't"),
        ("‘so it goes’", "‘so it goes’"),
        ("an open “quote", "an open “quote"),
        ('5" and\n6" wide', '5" and\n6" wide'),
    ],
)
def test_unquoted(text: str, rest: str) -> None:
    """What stands in quotation marks is left out; an apostrophe is none."""
    assert unquoted(text) == rest


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("cafe\u0301", "café"),
        ("a\0b\ud800c", "abc"),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("x" * (LONGEST_ANSWER + 1), "x" * LONGEST_ANSWER),
        ("\U0001d15e" * LONGEST_ANSWER, "\U0001d157\U0001d165" * (LONGEST_ANSWER // 2)),
        ("e" + "\u0316" * 100, "e" + "\u0316" * MOST_MARKS),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    """A clean text is in normal form, not too long, and free of what is no text."""
    assert clean(text) == cleaned


def test_clean_to_a_limit() -> None:
    """A text is cut to the limit that is asked for."""
    assert clean("breathe", 3) == "bre"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("ü 你 🙂 \u200d \u00a0", "ü 你 🙂 \u200d \u00a0"),
        ("\x1b[31m\x07\r", "�[31m��"),
        ("\x9b31m", "�31m"),
        ("a\u202eb\u2066c", "a�b�c"),
        ("\ud800\u0378\u2028", "���"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    """What could move or hide what a terminal shows is replaced."""
    assert printable(text) == shown


@given(st.text())
def test_clean_is_clean(text: str) -> None:
    """A clean text is in normal form and stays as it is when it is cleaned again."""
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean(cleaned) == cleaned
    assert len(cleaned) <= LONGEST_ANSWER


@given(st.text(), st.text())
def test_counting_is_sane(one: str, other: str) -> None:
    """Two texts on lines of their own have the words of both, and no fewer sentences than one."""
    together = one + "\n\n" + other
    assert count_words(together) == count_words(one) + count_words(other)
    assert count_sentences(together) >= max(count_sentences(one), count_sentences(other))
    assert count_sentences(one) <= max(count_words(one), 1) * 2


@given(st.text("ab3'’.,:-_“— ", max_size=12))
def test_words_are_the_same_beside_other_letters(text: str) -> None:
    """A text in ASCII has as many words as where a letter stands beside it that is not."""
    assert count_words(text) + 1 == count_words(text + " ж")


@given(st.lists(st.text("aB.!…”\n -1", max_size=8)))
def test_every_paragraph_is_a_sentence(paragraphs: list[str]) -> None:
    """There are as many sentences at the least as there are paragraphs that begin with a letter."""
    fewest = sum(paragraph[:1].isalpha() for paragraph in paragraphs)
    assert len(sentences("\n\n".join(paragraphs))) >= fewest


@given(st.text())
def test_printable_is_printable(text: str) -> None:
    """What is printable has no control characters, and as many characters as before."""
    shown = printable(text)
    assert len(shown) == len(text)
    kinds = {unicodedata.category(char) for char in shown if char not in "\n\t"}
    assert not kinds & {"Cc", "Cs", "Cn"}


@given(st.text())
def test_tokens_lie_in_order(text: str) -> None:
    """Tokens follow one another, and are not empty."""
    found = tokens(text)
    places = [place for token in found for place in (token.start, token.end)]
    assert places == sorted(places)
    assert all(token.word and token.start < token.end for token in found)


PIECES = [
    *(
        ". ",
        ".",
        ".)",
        "a.",
        "A. ",
        "e.g. ",
        "...",
        "…",
        "! ",
        "1. ",
        "\n",
        "\n ",
        "\n\n",
        " ",
        "-",
    ),
    *(
        "“",
        '"',
        "«",
        "»",
        "„",
        "「",
        "'",
        "a'",
        "a-",
        "1,",
        "_",
        "é",
        "你",
        "ก",
        "่",
        "a่",
        "。",
        "।",
    ),
    *("\u0301\u0316", "\u200d", "\0", "\ud800", "\x1b", "🙂", "a\u0301", "ß", "\ufdfa"),
]


@pytest.mark.parametrize(
    "function", [count_words, count_sentences, tokens, unquoted, clean, printable]
)
def test_long_texts(function: Callable[[str], object]) -> None:
    """A few characters over and over are read to the end, however many there are."""
    for piece in PIECES:
        text = piece * (100_000 // len(piece))  # where time is quadratic, this takes minutes
        result = function(text)
        size = (
            result
            if isinstance(result, int)
            else len(result)
            if isinstance(result, list | str)
            else -1
        )
        assert 0 <= size <= 2 * len(text)
