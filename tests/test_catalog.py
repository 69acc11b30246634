"""The catalog: what there is, and the file of an id."""

from __future__ import annotations

from pathlib import Path

import pytest

from compassion_protocols import Catalog, ProtocolNotFound, bundled, find_source, load
from compassion_protocols.model.instruments import Licence


def test_an_unknown_id_names_the_nearest() -> None:
    """An id that is not there is answered with the one that is nearest."""
    with pytest.raises(ProtocolNotFound, match="Did you mean “three-breath-pause”"):
        load("three-breaths-pause")


@pytest.mark.parametrize("name", ["../care/grounding", "/etc/passwd\x00", "", "a" * 5000, "care"])
def test_an_id_is_never_a_way_into_the_folders(name: str) -> None:
    """What is neither an id nor a file is not found, whatever it holds."""
    with pytest.raises(ProtocolNotFound):
        find_source(name, bundled())


def test_every_bundled_protocol_is_listed_with_its_title() -> None:
    """The entries of the catalog carry id, title, summary and family of every protocol."""
    entries = list(bundled().entries())
    assert sorted(entry.id for entry in entries) == list(bundled().ids())
    assert all(entry.title and entry.summary and entry.family for entry in entries)


def test_the_practices_and_their_carriers() -> None:
    """The catalog says which protocols carry each practice, and which nobody carries yet."""
    carriers = bundled().carriers()
    practices = bundled().practices()
    assert practices is not None
    assert len(practices) == 96
    assert set(carriers) == set(practices)
    assert carriers["reflective-listening"] == ("structured-empathy-exchange",)
    assert carriers["need-without-attack"] == ("need-inventory", "specific-feeling-statement")
    assert carriers["body-scan"] == ()


def test_the_instruments() -> None:
    """The catalog lists instruments; each says what one must do, and its DOI is one if there is."""
    instruments = bundled().instruments()
    assert instruments is not None
    assert {one.licence for one in instruments.values()} == set(Licence)
    assert all(one.name and one.why and one.to_do for one in instruments.values())
    assert all(one.doi.startswith("10.") for one in instruments.values() if one.doi)


def test_a_file_that_is_no_protocol_carries_nothing(tmp_path: Path) -> None:
    """Of a file that cannot be made out at all, no practice is known."""
    (tmp_path / "empty.protocol.yaml").write_text("", "utf-8")
    assert Catalog(tmp_path).carriers() == {}


def test_an_id_like_no_other_is_told_where_to_look() -> None:
    """Where no id is near, the error says what lists them; for a path it does not."""
    with pytest.raises(ProtocolNotFound, match="list` says what there is"):
        find_source("qqqq", bundled())
    with pytest.raises(ProtocolNotFound, match=r"no such file\.$"):
        find_source("qqqq.protocol.yaml", bundled())
