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
from compassion_protocols.checking.hopeless import Hopeless
from compassion_protocols.checking.misfits import misfit
from compassion_protocols.checking.ranges import Ranges
from compassion_protocols.checking.spans import line
from compassion_protocols.errors import AnswerRefused
from compassion_protocols.findings import Finding, Span
from compassion_protocols.language.values import NOT_REACHED, Person
from compassion_protocols.model.accepting import accept, of_example
from compassion_protocols.model.answers import (
    Choice,
    Choices,
    Date,
    Form,
    OnePerson,
    Rank,
    name_of,
    options_of,
)
from compassion_protocols.model.names import Ref
from compassion_protocols.model.rules import SHAPE_CHECKS, Situation, met
from compassion_protocols.model.steps import Ask, Reveal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compassion_protocols.checking.facts import Facts, Scope
    from compassion_protocols.language.values import Lookup, Missing, Value
    from compassion_protocols.model.answers import AnswerKind, Options
    from compassion_protocols.model.rules import Rule

    Rules = Sequence[Rule]

MOST_RULES = 50
_FEW = 5
"""How many rules, and how many counterexamples, a question may have: each is tried on each."""

_TODAY = dt.date(2000, 1, 1)
"""A day like any other: examples speak of days from now."""

_SOMEONE = Person("someone", "Someone")
_PEOPLE = (Sort.ROLE, Sort.OTHERS, Sort.LISTENER)
_WITH_DAYS = frozenset((Date, Form))
_SAMPLES: dict[str, str] = {
    "text": "My shoulders came down a little.",
    "long_text": "I kept going, although it was hard.",
    "yes_no": '"yes"',
    "number": "3",
    "scale": "4",
    "date": "in 3 days",
    "time": '"18:30"',
    "list": "[more time together, a walk]",
    "form": "{what: a walk, by_when: in 3 days}",
}
"""An example of each kind, to begin with; where options are offered, they are examples."""


def check_examples(facts: Facts, lists: Mapping[str, tuple[str, ...]] | None) -> Iterator[Finding]:
    """Every example that is none, and every rule on wording that nothing shows.

    ``lists`` holds the word lists; a rule by a list that is not there stays silent.
    """
    rehearsal = _Rehearsal(facts, lists or {})
    for place in facts.questions:
        step = place.step
        if isinstance(step, Ask):
            rehearsal.question(step, place.scope)
        elif isinstance(step, Reveal) and step.id:
            rehearsal.values[step.id] = rehearsal.lookup(step.answer.name)
    yield from rehearsal.findings


