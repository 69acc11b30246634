"""Timers that a pause would spoil, and care that could fail when it is needed."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.gather import gather
from compassion_protocols.checking.pausing import check_pausing
from tests.checking.found import at_mark, codes, only, whole
from tests.plans import protocol_of

COUPLE = "audience: couple\nroles: {partner: {people: 2}}\nsteps:\n  - say: Welcome.\n"
WHEN = "  - {ask: When?, id: t, shared: everyone, who: host, answer: time, example: '18:30'}\n"

SAY, ASK = "say: A", "ask: A, answer: text, example: b"
SPEAK, BREATHE = "speak: A, for: 1m", "breathe: {in: 4s, out: 6s}, count: 3"
WAIT, UNTIL = "wait: A, for: 1m", "wait: A, until: t, otherwise: [{say: B}]"
LIMIT, LEAST = "timer: {at_most: 1m}", "timer: {at_least: 10s}"


def found(step: str, resume: str) -> list[str]:
    """Name what is found in a step that says what it does after a pause."""
    text = COUPLE.replace("2}}", "2}, host: {one_of: partner}}") + WHEN
    return codes(f"{text}  - {{{step}, resume: {resume}}}")


@pytest.mark.parametrize(
    ("step", "remaining", "restart", "deadline"),
    [
        (UNTIL, "CP841", "CP841", ""),
        (WAIT, "", "", "CP840"),
        ("wait: A, for: 8m", "", "", "CP840"),
        (BREATHE, "", "", "CP840"),
        (SPEAK, "", "CP842", "CP840"),
        (f"{SPEAK}, at_least: 10s", "", "CP842", "CP840"),
        (f"{SAY}, for: 1m", "", "", "CP840"),
        (f"{SAY}, {LIMIT}", "", "", "CP840"),
        (f"{SAY}, {LEAST}", "", "CP842", ""),
        (f"{ASK}, {LIMIT}", "", "", "CP840"),
        (f"{ASK}, {LEAST}", "", "CP842", ""),
        (SAY, "CP843", "CP843", "CP843"),
        (ASK, "CP843", "CP843", "CP843"),
        (f"part: P, {LIMIT}, steps: [{{say: A}}]", "CP843", "CP843", "CP843"),
        (f"for_each: 2, {LEAST}, steps: [{{say: A}}]", "CP843", "CP843", "CP843"),
    ],
)
def test_what_a_timer_may_do_after_a_pause(
    step: str, remaining: str, restart: str, deadline: str
) -> None:
    """A time of day stands, speaking goes on with what was left, and no timer loses any."""
    each = {"remaining": remaining, "restart": restart, "deadline": deadline}
    for resume, code in each.items():
        assert found(step, resume) == ([code] if code else [])


def test_a_wait_that_is_spent_elsewhere() -> None:
    """The clock of a long wait may run on through a pause, whether it is written or a setting."""
    assert codes(f"{COUPLE}  - {{wait: A, for: 10m, resume: deadline}}") == ["CP855"]
    chosen = "settings: {long: {duration: 10m, max: 20m, label: L}}\n"
    assert codes(f"{chosen}{COUPLE}  - {{wait: A, for: long, resume: deadline}}") == ["CP855"]


def test_without_a_word_every_timer_does_what_is_right() -> None:
    """Where `resume` is left out, there is nothing to find."""
    assert codes(f"{COUPLE}  - {{{SPEAK}}}\n  - {{{BREATHE}}}\n  - {{{WAIT}}}") == []


# care inside other sessions


def care(name: str, steps: str, more: str = "") -> list[str]:
    """Name what this proof finds in a care protocol."""
    text = f"id: {name}\nfamily: care\naudience: individual\n{more}\nsteps: {steps}"
    return [finding.code for finding in check_pausing(gather(whole(text)))]


@pytest.mark.parametrize("name", ["pause-card", "grounding", "human-help"])
@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", []),
        ("settings: {word: {text: a, label: A}}", ["CP844"]),
        ("roles: {one: {people: 1}}", ["CP844"]),
        ("roles: {one: {people: 1}, holder: {one_of: one}}", ["CP844", "CP844"]),
    ],
)
def test_care_stands_alone(name: str, more: str, expected: list[str]) -> None:
    """What is shown inside other sessions has neither settings nor roles."""
    assert care(name, "[{say: Rest., id: card}]", more) == expected


def test_other_care_protocols_may_have_settings() -> None:
    """A care protocol that is run by itself is like any other."""
    assert care("a-walk", "[{say: Rest.}]", "settings: {word: {text: a, label: A}}") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rest, {{ you }}.", []),
        ("Rest, {{ person }}.", ["CP844"]),
        ("{{ facilitator }}", ["CP844"]),
    ],
)
def test_the_pause_card_names_nobody_but_you(text: str, expected: list[str]) -> None:
    """The card is shown in any session, so it can speak to its reader alone."""
    assert care("pause-card", f"[{{say: '{text}', id: card}}]") == expected
    assert care("human-help", f"[{{say: '{text}'}}]") == []


@pytest.mark.parametrize(
    ("name", "step", "expected"),
    [
        ("human-help", "{say: A, for: 20s}", ["CP845"]),
        ("human-help", "{say: A, timer: {at_most: 20s}}", ["CP845"]),
        ("human-help", "{say: A, timer: {at_least: 5s}}", []),
        ("human-help", "{say: A}", []),
        ("grounding", "{say: A, for: 20s}", []),
        ("grounding", "{ask: A, id: safe, answer: yes_no, timer: {at_most: 1m}}", ["CP845"]),
        (
            "grounding",
            "{ask: A, id: distress_now, answer: {scale: [0, 10]}, timer: {at_most: 1m}}",
            ["CP845"],
        ),
        ("grounding", "{ask: A, id: other, answer: yes_no, timer: {at_most: 1m}}", []),
    ],
)
def test_no_clock_takes_care_away(name: str, step: str, expected: list[str]) -> None:
    """Help stays until its reader goes on, and so do the questions that lead to it."""
    assert care(name, f"[{step}]") == expected


# screening

QUESTIONS = """
audience: individual
settings:
  strict: {yes_no: yes, label: Strict}
