"""Who may know what of a protocol's answers, and how a finding speaks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from compassion_protocols.checking.audiences import Audiences, People, Readable
from compassion_protocols.checking.facts import Sort, opened_to, plainly
from compassion_protocols.checking.spans import line
from compassion_protocols.model.names import EVERYONE
from compassion_protocols.model.steps import Reveal

if TYPE_CHECKING:
    from compassion_protocols.checking.audiences import Group
    from compassion_protocols.checking.facts import Facts, Meaning, Place, Scope
    from compassion_protocols.checking.readings import Reading
    from compassion_protocols.findings import Span

HOST = People(frozenset(), host=True)
"""The facilitator."""


@frozen(eq=False)
class Knowledge:
    """The answers that are not open to everyone, and who is who.

    ``guided`` says whether a facilitator is expected, and so is shown what everyone is shown.
    """

    facts: Facts
    audiences: Audiences
    closed: frozenset[str]
    guided: bool
    here: Span
    """Where the finding stands that tells of it."""
    include: Span | None = None
    """What is included is told of where this includes it."""

    def everyone(self, scope: Scope) -> People:
        """All whom something is shown that is addressed to nobody in particular."""
        return self.audiences.people((EVERYONE,), scope, host=self.guided)

    def acting(self, place: Place) -> People:
        """Those whose step it is."""
        return self.audiences.people(place.who.names, place.scope)

    def readers(self, place: Place) -> People:
        """Who may read what is answered here, beside its writer."""
        to = opened_to(place.step)
        names = () if to is None else to.names
        host = self.guided and EVERYONE in names
        return self.audiences.people(names, place.scope, host=host)

    def readable(self, reading: Reading, scope: Scope) -> Readable:
        """The answer that is read, with its writers and its readers."""
        whose = self.facts.meaning(reading.whose, scope) if reading.whose else None
        return self.audiences.readable(self.facts.answers[reading.answer], whose)

    def left_out(self, audience: People, reading: Reading, scope: Scope) -> str:
        """Who of an audience may not read an answer, in words; nothing if all may."""
        may = self.readable(reading, scope)
        group = self.audiences.left_out(audience, may)
        if group is None:
            return ""
        for meaning in sorted(audience.meanings, key=lambda one: one.most):
            some = evolve(audience, meanings=frozenset((meaning,)), host=False)
            if self.audiences.left_out(some, may) is not None:
                return self.named(some) + self._in_a(group)
        return "the facilitator" + self._in_a(group)

    def _in_a(self, group: Group) -> str:
        """The size of a group, where there are several."""
        people = sum(group.size.values())
        return f" (with {people} people)" if len(self.audiences.groups) > 1 else ""

    # in words

    def said(self, reading: Reading) -> str:
        """Which answer it is, who may read it, and by what way it comes here."""
        answer = self.facts.answers[reading.answer]
        to = self.readers(answer.place)
        who = f"its writer and {self.named(to)}" if to.meanings else "its writer alone"
        read = f"“{plainly(reading.answer)}” ({self.line(answer.span)})"
        if reading.through:
            loops = " and ".join(f"the loop on {self.line(at)}" for at in reversed(reading.through))
            read = f"“{plainly(reading.name)}”, which comes by {loops} from {read},"
        return f"{read} is for {who}"

    def seen_from(self, here: Span) -> Knowledge:
        """The same, as a finding tells of it that stands here."""
        here = self.include or here
        return self if here.file == self.here.file else evolve(self, here=here)

    def line(self, span: Span) -> str:
        """A line of the file, or of the other file that it includes or adapts."""
        return line(span, self.here)

    def opening_up(self, reading: Reading, then: str = "read that here") -> str:
        """How an answer may come to those who are to read it; ``then`` is what to do with it."""
        step = self.facts.answers[reading.answer].place.step
        if isinstance(step, Reveal):
            return self.sharing(reading)
        return (
            f"Let its writer choose what to show: add “reveal: {plainly(reading.answer)}” with an "
            f"id and “to: everyone”, and {then}."
        )

    def sharing(self, reading: Reading) -> str:
        """How an answer may be open to all who are to read it from the start."""
        step = self.facts.answers[reading.answer].place.step
        line = self.line(step.span)
        if isinstance(step, Reveal):
            return f"Name them in its `to` ({line}), so that its writer knows."
        return f"Write “shared: everyone” on {line}, so that its writer knows."

    def named(self, people: People) -> str:
        """People, by the names that they were called by."""
        names = [self._name_of(meaning) for meaning in people.meanings]
        return " and ".join(sorted(names)) or "the facilitator"

    def _name_of(self, meaning: Meaning) -> str:
        known = [name for name, one in self.facts.names.items() if one is meaning]
        return plainly(known[0]) if known else _IN_A_TURN.get(meaning.sort, "others")


_IN_A_TURN = {Sort.SPEAKER: "the speaker", Sort.LISTENER: "the listener", Sort.ITEM: "someone else"}
