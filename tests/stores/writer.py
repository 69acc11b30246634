"""A process that appends events, for tests that kill it or let two of them compete.

    python writer.py PATH SID FIRST LAST SENDER [SID FIRST LAST SENDER]...

Each four arguments are one sender, in a thread of its own, with events numbered
FIRST to LAST for session SID. What each event leads to is written to stdout as
soon as it is acknowledged: the session, the sender and the event's number.
"""

from __future__ import annotations

import os
import sys
from threading import Thread

from compassion_protocols.errors import SessionMoved
from compassion_protocols.stores.contract import EventRow, Store
from compassion_protocols.stores.sqlite import SQLiteStore


def send(store: Store, sid: str, event_id: str) -> None:
    """Append one event to the session as it stands, as often as it takes."""
    while True:
        row = store.load(sid)
        seq = row.seq + 1
        event = EventRow(seq=seq, kind="answer", at=float(seq), effects=event_id, id=event_id)
        try:
            store.append(sid, event, before=row.snapshot, after=f"state {seq} {'x' * 2000}")
        except SessionMoved:
            continue
        return


def send_all(store: Store, sid: str, first: int, last: int, sender: str) -> None:
    """Append events and acknowledge each."""
    for number in range(first, last + 1):
        send(store, sid, f"{sender} {number}")
        os.write(1, f"{sid} {sender} {number}\n".encode())


def main(path: str, *arguments: str) -> None:
    """Run the senders together."""
    store = SQLiteStore(path, timeout=60.0)
    senders = [arguments[start : start + 4] for start in range(0, len(arguments), 4)]
    threads = [
        Thread(target=send_all, args=(store, sid, int(first), int(last), sender))
        for sid, first, last, sender in senders
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
