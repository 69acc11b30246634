"""Practices, and the care that they call for."""

from __future__ import annotations

import pytest

from compassion_protocols.catalog import bundled
from compassion_protocols.checking.check import check
from compassion_protocols.checking.content import _LINES
from compassion_protocols.loading import load
from compassion_protocols.model.practices import Call
from tests.checking.found import KNOWN, known_codes, known_findings, whole

PADDING = "You can look at the tree in the garden, and it is what you have for now."
"""Enough small words to be English."""

CAREFUL = """
    tier: 1
    not_for: [Being hurt by someone.]
    distress: [before, after]
    before_you_start:
      - Keep your eyes open if you like, and come back to the floor under your feet.
      - The first time may be short. Your own breath is fine.
      - Skip any muscle. Half your strength is enough, with the toes up, so that nothing cramps.
      - Where you were injured, only imagine it.
      - Kindness can bring up sadness. That is common.
"""


def carrying(practices: str, care: str = "{tier: 0}", say: str = PADDING) -> str:
    """Write a protocol that carries some practices."""
    return f"""
card:
  why: A.
  dose: {{minutes: 1, source: default}}
  sources: [{{cite: B}}]
  practices: [{practices}]
audience: individual
care: {care}
steps:
  - say: {say}
    note: Look after them.
"""


def test_a_practice_that_calls_for_nothing() -> None:
    """Most practices call for nothing."""
    assert known_codes(carrying("gratitude-two, emotional-weather")) == []


@pytest.mark.parametrize(
    ("practice", "tier", "expected"),
    [
        ("soothed-exposure-step", 1, {"CP745", "CP747", "CP748"}),
        ("soothed-exposure-step", 2, {"CP745"}),
        ("soothed-exposure-step", 3, set()),
        ("collaborative-goals", 0, {"CP746"}),
        ("collaborative-goals", 2, set()),
        ("collaborative-goals, group-norms", 0, {"CP745"}),
        ("letter-review", 0, set()),
    ],
)
def test_tiers(practice: str, tier: int, expected: set[str]) -> None:
    """What someone has to lead is of tier 3; what someone had better lead is of tier 2 at least."""
    more = ", not_for: [A bad day.], distress: [before, after]" if tier > 1 else ""
    assert set(known_codes(carrying(practice, f"{{tier: {tier}{more}}}"))) == expected


@pytest.mark.parametrize(
    ("distress", "expected"),
    [("[]", ["CP747"]), ("[before]", ["CP747"]), ("[before, after]", []), ("midway", ["CP747"])],
)
def test_ratings(distress: str, expected: list[str]) -> None:
    """A practice that can stir people up is asked about before and after."""
    care = f"{{tier: 1, distress: {distress}}}" if distress != "[]" else "{tier: 1}"
    assert known_codes(carrying("settle-before-talk", care)) == expected


def test_a_care_protocol_is_asked_for_no_ratings() -> None:
    """What distress leads to does not ask for ratings of its own."""
    text = carrying("settle-before-talk") + "family: care\n"
    assert known_codes(text) == []


@pytest.mark.parametrize(
    ("care", "expected"),
    [
        ("{tier: 1}", ["CP748"]),
        ("{tier: 1, not_for: [A bad day.]}", []),
        ("{tier: 1, screen: couple-safety}", []),
    ],
)
def test_whom_it_is_not_for(care: str, expected: list[str]) -> None:
    """Where a practice is not for everyone, a line says so, or people are screened."""
    assert known_codes(carrying("barriers-check", care)) == expected


@pytest.mark.parametrize(
    "practice",
    ["body-scan", "muscle-relaxation", "synchronised-breathing", "compassionate-figure"],
)
def test_lines_of_care(practice: str) -> None:
    """Each line that a practice calls for is missed by itself, and all of them can be there."""
    known = KNOWN["known_practices"] or {}
    needed = [call for call in _LINES if call in known[practice].calls]
    bare = known_findings(
        carrying(practice, "{tier: 1, not_for: [A day.], distress: [before, after]}")
    )
    assert [finding.code for finding in bare] == ["CP748"] * len(needed)
    assert len({finding.message for finding in bare}) == len(needed)
    assert known_codes(carrying(practice, CAREFUL)) == []


@pytest.mark.parametrize("call", list(_LINES))
def test_every_example_line_is_recognised(call: Call) -> None:
    """The line that a finding offers is one that the next look recognises."""
    known = KNOWN["known_practices"] or {}
    practice = next(name for name, one in known.items() if call in one.calls)
    where = "not_for" if call is Call.HARM else "before_you_start"
    line = _LINES[call].example
    care = f'\n    tier: 0\n    {where}: ["{line}"]\n'
    said = {finding.message for finding in known_findings(carrying(practice, care))}
    assert not any(_LINES[call].says in message for message in said)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Close your eyes.", ["CP748"]),
        ("There is no need to close your eyes.", []),
        ("Your eyes can be open.", []),
        ("Keep the window open. Your eyes are tired.", ["CP748"]),
    ],
)
def test_eyes(line: str, expected: list[str]) -> None:
    """A line that tells people to close their eyes is not one that lets them stay open."""
    care = """
    tier: 1
    distress: [before, after]
    before_you_start: [Your own breath is fine. Come back to the floor.]
    """
    assert known_codes(carrying("brief-breathing", care, f"{PADDING} {line}")) == expected


def test_harm_is_looked_for_in_its_place() -> None:
    """That it is not for who is being hurt stands in not_for, and nowhere else."""
    care = "{tier: 0, before_you_start: [Not if you are hurt.]}"
    [finding] = known_findings(carrying("history-lens", care.replace("0", "2")))[2:]
    assert finding.code == "CP748"
    assert "not_for" in finding.remedy


def test_only_english_lines_are_looked_for() -> None:
    """In another language no line is searched for, since none would be recognised."""
    german = "Such dir einen Platz am Fenster und schau eine Weile hinaus, bis es ruhiger wird."
    text = carrying("good-intentions", say=german)
    assert known_codes(f"title: Am Fenster\nsummary: Ein Blick nach draußen.\n{text}") == []


def test_nobody_has_looked() -> None:
    """Where no practices are known, nothing is called for."""
    assert check(whole(carrying("soothed-exposure-step"))) == ()


@pytest.mark.parametrize("name", bundled().ids())
def test_shipped_protocols_have_it_all(name: str) -> None:
    """Every shipped protocol has the care that its practices call for."""
    found = check(load(name).protocol, **KNOWN)
    assert [str(finding) for finding in found if finding.code.startswith("CP74")] == []


def test_a_practice_that_is_named_is_on_the_card() -> None:
    """Whoever speaks of a practice has it on the card, so that its care is looked after."""
    say = f"Begin the body scan. {PADDING}"
    [one] = known_findings(carrying("gratitude-two", say=say))
    assert (one.code, one.remedy) == ("CP749", "Add body-scan to `practices` in the card.")
    assert "CP749" not in known_codes(carrying("body-scan", say=say))
    assert known_codes(carrying("gratitude-two", say=f"This is “no body scan”. {PADDING}")) == []
