"""Everything that people read, in one place."""

from __future__ import annotations

from compassion_protocols.checking.texts import texts_of
from tests.checking.found import facts_of

TEXT = """
title: title
summary: summary.
card: {why: why., dose: {minutes: 1, source: default}, sources: [{cite: A}]}
care: {tier: 0, not_for: [not for.], before_you_start: [before.]}
settings:
  rounds: {number: 1, label: label}
steps:
  - say: say.
    meanwhile: meanwhile.
    note: note.
  - part: part
    steps:
      - ask: ask {{ you }}.
        id: asked
        answer:
          form: {one: {choice: {a: first}}, two: {choices: [second]}, three: {rank: [third]}}
        hint: hint.
        rules: [{expect: answer.one is given, say: rule.}]
        borrow: [borrow …]
        example: {one: a, two: [second], three: [third]}
  - speak: speak.
    for: 1m
  - wait: wait.
    for: 1m
  - breathe: {in: 4s, out: 6s}
    text: breathe.
    count: 1
  - breathe: {in: 4s, out: 6s}
    count: 1
  - include: three-breath-pause
  - end: end.
"""


def test_all_texts() -> None:
    """Title, card, care, settings and every text of a step are there; notes, includes are not."""
    assert [words for words, _ in texts_of(facts_of(TEXT)).each] == [
        *("summary.", "why.", "not for.", "before.", "meanwhile.", "say.", "ask Ana.", "hint."),
        *("rule.", "speak.", "wait.", "breathe.", "end."),
        *("title", "label", "part", "first", "second", "third", "borrow …"),
    ]


def test_a_few_words_are_no_sentences() -> None:
    """Titles, labels and what there is to choose from stand apart, as a few words each."""
    few = [words for words, _ in texts_of(facts_of(TEXT)).few]
    assert few == ["title", "label", "part", "first", "second", "third", "borrow …"]


def test_lists_that_stand_elsewhere() -> None:
    """Options and phrases that are the name of a setting are not looked at twice."""
    text = """
        settings: {deck: {list: [river, stone], label: Cards}}
        steps: [{ask: A., answer: {choice: deck}, borrow: deck, example: river}]
    """
    texts = texts_of(facts_of(text))
    assert texts.whole[-1][0] == "A."
    assert texts.few[-1][0] == "Cards"


def test_a_text_has_its_place() -> None:
    """Each text knows where in the file it begins."""
    *_, (words, span) = texts_of(facts_of("steps:\n  - say: Here.\n  - end: |\n      There.")).whole
    assert (words, span.column) == ("There.", 7)


def test_all_at_once() -> None:
    """All sentences are there in one text, and all words, those of titles and labels as well."""
    texts = texts_of(facts_of(TEXT))
    assert texts.sentences.startswith("summary.\n\nwhy.\n\nnot for.")
    assert texts.words[:4] == ["summary", "why", "not", "for"]
    assert {"title", "summary", "third", "end", "ana"} <= texts.different
    assert "note" not in texts.different
