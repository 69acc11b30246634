"""A protocol in which one text stands wherever its author can write one."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from attrs import evolve, fields, has

from compassion_protocols.findings import Span
from compassion_protocols.language.template import Template, of_parts
from compassion_protocols.model.answers import Option
from compassion_protocols.model.names import People, Ref
from compassion_protocols.model.steps import Linked

if TYPE_CHECKING:
    from compassion_protocols.model.plan import Plan

NAMES = frozenset({"id", "name", "names", "item", "prefix", "protocol", "version", "one_of", "of"})
"""Fields that hold names, which can be nothing else."""


def with_text(plan: Plan, text: str) -> Plan:
    """The same plan, where every text of its protocol is this one."""
    return evolve(plan, protocol=_changed(plan.protocol, text))


def _changed(thing: Any, text: str) -> Any:  # noqa: ANN401  # whatever the model holds
    match thing:
        case Template():
            return of_parts(text, (text,) if text else ())
        case Option():
            return Option(text, text)
        case str() if not isinstance(thing, Enum):
            return text
        case tuple():
            return tuple(_changed(each, text) for each in thing)
        case Ref() | People() | Span():
            return thing
        case _ if has(type(thing)) and type(thing).__module__.startswith(_MODEL):
            return _inside(thing, text)
        case _:
            return thing


_MODEL = "compassion_protocols.model"


def _inside(thing: Any, text: str) -> Any:  # noqa: ANN401  # as above
    kept = {"constants", "care"} if isinstance(thing, Linked) else set[str]()
    changes = {
        each.name: _changed(getattr(thing, each.name), text)
        for each in fields(type(thing))
        if each.init and each.name not in NAMES | kept
    }
    return evolve(thing, **changes)
