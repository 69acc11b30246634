"""Whether a text speaks to the people who read it.

In a turn one person acts and the other waits, and each has a screen of their own. If `who` names
the wrong one of the two, every text of the step stands on the wrong screen: Ana reads “Ben, what
has been on your heart?”, and both are at a loss. Nothing else in the file need be wrong, so it
shows in the words alone. Two signs can be told in any language that has commas:

- *A call.* A name between commas, or before one at the beginning of a sentence, is spoken to. It
  must be somebody who reads the text.
- *A subject.* A sentence that begins with a name and goes on without a comma speaks about that
  person. It must not be the only one who reads it.

A third is told without words: where all have the floor at once in a turn, nobody is there to read
a `meanwhile` for those who listen.

Only pairs of names are looked at of which nobody can be both: the two of a `turns`, and the holder
of a role and the others. A text of a facilitator's (`note`) is about everyone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compassion_protocols.checking.spans import span_of
from compassion_protocols.findings import Finding
from compassion_protocols.model.names import EVERYONE
from compassion_protocols.model.steps import Ask, Breathe, Say, Speak, Turns, Wait

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.checking.facts import Facts, Place
    from compassion_protocols.language.template import Template
    from compassion_protocols.model.steps import AnyStep

_SENTENCE = r"(?:\A|\n\n|[.!?…”]\s)\s*"
_NAME = r"\{\{\s*([a-z]\w*)\s*\}\}"
_CALL = re.compile(rf"{_SENTENCE}{_NAME},|,\s+{_NAME}(?=[.,!?;:…”]|\s*\Z)")
_SUBJECT = re.compile(rf"{_SENTENCE}{_NAME}(?:['’]s)?\s+[^\W\d_]")


def check_address(facts: Facts) -> Iterator[Finding]:
    """Every text that calls somebody who does not read it, or speaks about its only reader."""
    yield from _unseen(facts)
    roles = [(role.name, role.others) for role in facts.protocol.roles if role.others]
    if not roles and not facts.each(Turns):
        return
    for place in facts.places:
        acting = place.who.names
        if len(acting) == 1 and not place.included:
            opposite = _opposites(place, roles).get(acting[0])
            if opposite is not None:
                yield from _of_step(place.step, acting[0], opposite)


def _unseen(facts: Facts) -> Iterator[Finding]:
    """A text for those who listen, where nobody does: in a turn, and all have the floor at once."""
    everyone = {seat.name for seat in facts.protocol.seats}
    for place, step in facts.each(Speak):
        if step.meanwhile is None or place.included:
            continue
        acting = place.who.names
        in_turn = any(isinstance(loop.place.step, Turns) for loop in place.scope.loops)
        if in_turn and (EVERYONE in acting or everyone.issubset(acting)):
            message = (
                "Everyone has the floor here at once, so nobody is told to listen: these words "
                "come only to whoever is done."
            )
            remedy = "Say in `who` whose floor it is, as in who: speaker."
            yield Finding("CP861", message, remedy, step.meanwhile.span)


def _opposites(place: Place, roles: list[tuple[str, str]]) -> dict[str, str]:
    """For each name there that stands for some of a role, the name of the rest."""
    turns = [loop.place.step for loop in place.scope.loops]
    pairs = [*[step.names for step in turns if isinstance(step, Turns)], *roles]
    return {one: other for pair in pairs for one, other in (pair, pair[::-1])}


def _of_step(step: AnyStep, acting: str, waiting: str) -> Iterator[Finding]:
    texts = [step.text] if isinstance(step, _WITH_TEXT) else []
    if isinstance(step, Ask):
        texts += [step.hint, *[rule.say for rule in step.rules]]
    for text in filter(None, texts):
        yield from _misdirected(text, reader=acting, other=waiting)
    if step.meanwhile is not None:
        yield from _misdirected(step.meanwhile, reader=waiting, other=acting)


_WITH_TEXT = (Ask, Breathe, Say, Speak, Wait)


def _misdirected(text: Template, *, reader: str, other: str) -> Iterator[Finding]:
    """The first call or subject in a text that shows it to be on the wrong screen."""
    if not {reader, other} & text.reads:
        return
    for pattern, wrong, message in ((_CALL, other, _CALLED), (_SUBJECT, reader, _SPOKEN_OF)):
        for found in pattern.finditer(text.source):
            if wrong in found.groups():
                line = text.source.count("\n", 0, found.end())
                told = message.format(name=wrong, reader=reader)
                yield Finding("CP860", told, _REMEDY, span_of(text, wrong, line))
                return


_CALLED = "This calls “{name}”, and “{reader}” reads it: neither knows who is meant to act."
_SPOKEN_OF = "This speaks about “{name}”, and only “{reader}” reads it, as if they were not there."
_REMEDY = "Look whether “who” names the right one; if it does, call them by their name, or “you”."
