"""What names mean on paper."""

from __future__ import annotations

import pytest

from compassion_protocols.authoring.paper.nouns import Noun
from compassion_protocols.language.condition import parse_condition
from compassion_protocols.language.values import NOTHING
from tests.authoring.paper.papers import PAPER


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("speaker", "the speaker"),
        ("floor_time", "3 minutes"),
        ("rounds", "2"),
        ("somebody_else", "somebody else"),
        ("a-protocol/1.by_when", "by when"),
    ],
)
def test_every_name_has_words(name: str, words: str) -> None:
    """A noun has its own words, a setting its value, and any other name is spoken."""
    assert PAPER.noun(name).words == words


def test_a_setting_has_a_value_and_a_noun_has_none() -> None:
    """Only what is known beforehand has a value."""
    assert PAPER.value("rounds") == 2
    assert PAPER.value("speaker") == PAPER.value("unheard_of") == NOTHING


@pytest.mark.parametrize(
    ("condition", "known"),
    [("rounds > 1", True), ("rounds > 1 and sure", False), ("unheard_of", False)],
)
def test_it_is_known_where_all_that_is_read_is(condition: str, known: bool) -> None:
    """One name without a value is enough, and nothing can be known."""
    assert PAPER.is_known(parse_condition(condition).expression) is known


def test_more_names_leave_a_paper_as_it_was() -> None:
    """Within a loop a paper knows more; outside nothing has changed."""
    more = PAPER.knowing({"item": Noun("this item")})
    assert (more.noun("item").words, more.noun("speaker").words) == ("this item", "the speaker")
    assert "item" not in PAPER.names
