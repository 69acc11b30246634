"""Rules on an answer: each knows whether an answer meets it.

Rules invite, they seldom hold. What a rule cannot judge (no word list for the
language, a missing comparison) it leaves alone: the result is unknown (None),
and only a definite False brings the invitation. A rule on wording looks at
every text in the answer.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.findings import NOWHERE, Span
from compassion_protocols.language.condition import Condition, holds
from compassion_protocols.language.template import Template
from compassion_protocols.language.text import count_sentences, count_words, unquoted
from compassion_protocols.language.values import Missing, Truth, Value, equal, negation
from compassion_protocols.language.wordlists import found
from compassion_protocols.model.author import author
from compassion_protocols.model.names import ANSWER, Ref

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols.language.values import Lookup

Phrases = tuple[str, ...] | Ref
"""Phrases themselves, or the name of a word list."""


@frozen(kw_only=True)
class Counted:
    """A least and a most; ``exactly`` is both."""

    least: int | None = field(default=None, metadata=author("At least so many.", key="min"))
    most: int | None = field(default=None, metadata=author("At most so many.", key="max"))
    exactly: int | None = field(default=None, metadata=author("Exactly so many."))

    def fits(self, number: int) -> bool:
        return (
            (self.least is None or number >= self.least)
            and (self.most is None or number <= self.most)
            and (self.exactly is None or number == self.exactly)
        )


@frozen
class Words:
    """How many words."""

    count: Counted


@frozen
class Sentences:
    """How many sentences."""

    count: Counted


@frozen
class Items:
    """How many items of a list."""

    count: Counted


@frozen
class Avoids:
    """None of these phrases; what stands in quotation marks does not count."""

    phrases: Phrases


@frozen
class Mentions:
    """At least one of these phrases."""

    phrases: Phrases


@frozen
class StartsWith:
    """Begins with one of these."""

    phrases: tuple[str, ...]


@frozen
class Within:
    """A date from today on, at most so many days away."""

    days: int = field(metadata=author("At most so many days from today."))


@frozen
class DiffersFrom:
    """Not the same as another answer."""

    other: Ref


@frozen
class Expect:
    """A condition on ``answer``."""

    condition: Condition


Check = Words | Sentences | Items | Avoids | Mentions | StartsWith | Within | DiffersFrom | Expect

SHAPE_CHECKS = (Items, Within)
"""Checks on shape rather than on how someone speaks: only these may be ``firm``."""

RULE_KEYS = (
    "words", "sentences", "items", "avoids", "mentions",
    "starts_with", "within", "differs_from", "expect",
)  # fmt: skip
"""The keys of a rule, one of which names its check."""


@frozen(kw_only=True)
class Rule:
    """One invitation: the check, and what to say when an answer misses it."""

    check: Check
    say: Template = field(metadata=author("The invitation, if the answer misses this."))
    firm: bool = field(default=False, metadata=author("Keeps asking; for shape, never wording."))
    part: str = field(
        default="", metadata=author("The field of a form that this is about.", key="field")
    )
    span: Span = field(default=NOWHERE, eq=False, repr=False)


@frozen
class Situation:
    """What a rule may look at beside the answer: the day, the names, the word lists."""

    today: dt.date
    lookup: Lookup
    phrases: Callable[[str], tuple[str, ...] | None]


def met(rule: Rule, answer: Value, at: Situation) -> Truth:
    """Whether an answer meets a rule: True, False, or None where that cannot be said."""
    value = _part(answer, rule.part) if rule.part else answer
    match rule.check:
        case Words(count):
            return all(map(count.fits, map(count_words, _texts(value))))
        case Sentences(count):
            return all(map(count.fits, map(count_sentences, _texts(value))))
        case Items(count):
            return count.fits(len(value)) if isinstance(value, tuple) else None
        case Avoids(phrases):
            return negation(_mentions(phrases, [unquoted(text) for text in _texts(value)], at))
        case Mentions(phrases):
            return _mentions(phrases, _texts(value), at)
        case StartsWith(phrases):
            starts = tuple(phrase.casefold() for phrase in phrases)
            return all(text.lstrip().casefold().startswith(starts) for text in _texts(value))
        case Within(days):
            if not isinstance(value, dt.date):
                return None
            return 0 <= (value - at.today).days <= days
        case DiffersFrom(other):
            return negation(equal(value, at.lookup(other.name)))
        case Expect(condition):
            return holds(condition, lambda name: value if name == ANSWER else at.lookup(name))


def _part(answer: Value, name: str) -> Value:
    return answer[name] if isinstance(answer, dict) and name in answer else answer


def _texts(value: Value | Missing) -> list[str]:
    match value:
        case str():
            return [value]
        case tuple():
            return [text for item in value for text in _texts(item)]
        case dict():
            return [text for item in value.values() for text in _texts(item)]
        case _:
            return []


def _mentions(phrases: Phrases, texts: list[str], at: Situation) -> Truth:
    wanted = at.phrases(phrases.name) if isinstance(phrases, Ref) else phrases
    if wanted is None:
        return None
    return any(found(wanted, text) for text in texts)
