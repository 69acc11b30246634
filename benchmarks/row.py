"""A row of the table, and how it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from benchmarks.interleave import ratio

if TYPE_CHECKING:
    from collections.abc import Callable

HEADING = f"{'':<52} {'measured':>9} {'bound':>7} {'goal':>7}"


@frozen
class Row:
    """What is measured, the bound it should keep, the goal beyond it, and how to measure it."""

    what: str
    bound: float
    goal: float | None
    measure: Callable[[], float]
    more_is_better: bool = False

    def line(self) -> str:
        """Measure, and write the row."""
        found = self.measure()
        goal = "" if self.goal is None else f"{self.goal:.2f}"
        return f"{self.what:<52} {found:>9.2f} {self.bound:>7.2f} {goal:>7}  {self._said_of(found)}"

    def _said_of(self, found: float) -> str:
        if self.goal is not None and self._keeps(found, self.goal):
            return "goal"
        return "kept" if self._keeps(found, self.bound) else "NOT KEPT"

    def _keeps(self, found: float, bound: float) -> bool:
        return found >= bound if self.more_is_better else found <= bound


def times(ours: Callable[[], object], theirs: Callable[[], object]) -> Callable[[], float]:
    """Measure one thing beside another, when the row's turn comes."""
    return lambda: ratio(ours, theirs)
