"""What someone might answer: what is asked for, and what nobody would expect.

An answer is drawn for the input that a view shows, in one *temper*: someone who
keeps to the examples, someone who always takes the least or the most, someone
who is different every time. Tempers make it likely that several people's answers
go together, and so reach what only opens if they do.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from compassion_protocols.authoring.scripts.script import Exactly

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from compassion_protocols.authoring.scripts.script import Written
    from compassion_protocols.session.view import Input


class Temper(StrEnum):
    """How someone answers."""

    EXAMPLE = "example"
    LEAST = "least"
    MOST = "most"
    VARIED = "varied"


WORDS = (
    "A walk in the rain",
    "no",
    "I do not know. Perhaps both? Ask me tomorrow!",
    "**bold** _quiet_ <b>tag</b> & [link](x)",
    "{{ you }} {% if x %}",
    "Ça va, 你好, אני, 👩‍👩‍👧",
    "line one\nline two\n\n- three",
    "“You always forget”, and I feel alone",
)

ODD: tuple[object, ...] = (
    None, True, False, 0, -1, 4, 2.5, 1e300, "", "   ", "yes", "1", "\u202e", [], ["1"], ["", None],
    [["a"]], {}, {"what": "a", "by_when": "x"}, "x" * 10_001, ["a"] * 60, "2030-02-30", "25:00",
)  # fmt: skip
"""What no question asks for, or hardly any."""


_MANY = 100


class Answering:
    """Draws answers; ``marks`` counts the marks that texts have been given so far."""

    __slots__ = ("chance", "marks", "now")

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.marks = 0
        self.now = 0.0

    def odd(self) -> Exactly:
        """An answer that probably has a wrong shape."""
        return Exactly(self.chance.choice(ODD))

    def value(self, wanted: Input, temper: Temper) -> object:
        """An answer as plain JSON data."""
        if temper is Temper.EXAMPLE and wanted.example is not None:
            return wanted.example
        draw = _DRAW.get(wanted.type)
        return self.text(wanted, temper) if draw is None else draw(self, wanted, temper)

    def marked(self, text: str) -> str:
        """A text with a mark by which it is known again."""
        self.marks += 1
        return f"{text} zq{self.marks}qz"

    def text(self, wanted: Input, temper: Temper) -> object:
        if temper is not Temper.VARIED and isinstance(wanted.example, str):
            return self.marked(wanted.example)
        return self.marked(self.chance.choice(WORDS))

    def yes_no(self, wanted: Input, temper: Temper) -> object:
        return self._one((False, True), temper)

    def number(self, wanted: Input, temper: Temper) -> object:
        least = int(wanted.limits.get("min", 0))
        most = int(wanted.limits.get("max", least + 10))
        between = (
            range(least, most + 1)
            if most - least < _MANY
            else (least, self.chance.randint(least, most), most)
        )
        return self._one(tuple(between), temper)

    def choice(self, wanted: Input, temper: Temper) -> object:
        options = tuple([option.value for option in wanted.options])
        return self._one(options, temper) if options else "none"

    def choices(self, wanted: Input, temper: Temper) -> object:
        options = [option.value for option in wanted.options]
        own = [self.marked("own") for _ in range(int(wanted.limits.get("own", 0)))]
        offered = options + own
        least = int(wanted.limits.get("min", 0))
        most = min(int(wanted.limits.get("max", len(offered))), len(offered))
        count = self._one(tuple(range(min(least, most), most + 1)), temper)
        return self._some(offered, count, temper)

    def rank(self, wanted: Input, temper: Temper) -> object:
        options = [option.value for option in wanted.options]
        return self._some(options, len(options), temper)

    def list_of(self, wanted: Input, temper: Temper) -> object:
        least = int(wanted.limits.get("min", 0))
        most = int(wanted.limits.get("max", max(least, 4)))
        count = self._one(tuple(range(least, max(least, most) + 1)), temper)
        return [self.marked(self.chance.choice(WORDS[:3])) for _ in range(count)]

    def date(self, wanted: Input, temper: Temper) -> object:
        today = dt.datetime.fromtimestamp(self.now, dt.UTC).date()
        days = self._one((0, 1, 3, 14, 400), temper)
        return (today + dt.timedelta(days)).isoformat()

    def time(self, wanted: Input, temper: Temper) -> object:
        soon = dt.datetime.fromtimestamp(self.now + 300, dt.UTC).strftime("%H:%M")
        return self._one(("00:00", soon, "18:30", "23:59"), temper)

    def form(self, wanted: Input, temper: Temper) -> object:
        example = wanted.example if isinstance(wanted.example, dict) else {}
        if temper is Temper.EXAMPLE:
            temper = Temper.VARIED
        values: dict[str, object] = {}
        for name, inner in wanted.fields:
            of_example = name in example and self.chance.random() < 0.3
            values[name] = example[name] if of_example else self.value(inner, temper)
        return values

    def _one(self, of: tuple[Any, ...], temper: Temper) -> Any:  # noqa: ANN401  # one of what comes
        if temper is Temper.LEAST:
            return of[0]
        return of[-1] if temper is Temper.MOST else self.chance.choice(of)

    def _some(self, of: list[str], count: int, temper: Temper) -> list[str]:
        return of[:count] if temper is Temper.LEAST else self.chance.sample(of, count)


_DRAW: dict[str, Callable[[Answering, Input, Temper], object]] = {
    "yes_no": Answering.yes_no,
    "number": Answering.number,
    "scale": Answering.number,
    "choice": Answering.choice,
    "person": Answering.choice,
    "choices": Answering.choices,
    "rank": Answering.rank,
    "list": Answering.list_of,
    "date": Answering.date,
    "time": Answering.time,
    "form": Answering.form,
}


def written(value: object) -> Written | Exactly:
    """A raw answer as a script says it: in words, where words say the same."""
    if isinstance(value, str) and value.isprintable() and value:
        return value
    return Exactly(value)