care:
  tier: 0
  clears: CLEARS
steps:
  - {ask: A, id: afraid, answer: yes_no, example: "no"}
  - {ask: B, id: free, answer: yes_no, example: "yes"}
  - {ask: C, id: much, answer: {scale: [0, 10]}, example: 0}
  - {ask: D, id: how, answer: {choice: [well, badly]}, example: well}
  - {ask: E, id: word, answer: text, example: a}
  - {for_each: 2, steps: [{ask: F, id: again, answer: yes_no, example: "yes"}]}
"""


@pytest.mark.parametrize(
    ("clears", "expected"),
    [
        ("not afraid and free", []),
        ("much < 3", []),
        ('how == "well" or much == 0', []),
        ("afraid and not afraid", ["CP846"]),
        ("much > 10", ["CP846"]),
        ("not afraid and free and much < 3 and how != how", ["CP846"]),
        ("afraid or not afraid", ["CP847"]),
        ("much <= 10", ["CP847"]),
        ('how == "well" or how == "badly"', ["CP847"]),
        ("afraid is missing or not afraid", ["CP848"]),
        ("(much | default(0)) < 3", ["CP848"]),
        ("word is missing", ["CP848"]),
        ("strict", ["CP848"]),
        ("strict and not afraid", []),
        ("again | every", []),
        ('word == "yes"', []),
    ],
)
def test_a_screening_lets_in_and_keeps_out(clears: str, expected: list[str]) -> None:
    """Some answers clear, others do not, and leaving everything open does not."""
    text = QUESTIONS.replace("CLEARS", f"'{clears}'")
    linked = protocol_of(text)
    assert [finding.code for finding in check_pausing(gather(linked))] == expected


def test_too_many_ways_are_not_tried() -> None:
    """Where there are more combinations of answers than can be tried, nothing is said."""
    asked = [f"{{ask: A, id: a{n}, answer: {{scale: [0, 10]}}, example: 0}}" for n in range(5)]
    clears = " and ".join([f"a{n} > 10" for n in range(5)])
    text = f"audience: individual\ncare: {{tier: 0, clears: {clears}}}\nsteps: [{', '.join(asked)}]"
    assert codes(text) == []


def test_it_points_at_the_condition() -> None:
    """The finding stands where the condition does, and says what would be right."""
    text, place = at_mark("""
        audience: individual
        care:
          tier: 0
          clears: ⟦afraid and not afraid
        steps:
          - {ask: A, id: afraid, answer: yes_no, example: "no"}
    """)
    finding = only(text)
    assert (finding.code, finding.span.line, finding.span.column) == ("CP846", *place)
    assert finding.message == "However these questions are answered, nobody is cleared to start."
