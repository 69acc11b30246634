"""Phrases of the lists, and the texts in which they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.checking.phrases import LABELS, NAMING, PROMISES, Phrases
from compassion_protocols.checking.texts import texts_of
from tests.checking.found import facts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT = """
title: A body scan
steps:
  - say: Take the river stone, {{ you }}.
  - say: He said “river stone”, and the stone lay in the river.
"""


def found(lists: Mapping[str, Mapping[str, str]], name: str) -> list[tuple[str, str, str]]:
    """Give each text, phrase and what stands beside it, of one list."""
    phrases = Phrases(lists, texts_of(facts_of(TEXT)))
    return [(words, phrase, beside) for (words, _), phrase, beside in phrases.of(name)]


def test_a_phrase_stands_side_by_side() -> None:
    """A phrase is found where its words stand together, and not where they are quoted or apart."""
    lists = {LABELS: {"river stone": "a stone", "stone river": ""}}
    assert found(lists, LABELS) == [("Take the river stone, Ana.", "river stone", "a stone")]


def test_titles_are_looked_at_too() -> None:
    """A phrase is found in a title as well as in a text."""
    assert found({NAMING: {"body scan": "body-scan"}}, NAMING) == [
        ("A body scan", "body scan", "body-scan")
    ]


def test_each_list_for_itself() -> None:
    """What stands on two lists is found for each of them, and of a list that is not there nothing.

    The phrases of a text come in the order of their list.
    """
    lists = {LABELS: {"stone": "a"}, PROMISES: {"take": "b", "stone": "c"}}
    first = "Take the river stone, Ana."
    assert found(lists, LABELS)[0] == (first, "stone", "a")
    assert found(lists, PROMISES)[:2] == [(first, "take", "b"), (first, "stone", "c")]
    assert found(lists, NAMING) == []


def test_a_phrase_in_another_script() -> None:
    """A phrase without words of a Latin script is looked for all the same."""
    assert found({LABELS: {"石": ""}}, LABELS) == []
