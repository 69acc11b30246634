"""What can happen in a session that nobody was asked for.

People press what they are not offered, come and go, call for care, send things
late; a network sends things twice; a process dies and begins anew. Each of these
is drawn here as an entry of a script.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from attrs import evolve

from compassion_protocols.authoring.scripts.script import AGAIN, RESTORE, Does

if TYPE_CHECKING:
    from compassion_protocols.session.session import Session

NEWCOMERS = ("Omar", "Pia", "Quinn")
WHENEVER = (0.0, 0.0, 1.0, 5.0, 40.0, -5.0, 2_000.0)
"""Seconds before it: a clock may be behind, and someone may have been gone for long."""


def mishap(chance: Random, session: Session) -> Does:
    """Something that nobody was asked for."""
    by = chance.choice(session.state.setup.people).id
    return evolve(chance.choice(_MISHAPS)(chance, session, by), after=chance.choice(WHENEVER))


def _event(does: str) -> Mishap:
    return lambda chance, session, by: Does(by=by, does=does)


def _pause(chance: Random, session: Session, by: str) -> Does:
    return Does(by=by, does="pause", until=chance.choice((None, -5.0, 30.0, 1200.0)))


def _distress(chance: Random, session: Session, by: str) -> Does:
    rating = chance.choice((None, 0, 8, 10))
    return Does(by=by, does="distress", rating=rating, safe=chance.random() < 0.7)


def _newcomer(chance: Random, session: Session, by: str) -> Does:
    role = chance.choice(session.plan.protocol.seats).name
    return Does(by=chance.choice(NEWCOMERS), does="join", role=role)


def _stop(chance: Random, session: Session, by: str) -> Does:
    """This ends everything, or nearly so, and happens rarely."""
    return Does(by=by, does="stop") if chance.random() < 0.3 else Does(does="tick")


def _late(chance: Random, session: Session, by: str) -> Does:
    """What was meant for an earlier moment, or an earlier try."""
    token = session.view(by).token
    opened, _, tries = token.partition(".")
    number = opened.strip("gh")
    if int(tries) and chance.random() < 0.5:
        token = f"{opened}.{int(tries) - 1}"
    else:
        token = f"{opened[: -len(number)]}{max(0, int(number) - 1)}.0"
    does = chance.choice(("answer", "continue", "skip", "back"))
    return Does(by=by, does=does, token=token, answer="late" if does == "answer" else None)


def _longer(chance: Random, session: Session, by: str) -> Does:
    return Does(by=_leader(session, by), does="extend", seconds=30.0)


def _onward(chance: Random, session: Session, by: str) -> Does:
    return Does(by=_leader(session, by), does="advance")


def _leader(session: Session, by: str) -> str:
    setup = session.state.setup
    return by if setup.facilitator is None else setup.people[setup.facilitator].id


def _of_itself(does: str) -> Mishap:
    return lambda chance, session, by: Does(does=does)


Mishap = Callable[[Random, "Session", str], Does]
_MISHAPS: tuple[Mishap, ...] = (
    _event("skip"),
    _event("back"),
    _event("back"),
    _event("continue"),
    _event("resume"),
    _event("leave"),
    _event("leave"),
    _event("join"),
    _event("join"),
    _of_itself("tick"),
    _of_itself(AGAIN),
    _of_itself(AGAIN),
    _of_itself(RESTORE),
    _event("erase"),
    _stop,
    _pause,
    _pause,
    _distress,
    _newcomer,
    _late,
    _longer,
    _onward,
)
"""What can happen that nobody was asked for."""
