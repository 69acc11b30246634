"""Which versions go together."""

from __future__ import annotations

import pytest

from compassion_protocols.reading.versions import goes_with


@pytest.mark.parametrize(
    ("version", "wanted", "goes"),
    [
        ("1.0.0", "1.0.0", True),
        ("1.0.1", "1.0.0", False),
        ("1.0.0", "^1.0.0", True),
        ("1.10.0", "^1.9.0", True),
        ("1.8.0", "^1.9.0", False),
        ("2.0.0", "^1.9.0", False),
        ("0.2.5", "^0.2.1", True),
        ("0.3.0", "^0.2.1", False),
        ("0.0.3", "^0.0.3", True),
        ("0.0.4", "^0.0.3", False),
        ("0.0.0", "^0.0.0", True),
        ("0.0.1", "^0.0.0", False),
    ],
)
def test_goes_with(version: str, wanted: str, goes: bool) -> None:
    """A version goes with itself and, after a caret, with later ones of the same first number."""
    assert goes_with(version, wanted) is goes
