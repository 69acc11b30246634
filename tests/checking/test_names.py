"""Names that nothing has, and names that two things have."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.check import check
from tests.checking.found import at_mark, codes, findings, only
from tests.plans import protocol_of

ASKED = """
  - ask: What did you like, {{ you }}?
    id: liked
    shared: everyone
    answer: text
    example: The walk.
"""


@pytest.mark.parametrize(
    "text",
    [
        "{{ you }}, {{ everyone }}",
        "{{ liked | default('it') }}",
        "{{ breaths }}",
        "{{ partner | names }}",
        "{% for one in partner %}{{ one }}{{ loop.index }}{% endfor %}",
    ],
)
def test_known_names(text: str) -> None:
    """Settings, roles, answers, ``you`` and the names of a text's own loops are known."""
    file = f"""
settings:
  breaths: {{number: 3, max: 5, label: Breaths}}
roles:
  partner: {{people: 2}}
audience: couple
steps:{ASKED}  - say: "{text}"
"""
    assert codes(file) == []


@pytest.mark.parametrize(
    "step",
    [
        'say: "{{ ⟦likd | default(1) }}"',
        'say: Hello.\n    when: ⟦likd == "a"',
        'say: Hello.\n    meanwhile: "{{ ⟦likd }}"',
        'say: Hello.\n    note: "{{ ⟦likd }}"',
        'part: "{{ ⟦likd }}"\n    steps: [{say: Hello.}]',
        'end: "{{ ⟦likd | default(1) }}"',
        'wait: "{{ ⟦likd }}"\n    for: 3s',
        "choose:\n      - when: ⟦likd is given\n        steps: [{say: Hello.}]",
        "for_each: 2\n    until: ⟦likd is given\n    steps: [{say: Hello.}]",
        "say: |\n      A likd line first.\n      {% if ⟦likd is given %}x{% endif %}",
    ],
)
def test_an_unknown_name(step: str) -> None:
    """An unknown name is found wherever it is read, with its place and the nearest name."""
    text, place = at_mark(f"steps:{ASKED}  - {step}")
    finding = only(text)
    assert finding.code == "CP401"
    assert "Did you mean “liked”?" in finding.message
    assert (finding.span.line, finding.span.column) == place


def test_each_unknown_name_once_a_line() -> None:
    """A name that is unknown twice on one line is one finding, and on two lines two."""
    assert codes("steps:\n  - say: '{{ x }} {{ x }}'") == ["CP401"]
    assert codes("steps:\n  - say: |\n      {{ x }}\n      {{ x }}") == ["CP401"] * 2


def test_the_remedy_lists_what_is_known() -> None:
    """The remedy names what could be read instead, in the order of the alphabet."""
    finding = only(f"steps:{ASKED}  - say: '{{{{ x }}}}'")
    assert (
        finding.remedy
        == "Write a name that is known here: everyone, facilitator, liked, person, you."
    )


def test_a_long_list_of_names_is_cut() -> None:
    """A remedy lists at most twelve names."""
    settings = "".join(f"  s{n}: {{number: 1, label: S}}\n" for n in range(20))
    assert only(f"settings:\n{settings}steps:\n  - say: '{{{{ x }}}}'").remedy.endswith(", ….")


def test_many_unknown_names_are_found_quickly() -> None:
    """Of many unknown names each is found, and only for the first a near name is looked up."""
    settings = "".join(f"  name_{n}: {{number: 1, label: S}}\n" for n in range(600))
    steps = "".join(f"  - {{say: '{{{{ nam_{n} }}}}', for: nam_{n}}}\n" for n in range(300))
    wrong = "".join(f"  - {{say: A, for: name_{n}}}\n" for n in range(300))
    found = findings(f"settings:\n{settings}steps:\n{steps}{wrong}")
    assert [finding.code for finding in found] == ["CP401"] * 600 + ["CP405"] * 300
    assert sum("Did you mean" in finding.message for finding in found) <= 40
    assert found[-1].remedy == "Name a duration setting."


def test_an_id_without_an_answer() -> None:
    """The id of a step that gives no answer cannot be read."""
    finding = only("steps:\n  - say: Hello.\n    id: hello\n  - say: '{{ hello }}'")
    assert finding.code == "CP401"
    assert finding.message == "“hello” is the id of a `say` step: it has no answer."


TURNS = """
audience: couple
roles:
  partner: {people: 2}
steps:
  - turns: partner
    steps:
      - say: Your turn, {{ speaker }}.
        who: speaker
"""


