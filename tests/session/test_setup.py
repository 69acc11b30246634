"""How a session begins."""

from __future__ import annotations

from typing import Any

import pytest

from compassion_protocols.errors import (
    FacilitatorNeeded,
    NotReady,
    PeopleRejected,
    SettingRejected,
)
from compassion_protocols.language.values import Duration, Person
from compassion_protocols.loading import load
from compassion_protocols.session.session import Session
from compassion_protocols.session.setup import LONGEST_NAME, NOT_READY, SEEDS
from compassion_protocols.session.state import Screen
from tests.plans import plan_of
from tests.room import START, Room

PARENTS = plan_of("""
    roles:
      parent: {people: 1-2}
      child: {people: 1-3}
    steps: [{say: One.}]
""")
SETTINGS = plan_of("""
    audience: individual
    settings:
      long: {duration: 1m, min: 30s, max: 5m, label: Long}
      many: {number: 3, min: 1, max: 9, label: Many}
      any: {number: 3, label: Any}
      word: {text: tea, label: Word}
      mood: {choice: [quiet, lively], label: Mood}
      calm: {yes_no: "yes", label: Calm}
      cards: {list: [a, b], label: Cards}
    steps: [{say: One.}]
""")


def _start(plan: Any, people: Any, **more: Any) -> Session:  # noqa: ANN401  # wrong ones, too
    return Session.start(plan, people, at=START, **more)


# who sits where


def test_people_are_seated_role_by_role() -> None:
    """People sit in the order of the roles, then in the order they were named."""
    session = _start(PARENTS, {"child": ["Cem"], "parent": ["Ana", "Ben"]}, facilitator="Fay")
    assert [(one.name, one.role) for one in session.state.setup.people] == [
        ("Ana", "parent"),
        ("Ben", "parent"),
        ("Cem", "child"),
        ("Fay", "facilitator"),
    ]


def test_one_role_needs_no_name() -> None:
    """Where a protocol has one role, or none, a list of people is enough."""
    assert len(_start(SETTINGS, ["Ana"]).state.setup.people) == 1
    pair = plan_of("roles:\n  partner: {people: 2}\nsteps: [{say: One.}]")
    assert len(_start(pair, ["Ana", "Ben"]).state.setup.people) == 2
    assert len(_start(pair, {"partner": ["Ana", "Ben"]}).state.setup.people) == 2


def test_a_protocol_without_roles_is_for_its_audience() -> None:
    """Without roles, the sizes are those of the audience: one, two, a family or a group."""
    for audience, fits, does_not in (
        ("individual", 1, 2),
        ("couple", 2, 1),
        ("[individual, couple]", 2, 3),
        ("family", 8, 9),
        ("group", 12, 13),
    ):
        plan = plan_of(f"audience: {audience}\nsteps: [{{say: One.}}]")
        names = [f"P{number}" for number in range(13)]
        assert len(_start(plan, names[:fits]).state.setup.people) == fits
        with pytest.raises(PeopleRejected):
            _start(plan, names[:does_not])


@pytest.mark.parametrize(
    ("people", "says"),
    [
        (["Ana", "Ben"], "parent, child"),
        ({"parent": ["Ana"]}, "“child” takes 1 to 3 people; 0 came"),
        ({"parent": ["Ana"], "child": list("abcd")}, "“child” takes 1 to 3 people; 4 came"),
        ({"parents": ["Ana"], "child": ["Cem"]}, "parent"),
        ({"parent": ["Ana"], "child": ["Ana"]}, "same name"),
        ({"parent": ["Ana"], "child": ["Fay"]}, "same name"),
        ({"parent": [""], "child": ["Cem"]}, "printable"),
        ({"parent": ["a\nb"], "child": ["Cem"]}, "printable"),
        ({"parent": ["x" * 81], "child": ["Cem"]}, "printable"),
        ({"parent": [7], "child": ["Cem"]}, "printable"),
        ({"parent": [Person("", "Ana")], "child": ["Cem"]}, "id"),
        ("Ana", "list of names"),
    ],
)
def test_people_who_do_not_fit_are_rejected(people: object, says: str) -> None:
    """Too few, too many, an unknown role, a name twice or no name: PeopleRejected says which."""
    with pytest.raises(PeopleRejected, match=says):
        _start(PARENTS, people, facilitator="Fay")


def test_one_name_stands_for_a_list_of_one() -> None:
    """A role that one person takes may be given that one name."""
    session = _start(PARENTS, {"parent": "Ana", "child": "Cem"})
    assert [one.name for one in session.state.setup.people] == ["Ana", "Cem"]


def test_two_may_have_one_name_if_their_ids_differ() -> None:
    """People are known by their ids; two with one name are two persons."""
    people = [Person("p-1", "Kim"), Person("p-2", "Kim")]
    session = _start(plan_of("audience: couple\nsteps: [{say: '{{ you }}'}]"), people)
    assert session.view("p-1").text == session.view("p-2").text == "Kim"


