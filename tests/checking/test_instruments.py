"""Questionnaires, and what their owners allow."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.check import check
from tests.checking.found import known_codes, known_findings, whole

ITEMS = "items: {list: [A], label: Items}"


def asking(name: str, settings: str = "", tier: int = 0) -> str:
    """Write a protocol that asks an instrument."""
    more = ", not_for: [A bad day.], distress: [before, after]" if tier else ""
    return f"""
        card:
          why: A.
          dose: {{minutes: 1, source: default}}
          sources: [{{cite: B}}]
          instruments: [{name}]
        care: {{tier: {tier}{more}}}
        settings: {{{settings}}}
        steps: [{{say: A, note: B}}]
    """


def test_an_embeddable_one() -> None:
    """What may stand in a protocol is asked without a word."""
    assert known_codes(asking("distress")) == []


def test_an_unknown_one() -> None:
    """An instrument that the registry does not list is found, with the nearest that it has."""
    [finding] = known_findings(asking("panas-y"))
    assert finding.code == "CP740"
    assert "Did you mean “panas-x”?" in finding.message


def test_nobody_has_looked() -> None:
    """Where no registry is known, nothing is said of any instrument."""
    assert check(whole(asking("panas-y"))) == ()


@pytest.mark.parametrize("name", ["panas", "panas-x", "gottman-worksheets"])
def test_one_that_is_not_free(name: str) -> None:
    """An instrument that may only be named is found, with what its owner allows."""
    [finding] = known_findings(asking(name, ITEMS))
    assert finding.code == "CP741"
    assert "Name" in finding.remedy


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", ["CP742"]),
        ("rounds: {number: 2, label: Rounds}", ["CP742"]),
        (ITEMS, []),
        ("items: {text: A, label: Item}", []),
    ],
)
def test_words_that_a_host_brings(settings: str, expected: list[str]) -> None:
    """A plug-in needs a list or a text that its host can bring."""
    assert known_codes(asking("scs-sf", settings)) == expected


@pytest.mark.parametrize(("tier", "expected"), [(0, ["CP743"]), (2, ["CP743"]), (3, [])])
def test_a_question_on_which_someone_must_act(tier: int, expected: list[str]) -> None:
    """An instrument that obliges someone is asked only where a facilitator leads."""
    assert known_codes(asking("phq-9", tier=tier)) == expected
