"""Parts of a protocol in a few words, for whoever knows the language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compassion_protocols.language.expressions import Attribute, Name
from compassion_protocols.language.parts import For, If, Output
from compassion_protocols.language.values import Duration, listed, shown
from compassion_protocols.model.names import Ref
from compassion_protocols.model.steps import Order, Turns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.language.condition import Condition
    from compassion_protocols.language.parts import Part, Parts
    from compassion_protocols.language.template import Template
    from compassion_protocols.language.tree import Node
    from compassion_protocols.language.values import Value
    from compassion_protocols.model.names import People
    from compassion_protocols.model.steps import Breathe, ForEach, Pattern, Wait

LONGEST_LINE = 90
"""Characters of a text that are shown; who wants the rest opens the file."""


def cut(text: str) -> str:
    """One line of a text, no longer than is shown."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_LINE:
        return line
    return f"{line[:LONGEST_LINE].rpartition(' ')[0] or line[:LONGEST_LINE]} …"


def brief(template: Template) -> str:
    """A text on one line: its names in angles, of a branch the first, of a loop one round."""
    return " ".join(_written(template.parts).split())


def _written(parts: Parts) -> str:
    return "".join(map(_part, parts))


def _part(part: str | Part) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Output):
        return f"‹{_first_name(part.expression)}›"
    if isinstance(part, If):
        return _written(part.branches[0].body)
    return _written(part.body) if isinstance(part, For) else ""


def _first_name(expression: Node) -> str:
    for node in expression.walk():
        if isinstance(node, Attribute) and isinstance(node.of, Name):
            return f"{own_name(node.of.name)}.{node.name}"
        if isinstance(node, Name):
            return own_name(node.name)
    return "…"


def told_shortly(condition: Condition) -> str:
    """A condition as its author wrote it, on one line."""
    return " ".join(condition.source.split())


def amount(number: int | float | Duration | Ref, values: Mapping[str, Value]) -> str:
    """A number or a time; of a setting its default as well, as in ``floor_time (3 minutes)``."""
    if not isinstance(number, Ref):
        return shown(number)
    name, known = own_name(number.name), values.get(number.name)
    if known is None:
        return name
    return shown(known) if name != number.name else f"{name} ({shown(known)})"


_OF_AN_INCLUDE = re.compile(r"(?:[^/]*/\d+\.)+")


def own_name(name: str) -> str:
    """A name as its own author wrote it, without what linking has put before it.

    >>> own_name("three-breath-pause/1.breaths")
    'breaths'
    """
    return _OF_AN_INCLUDE.sub("", name)


def named(people: People) -> str:
    """People, by the names that stand for them in the file."""
    return listed([own_name(name) for name in people.names])


def rounds(step: Turns | ForEach, values: Mapping[str, Value]) -> tuple[str, ...]:
    """What a loop goes through, and in which order."""
    order = "" if step.order is Order.GIVEN else f"{step.order} order"
    if isinstance(step, Turns):
        return f"turns: each of {own_name(step.role.name)} once, as {step.names[0]}", order
    if step.item:
        items = own_name(step.items.name) if isinstance(step.items, Ref) else str(step.items)
        return f"for_each: {step.item} in {items}", order
    return f"for_each: {amount(step.items, values)} times", order


def breath(pattern: Pattern) -> str:
    """The seconds of one breath, without those that are none."""
    phases = (
        ("in", pattern.inhale),
        ("hold", pattern.hold),
        ("out", pattern.exhale),
        ("rest", pattern.rest),
    )
    return ", ".join(f"{name} {int(seconds)}" for name, seconds in phases if seconds)


def lasting(length: Duration | Ref | None, values: Mapping[str, Value]) -> str:
    """How long something lasts; nothing where that is open."""
    return "" if length is None else f"for {amount(length, values)}"


def how_often(step: Breathe, values: Mapping[str, Value]) -> str:
    """How many breaths, or for how long."""
    if step.count is None:
        return lasting(step.duration, values)
    often = amount(step.count, values)
    return f"{often} breath{'' if often == '1' else 's'}"


def how_long(step: Wait, values: Mapping[str, Value]) -> str:
    """For how long it is silent, or until which answer."""
    if step.until is None:
        return lasting(step.duration, values)
    most = "" if step.at_most is None else f", at most {amount(step.at_most, values)}"
    return f"until {own_name(step.until.name)}{most}"