def test_names_are_made_one_in_writing() -> None:
    """A name is shown in one normal form, without spaces around it."""
    session = _start(SETTINGS, [" Zoe\u0308 "])
    assert session.state.setup.people[0].name == "Zoë"
    assert len("x" * LONGEST_NAME) == 80


# what is chosen


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("long", "2m", Duration(120)),
        ("long", "30s", Duration(30)),
        ("long", 45, Duration(45)),
        ("long", Duration(45), Duration(45)),
        ("many", 9, 9),
        ("any", 2.5, 2.5),
        ("word", "cake\x00\r\n", "cake\n"),
        ("cards", ["a\x00"], ("a",)),
        ("mood", "lively", "lively"),
        ("calm", False, False),
        ("cards", ["c", "d"], ("c", "d")),
        ("cards", ("c",), ("c",)),
    ],
)
def test_a_setting_that_fits_is_taken(name: str, given: object, value: object) -> None:
    """A setting of its type and within its bounds is taken, and every other has its default."""
    chosen = _start(SETTINGS, ["Ana"], settings={name: given}).state.setup.settings
    assert chosen[name] == value
    defaults = _start(SETTINGS, ["Ana"]).state.setup.settings
    assert {k: v for k, v in chosen.items() if k != name} == {
        k: v for k, v in defaults.items() if k != name
    }


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("long", "0s"),
        ("long", "6m"),
        ("long", "soon"),
        ("long", True),
        ("long", None),
        ("many", 0),
        ("many", "3"),
        ("any", float("nan")),
        ("any", float("inf")),
        ("any", 10**400),
        ("any", True),
        ("word", 5),
        ("word", "x" * 10_001),
        ("mood", "loud"),
        ("mood", ["quiet"]),
        ("calm", "yes"),
        ("cards", "a"),
        ("cards", ["a", 1]),
        ("cards", ["a"] * 1_001),
        ("longer", "2m"),
    ],
)
def test_a_setting_that_does_not_fit_is_rejected(name: str, given: object) -> None:
    """An unknown setting, one of another type or out of bounds raises SettingRejected."""
    with pytest.raises(SettingRejected, match=f"“{name}”"):
        _start(SETTINGS, ["Ana"], settings={name: given})


def test_a_misspelt_setting_is_answered_with_the_nearest() -> None:
    """The message names the setting that was probably meant."""
    with pytest.raises(SettingRejected, match="long"):
        _start(SETTINGS, ["Ana"], settings={"lomg": "2m"})


def test_any_whole_number_is_a_seed() -> None:
    """A seed may be as large as a host's own random numbers, or negative."""
    for seed in (0, -1, 2**64, 10**40):
        room = Room(SETTINGS, "Ana", seed=seed)
        assert room.state.setup.seed == seed % SEEDS


@pytest.mark.parametrize("at", [float("nan"), float("inf"), 1e12])
def test_a_session_begins_at_a_possible_time(at: float) -> None:
    """A clock that shows no possible time is rejected at the start."""
    with pytest.raises(SettingRejected):
        Session.start(SETTINGS, ["Ana"], at=at)


# care before the start


def test_a_tier_three_protocol_wants_a_facilitator() -> None:
    """A protocol that needs a facilitator does not start without one."""
    circle = load("group-circle")
    with pytest.raises(FacilitatorNeeded):
        _start(circle, ["Ana", "Ben", "Cem"])
    _start(circle, ["Ana", "Ben", "Cem"], facilitator="Fay")


@pytest.mark.parametrize("cleared", [[], ["Ana"], ["Ben"], ["Cem"], ["Ana", "Fay"]])
def test_a_screened_protocol_waits_until_all_are_cleared(cleared: list[str]) -> None:
    """Whoever is not cleared, or not done: the same neutral message, and no session."""
    exchange = load("structured-empathy-exchange")
    with pytest.raises(NotReady) as refused:
        _start(exchange, ["Ana", "Ben"], cleared=cleared, facilitator="Fay")
    assert str(refused.value) == NOT_READY
    assert not any(name in NOT_READY for name in ("Ana", "Ben"))


def test_nobody_is_screened_on_a_shared_screen() -> None:
    """A screening does not start where others may look at the same screen."""
    with pytest.raises(NotReady):
        _start(load("couple-safety"), ["Ana"], screen=Screen.SHARED)


def test_a_screened_protocol_starts_when_all_are_cleared() -> None:
    """With everyone cleared it starts; a facilitator is not screened."""
    exchange = load("structured-empathy-exchange")
    session = _start(exchange, ["Ana", "Ben"], cleared={"Ana", "Ben"}, facilitator="Fay")
    assert not session.ended
