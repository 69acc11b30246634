"""Private words reach nobody by a text, a choice, a rule or the way that is taken."""

from __future__ import annotations

import re

import pytest

from tests.checking.found import at_mark, findings, only

COUPLE = "audience: couple\nroles: {partner: {people: 2}, holder: {one_of: partner}}\n"
GROUP = "audience: group\nroles: {member: {people: 3-5}, holder: {one_of: member}}\n"
GUIDED = (
    COUPLE + "care: {tier: 2, screen: couple-safety, not_for: [A], distress: [before, after]}\n"
)
ALONE = "audience: individual\n"

PRIVATE = "{ask: A, id: x, answer: text, example: B}"
YES = "{ask: A, id: x, answer: yes_no, example: 'yes'}"
THEIRS = "{ask: A, id: x, who: speaker, answer: text, example: B}"


def found(steps: str, head: str = COUPLE) -> list[str]:
    """Name what is found about privacy in steps that are written in one line."""
    every = findings(f"{head}steps: [{steps}]")
    return [one.code for one in every if one.code.startswith("CP80")]


def in_turn(steps: str) -> str:
    """Put steps into the turn of one of two, with a private question of the speaker's before."""
    return f"{{turns: partner, steps: [{THEIRS}, {steps}]}}"


# what is shown


@pytest.mark.parametrize(
    "step",
    [
        "{say: '{{ x | given }}'}",
        "{say: B, who: facilitator, note: '{{ x | given }}'}",
        "{speak: '{{ x | given }}', for: 2m}",
        "{wait: '{{ x | given }}', for: 2m}",
        "{breathe: {in: 4s, out: 6s}, text: '{{ x | given }}', count: 2}",
        "{ask: '{{ x | given }}', answer: text, example: B}",
        "{ask: B, hint: '{{ x | given }}', answer: text, example: B}",
        "{part: '{{ x | given }}', steps: [{say: B}]}",
        "{say: B, meanwhile: '{{ x | given }}', who: holder}",
        "{say: B, meanwhile: '{{ x | given }}'}",
        "{end: '{{ x | given }}'}",
        "{say: '{% if x is given %}B{% endif %} C'}",
        "{say: '{% for a in x | given %}{{ a.by }}{% endfor %} C'}",
        "{ask: B, answer: text, example: B, counterexamples: ['C. D.'],"
        " rules: [{sentences: {max: 1}, say: '{{ x | given }}'}]}",
    ],
)
def test_a_private_answer_is_in_no_text_for_others(step: str) -> None:
    """Whatever kind of text it is, others than its writer must be able to read what it says."""
    assert "CP801" in found(f"{PRIVATE}, {step}")
    assert found(f"{PRIVATE.replace('id', 'shared: everyone, id')}, {step}") == []


def test_a_finding_points_at_the_name() -> None:
    """It names the answer, its line, its readers, who is shown it, and the way to open it."""
    text, place = at_mark("""
        audience: couple
        roles: {partner: {people: 2}}
        steps:
          - ask: What do you wish for?
            id: wish
            answer: text
            example: Rest.
          - say: "You wish for {{ ⟦wish | given }}."
    """)
    finding = only(text)
    assert (finding.span.line, finding.span.column) == place
    assert "“wish” (line 13) is for its writer alone" in finding.message
    assert "this text is shown to everyone" in finding.message
    assert "reveal: wish" in finding.remedy


def test_each_reader_may_see_their_own() -> None:
    """With ``of(you)`` a text shows everyone what they gave themselves."""
    assert found(f"{PRIVATE}, {{say: 'B {{{{ x | of(you) | default(1) }}}}'}}") == []


def test_one_persons_part_of_a_list_is_theirs() -> None:
    """With ``of(speaker)`` a text may show the speaker what they gave, and only them."""
    own = "B {{ x | of(speaker) | default(1) }}"
    turn = f"{{turns: partner, steps: [{{say: '{own}', who: WHO}}]}}"
    assert found(f"{PRIVATE}, {turn.replace('WHO', 'speaker')}") == []
    assert found(f"{PRIVATE}, {turn.replace('WHO', 'listener')}") == ["CP801"]
    assert found(f"{PRIVATE}, {turn.replace('WHO', 'everyone')}") == ["CP801"]


def test_a_writer_may_read_what_they_wrote() -> None:
    """In the same turn, a text for the speaker may speak of what the speaker wrote."""
    step = "{{say: '{{{{ x | default(1) }}}}', who: {}}}"
    assert found(in_turn(step.format("speaker"))) == []
    assert found(in_turn(step.format("listener"))) == ["CP801"]


