"""Adaptations: in which of its two files a finding stands, and of which file its lines are."""

from __future__ import annotations

from textwrap import dedent, indent
from typing import TYPE_CHECKING

import pytest

from compassion_protocols.catalog import bundled, find_source
from compassion_protocols.loading import examine

if TYPE_CHECKING:
    from pathlib import Path

    from compassion_protocols.findings import Finding

MARK = "⟦"
BASE = """\
compassion_protocol: 1
id: the-base
version: 1.0.0
title: A base
summary: It holds what one test is about.
family: rituals
audience: [{audience}]
roles: {{{roles}}}
card: {{why: To see., dose: {{minutes: 5, source: default}}, sources: [{{cite: A}}]}}
care: {{tier: 0}}
settings: {{pause_for: {{duration: 1m, min: 3s, max: 2m, label: Pause}}}}
steps:
"""
OWN = """\
compassion_protocol: 1
id: adapted-here
version: 0.1.0
extends: the-base@1.0.0
adapted: {by: B. Second, on: 2026-11-01, why: To see more.}
"""
END = "- {end: 'Goodbye, {{ you }}. {{ pause_for }}'}"


def found(tmp_path: Path, steps: str, rest: str, *, group: bool = False) -> list[Finding]:
    """Examine an adaptation in a folder with its base; its findings, all in one of the files."""
    audience, roles = ("group", "member: {people: 2-6}") if group else ("individual", "")
    head = BASE.format(audience=audience, roles=roles)
    if not roles:
        head = head.replace("roles: {}\n", "")
    base = f"{head}{indent(f'{dedent(steps).strip()}{chr(10)}{END}', '  ')}\n"
    (tmp_path / "the-base.protocol.yaml").write_text(base)
    own = tmp_path / "adapted-here.protocol.yaml"
    own.write_text(OWN + dedent(rest).replace(MARK, ""))
    alone = examine(find_source(tmp_path / "the-base.protocol.yaml", bundled()), bundled())
    assert alone.protocol is not None, [str(finding) for finding in alone.findings]
    return list(examine(find_source(own, bundled()), bundled()).findings)


def place_of_mark(rest: str) -> tuple[str, int, int]:
    """Say at which place of the adaptation the mark stands."""
    lines = (OWN + dedent(rest)).splitlines()
    [(row, line)] = [(row, line) for row, line in enumerate(lines, 1) if MARK in line]
    return "adapted-here.protocol.yaml", row, line.index(MARK) + 1


def place(finding: Finding) -> tuple[str, int, int]:
    """Say at which place of which file a finding stands."""
    return finding.span.file.rpartition("/")[2], finding.span.line, finding.span.column


READ = "say: Look around you and count all that is blue and then all that is green or far away"
TALK = "{speak: What was good?, id: x, for: 2m, at_least: 30s}"
REST = "{say: Rest., id: x}"
BREATHE = "{breathe: {in: 4s, out: 6s}, id: x, count: 4}"
YES_NO = "answer: yes_no, example: 'yes'"
TEXT = "answer: text, example: A walk."
MENDED = "rules: [{avoids: [must], say: Softer?}], counterexamples: [I must go.]"
FORM = (
    "{ask: Q, id: x, answer: {form: {one: text, two: text}}, example: {one: A., two: B.}, "
    "rules: [{avoids: [must], field: two, say: Softer?}], "
    "counterexamples: [{one: A., two: I must.}]}"
)


