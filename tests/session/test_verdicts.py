"""The verdict on each moment, and the reason for each that is not to go on."""

from __future__ import annotations

import pytest
from attrs import evolve

from compassion_protocols.loading import load
from compassion_protocols.session.migrating import Migration, migration
from compassion_protocols.session.verdicts import MomentVerdict, Verdict
from tests.plans import plan_of
from tests.shipped import ALL

OLD = """
audience: couple
roles:
  partner: {people: 2}
  holder: {one_of: partner}
settings:
  deck: {list: [sun, rain], label: Cards}
  rounds: {number: 2, min: 1, max: 3, label: Rounds}
steps:
  - say: Welcome.
    id: welcome
  - ask: What is it?
    id: topic
    who: partner
    answer: text
    example: The car.
  - ask: How strong?
    id: strength
    who: partner
    shared: everyone
    answer: {scale: [0, 10], labels: {0: none}}
    example: 3
  - ask: Which needs?
    id: needs
    who: partner
    answer: {list: text, max: 3}
    example: [rest]
  - turns: partner
    id: rounds_of_two
    steps:
      - reveal: needs
        id: shown
        who: speaker
        to: everyone
      - for_each: need in shown
        id: each_need
        steps:
          - ask: What would help with {{ need }}?
            id: help_with
            who: speaker
            answer: text
            example: A walk.
      - speak: Tell.
        id: floor
        who: speaker
        for: 1m
  - for_each: rounds
    id: laps
    steps:
      - say: Once around.
        id: lap
  - say: |
      {% for r in strength | given %}{{ r.value }}{% endfor %}
    id: all_of_it
  - part: The end
    id: last_part
    timer: {at_most: 5m}
    steps:
      - say: Nearly done.
        id: nearly
      - say: Goodbye.
        id: bye
"""


def moved(*changes: tuple[str, str], old: str = OLD, **more: object) -> Migration:
    """Compare the plan with one in which some words are others."""
    new = old
    for before, after in changes:
        assert before in new
        new = new.replace(before, after)
    return migration(plan_of(old), plan_of(new), **more)  # type: ignore[arg-type]  # as it takes


def going(found: Migration) -> set[str]:
    """Name the moments at which a session goes on."""
    return {one.place for one in found.moments if one.verdict is Verdict.GOES_ON}


def staying(found: Migration) -> set[str]:
    """Name the moments at which it does not."""
    return {one.place for one in found.moments} - going(found)


@pytest.mark.parametrize("name", ALL)
def test_a_plan_goes_on_in_itself(name: str) -> None:
    """Between a plan and itself every moment goes on, at its own place."""
    plan = load(name)
    for one in migration(plan, plan).moments:
        assert one == MomentVerdict(one.place, one.place, Verdict.GOES_ON)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("say: Welcome.", "say: Hello."),
        ("ask: What is it?", "ask: What is it about?\n    hint: A word."),
        ("labels: {0: none}", "labels: {0: nothing}"),
        ("for: 1m", "for: 2m"),
        ("number: 2, min: 1, max: 3", "number: 1, min: 1, max: 2"),
        ("  - say: Welcome.", "  - say: Sit down.\n  - say: Welcome."),
        ("timer: {at_most: 5m}", "timer: {at_most: 9m}"),
        (
            "shared: everyone\n    answer: {scale",
            "shared: everyone\n    borrow: [x]\n    answer: {scale",
        ),
        ("  holder: {one_of: partner}", "  holder: {one_of: partner}\n  guide: {one_of: partner}"),
    ],
)
def test_what_is_harmless(before: str, after: str) -> None:
    """Words, hints, lengths, settings and steps put between leave every moment as it was."""
    assert staying(moved((before, after))) == set()


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("partner: {people: 2}", "partner: {people: 2-3}", ""),
        ("partner: {people: 2}", "partner: {people: 3}", "of other sizes"),
        ("partner: {people: 2}", "partner: {people: 2, if_fewer: end}", "too few are left"),
        ("partner: {people: 2}", "partner: {people: 2, if_fewer: pause}", ""),
        ("holder: {one_of: partner}", "other: {one_of: partner}", "roles are others"),
        ("partner", "mate", "roles are others"),
        ("care: {tier: 0}", "care: {tier: 0, screen: couple-safety}", "screened"),
        ("care: {tier: 0}", "care: {tier: 3}", "facilitator"),
    ],
)
def test_what_stops_everything(before: str, after: str, reason: str) -> None:
    """Other people, what their absence does, a screening and care concern a whole session."""
    found = moved((before, after), old=f"care: {{tier: 0}}\n{OLD}")
    if not reason:
        assert staying(found) == set()
        return
    for one in found.moments:
        assert one.verdict is Verdict.RESTARTS
        assert reason in " ".join(one.reasons)


def test_care_of_another_form() -> None:
    """Where the care around a session has another form, none goes on."""
    plan = plan_of(OLD)
    other = evolve(plan, care={**plan.care, "pause": plan.care["help"]})
    assert going(migration(plan, other)) == set()


