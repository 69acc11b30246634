"""How hard an English text is to read, as a school grade.

The Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom 1975, Derivation of new
readability formulas for Navy enlisted personnel, Research Branch Report 8-75) is

    0.39 x words / sentences + 11.8 x syllables / words - 15.59

and means what it says for English alone, and for a text of a hundred words or more: it knows
nothing of what words mean, only how long they and their sentences are.

Syllables are counted by rules of spelling, with a short list of common words that do not keep to
them. The table in the tests holds what that is worth: of its words, at least 97 in 100 are counted
right, and none is off by more than one. A grade moves by 0.12 if one word in a hundred is off by
one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.language.text import sentences, with_plain_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

A_SENTENCE, A_WORD, LESS = 0.39, 11.8, 15.59
LEAST_WORDS = 100
"""The fewest words of which a grade means something."""

_LEAST_ENGLISH = 0.1
_ENOUGH = 300
_ENGLISH = frozenset(
    {
        *("the", "and", "to", "you", "your", "that", "is", "it", "with", "what", "this", "are"),
        *("can", "not", "for", "be", "as", "at", "how", "there", "of", "have", "they", "or"),
    }
)


class Measure(NamedTuple):
    """What a text is made of."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0

    @property
    def grade(self) -> float:
        """The grade from which on it can be read with ease; 0 for a text without words."""
        if not self.words or not self.sentences:
            return 0.0
        return (
            A_SENTENCE * self.words / self.sentences + A_WORD * self.syllables / self.words - LESS
        )


def measure(text: str, words: Sequence[str] | None = None) -> Measure:
    """Count words, sentences and syllables. The lines of a list are sentences.

    ``words`` are its words, where they have been listed already.

    >>> measure("Sit down. Let the kettle sing.")
    Measure(words=6, sentences=2, syllables=7)
    """
    if words is None:
        words = words_of(text)
    return Measure(
        words=len(words),
        sentences=len(sentences_of(text)),
        syllables=spoken(words),
    )


def is_english(words: Sequence[str]) -> bool:
    """Tell English from other languages, by the commonest small words among the first.

    >>> is_english(words_of("You can sit where you like.")), is_english(words_of("Setz dich."))
    (True, False)
    """
    first = words[:_ENOUGH]
    return sum(map(_ENGLISH.__contains__, first)) >= _LEAST_ENGLISH * max(len(first), 1)


def longest_sentence(text: str) -> str:
    """The sentence with the most words, on one line.

    >>> longest_sentence("Well. Sit where you like. Go on!")
    'Sit where you like.'
    """
    longest = max(sentences_of(text), key=lambda one: len(words_of(one)), default="")
    return " ".join(longest.split())


def sentences_of(text: str) -> list[str]:
    r"""Part a text into its sentences; each line of a list is one.

    >>> sentences_of("You need:\n- a chair\n- a candle")
    ['You need:\n\n', '- a chair\n\n', '- a candle']
    """
    return sentences(text.replace("\n- ", "\n\n- "))


def words_of(text: str) -> list[str]:
    """List the words of a Latin script in small letters, with straight apostrophes.

    >>> words_of("Don’t hurry, Ana!")
    ["don't", 'hurry', 'ana']
    """
    text = with_plain_marks(text)
    if not text.isascii():
        return re.findall(_WORD, text.casefold())
    # What the pattern finds, in a third of the time.
    words = text.encode().translate(_SPACED).decode().split()
    if "'" not in text:
        return words
    return [
        part for word in words for part in (re.findall(_WORD, word) if "'" in word else (word,))
    ]


_WORD = r"[a-z0-9\u00df-\u024f]++(?:'[a-z\u00df-\u024f]++)*+"
_OTHERS = bytes(code for code in range(128) if not (chr(code).isalnum() or chr(code) == "'"))
_CAPITALS = bytes(range(ord("A"), ord("Z") + 1))
_SPACED = bytes.maketrans(_CAPITALS + _OTHERS, _CAPITALS.lower() + b" " * len(_OTHERS))


# Syllables

_ODD = {
    **dict.fromkeys(("eye", "eyes", "hour", "hours", "our", "ours", "real"), 1),
    **dict.fromkeys(("business", "create", "evening", "every", "eyelids", "goodbye"), 2),
    **dict.fromkeys(("maybe", "poem", "really", "science", "someone"), 2),
    **dict.fromkeys(("anyone", "area", "areas", "element", "elements", "everyday", "everyone"), 3),
    **dict.fromkeys(("everything", "idea", "ideas", "reliance"), 3),
    "everybody": 4,
}
"""Common words that do not keep to the rules below."""

_SOUNDS = r"(?:[aeiou]|y(?![aeiou])|(?<![aeiou])y)+"
_SILENT = (
    r"[^aeiouy]e$"  # time
    r"|[^aeioudt]ed$"  # called
    r"|[^aeiouyscgxz]es$(?<!shes)(?<!ches)"  # times
    r"|^some(?=[a-z])"  # somewhere
    r"|[aeiouy][^aeiouy]{1,2}e(?:ly|ful|fully|less|ness|ments?)$"  # safely
)
_SPOKEN = (
    r"[^aeiouyl]l(?:e|ed|es)$|[^aeiouy']re$"  # little, settled, centre
    r"|(?:[aeou]|[^aeiou]y)ing"  # being, trying
    r"|[^tscxgln]i[aou]"  # violence
    r"|iet|^reac[^h]|^reali"  # quiet, react, reality
    r"|[aeiouy][rd]ien"  # experience
    r"|[^qg]ua[lt]"  # usual, situation
    r"|(?:s|th)ms?$"  # rhythm
    r"|[dst]n't$"  # didn't
)
"""Vowels that stand together are one sound; an e that is not spoken, and what is one more."""


def spoken(words: Iterable[str]) -> int:
    """Count the syllables of some English words in small letters."""
    return sum(map(_COUNTED.__getitem__, words))


def syllables(word: str) -> int:
    """Count the syllables of one English word in small letters, by its spelling; at least one.

    >>> [syllables(word) for word in ("breath", "breathing", "gently", "quiet", "experience")]
    [1, 2, 2, 2, 4]
    """
    return _COUNTED[word]


class _Counted(dict[str, int]):
    """The syllables of words, each counted once: the same few words make up most of all texts."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[word] = count = _by_spelling(word)
        return count


_MOST_KEPT = 8192
_COUNTED = _Counted()


def _by_spelling(word: str) -> int:
    word = word.removesuffix("'s")
    if word in _ODD:
        return _ODD[word]
    count = len(re.findall(_SOUNDS, word))
    return max(count - len(re.findall(_SILENT, word)) + len(re.findall(_SPOKEN, word)), 1)
