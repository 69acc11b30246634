"""The words around what an author wrote."""

from __future__ import annotations

import pytest

from compassion_protocols.model.card import Citation, Level, Relation, SeedSource
from compassion_protocols.render.wording import source_in_words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (SeedSource(seed="001", quote="pause"), "Article 001: “pause”"),
        (Citation(cite="Lee, 2001"), "Lee, 2001"),
        (Citation(cite="Lee, 2001", doi="10.1/x"), "Lee, 2001, doi:10.1/x"),
        (Citation(cite="Lee", level=Level.B), "Lee (evidence B)"),
        (
            Citation(cite="Lee", relation=Relation.ADAPTED_FROM, level=Level.A),
            "Lee (adapted from; evidence A)",
        ),
    ],
)
def test_a_source_in_words(source: SeedSource | Citation, words: str) -> None:
    """A source says what is cited, and only what is known of it."""
    assert source_in_words(source) == words
