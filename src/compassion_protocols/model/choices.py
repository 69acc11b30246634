"""Words that an author chooses among, which matter to a running session as well.

They stand apart from the steps and roles that bear them, so that a session can
be imported without everything that a file may hold.
"""

from __future__ import annotations

from enum import StrEnum


class Resume(StrEnum):
    """What a timer does after a pause."""

    REMAINING = "remaining"
    RESTART = "restart"
    DEADLINE = "deadline"


class Order(StrEnum):
    """In what order a loop takes its people or items."""

    GIVEN = "given"
    REVERSED = "reversed"
    SHUFFLED = "shuffled"
    ROTATING = "rotating"


class Owner(StrEnum):
    """Whose a kept answer is; whoever it is has agreed to keep it."""

    WRITER = "writer"
    EVERYONE = "everyone"


class How(StrEnum):
    """What a kept answer does with those that were kept under its name before."""

    ADD = "add"
    REPLACE = "replace"


class IfFewer(StrEnum):
    """What happens when fewer people are here than a role needs."""

    PAUSE = "pause"
    END = "end"
