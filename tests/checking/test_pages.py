"""The examples on the pages of the findings that the checks make."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compassion_protocols.checking.check import check
from compassion_protocols.findings import CODES
from tests.checking.found import KNOWN, LISTS, whole

PAGES = Path(__file__).parent.parent.parent / "docs" / "reference" / "findings"
KNOWN_LISTS = {**LISTS, "blaming": ("you never",), "unseen": ("more present",)}
EXAMPLE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize(
    "code", [code for code in CODES if code[:3] in ("CP4", "CP5", "CP6", "CP7", "CP8")]
)
def test_the_examples_on_a_page(code: str) -> None:
    """On each page the first example has that finding alone, and the second has none."""
    found = [
        check(whole(text), known_lists=KNOWN_LISTS, **KNOWN)
        for text in EXAMPLE.findall((PAGES / f"{code}.md").read_text("utf-8"))
    ]
    assert [[finding.code for finding in each] for each in found] == [[code], []]
