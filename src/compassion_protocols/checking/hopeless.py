"""Why no answer at all could meet a rule, beside the other rules and the bounds of its question.

It is asked only of a rule that the question's own example misses: an example that meets all rules
is the proof that they can be met. What is told here is proved; a rule that merely asks for much is
left alone. (An answer that puts an avoided phrase into quotation marks passes; nobody asks for a
phrase and avoids it for the sake of that.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.checking.comparing import TRUE, UNSURE
from compassion_protocols.checking.outcomes import World, narrowed
from compassion_protocols.checking.ranges import UNKNOWN
from compassion_protocols.checking.spans import line
from compassion_protocols.language.text import count_words
from compassion_protocols.language.wordlists import found
from compassion_protocols.model.answers import Form
from compassion_protocols.model.names import ANSWER, Ref
from compassion_protocols.model.rules import (
    Avoids,
    Expect,
    Items,
    Mentions,
    Sentences,
    StartsWith,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compassion_protocols.checking.facts import Scope
    from compassion_protocols.checking.ranges import Possible, Ranges
    from compassion_protocols.model.rules import Check, Phrases, Rule
    from compassion_protocols.model.steps import Ask

_INVITES_NOT = TRUE | UNSURE
"""How a condition comes out where its rule lets an answer be."""


class Hopeless(NamedTuple):
    """One question, its rules and what they lean on."""

    step: Ask
    scope: Scope
    ranges: Ranges
    phrases: Callable[[str], tuple[str, ...] | None]

    def why(self, rule: Rule) -> str:
        """What keeps every answer from meeting a rule, as a sentence; empty if nothing is known."""
        beside = [
            other for other in self.step.rules if other.part == rule.part and other is not rule
        ]
        lists = self._answer(rule).lists
        if lists is not None and not lists.least and isinstance(rule.check, _ON_EACH):
            return ""  # an empty list meets it
        match rule.check:
            case Words() | Sentences() | Items():
                return self._counts(rule, beside)
            case Mentions() | StartsWith():
                return self._asked_for(rule, beside)
            case Avoids():
                wanting = [other for other in beside if isinstance(other.check, _ASK_FOR)]
                forbidden = [other for other in wanting if self._all_avoided(other.check, rule)]
                if not forbidden:
                    return ""
                return _against(rule, forbidden[0], "asks for just what this avoids")
            case Expect():
                return self._expected(rule, beside)
            case _:
                return ""

    # numbers of words, sentences and items

    def _counts(self, rule: Rule, beside: Sequence[Rule]) -> str:
        own = _ends(rule.check)
        for other in beside:
            theirs = _ends(other.check)
            if type(other.check) is type(rule.check) and not _meet(own, theirs):
                return _against(rule, other, f"wants {_so_many(theirs)}")
        answer = self._answer(rule)
        if isinstance(rule.check, Items) and answer.lists and not _meet(own, answer.lists):
            return f"The question itself takes {_so_many(answer.lists)}."
        return ""

    # phrases

    def _asked_for(self, rule: Rule, beside: Sequence[Rule]) -> str:
        for other in beside:
            if isinstance(other.check, Avoids) and self._all_avoided(rule.check, other):
                return _against(rule, other, "avoids all of that")
            if isinstance(other.check, Words):
                most, wanted = _ends(other.check)[1], self._phrases(rule.check)
                if wanted and min(map(count_words, wanted)) > most:
                    return _against(rule, other, f"wants {_so_many(_ends(other.check))}")
        return ""

    def _all_avoided(self, wanting: Check, avoiding: Rule) -> bool:
        """Whether whatever phrase one rule asks for is a phrase that the other avoids."""
        avoided = self._phrases(avoiding.check)
        # A beginning may go on in the middle of a word.
        end = "…" if isinstance(wanting, Mentions) else "x"
        wanted = [f"{phrase}{end}" for phrase in self._phrases(wanting)]
        return bool(wanted) and all(found(avoided, phrase) for phrase in wanted)

    def _phrases(self, check: Check) -> tuple[str, ...]:
        written: Phrases = getattr(check, "phrases", ())
        return (self.phrases(written.name) or ()) if isinstance(written, Ref) else written

    # conditions

    def _expected(self, rule: Rule, beside: Sequence[Rule]) -> str:
        answer = self._answer(rule)

        def of(name: str) -> Possible:
            return answer if name == ANSWER else self.ranges.of(name, self.scope)

        world = World(of)
        alone = _allowed(world, rule)
        if alone is None:
            return "Nothing that can be answered here makes that true."
        for other in beside:
            theirs = _allowed(world, other)  # where nothing is, that is said of it
            if theirs and not (_allowed(alone, other) and _allowed(theirs, rule)):
                return _against(rule, other, "wants the opposite")
        return ""

    def _answer(self, rule: Rule) -> Possible:
        """What the answer can be, or its field that a rule is about."""
        kind = self.step.answer
        if rule.part:
            inner = dict(kind.fields).get(rule.part) if isinstance(kind, Form) else None
            return UNKNOWN if inner is None else self.ranges.given(inner)
        return self.ranges.given(kind)


_COUNTS = (Words, Sentences, Items)
_ASK_FOR = (Mentions, StartsWith)
_ON_EACH = (Words, Sentences, StartsWith)
"""The rules that each entry of a list has to meet."""


def _allowed(world: World, rule: Rule) -> World | None:
    """The world in which a rule lets the answer be; None if it never does."""
    if not isinstance(rule.check, Expect):
        return world
    return narrowed(world, rule.check.condition.expression, _INVITES_NOT)


def _ends(check: Check) -> tuple[float, float]:
    """The least and the most of what a rule counts; any number where it counts nothing."""
    if not isinstance(check, _COUNTS):
        return 0, _MANY
    count = check.count
    if count.exactly is not None:
        return count.exactly, count.exactly
    return count.least or 0, _MANY if count.most is None else count.most


_MANY = 10**9


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return max(one[0], other[0]) <= min(one[1], other[1])


def _so_many(ends: tuple[float, float]) -> str:
    least, most = ends
    if least == most:
        return f"exactly {least}"
    return f"at least {least}" if most >= _MANY else f"at most {most}"


def _against(rule: Rule, other: Rule, what: str) -> str:
    return f"The rule on {line(other.span, rule.span)} {what}."
