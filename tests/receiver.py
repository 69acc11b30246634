"""A process that plays one person's part in a stored session, beside others that do the same.

    python receiver.py PATH SID PERSON

The person answers as the examples do, and whoever notices first that a timer has
run out says so. Each event has an id; the number of those that were carried out
is written to stdout at the end.
"""

from __future__ import annotations

import sys

from compassion_protocols.errors import AnswerRefused, EventNotAllowed
from compassion_protocols.session.events import Tick
from compassion_protocols.session.rehearse import reply_from_example
from compassion_protocols.sessions import Sessions
from compassion_protocols.stores.sqlite import SQLiteStore

LONGEST_WAIT = 1_000_000
"""How often it may look without anything to do, so that it does not outlive the others."""


def play(room: Sessions, sid: str, person: str) -> int:
    """Play to the end; the number of events that were carried out."""
    carried_out = idle = 0
    while not (session := room.session(sid)).ended:
        at = session.state.now + 1.0
        event = reply_from_example(session.view(person), at)
        deadline = session.next_deadline
        if event is None and deadline is not None:
            event = Tick(at=deadline)
        if event is None:
            idle += 1
            if idle > LONGEST_WAIT:
                raise SystemExit("The others do not go on.")
            continue
        try:
            room.receive(sid, event, f"{person} {carried_out}")
        except (EventNotAllowed, AnswerRefused):
            continue
        carried_out += 1
    return carried_out


if __name__ == "__main__":
    with SQLiteStore(sys.argv[1], timeout=60.0) as store:
        print(play(Sessions(store), *sys.argv[2:]))
