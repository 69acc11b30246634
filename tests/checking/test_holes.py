"""Texts in which something could be printed as nothing."""

from __future__ import annotations

import pytest

from tests.checking.found import at_mark, codes, findings, only

HEAD = """
audience: family
roles:
  member: {people: PEOPLE}
settings:
  calm: {yes_no: yes, label: Calm}
steps:
  - ask: What was good?
    id: good
    who: member
    shared: everyone
    answer: text
    example: The walk.
  - turns: member
    steps:
      - ask: What else?
        id: more
        who: speaker
        shared: everyone
        answer: text
        example: The soup.
      - """


def found(step: str, people: str = "1-4") -> list[str]:
    """Name what is found in one step of a turn."""
    return codes(HEAD.replace("PEOPLE", people) + step)


def in_text(text: str, people: str = "1-4") -> list[str]:
    """Name what is found in a text."""
    return found(f"say: '{text}'", people)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A{% if calm %}{{ listener }}{% endif %}", ["CP830"]),
        ("A{% if calm %}B{% else %}{{ listener }}{% endif %}", ["CP830"]),
        ("A{% if calm %}B{% elif calm %}{{ listener }}{% endif %}", ["CP830"]),
        ("A{% for one in member %}{% if calm %}{{ listener }}{% endif %}{% endfor %}", ["CP830"]),
        ("A{% if listener is given %}{{ listener }}{% endif %}", []),
        ("A{% if listener is missing %}B{% else %}{{ listener }}{% endif %}", []),
        ("A{% if calm and listener is given %}{{ listener }}{% endif %}", []),
        ("A{% if member | count > 1 %}{{ listener }}{% endif %}", []),
        ("A{% if member | count < 2 %}B{% else %}{{ listener }}{% endif %}", []),
        ('A{% if calm %}{{ listener | default("us") }}{% endif %}', []),
        ("A{% if calm %}{{ speaker }}{% endif %}", []),
    ],
)
def test_a_name_that_may_be_nobody_s(text: str, expected: list[str]) -> None:
    """Where nobody may be there, a text asks for them before it names them."""
    assert in_text(text) == expected
    assert in_text(text, "2-4") == []


@pytest.mark.parametrize(
    "step",
    [
        "{say: A, meanwhile: '{% if calm %}{{ listener }}{% endif %}', who: speaker}",
        "{ask: A, hint: '{% if calm %}{{ listener }}{% endif %}', answer: text, example: a}",
        "{part: 'A{% if calm %}{{ listener }}{% endif %}', steps: [{say: A}]}",
        "{ask: A, answer: text, rules: [{words: {max: 1}, say: '{{ listener }}!'}],"
        " example: a, counterexamples: [a b]}",
    ],
)
def test_a_name_in_a_text_beside(step: str) -> None:
    """What stands beside a question is looked at too; an invitation is shown in any case."""
    assert found(step) == ["CP830"]
    assert found(step, "2-4") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A{% if calm %}{{ more }}{% endif %}", ["CP833"]),
        ("A{% if calm %}{{ good }}{% endif %}", ["CP833"]),
        ("A{% if more is given %}{{ more }}{% endif %}", []),
        ('A{% if more == "yes" %}{{ more }}{% endif %}', []),
        ("{{ more }}{% if calm %}{{ more }}{% endif %}", []),
        ('A{% if calm %}{{ more | default("b") }}{% endif %}', []),
        ("A{% if calm %}{% for g in good %}{{ g.value }}{% endfor %}{% endif %}", []),
        ("A{{ calm }}", []),
    ],
)
def test_an_answer_inside_an_if(text: str, expected: list[str]) -> None:
    """Inside an `if` an answer is printed only if it is known to be given."""
    assert in_text(text) == expected


def test_a_guard_of_the_step_is_enough() -> None:
    """What `when` has found given is given in the text as well."""
    text = "'A{% if calm %}{{ more }}{% endif %}'"
    assert found(f"{{say: {text}, when: more is given}}") == []
    assert found(f"{{say: {text}, when: calm}}") == ["CP833"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ good | of(speaker) }}", ["CP833"]),
        ("{{ good | of(speaker) | upper }}", ["CP833"]),
        ("{{ good[1] }}", ["CP833"]),
        ("{{ good[1].value }}", ["CP833"]),
        ("{{ good[0].value }} {{ good | last }}", []),
        ("{{ more | of(speaker) }}", []),
        ('{{ good | of(speaker) | default("nothing yet") }}', []),
        ("A{% if good | of(speaker) is given %}{{ good | of(speaker) }}{% endif %}", []),
        ("A{% if calm and good[1] is given %}{{ good[1].value }}{% endif %}", []),
        ("A{% if good is given %}{{ good | of(speaker) }}{% endif %}", ["CP833"]),
        ("A{% if good[1] is missing %}{{ good[1].value }}{% endif %}", ["CP833", "CP833"]),
        ("A{% for one in good | of(speaker) %}{{ one }}{% endfor %}", []),
        ('A {{ good | of(speaker) if calm else "b" }}', []),
    ],
)
def test_a_part_of_a_list(text: str, expected: list[str]) -> None:
    """Of a gathered list one person's part may not be there, nor a second entry."""
    assert in_text(text)[:1] == expected[:1]


