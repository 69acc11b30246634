"""Answers that are read where they may never have been asked."""

from __future__ import annotations

import pytest

from tests.checking.found import at_mark, codes, only

X = "{ask: A, id: x, answer: text, example: B}"
YES = "{ask: A, id: yes_please, answer: yes_no, example: 'yes'}"
READ = "{say: '{{ x }}'}"
IF = "{say: '{% if x is given %}{{ x }}{% endif %}'}"
DEFAULT = "{say: '{{ x | default(1) }}'}"
TEST = "{say: B, when: x == 'a'}"


def found(steps: str, head: str = "audience: individual\n") -> list[str]:
    """Name what is found in steps written in one line each, with short names for the usual ones."""
    for name, step in {
        "X": X,
        "YES": YES,
        "READ": READ,
        "IF": IF,
        "DEFAULT": DEFAULT,
        "TEST": TEST,
    }.items():
        steps = steps.replace(f"<{name}>", step)
    return codes(f"{head}steps: [{steps}]")


@pytest.mark.parametrize("use", ["READ", "IF", "DEFAULT", "TEST"])
def test_an_answer_that_was_asked_before(use: str) -> None:
    """After its question an answer may be read in every manner."""
    assert found(f"<X>, <{use}>") == []
    assert found(f"{{part: P, steps: [<X>]}}, <{use}>") == []


@pytest.mark.parametrize("use", ["READ", "IF", "DEFAULT", "TEST"])
def test_an_answer_that_is_asked_later(use: str) -> None:
    """Before its question an answer can never be there, so not even a guard makes sense of it."""
    assert found(f"<{use}>, <X>") == ["CP410"]
    assert found(f"{{part: P, steps: [<{use}>]}}, <X>") == ["CP410"]


@pytest.mark.parametrize(
    ("use", "expected"), [("READ", ["CP411"]), ("IF", []), ("DEFAULT", []), ("TEST", [])]
)
@pytest.mark.parametrize(
    "ways",
    [
        "{part: P, when: yes_please, steps: [<X>]}",
        "{choose: [{when: yes_please, steps: [<X>]}]}",
        "{choose: [{when: yes_please, steps: [{say: B}]}], otherwise: [<X>]}",
        "{choose: [{when: yes_please, steps: [<X>]}, {when: not yes_please, steps: [{say: B}]}],"
        " otherwise: [{say: B}]}",
        "{repeat_until: yes_please, at_most: 2, steps: [<AGAIN>], otherwise: [<X>]}",
        "{part: P, timer: {at_most: 1m}, steps: [{say: B}, <X>]}",
        "{repeat_until: yes_please, at_most: 2, timer: {at_most: 1m}, steps: [<AGAIN>, <X>]}",
        "{ask: T, id: t, answer: time, example: '18:30'},"
        " {wait: W, until: t, at_most: 1h, otherwise: [<X>]}",
        "{ask: T, id: t, answer: time, example: '18:30'},"
        " {choose: [{when: yes_please, steps: [{part: P, when: t is given, steps: [<X>]}]}],"
        " otherwise: [<X2>]}",
    ],
)
def test_an_answer_that_is_asked_on_some_ways(ways: str, use: str, expected: list[str]) -> None:
    """Where only some ways pass the question, a text needs a guard and a condition does not."""
    first = "" if "<AGAIN>" in ways else "<YES>, "
    ways = ways.replace("<AGAIN>", YES).replace("<X2>", X.replace("id: x", "id: x2"))
    assert found(f"{first}{ways}, <{use}>") == expected


@pytest.mark.parametrize(
    "ways",
    [
        "<YES>, {choose: [{when: yes_please, steps: [{end: B}]}], otherwise: [<X>]}",
        "<YES>, {choose: [{when: yes_please, steps: [{end: B}]}]}, <X>",
        "{repeat_until: x == 'a', at_most: 2, steps: [<X>]}",
        "{repeat_until: x == 'a', at_most: 2, steps: [<X>], otherwise: [{say: B}]}",
        "{for_each: 3, steps: [<X>]}",
        "{part: P, timer: {at_most: 1m}, steps: [<X>, {say: B}]}",
        "{part: P, timer: {at_least: 1m}, steps: [{say: B}, <X>]}",
        "{ask: T, id: t, answer: time, example: '18:30'},"
        " {wait: W, until: t, otherwise: [{say: L}]}, <X>",
    ],
)
def test_an_answer_that_is_asked_on_every_way(ways: str) -> None:
    """Where every way that goes on passes the question, a text may read the answer."""
    assert found(f"{ways}, <READ>") == []


def test_the_other_branch() -> None:
    """In another branch of a `choose` an answer can never be there."""
    branch = "<YES>, {choose: [{when: yes_please, steps: [<X>]}], otherwise: [<IF>]}"
    assert found(branch) == ["CP410"]


