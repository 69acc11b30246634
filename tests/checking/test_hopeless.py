"""Rules that no answer can meet."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.check import check
from compassion_protocols.reading.convert import read
from tests.checking.found import at_mark, codes, findings, only
from tests.plans import HEAD

ONE = "audience: individual\nsteps:\n"


def question(answer: str, example: str, *rules: str) -> str:
    """Write a question with rules, and with counterexamples that nobody looks at here."""
    written = "".join(f"      - {{{rule}, say: B}}\n" for rule in rules)
    return (
        f"{ONE}  - ask: A\n    id: x\n    answer: {answer}\n    example: {example}\n"
        f"    rules:\n{written}"
    )


def of_rules(answer: str, example: str, *rules: str) -> list[str]:
    """Name what is found in a question, without what is said of its counterexamples."""
    found = codes(question(answer, example, *rules))
    return [code for code in found if code not in ("CP604", "CP606")]


@pytest.mark.parametrize(
    ("answer", "example", "rules"),
    [
        ("{list: text, max: 3}", "[a]", ["items: {min: 4}"]),
        ("{list: text, min: 3}", "[a, b, c]", ["items: {max: 2}"]),
        ("{list: text, max: 3}", "[a]", ["items: {exactly: 4}"]),
        ("{choices: [a, b]}", "[a]", ["items: {min: 3}"]),
        ("{list: text}", "[a, b, c]", ["items: {min: 4}", "items: {max: 3}"]),
        ("text", "one two", ["words: {min: 9}", "words: {max: 3}"]),
        ("text", "One. Two.", ["sentences: {exactly: 1}", "sentences: {min: 2}"]),
        ("text", "One.", ["sentences: {exactly: 1}", "sentences: {min: 2}"]),
        ("text", "I am here", ["mentions: feelings", "avoids: feelings"]),
        ("text", "I am hurt", ["mentions: [hurt]", "avoids: feelings"]),
        ("text", "I am here", ["mentions: [so lonely, hurt by]", "avoids: feelings"]),
        ("text", "Here I am", ["starts_with: [You never hurt me]", "avoids: [you never]"]),
        ("text", "Here I am", ["mentions: [at the end of the day]", "words: {max: 4}"]),
        ("{scale: [0, 10]}", "4", ["expect: answer > 10"]),
        ("{number: whole, min: 1, max: 9}", "4", ["expect: answer + 1 > 10"]),
        ("{number: whole}", "6", ["expect: answer > 5", "expect: answer < 4"]),
        ("text", "tea", ["expect: answer == 'a'", "expect: answer != 'a'"]),
        ("text", "a", ["expect: answer == 'a'", "expect: answer != 'a'"]),
        ("{form: {what: text, hard: {scale: [0, 4]}}}", "{what: A, hard: 2}",
         ["expect: answer > 4, field: hard"]),
        ("{form: {what: text, hard: {scale: [0, 4]}}}", "{what: A, hard: 2}",
         ["expect: answer.hard > 4"]),
    ],
)  # fmt: skip
def test_a_rule_that_no_answer_can_meet(answer: str, example: str, rules: list[str]) -> None:
    """Such a rule is found in the place of what its example would be blamed for."""
    assert of_rules(answer, example, *rules) == ["CP513"]


@pytest.mark.parametrize(
    ("answer", "example", "rules"),
    [
        ("{list: text, max: 3}", "[a]", ["items: {min: 2}"]),
        ("{list: text}", "[a b c d]", ["words: {min: 9}", "words: {max: 3}"]),
        ("text", "I am here", ["mentions: feelings", "avoids: solving"]),
        ("text", "I am here", ["mentions: feelings", "avoids: [hurt]"]),
        ("text", "I am here", ["mentions: feelings", "avoids: elsewhere"]),
        ("text", "I am here", ["mentions: [at the end, home]", "words: {max: 1}"]),
        ("text", "I am here", ["starts_with: [You]", "avoids: [you]"]),
        ("{number: whole}", "4", ["expect: answer > 5", "expect: answer < 9"]),
        ("{scale: [0, 10]}", "4", ["expect: answer > 9"]),
        ("text", "tea", ["expect: answer == 'a'", "words: {max: 3}"]),
        ("date", "in 20 days", ["within: {days: 3}"]),
        ("{form: {what: text, why: text}}", "{what: A B, why: B}",
         ["words: {max: 1}, field: what", "words: {min: 4}, field: why"]),
        ("{form: {what: text, why: text}}", "{what: A B, why: B}",
         ["expect: answer == 'a', field: what", "expect: answer == 'b', field: why"]),
    ],
)  # fmt: skip
def test_a_rule_that_its_example_misses(answer: str, example: str, rules: list[str]) -> None:
    """Where some answer could meet a rule, the example is what has to change."""
    found = of_rules(answer, example, *rules)
    assert "CP603" in found
    assert "CP513" not in found


def test_a_field_that_is_not_there() -> None:
    """Of a field that its form does not have, nothing is claimed here."""
    text = question("text", "A", "expect: answer > 3, field: hard")
    head = "".join(f"{key}: {value}\n" for key, value in HEAD.items() if key != "audience")
    draft = read(f"{head}{text}".encode(), "a-test").draft
    assert draft is not None
    assert "CP513" not in [finding.code for finding in check(draft)]


def test_an_example_is_the_proof_that_rules_can_be_met() -> None:
    """What an example shows to be possible is never called impossible, as with a quotation."""
    rules = ("mentions: [you never]", "avoids: [you never]")
    assert of_rules("text", "'I heard “you never” and it stung'", *rules) == []


def test_only_the_impossible_one_is_told() -> None:
    """Of two conditions of which one is impossible by itself, the other is left alone."""
    rules = ("expect: answer > 10", "expect: answer > 5")
    found = findings(question("{scale: [0, 10]}", "4", *rules))
    told = [finding for finding in found if finding.code in ("CP513", "CP603")]
    assert [finding.code for finding in told] == ["CP603", "CP513"]


def test_a_rule_that_says_nothing_of_such_an_answer() -> None:
    """A rule of another kind than its neighbours is compared with none of them."""
    rules = ("words: {max: 1}", "differs_from: x", "sentences: {min: 3}")
    assert "CP513" not in of_rules("text", "A b.", *rules)


def test_the_finding_points_at_the_rule() -> None:
    """It stands at the rule, and names what is against it."""
    rules = ("words: {min: 9}", "⟦words: {max: 3}")
    text = question("text", "one two three four five six seven eight nine", *rules)
    text, place = at_mark(text.replace("{⟦", "⟦{"))
    finding = next(finding for finding in findings(text) if finding.code == "CP513")
    assert (finding.span.line, finding.span.column) == place
    assert "wants at least 9" in finding.message
    text = question("{list: text, max: 3}", "[a]", "items: {min: 4}")
    assert only(text).message == (
        "No answer can meet this rule, so everybody would be asked again. "
        "The question itself takes at most 3."
    )
    exact = question("{rank: [a, b]}", "[a, b]", "items: {min: 4}")
    assert "CP608" in [finding.code for finding in findings(exact)]
