"""Conditions that come out the same whatever a session brings, and the steps behind them.

How each condition can come out is worked out in :mod:`.outcomes`, from what its names can be. Two
things more are known at a place than what is declared:

- Inside a guard, a case of a `choose` or a part that is guarded, what was asked there has just
  come out true, so that a condition inside may contradict it or say it again.
- At a later case of a `choose`, no case before it has come out true.

What a guard has said lasts only as long as what it read. So it is let go of where a name may have
come to mean something else: after its question is asked again, at the beginning of each pass of a
loop that asks it. An answer may be taken back at any time, so an answer that a guard has looked at
may still be missing further in; of a gathered list, from which one entry may be taken back, nothing
is kept.

What :mod:`.fitting` has found in a condition is the reason for how it comes out, and is said there.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from compassion_protocols.checking.comparing import FALSE, TRUE, UNSURE
from compassion_protocols.checking.facts import (
    Answer,
    Facts,
    Item,
    Manner,
    Passage,
    Place,
    Scope,
    Sort,
    plainly,
)
from compassion_protocols.checking.fitting import misuses
from compassion_protocols.checking.flow import asked_in
from compassion_protocols.checking.outcomes import World, can_be, narrowed, ways
from compassion_protocols.checking.ranges import Ranges, perhaps
from compassion_protocols.checking.reach import nothing_changes
from compassion_protocols.checking.spans import in_lines
from compassion_protocols.checking.ways import Ways
from compassion_protocols.findings import Finding
from compassion_protocols.language.expressions import Name
from compassion_protocols.language.guards import depends
from compassion_protocols.model.answers import LARGEST_NUMBER
from compassion_protocols.model.steps import Choose, ForEach, RepeatUntil, Turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compassion_protocols.checking.ranges import Possible
    from compassion_protocols.findings import Span
    from compassion_protocols.language.condition import Condition
    from compassion_protocols.language.expressions import Expression
    from compassion_protocols.model.steps import Case

    Said = Mapping[Expression, Possible]
    """What guards have said: expressions, and what is left of what they can be."""

_NOT_TRUE = FALSE | UNSURE


def check_dead_ends(facts: Facts) -> Iterator[Finding]:
    """Every condition that never or always holds, and every way that is therefore never taken.

    An included protocol is looked at for itself: fixing its settings may well close a way.
    """
    walk = _Walk(facts)
    walk.steps(facts.outline, {})
    yield from walk.findings


class _Walk:
    """One walk through all steps with conditions, with what the guards around have said."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.ranges = Ranges(facts)
        self.ways = Ways(facts)
        self.findings: list[Finding] = []
        self.decisive = _decisive(facts)
        """The places that have a condition, themselves or inside."""

    def steps(self, places: Sequence[Place], said: Said) -> None:
        for place in places:
            if place in self.decisive:
                self.step(place, said)
            if said:
                said = _without(said, asked_in([place]))

    def step(self, place: Place, said: Said) -> None:
        step = place.step
        if step.when is not None:
            world = self.world(place.scope, said)
            can_hold, _ = self.judged(place, step.when, world)
            if can_hold:
                inner = [each for block in place.blocks for each in block]
                said = self.inside(place, inner, world, step.when, said)
        match step:
            case Choose():
                self.cases(place, step, said)
            case RepeatUntil():
                self.repetition(place, step, said)
            case ForEach() | Turns():
                [block] = place.blocks
                self.steps(block, _without(said, asked_in(block)))
                if isinstance(step, ForEach) and step.until is not None:
                    world = self.world(place.inner, {})
                    self.judged(place, step.until, world, late=place.inner)
            case _:
                for block in place.blocks:
                    self.steps(block, said)

    def world(self, scope: Scope, said: Said) -> World:
        return World(lambda name: self.ranges.of(name, scope), said)

    # blocks

    def repetition(self, place: Place, step: RepeatUntil, said: Said) -> None:
        body, otherwise = place.blocks
        inside = _without(said, asked_in(body))
        self.steps(body, inside)
        if not nothing_changes(self.facts, place, step):
            world = self.world(place.scope, inside)
            self.judged(place, step.condition, world, late=place.scope)
        self.steps(otherwise, inside)

    def cases(self, place: Place, step: Choose, said: Said) -> None:
        """Each case where none before it has held, and what is left for `otherwise`."""
        world = self.world(place.scope, said)
        rest: World | None = world
        otherwise = place.blocks[-1]
        decided = False
        for case, block in zip(step.cases, place.blocks, strict=False):
            before, when = len(self.findings), case.when
            holds, fails = self.judged(place, when, world)
            told = len(self.findings) > before or not when.reads
            here = world if rest is None else rest
            if holds and not decided:
                untouched = rest is world
                if told or untouched or (rest and can_be(rest, when.expression, TRUE)):
                    rest = rest and self.after(rest, case, step, otherwise, untouched and fails)
                    decided = told and rest is None
                else:
                    here = world
                    self.taken(place, step, when, world)
            self.steps(block, self.inside(place, block, here, when, said) if holds else said)
        if rest is None and not decided and step.otherwise and not place.included:
            span = step.otherwise[0].span
            taken = _cases_in_words([case.when for case in step.cases], span)
            message = f"This `otherwise` is never come to: {taken} taken in any case."
            remedy = "Take it out, or let a case before it be narrower."
            self.find("CP512", message, remedy, span)
        if rest is not None and rest is not world:
            said = self.lasting(rest, place.scope)
        self.steps(otherwise, said)

    def after(
        self, rest: World, case: Case, step: Choose, otherwise: Sequence[Place], fails: bool
    ) -> World | None:
        """What is left after a case, which ``fails`` there if that is known; None if nothing is."""
        if case is step.cases[-1] and self.decisive.isdisjoint(otherwise):
            return rest if fails or can_be(rest, case.when.expression, _NOT_TRUE) else None
        return narrowed(rest, case.when.expression, _NOT_TRUE)

    def taken(self, place: Place, step: Choose, condition: Condition, world: World) -> None:
        if not place.included:
            before = [
                case.when for case in takewhile(lambda c: c.when is not condition, step.cases)
            ]
            alone = [when for when in before if self.takes_all(when, condition, world)][:1]
            message = (
                f"“{condition.source}” is never looked at where it could hold: there "
                f"{_cases_in_words(alone or before, condition.span)} taken first."
            )
            remedy = "Put the narrower case first, or take this one out."
            self.find("CP512", message, remedy, condition.span)

    def takes_all(self, when: Condition, condition: Condition, world: World) -> bool:
        """Whether a condition can hold only where another holds."""
        left = narrowed(world, when.expression, _NOT_TRUE)
        return left is None or not can_be(left, condition.expression, TRUE)

    # conditions

    def judged(
        self, place: Place, condition: Condition, world: World, *, late: Scope | None = None
    ) -> tuple[bool, bool]:
        """Whether a condition can hold, and be false. A finding if it never does, or always.

        ``late`` is the scope of a condition that is read at the end of each pass.
        """
        can_hold, can_fail = ways(world, condition.expression)
        told = condition.reads and not place.included
        if told and not (can_hold and can_fail) and not self.misused(place, condition, late):
            tell = self.always if can_hold else self.never
            tell(place, condition, world, late is not None)
        return can_hold, can_fail

    def misused(self, place: Place, condition: Condition, late: Scope | None) -> bool:
        passage = Passage(condition, Manner.TEST, place, late or place.scope)
        return any(True for _ in misuses(self.facts, passage))

    def never(self, place: Place, condition: Condition, world: World, late: bool) -> None:
        said = f"“{condition.source}” never holds"
        if world.cut and can_be(World(world.of), condition.expression, TRUE):
            message = f"{said} here, {self.where(place, condition)}."
            remedy = "Move it out, or change one of the two."
        else:
            behind = "the loop never ends by it" if late else "nobody ever gets to what it guards"
            message = f"{said}, so {behind}{self.reach(condition, world)}."
            remedy = "Write a condition that can come true."
        self.find("CP510", message, remedy, condition.span)

    def always(self, place: Place, condition: Condition, world: World, late: bool) -> None:
        said = f"“{condition.source}” always holds"
        if world.cut and can_be(World(world.of), condition.expression, FALSE):
            message = f"{said} here, {self.where(place, condition)}."
            remedy = "Take it out."
        else:
            if can_be(world, condition.expression, UNSURE):
                said = f"“{condition.source}” holds whatever is answered"
            behind = "there is never a second pass" if late else "it makes no difference"
            message = f"{said}, so {behind}{self.reach(condition, world)}."
            remedy = "Ask for what should make a difference."
        self.find("CP511", message, remedy, condition.span)

    def where(self, place: Place, condition: Condition) -> str:
        """What has been decided before, as is said where the condition stands."""
        return self.ways.seen_from(condition.span).where(place, condition)

    def reach(self, condition: Condition, world: World) -> str:
        """What the first name of a condition can be, as far as that is declared."""
        for name in sorted(condition.reads):
            found = _in_words(world.of(name))
            if found:
                ways = self.ways.seen_from(condition.span)
                line = f" ({ways.line_of(name)})" if name in self.facts.names else ""
                return f": “{plainly(name)}”{line} can be {found}"
        return ""

    def find(self, code: str, message: str, remedy: str, span: Span) -> None:
        self.findings.append(Finding(code, message, remedy, span))

    # what guards have said

    def inside(
        self, place: Place, inner: Sequence[Place], world: World, condition: Condition, said: Said
    ) -> Said:
        """What is said in what is entered where a condition of a place has held."""
        if self.decisive.isdisjoint(inner):
            return said
        left = narrowed(world, condition.expression, TRUE)
        return said if left is None else self.lasting(left, place.scope)

    def lasting(self, world: World, scope: Scope) -> Said:
        """What a guard has said that still holds further in, if some of it is taken back."""
        kept = {of: self._kept(of, left, scope) for of, left in world.cut.items()}
        return {of: left for of, left in kept.items() if left is not None}

    def _kept(self, of: Expression, left: Possible, scope: Scope) -> Possible | None:
        for name in _names_in(of):
            meaning = self.facts.meaning(name, scope)
            if meaning is None or meaning.sort is Sort.SETTING:
                continue
            single = isinstance(meaning, Answer) and not meaning.is_list_at(scope)
            if not (single or isinstance(meaning, Item)) or name not in depends(of):
                return None
            left = perhaps(left)
        return left


