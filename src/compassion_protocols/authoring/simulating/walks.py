"""Seeded walks through a plan: who comes, and what they do from moment to moment.

A walk is a script in the making. It begins a session for people of some allowed
number, with settings within their bounds, and then again and again chooses who
does what: mostly what is asked of them, now and then anything else that a person,
a clock or a network can do. The same plan, seed and number give the same walk.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from attrs import evolve

from compassion_protocols.authoring.scripts.script import Does, Exactly, Script, Written
from compassion_protocols.authoring.simulating.answering import Answering, Temper, written
from compassion_protocols.authoring.simulating.mishaps import mishap
from compassion_protocols.checking.bounds import group_sizes
from compassion_protocols.language.values import Duration
from compassion_protocols.model.care import FACILITATED_TIER
from compassion_protocols.model.settings import (
    AnySetting,
    ChoiceSetting,
    DurationSetting,
    ListSetting,
    NumberSetting,
    YesNoSetting,
)
from compassion_protocols.session.state import WAITING, Presence, Screen
from compassion_protocols.session.transition import next_deadline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compassion_protocols.authoring.simulating.steering import Steering
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.session import Session
    from compassion_protocols.session.state import State
    from compassion_protocols.session.view import Input, View

NAMES = (
    *("Ana", "Ben", "Cem", "Dee", "Eli", "Femi"),
    *("Gus", "Hana", "Ines", "Jun", "Kira", "Lev"),
)
FACILITATOR = "Noor"

FIRST_DAY = 1_767_571_200.0
"""The fifth of January 2026, in epoch seconds; walks begin in the hours after it."""

A_WHILE = (0.0, 0.0, 1.0, 5.0, 40.0)
"""Seconds that people take to do what they are asked."""
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


class Walker:
    """Chooses what happens next in one walk."""

    __slots__ = ("answering", "chance", "events", "oddness", "steering", "temper")

    def __init__(self, chance: Random, steering: Steering | None = None) -> None:
        self.chance = chance
        self.steering = steering
        self.answering = Answering(chance)
        self.oddness = chance.choice((0.03, 0.1, 0.4))
        """How often something happens that nobody was asked for."""
        self.events = chance.choice((SHORT, LONG, LONG))
        self.temper = chance.choice((None, *Temper))
        """How all answer in this walk; None if each does as they like."""

    def next(self, session: Session, now: float) -> Does:
        """What happens next."""
        chance, state = self.chance, session.state
        if chance.random() < self.oddness:
            return mishap(chance, session)
        waited = _waited_for(state)
        if not waited:
            due = next_deadline(state)
            late = chance.choice((0.0, 0.0, 1.0, 500.0))
            return Does(does="tick", after=max(0.0, (due or now) - now) + late)
        seat = chance.choice(waited)
        does = self._asked(session, session.view(state.setup.people[seat].id), seat)
        return evolve(does, after=does.after or chance.choice(A_WHILE))

    def _asked(self, session: Session, view: View, seat: int) -> Does:
        """What someone does who is asked for something."""
        by, chance = view.viewer, self.chance
        for back in ("resume", "join"):
            if back in view.actions:
                return Does(by=by, does=back)
        timer = view.timer
        if timer is not None and timer.due is not None and chance.random() < 0.3:
            return Does(does="tick", after=max(0.0, timer.due - session.state.now))
        if "continue" in view.actions:
            ready = timer.not_before if timer is not None else None
            after = 0.0 if ready is None or chance.random() < 0.1 else max(0.0, ready - view.at)
            return Does(by=by, does="continue" if chance.random() < 0.9 else "skip", after=after)
        if view.input is None or chance.random() < 0.12:
            return Does(by=by, does="skip")
        keep = bool(view.input.keep) and chance.random() < 0.5
        return Does(by=by, answer=self._answer(session, view.input, seat), keep=keep)

    def _answer(self, session: Session, wanted: Input, seat: int) -> Written | Exactly:
        chance = self.chance
        if chance.random() < 0.06:
            return self.answering.odd()
        self.answering.now = session.state.now
        temper = self.temper or chance.choice(tuple(Temper))
        if self.steering is None:
            return written(self.answering.value(wanted, temper))
        return written(
            self.steering.chosen(
                session.state,
                seat,
                chance,
                usual=lambda: self.answering.value(wanted, temper),
                other=lambda: self.answering.value(wanted, chance.choice(tuple(Temper))),
            )
        )


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
