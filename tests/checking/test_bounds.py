"""Loops without a bound, sessions that nobody could sit through, and how long they can be."""

from __future__ import annotations

import math

import pytest

from compassion_protocols.checking.bounds import Range, RoleBounds, SizeBounds, bounds
from tests.checking.found import codes, only, whole

ONE = "audience: individual\n"
ROUNDS = "settings:\n  rounds: {number: 3, LIMITS label: Rounds}\n"


def of(text: str) -> SizeBounds:
    """Give the bounds of a protocol for one size of group."""
    [found] = bounds(whole(text))
    return found


@pytest.mark.parametrize(
    ("limits", "expected"),
    [("max: 50,", []), ("max: 51,", ["CP502"]), ("min: 1,", ["CP502"]), ("max: 1,min: 1,", [])],
)
@pytest.mark.parametrize(
    "loop",
    [
        "for_each: rounds",
        "for_each: rounds\n    until: calm",
        "repeat_until: calm\n    at_most: rounds",
    ],
)
def test_a_loop_by_a_setting(loop: str, limits: str, expected: list[str]) -> None:
    """A loop that goes by a setting is bounded by its max, which is fifty at the most."""
    limits = (
        limits.replace("max: 1,min", "number: 1, max: 1, min") if "max: 1," in limits else limits
    )
    settings = ROUNDS.replace("LIMITS", limits).replace("number: 3, number: 1", "number: 1")
    ask = "[{ask: A, id: calm, answer: yes_no, example: 'yes'}]"
    assert codes(f"{ONE}{settings}steps:\n  - {loop}\n    steps: {ask}") == expected


@pytest.mark.parametrize(("times", "expected"), [(1, []), (50, []), (51, ["CP502"])])
def test_a_loop_by_a_number(times: int, expected: list[str]) -> None:
    """A loop goes round at most fifty times."""
    ask = "[{ask: A, id: calm, answer: yes_no, example: 'yes'}]"
    assert codes(f"{ONE}steps:\n  - for_each: {times}\n    steps: {ask}") == expected
    loop = f"  - repeat_until: calm\n    at_most: {times}\n    steps: {ask}"
    assert codes(f"{ONE}steps:\n{loop}") == expected


def test_an_include_hands_its_own_bound_in() -> None:
    """A loop in an include goes by the value that it is handed."""
    assert codes("steps:\n  - include: three-breath-pause\n    with: {breaths: 2}") == []


def nested(*times: int) -> str:
    """Nest loops around one step."""
    step = "{say: A}"
    for number in reversed(times):
        step = f"{{for_each: {number}, steps: [{step}]}}"
    return f"{ONE}steps: [{step}]"


def test_too_many_moments() -> None:
    """Five thousand moments are allowed, and one more is not."""
    assert codes(nested(50, 50, 2)) == []
    assert codes(nested(50, 50, 2).replace("[{for_each: 50", "[{say: B}, {for_each: 50", 1)) == [
        "CP501"
    ]
    finding = only(nested(50, 50, 3))
    assert "7,500" in finding.message


def test_what_cannot_come_together_is_not_added_up() -> None:
    """Of the branches of a `choose` only the longest counts."""
    loops = "{for_each: 50, steps: [{for_each: 50, steps: [{say: A}]}]}"
    ask = "{ask: A, id: calm, answer: yes_no, example: 'yes'}"
    branches = f"{{choose: [{{when: calm, steps: [{loops}]}}, {{when: not calm, steps: [{loops}]}}]"
    steps = f"[{ask}, {branches}, otherwise: [{loops}]}}]"
    assert codes(f"{ONE}steps: {steps}") == []
    assert codes(f"{ONE}steps: [{loops}, {loops}, {ask}]") == ["CP501"]


