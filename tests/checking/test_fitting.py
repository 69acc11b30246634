"""What texts and conditions do with names: lists, single values, fields and kinds."""

from __future__ import annotations

import pytest

from tests.checking.found import codes, only

ASKED = """
settings:
  floor_time: {duration: 3m, label: Time}
  breaths: {number: 3, max: 5, label: Breaths}
  calm: {yes_no: yes, label: Calm}
  where: {choice: [indoors, outdoors], label: Where}
  deck: {list: [a, b], label: Deck}
  word: {text: hello, label: Word}
audience: individual
steps:
  - ask: A
    id: said
    shared: everyone
    answer: text
    example: B
  - ask: A
    id: landed
    shared: everyone
    answer: {choice: ["yes", not quite]}
    example: "yes"
  - ask: A
    id: safe
    shared: everyone
    answer: yes_no
    example: "yes"
  - ask: A
    id: rings
    shared: everyone
    answer: {number: whole}
    example: 3
  - ask: A
    id: day
    shared: everyone
    answer: date
    example: in 2 days
  - ask: A
    id: back_at
    shared: everyone
    answer: time
    example: "18:30"
  - ask: A
    id: request
    shared: everyone
    answer: {form: {what: text, by_when: date, size: {scale: [0, 10]}}}
    example: {what: B, by_when: in 1 day, size: 3}
  - ask: A
    id: needs
    shared: everyone
    answer: {list: text}
    example: [a, b]
  - ask: A
    id: sky
    shared: everyone
    answer: {choices: [sun, rain]}
    example: [sun]
  - ask: A
    id: own_sky
    shared: everyone
    answer: {choices: [sun, rain], own: 1}
    example: [sun]
  - ask: A
    id: order
    shared: everyone
    answer: {rank: [sun, rain]}
    example: [rain, sun]
  - ask: A
    id: friend
    shared: everyone
    answer: {person: everyone}
"""
"""Every kind of answer, each given by one person: inside its loops a name is one value."""

GATHERED = """
audience: couple
roles:
  partner: {people: 2}
steps:
  - turns: partner
    steps:
      - ask: A
        id: landed
        who: speaker
        shared: everyone
        answer: {choice: ["yes", not quite]}
        example: "yes"
      - ask: A
        id: safe
        who: speaker
        shared: everyone
        answer: yes_no
        example: "yes"
      - ask: A
        id: rings
        who: listener
        shared: everyone
        answer: {number: whole}
        example: 3
      - ask: A
        id: request
        who: speaker
        shared: everyone
        answer: {form: {what: text, by_when: date}}
        example: {what: B, by_when: in 1 day}
"""
"""The same, each asked in a turn: from outside a name is a list."""


def of_condition(head: str, condition: str) -> list[str]:
    """Name what is found about a condition."""
    return codes(f"{head}  - say: Hello.\n    when: '{condition}'")


def of_text(head: str, text: str) -> list[str]:
    """Name what is found about a text."""
    return codes(f"{head}  - say: '{text}'")


