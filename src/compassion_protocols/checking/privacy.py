"""Whether private words stay private: in every group, at every moment, on every way.

An answer may be read by its writer, and by those that ``shared`` or ``to`` names. That holds for
what is shown and for what can be told from what happens.

- *Shown*: each text has an audience, and everyone in it must be able to read each answer in it. A
  question stands in the transcripts of all who may read its answers, so they are its audience too.
- *Passed on*: who chooses from an answer, under a bound of it or under a rule about it, says
  something of it by what they choose.
- *Kept*: what is everyone's to keep for another time, everyone must be able to read.
- *Told by what happens*: where an answer decides whether a step comes, which, or how often,
  everyone who notices must be able to read it. What only its owner notices is a detour (see
  :mod:`.detours`). A step that cannot be shown without an answer is decided by it as well.

The facilitator is a reader like any other: one of everyone where the answer is open to everyone.
Where the tier does not ask for one, texts that are not addressed to a facilitator are not shown to
one either, so nothing is asked of them here. How long things take, who is here, how many moments a
facilitator counts, and what people say aloud are not promised to stay private.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve

from compassion_protocols.checking.audiences import People, Readable, audiences_of
from compassion_protocols.checking.bounds import group_sizes
from compassion_protocols.checking.decisions import decisions_told
from compassion_protocols.checking.detours import Row, Waiting
from compassion_protocols.checking.facts import opened_to, plainly
from compassion_protocols.checking.knowledge import HOST, Knowledge
from compassion_protocols.checking.readings import reading_of, readings
from compassion_protocols.checking.spans import span_of
from compassion_protocols.findings import Finding
from compassion_protocols.language.template import Template
from compassion_protocols.model.answers import needed_names
from compassion_protocols.model.care import ADVISED_TIER
from compassion_protocols.model.names import EVERYONE, FACILITATOR, YOU, Ref
from compassion_protocols.model.rules import DiffersFrom, Expect
from compassion_protocols.model.steps import (
    Ask,
    Breathe,
    End,
    Include,
    Keep,
    Part,
    Pass,
    Say,
    Speak,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compassion_protocols.checking.facts import Facts, Place, Scope
    from compassion_protocols.checking.readings import Reading


def check_privacy(facts: Facts) -> Iterator[Finding]:
    """Every way by which an answer reaches someone who may not read it."""
    guided = facts.protocol.care.tier >= ADVISED_TIER
    if not (guided or _may_be_several(facts) or _may_be_told(facts)):
        return
    closed = frozenset([name for name, one in facts.answers.items() if not _is_open(one.place)])
    if closed:
        known = Knowledge(facts, audiences_of(facts), closed, guided, facts.protocol.span)
        yield from _row(known, facts.outline, None)


def _may_be_several(facts: Facts) -> bool:
    return any(sum(sizes.values()) > 1 for sizes in group_sizes(facts.protocol))


def _may_be_told(facts: Facts) -> bool:
    """Whether anything is for a facilitator."""
    acting = any(FACILITATOR in place.who.names for place in facts.appointed)
    return acting or bool(facts.noted)


def _is_open(place: Place) -> bool:
    to = opened_to(place.step)
    return to is not None and EVERYONE in to.names


def _row(known: Knowledge, places: Sequence[Place], block: Row | None) -> Iterator[Finding]:
    """All that is wrong in a row of steps, and inside each."""
    found: dict[tuple[int, Waiting], bool | None] = {}
    for at, place in enumerate(places):
        row = Row(places, at, block, found)
        for finding in _at(known, row):
            # What another protocol holds is pointed at where this one includes it.
            yield finding if known.include is None else evolve(finding, span=known.include)
        inner = known
        if known.include is None and isinstance(place.step, Include):
            inner = evolve(known, include=place.step.span)
        for steps in place.blocks:
            yield from _row(inner, steps, row)


def _at(known: Knowledge, row: Row) -> Iterator[Finding]:
    place = row.place
    told = [finding for shown in _texts(known, place) for finding in _in(known, place, shown)]
    if isinstance(place.step, Ask):
        told += _question(known, place, place.step)
        if place.step.keep is not None:
            told += _kept(known, place, place.step.keep)
    yield from told
    match place.step:
        case Wait(until=Ref() as until):
            yield from _told_to_all(known, place, until, "Everyone waits until")
        case Pass(to=to):
            yield from _told_to_all(known, place, to, "Everyone sees who comes next by")
    for finding in decisions_told(known, row):
        # Whether a text can be shown matters only where it may be.
        if not (told and finding.code == "CP806"):
            yield finding


_TOLD = "its writer was told otherwise"


# what is shown


class _Shown(NamedTuple):
    """A text and those who are shown it."""

    text: Template
    audience: People
    what: str
    """What it is, in the words of a finding."""


def _texts(known: Knowledge, place: Place) -> Iterator[_Shown]:
    step, acting, everyone = place.step, known.acting(place), known.everyone(place.scope)
    if step.meanwhile is not None:
        # Where several act, whoever is done first waits for the others.
        alone = known.audiences.is_one(acting)
        waiting = evolve(everyone, without=acting.meanings) if alone else everyone
        yield _Shown(step.meanwhile, waiting, "waiting text")
    if step.note is not None:
        yield _Shown(step.note, HOST, "note")
    match step:
        case Part(title=title):
            yield _Shown(title, everyone, "heading")
        case End(text=text) if not place.included:
            yield _Shown(text, everyone, "closing text")
        case Ask():
            to = known.readers(place)
            readers = People(acting.meanings | to.meanings, host=to.host)
            yield _Shown(step.text, readers, "question")
            if step.hint is not None:
                yield _Shown(step.hint, acting, "hint")
            for rule in step.rules:
                yield _Shown(rule.say, acting, "invitation")
        case Say() | Speak() | Wait() | End():
            yield _Shown(step.text, acting, "text")
        case Breathe(text=Template() as text):
            yield _Shown(text, acting, "text")


def _in(known: Knowledge, place: Place, shown: _Shown) -> Iterator[Finding]:
    for reading in readings(known.facts, shown.text, place.scope, known.closed):
        if reading.whose == YOU:
            continue  # each reader their own
        others = known.left_out(shown.audience, reading, place.scope)
        if others:
            span = span_of(shown.text, reading.name, reading.line)
            known = known.seen_from(span)
            message = f"{known.said(reading)}, and this {shown.what} is shown to {others}: {_TOLD}."
            yield Finding("CP801", message, known.opening_up(reading), span)


# what is passed on


def _question(known: Knowledge, place: Place, step: Ask) -> Iterator[Finding]:
    for name in needed_names(step.answer):
        for reading in reading_of(known.facts, name, place.scope, known.closed):
            yield from _choosing(known, place, reading)
    for rule in step.rules:
        for reading in _judging(known, rule.check, place.scope):
            others = known.left_out(known.acting(place), reading, place.scope)
            if others:
                known = known.seen_from(rule.span)
                message = f"{known.said(reading)}, and this rule tells {others} something of it."
                yield Finding("CP804", message, known.opening_up(reading), rule.span)


def _choosing(known: Knowledge, place: Place, reading: Reading) -> Iterator[Finding]:
    """Whoever chooses from an answer reads it; whoever reads the choice reads a part of it."""
    ways = (
        ("CP801", known.acting(place), f"would choose from it here: {_TOLD}"),
        ("CP803", known.readers(place), "may read what is chosen from it here"),
    )
    for code, people, does in ways:
        others = known.left_out(people, reading, place.scope)
        if others:
            span = place.step.at("answer")
            known = known.seen_from(span)
            message = f"{known.said(reading)}, and {others} {does}."
            yield Finding(code, message, known.opening_up(reading), span)
            return


def _judging(known: Knowledge, check: object, scope: Scope) -> Iterator[Reading]:
    match check:
        case DiffersFrom(other):
            yield from reading_of(known.facts, other.name, scope, known.closed)
        case Expect(condition):
            yield from readings(known.facts, condition, scope, known.closed)


def _kept(known: Knowledge, place: Place, keep: Keep) -> Iterator[Finding]:
    """What is everyone's to keep is everyone's to read, and all are asked about it."""
    if not keep.is_for_everyone:
        return
    owners = known.audiences.people((EVERYONE,), place.scope)
    may = Readable(known.acting(place), known.readers(place))
    if known.audiences.left_out(owners, may) is not None:
        to = known.named(may.readers) if may.readers.meanings else ""
        who = f"its writer and {to}" if to else "its writer alone"
        name = plainly(place.step.id) or keep.name
        message = f"“{name}” is for {who}, and here everyone is to keep it for another time."
        remedy = (
            "Write “shared: everyone” at this question, so that its writer knows; or let it be "
            "the writer’s own, with “owner: writer”."
        )
        yield Finding("CP807", message, remedy, keep.span)


def _told_to_all(known: Knowledge, place: Place, ref: Ref, what: str) -> Iterator[Finding]:
    for reading in reading_of(known.facts, ref.name, place.scope, known.closed):
        if known.left_out(known.everyone(place.scope), reading, place.scope):
            known = known.seen_from(ref.span)
            message = f"{what} “{plainly(ref.name)}”, but {known.said(reading)}."
            yield Finding("CP805", message, known.sharing(reading), ref.span)
