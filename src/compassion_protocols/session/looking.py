"""From a state to one person's view.

A view is a pure function of the plan, the state and its viewer. Two people who
are asked the same see the same question, each with their own answer; whoever is
not asked sees what the author wrote for them, or a standing line, the same
whatever the others do.

The first of these that applies is shown: the session has ended; the viewer's
own care; the pause card; the open moment.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from compassion_protocols.language.template import render
from compassion_protocols.language.values import is_given
from compassion_protocols.model.answers import to_data
from compassion_protocols.model.care import ADVISED_TIER
from compassion_protocols.model.names import YOU
from compassion_protocols.model.plan import Finish, Moment, MomentKind
from compassion_protocols.session.answers import missed_rules
from compassion_protocols.session.change import Change
from compassion_protocols.session.input import input_of
from compassion_protocols.session.scene import Scene
from compassion_protocols.session.state import (
    FACILITATOR_ROLE,
    WAITING,
    Ending,
    Gate,
    Mark,
    Presence,
    Screen,
    Status,
)
from compassion_protocols.session.timing import breaths
from compassion_protocols.session.tokens import token_of
from compassion_protocols.session.view import Help, Pace, Timer, View

if TYPE_CHECKING:
    from compassion_protocols.language.template import Template
    from compassion_protocols.language.values import Lookup, Person, Value
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.state import Lane, Open, State
    from compassion_protocols.session.view import Input

STANDING_LINE = "Someone else has the next step. There is nothing you need to do just now."
THANKS_LINE = "Thank you. The others are still busy; there is no hurry."
ENDED_LINE = "This is the end of the exercise. Thank you for the time you gave it."
ENDED_EARLY_LINE = "The exercise ends here for now. Whatever you did today is enough."
CARE_FOR_ANOTHER_LINE = "We are taking a short break. It goes on when everyone is ready."
AWAY_LINE = "You are away at the moment. You can come back whenever you like."
GONE_LINE = "You have left this exercise. That is always all right."
STANDING_LINES = (STANDING_LINE, THANKS_LINE)
"""What those see who have nothing to do, where the author wrote nothing for them."""

NOTHING_TO_SHOW_LINE = "There is nothing of yours to show here. Go on whenever you like."
WELCOME_LINE = "Good that you are here. You take part from the next step on."
NUDGE_LINE = "You may also send it again just as it is."

HELP_LINE = (
    "If you are in danger or might hurt yourself, call your local emergency number. "
    "This is an exercise, not therapy, and nobody is reading along."
)
"""The standing disclaimer, in every view."""


ALWAYS = ("pause", "distress", "stop", "leave", "erase")
"""Actions that are offered at every moment."""


_ANSWERING = ("answer", "skip", *ALWAYS)
_ANSWERED = ("answer", *ALWAYS)
_GOING_ON = ("continue", "skip", *ALWAYS)


_ALONE = (MomentKind.SAY, MomentKind.ASK, MomentKind.REVEAL)
"""Moments of which the others see no clock."""


def _acts_alone(opened: Open) -> bool:
    return opened.marks.count(Mark.NONE) == len(opened.marks) - 1


def view(plan: Plan, state: State, viewer: str) -> View:
    """What this person sees. LookupError if nobody has this id."""
    return _Looking(plan, state, state.seat(viewer)).view()


class _Looking:
    """One viewer's look at a state."""

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

    def view(self) -> View:
        state = self.state
        status = state.status(self.seat)
        lane = self._lane_shown() if state.lanes else None
        if status is Status.ENDED:
            return self._ended()
        presence = state.presence[self.seat]
        if presence is not Presence.HERE:
            return self._not_here(presence, status)
        if lane is not None:
            return _Looking(self.plan, state, lane.seat, lane).in_care()
        if status is Status.PAUSED:
            return self._paused()
        opened = self.course.open
        if status is Status.CARE or opened is None:
            return self._plainly(Status.CARE, "waiting", CARE_FOR_ANOTHER_LINE)
        return self._moment(self._place(), opened, Status.OPEN)

    def in_care(self) -> View:
        """What is shown in the lane."""
        opened = self.course.open
        if opened is None:
            return self._plainly(Status.CARE, "waiting", CARE_FOR_ANOTHER_LINE)
        return self._moment(self._place(), opened, Status.CARE)

    def _place(self) -> Moment:
        op = self.scene.plan.ops[self.course.at]
        if not isinstance(op, Moment):
            raise LookupError("no moment is open")
        return op

    def _lane_shown(self) -> Lane | None:
        """The viewer's own lane; on a shared screen, whoever's it is."""
        lanes = [lane for lane in self.state.lanes if not lane.still]
        if self.state.setup.screen is Screen.SHARED:
            return lanes[0] if lanes else None
        return next((lane for lane in lanes if lane.seat == self.seat), None)

    # the standing screens

    def _ended(self) -> View:
        text = ENDED_EARLY_LINE
        if self.state.ending is not Ending.EARLY:
            op = self.scene.plan.ops[self.course.at]
            shown = isinstance(op, Finish) and not self._only_looks_on
            closing = self._whole_text(op.text, op) if isinstance(op, Finish) and shown else ""
            text = closing if closing.strip() else ENDED_LINE
        return self._plainly(Status.ENDED, "ended", text, actions=("erase",))

    def _not_here(self, presence: Presence, status: Status) -> View:
        if presence is Presence.GONE:
            return self._plainly(status, "waiting", GONE_LINE, actions=("erase",))
        actions = ("join", "distress", "stop", "erase")
        return self._plainly(status, "waiting", AWAY_LINE, actions=actions)

    def _paused(self) -> View:
        card = self.plan.care.get("pause")
        text = _card_text(card, self.scene, self.seat) if card is not None else ""
        pause = self.state.pause
        timer = None
        if pause is not None and pause.until is not None:
            timer = Timer(started=pause.since, over=pause.until)
        waiting = () if pause is None else self._names_of_those_to_agree(pause.votes)
        return self._plainly(
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
        awaited = {*change.missed(), *change.voters()} - set(votes)
        return tuple([people[seat].name for seat in sorted(awaited)])

    def _plainly(
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
            addressed=tuple([person.name for person in self._at_this_screen()]),
            timer=timer,
            waiting=waiting,
            actions=actions,
            help=self._help(),
        )

    # the open moment

    def _moment(self, moment: Moment, opened: Open, status: Status) -> View:
        if opened.gate is not None:
            return self._card(opened.gate, status)
        setup = self.state.setup
        mark = opened.marks[self.seat]
        if mark is Mark.ABSENT:
            mark = Mark.NONE  # who was not here takes part from the next moment on
        asked = mark in WAITING
        return View(
            session=setup.session,
            viewer=setup.people[self.seat].id,
            at=self.state.now,
            status=status,
            kind=str(moment.kind) if asked else "waiting",
            text=self._asked(moment) if asked else self._meanwhile(moment, mark),
            token=token_of(self.state, self.seat),
            title=self.scene.plan.protocol.title,
            heading=self._heading(moment),
            addressed=self._addressed(moment, opened),
            input=self._input(moment, mark) if moment.slot is not None else None,
            invite=self._invitations(moment, opened) if mark is Mark.NUDGED else (),
            draft=self._draft(opened) if opened.drafts else None,
            timer=self._timer(moment, opened, mark),
            pace=self._pace(moment) if moment.pattern is not None else None,
            waiting=self._waiting(opened),
            hand_to=self._hand_to(opened) if setup.screen is Screen.SHARED else "",
            minutes_left=self._minutes_left_for(moment, mark),
            actions=self._actions(moment, opened, mark, status),
            note=self._note(moment) if moment.note else "",
            help=self._help(),
        )

    def _asked(self, moment: Moment) -> str:
        if moment.source is not None and not self.scene.can_show(moment, self.seat):
            return NOTHING_TO_SHOW_LINE
        return render(moment.text, self._lookup(moment))

    def _lookup(self, moment: Moment) -> Lookup:
        """What names mean in this moment's texts; a screen for several speaks to all of them."""
        look = self.scene.lookup(moment.scope, self.seat)
        opened = self.course.open
        if self.state.setup.screen is Screen.OWN or opened is None:
            return look
        people = self._together(moment, opened)
        return look if len(people) < 2 else lambda name: people if name == YOU else look(name)

    def _addressed(self, moment: Moment, opened: Open) -> tuple[str, ...]:
        people = self.state.setup.people
        if self.state.setup.screen is Screen.OWN:
            return (people[self.seat].name,)
        together = self._together(moment, opened) or (people[self.seat],)
        return tuple([person.name for person in together])

    def _at_this_screen(self) -> tuple[Person, ...]:
        """The viewer; at a shared screen, everyone who takes part."""
        people = self.state.setup.people
        if self.state.setup.screen is Screen.OWN:
            return (people[self.seat],)
        return tuple(
            [
                p
                for p, here in zip(people, self.state.presence, strict=True)
                if here is not Presence.GONE and p.role != FACILITATOR_ROLE
            ]
        ) or (people[self.seat],)

    def _together(self, moment: Moment, opened: Open) -> tuple[Person, ...]:
        """Who looks at a shared screen at once: all who act, where nobody answers or hides."""
        if moment.private or moment.slot is not None:
            return ()
        people = self.state.setup.people
        return tuple([people[seat] for seat, mark in enumerate(opened.marks) if mark in WAITING])

    def _whole_text(self, text: Template | None, place: Moment | Finish) -> str:
        """A text beside the main one, or a closing one; nothing if it would have a hole."""
        if text is None:
            return ""
        look = self.scene.lookup(place.scope, self.seat)
        if not all(is_given(look(name)) for name in text.required):
            return ""
        return render(text, look)

    @property
    def _only_looks_on(self) -> bool:
        """Whether the viewer facilitates what was not written for a facilitator.

        Its texts are then checked for those alone who do it, so others are shown none.
        """
        host = self.seat == self.state.setup.facilitator
        return host and self.scene.plan.protocol.care.tier < ADVISED_TIER

    def _meanwhile(self, moment: Moment, mark: Mark) -> str:
        if mark is not Mark.NONE:
            return THANKS_LINE
        if self.seat in self._late(moment):
            return WELCOME_LINE
        if self._only_looks_on:
            return STANDING_LINE
        return self._whole_text(moment.meanwhile, moment) or STANDING_LINE

    def _late(self, moment: Moment) -> tuple[int, ...]:
        """Who would have been asked, but was not here when the moment opened."""
        if self.seat == self.state.setup.facilitator:
            return ()
        return self.scene.seats(moment.scope, moment.who)

    def _card(self, gate: tuple[Gate, int], status: Status) -> View:
        """On a shared screen: take the screen, or turn it back."""
        kind, seat = gate
        name = self.state.setup.people[seat].name
        if kind is Gate.HAND_OVER:
            text = f"{name}, the next question is for you alone. Please take the screen."
        else:
            text = "Thank you. What was written is covered. Turn the screen so that all can see."
        setup = self.state.setup
        return View(
            session=setup.session,
            viewer=setup.people[self.seat].id,
            at=self.state.now,
            status=status,
            kind=kind.value,
            text=text,
            token=token_of(self.state, self.seat),
            title=self.plan.protocol.title,
            addressed=(name,)
            if kind is Gate.HAND_OVER
            else tuple([person.name for person in self._at_this_screen()]),
            hand_to=name,
            minutes_left=self._minutes_left(self._place()),
            actions=("continue", *ALWAYS) if seat == self.seat else ALWAYS,
            help=self._help(),
        )

    def _hand_to(self, opened: Open) -> str:
        people = self.state.setup.people
        return next(
            (people[seat].name for seat, mark in enumerate(opened.marks) if mark in WAITING), ""
        )

    def _waiting(self, opened: Open) -> tuple[str, ...]:
        people = self.state.setup.people
        return tuple(
            [people[seat].name for seat, mark in enumerate(opened.marks) if mark in WAITING]
        )

    def _timer(self, moment: Moment, opened: Open, mark: Mark) -> Timer | None:
        """Everyone sees the clock of what happens aloud; a question's is for those asked."""
        if opened.due is None and moment.at_least is None:
            return None
        not_before = self.scene.seconds(moment.scope, moment.at_least)
        if moment.slot is not None and mark is Mark.NONE:
            return None
        over = opened.due
        if moment.kind is MomentKind.SPEAK:
            lasts = self.scene.seconds(moment.scope, moment.duration)
            over = None if lasts is None else opened.started + lasts
        return Timer(
            started=opened.started,
            due=opened.due,
            over=over,
            not_before=None if not_before is None else opened.started + not_before,
        )

    def _pace(self, moment: Moment) -> Pace | None:
        pattern = moment.pattern
        if pattern is None:
            return None
        return Pace(
            inhale=int(pattern.inhale),
            hold=int(pattern.hold),
            exhale=int(pattern.exhale),
            rest=int(pattern.rest),
            breaths=breaths(self.scene, moment),
        )

    def _heading(self, moment: Moment) -> str:
        return "" if self._only_looks_on else self._whole_text(moment.heading, moment)

    def _minutes_left_for(self, moment: Moment, mark: Mark) -> int:
        """How long it still takes; not told to others while somebody does something alone.

        How much that is may hang on what they answered in private.
        """
        alone = moment.kind in _ALONE and not (moment.kind is MomentKind.SAY and moment.timed)
        return 0 if alone and mark is Mark.NONE else self._minutes_left(moment)

    def _minutes_left(self, moment: Moment) -> int:
        plan, frames = self.scene.plan, self.scene.frames
        left = plan.minutes_left[self.course.at]
        for depth, number in enumerate(moment.scope.blocks):
            left -= frames[depth].index * plan.blocks[number].pass_minutes
        return max(1, round(left))

    def _note(self, moment: Moment) -> str:
        """A facilitator's note."""
        if self.seat != self.state.setup.facilitator:
            return ""
        return self._whole_text(moment.note, moment)

    def _actions(self, moment: Moment, opened: Open, mark: Mark, status: Status) -> tuple[str, ...]:
        asked = mark is not Mark.NONE
        actions: tuple[str, ...]
        if moment.source is not None and not self.scene.can_show(moment, self.seat):
            actions = _GOING_ON if mark in WAITING else ALWAYS
        elif moment.slot is not None:
            actions = _ANSWERING if mark in WAITING else _ANSWERED if asked else ALWAYS
        else:
            actions = _GOING_ON if mark in WAITING else ALWAYS
        if status is not Status.OPEN:
            return actions
        if asked and _acts_alone(opened) and self._may_go_back():
            actions = ("back", *actions)
        if self.seat == self.state.setup.facilitator:
            leading = ("advance",) if opened.due is None else ("advance", "extend")
            actions = (*leading, *actions)
        return actions

    def _may_go_back(self) -> bool:
        """Whether the moment before would open once more, and for nobody else."""
        back = self.course.back
        if back is None or back.seat != self.seat:
            return False
        return Change(self.plan, self.state, self.state.now).walk.reopen(back)

    # the input

    def _input(self, moment: Moment, mark: Mark) -> Input | None:
        if moment.slot is None or mark is Mark.NONE:
            return None
        if moment.source is not None and not self.scene.can_show(moment, self.seat):
            return None
        return input_of(self.scene, moment, moment.slot, self.seat, self.state.now)

    def _draft(self, opened: Open) -> object:
        """The viewer's own draft; on a shared screen drafts are not shown again."""
        if self.state.setup.screen is Screen.SHARED:
            return None
        for seat, draft in opened.drafts:
            if seat == self.seat:
                return to_data(draft)
        return None

    def _invitations(self, moment: Moment, opened: Open) -> tuple[str, ...]:
        """What the rules say that the draft misses."""
        draft: Value | None = next((d for s, d in opened.drafts if s == self.seat), None)
        if draft is None:
            return ()
        look = self.scene.lookup(moment.scope, self.seat)
        missed = missed_rules(self.scene, moment, self.seat, draft, self.state.now)
        return (*(render(rule.say, look) for rule in missed), NUDGE_LINE)

    def _help(self) -> Help:
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