@pytest.mark.parametrize(
    ("loop", "rounds", "expected"),
    [
        ("for_each: 50", 10, []),
        ("for_each: 50", 50, ["CP501"]),
        ("for_each: c in deck", 10, []),
        ("for_each: c in deck", 50, ["CP501"]),
        ("repeat_until: a is given, at_most: most", 50, []),
        ("repeat_until: a is given, at_most: fifty", 50, ["CP501"]),
    ],
)
def test_steps_that_ask_nobody_take_time_too(loop: str, rounds: int, expected: list[str]) -> None:
    """A session passes at most twenty thousand steps, with those that are no moments."""
    passing = ", ".join(["{pass: holder, to: next}"] * 9)
    text = f"""
        audience: couple
        roles:
          member: {{people: 2}}
          holder: {{one_of: member}}
        settings:
          deck: {{list: [a], label: D}}
          most: {{number: 2, max: 5, label: M}}
          fifty: {{number: 2, max: 50, label: F}}
        steps:
          - for_each: {rounds}
            steps:
              - {{ask: A, id: a, answer: text, example: B, who: holder, shared: everyone}}
              - {{{loop}, steps: [{passing}]}}
    """
    found = [code for code in codes(text) if code != "CP506"]
    assert found == expected


def test_the_longest_group_counts() -> None:
    """The number of moments is that of the largest group which is allowed."""
    text = "audience: group\nroles:\n  member: {people: PEOPLE}\nsteps:\n  - turns: member\n"
    text += "    steps:\n      - for_each: 50\n        steps:\n          - for_each: 10\n"
    text += "            steps: [{say: A}]\n"
    assert codes(text.replace("PEOPLE", "3-10")) == []
    assert codes(text.replace("PEOPLE", "3-11")) == ["CP501"]


def test_too_many_people() -> None:
    """All roles together need twelve people at the most."""
    text = "audience: family\nroles:\n  one: {people: 6-12}\n  two: {people: LEAST-12}\n"
    text += "steps: [{say: A}]"
    assert codes(text.replace("LEAST", "6")) == []
    assert codes(text.replace("LEAST", "7")) == ["CP503"]


def test_every_size_of_group() -> None:
    """There are bounds for every way to fill the roles with up to twelve people."""
    text = (
        "audience: family\nroles:\n  one: {people: 1-2}\n  two: {people: 9-11}\nsteps: [{say: A}]"
    )
    sizes = [found.people for found in bounds(whole(text))]
    assert sizes == [
        (("one", 1), ("two", 9)),
        (("one", 1), ("two", 10)),
        (("one", 1), ("two", 11)),
        (("one", 2), ("two", 9)),
        (("one", 2), ("two", 10)),
    ]


def test_an_unnamed_role() -> None:
    """Without roles the sizes are those of the audience."""
    assert [found.people for found in bounds(whole("audience: couple\nsteps: [{say: A}]"))] == [
        (("person", 2),)
    ]


