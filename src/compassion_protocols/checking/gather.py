"""The walk that gathers :class:`~.facts.Facts`: each kind of step by one small method."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from attrs import define

from compassion_protocols.checking.facts import (
    Answer,
    Bound,
    Facts,
    Item,
    Loop,
    Manner,
    Meaning,
    OneOf,
    Passage,
    Place,
    Reference,
    Scope,
    Sort,
    Want,
)
from compassion_protocols.checking.kinds import (
    PEOPLE,
    PERSON,
    UNKNOWN,
    kind_of_setting,
    kind_of_value,
)
from compassion_protocols.findings import NOWHERE
from compassion_protocols.model.answers import (
    PLAIN_KINDS,
    AnswerKind,
    Choice,
    Choices,
    Form,
    ListOf,
    Number,
    OnePerson,
    Rank,
    Scale,
)
from compassion_protocols.model.names import (
    ALL,
    ANSWER,
    EVERYONE,
    FACILITATOR,
    NEXT,
    YOU,
    People,
    Ref,
)
from compassion_protocols.model.rules import Avoids, DiffersFrom, Expect, Mentions
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
    Step,
    Turns,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols.language.condition import Condition
    from compassion_protocols.language.template import Template
    from compassion_protocols.model.protocol import Protocol, Role
    from compassion_protocols.model.rules import Rule
    from compassion_protocols.model.steps import AnyStep

_ANSWER = frozenset({ANSWER})

# To ask an enumeration for a member takes long, and these are wanted again and again.
_SHOWN, _ALWAYS, _TEST, _IS_ANSWER = Manner.SHOWN, Manner.ALWAYS, Manner.TEST, Sort.ANSWER
_DURATION, _NUMBER, _LIST = Want.DURATION, Want.NUMBER, Want.LIST

_FACILITATOR = Meaning(Sort.FACILITATOR, PERSON, NOWHERE, 1)
_READER = Meaning(Sort.READER, PERSON, NOWHERE, 1)


def gather(protocol: Protocol) -> Facts:
    """Walk once over a whole protocol. Nothing is judged here."""
    facts = Facts(protocol)
    walk = _Walk(facts)
    walk.declare_all()
    outermost = walk.around(Scope(), ALL, False)
    facts.outline = walk.steps(protocol.steps, outermost)
    for item in walk.ahead:
        item.kind = facts.kind_of_each(item)
    if protocol.care.clears is not None:
        walk.condition(Passage(protocol.care.clears, _TEST, None, outermost.scope))
    return facts


@define(eq=False)
class _Around:
    """What stands around the steps that the walk is at."""

    scope: Scope
    who: People
    included: bool
    several: bool
    """Whether those who act may be several."""


class _Walk:
    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.ahead: list[Item] = []
        """The items of lists that are asked for further down, in a pass before."""

    # what is declared before the first step

    def declare_all(self) -> None:
        protocol = self.facts.protocol
        everyone = sum([role.most for role in protocol.seats])
        self.facts.names.update(
            {
                EVERYONE: Meaning(Sort.ROLE, PEOPLE, NOWHERE, everyone),
                FACILITATOR: _FACILITATOR,
                YOU: _READER,
            }
        )
        for role in protocol.roles or protocol.seats:
            self._role(role)
        for setting in protocol.settings:
            kind = kind_of_setting(setting)
            self._declare(setting.name, Meaning(Sort.SETTING, kind, setting.span, 1))

    def _role(self, role: Role) -> None:
        if not role.one_of:
            self._declare(role.name, Meaning(Sort.ROLE, PEOPLE, role.span, role.most))
            return
        one_of = partial(OneOf, role=role.name, whole=role.one_of)
        self._declare(role.name, one_of(Sort.HOLDER, PERSON, role.span, 1))
        if role.others:
            sizes = {seat.name: seat.most for seat in self.facts.protocol.seats}
            others = max(sizes.get(role.one_of, 2) - 1, 1)
            kind = PERSON if others == 1 else UNKNOWN
            self._declare(role.others, one_of(Sort.OTHERS, kind, role.span, others))

    def _declare(self, name: str, meaning: Meaning) -> None:
        self.facts.declared.append((name, meaning))
        self.facts.names.setdefault(name, meaning)

    # steps

    def around(self, scope: Scope, who: People, included: bool) -> _Around:
        return _Around(scope, who, included, self.facts.most_people(who, scope) > 1)

    def steps(self, steps: tuple[AnyStep, ...], around: _Around) -> tuple[Place, ...]:
        return tuple([self._step(step, around) for step in steps])

    def _step(self, step: AnyStep, around: _Around) -> Place:
        facts, kind, who = self.facts, type(step), step.who
        if who is not None:
            around = self.around(around.scope, who, around.included)
        place = Place(step, around.scope, around.who, around.included)
        facts.places.append(place)
        facts.kinds[kind].append((place, step))
        if who is not None:
            facts.appointed.append(place)
            self._people(who, place)
        if step.when is not None:
            facts.guarded.append(place)
            self._guard(step.when, place)
        if step.meanwhile is not None:
            self._text(step.meanwhile, Manner.BESIDE, place)
        if step.note is not None:
            facts.noted.append(place)
            if step.note.reads:
                self._naming(step.note, Manner.BESIDE, place)
        if step.timer is not None:
            facts.lasting.append(place)
            self._refs(place, _DURATION, step.timer.at_least, step.timer.at_most)
        _KINDS[kind](self, step, place, around)
        if place.blocks:
            facts.holding.append(place)
        return place

    def _text(self, text: Template, manner: Manner, place: Place) -> None:
        """Whole sentences that people read."""
        if not place.included:
            self.facts.shown.append(text)
        if text.reads:
            self._naming(text, manner, place)

    def _naming(self, text: Template, manner: Manner, place: Place) -> None:
        """A text with names in it."""
        passage = Passage(text, manner, place, place.scope)
        self.facts.passages.append(passage)
        if manner is _ALWAYS or not text.is_plain:
            self.facts.involved.append(passage)

    def _guard(self, condition: Condition, place: Place) -> None:
        """A condition that is read before anything inside."""
        if condition.reads:
            self.condition(Passage(condition, _TEST, place, place.scope))

    def _late(self, condition: Condition, place: Place, scope: Scope) -> None:
        """A condition that is read at the end of each pass."""
        self.condition(Passage(condition, _TEST, place, scope, late=True))

    def condition(self, passage: Passage) -> None:
        self.facts.passages.append(passage)
        self.facts.involved.append(passage)

    def _refs(self, place: Place, want: Want, *found: object, needed: bool = False) -> None:
        for ref in found:
            if isinstance(ref, Ref):
                self.facts.references.append(
                    Reference(ref.name, ref.span, want, place, place.scope, needed)
                )

    def _people(self, people: People, place: Place) -> None:
        self.facts.references.extend(
            [Reference(name, people.span, Want.PEOPLE, place, place.scope) for name in people.names]
        )

    def _say(self, step: Say, place: Place, around: _Around) -> None:
        self._text(step.text, _SHOWN, place)
        if step.duration is not None:
            self.facts.lasting.append(place)
            self._refs(place, _DURATION, step.duration)

    def _speak(self, step: Speak, place: Place, around: _Around) -> None:
        self._text(step.text, _SHOWN, place)
        self.facts.lasting.append(place)
        self._refs(place, _DURATION, step.duration, step.at_least)

    def _breathe(self, step: Breathe, place: Place, around: _Around) -> None:
        if step.text is not None:
            self._text(step.text, _SHOWN, place)
        self.facts.lasting.append(place)
        self._refs(place, _NUMBER, step.count)
        self._refs(place, _DURATION, step.duration)

    def _wait(self, step: Wait, place: Place, around: _Around) -> None:
        self._text(step.text, _SHOWN, place)
        self.facts.lasting.append(place)
        self._refs(place, _DURATION, step.duration, step.at_most)
        if step.until is not None:
            self._refs(place, Want.TIME, step.until)
        place.blocks = (self.steps(step.otherwise, around),)

    def _end(self, step: End, place: Place, around: _Around) -> None:
        # The end of an include is a page like any other.
        self._text(step.text, _SHOWN if place.included else Manner.CLOSING, place)

    def _pass(self, step: Pass, place: Place, around: _Around) -> None:
        self._refs(place, Want.HELD_ROLE, step.role)
        if step.to.name != NEXT:
            self._refs(place, Want.NEXT_HOLDER, step.to)

    # questions

    def _ask(self, step: Ask, place: Place, around: _Around) -> None:
        self._text(step.text, _SHOWN, place)
        if step.hint is not None:
            self._text(step.hint, Manner.BESIDE, place)
        if step.shared is not None:
            self._people(step.shared, place)
        if step.borrow:
            self._refs(place, Want.PHRASES, step.borrow)
        if type(step.answer) not in _WITHOUT_NAMES:
            self._answer_kind(step.answer, place)
        for rule in step.rules:
            self._rule(rule, place)
        self._answer(step, place, step.answer, around.several)

    def _answer_kind(self, kind: AnswerKind, place: Place) -> None:
        if isinstance(kind, _WITH_OPTIONS):
            self._refs(place, _LIST, kind.options, needed=True)
        elif isinstance(kind, OnePerson):
            self._refs(place, _LIST, kind.role)
        elif isinstance(kind, Form):
            for _, inner in kind.fields:
                self._answer_kind(inner, place)
        if isinstance(kind, _WITH_BOUNDS):
            self._refs(place, Want.BOUND, kind.least, kind.most, needed=True)

    def _rule(self, rule: Rule, place: Place) -> None:
        self._text(rule.say, _ALWAYS, place)
        match rule.check:
            case Avoids(phrases) | Mentions(phrases):
                self._refs(place, Want.WORDLIST, phrases)
            case DiffersFrom(other):
                self._refs(place, Want.OTHER_ANSWER, other)
            case Expect(condition):
                self.condition(Passage(condition, _TEST, place, place.scope, own=_ANSWER))

    def _reveal(self, step: Reveal, place: Place, around: _Around) -> None:
        self._refs(place, Want.ANSWER, step.answer)
        self._people(step.to, place)
        source = self.facts.answers.get(step.answer.name)
        kind = None if source is None else source.answer
        self._answer(step, place, kind, around.several)

    def _answer(self, step: Step, place: Place, kind: AnswerKind | None, several: bool) -> None:
        self.facts.questions.append(place)
        if not step.id:
            return
        answer = Answer(_IS_ANSWER, UNKNOWN, step.span, 1, place, several, kind)
        self._declare(step.id, answer)
        self.facts.answers.setdefault(step.id, answer)

    # blocks

    def _part(self, step: Part, place: Place, around: _Around) -> None:
        if step.title.reads:
            self._naming(step.title, Manner.BESIDE, place)
        place.blocks = (self.steps(step.steps, around),)

    def _choose(self, step: Choose, place: Place, around: _Around) -> None:
        blocks = []
        for case in step.cases:
            self._guard(case.when, place)
            blocks.append(self.steps(case.steps, around))
        place.blocks = (*blocks, self.steps(step.otherwise, around))

    def _repeat_until(self, step: RepeatUntil, place: Place, around: _Around) -> None:
        self.facts.loops.append(place)
        self._refs(place, _NUMBER, step.at_most)
        body = self.steps(step.steps, around)
        self._late(step.condition, place, place.scope)
        place.blocks = (body, self.steps(step.otherwise, around))

    def _turns(self, step: Turns, place: Place, around: _Around) -> None:
        self.facts.loops.append(place)
        self._refs(place, Want.ROLE, step.role)
        role = self.facts.meaning(step.role.name, place.scope)
        listeners = max((1 if role is None else role.most) - 1, 1)
        speaker = Bound(Sort.SPEAKER, PERSON, step.span, 1, place)
        kind = PERSON if listeners == 1 else UNKNOWN
        listener = Bound(Sort.LISTENER, kind, step.span, listeners, place)
        inner = self._inside(
            place, {step.names[0]: speaker, step.names[1]: listener}, {step.names[0]: speaker}
        )
        place.blocks = (self.steps(step.steps, self.around(inner, around.who, around.included)),)

    def _for_each(self, step: ForEach, place: Place, around: _Around) -> None:
        self.facts.loops.append(place)
        self._refs(place, _LIST if step.item else _NUMBER, step.items, needed=True)
        bound: dict[str, Bound] = {}
        if step.item and isinstance(step.items, Ref):
            bound[step.item] = self._item(step.items, place)
        inner = self._inside(place, bound, bound)
        place.blocks = (self.steps(step.steps, self.around(inner, around.who, around.included)),)
        if step.until is not None:
            self._late(step.until, place, inner)

    def _item(self, items: Ref, place: Place) -> Item:
        item = Item(Sort.ITEM, UNKNOWN, place.step.span, 1, place, items)
        if self.facts.meaning(items.name, place.scope) is None:
            self.ahead.append(item)
        item.kind = self.facts.kind_of_each(item)
        return item

    def _inside(self, place: Place, bound: dict[str, Bound], known: dict[str, Bound]) -> Scope:
        """The scope inside a list-making loop; ``known`` are the names that its entries know."""
        outside = place.scope
        if not place.included:
            self.facts.bound.extend(bound.items())
        loop = Loop(place, tuple(known.items()))
        return Scope({**outside.names, **bound}, (*outside.loops, loop))

    def _include(self, step: Include, place: Place, around: _Around) -> None:
        if step.linked is None:
            return
        for name, value in step.linked.constants:
            self.facts.constants[name] = value
            self._declare(name, Meaning(Sort.SETTING, kind_of_value(value), step.span, 1))
        inside = self.around(around.scope, around.who, True)
        place.blocks = (self.steps(step.linked.steps, inside),)


_WITHOUT_NAMES = frozenset((*PLAIN_KINDS.values(), Scale))
"""Kinds of answer that hold no names."""

_WITH_OPTIONS = (Choice, Choices, Rank)
_WITH_BOUNDS = (Number, ListOf, Choices)

_KINDS: dict[type[Step], Callable[..., None]] = {
    Say: _Walk._say,
    Ask: _Walk._ask,
    Speak: _Walk._speak,
    Breathe: _Walk._breathe,
    Wait: _Walk._wait,
    Reveal: _Walk._reveal,
    Part: _Walk._part,
    Include: _Walk._include,
    Turns: _Walk._turns,
    ForEach: _Walk._for_each,
    RepeatUntil: _Walk._repeat_until,
    Choose: _Walk._choose,
    Pass: _Walk._pass,
    End: _Walk._end,
}
