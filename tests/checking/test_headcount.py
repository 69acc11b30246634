"""How many people a name stands for, in every size that may remain."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.headcount import Headcount
from compassion_protocols.model.protocol import MOST_PEOPLE
from compassion_protocols.model.steps import Say
from tests.checking.found import facts_of

STEPS = """
steps:
  - turns: member
    as: [teller, hearers]
    steps:
      - turns: hearers
        as: [second, rest]
        steps:
          - say: Hello.
"""


def people(roles: str, tier: int = 0, steps: str = STEPS) -> Headcount:
    """Count the people of a protocol with these roles."""
    return Headcount(facts_of(f"audience: family\nroles: {roles}\ncare: {{tier: {tier}}}\n{steps}"))


def test_each_size_that_may_remain() -> None:
    """Each role goes from its least to its most, beside the least of the others, up to twelve."""
    roles = "{parent: {people: 1-2}, child: {people: 9-12}}"
    steps = "steps: [{say: A}]"
    sizes = [(size["parent"], size["child"]) for size in people(roles, 3, steps).sizes]
    assert sizes == [(1, 9), (2, 9), (1, 10), (1, 11)]
    assert all(sum(size) <= MOST_PEOPLE for size in sizes)


@pytest.mark.parametrize(("tier", "hosts"), [(0, {0, 1}), (2, {0, 1}), (3, {1})])
def test_a_facilitator_is_sure_only_where_required(tier: int, hosts: set[int]) -> None:
    """Below tier 3 a session may be run with a facilitator, or without."""
    sizes = people("{member: {people: 3}}", tier, "steps: [{say: A}]").sizes
    assert {size["facilitator"] for size in sizes} == hosts


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("member", [2, 3, 4]),
        ("everyone", [2, 3, 4]),
        ("holder", [1, 1, 1]),
        ("others", [1, 2, 3]),
        ("teller", [1, 1, 1]),
        ("hearers", [1, 2, 3]),
        ("second", [1, 1, 1]),
        ("rest", [0, 1, 2]),
        ("you", [1, 1, 1]),
        ("nothing", [1, 1, 1]),
    ],
)
def test_how_many_people_a_name_stands_for(name: str, counts: list[int]) -> None:
    """Listeners are all of their turns' people but the speaker, also in turns inside turns."""
    count = people("{member: {people: 2-4}, holder: {one_of: member, others: others}}", 3)
    scope = count.facts.places[-1].scope
    assert [count.count(name, scope, size) for size in count.sizes] == counts


@pytest.mark.parametrize(
    ("guard", "lacks"),
    [
        ("", True),
        ("when: rest is given", False),
        ("when: everyone | count > 2", False),
        ("when: everyone | count > 1", True),
        ("when: member | count >= 3 and calm", False),
        ("when: hearers | count == 1", True),
        ("when: not (rest is given)", True),
        ("when: calm", True),
        ("when: calm or rest is given", True),
        ("when: facilitator is given", True),
    ],
)
def test_a_condition_on_people_shuts_out_sizes(guard: str, lacks: bool) -> None:
    """Where a condition lets through only sizes that have such people, nobody is missed."""
    steps = STEPS.replace("- say: Hello.", f"- say: Hello.\n            {guard}")
    calm = "settings:\n  calm: {yes_no: yes, label: Calm}\n"
    count = people("{member: {people: 2-4}}", 0, calm + steps)
    place = count.facts.places[-1]
    assert (count.lacking(["rest"], place, place.scope) is not None) is lacks


def test_a_condition_around_counts_too() -> None:
    """The case of a choice and the guard of a block hold for what is inside."""
    steps = """
steps:
  - turns: member
    steps:
      - choose:
          - when: listener is given
            steps: [{part: P, steps: [{say: A}]}]
        otherwise: [{say: B}]
      - {part: P, when: member | count == 1, steps: [{say: C}]}
"""
    count = people("{member: {people: 1-4}}", 0, steps)
    found = {
        place.step.text.source: count.lacking(["listener"], place, place.scope)
        for place in count.facts.places
        if isinstance(place.step, Say)
    }
    assert [said for said, size in found.items() if size is not None] == ["B", "C"]


@pytest.mark.parametrize(
    ("roles", "name", "words"),
    [
        ("{member: {people: 1-4}}", "hearers", "With one person in “member”"),
        ("{member: {people: 2-4}}", "rest", "With 2 people in “member”"),
        ("{member: {people: 2}}", "facilitator", "Where nobody facilitates"),
    ],
)
def test_a_size_in_words(roles: str, name: str, words: str) -> None:
    """A finding says how many people it is that leave nobody."""
    count = people(roles)
    place = count.facts.places[-1]
    sizes = count.lacking([name], place, place.scope)
    assert sizes is not None
    assert count.why(name, place.scope, sizes) == words
