"""Ways of one person's own, which nobody else can tell."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.detours import Row, Waiting, depends_on, is_steady, waiting_at
from tests.checking.found import facts_of

FILE = """
audience: couple
roles: {{partner: {{people: 2}}}}
settings: {{times: {{number: 2, min: 0, max: 3, label: Times}}}}
steps:
  - turns: partner
    steps: [{}]
"""
ASK = "{ask: A, id: x, who: speaker, shared: everyone, answer: yes_no, example: 'yes'}"
MAYBE = "{say: B, id: here, who: speaker, when: x}"
ALL = "{say: C}"
OWN = "{say: D, who: speaker}"


def steady(steps: str) -> bool:
    """Tell whether the others see one waiting screen around the step that is called here."""
    facts = facts_of(FILE.format(steps))
    rows: list[Row] = []

    def find(row: Row) -> None:
        if row.place.step.id == "here":
            rows.append(row)
        for block in row.place.blocks:
            for at in range(len(block)):
                find(Row(block, at, row))

    for at in range(len(facts.outline)):
        find(Row(facts.outline, at))
    [row] = rows
    inner = row.place
    while inner.blocks:
        inner = inner.blocks[0][0]
    return is_steady(facts, row, waiting_at(facts, inner))


@pytest.mark.parametrize(
    "beside",
    [
        OWN,
        "{ask: E, who: speaker, answer: text, example: F}",
        "{reveal: x, id: y, who: speaker, to: everyone}",
        "{choose: [{when: x, steps: [{say: G, who: speaker}]}],"
        " otherwise: [{say: H, who: speaker}]}",
        "{for_each: 2, steps: [{say: G, who: speaker}]}",
        "{repeat_until: z, at_most: 2,"
        " steps: [{ask: A, id: z, who: speaker, answer: yes_no, example: 'yes'}]}",
        "{say: I, who: speaker, when: x}, {say: D, who: speaker}",
    ],
)
def test_what_stands_beside_it_and_always_comes(beside: str) -> None:
    """Whatever surely brings a step of the same person's, before or after it, keeps it steady."""
    assert steady(f"{ASK}, {ALL}, {beside}, {MAYBE}, {ALL}")
    assert steady(f"{ASK}, {ALL}, {MAYBE}, {beside}")


@pytest.mark.parametrize(
    "beside",
    [
        "{say: I, who: speaker, when: x}",
        "{say: '{{ x }}', who: speaker}",
        "{say: '{% if x %}J{% endif %}', who: speaker}",
        "{choose: [{when: x, steps: [{say: G, who: speaker}]}]}",
        "{for_each: times, steps: [{say: G, who: speaker}]}",
        "{say: D, who: listener}",
        "{say: D, who: speaker, meanwhile: K}",
        "{say: D, who: speaker, for: 20s}",
        "{part: P, steps: [{say: D, who: speaker}]}",
        "{turns: partner, as: [a, b], steps: [{say: D, who: speaker}]}",
        "{ask: E, who: speaker, answer: {choice: list}, example: F}",
    ],
)
def test_what_does_not_keep_it_steady(beside: str) -> None:
    """A step that may not come, that is another's, or that looks different is of no help."""
    given = "{ask: L, id: list, who: speaker, shared: everyone, answer: {list: text}, example: [F]}"
    assert not steady(f"{ASK}, {given}, {ALL}, {beside}, {MAYBE}, {ALL}")


def test_a_step_between_breaks_it_off() -> None:
    """It must stand right beside; a step for all between them shows another screen."""
    assert not steady(
        f"{OWN}, {ALL}, {MAYBE}, {ALL}, {OWN}".replace("{say: D", f"{ASK}, {{say: D", 1)
    )


def test_a_detour_within_a_detour() -> None:
    """Where a whole block is a detour, what stands beside the block keeps its inside steady."""
    inner = f"{{choose: [{{when: x, steps: [{MAYBE}]}}]}}"
    assert steady(f"{ASK}, {OWN}, {inner}")
    assert not steady(f"{ASK}, {ALL}, {inner}, {ALL}")
    mixed = f"{{choose: [{{when: x, steps: [{MAYBE}, {ALL}]}}]}}"
    assert not steady(f"{ASK}, {ALL}, {mixed}, {OWN}")


