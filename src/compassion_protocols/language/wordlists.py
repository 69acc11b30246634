"""Lists of phrases, given as data, and which of them a text holds.

A list is a text file: one phrase a line, and what follows ``#`` is a comment. A
phrase is found where its words stand side by side in the text, whatever their
case and whatever is between them; not inside a longer word.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.language.text import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class WordList:
    """Phrases of one language under one name."""

    name: str
    language: str
    phrases: tuple[str, ...]
    beside: Mapping[str, str] = field(factory=dict)
    """What the comment beside each phrase says; nothing where there is none."""


def parse_wordlist(name: str, language: str, text: str) -> WordList:
    r"""Read a list; a phrase that comes twice is kept once, with what stands beside the first.

    >>> parse_wordlist("solving", "en", "you should  # advice\n\nwhy don't you").phrases
    ('you should', "why don't you")
    """
    beside: dict[str, str] = {}
    for line in unicodedata.normalize("NFC", text).splitlines():
        phrase, _, comment = line.partition("#")
        if phrase.strip():
            beside.setdefault(phrase.strip(), comment.strip())
    return WordList(name, language, tuple(beside), beside)


def found(phrases: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Tell which of the phrases occur in a text, in the order of the list.

    >>> found(("you should", "why don't you", "ould"), "Well: YOU SHOULD rest. Why don’t you?")
    ('you should', "why don't you")
    """
    by_first = _by_first_word(phrases)
    words = [token.word for token in tokens(text)]
    there = {
        phrase
        for at, word in enumerate(words)
        for rest, phrase in by_first.get(word, ())
        if words[at + 1 : at + 1 + len(rest)] == rest
    }
    return tuple(phrase for phrase in phrases if phrase in there)


@lru_cache(maxsize=64)
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[tuple[list[str], str]]]:
    """Sort phrases by their first word, each with the words that follow it."""
    index: dict[str, list[tuple[list[str], str]]] = {}
    for phrase in phrases:
        first, *rest = [token.word for token in tokens(phrase)] or [""]
        index.setdefault(first, []).append((rest, phrase))
    return index