@pytest.mark.parametrize(
    ("code", "step", "anew"),
    [
        ("CP850", f"{{{READ}, id: x, timer: {{at_most: 1m}}}}", "⟦timer: {at_most: 4s}"),
        ("CP850", f"{{{READ}, id: x}}", "⟦for: 4s"),
        ("CP851", "{say: Rest., id: x, for: 9s}", "⟦say: Take nine breaths."),
        ("CP856", f"{{{READ}, id: x}}", "⟦for: pause_for"),
        ("CP853", "{wait: Rest., id: x, for: 1m}", "⟦timer: {at_least: 3m}"),
        ("CP132", TALK, "for: ⟦20s"),
        ("CP132", TALK, "at_least: ⟦3m"),
        ("CP122", BREATHE, "⟦for: 1m"),
        ("CP122", BREATHE.replace("count: 4", "for: 1m"), "⟦count: 4"),
        ("CP707", BREATHE, "⟦breathe: {in: 4s, hold: 4s, out: 6s}"),
        ("CP843", REST, "⟦resume: restart"),
        ("CP840", "{say: Rest., id: x, for: 9s}", "⟦resume: deadline"),
        ("CP842", TALK, "⟦resume: restart"),
        ("CP841", "{wait: W, id: x, until: t, otherwise: [{say: Go.}]}", "⟦resume: restart"),
        ("CP839", "{wait: W, id: x, for: 1m}", "⟦for: 20h"),
        ("CP705", REST, "⟦who: facilitator"),
        ("CP502", "{repeat_until: ok, id: x, at_most: 3, steps: [<ASK>]}", "⟦at_most: 999"),
        ("CP142", FORM, "⟦answer: {form: {one: text}}, example: {one: A.}"),
        ("CP602", f"{{ask: Q, id: x, {TEXT}}}", "⟦answer: yes_no"),
        ("CP602", f"{{ask: Q, id: x, {TEXT}}}", "example: ⟦[A, B]"),
        ("CP608", f"{{ask: Q, id: x, {TEXT}, {MENDED}}}", "⟦answer: yes_no"),
        ("CP515", f"{{ask: Q, id: x, {TEXT}}}", "⟦answer: yes_no, example: 'yes'"),
        ("CP855", "{part: P, steps: [{wait: W, id: x, for: 1m}]}", "⟦for: 20m"),
        ("CP603", f"{{ask: Q, id: x, {TEXT}}}", "⟦rules: [{words: {max: 1}, say: Less?}]"),
        ("CP605", f"{{ask: Q, id: x, {TEXT}, {MENDED}}}", "⟦answer: {choice: [A walk., Rest.]}"),
        ("CP606", f"{{ask: Q, id: x, {TEXT}, {MENDED}}}", "⟦rules: [{avoids: [might], say: So?}]"),
    ],
)
def test_what_a_change_says_is_found_where_it_says_it(
    code: str, step: str, anew: str, tmp_path: Path
) -> None:
    """A finding about a key that an adaptation has changed points to that key in its own file."""
    ask = f"{{ask: So?, id: ok, {YES_NO}}}"
    before = "- {ask: When?, id: t, answer: time, example: '18:30'}\n" if "until: t" in step else ""
    rest = f"change: {{x: {{{anew}}}}}"
    those = [
        place(one)
        for one in found(tmp_path, f"{before}- {step.replace('<ASK>', ask)}", rest)
        if one.code == code
    ]
    assert those[:1] == [place_of_mark(rest)]


@pytest.mark.parametrize(
    ("code", "rest"),
    [
        ("CP710", "care: {⟦tier: 3, not_for: [A bad day.], distress: [before, after]}"),
        ("CP708", "care: {⟦tier: 2, not_for: [A bad day.]}"),
        ("CP731", "card: {⟦status: reviewed}"),
        ("CP732", "card: {⟦next_review: soon}"),
    ],
)
def test_what_is_said_of_care_and_card_is_found_where_it_is_said(
    code: str, rest: str, tmp_path: Path
) -> None:
    """A finding about a key of the care or the card points to the file that says it."""
    those = [place(one) for one in found(tmp_path, f"- {REST}", rest) if one.code == code]
    assert those[:1] == [place_of_mark(rest)]


def test_what_is_not_changed_is_found_in_the_base(tmp_path: Path) -> None:
    """What follows for words of the base is found there, whatever else of that step is changed."""
    steps = f"- {{{READ}, id: look, for: pause_for}}"
    rest = "settings: {pause_for: {duration: 3s}}\nchange: {look: {note: Smile.}}"
    [finding] = [one for one in found(tmp_path, steps, rest) if one.code == "CP850"]
    assert place(finding) == ("the-base.protocol.yaml", 12, 5)


def test_what_is_too_long_for_the_card(tmp_path: Path) -> None:
    """A sitting that a change makes too long is found there, beside whatever it includes."""
    rest = (
        "change: {x: {hint: Slowly.}}\nadd: {after: x, steps: [{say: Sit.}, ⟦{wait: W, for: 9m}]}"
    )
    steps = f"- {{ask: Q, id: x, {TEXT}}}\n- {{include: three-breath-pause}}"
    those = [place(one) for one in found(tmp_path, steps, rest) if one.code == "CP855"]
    assert those == [place_of_mark(rest)]


def test_a_finding_in_the_base_tells_of_a_change(tmp_path: Path) -> None:
    """Where a finding stands in the base, a line of the adaptation is told with its file."""
    steps = f"""
        - {{ask: A, id: ok, answer: yes_no, example: 'yes'}}
        - {{ask: B, id: good, {TEXT}}}
        - {{say: 'So: {{{{ good }}}}'}}
    """
    [finding] = [
        one for one in found(tmp_path, steps, "change: {good: {when: ok}}") if one.code == "CP411"
    ]
    assert place(finding)[:2] == ("the-base.protocol.yaml", 14)
    assert "“good” (line 13) is asked only" in finding.message
    assert "past line 6 of adapted-here.protocol.yaml, where" in finding.message


