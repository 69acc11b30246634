"""Settings that change nothing, and answers that lead nowhere.

A setting is a question to whoever prepares an exercise. If nothing reads it (no text, no timer, no
bound, no condition, no list to choose from, and nothing that is handed to an include), it is a
question whose answer is thrown away.

Answers are another matter. To write for oneself is the point of many exercises: what nobody reads
again stands in its writer's own transcript, a rating can be compared with the one before, and what
is shared can be read there by those it is shared with. So nothing is said of an answer but where
its question has no point of its own:

- A `yes_no` that nobody else may read and nobody keeps is asked for the sake of what follows from
  it. If nothing does, it was probably meant to steer.
- A `reveal` asks someone to pick what others may see. If no text shows it, they never see it.

Both are notes: an author may have a reason. Care protocols are left out: the library itself reads
their answers, and that they should have no settings is said by the proof of care.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from compassion_protocols.checking.facts import Facts
from compassion_protocols.findings import Finding
from compassion_protocols.model.answers import YesNo
from compassion_protocols.model.protocol import Family
from compassion_protocols.model.steps import Ask, Include, Reveal

if TYPE_CHECKING:
    from collections.abc import Iterator


def check_unused(facts: Facts) -> Iterator[Finding]:
    """Every setting that nothing uses, and every answer whose question has no point then."""
    if facts.protocol.family is Family.CARE:
        return
    used = _used(facts)
    for setting in facts.protocol.settings:
        if setting.name not in used:
            message = (
                f"Nothing uses the setting “{setting.name}”: whatever is chosen, nothing changes."
            )
            remedy = "Name it in the text or the timer where it should count."
            yield Finding("CP514", message, remedy, setting.span)
    yield from _answers(facts, used)


def _used(facts: Facts) -> set[str]:
    """Every name that something reads, or that is handed to an include."""
    used = {reference.name for reference in facts.references}
    names = [name for name, _ in facts.declared]
    if len(set(names)) < len(names):  # told as a clash
        used.update([name for name, count in Counter(names).items() if count > 1])
    used.update(*[passage.text.reads for passage in facts.passages])
    for _, step in facts.each(Include):
        used.update([given for _, given in step.given if isinstance(given, str)])
    return used


def _answers(facts: Facts, used: set[str]) -> Iterator[Finding]:
    for place, reveal in facts.each(Reveal):
        if reveal.id and reveal.id not in used and not place.included:
            message = f"No text shows “{reveal.id}”, so nobody ever sees what is picked here."
            remedy = "Show it in a step after this one."
            yield Finding("CP515", message, remedy, reveal.span)
    for place, ask in facts.each(Ask):
        if type(ask.answer) is not YesNo or ask.shared is not None or ask.keep is not None:
            continue
        if ask.id and ask.id not in used and not place.included:
            message = f"Nothing follows from “{ask.id}”, and nobody else reads it or keeps it."
            remedy = "Let a `when` or a text depend on it."
            yield Finding("CP515", message, remedy, ask.at("answer"))
