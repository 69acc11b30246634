"""Which answers a text or a condition really reads: through the items of loops, and of whom.

A loop's item is a piece of the answer that the loop goes through, so whoever reads the item reads
the answer. And ``needs | of(speaker)`` reads of a list only what one person gave: but only where it
is a list, straight from the answer, for of anything else ``of`` picks nothing and leaves it whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.checking.facts import Answer, Item, Sort
from compassion_protocols.language.condition import Condition
from compassion_protocols.language.expressions import Filter, Name
from compassion_protocols.language.parts import For

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from compassion_protocols.checking.facts import Facts, Scope
    from compassion_protocols.findings import Span
    from compassion_protocols.language.template import Template
    from compassion_protocols.language.tree import Node

WHOLE = ""
"""Whose: everyone's who gave something."""


class Reading(NamedTuple):
    """One name as it stands, the answer behind it, and whose part of that is read."""

    name: str
    answer: str
    line: int = 0
    """Lines below the start of the text."""
    whose: str = WHOLE
    through: tuple[Span, ...] = ()
    """Where the loops stand that lead from the answer to the name, the nearest first."""


def readings(
    facts: Facts, text: Template | Condition, scope: Scope, among: Collection[str]
) -> Iterator[Reading]:
    """Every reading of one of these answers in a text, in the order they stand."""
    if not _may_read(text.reads, scope, among):
        return
    seen: set[tuple[str, str]] = set()
    for name, line, whose in _names_in(text):
        if (name, whose) not in seen:
            seen.add((name, whose))
            yield from reading_of(facts, name, scope, among, line=line, whose=whose)


def reading_of(
    facts: Facts,
    name: str,
    scope: Scope,
    among: Collection[str],
    *,
    line: int = 0,
    whose: str = WHOLE,
) -> Iterator[Reading]:
    """The answer behind a name, if it is one of these."""
    through: list[Span] = []
    meaning = facts.meaning(name, scope)
    source = name
    while isinstance(meaning, Item):
        through.append(meaning.span)
        source, scope, whose = meaning.items.name, meaning.loop.scope, WHOLE
        meaning = facts.meaning(source, scope)
    if isinstance(meaning, Answer) and source in among:
        part = whose if meaning.is_list_at(scope) and _is_a_person(facts, whose, scope) else WHOLE
        yield Reading(name, source, line, part, tuple(through))


_PEOPLE = frozenset(Sort) - {Sort.SETTING, Sort.ANSWER}


def _is_a_person(facts: Facts, name: str, scope: Scope) -> bool:
    """Whether a name stands for people who are known beforehand, and not for whom one names."""
    meaning = facts.meaning(name, scope)
    return meaning is not None and meaning.sort in _PEOPLE


def _may_read(reads: frozenset[str], scope: Scope, among: Collection[str]) -> bool:
    return any(name in among or isinstance(scope.names.get(name), Item) for name in reads)


def _names_in(text: Template | Condition) -> Iterator[tuple[str, int, str]]:
    """Each free name with its line, and with the person whose part of it is picked."""
    if "of" not in text.source:
        for use in text.uses:
            yield use.name, use.line, WHOLE
        return
    nodes = (text.expression,) if isinstance(text, Condition) else text.parts
    for node in nodes:
        if not isinstance(node, str):
            yield from _names_below(node, frozenset(), WHOLE)


def _names_below(node: Node, bound: frozenset[str], whose: str) -> Iterator[tuple[str, int, str]]:
    match node:
        case Name(name=name, line=line):
            if name not in bound:
                yield name, line, whose
        case Filter(name="of", of=inner, arguments=(Name(name=person) as named,)):
            yield from _names_below(inner, bound, WHOLE if person in bound else person)
            yield from _names_below(named, bound, WHOLE)
        case Filter(name="given", of=inner):
            yield from _names_below(inner, bound, whose)
        case Filter(of=inner, arguments=arguments):
            # What any other filter makes of a list is no list any more, of which one could pick.
            yield from _names_below(inner, bound, WHOLE)
            for argument in arguments:
                yield from _names_below(argument, bound, WHOLE)
        case For(name=name, over=over, body=body, otherwise=otherwise):
            yield from _names_below(over, bound, WHOLE)
            for part in body:
                if not isinstance(part, str):
                    yield from _names_below(part, bound | {name, "loop"}, WHOLE)
            for part in otherwise:
                if not isinstance(part, str):
                    yield from _names_below(part, bound, WHOLE)
        case _:
            for child in node.children:
                yield from _names_below(child, bound, WHOLE)
