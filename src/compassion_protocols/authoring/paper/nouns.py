"""What names mean on paper: a value that is known beforehand, or a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from compassion_protocols.language.expressions import Name
from compassion_protocols.language.values import NOTHING, Missing, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.language.tree import Node
    from compassion_protocols.language.values import Value


@frozen
class Noun:
    """What a name stands for on paper: words such as “the speaker”, or where an answer is."""

    words: str
    person: bool = False
    entry: bool = False
    """Whether it is an entry of a list that a text goes through."""


@frozen
class Paper:
    """What each name means there: a value that is known beforehand, or a noun."""

    names: Mapping[str, Value | Noun] = field(factory=dict)

    def knowing(self, names: Mapping[str, Value | Noun]) -> Paper:
        """The same paper with more names on it."""
        return evolve(self, names={**self.names, **names})

    def noun(self, name: str) -> Noun:
        """The noun for a name; for one that is not known, its own words."""
        found = self.names.get(name)
        if isinstance(found, Noun):
            return found
        return Noun(name.rpartition(".")[2].replace("_", " ") if found is None else shown(found))

    def value(self, name: str) -> Value | Missing:
        """The value of a name; nothing where it is a noun."""
        found = self.names.get(name)
        return NOTHING if found is None or isinstance(found, Noun) else found

    def is_known(self, node: Node) -> bool:
        """Whether everything that is read there has a value beforehand."""
        return all(
            not isinstance(self.names.get(each.name), Noun) and each.name in self.names
            for each in node.walk()
            if isinstance(each, Name)
        )
