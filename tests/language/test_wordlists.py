"""Lists of phrases, and where they are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.language.text import tokens
from compassion_protocols.language.wordlists import found, parse_wordlist


def test_reading() -> None:
    """A list has one phrase a line, without comments, empty lines and repetitions."""
    text = "# advice\nyou should\n\n  why don't you  # a question\nyou should\ncafe\u0301\n"
    words = parse_wordlist("solving", "en", text)
    assert (words.name, words.language) == ("solving", "en")
    assert words.phrases == ("you should", "why don't you", "café")


def test_what_stands_beside_a_phrase() -> None:
    """A list knows what the comment beside each phrase says, the first time that it comes."""
    words = parse_wordlist("labels", "en", "# all\naddicts  # people\nyou\naddicts # others\n")
    assert words.beside == {"addicts": "people", "you": ""}


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("you should", "Well, you should rest."),
        ("you should", "YOU SHOULD"),
        ("you should", "Thank you. Should we?"),
        ("You Should", "you\nshould"),
        ("don't", "Don’t!"),
        ("don’t", "I don't"),
        ("always", "“Always”"),
        ("self-care", "self care"),
        ("self care", "Self-care is fine"),
        ("straße", "STRASSE"),
        ("你应该", "我觉得你应该休息"),
        ("ควร", "คุณควรพัก"),
        ("तुम्हें", "मैंने कहा तुम्हें आराम चाहिए"),
        ("يجب عليك", "ربما يجب عليك الراحة"),
    ],
)
def test_found(phrase: str, text: str) -> None:
    """A phrase is found where its words stand side by side, in any case and any script."""
    assert found((phrase,), text) == (phrase,)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("you should", "you really should"),
        ("ever", "never"),
        ("you should", "you shoulder"),
        ("you should", "should you"),
        ("!!!", "stop!!!"),
        ("", "anything"),
        ("you", ""),
        ("तु", "तुम्हें"),
    ],
)
def test_not_found(phrase: str, text: str) -> None:
    """A phrase is not found inside longer words, or with words in between."""
    assert found((phrase,), text) == ()


def test_in_the_order_of_the_list() -> None:
    """Phrases are named in the order of the list, each once."""
    phrases = ("never", "you always", "you", "always")
    assert found(phrases, "You always say always") == ("you always", "you", "always")


@given(
    st.lists(st.sampled_from("abc"), max_size=8),
    st.lists(st.sampled_from("abc"), min_size=1, max_size=3),
)
def test_like_a_plain_search(text: list[str], phrase: list[str]) -> None:
    """A phrase is found exactly where a search word by word finds it."""
    there = any(text[i : i + len(phrase)] == phrase for i in range(len(text)))
    assert bool(found((" ".join(phrase),), ", ".join(text))) == there


@given(st.text(max_size=30))
def test_a_text_is_found_in_itself(text: str) -> None:
    """Every text that has words in it is found in itself."""
    assert bool(found((text,), text)) == bool(tokens(text))