@pytest.mark.parametrize(
    ("guard", "expected"),
    [
        ("x is given", []),
        ("x == 'a'", []),
        ("x is given and yes_please", []),
        ("not (x is missing)", []),
        ("x is given or yes_please", ["CP411"]),
        ("x is missing", ["CP411"]),
        ("yes_please", ["CP411"]),
    ],
)
def test_a_guard_on_the_step(guard: str, expected: list[str]) -> None:
    """A `when` that looks whether an answer is given covers the step, and all inside it."""
    maybe = "<YES>, {part: P, when: yes_please, steps: [<X>]}"
    assert found(f'{maybe}, {{say: "{{{{ x }}}}", when: "{guard}"}}') == expected
    assert found(f'{maybe}, {{part: P, when: "{guard}", steps: [<READ>]}}') == expected
    assert found(f'{maybe}, {{choose: [{{when: "{guard}", steps: [<READ>]}}]}}') == expected


def test_a_guard_ends_with_its_step() -> None:
    """After a guarded step nothing is known of what its guard saw."""
    maybe = "<YES>, {part: P, when: yes_please, steps: [<X>]}"
    assert found(f"{maybe}, {{say: B, when: x is given}}, <READ>") == ["CP411"]


def test_the_pass_before() -> None:
    """In a repetition the pass before can be read, by what provides for the first."""
    loop = "{repeat_until: x == 'a', at_most: 2, steps: [<USE>, <X>]}"
    assert found(loop.replace("USE", "IF")) == []
    assert found(loop.replace("USE", "DEFAULT")) == []
    assert found(loop.replace("USE", "TEST")) == []
    assert found(loop.replace("USE", "READ")) == ["CP411"]


@pytest.mark.parametrize("loop", ["for_each: 3", "turns: everyone"])
def test_a_pass_of_a_gathering_loop_knows_no_other(loop: str) -> None:
    """In `turns` and `for_each` each pass begins with nothing, also the second time round."""
    steps = f"{{{loop}, steps: [<IF>, <X>]}}"
    head = "audience: group\n"
    assert "CP410" in found(steps, head)
    again = f"{{repeat_until: yes_please is given, at_most: 2, steps: [{steps}, <YES>]}}"
    assert "CP410" in found(again, head)


def test_the_list_of_the_pass_before() -> None:
    """What a loop has gathered in the pass before of a repetition is there until it starts anew."""
    text = (
        "{repeat_until: yes_please, at_most: 2, steps: [<USE>, {for_each: 2, steps: [<X>]}, <YES>]}"
    )
    assert found(text.replace("USE", "IF")) == []
    assert found(text.replace("USE", "READ")) == ["CP411"]


def test_a_loop_that_has_no_pass_leaves_an_empty_list() -> None:
    """After a loop that may have no pass its answers are a list, and may be read."""
    head = "audience: individual\nsettings:\n  deck: {list: [a], label: D}\n"
    assert found("{for_each: c in deck, steps: [<X>]}, <READ>", head) == []
    maybe = (
        "{for_each: c in deck, steps: [<YES>, {part: P, when: yes_please, steps: [<X>]}]}, <READ>"
    )
    assert found(maybe, head) == ["CP411"]


def test_a_loop_whose_every_pass_ends_it_all() -> None:
    """After a loop in which every pass comes to the end, nothing was asked."""
    head = "audience: individual\nsettings:\n  deck: {list: [a], label: D}\n"
    assert found("{for_each: c in deck, steps: [<X>, {end: B}]}, <READ>", head) == ["CP410"]


def test_the_condition_of_a_repetition_is_read_after_each_pass() -> None:
    """What a repetition asks for may decide whether it holds."""
    assert found("{repeat_until: x == 'a', at_most: 2, steps: [<X>]}") == []
    assert "CP410" in found("{repeat_until: x == 'a', at_most: 2, steps: [<YES>]}, <X>")


def test_the_condition_of_a_loop_is_read_after_each_pass() -> None:
    """What a `for_each` asks for may end it early, as one value."""
    assert found("{for_each: 3, until: x == 'a', steps: [<X>]}") == []
    assert found("{for_each: 3, until: x == 'a', steps: [{say: B}]}, <X>") == ["CP410"]


def test_a_question_may_read_its_own_answer_in_a_repetition_only() -> None:
    """A question does not know its own answer, but for that of the pass before."""
    own = "{ask: '{{ x | default(1) }}', id: x, answer: text, example: B}"
    assert found(own) == ["CP410"]
    assert found(f"{{repeat_until: x == 'a', at_most: 2, steps: [{own}]}}") == []


def test_the_end_of_an_include_goes_on_with_what_follows() -> None:
    """What an include has asked before its end is known after it."""
    assert found("{include: pause-card, as: p}, {say: '{{ p.back_at }}'}") == []


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("{{ x }}", False),
        ("{% for one in x %}{{ one }}{% endfor %}", False),
        ("{{ x | default(1) }}", True),
        ("{% if x is given %}{{ x }}{% endif %}", True),
        ("{% if x %}{{ x }}{% endif %}", True),
        ("{% for one in x | given %}{{ one }}{% endfor %}", True),
        ("{{ you }}", True),
    ],
)
def test_what_is_always_shown(text: str, guarded: bool) -> None:
    """A closing text and an invitation are for every session, so they guard what they read."""
    asked = "{ask: A, id: x, answer: {list: text}, example: [B]}"
    assert found(f"{asked}, {{end: '{text}'}}") == ([] if guarded else ["CP414"])
    rule = f"{{sentences: {{max: 1}}, say: 'B {text}'}}"
    ask = f"{{ask: A, answer: text, rules: [{rule}], example: B, counterexamples: [One. Two.]}}"
    assert found(f"{asked}, {ask}") == ([] if guarded else ["CP412"])


