"""Values of the model in a few plain words."""

from __future__ import annotations

import pytest

from compassion_protocols.authoring.comparing.telling import parts, said, said_of_step
from compassion_protocols.language.values import Duration
from compassion_protocols.model.card import Status
from compassion_protocols.model.names import People, Ref
from compassion_protocols.model.steps import Keep, Timer
from tests.reading.written import step_of


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("", ""),
        ((), ""),
        (False, ""),
        (True, "yes"),
        (3, "3"),
        (Duration(90), "1 minute 30 seconds"),
        (Ref("mood"), "mood"),
        (People(("speaker", "facilitator")), "speaker, facilitator"),
        (Status.DRAFT, "draft"),
        (("One.", "Two."), "One.\nTwo."),
        ((1, 2), "1; 2"),
        ((Status.DRAFT, Status.RETIRED), "draft; retired"),
        ({"what": "a walk", "when": 3}, "what: a walk; when: 3"),
        (Timer(at_most=Duration(60)), "at_most: 1 minute"),
        (Keep(name="words"), "as: words; owner: writer; how: add"),
    ],
)
def test_a_value_in_words(value: object, words: str) -> None:
    """A value is said as it was written, and what is not there is not said."""
    assert said(value) == words


def test_parts_of_a_thing() -> None:
    """A thing has its keys as they are written, without its place in the file."""
    assert dict(parts(Timer(at_most=Duration(60)))) == {"at_least": "", "at_most": "1 minute"}


def test_a_step_in_words() -> None:
    """A step says each of its keys, its answer by its kind, and its rules as check and say."""
    words = said_of_step(
        step_of(
            """
            - ask: What was good?
              id: good
              who: person
              answer: {scale: [0, 10], labels: {0: none}}
            """
        )
    )
    assert words["ask"] == "What was good?"
    assert words["who"] == "person"
    assert words["answer"].startswith("scale (scale: 0; 10")
    assert "id" not in words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("{avoids: [blame, fault], say: Hm?}", "avoids blame\nfault: Hm?"),
        ("{sentences: {max: 1}, say: One.}", "sentences max: 1: One."),
        ("{starts_with: I, say: Say I.}", "starts with I: Say I."),
        ("{differs_from: other, say: Other.}", "differs from other: Other."),
        ("{expect: answer is given, say: Hm?}", "expect answer is given: Hm?"),
    ],
)
def test_a_rule_in_words(rule: str, words: str) -> None:
    """A rule is its check, and what is said when it is missed."""
    assert said_of_step(step_of(f"- ask: A?\n  answer: text\n  rules: [{rule}]"))["rules"] == words


def test_a_firm_rule_in_words() -> None:
    """A rule that is firm, or about one field of a form, says so."""
    asked = step_of(
        "- ask: A?\n  answer: {form: {what: text, on: date}}\n"
        "  rules: [{within: {days: 3}, field: on, firm: true, say: Soon.}]"
    )
    assert said_of_step(asked)["rules"] == "within 3 of on (firm): Soon."


def test_a_choice_of_ways_in_words() -> None:
    """A `choose` says its conditions, and not the steps below them."""
    words = said_of_step(
        step_of(
            '- choose:\n    - {when: a == "b", steps: [say: A.]}\n    - {when: c, steps: [say: B.]}'
        )
    )
    assert words["choose"] == 'a == "b"; c'