def test_a_closing_text_is_looked_at_too() -> None:
    """The last words have no hole either."""
    text = """
        audience: individual
        settings: {calm: {yes_no: yes, label: Calm}}
        steps:
          - {ask: A, id: a, answer: text, example: b}
          - end: "A{% if calm %}{{ a }}{% endif %}"
    """
    assert codes(text) == ["CP833"]


def test_it_says_where_the_name_stands() -> None:
    """The finding points at the name, and says what to write."""
    text, place = at_mark("""
        audience: family
        roles: {member: {people: 2}}
        settings: {calm: {yes_no: yes, label: Calm}}
        steps:
          - say: |
              One.
              {% if calm %}Look to {{ ⟦facilitator }}.{% endif %}
    """)
    finding = only(text)
    assert (finding.code, finding.span.line, finding.span.column) == ("CP830", *place)
    assert finding.message.startswith("Where nobody facilitates there is no “facilitator”")
    assert "{% if facilitator is given %}" in finding.remedy


def test_a_name_that_means_nothing_is_found_elsewhere() -> None:
    """What nothing is called by that name is not reported a second time."""
    text = "audience: couple\nsteps: [{say: 'A{% if 1 > 2 %}{{ nowhere }}{% endif %}'}]"
    assert [one.code for one in findings(text)] == ["CP401"]


@pytest.mark.parametrize(
    ("step", "empty"),
    [
        ("{ask: 'TEXT', who: speaker, answer: text, example: A}", True),
        ("{speak: 'TEXT', who: speaker, for: 2m}", True),
        ("{wait: 'TEXT', for: 2m}", True),
        ("{breathe: {in: 4s, out: 6s}, count: 3, text: 'TEXT'}", True),
        ("{ask: A, answer: text, example: A, hint: 'TEXT', who: speaker}", False),
        ("{say: 'TEXT', who: speaker}", False),
        ("{say: A, meanwhile: 'TEXT', who: speaker}", False),
    ],
)
def test_a_screen_that_could_be_empty(step: str, empty: bool) -> None:
    """What is shown in any case has words, whichever branches are taken; a `say` is passed over."""
    text = "{% if more is given %}B{% endif %}"
    assert ("CP837" in found(step.replace("TEXT", text))) is empty
    assert "CP837" not in found(
        step.replace("TEXT", text.replace("{% endif", "{% else %}C{% endif"))
    )
    assert "CP837" not in found(step.replace("TEXT", f"{text} C"))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("{% if x %}A{% endif %}", "Where “x” is not so,"),
        ("{% if x %}A{% elif not  y %}B{% endif %}", "Where neither “x” nor “not y” is so,"),
        ("{% if x %}A{% endif %}{% if y %}B{% endif %}", "Where neither “x” nor “y” is so,"),
        ("{% if x %}{% if y %}A{% endif %}{% endif %}", "Where no branch of this text is taken,"),
    ],
)
def test_what_is_so_where_a_screen_is_empty(text: str, where: str) -> None:
    """It is told which conditions are not so, where that can be said in short."""
    asked = [f"{{ask: A, id: {name}, answer: yes_no, example: 'yes'}}" for name in "xy"]
    finding = only(
        f"audience: individual\nsteps: [{', '.join(asked)}, {{speak: '{text}', for: 1m}}]"
    )
    assert finding.code == "CP837"
    assert finding.message.startswith(where)


def test_an_invitation_that_could_be_empty() -> None:
    """An invitation with nothing in it would invite to nothing."""
    rule = "{sentences: {max: 1}, say: '{% if more is given %}B{% endif %}'}"
    ask = f"{{ask: A, who: speaker, answer: text, example: A, rules: [{rule}]}}"
    assert "CP837" in found(ask)
    assert "CP837" not in found(ask.replace("{% endif", "{% else %}C{% endif"))
