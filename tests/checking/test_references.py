"""Single names that have to stand for something in particular."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.check import check
from tests.checking.found import codes, findings, only, whole

HEAD = """
audience: family
roles:
  partner: {people: 2}
  child: {people: 1-3}
  holder: {one_of: partner, others: hearer}
settings:
  rest: {duration: 1m, label: Rest}
  rounds: {number: 2, min: 1, max: 4, label: Rounds}
  word: {text: hello, label: Word}
  calm: {yes_no: yes, label: Calm}
  where: {choice: [indoors, outdoors], label: Where}
  deck: {list: [a, b], label: Deck}
steps:
  - say: Welcome.
  - ask: When?
    id: back_at
    who: holder
    shared: everyone
    answer: time
    example: "18:30"
  - ask: Who?
    id: chosen
    who: holder
    shared: everyone
    answer: {person: partner}
  - ask: How much?
    id: amount
    who: holder
    shared: everyone
    answer: {number: whole}
    example: 3
  - ask: Which?
    id: several
    who: holder
    shared: everyone
    answer: {list: text, min: 1}
    example: [one, two]
  - ask: What?
    id: said
    who: holder
    shared: everyone
    answer: text
    example: Something.
  - ask: And all of you?
    id: all_said
    who: partner
    shared: everyone
    answer: text
    example: Something.
