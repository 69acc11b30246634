"""About how long things take, for the minutes that a view says are left.

An estimate for people, not a bound: the bounds are proved in ``checking``.
Adults read silently at about 240 words a minute (Brysbaert 2019,
doi:10.1016/j.jml.2019.104047); tender words are read more slowly, so 180 here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.language.text import count_words
from compassion_protocols.model.answers import Date, Form, ListOf, LongText, Text, Time
from compassion_protocols.model.names import Ref
from compassion_protocols.model.plan import MomentKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.language.values import Value
    from compassion_protocols.model.answers import AnswerKind
    from compassion_protocols.model.plan import Moment
    from compassion_protocols.model.protocol import Protocol

WORDS_A_SECOND = 3.0
EXPECTED_ITEMS = 3
"""How many items a list has, before anyone has written it."""

_LOOKING_UP = 3.0


def reading_seconds(text: str) -> float:
    """How long a text takes to read, about."""
    return _LOOKING_UP + count_words(text) / WORDS_A_SECOND


def expected_people(protocol: Protocol, role: str) -> float:
    """How many people a role has, about."""
    for seat in protocol.seats:
        if seat.name == role:
            return (seat.least + seat.most) / 2
    return sum((seat.least + seat.most) / 2 for seat in protocol.seats)


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
            return reading + (_writing(moment.slot.kind) if moment.slot else 0)


def _writing(kind: AnswerKind) -> float:
    match kind:
        case LongText():
            return 300
        case Text() | ListOf() | Form():
            return 45
        case Date() | Time():
            return 15
        case _:
            return 8


def _amount(amount: int | Ref | None, defaults: Mapping[str, Value]) -> float:
    value = defaults.get(amount.name, EXPECTED_ITEMS) if isinstance(amount, Ref) else amount
    return value if isinstance(value, int | float) else 0
