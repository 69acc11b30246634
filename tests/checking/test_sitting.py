"""How long one sitting takes, against its card."""

from __future__ import annotations

import pytest

from compassion_protocols.catalog import Source, bundled
from compassion_protocols.checking.check import check
from compassion_protocols.loading import examine
from compassion_protocols.reading.link import link
from tests.checking.found import at_mark, codes, only
from tests.plans import HEAD, protocol_of

GROUP = "audience: group\nroles: {member: {people: 3-12}}\n"
CARD = "card: {why: A, dose: {minutes: <M>, source: default}, sources: [{cite: B}]}\n"
SETTINGS = """
settings:
  rounds: {number: 2, min: 1, max: 9, label: Rounds}
  deck: {list: [a, b], label: Cards}
  quiet: {duration: 5m, min: 1m, max: 20m, label: Quiet}
"""


def of_steps(minutes: float, steps: str) -> list[str]:
    """Name what is found with a dose of so many minutes."""
    return codes(f"{CARD.replace('<M>', str(minutes))}{GROUP}{SETTINGS}steps: [{steps}]")


YES = "{ask: A, id: y, who: member, shared: everyone, answer: yes_no, example: 'yes'}"
AGAIN = YES.replace("id: y", "id: z")
WAIT = "{wait: A, for: 10m}"
REPEAT = f"{{repeat_until: y | some, at_most: 3, steps: [{YES}, {WAIT}], otherwise: [{WAIT}]}}"


@pytest.mark.parametrize(
    ("steps", "least"),
    [
        (f"{WAIT}, {WAIT}", 20),
        (f"{WAIT}, {{say: A, timer: {{at_most: 10m}}}}", 10),
        ("{say: A, for: 10m}", 10),
        ("{speak: A, for: 10m}", 10),
        ("{speak: A, for: quiet}, {wait: A, for: quiet}", 10),
        ("{wait: A, for: 10m, timer: {at_most: 7m}}", 7),
        ("{breathe: {in: 30s, out: 30s}, count: 10}", 10),
        ("{turns: member, steps: [{speak: A, for: 3m, who: speaker}]}", 9),
        ("{turns: everyone, steps: [{speak: A, for: 3m, who: speaker}]}", 9),
        ("{turns: member, steps: [{turns: listener, as: [x, z], steps: [{speak: A, for: 3m}]}]}",
         9),
        (f"{{for_each: 2, steps: [{WAIT}]}}", 20),
        (f"{{for_each: rounds, steps: [{WAIT}]}}", 20),
        (f"{{for_each: card in deck, steps: [{WAIT}]}}", 20),
        (f"{{for_each: someone in member, steps: [{WAIT}]}}", 30),
        (f"{{ask: A, id: l, answer: {{list: text}}, example: [a], who: member, shared: everyone}},"
         f"{{for_each: x in l, steps: [{WAIT}]}}, {WAIT}", 10),
        (f"{YES}, {{for_each: 3, until: y | some, steps: [{WAIT}, {AGAIN}]}}", 10),
        (REPEAT, 10),
        (f"{{part: P, steps: [{WAIT}]}}", 10),
        (f"{{part: P, timer: {{at_most: 7m}}, steps: [{{wait: A, for: 5m}}, {WAIT}]}}", 7),
        (f"{YES}, {{choose: [{{when: y | some, steps: [{WAIT}, {WAIT}]}}], otherwise: [{WAIT}]}}",
         10),
        (f"{YES}, {{wait: A, for: 10m, when: y | some}}, {WAIT}", 10),
        ("{include: three-breath-pause, with: {breaths: 10}}, {wait: A, for: 8m}", 8),
    ],
)  # fmt: skip
def test_timers_that_take_more_than_the_dose(steps: str, least: float) -> None:
    """A card is found whose dose is clearly less than its timers alone, for the fewest people."""
    assert "CP855" in of_steps((least - 2) / 1.25 - 0.5, steps)
    assert "CP855" not in of_steps(least, steps)


