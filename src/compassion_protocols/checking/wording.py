"""Words that make a person their diagnosis, and words that promise a cure.

Person-first wording is the default; whoever calls themselves by a name of their own choice may do
so, and no such name is on the list. The library never claims to treat anything, whatever a
protocol says. Both lists are data of the catalog, and each phrase on them has another beside it.
What stands in quotation marks is not looked at: it is there to be talked about.

A phrase can only be there if all its words are somewhere, which is quick to say and seldom so; only
then is each text searched for it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from compassion_protocols.findings import Finding
from compassion_protocols.language.grade import words_of
from compassion_protocols.language.text import unquoted
from compassion_protocols.language.wordlists import found

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compassion_protocols.checking.texts import Text, Texts

LABELS, PROMISES = "labels", "promises"
"""The lists of the catalog that are looked for here."""


def check_wording(texts: Texts, wordings: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    """Every label and every promise; ``wordings`` says what to write instead, list by list."""
    for name, (code, message, remedy) in _SAID.items():
        for text, phrase, better in phrases_in(texts, wordings.get(name, {})):
            advice = f"Write “{better}”" if better else remedy
            yield Finding(code, message.format(phrase), f"{advice}.", text.span)


def phrases_in(texts: Texts, beside: Mapping[str, str]) -> Iterator[tuple[Text, str, str]]:
    """Every phrase of a list that stands in a text, with that text and what stands beside it."""
    by_word = _by_longest_word(tuple(beside))
    suspects = tuple(
        phrase
        for word in ("", *(by_word.keys() & texts.different))
        for phrase, words in by_word.get(word, ())
        if texts.different.issuperset(words)
    )
    for text in texts.each if suspects else ():
        for phrase in found(suspects, unquoted(text.words)):
            yield text, phrase, beside[phrase]


@lru_cache(maxsize=16)
def _by_longest_word(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, list[str]]]]:
    """Each phrase with its words, under the longest of them, which is the seldomest.

    Words are those of a Latin script; a phrase in another has none that are seen here.
    """
    known: dict[str, list[tuple[str, list[str]]]] = {}
    for phrase in phrases:
        words = words_of(phrase)
        known.setdefault(max(words, key=len, default=""), []).append((phrase, words))
    return known


_SAID = {
    LABELS: (
        "CP752",
        "“{}” makes someone out to be what they live with, and who reads it may be meant.",
        "Say first that this is a person, and then what they live with",
    ),
    PROMISES: (
        "CP753",
        "“{}” promises what no exercise can, and whom it does not help will blame themselves.",
        "Say what people will do, and what it may be like",
    ),
}
