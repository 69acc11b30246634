"""What names stand for at a place."""

from __future__ import annotations

from compassion_protocols.checking.facts import Sort, plainly
from compassion_protocols.checking.kinds import PERSON, TEXT, UNKNOWN, Word
from tests.checking.found import codes, facts_of

TURNS = """
audience: couple
roles:
  partner: {people: 2}
steps:
  - turns: partner
    steps:
      - {ask: A, id: said, who: speaker, answer: text, example: B}
  - say: C
"""


def test_an_answer_knows_its_loops() -> None:
    """An answer is one value inside its loops, and a gathered list outside."""
    facts = facts_of(TURNS)
    turns, ask, say = facts.places
    answer = facts.answers["said"]
    assert answer.sort is Sort.ANSWER
    assert not answer.is_list_at(ask.scope)
    assert answer.is_list_at(turns.scope)
    assert facts.kind_of("said", ask.scope) is TEXT
    assert facts.kind_of("said", say.scope).word is Word.GATHERED


def test_a_bound_name_is_known_inside() -> None:
    """What a loop binds means something inside it and nothing outside."""
    facts = facts_of(TURNS)
    _, ask, say = facts.places
    assert facts.kind_of("speaker", ask.scope) is PERSON
    assert facts.meaning("speaker", say.scope) is None
    assert facts.kind_of("speaker", say.scope) is UNKNOWN


def test_how_many_people_some_names_are() -> None:
    """Names stand for as many people as they can be, and several names for at least as many."""
    facts = facts_of(TURNS.replace("who: speaker", "who: [speaker, listener, facilitator]"))
    _, ask, say = facts.places
    assert facts.most_people(say.who, say.scope) == 2
    assert facts.most_people(ask.who, ask.scope) == 3


def test_names_are_said_as_they_were_written() -> None:
    """What linking puts before a name is not said, but for a prefix that the author gave."""
    assert plainly("three-breath-pause/1.notice") == "notice"
    assert plainly("pause.notice") == "pause.notice"
    assert plainly("notice") == "notice"


ASKS_ITSELF = """
audience: individual
steps:
  - for_each: a in x
    steps:
      - {ask: "A {{ a }}", id: y, answer: text, example: B}
  - for_each: b in y
    steps:
      - {ask: "A {{ b }}", id: x, answer: text, example: B}
"""


def test_what_goes_round_in_a_ring() -> None:
    """A loop over what is asked inside it is found, and its item has a kind all the same."""
    assert codes(ASKS_ITSELF) == ["CP410"]
    own = ASKS_ITSELF.partition("  - for_each: b")[0].replace("in x", "in y")
    assert codes(own) == ["CP410"]
    _, ask = facts_of(own).places
    assert ask.scope.names["a"].kind.word is Word.ENTRY


def test_what_a_pass_before_has_asked() -> None:
    """In a repetition a loop may go through a list of the pass before, and knows its items."""
    facts = facts_of(
        """
        audience: individual
        steps:
          - repeat_until: done
            at_most: 3
            steps:
              - for_each: named in seen
                when: seen is given
                steps: [{say: "Last time it was {{ named }}."}]
              - {ask: A, id: seen, answer: {list: text}, example: [B]}
              - {ask: A, id: done, answer: yes_no, example: "yes"}
        """
    )
    say = facts.places[2]
    assert facts.kind_of("named", say.scope) is TEXT


def test_a_long_chain_of_lists() -> None:
    """However many loops go each through what the last has asked, their items have their kinds."""
    steps = "".join(
        f"  - {{for_each: a{i} in x{i - 1}, steps: "
        f"[{{ask: 'B {{{{ a{i} }}}}', id: x{i}, answer: text, example: C}}]}}\n"
        for i in range(1, 600)
    )
    first = "{ask: A, id: x0, answer: {list: text, max: 1}, example: [B]}"
    assert codes(f"audience: individual\nsteps:\n  - {first}\n{steps}") == []
