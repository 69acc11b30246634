"""Whether a rule can say anything about the kind of answer that it is a rule on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.model.answers import Choices, Date, Form, ListOf, LongText, Text
from compassion_protocols.model.rules import (
    Avoids,
    Items,
    Mentions,
    Sentences,
    StartsWith,
    Within,
    Words,
)

if TYPE_CHECKING:
    from compassion_protocols.model.answers import AnswerKind
    from compassion_protocols.model.rules import Rule

_TEXTS = (Text, LongText, ListOf)
_ON_WORDS = (Words, Sentences, Avoids, Mentions, StartsWith)


def misfit(rule: Rule, kind: AnswerKind) -> str:
    """What would be right, where a rule cannot say anything about such an answer; else nothing.

    A field that its form does not have has been found before.
    """
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
    check = rule.check
    if isinstance(check, _ON_WORDS):
        if isinstance(kind, Form):
            return any(_fits(rule, inner) for _, inner in kind.fields)
        return isinstance(kind, _TEXTS) or (isinstance(kind, Choices) and kind.own > 0)
    if isinstance(check, Within):
        return isinstance(kind, Date)
    return not isinstance(check, Items) or isinstance(kind, ListOf | Choices)
