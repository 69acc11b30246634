"""An expression on paper: a phrase for what it stands for, a clause for a condition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
from compassion_protocols.language.values import shown, truth

if TYPE_CHECKING:
    from compassion_protocols.authoring.paper.nouns import Paper
    from compassion_protocols.language.condition import Condition
    from compassion_protocols.language.expressions import Expression
    from compassion_protocols.language.values import Truth


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
