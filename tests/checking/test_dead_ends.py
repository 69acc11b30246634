"""Conditions that come out the same whatever a session brings."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.check import check
from compassion_protocols.reading.link import link
from tests.checking.found import at_mark, codes, only
from tests.plans import protocol_of

HEAD = """
audience: couple
roles: {partner: {people: 2}}
settings:
  rounds: {number: 2, min: 1, max: 3, label: Rounds}
  quiet: {duration: 1m, min: 30s, max: 5m, label: Quiet}
  mood: {choice: [soft, lively], label: Mood}
  calm: {yes_no: "yes", label: Calm}
  word: {text: warmth, label: A word}
  deck: {list: [river, stone], label: Cards}
steps:
"""
ASKED = """
  - {ask: A, id: weight, who: partner, shared: everyone, answer: text, example: B}
  - turns: partner
    steps:
      - {ask: A, id: n, answer: {scale: [0, 10]}, example: 3, OPEN}
      - {ask: A, id: m, answer: {number: whole, min: 1, max: rounds}, example: 1, OPEN}
      - {ask: A, id: c, answer: {choice: [one, two]}, example: one, OPEN}
      - {ask: A, id: y, answer: yes_no, example: "yes", OPEN}
      - {ask: A, id: t, answer: text, example: B, OPEN}
      - {ask: A, id: l, answer: {list: text, min: 1, max: 3}, example: [tea], OPEN}
      - {ask: A, id: some, answer: {choices: [a, b], own: 1}, example: [a], OPEN}
      - {ask: A, id: r, answer: {rank: [a, b, c]}, example: [a, b, c], OPEN}
      - {ask: A, id: f, answer: {form: {what: text, hard: {scale: [0, 4]}}},
         example: {what: B, hard: 2}, OPEN}
      - {reveal: l, id: shown, who: speaker, to: everyone}
