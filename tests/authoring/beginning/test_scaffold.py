"""A protocol to begin with."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
import yaml
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from compassion_protocols.authoring.beginning.scaffold import (
    FAMILIES,
    MOST_MINUTES,
    Outline,
    id_from_title,
    scaffold,
    title_from,
)
from compassion_protocols.authoring.schema.schema import language_schema
from compassion_protocols.catalog import Source, bundled
from compassion_protocols.loading import examine, load
from compassion_protocols.model.names import PROTOCOL_ID
from compassion_protocols.model.protocol import Audience, Family
from compassion_protocols.session.rehearse import rehearse
from tests.shipped import NAMES

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from compassion_protocols.loading import Examination

VALID = Draft7Validator(language_schema())


def shapes(audience: Audience) -> list[tuple[bool, bool, bool]]:
    """Every choice of a pause, turns and a question that an audience can have."""
    turns = (False,) if audience is Audience.INDIVIDUAL else (False, True)
    return list(product((False, True), turns, (False, True)))


SHAPES = [(audience, *shape) for audience in Audience for shape in shapes(audience)]


def outline(
    audience: Audience, pause: bool, turns: bool, question: bool, minutes: int | None = None
) -> Outline:
    """What somebody wants to begin with; as many minutes as usual if none are given."""
    usual = Outline(id="a-start", audience=audience, pause=pause, turns=turns, question=question)
    return usual if minutes is None else evolve(usual, minutes=minutes)


ONE = Outline(id="a-start")


def examined(text: str) -> Examination:
    """Everything that is found in a file."""
    return examine(Source("a-start.protocol.yaml", text.encode()), bundled())


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_it_has_no_findings(shape: tuple[Audience, bool, bool, bool]) -> None:
    """Whatever is wished for, on any shelf, short or long, there is not even a note."""
    usual = outline(*shape)
    for minutes, family in product((usual.least_minutes, usual.minutes, MOST_MINUTES), FAMILIES):
        wished = evolve(usual, minutes=minutes, family=family)
        assert examined(scaffold(wished)).findings == ()


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_it_plays_through(shape: tuple[Audience, bool, bool, bool], tmp_path: Path) -> None:
    """It plays itself through on its examples, with the fewest and with the most people."""
    path = tmp_path / "a-start.protocol.yaml"
    path.write_text(scaffold(outline(*shape)), "utf-8")
    plan = load(path)
    (seat,) = plan.protocol.seats
    for people in {seat.least, seat.most}:
        guide = "Zoe" if plan.protocol.care.tier >= 3 else None
        transcript = rehearse(plan, NAMES[:people], facilitator=guide)
        assert transcript.ended
        assert bool(transcript.lines) is any(shape[1:])


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_an_editor_finds_it_valid(shape: tuple[Audience, bool, bool, bool]) -> None:
    """It begins with the line for an editor, and is valid by the schema that this line names."""
    text = scaffold(outline(*shape))
    assert text.startswith("# yaml-language-server: $schema=protocol.schema.json\n")
    assert list(VALID.iter_errors(yaml.safe_load(text))) == []


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_minutes_are_about_right(shape: tuple[Audience, bool, bool, bool]) -> None:
    """The time that is held leaves room for the rest, and fills most of the minutes of the card."""
    people = {Audience.COUPLE: 2, Audience.FAMILY: 4, Audience.GROUP: 5}.get(shape[0], 1)
    for minutes in (outline(*shape).minutes, 60, MOST_MINUTES):
        protocol = examined(scaffold(outline(*shape, minutes))).protocol
        assert protocol is not None
        (held,) = (setting.default for setting in protocol.settings)
        assert isinstance(held, int)
        assert minutes * 60 / 4 < held * (people if shape[2] else 1) < minutes * 60


def test_each_audience_gets_the_care_that_it_calls_for() -> None:
    """Two are screened, a group is led, and one person alone needs neither."""
    protocols = {
        audience: examined(scaffold(outline(audience, *shapes(audience)[-1]))).protocol
        for audience in Audience
    }
    for audience, protocol in protocols.items():
        assert protocol is not None
        care = protocol.care
        assert protocol.audience == (audience,)
        assert bool(care.screen) is (audience is Audience.COUPLE)
        assert care.tier == {"individual": 0, "couple": 1, "family": 1, "group": 3}[audience]
        assert bool(care.distress) is (audience is not Audience.INDIVIDUAL)
        assert care.not_for
        assert care.before_you_start


@given(st.text(min_size=1, max_size=100), st.text(max_size=60))
def test_any_title_and_name_can_be_written(title: str, author: str) -> None:
    """Whatever it is called and whoever wrote it, the file says just that, and has no findings."""
    try:
        wished = evolve(ONE, title=title, author=author)
    except ValueError:
        assert not 0 < len(" ".join(title.split())) <= 80 or {"{", "}"} <= set(title)
        return
    found = examined(scaffold(wished))
    assert found.findings == ()
    assert found.protocol is not None
    assert found.protocol.title == wished.title
    assert found.protocol.card.authors == (wished.author or "Your name",)


@pytest.mark.parametrize("title", ["yes", "Null", "3", "a: b", "# a", "- a", "a #b", "“a”", "{{ a"])
def test_a_title_that_yaml_would_misread_stands_in_quotes(title: str) -> None:
    """A title that means something in YAML stays what it is, for us and for other readers."""
    text = scaffold(evolve(ONE, title=title))
    assert yaml.safe_load(text)["title"] == title


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"id": "A Start"}, "small letters"),
        ({"title": " \t"}, "80 characters"),
        ({"title": "a" * 81}, "80 characters"),
        ({"title": "For {{ you }}"}, "leave the braces out"),
        ({"family": Family.CARE}, "care shelf"),
        ({"turns": True, "minutes": 60}, "two people or more"),
        ({"minutes": 1}, "4 to 120 minutes"),
        ({"minutes": 121}, "4 to 120 minutes"),
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, Any], told: str) -> None:
    """What would not make a good file is refused, with what would."""
    with pytest.raises(ValueError, match=told):
        evolve(ONE, **change)


@given(st.text())
def test_an_id_is_made_of_any_title(title: str) -> None:
    """An id made of a title is one that a catalog can hold, or there is none."""
    made = id_from_title(title)
    assert not made or PROTOCOL_ID.fullmatch(made)
    assert id_from_title(title_from(made)) == made


def test_only_an_id_is_needed() -> None:
    """What nobody has wished for is as is usual for the audience."""
    couple = Outline(id="evening-talk", audience=Audience.COUPLE)
    assert (couple.title, couple.family, couple.turns) == ("Evening talk", "listening", True)
    assert couple.minutes >= couple.least_minutes
    assert ONE.turns is False
