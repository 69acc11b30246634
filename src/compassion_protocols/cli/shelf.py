"""``list``: what there is to choose from; and the choice itself, where nobody has named one."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from compassion_protocols import bundled
from compassion_protocols.cli.console import Console

if TYPE_CHECKING:
    from argparse import Namespace

    from compassion_protocols.cli.keyboard import Keyboard

LIST_VERSION = 1
CARE = "care"


def list_all(arguments: Namespace) -> int:
    """``list``: every protocol of the catalog, by family."""
    entries = list(bundled().entries())
    if arguments.json:
        rows = [
            {"id": e.id, "title": e.title, "summary": e.summary, "family": e.family}
            for e in entries
        ]
        print(json.dumps({"compassion_list": LIST_VERSION, "protocols": rows}, indent=2))
        return 0
    console = Console(sys.stdout)
    family = ""
    for entry in entries:
        if entry.family != family:
            family = entry.family
            console.say()
            console.say(family.capitalize(), console.ink.strong)
        console.say(entry.id, console.ink.accent, indent=2)
        console.say(entry.summary, console.ink.quiet, indent=6)
    console.say()
    console.say("compassion-protocols show ID tells more; run ID begins.", console.ink.quiet)
    return 0


def pick(keyboard: Keyboard, console: Console) -> str | None:
    """Let someone choose an exercise. None for Enter alone; KeyboardInterrupt if they leave."""
    entries = [entry for entry in bundled().entries() if entry.family != CARE]
    console.say()
    console.say("What would be good for you just now?", console.ink.strong)
    family = ""
    for number, entry in enumerate(entries, 1):
        if entry.family != family:
            family = entry.family
            console.say()
            console.say(family, console.ink.quiet)
        console.say(f"{number:>3}  {entry.title}", console.ink.strong)
        console.say(entry.summary, console.ink.quiet, indent=5)
    console.say()
    console.say("A number, or Enter for three breaths.", console.ink.quiet)
    while True:
        line = keyboard.line(console.prompt)
        if line is None:
            raise KeyboardInterrupt
        said = line.strip()
        if not said:
            return None
        if said.isdecimal() and 1 <= int(said) <= len(entries):
            return entries[int(said) - 1].id
        if any(entry.id == said for entry in entries):
            return said
        console.say(f"A number from 1 to {len(entries)}, please.")
