"""Rules on an answer: what each asks, and when it keeps silent."""

from __future__ import annotations

import datetime as dt

import pytest

from compassion_protocols.language.condition import parse_condition
from compassion_protocols.language.template import parse_template
from compassion_protocols.language.values import NOT_REACHED, Missing, Truth, Value
from compassion_protocols.model.names import Ref
from compassion_protocols.model.rules import (
    Avoids,
    Check,
    Counted,
    DiffersFrom,
    Expect,
    Items,
    Mentions,
    Rule,
    Sentences,
    Situation,
    StartsWith,
    Within,
    Words,
    met,
)

TODAY = dt.date(2026, 2, 27)
LISTS = {"solving": ("you should", "why don't you")}


def look(name: str) -> Value | Missing:
    """What names mean in these tests."""
    return {"first": "rain"}.get(name, NOT_REACHED)


SITUATION = Situation(TODAY, look, LISTS.get)


def judged(check: Check, answer: Value, part: str = "") -> Truth:
    """What a rule with this check says of an answer."""
    return met(Rule(check=check, say=parse_template("…"), part=part), answer, SITUATION)


@pytest.mark.parametrize(
    ("check", "answer", "truth"),
    [
        (Words(Counted(most=3)), "warm and slow", True),
        (Words(Counted(most=2)), "warm and slow", False),
        (Words(Counted(least=2)), ("warm and slow", "warm"), False),
        (Sentences(Counted(exactly=1)), "You felt alone.", True),
        (Sentences(Counted(exactly=1)), "You felt alone. I know.", False),
        (Items(Counted(exactly=2)), ("one", "two"), True),
        (Items(Counted(exactly=2)), ("one",), False),
        (Items(Counted(exactly=2)), "one", None),
        (Avoids(Ref("solving")), "You should call him.", False),
        (Avoids(Ref("solving")), "You felt small.", True),
        (Avoids(Ref("solving")), "He said “you should call”, and you felt small.", True),
        (Avoids(Ref("unknown_list")), "You should call him.", None),
        (Avoids(("never",)), "You Never listen", False),
        (Avoids(("never",)), "nevertheless", True),
        (Mentions(("felt",)), "I felt tired", True),
        (Mentions(("felt",)), "I was tired", False),
        (Mentions(Ref("unknown_list")), "I was tired", None),
        (StartsWith(("i felt", "i feel")), "  I feel light", True),
        (StartsWith(("i felt",)), "You felt", False),
        (Within(14), dt.date(2026, 3, 13), True),
        (Within(14), dt.date(2026, 3, 14), False),
        (Within(14), dt.date(2026, 2, 26), False),
        (Within(14), "soon", None),
        (DiffersFrom(Ref("first")), "sun", True),
        (DiffersFrom(Ref("first")), "rain", False),
        (DiffersFrom(Ref("never_given")), "rain", None),
        (Expect(parse_condition("answer > 3")), 4, True),
        (Expect(parse_condition("answer > 3")), 2, False),
        (Expect(parse_condition("answer != never_given")), 2, None),
    ],
)
def test_a_rule_judges_an_answer(check: Check, answer: Value, truth: Truth) -> None:
    """A rule is met, missed, or cannot be judged."""
    assert judged(check, answer) is truth


def test_a_rule_on_a_field_looks_at_that_field_alone() -> None:
    """A rule with a field judges that part of a form, and nothing else of it."""
    form: Value = {"what": "you should rest", "by_when": dt.date(2026, 2, 28)}
    assert judged(Within(14), form, "by_when") is True
    assert judged(Avoids(Ref("solving")), form) is False
    assert judged(Avoids(Ref("solving")), {"what": "rest", "when": TODAY}) is True
