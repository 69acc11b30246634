"""What one person's screen shows at this instant: plain data, made from the state.

A view is a pure function of the plan, the state and its viewer, and holds
nothing that its viewer may not know. Texts are rendered for their reader. Two
people who are asked the same see the same question, each with their own answer;
whoever is not asked sees what the author wrote for them, or a standing line,
the same whatever the others do.

The first of these that applies is shown: the session has ended; the viewer's
own care; the pause card; the open moment.
"""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import asdict, field, frozen

from compassion_protocols.language.template import render
from compassion_protocols.language.values import Missing, shown
from compassion_protocols.model.answers import (
    AnswerKind,
    Choice,
    Choices,
    Form,
    ListOf,
    Number,
    OnePerson,
    Option,
    Rank,
    Scale,
    bound,
    name_of,
    of_example,
    options_of,
    to_data,
)
from compassion_protocols.model.names import Ref
from compassion_protocols.model.plan import Finish, Moment, MomentKind
from compassion_protocols.session.answers import (
    missed_rules,
    reveal_options,
    reveal_type,
    today,
)
from compassion_protocols.session.state import Ending, Gate, Mark, Presence, Screen, Status
from compassion_protocols.session.timing import breaths
from compassion_protocols.session.tokens import token_of
from compassion_protocols.session.walk import WAITING, Walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.language.template import Template
    from compassion_protocols.language.values import Value
    from compassion_protocols.model.care import CrisisLine
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.state import Lane, Open, State

STANDING_LINE = "Someone else has the next step. There is nothing you need to do just now."
THANKS_LINE = "Thank you. The others are still busy; there is no hurry."
ENDED_LINE = "This is the end of the exercise. Thank you for the time you gave it."
ENDED_EARLY_LINE = "The exercise ends here for now. Whatever you did today is enough."
CARE_FOR_ANOTHER_LINE = "We are taking a short break. It goes on when everyone is ready."
AWAY_LINE = "You are away at the moment. You can come back whenever you like."
GONE_LINE = "You have left this exercise. That is always all right."
WELCOME_LINE = "Good that you are here. You take part from the next step on."
NUDGE_LINE = "You may also send it again just as it is."

HELP_LINE = (
    "If you are in danger or might hurt yourself, call your local emergency number. "
    "This is an exercise, not therapy, and nobody is reading along."
)
"""The standing disclaimer, in every view."""


@frozen(kw_only=True)
class Input:
    """What may be given here, and who will read it.

    ``type`` is the name of an answer kind. ``fields`` holds the inputs of a
    form. ``limits`` holds ``min``, ``max`` and ``own`` where there are any.
    ``seen_by`` names everyone beside the viewer who will read the answer.
    """

    type: str
    options: tuple[Option, ...] = ()
    fields: tuple[tuple[str, Input], ...] = ()
    limits: Mapping[str, float] = field(factory=dict)
    labels: tuple[tuple[int, str], ...] = ()
    hint: str = ""
    borrow: tuple[str, ...] = ()
    example: object = None
    seen_by: tuple[str, ...] = ()


@frozen(kw_only=True)
class Timer:
    """Epoch seconds: when it ``started``, is ``due`` to close, and the time given is ``over``.

    ``not_before`` is when going on is first offered.
    """

    started: float
    due: float | None = None
    over: float | None = None
    not_before: float | None = None


@frozen(kw_only=True)
class Pace:
    """A breathing pattern, in seconds, and how many breaths."""

    inhale: int
    hold: int
    exhale: int
    rest: int
    breaths: int


@frozen(kw_only=True)
class Help:
    """Always there: the disclaimer, and ways to reach human help in the viewer's country."""

    text: str
    lines: tuple[CrisisLine, ...] = ()