@pytest.mark.parametrize(
    ("steps", "most"),
    [
        ("{say: A}, {ask: B, answer: text, example: C}", 2),
        ("{speak: A, for: quiet}", 20),
        ("{turns: member, steps: [{speak: A, for: 3m, who: speaker}]}", 36),
        (f"{{for_each: rounds, steps: [{WAIT}]}}", 90),
        ("{for_each: card in deck, steps: [{wait: A, for: 2m}]}", 100),
        (f"{YES}, {{choose: [{{when: y | some, steps: [{WAIT}, {WAIT}]}}], otherwise: [{WAIT}]}}",
         20),
        (REPEAT, 40),
        ("{ask: A, id: l, who: member, answer: {list: text}, example: [a]},"
         "{reveal: l, id: r, who: member, to: everyone}, {say: '{{ r }}'}", 2),
        ("{say: A}, {end: Goodbye.}", 0.2),
    ],
)  # fmt: skip
def test_a_dose_that_nothing_fills(steps: str, most: float) -> None:
    """A card is found whose dose is three times as long as the longest that its steps can take."""
    assert "CP857" in of_steps(max(most * 3.9, 10), steps)
    assert "CP857" not in of_steps(most * 2.9, steps)


def test_agreeing_takes_time_as_well() -> None:
    """Where everyone is asked whether to keep what was said, the sitting may be longer by that."""
    many = f"{{for_each: 20, steps: [{YES}]}}"
    agreed = many.replace("'yes'", "'yes', keep: {as: w, owner: everyone}")
    assert "CP857" in of_steps(40, many)
    assert "CP857" not in of_steps(40, agreed)


def test_a_short_exercise_may_be_over_sooner() -> None:
    """Of a dose under ten minutes it is not said that it is too long."""
    assert of_steps(9, "{say: A}") == []
    assert of_steps(10, "{say: A}") == ["CP857"]


def test_time_apart_is_no_sitting() -> None:
    """Where people part until a time of day, nothing is said of a long dose."""
    time = "{ask: A, id: t, who: member, shared: everyone, answer: time, example: '18:30'}"
    assert of_steps(60, time) == []
    turn = f"{{turns: member, steps: [{time.replace('who: member', 'who: speaker')}, "
    turn += "{wait: A, until: t, at_most: 1h, otherwise: [{say: B}]}]}"
    assert of_steps(60, turn) == []


def test_a_bound_that_is_not_known() -> None:
    """A loop by an answer may go round as often as any loop may."""
    number = "{ask: A, id: n, who: speaker, shared: everyone, answer: {number: whole}, example: 1}"
    text = f"{{turns: member, steps: [{number}, {{for_each: n, steps: [{WAIT}]}}]}}"
    assert "CP855" not in of_steps(1, text)
    assert "CP857" not in of_steps(1400, text)


def test_the_place_of_a_dose() -> None:
    """The finding stands at the dose, and says both lengths."""
    card = "card:\n  why: A\n  dose: ⟦{minutes: 5, source: default}\n  sources: [{cite: B}]\n"
    text, place = at_mark(f"{card}audience: individual\nsteps: [{{wait: A, for: 9m}}]")
    finding = only(text)
    assert (finding.span.line, finding.span.column) == place
    assert "5 minutes" in finding.message
    assert "9" in finding.message


def test_a_length_that_could_not_be_read() -> None:
    """While a file has mistakes, a stand-in for a length of time is not held against the card."""
    head = "\n".join(f"{key}: {value}" for key, value in HEAD.items())
    text = f"{head}\nsteps: [{{wait: A, for: LENGTH}}]"

    def found(length: str) -> list[str]:
        source = Source("a-test", text.replace("LENGTH", length).encode())
        return [finding.code for finding in examine(source, bundled()).findings]

    assert found("9m") == ["CP855"]
    assert found("9") == ["CP109"]


def test_an_include_counts_with_what_it_was_given() -> None:
    """The steps of an included protocol take their time, with the settings that it was given."""
    inner = protocol_of(
        "id: inner\nsettings: {s: {duration: 1m, label: S}, n: {number: 1, max: 3, label: N},\n"
        "  w: {text: B, label: W}}\n"
        "steps: [{say: '{{ w }}'}, {wait: A, for: s}, {for_each: n, steps: [{say: A, for: s}]}]"
    )
    text = CARD.replace("<M>", "5") + "steps: [{include: inner, with: {s: 10m, n: 3, w: C}}]"
    linked = link(protocol_of(text), {"inner": inner}.get).protocol
    assert [finding.code for finding in check(linked)] == ["CP855"]
