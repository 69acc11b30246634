"""Renaming leaves alone what it has no new name for."""

from __future__ import annotations

from compassion_protocols.model.names import People, Ref
from compassion_protocols.model.steps import Ask, Pass, Say
from compassion_protocols.reading.rename import renamed
from tests.reading.written import protocol_of

STEPS = """
- say: Hello, {{ you }}, {{ a.b }} and {{ c }}.
  id: c
  who: [c, d]
  timer: {at_most: c}
- ask: What?
  id: what
  answer: {choice: c}
  example: c
  counterexamples: [c]
  rules: [{avoids: c, say: "{{ c }}"}, {mentions: [c], say: c}]
- pass: c
  to: next
- part: c
  steps: [{include: c, with: {c: c}, as: c}]
"""


def test_nothing_to_rename() -> None:
    """Where no name changes, the steps are the same."""
    steps = protocol_of(STEPS).steps
    assert renamed(steps, lambda name: None) == steps


def test_only_names_are_renamed() -> None:
    """Names change wherever they are names, and nowhere else."""
    say, ask, handing_on, part = renamed(protocol_of(STEPS).steps, {"c": "x", "a.b": "y"}.get)
    assert isinstance(say, Say)
    assert (say.id, say.who) == ("x", People(("x", "d")))
    assert say.text.reads == {"you", "y", "x"}
    assert say.timer is not None
    assert say.timer.at_most == Ref("x")
    assert isinstance(ask, Ask)
    assert (ask.example, ask.counterexamples) == ("c", ("c",))
    unchanged = protocol_of(STEPS).steps
    assert isinstance(unchanged[1], Ask)
    assert [rule.check for rule in ask.rules] == [rule.check for rule in unchanged[1].rules]
    assert ask.rules[0].say.reads == {"x"}
    assert isinstance(handing_on, Pass)
    assert (handing_on.role, handing_on.to) == (Ref("x"), Ref("next"))
    assert part == unchanged[3]


def test_places_stay() -> None:
    """What is renamed stands where it stood."""
    before = protocol_of(STEPS).steps[0]
    after = renamed(before, {"c": "x"}.get)
    assert after.span == before.span
    assert isinstance(before, Say)
    assert isinstance(after, Say)
    assert after.text.span == before.text.span
    assert (after.who and after.who.span) == (before.who and before.who.span)
