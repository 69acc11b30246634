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

from compassion_protocols.authoring.paper.nouns import Noun
from compassion_protocols.authoring.paper.phrases import clause, holds_beforehand, phrase
from compassion_protocols.language.expressions import Filter, Item, Name
from compassion_protocols.language.parts import For, If, Output
from compassion_protocols.language.values import shown

if TYPE_CHECKING:
    from compassion_protocols.authoring.paper.nouns import Paper
    from compassion_protocols.language.expressions import Expression
    from compassion_protocols.language.parts import Part, Parts
    from compassion_protocols.language.template import Template

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
