"""The first page: what this is, what it is not for, and what can be done at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols import counted, help_as_text, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compassion_protocols import Protocol, View
    from compassion_protocols.cli.console import Console

AT_ANY_TIME = "At any time: /skip, /pause, /stop; /care if it gets to be too much; /help."


def show_opening(protocol: Protocol, view: View, people: Sequence[str], console: Console) -> None:
    """What someone should know before the first step."""
    console.say()
    console.rule()
    console.tell(f"**{protocol.title}**\n{protocol.summary}")
    minutes = f", about {counted(view.minutes_left or 0, 'minute')}"
    console.say(f"For {listed(people)}{minutes if view.minutes_left else ''}.", console.ink.quiet)
    show_care(protocol, console)
    console.say()
    first, _, _ = help_as_text(view.help, width=console.width, ink=console.ink).partition("\n\n")
    console.put(first)
    console.say()
    console.say(AT_ANY_TIME, console.ink.quiet)


def show_care(protocol: Protocol, console: Console) -> None:
    """What it is not for, and what is good to know before."""
    care = protocol.care
    for heading, lines in (
        ("Before you start", care.before_you_start),
        ("It is not for", care.not_for),
    ):
        if lines:
            console.say()
            console.tell(f"{heading}:\n{as_list(lines)}")


def as_list(lines: Iterable[str]) -> str:
    """Lines as a list of an author's text."""
    return "\n".join(f"- {' '.join(line.split())}" for line in lines)
