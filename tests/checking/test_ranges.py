"""What values a name can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.checking.ranges import (
    MISSING,
    UNKNOWN,
    Entries,
    Numbers,
    Possible,
    Ranges,
    either,
    of_setting,
    only,
)
from compassion_protocols.errors import AnswerRefused
from compassion_protocols.model.accepting import accept
from compassion_protocols.model.answers import LARGEST_NUMBER
from compassion_protocols.model.settings import problem_with
from compassion_protocols.model.steps import Ask
from tests.checking.found import facts_of
from tests.checking.nets import NETS, lies_in

if TYPE_CHECKING:
    from compassion_protocols.language.values import Value

HEAD = """
audience: couple
roles: {partner: {people: 2}}
settings:
  few: {number: 2, min: 1, max: 3, label: Few}
  any_number: {number: 2, label: Any}
  quiet: {duration: 1m, min: 30s, max: 5m, label: Quiet}
  mood: {choice: [soft, lively], label: Mood}
  calm: {yes_no: "yes", label: Calm}
  word: {text: warmth, label: A word}
  deck: {list: [river, stone], label: Cards}
steps:
"""
KINDS = [
    "text", "long_text", "yes_no", "date", "time",
    "{number: whole}", "{number: any, min: 0.5, max: 2.5}", "{number: whole, min: 0.5, max: few}",
    "{scale: [0, 10]}", "{choice: [one, two]}", "{choice: deck}",
    "{choices: [a, b]}", "{choices: [a, b], min: 1, own: 2}", "{choices: deck}",
    "{rank: [a, b, c]}", "{rank: deck}",
    "{list: text}", "{list: text, min: 1, max: 3}", "{list: text, min: few}", "{person: partner}",
    "{form: {what: text, hard: {scale: [0, 4]}}}",
]  # fmt: skip
RAW: list[object] = [
    "", "a", "one", "stone", "yes", "18:30", "2026-03-01",
    True, False, 0, 1, 3, 4, 10, 11, 0.5, 2.5, -7,
    [], ["a"], ["a", "b"], ["a", "b", "c"], ["c", "b", "a"], ["a", "b", "c", "d"], ["stone"],
    ["river", "stone"], {"what": "a", "hard": 2}, {"what": "a", "hard": 9}, 10**9,
]  # fmt: skip


def settings_of(few: int) -> dict[str, Value]:
    """Give the settings that bounds and options are read by."""
    return {"few": few, "deck": ("river", "stone")}


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_that_is_taken_lies_in_its_range(kind: str) -> None:
    """Whatever a question accepts is among what its answer can be, and so is nothing."""
    facts = facts_of(f"{HEAD}  - {{ask: A, id: x, who: partner, answer: {kind}, example: a}}\n")
    step = facts.places[0].step
    assert isinstance(step, Ask)
    possible = Ranges(facts).given(step.answer)
    taken = 0
    for few in (1, 3):
        for raw in RAW:
            try:
                value = accept(step.answer, raw, settings_of(few).__getitem__)
            except (AnswerRefused, KeyError):
                continue
            taken += 1
            assert lies_in(value, possible)
    assert taken or kind == "{person: partner}"


@pytest.mark.parametrize("at", range(7))
def test_every_value_of_a_setting_lies_in_its_range(at: int) -> None:
    """Whatever may be chosen for a setting is among what it can be."""
    setting = facts_of(f"{HEAD}  - say: A\n").protocol.settings[at]
    possible = of_setting(setting)
    assert lies_in(setting.default, possible)
    for value in ("", "soft", True, False, -5, 1, 3, 2.5, 30, 300, (), ("a", "b")):
        if not problem_with(setting, value):
            assert lies_in(value, possible)


def test_names_at_their_places() -> None:
    """A name is one answer in its loop and a list outside it; what is no answer is unknown."""
    text = """
      - turns: partner
        steps:
          - {ask: A, id: n, who: speaker, answer: {scale: [0, 4]}, example: 1}
          - {ask: A, id: some, who: speaker, answer: {list: text, min: 2}, example: [a, b]}
          - {reveal: some, id: shown, who: speaker, to: everyone}
          - {reveal: nothing, id: lost, who: speaker, to: everyone}
          - {say: A}
      - say: B
    """
    facts = facts_of(f"{HEAD}{text}")
    ranges = Ranges(facts)
    inside, outside = facts.places[-2].scope, facts.places[-1].scope
    assert ranges.of("n", inside).numbers == Numbers(0, 4, True)
    assert ranges.of("n", inside) is ranges.of("n", inside)
    assert ranges.of("n", inside).missing
    assert ranges.of("n", outside).lists == Entries()
    assert ranges.of("some", inside).lists == Entries(2, 50)
    assert ranges.of("shown", inside).lists == Entries(0, 50)
    assert ranges.of("few", inside).numbers == Numbers(1, 3)
    assert not ranges.of("few", inside).missing
    assert ranges.of("any_number", inside).numbers == Numbers(-LARGEST_NUMBER, LARGEST_NUMBER)
    for unknown in ("speaker", "partner", "you", "nobody", "lost"):
        assert ranges.of(unknown, inside) is UNKNOWN


def test_what_a_draft_has_the_wrong_way_round() -> None:
    """Where a draft's bounds cross, nothing is claimed."""
    text = "audience: individual\nsettings: {k: {number: 5, min: 4, max: 9, label: K}}\nsteps:\n"
    text += "  - {ask: A, id: n, answer: {number: any, min: k, max: 2}, example: 1}\n"
    text += "  - {ask: A, id: l, answer: {list: text, min: k, max: 2}, example: [a]}\n"
    facts = facts_of(text)
    ranges = Ranges(facts)
    scope = facts.places[0].scope
    assert ranges.of("n", scope).numbers == Numbers()
    assert ranges.of("l", scope).lists == Entries()


@given(*[st.sampled_from(sorted(NETS))] * 2)
def test_either_holds_both(one: str, other: str) -> None:
    """What is possible for one or the other holds every value of both."""
    together = either(NETS[one][0], NETS[other][0])
    for value in (*NETS[one][1], *NETS[other][1]):
        assert lies_in(value, together)


def test_a_single_value() -> None:
    """Just one value is possible, and nothing else; of a form nothing is claimed."""
    assert lies_in("a", only("a"))
    assert not lies_in("b", only("a"))
    assert not lies_in(True, only(False))
    assert only(("a", "b")).lists == Entries(2, 2)
    assert only(2.5).numbers == Numbers(2.5, 2.5)
    assert only({"what": "a"}) is UNKNOWN
    assert not MISSING.is_something
    assert Possible(texts=None).is_something
