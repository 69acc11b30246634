"""Differences between two maps."""

from __future__ import annotations

from compassion_protocols.authoring.comparing.changes import differences


def test_differences() -> None:
    """Each key that is not the same on both sides comes once, with both sides."""
    before = {"a": "1", "b": "2", "c": ""}
    after = {"a": "1", "b": "3", "d": "4"}
    assert list(differences(before, after)) == [("b", "2", "3"), ("d", "", "4")]
