"""A session for the tests: its people, a clock, and a check of every event that is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compassion_protocols.errors import CompassionError
from compassion_protocols.session.events import (
    Advance,
    Answer,
    Back,
    Continue,
    Distress,
    Erase,
    Extend,
    Join,
    Leave,
    Pause,
    Resume,
    Skip,
    Stop,
    Tick,
)
from compassion_protocols.session.session import Session

if TYPE_CHECKING:
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.effects import Effect
    from compassion_protocols.session.events import Event
    from compassion_protocols.session.setup import Attendance
    from compassion_protocols.session.state import State
    from compassion_protocols.session.transcript import Transcript
    from compassion_protocols.session.view import View

START = 1_000.0
"""When every session of the tests begins: quarter past midnight, and 100 seconds."""


def check_restoring(session: Session) -> None:
    """A snapshot gives back an equal state, which is written as the same snapshot."""
    text = session.snapshot()
    restored = Session.restore(session.plan, text)
    assert restored.state == session.state
    assert restored.snapshot() == text


class Room:
    """One session with a clock of its own. Each event bears the sender's live token.

    An event that is refused must leave the very same state, and after every other one
    the session must come back from its snapshot as it was.
    """

    def __init__(
        self,
        plan: Plan,
        *people: str,
        attendance: Attendance | None = None,
        at: float = START,
        **start: Any,  # noqa: ANN401  # whatever Session.start takes
    ) -> None:
        self.now = at
        self.session = Session.start(plan, attendance or people, at=at, **start)
        check_restoring(self.session)

    @property
    def state(self) -> State:
        return self.session.state

    @property
    def ended(self) -> bool:
        return self.session.ended

    def view(self, person: str) -> View:
        return self.session.view(person)

    def token(self, person: str) -> str:
        return self.session.view(person).token

    def text(self, person: str) -> str:
        return self.session.view(person).text

    def kind(self, person: str) -> str:
        return self.session.view(person).kind

    def transcript(self, reader: str) -> Transcript:
        return self.session.transcript(reader)

    def said(self, reader: str) -> list[str]:
        """The transcript of one reader, a line each: who, and what."""
        return [f"{line.by}: {line.text}" for line in self.transcript(reader).lines]

    def send(self, event: Event) -> tuple[Effect, ...]:
        before = self.session.state
        try:
            effects = self.session.receive(event)
        except CompassionError:
            assert self.session.state is before
            raise
        check_restoring(self.session)
        return effects

    # each event, from the person who sends it

    def answer(
        self, by: str, value: object, token: str | None = None, *, keep: bool = False
    ) -> tuple[Effect, ...]:
        token = token or self.token(by)
        return self.send(Answer(by=by, token=token, value=value, keep=keep, at=self.now))

    def go(self, *people: str, token: str | None = None) -> tuple[Effect, ...]:
        """Each of these is ready to go on."""
        effects: tuple[Effect, ...] = ()
        for by in people:
            effects += self.send(Continue(by=by, token=token or self.token(by), at=self.now))
        return effects

    def skip(self, by: str, token: str | None = None) -> tuple[Effect, ...]:
        return self.send(Skip(by=by, token=token or self.token(by), at=self.now))

    def back(self, by: str, token: str | None = None) -> tuple[Effect, ...]:
        return self.send(Back(by=by, token=token or self.token(by), at=self.now))

    def pause(self, by: str, until: float | None = None) -> tuple[Effect, ...]:
        return self.send(Pause(by=by, until=until, at=self.now))

    def resume(self, *people: str) -> tuple[Effect, ...]:
        effects: tuple[Effect, ...] = ()
        for by in people:
            effects += self.send(Resume(by=by, at=self.now))
        return effects

    def distress(
        self, by: str, rating: int | None = None, *, safe: bool = True
    ) -> tuple[Effect, ...]:
        return self.send(Distress(by=by, rating=rating, safe=safe, at=self.now))

    def stop(self, by: str) -> tuple[Effect, ...]:
        return self.send(Stop(by=by, at=self.now))

    def leave(self, by: str) -> tuple[Effect, ...]:
        return self.send(Leave(by=by, at=self.now))

    def join(self, by: str, name: str = "", role: str = "") -> tuple[Effect, ...]:
        return self.send(Join(by=by, name=name, role=role, at=self.now))

    def advance(self, by: str, token: str | None = None) -> tuple[Effect, ...]:
        return self.send(Advance(by=by, token=token or self.token(by), at=self.now))

    def extend(self, by: str, seconds: float, token: str | None = None) -> tuple[Effect, ...]:
        token = token or self.token(by)
        return self.send(Extend(by=by, token=token, seconds=seconds, at=self.now))

    def erase(self, by: str) -> tuple[Effect, ...]:
        return self.send(Erase(by=by, at=self.now))

    def tick(self, seconds: float = 0) -> tuple[Effect, ...]:
        """Let so many seconds pass, and say so to the session."""
        self.later(seconds)
        return self.send(Tick(at=self.now))

    def later(self, seconds: float) -> None:
        """Let so many seconds pass; the session learns of it with the next event."""
        self.now += seconds

    # a person's way through their own care

    def ground(self, by: str, rating: int = 2, *, safe: bool = True) -> tuple[Effect, ...]:
        """Through the grounding exercise, to its two questions, with these answers."""
        while self.kind(by) == "say":
            self.go(by)
        self.answer(by, rating)
        return self.answer(by, safe)
