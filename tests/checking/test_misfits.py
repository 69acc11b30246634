"""Rules on answers that they can say nothing about."""

from __future__ import annotations

import pytest

from tests.checking.found import codes, findings


def ask(kind: str, example: str, more: str) -> str:
    """Write one question."""
    question = f"{{ask: A, id: asked, answer: {kind}, example: {example}{more}}}"
    return f"audience: individual\nsteps:\n  - {question}"


@pytest.mark.parametrize(
    ("kind", "rule", "expected"),
    [
        ("{scale: [0, 10]}", "{words: {max: 2}, say: B}", "what people write"),
        ("{choice: [a, b]}", "{avoids: [c], say: B}", "what people write"),
        ("{choices: [a, b]}", "{mentions: [c], say: B}", "what people write"),
        ("date", "{sentences: {max: 2}, say: B}", "what people write"),
        ("text", "{items: {max: 2}, say: B}", "is for a list"),
        ("text", "{within: {days: 2}, say: B}", "is for a date"),
        ("{form: {a: text, b: date}}", "{within: {days: 2}, say: B}", "field: b"),
        ("{form: {a: {list: text}, b: date}}", "{items: {max: 2}, say: B}", "field: a"),
        ("{form: {a: text}}", "{within: {days: 2}, say: B}", "Take it out"),
        ("{form: {a: text, b: date}}", "{words: {max: 2}, field: b, say: B}", "what people write"),
        ("{form: {b: date}}", "{words: {max: 2}, say: B}", "Take it out"),
    ],
)
def test_a_rule_that_says_nothing(kind: str, rule: str, expected: str) -> None:
    """A rule that cannot say anything about such an answer is found, with what would be right."""
    [finding] = [f for f in findings(ask(kind, "a", f", rules: [{rule}]")) if f.code == "CP608"]
    assert expected in finding.remedy


@pytest.mark.parametrize(
    ("kind", "example", "rule", "counterexample"),
    [
        ("{list: text}", "[a, b]", "{words: {max: 2}, say: B}", "[a b c]"),
        ("{list: text}", "[a, b]", "{items: {max: 2}, say: B}", ""),
        ("{choices: [a, b], own: 1}", "[a]", "{words: {max: 2}, say: B}", "[one two three]"),
        ("{choices: [a, b]}", "[a]", "{items: {max: 2}, say: B}", ""),
        ("{form: {a: text, b: date}}", "{a: b, b: in 2 days}", "{words: {max: 2}, say: B}",
         "{a: one two three, b: in 1 day}"),
        ("{form: {a: text, b: date}}", "{a: b, b: in 2 days}",
         "{words: {max: 2}, field: a, say: B}", "{a: one two three, b: in 1 day}"),
        ("{form: {a: text, b: date}}", "{a: b, b: in 2 days}",
         "{within: {days: 2}, field: b, say: B}", ""),
        ("{number: any}", "3", "{expect: answer > 2, say: B}", "1"),
    ],
)  # fmt: skip
def test_a_rule_that_fits(kind: str, example: str, rule: str, counterexample: str) -> None:
    """Rules look at whatever a person writes: texts, lists, own choices, fields of a form."""
    more = f", rules: [{rule}]"
    more += f", counterexamples: [{counterexample}]" if counterexample else ""
    assert codes(ask(kind, example, more)) == []
