"""Whether what a step asks for fits into the time that it gives."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.check import check
from compassion_protocols.reading.link import link
from tests.checking.found import at_mark, codes, findings, only
from tests.plans import protocol_of

ONE = "audience: individual\n"
SETTINGS = """
audience: individual
settings:
  long: {duration: 2m, min: 1m, max: 3m, label: Long}
  short: {duration: 5s, min: 2s, max: 10s, label: Short}
  perhaps: {duration: 1m, min: 5s, max: 3m, label: Perhaps}
  open: {duration: 1m, label: Open}
  few: {number: 3, min: 1, max: 5, label: Few}
steps:
  - STEP
"""
LONG = "one two three four five six seven eight nine ten " * 6


def of_step(step: str) -> list[str]:
    """Name what is found in one step, with some settings at hand."""
    return codes(SETTINGS.replace("STEP", step))


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (f"{{say: {LONG}, for: 10s}}", ["CP850"]),
        (f"{{say: {LONG}, for: 20s}}", []),
        (f"{{say: {LONG}}}", []),
        (f"{{say: {LONG}, timer: {{at_most: 10s}}}}", ["CP850"]),
        (f"{{say: {LONG}, for: 1m, timer: {{at_most: 10s}}}}", ["CP850"]),
        (f"{{say: {LONG}, for: short}}", ["CP850"]),
        (f"{{say: {LONG}, for: perhaps}}", ["CP856"]),
        (f"{{say: {LONG}, for: long}}", []),
        (f"{{say: {LONG}, for: open}}", []),
        (f"{{wait: {LONG}, for: 10s}}", ["CP850"]),
        (f"{{breathe: {{in: 4s, out: 6s}}, count: 1, text: {LONG}}}", ["CP850"]),
        (f"{{breathe: {{in: 4s, out: 6s}}, count: 2, text: {LONG}}}", []),
        (f"{{breathe: {{in: 4s, out: 6s}}, count: few, text: {LONG}}}", ["CP856"]),
        ("{breathe: {in: 4s, out: 6s}, count: 1}", []),
        (f"{{say: '{{% if few > 2 %}}{LONG}{{% endif %}}', for: 10s}}", []),
        (f"{{say: '{{% if few > 2 %}}{LONG}{{% else %}}{LONG}{{% endif %}}', for: 10s}}",
         ["CP850"]),
    ],
)  # fmt: skip
def test_a_page_that_goes_on_before_it_is_read(step: str, expected: list[str]) -> None:
    """A page that closes by itself stays as long as its shortest wording takes to read."""
    assert of_step(step) == expected


@pytest.mark.parametrize(
    ("answer", "example", "limit", "expected"),
    [
        ("text", "A walk to the station and back", "10s", ["CP850"]),
        ("text", "A walk to the station and back", "15s", []),
        ("{list: text}", "[the walk to the station, the rain, the tea]", "10s", ["CP850"]),
        ("{form: {what: text, when: text}}", "{what: a long walk, when: on Sunday}", "8s",
         ["CP850"]),
        ("{scale: [0, 10]}", "4", "5s", []),
        ("text", "A walk to the station and back", "perhaps", ["CP856"]),
        ("long_text", "A walk", "10s", ["CP850"]),
        ("long_text", "A walk", "2m", []),
    ],
)  # fmt: skip
def test_a_question_that_closes_before_its_example(
    answer: str, example: str, limit: str, expected: list[str]
) -> None:
    """A question stays open at least as long as typing its own example takes."""
    step = f"{{ask: A, answer: {answer}, example: {example}, timer: {{at_most: {limit}}}}}"
    assert of_step(step) == expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("{wait: Take three breaths., for: 20s}", ["CP851"]),
        ("{wait: Take three breaths., for: 30s}", []),
        ("{wait: 'Take 4 slow, deep breaths.', for: 30s}", ["CP851"]),
        ("{wait: Two breaths now. Then five breaths more., for: 40s}", ["CP851"]),
        ("{wait: TEN BREATHS, for: 40s}", ["CP851"]),
        ("{wait: Stay for one breath., for: 5s}", []),
        ("{wait: Breaths come and go., for: 5s}", []),
        ("{wait: Drei Atemzüge lang., for: 5s}", []),
        ("{wait: Be quiet for five minutes., for: 1m}", ["CP851"]),
        ("{wait: Be quiet for about two minutes., for: 2m}", []),
        ("{wait: Sit for 40 seconds., for: 30s}", ["CP851"]),
        ("{wait: 'In five minutes, for once, you go on.', for: 1m}", []),
        ("{say: Take three breaths., for: 20s}", ["CP851"]),
        ("{say: Take three breaths.}", []),
        ("{wait: Take three breaths., for: perhaps}", ["CP856"]),
        ("{breathe: {in: 4s, out: 6s}, count: 2, text: Three breaths for that.}", ["CP851"]),
        ("{breathe: {in: 4s, out: 6s}, count: 3, text: Three breaths for that.}", []),
        ("{breathe: {in: 2s, out: 3s}, for: 20s, text: Four breaths for that.}", []),
        ("{breathe: {in: 2s, out: 3s}, for: 20s, text: Five breaths for that.}", ["CP851"]),
        ("{breathe: {in: 4s, out: 6s}, count: few, text: Three breaths for that.}", ["CP856"]),
    ],
)
def test_a_silence_that_is_too_short(step: str, expected: list[str]) -> None:
    """Where a text names a number of breaths, there is time for all of them."""
    assert of_step(step) == expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("{speak: What was it? When? Where?, for: 30s}", ["CP852"]),
        ("{speak: What was it? When? Where?, for: 1m}", []),
        ("{speak: What was it?, for: 20s}", []),
        ("{speak: Say one word., for: 5s}", []),
        (f"{{speak: {LONG}, for: 10s}}", ["CP852"]),
        ("{speak: What was it? When? Where?, for: perhaps}", ["CP856"]),
        ("{speak: What was it? When? Where?, for: long}", []),
    ],
)
def test_more_to_say_than_there_is_time_for(step: str, expected: list[str]) -> None:
    """Whoever has the floor has a quarter of a minute for each thing that is asked."""
    assert of_step(step) == expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("{wait: A, for: 30s, timer: {at_least: 1m}}", ["CP853"]),
        ("{wait: A, for: 30s, timer: {at_least: 30s}}", []),
        ("{say: A, for: 30s, timer: {at_least: 1m}}", ["CP853"]),
        ("{breathe: {in: 4s, out: 6s}, count: 2, timer: {at_least: 30s}}", ["CP853"]),
        ("{speak: A, for: 30s, at_least: long}", ["CP853"]),
        ("{speak: A, for: long, at_least: 90s}", ["CP856"]),
        ("{speak: A, for: long, at_least: 30s}", []),
        ("{speak: A, for: open, at_least: 30s}", []),
        ("{say: A, timer: {at_least: long, at_most: 1m}}", ["CP853"]),
        ("{say: A, timer: {at_least: 5m}}", []),
    ],
)
def test_a_least_time_that_is_never_over(step: str, expected: list[str]) -> None:
    """Going on is offered before the step closes."""
    assert of_step(step) == expected


BLOCKS = [
    ("{part: P, timer: {at_most: 30s}, steps: [{wait: A, for: 1m}, {say: B}]}", ["CP854"]),
    ("{part: P, timer: {at_most: 1m}, steps: [{wait: A, for: 1m}, {say: B}]}", ["CP854"]),
    ("{part: P, timer: {at_most: 2m}, steps: [{wait: A, for: 1m}, {say: B}]}", []),
    ("{part: P, timer: {at_most: 30s}, steps: [{wait: A, for: 1m}]}", []),
    ("{part: P, timer: {at_most: 30s}, steps: [{say: A}, {wait: A, for: 1m}]}", []),
    ("{part: P, timer: {at_most: 30s}, steps: [{wait: A, for: 1m, when: few > 2}, {say: B}]}", []),
    ("{part: P, timer: {at_most: 30s}, steps: [{part: Q, steps: [{wait: A, for: 1m}]}, {say: B}]}",
     ["CP854"]),
    ("{part: P, timer: {at_most: long}, steps: [{wait: A, for: 90s}, {say: B}]}", ["CP856"]),
    ("{part: P, timer: {at_most: long}, steps: [{wait: A, for: 30s}, {say: B}]}", []),
    ("{for_each: 2, timer: {at_most: 30s}, steps: [{speak: A, for: 1m}]}", ["CP854"]),
    ("{choose: [{when: few > 2, steps: [{say: A}]}, "
     "{when: few > 1, steps: [{wait: A, for: 1m}, {say: B}]}], timer: {at_most: 30s}}", ["CP854"]),
    ("{wait: A, for: 30s, timer: {at_most: 10s}}", []),
]  # fmt: skip


@pytest.mark.parametrize(("step", "expected"), BLOCKS)
def test_a_limit_that_its_first_step_uses_up(step: str, expected: list[str]) -> None:
    """A block whose limit is over with its first step leaves the others out."""
    assert of_step(step) == expected


def test_the_place_and_what_is_said() -> None:
    """The finding stands at the step, says how long it takes, and how long there is."""
    text, place = at_mark(f"{ONE}steps:\n  - ⟦wait: Take three breaths.\n    for: 20s\n")
    finding = only(text)
    assert (finding.span.line, finding.span.column) == place
    assert finding.message == "3 breaths need about 30 seconds, and it is over after 20 seconds."
    note = findings(SETTINGS.replace("STEP", "{wait: Take three breaths., for: perhaps}"))[0]
    assert "“perhaps”" in note.remedy


def test_what_is_no_length_is_said_elsewhere() -> None:
    """Of a name that is no length of time, nothing is said here."""
    assert of_step("{wait: Take three breaths., for: few}") == ["CP405"]
    assert of_step("{wait: Take three breaths., for: nothing}") == ["CP401"]
    assert of_step("{breathe: {in: 4s, out: 6s}, count: short}") == ["CP405"]
    assert of_step("{ask: A, answer: text, timer: {at_most: short}}") == ["CP601"]


def test_an_include_is_looked_at_for_itself() -> None:
    """What does not fit in an included protocol is found only there."""
    inner = protocol_of(f"id: inner\n{ONE}steps: [{{wait: Take three breaths., for: 20s}}]")
    assert [finding.code for finding in check(inner)] == ["CP851"]
    outer = protocol_of(f"{ONE}steps: [{{include: inner}}]")
    assert check(link(outer, {"inner": inner}.get).protocol) == ()


def test_what_takes_longest_is_told() -> None:
    """Where neither the words nor the breaths have their time, it is told what the step needs."""
    text = "Read a good deal here. Take three slow breaths before you go on with the next."
    finding = only(f"audience: individual\nsteps:\n  - wait: {text}\n    for: 5s")
    assert (finding.code, "30 seconds" in finding.message) == ("CP851", True)
