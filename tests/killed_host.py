"""A host that is killed again and again while it serves sessions from a SQLite store.

    python killed_host.py PATH KILLS

Its client sends the events of one sitting after the other, and after each kill
goes on with the first one that was not acknowledged. For each kill a line of
JSON on stdout tells how many events were acknowledged so far, and what was then
found in the store.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from contextlib import suppress
from itertools import count
from time import sleep
from typing import TYPE_CHECKING

from compassion_protocols.errors import SessionExists, UnknownSession
from compassion_protocols.loading import load
from compassion_protocols.session.rehearse import rehearsal
from compassion_protocols.session.session import Session
from compassion_protocols.sessions import Sessions
from compassion_protocols.stores.sqlite import SQLiteStore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compassion_protocols.session.events import Event

PAIR = ("Ana", "Ben")
PLAN = load("structured-empathy-exchange")


def sitting(sid: str) -> Session:
    """A session as each sitting begins."""
    return Session.start(PLAN, {"partner": PAIR}, at=0.0, cleared=PAIR, session=sid)


def serve(path: str, events: Sequence[Event], done: int, out: int) -> None:
    """Receive events from the first one that was not acknowledged, and acknowledge each."""
    room = Sessions(SQLiteStore(path))
    for number in count(done):
        sid, place = divmod(number, len(events))
        if place == 0:
            with suppress(SessionExists):
                room.start(PLAN, {"partner": PAIR}, at=0.0, cleared=PAIR, session_id=str(sid))
        room.receive(str(sid), events[place], str(place))
        os.write(out, b".")


def serve_until_killed(
    path: str, events: Sequence[Event], done: int, *, least: int, after: float
) -> int:
    """Let a process serve, some seconds longer than it takes for the least number of events.

    Gives the number of events that it acknowledged.
    """
    told, out = os.pipe()
    host = os.fork()
    if not host:
        serve(path, events, done, out)
    os.close(out)
    with open(told, "rb") as acknowledged:
        first = acknowledged.read(least)
        sleep(after)
        os.kill(host, signal.SIGKILL)
        os.waitpid(host, 0)
        return len(first) + len(acknowledged.read())


def found(path: str, sid: str) -> dict[str, object]:
    """What the store holds of a session."""
    with SQLiteStore(path) as store, suppress(UnknownSession):
        log = [row.seq for row in store.events(sid)]
        return {"log": log, "seq": store.load(sid).seq, "snapshot": store.load(sid).snapshot}
    return {"log": [], "seq": 0, "snapshot": sitting(sid).snapshot()}


def main(path: str, kills: str) -> None:
    """Kill and look, again and again."""
    events = list(rehearsal(sitting("any")))
    chance = random.Random(3)
    done = 0
    for number in range(int(kills)):
        after = chance.uniform(0.0, 0.01)
        done += serve_until_killed(path, events, done, least=number % 2, after=after)
        sid, place = divmod(done, len(events))
        line = {"sid": str(sid), "acknowledged": place, **found(path, str(sid))}
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