@frozen(kw_only=True, slots=False)
class View:
    """What one person sees. ``at`` is when, epoch seconds; all else is the same until it changes.

    ``kind`` is a moment's kind, or ``waiting``, ``pause``, ``hand_over``,
    ``cover``, ``ended``. ``token`` goes back with an event. ``actions`` names
    the events that make sense now. ``hand_to`` is who should take the shared
    screen. ``waiting`` names those who are waited for.
    """

    session: str
    viewer: str
    at: float
    status: Status
    kind: str
    text: str
    token: str = ""
    title: str = ""
    input: Input | None = None
    invite: tuple[str, ...] = ()
    draft: object = None
    timer: Timer | None = None
    pace: Pace | None = None
    waiting: tuple[str, ...] = ()
    hand_to: str = ""
    minutes_left: int = 0
    actions: tuple[str, ...] = ()
    note: str = ""
    help: Help

    @cached_property
    def etag(self) -> str:
        """A hash of everything but ``at``: two views with one etag show the same."""
        data = asdict(self)
        del data["at"]
        text = json.dumps(data, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


ALWAYS = ("pause", "distress", "stop", "leave", "erase")
"""Actions that are offered at every moment."""


def view(plan: Plan, state: State, viewer: str) -> View:
    """What this person sees. LookupError if nobody has this id."""
    return _Looking(plan, state, state.seat(viewer)).view()


class _Looking:
    """One viewer's look at a state."""

    __slots__ = ("open", "plan", "seat", "state", "walk")

    def __init__(self, plan: Plan, state: State, seat: int) -> None:
        self.plan = plan
        self.state = state
        self.seat = seat
        cast = tuple(range(len(state.setup.people)))
        self.walk = Walk(
            plan, state.setup, state.presence, state.course, cast, state.now, state.minding
        )
        self.open = state.course.open

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
            return self._in_lane(lane)
        if status is Status.PAUSED:
            return self._paused()
        if status is Status.CARE or self.open is None:
            return self._plainly(Status.CARE, "waiting", CARE_FOR_ANOTHER_LINE)
        return self._moment(self.walk.moment, self.open, Status.OPEN)

    def _lane_shown(self) -> Lane | None:
        """The viewer's own lane; on a shared screen, whoever's it is."""
        lanes = [lane for lane in self.state.lanes if not lane.still]
        if self.state.setup.screen is Screen.SHARED:
            return lanes[0] if lanes else None
        return next((lane for lane in lanes if lane.seat == self.seat), None)

    def _in_lane(self, lane: Lane) -> View:
        looking = _Looking.__new__(_Looking)
        looking.plan, looking.state, looking.seat = self.plan, self.state, lane.seat
        looking.walk = Walk(
            self.plan.care[lane.stage],
            self.state.setup,
            self.state.presence,
            lane.course,
            (lane.seat,),
            self.state.now,
        )
        looking.open = lane.course.open
        if looking.open is None:
            return looking._plainly(Status.CARE, "waiting", CARE_FOR_ANOTHER_LINE)
        return looking._moment(looking.walk.moment, looking.open, Status.CARE)

    # the standing screens

    def _ended(self) -> View:
        text = ENDED_EARLY_LINE
        if self.state.ending is Ending.COMPLETE:
            op = self.walk.plan.ops[self.walk.at]
            text = ENDED_LINE
            if isinstance(op, Finish) and op.text is not None:
                text = render(op.text, self.walk.lookup(op.scope, self.seat))
        return self._plainly(Status.ENDED, "ended", text, actions=("erase",))

    def _not_here(self, presence: Presence, status: Status) -> View:
        if presence is Presence.GONE:
            return self._plainly(status, "waiting", GONE_LINE, actions=("erase",))
        return self._plainly(status, "waiting", AWAY_LINE, actions=("join", "stop", "erase"))

    def _paused(self) -> View:
        card = self.plan.care.get("pause")
        text = _card_text(card, self.walk, self.seat) if card is not None else ""
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
        people, presence = self.state.setup.people, self.state.presence
        return tuple(
            person.name
            for seat, person in enumerate(people)
            if presence[seat] is Presence.HERE and seat not in votes
        )

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
        asked = mark in WAITING
        return View(
            session=setup.session,
            viewer=setup.people[self.seat].id,
            at=self.state.now,
            status=status,
            kind=moment.kind.value if asked else "waiting",
            text=self._text(moment.text, moment) if asked else self._meanwhile(moment, mark),
            token=token_of(self.state, self.seat),
            title=self.walk.plan.protocol.title,
            input=self._input(moment) if mark is not Mark.NONE and moment.slot else None,
            invite=self._invitations(moment, opened) if mark is Mark.NUDGED else (),
            draft=self._draft(opened),
            timer=self._timer(moment, opened, mark),
            pace=self._pace(moment),
            waiting=self._waiting(opened),
            hand_to=self._hand_to(opened) if setup.screen is Screen.SHARED else "",
            minutes_left=self._minutes_left(),
            actions=self._actions(moment, opened, mark, status),
            note=self._note(moment),
            help=self._help(),
        )

    def _text(self, text: Template, moment: Moment) -> str:
        return render(text, self.walk.lookup(moment.scope, self.seat))

    def _whole_text(self, text: Template | None, moment: Moment) -> str:
        """A text beside the main one; nothing if it would have a hole."""
        if text is None:
            return ""
        look = self.walk.lookup(moment.scope, self.seat)
        if any(isinstance(look(name), Missing) for name in text.required):
            return ""
        return render(text, look)

    def _meanwhile(self, moment: Moment, mark: Mark) -> str:
        if mark is not Mark.NONE:
            return THANKS_LINE
        if self.seat in self._late():
            return WELCOME_LINE
        return self._whole_text(moment.meanwhile, moment) or STANDING_LINE

    def _late(self) -> tuple[int, ...]:
        """Who would have been asked, but was not here when the moment opened."""
        if self.seat == self.state.setup.facilitator:
            return ()
        return self.walk.seats(self.walk.moment.scope, self.walk.moment.who)

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
            hand_to=name,
            minutes_left=self._minutes_left(),
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
        not_before = self.walk.seconds(moment.scope, moment.at_least)
        if opened.due is None and not_before is None:
            return None
        if moment.slot is not None and mark is Mark.NONE:
            return None
        over = opened.due
        if moment.kind is MomentKind.SPEAK:
            lasts = self.walk.seconds(moment.scope, moment.duration)
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
            breaths=breaths(self.walk, moment),
        )

    def _minutes_left(self) -> int:
        plan, walk = self.walk.plan, self.walk
        blocks = self.walk.moment.scope.blocks if self.open is not None else ()
        left = plan.minutes_left[walk.at] - sum(
            walk.frames[depth].index * plan.blocks[number].pass_minutes
            for depth, number in enumerate(blocks)
        )
        return max(1, round(left))

    def _note(self, moment: Moment) -> str:
        """A facilitator's note."""
        if self.seat != self.state.setup.facilitator:
            return ""
        return self._whole_text(moment.note, moment)

    def _actions(self, moment: Moment, opened: Open, mark: Mark, status: Status) -> tuple[str, ...]:
        actions: list[str] = []
        if mark is not Mark.NONE and moment.slot is not None:
            actions.append("answer")
        if mark in WAITING:
            actions += ["skip"] if moment.slot is not None else ["continue", "skip"]
        if status is Status.OPEN:
            alone = [s for s, m in enumerate(opened.marks) if m is not Mark.NONE] == [self.seat]
            back = self.walk.back
            if back is not None and back.seat == self.seat and alone:
                actions.append("back")
            if self.seat == self.state.setup.facilitator:
                actions += ["advance"] if opened.due is None else ["advance", "extend"]
        return (*actions, *ALWAYS)

    # the input

    def _input(self, moment: Moment) -> Input | None:
        slot = moment.slot
        if slot is None:
            return None
        readers = self.walk.readers(slot, self.seat) - {self.seat}
        people = self.state.setup.people
        seen_by = tuple([people[seat].name for seat in sorted(readers)])
        if moment.source is not None:
            return self._reveal_input(moment, seen_by)
        return self._of_kind(
            slot.kind,
            moment,
            hint=self._whole_text(moment.hint, moment),
            borrow=self._borrow(moment),
            example=of_example(slot.kind, moment.example, today(self.walk)),
            seen_by=seen_by,
        )

    def _reveal_input(self, moment: Moment, seen_by: tuple[str, ...]) -> Input | None:
        if moment.source is None:
            return None
        own = self.walk.own_answer(moment.source, self.seat)
        if reveal_type(moment.source) == "yes_no":
            return Input(type="yes_no", hint=shown(own), example=True, seen_by=seen_by)
        options = reveal_options(own) if isinstance(own, tuple) else ()
        example = [option.value for option in options]
        return Input(type="choices", options=options, example=example, seen_by=seen_by)

    def _of_kind(
        self,
        kind: AnswerKind,
        moment: Moment,
        *,
        hint: str = "",
        borrow: tuple[str, ...] = (),
        example: object = None,
        seen_by: tuple[str, ...] = (),
    ) -> Input:
        look = self.walk.lookup(moment.scope, self.seat)
        options: tuple[Option, ...] = ()
        fields: tuple[tuple[str, Input], ...] = ()
        labels: tuple[tuple[int, str], ...] = ()
        limits: dict[str, float | None] = {}
        match kind:
            case Number() | ListOf():
                limits = {"min": bound(kind.least, look), "max": bound(kind.most, look)}
                limits["whole"] = 1 if isinstance(kind, Number) and kind.whole else None
            case Scale():
                limits = {"min": kind.ends[0], "max": kind.ends[1]}
                labels = kind.labels
            case Choice() | Rank():
                options = options_of(kind.options, look)
            case Choices():
                options = options_of(kind.options, look)
                limits = {"min": bound(kind.least, look), "max": bound(kind.most, look)}
                limits["own"] = kind.own or None
            case OnePerson():
                options = options_of(kind.role, look)
            case Form():
                fields = tuple((name, self._of_kind(of, moment)) for name, of in kind.fields)
        return Input(
            type=name_of(kind),
            options=options,
            fields=fields,
            limits={name: limit for name, limit in limits.items() if limit is not None},
            labels=labels,
            hint=hint,
            borrow=borrow,
            example=example,
            seen_by=seen_by,
        )

    def _borrow(self, moment: Moment) -> tuple[str, ...]:
        if not isinstance(moment.borrow, Ref):
            return moment.borrow
        value = self.walk.lookup(moment.scope, self.seat)(moment.borrow.name)
        return tuple(shown(one) for one in value) if isinstance(value, tuple) else ()

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
        look = self.walk.lookup(moment.scope, self.seat)
        missed = missed_rules(self.walk, moment, self.seat, draft)
        return (*(render(rule.say, look) for rule in missed), NUDGE_LINE)

    def _help(self) -> Help:
        return help_for(self.plan, self.state.setup.locale)


def help_for(plan: Plan, locale: str) -> Help:
    """The disclaimer and the crisis lines of a country, or of everywhere, never of another."""
    country = locale.replace("_", "-").rpartition("-")[2].upper() if "-" in locale else ""
    lines = tuple(
        line
        for line in plan.crisis_lines
        if line.locale.upper() in ("", "*") or country in line.locale.upper().split()
    )
    return Help(text=HELP_LINE, lines=lines)


def _card_text(card: Plan, walk: Walk, seat: int) -> str:
    """The first text of the pause card, for this reader."""
    for op in card.ops:
        if isinstance(op, Moment):
            return render(op.text, walk.lookup(op.scope, seat))
    return ""
