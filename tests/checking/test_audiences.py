"""Who people are, seat by seat, in every group."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.audiences import Audiences, People, Readable, audiences_of
from compassion_protocols.checking.facts import Facts, Scope
from tests.checking.found import facts_of

TURNS = """
audience: group
roles:
  member: {people: 2-4}
  holder: {one_of: member, others: rest}
steps:
  - turns: member
    steps:
      - say: A
      - turns: listener
        as: [second, third]
        steps: [{say: B}]
"""
FIXED = TURNS.replace("2-4", "2")


def _audiences(text: str) -> tuple[Facts, Audiences]:
    facts = facts_of(text)
    return facts, audiences_of(facts)


def _scope(facts: Facts, depth: int) -> Scope:
    return next(place.scope for place in facts.places if len(place.scope.loops) == depth)


def _lets(text: str, depth: int, audience: str, writer: str, readers: str = "") -> bool:
    """Tell whether an audience may read what a writer gave, in every group."""
    facts, audiences = _audiences(text)
    scope = _scope(facts, depth)
    may = Readable(
        audiences.people(writer.split(), scope), audiences.people(readers.split(), scope)
    )
    return audiences.left_out(audiences.people(audience.split(), scope), may) is None


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("speaker", ""),
        ("everyone", "everyone"),
        ("everyone", "member"),
        ("everyone", "listener"),
        ("everyone", "holder rest"),
        ("listener", "listener"),
        ("holder", "member"),
        ("holder", "listener rest"),
        ("rest", "everyone"),
    ],
)
def test_an_audience_that_may_read(audience: str, readers: str) -> None:
    """A writer and the named readers are who they are in each turn, whoever holds a role."""
    assert _lets(TURNS, 1, audience, "speaker", readers)


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("listener", ""),
        ("everyone", ""),
        ("everyone", "rest"),
        ("rest", "holder"),
        ("facilitator", "member"),
    ],
)
def test_an_audience_that_may_not(audience: str, readers: str) -> None:
    """One group, one turn and one holder in which somebody is left out are enough."""
    assert not _lets(TURNS, 1, audience, "speaker", readers)


def test_turns_within_turns() -> None:
    """The second speaker is one of the listeners, and never the first speaker."""
    assert _lets(TURNS, 2, "second", "speaker", "listener")
    assert _lets(TURNS, 2, "third", "speaker", "listener")
    assert _lets(TURNS, 2, "listener", "second", "third")
    assert not _lets(TURNS, 2, "third", "speaker", "second")
    assert not _lets(TURNS, 2, "speaker", "second", "third")


def test_in_a_group_of_two_the_listener_is_one() -> None:
    """Whether some people are one person is true of every group, or not at all."""
    for text, one in ((TURNS, False), (FIXED, True)):
        facts, audiences = _audiences(text)
        scope = _scope(facts, 1)
        assert audiences.is_one(audiences.people(("listener",), scope)) is one
        assert audiences.is_one(audiences.people(("speaker",), scope))
        assert not audiences.is_one(audiences.people(("everyone",), scope))


def test_the_smallest_group_is_named() -> None:
    """Of the groups in which someone is left out, it is the first."""
    facts, audiences = _audiences(TURNS)
    scope = _scope(facts, 1)
    nobody = audiences.people((), scope)
    may = Readable(audiences.people(("speaker",), scope), nobody)
    group = audiences.left_out(audiences.people(("everyone",), scope), may)
    assert group is not None
    assert group.size == {"member": 2}


def test_some_of_them_alone() -> None:
    """People can be kept to those who are also others, or be without them."""
    facts, audiences = _audiences(TURNS)
    scope = _scope(facts, 1)
    speaker = audiences.people(("speaker",), scope).meanings
    everyone = audiences.people(("everyone",), scope).meanings
    may = Readable(
        audiences.people(("speaker",), scope), audiences.people(("listener",), scope, host=True)
    )
    only_speaker = People(everyone, among=speaker)
    assert audiences.is_one(only_speaker)
    assert audiences.left_out(People(everyone, without=speaker), may) is None
    own = Readable(only_speaker, People(frozenset()))
    assert audiences.left_out(People(everyone, among=speaker), own) is None
    assert audiences.left_out(People(everyone, without=speaker), own) is not None


def test_a_loop_over_people_binds_any_of_them() -> None:
    """An item of a loop over a role may be anyone."""
    text = """
        audience: couple
        roles: {partner: {people: 2}}
        steps:
          - for_each: one in partner
            steps: [{say: A, who: one}]
    """
    assert _lets(text, 1, "one", "one")
    assert not _lets(text, 1, "partner", "one")
    assert _lets(text, 1, "one", "one", "partner")


def test_of_names_that_mean_nobody_nothing_is_said() -> None:
    """What a draft calls people, and is none, leaves nobody out and may be read by nobody."""
    text = "audience: couple\nroles: {partner: {people: 2}}\nsteps: [{say: A}]"
    assert _lets(text, 0, "nobody", "partner")
    assert _lets(text, 0, "you", "partner")
    assert not _lets(text, 0, "partner", "partner", "you")
