"""An author who made ten mistakes is told of all ten at once."""

from __future__ import annotations

from compassion_protocols.reading.convert import read

TEN = """\
compassion_protocol: 1
id: Evening Talk
version: 1.0
title: Evening talk
summary: Two people, one question each.
family: listning
audience: couple
card:
  why: A short talk keeps the day from piling up.
  dose: {minutes: ten, source: default}
  sources:
    - {seed: "000", quote: pause for three breaths before responding}
care:
  tier: 0
roles:
  partner: {people: 2}
steps:
  - say: {{ you }}, sit down somewhere quiet.
  - wait: Let the day come to rest.
    for: 3
  - ask: What was good today?
    id: good
    who: partner
    shraed: everyone
    answer: txt
    rules:
      - say: One sentence is enough. Which one?
    example: The walk.
  - say: You said {{ good | shout }}.
"""

PLACES = [
    ("CP112", 2, 5, "evening-talk"),
    ("CP113", 3, 10, "1.0.0"),
    ("CP106", 6, 9, "listening"),
    ("CP107", 10, 19, "a number"),
    ("CP013", 18, 10, '"{{ you }}, sit down somewhere quiet."'),
    ("CP109", 20, 10, "3s"),
    ("CP101", 24, 5, "shared"),
    ("CP130", 25, 13, "text"),
    ("CP140", 27, 9, "sentences"),
    ("CP2", 29, 29, ""),
]


def test_ten_mistakes() -> None:
    """Ten different mistakes give ten findings in order of place, each with what is right."""
    findings = read(TEN.encode(), "talk.yaml").findings
    assert len(findings) == len(PLACES)
    for finding, (code, line, column, right) in zip(findings, PLACES, strict=True):
        assert finding.code.startswith(code)
        assert str(finding.span) == f"talk.yaml:{line}:{column}"
        assert right in f"{finding.message} {finding.remedy}"
