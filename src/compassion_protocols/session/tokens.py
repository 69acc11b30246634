"""Tokens: which moment, and which try at it, an event was meant for.

A token is the number of moments that have opened for a seat, a dot, and how
many of its answers were accepted in this one. It comes with a view and goes
back with an event. An event for an earlier moment is stale. An event for an
earlier try is a copy of one that has arrived already, and changes nothing: an
answer that the network sent twice never counts as insisting.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from compassion_protocols.session.state import Status

if TYPE_CHECKING:
    from compassion_protocols.session.events import Event
    from compassion_protocols.session.state import State


class Aim(Enum):
    """What an event's token points at."""

    NONE = "none"
    """The event bears no token: it means the session, not a moment."""
    LIVE = "live"
    REPEATED = "repeated"
    STALE = "stale"


_TOKEN = re.compile(r"([gh]?[0-9]{1,9})\.([0-9]{1,9})")


def token_of(state: State, seat: int) -> str:
    """The token of what this seat is looking at."""
    moment, tries = _at(state, seat)
    return f"{moment}.{tries}"


def aim_of(state: State, seat: int, event: Event) -> Aim:
    """What the event's token points at, as things stand."""
    token = getattr(event, "token", Aim.NONE)
    if token is Aim.NONE:
        return Aim.NONE
    if not isinstance(token, str) or seat < 0:
        return Aim.STALE
    if token == token_of(state, seat):
        return Aim.LIVE
    read = _TOKEN.fullmatch(token)
    if read is None:
        return Aim.STALE
    moment, tries = _at(state, seat)
    if read[1] != moment or int(read[2]) > tries:
        return Aim.STALE
    return Aim.LIVE if int(read[2]) == tries else Aim.REPEATED  # “1.00” is the same as “1.0”


def _at(state: State, seat: int) -> tuple[str, int]:
    lane = state.lane(seat) if state.lanes else None
    in_care = lane is not None and state.status(seat) is Status.CARE
    course = lane.course if lane is not None and in_care else state.course
    stage = lane.stage.value[0] if lane is not None and in_care else ""
    opened = course.open
    tries = opened.attempts[seat] if opened is not None else 0
    return f"{stage}{course.opened[seat]}", tries
