"""What stands in a field of the model, said in a few plain words.

For whoever compares two versions: a text as it was written, a length of time with its unit, a rule
as its check and its invitation. Nothing here is read back.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from attrs import fields, has

from compassion_protocols.language.condition import Condition
from compassion_protocols.language.template import Template
from compassion_protocols.model.answers import name_of
from compassion_protocols.model.author import authored
from compassion_protocols.model.names import People, Ref
from compassion_protocols.model.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.model.answers import AnswerKind
    from compassion_protocols.model.steps import Step

_UNSAID = ("span", "anew", "name", "linked", "id")


def said(value: object) -> str:
    """A value in words; nothing for what is not there."""
    match value:
        case None | "" | () | False:
            return ""
        case True:
            return "yes"
        case Template() | Condition():
            return value.source.strip()
        case Ref():
            return value.name
        case People():
            return ", ".join(value.names)
        case Enum():
            return str(value.value)
        case Rule():
            return _rule(value)
        case dict():
            return "; ".join(f"{key}: {said(each)}" for key, each in value.items())
        case tuple() | list():
            lines = all(isinstance(each, str) and not isinstance(each, Enum) for each in value)
            return ("\n" if lines else "; ").join(said(each) for each in value)
        case _ if has(type(value)):
            return "; ".join(f"{key}: {words}" for key, words in parts(value) if words)
    return str(value)


def parts(thing: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  # whatever the model holds
    """The fields of a thing that its author writes, and others that are not about its place."""
    keys = {attribute.name: key for key, attribute in authored(type(thing)).items()}
    for attribute in fields(type(thing)):
        key = keys.get(attribute.name, attribute.name)
        if key not in _UNSAID:
            yield key, said(getattr(thing, attribute.name))


def said_of_step(step: Step) -> dict[str, str]:
    """What a step says under each of its keys, but for the steps inside it."""
    words = {}
    for key, attribute in authored(type(step)).items():
        value = getattr(step, attribute.name)
        words[key] = _answer(value) if key == "answer" else said(value)
    for inner in ("id", "steps", "otherwise"):
        words.pop(inner, None)
    if "choose" in words:
        cases: Any = getattr(step, "cases", ())
        words["choose"] = "; ".join(said(case.when) for case in cases)
    return words


def _answer(kind: AnswerKind) -> str:
    details = said(kind)
    return f"{name_of(kind)} ({details})" if details else name_of(kind)


def _rule(rule: Rule) -> str:
    kind = type(rule.check).__name__
    wanted = [said(getattr(rule.check, one.name)) for one in fields(type(rule.check))]
    firm = " (firm)" if rule.firm else ""
    about = f" of {rule.part}" if rule.part else ""
    return f"{_CHECKS.get(kind, kind.lower())} {', '.join(wanted)}{about}{firm}: {said(rule.say)}"


_CHECKS = {"StartsWith": "starts with", "DiffersFrom": "differs from"}
