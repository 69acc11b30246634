"""Texts that stand on the screen of somebody they are not meant for."""

from __future__ import annotations

import pytest

from tests.checking.found import at_mark, codes, only

PAIR = """\
audience: couple
roles: {partner: {people: 2}, holder: {one_of: partner, others: hearer}}
steps:
  - {say: "Your turn, {{ name }}.", who: holder}
  - {pass: holder, to: next}
"""
TURN = """\
audience: couple
steps:
  - turns: everyone
    steps:
      - {step}
"""


def turn(step: str) -> str:
    """A protocol for two whose turn has this one step."""
    return TURN.replace("{step}", step)


@pytest.mark.parametrize(
    "step",
    [
        'speak: "{{ ⟦speaker }}, tell {{ listener }}."\n        who: listener\n        for: 1m',
        "speak: How was it, {{ ⟦speaker }}?\n        who: listener\n        for: 1m",
        "speak: How was it? Tell us, {{ ⟦speaker }}\n        who: listener\n        for: 1m",
        "say: In a word, {{ ⟦listener }}, how was it?\n        who: speaker",
        "say: How was it?\n        who: speaker\n        meanwhile: Only listen, {{ ⟦speaker }}.",
        "say: |\n          How was it?\n          Tell us, {{ ⟦listener }}.\n        who: speaker",
    ],
)
def test_a_call_to_somebody_who_does_not_read_it(step: str) -> None:
    """A text that calls one of the two, where only the other one reads it, is found there."""
    text, place = at_mark(turn(step))
    finding = only(text)
    assert finding.code == "CP860"
    assert (finding.span.line, finding.span.column) == place


@pytest.mark.parametrize(
    "step",
    [
        'say: "{{ ⟦speaker }} is thinking of something."\n        who: speaker',
        "say: Rest. {{ ⟦speaker }}'s words come soon.\n        who: speaker",
        "say: How was it?\n        who: listener\n"
        '        meanwhile: "{{ ⟦speaker }} may rest now."',
    ],
)
def test_a_text_about_its_only_reader(step: str) -> None:
    """A text that speaks about the one who reads it, as if they were away, is found there."""
    text, place = at_mark(turn(step))
    finding = only(text)
    assert (finding.code, finding.span.line, finding.span.column) == ("CP860", *place)


def test_a_hint_and_an_invitation_are_read_by_whoever_answers() -> None:
    """A hint and the words of a rule must speak to the person who answers, too."""
    ask = "ask: How?\n        who: listener\n        answer: text\n        example: A"
    rule = "[{words: {max: 3}, say: 'Shorter, {{ speaker }}?'}]\n        counterexamples: [a b c d]"
    assert codes(turn(f"{ask}\n        hint: A word, {{{{ speaker }}}}.")) == ["CP860"]
    assert codes(turn(f"{ask}\n        rules: {rule}")) == ["CP860"]


@pytest.mark.parametrize(
    "step",
    [
        'say: "{{ speaker }}, tell {{ listener }} how it was."\n        who: speaker',
        'say: "{{ listener }} told you something. What did you hear, {{ speaker }}?"\n'
        "        who: speaker",
        'say: "{{ speaker }}, and you, {{ listener }}: rest a while."',
        'say: "{{ speaker }} has told a lot."\n        who: everyone',
        "say: What {{ speaker }} said stays here.\n        who: speaker\n        meanwhile: Rest.",
        "say: How was it?\n        who: speaker\n"
        '        meanwhile: "{{ speaker }} is thinking. Rest, {{ listener }}."',
    ],
)
def test_what_reaches_the_right_one(step: str) -> None:
    """Nothing is said of a call to its reader, of what all read, and of words about the other."""
    assert codes(turn(step)) == []


def test_the_holder_of_a_role_and_the_others() -> None:
    """The one who holds a role and the rest are told apart like speaker and listener."""
    assert codes(PAIR.replace("name", "hearer")) == ["CP860"]
    assert codes(PAIR.replace("name", "holder")) == []


def test_a_text_without_names_is_for_anyone() -> None:
    """A text that names nobody is on the right screen wherever it is."""
    assert codes(turn("say: Rest.\n        who: speaker\n        meanwhile: Rest, too.")) == []


@pytest.mark.parametrize("who", ["", "who: everyone", "who: [partner]"])
def test_a_floor_for_all_has_no_listeners(who: str) -> None:
    """In a turn, words for those who listen are on no screen if everyone has the floor."""
    head = "audience: couple\nroles: {partner: {people: 2}}\nsteps:\n  - turns: partner\n"
    text = f"{head}    steps:\n      - {{speak: How was it?, for: 2m, meanwhile: Listen., WHO}}\n"
    assert only(text.replace("WHO", who)).code == "CP861"
    assert codes(text.replace("WHO", "who: speaker")) == []
    assert codes(text.replace(", meanwhile: Listen.", "").replace("WHO", who)) == []