@pytest.mark.parametrize(
    ("step", "moments", "together", "apart", "untimed"),
    [
        ("{say: A}", (1, 1), (0, 0), (0, 0), 1),
        ("{say: A, for: 10s}", (1, 1), (10, 10), (0, 0), 0),
        ("{say: A, timer: {at_most: 10s}}", (1, 1), (0, 10), (0, 0), 0),
        ("{say: A, timer: {at_least: 10s}}", (1, 1), (10, 0), (0, 0), 1),
        ("{say: A, for: 20s, timer: {at_most: 10s}}", (1, 1), (10, 10), (0, 0), 0),
        ("{say: A, for: length}", (1, 1), (60, 180), (0, 0), 0),
        ("{say: A, for: free}", (1, 1), (0, math.inf), (0, 0), 0),
        ("{speak: A, for: 1m}", (1, 1), (0, 75), (0, 0), 0),
        ("{speak: A, for: 1m, at_least: 20s}", (1, 1), (20, 75), (0, 0), 0),
        ("{breathe: {in: 4s, out: 6s}, count: 3}", (1, 1), (30, 30), (0, 0), 0),
        ("{breathe: {in: 4s, out: 6s}, count: rounds}", (1, 1), (10, 50), (0, 0), 0),
        ("{breathe: {in: 4s, out: 6s}, for: 45s}", (1, 1), (50, 50), (0, 0), 0),
        ("{breathe: {in: 4s, out: 6s}, for: free}", (1, 1), (0, math.inf), (0, 0), 0),
        ("{wait: A, for: 30s}", (1, 1), (30, 30), (0, 0), 0),
        ("{ask: A, id: b, answer: text, example: B}", (1, 1), (0, 0), (0, 0), 1),
        (
            "{ask: A, id: b, answer: text, example: B, timer: {at_most: 1m}}",
            (1, 1), (0, 60), (0, 0), 0,
        ),
        ("{wait: A, until: t}", (1, 1), (0, 0), (0, 86_400), 0),
        ("{wait: A, until: t, at_most: 1h}", (0, 1), (0, 0), (0, 3_600), 0),
        ("{wait: A, until: t, at_most: 1h, otherwise: [{say: B}, {say: C}]}",
         (1, 2), (0, 0), (0, 3_600), 2),
        ("{say: A, for: 10s, when: rounds > 2}", (0, 1), (0, 10), (0, 0), 0),
        ("{part: A, steps: [{say: A}, {say: B, for: 10s}]}", (2, 2), (10, 10), (0, 0), 1),
        (
            "{part: A, timer: {at_most: 15s}, steps: [{say: A, for: 10s}, {say: B, for: 20s},"
            " {say: C, for: 30s}]}",
            (1, 3), (10, 45), (0, 0), 0,
        ),
        ("{choose: [{when: rounds > 2, steps: [{say: A}]}]}", (0, 1), (0, 0), (0, 0), 1),
        (
            "{choose: [{when: rounds > 2, steps: [{say: A}]}], otherwise: [{say: A}, {say: B}]}",
            (1, 2), (0, 0), (0, 0), 2,
        ),
        (
            "{repeat_until: b, at_most: 3, steps: [{ask: A, id: b, answer: yes_no, example: 'no'}],"
            " otherwise: [{say: A}]}",
            (1, 4), (0, 0), (0, 0), 4,
        ),
        (
            "{repeat_until: b, at_most: rounds, steps: [{ask: A, id: b, answer: yes_no,"
            " example: 'no'}]}",
            (1, 5), (0, 0), (0, 0), 5,
        ),
        ("{for_each: 3, steps: [{say: A, for: 10s}]}", (3, 3), (30, 30), (0, 0), 0),
        ("{for_each: 3, until: rounds > 2, steps: [{say: A}]}", (1, 3), (0, 0), (0, 0), 3),
        ("{for_each: rounds, steps: [{say: A}]}", (1, 5), (0, 0), (0, 0), 5),
        ("{for_each: c in deck, steps: [{say: A}]}", (0, 50), (0, 0), (0, 0), 50),
        ("{for_each: p in person, steps: [{say: A}]}", (1, 1), (0, 0), (0, 0), 1),
        ("{for_each: n in needs, steps: [{say: A}]}", (2, 5), (0, 0), (0, 0), 5),
        ("{for_each: n in shown, steps: [{say: A}]}", (0, 5), (0, 0), (0, 0), 5),
        ("{for_each: n in places, steps: [{say: A}]}", (0, 50), (0, 0), (0, 0), 50),
        ("{for_each: n in many, steps: [{say: A}]}", (0, 3), (0, 0), (0, 0), 3),
        ("{turns: person, steps: [{say: A, who: speaker}]}", (1, 1), (0, 0), (0, 0), 1),
        ("{include: three-breath-pause}", (3, 3), (30, 30), (0, 0), 2),
        ("{include: pause-card}", (3, 3), (0, 0), (0, 0), 3),
        ("{include: pause-card, when: rounds > 2}", (0, 3), (0, 0), (0, 0), 3),
    ],
)  # fmt: skip
def test_what_one_step_amounts_to(
    step: str,
    moments: tuple[float, float],
    together: tuple[float, float],
    apart: tuple[float, float],
    untimed: int,
) -> None:
    """Each kind of step has its least and most moments and seconds, its timers counted."""
    head = """
audience: individual
settings:
  length: {duration: 2m, min: 1m, max: 3m, label: L}
  free: {duration: 2m, label: F}
  rounds: {number: 3, min: 1, max: 5, label: R}
  deck: {list: [a], label: D}
steps:
  - {ask: A, id: t, answer: time, example: '18:30'}
  - {ask: A, id: needs, answer: {list: text, min: 2, max: 5}, example: [a, b]}
  - {ask: A, id: places, answer: {rank: [a, b]}, example: [a, b]}
  - {reveal: needs, id: shown, to: everyone}
  - {for_each: 3, steps: [{ask: A, id: many, answer: text, example: A}]}
"""
    around, found = of(head), of(f"{head}  - {step}")
    pairs = [
        (found.moments, around.moments, moments),
        (found.together, around.together, together),
        (found.apart, around.apart, apart),
    ]
    for range_, before, expected in pairs:
        assert (range_.least - before.least, range_.most - before.most) == expected
    assert found.untimed - around.untimed == untimed


