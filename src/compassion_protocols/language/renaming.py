"""Giving the free names of a text or a condition other names, or values, as linking does.

An included protocol's ``notice`` becomes ``three-breath-pause/1.notice``; its setting
``breaths`` becomes the number that the include hands in; and outside, the author
of ``{{ pause.notice }}`` meant the answer ``notice`` of the include called
``pause``, so an attribute of a name may become one name.

All names change at once, so what a name becomes is not looked at again, and
doing it twice does nothing new unless ``rename`` knows its own results. The names
of loops are left alone. Where one would hide a name that comes from outside, it
steps aside: it gets an apostrophe, which no author can write.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import TYPE_CHECKING, TypeAlias, overload

from attrs import evolve, frozen

from compassion_protocols.language.condition import Condition
from compassion_protocols.language.expressions import Attribute, Constant, Expression, Name
from compassion_protocols.language.guards import uses_of
from compassion_protocols.language.parts import For, Part, tidy
from compassion_protocols.language.template import Template, of_parts
from compassion_protocols.language.tree import Node
from compassion_protocols.language.values import Value

if TYPE_CHECKING:
    from compassion_protocols.language.parts import Parts

# A text is a new name, an expression takes the name's place, any other value is a constant,
# and None leaves the name as it is.
Rename: TypeAlias = Callable[[str], "Expression | Value | None"]


@overload
def renamed(thing: Template, rename: Rename) -> Template: ...
@overload
def renamed(thing: Condition, rename: Rename) -> Condition: ...
@overload
def renamed(thing: Expression, rename: Rename) -> Expression: ...
def renamed(
    thing: Template | Condition | Expression, rename: Rename
) -> Template | Condition | Expression:
    """The same text, condition or expression with other free names.

    >>> from compassion_protocols.language.template import parse_template
    >>> text = parse_template("{{ breaths }} breaths, then {{ pause.notice }}.")
    >>> renamed(text, {"breaths": 3, "pause.notice": "pause/1.notice"}.get).parts
    ('3 breaths, then ', Output(Name('pause/1.notice')), '.')
    """
    change = _Change(rename, frozenset())
    if isinstance(thing, Template):
        return of_parts(thing.source, change.parts(thing.parts), thing.span)
    if isinstance(thing, Condition):
        return evolve(thing, expression=change.expression(thing.expression))
    return change.expression(thing)


@frozen
class _Change:
    """One renaming, and the names of the loops around."""

    rename: Rename
    bound: frozenset[str]

    def parts(self, parts: Parts) -> Parts:
        return tidy(map(self._part, parts))

    def _part(self, part: str | Part) -> str | Part:
        if isinstance(part, str):
            return part
        return self._loop(part) if isinstance(part, For) else part.changed(self._field)

    def expression(self, node: Expression) -> Expression:
        new = None
        if isinstance(node, Name):
            new = self._instead(node.name, node)
        elif isinstance(node, Attribute):
            new = self._collapsed(node)
        return node.changed(self._field) if new is None else new

    def _field(self, inner: object) -> object:
        """Rename inside whatever a node holds."""
        if isinstance(inner, Expression):
            return self.expression(inner)
        if isinstance(inner, Node):
            return inner.changed(self._field)
        if not isinstance(inner, tuple):
            return inner
        in_text = any(isinstance(each, Part) for each in inner)
        new = self.parts(inner) if in_text else tuple(map(self._field, inner))
        return inner if len(new) == len(inner) and all(map(is_, new, inner)) else new

    def _instead(self, path: str, root: Name) -> Expression | None:
        """What takes the place of a path that begins with this name."""
        new = None if root.name in self.bound else self.rename(path)
        if isinstance(new, str):
            return Name(new, root.line)
        return new if new is None or isinstance(new, Expression) else Constant(new)

    def _collapsed(self, node: Attribute) -> Expression | None:
        """What takes the place of ``name.attribute.attribute``."""
        path, inner = node.name, node.of
        while isinstance(inner, Attribute):
            path, inner = f"{inner.name}.{path}", inner.of
        return self._instead(f"{inner.name}.{path}", inner) if isinstance(inner, Name) else None

    def _loop(self, node: For) -> For:
        node = self._stepped_aside(node)
        inside = _Change(self.rename, self.bound | {node.name, "loop"})
        over, otherwise = self.expression(node.over), self.parts(node.otherwise)
        return evolve(node, over=over, body=inside.parts(node.body), otherwise=otherwise)

    def _stepped_aside(self, node: For) -> For:
        """The same loop, under a name that nothing from outside will have."""
        introduced = self._introduced(node)
        if node.name not in introduced:
            return node
        aside = node.name + "'"
        while aside in introduced | self.bound:
            aside += "'"
        own = _Change({node.name: aside}.get, frozenset())
        return evolve(node, name=aside, body=own.parts(node.body))

    def _introduced(self, node: For) -> set[str]:
        """The names that come into a loop's body from outside."""
        names: set[str] = set()

        def noted(path: str) -> Expression | Value | None:
            new = self.rename(path)
            if isinstance(new, str):
                names.add(new)
            elif isinstance(new, Expression):
                names.update(use.name for use in uses_of((new,)))
            return new

        _Change(noted, self.bound | {node.name, "loop"}).parts(node.body)
        return names