def test_in_another_turn_the_speaker_is_somebody_else() -> None:
    """What a speaker wrote in private is not for whoever speaks in a later turn."""
    later = "{turns: partner, steps: [{say: '{{ x | given | count }}', who: speaker}]}"
    assert found(f"{{turns: partner, steps: [{THEIRS}]}}, {later}") == ["CP801"]


def test_who_holds_a_role_may_have_changed() -> None:
    """What a holder wrote is for the holder as long as the role is never handed on."""
    ask = "{ask: A, id: x, who: holder, answer: text, example: B}"
    say = "{say: '{{ x | default(1) }}', who: holder}"
    assert found(f"{ask}, {say}") == []
    assert found(f"{ask}, {{pass: holder, to: next}}, {say}") == ["CP801"]


def test_an_item_of_a_loop_is_a_piece_of_its_list() -> None:
    """A loop's item may be read by those alone who may read the list, and the way there is told."""
    every = findings("""
        audience: couple
        roles: {partner: {people: 2}}
        steps:
          - turns: partner
            steps:
              - {ask: A, id: x, who: speaker, answer: {list: text}, example: [B]}
              - for_each: item in x
                steps: [{say: "Now {{ item }}.", who: everyone}]
    """)
    assert [one.code for one in every] == ["CP802", "CP801"]
    way = "“item”, which comes by the loop on line 16 from “x” (line 15), is for its writer alone"
    assert every[1].message.startswith(way)


def test_what_is_to_be_defaulted_is_what_the_text_reads() -> None:
    """Where a loop's item is read, the remedy names the item and not the list that it is from."""
    ask = THEIRS.replace("answer: text, example: B", "answer: {list: text}, example: [B]")
    speak = "{speak: 'Now {{ item }}.', who: speaker, for: 1m}"
    loop = f"{{for_each: item in x, steps: [{speak}]}}"
    every = findings(f"{COUPLE}steps: [{{turns: partner, steps: [{ask}, {loop}]}}]")
    [finding] = [one for one in every if one.code == "CP806"]
    assert finding.remedy == "Write item | default(…), so that the step comes in any case."


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("{say: B, when: x}", "{say: B, when: y}"),
        ("{say: 'B {{ x | default(1) }}'}", "{say: 'B {{ y | default(1) }}'}"),
    ],
)
def test_a_reveal_mends_what_is_found(wrong: str, right: str) -> None:
    """The one remedy for a private answer that others read, or that decides what they see."""
    ask = "{ask: A, id: x, who: speaker, answer: yes_no, example: 'no'}"
    reveal = "{reveal: x, id: y, who: speaker, to: everyone}"
    finding = only(f"{COUPLE}steps: [{{turns: partner, steps: [{ask}, {wrong}]}}]")
    assert "add “reveal: x” with an id and “to: everyone”" in finding.remedy
    assert found(f"{{turns: partner, steps: [{ask}, {reveal}, {right}]}}") == []


def test_a_question_stands_in_the_transcripts_of_its_readers() -> None:
    """A question whose answer others may read must not speak of what they may not read."""
    step = "{{ask: '{{{{ x | default(1) }}}}', who: speaker, answer: text, example: B{}}}"
    assert found(in_turn(step.format(""))) == []
    assert found(in_turn(step.format(", shared: everyone"))) == ["CP801"]


def test_shared_with_some_is_not_shared_with_all() -> None:
    """What is shared with the listener may be shown to the two of a turn, and not to a third."""
    ask = THEIRS.replace("id", "shared: listener, id")
    say = "{say: 'B {{ x | default(1) }}', who: WHO}"
    turn = f"{{turns: member, steps: [{ask}, {say}]}}"
    assert found(turn.replace("WHO", "[speaker, listener]"), GROUP) == []
    assert found(turn.replace("WHO", "everyone"), GROUP) == []
    ask = ask.replace("shared: listener", "shared: holder")
    turn = f"{{turns: member, steps: [{ask}, {say}]}}"
    assert found(turn.replace("WHO", "holder"), GROUP) == []
    assert found(turn.replace("WHO", "listener"), GROUP) == ["CP801"]


def test_a_leak_in_larger_groups_alone_is_found() -> None:
    """A text is looked at in every size of the group, and the smallest that leaks is named."""
    head = "audience: family\nroles: {member: {people: 2-4}, holder: {one_of: member}}\n"
    ask = "{ask: A, id: x, who: holder, shared: speaker, answer: text, example: B}"
    say = "{say: '{{ x | default(1) }}', who: everyone}"
    every = findings(f"{head}steps: [{{turns: member, steps: [{ask}, {say}]}}]")
    [finding] = [one for one in every if one.code == "CP801"]
    assert "(with 2 people)" in finding.message or "(with 3 people)" in finding.message


