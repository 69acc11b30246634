"""Who takes part, and with what settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compassion_protocols.cli.people import (
    EXAMPLE_NAMES,
    Misuse,
    fill_with_examples,
    parse_people,
)
from compassion_protocols.cli.settings import parse_settings
from compassion_protocols.loading import load
from tests.plans import protocol_of

if TYPE_CHECKING:
    from compassion_protocols.model.protocol import Protocol

TWO_ROLES = """
roles:
  parent: {people: 1-2}
  child: {people: 1}
steps:
  - say: Hello.
"""
SETTINGS = """
settings:
  rounds: {number: 3, label: Rounds}
  length: {duration: 3m, label: Length}
  place: {text: here, label: Place}
  quiet: {yes_no: no, label: Quiet}
  mood: {choice: [calm, lively], label: Mood}
  cards: {list: [rest, play], label: Cards}
steps:
  - say: Hello.
"""


@pytest.fixture
def couple() -> Protocol:
    """Give a protocol for two partners."""
    return load("gratitude-two").protocol


def test_names_stand_behind_their_role(couple: Protocol) -> None:
    """Names come with commas, behind their role or alone, in one option or several."""
    for given in (["partner=Ana,Ben"], ["Ana, Ben"], ["Ana", "partner= Ben "]):
        assert parse_people(couple, given) == {"partner": ["Ana", "Ben"]}


def test_several_roles_are_named() -> None:
    """Where there are several roles, names alone do not say enough."""
    protocol = protocol_of(TWO_ROLES)
    assert parse_people(protocol, ["child=Mia", "parent=Ana"]) == {
        "child": ["Mia"],
        "parent": ["Ana"],
    }
    with pytest.raises(Misuse, match="parent and child"):
        parse_people(protocol, ["Ana"])


def test_examples_fill_what_is_missing() -> None:
    """Roles that nobody was named for get as few example names as it takes, none twice."""
    protocol = protocol_of(TWO_ROLES)
    assert fill_with_examples(protocol, {"child": ["Ana"]}) == {"child": ["Ana"], "parent": ["Ben"]}
    circle = load("group-circle").protocol
    assert fill_with_examples(circle, {}) == {"member": ["Ana", "Ben", "Cleo"]}
    assert len(set(EXAMPLE_NAMES)) == 12


def test_settings_are_typed() -> None:
    """A setting is read in the type of its default; what cannot be is left to the session."""
    given = [
        *("rounds=5", "length=90s", "place = at home ", "quiet=yes", "mood=lively"),
        "cards=rest; a long walk",
    ]
    assert parse_settings(protocol_of(SETTINGS), given) == {
        "rounds": 5,
        "length": "90s",
        "place": "at home",
        "quiet": True,
        "mood": "lively",
        "cards": ("rest", "a long walk"),
    }
    odd = parse_settings(protocol_of(SETTINGS), ["rounds=2.5", "quiet=perhaps", "other=1"])
    assert odd == {"rounds": 2.5, "quiet": "perhaps", "other": "1"}
    assert parse_settings(protocol_of(SETTINGS), ["rounds=many"]) == {"rounds": "many"}
