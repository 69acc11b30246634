"""Who takes part: from the command line, asked for kindly, or example names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols import from_to

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compassion_protocols import Protocol
    from compassion_protocols.cli.console import Console
    from compassion_protocols.cli.keyboard import Keyboard

EXAMPLE_NAMES = (
    *("Ana", "Ben", "Cleo", "Dara", "Eli", "Femi"),
    *("Gus", "Hana", "Ines", "Jun", "Kira", "Lev"),
)
EXAMPLE_FACILITATOR = "Noor"
FRIEND = "friend"
"""What someone is called who gives no name."""

FACILITATED_TIER = 3


class Misuse(Exception):
    """The command line does not fit; the message says what would."""


def parse_people(protocol: Protocol, given: Sequence[str]) -> dict[str, list[str]]:
    """The names of ``--with role=Ana,Ben``; without a role where there is only one."""
    people: dict[str, list[str]] = {}
    for part in given:
        role, separator, names = part.rpartition("=")
        if not separator and len(protocol.seats) != 1:
            roles = " and ".join(seat.name for seat in protocol.seats)
            raise Misuse(f"Say who takes which role, such as --with role=Ana; the roles: {roles}.")
        seat = role.strip() if separator else protocol.seats[0].name
        people.setdefault(seat, []).extend(parse_names(names))
    return people


def parse_names(text: str) -> list[str]:
    """Names with commas between them."""
    return [name.strip() for name in text.split(",") if name.strip()]


def fill_with_examples(protocol: Protocol, people: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Example names for every role that nobody was named for, as few as it takes."""
    taken = [name for names in people.values() for name in names]
    free = iter(name for name in EXAMPLE_NAMES if name not in taken)
    filled = dict(people)
    for seat in protocol.seats:
        if seat.name not in filled:
            filled[seat.name] = [name for name, _ in zip(free, range(seat.least), strict=False)]
    return filled


def ask_for_people(
    protocol: Protocol, people: Mapping[str, list[str]], keyboard: Keyboard, console: Console
) -> dict[str, list[str]]:
    """Ask for the names that are missing. KeyboardInterrupt if nobody is there."""
    filled = dict(people)
    for seat in protocol.seats:
        while seat.name not in filled:
            console.say()
            console.say(_question(seat.least, seat.most, seat.name, len(protocol.seats)))
            line = keyboard.line(console.prompt)
            if line is None:
                raise KeyboardInterrupt
            names = parse_names(line) or ([FRIEND] if seat.least == 1 else [])
            if seat.least <= len(names) <= seat.most and len(set(names)) == len(names):
                filled[seat.name] = names
    return filled


def _question(least: int, most: int, role: str, roles: int) -> str:
    part = f" as {role}" if roles > 1 else ""
    if most == 1:
        return f"What would you like to be called{part}? Enter alone is fine too."
    if least == 1:
        return (
            f"What would you like to be called{part}? "
            "If you are several, give each name, with commas."
        )
    return f"Who is taking part{part}? {from_to(least, most)} names, with commas."


def ask_for_facilitator(keyboard: Keyboard, console: Console) -> str | None:
    """The name of whoever leads, if there is someone."""
    console.say()
    console.say("This exercise needs someone who leads it and looks after everyone.")
    console.say("What is their name?")
    line = keyboard.line(console.prompt)
    return line.strip() or None if line is not None else None
