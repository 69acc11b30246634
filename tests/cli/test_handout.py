"""A printed page on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from compassion_protocols.authoring.paper.handout import handout
from compassion_protocols.authoring.paper.leaflet import Reader
from compassion_protocols.authoring.paper.leaflet_html import leaflet_as_html
from compassion_protocols.authoring.paper.leaflet_markdown import leaflet_as_markdown
from compassion_protocols.loading import load

if TYPE_CHECKING:
    from tests.cli.commands import Shell


def test_it_prints_a_page(shell: Shell) -> None:
    """It prints a participant's page as HTML, and nothing else."""
    done = shell("handout", "gratitude-two")
    assert (done.code, done.err) == (0, "")
    assert done.out == leaflet_as_html(handout(load("gratitude-two"), Reader.PARTICIPANT))


def test_the_other_page_and_form(shell: Shell) -> None:
    """A leader's page, Markdown and a country can be asked for."""
    words = ["--for", "facilitator", "--format", "md", "--locale", "en-GB"]
    page = handout(load("group-circle"), Reader.FACILITATOR, locale="en-GB")
    assert shell("handout", "group-circle", *words).out == leaflet_as_markdown(page)


def test_a_country_alone_has_its_help_lines(shell: Shell) -> None:
    """GB is as good as en-GB: the page says whom to call there."""
    page = shell("handout", "group-circle", "--locale", "GB").out
    assert "116 123" in page
    assert page == shell("handout", "group-circle", "--locale", "en-GB").out
    assert page != shell("handout", "group-circle").out


def test_as_data_it_says_what_it_is(shell: Shell) -> None:
    """As data it says of which protocol it is, for whom, and in which form."""
    data = json.loads(shell("handout", "grounding", "--format", "md", "--json").out)
    assert data["compassion_handout"] == 1
    assert (data["id"], data["for"], data["format"]) == ("grounding", "participant", "md")
    assert data["text"] == shell("handout", "grounding", "--format", "md").out


def test_of_a_screening_there_is_none(shell: Shell) -> None:
    """A page of a screening is refused, with the reason."""
    done = shell("handout", "couple-safety")
    assert done.code == 2
    assert done.out == ""
    assert "On paper somebody could find it" in done.err
