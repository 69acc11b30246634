"""Which answers a text reads, whose, and by what way."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.readings import readings
from tests.checking.found import facts_of

TEXT = """
audience: couple
roles: {partner: {people: 2}}
settings: {deck: {list: [a], label: Deck}}
steps:
  - {ask: A, id: x, answer: {list: text}, example: [B]}
  - {ask: A, id: y, answer: text, example: B}
  - {ask: A, id: alone, who: facilitator, answer: text, example: B}
  - for_each: outer in x
    steps:
      - for_each: inner in outer
        steps:
          - {say: "WHAT", id: here}
"""


def _read(text: str, among: tuple[str, ...] = ("x", "y", "alone")) -> list[tuple[str, str, str]]:
    """Give the name, the answer and the person of each reading in the innermost text."""
    facts = facts_of(TEXT.replace("WHAT", text.replace('"', "'")))
    here = next(place for place in facts.places if place.step.id == "here")
    shown = getattr(here.step, "text", None)
    assert shown is not None
    return [(one.name, one.answer, one.whose) for one in readings(facts, shown, here.scope, among)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello.", []),
        ("{{ deck }}", []),
        ("{{ y }} and {{ y }}", [("y", "y", "")]),
        ("{{ y | of(you) }}", [("y", "y", "you")]),
        ("{{ y | given | of(you) | default(1) }}", [("y", "y", "you")]),
        ("{{ y | last | of(you) }}", [("y", "y", "")]),
        ("{{ y | given | join | of(you) }}", [("y", "y", "")]),
        ("{{ y | of(deck) }}", [("y", "y", "")]),
        ("{{ y | of(x) }}", [("y", "y", ""), ("x", "x", "")]),
        ("{{ alone | of(you) }}", [("alone", "alone", "")]),
        ("{% for you in deck %}{{ y | of(you) }}{% endfor %}", [("y", "y", "")]),
        ("{{ y | default(x) }} of", [("y", "y", ""), ("x", "x", "")]),
        ("{% if y is given %}{{ x | of(you) }}{% endif %}", [("y", "y", ""), ("x", "x", "you")]),
        (
            "{% for y in x %}{{ y }}{% else %}{{ y }}{% endfor %} of",
            [("x", "x", ""), ("y", "y", "")],
        ),
        ("{{ outer }}", [("outer", "x", "")]),
        ("{{ inner }}", [("inner", "x", "")]),
    ],
)
def test_what_is_read(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Each answer once for each person whose part is picked; an item reads its loop's list."""
    assert _read(text) == expected


def test_only_the_answers_that_are_asked_about() -> None:
    """Answers that are not among those asked about are passed by."""
    assert _read("{{ x }} {{ y }} {{ inner }}", ("y",)) == [("y", "y", "")]


def test_the_way_of_an_item() -> None:
    """An item knows the lines of its loops, the nearest first."""
    facts = facts_of(TEXT.replace("WHAT", "{{ inner }}"))
    here = next(place for place in facts.places if place.step.id == "here")
    text = getattr(here.step, "text", None)
    assert text is not None
    [reading] = readings(facts, text, here.scope, ("x",))
    lines = [place.step.span.line for place in facts.loops]
    assert tuple(span.line for span in reading.through) == tuple(reversed(lines))
