"""Whether a state is one that a session can be in.

A snapshot may come from anywhere. While it is read, every value is looked at by
itself; here is what must hold between them, so that whatever is restored can go
on: a pause stops the clock, an answer was given in a pass that has been, an open
moment asks someone. It is true of every state that ``transition`` gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.model.plan import Moment
from compassion_protocols.session.state import Ending, Mark, Presence, Screen

if TYPE_CHECKING:
    from compassion_protocols.model.plan import Plan, Slot
    from compassion_protocols.session.paged import Key
    from compassion_protocols.session.state import Course, Open, State

MOST_OPENED = 100_000_000
"""No session opens so many moments; a token has room for that many."""


def check_soundness(plan: Plan, state: State) -> None:
    """ValueError if what the state holds does not go together."""
    _check_clock(state)
    # A care lane counts its moments from here on.
    _demand(state.seq < MOST_OPENED // 2, "a likely number of events")
    _check_course(plan, state.course, state)
    for lane in state.lanes:
        _demand(lane.course.open is not None, "an open care lane")
        _demand(state.presence[lane.seat] is Presence.HERE, "someone who is in the care lane")
        _demand(not lane.still or state.pause is not None, "a pause that stops the care lane")
        _check_course(plan.care[lane.stage], lane.course, state)


def _check_clock(state: State) -> None:
    """What stops the clock, and what is over when all is over."""
    held = state.pause is not None or bool(state.lanes)
    ended = state.ending is not None
    seats = [lane.seat for lane in state.lanes]
    _demand(not (ended and (held or state.frozen_since is not None)), "an end of everything")
    _demand(state.frozen_since is None or held, "a reason to stand still")
    _demand(state.frozen_since is not None or state.pause is None, "a pause that stops the clock")
    _demand(seats == sorted(set(seats)), "one care lane for each")
    at_rest = state.course.open is None
    _demand(not at_rest or ended or bool(state.lanes), "something that is waited for")
    _demand(at_rest or state.ending is not Ending.COMPLETE, "an end at the end")


def _check_course(plan: Plan, course: Course, state: State) -> None:
    for key, _ in course.answers.items():
        _check_passes(plan, course, plan.slots[key[0]], key)
    roles = {role.name: role.one_of for role in plan.protocol.roles if role.one_of}
    for role, seat in course.holders:
        _demand(state.setup.people[seat].role == roles.get(role), "someone to hold this role")
    _demand(max(course.opened) < MOST_OPENED, "a likely number of moments")
    seats = [seat for seat, _ in course.floors]
    _demand(seats == sorted(set(seats)), "one entry in the ledger for each")
    opened = zip(course.floors, [course.opened[seat] for seat in seats], strict=True)
    _demand(all(floor.times <= most for (_, floor), most in opened), "a floor that was opened")
    if course.open is not None:
        _check_open(plan, course, course.open, state)


def _check_open(plan: Plan, course: Course, opened: Open, state: State) -> None:
    op = plan.ops[course.at]
    asked = {seat for seat, mark in enumerate(opened.marks) if mark is not Mark.NONE}
    _demand(isinstance(op, Moment) and bool(asked), "an open moment that asks someone")
    _demand(max(opened.attempts) < MOST_OPENED, "a likely number of answers")
    _demand({seat for seat, _ in opened.drafts} <= asked, "drafts of those who are asked")
    if opened.gate is not None:
        shared = state.setup.screen is Screen.SHARED
        _demand(shared and opened.gate[1] in asked, "a shared screen that changes hands")


def _check_passes(plan: Plan, course: Course, slot: Slot, key: Key) -> None:
    """An answer was given in passes of its loops that there have been."""
    indices = key[1 + slot.several :]
    for number, depth in enumerate(slot.scope.gathering):
        order = course.orders.get((slot.scope.blocks[depth], *indices[:number]))
        _demand(order is not None and indices[number] < len(order), "a pass for each answer")


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(f"there must be {what}")