@pytest.mark.parametrize(
    "condition",
    [
        'landed == "yes"',
        'landed != "not quite"',
        'safe == "yes"',
        "safe == true",
        "safe",
        "not safe",
        "rings >= 2",
        "2 <= rings < 5",
        "rings == breaths",
        "rings + 1 > 2 * breaths",
        "rings < floor_time",
        'where == "indoors"',
        'said == "anything"',
        'said < "b"',
        "day == day",
        "request.by_when < day",
        'request.what == "a walk"',
        'request["what"] == word',
        "request.size > 3",
        '"sun" in sky',
        '"fog" in own_sky',
        '"a" in needs',
        '"what" in request',
        '"alk" in said',
        "needs == deck",
        'needs[0] == "rest"',
        'order[0] == "sun"',
        "friend in everyone",
        "said is given",
        "needs and said",
        'landed | default("none") == "none"',
        'sky | default("none") == "none"',
        '(said if safe else word) == "hello"',
        "-rings < 3",
        "needs | count > 2",
        'said ~ word == "ab"',
        "sky | some(word)",
        'word | upper == "HELLO"',
        "floor_time > 60",
        "deck | first == word",
        "calm or safe",
        "not word or said",
        "not (said is given)",
    ],
)
def test_a_condition_that_can_hold(condition: str) -> None:
    """A condition that compares like with like, and what can be, is fine."""
    assert of_condition(ASKED, condition) == []


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ('landed == "Yes"', "CP423"),
        ('landed != "not qite"', "CP423"),
        ('safe == "maybe"', "CP423"),
        ("safe == 1", "CP423"),
        ('rings == "2"', "CP423"),
        ('rings > "2"', "CP423"),
        ('where == "upstairs"', "CP423"),
        ('day == "2026-01-01"', "CP423"),
        ('back_at == "18:30"', "CP423"),
        ('friend == "Ana"', "CP423"),
        ("safe > calm", "CP423"),
        ("not said", "CP423"),
        ("safe and not friend", "CP423"),
        ("friend < friend", "CP423"),
        ("friend == you", "CP423"),
        ("you is given", "CP423"),
        ("said + 1 > 2", "CP423"),
        ("said == rings", "CP423"),
        ('"fog" in sky', "CP423"),
        ('"fog" not in order', "CP423"),
        ('sky | every("fog")', "CP423"),
        ('needs == "rest"', "CP420"),
        ('sky == "sun"', "CP420"),
        ("needs > 2", "CP420"),
        ("needs + 1 > 2", "CP420"),
        ("needs in deck", "CP420"),
        ("needs.what is given", "CP420"),
        ('"a" in rings', "CP421"),
        ("said[0] is given", "CP421"),
        ("request.wat is given", "CP422"),
        ("said.what is given", "CP422"),
        ('request["wat"] is given', "CP422"),
        ("friend.name is given", "CP422"),
    ],
)
def test_a_condition_that_says_nothing(condition: str, code: str) -> None:
    """A condition that could never come out otherwise is found."""
    assert of_condition(ASKED, condition) == [code]


@pytest.mark.parametrize(
    "condition",
    [
        'landed == "yes"',
        'landed != "yes"',
        "rings > 2",
        "2 < rings",
        "rings + 1 > 2",
        "-rings < 2",
        "rings == rings",
        "request.what is given",
        "safe",
        "not safe",
        "safe and true",
        'landed in "yes"',
        "rings | round > 2",
        "request.by_when | date is given",
    ],
)
def test_a_gathered_list_is_not_one_value(condition: str) -> None:
    """Outside its loop a name is a list, and the remedy says how a list is asked."""
    finding = only(f"{GATHERED}  - say: Hello.\n    when: '{condition}'")
    assert finding.code == "CP420"
    words = ("every", "some", "of(", "for ", "count", "for_each", "lowest")
    assert any(word in finding.remedy for word in words)


@pytest.mark.parametrize(
    "condition",
    [
        'landed | every("yes")',
        'landed | some("not quite")',
        '"yes" in landed',
        "landed | count == 2",
        'landed | first == "yes"',
        'landed | last == "yes"',
        'landed[0] == "yes"',
        "landed[0].by in partner",
        'landed | of(partner[0]) == "yes"',
        "landed is given",
        "safe | every",
        "safe | some",
        "rings | sum > 3",
        "rings | mean > 3",
        "rings | highest > 3",
        "rings | count > 1",
        "landed | given | count > 1",
        "landed | default(2) | count > 1",
        "landed | names | count == 2",
        "request | first is given",
        "landed",
    ],
)
def test_what_a_gathered_list_can_be_asked(condition: str) -> None:
    """A list may be counted, summed up, searched, and asked with every, some and of."""
    assert of_condition(GATHERED, condition) == []


def test_inside_its_loop_a_name_is_one_value() -> None:
    """Inside all the loops around its question a name is one value."""
    inside = '      - say: Good.\n        when: landed == "yes" and rings > 2 and safe\n'
    assert codes(GATHERED + inside) == []