@pytest.mark.parametrize("name", ["speaker", "listener"])
def test_a_bound_name_outside(name: str) -> None:
    """What a loop binds is known inside it alone."""
    finding = only(f"{TURNS}  - say: '{{{{ {name} }}}}'")
    assert finding.code == "CP403"
    assert name in finding.message


def test_an_item_outside() -> None:
    """The item of a loop is known inside it alone."""
    text = "settings:\n  deck: {list: [a, b], label: Deck}\nsteps:\n  - for_each: card in deck\n"
    text += "    steps: [{say: '{{ card }}'}]\n"
    assert codes(text) == []
    assert codes(f"{text}  - say: '{{{{ card }}}}'") == ["CP403"]


def test_other_names_for_a_turn() -> None:
    """With ``as`` the people of a turn are known by those names, and not by the usual ones."""
    text = TURNS.replace("    steps:", "    as: [teller, hearer]\n    steps:")
    assert codes(text) == ["CP401", "CP401"]
    assert codes(text.replace("speaker", "teller")) == []


@pytest.mark.parametrize(
    "file",
    [
        "settings:\n  liked: {number: 1, label: L}\nsteps:{asked}",
        "audience: couple\nroles:\n  liked: {people: 2}\nsteps:{asked}",
        "audience: couple\nroles:\n  one: {people: 2}\n  two: {one_of: one, others: liked}\n"
        "steps:{asked}",
        "steps:{asked}{asked}",
        "steps:{asked}  - say: Hello.\n    id: liked",
        "steps:\n  - say: Hello.\n    id: liked\n  - say: Hello.\n    id: liked",
        "settings:\n  deck: {list: [a], label: D}\nsteps:{asked}  - for_each: liked in deck\n"
        "    steps: [{say: Hello.}]",
        "settings:\n  liked: {list: [a], label: D}\nsteps:\n  - for_each: liked in liked\n"
        "    steps: [{say: Hello.}]",
        "steps:\n  - ask: Who?\n    id: person\n    answer: text\n    example: Me",
    ],
)
def test_two_things_with_one_name(file: str) -> None:
    """Two things with one name are found at the second, and only once."""
    finding = only(file.replace("{asked}", ASKED))
    assert finding.code == "CP402"


def test_loops_inside_one_another_need_names_of_their_own() -> None:
    """A loop may not give a name that a loop around it has given."""
    inner = "      - turns: partner\n        steps: [{say: Hello., who: speaker}]\n"
    assert codes(TURNS + inner) == ["CP402", "CP402"]


def test_loops_side_by_side_share_names() -> None:
    """Loops that stand side by side may use the same names."""
    assert codes(TURNS + TURNS.partition("steps:\n")[2]) == []


def test_an_include_brings_its_names() -> None:
    """An include's answers are read by its prefix, and near misses are told."""
    text = "audience: individual\nsteps:\n  - include: three-breath-pause\n    as: pause\n"
    text += "  - say: '{{ pause.X }}'"
    assert codes(text.replace("X", "notice")) == []
    [finding] = findings(text.replace("X", "notic"))
    assert finding.code == "CP401"
    assert "“pause.notic”" in finding.message
    assert "Did you mean “pause.notice”?" in finding.message


def test_an_include_that_was_not_found_explains_its_names() -> None:
    """Where an include could not be linked, its names are not complained of as well."""
    draft = protocol_of("steps:\n  - include: nowhere\n    as: it\n  - say: '{{ it.notice }}'")
    assert check(draft) == ()


def test_without_a_prefix_its_answers_are_hidden() -> None:
    """An include without a prefix shows none of its answers."""
    assert codes("steps:\n  - include: three-breath-pause\n  - say: '{{ notice }}'") == ["CP401"]


def test_its_names_do_not_clash() -> None:
    """An include's names never clash with those outside, nor with its own second time."""
    text = "settings:\n  breaths: {number: 1, max: 2, label: B}\nsteps:\n"
    assert codes(text + "  - include: three-breath-pause\n" * 2) == []


@pytest.mark.parametrize("answer", ["yes", "calm", "loud"])
def test_an_answer_without_quotes(answer: str) -> None:
    """A word that people may choose, and that stands in a condition without quotes, wants them."""
    steps = "audience: individual\nsteps:\n"
    steps += "  - {ask: A, id: mood, answer: {choice: [calm, loud]}, example: calm}\n"
    steps += "  - {ask: B, id: ready, answer: yes_no, example: 'yes'}\n"
    finding = only(f"{steps}  - {{say: C, when: mood == {answer} and ready}}")
    assert finding.code == "CP401"
    assert finding.remedy.endswith(f'in quotes: "{answer}".')
