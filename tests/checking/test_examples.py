"""Examples that are answers, and counterexamples that earn an invitation."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.check import check
from compassion_protocols.reading.convert import read
from tests.checking.found import at_mark, codes, only, whole

HEAD = """
audience: individual
settings:
  most: {number: 3, max: 5, label: M}
  deck: {list: [river, stone], label: D}
  where: {choice: [indoors, outdoors], label: W}
steps:
"""


def ask(kind: str, example: str = "", more: str = "") -> str:
    """Write one question."""
    example = f", example: {example}" if example else ""
    return f"{HEAD}  - {{ask: A, id: asked, answer: {kind}{example}{more}}}"


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("text", ["B", "'3'"], ["[B]", "{a: b}"]),
        ("long_text", ["B"], ["[B]"]),
        ("yes_no", ["'yes'", "'no'"], ["maybe"]),
        ("{number: whole, min: 1, max: 4}", ["1", "4"], ["0", "5", "2.5", "many"]),
        ("{number: any}", ["2.5", "-1"], ["1e30", "x"]),
        ("{number: whole, max: most}", ["3"], ["4"]),
        ("{scale: [0, 10]}", ["0", "10"], ["11", "1.5"]),
        ("{choice: [a, b]}", ["a"], ["c", "[a]"]),
        ("{choice: deck}", ["river"], ["sea"]),
        ("{choices: [a, b], min: 1}", ["[a]", "[a, b]"], ["[]", "a", "[c]", "[a, a]"]),
        ("{choices: [a, b], own: 1}", ["[a, c]"], ["[c, d]"]),
        ("{rank: [a, b]}", ["[b, a]"], ["[a]", "[a, b, c]"]),
        ("date", ["in 3 days", "in 1 day", "in 0 days"], ["soon", "in many days"]),
        ("time", ["'18:30'"], ["'25:00'", "half past six"]),
        ("{list: text, min: 2}", ["[a, b]"], ["[a]", "a"]),
        ("{form: {what: text, when: date}}", ["{what: a, when: in 2 days}"],
         ["{what: a}", "{what: a, when: soon}", "a"]),
        ("{form: {what: text, how_much: {number: whole}}}", ["{what: a, how_much: 3}"], []),
    ],
)  # fmt: skip
def test_an_example_is_accepted(kind: str, good: list[str], bad: list[str]) -> None:
    """The question accepts its own example, as it would accept a person's answer."""
    for example in good:
        assert codes(ask(kind, example)) == [], example
    for example in bad:
        finding = only(ask(kind, example))
        assert finding.code == "CP602", example
        assert finding.remedy.startswith("Such an answer looks like this: ")


@pytest.mark.parametrize(
    "kind",
    ["text", "long_text", "yes_no", "{number: any}", "{scale: [0, 10]}", "{choice: [a]}",
     "{choices: [a]}", "{rank: [a, b]}", "date", "time", "{list: text}", "{form: {a: text}}"],
)  # fmt: skip
def test_a_question_without_an_example(kind: str) -> None:
    """Every question has an example, and the remedy shows what one looks like."""
    finding = only(ask(kind))
    assert finding.code == "CP601"
    assert finding.remedy.partition("example: ")[2]


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("{choice: [calm, loud]}", "calm or loud"),
        ("{choice: [a, b, c, d, e, f]}", "a or b or c or d or e"),
        ("{choices: [calm, loud, warm], min: 2}", "[calm, loud]"),
        ("{choices: [calm, loud]}", "[calm]"),
        ("{rank: [calm, loud]}", "[calm, loud]"),
    ],
)
def test_what_is_offered_is_shown(kind: str, shown: str) -> None:
    """Where something is offered, the remedy names what may stand there."""
    assert only(ask(kind)).remedy.endswith(f"example: {shown}")
    assert only(ask(kind, "other")).remedy == f"Such an answer looks like this: {shown}"


