"""Care that the content of a protocol calls for."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.check import check
from compassion_protocols.findings import CODES, Severity
from compassion_protocols.reading.convert import read
from compassion_protocols.reading.link import link
from tests.checking.found import codes, only, whole
from tests.plans import protocol_of

SAY = "steps: [{say: A}]"
FULL = "not_for: [A crisis.], distress: [before, after]"


def including(inner_care: str, outer_care: str) -> list[str]:
    """Name what is found in a protocol that includes another."""
    inner = protocol_of(f"id: inner\naudience: couple\ncare: {{{inner_care}}}\n{SAY}")
    outer = protocol_of(
        f"audience: [couple, group]\ncare: {{{outer_care}}}\nsteps: [{{include: inner}}]"
    )
    asked = "steps: [{ask: A, id: fine, answer: yes_no, example: 'yes'}]"
    screening = protocol_of(f"audience: individual\ncare: {{tier: 0, clears: fine}}\n{asked}")
    linking = link(outer, {"inner": inner, "couple-safety": screening}.get)
    assert not linking.findings
    return [finding.code for finding in check(linking.protocol)]


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("tier: 0", "tier: 0", []),
        ("tier: 1, screen: couple-safety", "tier: 1, screen: couple-safety", []),
        (f"tier: 2, {FULL}", f"tier: 2, {FULL}", []),
        ("tier: 1", "tier: 0", ["CP701"]),
        ("tier: 1", f"tier: 2, {FULL}", []),
        ("tier: 1, screen: couple-safety", "tier: 1", ["CP702"]),
        ("tier: 1, screen: couple-safety", "tier: 0", ["CP701", "CP702"]),
    ],
)
def test_an_include_is_no_way_round_care(inner: str, outer: str, expected: list[str]) -> None:
    """A protocol is at least of the tier of what it includes, and screens where that does."""
    assert including(inner, outer) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("[{say: A, id: card}]", []),
        ("[{say: A, id: card}, {say: B}]", []),
        ("[{say: A}]", ["CP703"]),
        ("[{say: B}, {say: A, id: card}]", ["CP703"]),
        ("[{wait: A, id: card, for: 3s}]", ["CP703"]),
        ("[{say: A, id: card, when: person is given}]", ["CP703"]),
    ],
)
def test_the_pause_card(steps: str, expected: list[str]) -> None:
    """The pause card begins with a `say` called “card”, without a guard."""
    text = f"id: pause-card\nfamily: FAMILY\naudience: individual\nsteps: {steps}"
    assert codes(text.replace("FAMILY", "care")) == expected
    assert codes(text.replace("FAMILY", "repair")) == []


RATE = "{ask: A, id: distress_now, answer: {scale: [0, 10]}, example: 3}"
SAFE = "{ask: B, id: safe, answer: yes_no, example: 'yes'}"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (f"{RATE}, {SAFE}", []),
        (f"{{say: A}}, {RATE}, {SAFE}", []),
        (f"{SAFE}, {RATE}", ["CP703"]),
        (f"{RATE}, {SAFE}, {{say: A}}", ["CP703"]),
        (RATE, ["CP703"]),
        (f"{RATE.replace('[0, 10]', '[0, 5]')}, {SAFE}", ["CP703"]),
        (f"{RATE}, {SAFE.replace('yes_no', 'text')}", ["CP703"]),
        (f"{RATE.replace('id:', 'when: person is given, id:')}, {SAFE}", ["CP703"]),
    ],
)
def test_grounding(steps: str, expected: list[str]) -> None:
    """Grounding ends with the rating and the question that decide what follows it."""
    assert codes(f"id: grounding\nfamily: care\naudience: individual\nsteps: [{steps}]") == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("{say: A}", []),
        ("{say: 'A, {{ you }}.'}, {say: B}", []),
        ("{say: A, when: person is given}", ["CP703"]),
        (f"{SAFE}, {{say: A}}", ["CP703"]),
        ("{say: 'A {{ person }}.'}", ["CP703"]),
    ],
)
def test_human_help(steps: str, expected: list[str]) -> None:
    """Human help begins with a page that everyone sees."""
    head = "id: human-help\nfamily: care\naudience: individual\n"
    assert codes(f"{head}steps: [{steps}]") == expected


def test_what_is_out_of_place_is_pointed_at() -> None:
    """The finding is at the step that is not as the library needs it; else at the file's head."""
    head = "id: grounding\nfamily: care\naudience: individual\nsteps:\n"
    text = f"{head}  - {RATE}\n  - {SAFE.replace('yes_no', 'text')}"
    [first, second] = [whole(text).steps[at].span for at in (0, 1)]
    assert only(text).span == second
    assert only(text.replace("distress_now", "distress")).span == first
    assert only(f"{head}  - {RATE}").span.line == 1