""".replace("OPEN", "who: speaker, shared: everyone")


def guarded(condition: str) -> str:
    """Put a condition before a step in a turn in which everything has been asked."""
    return f"{HEAD}{ASKED}      - say: B\n        when: {condition!r}\n"


NEVER = [
    "n > 10",
    "n < 0",
    "10 < n",
    "n > 3 and n < 2",
    "n > 3 and n < 4",
    "3 < n < 4",
    "n == 2.5",
    "2.5 == n",
    "n + 1 > 11",
    "n * 2 > 20",
    "-n > 0",
    "n / 2 > 5",
    "m > 3",
    "m < 1",
    "n > m + 10",
    "n == 4 and n == 5",
    "n == 4 and n != 4",
    "n is given and n is missing",
    "not (n >= 0)",
    "(n > 10) or (n < 0)",
    "(n if calm else m) > 10",
    "(n | default(3)) > 10",
    'c == "one" and c == "two"',
    'c != "one" and c != "two"',
    'not (c == "one" or c == "two")',
    'c == "one" and not (c == "one")',
    "y and not y",
    'y == "yes" and y == "no"',
    'y == "yes" and not y',
    't == "a" and t == "b"',
    't == "a" and t is missing',
    "l | count > 3",
    "l | count > 1 and l | count < 2",
    "l is given and l | count == 0",
    "some | count > 3",
    "r | count != 3",
    "r | given | count > 3",
    "shown | count > 3",
    "f.hard > 4",
    "f.hard == 1 and f.hard == 2",
    'f.what == "a" and f.what == "b"',
    "weight | count < 0",
    "rounds > 3",
    "rounds is missing",
    "quiet > 300",
    "quiet < 30",
    "quiet * 2 < 60",
    'mood == "soft" and mood == "lively"',
    "calm and not calm",
    'word == "a" and word == "b"',
    "deck | count < 0",
    "deck | count > 1000",
]
ALWAYS = [
    "n >= 0",
    "0 <= n <= 10",
    "n < 0 or n >= 0",
    "n is given or n is missing",
    "y or not y",
    'c == "one" or c == "two"',
    "c == 'one' or c != 'one'",
    "m >= 1",
    "l | count > 0",
    "some | count <= 3",
    "r | count == 3",
    "weight | count >= 0",
    "f.hard <= 4",
    "rounds >= 1",
    "rounds is given",
    "rounds + 1 > 1.5",
    "quiet >= 30",
    "calm or not calm",
    'mood == "soft" or mood == "lively"',
    "(n | default(3)) >= 0",
    "l | given | count >= 0",
    "not (n > 10)",
    "1 if calm else 2",
]
OPEN = [
    "n > 3 or n is missing",
    "n > 5 and n < 9",
    "n != 4",
    "n == m",
    "n > m",
    "m == 3",
    "y",
    "not y",
    "t",
    't == "a" or t == "b"',
    't != "a" and t != "b"',
    '"a" in t and "b" in t',
    "l | count > 1",
    "l | first == 'tea'",
    "l | every",
    "some is given",
    "some | count == 0",
    '"a" in some and "b" in some',
    "r[0] == 'a'",
    "f.what == 'a'",
    "f.hard > 3",
    "f is given",
    "shown is given",
    "weight | count > 1",
    "weight is missing",
    "speaker in partner",
    "rounds > 1",
    "rounds / 2 > 1",
    "quiet > 90",
    "quiet / 7 > 10",
    "word",
    "deck",
    '"moon" in deck',
    "(n | default(30)) > 10",
    "n / (m - 2) > 100",
    "n + rounds > 12",
    "t ~ c == 'aone'",
    "t | upper == 'A'",
    "(n and y) == 'yes'",
    "n if calm",
]


@pytest.mark.parametrize("condition", NEVER)
def test_a_condition_that_never_holds(condition: str) -> None:
    """A condition that no answer and no setting makes true is found where it stands."""
    assert codes(guarded(condition)) == ["CP510"]


@pytest.mark.parametrize("condition", ALWAYS)
def test_a_condition_that_always_holds(condition: str) -> None:
    """A condition that is true whatever is answered, if anything is, is found."""
    assert codes(guarded(condition)) == ["CP511"]


@pytest.mark.parametrize("condition", OPEN)
def test_a_condition_that_may_come_out_either_way(condition: str) -> None:
    """Where a condition may come out one way or the other, nothing is said."""
    assert codes(guarded(condition)) == []


def test_the_place_and_the_reason_are_told() -> None:
    """The finding stands at the condition, and says what its name can be."""
    text, place = at_mark(guarded("⟦n > 10"))
    finding = only(text)
    assert (finding.span.line, finding.span.column) == place
    assert finding.message == (
        "“n > 10” never holds, so nobody ever gets to what it guards: “n” (line 24) can be 0 to 10."
    )
    assert "holds whatever is answered" in only(guarded("n >= 0")).message
    assert "always holds" in only(guarded("rounds >= 1")).message
    assert " can be one, two." in only(guarded('c == "one" and c == "two"')).message
    assert " can be yes or no." in only(guarded("y and not y")).message
    for condition in ("l | count > 3", "t == 'a' and t == 'b'"):
        assert only(guarded(condition)).message.endswith("nobody ever gets to what it guards.")


@pytest.mark.parametrize(
    ("condition", "code"), [("c == 'three'", "CP423"), ("n == 'a'", "CP423"), ("n > t", "CP423")]
)
def test_what_does_not_fit_is_said_once(condition: str, code: str) -> None:
    """A condition that comes out the same since a name does not fit has only that finding."""
    assert codes(guarded(condition)) == [code]


# What stands around

ONE = "audience: individual\n"
Y = "{ask: A, id: y, answer: yes_no, example: 'yes'}"
N = "{ask: A, id: n, answer: {number: whole, min: 1, max: 3}, example: 1}"


def around(steps: str) -> list[str]:
    """Name what is found in some steps, after a yes_no and a number from 1 to 3."""
    return codes(f"{ONE}steps: [{Y}, {N}, {steps}]")


def test_a_guard_that_contradicts_the_one_around_it() -> None:
    """Inside a guard, a condition that wants the opposite never holds."""
    text = "{{part: P, when: n == 1, steps: [{{say: A, when: {}}}, {{say: B, when: {}}}]}}"
    assert around(text.format("n == 2", "n > 1")) == ["CP510", "CP510"]
    assert around(text.format("y", "n == 1 and y")) == []
    assert around(text.format("n == 1", "y")) == ["CP511"]
    finding = only(f"{ONE}steps: [{Y}, {N}, {text.format('n == 2', 'y')}]")
    assert finding.message == "“n == 2” never holds here, where “n == 1” (line 10) is so."
    again = only(f"{ONE}steps: [{Y}, {N}, {text.format('n == 1', 'y')}]")
    assert again.message == "“n == 1” always holds here, where “n == 1” (line 10) is so."


def test_what_a_guard_has_asked_for_may_be_taken_back() -> None:
    """Inside a guard an answer may be missing all the same, since people may take it back."""
    text = "{{part: P, when: {}, steps: [{{say: A, when: {}}}]}}"
    assert around(text.format("n is given", "n is missing")) == []
    assert around(text.format("n == 1", "n is missing")) == []
    assert around(text.format("(n | default(1)) == 1", "(n | default(1)) == 2")) == []


def test_a_gathered_list_may_become_shorter() -> None:
    """Of a list that several people have made, a guard says nothing about what is inside it."""
    group = (
        "audience: group\nsteps:\n  - {ask: A, id: x, shared: everyone, answer: text, example: B}\n"
    )
    guard = "  - part: P\n    when: x | count > 2\n    steps: [{say: A, when: x | count < 2}]\n"
    assert codes(group + guard) == []


def test_asked_again_an_answer_is_open_again() -> None:
    """What a guard has said of an answer is over once its question has been asked again."""
    inner = "{say: A, when: n == 2}"
    again = "{repeat_until: n == 2, at_most: 2, steps: [" + N + "]}"
    guard = "{{part: P, when: n == 1, steps: [{}]}}"
    loop = f"{{repeat_until: y, at_most: 3, steps: [{inner}, {N}, {Y}], otherwise: [{inner}]}}"
    assert "CP510" not in around(guard.format(f"{again}, {inner}"))
    assert "CP510" not in around(guard.format(loop))
    assert "CP510" in around(guard.format(f"{{say: B}}, {inner}"))


def test_each_pass_of_a_gathering_loop_asks_anew() -> None:
    """A loop that gathers answers knows nothing of what was said of the name outside it."""
    loop = "{for_each: 2, steps: [" + N.replace("id: n", "id: k") + ", {say: A, when: k == 2}]}"
    assert around(f"{{part: P, when: y, steps: [{loop}]}}") == []
    inside = "{for_each: 2, steps: [{say: A, when: not y}]}"
    assert around(f"{{part: P, when: y, steps: [{inside}]}}") == ["CP510"]


def test_an_item_stays_what_it_is_for_one_pass() -> None:
    """A guard on the item of a loop holds for the steps inside it."""
    loop = (
        "{for_each: card in deck, steps: [{part: P, when: card == 'a', steps: ["
        "{say: A, when: card == 'b'}, {say: B, when: card is given}]}]}"
    )
    text = f"{ONE}settings: {{deck: {{list: [a, b], label: Cards}}}}\nsteps: [{loop}]"
    assert codes(text) == ["CP510"]


# Cases


@pytest.mark.parametrize(
    ("cases", "otherwise", "expected"),
    [
        (["n > 1", "n > 2"], "", ["CP512"]),
        (["n > 1", "n == 1"], "", []),
        (["n > 1", "n == 1"], "[{say: C}]", []),
        (["n > 1", "n == 1", "n is missing"], "", []),
        (["n > 1", "n == 1", "n is missing"], "[{say: C}]", ["CP512"]),
        (["y", "not y", "y is missing"], "[{say: C}]", ["CP512"]),
        (["y", "not y", "y is missing", "n > 1"], "", ["CP512"]),
        (["y and n > 1", "y", "n > 1"], "[{say: C}]", []),
        (["n > 5", "n == 1"], "[{say: C}]", ["CP510"]),
        (["n is given or n is missing", "y"], "[{say: C}]", ["CP511"]),
        (["n >= 1", "n is missing"], "", ["CP511"]),
        (["true", "y"], "[{say: C}]", ["CP505"]),
        (["n == 1", "y", "n == 1"], "", ["CP512"]),
    ],
)
def test_a_case_that_is_taken_already(
    cases: list[str], otherwise: str, expected: list[str]
) -> None:
    """A case is found where those before it leave nothing, and so is an `otherwise`."""
    written = ", ".join(f"{{when: {case}, steps: [{{say: B}}]}}" for case in cases)
    after = f", otherwise: {otherwise}" if otherwise else ""
    assert around(f"{{choose: [{written}]{after}}}") == expected


def test_a_later_case_knows_that_no_case_before_it_held() -> None:
    """In a later case and in `otherwise`, a condition that a case before has settled is found."""
    case = "{{when: {}, steps: [{{say: A, when: {}}}]}}"
    first = "{when: n == 1, steps: [{say: A}]}"
    assert around(f"{{choose: [{first}, {case.format('n < 3', 'n == 2')}]}}") == ["CP511"]
    assert around(f"{{choose: [{first}], otherwise: [{{say: A, when: n == 1}}]}}") == ["CP510"]


# Loops


def test_a_loop_that_its_condition_never_ends() -> None:
    """The condition of a loop is looked at as it is after a pass."""
    steps = "steps: [" + N.replace("id: n", "id: k") + "]"
    for loop in ("{repeat_until: <C>, at_most: 3, ", "{for_each: 3, until: <C>, "):
        text = f"{loop}{steps}}}"
        assert around(text.replace("<C>", "k > 3")) == ["CP510"]
        assert around(text.replace("<C>", "k >= 1")) == ["CP511"]
        assert around(text.replace("<C>", "k == 2")) == []
        never = only(f"{ONE}steps: [{text.replace('<C>', 'k > 3')}]")
        assert "the loop never ends by it" in never.message


def test_a_loop_that_nothing_ends_is_said_once() -> None:
    """Where nothing inside a loop changes its condition, that is the whole finding."""
    assert around("{repeat_until: n > 3, at_most: 3, steps: [{say: A}]}") == ["CP506"]


@pytest.mark.parametrize(
    "steps",
    [
        f"{N}, {{say: A, when: n > 3}}",
        f"{N}, {{choose: [{{when: n > 1, steps: [{{say: A}}]}}, "
        "{when: n > 2, steps: [{say: B}]}]}",
        f"{Y}, {{choose: [{{when: y, steps: [{{say: A}}]}}, {{when: not y, steps: [{{say: A}}]}}, "
        "{when: y is missing, steps: [{say: A}]}], otherwise: [{say: B}]}",
    ],
)
def test_an_include_is_looked_at_for_itself(steps: str) -> None:
    """What never holds in an included protocol is found only there."""
    inner = protocol_of(f"id: inner\n{ONE}steps: [{steps}]")
    assert len(check(inner)) == 1
    outer = protocol_of(f"{ONE}steps: [{{include: inner}}]")
    assert check(link(outer, {"inner": inner}.get).protocol) == ()


def test_a_setting_that_an_include_fixes_is_one_value() -> None:
    """In an include the settings that it is given have just these values."""
    inner = protocol_of(
        f"id: inner\n{ONE}settings: {{k: {{number: 1, min: 1, max: 3, label: K}}}}\n"
        "steps: [{say: A, when: k > 2}, {say: B, when: 'k > 1'}]"
    )
    outer = protocol_of(f"{ONE}steps: [{{include: inner, with: {{k: 2}}}}]")
    assert check(inner) == ()
    assert check(link(outer, {"inner": inner}.get).protocol) == ()


def test_very_many_guards_are_no_burden() -> None:
    """Of hundreds of things that guards have said, some are forgotten, and nothing is made up."""
    cases = "".join(
        f"{{when: n == {at}, steps: [{{say: B}}]}}, {{when: t == 'x{at}', steps: [{{say: B}}]}}, "
        f"{{when: 'n + {at} == 9', steps: [{{say: B}}]}}, "
        for at in range(60)
    )
    asked = N.replace("max: 3", "max: 99")
    text = "{ask: A, id: t, answer: text, example: B}"
    found = codes(f"{ONE}steps: [{asked}, {text}, {{choose: [{cases}]}}]")
    assert set(found) <= {"CP510", "CP512"}
