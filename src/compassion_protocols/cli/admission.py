"""Before a screened exercise: what comes first, who is cleared, and what is said if not all are.

On a screen that others see nobody is asked anything. There is general
information, a place to type the words that a screening has given (see
:mod:`.clearing`), and one page for every reason for which nothing begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols import Session, bundled, help_as_text, help_for
from compassion_protocols.cli.clearing import open_together
from compassion_protocols.cli.clock import Clock
from compassion_protocols.cli.opening import as_list, show_care
from compassion_protocols.cli.screens import Screens

if TYPE_CHECKING:
    from compassion_protocols import Plan, Protocol
    from compassion_protocols.cli.console import Console
    from compassion_protocols.cli.keyboard import Keyboard

ALONE = ("three-breath-pause", "compassionate-letter", "imagery-cascade")
"""What is offered to one person where an exercise for two does not open."""

FIRST = """\
**Before this one begins**
It opens when each of you has first answered a few questions alone, on a device of your own:
"""

TWO_WORDS = """\
At the end everyone gets two words, whatever they answered. They are good until tomorrow.
With your words ready, start here again. What you type stays hidden."""

HOW_TO_VOUCH = """\
Whoever has seen to it that each person was screened alone, and is cleared, can say so with \
--cleared and their names."""

INSTEAD = """\
{message}

There are exercises for one person, such as:
{others}

If you would like to talk with someone about how things are between you, you need no reason."""


def show_what_comes_first(protocol: Protocol, console: Console) -> None:
    """General information about a screening."""
    console.say()
    console.rule()
    console.tell(FIRST)
    console.say()
    console.say(f"compassion-protocols run {protocol.care.screen}", indent=2)
    console.say()
    console.tell(TWO_WORDS)
    show_care(protocol, console)
    console.say()


def cleared_by_words(names: list[str], keyboard: Keyboard, console: Console) -> list[str]:
    """Everyone if everyone's words open it, else nobody. KeyboardInterrupt if nobody is there."""
    said = []
    for name in names:
        console.say(f"{name}, please type your two words, or Enter alone if you have none.")
        line = keyboard.hidden_line(console.prompt)
        if line is None:
            raise KeyboardInterrupt
        said.append(line)
    return names if open_together(said, Clock().now()) else []


def is_cleared_on_examples(plan: Plan, name: str, console: Console) -> bool:
    """Whether someone who answers a plan's screening as its examples do is cleared."""
    from compassion_protocols.cli.autoplay import play  # start-up time

    if plan.screen is None:
        return False
    session = Session.start(plan.screen, [name], at=Clock().now())
    play(session, Screens(session, console))
    return session.cleared


def say_not_ready(plan: Plan, message: str, locale: str, console: Console) -> None:
    """One page for every reason."""
    titles = {entry.id: entry.title for entry in bundled().entries()}
    others = [
        f"{titles[name]}: compassion-protocols run {name}" for name in ALONE if name in titles
    ]
    console.say()
    console.tell(INSTEAD.format(message=message, others=as_list(others)))
    console.say()
    console.put(help_as_text(help_for(plan, locale), width=console.width, ink=console.ink))
