"""What a host may want to carry out after an event. A session itself never acts.

Each effect says who may learn of it: ``to`` holds ids of people. A host that
passes effects on to screens passes each person's own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from attrs import fields, frozen

from compassion_protocols.errors import SnapshotRejected

if TYPE_CHECKING:
    from collections.abc import Iterable


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
    """Someone's answer was taken in."""

    to: tuple[str, ...]
    by: str
    place: str


@frozen(kw_only=True)
class Invited:
    """Someone's first answer came back to them with an invitation."""

    to: tuple[str, ...]
    place: str


@frozen(kw_only=True)
class Kept:
    """What was answered at a place is kept by these people; a host may fetch it now, or later."""

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


Effect = Opened | TimerSet | Answered | Invited | Kept | Paused | Resumed | Alert | Ended

EFFECTS: dict[str, type[Effect]] = {
    "opened": Opened,
    "timer_set": TimerSet,
    "answered": Answered,
    "invited": Invited,
    "kept": Kept,
    "paused": Paused,
    "resumed": Resumed,
    "alert": Alert,
    "ended": Ended,
}
"""Every effect, by the name it has in JSON."""

_NAMES = {cls: name for name, cls in EFFECTS.items()}
_FIELDS = {cls: [attribute.name for attribute in fields(cls)] for cls in _NAMES}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def effects_to_json(effects: Iterable[Effect]) -> str:
    """Effects as a JSON list.

    >>> effects_to_json([Ended(to=("Ana",))])
    '[{"effect":"ended","to":["Ana"]}]'
    """
    data: list[dict[str, object]] = []
    for effect in effects:
        cls = type(effect)
        values = {name: getattr(effect, name) for name in _FIELDS[cls]}
        data.append({"effect": _NAMES[cls], **values})
    return _encode(data)


def effects_from_json(text: str) -> tuple[Effect, ...]:
    """The effects that :func:`effects_to_json` wrote. SnapshotRejected if it did not.

    >>> effects_from_json('[{"effect":"ended","to":["Ana"]}]')
    (Ended(to=('Ana',)),)
    """
    try:
        return tuple([_effect(**one) for one in json.loads(text)])
    except (LookupError, TypeError, ValueError, RecursionError):
        raise SnapshotRejected("The stored effects are damaged.") from None


def _effect(effect: str, to: list[str], **others: Any) -> Effect:  # noqa: ANN401
    return EFFECTS[effect](to=tuple(to), **others)
