"""Words that make a person their diagnosis, and promises."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from compassion_protocols.catalog import bundled
from compassion_protocols.checking.phrases import LABELS, PROMISES
from compassion_protocols.lists import DEFAULT_LANGUAGE, wordings
from tests.checking.found import at_mark, codes, known_codes, known_findings

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED: Mapping[str, Mapping[str, str]] = wordings(bundled().root, DEFAULT_LANGUAGE)


@pytest.mark.parametrize(
    "text",
    [
        "steps: [{say: He suffers from worry.}]",
        "steps: [{say: He SUFFERS\n from worry.}]",
        "steps: [{say: A, meanwhile: Addicts wait.}]",
        "steps: [{part: For addicts, steps: [{say: A}]}]",
        "care: {tier: 0, not_for: [Whoever suffers from panic.]}\nsteps: [{say: A}]",
        "care: {tier: 0, before_you_start: [Addicts may rest.]}\nsteps: [{say: A}]",
        "summary: For addicts.\nsteps: [{say: A}]",
        "title: For addicts\nsteps: [{say: A}]",
        "steps: [{ask: A, answer: {choice: [addicts, others]}, example: others}]",
        "steps: [{ask: A, answer: text, example: B, borrow: [The addicts …]}]",
        "settings: {n: {number: 1, label: How many addicts}}\nsteps: [{say: A}]",
    ],
)
def test_labels(text: str) -> None:
    """A label is found in whatever people read, in any case and across lines."""
    assert known_codes(text) == ["CP752"]
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "steps: [{say: 'You said “addicts” to me.'}]",
        "steps: [{say: A, note: Addicts.}]",
        "steps: [{say: The addictsville bus.}]",
    ],
)
def test_no_labels(text: str) -> None:
    """What is quoted, what only a facilitator reads, and other words are no labels."""
    assert known_codes(text) == []


def test_a_label_has_a_place_and_another_word() -> None:
    """A label is found where its text begins, with what to write instead."""
    text, place = at_mark(
        """
        steps:
          - say: Sit down.
          - say: ⟦She suffers from worry, and he is one of the addicts.
        """
    )
    first, second = known_findings(text)
    assert {(one.span.line, one.span.column) for one in (first, second)} == {place}
    assert "Write “people with an addiction”." in (first.remedy, second.remedy)


def test_promises() -> None:
    """A promise is found, with another word if there is one, else with advice."""
    cure, fight = known_findings(
        "steps: [{say: This cures shame.}, {say: You will never fight again.}]"
    )
    assert (cure.code, cure.remedy) == ("CP753", "Write “may help with”.")
    assert (fight.code, fight.remedy) == (
        "CP753",
        "Say what people will do, and what it may be like.",
    )


@pytest.mark.parametrize("name", [LABELS, PROMISES])
def test_the_shipped_lists(name: str) -> None:
    """Both lists are shipped, and what stands beside a phrase is not itself on a list."""
    phrases = SHIPPED[name]
    assert len(phrases) > 30
    told = " | ".join(phrases.values())
    both = [*SHIPPED[LABELS], *SHIPPED[PROMISES]]
    assert [one for one in both if re.search(rf"\b{re.escape(one)}\b", told)] == []


def test_every_label_has_another_word() -> None:
    """Beside each label stands what to write instead."""
    assert [phrase for phrase, better in SHIPPED[LABELS].items() if not better] == []
