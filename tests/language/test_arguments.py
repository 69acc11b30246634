"""Which arguments a filter takes."""

from __future__ import annotations

import pytest

from compassion_protocols.language.arguments import fit, usage, wants
from compassion_protocols.language.expressions import Constant, Name
from compassion_protocols.language.filters import FILTERS

A = Name("a")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("count", "takes no argument"),
        ("default", "takes a value"),
        ("every", "takes perhaps a value"),
        ("plural", "takes a text in quotes and perhaps a text in quotes"),
        ("round", "takes perhaps a whole number from 0 to 6"),
        ("truncate", "takes a whole number from 1 to 10000"),
    ],
)
def test_in_words(name: str, words: str) -> None:
    """What a filter takes can be said in words."""
    assert wants(FILTERS[name]) == words


@pytest.mark.parametrize(
    ("name", "written"),
    [("upper", "x | upper"), ("round", "x | round"), ("default", "x | default(…)")],
)
def test_usage(name: str, written: str) -> None:
    """A filter is shown with the arguments that it needs, and without those that it may have."""
    assert usage(FILTERS[name]) == written


def test_fitting() -> None:
    """Arguments fit if they are neither too few nor too many, and of the right kinds."""
    assert fit(FILTERS["default"], (A,))
    assert fit(FILTERS["round"], ())
    assert fit(FILTERS["round"], (Constant(6),))
    assert not fit(FILTERS["default"], ())
    assert not fit(FILTERS["default"], (A, A))
    assert not fit(FILTERS["round"], (Constant(7),))
    assert not fit(FILTERS["round"], (Constant(True),))
    assert not fit(FILTERS["join"], (A,))
