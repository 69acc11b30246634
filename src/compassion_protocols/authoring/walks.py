"""Seeded walks through a plan: who comes, and what they do from moment to moment.

A walk is a script in the making. It begins a session for people of some allowed
number, with settings within their bounds, and then again and again chooses who
does what: mostly what is asked of them, now and then anything else that a person,
a clock or a network can do. The same plan, seed and number give the same walk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import evolve

from compassion_protocols.authoring.answering import Answering, Temper, written
from compassion_protocols.authoring.scripts import AGAIN, RESTORE, Does, Exactly, Script, Written
from compassion_protocols.checking.bounds import group_sizes
from compassion_protocols.language.values import Duration
from compassion_protocols.model.care import FACILITATED_TIER
from compassion_protocols.model.plan import Moment
from compassion_protocols.model.settings import (
    AnySetting,
    ChoiceSetting,
    DurationSetting,
    ListSetting,
    NumberSetting,
    YesNoSetting,
)
from compassion_protocols.model.steps import Ask, blocks_of
from compassion_protocols.session.state import WAITING, Presence, Screen
from compassion_protocols.session.transition import next_deadline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from random import Random

    from compassion_protocols.model.plan import Plan
    from compassion_protocols.model.steps import AnyStep
    from compassion_protocols.session.session import Session
    from compassion_protocols.session.state import State
    from compassion_protocols.session.view import Input, View

NAMES = (
    *("Ana", "Ben", "Cem", "Dee", "Eli", "Femi"),
    *("Gus", "Hana", "Ines", "Jun", "Kira", "Lev"),
)
FACILITATOR, NEWCOMERS = "Noor", ("Omar", "Pia", "Quinn")

FIRST_DAY = 1_767_571_200.0
"""The fifth of January 2026, in epoch seconds; walks begin in the hours after it."""

A_WHILE = (0.0, 0.0, 1.0, 5.0, 40.0)
"""Seconds that people take to do what they are asked."""
ANY_TIME = (*A_WHILE, -5.0, 2_000.0)
"""Seconds before an event: a clock may be behind, and someone may have been gone for long."""

SHORT, LONG = 12, 240
"""Events of a walk: some are cut short, the others may go on to the end."""


def opening(plan: Plan, chance: Random) -> Script:
    """How a walk begins: a script in which nothing has happened yet."""
    protocol = plan.protocol
    sizes: Sequence[Mapping[str, int]] = list(group_sizes(protocol))
    size = sizes[0] if chance.random() < 0.5 else chance.choice(sizes)
    names = iter(NAMES)
    people = {role: tuple([next(names) for _ in range(size[role])]) for role in size}
    led = protocol.care.tier >= FACILITATED_TIER or chance.random() < 0.3
    alone = sum(size.values()) == 1 or protocol.care.clears is not None
    return Script(
        about="A walk.",
        people=people if len(people) > 1 else {"": next(iter(people.values()))},
        entries=(),
        facilitator=FACILITATOR if led else "",
        begins=FIRST_DAY + 3600 * chance.randrange(48),
        utc_offset=Duration(chance.choice((0, 0, 3600, -18000))),
        screen=Screen.SHARED if not alone and chance.random() < 0.25 else Screen.OWN,
        seed=chance.randrange(10),
        settings={
            setting.name: chance.choice(choices)
            for setting in protocol.settings
            if chance.random() < 0.3 and (choices := _choices(setting))
        },
        policy={"after": 4, "before": 5} if chance.random() < 0.1 else {},
    )


def _choices(setting: AnySetting) -> Sequence[Written]:
    """Values within a setting's bounds, as they are written: its ends, and a few others."""
    match setting:
        case DurationSetting():
            ends = (setting.least, setting.default, setting.most)
            return [f"{int(end)}s" for end in ends if end is not None]
        case NumberSetting():
            numbers = (setting.least, setting.default, setting.most)
            return [str(end) for end in numbers if end is not None]
        case YesNoSetting():
            return ["yes", "no"]
        case ChoiceSetting():
            return list(setting.options)
        case ListSetting():
            return [setting.default[:1], setting.default[::-1]]
        case _:
            return ["another text"]


def counterexamples(plan: Plan) -> Mapping[str, tuple[object, ...]]:
    """The counterexamples of each question, by the last part of its place."""
    return {ask.id: ask.counterexamples for ask in _asks(plan.protocol.steps) if ask.id}


def _asks(steps: tuple[AnyStep, ...]) -> Iterator[Ask]:
    for step in steps:
        if isinstance(step, Ask):
            yield step
        for block in blocks_of(step):
            yield from _asks(block)


