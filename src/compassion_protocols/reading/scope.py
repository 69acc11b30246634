"""The names of one protocol: which are its own, and how they are called from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.model.names import EVERYONE, RESERVED
from compassion_protocols.model.protocol import UNNAMED_ROLE
from compassion_protocols.model.steps import ForEach, Include, Turns, steps_inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from compassion_protocols.model.protocol import Protocol
    from compassion_protocols.model.steps import AnyStep
    from compassion_protocols.reading.rename import Rename


def bound_names(steps: Iterable[AnyStep]) -> frozenset[str]:
    """What the loops in these steps call their items, and their turns the people."""
    names: set[str] = set()
    for step in steps_inside(steps):
        if isinstance(step, Turns):
            names.update(step.names)
        elif isinstance(step, ForEach) and step.item:
            names.add(step.item)
    return frozenset(names)


def own_names(protocol: Protocol) -> frozenset[str]:
    """The names of its settings, steps and one-at-a-time roles, and those of its includes."""
    names = {setting.name for setting in protocol.settings}
    for role in protocol.roles:
        if role.one_of:
            names.update((role.name, role.others))
    for step in steps_inside(protocol.steps):
        names.add(step.id)
        if isinstance(step, Include) and step.linked:
            names.update(name for name, _ in step.linked.constants)
    return frozenset(names - {""})


def taken_names(protocol: Protocol) -> frozenset[str]:
    """Every name that means something in a protocol, but for the prefixes of its includes."""
    roles = {name for role in protocol.roles for name in (role.name, role.others)}
    return own_names(protocol) | bound_names(protocol.steps) | roles | RESERVED


def qualifying(child: Protocol, prefix: str, handed: Mapping[str, str]) -> Rename:
    """How the names of an included protocol are called outside.

    Those in ``handed`` lead to a name outside; what loops bind and what means the same
    everywhere stays; whatever else it says is its own, even a name that nothing bears.
    """
    kept = bound_names(child.steps) | RESERVED | {"", EVERYONE}
    known = {name: f"{prefix}.{name}" for name in own_names(child)}
    known |= handed

    def rename(path: str) -> str | None:
        new = known.get(path)
        if new is not None or "." in path or path in kept:
            return new
        return f"{prefix}.{path}"

    return rename


def reading_prefixes(includes: Iterable[Include]) -> Rename | None:
    """How the names of includes are read outside: ``prefix.answer`` is one name, not a field.

    None where no include has a prefix.
    """
    prefixed = {include.prefix: include for include in includes if include.prefix}
    if not prefixed:
        return None
    known = {name for include in prefixed.values() for name in _seen(include)}

    def rename(path: str) -> str | None:
        prefix, *rest = path.split(".")
        if prefix not in prefixed or not rest:
            return None
        return path if path in known or len(rest) == 1 else None

    return rename


def _seen(include: Include) -> Iterator[str]:
    if include.linked:
        for step in steps_inside(include.linked.steps):
            yield step.id
        for name, _ in include.linked.constants:
            yield name


def everyone_in(child: Protocol, parent: Protocol) -> dict[str, str]:
    """What the one unnamed role of an included protocol is called outside, if it has that."""
    if any(not role.one_of for role in child.roles) or UNNAMED_ROLE in own_names(child):
        return {}
    unnamed = all(role.one_of for role in parent.roles)
    return {UNNAMED_ROLE: UNNAMED_ROLE if unnamed else EVERYONE}
