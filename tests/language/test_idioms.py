"""What authors know from elsewhere."""

from __future__ import annotations

from compassion_protocols.language.filters import FILTERS
from compassion_protocols.language.idioms import FILTERS_ELSEWHERE, TESTS_ELSEWHERE, filter_like


def test_what_is_meant_exists() -> None:
    """Every name from elsewhere stands for a filter or a test that there is, and is none itself."""
    assert set(FILTERS_ELSEWHERE.values()) <= FILTERS.keys()
    assert not FILTERS_ELSEWHERE.keys() & FILTERS.keys()
    assert set(TESTS_ELSEWHERE.values()) == {"given", "missing"}


def test_filter_like() -> None:
    """A name that is like none gets the list of all."""
    assert filter_like("capitalise") == "Did you mean “capitalize”?"
    assert filter_like("zzz").count(", ") == len(FILTERS) - 1
