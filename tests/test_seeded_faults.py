"""Mistakes that would reach people are found before anything runs.

The corpus holds the examples of the findings, and the shipped protocols with one small change each
(:mod:`tests.faults`). A fault counts as found if something is said about it on the right line.
"""

from __future__ import annotations

import pytest

from tests.faults.corpus import Tried, tried
from tests.faults.fault import KINDS, Kind
from tests.faults.page import PAGES
from tests.test_findings import EXAMPLES, is_found

LEAST = 120
"""So many faults there are at least."""

ENOUGH = 0.99
"""So many of them are found, of all."""

MOST_HINTS = 0.02
"""No more are found by a note alone, which nobody need heed."""


def test_nearly_every_fault_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    """Of all seeded faults at least 99 of 100 are found, each on the right line."""
    faults = tried()
    missed = [each.fault for each in faults if not each.found]
    hints = [each.fault for each in faults if each.found and each.only_a_hint]
    examples = [is_found(path) for path in EXAMPLES]
    total = len(faults) + len(examples)
    found = total - len(missed) - examples.count(False)
    with capsys.disabled():
        print(f"\n{found} of {total} seeded faults found ({found / total:.1%}),", end=" ")
        print(f"{len(hints)} of them by a hint alone, of {len(KINDS)} kinds.")
    assert total >= LEAST
    assert found / total >= ENOUGH, "\n".join(map(str, missed))
    assert len(hints) / total <= MOST_HINTS, "\n".join(map(str, hints))


def _of(kind: Kind) -> list[Tried]:
    return [each for each in tried() if each.fault.kind == kind.name]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_kind_of_fault_is_overlooked(kind: Kind) -> None:
    """Of each kind there are faults, and nine of ten at least are found."""
    faults = _of(kind)
    missed = [str(each.fault) for each in faults if not each.found]
    assert faults
    assert len(missed) <= len(faults) / 10, "\n".join(missed)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_says_its_harm(kind: Kind) -> None:
    """For each kind of fault it is said what it would do to the people in the exercise."""
    assert kind.harm.endswith(".")
    assert len(kind.harm.split()) > 3


def test_every_fault_is_one_change() -> None:
    """No two faults are the same, and none is a shipped protocol as it is."""
    texts = [each.fault.text for each in tried()]
    assert len({*texts, *[page.text for page in PAGES]}) == len(texts) + len(PAGES)


def test_every_fault_has_its_lines_in_the_file() -> None:
    """The lines on which a finding may stand are lines of the file, and not just any."""
    for each in tried():
        last = each.fault.text.count("\n")
        assert 1 <= min(each.fault.lines) <= max(each.fault.lines) <= last + 1, str(each.fault)
