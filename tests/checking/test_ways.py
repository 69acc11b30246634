"""How a session comes to what is wrong, in the words of a finding."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.gather import gather
from compassion_protocols.checking.ways import Ways
from compassion_protocols.reading.link import link
from tests.checking.found import facts_of, only
from tests.checking.walker import follow
from tests.plans import protocol_of

X = "{ask: A, id: x, answer: yes_no, example: 'yes'}"
YES = "{ask: A, id: ok, answer: yes_no, example: 'yes'}"
LIMIT = "timer: {at_most: 1m}"


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("{part: P, when: ok, steps: [<X>]}", "past line 10, where “ok” is not so,"),
        ("{part: P, steps: [{say: B}, {part: Q, when: ok, steps: [<X>]}]}", "“ok” is not so,"),
        ("{part: P, when: ok, steps: [{part: Q, when: not ok, steps: [<X>]}]}", "“ok” is not so,"),
        ("{choose: [{when: ok, steps: [<X>]}]}", "past line 10, where “ok” is not so,"),
        ("{choose: [{when: ok, steps: [{say: B}]}], otherwise: [<X>]}", "where “ok” is so,"),
        (
            "{choose: [{when: ok, steps: [<X>]}, {when: not ok, steps: [{say: B}]}]}",
            "past line 10, where none of its cases is so,",
        ),
        (
            "{choose: [{when: ok, steps: [<X>]}, {when: not ok, steps: [{say: B}]}], "
            "otherwise: [{end: C}]}",
            "past line 10, where “not ok” is so,",
        ),
        (
            "{choose: [{when: ok, steps: [{part: P, when: not ok, steps: [<X>]}]}], "
            "otherwise: [{end: C}]}",
            "past line 10, where “not ok” is not so,",
        ),
        (
            "{choose: [{when: ok, steps: [{part: P, when: not ok, steps: [<X>]}]}], "
            "otherwise: [{choose: [{when: ok, steps: [{end: C}]}], otherwise: [{end: D}]}]}",
            "“not ok” is not so,",
        ),
        (
            "{repeat_until: ok, at_most: 2, steps: [{say: B}], otherwise: [<X>]}",
            "past line 10, where “ok” is so in time,",
        ),
        (
            "{ask: T, id: t, answer: time, example: '18:30'}, "
            "{wait: W, until: t, otherwise: [<X>]}",
            "past line 10, where that time is not too far off,",
        ),
        ("{part: P, <LIMIT>, steps: [{say: B}, <X>]}", "where the time of line 10 is up before"),
        ("{repeat_until: ok, at_most: 2, <LIMIT>, steps: [{say: B}, <X>]}", "line 10 is up before"),
        (
            "{repeat_until: ok, at_most: 2, <LIMIT>, steps: [{say: B}, <X>], "
            "otherwise: [{say: '{{ x }}'}]}",
            "where the time of line 10 is up before it,",
        ),
        (
            "{repeat_until: ok, at_most: 2, <LIMIT>, "
            "steps: [{say: B}, {part: P, when: ok, steps: [<X>]}], otherwise: [{end: C}]}",
            "where “ok” is not so,",
        ),
        (
            "{repeat_until: ok, at_most: 2, steps: [{part: P, when: ok, steps: [<X>]}], "
            "otherwise: [{say: '{{ x }}'}]}",
            "where “ok” is not so,",
        ),
        (
            "{part: P, when: ok, steps: [{part: Q, when: not ok, steps: [<X>]}, "
            "{repeat_until: ok, at_most: 2, <LIMIT>, steps: [{say: B}, {end: C}]}]}",
            "where “ok” is not so,",
        ),
        (
            "{choose: [{when: ok, steps: [{part: Q, when: not ok, steps: [<X>]}, "
            "{repeat_until: ok, at_most: 2, <LIMIT>, steps: [{say: B}, {end: C}]}]}], "
            "otherwise: [{end: D}]}",
            "where “not ok” is not so,",
        ),
        (
            "{choose: [{when: ok, steps: [<X>]}], otherwise: "
            "[{part: Q, <LIMIT>, steps: [{say: B}, {end: C}]}]}",
            "where “ok” is not so,",
        ),
        (
            "{repeat_until: ok, at_most: 2, steps: [{say: '{{ x }}'}, <X>]}",
            "in the very first round of line 10,",
        ),
        (
            "{repeat_until: ok, at_most: 2, steps: "
            "[{choose: [{when: ok, steps: [<X>]}], otherwise: [{say: '{{ x }}'}]}]}",
            "in the very first round of line 10,",
        ),
    ],
)
def test_a_way_in_words(steps: str, said: str) -> None:
    """The decision is told with its line and what is so there, or is not."""
    written = steps.replace("<X>", X).replace("<LIMIT>", LIMIT)
    text = f"audience: individual\nsteps: [{YES}, {written}, {{say: '{{{{ x }}}}'}}]"
    facts = facts_of(text)
    question = facts.answers["x"].place
    place = next(
        place
        for place in facts.places
        if "x" in getattr(getattr(place.step, "text", None), "reads", ())
    )
    ways = Ways(facts)
    way = ways.past(question, place)
    assert way is not None
    assert said in ways.said(way)
    follow(facts, question, place, way)


@pytest.mark.parametrize(
    "inner",
    [
        f"{YES}, {{end: B, when: ok}}, {X}",
        f"{YES}, {{choose: [{{when: ok, steps: [{X}]}}], otherwise: [{{end: B}}]}}",
        f"{YES}, {{part: P, when: ok, steps: [{X}]}}",
        f"{YES}, {{part: P, when: ok, steps: [{X}, {{end: B}}]}}",
        f"{YES}, {{part: P, when: ok, steps: [{X}]}}, {{end: B}}",
        f"{YES}, {{repeat_until: ok, at_most: 2, steps: [{{part: P, when: ok, steps: [{X}]}}],"
        " otherwise: [{end: B}]}",
        f"{YES}, {{part: P, steps: [{X}]}}, {{end: B}}".replace("P, ", "P, when: ok, "),
        f"{{part: P, <LIMIT>, steps: [{{say: B}}, {X}]}}, {{include: three-breath-pause}}",
    ],
)
def test_a_way_through_what_is_included(inner: str) -> None:
    """What is decided in another protocol is told by the line that includes it."""
    inner = inner.replace("<LIMIT>", LIMIT)
    included = protocol_of(f"id: inner\nsteps: [{inner}]")
    outer = protocol_of("steps:\n  - include: inner\n    as: i\n  - say: '{{ i.x }}'")
    facts = gather(link(outer, {"inner": included}.get).protocol)
    ways = Ways(facts)
    [question] = [one.place for name, one in facts.answers.items() if name.endswith("i.x")]
    place = facts.outline[-1]
    way = ways.past(question, place)
    assert way is not None
    assert ways.said(way) == "where what line 11 includes does not come to it,"
    follow(facts, question, place, way)


def test_a_long_condition_is_not_told() -> None:
    """A condition that is too long to be read in a sentence is told by its line."""
    long = " and ".join(["ok"] * 20)
    steps = f"{YES}, {{part: P, when: {long}, steps: [{X}]}}, {{say: '{{{{ x }}}}'}}"
    finding = only(f"audience: individual\nsteps: [{steps}]")
    assert "past line 10, where its condition is not so, people would miss" in finding.message


def said_of(steps: str) -> str:
    """What is said of the one condition that never holds, or always does."""
    number = "{ask: A, id: n, answer: {number: whole, min: 1, max: 3}, example: 1}"
    return only(f"audience: individual\nsteps: [{YES}, {number}, {steps}]").message


@pytest.mark.parametrize(
    ("steps", "where"),
    [
        ("{choose: [{when: n == 1, steps: [{say: A, when: n == 2}]}]}", "“n == 1” (line 10) is so"),
        (
            "{choose: [{when: n > 1, steps: [{say: A}]}], otherwise: [{say: B, when: n > 2}]}",
            "“n > 1” (line 10) is not so",
        ),
        (
            "{choose: [{when: n > 1, steps: [{say: A}]}, {when: ok, steps: [{say: B}]}], "
            "otherwise: [{say: B, when: n > 2}]}",
            "“n > 1” (line 10) is not so",
        ),
        (
            "{part: P, when: n > 1, steps: [{choose: [{when: n == 1, steps: [{say: B}]}]}]}",
            "“n > 1” (line 10) is so",
        ),
        (
            "{part: P, when: n > 1, steps: [{part: Q, when: ok, steps: [{say: A, when: n == 1}]}]}",
            "“n > 1” (line 10) is so",
        ),
        (
            f"{{part: P, when: n == 1{' and n == 1' * 9}, steps: [{{say: A, when: n == 2}}]}}",
            "the condition on line 10 is so",
        ),
    ],
)
def test_what_was_decided_before(steps: str, where: str) -> None:
    """Where a condition goes against one around it, or a case before it, that is told."""
    assert said_of(steps).endswith(f" here, where {where}.")


def test_the_cases_that_take_everything() -> None:
    """What is never come to is told with the one case that takes it, or with all of them."""
    cases = "- {when: %s, steps: [{say: A}]}\n      - {when: %s, steps: [{say: B}]}\n"
    number = "{ask: A, id: n, answer: {number: whole, min: 1, max: 3}, example: 1}"
    head = f"audience: individual\nsteps:\n  - {number}\n  - choose:\n      {cases}"
    last = "      - {when: %s, steps: [{say: C}]}"
    one = only(head % ("n == 1", "n > 1") + last % "n == 3").message
    assert "there the case on line 14 is taken first." in one
    both = only(head % ("n == 1", "n > 2") + last % "n == 1 or n == 3").message
    assert "there a case on lines 13 and 14 is taken first." in both
    rest = only(head % ("n is given", "n is missing") + "    otherwise: [{say: C}]").message
    assert "a case on lines 13 and 14 is taken in any case." in rest


def test_the_line_of_what_is_included() -> None:
    """An answer of what is included is told by the line that includes it, a setting by its own."""
    included = protocol_of(f"id: inner\nsteps: [{X}]")
    head = "settings:\n  calm: {yes_no: yes, label: Calm}\n"
    outer = protocol_of(f"{head}steps:\n  - include: inner\n    as: i")
    facts = gather(link(outer, {"inner": included}.get).protocol)
    [name] = facts.answers
    ways = Ways(facts)
    assert (ways.line_of("calm"), ways.line_of(name)) == ("line 11", "line 13")


def test_the_ends_before_a_step() -> None:
    """A step that no way leads to is told with the ends that come before it."""
    steps = "{choose: [{when: ok, steps: [{end: A}]}], otherwise: [{part: P, steps: [{end: B}]}]}"
    finding = only(f"audience: individual\nsteps:\n  - {YES}\n  - {steps}\n  - say: C")
    assert "one of the ends on line 12 comes before it" in finding.message


def test_where_no_way_is_seen_there_are_others() -> None:
    """Where a loop ends it all, nothing is told of the ways around it but that there are some."""
    steps = f"{{for_each: 2, steps: [{X}, {{end: B}}]}}"
    facts = facts_of(f"audience: individual\nsteps: [{steps}, {{say: A}}]")
    assert Ways(facts).unasked(facts.answers["x"].place, facts.outline[-1]) == "on the others"
