"""The working copy of a state while one event is carried out.

What several events have in common is here: who is here and whether that is
enough, stopping and starting the clocks, care lanes, endings. :meth:`Change.done`
freezes it into the next state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from compassion_protocols.errors import EventNotAllowed
from compassion_protocols.language.values import Missing, Reason
from compassion_protocols.model.care import FACILITATED_TIER, Rating
from compassion_protocols.model.choices import IfFewer, Resume
from compassion_protocols.session.care import (
    begin_lane,
    is_too_much,
    lane_walk,
    needs_help,
)
from compassion_protocols.session.effects import Alert, Ended, Paused, Resumed, TimerSet
from compassion_protocols.session.setup import seated
from compassion_protocols.session.state import (
    FACILITATOR_ROLE,
    WAITING,
    Ending,
    LaneStage,
    Mark,
    PauseCard,
    Presence,
    Screen,
    State,
)
from compassion_protocols.session.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.model.plan import Plan
    from compassion_protocols.model.protocol import Role
    from compassion_protocols.session.effects import Effect
    from compassion_protocols.session.state import Course, Lane

SMALL_GROUP = 2
"""With so many people or fewer, one person's distress is care for all, and time stands still."""


def _widened(course: Course) -> Course:
    """A course with one seat more."""
    opened = course.open
    if opened is not None:
        opened = evolve(opened, marks=(*opened.marks, Mark.NONE), attempts=(*opened.attempts, 0))
    return evolve(course, opened=(*course.opened, 0), open=opened)


