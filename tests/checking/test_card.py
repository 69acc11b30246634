"""Cards whose claims have sources."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.check import check
from tests.checking.found import codes, only, whole

SEED = '{seed: "000", quote: pause}'
CITE = "{cite: Gilbert 2010, doi: 10.1080/09658210444000115}"


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
    assert codes(card(f'{{cite: A, doi: "{doi}"}}')) == expected


def test_a_doi_with_its_host() -> None:
    """Where a DOI is hidden in an address, the remedy takes it out."""
    finding = only(card('{cite: A, doi: "https://doi.org/10.1080/0965"}'))
    assert finding.remedy == "Write it without anything before it: 10.1080/0965"
    assert "leave it out" in only(card("{cite: A, doi: unknown}")).remedy


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
    [("0.5", []), ("1440", []), ("0", ["CP724"]), ("-3", ["CP724"]), ("1441", ["CP724"])],
)
def test_how_long_a_dose_is(minutes: str, expected: list[str]) -> None:
    """One sitting takes some time, and no more than a day."""
    assert codes(card(dose=f"{{minutes: {minutes}, source: default}}")) == expected


def test_practices() -> None:
    """A practice that is not known is found with the nearest, once practices are known."""
    protocol = whole(card(more=", practices: [three-breath-pause, gratitude-too]"))
    assert check(protocol) == ()
    known = ("three-breath-pause", "gratitude-two")
    [finding] = check(protocol, known_practices=known)
    assert finding.code == "CP723"
    assert "Did you mean “gratitude-two”?" in finding.message
