"""Whether every answer is asked for before it is read, on every way to the place that reads it.

Since everything may be skipped, a missing answer at run time only keeps a step from opening. What
is proved here is that it could have been there: an answer that comes later, or that stands in
another branch, never could. In a condition it is enough that some way leads past the question, for
a comparison with what is missing is simply not true. An invitation is shown whatever is missing, so
what it reads must be given, or be guarded; a closing text had better be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from compassion_protocols.checking.facts import Answer, Facts, Manner, Sort, Want, plainly
from compassion_protocols.checking.spans import span_of
from compassion_protocols.checking.ways import Ways
from compassion_protocols.findings import Finding
from compassion_protocols.model.steps import Reveal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.checking.facts import Passage, Reference
    from compassion_protocols.checking.flow import Answers, Flow, Known
    from compassion_protocols.findings import Span
    from compassion_protocols.language.guards import Use

_UNGUARDED = {Manner.ALWAYS: "CP412", Manner.CLOSING: "CP414"}


def check_assignment(facts: Facts, flow: Flow) -> Iterator[Finding]:
    """Every answer that is read where it may never have been asked for."""
    answers = frozenset(facts.answers)
    ways = Ways(facts)
    for passage in facts.passages:
        reads = passage.text.reads & answers
        if reads:
            known = _known_at(flow, passage)
            if flow.bits(reads) & ~_enough(known, passage.manner):
                for name, line, code in _in_passage(facts, flow, passage, known):
                    span = span_of(passage.text, name, line)
                    yield _finding(code, ways, facts.answers[name], name, passage, span)
    for ref in facts.references:
        if ref.name in answers and ref.want is not Want.PEOPLE:
            yield from _of_reference(facts, flow, ways, ref)


def _known_at(flow: Flow, passage: Passage) -> Known:
    place = passage.place
    if place is None:
        return flow.at_end
    if passage.late:
        return flow.after_pass[place]
    return flow.before(place) if passage.text is place.step.when else flow.inside[place]


def _enough(known: Known, manner: Manner) -> Answers:
    """What may be read in this manner without looking further."""
    if manner is Manner.TEST:
        return known.perhaps
    return known.given if manner in _UNGUARDED else known.surely


def _in_passage(
    facts: Facts, flow: Flow, passage: Passage, known: Known
) -> Iterator[tuple[str, int, str]]:
    """Each answer that a text may not read so: its name, the line in the text, and the code."""
    seen = set()
    for use in passage.text.uses:
        if (use.name, use.line) in seen or use.name in passage.scope.names:
            continue
        if use.name in facts.answers:
            code = _fault(use, flow.bits((use.name,)), passage.manner, known)
            if code:
                seen.add((use.name, use.line))
                yield use.name, use.line, code


def _fault(use: Use, answer: Answers, manner: Manner, known: Known) -> str:
    """The code for this use of one answer, if anything is wrong with it."""
    if answer & known.given:
        return ""
    if not answer & known.perhaps:
        return "CP410"
    if manner is Manner.TEST or not use.needed:
        return ""
    if manner in _UNGUARDED:
        return _UNGUARDED[manner]
    return "" if answer & known.surely else "CP411"


def _finding(
    code: str, ways: Ways, answer: Answer, name: str, at: Passage | Reference, span: Span
) -> Finding:
    ways = ways.seen_from(span)
    name, line = plainly(name), ways.line(answer.place)
    remedy = f'Say what is shown then: write {{{{ {name} | default("…") }}}}.'
    match code:
        case "CP410":
            message = (
                f"“{name}” is read before anyone can have been asked ({line}), "
                "so it would never be there."
            )
            remedy = "Move this below the question, where everyone has come past it."
        case "CP411":
            message = (
                f"“{name}” ({line}) is asked only on some of the ways to this place: "
                f"{_without(ways, answer, at)} people would miss this step."
            )
        case "CP412":
            skipped = ways.skipped(answer, at.scope)
            message = f"{skipped}, there is no “{name}”, and this invitation has a hole."
        case _:
            skipped = ways.skipped(answer, at.scope)
            message = f"{skipped}, there is no “{name}”, and nobody sees this closing text."
    return Finding(code, message, remedy, span)


def _without(ways: Ways, answer: Answer, at: Passage | Reference) -> str:
    return "on the others" if at.place is None else ways.unasked(answer.place, at.place)


def _of_reference(facts: Facts, flow: Flow, ways: Ways, ref: Reference) -> Iterator[Finding]:
    answer, known = facts.answers[ref.name], flow.inside[ref.place]
    if ref.want is Want.ANSWER and isinstance(ref.place.step, Reveal):
        fault = _reveal(facts, ways, ref, answer)
        if fault is not None:
            yield fault
            return
    bit = flow.bits((ref.name,))
    if bit & (known.given | known.surely):
        return
    if not bit & known.perhaps:
        yield _finding("CP410", ways, answer, ref.name, ref, ref.span)
    elif ref.needed:
        found = _finding("CP411", ways, answer, ref.name, ref, ref.span)
        remedy = f"Ask it on every way, or add: when: {plainly(ref.name)} is given."
        yield evolve(found, remedy=remedy)


def _reveal(facts: Facts, ways: Ways, ref: Reference, answer: Answer) -> Finding | None:
    """A reveal picks from what its own people wrote, in the same pass of the same loops."""
    name, line = plainly(ref.name), ways.seen_from(ref.span).line(answer.place)
    here = facts.answers.get(ref.place.step.id)
    if here is not None and here.answer is None and answer.answer is not None:
        message = f"“{name}” is asked only further down ({line}), so there is nothing to show."
        return Finding("CP413", message, "Move the reveal below its question.", ref.span)
    if ref.scope.loops[: len(answer.loops)] != answer.loops:
        message = (
            f"“{name}” is asked inside a loop ({line}), and this stands outside it, where "
            "nobody knows which answer is meant."
        )
        remedy = "Move the reveal into that loop, where there is one answer to pick from."
        return Finding("CP413", message, remedy, ref.span)
    if _others_than_asked(facts, ref, answer):
        asked = " and ".join(answer.place.who.names)
        message = f"“{name}” is asked of “{asked}” ({line}), and others would show it here."
        remedy = f"Write who: {asked}."
        return Finding("CP413", message, remedy, ref.span)
    return None


def _others_than_asked(facts: Facts, ref: Reference, answer: Answer) -> bool:
    """Whether one of the two is the speaker of a turn and the other a listener in it."""
    asked = {facts.meaning(name, answer.place.scope) for name in answer.place.who.names}
    shows = {facts.meaning(name, ref.scope) for name in ref.place.who.names}
    sorts = {meaning.sort for meaning in asked | shows if meaning is not None}
    return not asked & shows and sorts == {Sort.SPEAKER, Sort.LISTENER}
