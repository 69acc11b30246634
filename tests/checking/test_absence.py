"""Steps that some people miss without being told, because of who is not there."""

from __future__ import annotations

import pytest

from tests.checking.found import at_mark, codes, only

ROLES = """audience: family
roles:
  member: {people: PEOPLE}
  holder: {one_of: member, others: rest}
"""
FULL = "not_for: [A crisis.], distress: [before, after]"


def found(steps: str, people: str = "1-4", care: str = "tier: 0") -> list[str]:
    """Name what is found in some steps for so many members."""
    head = ROLES.replace("PEOPLE", people)
    return codes(f"{head}care: {{{care}}}\nsteps:\n  - say: Welcome.\n  - {steps}")


def in_turns(step: str, people: str = "1-4") -> list[str]:
    """Name what is found in one step of everyone's turn."""
    return found(f"turns: member\n    steps:\n      - {step}", people)


# what a text needs


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("{say: 'Tell {{ listener }}.', who: speaker}", ["CP831"]),
        ("{say: 'Tell {{ listener }}.', who: [speaker, listener]}", ["CP831"]),
        ("{say: 'Tell {{ listener }}.', who: listener, when: listener is given}", []),
        ("{say: 'Tell {% if listener is given %}{{ listener }}{% endif %}.'}", []),
        ("{say: 'Tell {{ listener | default(\"us\") }}.'}", []),
        ("{say: 'Tell it, {{ speaker }}.'}", []),
        ("{say: 'Tell {{ rest }}.'}", ["CP831"]),
        ("{say: 'Tell it, {{ holder }}.'}", []),
        ("{say: 'Tell {{ listener }}.', when: member | count > 1}", []),
        ("{say: A, meanwhile: 'Listen, {{ listener }}.', who: speaker}", []),
    ],
)
def test_a_text_that_names_somebody_who_may_not_be_there(step: str, expected: list[str]) -> None:
    """Those who are there miss a text that needs the name of somebody who is not."""
    assert in_turns(step) == expected
    assert in_turns(step, "2-4") == []


@pytest.mark.parametrize(("care", "expected"), [("tier: 2", ["CP831"]), ("tier: 3", [])])
def test_a_facilitator_s_name(care: str, expected: list[str]) -> None:
    """A text with a facilitator's name is only seen where there is sure to be one."""
    step = "say: 'Look to {{ facilitator }}.'\n    note: Smile."
    assert found(step, "3", f"{care}, {FULL}") == expected


def test_a_closing_text_is_missed_too() -> None:
    """Nobody sees a closing text that names nobody."""
    message = only("audience: family\nsteps: [{say: A}, {end: 'Thank {{ facilitator }}.'}]").message
    assert message == "Where nobody facilitates there is no “facilitator”, and nobody sees this."


def test_it_says_where_the_name_stands() -> None:
    """The finding points at the name."""
    text, place = at_mark("""
        audience: family
        roles: {member: {people: 1-4}}
        steps:
          - turns: member
            steps:
              - say: |
                  Well then.
                  Tell it to {{ ⟦listener }}, {{ speaker }}.
                who: speaker
    """)
    finding = only(text)
    assert (finding.code, finding.span.line, finding.span.column) == ("CP831", *place)
    assert finding.message.startswith("With one person in “member” there is no “listener”")


def test_an_included_text_is_looked_at_for_itself() -> None:
    """What an include says is a matter of its own file."""
    assert found("include: three-breath-pause") == []


# who acts, chooses and reads


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("{say: A, who: listener}", ["CP832"]),
        ("{say: A, who: rest}", ["CP832"]),
        ("{say: A, who: [listener, rest]}", ["CP832"]),
        ("{say: A, who: [listener, speaker]}", []),
        ("{say: A, who: holder}", []),
        ("{say: A, who: member}", []),
        ("{say: A, who: listener, when: listener is given}", []),
        ("{part: P, when: listener is given, steps: [{say: A, who: listener}]}", []),
        ("{part: P, who: listener, steps: [{say: A}]}", ["CP832"]),
    ],
)
def test_a_step_for_somebody_who_may_not_be_there(step: str, expected: list[str]) -> None:
    """A step that is passed over in some group says with `when` that this is meant."""
    assert in_turns(step) == expected
    assert in_turns(step, "2-4") == []


@pytest.mark.parametrize(
    ("role", "expected"),
    [("listener", ["CP831"]), ("rest", ["CP831"]), ("member", []), ("everyone", [])],
)
def test_a_choice_among_nobody(role: str, expected: list[str]) -> None:
    """A question for a person has somebody to choose in every group."""
    step = f"{{ask: Who?, who: speaker, answer: {{person: {role}}}}}"
    assert in_turns(step) == expected
    assert in_turns(step, "2-4") == []


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("listener", ["CP835"]),
        ("rest", ["CP835"]),
        ("facilitator", ["CP835"]),
        ("everyone", []),
        ("[listener, speaker]", []),
    ],
)
def test_something_to_be_read_by_nobody(to: str, expected: list[str]) -> None:
    """What is shared has a reader in every group."""
    ask = "{ask: A, id: a, who: speaker, SHARED answer: text, example: b}"
    assert in_turns(ask.replace("SHARED", f"shared: {to},")) == expected
    reveal = f"{{reveal: a, id: b, who: speaker, to: {to}}}"
    assert in_turns(f"{ask.replace('SHARED', '')}\n      - {reveal}") == expected


def test_a_facilitator_reads_where_one_is_advisable() -> None:
    """From tier 2 on something may be shared with a facilitator."""
    step = "{ask: A, shared: facilitator, answer: text, example: b}"
    assert found(step, "3", f"tier: 2, {FULL}") == []


def test_nobody_writes_for_nobody() -> None:
    """Where the writer is not there either, only that is said."""
    step = "{ask: A, who: listener, shared: rest, answer: text, example: b}"
    assert in_turns(step) == ["CP832"]


# waiting


def test_a_wait_for_a_time_that_nobody_may_have_named() -> None:
    """A wait for an answer says what happens where it was left open."""
    ask = "{ask: When?, id: t, who: holder, shared: everyone, answer: time, example: '18:30'}\n  - "
    assert found(f"{ask}{{wait: A, until: t}}") == ["CP836"]
    assert found(f"{ask}{{wait: A, until: t, otherwise: [{{say: B}}]}}") == []
    assert found("{wait: A, for: 30s}") == []


# roles


@pytest.mark.parametrize(
    ("steps", "idle"),
    [
        ("[{say: A, who: parent}]", True),
        ("[{part: P, steps: [{say: A, who: parent}]}]", True),
        ("[{say: A}]", False),
        ("[{say: A, who: [parent, child]}]", False),
        ("[{say: A, who: [parent, eldest]}]", False),
        ("[{say: A, who: parent, when: younger is given}]", False),
        ("[{turns: child, steps: [{say: A, who: parent}]}]", False),
        ("[{say: 'For {{ child }}.', who: parent}]", False),
        ("[{ask: A, shared: child, who: parent, answer: text, example: a}]", False),
    ],
)
def test_a_role_with_nothing_to_do(steps: str, idle: bool) -> None:
    """Whoever is needed has something to do, or is at least spoken of or to."""
    roles = "parent: {people: 1}, child: {people: 2-4}, eldest: {one_of: child, others: younger}"
    text = f"audience: family\nroles: {{{roles}}}\nsteps: {steps}"
    assert codes(text) == (["CP834"] if idle else [])
