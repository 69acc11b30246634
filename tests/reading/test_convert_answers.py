"""Every kind of answer as it is written, and what can go wrong with it."""

from __future__ import annotations

import pytest

from compassion_protocols.model.answers import (
    AnswerKind,
    Choice,
    Choices,
    Date,
    Form,
    ListOf,
    LongText,
    Number,
    OnePerson,
    Option,
    Rank,
    Scale,
    Text,
    Time,
    YesNo,
)
from compassion_protocols.model.names import Ref
from compassion_protocols.model.steps import Ask
from tests.reading.written import codes_of, found, read_text, step_of, written

AB = (Option("a", "a"), Option("b", "b"))


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("text", Text()),
        ('"text"', Text()),
        ("long_text", LongText()),
        ("yes_no", YesNo()),
        ("date", Date()),
        ("time", Time()),
        ("{number: whole}", Number(whole=True)),
        ("{number: any, min: -1.5, max: top}", Number(whole=False, least=-1.5, most=Ref("top"))),
        ("{scale: [0, 10]}", Scale(ends=(0, 10))),
        (
            '{scale: [-2, 2], labels: {-2: cold, "2": warm}}',
            Scale(ends=(-2, 2), labels=((-2, "cold"), (2, "warm"))),
        ),
        ("{choice: [a, b]}", Choice(options=AB)),
        ("{choice: [yes, no]}", Choice(options=(Option("yes", "yes"), Option("no", "no")))),
        ("{choice: {a: An A, b: A B}}", Choice(options=(Option("a", "An A"), Option("b", "A B")))),
        ("{choice: start.needs}", Choice(options=Ref("start.needs"))),
        (
            "{choices: [a, b], min: 1, max: 3, own: 1}",
            Choices(options=AB, least=1, most=3, own=1),
        ),
        ("{rank: [a, b]}", Rank(options=AB)),
        ("{person: partner}", OnePerson(role=Ref("partner"))),
        ("{list: text}", ListOf()),
        ("{list: text, min: 0, max: most}", ListOf(least=0, most=Ref("most"))),
        (
            "{form: {what: text, by_when: date, how: {scale: [1, 5]}}}",
            Form(fields=(("what", Text()), ("by_when", Date()), ("how", Scale(ends=(1, 5))))),
        ),
    ],
)
def test_kinds(answer: str, kind: AnswerKind) -> None:
    """Each kind of answer is written as one word or as a map that names it."""
    step = step_of(f"- ask: What?\n  answer: {answer}")
    assert isinstance(step, Ask)
    assert step.answer == kind


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        ("@@words", ["CP130"]),
        ("@@dates", ["CP130"]),
        ("@@number", ["CP130"]),
        ("@@null", ["CP105"]),
        ("@@[text]", ["CP103"]),
        ("@@{}", ["CP130"]),
        ("@@{text: 3}", ["CP130"]),
        ("@@{chioce: [a, b]}", ["CP130"]),
        ("{choice: [a, b], @@rank: [a, b]}", ["CP130"]),
        ("{choice: [a, b], @@mni: 3}", ["CP101"]),
        ("{choice: @@[]}", ["CP105"]),
        ("{choice: @@{}}", ["CP105"]),
        ("{choice: @@null}", ["CP105"]),
        ("{choice: @@a b}", ["CP114"]),
        ("{choice: [a, @@a]}", ["CP116"]),
        ("{choice: [a, @@{b: c}]}", ["CP104"]),
        ("{choice: {a: @@[]}}", ["CP104"]),
        ("{number: @@half}", ["CP106"]),
        ("{number: whole, min: @@5, max: 3}", ["CP132"]),
        ("{number: whole, min: @@3m}", ["CP107"]),
        ("{scale: @@10}", ["CP103"]),
        ("{scale: @@[0, 5, 10]}", ["CP107"]),
        ("{scale: @@[0, ten]}", ["CP107"]),
        ("{scale: @@[10, 0]}", ["CP132"]),
        ("{scale: [0, 10], labels: @@{11: a}}", ["CP132"]),
        ("{scale: [0, 10], labels: {@@low: a}}", ["CP107"]),
        ("{scale: [0, 10], labels: @@[a]}", ["CP103"]),
        ("{choices: [a, b], min: @@-1}", ["CP107"]),
        ("{choices: [a, b], min: @@1.5}", ["CP107"]),
        ("{choices: [a, b], min: @@4, own: 1}", ["CP132"]),
        ("{choices: [a, b], min: 3, own: 1}", []),
        ("{choices: [a, b], own: @@many}", ["CP107"]),
        ("{list: @@date}", ["CP106"]),
        ("{list: text, min: @@3, max: 2}", ["CP132"]),
        ("{person: @@[a]}", ["CP104"]),
        ("{form: @@{}}", ["CP105"]),
        ("{form: @@text}", ["CP103"]),
        ("{form: {@@A: text}}", ["CP114"]),
        ("{form: {what: @@words}}", ["CP130"]),
        ("{form: {what: @@{form: {what: text}}}}", ["CP130"]),
    ],
)
def test_mistakes_in_answers(answer: str, codes: list[str]) -> None:
    """What is wrong in a kind of answer is found at its own place, and nothing else is."""
    assert codes_of(found(f"- ask: What?\n  answer: {answer}")) == codes


def test_a_misspelt_bound_is_still_a_bound() -> None:
    """A bound whose name is misspelt is looked at as if it were spelt right."""
    answer = "{number: whole, mni: 3, max: 2}"
    findings = read_text(written(f"- ask: What?\n  answer: {answer}")).findings
    assert {finding.code for finding in findings} == {"CP101", "CP132"}


def test_a_misspelt_kind_of_answer() -> None:
    """A kind of answer whose name is misspelt is looked at as if it were spelt right."""
    assert codes_of(found("- ask: What?\n  answer: @@{chioce: @@[]}")) == ["CP130", "CP105"]


def test_what_kinds_there_are() -> None:
    """Whoever names a kind of answer that is none is told the nearest one and all there are."""
    [finding] = read_text(written("- ask: What?\n  answer: longtext")).findings
    assert "Did you mean “long_text”?" in finding.message
    assert "form" in finding.remedy
