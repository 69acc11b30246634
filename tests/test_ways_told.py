"""A finding about a way shows it: the line, the people or the value by which one comes there.

Every error and every warning of the proofs about ways, bounds and people is either in
:data:`SHOWN`, with what its message shows beside its own line, or in :data:`NO_WAY`, with the
reason why there is no way to show. A new code must be put into one of the two.
"""

from __future__ import annotations

import re

import pytest

from compassion_protocols.findings import CODES, Severity
from tests.test_findings import EXAMPLES, found_in

LONGEST = 220
"""Characters of a message: what is read in one go."""

LINE, PEOPLE, VALUE = "another line", "the people who are there", "a value"

ASKED = [
    code.id
    for code in CODES.values()
    if code.id[:3] in ("CP4", "CP5", "CP8") and code.severity is not Severity.NOTE
]

SHOWN = {
    # the question that is passed by or skipped, and the decision by which it is
    **dict.fromkeys(("CP410", "CP411", "CP412", "CP413", "CP414"), LINE),
    **dict.fromkeys(("CP833", "CP836", "CP848"), LINE),
    # the end, the case, the guard or the question that decides beforehand
    **dict.fromkeys(("CP504", "CP506", "CP512"), LINE),
    # what a name can be, and where that is said
    **dict.fromkeys(("CP510", "CP511"), LINE),
    "CP513": VALUE,
    "CP837": VALUE,
    # the loop or the setting that makes it long, and the group
    "CP501": PEOPLE,
    "CP502": LINE,
    "CP503": PEOPLE,
    # the answer that is told, and the step by which it is
    **dict.fromkeys(("CP801", "CP802", "CP803", "CP804", "CP805", "CP806"), LINE),
    # the smallest group in which it shows, or the turn by which somebody else decides
    **dict.fromkeys(("CP820", "CP822", "CP830", "CP831", "CP832", "CP835", "CP838"), PEOPLE),
    **dict.fromkeys(("CP821", "CP829"), LINE),
    # how long it takes, and how long there is
    **dict.fromkeys(("CP839", "CP850", "CP851", "CP852", "CP853"), VALUE),
    **dict.fromkeys(("CP854", "CP855"), LINE),
}

_NAMES = "a name is wrong on every way"
_KINDS = "what a name is there does not hang on the way"
_PAUSES = "it is so in every pause, at every moment of its step"
_CARE = "it is so wherever the care is shown"
_KEPT = "what is kept is said of a step, on every way to it"

NO_WAY = {
    **dict.fromkeys(("CP401", "CP402", "CP403", "CP404", "CP405", "CP406", "CP407"), _NAMES),
    **dict.fromkeys(("CP420", "CP421", "CP422", "CP423", "CP424"), _KINDS),
    "CP505": "it comes out the same on every way",
    "CP514": "it is so whatever is chosen",
    "CP834": "it is so in every group",
    **dict.fromkeys(("CP840", "CP841", "CP842", "CP843"), _PAUSES),
    **dict.fromkeys(("CP844", "CP845"), _CARE),
    **dict.fromkeys(("CP846", "CP847"), "it is so however the questions are answered"),
    **dict.fromkeys(("CP860", "CP861"), "it is so whoever has that part"),
    "CP807": "the question and what is kept of it are one step",
    **dict.fromkeys(("CP870", "CP871", "CP872", "CP873"), _KEPT),
}

_PEOPLE = r"(?i)\b(?:one person|\d+ people|nobody facilitates|fewer than \d+ of|nobody of)\b"
_VALUE = r"\b\d+ (?:seconds|minutes?|hours?)|\bat (?:least|most) \d+|“[^”]+” is not so"


def lines_in(message: str) -> set[int]:
    """Every line that a message names."""
    named = re.findall(r"\blines? (\d+(?:(?:, | and )\d+)*)", message)
    return {int(number) for each in named for number in re.findall(r"\d+", each)}


def test_every_code_is_looked_at() -> None:
    """Each error and each warning stands in one of the two tables, and none in both."""
    assert sorted([*SHOWN, *NO_WAY]) == sorted(ASKED)
    assert all(NO_WAY.values())


@pytest.mark.parametrize("code", SHOWN)
def test_the_shortest_way_is_told(code: str) -> None:
    """The message of a failing example names another line, a group or a value: as it is told."""
    [path] = [path for path in EXAMPLES if path.stem == code]
    [finding] = found_in(path)
    shown = {
        LINE: bool(lines_in(finding.message) - {finding.span.line}),
        PEOPLE: bool(re.search(_PEOPLE, finding.message)),
        VALUE: bool(re.search(_VALUE, finding.message)),
    }
    assert shown[SHOWN[code]], finding.message


@pytest.mark.parametrize("code", ASKED)
def test_a_message_is_short(code: str) -> None:
    """A message is a sentence or two, and no list of all that there is."""
    [path] = [path for path in EXAMPLES if path.stem == code]
    [finding] = found_in(path)
    assert len(re.findall(r"[.?!](?:\s|$)", finding.message)) <= 2
    assert len(finding.message) <= LONGEST
