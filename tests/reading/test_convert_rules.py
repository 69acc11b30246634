"""Rules as they are written, and what can go wrong with them."""

from __future__ import annotations

import pytest

from compassion_protocols.model.names import Ref
from compassion_protocols.model.rules import (
    Avoids,
    Check,
    Counted,
    DiffersFrom,
    Expect,
    Items,
    Mentions,
    Sentences,
    StartsWith,
    Within,
    Words,
)
from compassion_protocols.model.steps import Ask
from tests.reading.written import codes_of, found, read_text, step_of, written

ASK = "- ask: What?\n  answer: {form: {what: text, by_when: date}}\n  rules:\n    - "


@pytest.mark.parametrize(
    ("rule", "check"),
    [
        ("words: {min: 3, max: 40}", Words(Counted(least=3, most=40))),
        ("sentences: {max: 1}", Sentences(Counted(most=1))),
        ("items: {exactly: 2}", Items(Counted(exactly=2))),
        ("avoids: solving", Avoids(Ref("solving"))),
        ("avoids: [you should, why not]", Avoids(("you should", "why not"))),
        ("mentions: feelings", Mentions(Ref("feelings"))),
        ("starts_with: I felt", StartsWith(("I felt",))),
        ("starts_with: [I felt, When]", StartsWith(("I felt", "When"))),
        ("within: {days: 14}", Within(14)),
        ("differs_from: other", DiffersFrom(Ref("other"))),
    ],
)
def test_checks(rule: str, check: Check) -> None:
    """Each check is written under its own name."""
    step = step_of(f"{ASK}{rule}\n      say: Again?")
    assert isinstance(step, Ask)
    [found] = step.rules
    assert found.check == check
    assert found.say.source == "Again?"


def test_expect() -> None:
    """An expectation is a condition on the answer."""
    step = step_of(f'{ASK}expect: answer != "x"\n      say: Again?')
    assert isinstance(step, Ask)
    [rule] = step.rules
    assert isinstance(rule.check, Expect)
    assert rule.check.condition.reads == {"answer"}


def test_firm_and_field() -> None:
    """A rule on shape may be firm, and may be about one field of a form."""
    step = step_of(
        f"{ASK}within: {{days: 3}}\n      field: by_when\n      firm: true\n      say: a"
    )
    assert isinstance(step, Ask)
    [rule] = step.rules
    assert rule.firm
    assert rule.part == "by_when"
    assert rule.span.column == 9


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        ("@@say: a", ["CP140"]),
        ("words: {min: 1}\n      @@sentences: {max: 1}\n      say: a", ["CP140"]),
        ("@@words: {min: 1}", ["CP102"]),
        ("@@wrods: {min: 1}\n      say: a", ["CP101"]),
        ("@@length: {min: 1}\n      say: a", ["CP101"]),
        ("@@a", ["CP103"]),
        ("words: @@3\n      say: a", ["CP103"]),
        ("words: @@few\n      say: a", ["CP103"]),
        ("words: @@{}\n      say: a", ["CP102"]),
        ("words: {min: @@few}\n      say: a", ["CP107"]),
        ("words: {@@least: 3}\n      say: a", ["CP101"]),
        ("words: {min: @@3, max: 2}\n      say: a", ["CP132"]),
        ("words: {min: 3, @@exactly: 3}\n      say: a", ["CP122"]),
        ("words: {max: 3, @@exactly: 3}\n      say: a", ["CP122"]),
        ("avoids: @@you should\n      say: a", ["CP114"]),
        ("avoids: @@[]\n      say: a", ["CP105"]),
        ("avoids:@@\n      say: a", ["CP105"]),
        ("avoids: [a, @@[b]]\n      say: a", ["CP104"]),
        ("starts_with: @@{a: b}\n      say: a", ["CP103"]),
        ("within: @@14\n      say: a", ["CP103"]),
        ("within: {days: @@0}\n      say: a", ["CP107"]),
        ("differs_from: @@[a]\n      say: a", ["CP104"]),
        ("expect:@@\n      say: a", ["CP105"]),
        ("sentences: {max: 1}\n      @@firm: true\n      say: a", ["CP141"]),
        ("within: {days: 3}\n      field: @@when\n      say: a", ["CP142"]),
        ("within: {days: 3}\n      firm: @@yes\n      say: a", ["CP108"]),
    ],
)
def test_mistakes_in_rules(rule: str, codes: list[str]) -> None:
    """What is wrong in a rule is found at its own place, and nothing else is."""
    assert codes_of(found(ASK + rule)) == codes


def test_a_mistake_in_an_invitation() -> None:
    """An invitation is a text of the language, so its mistakes are found like any other."""
    [finding] = found(f"{ASK}sentences: {{max: 1}}\n      say: Again, {{{{ a | @@shout }}}}?")
    assert finding.code.startswith("CP2")


def test_a_field_of_no_form() -> None:
    """Only a form has fields that a rule may be about."""
    rules = "rules:\n    - sentences: {max: 1}\n      field: @@what\n      say: a"
    [finding] = found(f"- ask: What?\n  answer: text\n  {rules}")
    assert finding.code == "CP142"
    assert finding.remedy == "Only a form has fields."


def test_a_count_without_least_or_most() -> None:
    """A bare number is answered with the map that was probably meant."""
    [finding] = read_text(written(f"{ASK}words: 3\n      say: a")).findings
    assert finding.remedy == "Write {max: 3}, or min, or exactly."


@pytest.mark.parametrize("rules", ["@@3", "@@{sentences: {max: 1}, say: a}"])
def test_rules_are_a_list(rules: str) -> None:
    """Rules stand in a list, even a single one."""
    assert codes_of(found(f"- ask: What?\n  answer: text\n  rules: {rules}")) == ["CP103"]
