"""A session that plays itself on its examples, screen by screen, on a clock of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols import Answer, EventNotAllowed, Tick, reply_from_example

if TYPE_CHECKING:
    from compassion_protocols import Session, View
    from compassion_protocols.cli.screens import Screens

SECONDS_A_PAGE = 5.0


def play(session: Session, screens: Screens) -> None:
    """Show every screen and what the example answers there, to the end."""
    now = session.state.now
    while not session.ended:
        view = screens.view
        screens.show(view)
        now = max(now, session.state.now)
        event = reply_from_example(view, _when(view, now))
        if event is None:
            deadline = session.next_deadline
            event = Tick(at=now + SECONDS_A_PAGE if deadline is None else max(now, deadline))
        if isinstance(event, Answer):
            _show_answer(screens, event.value, view)
        session.receive(event)
        now = max(now, event.at)
    screens.show(screens.view)
