"""Whether people can read a protocol with ease while something is on their heart.

Grade 8 is what most adults read without effort; a tired or frightened one reads less. The grade is
of English alone (:mod:`compassion_protocols.language.grade`), and nothing is said of another
language.

To tell sentences apart is most of the work, and most often there is no need to: a paragraph that
begins with a letter is one sentence at the least, and the fewer sentences there are, the higher is
the grade. What is easy even so is easy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.checking.gather import gather
from compassion_protocols.checking.texts import texts_of
from compassion_protocols.findings import Finding
from compassion_protocols.language.grade import (
    LEAST_WORDS,
    Measure,
    is_english,
    longest_sentence,
    measure,
    sentences_of,
    spoken,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compassion_protocols.checking.texts import Texts
    from compassion_protocols.model.protocol import Protocol

HIGHEST_GRADE = 8
"""What a protocol as a whole should not go beyond."""

FAR_ABOVE = 12
"""What no single text should go beyond."""

_LEAST_OF_ONE = 150
"""The fewest characters of a single text whose grade is looked at: some 25 long words."""

_MOST_SHOWN = 8


def reading_grade(protocol: Protocol) -> float | None:
    """The Flesch-Kincaid grade of what people read; None if that is too short, or not English."""
    texts = texts_of(gather(protocol))
    has_grade = len(texts.words) >= LEAST_WORDS and is_english(texts.words)
    return measure(texts.sentences, texts.words).grade if has_grade else None


def check_reading_ease(texts: Texts) -> Iterator[Finding]:
    """A protocol that is hard to read as a whole; in any other, each text that is very hard."""
    if len(texts.words) >= LEAST_WORDS:
        found = list(_hard(texts))
        if found and is_english(texts.words):
            yield from found


def _hard(texts: Texts) -> Iterator[Finding]:
    """What is hard, if it is English."""
    fewest = sum([words[0].isalpha() for words, _ in texts.whole if words])
    grade = _grade_if_above(HIGHEST_GRADE, texts.sentences, texts.words, fewest)
    if grade:
        hardest, span = max(texts.whole, key=lambda text: len(words_of(longest_sentence(text[0]))))
        message = (
            f"This reads like grade {grade:.0f}, and grade {HIGHEST_GRADE} is what most people "
            f"take in while something is on their heart. {_longest(hardest)}"
        )
        remedy = "Part long sentences, beginning here, and look for shorter words."
        yield Finding("CP750", message, remedy, span)
        return
    for text, span in texts.whole:
        if len(text) >= _LEAST_OF_ONE:
            grade = _grade_if_above(FAR_ABOVE, text, words_of(text), text[:1].isalpha())
            if grade:
                message = f"This text reads like grade {grade:.0f}. {_longest(text)}"
                remedy = (
                    "Part that sentence in two or three, with the plainest words that are true."
                )
                yield Finding("CP751", message, remedy, span)


def _grade_if_above(highest: float, text: str, words: Sequence[str], fewest: int) -> float:
    """The grade of a text, 0 if that is no higher; it has so many sentences at the fewest."""
    least = Measure(len(words), fewest, spoken(words))
    if fewest and least.grade <= highest:
        return 0.0
    grade = least._replace(sentences=len(sentences_of(text))).grade
    return grade if grade > highest else 0.0


def _longest(text: str) -> str:
    words = longest_sentence(text).split()
    shown = " ".join(words[:_MOST_SHOWN]) + (" …" if len(words) > _MOST_SHOWN else "")
    return f"Its longest sentence has {len(words)} words: “{shown}”."
