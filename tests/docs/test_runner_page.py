"""The runner's reference says what the runner does."""

from __future__ import annotations

import re
from pathlib import Path

from attrs import fields

import compassion_protocols
from compassion_protocols import CompassionError
from compassion_protocols.session.effects import EFFECTS
from compassion_protocols.session.events import KINDS
from compassion_protocols.session.table import COLUMNS, TABLE, Verdict
from compassion_protocols.session.view import Input, Pace, Timer, View

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "runner.md"
TEXT = PAGE.read_text("utf-8")
SAID = {
    "done": Verdict.DO,
    "own lane": Verdict.OWN_LANE,
    "nothing": Verdict.NOTHING,
    "refused": Verdict.REFUSE,
}


def rows_below(line: str) -> list[list[str]]:
    """Give the cells of the table below a line, without its heading."""
    table = re.match(r"(?:\|.*\n)+", TEXT.partition(line)[2].lstrip("\n"))
    assert table
    lines = table[0].splitlines()
    return [[cell.strip(" `") for cell in row.strip("|").split("|")] for row in lines]


def test_the_table_of_events_is_the_runners() -> None:
    """The page's table of events is that of the state machine, event by event."""
    [heading, _, *rows] = rows_below("<!-- the table of session/table.py -->")
    assert heading == ["event", "open", "paused", "in care", "ended"]
    assert [status.value for status in COLUMNS] == ["open", "paused", "care", "ended"]
    said = {event: dict(zip(COLUMNS, (SAID[cell] for cell in row), strict=True))
            for event, *row in rows}  # fmt: skip
    assert said == {event.__name__: verdicts for event, verdicts in TABLE.items()}


def said_fields(line: str) -> dict[str, set[str]]:
    """Give what the table below a line says each class has beside the others."""
    [_, _, *rows] = rows_below(line)
    return {name: set(re.findall(r"\w+", more)) for name, more, _ in rows}


def test_events_have_these_fields() -> None:
    """Each event is on the page, with the fields that only some have."""
    own = {cls.__name__: {f.name for f in fields(cls)} - {"by", "at"} for cls in KINDS.values()}
    assert said_fields("never from a request's body.") == own


def test_effects_have_these_fields() -> None:
    """Each effect is on the page, with the fields that only some have."""
    own = {cls.__name__: {f.name for f in fields(cls)} - {"to"} for cls in EFFECTS.values()}
    assert said_fields("compare the `etag` of everyone's view.") == own


def test_a_view_has_these_fields() -> None:
    """Every field of a view, of its input, its timer and its pace is on the page."""
    names = {field.name for cls in (View, Input, Timer, Pace) for field in fields(cls)}
    assert {name for name in names if f"`{name}`" not in TEXT} == set()


def test_every_public_name_is_on_the_page() -> None:
    """Every public name of the package is explained on a page of the reference."""
    pages = "".join(path.read_text("utf-8") for path in PAGE.parent.glob("*.md"))
    missing = {name for name in compassion_protocols.__all__ if not re.search(rf"`{name}\b", pages)}
    assert missing == set()


def test_every_error_is_on_the_page() -> None:
    """Every public error is in the table of errors."""
    table = TEXT.partition("## Errors")[2]
    errors = [
        name
        for name in compassion_protocols.__all__
        if isinstance(found := getattr(compassion_protocols, name), type)
        and issubclass(found, CompassionError)
    ]
    assert [name for name in errors if f"`{name}`" not in table] == []
