"""The one walk over a protocol, and what it gathers."""

from __future__ import annotations

from compassion_protocols.checking.facts import Facts, Manner, Want
from compassion_protocols.checking.gather import _KINDS, gather
from compassion_protocols.model.names import ALL
from compassion_protocols.model.steps import KINDS, Ask, Wait
from tests.checking.found import facts_of
from tests.plans import protocol_of

TURNS = """
audience: couple
roles:
  partner: {people: 2}
settings:
  length: {duration: 1m, label: L}
steps:
  - part: P
    who: partner
    steps:
      - turns: partner
        id: taken
        steps:
          - ask: A, {{ speaker }}?
            id: said
            who: speaker
            hint: B {{ listener }}
            answer: text
            example: C
          - speak: D
            who: listener
            for: length
            meanwhile: E {{ said }}
"""


def test_every_kind_of_step_has_a_place() -> None:
    """The walk knows each of the fourteen kinds of step."""
    assert set(_KINDS) == set(KINDS.values())


def test_places_stand_in_order_with_what_is_around_them() -> None:
    """Places come in the order of the file, each with who acts there and the loops around it."""
    facts = facts_of(TURNS)
    part, turns, ask, speak = facts.places
    assert facts.outline == (part,)
    assert part.blocks == ((turns,),)
    assert turns.blocks == ((ask, speak),)
    acting = [place.who.names for place in facts.places]
    assert acting == [("partner",), ("partner",), ("speaker",), ("listener",)]
    assert ask.scope.loops
    assert turns.scope.loops == ()
    assert set(ask.scope.names) == {"speaker", "listener"}
    assert facts.loops == [turns]


def test_steps_of_one_kind() -> None:
    """The steps of each kind are known with their places; of a kind that is not there, none."""
    facts = facts_of(TURNS)
    part, turns, ask, speak = facts.places
    assert facts.each(Ask) == [(ask, ask.step)]
    assert facts.each(Wait) == ()
    assert facts.questions == [ask]
    assert facts.holding == [turns, part]
    assert facts.lasting == [speak]


def test_what_few_steps_have() -> None:
    """Steps that say who acts, have a condition, a note or a timer are known apart."""
    facts = facts_of(
        """
        audience: couple
        roles: {partner: {people: 2}}
        steps:
          - say: A
          - say: B
            who: partner
          - say: C
            when: partner is given
          - say: D
            note: E
          - ask: F
            answer: text
            timer: {at_most: 1m}
            example: G
          - say: H
            for: 1m
        """
    )
    _, appointed, guarded, noted, limited, lasting = facts.places
    assert facts.appointed == [appointed]
    assert facts.guarded == [guarded]
    assert facts.noted == [noted]
    assert facts.lasting == [limited, lasting]


def test_texts_that_ask_for_more_than_names() -> None:
    """Conditions, invitations and texts with more than names in them are known apart."""
    facts = facts_of(
        """
        steps:
          - say: A, {{ you }}.
          - say: B, {{ you | upper }}.
          - ask: C
            id: c
            answer: text
            rules: [{expect: answer != "D", say: "E, {{ you }}."}]
            example: F
          - say: G
            when: c == "F"
        """
    )
    assert [passage.text.source for passage in facts.involved] == [
        *("B, {{ you | upper }}.", "E, {{ you }}.", 'answer != "D"', 'c == "F"'),
    ]


def test_who_acts_is_handed_down() -> None:
    """Without `who` a step is for whom the block around it is for, and in the end for everyone."""
    [place] = facts_of("steps: [{say: A}]").places
    assert place.who == ALL


def test_what_reads_names() -> None:
    """Each text and condition that reads a name is gathered, with how it is read."""
    passages = {p.text.source: p.manner for p in facts_of(TURNS).passages}
    assert passages == {
        "A, {{ speaker }}?": Manner.SHOWN,
        "B {{ listener }}": Manner.BESIDE,
        "E {{ said }}": Manner.BESIDE,
    }


def test_single_names_are_gathered() -> None:
    """Each name that stands for a value is gathered, with what is wanted there."""
    references = {(ref.name, ref.want) for ref in facts_of(TURNS).references}
    assert references == {
        ("partner", Want.PEOPLE),
        ("partner", Want.ROLE),
        ("speaker", Want.PEOPLE),
        ("listener", Want.PEOPLE),
        ("length", Want.DURATION),
    }


def test_a_question_without_an_id_has_no_name() -> None:
    """What nobody can read is not declared."""
    facts = facts_of("steps: [{ask: A, answer: text, example: B}]")
    assert facts.answers == {}
    assert {name for name, _ in facts.declared} == {"person"}


def test_an_include_that_was_not_found_is_empty() -> None:
    """An include that could not be linked has nothing inside."""
    facts: Facts = gather(protocol_of("steps: [{include: nowhere, as: it}, {say: A}]"))
    assert [place.blocks for place in facts.places] == [(), ()]
