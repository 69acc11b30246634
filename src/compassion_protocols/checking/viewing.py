"""A group, seen by one person of a role: whether a step is theirs, and how much settings can be.

Who somebody is at a place depends on whose turn it is and on who has a role just then. So a name
there is that person never, perhaps or always, which is kept as the least and the most of one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.checking.facts import Facts, Item, Meaning, OneOf, Place, Sort
from compassion_protocols.model.names import EVERYONE, FACILITATOR, Ref
from compassion_protocols.model.settings import DurationSetting, NumberSetting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.checking.tally import Interval
    from compassion_protocols.model.steps import Turns


def amounts_of(facts: Facts) -> dict[str, Interval]:
    """How much the settings that are numbers or lengths can be."""
    found: dict[str, Interval] = {}
    for setting in facts.protocol.settings:
        if isinstance(setting, NumberSetting | DurationSetting):
            most = math.inf if setting.most is None else setting.most
            found[setting.name] = (max(setting.least or 0, 0), most)
    for name, value in facts.constants.items():
        if isinstance(value, int | float):
            found[name] = (value, value)
    return found


@frozen(eq=False)
class View:
    """A group, seen by one person of a role, or by nobody in particular."""

    facts: Facts
    amounts: Mapping[str, Interval]
    sizes: Mapping[str, int]
    role: str
    theirs: Mapping[Meaning, bool] = field(factory=dict)
    """Of each speaker and listener around: whether that is the person who sees."""
    taking_turns: int = 0
    """How many people the innermost turns around go through."""

    def amount(self, written: float | Ref | None) -> Interval:
        """The least and the most that is written, or that a setting may be."""
        if isinstance(written, Ref):
            return self.amounts.get(written.name, (0, math.inf))
        return (0, math.inf) if written is None else (written, written)

    def people(self, role: str) -> int:
        """How many people a role has; everyone by any other name."""
        return self.sizes[role] if role in self.sizes else sum(self.sizes.values())

    def acts(self, place: Place) -> Interval:
        """Whether the person who sees acts at a place: never, perhaps or always."""
        each = [self.is_them(name, place) for name in place.who.names]
        return max(least for least, _ in each), max(most for _, most in each)

    def is_them(self, name: str, place: Place) -> Interval:
        """Whether a name there is the person who sees: never, perhaps or always."""
        meaning = self.facts.meaning(name, place.scope)
        if meaning is not None and meaning in self.theirs:
            return _certain(self.theirs[meaning])
        if name == FACILITATOR or self.role == FACILITATOR:
            return _certain(name == self.role)
        if name == EVERYONE or name == self.role:
            return _certain(True)
        if isinstance(meaning, OneOf):
            return self._held(meaning)
        return (0, 1) if isinstance(meaning, Item) else _certain(False)

    def _held(self, meaning: OneOf) -> Interval:
        """A role that goes from one person to the next, or the rest of it."""
        if meaning.whole != self.role:
            return _certain(False)
        if self.people(self.role) == 1:
            return _certain(meaning.sort is Sort.HOLDER)
        return 0, 1

    def turn_takers(self, place: Place, step: Turns) -> int:
        """How many people take turns: a whole role, or those around who are not the one."""
        meaning = self.facts.meaning(step.role.name, place.scope)
        if meaning is not None and meaning.sort is Sort.LISTENER:
            return max(self.taking_turns - 1, 0)
        if isinstance(meaning, OneOf):
            return max(self.people(meaning.whole) - 1, 0)
        return self.people(step.role.name)


def _certain(truth: bool) -> Interval:
    return (1, 1) if truth else (0, 0)