def test_asking_several_people_makes_a_list() -> None:
    """What several people are asked at once is a list, even right beside the question."""
    text = "audience: couple\nroles:\n  partner: {people: 2}\nsteps:\n  - ask: A\n    id: calm\n"
    text += "    who: WHO\n    shared: everyone\n    answer: yes_no\n    example: 'yes'\n"
    text += "  - say: B\n    when: calm\n"
    assert codes(text.replace("WHO", "partner")) == ["CP420"]
    assert codes(text.replace("WHO", "everyone")) == ["CP420"]
    assert codes(text.replace("WHO", "[facilitator, partner]"))[-1] == "CP420"


@pytest.mark.parametrize(("people", "found"), [("2", []), ("3", ["CP420"]), ("2-3", ["CP420"])])
def test_a_listener_is_one_person_where_the_role_has_two(people: str, found: list[str]) -> None:
    """What the listener is asked is one value if there can only be one listener."""
    text = f"audience: family\nroles:\n  one: {{people: {people}}}\nsteps:\n  - turns: one\n"
    text += "    steps:\n      - ask: A\n        id: calm\n        who: listener\n"
    text += "        shared: everyone\n        answer: yes_no\n        example: 'yes'\n"
    text += "      - say: B\n        when: calm\n"
    assert codes(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "{% for n in needs %}{{ n }}, {{ loop.index }}{% endfor %}",
        "{% for n in deck %}{{ n }}{% else %}none{% endfor %}",
        "{% for p in person %}{{ p }}{% endfor %}",
        "{{ needs }} and {{ sky | join }}",
        "{{ request.what }} by {{ request.by_when | date }}",
        "{{ floor_time }}, {{ rings * 60 | duration }}",
        "{{ rings / 2 | round(1) }}, {{ -rings | abs }}",
        "{% if safe and said is given %}{{ said }}{% elif rings > 2 %}b{% else %}c{% endif %}",
        '{{ 4 | plural("time") }} {{ needs | count | plural("need") }}',
        "{{ said if safe }}",
        "{% if friend == you %}{{ word }}{% endif %}",
        "{{ (needs | first) ~ said }}",
    ],
)
def test_a_text_that_fits(text: str) -> None:
    """A text that takes each name for what it is, is fine."""
    assert of_text(ASKED, text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{% for n in said %}{{ n }}{% endfor %}", "CP421"),
        ("{% for n in request %}{{ n }}{% endfor %}", "CP421"),
        ('{% for n in "abc" %}{{ n }}{{ said }}{% endfor %}', "CP421"),
        ("{% for n in needs %}{{ n.by }}{% endfor %}", "CP422"),
        ("{% for n in needs %}{{ loop.indx }}{% endfor %}", "CP422"),
        ("{{ said | date }}", "CP424"),
        ("{{ said | round }}", "CP424"),
        ("{{ needs | sum }}", "CP424"),
        ("{{ safe | highest }}", "CP424"),
        ("{{ needs | names }}", "CP424"),
        ("{{ request.what | date }}", "CP424"),
        ("{{ deck | duration }}", "CP420"),
        ("{% if needs == said %}a{% endif %}", "CP420"),
        ("{{ -said }}", "CP423"),
        ("{{ day + 1 }}", "CP423"),
    ],
)
def test_a_text_that_does_not_fit(text: str, code: str) -> None:
    """A text that takes a name for something else is found."""
    assert of_text(ASKED, text) == [code]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{% for r in request %}{{ r.by }}: {{ r.value.what }}{{ r.what }}{% endfor %}", []),
        ("{% for r in request | given %}{{ r.speaker }}{% endfor %}", []),
        ('{% for r in landed %}{% if r.value == "yes" %}a{% endif %}{% endfor %}', []),
        ('{% for r in landed %}{% if r == "yes" %}a{% endif %}{% endfor %}', []),
        ("{% for r in request %}{{ r.listener }}{% endfor %}", ["CP422"]),
        ('{% for r in landed %}{% if r.value == "Yes" %}a{% endif %}{% endfor %}', ["CP423"]),
        ("{{ request.what }}", ["CP420"]),
        ("{{ landed }}", []),
    ],
)
def test_entries_of_a_gathered_list(text: str, found: list[str]) -> None:
    """An entry knows who gave it, what was given and the names of its loops, and nothing else."""
    assert of_text(GATHERED, text) == found


