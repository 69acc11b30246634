"""The session's clock: the real one, or one that runs faster."""

from __future__ import annotations

import time


class Clock:
    """Epoch seconds that pass ``speed`` times as fast as real ones."""

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._begun = time.time()

    def now(self) -> float:
        """The instant it is in the session."""
        real = time.time()
        return self._begun + (real - self._begun) * self.speed

    def real(self, seconds: float) -> float:
        """How long so many of the session's seconds really take."""
        return max(0.0, seconds) / self.speed


def utc_offset(at: float) -> int:
    """How many seconds this place is ahead of UTC at an instant."""
    return time.localtime(at).tm_gmtoff
