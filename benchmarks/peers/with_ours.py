"""The workload on this library."""

from __future__ import annotations

from benchmarks.exercise import ME, SCRIPT, WORKLOAD, started, workload
from compassion_protocols import Session, bundled, examine
from compassion_protocols.catalog import Source
from compassion_protocols.compiling.compile import compiled


class Ours:
    """Sessions, with a whole view after each event."""

    name = "compassion_protocols"

    def __init__(self) -> None:
        self.plan = workload()

    def load(self) -> object:
        """Read, link, check and compile the file; another library builds from data in memory."""
        found = examine(Source("workload", WORKLOAD.read_bytes()), bundled())
        if found.protocol is None:
            raise ValueError(found.findings)
        return compiled(found.protocol)

    def start(self) -> Session:
        return started(self.plan)

    def send(self, session: Session, number: int) -> str:
        session.receive(SCRIPT[number])
        return session.view(ME).text

    def snapshot(self, session: Session) -> str:
        return session.snapshot()

    def restore(self, text: str) -> Session:
        return Session.restore(self.plan, text)

    def forget(self, session: Session) -> None:
        """Nothing holds on to it."""
