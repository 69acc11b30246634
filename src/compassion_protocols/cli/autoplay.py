"""A session that plays itself on its examples, screen by screen, on a clock of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols import Answer, Skip, Tick, answer_in_words, reply_from_example

if TYPE_CHECKING:
    from compassion_protocols import Event, Session, View
    from compassion_protocols.cli.screens import Screens

SECONDS_A_PAGE = 5.0


def play(session: Session, screens: Screens) -> None:
    """Show every screen and what the example answers there, to the end."""
    now = session.state.now
    while not session.ended:
        view = screens.view
        screens.show(view)
        event = _next(session, view, now)
        _show_reply(screens, view, event)
        session.receive(event)
        now = max(event.at, session.state.now)
    screens.show(screens.view)


def _next(session: Session, view: View, now: float) -> Event:
    ready = view.timer.not_before if view.timer is not None else None
    event = reply_from_example(view, max(now + SECONDS_A_PAGE, ready or 0.0))
    if event is not None:
        return event
    deadline = session.next_deadline
    return Tick(at=now + SECONDS_A_PAGE if deadline is None else max(now, deadline))


def _show_reply(screens: Screens, view: View, event: Event) -> None:
    if isinstance(event, Answer) and view.input is not None:
        words = answer_in_words(event.value, view.input)
    elif isinstance(event, Skip):
        words = "/skip"
    else:
        return
    prompt = screens.console.prompt.strip()
    screens.console.say()
    for line in words.split("\n"):
        screens.console.say(f"{prompt} {line}", screens.console.ink.accent)