# a facilitator


def test_a_facilitator_reads_like_anyone() -> None:
    """From tier 2 on, what all may see must be open to the facilitator, who is one of everyone."""
    step = "{say: B, who: holder, meanwhile: '{{ x | given }}'}"
    ask = PRIVATE.replace("id", "shared: partner, id")
    assert found(f"{ask}, {step}") == []
    assert found(f"{ask}, {step}", GUIDED) == ["CP801"]
    assert found(f"{ask.replace('partner', 'everyone')}, {step}", GUIDED) == []
    assert found(f"{ask.replace('partner', '[partner, facilitator]')}, {step}", GUIDED) == []


def test_a_note_speaks_of_what_a_facilitator_may_read() -> None:
    """A note is a text for the facilitator."""
    step = "{say: B, note: '{{ x | given | count }}'}"
    assert found(f"{PRIVATE}, {step}", GUIDED) == ["CP801"]
    open_ = PRIVATE.replace("id", "shared: facilitator, id")
    assert found(f"{open_}, {step}", GUIDED) == []


@pytest.mark.parametrize("what", ["meanwhile: C", "note: C"])
def test_what_tells_a_facilitator_of_a_way(what: str) -> None:
    """Alone with a facilitator, a private answer decides nothing that the facilitator is told."""
    guided = ALONE + "care: {tier: 2, not_for: [A], distress: [before, after]}\n"
    step = f"{{say: B, when: x, {what}}}"
    assert found(f"{YES}, {step}", guided) == ["CP802"]
    assert found(f"{YES}, {{say: B, when: x}}", guided) == []
    assert found(f"{YES.replace('id', 'shared: facilitator, id')}, {step}", guided) == []


def test_one_person_alone_has_nobody_to_hide_from() -> None:
    """In an exercise for one, without a facilitator, everything may be read."""
    assert found(f"{YES}, {{say: '{{{{ x }}}}'}}, {{end: B, when: x}}", ALONE) == []


def test_a_facilitators_own_page_is_for_nobody_else() -> None:
    """Even in an exercise for one, what is asked in private is not shown to a facilitator."""
    assert found(f"{PRIVATE}, {{say: '{{{{ x }}}}', who: facilitator}}", ALONE) == ["CP801"]


# what is passed on


def test_a_choice_from_a_private_list() -> None:
    """What is chosen from an answer may be read by those alone who may read that answer."""
    ask = THEIRS.replace("answer: text", "answer: {list: text}").replace(
        "example: B", "example: [B]"
    )
    pick = "{{ask: A, id: y, who: speaker, answer: {{choice: x}}, example: B{}}}"
    turn = f"{{turns: partner, steps: [{ask}, {{}}]}}"
    assert found(turn.replace("{}", pick.format(""))) == []
    assert found(turn.replace("{}", pick.format(", shared: everyone"))) == ["CP803"]
    assert found(turn.replace("{}", pick.format("").replace("speaker", "listener"))) == ["CP801"]


@pytest.mark.parametrize(
    ("kind", "asked", "example"),
    [
        ("{list: text}", "{form: {a: {choice: x}}}", "{a: B}"),
        ("{number: whole, min: 1, max: 3}", "{choices: [B, C], max: x}", "[B]"),
        ("{number: whole, min: 1, max: 3}", "{form: {a: {number: whole, max: x}}}", "{a: 1}"),
    ],
)
def test_a_bound_or_a_field_that_is_private(kind: str, asked: str, example: str) -> None:
    """The bounds of a question, and the fields of a form, are read by whoever is asked, too."""
    given = "[B]" if "list" in kind else "1"
    ask = f"{{ask: A, id: x, who: speaker, answer: {kind}, example: {given}}}"
    form = f"{{ask: A, id: y, who: listener, answer: {asked}, example: {example}}}"
    turn = f"{{turns: partner, steps: [{ask}, {form}]}}"
    assert found(turn) == ["CP801"]
    assert found(turn.replace("id: x,", "id: x, shared: everyone,")) == []


