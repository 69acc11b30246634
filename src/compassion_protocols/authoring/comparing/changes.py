"""A difference between two protocols, as data."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Topic(StrEnum):
    """What a difference is about, most weighty first."""

    READERS = "Who reads what"
    CARE = "Care"
    PEOPLE = "Who takes part, and acts"
    STEPS = "Steps"
    WAY = "The way through"
    TIMES = "Times"
    QUESTIONS = "Questions and their rules"
    SETTINGS = "Settings"
    WORDS = "Words"
    CARD = "The card"


@frozen
class Change:
    """One difference: what it is about, at which step or in which part, and both sides of it.

    ``key`` is the name that is written there, or empty where the whole is meant; ``what`` says it
    in a sentence.
    """

    topic: Topic
    place: str
    key: str
    what: str
    before: str = ""
    after: str = ""


def differences(
    before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Each key under which two maps do not have the same, with both sides."""
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key, ""), after.get(key, "")
        if one != other:
            yield key, one, other
