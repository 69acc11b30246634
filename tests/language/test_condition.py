"""Conditions: parsed, read and asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compassion_protocols.findings import Span
from compassion_protocols.language.condition import holds, parse_condition
from compassion_protocols.language.rejection import LanguageRejected
from compassion_protocols.language.values import Contribution, Duration, Missing, Person, Reason

if TYPE_CHECKING:
    from compassion_protocols.language.values import Truth, Value

ANA, BEN = Person("1", "Ana"), Person("2", "Ben")
NAMES: dict[str, Value | Missing] = {
    "landed": "yes",
    "agreed": (Contribution(True, ANA), Contribution(False, BEN)),
    "calm": 7,
    "floor": Duration(180),
    "ready": True,
    "you": ANA,
    "listener": BEN,
    "skipped": Missing(Reason.SKIPPED),
    "nobody": (),
    "form": {"what": "a walk"},
}


@pytest.mark.parametrize(
    ("source", "truth"),
    [
        ("true", True),
        ("false", False),
        ("landed == 'yes'", True),
        ("landed in 'yes or no'", True),
        ("ready", True),
        ("ready == 'yes'", True),
        ("not ready", False),
        ("skipped", None),
        ("skipped == 3", None),
        ("skipped == 3 and ready", None),
        ("skipped == 3 or ready", True),
        ("skipped == 3 and not ready", False),
        ("skipped is missing", True),
        ("nobody is given", False),
        ("agreed is given", True),
        ("agreed | every", False),
        ("agreed | some('yes')", True),
        ("agreed | of(you)", True),
        ("agreed | of(listener) == 'no'", True),
        ("0 <= calm <= 10", True),
        ("0 <= calm < 5", False),
        ("calm + 1 == 8 and -calm < 0", True),
        ("floor > 60", True),
        ("calm > 'x'", None),
        ("you == listener", False),
        ("'what' in form", True),
        ("form.what == 'a walk' and form['what'] is given", True),
        ("form.when is missing", True),
        ("calm if ready else skipped", True),
        ("nobody | first == 3", None),
        ("calm / 0 > 1", None),
    ],
)
def test_holding(source: str, truth: Truth) -> None:
    """A condition is true, false, or unknown because of something missing."""
    assert holds(parse_condition(source), NAMES.__getitem__) is truth


def test_reads() -> None:
    """A condition knows the names that it reads."""
    assert parse_condition("a.b == c and d is given").reads == {"a", "c", "d"}


def test_lines() -> None:
    """A condition may go over several lines, and knows on which a name stands."""
    assert [use.line for use in parse_condition("a > 1\nand b > 2\n").uses] == [0, 1]


def test_equality() -> None:
    """Two conditions are equal if they say the same, wherever they stand."""
    assert parse_condition("a == 'b'", Span("x")) == parse_condition('a=="b"', Span("y"))
    assert parse_condition("a == 1") != parse_condition("a == true")


def test_rejection() -> None:
    """A condition that is not in the language is rejected with its place."""
    with pytest.raises(LanguageRejected) as caught:
        parse_condition("landed = 'yes'", Span("a.yaml", 3, 7))
    [finding] = caught.value.findings
    assert finding.code == "CP201"
    assert finding.span == Span("a.yaml", 3, 7 + len("landed "))
