"""Whether a text can be shown with an empty place in it, where a name or an answer would stand.

A step does not open while something that its text needs is missing. But what stands inside an
`{% if %}` is not needed, an invitation is shown whatever is missing, and of a list that is there
one person's part may not be. So every value that a text prints is followed here, together with
the tests on the way to it, and each is a finding that may print nothing:

- a name of people, of whom there is nobody in some size of group;
- an answer inside an `{% if %}` that does not ask whether it is given;
- somebody's part of a gathered list (`of`), or one beyond its first entry.

And a text that is made of branches alone may come to nothing as a whole. A `say` is passed over
then; whatever else is shown would be an empty screen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.checking.facts import Manner, Sort, plainly
from compassion_protocols.checking.spans import span_of
from compassion_protocols.checking.ways import Ways
from compassion_protocols.findings import Finding
from compassion_protocols.language.expressions import And, Conditional, Filter, Item, Name, Test
from compassion_protocols.language.filters import FILTERS
from compassion_protocols.language.guards import Outcome, depends, given_when
from compassion_protocols.language.parts import For, If, Output
from compassion_protocols.language.template import Template
from compassion_protocols.model.steps import Ask, Breathe, Speak, Wait

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.checking.facts import Facts, Passage
    from compassion_protocols.checking.flow import Flow
    from compassion_protocols.checking.headcount import Headcount, Tests
    from compassion_protocols.language.expressions import Expression
    from compassion_protocols.language.parts import Parts
    from compassion_protocols.language.tree import Node

_PEOPLE = (Sort.FACILITATOR, Sort.LISTENER, Sort.OTHERS)
"""Names of people of whom there may be nobody."""


def check_holes(facts: Facts, flow: Flow, people: Headcount) -> Iterator[Finding]:
    """Every value in a text that may be printed as nothing."""
    ways = Ways(facts)
    for passage in facts.involved:
        text = passage.text
        if not isinstance(text, Template) or (passage.place and passage.place.included):
            continue
        if _is_shown_empty(passage) and text.may_come_to_nothing:
            yield Finding("CP837", _empty(text), _WORDS_FOR_ALL, text.span)
        sure = frozenset[str]() if passage.manner is Manner.ALWAYS else text.required
        seen = ways.seen_from(text.span)
        reading = _Reading(facts, flow, people, seen, passage, sure)
        reading.parts(text.parts, ())
        yield from reading.findings


_WORDS_FOR_ALL = "Add {% else %} with words for the others, or some words outside the branches."


_TEST = re.compile(r"\{%-?\s*(?:el)?if\s+(.+?)\s*-?%\}", re.DOTALL)


def _empty(text: Template) -> str:
    """What is so where a text comes to nothing; in short where branches are inside of branches."""
    tests = [" ".join(test.split()) for test in _TEST.findall(text.source)]
    branches = [branch for part in text.parts if isinstance(part, If) for branch in part.branches]
    where = "Where no branch of this text is taken,"
    if len(tests) == len(branches) == 1:
        where = f"Where “{tests[0]}” is not so,"
    elif len(tests) == len(branches) == 2:
        where = f"Where neither “{tests[0]}” nor “{tests[1]}” is so,"
    return f"{where} there is nothing in this text, and somebody would look at an empty screen."


def _is_shown_empty(passage: Passage) -> bool:
    """Whether a text is shown even if nothing is in it; a `say` is passed over then."""
    if passage.manner is Manner.ALWAYS:
        return True
    step = None if passage.place is None else passage.place.step
    return isinstance(step, Ask | Speak | Wait | Breathe) and passage.text is step.text


@frozen(eq=False)
class _Reading:
    """One text, from its beginning to its end."""

    facts: Facts
    flow: Flow
    people: Headcount
    ways: Ways
    passage: Passage
    sure: frozenset[str]
    """The names without which the text is not shown at all."""
    findings: list[Finding] = field(factory=list)

    def parts(self, parts: Parts, tests: Tests) -> None:
        """Follow some parts, to which these tests have led."""
        for part in parts:
            match part:
                case Output(expression=expression):
                    self._output(expression, tests)
                case For(body=body, otherwise=otherwise):
                    self.parts(body, tests)
                    self.parts(otherwise, tests)
                case If(branches=branches, otherwise=otherwise):
                    for branch in branches:
                        self.parts(branch.body, (*tests, (branch.test, True)))
                        tests = (*tests, (branch.test, False))
                    self.parts(otherwise, tests)
                    tests = tests[: len(tests) - len(branches)]

    def _output(self, printed: Expression, tests: Tests) -> None:
        given = frozenset[str]().union(
            *[given_when(test, Outcome.TRUE if so else Outcome.NOT_TRUE) for test, so in tests]
        )
        for name in sorted(depends(printed) - given - self.sure):
            self._name(name, printed, tests)
        part = _perhaps_nothing(printed)
        if part is not None and not any(so and _asks_for(test, part) for test, so in tests):
            self._part(part, printed)

    def _part(self, part: Filter | Item, printed: Expression) -> None:
        """A part of a gathered list is there only if the one who would have given it did."""
        name = next((node.name for node in part.of.walk() if isinstance(node, Name)), "")
        answer = self.facts.answers.get(name)
        if answer is not None and answer.is_list_at(self.passage.scope):
            line = self.ways.line(answer.place)
            skips = f"When the person whose part this is skips {line}"
            if isinstance(part, Item):
                skips = f"When too few answer {line}"
            message = f"{skips}, there is no such part of “{plainly(name)}”: the text has a hole."
            self._find("CP833", name, printed, message, _default(name))

    def _name(self, name: str, printed: Expression, tests: Tests) -> None:
        passage = self.passage
        meaning = self.facts.meaning(name, passage.scope)
        if meaning is None:
            return
        if meaning.sort in _PEOPLE:
            sizes = self.people.lacking((name,), passage.place, passage.scope, tests)
            if sizes is not None:
                why = self.people.why(name, passage.scope, sizes)
                message = f"{why} there is no “{plainly(name)}”, and this text has a hole then."
                remedy = f"Put it into {{% if {name} is given %}}, or leave the name out."
                self._find("CP830", name, printed, message, remedy)
        elif name in self.facts.answers and passage.manner is not Manner.ALWAYS:
            place = passage.place
            given = 0 if place is None else self.flow.inside[place].given
            if not self.flow.bits((name,)) & given:
                skipped = self.ways.skipped(self.facts.answers[name], passage.scope)
                message = f"{skipped}, there is no “{plainly(name)}”, and this text has a hole."
                self._find("CP833", name, printed, message, _default(name))

    def _find(self, code: str, name: str, at: Expression, message: str, remedy: str) -> None:
        line = next(
            (node.line for node in at.walk() if isinstance(node, Name) and node.name == name), 0
        )
        self.findings.append(Finding(code, message, remedy, span_of(self.passage.text, name, line)))


def _default(name: str) -> str:
    return f'Write … | default("…"), or ask before it whether “{plainly(name)}” is given.'


def _perhaps_nothing(printed: Node) -> Filter | Item | None:
    """The part of an expression that picks something from a list which may not hold it."""
    match printed:
        case Filter(name="of"):
            return printed
        case Item(key=int(key)) if key not in (0, -1):
            return printed
        case Conditional():
            return None
        case Filter(name=name) if FILTERS[name].covers:
            return None
    parts = [_perhaps_nothing(child) for child in printed.children]
    return next((part for part in parts if part is not None), None)


def _asks_for(test: Expression, part: Expression) -> bool:
    """Whether a test that holds has looked for this very part."""
    match test:
        case And(operands=operands):
            return any(_asks_for(each, part) for each in operands)
        case Test(of=of, name="given"):
            return of == part
        case _:
            return False