class _Rehearsal:
    """A protocol that plays itself through: what names stand for, and what goes wrong."""

    def __init__(self, facts: Facts, lists: Mapping[str, tuple[str, ...]]) -> None:
        self.findings: list[Finding] = []
        values: dict[str, Value | Missing] = dict(facts.constants)
        for setting in facts.protocol.settings:
            values[setting.name] = setting.default
        for name, meaning in facts.names.items():
            if meaning.sort in _PEOPLE:
                values[name] = (_SOMEONE,)
        self.values = values
        # It does not lean on `self`: such a ring would keep all facts until garbage is collected.
        self.lookup: Lookup = lambda name: values.get(name, NOT_REACHED)
        self.situation = Situation(_TODAY, self.lookup, lists.get)
        self.facts = facts
        self.lists = lists

    def find(self, code: str, message: str, remedy: str, node: object, step: Ask) -> None:
        """Note a finding at a node, or at its step where the node does not know its place."""
        self.findings.append(Finding(code, message, remedy, _place_of(node, step)))

    def question(self, step: Ask, scope: Scope) -> None:
        rules = step.rules and [rule for rule in step.rules if self._fits(rule, step)]
        if len(step.rules) > MOST_RULES or len(step.counterexamples) > MOST_RULES:
            message = "This question has more rules or counterexamples than anyone could read."
            at = step.at("rules", "counterexamples")
            self.find("CP609", message, f"Keep {MOST_RULES} of each at most.", at, step)
        elif not self._is_open(step.answer):
            self._example(step, rules, scope)
            if rules or step.counterexamples:
                self._counterexamples(step, rules)

    def _fits(self, rule: Rule, step: Ask) -> bool:
        remedy = misfit(rule, step.answer)
        if remedy:
            message = f"This rule says nothing about a {name_of(step.answer)} answer."
            at = _held_against(rule, step, "rules", "answer")
            self.find("CP608", message, remedy, at, step)
        return not remedy

    def _is_open(self, kind: AnswerKind) -> bool:
        """Whether nobody can tell here what may be chosen, or not all of it could be read."""
        options: Options | None = getattr(kind, "options", None)
        if options is None:
            return False
        offered = self._offered(options)
        return "" in offered or (not offered and isinstance(options, Ref))

    def _example(self, step: Ask, rules: Rules, scope: Scope) -> None:
        kind, example = step.answer, step.example
        if type(kind) is OnePerson:
            if example is not None:
                message = "Who can be chosen here is known only when a session begins."
                self.find("CP602", message, "Take the example out.", example, step)
            return
        if example is None:
            remedy = f"Add one that a person might give: example: {self._sample(kind)}"
            message = "This question has no example, so nobody sees it at work before it is asked."
            self.find("CP601", message, remedy, step.at("answer"), step)
            return
        try:
            value = self._accepted(step, example)
        except AnswerRefused as refused:
            message = f"The question itself refuses this example: {_quoted(refused.say)}"
            at = _held_against(example, step, "example", "answer")
            self.find("CP602", message, self._like(kind), at, step)
            return
        if step.id:
            self.values[step.id] = value
        missed = rules and [rule for rule in rules if met(rule, value, self.situation) is False]
        if missed:
            self._missed(step, missed, Hopeless(step, scope, Ranges(self.facts), self.lists.get))

    def _like(self, kind: AnswerKind) -> str:
        return f"Such an answer looks like this: {self._sample(kind)}"

    def _sample(self, kind: AnswerKind) -> str:
        """An example to begin with, of what is offered where that is known."""
        match kind:
            case Choice(options=options):
                return " or ".join(self._offered(options)[:_FEW])
            case Choices(options=options):
                few = kind.least if isinstance(kind.least, int) else 1
                return f"[{', '.join(self._offered(options)[: few or 1])}]"
            case Rank(options=options):
                return f"[{', '.join(self._offered(options))}]"
        return _SAMPLES[name_of(kind)]

    def _offered(self, options: Options) -> list[str]:
        return [each.value for each in options_of(options, self.lookup)]

    def _missed(self, step: Ask, missed: Rules, question: Hopeless) -> None:
        for rule in missed:
            why = question.why(rule)
            if why:
                message = f"No answer can meet this rule, so everybody would be asked again. {why}"
                self.find("CP513", message, "Change one of the two, or take it out.", rule, step)
            else:
                at = _held_against(step.example, step, "example", "rules", "answer")
                there = line(rule.span, at)
                message = (
                    f"The example misses the rule on {there}: whoever answered "
                    f"like this would be asked again, with {_quoted(rule.say.source)}"
                )
                remedy = "Change the example, or the rule if such an answer is fine."
                self.find("CP603", message, remedy, at, step)

    def _counterexamples(self, step: Ask, rules: Rules) -> None:
        unseen, idle = list(rules), 0
        for counterexample in step.counterexamples:
            try:
                answering = self._answering(self._accepted(step, counterexample), unseen, rules)
            except AnswerRefused as refused:
                idle += 1
                message = f"The question refuses this counterexample: {_quoted(refused.say)}"
                at = _held_against(counterexample, step, "counterexamples", "answer")
                self.find("CP605", message, self._like(step.answer), at, step)
                continue
            unseen = [rule for rule in unseen if rule not in answering]
            if not answering:
                idle += 1
                message = "This counterexample meets every rule, so nothing answers it."
                at = _held_against(counterexample, step, "counterexamples", "rules")
                self.find("CP606", message, "Change it, or take it out.", at, step)
        # An idle counterexample was meant for one of these.
        hidden = [rule for rule in unseen if not isinstance(rule.check, SHAPE_CHECKS)]
        for rule in hidden[idle:]:
            message = (
                "No counterexample puts this rule to the test, so it may send people back who did "
                "nothing amiss."
            )
            remedy = "Add to “counterexamples” an answer that should be asked for anew."
            self.find("CP604", message, remedy, rule, step)

    def _answering(self, value: Value, unseen: Rules, rules: Rules) -> Rules:
        """The rules that answer a value, or may; of those seen before, one is enough."""
        found = [rule for rule in unseen if not met(rule, value, self.situation)]
        if found:
            return found
        return [rule for rule in rules if not met(rule, value, self.situation)][:1]

    def _accepted(self, step: Ask, raw: object) -> Value:
        kind = step.answer
        if type(kind) in _WITH_DAYS:
            self._fixed_days(step, kind, raw)
        return accept(kind, of_example(kind, raw, _TODAY, self.lookup), self.lookup)

    def _fixed_days(self, step: Ask, kind: AnswerKind, raw: object) -> None:
        """Find the days of a calendar in an example: they would soon be past."""
        if isinstance(kind, Form) and isinstance(raw, dict):
            for name, inner in kind.fields:
                self._fixed_days(step, inner, raw.get(name))
        elif isinstance(kind, Date) and isinstance(raw, str) and _is_day(raw):
            message = f"“{raw}” is a day of the calendar, and will soon be past."
            self.find("CP607", message, "Say how far away it is: in 3 days.", raw, step)


def _place_of(node: object, step: Ask) -> Span:
    span = node if isinstance(node, Span) else getattr(node, "span", None)
    return span if isinstance(span, Span) else step.span


def _held_against(node: object, step: Ask, key: str, *others: str) -> Span:
    """Where an example stands; or the key, written anew, that it was not written for."""
    if key in dict(step.anew) or step.at(*others) == step.span:
        return _place_of(node, step)
    return step.at(*others)


def _is_day(text: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _quoted(text: str) -> str:
    return f"“{' '.join(text.split())}”"
