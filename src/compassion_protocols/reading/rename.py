"""The same steps under other names, as linking needs them.

One walk over the model: texts and conditions are renamed by the language, references, people and
ids here. What only looks like a name is left alone: the word lists of rules, what loops call
their items and turns their people, and the ``next`` that a role is passed to.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve, fields, has

from compassion_protocols.findings import Span
from compassion_protocols.language.condition import Condition
from compassion_protocols.language.renaming import renamed as renamed_in_language
from compassion_protocols.language.template import Template
from compassion_protocols.model.names import NEXT, People, Ref
from compassion_protocols.model.protocol import Role
from compassion_protocols.model.rules import Avoids, Mentions
from compassion_protocols.model.steps import Linked, Pass, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

Rename = Callable[[str], str | None]
"""The new name for a name, or for a path such as ``prefix.answer``; None leaves it as it is."""

T = TypeVar("T")


def renamed(thing: T, rename: Rename) -> T:
    """The same step, tuple of steps, care section or role, with its names changed."""
    changed: T = _changed(thing, rename)
    return changed


def _changed(thing: Any, rename: Rename) -> Any:  # noqa: ANN401  # whatever the model holds
    special = _SPECIAL.get(type(thing))
    if special is not None:
        return special(thing, rename)
    if isinstance(thing, tuple):
        new = tuple([_changed(each, rename) for each in thing])
        return thing if all(map(is_, new, thing)) else new
    return _inside(thing, rename) if has(type(thing)) else thing


def _inside(thing: Any, rename: Rename, **changes: object) -> Any:  # noqa: ANN401
    for attribute in fields(type(thing)):
        if attribute.name not in changes:
            inner = getattr(thing, attribute.name)
            new = _changed(inner, rename)
            if new is not inner:
                changes[attribute.name] = new
    if isinstance(thing, Step) and thing.id:
        changes["id"] = _new(thing.id, rename)
    return evolve(thing, **changes) if changes else thing


def _new(name: str, rename: Rename) -> str:
    found = rename(name)
    return name if found is None else found


def _text(thing: Template | Condition, rename: Rename) -> Template | Condition:
    if isinstance(thing, Template):
        return renamed_in_language(thing, rename) if thing.reads else thing
    return renamed_in_language(thing, rename)


def _ref(ref: Ref, rename: Rename) -> Ref:
    return Ref(_new(ref.name, rename), ref.span)


def _people(people: People, rename: Rename) -> People:
    return People(tuple([_new(name, rename) for name in people.names]), people.span)


def _role(role: Role, rename: Rename) -> Role:
    one_of, others = (name and _new(name, rename) for name in (role.one_of, role.others))
    return evolve(role, name=_new(role.name, rename), one_of=one_of, others=others)


def _linked(linked: Linked, rename: Rename) -> Linked:
    constants = tuple([(_new(name, rename), value) for name, value in linked.constants])
    changed: Linked = _inside(linked, rename, constants=constants)
    return changed


def _pass(step: Pass, rename: Rename) -> Pass:
    to = step.to if step.to.name == NEXT else _ref(step.to, rename)
    changed: Pass = _inside(step, rename, to=to)
    return changed


def _same(thing: T, rename: Rename) -> T:
    return thing


_SPECIAL: Mapping[type, Callable[[Any, Rename], Any]] = {
    Template: _text,
    Condition: _text,
    Ref: _ref,
    People: _people,
    Role: _role,
    Linked: _linked,
    Pass: _pass,
    Avoids: _same,
    Mentions: _same,
    Span: _same,
}
