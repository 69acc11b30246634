"""One session at one keyboard: show, listen, carry out, until it ends.

Everyone sits before the same screen. The session says whose turn it is; this
host shows its views, keeps its clock, and turns what is typed into events.
Ctrl-C asks what is meant by it, and a second one leaves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols import (
    Advance,
    AnswerRefused,
    Erase,
    EventNotAllowed,
    Extend,
    Leave,
    Pause,
    Paused,
    Stop,
    Tick,
    Wish,
    read_reply,
)
from compassion_protocols.cli.typist import Silence

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols import Event, Session, View
    from compassion_protocols.cli.console import Console
    from compassion_protocols.cli.screens import Screens
    from compassion_protocols.cli.typist import Typist

WHAT_IS_MEANT = "Pause, skip or stop? Type p, s or x, or Enter to go on. Ctrl-C again leaves."
_MEANT = {"p": "/pause", "pause": "/pause", "s": "/skip", "skip": "/skip"}
_MEANT |= {"x": "/stop", "stop": "/stop", "q": "/stop"}
COME_BACK = "This is the time you chose to come back. It can still wait."


class Host:
    """Leads the people at one keyboard through a session."""

    def __init__(
        self,
        session: Session,
        screens: Screens,
        typist: Typist,
        *,
        utc_offset: int = 0,
        moved_on: Callable[[], None] = lambda: None,
    ) -> None:
        self.session = session
        self.screens = screens
        self.typist = typist
        self.utc_offset = utc_offset
        self.moved_on = moved_on
        """Called after each event."""

    @property
    def console(self) -> Console:
        """Where the words go."""
        return self.screens.console

    def lead(self) -> bool:
        """Lead through the session. False if there was nobody left to go on with.

        It is then paused, so that it can be taken up again. KeyboardInterrupt for
        a second Ctrl-C.
        """
        while not self.session.ended:
            view = self.screens.view
            said = self._heard(view)
            if said is Silence.OVER:
                self._receive(Pause(by=view.viewer, at=self._now))
                self.screens.cover()
                return False
            if said is Silence.TIME_UP:
                self._receive(Tick(at=self._now))
            elif said is not None:
                self._do(view, said)
        self.screens.show(self.screens.view)
        return True

    def is_welcome(self) -> bool:
        """Wait on the first page until somebody wants to begin; False if nobody does."""
        self.console.say("Enter begins.", self.console.ink.quiet)
        said = self.typist.keyboard.line(self.console.prompt)
        return said is not None and said.strip().casefold() not in ("/stop", "/quit", "/exit")

    @property
    def _now(self) -> float:
        return self.typist.clock.now()

    def _heard(self, view: View) -> str | Silence | None:
        """Show a view and listen; None if nothing was meant."""
        try:
            self.screens.show(view)
            return self.typist.hears(view, self.session.next_deadline)
        except KeyboardInterrupt:
            return self._interrupted()

    def _interrupted(self) -> str | Silence | None:
        """What is meant by Ctrl-C; None if nothing."""
        if not self.typist.keyboard.is_terminal:
            raise KeyboardInterrupt
        self.console.say("\n")
        self.console.say(WHAT_IS_MEANT)
        said = self.typist.keyboard.line(self.console.prompt)
        self.screens.again()
        return Silence.OVER if said is None else _MEANT.get(said.strip().casefold().lstrip("/"))

    def _do(self, view: View, said: str) -> None:
        """Carry out what was typed."""
        try:
            reply = self._read(view, said)
            if isinstance(reply, Advance | Extend) and self._facilitator:
                reply = self._read(self.session.view(self._facilitator), said)
        except AnswerRefused as refused:
            self._answer(refused.say)
            return
        if reply is Wish.HELP:
            self.screens.help(view)
        elif reply is Wish.SHOW:
            self.screens.again()
        elif isinstance(reply, Stop):
            self._stop()
        elif isinstance(reply, Leave):
            self._receive(Pause(by=reply.by, at=reply.at))
        elif isinstance(reply, Erase):
            self._erase(view, reply)
        elif not isinstance(reply, Wish):
            self._receive(reply)

    def _read(self, view: View, said: str) -> Event | Wish:
        return read_reply(view, said, at=self._now, utc_offset=self.utc_offset)

    @property
    def _facilitator(self) -> str:
        """Whoever leads may type at this keyboard, too."""
        people = self.session.state.setup.people
        return next((person.id for person in people if person.role == "facilitator"), "")

    def _stop(self) -> None:
        """Everyone sits at this screen, so it ends for everyone."""
        for person in self.session.state.setup.people:
            if not self.session.ended:
                self._receive(Stop(by=person.id, at=self._now))

    def _erase(self, view: View, event: Erase) -> None:
        name = next(p.name for p in self.session.state.setup.people if p.id == view.viewer)
        if self.typist.keyboard.is_terminal:
            self._answer(f"Take back everything {name} has answered? Type yes to do so.")
            said = self.typist.keyboard.line(self.console.prompt) or ""
            if said.strip().casefold() not in ("yes", "y"):
                return
        self._receive(event)
        self._answer(f"Everything {name} had answered is taken back.")

    def _receive(self, event: Event) -> None:
        try:
            effects = self.session.receive(event)
        except AnswerRefused as refused:
            self._answer(refused.say)
            return
        except EventNotAllowed as refused:
            self._answer(str(refused))
            return
        if any(isinstance(effect, Paused) and effect.reminder for effect in effects):
            self._answer(COME_BACK)
        self.moved_on()

    def _answer(self, words: str) -> None:
        """A line from the program itself."""
        self.console.say()
        self.console.say(words, self.console.ink.accent)
