"""Cards whose claims have sources."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.check import check
from tests.checking.found import KNOWN, codes, only, whole

SEED = '{seed: "000", quote: pause}'
CITE = "{cite: Gilbert 2010, doi: 10.1080/09658210444000115, relation: inspired_by, level: C}"


def card(sources: str = SEED, dose: str = "{minutes: 1, source: default}", more: str = "") -> str:
    """Write a protocol with this card."""
    return f"card: {{why: A., dose: {dose}, sources: [{sources}]{more}}}\nsteps: [{{say: A}}]"


@pytest.mark.parametrize("seed", ["000", "001", "002"])
def test_a_seed(seed: str) -> None:
    """There are three seeds."""
    assert codes(card(SEED.replace("000", seed))) == []


@pytest.mark.parametrize("seed", ["003", "0", "seed"])
def test_no_seed(seed: str) -> None:
    """Any other number is no seed."""
    assert codes(card(SEED.replace("000", seed))) == ["CP720"]


@pytest.mark.parametrize(
    ("doi", "expected"),
    [
        ("10.1080/09658210444000115", []),
        ("10.1002/(SICI)1097-4679(199905)", []),
        ("doi:10.1080/09658210444000115", ["CP722"]),
        ("https://doi.org/10.1080/0965", ["CP722"]),
        ("10.1080", ["CP722"]),
        ("10.1080/with blank", ["CP722"]),
    ],
)
def test_a_doi(doi: str, expected: list[str]) -> None:
    """A DOI begins with 10, has a slash, and nothing before it."""
    assert codes(card(f'{{cite: A, doi: "{doi}", relation: inspired_by, level: C}}')) == expected


def test_a_doi_with_its_host() -> None:
    """Where a DOI is hidden in an address, the remedy takes it out."""
    finding = only(
        card(CITE.replace("10.1080/09658210444000115", '"https://doi.org/10.1080/0965"'))
    )
    assert finding.remedy == "Write it without anything before it: 10.1080/0965"
    unknown = only(card(CITE.replace("10.1080/09658210444000115", "unknown")))
    assert "leave it out" in unknown.remedy


def test_a_citation_without_a_doi() -> None:
    """A source need not have a DOI."""
    assert codes(card("{cite: A book of 1995}")) == []


@pytest.mark.parametrize(
    ("source", "sources", "expected"),
    [
        ("default", SEED, []),
        ("seed", SEED, []),
        ("seed", CITE, ["CP721"]),
        ("seed", f"{CITE}, {SEED}", []),
        ("literature", CITE, []),
        ("literature", SEED, ["CP721"]),
    ],
)
def test_where_a_dose_comes_from(source: str, sources: str, expected: list[str]) -> None:
    """A dose from a seed or the literature has such a source on the card."""
    assert codes(card(sources, f"{{minutes: 1, source: {source}}}")) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [("0.5", []), ("1440", ["CP857"]), ("0", ["CP724"]), ("-3", ["CP724"]), ("1441", ["CP724"])],
)
def test_how_long_a_dose_is(minutes: str, expected: list[str]) -> None:
    """One sitting takes some time, and no more than a day."""
    assert codes(card(dose=f"{{minutes: {minutes}, source: default}}")) == expected


@pytest.mark.parametrize(
    ("said", "unsaid"),
    [
        ("", "how closely it is followed and what evidence it is"),
        (", relation: based_on", "nothing says what evidence it is"),
        (", level: C", "nothing says how closely it is followed"),
    ],
)
def test_what_a_citation_is_to_the_exercise(said: str, unsaid: str) -> None:
    """A citation with a DOI says how closely it is followed and what evidence it is."""
    finding = only(card(f"{{cite: A, doi: 10.1080/1{said}}}"))
    assert finding.code == "CP734"
    assert unsaid in finding.message
    assert finding.remedy.count("Write") == unsaid.count(" and ") + 1


@pytest.mark.parametrize(
    ("cite", "level", "expected"),
    [
        ("Gottman and Silver", "A", ["CP735"]),
        ("Gottman and Silver", "B", ["CP735"]),
        ("Gottman and Silver", "C", []),
        ("Gottman and Silver, page 2099999", "B", ["CP735"]),
        ("Gottman and Silver 1999", "B", []),
        ("Gottman and Silver, ISBN 0609805797", "B", []),
        ("A registered trial, NCT03332875", "A", []),
    ],
)
def test_evidence_that_can_be_looked_up(cite: str, level: str, expected: list[str]) -> None:
    """Who claims a trial gives a DOI, a year, or the number of a book or of the trial."""
    assert codes(card(f'{{cite: "{cite}", relation: inspired_by, level: {level}}}')) == expected


def test_evidence_with_a_doi() -> None:
    """A DOI is enough to look a trial up."""
    assert codes(card("{cite: A, doi: 10.1080/1, relation: inspired_by, level: A}")) == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("reviewed_on: 2026-11-20, next_review: 2027-11-20", []),
        ("reviewed_on: 2026-11-31", ["CP732"]),
        ("reviewed_on: 20261120", ["CP732"]),
        ("next_review: next year", ["CP732"]),
        ("reviewed_on: 2026-11-20, next_review: 2026-11-20", ["CP732"]),
        ("reviewed_on: 2026-11-20, next_review: 2025-11-20", ["CP732"]),
        ("revisions: [{version: 1.0.1, date: 2026-01-02, what: A.}]", []),
        ("revisions: [{version: 1.0.1, date: 2026-1-2, what: A.}]", ["CP732"]),
    ],
)
def test_days(more: str, expected: list[str]) -> None:
    """A day is written as year-month-day, and the next review comes after the last."""
    assert codes(card(more=f", {more}")) == expected


def test_practices() -> None:
    """A practice that is not known is found with the nearest, once practices are known."""
    protocol = whole(card(more=", practices: [reflective-listening, gratitude-too]"))
    assert check(protocol) == ()
    [finding] = check(protocol, known_practices=KNOWN["known_practices"])
    assert finding.code == "CP723"
    assert "Did you mean “gratitude-two”?" in finding.message
