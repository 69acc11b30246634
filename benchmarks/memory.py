"""How many bytes a thing takes that is made anew, without what it shares with others."""

from __future__ import annotations

import gc
import tracemalloc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MANY = 200


def bytes_each(make: Callable[[int], object]) -> float:
    """The bytes of each of many things; ``make`` is handed a number, so that names can differ."""
    make(0)  # what is made once for all is there before the counting begins
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    kept = [make(number) for number in range(1, MANY + 1)]
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (after - before) / len(kept)
