"""All that people read in a protocol, in one list: what is asked of wording is asked of these.

What stands for a facilitator alone (a `note`) is not in it, and neither is what comes from another
protocol: that one has been looked at for itself. A value in a text is a short word here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import define, frozen

from compassion_protocols.language.grade import words_of
from compassion_protocols.language.wording import wording
from compassion_protocols.model.answers import Choice, Choices, Form, Rank
from compassion_protocols.model.steps import Ask, Breathe, End, Part, Say, Speak, Wait

if TYPE_CHECKING:
    from compassion_protocols.checking.facts import Facts
    from compassion_protocols.findings import Span
    from compassion_protocols.language.template import Template
    from compassion_protocols.model.answers import AnswerKind
    from compassion_protocols.model.protocol import Protocol
    from compassion_protocols.model.steps import AnyStep


@define(eq=False)
class Text:
    """Some words, and where they stand; ``whole`` if they are sentences rather than a few words."""

    words: str
    span: Span
    whole: bool = True


@frozen(slots=False)
class Texts:
    """Everything that a participant reads, in the order of the file, and all of it at once."""

    each: tuple[Text, ...]

    @cached_property
    def sentences(self) -> str:
        """All sentences, a paragraph for each text."""
        return "\n\n".join([text.words for text in self.each if text.whole])

    @cached_property
    def words(self) -> list[str]:
        """All words of the sentences, in small letters."""
        return words_of(self.sentences)

    @cached_property
    def different(self) -> frozenset[str]:
        """Every word that stands anywhere."""
        few = "\n".join([text.words for text in self.each if not text.whole])
        return frozenset((*self.words, *words_of(few)))


def texts_of(facts: Facts) -> Texts:
    """Everything that a participant reads."""
    found = _before(facts.protocol)
    for place in facts.places:
        if not place.included:
            _add_step(place.step, found)
    return Texts(tuple(found))


def _before(protocol: Protocol) -> list[Text]:
    """What is read before it starts."""
    card, care = protocol.card, protocol.care
    return [
        Text(protocol.title, protocol.span, whole=False),
        Text(protocol.summary, protocol.span),
        Text(card.why, card.span),
        *[Text(line, care.span) for line in (*care.not_for, *care.before_you_start)],
        *[Text(setting.label, setting.span, whole=False) for setting in protocol.settings],
    ]


def _add_step(step: AnyStep, found: list[Text]) -> None:
    if isinstance(step, _WITH_TEXT) and step.text is not None:
        found.append(_shown(step.text))
    if step.meanwhile is not None:
        found.append(_shown(step.meanwhile))
    if isinstance(step, Ask):
        if step.hint is not None:
            found.append(_shown(step.hint))
        if step.rules:
            found += [_shown(rule.say) for rule in step.rules]
        if isinstance(step.answer, _WITH_LABELS):
            found += [Text(label, step.at("answer"), whole=False) for label in _labels(step.answer)]
        if step.borrow and isinstance(step.borrow, tuple):
            found += [Text(words, step.at("borrow"), whole=False) for words in step.borrow]
    elif isinstance(step, Part):
        found.append(Text(wording(step.title), step.title.span, whole=False))


_WITH_TEXT = (Say, Ask, Speak, Wait, Breathe, End)


def _shown(template: Template) -> Text:
    return Text(wording(template), template.span)


def _labels(kind: AnswerKind) -> list[str]:
    """What there is to choose from, as far as it stands in the file."""
    if isinstance(kind, Form):
        return [label for _, inner in kind.fields for label in _labels(inner)]
    options = kind.options if isinstance(kind, _WITH_OPTIONS) else ()
    return [option.label for option in options] if isinstance(options, tuple) else []


_WITH_OPTIONS = (Choice, Choices, Rank)
_WITH_LABELS = (*_WITH_OPTIONS, Form)
