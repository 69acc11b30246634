"""Someone who is asked, and what would come of an answer of theirs."""

from __future__ import annotations

from compassion_protocols.authoring.simulating.asked import Asked, who_is_asked
from compassion_protocols.language.values import Contribution
from compassion_protocols.session.events import Distress, Skip
from compassion_protocols.session.session import Session
from tests.plans import plan_of

PLAN = plan_of(
    """
    roles: {person: {people: 2}}
    steps:
      - id: word
        ask: One word?
        answer: text
        example: tea
        rules: [{words: {max: 1}, say: In one word?}]
        shared: everyone
        meanwhile: Please wait.
      - id: day
        ask: Which day?
        answer: date
        example: in 3 days
        meanwhile: Please wait.
      - end: Goodbye.
    """
)


def begun() -> Session:
    """A session of Ana and Ben at its first question."""
    return Session.start(PLAN, ["Ana", "Ben"], at=0.0)


def asked(session: Session, seat: int = 0) -> Asked:
    """Who sits there, and is asked."""
    found = who_is_asked(PLAN, session.state, seat)
    assert found is not None
    return found


def test_whoever_sits_at_a_question_is_asked() -> None:
    """At a moment that wants an answer each person is asked for it."""
    assert [asked(begun(), seat).slot.name for seat in (0, 1)] == ["word", "word"]


def test_whoever_is_in_care_is_asked_nothing() -> None:
    """Someone in care is not asked the question of the moment; the others are."""
    session = begun()
    session.receive(Distress(by="Ana", rating=9, safe=True, at=1.0))
    assert who_is_asked(PLAN, session.state, 0) is None


def test_where_no_answer_is_wanted_nobody_is_asked() -> None:
    """A moment that only says something asks nobody."""
    session = begun()
    for seat in (0, 1, 0, 1):
        by = ("Ana", "Ben")[seat]
        session.receive(Skip(by=by, token=session.view(by).token, at=1.0))
    assert session.view("Ana").text == "Goodbye."
    assert who_is_asked(PLAN, session.state, 0) is None


def test_an_answer_that_would_be_refused_has_no_value() -> None:
    """A list is no text."""
    assert asked(begun()).accepted(["tea"]) is None
    assert asked(begun()).accepted(" tea ") == "tea"


def test_each_rule_is_met_or_missed() -> None:
    """The rules of the moment are asked in their order."""
    assert list(asked(begun()).rules_met("tea")) == [True]
    assert list(asked(begun()).rules_met("two words")) == [False]


def test_once_answered_a_name_means_the_answer() -> None:
    """What several are asked is a list, and an answer would be one entry of it."""
    entries = asked(begun()).after("tea")("word")
    assert entries == (Contribution("tea", begun().state.setup.people[0]),)