TURNS = """
    - turns: member
      steps:
        - ask: Have you time, {{ listener }}?
          id: time
          who: listener
          answer: yes_no
          example: 'yes'
          shared: everyone
        - speak: What was it like, {{ speaker }}?
          id: talk
          who: speaker
          for: 2m
"""


@pytest.mark.parametrize(
    ("code", "steps", "rest", "words"),
    [
        (
            "CP603",
            f"- {{ask: Q, id: q, {TEXT}, {MENDED}}}",
            "change: {q: {example: I must.}}",
            "misses the rule on line 12 of the-base.protocol.yaml",
        ),
        (
            "CP854",
            "- {part: P, id: p, steps: [{say: Rest., for: 2m}, {say: Sit.}]}",
            "change: {p: {timer: {at_most: 1m}}}",
            "(line 12 of the-base.protocol.yaml)",
        ),
        (
            "CP855",
            "- {say: Rest., for: 5m}",
            "card: {dose: {minutes: 1, source: default}}",
            "the longest step on line 12 of the-base.protocol.yaml",
        ),
        (
            "CP402",
            "- {say: Rest., id: r}",
            "add: {after: r, steps: [{say: Sit., id: r}]}",
            "the step on line 12 of the-base.protocol.yaml",
        ),
        (
            "CP504",
            "- {say: Rest., id: r}",
            "add: {after: r, steps: [{end: Goodbye.}]}",
            "on line 6 of adapted-here.protocol.yaml comes before",
        ),
        (
            "CP511",
            "- {ask: Q, id: q, answer: {scale: [0, 9]}, example: 3}\n- {say: Rest., id: r}",
            "change: {r: {when: q < 11 or q is missing}}",
            "(line 12 of the-base.protocol.yaml) can be",
        ),
        (
            "CP511",
            "- {ask: Q, id: q, answer: yes_no, example: 'yes'}\n"
            "- {part: P, when: q, steps: [{say: A, id: a}, {say: B, when: q is given}]}",
            "change: {a: {when: q}}",
            "where “q” (line 13 of the-base.protocol.yaml) is so",
        ),
        (
            "CP411",
            "- {ask: Q, id: q, answer: yes_no, example: 'yes'}\n"
            f"- {{ask: Why?, id: why, when: q, {TEXT}}}\n- {{say: Rest., id: r}}",
            "change: {r: {say: 'So: {{ why }}'}}",
            "past line 13 of the-base.protocol.yaml, where “q” is not so",
        ),
        (
            "CP506",
            "- {ask: Q, id: q, answer: yes_no, example: 'yes'}\n- {say: Rest., id: r}",
            "add: {after: r, steps: [{repeat_until: q, at_most: 2, steps: [{say: So?}]}]}",
            "(it is asked on line 12 of the-base.protocol.yaml)",
        ),
        (
            "CP872",
            f"- {{ask: Q, id: q, {TEXT}, keep: {{as: walks}}}}",
            f"add: {{after: q, steps: [{{ask: R, id: s, {YES_NO}, keep: {{as: walks}}}}]}}",
            "is kept on line 12 of the-base.protocol.yaml already",
        ),
        (
            "CP414",
            f"- {{ask: Q, id: q, {TEXT}}}\n- {{say: Rest., id: r}}",
            "add: {after: r, steps: [{end: 'So: {{ q }}', when: q is missing or q is given}]}",
            "When line 12 of the-base.protocol.yaml is skipped",
        ),
    ],
)
def test_a_line_of_the_other_file_is_told_with_its_name(
    code: str, steps: str, rest: str, words: str, tmp_path: Path
) -> None:
    """A finding that names a line of another file than its own says of which file."""
    those = [one.message for one in found(tmp_path, steps, rest) if one.code == code]
    assert [words in message for message in those][:1] == [True], those


@pytest.mark.parametrize(
    ("code", "rest", "words"),
    [
        ("CP821", "change: {talk: {when: time}}", "in the loop on line 13 of the-base"),
        (
            "CP801",
            "add: {after: talk, steps: [{say: 'So: {{ time }}'}]}",
            "(line 15 of the-base.protocol.yaml) is for",
        ),
        (
            "CP802",
            "add: {after: talk, steps: [{say: A, id: a, who: everyone, when: time}]}",
            "the step on line 6: ",
        ),
    ],
)
def test_a_turn_of_the_base(code: str, rest: str, words: str, tmp_path: Path) -> None:
    """What a change makes uneven or tells to others is told with the lines of the base."""
    steps = TURNS if code == "CP821" else TURNS.replace("shared: everyone", "hint: Only for you.")
    those = [one.message for one in found(tmp_path, steps, rest, group=True) if one.code == code]
    assert [words in message for message in those][:1] == [True], those
