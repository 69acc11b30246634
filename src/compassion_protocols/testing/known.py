"""What can be said at a place in a random protocol, and to whom.

A record is kept of what a reader of the file would know there: which answers are one value, which
are lists, which were asked on some ways only, and which are open to everyone.
"""

from __future__ import annotations

import re
from typing import Any

from attrs import evolve, frozen

from compassion_protocols.testing.samples import SETTINGS


@frozen
class Asked:
    """One answer: its name, its kind and what it may be compared with."""

    name: str
    kind: str
    who: str
    several: bool
    owner: str = ""
    """The one person who gave it, by the name that a step is theirs by."""
    open: bool = True
    """Whether everyone may read it, and not its owner alone."""

    @property
    def shown(self) -> str:
        """The answer in a text; of a form, one of its fields."""
        return f"{{{{ {self.name}.what }}}}" if self.kind == "form" else f"{{{{ {self.name} }}}}"


@frozen
class Known:
    """What can be said at a place, and to whom."""

    single: tuple[Asked, ...] = ()
    """Asked on every way, and one value here."""
    lists: tuple[Asked, ...] = ()
    """Asked on every way, and a gathered list here."""
    perhaps: tuple[Asked, ...] = ()
    """Asked on some ways, and one value here."""
    people: tuple[str, ...] = ()
    """Names in a text: you, and whom loops have named."""
    taking_turns: bool = False
    fair_floor: bool = False
    """Whether what is offered here to whoever takes a turn is offered to all of them."""
    listeners: int = 0
    items: tuple[str, ...] = ()
    tested: tuple[str, ...] = ()
    """Names that a guard around has asked about: asking once more would decide nothing."""
    depth: int = 0
    times: int = 1
    """How often one goes past here at the most."""

    def shown_to(self, owner: str) -> Known:
        """What may be said to one person: whatever is open, and what they gave themselves."""

        def theirs(answers: tuple[Asked, ...]) -> tuple[Asked, ...]:
            return tuple([a for a in answers if a.open or (owner and a.owner == owner)])

        return evolve(
            self,
            single=theirs(self.single),
            lists=theirs(self.lists),
            perhaps=theirs(self.perhaps),
        )

    @property
    def opened(self) -> Known:
        """What everyone knows, so that it may be said to all and decide where it goes on."""
        return self.shown_to("")

    @property
    def revealable(self) -> list[Asked]:
        """What may be revealed: an own answer, asked of the same people inside the same loops."""
        return [asked for asked in self.single if "." not in asked.name]

    def asking(self, asked: Asked) -> Known:
        if asked.several:
            return evolve(self, lists=(*self.lists, asked))
        return evolve(self, single=(*self.single, asked))

    def testing(self, condition: str) -> Known:
        return evolve(self, tested=(*self.tested, *read_by(condition)))

    def inside(self, times: int = 1, **changes: Any) -> Known:  # noqa: ANN401  # of any field
        changes = {"fair_floor": False, **changes}
        return evolve(self, depth=self.depth + 1, times=self.times * times, **changes)

    def after_loop(self, inner: Known) -> Known:
        """Outside a loop that makes lists: what was surely asked inside is a list."""
        new = [a for a in (*inner.single, *inner.lists) if a not in (*self.single, *self.lists)]
        return evolve(self, lists=(*self.lists, *[evolve(a, several=True) for a in new]))

    def after_perhaps(self, inner: Known) -> Known:
        """Past a way that may not have been taken."""
        sure = (*self.single, *self.perhaps)
        new = [a for a in (*inner.single, *inner.perhaps) if a not in sure]
        return evolve(self, perhaps=(*self.perhaps, *new))


def read_by(condition: str) -> set[str]:
    """The names that a condition reads."""
    words = re.findall(r"[\w.]+", condition)
    return {word for word in words if "_" in word or word in SETTINGS}
