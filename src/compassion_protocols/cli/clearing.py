"""How two people come to be cleared without one of them learning what the other said.

Some exercises for two open only when each person has answered a screening,
alone, on a device of their own. Nothing is ever asked on a screen that both can
see, nothing is kept, and no program carries the result from one device to the
other. The people do: at its end everyone is given two words, whatever they
answered, and types them in when the exercise is to begin. Whether the words
open it can be worked out from the words alone.

Words of someone who is not cleared look like any others and open nothing. So
do words with a typing mistake in them, words of the day before yesterday, one
person's words used twice, and no words at all. All of these get the same
message, so that it tells nobody which of them it was. This protects against a
look over the shoulder and against pressure in the room. It is no lock: whoever
reads this file can make words that open.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WORDS = (
    *("acorn", "amber", "anchor", "apple", "autumn", "barley", "basket", "beacon"),
    *("birch", "blanket", "bridge", "bucket", "button", "candle", "cedar", "cherry"),
    *("clover", "cobalt", "copper", "cotton", "cradle", "dapple", "ember", "fennel"),
    *("ferry", "garden", "ginger", "hazel", "heather", "honey", "indigo", "ivory"),
    *("jasmine", "juniper", "kettle", "lantern", "lemon", "linen", "maple", "marble"),
    *("meadow", "mitten", "nutmeg", "olive", "orchard", "paper", "pebble", "pepper"),
    *("pillow", "plum", "quill", "raisin", "river", "saffron", "scarf", "silver"),
    *("spoon", "teapot", "thimble", "timber", "velvet", "walnut", "willow", "window"),
)
_DAY = 86_400
DAYS_GOOD = 2
"""On the day they were given and on the next, by the calendar of UTC."""
_DAYS_SHUT = 16
"""For so many days the words of someone who is not cleared are none that anyone is given."""


def words_for(cleared: bool, at: float, draw: Callable[[int], int]) -> str:
    """Two words for someone who has come to the end of a screening at ``at`` (epoch seconds).

    ``draw(n)`` gives a random number below n.
    """
    first = WORDS[draw(len(WORDS))]
    opens = _second(first, _day(at))
    if cleared:
        return f"{first} {opens}"
    others = [word for word in WORDS if word not in _that_open(first, _day(at))]
    return f"{first} {others[draw(len(others))]}"


def open_together(said: Sequence[str], at: float) -> bool:
    """Whether everyone's words open an exercise at ``at``, and no two people gave the same."""
    pairs = [tuple(text.casefold().replace("-", " ").replace(",", " ").split()) for text in said]
    if len(set(pairs)) != len(pairs):
        return False
    return all(len(pair) == 2 and _opens(pair[0], pair[1], at) for pair in pairs)


def _opens(first: str, second: str, at: float) -> bool:
    days = (_day(at) - ago for ago in range(DAYS_GOOD))
    return first in WORDS and any(second == _second(first, day) for day in days)


def _that_open(first: str, day: int) -> set[str]:
    """Second words that open on this day or on one that is not far off."""
    return {_second(first, day + later) for later in range(1 - DAYS_GOOD, _DAYS_SHUT)}


def _day(at: float) -> int:
    return int(at // _DAY)


def _second(first: str, day: int) -> str:
    digest = hashlib.sha256(f"{day} {first}".encode()).digest()
    return WORDS[digest[0] % len(WORDS)]
