"""Names in single braces."""

from __future__ import annotations

import pytest

from tests.checking.found import at_mark, codes, only

HEAD = """\
audience: couple
roles: {partner: {people: 2}}
settings: {rest: {duration: 1m, label: Rest}}
steps:
  - {wait: Rest., for: rest}
"""


@pytest.mark.parametrize(
    "step",
    [
        "{say: '⟦Sit down, {you}.'}",
        "{say: '⟦For { rest }, {{ you }}.'}",
        "{turns: partner, steps: [{say: '⟦Thank you, {speaker}.'}]}",
        "{say: A, who: partner, meanwhile: '⟦Wait for { partner }.'}",
    ],
)
def test_a_name_in_single_braces(step: str) -> None:
    """A name that means something, in single braces, would be read with its braces."""
    text, place = at_mark(f"{HEAD}  - {step}")
    finding = only(text)
    assert finding.code == "CP407"
    assert (finding.span.line, finding.span.column) == place
    assert "{{ " in finding.remedy


def test_other_braces() -> None:
    """Braces round anything else may be meant as they are, and names in two are values."""
    assert codes(HEAD + "  - {say: 'A {smile}, {{ you }}, { }, {Ana}.'}") == []
