"""What a host may want to carry out after an event. A session itself never acts.

Each effect says who may learn of it: ``to`` holds ids of people. A host that
passes effects on to screens passes each person's own.
"""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class Opened:
    """A moment opened, and these people may act in it."""

    to: tuple[str, ...]
    place: str


@frozen(kw_only=True)
class TimerSet:
    """A Tick is worth sending at ``due``, epoch seconds."""

    to: tuple[str, ...]
    due: float


@frozen(kw_only=True)
class Answered:
    """Someone's answer was kept."""

    to: tuple[str, ...]
    by: str
    place: str


@frozen(kw_only=True)
class Invited:
    """Someone's first answer came back to them with an invitation."""

    to: tuple[str, ...]
    place: str


@frozen(kw_only=True)
class Paused:
    """Everything stands still; with ``reminder``, the time of return has come."""

    to: tuple[str, ...]
    until: float | None = None
    reminder: bool = False


@frozen(kw_only=True)
class Resumed:
    """Everyone agreed to go on."""

    to: tuple[str, ...]


@frozen(kw_only=True)
class Alert:
    """A person asked for care, or was led to human help. For the facilitator or the host."""

    to: tuple[str, ...]
    by: str
    help: bool = False


@frozen(kw_only=True)
class Ended:
    """The session is over."""

    to: tuple[str, ...]


Effect = Opened | TimerSet | Answered | Invited | Paused | Resumed | Alert | Ended
