"""Whether the examples are answers, and the counterexamples earn an invitation.

A protocol plays itself through on its examples, so each must be accepted and meet every rule. A
rule on wording shows what it is for by a counterexample that it answers. Names in bounds and
conditions have the values of their settings' defaults, and answers those of their own examples;
what is still missing leaves a rule unknown, and then nothing is held against it. Whom a `person`
question offers is known only when a session begins, so it has no example; in a form, the field for
a person is taken to name whoever comes first.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from compassion_protocols.checking.facts import Sort
from compassion_protocols.errors import AnswerRefused
from compassion_protocols.findings import Finding, Span
from compassion_protocols.language.values import NOT_REACHED, Person
from compassion_protocols.model.answers import (
    Choice,
    Choices,
    Date,
    Form,
    ListOf,
    LongText,
    OnePerson,
    Rank,
    Text,
    accept,
    name_of,
    of_example,
    options_of,
)
from compassion_protocols.model.names import Ref
from compassion_protocols.model.rules import (
    SHAPE_CHECKS,
    Avoids,
    Items,
    Mentions,
    Sentences,
    Situation,
    StartsWith,
    Within,
    Words,
    met,
)
from compassion_protocols.model.steps import Ask, Include, Reveal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from compassion_protocols.checking.facts import Facts
    from compassion_protocols.language.values import Missing, Value
    from compassion_protocols.model.answers import AnswerKind
    from compassion_protocols.model.rules import Rule

    Phrases = Callable[[str], tuple[str, ...] | None]

MOST_RULES = 50
"""How many rules, and how many counterexamples, a question may have: each is tried on each."""

_TODAY = dt.date(2000, 1, 1)
"""A day like any other: examples speak of days from now."""

_SOMEONE = Person("someone", "Someone")
_TEXTS = (Text, LongText, ListOf)
_ON_WORDS = (Words, Sentences, Avoids, Mentions, StartsWith)
_SAMPLES: dict[str, str] = {
    "text": "My shoulders came down a little.",
    "long_text": "I kept going, although it was hard.",
    "yes_no": '"yes"',
    "number": "3",
    "scale": "4",
    "choice": "one of the options",
    "choices": "[one, two]",
    "rank": "[first, second, third]",
    "date": "in 3 days",
    "time": '"18:30"',
    "list": "[more time together, a walk]",
    "form": "{what: a walk, by_when: in 3 days}",
}
"""An example of each kind, to begin with."""

_PEOPLE = (Sort.ROLE, Sort.OTHERS, Sort.LISTENER)


def check_examples(facts: Facts, lists: Mapping[str, tuple[str, ...]] | None) -> Iterator[Finding]:
    """Every example that is none, and every rule on wording that nothing shows.

    ``lists`` holds the word lists; a rule by a list that is not there stays silent.
    """
    values = _Values(facts)
    situation = Situation(_TODAY, values.lookup, ({} if lists is None else lists).get)
    for place in facts.places:
        match place.step:
            case Ask() as step:
                yield from _Question(step, values, situation).findings()
            case Reveal(id=name, answer=Ref(name=source)):
                values.take(name, values.lookup(source))
            case Include(linked=linked) if linked is not None:
                values.known.update(linked.constants)


class _Values:
    """What names stand for while a protocol plays itself through."""

    def __init__(self, facts: Facts) -> None:
        self.known: dict[str, Value | Missing] = {
            setting.name: setting.default for setting in facts.protocol.settings
        }
        for name, meaning in facts.names.items():
            if meaning.sort in _PEOPLE:
                self.known[name] = (_SOMEONE,)

    def lookup(self, name: str) -> Value | Missing:
        return self.known.get(name, NOT_REACHED)

    def take(self, name: str, value: Value | Missing) -> None:
        if name:
            self.known[name] = value


class _Question:
    """One question with its example, its rules and their counterexamples."""

    def __init__(self, step: Ask, values: _Values, situation: Situation) -> None:
        self.step = step
        self.values = values
        self.situation = situation
        self.rules = [rule for rule in step.rules if not _misfit(rule, step.answer)]

    def findings(self) -> Iterator[Finding]:
        for rule in self.step.rules:
            remedy = _misfit(rule, self.step.answer)
            if remedy:
                message = f"This rule says nothing about a {name_of(self.step.answer)} answer."
                yield Finding("CP608", message, remedy, rule.span)
        if max(len(self.step.rules), len(self.step.counterexamples)) > MOST_RULES:
            message = "This question has more rules or counterexamples than anyone could read."
            yield Finding("CP609", message, f"Keep {MOST_RULES} of each at most.", self.step.span)
        elif not self._is_open():
            yield from self._example()
            yield from self._counterexamples()

    def _is_open(self) -> bool:
        """Whether nobody can tell here what may be chosen."""
        kind = self.step.answer
        if isinstance(kind, Choice | Choices | Rank) and isinstance(kind.options, Ref):
            return not options_of(kind.options, self.values.lookup)
        return False

    def _example(self) -> Iterator[Finding]:
        step, example = self.step, self.step.example
        if isinstance(step.answer, OnePerson):
            yield from _person_example(example, step.span)
            return
        if example is None:
            message = "This question has no example."
            remedy = f"Add one that a person might give: example: {_SAMPLES[name_of(step.answer)]}"
            yield Finding("CP601", message, remedy, step.span)
            return
        span = _span(example, step.span)
        yield from _fixed_days(step.answer, example, span)
        try:
            value = self._accepted(example)
        except AnswerRefused as refused:
            message = f"The question itself refuses this example: {_quoted(refused.say)}"
            yield Finding("CP602", message, _like(step.answer), span)
            return
        self.values.take(step.id, value)
        for rule in self.rules:
            if met(rule, value, self.situation) is False:
                message = f"The example misses the rule on line {rule.span.line}."
                remedy = f"It would be answered with: {_quoted(rule.say.source)}"
                yield Finding("CP603", message, remedy, span)

    def _counterexamples(self) -> Iterator[Finding]:
        shown: set[int] = set()
        idle = 0
        for counterexample in self.step.counterexamples:
            span = _span(counterexample, self.step.span)
            yield from _fixed_days(self.step.answer, counterexample, span)
            try:
                found = self._answering(self._accepted(counterexample), shown)
            except AnswerRefused as refused:
                idle += 1
                message = f"The question refuses this counterexample: {_quoted(refused.say)}"
                yield Finding("CP605", message, _like(self.step.answer), span)
                continue
            shown |= found
            if not found:
                idle += 1
                message = "This counterexample meets every rule, so nothing answers it."
                yield Finding("CP606", message, "Change it, or take it out.", span)
        yield from self._without_counterexample(shown, idle)

    def _without_counterexample(self, shown: set[int], idle: int) -> Iterator[Finding]:
        """The rules that nothing shows, but for those that an idle counterexample was meant for."""
        hidden = [
            rule
            for at, rule in enumerate(self.rules)
            if at not in shown and not isinstance(rule.check, SHAPE_CHECKS)
        ]
        for rule in hidden[idle:]:
            message = "No counterexample shows what this rule is for."
            remedy = "Add one to “counterexamples” that this rule answers."
            yield Finding("CP604", message, remedy, rule.span)

    def _answering(self, value: Value, shown: set[int]) -> set[int]:
        """Which rules answer a value, or may; of those already shown one is enough."""
        found: set[int] = set()
        for at in sorted(range(len(self.rules)), key=lambda at: at in shown):
            if at in shown and found:
                break
            if not met(self.rules[at], value, self.situation):
                found.add(at)
        return found

    def _accepted(self, raw: object) -> Value:
        kind = self.step.answer
        answer = of_example(kind, _with_someone(kind, raw), _TODAY)
        return accept(kind, answer, self.values.lookup)


def _person_example(example: object, span: Span) -> Iterator[Finding]:
    if example is not None:
        message = "Who can be chosen here is known only when a session begins."
        yield Finding("CP602", message, "Take the example out.", _span(example, span))


def _with_someone(kind: AnswerKind, raw: object) -> object:
    """A form in which each field for a person names the one who comes first."""
    if isinstance(kind, Form) and isinstance(raw, dict):
        people = {name: _SOMEONE.id for name, of in kind.fields if isinstance(of, OnePerson)}
        return {**raw, **people} if people else raw
    return raw


def _fixed_days(kind: AnswerKind, raw: object, span: Span) -> Iterator[Finding]:
    """Days of a calendar in an example: they would soon be past."""
    if isinstance(kind, Form) and isinstance(raw, dict):
        for name, inner in kind.fields:
            given = raw.get(name)
            yield from _fixed_days(inner, given, _span(given, span))
    elif isinstance(kind, Date) and isinstance(raw, str) and _is_day(raw):
        message = f"“{raw}” is a day of the calendar, and will soon be past."
        yield Finding("CP607", message, "Say how far away it is: in 3 days.", span)


def _is_day(text: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _misfit(rule: Rule, kind: AnswerKind) -> str:
    """What would be right, where a rule cannot say anything about such an answer."""
    about: AnswerKind | None = kind
    if rule.part:
        about = dict(kind.fields).get(rule.part) if isinstance(kind, Form) else None
    if about is None or _fits(rule, about):
        return ""
    if isinstance(about, Form):
        fitting = [name for name, inner in about.fields if _fits(rule, inner)]
        return f"Say which field it is about: field: {fitting[0]}" if fitting else "Take it out."
    if isinstance(rule.check, Within):
        return "“within” is for a date."
    if isinstance(rule.check, Items):
        return "“items” is for a list or for choices."
    return "Rules on wording are for what people write themselves."


def _fits(rule: Rule, kind: AnswerKind) -> bool:
    """Whether a rule can say anything about this kind of answer."""
    match rule.check:
        case Within():
            return isinstance(kind, Date)
        case Items():
            return isinstance(kind, ListOf | Choices)
        case check if isinstance(check, _ON_WORDS):
            if isinstance(kind, Form):
                return any(_fits(rule, inner) for _, inner in kind.fields)
            return isinstance(kind, _TEXTS) or (isinstance(kind, Choices) and kind.own > 0)
        case _:
            return True


def _span(node: object, otherwise: Span) -> Span:
    """The place of an example, where it knows it."""
    span = getattr(node, "span", None)
    return span if isinstance(span, Span) else otherwise


def _like(kind: AnswerKind) -> str:
    return f"Such an answer looks like this: {_SAMPLES.get(name_of(kind), 'a name')}"


def _quoted(text: str) -> str:
    return f"“{' '.join(text.split())}”"