def test_care_is_for_one_person() -> None:
    """A care protocol is gone through by each person alone, and so is a screening."""
    assert codes(f"family: care\naudience: individual\n{SAY}") == []
    assert codes(f"family: care\naudience: couple\n{SAY}") == ["CP703"]
    screening = f"care: {{tier: 0, clears: safe}}\nsteps: [{SAFE}]"
    assert codes(f"audience: individual\n{screening}") == []
    assert "CP703" in codes(f"audience: couple\n{screening}")
    two = (
        f"family: care\naudience: individual\nroles: {{a: {{people: 1}}, b: {{people: 1}}}}\n{SAY}"
    )
    assert codes(two) == ["CP703"]


@pytest.mark.parametrize("key", ["distress: [after]", "screen: couple-safety"])
def test_care_calls_for_no_care(key: str) -> None:
    """Nothing that distress and screening lead to leads back to them."""
    text = f"family: FAMILY\naudience: individual\ncare: {{tier: 0, {key}}}\n{SAY}"
    assert codes(text.replace("FAMILY", "care")) == ["CP704"]
    assert codes(text.replace("FAMILY", "repair")) == []


@pytest.mark.parametrize(("tier", "expected"), [(0, ["CP705"]), (1, ["CP705"]), (2, []), (3, [])])
def test_a_step_for_a_facilitator(tier: int, expected: list[str]) -> None:
    """Below tier 2 nobody facilitates, so a step for the facilitator alone is never taken."""
    text = f"audience: group\ncare: {{tier: {tier}, {FULL}}}\n"
    assert codes(f"{text}steps: [{{say: A, who: facilitator}}, {{say: B}}]") == expected
    both = f"{text}steps: [{{say: A, who: [facilitator, everyone], note: B}}]"
    assert codes(both) == []


def test_a_facilitator_with_nothing_to_do() -> None:
    """At tier 3 a facilitator is required, so something must be for them."""
    text = f"audience: group\ncare: {{tier: 3, {FULL}}}\nsteps: [STEP]"
    assert codes(text.replace("STEP", "{say: A}")) == ["CP710"]
    assert codes(text.replace("STEP", "{say: A, note: B}")) == []
    assert codes(text.replace("STEP", "{say: A, who: facilitator}")) == []
    assert codes(text.replace("tier: 3", "tier: 2").replace("STEP", "{say: A}")) == []


@pytest.mark.parametrize(
    ("audience", "care", "expected"),
    [
        ("couple", "tier: 0", []),
        ("couple", "tier: 1", ["CP706"]),
        ("couple", "tier: 1, screen: couple-safety", []),
        ("[couple, family]", "tier: 1", []),
        ("individual", "tier: 1", []),
        ("group", f"tier: 2, {FULL}", []),
        ("group", "tier: 2, distress: [before, after]", ["CP709"]),
        ("group", "tier: 2, not_for: [A crisis.]", ["CP708"]),
        ("group", "tier: 2, not_for: [A crisis.], distress: [before]", ["CP708"]),
        ("group", "tier: 2", ["CP708", "CP709"]),
    ],
)
def test_what_a_tier_asks_for(audience: str, care: str, expected: list[str]) -> None:
    """From tier 1 two people are screened; from tier 2 distress is rated and a warning given."""
    assert codes(f"audience: {audience}\ncare: {{{care}}}\n{SAY}") == expected


def test_a_held_breath() -> None:
    """Holding the breath is warned of, but not again where it is included."""
    breathe = "steps: [{breathe: {in: 4s, HOLD out: 6s}, count: 2}]"
    assert only(breathe.replace("HOLD", "hold: 4s,")).code == "CP707"
    assert codes(breathe.replace("HOLD", "rest: 2s,")) == []
    assert codes(breathe.replace("HOLD", "hold: 0s,")) == []
    inner = protocol_of(f"id: inner\n{breathe.replace('HOLD', 'hold: 4s,')}")
    outer = link(protocol_of("steps: [{include: inner}]"), {"inner": inner}.get).protocol
    assert check(outer) == ()


def test_what_is_advisable_is_a_warning() -> None:
    """What the notes on safety advise is a warning; what cannot go well is an error."""
    warnings = {code for code in CODES if CODES[code].severity is Severity.WARNING}
    assert {code for code in warnings if code.startswith(("CP70", "CP71"))} == {
        "CP705", "CP706", "CP707", "CP708", "CP709", "CP710",
    }  # fmt: skip


def test_an_include_that_could_not_be_found_is_not_looked_into() -> None:
    """Where an include stays empty, there is nothing to say about its care."""
    reading = read(b"", "x")
    assert reading.protocol is None
    assert [f.code for f in check(protocol_of("steps: [{include: nowhere}]"))] == []
    assert codes(SAY) == []
    assert whole(SAY).care.tier == 0
