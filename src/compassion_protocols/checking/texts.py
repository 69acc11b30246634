"""All that people read in a protocol, in one place: what is asked of wording is asked of these.

What stands for a facilitator alone (a `note`) is not in it, and neither is what comes from another
protocol: that one has been looked at for itself. A value in a text is a short word here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.findings import Span
from compassion_protocols.language.grade import words_of
from compassion_protocols.language.wording import wording
from compassion_protocols.model.answers import Choice, Choices, Form, Rank
from compassion_protocols.model.steps import Ask, Part

if TYPE_CHECKING:
    from compassion_protocols.checking.facts import Facts
    from compassion_protocols.model.answers import AnswerKind

Text = tuple[str, Span]
"""Some words, and where they stand."""


@frozen(slots=False)
class Texts:
    """Everything that a participant reads: whole sentences, and a few words each."""

    whole: list[Text]
    few: list[Text]
    """Titles, labels, phrases to borrow, and what there is to choose from."""

    @property
    def each(self) -> list[Text]:
        """All of it, the sentences first."""
        return self.whole + self.few

    @cached_property
    def sentences(self) -> str:
        """All sentences, a paragraph for each text."""
        return "\n\n".join([words for words, _ in self.whole])

    @cached_property
    def words(self) -> list[str]:
        """All words of the sentences, in small letters."""
        return words_of(self.sentences)

    @cached_property
    def different(self) -> set[str]:
        """Every word that stands anywhere."""
        return {*self.words, *words_of("\n".join([words for words, _ in self.few]))}


def texts_of(facts: Facts) -> Texts:
    """Everything that a participant reads."""
    protocol, card, care = facts.protocol, facts.protocol.card, facts.protocol.care
    whole = [
        (protocol.summary, protocol.span),
        (card.why, card.span),
        *[(line, care.span) for line in (*care.not_for, *care.before_you_start)],
        *[(wording(text), text.span) for text in facts.shown],
    ]
    few = [(protocol.title, protocol.span)]
    few += [(setting.label, setting.span) for setting in protocol.settings]
    for place, part in facts.each(Part):
        if not place.included:
            few.append((wording(part.title), part.title.span))
    for place, ask in facts.each(Ask):
        if not place.included:
            if type(ask.answer) in _WITH_LABELS:
                few += [(label, ask.at("answer")) for label in _labels(ask.answer)]
            if ask.borrow and isinstance(ask.borrow, tuple):
                few += [(words, ask.at("borrow")) for words in ask.borrow]
    return Texts(whole, few)


def _labels(kind: AnswerKind) -> list[str]:
    """What there is to choose from, as far as it stands in the file."""
    if isinstance(kind, Form):
        return [label for _, inner in kind.fields for label in _labels(inner)]
    options = kind.options if isinstance(kind, _WITH_OPTIONS) else ()
    return [option.label for option in options] if isinstance(options, tuple) else []


_WITH_OPTIONS = (Choice, Choices, Rank)
_WITH_LABELS = frozenset((*_WITH_OPTIONS, Form))