class Walker:
    """Chooses what happens next in one walk."""

    __slots__ = ("against", "answering", "chance", "events", "oddness", "plan", "temper")

    def __init__(
        self, plan: Plan, chance: Random, against: Mapping[str, tuple[object, ...]]
    ) -> None:
        self.plan = plan
        self.chance = chance
        self.against = against
        self.answering = Answering(chance)
        self.oddness = chance.choice((0.03, 0.1, 0.4))
        """How often something happens that nobody was asked for."""
        self.events = chance.choice((SHORT, LONG, LONG))
        self.temper = chance.choice((None, *Temper))
        """How all answer in this walk; None if each does as they like."""

    def next(self, session: Session, now: float) -> Does:
        """What happens next."""
        chance, state = self.chance, session.state
        self.answering.now = now
        after = chance.choice(A_WHILE)
        waited = _waited_for(state)
        if chance.random() < self.oddness:
            by = chance.choice(state.setup.people).id
            return evolve(chance.choice(_ODD)(self, session, by), after=chance.choice(ANY_TIME))
        if not waited:
            due = next_deadline(state)
            late = chance.choice((0.0, 0.0, 1.0, 500.0))
            return Does(does="tick", after=max(0.0, (due or now) - now) + late)
        return self._asked(
            session, session.view(state.setup.people[chance.choice(waited)].id), after
        )

    def _asked(self, session: Session, view: View, after: float) -> Does:
        """What someone does who is asked for something."""
        by, chance = view.viewer, self.chance
        for back in ("resume", "join"):
            if back in view.actions:
                return Does(by=by, does=back, after=after)
        timer = view.timer
        if timer is not None and timer.due is not None and chance.random() < 0.3:
            return Does(does="tick", after=max(0.0, timer.due - session.state.now))
        if "continue" in view.actions:
            if timer is not None and timer.not_before is not None and chance.random() < 0.9:
                after = max(after, timer.not_before - view.at)
            return Does(by=by, does="continue" if chance.random() < 0.9 else "skip", after=after)
        if view.input is None or chance.random() < 0.12:
            return Does(by=by, does="skip", after=after)
        return Does(by=by, after=after, answer=self._answer(session, view, view.input))

    def _answer(self, session: Session, view: View, wanted: Input) -> Written | Exactly:
        chance = self.chance
        if chance.random() < 0.06:
            return self.answering.odd()
        temper = self.temper or chance.choice(tuple(Temper))
        op = self.plan.ops[session.state.course.at]
        place = op.place.rpartition("/")[2] if isinstance(op, Moment) else ""
        against = self.against.get(place, ())
        if against and not view.invite and chance.random() < 0.3:
            return written(chance.choice(against))
        return self.answering.answer(wanted, temper)


def _event(does: str) -> Odd:
    return lambda walker, session, by: Does(by=by, does=does)


def _pause(walker: Walker, session: Session, by: str) -> Does:
    return Does(by=by, does="pause", until=walker.chance.choice((None, -5.0, 30.0, 1200.0)))


def _distress(walker: Walker, session: Session, by: str) -> Does:
    rating = walker.chance.choice((None, 0, 8, 10))
    return Does(by=by, does="distress", rating=rating, safe=walker.chance.random() < 0.7)


def _newcomer(walker: Walker, session: Session, by: str) -> Does:
    chance = walker.chance
    role = chance.choice(session.plan.protocol.seats).name
    return Does(by=chance.choice(NEWCOMERS), does="join", role=role)


def _seldom(does: str) -> Odd:
    """What ends everything, and so happens rarely."""
    return lambda walker, session, by: (
        Does(by=by, does=does) if walker.chance.random() < 0.3 else Does(does="tick")
    )


def _late(walker: Walker, session: Session, by: str) -> Does:
    """What was meant for an earlier moment, or an earlier try."""
    chance, token = walker.chance, session.view(by).token
    opened, _, tries = token.partition(".")
    number = opened.strip("gh")
    if int(tries) and chance.random() < 0.5:
        token = f"{opened}.{int(tries) - 1}"
    else:
        token = f"{opened[: -len(number)]}{max(0, int(number) - 1)}.0"
    does = chance.choice(("answer", "continue", "skip", "back"))
    return Does(by=by, does=does, token=token, answer="late" if does == "answer" else None)


def _longer(walker: Walker, session: Session, by: str) -> Does:
    return Does(by=_leader(session, by), does="extend", seconds=30.0)


def _onward(walker: Walker, session: Session, by: str) -> Does:
    return Does(by=_leader(session, by), does="advance")


def _leader(session: Session, by: str) -> str:
    setup = session.state.setup
    return by if setup.facilitator is None else setup.people[setup.facilitator].id


def _of_itself(does: str) -> Odd:
    return lambda walker, session, by: Does(does=does)


Odd = Callable[[Walker, "Session", str], Does]
_ODD: tuple[Odd, ...] = (
    _event("skip"),
    _event("back"),
    _event("back"),
    _event("continue"),
    _event("resume"),
    _event("leave"),
    _event("join"),
    _event("join"),
    _of_itself("tick"),
    _of_itself(AGAIN),
    _of_itself(AGAIN),
    _of_itself(RESTORE),
    _seldom("erase"),
    _seldom("stop"),
    _pause,
    _pause,
    _distress,
    _newcomer,
    _late,
    _longer,
    _onward,
)
"""What can happen that nobody was asked for."""


def _waited_for(state: State) -> list[int]:
    """The seats of all who can bring the session on just now."""
    away = [seat for seat, p in enumerate(state.presence) if p is Presence.AWAY]
    if state.pause is not None:
        here = [seat for seat, p in enumerate(state.presence) if p is Presence.HERE]
        return here + away
    lanes = [lane.seat for lane in state.lanes]
    opened = state.course.open
    if opened is None or state.frozen_since is not None:
        return lanes
    gate = [opened.gate[1]] if opened.gate is not None else []
    return [*lanes, *gate, *[seat for seat, mark in enumerate(opened.marks) if mark in WAITING]]
