"""A digest of walks through every shipped protocol, to compare between processes.

``python -m tests.digest`` prints it. Nothing in it may depend on the process.
"""

from __future__ import annotations

import hashlib
from random import Random

from compassion_protocols.catalog import bundled
from compassion_protocols.loading import load
from compassion_protocols.testing.events import walk
from tests.shipped import start


def digest() -> str:
    """The hash of every snapshot, view and transcript on some walks."""
    found = hashlib.sha256()
    for name in bundled().ids():
        plan = load(name)
        for seed in range(2):
            session = start(plan, plan.protocol.seats[0].least, seed=seed)
            found.update(f"{plan.shape}{plan.content}".encode())
            for event in walk(session, Random(seed), 50):
                found.update(f"{event}{session.effects}{session.snapshot()}".encode())
                for person in session.state.setup.people:
                    found.update(session.view(person.id).etag.encode())
            for person in session.state.setup.people:
                found.update(str(session.transcript(person.id)).encode())
    return found.hexdigest()


if __name__ == "__main__":
    print(digest())
