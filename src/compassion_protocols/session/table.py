"""What each event may do at each kind of time. The whole of the state machine's law.

There are four kinds of time, seen from the seat that sends the event. The
session is *open* and waits at a moment. It is *paused* for everyone. The seat
is in *care*: in its own lane, or beside someone who is, while the session
stands still. Or all is *ended*.

Reading across a row shows what a person can always count on: stopping, leaving,
pausing, asking for care and taking back one's words are refused at no time. A
column shows what a kind of time keeps out: nothing moves while it is paused,
and an ended session changes no more, but for what is taken back.

A verdict is reached before anything changes. ``REFUSE`` raises
``EventNotAllowed``; ``NOTHING`` leaves the state as it is, since saying a thing
twice is no fault; ``OWN_LANE`` turns to the sender's own care, and refuses if
there is none; ``DO`` is carried out by ``transition``.
"""

from __future__ import annotations

from enum import Enum

from compassion_protocols.session.events import (
    Advance,
    Answer,
    Back,
    Continue,
    Distress,
    Erase,
    Event,
    Extend,
    Join,
    Leave,
    Pause,
    Resume,
    Skip,
    Stop,
    Tick,
)
from compassion_protocols.session.state import Status


class Verdict(Enum):
    """What becomes of an event."""

    DO = "do"
    OWN_LANE = "own lane"
    NOTHING = "nothing"
    REFUSE = "refuse"


DO, OWN_LANE, NOTHING, REFUSE = Verdict.DO, Verdict.OWN_LANE, Verdict.NOTHING, Verdict.REFUSE

_ROWS: dict[type[Event], tuple[Verdict, Verdict, Verdict, Verdict]] = {
    #          open     paused   in care   ended
    Answer:   (DO,      REFUSE,  OWN_LANE, REFUSE),
    Continue: (DO,      REFUSE,  OWN_LANE, REFUSE),
    Skip:     (DO,      REFUSE,  OWN_LANE, REFUSE),
    Back:     (DO,      REFUSE,  REFUSE,   REFUSE),
    Pause:    (DO,      DO,      DO,       NOTHING),
    Resume:   (NOTHING, DO,      NOTHING,  NOTHING),
    Distress: (DO,      DO,      DO,       NOTHING),
    Stop:     (DO,      DO,      DO,       NOTHING),
    Leave:    (DO,      DO,      DO,       NOTHING),
    Join:     (DO,      DO,      DO,       REFUSE),
    Tick:     (DO,      DO,      DO,       NOTHING),
    Advance:  (DO,      REFUSE,  REFUSE,   REFUSE),
    Extend:   (DO,      REFUSE,  REFUSE,   REFUSE),
    Erase:    (DO,      DO,      DO,       DO),
}  # fmt: skip

COLUMNS = (Status.OPEN, Status.PAUSED, Status.CARE, Status.ENDED)

TABLE: dict[type[Event], dict[Status, Verdict]] = {
    event: dict(zip(COLUMNS, row, strict=True)) for event, row in _ROWS.items()
}
