"""What matters to how the floor goes round, found once for groups of every size.

Most steps of a file have nothing to do with the floor; they are noted here, so that they are passed
by. What varies from pass to pass of a loop is noted, too. An answer is its writer's own word; but
it can be *swayed* by others, where one of their answers decides whether its question is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.checking.facts import Answer, Bound, Facts, Item, OneOf, Place
from compassion_protocols.language.expressions import Filter, Name
from compassion_protocols.model.choices import Order
from compassion_protocols.model.names import Ref
from compassion_protocols.model.steps import (
    Ask,
    Choose,
    End,
    ForEach,
    Pass,
    RepeatUntil,
    Reveal,
    Speak,
    Turns,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from compassion_protocols.checking.tally import Interval
    from compassion_protocols.language.condition import Condition
    from compassion_protocols.language.tree import Node
    from compassion_protocols.model.steps import AnyStep

Places = frozenset[Place]
NONE: Places = frozenset()

Reads = tuple[tuple[str, str], ...]
"""The names that something reads, each with the person of whom it is read in a list, if any."""

_STEADY = (Order.GIVEN, Order.REVERSED)


@frozen(eq=False)
class Survey:
    """The steps that matter, and the loops in which things vary."""

    facts: Facts
    amounts: Mapping[str, Interval]
    """How much the settings that are numbers or lengths can be."""
    matter: set[Place] = field(factory=set)
    loops: dict[Place, Places] = field(factory=dict)
    """The loops around each block and each question."""
    handing: dict[str, Places] = field(factory=dict)
    """The loops in which a role that one person has at a time is handed on."""
    swayed: dict[str, Places] = field(factory=dict)
    """The loops in which others than its writer decide whether an answer is asked for."""
    needed: dict[Place, Reads] = field(factory=dict)
    """The names without which a question is not asked, beside those in its text."""

    def varies(self, name: str, place: Place) -> Places:
        """The loops in which a name may mean something else from pass to pass."""
        found = self.facts.meaning(name, place.scope)
        match found:
            case Answer():
                return self.loops.get(found.place, NONE)
            case Item(items=items, loop=loop):
                within = self.varies(items.name, loop) | {loop}
                return within if repeats_alike(loop.step) else within | self.loops[loop]
            case Bound(loop=loop):
                return self.loops[loop] | {loop}
            case OneOf(role=role):
                return self.handing.get(role, NONE)
            case _:
                return NONE


def repeats_alike(step: AnyStep) -> bool:
    """Whether a loop comes to the same items in the same order, whenever it is gone through."""
    return not isinstance(step, ForEach) or step.until is None or step.order in _STEADY


def survey_of(facts: Facts, amounts: Mapping[str, Interval]) -> Survey:
    """Look once over a whole protocol."""
    survey = Survey(facts, amounts)
    for ref in facts.references:
        if ref.needed:
            survey.needed[ref.place] = (*survey.needed.get(ref.place, ()), (ref.name, ""))
    for place in facts.outline:
        _follow(survey, place, NONE)
    if survey.matter:
        _Swaying(survey).steps(facts.outline)
    return survey


def _follow(survey: Survey, place: Place, loops: Places) -> bool:
    """Look at a place inside some loops; whether it, or anything inside it, matters."""
    step = place.step
    if place.blocks or isinstance(step, Ask | Reveal):
        survey.loops[place] = loops
    matters = isinstance(step, Speak | Turns | Pass | End)
    if isinstance(step, Ask | Reveal):
        acting = [survey.facts.meaning(name, place.scope) for name in place.who.names]
        matters = any(isinstance(meaning, OneOf) for meaning in acting)
    if isinstance(step, Pass):
        survey.handing[step.role.name] = survey.handing.get(step.role.name, NONE) | loops
    if isinstance(step, Turns | ForEach | RepeatUntil):
        loops |= {place}
    for block in place.blocks:
        for each in block:
            matters |= _follow(survey, each, loops)
    if matters:
        survey.matter.add(place)
    return matters


@frozen(eq=False)
class _Around:
    """What decides whether a step comes, with all that decides about the blocks around it."""

    place: Place
    reads: Reads
    outer: _Around | None
    known: dict[object, Places] = field(factory=dict)
    """How it sways whom, as far as anybody has asked."""


class _Swaying:
    """Goes once through all questions, in order, with what decides whether they are asked."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.writers: dict[str, object] = {}
        self.passed = 0
        """How often roles have been handed on: before and after, a holder is someone else."""

    def steps(self, places: Iterable[Place], outer: _Around | None = None) -> None:
        for place in places:
            step = place.step
            around = outer
            if step.when is not None:
                around = _Around(place, reads_in(step.when), outer)
            if isinstance(step, Ask | Reveal) and step.id:
                self.question(place, step, around)
            self.passed += isinstance(step, Pass)
            for block, reads in zip(place.blocks, _decides(step), strict=False):
                self.steps(block, _Around(place, reads, around) if reads else around)

    def question(self, place: Place, step: Ask | Reveal, around: _Around | None) -> None:
        names = place.who.names
        writer = self.person(names[0], place) if len(names) == 1 else None
        if writer is None:
            return
        required = step.text.required if isinstance(step, Ask) else ()
        reads = (*[(name, "") for name in required], *self.survey.needed.get(place, ()))
        self.survey.swayed[step.id] = self.swayed(writer, _Around(place, reads, around))
        self.writers[step.id] = writer

    def swayed(self, writer: object, around: _Around | None) -> Places:
        """The loops in which others than this person decide whether something comes."""
        if around is None:
            return NONE
        if writer not in around.known:
            here = [self.by(writer, around.place, whose or name) for name, whose in around.reads]
            around.known[writer] = NONE.union(self.swayed(writer, around.outer), *here)
        return around.known[writer]

    def by(self, writer: object, place: Place, name: str) -> Places:
        """The loops in which a name is not this person's own word."""
        if self.person(name, place) == writer:
            return NONE
        if self.writers.get(name) == writer:
            return self.survey.swayed[name]
        return self.survey.varies(name, place)

    def person(self, name: str, place: Place) -> object:
        """Someone who is one and the same wherever this is equal; None where it may be several."""
        found = self.survey.facts.meaning(name, place.scope)
        if not isinstance(found, OneOf | Bound):
            return None
        return (name, self.passed) if isinstance(found, OneOf) else found


def _decides(step: AnyStep) -> Iterator[Reads]:
    """For each block of a step, the names that decide whether it is gone through at all."""
    match step:
        case Choose():
            reads: Reads = ()
            for case in step.cases:
                reads += reads_in(case.when)
                yield reads
            yield reads
        case RepeatUntil():
            yield from ((), reads_in(step.condition))
        case ForEach(items=Ref(name=name)) | Wait(until=Ref(name=name)):
            yield ((name, ""),)
        case _:
            yield ()


def reads_in(condition: Condition) -> Reads:
    """Every name in a condition, with the person of whom it is read: ``ready | of(speaker)``."""
    return _read(condition.expression, "")


def _read(node: Node, whose: str) -> Reads:
    match node:
        case Filter(of=inner, name="of", arguments=(Name(name=person),)):
            return _read(inner, person)
        case Name(name=name):
            return ((name, whose),)
    return tuple([found for child in node.children for found in _read(child, whose)])
