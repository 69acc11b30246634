"""What people can tell from what happens: whatever a private answer decides.

A decision is made at one place, by one answer, about one or more steps. Whoever may not read the
answer must see the same, whatever it is. If everyone who takes part may read it, only the
facilitator is left to be asked about; else all that hangs on it must be a detour
(:mod:`.detours`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.checking.audiences import People, Readable
from compassion_protocols.checking.detours import (
    depends_on,
    is_steady,
    is_unseen,
    leaves,
    waiting_at,
)
from compassion_protocols.checking.facts import plainly
from compassion_protocols.checking.knowledge import HOST, Knowledge
from compassion_protocols.checking.readings import WHOLE, Reading, reading_of, readings
from compassion_protocols.checking.spans import span_of
from compassion_protocols.findings import Finding
from compassion_protocols.language.template import Template
from compassion_protocols.model.names import EVERYONE, FACILITATOR, YOU, Ref
from compassion_protocols.model.steps import Choose, End, ForEach, Part, RepeatUntil, Say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.checking.detours import Row
    from compassion_protocols.checking.facts import Place, Scope
    from compassion_protocols.findings import Span
    from compassion_protocols.language.condition import Condition
    from compassion_protocols.model.steps import AnyStep

DECIDES, SHOWS = "CP802", "CP806"
"""An answer that decides what comes; one without which a step cannot be shown."""


class Decision(NamedTuple):
    """Something that an answer decides, and the steps that hang on it."""

    reading: Reading
    span: Span
    places: tuple[Place, ...]
    what: str
    """What is decided, in the words of a finding."""
    code: str = DECIDES


_TOLD = {DECIDES: "what was answered", SHOWS: "whether anything was answered"}


def decisions_told(known: Knowledge, row: Row) -> Iterator[Finding]:
    """Every decision that is made at a place and tells somebody of a private answer."""
    tried: dict[tuple[tuple[Place, ...], Readable, str], str] = {}
    for decision in _decisions(known, row.place):
        # Answers that the same people may read are told, or not, by the same steps.
        may = known.readable(decision.reading, row.place.scope)
        known, key = known.seen_from(decision.span), (decision.places, may, decision.span.file)
        if key not in tried:
            tried[key] = _seen(known, decision, row, may)
        seen = tried[key]
        if seen:
            said, told = known.said(decision.reading), _TOLD[decision.code]
            message = f"{said}, and {seen}: {decision.what} would tell them {told}."
            yield Finding(decision.code, message, _remedy(known, decision), decision.span)


def _remedy(known: Knowledge, decision: Decision) -> str:
    if decision.code == SHOWS:
        step = decision.places[0].step
        if isinstance(step, Say) and step.text.may_be_blank:
            return "Add {% else %} with words for the others, so that the step comes in any case."
        name = plainly(decision.reading.name)
        return f"Write {name} | default(…), so that the step comes in any case."
    return known.opening_up(decision.reading, "let this hang on that")


# what is decided


def _decisions(known: Knowledge, place: Place) -> Iterator[Decision]:
    step, within = place.step, tuple([inner for block in place.blocks for inner in block])
    if step.when is not None:
        yield from _by(known, step.when, place.scope, (place,), "whether this comes")
    match step:
        case Choose(cases=cases):
            for case in cases:
                yield from _by(known, case.when, place.scope, within, "which of these comes")
        case RepeatUntil(condition=condition):
            yield from _by(known, condition, place.scope, within, _HOW_OFTEN)
        case ForEach(items=items, until=until):
            if isinstance(items, Ref):
                for reading in reading_of(known.facts, items.name, place.scope, known.closed):
                    yield Decision(reading, items.span, within, _HOW_OFTEN)
            if until is not None and within:
                yield from _by(known, until, within[0].scope, within, _HOW_OFTEN)
    for reading in _needed(known, place):
        span = _first_use(step, reading.name)
        yield Decision(reading, span, (place,), "whether this comes", SHOWS)


def _needed(known: Knowledge, place: Place) -> Iterator[Reading]:
    """What a step cannot be shown without."""
    step = place.step
    if isinstance(step, Say) and step.text.may_be_blank:
        for reading in readings(known.facts, step.text, place.scope, known.closed):
            # It comes to each person by their own part, and the others see who has a page.
            yield reading._replace(whose=WHOLE) if reading.whose == YOU else reading
        return
    for name in sorted(depends_on(known.facts, place)):
        yield from reading_of(known.facts, name, place.scope, known.closed)


_HOW_OFTEN = "how often this comes"


def _by(
    known: Knowledge, condition: Condition, scope: Scope, places: tuple[Place, ...], what: str
) -> Iterator[Decision]:
    """What a condition decides, by each answer in it."""
    for reading in readings(known.facts, condition, scope, known.closed):
        span = span_of(condition, reading.name, reading.line)
        yield Decision(reading, span, places, what)


def _first_use(step: AnyStep, name: str) -> Span:
    """Where a step's text first reads a name; where the step stands if it does not."""
    text = getattr(step, "text", None)
    if isinstance(text, Template):
        for use in text.uses:
            if use.name == name:
                return span_of(text, name, use.line)
    return step.at("answer")


# who can tell


def _seen(known: Knowledge, decision: Decision, row: Row, may: Readable) -> str:
    """What tells somebody, who may not read the answer, how it was decided."""
    participants = known.audiences.people((EVERYONE,), row.place.scope)
    if known.audiences.left_out(participants, may) is not None:
        return _seen_by_others(known, decision, row, may)
    if known.audiences.left_out(HOST, may) is not None:
        return _seen_by_the_host(known, decision)
    return ""


def _seen_by_the_host(known: Knowledge, decision: Decision) -> str:
    """What tells the facilitator, who counts moments anyway, which moments they are.

    Notes and steps of their own are shown to whoever facilitates, at every tier.
    """
    for top in decision.places:
        for place in top.walk():
            step = place.step
            beside = known.guided and (step.meanwhile or isinstance(step, Part | End))
            if beside or step.note or FACILITATOR in place.who.names:
                return f"the facilitator sees the step on {known.line(step.span)}"
    return ""


def _seen_by_others(known: Knowledge, decision: Decision, row: Row, may: Readable) -> str:
    """What tells others who take part: any step that is not part of a detour."""
    own = [leaf for place in decision.places for leaf in leaves(place)]
    if not own:
        return ""
    for top in decision.places:
        for place in top.walk():
            if not is_unseen(place):
                return f"everyone sees the step on {known.line(place.step.span)}"
    waiting = waiting_at(known.facts, own[0])
    for leaf in own:
        found = _not_its_own(known, leaf, People(waiting.who), may)
        if found:
            return f"{found} the step on {known.line(leaf.step.span)}"
    if is_steady(known.facts, row, waiting):
        return ""
    return "the others see that somebody is waited for, or that nobody is"


def _not_its_own(known: Knowledge, leaf: Place, owner: People, may: Readable) -> str:
    """Who beside the owner has something to do with a step, and what they do."""
    acting, readers = known.acting(leaf), known.readers(leaf)
    if known.audiences.left_out(acting, may) is not None:
        return f"{known.named(acting)} can tell from"
    if acting.meanings != owner.meanings or not known.audiences.is_one(acting):
        return "several people can tell from"
    if leaf.step.note is not None and known.audiences.left_out(HOST, may) is not None:
        return "the facilitator has a note at"
    if known.audiences.left_out(readers, may) is not None:
        return f"{known.named(readers)} may read the answer to"
    return ""
