"""What becomes of those who remain when a role falls short of its people."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.check import check
from compassion_protocols.reading.link import link
from tests.checking.found import at_mark, whole
from tests.plans import protocol_of

ROLES = "audience: family\nroles:\n  parent: {people: PARENT}\n  child: {people: CHILD}\n"
WAIT = "{wait: Walk., for: 10m, resume: deadline}"
UNTIL = "{wait: A, until: t, otherwise: [{say: B}]}"
TIME = "{ask: A, id: t, who: holder, shared: everyone, answer: time, example: '18:30'}"
TURNS = "{turns: everyone, steps: [{say: A, who: speaker}]}"


def found(text: str) -> list[str]:
    """Name what this proof finds in a protocol."""
    return [one.code for one in check(whole(text)) if one.code in ("CP829", "CP838", "CP839")]


def of_one(steps: str, people: str) -> list[str]:
    """Name what is found in a protocol of one role."""
    roles = f"roles: {{member: {{people: {people}}}, holder: {{one_of: member}}}}\n"
    return found(f"audience: family\n{roles}steps: [{steps}]")


def of_two(steps: str, parent: str = "1", child: str = "1") -> list[str]:
    """Name what is found in a protocol of parents and children."""
    head = ROLES.replace("PARENT", parent).replace("CHILD", child)
    return found(f"{head}steps: [{steps}]")


# an end


@pytest.mark.parametrize(
    ("steps", "people", "harms"),
    [
        ("{say: A}", "1", True),
        ("{say: A}", "1-4", True),
        ("{say: A}", "2", False),
        (TURNS, "2", True),
        (TURNS.replace("everyone,", "everyone, uneven: It is a game.,"), "2", False),
        ("{part: P, steps: [" + TURNS + "]}", "3-5", True),
        ("{part: P, uneven: It is a game., steps: [" + TURNS + "]}", "3-5", False),
        (WAIT, "2", True),
        (WAIT.replace("10m, resume: deadline", "9m"), "2", False),
        (f"{TIME}, {UNTIL}", "2", True),
    ],
)
def test_an_end_that_an_absence_brings_about(steps: str, people: str, *, harms: bool) -> None:
    """An end is unkind where turns go round, where people are away, where nobody is left."""
    assert of_one(steps, f"{people}, if_fewer: end") == (["CP838"] if harms else [])
    assert of_one(steps, people) == []


def test_turns_of_those_who_are_away_themselves() -> None:
    """Where none of those whose turns they are is here, nobody waits for a turn."""
    turns = "{turns: child, steps: [{say: A, who: speaker}]}, {say: B}"
    assert of_two(turns, child="1-3, if_fewer: end") == []
    assert of_two(turns, child="2-3, if_fewer: end") == ["CP838"]
    assert of_two(turns, parent="1, if_fewer: end", child="1-3") == ["CP838"]
    assert of_two(turns, parent="1, if_fewer: end", child="1") == []


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (
            TURNS,
            "It ends for everyone as soon as fewer than 2 of “member” are here: someone who is "
            "away for a moment would take the turns on line 14 from those who have not had theirs.",
        ),
        (
            WAIT,
            "It ends for everyone as soon as fewer than 2 of “member” are here: at the wait on "
            "line 14 people put the device down, and so they would end it for one another.",
        ),
    ],
)
def test_what_an_end_does_is_told_with_its_line(steps: str, message: str) -> None:
    """The finding stands at the role, and names the first moment at which its end is unkind."""
    text, place = at_mark(f"""
        audience: family
        roles:
          ⟦member: {{people: 2, if_fewer: end}}
        steps:
          - {steps}
    """)
    [finding] = [one for one in check(whole(text)) if one.code == "CP838"]
    assert (finding.span.line, finding.span.column) == place
    assert finding.message == message


def test_a_wait_in_what_is_included_is_told_with_its_include() -> None:
    """What another protocol holds is pointed at where this one includes it."""
    inner = protocol_of(f"id: inner\nsteps: [{{say: A}}, {WAIT}]")
    head = "audience: couple\nroles:\n  one: {people: 2, if_fewer: end}\n"
    outer = protocol_of(f"{head}steps:\n  - say: A\n  - include: inner")
    [finding] = [
        one for one in check(link(outer, {"inner": inner}.get).protocol) if one.code == "CP838"
    ]
    assert "on line 14 " in finding.message


# a pause


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("{wait: A, for: 10m}", ["CP839"]),
        ("{wait: A, for: 10m, resume: restart}", ["CP839"]),
        ("{wait: A, for: 20m, timer: {at_most: 9m}}", []),
        ("{wait: A, for: 599s}", []),
        (WAIT, []),
        (f"{TIME}, {UNTIL}", []),
        ("{speak: A, for: 20m}", []),
    ],
)
def test_a_wait_whose_clock_stands_still(step: str, expected: list[str]) -> None:
    """A long wait goes on while people are away, or it is all before them when they are back."""
    assert of_one(step, "2") == expected


def test_a_length_that_is_chosen() -> None:
    """Of a wait as long as a setting says, what most people meet is looked at."""
    text = "settings: {quiet: {duration: LONG, max: 1h, label: Q}}\nsteps: [{wait: A, for: quiet}]"
    assert found(text.replace("LONG", "10m")) == ["CP839"]
    assert found(text.replace("LONG", "9m")) == []


def test_nobody_waits_where_an_absence_ends_it() -> None:
    """No clock stands still where nobody is waited for, unless it is the facilitator."""
    steps = "{wait: A, for: 10m}"
    assert of_one(steps, "2, if_fewer: end") == ["CP838"]
    care = "care: {tier: 3, not_for: [A crisis.], distress: [before, after]}\n"
    text = f"{care}roles: {{one: {{people: 2, if_fewer: end}}}}\nsteps: [{steps}]"
    assert found(text) == ["CP838", "CP839"]


# a wait in vain


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("{say: A}, {say: B, who: parent}", ["CP829"]),
        ("{say: A}, {say: B, who: parent}, {say: C, who: parent}", ["CP829"]),
        ("{say: A}, {part: P, steps: [{say: B, who: child}, {say: C, who: parent}]}", ["CP829"]),
        ("{say: A}, {say: B, who: parent}, {say: C}", []),
        ("{say: A}, {say: B, who: parent}, {end: Bye.}", []),
        ("{say: A}, {say: B, who: parent, meanwhile: Soon.}", []),
        ("{say: A}, {say: B, who: facilitator}", ["CP829", "CP829"]),
        ("{say: A}, {turns: everyone, steps: [{say: B, who: speaker}]}", []),
        ("{say: A}, {turns: parent, steps: [{say: B, who: speaker}]}", ["CP829"]),
        ("{say: A}, {turns: parent, steps: [{say: B, who: listener, when: false}]}", ["CP829"]),
        ("{say: A}, {for_each: one in child, steps: [{say: B, who: one}]}", []),
        ("{for_each: 2, steps: [{say: A}, {say: B, who: parent}]}", []),
        ("{say: A}, {for_each: 2, steps: [{say: B, who: parent}]}", ["CP829"]),
    ],
)
def test_a_wait_for_those_who_have_nothing_more_to_do(steps: str, expected: list[str]) -> None:
    """After its last step a role is needed for what is the others’, unless a step is for all."""
    assert of_two(steps) == expected


def test_a_role_that_is_handed_on() -> None:
    """Whoever has a role is of the people that it is handed round among, and so are the rest."""
    roles = "roles: {a: {people: 1}, b: {people: 2}, one: {one_of: b, others: rest}}\n"
    steps = "steps: [{say: A}, {say: B, who: one}, {say: C, who: rest}]"
    assert found(f"audience: family\n{roles}{steps}") == ["CP829"]


def test_a_role_that_has_nothing_to_do_at_all() -> None:
    """Of a role for which there is no step, that is said, and not that its part is over."""
    assert of_two("{say: B, who: parent}") == []


@pytest.mark.parametrize(
    ("wish", "stops"), [("pause", "the others cannot go on"), ("end", "it ends for the others")]
)
def test_what_their_leaving_does_is_told(wish: str, stops: str) -> None:
    """The finding stands at the first step of the others, and names the last one of the role."""
    text, place = at_mark(f"""
        audience: family
        roles:
          parent: {{people: 1}}
          child: {{people: 1, if_fewer: {wish}}}
        steps:
          - say: Good night.
          - ⟦say: Sit for a while.
            who: parent
    """)
    [finding] = check(whole(text))
    assert (finding.code, finding.span.line, finding.span.column) == ("CP829", *place)
    assert finding.message == (
        f"From here on nothing is for “child” (their last step is on line {place[0] - 1}), and if "
        f"they leave then, {stops}."
    )
