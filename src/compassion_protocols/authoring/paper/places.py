"""A place in a protocol on paper: what names mean there, who acts, and whose page it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from compassion_protocols.authoring.paper.leaflet import Reader
from compassion_protocols.authoring.paper.nouns import Noun, Paper
from compassion_protocols.language.values import listed
from compassion_protocols.model.names import ALL, People
from compassion_protocols.model.steps import (
    Ask,
    Choose,
    ForEach,
    Part,
    RepeatUntil,
    Reveal,
    Speak,
    Turns,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.model.steps import AnyStep


def plain_name(name: str) -> str:
    """A name as it is spoken: without what linking has put before it, and in words."""
    return name.rpartition("/")[2].rpartition(".")[2].replace("_", " ")


@frozen
class Place:
    """Where a step stands. ``sizes`` holds how many each role can have at the most."""

    paper: Paper
    reader: Reader
    sizes: Mapping[str, int]
    who: People = ALL
    turn: tuple[str, str] = ("", "")
    """The names of the speaker and the listener in the turns around."""

    @property
    def people(self) -> int:
        """How many can take part at the most."""
        return sum(self.sizes.values())

    @property
    def leads(self) -> bool:
        """Whether the page is for whoever leads."""
        return self.reader is Reader.FACILITATOR

    def at(self, step: AnyStep) -> Place:
        """The place of a step: whoever acts there, acts in what is inside it as well."""
        return self if step.who is None else evolve(self, who=step.who)

    def within(self, step: AnyStep) -> Place:
        """What is known inside a loop: whose turn it is, which item it is about."""
        if isinstance(step, Turns):
            speaker, listener = step.names
            one = Noun(f"the {plain_name(speaker)}", person=True)
            several = self.sizes.get(step.role.name, self.people) > 2
            rest = "the others" if several else f"the {plain_name(listener)}"
            paper = self.paper.knowing({speaker: one, listener: Noun(rest, person=True)})
            return evolve(self, paper=paper, turn=step.names)
        if isinstance(step, ForEach) and step.item:
            item = Noun(f"this {plain_name(step.item)}")
            return evolve(self, paper=self.paper.knowing({step.item: item}))
        return self

    def acting(self, step: AnyStep) -> str:
        """Who acts, as a few words before the step; nothing where it is plain."""
        if self.people == 1 or isinstance(step, Turns | ForEach | RepeatUntil | Choose | Part):
            return ""
        if self.everyone and isinstance(step, Ask | Reveal):
            return "Each of you, for yourself"
        if self.everyone:
            return "All together" if isinstance(step, Speak) else ""
        return self.named(self.who)

    @property
    def waiting(self) -> str:
        """Who reads what is written for those who do not act."""
        if self.everyone:
            return "While you wait"
        for acting, waiting in (self.turn, self.turn[::-1]):
            if self.who.names == (acting,):
                return f"{self.named(People((waiting,)))}, meanwhile"
        return "Everyone else, meanwhile"

    def named(self, people: People) -> str:
        """People as a heading has them."""
        words = listed([self.paper.noun(name).words for name in people.names])
        return f"{words[:1].upper()}{words[1:]}"

    @property
    def everyone(self) -> bool:
        """Whether all who take part act."""
        return all(self.paper.noun(name).words.endswith("of you") for name in self.who.names)
