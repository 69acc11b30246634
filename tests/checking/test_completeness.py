"""Cards that say all that others need to do the same."""

from __future__ import annotations

import pytest
from attrs import evolve

from compassion_protocols.catalog import bundled
from compassion_protocols.checking.completeness import check_completeness, completeness
from compassion_protocols.loading import load
from compassion_protocols.model.card import Dose, DoseSource, Revision, Status
from compassion_protocols.model.protocol import Protocol
from tests.checking.found import codes, whole

COMPLETE = {
    "materials": "[A cup]",
    "setting": "At the table.",
    "delivery": "Together.",
    "training": "Having led groups.",
    "fidelity": "[Each has spoken.]",
    "reviewers": "[A. Reader]",
    "reviewed_on": "2026-11-20",
    "next_review": "2027-11-20",
}


def reviewed(
    *unsaid: str,
    status: str = "reviewed",
    tier: int = 0,
    dose: str = "{minutes: 1, source: default, frequency: Once.}",
) -> str:
    """Write a protocol whose card says everything, but for what is taken out."""
    more = "".join(f", {key}: {said}" for key, said in COMPLETE.items() if key not in unsaid)
    more_care = ", not_for: [A bad day.], distress: [before, after]" if tier else ""
    return f"""
        card: {{why: A., dose: {dose}, sources: [{{cite: B}}], status: {status}{more}}}
        care: {{tier: {tier}{more_care}}}
        steps: [{{say: A}}]
    """


def missing(text: str) -> list[str]:
    """Name what a protocol does not say, by the key that would say it."""
    return [item.key for item in completeness(whole(text)) if not item.said]


@pytest.mark.parametrize("tier", [0, 1, 2])
def test_a_complete_card(tier: int) -> None:
    """Of a reviewed card that says everything nothing is asked."""
    assert codes(reviewed(tier=tier)) == []
    assert missing(reviewed(tier=tier)) == []


@pytest.mark.parametrize("key", ["materials", "setting", "delivery", "fidelity"])
def test_an_item_that_is_missing(key: str) -> None:
    """Each item that a reviewed card leaves out is found, with what to write."""
    [finding] = check_completeness(whole(reviewed(key)))
    assert finding.code == "CP730"
    assert f"Write {key}" in finding.remedy
    assert missing(reviewed(key)) == [key]


def test_how_often() -> None:
    """A reviewed card says how often, beside how long."""
    assert missing(reviewed(dose="{minutes: 1, source: default}")) == ["dose.frequency"]


def test_who_leads_it() -> None:
    """What someone who leads it should know is asked for where someone should lead it."""
    assert missing(reviewed("training", tier=1)) == []
    assert missing(reviewed("training", tier=2)) == ["training"]


@pytest.mark.parametrize(
    ("version", "told", "expected"),
    [
        ("1.0.0", (), []),
        ("1.1.0", (), ["revisions"]),
        ("1.1.0", ("1.0.1",), ["revisions"]),
        ("1.1.0", ("1.0.1", "1.1.0"), []),
    ],
)
def test_modifications(version: str, told: tuple[str, ...], expected: list[str]) -> None:
    """From the second version on, the card says what this one has changed."""
    protocol = evolve(whole(reviewed()), version=version)
    revisions = tuple(Revision(version=one, date="2026-11-20", what="A.") for one in told)
    changed = evolve(protocol, card=evolve(protocol.card, revisions=revisions))
    assert [item.key for item in completeness(changed) if not item.said] == expected


def test_a_review_is_by_someone_on_a_day() -> None:
    """A review without its people or days is one finding that names all that is missing."""
    [finding] = check_completeness(whole(reviewed("reviewers", "reviewed_on")))
    assert finding.code == "CP731"
    assert "not by whom or on which day." in finding.message


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_nothing_is_asked_of_others(status: str) -> None:
    """Of a draft, and of what is retired, nothing is asked."""
    assert codes(reviewed(*COMPLETE, status=status)) == []


def test_the_twelve_items() -> None:
    """There are the twelve items of TIDieR, in their order."""
    assert [item.number for item in completeness(whole(reviewed()))] == list(range(1, 13))


def as_reviewed(name: str) -> Protocol:
    """Give a shipped protocol as it would be if it claimed to be reviewed."""
    protocol = load(name).protocol
    return evolve(protocol, card=evolve(protocol.card, status=Status.REVIEWED))


@pytest.mark.parametrize("name", bundled().ids())
def test_shipped_cards(name: str) -> None:
    """A shipped card says every item, and lacks nothing of a review but the review itself."""
    assert [item.key for item in completeness(load(name).protocol) if not item.said] == []
    assert [finding.code for finding in check_completeness(as_reviewed(name))] == ["CP731"]


def test_a_shipped_card_would_be_missed() -> None:
    """If a shipped card left out how often, its review would be asked for that."""
    protocol = as_reviewed("three-breath-pause")
    silent = Dose(minutes=1, source=DoseSource.DEFAULT)
    found = check_completeness(evolve(protocol, card=evolve(protocol.card, dose=silent)))
    assert [finding.code for finding in found] == ["CP730", "CP731"]