@pytest.mark.parametrize("rule", ["differs_from: x", "expect: answer != x"])
def test_a_rule_about_a_private_answer(rule: str) -> None:
    """A rule may look at what whoever it is for may read."""
    ask = "{{ask: A, who: {}, answer: text, example: C, rules: [{{{}, say: D}}]}}"
    assert found(in_turn(ask.format("listener", rule))) == ["CP804"]
    assert found(in_turn(ask.format("speaker", rule))) == []


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        ("answer: time, example: '18:30'", "{wait: A, until: x}"),
        ("answer: {person: partner}", "{pass: holder, to: x}"),
    ],
)
def test_what_all_must_know(kind: str, step: str) -> None:
    """Until when all wait, and who comes next, everyone must be able to read."""
    ask = f"{{ask: A, id: x, who: holder, {kind}}}"
    assert found(f"{ask}, {step}") == ["CP805"]
    assert found(f"{ask.replace('id', 'shared: everyone, id')}, {step}") == []


# what is told by what happens


@pytest.mark.parametrize(
    "step",
    [
        "{say: B, when: x == 'a'}",
        "{choose: [{when: x == 'a', steps: [{say: B}]}]}",
        "{choose: [{when: x == 'a', steps: [{say: B, who: speaker}]}], otherwise: [{say: C}]}",
        "{speak: B, who: speaker, for: 1m, when: x == 'a'}",
        "{ask: B, who: speaker, shared: everyone, answer: text, example: B, when: x == 'a'}",
        "{part: P, when: x == 'a', steps: [{say: B, who: speaker}]}",
        "{say: B, for: 20s, who: speaker, when: x == 'a'}",
        "{say: B, who: speaker, meanwhile: C, when: x == 'a'}",
        "{say: B, who: [speaker, listener], when: x == 'a'}",
        "{pass: holder, to: next, when: x == 'a'}",
        "{end: B, when: x == 'a'}",
    ],
)
def test_a_private_answer_decides_nothing_that_others_see(step: str) -> None:
    """Where a private answer decides whether something comes, the others must not notice."""
    assert "CP802" in found(in_turn(step))


def test_how_often_is_told_too() -> None:
    """The number of passes of a loop over a private list, or until a private answer, is private."""
    many = "answer: {list: text}, example: [B]"
    ask = THEIRS.replace("answer: text, example: B", many)
    loop = "{for_each: i in x, steps: [{say: B, who: listener}]}"
    assert found(f"{{turns: partner, steps: [{ask}, {loop}]}}") == ["CP802"]
    again = "{ask: A, id: y, who: speaker, answer: yes_no, example: 'yes'}"
    until = f"{{repeat_until: y, at_most: 3, steps: [{again}, {{say: B, who: everyone}}]}}"
    assert found(in_turn(until)) == ["CP802"]
    early = f"{{for_each: 3, until: y, steps: [{again}, {{say: B, who: everyone}}]}}"
    assert found(in_turn(early)) == ["CP802"]


@pytest.mark.parametrize(
    "step",
    [
        "{say: B, who: speaker, when: x == 'a'}",
        "{ask: B, who: speaker, answer: text, example: B, when: x == 'a'}",
        "{choose: [{when: x == 'a', steps: [{say: B, who: speaker}]}]}",
        "{choose: [{when: x == 'a', steps: [{say: B, who: speaker}]}],"
        " otherwise: [{say: C, who: speaker}]}",
        "{repeat_until: y, at_most: 3,"
        " steps: [{ask: A, id: y, who: speaker, answer: yes_no, example: 'yes'}]}",
        "{say: B, who: speaker, when: x == 'a'}, {say: B, who: speaker, when: x == 'b'}",
        "{say: '{{ x }}', who: speaker}",
    ],
)
def test_a_detour_of_ones_own(step: str) -> None:
    """What its owner alone sees may follow a private question of theirs, since nobody can tell."""
    assert found(in_turn(step)) == []


def test_a_detour_needs_a_step_beside_it_that_always_comes() -> None:
    """Between steps for all, one that may or may not come would be noticed."""
    detour = "{say: B, who: speaker, when: x == 'a'}"
    assert found(in_turn(f"{{say: C}}, {detour}, {{say: D}}")) == ["CP802"]
    assert found(in_turn(f"{{say: C}}, {detour}, {{say: D, who: speaker}}")) == []
    assert found(in_turn(f"{{say: C}}, {detour}, {{say: D, who: listener}}")) == ["CP802"]


def test_a_detour_shows_one_steady_waiting_text() -> None:
    """The others see the same waiting text in a detour as beside it."""
    ask = THEIRS.replace("id", "meanwhile: C, id")
    say = "{say: B, who: speaker, when: x == 'a', meanwhile: WHAT}"
    turn = f"{{turns: partner, steps: [{ask}, {say}]}}"
    assert found(turn.replace("WHAT", "C")) == []
    assert found(turn.replace("WHAT", "D")) == ["CP802"]


