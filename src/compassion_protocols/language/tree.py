"""What all parts of a text and all expressions have in common: they are nodes of a tree.

Two nodes are equal if they say the same, wherever they stand. Equality, hash and
repr are inherited, since attrs would take a third of a millisecond at import to
write them for each class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Self

    from attrs import Attribute as Field


class Node:
    """Anything in the tree of a template or a condition."""

    __slots__ = ()
    __attrs_attrs__: ClassVar[tuple[Field[object], ...]]

    @property
    def children(self) -> Iterator[Node]:
        """The nodes right under this one, in the order they stand."""
        for each in self.__attrs_attrs__:
            inner = getattr(self, each.name)
            for node in inner if isinstance(inner, tuple) else (inner,):
                if isinstance(node, Node):
                    yield node

    def walk(self) -> Iterator[Node]:
        """This node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def changed(self, change: Callable[[object], object]) -> Self:
        """This node with a change made to each of its fields; itself if nothing comes of it."""
        old = {each.name: getattr(self, each.name) for each in self.__attrs_attrs__}
        new = {name: change(inner) for name, inner in old.items()}
        if all(new[name] is old[name] for name in old):
            return self
        node = object.__new__(type(self))
        for name, inner in new.items():
            object.__setattr__(node, name, inner)
        return node

    def _said(self) -> tuple[object, ...]:
        return tuple(getattr(self, each.name) for each in self.__attrs_attrs__ if each.eq)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other) or not isinstance(other, Node):
            return NotImplemented
        return self._said() == other._said()

    def __hash__(self) -> int:
        return hash((type(self), self._said()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._said()))})"
