"""A protocol as a printed page."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.authoring.paper.care import ANY_TIME, TOO_MUCH
from compassion_protocols.authoring.paper.handout import handout
from compassion_protocols.authoring.paper.leaflet import Reader
from compassion_protocols.authoring.paper.leaflet_html import leaflet_as_html
from compassion_protocols.authoring.paper.leaflet_markdown import leaflet_as_markdown
from compassion_protocols.catalog import bundled
from compassion_protocols.loading import load
from compassion_protocols.model.adaptation import Adaptation, Adapted
from compassion_protocols.session.lines import HELP_LINE
from compassion_protocols.testing.samples import Data
from compassion_protocols.testing.strategies import as_yaml, protocols
from tests.authoring.paper.test_steps import said

if TYPE_CHECKING:
    from compassion_protocols.authoring.paper.leaflet import Leaflet

SCREENINGS = {"couple-safety"}
SHIPPED = [name for name in bundled().ids() if name not in SCREENINGS]


def chapter(leaflet: Leaflet, kind: str) -> str:
    """Everything that a chapter says outside its steps; nothing if it is not there."""
    found = [each for each in leaflet.chapters if each.kind == kind]
    return " ".join(said(section) for each in found for section in each.sections)


def words(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("name", SHIPPED)
def test_care_stands_on_every_page(name: str, reader: Reader) -> None:
    """Every page says that anything may be left out, whom it is not for, and where help is."""
    plan = load(name)
    leaflet = handout(plan, reader, locale="en-GB")
    text = " ".join(chapter(leaflet, kind) for kind in ("before", "care"))
    assert words(ANY_TIME) in text
    assert HELP_LINE in text
    assert "nobody has checked this yet" in text
    assert "Samaritans" in text
    for line in plan.protocol.care.not_for:
        assert words(line) in words(chapter(leaflet, "not-for"))
    assert len([each for each in leaflet.chapters if each.kind == "steps"]) == 1


def test_help_is_that_of_the_readers_country() -> None:
    """Without a country only the ways that are for anywhere are told, and never another's."""
    plan = load("three-breath-pause")
    text = chapter(handout(plan, Reader.PARTICIPANT), "care")
    assert "Samaritans" not in text
    assert "Find A Helpline" in text


def test_a_participants_page() -> None:
    """A participant's page has why, what to know before, the steps, and where it comes from."""
    leaflet = handout(load("need-inventory"), Reader.PARTICIPANT)
    kinds = [each.kind for each in leaflet.chapters]
    assert kinds == ["why", "not-for", "before", "care", "steps", "after", "sources"]
    assert leaflet.about.startswith("For 2 people · about 35 minutes · About once a month")
    before = chapter(leaflet, "before")
    assert "First each person answers a few questions alone" in before
    assert "A calendar you both use" in before
    assert "some questions come more than once" in before
    assert "At 8 or more, leave this for another day." in before
    assert words(TOO_MUCH) in chapter(leaflet, "care")
    assert "At 7 or more, or 3 more than before" in chapter(leaflet, "after")
    sources = chapter(leaflet, "sources")
    assert "Article 000: “enumerates concrete needs”" in sources
    assert "Rosenberg, Nonviolent Communication (inspired by; evidence C)" in sources
    assert "need-inventory 1." in sources


def test_a_leaders_page() -> None:
    """A leader's page has the frame, and what to do when it gets to be too much for someone."""
    leaflet = handout(load("group-circle"), Reader.FACILITATOR)
    kinds = [each.kind for each in leaflet.chapters]
    assert kinds[:5] == ["why", "frame", "not-for", "before", "steps"]
    frame = chapter(leaflet, "frame")
    assert "you lead it, and you look after everyone" in frame
    assert "member: 3 to 12" in frame
    assert "Time each member has the floor: 2 minutes" in frame
    assert "With 3: 20 to" in frame
    assert "With 12: 56 to" in frame
    care = chapter(leaflet, "care")
    assert "Sit with that person outside" in care
    assert "Five things you can see." in care
    assert "nobody has validated them" in care
    alone = chapter(handout(load("need-inventory"), Reader.FACILITATOR), "care")
    assert "Stop the exercise for everyone." in alone


def test_one_person_is_not_told_of_others() -> None:
    """A page for one person says nothing of others who wait or read."""
    leaflet = handout(load("compassionate-letter"), Reader.PARTICIPANT)
    assert leaflet.about.startswith("For one person")
    text = leaflet_as_markdown(leaflet)
    assert "nobody asks for it" not in text
    assert "break for everyone" not in text


def test_a_screening_has_no_page() -> None:
    """Of a screening there is no page: somebody could find it."""
    with pytest.raises(ValueError, match="On paper somebody could find it"):
        handout(load("couple-safety"), Reader.PARTICIPANT)


def test_a_role_of_one_at_a_time_is_told(tmp_path: Path) -> None:
    """A leader is told of roles that one person has at a time, and of settings that may be set."""
    path = tmp_path / "drawn.protocol.yaml"
    path.write_text(
        "compassion_protocol: 1\nid: drawn\nversion: 1.0.0\ntitle: Drawn\nsummary: S.\n"
        "family: rituals\naudience: couple\n"
        "card: {why: W., dose: {minutes: 1, source: default}, sources: [{cite: A}]}\n"
        "care: {tier: 0}\nroles: {partner: {people: 2}, stone_holder: {one_of: partner}}\n"
        "steps: [{speak: 'Tell, {{ stone_holder }}.', who: stone_holder, for: 20s, "
        "uneven: One stone.}]\n",
        "utf-8",
    )
    leaflet = handout(load(path), Reader.FACILITATOR)
    assert "stone holder: one partner at a time" in chapter(leaflet, "frame")
    assert leaflet.about == "For 2 people · about 1 minute"


def test_what_was_adapted_stands_with_the_sources() -> None:
    """Who adapted a protocol, when and why, stands where it comes from; so do its training and
    what one can tell it was done by, for whoever leads.
    """
    plan = load("group-circle")
    protocol = plan.protocol
    adapted = Adapted(by=("Ida", "Noor"), on="2030-01-31", why="For shorter evenings.")
    card = evolve(protocol.card, training="Has led one before.", fidelity=("All had the floor.",))
    protocol = evolve(
        protocol,
        card=card,
        adaptation=Adaptation(base="group-circle", base_version="1.0.0", adapted=adapted),
    )
    leaflet = handout(evolve(plan, protocol=protocol), Reader.FACILITATOR)
    assert (
        "Adapted from group-circle 1.0.0 by Ida and Noor, on 2030-01-31: For shorter evenings."
        in chapter(leaflet, "sources")
    )
    assert "What you bring: Has led one before." in chapter(leaflet, "frame")
    assert chapter(leaflet, "fidelity") == "All had the floor."


@given(protocols(), st.sampled_from(Reader))
def test_any_clean_protocol_has_a_page(data: Data, reader: Reader) -> None:
    """Any clean protocol has a page in both forms, always the same one, with help on it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.protocol.yaml"
        path.write_bytes(as_yaml(data))
        plan = load(path)
    leaflet = handout(plan, reader)
    assert handout(plan, reader) == leaflet
    assert HELP_LINE in leaflet_as_html(leaflet)
    assert HELP_LINE in leaflet_as_markdown(leaflet)