@pytest.mark.parametrize(
    ("steps", "least"),
    [
        ("{say: A}, {end: B}", 1),
        ("{say: A}, {end: B, when: calm}, {say: C}, {say: D}", 1),
        (
            "{choose: [{when: calm, steps: [{say: A}, {end: B}]}], otherwise: [{say: C}]},"
            " {say: D}",
            1,
        ),
        ("{for_each: 3, steps: [{say: A}, {end: B, when: calm}, {say: C}]}, {say: D}", 1),
        ("{part: P, steps: [{say: A}, {end: B, when: calm}]}, {say: C}", 1),
        ("{include: pause-card}, {say: C}", 4),
    ],
)
def test_an_early_end_shortens_the_least(steps: str, least: int) -> None:
    """Where a way may end it all, the least is what comes before; an include ends only itself."""
    calm = "settings: {calm: {yes_no: yes, label: C}}\n"
    assert of(f"{ONE}{calm}steps: [{steps}]").moments.least == least


GROUP = """
audience: group
roles:
  member: {people: 3}
  guest: {people: 1}
  holder: {one_of: member, others: hearers}
steps: [STEP]
"""


@pytest.mark.parametrize(
    ("step", "member", "guest"),
    [
        ("{say: A}", (1, 1), (1, 1)),
        ("{say: A, who: everyone}", (1, 1), (1, 1)),
        ("{say: A, who: member}", (1, 1), (0, 0)),
        ("{say: A, who: [guest, member]}", (1, 1), (1, 1)),
        ("{say: A, who: holder}", (0, 1), (0, 0)),
        ("{say: A, who: hearers}", (0, 1), (0, 0)),
        ("{say: A, who: [holder, guest]}", (0, 1), (1, 1)),
        ("{turns: member, steps: [{say: A}]}", (3, 3), (3, 3)),
        ("{turns: member, steps: [{say: A, who: speaker}]}", (1, 1), (0, 0)),
        ("{turns: member, steps: [{say: A, who: listener}]}", (2, 2), (0, 0)),
        ("{turns: everyone, steps: [{say: A, who: speaker}]}", (1, 1), (1, 1)),
        ("{turns: everyone, steps: [{say: A, who: listener}]}", (3, 3), (3, 3)),
        ("{turns: hearers, steps: [{say: A, who: speaker}]}", (0, 1), (0, 0)),
        (
            "{turns: member, as: [a, b], steps: [{turns: b, as: [c, d],"
            " steps: [{say: A, who: c}]}]}",
            (2, 2), (0, 0),
        ),
        ("{for_each: one in member, steps: [{say: A, who: one}]}", (0, 3), (0, 3)),
        ("{part: P, who: guest, steps: [{say: A}, {say: B, who: member}]}", (1, 1), (1, 1)),
        ("{pass: holder, to: next}", (0, 0), (0, 0)),
    ],
)  # fmt: skip
def test_what_one_person_does(step: str, member: tuple[int, int], guest: tuple[int, int]) -> None:
    """Of a role those moments count in which one person of it acts."""
    [found] = bounds(whole(GROUP.replace("STEP", step)))
    roles = {role.role: role.moments for role in found.roles}
    assert roles == {"member": Range(*member), "guest": Range(*guest)}


