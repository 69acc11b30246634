"""Conditions on paper, as clauses."""

from __future__ import annotations

import pytest

from compassion_protocols.authoring.paper.phrases import condition_on_paper, holds_beforehand
from compassion_protocols.language.condition import parse_condition
from tests.authoring.paper.papers import PAPER


@pytest.mark.parametrize(
    ("condition", "clause"),
    [
        ('sure == "not quite"', "the answer at 4 is “not quite”"),
        ("sure != heard", "the answer at 4 is not what was written at 3"),
        ("0 < mood <= 5", "0 is less than the number at 7 and the number at 7 is at most 5"),
        ("mood > rounds", "the number at 7 is more than 2"),
        (
            "mood < 3 or mood >= 8",
            "the number at 7 is less than 3 or the number at 7 is at least 8",
        ),
        ('"tea" in needs', "“tea” is in the list at 5"),
        ('"tea" not in needs', "“tea” is not in the list at 5"),
        ("sure", "the answer at 4 is yes"),
        ("not sure", "not so that the answer at 4 is yes"),
        ("sure and heard is missing", "the answer at 4 is yes and nothing was written at 3"),
        ("needs is given", "there is a list at 5"),
        ("sure is given", "there is an answer at 4"),
        ("sure is missing", "the answer at 4 was left open"),
        ("sure | every", "everyone said yes in the answer at 4"),
        ("sure | some", "someone said yes in the answer at 4"),
        ("calm", ""),
    ],
)
def test_a_condition_on_paper(condition: str, clause: str) -> None:
    """A condition is a clause that can follow “if”, and empty where it holds in any case."""
    assert condition_on_paper(parse_condition(condition), PAPER) == clause


def test_a_condition_may_be_known_beforehand() -> None:
    """Whether a condition holds is known where it only reads settings."""
    known = [holds_beforehand(parse_condition(c).expression, PAPER)
             for c in ("calm", "loud", "rounds > 3", "sure", "calm and sure")]  # fmt: skip
    assert known == [True, False, False, None, None]