def test_entries_know_the_items_of_their_loops() -> None:
    """Where a question stood in a `for_each`, an entry of its list knows the item."""
    text = "settings:\n  deck: {list: [a], label: D}\naudience: individual\nsteps:\n"
    text += "  - for_each: card in deck\n    steps:\n      - ask: A\n        id: x\n"
    text += "        answer: text\n        example: B\n"
    text += "  - say: '{% for r in x %}{{ r.KEY }}{% endfor %}'\n"
    assert codes(text.replace("KEY", "card")) == []
    assert codes(text.replace("KEY", "deck")) == ["CP422"]


def test_the_item_of_a_loop_over_answers_is_an_entry() -> None:
    """Going through a gathered list, each item is an entry of it."""
    text = GATHERED + "  - for_each: one in request\n    steps:\n      - say: '{{ one.KEY }}'\n"
    for key in ("by", "what", "speaker"):
        assert codes(text.replace("KEY", key)) == []
    assert codes(text.replace("KEY", "wat")) == ["CP422"]


def test_the_number_of_a_pass_is_no_name() -> None:
    """A loop that goes round a number of times binds no name, and its answers are a list after."""
    text = (
        "audience: individual\nsteps:\n  - for_each: 3\n    steps:\n      - ask: A\n        id: x\n"
    )
    text += "        answer: {number: any}\n        example: 1\n  - say: B\n    when: x > 1\n"
    assert codes(text) == ["CP420"]


@pytest.mark.parametrize(
    ("kind", "condition", "found"),
    [
        ("{number: any}", "answer > 2", []),
        ("{number: any}", 'answer > "a"', ["CP423"]),
        ("{number: any}", "answer > 2 and you is given", []),
        ("{form: {what: text}}", "answer.what is given", []),
        ("{form: {what: text}}", "answer > 2", []),
    ],
)
def test_the_answer_itself(kind: str, condition: str, found: list[str]) -> None:
    """In an `expect` rule `answer` is of the question's kind; of a form, perhaps a field."""
    example = "{what: B}" if "form" in kind else "3"
    text = f"audience: individual\nsteps:\n  - ask: A\n    answer: {kind}\n    example: {example}\n"
    text += f"    rules:\n      - expect: '{condition}'\n        say: C\n"
    text += f"    counterexamples: [{'{what: C}' if 'form' in kind else 1}]\n"
    assert [code for code in codes(text) if code.startswith("CP4")] == found


def test_an_included_setting_has_the_kind_of_its_value() -> None:
    """Inside an include its settings are constants of a known kind."""
    assert codes("steps:\n  - include: three-breath-pause\n    with: {breaths: 2}") == []


def test_the_remedies_teach() -> None:
    """A finding says what the name is, and how it could be written."""
    finding = only(f"{ASKED}  - say: B\n    when: landed == 'Yes'")
    said = "“landed” is a text, and is never “Yes”, so this would never hold. Did you mean “yes”?"
    assert finding.message == said
    assert finding.remedy == "It can be: yes, not quite."
    finding = only(f"{GATHERED}  - say: '{{{{ request.what }}}}'")
    assert finding.remedy == "Write {% for r in request %}{{ r.what }}{% endfor %}."
    finding = only(f"{ASKED}  - say: '{{{{ needs[0].what }}}}'")
    no_field = "“needs[0]” is a text and has no “what”, so people would get nothing here."
    assert finding.message == no_field
    assert finding.remedy == "Write needs[0] alone."
    finding = only(f"{ASKED}  - say: B\n    when: (rings + 1) == 'two'")
    assert finding.message == "This is a number, and is never “two”, so this would never hold."
    finding = only(f"{GATHERED}  - say: B\n    when: safe")
    assert finding.remedy == "Write safe | every, or some if one of them is enough."