class Change:
    """A state that is being changed at ``now``."""

    __slots__ = (
        "effects",
        "ending",
        "frozen_since",
        "idle",
        "lanes",
        "now",
        "pause",
        "plan",
        "presence",
        "setup",
        "state",
        "walk",
    )

    def __init__(self, plan: Plan, state: State, now: float) -> None:
        self.plan = plan
        self.state = state
        self.setup = state.setup
        self.now = now
        self.presence = state.presence
        self.lanes = state.lanes
        self.pause = state.pause
        self.frozen_since = state.frozen_since
        self.ending = state.ending
        self.effects: list[Effect] = []
        self.walk = self._walking(state.course)
        self.idle = False
        """Whether it turned out that there was nothing to do."""

    def _walking(self, course: Course) -> Walk:
        seats, away = self.setup.seats, frozenset([lane.seat for lane in self.lanes])
        return Walk(self.plan, self.setup, self.presence, course, seats, self.now, away)

    def done(self) -> tuple[State, tuple[Effect, ...]]:
        """The next state and the effects; the very same state if nothing was changed."""
        if self.idle:
            return self.state, ()
        if self.walk.finished and self.ending is None and not self.lanes:
            self.end(Ending.COMPLETE)
        effects = (*self.walk.effects, *self.effects)
        state = State(
            setup=self.setup,
            seq=self.state.seq + 1,
            now=self.now,
            presence=self.presence,
            course=self.walk.course(),
            lanes=self.lanes,
            pause=self.pause,
            frozen_since=self.frozen_since,
            ending=self.ending,
        )
        return state, effects

    # who is here

    def set_presence(self, seat: int, presence: Presence) -> None:
        """Someone is here, away or gone from now on."""
        self.presence = (*self.presence[:seat], presence, *self.presence[seat + 1 :])
        self.walk.presence = self.presence
        if self.pause is not None:
            votes = tuple(vote for vote in self.pause.votes if vote != seat)
            self.pause = evolve(self.pause, votes=votes)

    def welcome(self, person: str, name: str, role: str) -> None:
        """Someone new takes a seat, where their role has room; they act from the next moment."""
        taken = sum(self.setup.people[seat].role == role for seat in self.taking_part())
        seats = [one for one in self.plan.protocol.seats if one.name == role]
        if not seats or taken >= seats[0].most or self.plan.protocol.care.screen:
            raise EventNotAllowed("There is no seat for someone new.")
        newcomer = seated(person, name or person, role)
        self.setup = evolve(self.setup, people=(*self.setup.people, newcomer))
        self.presence = (*self.presence, Presence.HERE)
        self.walk = self._walking(_widened(self.walk.course()))
        self.lanes = tuple([evolve(lane, course=_widened(lane.course)) for lane in self.lanes])

    def is_facilitator(self, seat: int) -> bool:
        """Whether this seat is the facilitator's."""
        return self.setup.people[seat].role == FACILITATOR_ROLE

    def voters(self) -> tuple[int, ...]:
        """The seats of all who must agree before a pause ends.

        Whoever is in care of their own, beside others, is not waited for; nor is
        whoever sees the end already.
        """
        for_all = self._care_is_for_all()
        return tuple(
            [
                seat
                for seat, presence in enumerate(self.presence)
                if presence is Presence.HERE and self._votes(self.lane(seat), for_all=for_all)
            ]
        )

    def _votes(self, lane: Lane | None, *, for_all: bool) -> bool:
        return not self.walk.finished if lane is None else lane.still or for_all

    def taking_part(self) -> tuple[int, ...]:
        """The seats of all who have not gone, without the facilitator."""
        return tuple(
            [
                seat
                for seat, presence in enumerate(self.presence)
                if presence is not Presence.GONE and not self.is_facilitator(seat)
            ]
        )

    def too_few(self, *, left: bool) -> IfFewer | None:
        """What a role asks for, that has fewer people than it needs; None if all have enough.

        With ``left``, those who are away or in care are not counted, and where a
        facilitator is required the session waits for them, too.
        """
        if left and self._misses_its_facilitator():
            return IfFewer.PAUSE
        wishes = (role.if_fewer for role in self._short(left=left))
        return next(wishes, None)

    def missed(self) -> tuple[int, ...]:
        """The seats of those who are away, and without whom it does not go on."""
        roles = {role.name for role in self._short(left=True)}
        if self._misses_its_facilitator():
            roles.add(FACILITATOR_ROLE)
        return tuple(
            [
                seat
                for seat, presence in enumerate(self.presence)
                if presence is Presence.AWAY and self.setup.people[seat].role in roles
            ]
        )

    def _short(self, *, left: bool) -> Iterator[Role]:
        """The roles that have fewer people than they need."""
        people = self.setup.people
        for role in self.plan.protocol.seats:
            counted = sum(
                people[seat].role == role.name and (not left or self.walk.acts(seat))
                for seat in self.taking_part()
            )
            if counted < role.least:
                yield role

    def _misses_its_facilitator(self) -> bool:
        host = self.setup.facilitator
        required = self.plan.protocol.care.tier >= FACILITATED_TIER
        return required and host is not None and not self.walk.acts(host)

    def everyone(self) -> tuple[str, ...]:
        """The ids of all who have not gone."""
        return self.walk.names(
            tuple([s for s, p in enumerate(self.presence) if p is not Presence.GONE])
        )

    # clocks

    @property
    def moving(self) -> bool:
        """Whether the session's own clock runs."""
        return self.frozen_since is None and self.ending is None

    def freeze(self) -> None:
        """Stop the session's own clock."""
        if self.frozen_since is None:
            self.frozen_since = self.now

    def unfreeze(self) -> None:
        """Let the clock run again, unless a pause or care still holds it."""
        if self.frozen_since is None or self.pause is not None or self.ending is not None:
            return
        if self.lanes and (self._care_is_for_all() or self.too_few(left=True)):
            return
        since, self.frozen_since = self.frozen_since, None
        self.walk.shift(since)
        self.settle()

    def begin_pause(self, until: float | None) -> None:
        """Everything stands still."""
        self.freeze()
        self.lanes = tuple([evolve(lane, still=True) for lane in self.lanes])
        self.pause = PauseCard(self.now, until)
        self.effects.append(Paused(to=self.everyone(), until=until))
        self._announce_return(until)

    def set_return(self, until: float | None) -> None:
        """Another time of return, during a pause."""
        if self.pause is not None:
            self.pause = evolve(self.pause, until=until, reminded=False)
            self._announce_return(until)

    def _announce_return(self, until: float | None) -> None:
        if until is not None:
            self.effects.append(TimerSet(to=self.everyone(), due=until))

    def remind(self) -> None:
        """The time of return has come. It reminds, and resumes nothing."""
        if self.pause is not None:
            self.pause = evolve(self.pause, reminded=True)
            self.effects.append(Paused(to=self.everyone(), until=self.pause.until, reminder=True))

    def vote(self, seat: int) -> None:
        """One person agrees to go on; when all who are here do, and are enough, it goes on."""
        if self.pause is None:
            return
        votes = tuple(sorted({*self.pause.votes, seat}))
        self.pause = evolve(self.pause, votes=votes)
        self._count_votes(self.pause)

    def _count_votes(self, pause: PauseCard) -> None:
        voted = [seat in pause.votes for seat in self.voters()]
        agreed = any(voted) if self.setup.screen is Screen.SHARED else any(voted) and all(voted)
        if agreed and (self.lanes or self.too_few(left=True) is None):
            self._end_pause(pause.since)

    def _end_pause(self, since: float) -> None:
        self.pause = None
        self.effects.append(Resumed(to=self.everyone()))
        for lane in self.lanes:
            self.wake(lane, since)
        self.unfreeze()

    def wake(self, lane: Lane, since: float) -> None:
        """A lane that has stood still since then goes on."""
        if not lane.still:
            return
        walk = self.lane_walk(lane)
        walk.shift(since)
        self.effects += walk.effects
        self._replace_lane(evolve(lane, course=walk.course(), still=False))

    # the session's moment

    def settle(self) -> None:
        """Those who are not here are not waited for; then on, if nobody is."""
        opened = self.walk.open
        if not self.moving or opened is None:
            return
        if not self.walk.stands():
            self.walk.give_up()
            return
        for seat, mark in enumerate(opened.marks):
            if mark in WAITING and not self.walk.acts(seat):
                self.walk.absent_from_moment(seat)
        if opened.gate is not None and not self.walk.acts(opened.gate[1]):
            self.walk.hand_over()
        self.walk.settle()

    def end(self, ending: Ending) -> None:
        """The session is over."""
        if self.walk.open is not None:
            until = self.now if self.frozen_since is None else self.frozen_since
            self.walk.count_floor(until)
        self.ending = ending
        self.pause = None
        self.lanes = ()
        self.frozen_since = None
        self.effects.append(Ended(to=self.everyone()))

    def depart(self, seat: int) -> None:
        """Someone has gone for good. Whoever remains goes on, if they are enough."""
        self.set_presence(seat, Presence.GONE)
        self.drop_lane(seat)
        missed = self.is_facilitator(seat) or self.too_few(left=False) is not None
        if missed and not self.walk.finished:
            self.end(Ending.EARLY)
            return
        self.regroup()

    def regroup(self) -> None:
        """Who is here has changed: pause or end if they are too few now, else go on."""
        if self.walk.finished:
            return
        if self.pause is not None:
            self._count_votes(self.pause)
            return
        wish = self.too_few(left=True)
        if wish is not None and self.lanes:
            self.freeze()
        elif wish is IfFewer.END:
            self.end(Ending.EARLY)
        elif wish is not None:
            self.begin_pause(self._over_all_the_same())
        elif self.frozen_since is not None:
            self.unfreeze()
        else:
            self.settle()

    def _over_all_the_same(self) -> float | None:
        """When the open moment is over, if no pause stops its clock: those who left are to know."""
        opened = self.walk.open
        if opened is None or self.walk.moment.resume is not Resume.DEADLINE:
            return None
        return opened.due

    # care

    def _care_is_for_all(self) -> bool:
        """Whether someone's care stops the session: there are few of them, or there is one screen.

        A facilitator's own care does not, where there is a screen for each.
        """
        if self.setup.screen is Screen.SHARED:
            return bool(self.lanes)
        return len(self.taking_part()) <= SMALL_GROUP and any(
            not self.is_facilitator(lane.seat) for lane in self.lanes
        )

    def begin_care(self, seat: int, stage: LaneStage) -> None:
        """Lead one person into care; with one or two people, everyone, and time stands still."""
        alone = self.is_facilitator(seat) or self.setup.screen is Screen.SHARED
        small = len(self.taking_part()) <= SMALL_GROUP
        others = self.taking_part() if small and not alone else ()
        for each in dict.fromkeys((seat, *others)):
            if self.presence[each] is Presence.HERE and self.lane(each) is None:
                self._open_lane(each, stage if each == seat else LaneStage.GROUNDING)
        self._alert(seat, help=stage is LaneStage.HELP)
        if self.lanes and (self._care_is_for_all() or self.too_few(left=True) is not None):
            self.freeze()
        else:
            self.settle()

    def _open_lane(self, seat: int, stage: LaneStage) -> None:
        lane = begin_lane(
            self.plan,
            self.setup,
            self.presence,
            seat,
            stage,
            now=self.now,
            count=self.state.seq + 1,
        )
        self._set_lanes((*(kept for kept in self.lanes if kept.seat != seat), lane))
        self._follow_lane(seat)

    def _told_of_care(self, seat: int) -> tuple[str, ...]:
        told = [seat] if self.setup.facilitator is None else [seat, self.setup.facilitator]
        return self.walk.names(tuple(dict.fromkeys(told)))

    def lane(self, seat: int) -> Lane | None:
        """This seat's lane, if it has one."""
        for lane in self.lanes:
            if lane.seat == seat:
                return lane
        return None

    def lane_walk(self, lane: Lane) -> Walk:
        """A working copy of a lane."""
        return lane_walk(self.plan, self.setup, self.presence, lane, self.now)

    def keep_lane(self, lane: Lane, walk: Walk) -> None:
        """Put a lane back after a step in it, and see whether it has come to its end."""
        self.effects += walk.effects
        self._replace_lane(evolve(lane, course=walk.course()))
        self._follow_lane(lane.seat)

    def _replace_lane(self, lane: Lane) -> None:
        self._set_lanes(tuple(lane if one.seat == lane.seat else one for one in self.lanes))

    def _follow_lane(self, seat: int) -> None:
        """What follows when a lane has come to its end."""
        lane = self.lane(seat)
        if lane is None or lane.course.open is not None:
            return
        if lane.stage is LaneStage.HELP:
            self.depart(seat)
        elif needs_help(self.lane_walk(lane), seat, self.setup.policy):
            self.lead_to_help(seat)
        else:
            self.drop_lane(seat)
            self.regroup()

    def lead_to_help(self, seat: int) -> None:
        """From grounding to human help."""
        self._open_lane(seat, LaneStage.HELP)
        self._alert(seat, help=True)

    def _alert(self, seat: int, *, help: bool) -> None:
        by = self.setup.people[seat].id
        self.effects.append(Alert(to=self._told_of_care(seat), by=by, help=help))

    def drop_lane(self, seat: int) -> None:
        """A person's care is over."""
        self._set_lanes(tuple(lane for lane in self.lanes if lane.seat != seat))

    def _set_lanes(self, lanes: tuple[Lane, ...]) -> None:
        self.lanes = tuple(sorted(lanes, key=lambda lane: lane.seat))
        self.walk.absent = frozenset([lane.seat for lane in self.lanes])

    def look_at_rating(self, seat: int) -> None:
        """If the answer just given was a rating and is too high, care begins."""
        slot = self.walk.moment.slot
        if slot is None or not slot.care:
            return
        values = {s.name: s for s in self.plan.slots if s.care}
        first = values.get(f"care/{Rating.BEFORE.value}")
        before = self.walk.own_answer(first, seat) if first else Missing(Reason.NOT_REACHED)
        rating = Rating(slot.name.removeprefix("care/"))
        value = self.walk.own_answer(slot, seat)
        if is_too_much(rating, value, before, self.setup.policy):
            self.begin_care(seat, LaneStage.GROUNDING)