@pytest.mark.parametrize(
    ("place", "before", "after", "reason"),
    [
        ("welcome", "say: Welcome.", "wait: Welcome.\n    for: 9s", "another kind"),
        ("welcome", "say: Welcome.", "say: Welcome.\n    who: holder", "Other people are asked"),
        ("welcome", "say: Welcome.", "say: Welcome.\n    for: 9s", "timer"),
        ("welcome", "say: Welcome.", "say: Welcome, {{ holder }}.", "need not be there"),
        ("lap", "- say: Once around.", "- say: Once {{ all_of }}.", "need not be there"),
        ("all_of_it", "{{ r.value }}{% endfor %}", "{{ r.by }}{% endfor %}", "come out empty"),
        ("lap", "for_each: rounds", "turns: everyone", "other loops"),
        ("nearly", "    timer: {at_most: 5m}\n", "", "other loops"),
        ("bye", "- say: Goodbye.", "- end: Goodbye.", "an ending"),
        ("strength", "shared: everyone\n    answer: {s", "shared: partner\n    answer: {s", ""),
        ("strength", "    shared: everyone\n    answer: {s", "    answer: {s", "may be writing"),
        ("all_of_it", "strength | given", "topic | given", "come out empty"),
        ("shown", "to: everyone", "to: [everyone, facilitator]", "may be writing"),
        ("shown", "to: everyone", "to: partner", "may be writing"),
    ],
)
def test_what_stops_one_moment(place: str, before: str, after: str, reason: str) -> None:
    """A moment that would not be the same for whoever is in it is not gone on at."""
    if "all_of }}" in after:  # a question that only the new version has
        asked = "    answer: text\n    example: One.\n  - say: Welcome."
        found = moved(
            (before, after), ("  - say: Welcome.", f"  - ask: A?\n    id: all_of\n{asked}")
        )
    else:
        found = moved((before, after))
    verdict = found.at(place)
    assert verdict.verdict is Verdict.RESTARTS
    assert (reason or "may be writing") in " ".join(verdict.reasons)


def test_another_place_on_one_screen() -> None:
    """What becomes private would have to be handed over on a screen that all share."""
    told = moved(("say: Nearly done.", "say: Nearly done, {{ topic | count }}."))
    assert "change hands" in " ".join(told.at("nearly").reasons)


def test_a_reveal_of_something_else() -> None:
    """A reveal that picks from another answer is another moment."""
    old = OLD.replace("answer: {list: text, max: 3}", "answer: text").replace(
        "example: [rest]", "example: Rest."
    )
    old = old.replace("for_each: need in shown", "for_each: rounds").replace("{{ need }}", "it")
    found = moved(("reveal: needs", "reveal: topic"), old=old)
    assert "Another answer is revealed." in found.at("shown").reasons


# Answers


def test_an_answer_that_would_be_lost() -> None:
    """From its question on, an answer that has no place any more keeps a session where it is."""
    ask = "  - ask: What is it?\n    id: topic\n    who: partner\n    answer: text\n"
    found = moved((f"{ask}    example: The car.\n", ""))
    assert going(found) == {"welcome"}
    assert found.lost == (("topic", "its question is not there any more"),)
    assert found.at("topic").verdict is Verdict.RESTARTS
    agreed = moved((f"{ask}    example: The car.\n", ""), dropping=["topic"])
    assert staying(agreed) == {"topic"}


def test_ways_that_an_answer_does_not_lead_to() -> None:
    """On a way that nobody can come to with an answer, its loss keeps nobody."""
    old = """
    roles: {partner: {people: 2}, holder: {one_of: partner}}
    settings: {short: {yes_no: yes, label: Short}}
    steps:
      - choose:
          - when: short
            steps:
              - ask: Why?
                id: reason
                who: partner
                answer: text
                example: A.
              - pass: holder
                to: next
              - say: Thank you.
                id: thanks
        otherwise:
          - say: We have time.
            id: time
      - say: Goodbye.
        id: bye
    """
    found = moved(("id: reason", "id: cause"), old=old)
    assert going(found) == {"time"}


# Ids that have changed


def test_an_id_that_has_changed_needs_a_mapping() -> None:
    """A moment whose id is gone, where another has come, could be that one: somebody must say."""
    change = ("id: welcome", "id: greeting")
    verdict = moved(change).at("welcome")
    assert (verdict.verdict, verdict.to) == (Verdict.NEEDS_MAPPING, "")
    assert "“greeting”" in verdict.reasons[0]
    told = moved(change, mapping={"welcome": "greeting"})
    assert told.at("welcome") == MomentVerdict("welcome", "greeting", Verdict.GOES_ON)
    assert staying(told) == set()


def test_a_moment_without_any_like_it_restarts() -> None:
    """A moment that has gone, with nothing new that it could be, is not gone on at."""
    verdict = moved(("  - say: Welcome.\n    id: welcome\n", "")).at("welcome")
    assert verdict.verdict is Verdict.RESTARTS
    ended = moved(("  - say: Welcome.\n    id: welcome\n", "  - end: A.\n    id: welcome\n"))
    assert ended.at("welcome").verdict is Verdict.RESTARTS


def test_an_ending_may_be_mapped_to_another() -> None:
    """An ending whose id has changed could be another ending, and no moment."""
    old = OLD + "  - end: Thank you.\n    id: closing\n"
    verdict = moved(("id: closing", "id: farewell"), old=old).at("closing")
    assert verdict.verdict is Verdict.NEEDS_MAPPING
    assert "“farewell”" in verdict.reasons[0]