STEP = "{{{} who: speaker, answer: yes_no, example: 'yes', meanwhile: WAIT{}}}"


@pytest.mark.parametrize(
    ("wait", "stays"),
    [
        ("A moment.", True),
        ("A moment, {{ you }}, for {{ speaker }}.", True),
        ("So far {{ open | default('nothing') }}.", False),
        ("So far {{ shown | default('nothing') }}.", False),
    ],
)
def test_a_waiting_text_that_changes_on_the_way_is_not_steady(wait: str, stays: bool) -> None:
    """Where it tells of what is asked within the detour, it is another screen by then."""
    opened = STEP.format("ask: B, id: open, shared: everyone,", "")
    shown = "{reveal: open, id: shown, who: speaker, to: everyone, meanwhile: WAIT}"
    maybe = STEP.format("ask: C, id: here,", ", when: x")
    loop = f"{{repeat_until: open, at_most: 2, steps: [{opened}, {shown}, {maybe}]}}"
    assert steady(f"{ASK}, {loop}".replace("WAIT", f'"{wait}"')) is stays


def test_a_waiting_text_that_tells_of_an_item_is_not_steady() -> None:
    """One list gone through twice shows its items twice, and the second time by chance."""
    given = "{ask: L, id: list, who: speaker, shared: everyone, answer: {list: text}, example: [F]}"
    once = f"{{repeat_until: x, at_most: 2, steps: [{OWN}]}}".replace("D", "D, meanwhile: WAIT")
    each = "{for_each: one in list, steps: [MAYBE]}"
    each = each.replace("MAYBE", MAYBE.replace("B,", "B, meanwhile: WAIT,"))
    steps = f"{ASK}, {given}, {ALL}, {once}, {each}"
    assert steady(steps.replace("WAIT", "A moment."))
    assert not steady(steps.replace("WAIT", "'About {{ one }}.'"))


def test_a_stretch_is_looked_at_once() -> None:
    """However many detours stand in one row, what keeps one of them steady is asked once."""
    facts = facts_of(FILE.format(f"{ASK}, {ALL}, {', '.join([MAYBE] * 5)}, {OWN}, {ALL}"))
    [turns] = facts.outline
    known: dict[tuple[int, Waiting], bool | None] = {}
    rows = [Row(turns.blocks[0], at, None, known) for at in range(2, 7)]
    waiting = waiting_at(facts, rows[0].place)
    assert is_steady(facts, rows[0], waiting)
    assert known == {(at, waiting): True for at in range(2, 8)}
    assert all(is_steady(facts, row, waiting) for row in rows)


def test_another_place_does_not_speak_for_its_row() -> None:
    """A place that shows something else is not steady, and says nothing of those beside it."""
    facts = facts_of(FILE.format(f"{ASK}, {MAYBE}, {OWN}, {ALL}"))
    [turns] = facts.outline
    known: dict[tuple[int, Waiting], bool | None] = {}
    beside, everyone = (Row(turns.blocks[0], at, None, known) for at in (1, 3))
    waiting = waiting_at(facts, beside.place)
    assert not is_steady(facts, everyone, waiting)
    assert is_steady(facts, beside, waiting)


def test_what_a_step_depends_on() -> None:
    """A step depends on the answers, the options and the bounds that it cannot be shown without."""
    facts = facts_of("""
        audience: couple
        roles: {partner: {people: 2}}
        settings: {calm: {yes_no: yes, label: Calm}}
        steps:
          - {ask: A, id: n, answer: {number: whole}, example: 1, who: facilitator}
          - {ask: A, id: t, answer: {list: text}, example: [B], who: facilitator}
          - {ask: "{{ n }} {{ calm }} {{ t | default(1) }}", answer: {choice: t}, example: B}
          - {ask: B, answer: {number: whole, max: n}, example: 1}
          - {say: "{% if t is given %}C{% endif %}"}
          - {breathe: {in: 4s, out: 6s}, count: 2}
    """)
    found = [sorted(depends_on(facts, place)) for place in facts.outline]
    assert found == [[], [], ["n", "t"], ["n"], ["t"], []]
