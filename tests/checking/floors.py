"""Random protocols about nothing but who has the floor, and sessions that go through them.

They are as unequal as chance has it. Whoever's turn it is says yes to everything that is their own
to decide; the others say yes, no or nothing, and all take their time.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import field, frozen
from hypothesis import strategies as st

from compassion_protocols.model.plan import Moment, OfHolder, OfItem, OfSpeaker
from compassion_protocols.session.events import Answer, Continue, Skip, Tick
from compassion_protocols.session.session import Session
from tests.plans import plan_of

if TYPE_CHECKING:
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.view import View

Draw = Any
HEAD = """
audience: [couple, group]
roles: {member: {people: 2-4}, holder: {one_of: member, others: hearer}}
settings:
  calm: {yes_no: "no", label: Calm}
  long: {duration: 20s, min: 10s, max: 30s, label: Long}
  cards: {list: [a, b, c], label: Cards}
"""
DEEPEST = 3

T = TypeVar("T")


@frozen
class Maker:
    """Draws the steps of one protocol."""

    draw: Draw
    asked: list[str] = field(factory=list)
    loops: list[str] = field(factory=list)

    def pick(self, *options: T) -> T:
        picked: T = self.draw(st.sampled_from(options))
        return picked

    def steps(self, one: tuple[str, ...], others: tuple[str, ...], depth: int) -> str:
        """Write some steps; ``one`` and ``others`` are whom the loops around have named."""
        found = [self.step(one, others, depth) for _ in range(self.draw(st.integers(1, 2)))]
        return f"[{', '.join(found)}]"

    def step(self, one: tuple[str, ...], others: tuple[str, ...], depth: int) -> str:
        leaves = [self.speak, self.speak, self.ask, self.hand_on, self.end]
        blocks = [self.turns, self.turns, self.for_each, self.part, self.choose, self.repeat]
        found = [*blocks, self.turns, self.ask] if not depth else [*leaves, *blocks]
        make = self.pick(*(found if depth < DEEPEST else leaves))
        return str(make(one, others, depth))

    def when(self) -> str:
        return str(self.pick("", "", f", when: {self.condition()}"))

    def limit(self) -> str:
        return str(self.pick("", "", "", ", timer: {at_most: 30s}"))

    def condition(self) -> str:
        return str(self.pick("calm", "not calm", *self.asked))

    def speak(self, one: tuple[str, ...], others: tuple[str, ...], depth: int) -> str:
        who = self.pick(*(one * 3 or ("holder",)), "holder", "hearer")
        text = self.pick("Well?", "Well?", *[f"{{{{ {name} }}}}" for name in self.asked])
        return f'{{speak: "{text}", who: {who}, for: {self.pick("10s", "long")}{self.when()}}}'

    def ask(self, one: tuple[str, ...], others: tuple[str, ...], depth: int) -> str:
        who = self.pick("holder", "everyone", *one, *others)
        when, name = self.when(), f"q{len(self.asked)}"
        self.asked.append(name)
        rest = f"shared: everyone, answer: yes_no, example: 'yes'{when}"
        return f"{{ask: A?, id: {name}, who: {who}, {rest}}}"

    def hand_on(self, one: tuple[str, ...], others: tuple[str, ...], depth: int) -> str:
        return f"{{pass: holder, to: next{self.when()}}}"

    def end(self, one: tuple[str, ...], others: tuple[str, ...], depth: int) -> str:
        if self.pick(True, False, False, False):
            return f"{{end: Bye, when: {self.condition()}}}"
        return "{say: A}"

    def turns(self, one: tuple[str, ...], others: tuple[str, ...], depth: int) -> str:
        speaker, listener = self.named("s"), self.named("l")
        role = self.pick("member", "member", "everyone", "hearer", *others)
        when = self.when()
        steps = self.steps((*one, speaker), (*others, listener), depth + 1)
        return f"{{turns: {role}, as: [{speaker}, {listener}], steps: {steps}{when}}}"

    def for_each(self, one: tuple[str, ...], others: tuple[str, ...], depth: int) -> str:
        order = self.pick("given", "shuffled", "rotating")
        what, item = self.pick("2", "member", "cards"), self.named("i")
        through = what if what == "2" else f"{item} in {what}"
        inside = (*one, item) if what == "member" else one
        steps = self.steps(inside, others, depth + 1)
        until = self.pick("", "", f", until: {self.condition()}")
        if what == "cards":
            until = self.pick(until, f', until: {item} == "b"')
        limit = self.limit()
        return f"{{for_each: {through}, order: {order}, steps: {steps}{until}{limit}}}"

    def part(self, one: tuple[str, ...], others: tuple[str, ...], depth: int) -> str:
        when, limit = self.when(), self.limit()
        return f"{{part: P, steps: {self.steps(one, others, depth + 1)}{when}{limit}}}"

    def choose(self, one: tuple[str, ...], others: tuple[str, ...], depth: int) -> str:
        condition, limit = self.condition(), self.limit()
        steps = self.steps(one, others, depth + 1)
        instead = self.steps(one, others, depth + 1)
        case = f"{{when: {condition}, steps: {steps}}}"
        return f"{{choose: [{case}], otherwise: {instead}{limit}}}"

    def repeat(self, one: tuple[str, ...], others: tuple[str, ...], depth: int) -> str:
        steps, limit = self.steps(one, others, depth + 1), self.limit()
        rest = f"at_most: 2, steps: {steps}{limit}"
        condition = self.condition()
        missed = self.pick("", f", otherwise: {self.steps(one, others, depth + 1)}")
        return f"{{repeat_until: {condition}, {rest}{missed}}}"

    def named(self, stem: str) -> str:
        self.loops.append(stem)
        return f"{stem}{len(self.loops)}"


@st.composite
def rounds(draw: Draw) -> str:
    """The text of a protocol about who has the floor."""
    return f"{HEAD}steps: {Maker(draw).steps((), (), 0)}"


def play(text: str, people: int, seed: int) -> set[tuple[int, float]]:
    """Go through a session, and give what its people were offered: how often, and how long."""
    names = ("Ana", "Ben", "Cem", "Dee")[:people]
    session = Session.start(plan_of(text), names, at=0.0, seed=seed)
    chance = random.Random(seed)
    while not session.ended:
        now = session.state.now + chance.choice((0.0, 1.0, 4.0, 8.0))
        for name in names:
            view = session.view(name)
            if name not in view.waiting:
                continue
            if "continue" in view.actions:
                session.receive(Continue(by=name, token=view.token, at=now))
                break
            if "answer" in view.actions:
                session.receive(_answer(session, view, chance, now))
                break
        else:
            session.receive(Tick(at=max(now, session.next_deadline or now)))
    ledgers = [session.transcript(name).floor for name in names]
    return {(0, 0.0) if one is None else (one.times, one.offered) for one in ledgers}


def _answer(session: Session, view: View, chance: random.Random, now: float) -> Answer | Skip:
    token, by = view.token, view.viewer
    own = _is_ones_own(session.plan, session.state.course.at)
    said = True if own else chance.choice((True, False, None))
    if said is None:
        return Skip(by=by, token=token, at=now)
    return Answer(by=by, token=token, value=said, at=now)


def _is_ones_own(plan: Plan, at: int) -> bool:
    moment = plan.ops[at]
    return isinstance(moment, Moment) and isinstance(moment.who[0], OfSpeaker | OfHolder | OfItem)
