"""Whether what a text or a condition does with a name fits what that name is there.

This holds the gathering rule: inside all the list-making blocks around its question a name is one
value, further out it is a list. A list compared as if it were one value would never be equal, and
a step whose text reckons with one would never open; nobody would be told. So the kinds of all
expressions are worked out here, as far as they can be told, and what can only ever come to nothing
is a finding. What is :data:`~.kinds.UNKNOWN` fits everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compassion_protocols.checking.agreement import (
    NUMERIC,
    SINGLE,
    WANTED,
    either,
    leaf_of,
    made_by,
)
from compassion_protocols.checking.facts import Facts, Passage, Sort
from compassion_protocols.checking.kinds import (
    DURATION,
    LOOP,
    NUMBER,
    TEXT,
    UNKNOWN,
    YES_NO,
    Kind,
    Word,
    element_of,
    kind_of_answer,
    kind_of_value,
)
from compassion_protocols.checking.mismatches import (
    Mismatch,
    Side,
    inequality,
    mismatch,
    said,
    written,
)
from compassion_protocols.checking.spans import span_of
from compassion_protocols.findings import Finding, nearest
from compassion_protocols.language.condition import Condition
from compassion_protocols.language.expressions import (
    And,
    Arithmetic,
    Attribute,
    Comparison,
    Concat,
    Conditional,
    Constant,
    Expression,
    Filter,
    Item,
    Name,
    Negative,
    Not,
    Or,
    Test,
)
from compassion_protocols.language.parts import For, If, Output
from compassion_protocols.model.answers import Form
from compassion_protocols.model.names import YOU
from compassion_protocols.model.steps import Ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compassion_protocols.language.parts import Parts

    Kinds = dict[str, Kind]

_NEVER_FALSE = (Word.TEXT, Word.DATE, Word.TIME, Word.PERSON, Word.FORM)
"""What holds as soon as it is given, whatever it is."""


def check_fitting(facts: Facts) -> Iterator[Finding]:
    """Every use of a name as something that it is not."""
    for passage in facts.involved:
        yield from misuses(facts, passage)


def misuses(facts: Facts, passage: Passage) -> Iterator[Finding]:
    """Every use of a name, in one text or condition, as something that it is not."""
    text = passage.text
    walk = _Walk(facts, passage)
    if isinstance(text, Condition):
        walk.condition(text.expression, {})
        if YOU in text.reads and not passage.own:
            yield _nobody(text)
    else:
        walk.parts(text.parts, {})
    yield from walk.findings


def _nobody(condition: Condition) -> Finding:
    message = f"“{YOU}” is whoever reads a text, and nobody reads a condition: it holds for all."
    remedy = "Name someone, such as the speaker, or write {% if %} in the text."
    return Finding("CP423", message, remedy, span_of(condition, YOU))


class _Walk:
    """One walk through one text: the kind of each expression, and what does not fit."""

    def __init__(self, facts: Facts, passage: Passage) -> None:
        self.facts = facts
        self.passage = passage
        self.findings: list[Finding] = []

    def find(self, code: str, at: Expression, message: str, remedy: str) -> None:
        name = next((node for node in at.walk() if isinstance(node, Name)), Name(""))
        span = span_of(self.passage.text, name.name, name.line)
        self.findings.append(Finding(code, message, remedy, span))

    # texts

    def parts(self, parts: Parts, names: Kinds) -> None:
        for part in parts:
            match part:
                case Output(expression=expression):
                    self.kind(expression, names)
                case If(branches=branches, otherwise=otherwise):
                    for branch in branches:
                        self.condition(branch.test, names)
                        self.parts(branch.body, names)
                    self.parts(otherwise, names)
                case For():
                    self._for(part, names)

    def _for(self, part: For, names: Kinds) -> None:
        over = self.kind(part.over, names).bare
        if not over.is_list and over is not UNKNOWN:
            self.find(
                "CP421",
                part.over,
                f"{said(part.over)} is {over.word} here, not a list to go through.",
                "Write it as it is, without for.",
            )
        inside = {**names, part.name: element_of(over), "loop": LOOP}
        self.parts(part.body, inside)
        self.parts(part.otherwise, names)

    def condition(self, test: Expression, names: Kinds) -> Kind:
        """The kind of something that is asked whether it holds."""
        kind = self.kind(test, names)
        if kind.is_list and kind.inner.bare is YES_NO:
            message = f"{said(test)} is a list here, and a list holds as soon as it has an entry."
            remedy = f"Write {written(test)} | every, or some if one of them is enough."
            self.find("CP420", test, message, remedy)
        return kind

    # expressions

    def kind(self, of: Expression, names: Kinds) -> Kind:
        """The kind of an expression; what does not fit inside it is found on the way."""
        return _KINDS[type(of)](self, of, names)

    def _constant(self, of: Constant, names: Kinds) -> Kind:
        return kind_of_value(of.value)

    def _name(self, of: Name, names: Kinds) -> Kind:
        name, passage = of.name, self.passage
        if name in names:
            return names[name]
        if name in passage.own:
            step = passage.place.step if passage.place else None
            plain = isinstance(step, Ask) and not isinstance(step.answer, Form)
            return kind_of_answer(step.answer) if isinstance(step, Ask) and plain else UNKNOWN
        return self.facts.kind_of(name, passage.scope)

    def _attribute(self, of: Attribute, names: Kinds) -> Kind:
        return self._within(of, of.of, of.name, names)

    def _item(self, of: Item, names: Kinds) -> Kind:
        if isinstance(of.key, str):
            return self._within(of, of.of, of.key, names)
        whole = self.kind(of.of, names).bare
        if not whole.is_list and whole is not UNKNOWN:
            message = f"{said(of.of)} is {whole.word}, and has no entries to number."
            self.find("CP421", of, message, "Write it without [ ].")
        return element_of(whole)

    def _within(self, of: Expression, inner: Expression, name: str, names: Kinds) -> Kind:
        """A field of a form, of an entry or of ``loop``."""
        whole = self.kind(inner, names)
        if name in whole.fields:
            return whole.fields[name]
        if name in whole.bare.fields:
            return whole.bare.fields[name]
        if whole.is_list:
            message = f"{said(inner)} is {whole.word} here, and only its entries have “{name}”."
            remedy = f"Write {{% for r in {written(inner)} %}}{{{{ r.{name} }}}}{{% endfor %}}."
            self.find("CP420", of, message, remedy)
        elif whole.bare is not UNKNOWN:
            self._no_field(of, inner, name, whole)
        return UNKNOWN

    def _no_field(self, of: Expression, inner: Expression, name: str, whole: Kind) -> None:
        known = sorted({**whole.fields, **whole.bare.fields})
        message = (
            f"{said(inner)} is {whole.word} and has no “{name}”, so people would get nothing here."
            f"{nearest(name, known)}"
        )
        remedy = f"Write one of: {', '.join(known)}." if known else f"Write {written(inner)} alone."
        self.find("CP422", of, message, remedy)

    def _test(self, of: Test, names: Kinds) -> Kind:
        self.kind(of.of, names)
        return YES_NO

    def _deciding(self, of: And | Or, names: Kinds) -> Kind:
        for operand in of.operands:
            self.condition(operand, names)
        return UNKNOWN

    def _not(self, of: Not, names: Kinds) -> Kind:
        kind = self.condition(of.of, names).bare
        if kind.word in _NEVER_FALSE and not self._is_setting(of.of):
            message = f"{said(of.of)} is {kind.word}, which is never false, so “not” never holds."
            remedy = f"Write {written(of.of)} is missing, if it may have been skipped."
            self.find("CP423", of, message, remedy)
        return YES_NO

    def _is_setting(self, of: Expression) -> bool:
        """Whether it is a setting, whose text may be empty."""
        meaning = self.facts.meaning(of.name, self.passage.scope) if isinstance(of, Name) else None
        return meaning is not None and meaning.sort is Sort.SETTING

    def _conditional(self, of: Conditional, names: Kinds) -> Kind:
        self.condition(of.test, names)
        then = self.kind(of.then, names)
        otherwise = then if of.otherwise is None else self.kind(of.otherwise, names)
        return either(then, otherwise)

    def _concat(self, of: Concat, names: Kinds) -> Kind:
        for operand in of.operands:
            self.kind(operand, names)
        return TEXT

    def _arithmetic(self, of: Arithmetic, names: Kinds) -> Kind:
        kinds = [self._number(each, names) for each in (of.left, of.right)]
        return DURATION if DURATION in kinds else NUMBER

    def _negative(self, of: Negative, names: Kinds) -> Kind:
        return self._number(of.of, names)

    def _number(self, of: Expression, names: Kinds) -> Kind:
        """The kind of what is reckoned with."""
        kind = self.kind(of, names).bare
        if kind.is_list:
            message = f"{said(of)} is {kind.word} here, and cannot be reckoned with."
            remedy = "Make one number of it with count, sum, mean, lowest or highest."
            self.find("CP420", of, message, remedy)
            return UNKNOWN
        elif kind is not UNKNOWN and kind.word not in NUMERIC:
            message = f"{said(of)} is {kind.word}, and cannot be reckoned with."
            self.find("CP423", of, message, "Reckon with numbers and lengths of time.")
            return UNKNOWN
        return kind

    # comparisons

    def _comparison(self, of: Comparison, names: Kinds) -> Kind:
        sides = [Side(each, self.kind(each, names).bare) for each in of.operands]
        for left, operator, right in zip(sides, of.operators, sides[1:], strict=False):
            self._mismatch(of, mismatch(left, operator, right))
        return YES_NO

    def _mismatch(self, of: Expression, found: Mismatch | None) -> None:
        if found is not None:
            self.find(found.code, of, found.message, found.remedy)

    # filters

    def _filter(self, of: Filter, names: Kinds) -> Kind:
        kind = self.kind(of.of, names)
        arguments = [self.kind(each, names) for each in of.arguments]
        wanted = WANTED.get(of.name)
        leaf = kind.inner if of.name == "names" else leaf_of(kind)
        if wanted is not None and leaf is not UNKNOWN and leaf.word not in wanted:
            message = f"The filter {of.name} makes nothing of {said(of.of)}: it is {leaf.word}."
            takes = " or ".join(wanted)
            self.find("CP424", of, message, f"It takes {takes}.")
        elif of.name in SINGLE and kind.is_list:
            message = f"The filter {of.name} wants one value; {said(of.of)} is {kind.word} here."
            remedy = "Pick one entry first: of(…) picks that of one person."
            self.find("CP420", of, message, remedy)
        elif of.name in ("every", "some") and of.arguments:
            entry, value = Side(of.of, kind.inner.bare), Side(of.arguments[0], arguments[0].bare)
            self._mismatch(of, inequality(entry, value))
        return made_by(of.name, kind, arguments)


_KINDS: dict[type[Expression], Callable[[_Walk, Any, Kinds], Kind]] = {
    Constant: _Walk._constant,
    Name: _Walk._name,
    Attribute: _Walk._attribute,
    Item: _Walk._item,
    Filter: _Walk._filter,
    Test: _Walk._test,
    Comparison: _Walk._comparison,
    And: _Walk._deciding,
    Or: _Walk._deciding,
    Not: _Walk._not,
    Arithmetic: _Walk._arithmetic,
    Negative: _Walk._negative,
    Concat: _Walk._concat,
    Conditional: _Walk._conditional,
}
