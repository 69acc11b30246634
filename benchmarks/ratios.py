"""The table: what this library costs, beside what the same work costs otherwise.

    python -m benchmarks.ratios                  all rows but the last group
    python -m benchmarks.ratios events growth    some groups of rows
    python -m benchmarks.ratios installed        in a fresh environment; installs the wheel into it

Every figure is a quotient of two things measured in turns in one process, or of
two sizes. “Bound” is what it should keep to; “goal” is about what a sketch of
this design reached that had none of its roles, privacy and findings.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import yaml

from benchmarks import exercise, keeping, processes
from benchmarks.exercise import FRIEND, HEAVY, ME, START, WORDS, Turn
from benchmarks.interleave import fastest, ratio
from benchmarks.rendering import SANDBOX, a_render, rendering
from benchmarks.row import HEADING, Row, times
from compassion_protocols import Answer, Continue, bundled, examine
from compassion_protocols.catalog import Source
from compassion_protocols.language.template import parse_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compassion_protocols import Event

# reading


def reading() -> Iterator[Row]:
    """From bytes to a checked protocol."""
    data, shelf = exercise.WORKLOAD.read_bytes(), bundled()
    one = Source("workload", data)
    hundred = [
        Source(f"workload-{number}", data.replace(b"Evening walk", b"Walk %d" % number))
        for number in range(100)
    ]
    yield Row(
        "read, link and prove a file, of composing it",
        3,
        1.7,
        times(lambda: examine(one, shelf), lambda: yaml.compose(data, Loader=yaml.CSafeLoader)),
    )
    yield Row(
        "each further template, of parsing it",
        1.5,
        1.15,
        times(
            lambda: parse_template(exercise.REAL_TEMPLATE),
            lambda: SANDBOX.parse(exercise.REAL_TEMPLATE),
        ),
    )
    yield Row(
        "100 files, of 100 times one",
        1.15,
        None,
        times(
            lambda: [examine(other, shelf) for other in hundred],
            lambda: [examine(one, shelf) for _ in hundred],
        ),
    )


# events


def events() -> Iterator[Row]:
    """An event, validated, with its person's next view."""
    turns = exercise.turns(exercise.workload())
    page = turns[0]
    yield Row(
        "an event, next page of names, of rendering it", 0.8, 0.5, times(page.happen, a_render())
    )
    yield Row(
        "an event of the workload, of the same",
        0.8,
        0.5,
        lambda: ratio(lambda: happen(turns), a_render()) / len(turns),
    )
    rendered = rendering(exercise.REAL_TEMPLATE, you=ME, friend=FRIEND, heavy=HEAVY, words=WORDS)
    last = to_the_real_template()
    yield Row(
        "an event, next page a real template, of the same", 1.2, 0.7, times(last.happen, rendered)
    )


def happen(turns: list[Turn]) -> None:
    """Every event of a script, each from the state that it finds."""
    for turn in turns:
        turn.happen()


def to_the_real_template() -> Turn:
    """The event after which the real template is shown."""
    script = (
        Answer(by=ME, token="1.0", value=HEAVY, at=START),
        Answer(by=ME, token="2.0", value=list(WORDS), at=START),
        Continue(by=ME, token="3.0", at=START),
    )
    return exercise.turns(exercise.plan_of(exercise.template_page()), script)[-1]


# growth


def growth() -> Iterator[Row]:
    """What must not grow with the length of things, and what may with the number of people."""
    short, long = tenth_page(20), tenth_page(2_000)
    yield Row("an event of 2,000 steps, of 20", 1.2, None, times(long.happen, short.happen))
    first, late = nth_answer(1), nth_answer(4_999)
    yield Row("the 4,999th event, of the first", 1.2, None, times(late.happen, first.happen))
    page, crowd = short, twelve_on_a_page()
    yield Row(
        "12 people, an event and all their views, of one's",
        12,
        None,
        lambda: ratio(lambda: happen(crowd), page.happen) / len(crowd),
    )


def tenth_page(steps: int) -> Turn:
    """Ten pages into a protocol of so many."""
    script = [Continue(by=ME, token=f"{page}.0", at=START) for page in range(1, 11)]
    return exercise.turns(exercise.plan_of(exercise.pages(steps)), script)[-1]


def nth_answer(number: int) -> Turn:
    """The event that gives the answer of this number, in a session that only asks."""
    session = exercise.started(plan := exercise.plan_of(exercise.rounds(50)))
    for count in range(1, number):
        session.receive(_answer(count))
    return Turn(plan, session.state, _answer(number))


def _answer(number: int) -> Event:
    value = "Gently." if number % 2 else 5
    return Answer(by=ME, token=f"{number}.0", value=value, at=START)


def twelve_on_a_page() -> list[Turn]:
    """Twelve people who turn a page together, one after the other."""
    people = tuple([f"{ME} {number}" for number in range(12)])
    script = [Continue(by=person, token="1.0", at=START) for person in people]
    return exercise.turns(exercise.plan_of(exercise.together(12)), script, people)


GROUPS: dict[str, Callable[[], Iterator[Row]]] = {
    "processes": processes.rows,
    "reading": reading,
    "events": events,
    "growth": growth,
    "keeping": keeping.snapshots,
    "memory": keeping.memory,
    "stores": keeping.stores,
}
"""Every group of rows that needs nothing but this library and its own dependencies."""

GROUPS_ON_REQUEST = {"installed": processes.installed_rows}


def main(wanted: list[str]) -> None:
    """Measure and print."""
    groups = GROUPS | GROUPS_ON_REQUEST
    print(HEADING)
    for name in wanted or GROUPS:
        for row in groups[name]():
            print(row.line(), flush=True)
    print(f"(A sandboxed render of a page of names takes {fastest(a_render()) * 1e6:.1f} µs here.)")


if __name__ == "__main__":
    main(sys.argv[1:])
