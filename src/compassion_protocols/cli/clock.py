"""The session's clock: the real one, or one that runs faster."""

from __future__ import annotations

import time


class Clock:
    """Epoch seconds that pass ``speed`` times as fast as real ones, and never before ``since``."""

    def __init__(self, speed: float = 1.0, since: float = 0.0) -> None:
        self.speed = speed
        self._real = time.time()
        self._begun = max(self._real, since)

    def now(self) -> float:
        """The instant it is in the session."""
        return self._begun + (time.time() - self._real) * self.speed

    def real(self, seconds: float) -> float:
        """How long so many of the session's seconds really take."""
        return max(0.0, seconds) / self.speed


def local_offset() -> int:
    """How many seconds the clocks of this place are ahead of UTC just now."""
    return time.localtime().tm_gmtoff