def test_a_role_of_one_holds_what_it_alone_can_hold() -> None:
    """Where a role has one person, that person always holds, and is never among the others."""
    text = "audience: family\nroles:\n  one: {people: 1}\n  two: {people: 1}\n"
    text += "  held: {one_of: one, others: rest}\n"
    text += "steps: [{say: A, who: held}, {say: B, who: rest}]"
    [found] = bounds(whole(text))
    assert {role.role: role.moments for role in found.roles} == {
        "one": Range(1, 1),
        "two": Range(0, 0),
    }


def test_a_facilitator_has_bounds_where_something_is_for_them() -> None:
    """The facilitator is reported where a step is for them, and rates no distress."""
    text = "audience: couple\ncare: {tier: 2, distress: [before, after], not_for: [A crisis.],"
    text += " screen: couple-safety}\nroles:\n  partner: {people: 2}\n"
    text += "steps: [{say: A, who: facilitator}, {say: B}, {say: C, who: [everyone, facilitator]}]"
    [found] = bounds(whole(text))
    assert found.moments == Range(3, 5)
    assert found.roles == (
        RoleBounds("partner", Range(2, 4), Range(0, 0), 4),
        RoleBounds("facilitator", Range(2, 2), Range(0, 0), 2),
    )


def test_an_early_end_in_turns() -> None:
    """Where a turn may end it all, a person may have had none of it."""
    text = (
        "audience: couple\nroles:\n  partner: {people: 2}\nsteps:\n  - turns: partner\n    steps:\n"
    )
    text += "      - {ask: A, id: x, who: speaker, answer: yes_no, example: 'yes'}\n"
    text += "      - {end: B, when: x}\n"
    [found] = bounds(whole(text))
    assert found.roles[0].moments == Range(0, 1)
    assert found.moments == Range(1, 2)


def test_turns_without_people() -> None:
    """Turns among the others of a group of one have no pass."""
    text = "audience: family\nroles:\n  one: {people: 1-2}\n  held: {one_of: one, others: rest}\n"
    text += "steps:\n  - turns: rest\n    steps: [{say: A}]\n"
    assert [found.moments.most for found in bounds(whole(text))] == [0, 1]


def test_shipped_protocols_have_finite_bounds() -> None:
    """A shipped protocol has at most some hundred moments, and all its timers are bounded."""
    [found] = bounds(whole("steps:\n  - include: three-breath-pause\naudience: individual"))
    assert found.moments == Range(3, 3)
    assert found.together == Range(30, 30)


def test_a_list_that_goes_round_in_a_ring() -> None:
    """A list that comes from further down counts as the longest that there can be."""
    steps = """
        audience: individual
        steps:
          - repeat_until: done
            at_most: 2
            steps:
              - for_each: a in x
                when: x is given
                steps: [{ask: A, id: y, answer: text, example: B}]
              - for_each: b in y
                when: y is given
                steps: [{ask: A, id: x, answer: text, example: B}]
              - {ask: A, id: done, answer: yes_no, example: "yes"}
    """
    assert of(steps).moments == Range(1, 2 * (50 + 50 + 1))
