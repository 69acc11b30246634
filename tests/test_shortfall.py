"""When a role falls short of its people, at any moment: what `if_fewer` says, and nothing else.

This goes through every moment of rehearsed sessions, not through a sample: each shipped protocol
for several people, and the household, in the smallest groups and on either screen. At each moment
the people of each role go one by one, until there are too few of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from compassion_protocols.checking.bounds import group_sizes
from compassion_protocols.loading import load
from compassion_protocols.model.choices import IfFewer
from compassion_protocols.session.events import Join, Leave, Resume, Stop, Tick
from compassion_protocols.session.rehearse import rehearsal
from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Ending, Presence, Screen
from compassion_protocols.testing.trials import seated
from tests.midway import HASTY, HOUSEHOLD, here
from tests.plans import plan_of
from tests.room import START, Room
from tests.shipped import ALL, GUIDE, NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.model.plan import Plan
    from compassion_protocols.model.protocol import Role
    from compassion_protocols.session.state import State

WITH_MORE = 1
"""So many people more than the smallest group are looked at, too."""


class Group(NamedTuple):
    """A plan, and the people who do it."""

    plan: Plan
    sizes: dict[str, int]
    screen: Screen

    def begins(self) -> Session:
        """Give a session that has just begun."""
        guided = self.plan.protocol.care.tier >= 3
        return Session.start(
            self.plan,
            seated(self.sizes),
            at=START,
            cleared=NAMES,
            facilitator=GUIDE if guided else None,
            screen=self.screen,
        )


def groups() -> Iterator[object]:
    """Every protocol that several people do, in its smallest groups."""
    plans = {name: load(name) for name in ALL}
    plans.update(household=plan_of(HOUSEHOLD), hasty=plan_of(HASTY))
    for name, plan in plans.items():
        least = max(2, sum(seat.least for seat in plan.protocol.seats))
        for sizes in group_sizes(plan.protocol):
            for screen in Screen:
                alone = screen is Screen.SHARED and plan.protocol.care.clears is not None
                if least <= sum(sizes.values()) <= least + WITH_MORE and not alone:
                    people = "+".join(map(str, sizes.values()))
                    yield pytest.param(
                        Group(plan, sizes, screen), id=f"{name}-{people}-{screen.value}"
                    )


GROUPS = list(groups())


class Short(NamedTuple):
    """A session in which a role has just fallen short, how it stood before, and who has gone."""

    session: Session
    before: State
    gone: tuple[str, ...]


def moments(session: Session) -> Iterator[Session]:
    """Stop at every moment of a rehearsal; what is due at it has come."""
    events = rehearsal(session)
    while not session.ended:
        while session.next_deadline is not None and session.next_deadline <= session.state.now:
            session.receive(Tick(at=session.state.now))
        if not session.ended:
            yield session
            next(events)


def falls_short(session: Session, role: Role, way: type[Leave | Stop]) -> Short | None:
    """Let the people of a role go until they are too few; None if it is over before that."""
    session = Session(session.plan, session.state)
    now = session.state.now
    people = [one for one in session.state.setup.people if one.role == role.name]
    for number, one in enumerate(people):
        before = session.state
        session.receive(way(by=one.id, at=now))
        if len(people) - number - 1 < role.least:
            return Short(session, before, tuple(each.id for each in people[: number + 1]))
        assert session.state.pause is None
        if session.ended:
            assert session.state.ending is Ending.COMPLETE
            return None
    raise AssertionError("A role needs nobody.")


def comes_back(short: Short) -> Session:
    """Let all who went away join again, and everyone agree to go on."""
    session = Session(short.session.plan, short.session.state)
    now = session.state.now
    for one in short.gone:
        session.receive(Join(by=one, at=now))
        assert session.state.pause is not None
    for person in here(session):
        if session.state.pause is not None:
            session.receive(Resume(by=person, at=now))
    return session


def standing(state: State) -> object:
    """Tell where a session stands, and what it holds, but for its clocks."""
    course, opened = state.course, state.course.open
    marks = None if opened is None else (opened.marks, opened.attempts, opened.drafts, opened.gate)
    frames = [(frame.index, frame.order) for frame in course.frames]
    entries = sorted(course.answers.items())
    held = [(key, entry.value, entry.by, entry.readers) for key, entry in entries]
    return (course.at, course.opened, marks, frames, held, course.holders, state.pause, state.lanes)


def looks_kind(short: Short, *, ends: bool) -> None:
    """Everyone sees something whole; those who remain see what it is now, and who is missed."""
    session = short.session
    names = {one.name for one in session.state.setup.people if one.id in short.gone}
    for one, presence in zip(session.state.setup.people, session.state.presence, strict=True):
        view = session.view(one.id)
        assert view.text.strip()
        assert view.help.text
        if presence is Presence.HERE:
            assert view.kind == ("ended" if ends else "pause")
            assert ends or {"resume", "stop", "distress"} <= set(view.actions)
            if not ends and session.state.setup.screen is Screen.OWN:
                assert names <= set(view.waiting)


@pytest.mark.parametrize("group", GROUPS)
def test_whoever_stops_ends_it_where_too_few_remain(group: Group) -> None:
    """Whoever stops for good ends it for all once a role has too few, whatever `if_fewer` says."""
    for session in moments(group.begins()):
        for role in group.plan.protocol.seats:
            short = falls_short(session, role, Stop)
            if short is not None:
                assert short.session.state.ending is Ending.EARLY
                looks_kind(short, ends=True)


@pytest.mark.parametrize("group", GROUPS)
def test_whoever_is_away_is_waited_for_or_ends_it(group: Group) -> None:
    """At every moment an absence pauses or ends it as `if_fewer` says, and a pause comes back."""
    for session in moments(group.begins()):
        for role in group.plan.protocol.seats:
            short = falls_short(session, role, Leave)
            if short is None:
                continue
            ends = role.if_fewer is IfFewer.END
            assert short.session.state.ending is (Ending.EARLY if ends else None)
            assert (short.session.state.pause is None) is ends
            looks_kind(short, ends=ends)
            if not ends:
                again = comes_back(short)
                assert standing(again.state) == standing(short.before)
                if len(short.gone) > 1:
                    for _ in rehearsal(again):
                        pass
                    assert again.state.ending is Ending.COMPLETE
                else:
                    session.state = again.state  # and so it goes on, with this behind it
    undisturbed = group.begins()
    for _ in rehearsal(undisturbed):
        pass
    for one in session.state.setup.people:
        assert told(session, one.id) == told(undisturbed, one.id)


def told(session: Session, reader: str) -> list[tuple[str, str]]:
    """Give what a transcript says to this reader, and that it came to its end."""
    assert session.state.ending is Ending.COMPLETE
    return [(line.by, line.text) for line in session.transcript(reader).lines]


# what the findings say of it


def test_whoever_is_away_for_a_moment_takes_a_turn_away() -> None:
    """CP838: with `if_fewer: end` the second never has a turn if the first is away for a moment."""
    steps = "[{turns: partner, steps: [{speak: Tell., who: speaker, for: 1m}]}]"
    room = Room(
        plan_of(f"roles: {{partner: {{people: 2, if_fewer: end}}}}\nsteps: {steps}"), "Ana", "Ben"
    )
    room.go("Ana")
    assert room.kind("Ben") == "speak"
    room.leave("Ana")
    assert room.kind("Ben") == "ended"


@pytest.mark.parametrize(("resume", "left"), [("", 1_200.0), (", resume: deadline", 0.0)])
def test_a_wait_that_is_spent_elsewhere(resume: str, left: float) -> None:
    """CP839: back from a walk, all of the wait is to come, unless its clock has run on."""
    room = Room(plan_of(f"steps: [{{wait: Walk., for: 20m{resume}}}, {{say: B}}]"), "Ana", "Ben")
    room.leave("Ana")
    room.leave("Ben")
    room.later(1_200)
    for person in ("Ana", "Ben"):
        room.join(person)
    room.resume("Ana", "Ben")
    due = room.session.next_deadline
    assert due is not None
    assert due - room.now == left


def test_others_wait_for_those_who_have_nothing_more_to_do() -> None:
    """CP829: when a child leaves whose part is over, the parents cannot go on."""
    roles = "roles: {parent: {people: 1}, child: {people: 1}}"
    steps = "[{say: A, who: child}, {say: B, who: parent}]"
    seats = {"parent": ["Ana"], "child": ["Cem"]}
    room = Room(plan_of(f"{roles}\nsteps: {steps}"), attendance=seats)
    room.go("Cem")
    room.leave("Cem")
    room.resume("Ana")
    assert room.view("Ana").waiting == ("Cem",)


def test_what_was_given_before_an_early_end_is_not_lost() -> None:
    """What was to be shown at the end stands in the transcripts of those who may read it."""
    steps = "[{ask: A, id: a, shared: everyone, answer: text, example: b}, {say: B}, {end: C}]"
    room = Room(
        plan_of(f"roles: {{one: {{people: 2, if_fewer: end}}}}\nsteps: {steps}"), "Ana", "Ben"
    )
    room.answer("Ana", "mine")
    room.answer("Ben", "yours")
    room.leave("Ben")
    assert room.ended
    for reader in ("Ana", "Ben"):
        assert room.said(reader) == ["Ana: mine", "Ben: yours"]
