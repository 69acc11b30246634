"""What may be given at a moment, and who will read it."""

from __future__ import annotations

import pytest

from compassion_protocols.session.view import Input
from tests.plans import plan_of
from tests.room import Room


def _input(
    answer: str, *, more: str = "", settings: str = "{}", people: str = "{people: 2-4}"
) -> Input:
    plan = plan_of(f"""
roles:
  member: {people}
settings: {settings}
steps:
  - ask: A?
    id: a
    answer: {answer}
    {more or "example: a"}
""")
    wanted = Room(plan, "Ana", "Ben", facilitator="Fay").view("Ana").input
    assert wanted is not None
    return wanted


@pytest.mark.parametrize(
    ("answer", "type_", "limits"),
    [
        ("text", "text", {}),
        ("long_text", "long_text", {}),
        ("yes_no", "yes_no", {}),
        ("date", "date", {}),
        ("time", "time", {}),
        ("{number: whole, min: 1, max: 9}", "number", {"min": 1, "max": 9, "whole": 1}),
        ("{number: any}", "number", {}),
        ("{scale: [0, 10]}", "scale", {"min": 0, "max": 10}),
        ("{choice: [x, y]}", "choice", {}),
        ("{choices: [x, y], min: 1, max: 2, own: 3}", "choices", {"min": 1, "max": 2, "own": 3}),
        ("{rank: [x, y]}", "rank", {}),
        ("{person: member}", "person", {}),
        ("{list: text, min: 1, max: 5}", "list", {"min": 1, "max": 5}),
    ],
)
def test_an_input_names_its_kind_and_its_limits(
    answer: str, type_: str, limits: dict[str, float]
) -> None:
    """An input bears the word by which its kind of answer is known, and its bounds."""
    wanted = _input(answer)
    assert (wanted.type, wanted.limits) == (type_, limits)


def test_options_have_values_and_labels() -> None:
    """What can be chosen is shown by its label and given by its value."""
    wanted = _input("{choice: {warm: Warm and near, cold: Cold}}")
    assert [(option.value, option.label) for option in wanted.options] == [
        ("warm", "Warm and near"),
        ("cold", "Cold"),
    ]


def test_options_may_be_a_setting() -> None:
    """Options may be the name of a list."""
    wanted = _input("{choice: cards}", settings="{cards: {list: [x, y], label: Cards}}")
    assert [option.value for option in wanted.options] == ["x", "y"]


def test_people_are_chosen_by_their_id() -> None:
    """Where a person is chosen, the options are the people of the role, by id and name."""
    wanted = _input("{person: member}")
    assert [(option.value, option.label) for option in wanted.options] == [
        ("Ana", "Ana"),
        ("Ben", "Ben"),
    ]


def test_bounds_may_be_settings() -> None:
    """A bound may be the name of a setting."""
    settings = "{most: {number: 4, label: Most}}"
    assert _input("{list: text, max: most}", settings=settings).limits == {"max": 4}


def test_a_scale_may_have_words() -> None:
    """Some numbers of a scale may have words."""
    wanted = _input('{scale: [0, 10], labels: {"0": none, "10": all}}')
    assert wanted.labels == ((0, "none"), (10, "all"))


def test_a_form_is_its_fields() -> None:
    """A form has an input for each of its fields, with that field's own limits."""
    wanted = _input("{form: {what: text, score: {scale: [0, 5]}}}")
    assert [(name, one.type, one.limits) for name, one in wanted.fields] == [
        ("what", "text", {}),
        ("score", "scale", {"min": 0, "max": 5}),
    ]


@pytest.mark.parametrize(
    ("shared", "seen_by"),
    [
        ("example: a", ()),
        ("shared: facilitator", ("Fay",)),
        ("shared: member", ("Ben",)),
        ("shared: everyone", ("Ben", "Fay")),
        ("shared: [member, facilitator]", ("Ben", "Fay")),
    ],
)
def test_it_says_who_will_read_the_answer(shared: str, seen_by: tuple[str, ...]) -> None:
    """An input names everyone who will read what is given, beside its writer."""
    assert _input("text", more=shared).seen_by == seen_by


def test_a_hint_with_a_hole_is_left_out() -> None:
    """A hint that reads a missing answer is not shown."""
    plan = plan_of("""
        audience: individual
        steps:
          - {ask: A?, id: a, answer: text, example: a}
          - {ask: B?, id: b, answer: text, example: b, hint: "You said {{ a }}."}
    """)
    for given, hint in ((True, "You said tea."), (False, "")):
        room = Room(plan, "Ana")
        room.answer("Ana", "tea") if given else room.skip("Ana")
        wanted = room.view("Ana").input
        assert wanted is not None
        assert wanted.hint == hint


def test_phrases_to_borrow() -> None:
    """Phrases to borrow are written there, or the name of a list."""
    assert _input("text", more="borrow: [I felt …]").borrow == ("I felt …",)
    settings = "{phrases: {list: [When …], label: P}, one: {text: x, label: O}}"
    assert _input("text", more="borrow: phrases", settings=settings).borrow == ("When …",)
    assert _input("text", more="borrow: one", settings=settings).borrow == ()


@pytest.mark.parametrize(
    ("answer", "example", "shown"),
    [
        ("date", "in 3 days", "1970-01-04"),
        ("{number: whole}", "4", 4),
        ("{scale: [0, 10]}", "3", 3),
        (
            "{form: {what: text, by: date}}",
            "{what: a, by: in 1 day}",
            {"what": "a", "by": "1970-01-02"},
        ),
        (
            "{form: {what: text, who: {person: member}}}",
            "{what: a}",
            {"what": "a", "who": "Ana"},
        ),
        ("text", "hello", "hello"),
    ],
)
def test_an_example_is_an_answer_that_could_be_given_today(
    answer: str, example: str, shown: object
) -> None:
    """An example is shown as a raw answer of its kind; a date in it is counted from today."""
    assert _input(answer, more=f"example: {example}").example == shown


@pytest.mark.parametrize(
    ("answer", "example"),
    [
        ("{choice: deck}", "snow"),
        ("{choices: deck}", "[rain, snow]"),
        ("{rank: deck}", "[rain, snow]"),
        ("{number: whole, max: few}", "4"),
        ("{list: text, max: few}", "[a, b, c]"),
        ("{form: {what: {choice: deck}}}", "{what: snow}"),
        ("{form: {what: text, who: {person: nobody}}}", "{what: a}"),
    ],
)
def test_an_example_that_is_no_answer_here(answer: str, example: str) -> None:
    """What would be refused with these settings and these people is no example."""
    deck = "{list: [rain, sun], label: Deck}"
    settings = f"{{deck: {deck}, few: {{number: 2, label: Few}}, nobody: {deck}}}"
    assert _input(answer, more=f"example: {example}", settings=settings).example is None


def test_an_input_is_for_those_who_are_asked() -> None:
    """Whoever is not asked has no input."""
    plan = plan_of("""
        roles:
          member: {people: 2-4}
        steps:
          - turns: member
            steps: [{ask: A?, id: a, who: speaker, answer: text, example: a}]
    """)
    assert Room(plan, "Ana", "Ben").view("Ben").input is None
