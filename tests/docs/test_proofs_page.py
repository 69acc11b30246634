"""The page on the proofs has each of them, and says which findings are whose."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from compassion_protocols.checking.check import PROOFS
from tests.test_findings import found_in
from tests.test_proofs_matter import CHECKED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pytest

    from compassion_protocols.checking.check import Subject
    from compassion_protocols.findings import Finding

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "proofs.md"
ROWS = re.findall(r"^\| ([a-z ]+) \| .+ \| (.*CP.*) \|$", PAGE.read_text("utf-8"), re.MULTILINE)


def written_out(codes: str) -> set[str]:
    """Name every code of some ranges: “CP401–CP403, CP860”."""
    found = set()
    for first, last in re.findall(r"CP([0-9]{3})(?:–CP([0-9]{3}))?", codes):
        found.update([f"CP{number}" for number in range(int(first), int(last or first) + 1)])
    return found


def test_the_page_has_every_proof() -> None:
    """Each proof stands in the table once, under its own name and in the order of the code."""
    assert [name for name, _ in ROWS] == list(PROOFS)


def test_each_proof_finds_what_the_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example of each code is found by the proof in whose row the code stands, and no other."""
    code, found = "", {name: set[str]() for name in PROOFS}

    def noting(
        name: str, proof: Callable[[Subject], Iterable[Finding]]
    ) -> Callable[[Subject], Iterable[Finding]]:
        def proves(subject: Subject) -> Iterable[Finding]:
            findings = list(proof(subject))
            found[name] |= {code} & {finding.code for finding in findings}
            return findings

        return proves

    for name, proof in PROOFS.items():
        monkeypatch.setitem(PROOFS, name, noting(name, proof))
    for path in CHECKED:
        code = path.stem
        found_in(path)
    assert found == {name: written_out(codes) for name, codes in ROWS}
