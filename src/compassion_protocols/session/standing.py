"""The screens that stand whatever moment is open: the end, someone away, the pause card.

They are of a viewer's look at a state; what is seen of the open moment itself is in
:mod:`.looking`. Every screen has the same way out, and the same line of help.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from compassion_protocols.language.template import render
from compassion_protocols.language.values import is_given
from compassion_protocols.model.care import ADVISED_TIER
from compassion_protocols.model.plan import Finish, Moment
from compassion_protocols.session.change import Change
from compassion_protocols.session.lines import (
    AWAY_LINE,
    ENDED_EARLY_LINE,
    ENDED_LINE,
    GONE_LINE,
    HELP_LINE,
)
from compassion_protocols.session.scene import Scene
from compassion_protocols.session.state import FACILITATOR_ROLE, Ending, Presence, Screen, Status
from compassion_protocols.session.tokens import token_of
from compassion_protocols.session.view import Help, Timer, View

if TYPE_CHECKING:
    from compassion_protocols.language.template import Template
    from compassion_protocols.language.values import Person
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.state import Lane, State

ALWAYS = ("pause", "distress", "stop", "leave", "erase")
"""Actions that are offered at every moment."""


class Standing:
    """One viewer's look at a state, and the screens that do not hang on the open moment."""

    __slots__ = ("course", "plan", "scene", "seat", "state")

    def __init__(self, plan: Plan, state: State, seat: int, lane: Lane | None = None) -> None:
        self.plan = plan
        self.state = state
        self.seat = seat
        if lane is None:
            self.course = state.course
            setup = state.setup
            self.scene = Scene(plan, setup, state.presence, state.course, setup.seats)
        else:
            self.course = lane.course
            care = plan.care[lane.stage]
            self.scene = Scene(care, state.setup, state.presence, lane.course, (lane.seat,))

    def ended(self) -> View:
        text = ENDED_EARLY_LINE
        if self.state.ending is not Ending.EARLY:
            op = self.scene.plan.ops[self.course.at]
            shown = isinstance(op, Finish) and not self.only_looks_on
            closing = self.whole_text(op.text, op) if isinstance(op, Finish) and shown else ""
            text = closing if closing.strip() else ENDED_LINE
        return self.plainly(Status.ENDED, "ended", text, actions=("erase",))

    def not_here(self, presence: Presence, status: Status) -> View:
        if presence is Presence.GONE:
            return self.plainly(status, "waiting", GONE_LINE, actions=("erase",))
        actions = ("join", "distress", "stop", "erase")
        return self.plainly(status, "waiting", AWAY_LINE, actions=actions)

    def paused(self) -> View:
        card = self.plan.care.get("pause")
        text = _card_text(card, self.scene, self.seat) if card is not None else ""
        pause = self.state.pause
        timer = None
        if pause is not None and pause.until is not None:
            timer = Timer(started=pause.since, over=pause.until)
        waiting = () if pause is None else self._names_of_those_to_agree(pause.votes)
        return self.plainly(
            Status.PAUSED,
            "pause",
            text,
            timer=timer,
            waiting=waiting,
            actions=("resume", *ALWAYS),
        )

    def _names_of_those_to_agree(self, votes: tuple[int, ...]) -> tuple[str, ...]:
        """Who has not agreed to go on yet, and who must come back first."""
        people = self.state.setup.people
        change = Change(self.plan, self.state, self.state.now)
        one_for_all = self.state.setup.screen is Screen.SHARED and bool(votes)
        to_agree = set() if one_for_all else {*change.voters()} - {*votes}
        return tuple([people[seat].name for seat in sorted({*change.missed(), *to_agree})])

    def plainly(
        self,
        status: Status,
        kind: str,
        text: str,
        *,
        actions: tuple[str, ...] = ALWAYS,
        timer: Timer | None = None,
        waiting: tuple[str, ...] = (),
    ) -> View:
        setup = self.state.setup
        return View(
            session=setup.session,
            viewer=setup.people[self.seat].id,
            at=self.state.now,
            status=status,
            kind=kind,
            text=text,
            token=token_of(self.state, self.seat),
            title=self.plan.protocol.title,
            addressed=tuple([person.name for person in self.at_this_screen()]),
            timer=timer,
            waiting=waiting,
            actions=actions,
            help=self.help(),
        )

    # what every screen has

    def at_this_screen(self) -> tuple[Person, ...]:
        """The viewer; at a shared screen, everyone who takes part and is here."""
        people, presence = self.state.setup.people, self.state.presence
        shared = self.state.setup.screen is Screen.SHARED
        if not shared or presence[self.seat] is not Presence.HERE:
            return (people[self.seat],)
        return tuple(
            [
                person
                for person, here in zip(people, presence, strict=True)
                if here is Presence.HERE and person.role != FACILITATOR_ROLE
            ]
        ) or (people[self.seat],)

    def whole_text(self, text: Template | None, place: Moment | Finish) -> str:
        """A text beside the main one, or a closing one; nothing if it would have a hole."""
        if text is None:
            return ""
        look = self.scene.lookup(place.scope, self.seat)
        if not all(is_given(look(name)) for name in text.required):
            return ""
        return render(text, look)

    @property
    def only_looks_on(self) -> bool:
        """Whether the viewer facilitates what was not written for a facilitator.

        Its texts are then checked for those alone who do it, so others are shown none.
        """
        host = self.seat == self.state.setup.facilitator
        return host and self.scene.plan.protocol.care.tier < ADVISED_TIER

    def help(self) -> Help:
        return help_for(self.plan, self.state.setup.locale, near=self._help_is_near())

    def _help_is_near(self) -> bool:
        """In the protocol of human help, and at the end of a screening, whatever was answered."""
        helping = self.plan.care.get("help")
        if helping is not None and self.scene.plan.protocol.id == helping.protocol.id:
            return True
        return self.state.ending is not None and self.plan.protocol.care.clears is not None


@lru_cache(maxsize=256)
def help_for(plan: Plan, locale: str, *, near: bool = False) -> Help:
    """The disclaimer and the crisis lines of a country, or of everywhere, never of another."""
    _, dash, country = locale.replace("_", "-").upper().rpartition("-")
    lines = tuple(
        line
        for line in plan.crisis_lines
        if line.locale.upper() in ("", "*") or (dash and country in line.locale.upper().split())
    )
    return Help(text=HELP_LINE, lines=lines, near=near)


def _card_text(card: Plan, scene: Scene, seat: int) -> str:
    """The first text of the pause card, for this reader."""
    for op in card.ops:
        if isinstance(op, Moment):
            return render(op.text, scene.lookup(op.scope, seat))
    return ""