"""


@pytest.mark.parametrize("name", ["rest"])
@pytest.mark.parametrize(
    "step",
    [
        "say: A\n    for: {}",
        "wait: A\n    for: {}",
        "speak: A\n    for: 1m\n    at_least: {}",
        "speak: A\n    for: {}",
        "breathe: {{in: 1s, out: 1s}}\n    for: {}",
        "wait: A\n    until: back_at\n    at_most: {}\n    otherwise: [{{say: B}}]",
        "say: A\n    timer: {{at_least: {}}}",
        "say: A\n    timer: {{at_most: {}}}",
    ],
)
def test_a_length_of_time(step: str, name: str) -> None:
    """Where a length of time belongs, a duration setting may be named, and nothing else."""
    assert codes(f"{HEAD}  - {step.format(name)}") == []
    for wrong in ("rounds", "word", "said", "partner"):
        finding = only(f"{HEAD}  - {step.format(wrong)}")
        assert finding.code == "CP405"
        assert "a duration setting belongs here" in finding.message
        assert finding.remedy == "Write one of: rest."


@pytest.mark.parametrize(
    ("step", "good", "bad"),
    [
        ("breathe: {{in: 1s, out: 1s}}\n    count: {}", ["rounds"], ["rest", "amount", "partner"]),
        ("for_each: {}\n    steps: [{{say: A}}]", ["rounds"], ["rest", "amount", "deck"]),
        (
            "for_each: it in {}\n    steps: [{{say: A}}]",
            ["deck", "several", "all_said", "partner", "everyone"],
            ["rounds", "said", "holder", "word"],
        ),
        (
            "ask: A\n    answer: {{choice: {}}}",
            ["deck", "several", "all_said", "partner", "hearer"],
            ["word", "said", "rounds", "you"],
        ),
        ("ask: A\n    answer: {{person: {}}}", ["partner", "everyone", "hearer"], ["said", "you"]),
        (
            "ask: A\n    example: B\n    answer: text\n    borrow: {}",
            ["deck"],
            ["several", "word", "partner"],
        ),
        (
            "wait: A\n    until: {}\n    otherwise: [{{say: B}}]",
            ["back_at"],
            ["rest", "said", "deck"],
        ),
        ("pass: holder\n    to: {}", ["next", "chosen"], ["said", "partner", "hearer"]),
        ("reveal: {}\n    id: shown\n    to: everyone", ["said", "several"], ["deck", "partner"]),
    ],
)
def test_names_of_one_kind(step: str, good: list[str], bad: list[str]) -> None:
    """Each place where a name stands takes names of one kind."""
    for name in good:
        found = codes(f"{HEAD}  - {step.format(name)}\n    who: holder")
        assert "CP405" not in found, name
        assert "CP420" not in found, name
    for name in bad:
        assert "CP405" in codes(f"{HEAD}  - {step.format(name)}\n    who: holder"), name


@pytest.mark.parametrize("key", ["who", "shared"])
def test_people(key: str) -> None:
    """Those who act or read are roles, bound names, everyone or the facilitator."""
    for name in ("partner", "child", "holder", "hearer", "everyone", "facilitator"):
        step = f"  - ask: A\n    answer: text\n    example: B\n    {key}: {name}"
        assert "CP404" not in codes(HEAD + step)
    for name in ("said", "chosen", "rest", "you", "deck"):
        finding = only(f"{HEAD}  - ask: A\n    answer: text\n    example: B\n    {key}: {name}")
        assert finding.code == "CP404"
        assert finding.message.endswith(", and people belong here, so this would be for nobody.")
        assert finding.remedy == (
            "Write one of: child, everyone, facilitator, hearer, holder, partner."
        )


def test_an_unknown_person() -> None:
    """Someone whom nobody has named is an unknown name."""
    finding = only(f"{HEAD}  - say: A\n    who: [child, partnr]")
    assert finding.code == "CP401"
    assert "Did you mean “partner”?" in finding.message


def test_an_item_that_is_a_person_may_act() -> None:
    """The item of a loop over people may act; an item that is a text may not."""
    loop = "  - for_each: one in {}\n    steps: [{{say: Hello., who: one}}]"
    assert codes(HEAD + loop.format("partner")) == []
    assert codes(HEAD + loop.format("deck")) == ["CP404"]


def test_turns_are_taken_by_the_people_of_a_role() -> None:
    """`turns` names a role, everyone or the rest of a role, but no single person."""
    turns = "  - turns: {}\n    steps: [{{say: Hello., who: speaker}}]"
    for name in ("partner", "child", "everyone", "hearer\n    uneven: The others know it."):
        assert codes(HEAD + turns.format(name)) == []
    for name in ("holder", "facilitator", "said", "deck"):
        assert codes(HEAD + turns.format(name)) == ["CP404"]


def test_only_a_held_role_is_passed_on() -> None:
    """`pass` names a role of the kind {one_of: …}."""
    assert codes(f"{HEAD}  - pass: holder\n    to: next") == []
    finding = only(f"{HEAD}  - pass: partner\n    to: next")
    assert finding.code == "CP404"
    assert finding.remedy == "Write one of: holder."


def test_one_of_names_a_role_with_people() -> None:
    """A held role belongs to a role that has people of its own."""
    text = "audience: couple\nroles:\n  partner: {people: 2}\n  holder: {one_of: X}\n"
    text += "steps:\n  - say: Hello.\n    who: partner"
    assert codes(text.replace("X", "partner")) == []
    finding = only(text.replace("X", "partnr"))
    assert finding.code == "CP404"
    assert "Did you mean “partner”?" in finding.message
    assert codes(text.replace("X", "holder")) == ["CP404"]


def test_roles_without_people() -> None:
    """Where no role has people, the remedy asks for one."""
    finding = only("roles:\n  holder: {one_of: partner}\nsteps:\n  - say: Hello.")
    assert finding.remedy == "Add such a role."


@pytest.mark.parametrize(
    "step",
    [
        "wait: A\n    until: asked\n    otherwise: [{say: B}]",
        "pass: holder\n    to: asked",
        "ask: A\n    answer: {number: whole, max: asked}\n    example: 2\n    who: holder",
    ],
)
def test_one_value_is_wanted_and_there_is_a_list(step: str) -> None:
    """A gathered list cannot stand where one answer is wanted."""
    kind = "{number: any}\n    example: 5"
    if "until" in step:
        kind = "time\n    example: '18:30'"
    elif "pass" in step:
        kind = "{person: partner}"
    asked = f"  - ask: A\n    id: asked\n    who: WHO\n    shared: everyone\n    answer: {kind}\n"
    assert codes(HEAD + asked.replace("WHO", "holder") + f"  - {step}") == []
    assert codes(HEAD + asked.replace("WHO", "partner") + f"  - {step}") == ["CP420"]


def test_an_answer_may_bound_another() -> None:
    """The bounds of a number may be an answer or a setting, if those are numbers."""
    step = "  - ask: A\n    who: holder\n    answer: {{number: whole, max: {}}}\n    example: 1"
    for name in ("amount", "rounds"):
        assert codes(HEAD + step.format(name)) == []
    for name in ("said", "deck", "rest"):
        assert "CP405" in codes(HEAD + step.format(name))


def test_bounds_inside_a_form() -> None:
    """Names inside the fields of a form are looked at too."""
    form = (
        "  - ask: A\n    who: holder\n    answer: {form: {what: {choice: X}, many: {number: any}}}"
    )
    form += "\n    example: {what: a, many: 2}"
    assert codes(HEAD + form.replace("X", "deck")) == []
    assert "CP405" in codes(HEAD + form.replace("X", "word"))


def test_another_answer() -> None:
    """`differs_from` names an answer; a gathered list would always differ."""
    rule = "  - ask: A\n    who: holder\n    answer: text\n    example: Else.\n    rules:\n"
    rule += "      - differs_from: {}\n        say: Say another.\n    counterexamples: [Something.]"
    assert codes(HEAD + rule.format("said")) == []
    assert codes(HEAD + rule.format("all_said")) == ["CP420"]
    assert "CP405" in codes(HEAD + rule.format("word"))


def test_word_lists() -> None:
    """A word list that is not there is found, with the nearest; if nobody looked, nothing is."""
    text = "steps:\n  - ask: A\n    answer: text\n    example: B\n    rules:\n"
    text += "      - avoids: solvin\n        say: Later.\n    counterexamples: [You should.]"
    finding = next(finding for finding in findings(text) if finding.code == "CP406")
    assert finding.message == "There is no word list “solvin”. Did you mean “solving”?"
    assert finding.remedy == "There are: feelings, solving."
    assert "CP406" not in [found.code for found in check(whole(text))]
    [nowhere] = [found for found in check(whole(text), known_lists={}) if found.code == "CP406"]
    assert nowhere.remedy.startswith("Write the phrases out")


def test_nothing_is_there_yet() -> None:
    """Where nothing of the wanted kind exists, the remedy asks to add it."""
    finding = only("steps:\n  - say: A\n    for: you")
    assert finding.remedy == "Add one, since there is none here yet."


def test_kind_that_cannot_be_told() -> None:
    """What a setting of an include is worth is known, and fits where it is named inside."""
    text = "steps:\n  - include: three-breath-pause\n    with: {breaths: 5}"
    assert codes(text) == []


def test_an_unknown_name_is_told_with_those_that_fit() -> None:
    """Where only people belong, the remedy for a name that nothing has lists people alone."""
    finding = only("audience: individual\nsteps: [{say: A, who: yes}, {say: B}]")
    assert finding.code == "CP401"
    assert finding.remedy == "Write one of: everyone, facilitator, person."
