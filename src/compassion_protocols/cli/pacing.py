"""What a timer looks like: a bar that breathes, a time that runs down, or plain lines.

Everything here is a pure function of a view and an instant of the session's
clock, in epoch seconds. On a terminal that may move, one line changes ten times
a second (:func:`frame`). Elsewhere the same is told in lines, each at its own
instant (:func:`beats`).
"""

from __future__ import annotations

from itertools import accumulate
from math import cos, pi
from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols import counted

if TYPE_CHECKING:
    from compassion_protocols import View

FRAMES_A_SECOND = 10

WIDEST_BAR = 29
"""How long a bar is at the most, in columns."""

_BESIDE = 27
"""Columns that the words beside a bar take."""

_TOLD = (3600, 1800, 1200, 900, 600, 300, 240, 180, 120, 60, 30)
"""With so many seconds left, a plain line says so."""

OVER = "The time is over. There is room to finish in peace."


class Phase(NamedTuple):
    """One part of a breath: its words, its length in seconds, and how full it begins and ends."""

    words: str
    seconds: int
    begins: float
    ends: float


def phases(view: View) -> list[Phase]:
    """The parts of one breath."""
    pace = view.pace
    if pace is None:
        return []
    every = [
        Phase("breathe in", pace.inhale, 0.0, 1.0),
        Phase("hold", pace.hold, 1.0, 1.0),
        Phase("breathe out", pace.exhale, 1.0, 0.0),
        Phase("rest", pace.rest, 0.0, 0.0),
    ]
    return [phase for phase in every if phase.seconds]


def frame(view: View, now: float, *, width: int = 80, signs: bool = True) -> str:
    """The line to show at this instant. ``signs`` allows more than ASCII."""
    breath = phases(view) if view.kind == "breathe" else []
    long = max(5, min(WIDEST_BAR, width - _BESIDE))
    if breath and view.timer is not None:
        line = _breath(view, breath, now - view.timer.started, long, signs=signs)
    else:
        line = _running_down(view, now, long, signs=signs)
    return line[:width]


def _breath(view: View, breath: list[Phase], elapsed: float, long: int, *, signs: bool) -> str:
    whole = sum(phase.seconds for phase in breath)
    number = int(elapsed // whole)
    inside = elapsed - number * whole
    for phase in breath:
        if inside < phase.seconds:
            break
        inside -= phase.seconds
    inside = min(inside, phase.seconds)
    eased = (1 - cos(pi * inside / phase.seconds)) / 2
    bar = breathing_bar(phase.begins + (phase.ends - phase.begins) * eased, long, signs=signs)
    count = min(int(inside) + 1, phase.seconds)
    breaths = view.pace.breaths if view.pace is not None else 0
    return f"{phase.words:<11}  {bar}  {count:<2}   {min(number + 1, breaths)} of {breaths}"


def breathing_bar(fullness: float, long: int = WIDEST_BAR, *, signs: bool = True) -> str:
    """A bar that grows from its middle, with soft edges, in ``long`` columns (an odd number).

    >>> breathing_bar(0.5, 29, signs=False).strip()
    '==============='
    """
    edge, full = ("░▒▓", "█") if signs else ("---", "=")
    reach = 0.5 + fullness * (long // 2)
    half = []
    for distance in range(long // 2 + 1):
        inside = min(1.0, max(0.0, reach - distance))
        half.append(full if inside >= 1 or (not signs and inside > 0) else _soft(inside, edge))
    return "".join([*reversed(half[1:]), *half])


def _soft(inside: float, edge: str) -> str:
    return " " if inside <= 0 else edge[min(2, int(inside * 3))]


def ends_at(view: View) -> float | None:
    """When the time that was given is over."""
    if view.timer is None:
        return None
    return view.timer.over if view.timer.over is not None else view.timer.due


def _running_down(view: View, now: float, long: int, *, signs: bool) -> str:
    end = ends_at(view)
    if end is None or view.timer is None:
        return ""
    left = end - now
    if left <= 0:
        return OVER
    whole = max(1.0, end - view.timer.started)
    filled = round(long * min(1.0, left / whole))
    bar = ("━" if signs else "=") * filled + ("╌" if signs else "-") * (long - filled)
    return f"{bar}  {in_digits(left)}"


def in_digits(seconds: float) -> str:
    """A length of time as a clock shows it.

    >>> in_digits(125), in_digits(3605.2)
    ('2:05', '1:00:06')
    """
    whole = int(seconds) + (seconds > int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def beats(view: View) -> list[tuple[float, str]]:
    """Plain lines, each with the instant at which it is told."""
    if view.timer is None:
        return []
    breath = phases(view) if view.kind == "breathe" else []
    if breath and view.pace is not None:
        return _breaths_told(view.timer.started, breath, view.pace.breaths)
    end = ends_at(view)
    if end is None:
        return []
    told = [(end - left, _left(left)) for left in _TOLD if end - left > view.timer.started + 1]
    is_soft = view.timer.due is not None and end < view.timer.due
    return [*told, (end, OVER)] if is_soft else told


def _left(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds} seconds left"
    return f"{counted(seconds // 60, 'minute')} left"


def _breaths_told(started: float, breath: list[Phase], times: int) -> list[tuple[float, str]]:
    whole = sum(phase.seconds for phase in breath)
    begins = [0, *accumulate(phase.seconds for phase in breath)]
    wide = len(str(times))
    told = []
    for number in range(times):
        for nth, phase in enumerate(breath):
            name = f"{number + 1:>{wide}} of {times}" if nth == 0 else " " * (2 * wide + 4)
            told.append(
                (
                    started + number * whole + begins[nth],
                    f"{name}   {phase.words}, {phase.seconds} seconds",
                )
            )
    return told
