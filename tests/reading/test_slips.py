"""What an author most likely meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.findings import CODES
from compassion_protocols.reading.compose import compose
from compassion_protocols.reading.slips import diagnose
from compassion_protocols.reading.trouble import Trouble

EXERCISE = """\
id: pause
steps:
  - say: Let your feet find the floor, {{ you }}.
    for: 30s
  - ask: "{{ you }}, what do you notice?"
    answer: {choice: [calm, "not yet"], own: 3}
    rules:
      - words: {max: 20}
        say: |
          A few words are enough.
  - say: >-
      Thank you
      for this.
"""

WORDS = ["not allowed", "expected key", "end of stream", "',' or ']'", "escape", "expected ':'"]
PLACES = st.tuples(st.integers(0, 5), st.integers(0, 12))
TROUBLES = st.builds(
    Trouble,
    st.sampled_from([*WORDS, "values are not allowed", "block end", "node content", ""]),
    at=PLACES,
    since=PLACES,
    last=PLACES,
    inside=st.none() | PLACES,
)


@given(st.lists(st.text("ab:-'\"[]{} ,\t@*", max_size=12), max_size=4).map(tuple), TROUBLES)
def test_any_trouble_is_a_slip(lines: tuple[str, ...], trouble: Trouble) -> None:
    """Whatever the lines and wherever the parser stops, there is one finding, and rows stay."""
    slip = diagnose(lines, "calm.yaml", trouble)
    assert slip.finding.code in CODES
    assert slip.mend is None or len(slip.mend.lines) == len(lines)


def test_what_no_rule_knows_is_said_plainly() -> None:
    """Where nothing else is known, the finding says where and what to compare."""
    slip = diagnose(("a: b",), "calm.yaml", Trouble("something new", at=(0, 3)))
    assert slip.finding.code == "CP010"
    assert str(slip.finding.span) == "calm.yaml:1:4"
    assert slip.mend is None


@pytest.mark.usefixtures("either_parser")
def test_an_exercise_is_clean() -> None:
    """The exercise that is about to be spoilt has nothing wrong with it."""
    assert compose(EXERCISE.encode(), "calm.yaml").findings == ()


@given(
    st.integers(0, len(EXERCISE)),
    st.integers(0, 3),
    st.sampled_from(["", *"\"'{}[]:,-#&*!|>%@`\t \n"]),
)
def test_one_slip_of_the_hand_is_told_near_its_place(at: int, lost: int, typed: str) -> None:
    """A few characters lost or typed by mistake never give a finding above their line."""
    spoilt = EXERCISE[:at] + typed + EXERCISE[at + lost :]
    first_line = EXERCISE[:at].count("\n") + 1
    for finding in compose(spoilt.encode(), "calm.yaml").findings:
        assert finding.span.line >= first_line - 3