def test_a_step_that_cannot_be_shown_tells_that_there_is_no_answer() -> None:
    """A step that others notice must not depend on whether a private question was answered."""
    speak = "{{speak: '{{{{ x{} }}}}', who: speaker, for: 2m}}"
    assert found(in_turn(speak.format(""))) == ["CP806"]
    assert found(in_turn(speak.format(" | default(1)"))) == []


def test_a_page_that_may_be_blank_is_decided_by_what_is_in_it() -> None:
    """A page made of branches alone is passed over where they come to nothing."""
    page = "{say: '{% if x | of(you) is given %}B{% endif %}'}"
    finding = only(f"{COUPLE}steps: [{PRIVATE}, {page}]")
    assert finding.code == "CP806"
    assert finding.remedy.startswith("Add {% else %} with words for the others")
    assert found(f"{PRIVATE}, {page.replace('{% endif %}', '{% else %}C{% endif %}')}") == []
    assert found(f"{PRIVATE}, {page.replace('{% endif %}', '{% endif %} C')}") == []


def test_a_page_that_says_one_thing_or_the_other_always_comes() -> None:
    """A page whose every branch says something is never blank, so it tells nobody anything."""
    asked = "{ask: A, id: x, who: partner, answer: yes_no, example: 'yes'}"
    page = "{say: '{% if x | of(speaker) | some %}B{% else %}C{% endif %}', who: speaker}"
    turn = f"{asked}, {{turns: partner, steps: [{page}, {{say: D}}]}}"
    assert found(turn) == []
    assert found(turn.replace("{% else %}C", "")) == ["CP806"]


@pytest.mark.parametrize(
    "picked",
    [
        "(own | of(listener)) == 'B'",
        "(x | last | of(speaker)) == 'B'",
        "(x | join(' ') | of(speaker)) == 'B'",
        "(x | given | first | of(speaker)) is given",
        "(x | of(named)) == 'B'",
        "(open | of(hidden)) == 'B'",
    ],
)
def test_what_is_not_picked_from_is_read_whole(picked: str) -> None:
    """Only of a gathered list, as it is, and for somebody known, does `of` leave the rest out."""
    steps = f"""
        {PRIVATE},
        {{ask: A, id: open, shared: everyone, answer: text, example: B}},
        {{turns: partner, steps: [
          {THEIRS.replace("x", "own", 1)},
          {{ask: A, id: named, who: speaker, shared: everyone, answer: {{person: partner}}}},
          {{ask: A, id: hidden, who: speaker, answer: {{person: partner}}}},
          {{say: B}},
          {{say: C, who: listener}},
          {{say: D, who: listener, when: "{picked}"}}]}}
    """
    assert found(" ".join(steps.split())) == ["CP802"]


def test_what_is_included_is_pointed_at_where_it_is_included() -> None:
    """A leak that only this protocol makes of another is found at the include."""
    text = """
        audience: couple
        roles: {partner: {people: 2}}
        steps:
          - include: three-breath-pause
            as: pause
          - say: "{{ pause.notice | given }}"
    """
    finding = only(text)
    assert finding.code == "CP801"
    assert "“pause.notice”" in finding.message
    assert re.search(r"line \d+ of three-breath-pause\.protocol\.yaml", finding.message)


@pytest.mark.parametrize(
    ("head", "asked"), [(COUPLE, YES.replace("id", "shared: partner, id")), (ALONE, YES)]
)
@pytest.mark.parametrize("step", ["{say: B, note: C, WHEN}", "{say: B, who: facilitator, WHEN}"])
def test_whoever_leads_learns_nothing_by_a_note_at_any_tier(
    head: str, asked: str, step: str
) -> None:
    """Notes are shown to a facilitator whom nobody asked for, too, so they come in any case."""
    by = "when: x | some" if head == COUPLE else "when: x"
    assert found(f"{asked}, {step.replace('WHEN', by)}", head) == ["CP802"]
    assert found(f"{asked}, {step.replace('WHEN', 'core: true')}", head) == []


def test_a_detour_keeps_the_facilitator_out_too() -> None:
    """In a detour there is no note, and no answer that others than its owner and readers get."""
    detour = "{say: B, who: speaker, when: x == 'a', note: C}"
    assert found(in_turn(detour), GUIDED) == ["CP802"]
    assert found(in_turn(detour.replace(", note: C", "")), GUIDED) == []
    ask = "{ask: B, who: speaker, shared: TO, answer: text, example: B, when: x == 'a'}"
    assert found(in_turn(ask.replace("TO", "listener"))) == ["CP802"]
    assert found(in_turn(ask.replace("TO", "speaker"))) == []
