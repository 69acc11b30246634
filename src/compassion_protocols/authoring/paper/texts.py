"""A text of the language on paper, where nobody's name and no answer is known.

What is known is filled in: settings have their defaults, and a branch that hangs on one of them is
taken or left. A name of a person becomes whoever bears it, “the speaker”; where it only calls
someone, as in “Welcome, {{ you }}.”, it is left out with its comma. An answer becomes the place
where it was written, in brackets: “[what was written at 3]”. A branch that nobody can know of in
advance is printed with its condition in words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from compassion_protocols.language.expressions import (
    And,
    Arithmetic,
    Attribute,
    Comparison,
    Concat,
    Conditional,
    Constant,
    Filter,
    Item,
    Name,
    Negative,
    Not,
    Or,
    Test,
)
from compassion_protocols.language.parts import For, If, Output
from compassion_protocols.language.values import NOTHING, Missing, shown, truth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.language.condition import Condition
    from compassion_protocols.language.expressions import Expression
    from compassion_protocols.language.parts import Part, Parts
    from compassion_protocols.language.template import Template
    from compassion_protocols.language.tree import Node
    from compassion_protocols.language.values import Truth, Value


@frozen
class Noun:
    """What a name stands for on paper: words such as “the speaker”, or where an answer is."""

    words: str
    person: bool = False
    entry: bool = False
    """Whether it is an entry of a list that a text goes through."""


@frozen
class Paper:
    """What each name means there: a value that is known beforehand, or a noun."""

    names: Mapping[str, Value | Noun] = field(factory=dict)

    def knowing(self, names: Mapping[str, Value | Noun]) -> Paper:
        """The same paper with more names on it."""
        return evolve(self, names={**self.names, **names})

    def noun(self, name: str) -> Noun:
        """The noun for a name; for one that is not known, its own words."""
        found = self.names.get(name)
        if isinstance(found, Noun):
            return found
        return Noun(name.rpartition(".")[2].replace("_", " ") if found is None else shown(found))

    def value(self, name: str) -> Value | Missing:
        """The value of a name; nothing where it is a noun."""
        found = self.names.get(name)
        return NOTHING if found is None or isinstance(found, Noun) else found

    def is_known(self, node: Node) -> bool:
        """Whether everything that is read there has a value beforehand."""
        return all(
            not isinstance(self.names.get(each.name), Noun) and each.name in self.names
            for each in node.walk()
            if isinstance(each, Name)
        )


# Texts

_NAME_BEGINS, _NAME_ENDS = "\x02", "\x03"
"""Around the name of a person while a text is written; no file can hold these characters."""

_PERSON = f"{_NAME_BEGINS}([^{_NAME_ENDS}]*){_NAME_ENDS}"
_SENTENCE_BEGINS = r"((?:^|\n)\s*(?:[-*]\s+)?|[.!?…]\s+|“)"
_CALLED_LATER = re.compile(rf",\s+{_PERSON}(?=\s*(?:[,.!?;:…”)]|\n|$))")
_CALLED_FIRST = re.compile(rf"{_SENTENCE_BEGINS}{_PERSON}[,:]\s+(\w)")
_YOURS = re.compile(rf"{_NAME_BEGINS}you{_NAME_ENDS}['’]s")
_FIRST_WORD = re.compile(rf"{_SENTENCE_BEGINS}{_NAME_BEGINS}(\w)")
_MARKS = re.compile(f"[{_NAME_BEGINS}{_NAME_ENDS}]")
_SPACES_AT_END = re.compile(r"[^\S\n]+(?=\n|$)")
_MANY_EMPTY_LINES = re.compile(r"\n{3,}")


def text_on_paper(template: Template, paper: Paper) -> str:
    """A text as it is printed, in the small part of Markdown that all texts are in."""
    text = _written(template.parts, paper)
    text = _SPACES_AT_END.sub("", text).strip()
    text = _CALLED_LATER.sub("", text)
    text = _CALLED_FIRST.sub(lambda found: f"{found[1]}{found[3].upper()}", text)
    text = _YOURS.sub(f"{_NAME_BEGINS}your{_NAME_ENDS}", text)
    text = _FIRST_WORD.sub(lambda found: f"{found[1]}{found[2].upper()}", text)
    return _MANY_EMPTY_LINES.sub("\n\n", _MARKS.sub("", text))


def _written(parts: Parts, paper: Paper) -> str:
    return "".join([part if isinstance(part, str) else _part(part, paper) for part in parts])


def _part(part: Part, paper: Paper) -> str:
    if isinstance(part, Output):
        return _printed(part.expression, paper)
    if isinstance(part, If):
        return _branches(part, paper)
    return _loop(part, paper) if isinstance(part, For) else ""


def _printed(expression: Expression, paper: Paper) -> str:
    """A value where it is known; else what stands for it, so that it cannot be taken for words."""
    if paper.is_known(expression):
        return shown(expression.evaluate(paper.value))
    if isinstance(expression, Name) and paper.noun(expression.name).person:
        return f"{_NAME_BEGINS}{paper.noun(expression.name).words}{_NAME_ENDS}"
    return f"[{phrase(expression, paper)}]"


def _branches(part: If, paper: Paper) -> str:
    """The branches that may be taken, each with its condition; one that surely is, alone."""
    told: list[str] = []
    passed: list[str] = []
    for branch in part.branches:
        verdict = holds_beforehand(branch.test, paper)
        body = _written(branch.body, paper)
        if verdict is True:
            return "".join([*told, _rest(body, told, passed)])
        if verdict is None and _is_of_entries(branch.test, paper):
            told.append(body)  # it only finds what belongs together
        elif verdict is None and body.strip():
            told.append(_guarded(f"if {clause(branch.test, paper)}", body))
        elif verdict is None:
            passed.append(clause(branch.test, paper))
    return "".join([*told, _rest(_written(part.otherwise, paper), told, passed)])


def _rest(body: str, told: list[str], passed: list[str]) -> str:
    """What is written where none of the branches before was taken."""
    if told:
        return _guarded("otherwise", body)
    return _guarded(f"unless {' or '.join(passed)}", body) if passed else body


def _is_of_entries(expression: Expression, paper: Paper) -> bool:
    """Whether it only compares the entries that a text goes through."""
    nouns = [paper.noun(each.name) for each in expression.walk() if isinstance(each, Name)]
    return all(noun.entry for noun in nouns)


def _guarded(guard: str, body: str) -> str:
    """A body behind its condition; one that has lines is a paragraph of its own."""
    if not body.strip():
        return ""
    if "\n" in body.strip("\n") or body.endswith("\n"):
        return f"\n({guard[:1].upper()}{guard[1:]}:)\n{body}\n"
    return f"({guard}: {body.strip()})"


def _loop(part: For, paper: Paper) -> str:
    """One round of a loop, and an ellipsis where more may follow."""
    if paper.is_known(part.over):
        value = part.over.evaluate(paper.value)
        items = value if isinstance(value, tuple) else ()
        rounds = [_written(part.body, paper.knowing({part.name: item})) for item in items]
        return "".join(rounds) or _written(part.otherwise, paper)
    entry = {part.name: _entry_of(part.over, paper), "loop": Noun("number", entry=True)}
    body = _written(part.body, paper.knowing(entry))
    return f"{body.rstrip()}\n- …\n" if body.lstrip().startswith(("- ", "* ")) else body


def _entry_of(expression: Expression, paper: Paper) -> Noun:
    """What each round of a loop has: an entry of what is gone through."""
    while isinstance(expression, Filter | Item):
        expression = expression.of
    return Noun(phrase(expression, paper), entry=True)


# Phrases and clauses


def phrase(expression: Expression, paper: Paper) -> str:
    """What an expression stands for, as a part of a sentence."""
    if paper.is_known(expression):
        return shown(expression.evaluate(paper.value)) or "nothing"
    match expression:
        case Name():
            return paper.noun(expression.name).words
        case Attribute():
            return _field(expression, paper)
        case Item():
            return phrase(expression.of, paper)
        case Filter():
            return _filtered(expression.name, phrase(expression.of, paper))
        case Arithmetic():
            left, right = phrase(expression.left, paper), phrase(expression.right, paper)
            return f"{left} {expression.operator} {right}"
        case Negative():
            return f"-{phrase(expression.of, paper)}"
        case Concat():
            return " ".join(phrase(each, paper) for each in expression.operands)
        case Conditional():
            return phrase(expression.then, paper)
        case _:
            return clause(expression, paper)


def _filtered(name: str, what: str) -> str:
    """What a filter makes of something, where it makes another thing of it."""
    if name == "count":
        place = re.sub("^(what was written|the answer) ", "", what)
        return f"the number of {'entries in ' if place == what else 'answers '}{place}"
    return _FILTERED.get(name, "{}").format(what)


_FILTERED = {
    "sum": "the sum of {}",
    "mean": "the mean of {}",
    "lowest": "the lowest of {}",
    "highest": "the highest of {}",
    "first": "the first of {}",
    "last": "the last of {}",
    "names": "the names in {}",
}


def _field(expression: Attribute, paper: Paper) -> str:
    """A field of an entry, of a form, or of the place in a loop."""
    name = expression.name.replace("_", " ")
    of_entry = isinstance(expression.of, Name) and paper.noun(expression.of.name).entry
    whole = phrase(expression.of, paper)
    if not of_entry:
        return f"{name}, {whole.removeprefix('the answer ')}"
    if expression.name == "value":
        return whole
    return "name" if expression.name == "by" else name


_COMPARED = {
    "==": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
    "in": "is in",
    "not in": "is not in",
}


def clause(expression: Expression, paper: Paper) -> str:
    """A condition as a clause that can follow “if”."""
    match expression:
        case Comparison():
            return _comparison(expression, paper)
        case And() | Or():
            between = " and " if isinstance(expression, And) else " or "
            return between.join(clause(each, paper) for each in expression.operands)
        case Not():
            return f"not so that {clause(expression.of, paper)}"
        case Test():
            return _given(phrase(expression.of, paper), expression.name == "given")
        case Filter(name="every"):
            return f"everyone said yes in {phrase(expression.of, paper)}"
        case Filter(name="some"):
            return f"someone said yes in {phrase(expression.of, paper)}"
        case _:
            return f"{phrase(expression, paper)} is yes"


def _given(what: str, is_there: bool) -> str:
    """Whether something is there, as a clause: “something was written at 3”."""
    if what.startswith("what was "):
        return f"{'something' if is_there else 'nothing'} {what.removeprefix('what ')}"
    if not is_there:
        return f"{what} was left open"
    thing = what.removeprefix("the ")
    return f"there is {'an' if thing[:1] in 'aeiou' else 'a'} {thing}"


def _comparison(expression: Comparison, paper: Paper) -> str:
    words = [_operand(operand, paper) for operand in expression.operands]
    links = zip(words, expression.operators, words[1:], strict=False)
    return " and ".join(f"{left} {_COMPARED[name]} {right}" for left, name, right in links)


def _operand(expression: Expression, paper: Paper) -> str:
    if isinstance(expression, Constant) and isinstance(expression.value, str):
        return f"“{expression.value}”"
    return phrase(expression, paper)


def holds_beforehand(expression: Expression, paper: Paper) -> Truth:
    """Whether a condition holds whatever people answer; None where that depends on them."""
    if not paper.is_known(expression):
        return None
    return truth(expression.evaluate(paper.value)) is True


def condition_on_paper(condition: Condition, paper: Paper) -> str:
    """A condition as a clause that can follow “if”; empty if it holds whatever people answer."""
    if holds_beforehand(condition.expression, paper):
        return ""
    return clause(condition.expression, paper)
