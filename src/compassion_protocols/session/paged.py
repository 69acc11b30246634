"""A mapping that never changes and is cheap to change a copy of.

A session may hold thousands of answers, and each event adds one. Copying a
dictionary of thousands for one event would make the five-thousandth event
slower than the first, so the entries are spread over pages by the hash of
their key, and a changed copy shares all pages but one. Keys are tuples of
whole numbers, whose hash is the same in every process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Value = TypeVar("Value")
Key = tuple[int, ...]

_PAGE = 32
"""How many entries a page holds, about, before there are twice as many pages."""


@frozen(eq=False)
class Paged(Generic[Value]):
    """An immutable mapping from tuples of whole numbers. Two are equal if they hold the same.

    >>> one = Paged().put((1, 2), "a")
    >>> one.get((1, 2)), one.put((1, 2), "b").get((1, 2)), one.get((0,))
    ('a', 'b', None)
    """

    pages: tuple[Mapping[Key, Value], ...] = ({},)
    size: int = 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Paged):
            return NotImplemented
        return self.size == other.size and dict(self.items()) == dict(other.items())

    __hash__ = None  # type: ignore[assignment]  # what is in it may have no hash

    @classmethod
    def of(cls, entries: Mapping[Key, Value]) -> Paged[Value]:
        """All of these entries at once."""
        pages = 1
        while len(entries) > _PAGE * pages:
            pages *= 2
        return _spread(entries, pages)

    def get(self, key: Key) -> Value | None:
        """The value at ``key``, or None."""
        pages = self.pages
        return pages[hash(key) % len(pages)].get(key)

    def put(self, key: Key, value: Value) -> Paged[Value]:
        """The same mapping with ``value`` at ``key``."""
        pages = self.pages
        number = hash(key) % len(pages)
        page = pages[number]
        size = self.size + (key not in page)
        if size > _PAGE * len(pages):
            return _spread({**dict(self.items()), key: value}, 2 * len(pages))
        changed = list(pages)
        changed[number] = {**page, key: value}
        return Paged(tuple(changed), size)

    def without(self, keys: list[Key]) -> Paged[Value]:
        """The same mapping with nothing at any of ``keys``."""
        gone = {key for key in keys if self.get(key) is not None}
        if not gone:
            return self
        kept = {key: value for key, value in self.items() if key not in gone}
        return _spread(kept, len(self.pages))

    def items(self) -> Iterator[tuple[Key, Value]]:
        """Every key and its value, in no order that means anything."""
        for page in self.pages:
            yield from page.items()


def _spread(entries: Mapping[Key, Value], pages: int) -> Paged[Value]:
    if pages == 1:
        return Paged((dict(entries),), len(entries))
    spread: list[dict[Key, Value]] = [{} for _ in range(pages)]
    for key, value in entries.items():
        spread[hash(key) % pages][key] = value
    return Paged(tuple(spread), len(entries))
