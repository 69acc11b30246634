"""Whether private words stay private: in every group, at every moment, on every way.

An answer may be read by its writer, and by those that ``shared`` or ``to`` names. That holds for
what is shown and for what can be told from what happens.

- *Shown*: each text has an audience, and everyone in it must be able to read each answer in it. A
  question stands in the transcripts of all who may read its answers, so they are its audience too.
- *Passed on*: who chooses from an answer, under a bound of it or under a rule about it, says
  something of it by what they choose.
- *Told by what happens*: where an answer decides whether a step comes, which, or how often,
  everyone who notices must be able to read it. What only its owner notices is a detour (see
  :mod:`.detours`). A step that cannot be shown without an answer is decided by it as well.

The facilitator is a reader like any other: one of everyone where the answer is open to everyone.
Where the tier does not ask for one, texts that are not addressed to a facilitator are not shown to
one either, so nothing is asked of them here. How long things take, who is here, how many moments a
facilitator counts, and what people say aloud are not promised to stay private.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from compassion_protocols.checking.audiences import Audiences, People, Readable, audiences_of
from compassion_protocols.checking.detours import (
    Row,
    depends_on,
    inside,
    is_steady,
    is_unseen,
    leaves,
    manner_of,
)
from compassion_protocols.checking.facts import Sort, plainly
from compassion_protocols.checking.readings import Reading, reading_of, readings
from compassion_protocols.checking.spans import span_of
from compassion_protocols.findings import Finding
from compassion_protocols.language.template import Template
from compassion_protocols.model.answers import needed_names
from compassion_protocols.model.care import ADVISED_TIER
from compassion_protocols.model.names import EVERYONE, FACILITATOR, YOU, Ref
from compassion_protocols.model.rules import DiffersFrom, Expect
from compassion_protocols.model.steps import (
    Ask,
    Breathe,
    Choose,
    End,
    ForEach,
    Include,
    Part,
    Pass,
    RepeatUntil,
    Reveal,
    Say,
    Speak,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compassion_protocols.checking.audiences import Group
    from compassion_protocols.checking.facts import Facts, Place, Scope
    from compassion_protocols.findings import Span
    from compassion_protocols.language.condition import Condition
    from compassion_protocols.model.steps import AnyStep


_HOST = People(frozenset(), host=True)
"""The facilitator."""


def check_privacy(facts: Facts) -> Iterator[Finding]:
    """Every way by which an answer reaches someone who may not read it."""
    closed = frozenset([name for name, one in facts.answers.items() if not _is_open(one.place)])
    if not closed:
        return
    audiences = audiences_of(facts)
    guided = facts.protocol.care.tier >= ADVISED_TIER
    several = any(len(group.everyone) > 1 for group in audiences.groups)
    if guided or several or any(FACILITATOR in place.who.names for place in facts.places):
        walk = _Walk(facts, audiences, closed, guided)
        yield from walk.row(facts.outline, None, None)


def _is_open(place: Place) -> bool:
    match place.step:
        case Ask(shared=to) | Reveal(to=to):
            return to is not None and EVERYONE in to.names
        case _:
            return False


@frozen
class _Shown:
    """A text and those who are shown it."""

    text: Template
    audience: People
    what: str
    """What it is, in the words of a finding."""


@frozen
class _Decision:
    """Something that an answer decides: a row of steps or one, and what of it depends on it."""

    reading: Reading
    span: Span
    row: Row
    places: tuple[Place, ...]
    how: str
    """How it decides, in the words of a finding."""
    code: str = "CP802"


@frozen(eq=False)
class _Walk:
    facts: Facts
    audiences: Audiences
    closed: frozenset[str]
    guided: bool

    def row(
        self, places: Sequence[Place], block: Row | None, include: Place | None
    ) -> Iterator[Finding]:
        """All that is wrong in a row of steps, and inside each."""
        for at, place in enumerate(places):
            row = Row(places, at, block)
            for finding in self._place(row):
                # What another protocol holds is pointed at where this one includes it.
                yield finding if include is None else evolve(finding, span=include.step.span)
            inner = place if include is None and isinstance(place.step, Include) else include
            for steps in place.blocks:
                yield from self.row(steps, row, inner)

    def _place(self, row: Row) -> Iterator[Finding]:
        place = row.place
        told = [finding for shown in self._texts(place) for finding in self._shown(place, shown)]
        if isinstance(place.step, Ask):
            told += self._question(place, place.step)
        yield from told
        match place.step:
            case Wait(until=Ref() as until):
                yield from self._told_to_all(place, until, "Everyone waits until")
            case Pass(to=to):
                yield from self._told_to_all(place, to, "Everyone sees who comes next by")
        for decision in self._decisions(row):
            finding = self._decided(decision)
            # Whether a text can be shown matters only where it may be.
            if finding is not None and not (told and finding.code == "CP806"):
                yield finding

    # what is shown

    def _texts(self, place: Place) -> Iterator[_Shown]:
        step, scope = place.step, place.scope
        acting = self.audiences.people(place.who.names, scope)
        everyone = self.audiences.people((EVERYONE,), scope, host=self.guided)
        if step.meanwhile is not None:
            others = evolve(everyone, without=acting.meanings)
            yield _Shown(step.meanwhile, others, "waiting text")
        if step.note is not None:
            yield _Shown(step.note, _HOST, "note")
        match step:
            case Part(title=title):
                yield _Shown(title, everyone, "heading")
            case End(text=text) if not place.included:
                yield _Shown(text, everyone, "closing text")
            case Ask():
                to = self._readers(place)
                readers = People(acting.meanings | to.meanings, host=to.host)
                yield _Shown(step.text, readers, "question")
                if step.hint is not None:
                    yield _Shown(step.hint, acting, "hint")
                for rule in step.rules:
                    yield _Shown(rule.say, acting, "invitation")
            case Say() | Speak() | Wait() | End():
                yield _Shown(step.text, acting, "text")
            case Breathe(text=Template() as text):
                yield _Shown(text, acting, "text")

    def _readers(self, place: Place) -> People:
        """Who may read what is answered here, beside its writer."""
        to = getattr(place.step, "shared", None) or getattr(place.step, "to", None)
        names = to.names if to is not None and not isinstance(to, Ref) else ()
        host = self.guided and EVERYONE in names
        return self.audiences.people(names, place.scope, host=host)

    def _shown(self, place: Place, shown: _Shown) -> Iterator[Finding]:
        for reading in readings(self.facts, shown.text, place.scope, self.closed):
            if reading.whose == YOU:
                continue  # each reader their own
            found = self._left_out(shown.audience, reading, place.scope)
            if found:
                span = span_of(shown.text, reading.name, reading.line)
                message = f"{self._said(reading)}, and this {shown.what} is shown to {found}."
                yield Finding("CP801", message, self._open_up(reading), span)

    # what is passed on

    def _question(self, place: Place, step: Ask) -> Iterator[Finding]:
        acting = self.audiences.people(place.who.names, place.scope)
        readers = self._readers(place)
        for name in needed_names(step.answer):
            for reading in reading_of(self.facts, name, place.scope, self.closed):
                for code, who, does in (("CP801", acting, "choose"), ("CP803", readers, "read")):
                    found = self._left_out(who, reading, place.scope)
                    if found:
                        what = "from it" if does == "choose" else "what is chosen from it"
                        message = f"{self._said(reading)}, and {found} would {does} {what} here."
                        yield Finding(code, message, self._open_up(reading), step.span)
                        break
        for rule in step.rules:
            for reading in self._judging(rule.check, place.scope):
                found = self._left_out(acting, reading, place.scope)
                if found:
                    message = f"{self._said(reading)}, and this rule tells {found} something of it."
                    yield Finding("CP804", message, self._open_up(reading), rule.span)

    def _judging(self, check: object, scope: Scope) -> Iterator[Reading]:
        match check:
            case DiffersFrom(other):
                yield from reading_of(self.facts, other.name, scope, self.closed)
            case Expect(condition):
                yield from readings(self.facts, condition, scope, self.closed)

    def _told_to_all(self, place: Place, ref: Ref, what: str) -> Iterator[Finding]:
        everyone = self.audiences.people((EVERYONE,), place.scope, host=self.guided)
        for reading in reading_of(self.facts, ref.name, place.scope, self.closed):
            found = self._left_out(everyone, reading, place.scope)
            if found:
                message = f"{what} “{plainly(ref.name)}”, but: {self._said(reading)}."
                yield Finding("CP805", message, self._open_up(reading), ref.span)

    # what is told by what happens

    def _decisions(self, row: Row) -> Iterator[_Decision]:
        place, step = row.place, row.place.step
        within = tuple([inner for block in place.blocks for inner in block])
        if step.when is not None:
            yield from self._by(step.when, row, (place,), "whether this comes")
        match step:
            case Choose(cases=cases):
                for case in cases:
                    yield from self._by(case.when, row, within, "which of these comes")
            case RepeatUntil(condition=condition):
                yield from self._by(condition, row, within, "how often this comes")
            case ForEach(items=items, until=until):
                if isinstance(items, Ref):
                    for reading in reading_of(self.facts, items.name, place.scope, self.closed):
                        yield _Decision(reading, items.span, row, within, "how often this comes")
                if until is not None:
                    scope = within[0].scope if within else place.scope
                    yield from self._by(until, row, within, "how often this comes", scope)
        for name in sorted(depends_on(self.facts, place)):
            for reading in reading_of(self.facts, name, place.scope, self.closed):
                how = "whether this can be shown at all"
                yield _Decision(reading, _first_use(step, name), row, (place,), how, "CP806")

    def _by(
        self,
        condition: Condition,
        row: Row,
        places: tuple[Place, ...],
        how: str,
        scope: Scope | None = None,
    ) -> Iterator[_Decision]:
        around = row.place.scope if scope is None else scope
        for reading in readings(self.facts, condition, around, self.closed):
            span = span_of(condition, reading.name, reading.line)
            yield _Decision(reading, span, row, places, how)

    def _decided(self, decision: _Decision) -> Finding | None:
        place = decision.row.place
        may = self._readable(decision.reading, place.scope)
        everyone = self.audiences.people((EVERYONE,), place.scope)
        if self.audiences.left_out(everyone, may) is None:
            seen = self._seen_by_the_host(decision, may)
        else:
            seen = self._seen_by_others(decision, may)
        if not seen:
            return None
        message = f"{self._said(decision.reading)}, and it decides {decision.how}: {seen}."
        return Finding(decision.code, message, self._hide(decision), decision.span)

    def _seen_by_the_host(self, decision: _Decision, may: Readable) -> str:
        """What tells the facilitator of an answer that all others may read."""
        if not self.guided or self.audiences.left_out(_HOST, may) is None:
            return ""
        for top in decision.places:
            for place in inside(top):
                step = place.step
                beside = step.meanwhile or step.note or isinstance(step, Part | End)
                if beside or FACILITATOR in place.who.names:
                    return f"the facilitator sees the step on line {step.span.line}"
        return ""

    def _seen_by_others(self, decision: _Decision, may: Readable) -> str:
        """What is seen, by those who may not read it, of what an answer decides."""
        own = [leaf for place in decision.places for leaf in leaves(place)]
        if not own:
            return ""
        manner = manner_of(self.facts, own[0])
        owner = People(manner.who)
        for top in decision.places:
            for place in inside(top):
                if not is_unseen(place):
                    return f"everyone sees the step on line {place.step.span.line}"
        for leaf in own:
            found = self._not_its_own(leaf, owner, may)
            if found:
                return f"{found} the step on line {leaf.step.span.line}"
        if is_steady(self.facts, decision.row, manner):
            return ""
        return "the others see that somebody is waited for, or that nobody is"

    def _not_its_own(self, leaf: Place, owner: People, may: Readable) -> str:
        """Who beside the owner has something to do with a step, and what they do."""
        acting = self.audiences.people(leaf.who.names, leaf.scope)
        if self.audiences.left_out(acting, may) is not None:
            return f"{_named(acting, self.facts)} see{'' if len(acting.meanings) > 1 else 's'}"
        if acting.meanings != owner.meanings or not self.audiences.is_one(acting):
            return "several people see"
        noted = leaf.step.note is not None and self.guided
        if noted and self.audiences.left_out(_HOST, may) is not None:
            return "the facilitator sees a note at"
        readers = self._readers(leaf)
        if self.audiences.left_out(readers, may) is not None:
            return f"{_named(readers, self.facts)} may read what is answered at"
        return ""

    # whom it concerns

    def _readable(self, reading: Reading, scope: Scope) -> Readable:
        answer = self.facts.answers[reading.answer]
        whose = None
        if reading.whose:
            whose = self.facts.meaning(reading.whose, scope)
        return self.audiences.readable(answer, whose)

    def _left_out(self, audience: People, reading: Reading, scope: Scope) -> str:
        """Who of an audience may not read it, in words; nothing if all may."""
        may = self._readable(reading, scope)
        group = self.audiences.left_out(audience, may)
        if group is None:
            return ""
        for meaning in sorted(audience.meanings, key=lambda one: one.most):
            some = evolve(audience, meanings=frozenset((meaning,)), host=False)
            if self.audiences.left_out(some, may) is not None:
                return _named(some, self.facts) + self._in_a(group)
        return "the facilitator" + self._in_a(group)

    def _in_a(self, group: Group) -> str:
        """The size of a group, where there are several."""
        if len(self.audiences.groups) < 2:
            return ""
        return f" (with {sum(group.size.values())} people)"

    # in words

    def _said(self, reading: Reading) -> str:
        """Which answer it is, who may read it, and by what way it comes here."""
        answer = self.facts.answers[reading.answer]
        to = self._readers(answer.place)
        who = "its writer alone"
        if to.meanings:
            who = f"its writer and {_named(to, self.facts)}"
        name = plainly(reading.answer)
        way = ""
        if reading.through:
            lines = " and ".join(f"on line {line}" for line in reversed(reading.through))
            way = f"“{plainly(reading.name)}” comes from it by the loop {lines}; "
        return f"{way}“{name}” (line {answer.span.line}) is for {who}"

    def _open_up(self, reading: Reading) -> str:
        """How an answer may come to those who are to read it."""
        place = self.facts.answers[reading.answer].place
        name = plainly(reading.answer)
        if isinstance(place.step, Reveal):
            return f"Name them in its `to` (line {place.step.span.line}), so that its writer knows."
        return (
            f"Let its writer choose what to show: add “reveal: {name}” with an id and "
            f"“to: everyone”, and read that here; or write “shared: everyone” on line "
            f"{place.step.span.line}."
        )

    def _hide(self, decision: _Decision) -> str:
        name = plainly(decision.reading.answer)
        if decision.code == "CP806":
            return f"Write {name} | default(…), so that the step comes in any case."
        return (
            f"{self._open_up(decision.reading)} Or let all of it be its writer’s own, "
            "with the same `meanwhile` as a step of theirs beside it that always comes."
        )


def _first_use(step: AnyStep, name: str) -> Span:
    """Where a step's text first reads a name; where the step stands if it does not."""
    text = getattr(step, "text", None)
    if isinstance(text, Template):
        for use in text.uses:
            if use.name == name:
                return span_of(text, name, use.line)
    return step.span


def _named(people: People, facts: Facts) -> str:
    """People, by the names that they were called by."""
    names = [_name_of(one.sort, facts, one) for one in people.meanings]
    if people.host and not names:
        names.append("the facilitator")
    return " and ".join(sorted(names)) or "others"


def _name_of(sort: Sort, facts: Facts, meaning: object) -> str:
    known = [name for name, one in facts.names.items() if one is meaning]
    return plainly(known[0]) if known else _TURNS.get(sort, "others")


_TURNS = {
    Sort.SPEAKER: "the speaker",
    Sort.LISTENER: "the listener",
    Sort.ITEM: "someone else",
    Sort.FACILITATOR: "the facilitator",
}
