"""About how long one moment of a plan takes, for the minutes that a view says are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.model.names import Ref
from compassion_protocols.model.pace import EXPECTED_ITEMS, reading_seconds, writing_seconds
from compassion_protocols.model.plan import MomentKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.language.values import Value
    from compassion_protocols.model.plan import Moment


def expected_seconds(moment: Moment, defaults: Mapping[str, Value]) -> float:
    """How long a moment takes, about. ``defaults`` holds the settings as they are by default."""
    reading = reading_seconds(moment.text.source)
    match moment.kind:
        case MomentKind.SPEAK | MomentKind.WAIT | MomentKind.SAY:
            return _amount(moment.duration, defaults) or reading
        case MomentKind.BREATHE:
            if moment.count is not None and moment.pattern is not None:
                return _amount(moment.count, defaults) * moment.pattern.seconds
            return _amount(moment.duration, defaults)
        case _:
            return reading + (writing_seconds(moment.slot.kind) if moment.slot else 0)


def _amount(amount: int | Ref | None, defaults: Mapping[str, Value]) -> float:
    value = defaults.get(amount.name, EXPECTED_ITEMS) if isinstance(amount, Ref) else amount
    return value if isinstance(value, int | float) else 0
