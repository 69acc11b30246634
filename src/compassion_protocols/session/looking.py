"""From a state to one person's view.

A view is a pure function of the plan, the state and its viewer. Two people who
are asked the same see the same question, each with their own answer; whoever is
not asked, or is done, sees what the author wrote for those who wait, or a
standing line, the same whatever the others do.

The first of these that applies is shown: the session has ended; the viewer's
own care; the pause card (:mod:`.standing`); the open moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from compassion_protocols.language.template import render
from compassion_protocols.model.accepting import to_data
from compassion_protocols.model.names import YOU
from compassion_protocols.model.plan import Moment, MomentKind
from compassion_protocols.session.answers import missed_rules
from compassion_protocols.session.change import Change
from compassion_protocols.session.input import input_of
from compassion_protocols.session.lines import (
    CARE_FOR_ANOTHER_LINE,
    NOTHING_TO_SHOW_LINE,
    NUDGE_LINE,
    STANDING_LINE,
    THANKS_LINE,
    WELCOME_LINE,
)
from compassion_protocols.session.standing import ALWAYS, Standing
from compassion_protocols.session.state import (
    WAITING,
    Gate,
    Mark,
    Presence,
    Screen,
    Status,
)
from compassion_protocols.session.timing import breaths
from compassion_protocols.session.tokens import token_of
from compassion_protocols.session.view import Pace, Timer, View

if TYPE_CHECKING:
    from compassion_protocols.language.values import Lookup, Person, Value
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.state import Back, Lane, Open, State
    from compassion_protocols.session.view import Input

_ANSWERING = ("answer", "skip", *ALWAYS)
_ANSWERED = ("answer", *ALWAYS)
_GOING_ON = ("continue", "skip", *ALWAYS)

_ALONE = (MomentKind.SAY, MomentKind.ASK, MomentKind.REVEAL)
"""Moments of which the others see no clock."""


def view(plan: Plan, state: State, viewer: str) -> View:
    """What this person sees. LookupError if nobody has this id."""
    return _Looking(plan, state, state.seat(viewer)).view()


class _Looking(Standing):
    """One viewer's look at a state, and at the open moment in it."""

    __slots__ = ()

    def view(self) -> View:
        state = self.state
        status = state.status(self.seat)
        lane = self._lane_shown() if state.lanes else None
        if status is Status.ENDED:
            return self.ended()
        presence = state.presence[self.seat]
        if presence is not Presence.HERE:
            return self.not_here(presence, status)
        if lane is not None:
            return _Looking(self.plan, state, lane.seat, lane).in_care()
        if status is Status.PAUSED:
            return self.paused()
        opened = self.course.open
        if status is Status.CARE or opened is None:
            return self.plainly(Status.CARE, "waiting", CARE_FOR_ANOTHER_LINE)
        return self._moment(self._place(), opened, Status.OPEN)

    def in_care(self) -> View:
        """What is shown in the lane."""
        opened = self.course.open
        if opened is None:
            return self.plainly(Status.CARE, "waiting", CARE_FOR_ANOTHER_LINE)
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

    # the open moment

    def _moment(self, moment: Moment, opened: Open, status: Status) -> View:
        if opened.gate is not None:
            return self._card(opened.gate, status)
        setup = self.state.setup
        mark = opened.marks[self.seat]
        if mark is Mark.ABSENT:
            mark = Mark.NONE  # who was not here takes part from the next moment on
        asked = mark in WAITING
        waiting = self._waiting(opened)
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
            waiting=waiting,
            hand_to=waiting[0] if waiting and setup.screen is Screen.SHARED else "",
            minutes_left=self._minutes_left_for(moment, mark),
            actions=self._actions(moment, opened, mark, status),
            note=self._note(moment) if moment.note else "",
            help=self.help(),
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

    def _together(self, moment: Moment, opened: Open) -> tuple[Person, ...]:
        """Who looks at a shared screen at once: all who act, where nobody answers or hides."""
        if moment.private or moment.slot is not None:
            return ()
        people = self.state.setup.people
        return tuple([people[seat] for seat, mark in enumerate(opened.marks) if mark in WAITING])

    def _meanwhile(self, moment: Moment, mark: Mark) -> str:
        if mark is not Mark.NONE:
            return self.whole_text(moment.meanwhile, moment) or THANKS_LINE
        if self.seat in self._late(moment):
            return WELCOME_LINE
        if self.only_looks_on:
            return STANDING_LINE
        return self.whole_text(moment.meanwhile, moment) or STANDING_LINE

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
        screen = self.plainly(
            status,
            kind.value,
            text,
            actions=("continue", *ALWAYS) if seat == self.seat else ALWAYS,
        )
        return evolve(
            screen,
            addressed=(name,) if kind is Gate.HAND_OVER else screen.addressed,
            hand_to=name,
            minutes_left=self._minutes_left(self._place()),
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
        return "" if self.only_looks_on else self.whole_text(moment.heading, moment)

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
        return self.whole_text(moment.note, moment)

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
        if self._surely_opens(back):
            return True
        return Change(self.plan, self.state, self.state.now).walk.reopen(back)

    def _surely_opens(self, back: Back) -> bool:
        """Whether that is plain: for someone alone, at a moment that asks for nothing else.

        Most moments are such, and to try it out takes a fifth of what an event does.
        """
        before, setup = self.plan.ops[back.at], self.state.setup
        alone = setup.screen is Screen.OWN and len(setup.people) == 1
        return alone and isinstance(before, Moment) and before.always_opens and not before.timed

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


def _acts_alone(opened: Open) -> bool:
    return opened.marks.count(Mark.NONE) == len(opened.marks) - 1
