"""Answers that come through a pipe, one a line."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from tests.cli.commands import CLEARED, FAST, ROOT, WORDS, environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.commands import Shell

EMPATHY = (
    "A warm jaw",
    "Nothing yet",
    "The boxes",
    "The call",
    "You felt alone with the move.",
    "not quite",
    "It was more about being alone.",
    "You felt alone with the boxes.",
    "1",
    "You were hoping that I would call.",
    "yes",
    "That you stayed",
    "The call, at last",
)
"""One line for each question of the structured empathy exchange."""


def lines(*typed: str) -> str:
    """Lines, as they are typed."""
    return "".join(f"{line}\n" for line in typed)


def empathy(shell: Shell, *typed: str, more: tuple[str, ...] = ()) -> str:
    """What a structured empathy exchange prints for these lines."""
    done = shell("run", "structured-empathy-exchange", *CLEARED, *FAST, *more, typed=lines(*typed))
    assert done.code == 0
    return done.out


def test_two_people_come_to_the_end(shell: Shell) -> None:
    """A line for each question leads through an exercise for two, to its transcript."""
    out = empathy(shell, *EMPATHY)
    _, _, transcript = out.rpartition("# Structured empathy exchange\n")
    assert "- **Ben:** You felt alone with the boxes." in transcript
    assert "- **Ben:** The call, at last\n" in transcript
    assert "Nothing yet" not in transcript
    assert "This is how far it has come." not in transcript


def test_commands_are_heard_in_between(shell: Shell) -> None:
    """Commands between the answers pause, go on, ground, help and change nothing else."""
    before, after = ("/pause", "/resume"), ("/care", "/help", "/again")
    out = empathy(shell, *EMPATHY[:5], *before, *EMPATHY[5:8], *after, *EMPATHY[8:])
    assert "A time-out is a kindness to everyone here." in out
    assert "Five things you can see." in out
    assert "Find A Helpline" in out
    _, _, transcript = out.rpartition("# Structured empathy exchange\n")
    assert "- **Ben:** The call, at last\n" in transcript


def test_an_answer_ends_a_pause(shell: Shell) -> None:
    """Whoever answers during a pause is back, and the answer counts."""
    out = empathy(shell, *EMPATHY[:5], "/pause", *EMPATHY[5:])
    assert "- **Ben:** The call, at last\n" in out


def test_a_question_can_be_skipped(shell: Shell) -> None:
    """A skip stands in the place of an answer, even where a timer runs before the question."""
    out = empathy(shell, "/skip", *EMPATHY[1:])
    assert "- **Ben:** The call, at last\n" in out


def test_it_can_be_stopped(shell: Shell) -> None:
    """A stop ends it kindly for everyone, with the transcript so far."""
    out = empathy(shell, *EMPATHY[:5], "/stop", *EMPATHY[5:])
    assert "Whatever you did today is enough." in out
    assert "- **Ben:** You felt alone with the move." in out
    assert "The call, at last" not in out


def test_a_pipe_that_ends_is_no_error(shell: Shell) -> None:
    """When the pipe ends too soon it says so kindly, says how to go on, and ends with 0."""
    out = empathy(shell, *EMPATHY[:5])
    assert "We stop here for now." in out
    assert "With --keep you can go on another time." in out
    assert "- **Ben:** You felt alone with the move." in out
    assert "This is how far it has come." in out


def test_a_kept_session_goes_on(shell: Shell) -> None:
    """What was kept goes on where it stood, with all that was answered before."""
    out = empathy(shell, *EMPATHY[:6], more=("--keep", "evening.json"))
    assert "run --resume evening.json --keep" in out
    kept, transcript = shell.home / "evening.json", shell.home / "evening.transcript.md"
    assert stat.S_IMODE(kept.stat().st_mode) == stat.S_IMODE(transcript.stat().st_mode) == 0o600
    again = shell("run", "--resume", "evening.json", "--keep", *FAST, typed=lines(*EMPATHY[6:]))
    assert again.code == 0
    assert "- **Ben:** The call, at last\n" in again.out
    assert "- **Ben:** The call, at last\n" in transcript.read_text("utf-8")
    assert "Nothing yet" not in transcript.read_text("utf-8")


def test_a_kept_session_goes_on_without_being_kept_again(shell: Shell) -> None:
    """Going on from a kept session writes nothing unless it is to be kept again."""
    empathy(shell, *EMPATHY[:6], more=("--keep", "evening.json"))
    before = (shell.home / "evening.json").read_bytes()
    shell("run", "--resume", "evening.json", *FAST, typed=lines(*EMPATHY[6:]))
    assert (shell.home / "evening.json").read_bytes() == before
    assert sorted(path.name for path in shell.home.iterdir()) == [
        "evening.json",
        "evening.transcript.md",
    ]


def test_a_list_ends_with_an_empty_line_or_stands_in_one(shell: Shell) -> None:
    """The items of a list come one a line up to an empty line, or in one line with semicolons."""
    typed = lines("the kettle", "the joke", "", "the bins; the call", "the joke", "the call")
    out = shell("run", "gratitude-two", "--with", "Ana,Ben", *FAST, typed=typed).out
    assert "- **Ana:** the kettle and the joke\n- **Ben:** the bins and the call\n" in out


def test_a_form_comes_field_by_field_or_in_one_line(shell: Shell) -> None:
    """The fields of a form come one a line, where one that cannot be read is asked for again."""
    typed = lines(
        *("calm", "calm", "quiet; help", "rest", "", "all"),
        *("an hour", "soon", "in 3 days", "yes"),
        *("what: the bins; by when: tomorrow", "not now", "none"),
    )
    out = shell("run", "need-inventory", *CLEARED, *FAST, typed=typed).out
    assert "Please type a day" in out
    assert "- Ana, for “quiet”: an hour, by " in out
    assert "- Ana, for “help”: the bins, by " in out
    assert "Ben answered: not now." in out


def test_an_invitation_comes_once(shell: Shell) -> None:
    """A wording that a rule misses is answered with an invitation, and then kept as it is."""
    typed = lines("It was Friday.", "1", "You never listen", "You never listen", "/skip")
    out = shell("run", "specific-feeling-statement", *FAST, typed=typed).out
    assert "Would you like to try it with just this one time?" in out
    assert "You wrote:\n  You never listen" in out
    assert "- **Ana:** You never listen\n" in out


def test_without_an_exercise_it_takes_three_breaths(shell: Shell) -> None:
    """Without an exercise and a terminal it is the three-breath pause, told in plain lines."""
    # Slow enough that a busy machine does not sleep through a breath.
    done = shell("run", "--speed", "20", typed="quiet\n")
    assert "1 of 3   breathe in, 4 seconds" in done.out
    assert "- **Ana:** quiet\n" in done.out
    assert "\x1b" not in done.out


def test_a_screened_exercise_does_not_begin_unseen(shell: Shell) -> None:
    """Without word that everyone is cleared nothing begins, and nothing is asked."""
    done = shell("run", "structured-empathy-exchange", "--with", "Ana,Ben", *FAST)
    assert done.code == 2
    assert "Each of you can begin something of your own instead." in done.out
    assert "run couple-safety" in done.out
    assert "run three-breath-pause" in done.out
    partly = shell("run", "structured-empathy-exchange", "--with", "Ana,Ben", "--cleared", "Ana")
    assert partly.code == 2
    assert "is not ready to start" in partly.out
    assert "afraid" not in done.out + partly.out


@pytest.mark.parametrize("answers", ["yes no no no yes", "yes yes no no yes", "/skip"])
def test_a_screening_ends_the_same_for_everyone(shell: Shell, answers: str) -> None:
    """A screening ends with one page and two words, whatever was answered, and no transcript."""
    done = shell("run", "couple-safety", *FAST, typed=lines(*answers.split()))
    assert done.code == 0
    ending = done.out[done.out.index("Everyone sees this same page") :]
    assert "Find A Helpline" in ending
    assert "Your two words:" in ending
    assert "#" not in ending
    data = json.loads(shell("run", "couple-safety", *FAST, "--json", typed="yes\n").out)
    assert data["transcript"] is None


HOSTILE = {
    "ten megabytes": b"a" * 10_000_000,
    "NUL and half characters": b"calm\x00er \xed\xa0\x80 \xff",
    "a template": b"{{ 7*7 }}{% for i in range(9) %}",
    "escape codes": b"\x1b[31mred\x1b]0;title\x07\x9b2J\xe2\x80\xae",
    "HTML": b"<img src=x onerror=1>[x](javascript:1)",
}


@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("form", ["md", "json"])
def test_no_answer_does_harm(shell: Shell, answer: bytes, form: str) -> None:
    """An endless, broken or coded answer is refused, or kept as harmless characters."""
    typed = answer + b"\nIt was Friday.\n" + answer + b"\n" + answer + b"\n" + answer + b"\n/skip\n"
    done = shell("run", "specific-feeling-statement", *FAST, "--transcript", form, typed=typed)
    assert done.code == 0
    told = done.out + done.err
    assert not {"\x1b", "\x00", "\x07", "\x9b", "\u202e"} & set(told)
    assert not any("\ud800" <= char <= "\udfff" for char in told)
    assert re.search(r"(?<![\d.])49(?![\d.])", told) is None
    if b"{{" in answer:
        assert "{{ 7*7 }}" in told
    if len(answer) > 1_000_000:
        assert "more than fits here" in told
    if b"<img" in answer and form == "md":
        assert "<img src=x onerror=1>" in done.out
        transcript = done.out.rpartition("# One moment")[2]
        assert "\\<img src=x onerror=1\\>\\[x\\](javascript:1)" in transcript


def test_a_skip_that_comes_while_a_timer_runs_is_about_it(tmp_path: Path) -> None:
    """A skip that arrives while a timer runs ends it at once, and a stop ends everything."""
    process = subprocess.Popen(
        [*WORDS, "run", "gratitude-two", "--with", "Ana,Ben"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(),
        bufsize=0,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    began = time.monotonic()
    seen = b""
    while b"30 seconds" not in seen:
        seen += os.read(process.stdout.fileno(), 4_096)
    time.sleep(0.2)
    process.stdin.write(b"/skip\n")
    while b"Which two things" not in seen:
        seen += os.read(process.stdout.fileno(), 4_096)
    out, _ = process.communicate(b"/stop\n", timeout=20)
    assert process.returncode == 0
    assert "Whatever you did today is enough." in out.decode("utf-8")
    assert time.monotonic() - began < 20


LED = """\
compassion_protocol: 1
id: led
version: 1.0.0
title: Led
summary: Someone leads it.
family: rituals
audience: [couple, group]
card: {why: To see., dose: {minutes: 60, source: default}, sources: [{seed: "000", quote: pause}]}
care: {tier: 0}
steps:
  - wait: Be quiet together.
    for: 1h
