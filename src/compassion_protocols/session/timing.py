"""How long a moment lasts. All lengths are in seconds, all instants epoch seconds."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from compassion_protocols.model.plan import MomentKind

if TYPE_CHECKING:
    from compassion_protocols.model.plan import Moment
    from compassion_protocols.session.scene import Scene

GRACE = 1.25
"""Speaking is over at its time and closed a quarter later: nobody is cut off mid-sentence."""

_DAY = 86_400


def length(scene: Scene, moment: Moment) -> float | None:
    """After how many seconds this moment closes by itself; None if it waits for people."""
    at_most = scene.seconds(moment.scope, moment.at_most)
    own = _own_length(scene, moment)
    if own is None or at_most is None:
        return at_most if own is None else own
    return min(own, at_most)


def _own_length(scene: Scene, moment: Moment) -> float | None:
    seconds = scene.seconds(moment.scope, moment.duration)
    match moment.kind:
        case MomentKind.SPEAK:
            return None if seconds is None else seconds * GRACE
        case MomentKind.BREATHE:
            return breaths(scene, moment) * (moment.pattern.seconds if moment.pattern else 0)
        case _:
            return seconds


def breaths(scene: Scene, moment: Moment) -> int:
    """How many breaths: counted, or as many as the time asks for, the last one finished."""
    counted = scene.number(moment.scope, moment.count)
    if counted is not None:
        return counted
    seconds = scene.seconds(moment.scope, moment.duration) or 0
    return math.ceil(seconds / moment.pattern.seconds) if moment.pattern else 0


def agreed_instant(scene: Scene, moment: Moment, now: float) -> float | None:
    """The next time the clock shows the agreed time of day; None if there is none near enough."""
    if moment.until is None:
        return None
    value = scene.lookup(moment.scope)(moment.until.name)
    if not isinstance(value, dt.time):
        return None
    local = (now + scene.setup.utc_offset) % _DAY
    agreed = value.hour * 3600 + value.minute * 60
    ahead = (agreed - local) % _DAY
    longest = scene.seconds(moment.scope, moment.at_most)
    return now + ahead if longest is None or ahead <= longest else None
