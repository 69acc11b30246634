"""The index of findings has them all."""

from __future__ import annotations

import re

from compassion_protocols.findings import CODES
from tests.docs.tables import FINDINGS, with_tables

TEXT = FINDINGS.read_text("utf-8")


def test_the_index_has_every_finding() -> None:
    """Each code stands in the index once, with its weight, its title and a link to its page."""
    assert with_tables(TEXT) == TEXT
    assert re.findall(r"^\| \[(CP[0-9]{3})\]", TEXT, re.MULTILINE) == list(CODES)
