"""What comes of adding, taking away, multiplying and dividing, for all numbers of two sets.

It goes by the ends: each of the four is monotonous in either number. A length of time is rounded
to whole seconds, so the ends are widened to whole numbers. What is out of bounds is missing.
"""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from compassion_protocols.checking.ranges import MISSING, Numbers, Possible
from compassion_protocols.model.answers import LARGEST_NUMBER

if TYPE_CHECKING:
    from collections.abc import Callable

_DO: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
}


_FAR = 2 * LARGEST_NUMBER


def reckoned(operator: str, left: Possible, right: Possible) -> Possible:
    """All that can come of two operands; whatever is no number gives nothing."""
    one = Numbers() if left.anything else left.numbers
    other = Numbers() if right.anything else right.numbers
    if one is None or other is None or (operator == "/" and other[:2] == (0, 0)):
        return MISSING
    if operator == "/" and other.least <= 0 <= other.most:
        return Possible(missing=True, numbers=Numbers())
    corners = product((one.least, one.most), (other.least, other.most))
    # Far outside is as far as can be told; a quotient may be infinite.
    ends = [max(-_FAR, min(_DO[operator](a, b), _FAR)) for a, b in corners]
    low, high = math.floor(min(ends)), math.ceil(max(ends))
    outside = low < -LARGEST_NUMBER or high > LARGEST_NUMBER
    whole = one.whole and other.whole and operator != "/"
    numbers = Numbers(max(low, -LARGEST_NUMBER), min(high, LARGEST_NUMBER), whole)
    if numbers.least > numbers.most:
        return MISSING
    return Possible(outside or _partial(left) or _partial(right), numbers=numbers)


def _partial(one: Possible) -> bool:
    """Whether it can be something other than a number."""
    return bool(one.missing or one.anything or one.truths or one.texts != frozenset() or one.lists)
