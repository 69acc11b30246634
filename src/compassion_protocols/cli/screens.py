"""What is on the one screen that everyone looks at, and when it is taken off it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols import STANDING_LINES, help_as_text, listed, prose_as_text

if TYPE_CHECKING:
    from compassion_protocols import Session, View
    from compassion_protocols.cli.console import Console

GATES = ("hand_over", "cover")
"""The cards between people: take the screen, turn it back."""

QUESTIONS = ("ask", "reveal")

ANYWHERE = "*"
NEARER = "Begin with --locale and your country, such as --locale GB, to see those near you."


class Screens:
    """Shows a session's views, one after the other, and covers what was private."""

    def __init__(self, session: Session, console: Console) -> None:
        self.session = session
        self.console = console
        self._discreet = session.plan.protocol.care.clears is not None and console.is_terminal
        """Whether no page may stay: in a screening, for someone who is alone just now."""
        self._private = ""
        """The moment on the screen that is not for everyone's eyes, by its token."""
        self._taken = False
        self._shown = ""

    @property
    def view(self) -> View:
        """What the screen should show now."""
        return self.session.view(self.session.at_screen)

    def show(self, view: View) -> None:
        """Show a view, unless it is on the screen already."""
        moment = view.token.partition(".")[0]
        if self._private and (view.kind in GATES or moment != self._private):
            self.cover()
        if view.etag == self._shown:
            return
        if (self._taken or self._discreet) and view.kind not in GATES:
            self._private = moment
        self._taken = view.kind == "hand_over"
        self._shown = view.etag
        self.console.show(view)
        if not self._private and view.kind not in GATES:
            self._show_to_others(view)

    def again(self) -> None:
        """Let the present view be shown once more."""
        self._shown = ""

    def cover(self) -> None:
        """Take off the screen what is not for everyone's eyes."""
        if self._private:
            self.console.cover()
            self._private = ""

    def help(self, view: View) -> None:
        """Show how to reach a person, and what may be typed."""
        self.console.say()
        self.console.put(help_as_text(view.help, width=self.console.width, ink=self.console.ink))
        if all(line.locale == ANYWHERE for line in view.help.lines):
            self.console.say(NEARER, self.console.ink.quiet)
        self.console.say()
        self.console.say(WHAT_TO_TYPE, self.console.ink.quiet)
        self.again()

    def _show_to_others(self, view: View) -> None:
        """What the protocol says meanwhile to those who have nothing to do here."""
        told: dict[str, list[str]] = {}
        for person in self.session.state.setup.people:
            if person.name not in view.addressed and person.role != "facilitator":
                theirs = self.session.view(person.id)
                if theirs.kind == "waiting" and theirs.text not in STANDING_LINES:
                    told.setdefault(theirs.text, []).append(person.name)
        for text, names in told.items():
            self.console.say()
            self.console.say(f"{listed(names)}:", self.console.ink.quiet)
            self.console.say(prose_as_text(text, width=10_000), self.console.ink.quiet, indent=2)


WHAT_TO_TYPE = """\
/skip   leave this open; it never costs anything
/keep   with your answer after it: keep it for another time, where that is offered
/back   return to the question before, where that concerns you alone
/pause  a time-out for everyone; /pause 20m or /pause 19:30 with a time to come back
/care   when it gets to be too much: a few quiet minutes for your senses
/stop   end here; no reason needed
/erase  take back everything you have answered
/again  show the same page once more
An answer that begins with a slash is written with two."""