"""


def test_a_facilitator_may_type_at_the_same_keyboard(shell: Shell) -> None:
    """Where someone leads, what only they may do can be typed; where nobody does it is refused."""
    (shell.home / "led.protocol.yaml").write_text(LED, "utf-8")
    words = ("run", "led.protocol.yaml", "--with", "Ana,Ben", "--speed", "1000")
    began = time.monotonic()
    led = shell(*words, "--facilitator", "Noor", typed=lines("/extend 10m", "/advance"))
    assert time.monotonic() - began < 3
    assert "This is the end of the exercise." in led.out
    alone = shell(*words, typed=lines("/advance", "/stop"))
    assert "Only a facilitator can do this." in alone.out


def test_help_says_how_to_come_nearer(shell: Shell) -> None:
    """Without a country, help names what is there anywhere, and says how to see more."""
    everywhere = shell("run", *FAST, typed="/help\n").out
    assert "Find A Helpline" in everywhere
    assert "--locale GB" in everywhere
    near = shell("run", *FAST, "--locale", "GB", typed="/help\n").out
    assert "Samaritans: 116 123" in near
    assert "--locale GB" not in near
    assert "988" not in everywhere + near


REQUESTS = ROOT / "tests" / "cases" / "requests-kept.protocol.yaml"
BOTH = ("--with", "partner=Ana,Ben")


def test_what_everyone_keeps_is_told_at_the_end(shell: Shell) -> None:
    """What all have agreed to keep is named at the end; a writer's own is on no common screen."""
    typed = lines("/keep Sleep.", "Quiet.", "A walk; in 3 days", "yes", "yes", "/skip")
    done = shell("run", str(REQUESTS), *BOTH, *FAST, typed=typed)
    assert done.code == 0
    _, _, kept = done.out.partition("To keep for another time:\n")
    assert kept.strip().startswith("requests: A walk and ")
    assert "needs" not in kept
    assert "one person’s own is not shown" in kept


def test_one_person_is_told_of_what_is_theirs(shell: Shell) -> None:
    """Who is alone is told what they keep, as data too."""
    text = REQUESTS.read_text("utf-8").partition("  - turns")[0]
    alone = text.replace("couple", "individual").replace("people: 2", "people: 1")
    (shell.home / "alone.protocol.yaml").write_text(alone, "utf-8")
    done = shell("run", "alone.protocol.yaml", *FAST, "--json", typed=lines("/keep Sleep."))
    [kept] = json.loads(done.out)["keepsakes"]
    assert (kept["name"], kept["text"]) == ("needs", "Sleep.")
    assert "To keep for another time:\n  needs: Sleep." in done.err.replace("    ", "  ")