def _decisive(facts: Facts) -> set[Place]:
    """The places that have a condition, themselves or inside."""
    found = set(facts.guarded)
    found.update([place for place, _ in facts.each(Choose)])
    found.update([place for place, _ in facts.each(RepeatUntil)])
    found.update([place for place, loop in facts.each(ForEach) if loop.until is not None])
    for place in facts.holding:
        if not all(map(found.isdisjoint, place.blocks)):
            found.add(place)
    return found


def _names_in(of: Expression) -> list[str]:
    return [node.name for node in of.walk() if isinstance(node, Name)]


def _without(said: Said, names: Iterable[str]) -> Said:
    """What guards have said, but for what reads one of these names."""
    if not said:
        return said
    gone = set(names)
    return {of: left for of, left in said.items() if gone.isdisjoint(_names_in(of))}


def _cases_in_words(whens: Sequence[Condition], here: Span) -> str:
    lines = in_lines([when.span for when in whens], here)
    return f"the case on {lines} is" if len(whens) == 1 else f"a case on {lines} is"


def _in_words(one: Possible) -> str:
    if one.anything or one.texts is None:
        return ""
    if one.numbers is not None and max(map(abs, one.numbers[:2])) < LARGEST_NUMBER:
        return f"{one.numbers.least} to {one.numbers.most}"
    if one.texts:
        return ", ".join(sorted(one.texts))
    return "yes or no" if one.truths else ""
