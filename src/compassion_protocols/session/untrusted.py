"""JSON that is not trusted: a text that may be anything, and values that may be of any type.

Size and depth are looked at before a text is parsed, so that none can take more time or memory than
a snapshot does. Every value is then asked for by its type: TypeError or ValueError if it is of
another.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn, TypeVar

from compassion_protocols.errors import SnapshotRejected
from compassion_protocols.session.answers import MOST_HELD
from compassion_protocols.session.state import LATEST

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 2 * MOST_HELD
"""Characters. Every answer that a session can hold, with room to spare."""

DEEPEST = 12

Result = TypeVar("Result")


def parsed(text: str) -> object:
    """The data in a JSON text. SnapshotRejected if it is none, or larger or deeper than any."""
    if not isinstance(text, str) or len(text) > LARGEST:
        raise SnapshotRejected(f"A snapshot is a JSON text of at most {LARGEST:,} characters.")
    if _is_too_deep(text):
        raise SnapshotRejected("The snapshot is nested too deeply.")
    try:
        return _decode(text)
    except (ValueError, RecursionError) as trouble:
        raise SnapshotRejected("The snapshot is not JSON as it was written.") from trouble


def _is_too_deep(text: str) -> bool:
    """Whether brackets are left after the innermost pairs are taken off so many times."""
    outside = "".join(_ESCAPED.sub("", text).split('"')[::2])  # every second piece is a text
    brackets = outside.encode("ascii", "ignore").translate(None, _NO_BRACKETS)
    for _ in range(DEEPEST):
        if not brackets:
            return False
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    return bool(brackets)


_ESCAPED = re.compile(r"\\.", re.DOTALL)
_NO_BRACKETS = bytes(set(range(128)) - set(b"[]{}"))


def _refuse_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _no_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a key stands twice")
    return data


_decode = json.JSONDecoder(parse_constant=_refuse_number, object_pairs_hook=_no_repeats).decode


def as_mapping(data: object) -> dict[str, object]:
    """A mapping by names."""
    if not isinstance(data, dict):
        raise TypeError("a mapping was expected")
    return data


def as_list(data: object, length: int | None = None) -> list[object]:
    """A list, of this length if one is given."""
    if not isinstance(data, list) or (length is not None and len(data) != length):
        raise TypeError("a list was expected")
    return data


def as_text(data: object) -> str:
    """A text."""
    if not isinstance(data, str):
        raise TypeError("a text was expected")
    return data


def as_whole(data: object, least: int = 0) -> int:
    """A whole number, of at least so much."""
    if not isinstance(data, int) or isinstance(data, bool) or not least <= data < 10**18:
        raise TypeError("a whole number was expected")
    return data


def as_instant(data: object, latest: float = LATEST) -> float:
    """An instant that a clock can show, in epoch seconds."""
    if isinstance(data, bool) or not isinstance(data, int | float) or not abs(data) < latest:
        raise TypeError("an instant was expected")
    return float(data)


def as_deadline(data: object) -> float:
    """An instant that may lie somewhat after the last that a clock shows."""
    return as_instant(data, 2 * LATEST)


def as_length(data: object) -> float:
    """A length of time, in seconds."""
    if (length := as_instant(data)) < 0:
        raise ValueError("a length of time was expected")
    return length


def maybe(read: Callable[[object], Result], data: object) -> Result | None:
    """What is read of it, where there is anything."""
    return None if data is None else read(data)
