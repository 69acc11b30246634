"""Whether every moment can be paused and comes back, and whether care can always be leant on.

Paused time never counts. Most timers go on with what was left (`remaining`), breathing begins again
(`restart`), and waiting for a time of day keeps to that time (`deadline`). An author may choose
another `resume`, and only some of these choices are right for a timer:

| timer                        | remaining | restart              | deadline           |
|------------------------------|-----------|----------------------|--------------------|
| `wait` with `until`          | moves it  | moves it             | as it is           |
| a long `wait`                | as it is  | begins again         | as it is           |
| `speak`, or with `at_least`  | as it is  | gives the time twice | takes time away    |
| any other that ends a moment | as it is  | begins again         | takes time away    |
| none, or that of a block     | nothing for `resume` to do                            |||

A long wait is spent elsewhere (:meth:`.Lengths.is_elsewhere`), so its time may pass in a pause too.

Care stands around every protocol and is shown inside its sessions, to one person. So it can lean on
nothing but that person: no setting and no role of its own is there. Nothing in it may be taken away
by a clock. And a screening must be able to let people in and to keep them out.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from compassion_protocols.checking.facts import Answer, Scope
from compassion_protocols.checking.lengths import Lengths
from compassion_protocols.checking.spans import in_lines
from compassion_protocols.findings import Finding
from compassion_protocols.language.condition import holds
from compassion_protocols.language.values import NOT_REACHED
from compassion_protocols.model.answers import Choice, Scale, YesNo
from compassion_protocols.model.choices import Resume
from compassion_protocols.model.names import (
    FEELS_SAFE,
    GROUNDING,
    HUMAN_HELP,
    PAUSE_CARD,
    RATING_NOW,
    YOU,
    Ref,
)
from compassion_protocols.model.steps import Ask, Breathe, Reveal, Say, Speak, Wait

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compassion_protocols.checking.facts import Facts
    from compassion_protocols.language.condition import Condition
    from compassion_protocols.language.values import Lookup, Missing, Value
    from compassion_protocols.model.protocol import Protocol
    from compassion_protocols.model.steps import AnyStep, Step

_MOST_TRIED = 5_000
"""How many combinations of answers to a screening are tried."""


def check_pausing(facts: Facts) -> Iterator[Finding]:
    """Every timer that a pause would spoil, and all care that could fail when it is needed."""
    lengths = None
    for place in facts.places:
        if place.step.resume is not None and not place.included:
            lengths = lengths or Lengths(facts)
            yield from _resuming(place.step, place.step.resume, lengths)
    if facts.protocol.id in (PAUSE_CARD, GROUNDING, HUMAN_HELP):
        yield from _standing_alone(facts.protocol)
        yield from _unhurried(facts)
    if facts.protocol.care.clears is not None:
        yield from _screening(facts, facts.protocol.care.clears)


# after a pause


def _resuming(step: AnyStep, resume: Resume, lengths: Lengths) -> Iterator[Finding]:
    span = step.at("resume", *_TIMES)
    if isinstance(step, Wait) and step.until is not None:
        if resume is not Resume.DEADLINE:
            message = "After a pause this would wait for longer than the agreed time of day."
            yield Finding("CP841", message, "Take “resume” out; the time stands.", span)
    elif not _ends_by_itself(step) and not _has_least(step):
        message = "No timer ends this step, so there is nothing for “resume” to do after a pause."
        remedy = "Take it out. Inside a block each step has its own."
        yield Finding("CP843", message, remedy, span)
    elif resume is Resume.DEADLINE and lengths.is_elsewhere(step):
        return
    elif resume is Resume.DEADLINE and _ends_by_itself(step):
        message = "This clock would run on through a pause, and take people’s time away."
        yield Finding("CP840", message, "Take “resume” out, or write remaining.", span)
    elif resume is Resume.RESTART and (isinstance(step, Speak) or _has_least(step)):
        message = "After every pause this time would begin anew, and be given twice."
        yield Finding("CP842", message, "Take “resume” out, or write remaining.", span)


_TIMES = ("for", "timer", "at_least", "until")
"""The keys that say how long a step is."""


def _ends_by_itself(step: Step) -> bool:
    """Whether a timer closes this step; that of a block stands between its steps."""
    if isinstance(step, Speak | Breathe | Wait) or (isinstance(step, Say) and step.duration):
        return True
    return isinstance(step, Say | Ask | Reveal) and bool(step.timer and step.timer.at_most)


def _has_least(step: Step) -> bool:
    """Whether this step holds people for a while."""
    if isinstance(step, Speak) and step.at_least is not None:
        return True
    return isinstance(step, Say | Ask | Speak | Wait) and bool(step.timer and step.timer.at_least)


# care inside another session


def _standing_alone(protocol: Protocol) -> Iterator[Finding]:
    """What is shown inside other sessions has no settings and no roles there."""
    for own in (*protocol.settings, *protocol.roles):
        message = f"This is shown inside other sessions, where “{own.name}” means nothing."
        remedy = "Write it out in the text, and take this out."
        yield Finding("CP844", message, remedy, own.span)
    card = protocol.steps[0] if protocol.steps else None
    if protocol.id == PAUSE_CARD and isinstance(card, Say) and card.text.reads - {YOU}:
        name = min(card.text.reads - {YOU})
        message = f"The pause card is shown in any session, where “{name}” may mean nothing."
        yield Finding("CP844", message, "Name nobody here but “you”.", card.text.span)


def _unhurried(facts: Facts) -> Iterator[Finding]:
    """No clock takes help away, nor the questions that decide whether help is shown."""
    for place in facts.places:
        step = place.step
        asked = isinstance(step, Ask) and step.id in (RATING_NOW, FEELS_SAFE)
        if _ends_by_itself(step) and (asked or facts.protocol.id == HUMAN_HELP):
            message = "A clock would take this away from somebody who is in need of it."
            yield Finding("CP845", message, "Let it stay until they go on.", step.at(*_TIMES))


# screening


def _screening(facts: Facts, clears: Condition) -> Iterator[Finding]:
    """A screening lets in, and keeps out, and does not let in whoever leaves it all open."""
    names = sorted(clears.reads)
    domains = [_domain(facts, name) for name in names]
    tried = 1
    for domain in domains:
        tried *= len(domain)
    outcomes = {
        holds(clears, dict(zip(names, values, strict=True)).__getitem__) is True
        for values in (product(*domains) if 0 < tried <= _MOST_TRIED else ())
    }
    if outcomes == {False}:
        message = "However these questions are answered, nobody is cleared to start."
        remedy = "Let “clears” hold for the answers of somebody who can take part."
        yield Finding("CP846", message, remedy, clears.span)
    elif outcomes == {True}:
        message = "However these questions are answered, everyone is cleared to start."
        remedy = "Let “clears” fail for the answers of somebody who should not take part."
        yield Finding("CP847", message, remedy, clears.span)
    elif holds(clears, _left_open(facts)) is True:
        asked = [facts.answers[name].place for name in names if name in facts.answers]
        lines = in_lines([place.step.span for place in asked], clears.span)
        message = f"Whoever skips {lines} is cleared to start, and nobody knows how they are."
        remedy = "Let “clears” ask for answers: not afraid, rather than afraid is missing."
        yield Finding("CP848", message, remedy, clears.span)


def _domain(facts: Facts, name: str) -> Sequence[Value]:
    """Everything that an answer or a setting may be; nothing if that is too much to try."""
    meaning = facts.names.get(name)
    if not isinstance(meaning, Answer) or meaning.is_list_at(Scope()):
        return ()
    match meaning.answer:
        case YesNo():
            return (True, False)
        case Scale(ends=(least, most)):
            return range(least, most + 1)
        case Choice(options=options) if not isinstance(options, Ref):
            return [option.value for option in options]
        case _:
            return ()


def _left_open(facts: Facts) -> Lookup:
    """What names mean where nothing has been answered."""
    defaults: dict[str, Value] = {one.name: one.default for one in facts.protocol.settings}

    def look(name: str) -> Value | Missing:
        return defaults.get(name, NOT_REACHED)

    return look