def test_a_guard_covers_a_closing_text() -> None:
    """A closing text may read what its own `when` has found given."""
    assert found("<X>, {end: '{{ x }}', when: x is given}") == []


def test_a_guard_does_not_outlast_the_next_question() -> None:
    """What is asked again is no longer known to be given."""
    inside = "{part: P, when: x is given, steps: [<Y>, {end: '{{ x }}'}]}"
    loop = "{repeat_until: yes_please, at_most: 2, steps: [<X>, <YES>, <IN>]}"
    assert found(loop.replace("<IN>", inside.replace("<Y>", "{say: B}"))) == []


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("{ask: B, answer: {choice: x}, example: b}", ["CP411"]),
        ("{ask: B, answer: {number: any, max: n}, example: 1}", ["CP411"]),
        ("{for_each: i in x, steps: [{say: B}]}", ["CP411"]),
        ("{ask: B, answer: {choice: x}, example: b, when: x is given}", []),
        ("{for_each: i in x, when: x is given, steps: [{say: B}]}", []),
        ("{wait: B, until: t, otherwise: [{say: L}]}", []),
        ("{reveal: x, id: r, to: everyone}", []),
    ],
)
def test_single_names(ref: str, expected: list[str]) -> None:
    """Options, bounds and lists must be there on every way; the rest need only be possible."""
    asks = "{ask: A, id: x, answer: {list: text}, example: [b]}, "
    asks += "{ask: A, id: n, answer: {number: any}, example: 3}, "
    asks += "{ask: A, id: t, answer: time, example: '18:30'}"
    assert found(f"<YES>, {{part: P, when: yes_please, steps: [{asks}]}}, {ref}") == expected
    assert found(f"{asks}, {ref}") == []
    assert "CP410" in found(f"{ref}, {asks}") or "CP413" in found(f"{ref}, {asks}")


REVEALS = """
audience: couple
roles:
  partner: {people: 2}
steps:
  - turns: partner
    steps:
      - ask: A
        id: x
        who: speaker
        answer: text
        example: B
"""


@pytest.mark.parametrize(
    ("reveal", "expected"),
    [
        ("      - {reveal: x, id: r, who: speaker, to: everyone}", []),
        ("      - {reveal: x, id: r, who: partner, to: everyone}", []),
        ("      - {reveal: x, id: r, who: listener, to: everyone}", ["CP413"]),
        ("  - {reveal: x, id: r, who: partner, to: everyone}", ["CP413"]),
        (
            "  - {turns: partner, steps: [{reveal: x, id: r, who: speaker, to: everyone}]}",
            ["CP413"],
        ),
    ],
)
def test_a_reveal_beside_its_question(reveal: str, expected: list[str]) -> None:
    """A reveal stands inside the loops of its question, and is for those who were asked."""
    assert codes(REVEALS + reveal) == expected


def test_a_reveal_before_its_question() -> None:
    """A reveal stands below its question, even in a repetition."""
    steps = "{reveal: x, id: r, to: everyone}, <X>, <YES>"
    assert found(steps) == ["CP413"]
    assert found(f"{{repeat_until: yes_please, at_most: 2, steps: [{steps}]}}") == ["CP413"]


def test_a_reveal_of_a_reveal() -> None:
    """What was picked may be picked from again."""
    assert found("<X>, {reveal: x, id: r, to: everyone}, {reveal: r, id: s, to: everyone}") == []


def test_what_clears_is_read_at_the_end() -> None:
    """The condition that clears may read whatever has been asked on some way to the end."""
    head = "audience: individual\nfamily: care\ncare: {tier: 0, clears: yes_please}\n"
    assert found("<YES>", head) == []
    assert found("<X>", head) == ["CP401"]
    early = "{ask: A, id: first, answer: yes_no, example: 'yes'}, {end: B, when: first}, <YES>"
    assert found(early, head) == []


def test_the_finding_says_where_the_question_is() -> None:
    """The finding has the place of the name and the line of its question."""
    text, place = at_mark(
        """
        audience: individual
        steps:
          - say: |
              First a line, then
              {{ ⟦x | default(1) }}
          - ask: A
            id: x
            answer: text
            example: B
        """
    )
    finding = only(text)
    assert (finding.span.line, finding.span.column) == place
    assert f"(line {place[0] + 1})" in finding.message


def test_each_name_once_a_line() -> None:
    """A name that is read twice on one line is one finding."""
    assert found("{say: '{{ x | default(1) }}{{ x | default(2) }}'}, <X>") == ["CP410"]
