"""Limits, and lines."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from compassion_protocols.language.limits import even_lines


@pytest.mark.parametrize("source", ["", "a", "a\n", "a\n\n", "a\r\nb\rc\r", "\r\n", "\n\r"])
def test_even_lines(source: str) -> None:
    """Lines end as Jinja2 makes them end, and the last line break is dropped."""
    assert even_lines(source) == Environment().from_string(source).render()
