"""Coverage says what walks have reached of a plan, and what they never have."""

from __future__ import annotations

from compassion_protocols.authoring.simulating.coverage import Coverage, coverage_of
from compassion_protocols.authoring.watching.happened import Happened
from compassion_protocols.session.events import Answer, Event, Skip
from compassion_protocols.session.session import Session
from tests.plans import plan_of

PLAN = plan_of(
    """
    roles: {person: {people: 1}}
    steps:
      - id: tired
        ask: Are you tired?
        answer: yes_no
        example: yes
      - id: rest
        say: Then rest.
        when: tired
      - repeat_until: enough
        at_most: 3
        steps:
          - id: enough
            ask: Is it enough?
            answer: yes_no
            example: yes
      - id: word
        ask: One word?
        answer: text
        example: tea
        rules: [{words: {max: 1}, say: In one word?}]
        counterexamples: [two words]
      - end: Goodbye.
    """
)


def walked(*answers: object) -> Coverage:
    """What is reached where Ana answers so, and leaves open what is None."""
    coverage = coverage_of(PLAN)
    session = Session.start(coverage.plan, ["Ana"], at=0.0)
    coverage.note_moment(session.state)
    for answer in answers:
        token, before = session.view("Ana").token, session.state
        event: Event = Skip(by="Ana", token=token, at=0.0)
        if answer is not None:
            event = Answer(by="Ana", token=token, value=answer, at=0.0)
        session.receive(event)
        coverage.note(Happened(coverage.plan, before, event, session.state))
    return coverage


def test_nothing_is_reached_at_first() -> None:
    """All that there is counts as never reached, and nothing else does."""
    coverage = coverage_of(PLAN)
    assert coverage.reached == (0, 4)
    assert coverage.taken("condition", "loop") == (0, 4)
    assert coverage.taken("rule") == (0, 2)
    assert len(list(coverage.never())) == 4 + 4 + 2


def test_moments_count_as_they_open() -> None:
    """A moment that opened is reached, whatever was done there."""
    assert walked().opened == {"tired"}
    assert walked(True).opened == {"tired", "rest"}
    assert walked(False).opened == {"tired", "enough"}


def test_a_condition_has_two_ways() -> None:
    """A condition that held has gone one of its ways; what is unknown counts as not held."""
    assert walked(True).taken("condition") == (1, 2)
    assert walked(None).conditions[-1].taken == {False}


def test_a_loop_ends_or_goes_round() -> None:
    """A loop has gone one way if its condition ended it, the other if it went round again."""
    assert walked(False, False).taken("loop") == (1, 2)
    assert walked(False, False, True).taken("loop") == (2, 2)


def test_a_rule_is_met_or_missed() -> None:
    """Every answer shows how it stands to the rules, until both have been seen."""
    coverage = walked(False, True, "two words", "two words again")
    assert coverage.taken("rule") == (1, 2)
    assert walked(False, True, "two words", "tea").taken("rule") == (2, 2)


def test_what_was_never_reached_is_told_with_its_place() -> None:
    """Each of these has the line where it is written, and a sentence."""
    told = {what: span.line for span, what in walked(False).never()}
    assert told["“tired” never held."] == told["“rest” never opened."] + 1
    assert "The rule “In one word?” was never missed." in told


def test_the_overheard_plan_runs_as_the_plan() -> None:
    """A session of the copy comes to the same states, and its snapshots belong to both."""
    one = Session.start(PLAN, ["Ana"], at=0.0)
    two = Session.start(coverage_of(PLAN).plan, ["Ana"], at=0.0)
    for session in (one, two):
        event = Answer(by="Ana", token=session.view("Ana").token, value=True, at=0.0)
        session.receive(event)
    assert one.state == two.state
    assert Session.restore(PLAN, two.snapshot()).state == one.state


def test_what_no_way_leads_to_is_not_counted() -> None:
    """The question after the author's own last `end` is none that could be reached."""
    plan = plan_of("care: {tier: 0, distress: after}\nsteps: [{say: Hello.}, {end: Bye.}]")
    assert list(coverage_of(plan).moments) == ["1", "2/care/after"]
