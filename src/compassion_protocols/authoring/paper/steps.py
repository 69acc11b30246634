"""The steps of a protocol on paper: numbered, each with who acts, what to do, and room to write.

Both pages have the same numbers, so that a facilitator can say “now number four”. Included steps
stand in place. What only a facilitator does is left out of a participant's page, but for what the
others do meanwhile. Nothing here tells anyone to show what would have stayed private.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from compassion_protocols.authoring.paper.answers import as_noun
from compassion_protocols.authoring.paper.leaflet import Entry
from compassion_protocols.authoring.paper.nouns import Noun, Paper
from compassion_protocols.authoring.paper.phrases import condition_on_paper, holds_beforehand
from compassion_protocols.authoring.paper.places import Place, plain_name
from compassion_protocols.authoring.paper.words import pieces_of
from compassion_protocols.model.names import EVERYONE, FACILITATOR, YOU
from compassion_protocols.model.steps import (
    Ask,
    Choose,
    Include,
    RepeatUntil,
    Reveal,
    Wait,
    blocks_of,
    steps_inside,
)
from compassion_protocols.render.page import literal_section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compassion_protocols.authoring.paper.leaflet import Reader
    from compassion_protocols.language.values import Value
    from compassion_protocols.model.protocol import Protocol
    from compassion_protocols.model.steps import AnyStep


def entries_of(protocol: Protocol, reader: Reader) -> tuple[Entry, ...]:
    """The steps of a whole (linked) protocol."""
    steps = tuple(flat(protocol.steps))
    sizes = {seat.name: seat.most for seat in protocol.seats}
    return _entries(steps, "", Place(paper_for(protocol), reader, sizes))


def paper_for(protocol: Protocol) -> Paper:
    """What the names of a protocol mean on paper."""
    several = sum(seat.most for seat in protocol.seats)
    all_of_you = "you" if several == 1 else "both of you" if several == 2 else "all of you"
    names: dict[str, Value | Noun] = {s.name: s.default for s in protocol.settings}
    names |= {EVERYONE: Noun(all_of_you, person=True), YOU: Noun("you", person=True)}
    names[FACILITATOR] = Noun("the facilitator", person=True)
    for role in protocol.roles:
        alone = role.one_of or role.most == 1
        words = f"the {plain_name(role.name)}" if alone else f"each {plain_name(role.name)}"
        shared = not role.one_of and len(protocol.seats) == 1
        names[role.name] = Noun(all_of_you if shared else words, person=True)
        if role.others:
            names[role.others] = Noun("the others", person=True)
    for number, step in numbered(tuple(flat(protocol.steps))):
        if isinstance(step, Ask) and step.id:
            names[step.id] = as_noun(step.answer, number)
        elif isinstance(step, Reveal):
            names[step.id] = Noun(f"what was shown at {number}")
    for step in steps_inside(protocol.steps):
        if isinstance(step, Include) and step.linked is not None:
            names |= dict(step.linked.constants)
    return Paper(names)


def flat(steps: Iterable[AnyStep]) -> Iterator[AnyStep]:
    """The steps, with those of an include in its place unless it is guarded as a whole."""
    for step in steps:
        if isinstance(step, Include) and step.linked is not None and step.when is None:
            yield from flat(step.linked.steps)
        else:
            yield step


def inside(step: AnyStep) -> tuple[AnyStep, ...]:
    """All steps directly inside this one, of all its blocks in order."""
    return tuple(inner for block in blocks_of(step) for inner in flat(block))


def numbered(steps: tuple[AnyStep, ...], before: str = "") -> Iterator[tuple[str, AnyStep]]:
    """Every step with its number, such as 3 or 3.2, and all those inside it."""
    for count, step in enumerate(steps, 1):
        yield f"{before}{count}", step
        yield from numbered(inside(step), f"{before}{count}.")


def _entries(steps: tuple[AnyStep, ...], before: str, place: Place) -> tuple[Entry, ...]:
    return tuple(
        entry
        for count, step in enumerate(steps, 1)
        for entry in _entry(step, f"{before}{count}", place.at(step))
    )


def _entry(step: AnyStep, number: str, place: Place) -> Iterator[Entry]:
    """One step; nothing where a setting's default leaves it out."""
    guard = ""
    if step.when is not None:
        if holds_beforehand(step.when.expression, place.paper) is False:
            return
        guard = condition_on_paper(step.when, place.paper)
    within = place.within(step)
    pieces = [literal_section("guard", f"Only if {guard}:")] if guard else []
    yield Entry(
        number,
        place.acting(step),
        (*pieces, *pieces_of(step, within)),
        _inner(step, number, within),
    )


def _inner(step: AnyStep, number: str, place: Place) -> tuple[Entry, ...]:
    found: list[Entry] = []
    count = 1
    for guard, block in _blocks(step, place):
        steps = tuple(flat(block))
        for inner in steps:
            entries = tuple(_entry(inner, f"{number}.{count}", place.at(inner)))
            if guard and entries:
                first = entries[0]
                lead = literal_section("guard", guard)
                entries = (evolve(first, pieces=(lead, *first.pieces)), *entries[1:])
                guard = ""
            found += entries
            count += 1
    return tuple(found)


def _blocks(step: AnyStep, place: Place) -> Iterator[tuple[str, tuple[AnyStep, ...]]]:
    """The blocks inside a step, each with what is said before it."""
    match step:
        case Choose():
            for case in step.cases:
                told = condition_on_paper(case.when, place.paper)
                yield f"If {told}:" if told else "This one:", case.steps
            yield "Otherwise:", step.otherwise
        case RepeatUntil():
            yield "", step.steps
            yield "If it never comes to that:", step.otherwise
        case Wait():
            yield "If that is too far off:", step.otherwise
        case _:
            for block in blocks_of(step):
                yield "", block
