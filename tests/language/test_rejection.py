"""The exception for what is not in the language."""

from __future__ import annotations

from compassion_protocols.errors import CompassionError
from compassion_protocols.findings import Finding, Span
from compassion_protocols.language.rejection import LanguageRejected


def test_it_says_everything() -> None:
    """It is one of this library's errors, and its message holds every finding."""
    findings = tuple(Finding("CP201", what, "", Span("a.yaml")) for what in ("one", "two"))
    error = LanguageRejected(findings)
    assert isinstance(error, CompassionError)
    assert str(error).splitlines() == [str(finding) for finding in findings]