def test_a_person_needs_no_example() -> None:
    """Whom a question for a person offers is not known, so only in a form has it an example."""
    assert codes(ask("{person: person}")) == []
    assert codes(ask("{person: person}", "Ana")) == ["CP602"]
    form = "{form: {whom: {person: person}, what: text}}"
    assert codes(ask(form, "{what: A hug}")) == []
    assert codes(ask(form, "A hug")) == ["CP602"]


@pytest.mark.parametrize(
    ("kind", "example"),
    [
        ("date", "2026-05-01"),
        ("{form: {what: text, when: date}}", "{what: a, when: 2026-05-01}"),
    ],
)
def test_a_day_of_the_calendar(kind: str, example: str) -> None:
    """A date in an example says how far away it is, for a day of the calendar is soon past."""
    finding = only(ask(kind, example))
    assert finding.code == "CP607"
    assert "2026-05-01" in finding.message


def test_a_day_of_the_calendar_in_a_counterexample() -> None:
    """In counterexamples, too, a date says how far away it is."""
    more = ", rules: [{expect: answer is missing, say: B}], counterexamples: [2026-05-01]"
    assert "CP607" in codes(ask("date", "in 3 days", more))


RULES = {
    "words": ("{words: {max: 2}, say: B}", "One two", "One two three"),
    "sentences": ("{sentences: {exactly: 1}, say: B}", "One.", "One. Two."),
    "avoids": ("{avoids: [should], say: B}", "I would", "You should"),
    "avoids a list": ("{avoids: solving, say: B}", "I would", "You should go"),
    "mentions": ("{mentions: feelings, say: B}", "I was hurt", "I was"),
    "starts_with": ("{starts_with: [I], say: B}", "I would", "You would"),
    "expect": ('{expect: "\\"you\\" not in answer", say: B}', "I would", "do you"),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_on_wording(rule: str) -> None:
    """A rule on wording is met by the example and answers a counterexample."""
    written, good, bad = RULES[rule]
    rules = f", rules: [{written}]"
    assert codes(ask("text", good, f"{rules}, counterexamples: [{bad}]")) == []
    assert codes(ask("text", good, rules)) == ["CP604"]
    assert codes(ask("text", good, f"{rules}, counterexamples: [{good}]")) == ["CP606"]
    assert codes(ask("text", bad, f"{rules}, counterexamples: [{bad}]")) == ["CP603"]


def test_an_idle_counterexample_is_said_once() -> None:
    """A counterexample that misses its mark and the rule it was for are one finding, not two."""
    two = ", rules: [{words: {max: 2}, say: B}, {avoids: [should], say: C}]"
    assert codes(ask("text", "One", f"{two}, counterexamples: [One two three, Two]")) == ["CP606"]
    assert codes(ask("text", "One", f"{two}, counterexamples: [Two]")) == ["CP604", "CP606"]
    assert codes(ask("text", "One", f"{two}, counterexamples: [[Two], You should not]")) == [
        "CP605"
    ]


def test_one_counterexample_may_show_several_rules() -> None:
    """A counterexample that misses two rules shows what both are for."""
    two = ", rules: [{words: {max: 2}, say: B}, {avoids: [should], say: C}]"
    assert codes(ask("text", "One", f"{two}, counterexamples: [You should not]")) == []
    three = f"{two}, counterexamples: [You should not, one two three, We should]"
    assert codes(ask("text", "One", three)) == []


@pytest.mark.parametrize(("rules", "counterexamples"), [(51, 1), (1, 51)])
def test_more_rules_than_anyone_could_read(rules: int, counterexamples: int) -> None:
    """A question with more than fifty rules or counterexamples is not looked at further."""
    more = ", rules: [" + ", ".join(["{words: {max: 2}, say: B}"] * rules) + "]"
    more += ", counterexamples: [" + ", ".join(["One two three"] * counterexamples) + "]"
    assert codes(ask("text", "One two three", more)) == ["CP609"]


def test_a_rule_on_shape_needs_no_counterexample() -> None:
    """What looks at the shape of an answer shows itself."""
    items = ", rules: [{items: {exactly: 2}, firm: true, say: B}]"
    assert codes(ask("{list: text}", "[a, b]", items)) == []
    assert codes(ask("{list: text}", "[a]", items)) == ["CP603"]
    within = ", rules: [{within: {days: 14}, say: B}]"
    assert codes(ask("date", "in 14 days", within)) == []
    assert codes(ask("date", "in 15 days", within)) == ["CP603"]


def test_a_word_list_that_nobody_has_leaves_its_rule_silent() -> None:
    """A rule by a word list that is not there is held against no example."""
    text = ask("text", "You should", ", rules: [{avoids: solving, say: B}], counterexamples: [Ah]")
    assert [found for found in check(whole(text)) if found.code[:3] == "CP6"] == []


def test_names_have_the_values_of_a_rehearsal() -> None:
    """In rules and options a setting has its default, and an answer its own example."""
    first = ask("{list: text}", "[tea, rest]")
    choice = "  - {{ask: B, answer: {{choice: asked}}, example: {}}}"
    assert codes(f"{first}\n{choice.format('tea')}") == []
    assert codes(f"{first}\n{choice.format('walk')}") == ["CP602"]
    other = "  - {{ask: B, answer: text, example: {}, rules: [{{differs_from: {}, say: C}}],"
    other += " counterexamples: [{}]}}"
    first = ask("text", "tea")
    assert codes(f"{first}\n{other.format('rest', 'asked', 'tea')}") == []
    assert codes(f"{first}\n{other.format('tea', 'asked', 'tea')}") == ["CP603"]
    number = "  - {ask: B, answer: {number: any}, example: EX, counterexamples: [9],"
    number += " rules: [{expect: answer <= most, say: C}]}"
    assert codes(HEAD + number.replace("EX", "3")) == []
    assert codes(HEAD + number.replace("EX", "4")) == ["CP603"]


def test_what_is_revealed_has_the_value_of_its_source() -> None:
    """A reveal shows, in a rehearsal, all that its source has."""
    first = ask("{list: text}", "[tea, rest]")
    first += "\n  - {reveal: asked, id: shown, to: everyone}"
    choice = "\n  - {{ask: B, answer: {{choice: shown}}, example: {}}}"
    assert codes(first + choice.format("tea")) == []
    assert codes(first + choice.format("walk")) == ["CP602"]


def test_options_that_nobody_can_tell() -> None:
    """Where the options have no example to be taken from, an example is not looked at."""
    first = ask("{list: text}")
    choice = "\n  - {ask: B, answer: {choice: asked}, example: anything}"
    assert codes(first + choice) == ["CP601"]


def test_people_as_options() -> None:
    """People may be options; their examples are whoever comes first."""
    assert codes(ask("{choice: person}", "someone")) == []


def test_the_settings_of_an_include_have_their_values() -> None:
    """In an include, names have the values that it was handed."""
    assert codes("steps:\n  - include: three-breath-pause\n    with: {breaths: 9}") == []


def test_the_place_is_that_of_the_example() -> None:
    """A finding about an example points at it, in a form at the field."""
    text, place = at_mark(
        """
        audience: individual
        steps:
          - ask: A
            answer: {form: {what: text, when: date}}
            example:
              what: a
              when: ⟦2026-01-01
        """
    )
    finding = only(text)
    assert (finding.span.line, finding.span.column) == place


def test_what_a_missed_rule_would_say() -> None:
    """Of an example that misses a rule it is said with what it would be answered, in one line."""
    text = """
        audience: individual
        steps:
          - ask: A
            answer: text
            example: You should.
            rules:
              - avoids: [should]
                say: |
                  Later.
                  What was it like?
            counterexamples: [You should not.]
    """
    assert only(text).message.endswith("“Later. What was it like?”")


def test_an_option_that_could_not_be_read() -> None:
    """While an option cannot be read, nothing is said of the example that may have meant it."""
    question = "steps: [{ask: A, answer: {choice: [{good: fine}, bad]}, example: good}]"
    draft = read(question.encode(), "a.yaml").draft
    assert draft is not None
    assert "CP602" not in {finding.code for finding in check(draft)}
