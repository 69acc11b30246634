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


class IfFewer(StrEnum):
    """What happens when fewer people are here than a role needs."""

    PAUSE = "pause"
    END = "end"
