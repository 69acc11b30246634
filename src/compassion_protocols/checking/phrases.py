"""Which phrases of the catalog's lists stand in what people read.

A phrase can only be there if all its words are somewhere, which is quick to say and seldom so; only
then is each text searched for it. The lists are looked up all at once.

What stands in quotation marks is not looked at: it is there to be talked about.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.language.grade import words_of
from compassion_protocols.language.text import unquoted
from compassion_protocols.language.wordlists import found

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compassion_protocols.checking.texts import Text, Texts

LABELS, PROMISES, NAMING = "labels", "promises", "practices"
"""The lists that are looked up. A phrase of the last names a practice, whose id is beside it."""


@frozen(eq=False, slots=False)
class Phrases:
    """The phrases of the lists, and the texts of one protocol in which they may stand."""

    lists: Mapping[str, Mapping[str, str]]
    texts: Texts

    def of(self, name: str) -> Iterator[tuple[Text, str, str]]:
        """Every phrase of a list that stands in a text, with that text and what is beside it."""
        beside = self.lists.get(name, {})
        if not self._suspects.isdisjoint(beside):
            suspects = tuple([phrase for phrase in beside if phrase in self._suspects])
            for text in self.texts.each:
                for phrase in found(suspects, unquoted(text[0])):
                    yield text, phrase, beside[phrase]

    @cached_property
    def _suspects(self) -> set[str]:
        """The phrases whose words are all somewhere."""
        lists = [self.lists.get(name, ()) for name in _LOOKED_UP]
        by_word = _by_longest_word(tuple(chain.from_iterable(lists)))
        different = self.texts.different
        return {
            phrase
            for word in ("", *different.intersection(by_word))
            for phrase, words in by_word.get(word, ())
            if words <= different
        }


_LOOKED_UP = (LABELS, PROMISES, NAMING)


@lru_cache(maxsize=16)
def _by_longest_word(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, set[str]]]]:
    """Each phrase with its words, under the longest of them, which is the seldomest.

    Words are those of a Latin script; a phrase in another has none that are seen here.
    """
    known: dict[str, list[tuple[str, set[str]]]] = {}
    for phrase in phrases:
        words = words_of(phrase)
        known.setdefault(max(words, key=len, default=""), []).append((phrase, set(words)))
    return known
