"""Whether every step can be reached, and every condition says something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.checking.facts import Facts, OneOf
from compassion_protocols.checking.ways import Ways
from compassion_protocols.findings import Finding
from compassion_protocols.language.condition import Condition, holds
from compassion_protocols.language.values import Value
from compassion_protocols.model.steps import Choose, ForEach, Pass, RepeatUntil

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.checking.facts import Place
    from compassion_protocols.checking.flow import Flow


def check_reach(facts: Facts, flow: Flow) -> Iterator[Finding]:
    """Every step that no way leads to, and every condition that is always the same.

    An included protocol is looked at for itself: fixing its settings may well close a way.
    """
    ways = Ways(facts)
    for place in flow.unreachable:
        if not place.included:
            ended = ways.seen_from(place.step.span).ended_before(place)
            message = f"No way leads here, so nobody ever sees this: {ended}."
            remedy = "Take this step out, move it up, or let the `end` before it have a `when`."
            yield Finding("CP504", message, remedy, place.step.span)
    for condition in _conditions(facts):
        yield from _always_same(condition)
    for place, repetition in facts.each(RepeatUntil):
        if not place.included:
            yield from _repetition(facts, place, repetition)


def _conditions(facts: Facts) -> Iterator[Condition]:
    """Every condition of the protocol itself."""
    for place in facts.guarded:
        if place.step.when is not None and not place.included:
            yield place.step.when
    for place, choose in facts.each(Choose):
        if not place.included:
            yield from [case.when for case in choose.cases]
    for place, for_each in facts.each(ForEach):
        if for_each.until is not None and not place.included:
            yield for_each.until
    for place, repetition in facts.each(RepeatUntil):
        if not place.included:
            yield repetition.condition


def _repetition(facts: Facts, place: Place, step: RepeatUntil) -> Iterator[Finding]:
    """A repetition that nothing inside it can end."""
    if step.condition.reads and nothing_changes(facts, place, step):
        asked = [
            facts.answers[name] for name in sorted(step.condition.reads & facts.answers.keys())
        ]
        ways = Ways(facts).seen_from(step.condition.span)
        where = f" (it is asked on {ways.line(asked[0].place)})" if asked else ""
        message = (
            f"Nothing inside asks for what “{step.condition.source}” is about{where}: where it is "
            "not so, people go round and round, and cannot end it."
        )
        remedy = "Ask for it inside, or repeat a number of times with `for_each`."
        yield Finding("CP506", message, remedy, step.condition.span)


def nothing_changes(facts: Facts, place: Place, step: RepeatUntil) -> bool:
    """Whether a pass of a repetition changes nothing that its condition reads."""
    reads = step.condition.reads
    return not reads & _changing(facts, place) and reads <= facts.names.keys()


def _changing(facts: Facts, place: Place) -> set[str]:
    """The names that may mean something else after a pass."""
    found: set[str] = set()
    for each in place.blocks[0]:
        for inner in each.walk():
            found.add(inner.step.id)
            if isinstance(inner.step, Pass):
                found |= {name for name, one in facts.names.items() if isinstance(one, OneOf)}
    return found


def _always_same(condition: Condition) -> Iterator[Finding]:
    if condition.reads or not condition.source:  # none stands for one that could not be read
        return
    truth = {True: "always true", False: "never true", None: "never known"}
    said = truth[holds(condition, dict[str, Value]().__getitem__)]
    message = f"“{condition.source}” reads no name, so it is {said}."
    yield Finding("CP505", message, "Name what it depends on, or take it out.", condition.span)
