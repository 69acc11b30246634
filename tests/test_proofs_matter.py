"""Each proof of the checker is needed: without it, some mistake is no longer found."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.check import PROOFS
from tests.test_findings import EXAMPLES, is_found

CHECKED = [path for path in EXAMPLES if path.stem >= "CP4"]
"""The examples of what the proofs find; the others are found by the reader."""


@pytest.mark.parametrize("name", PROOFS)
def test_without_a_proof_something_is_missed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one proof switched off, the failing example of at least one finding has no finding."""
    monkeypatch.delitem(PROOFS, name)
    assert not all(is_found(path) for path in CHECKED)


def test_with_all_proofs_nothing_is_missed() -> None:
    """With every proof in its place, every failing example has its finding."""
    assert all(is_found(path) for path in CHECKED)
