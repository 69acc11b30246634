"""The distress rule, and what one person's care leads to.

Care wraps every protocol from outside. A person who signals distress, or whose
rating crosses a threshold, is led through the grounding protocol in a lane of
their own. If it is still too much afterwards, or they do not feel safe, the
human-help protocol follows, and with its end they have stopped. Otherwise the
session goes on as it was. The thresholds are design defaults, not validated
cut-offs; a host may lower them and nobody may raise them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.language.values import Missing
from compassion_protocols.model.care import Rating
from compassion_protocols.model.names import FEELS_SAFE, RATING_NOW
from compassion_protocols.session.state import Course, Lane, LaneStage
from compassion_protocols.session.walk import Walk

if TYPE_CHECKING:
    from compassion_protocols.language.values import Value
    from compassion_protocols.model.care import CarePolicy
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.state import Presence, Setup


def is_too_much(
    rating: Rating, value: Value | Missing, before: Value | Missing, policy: CarePolicy
) -> bool:
    """Whether a rating crosses a threshold; ``before`` is the same person's first rating."""
    if not isinstance(value, int):
        return False
    if rating is Rating.BEFORE:
        return value >= policy.before
    risen = isinstance(before, int) and value - before >= policy.rise
    return risen or value >= policy.after


def begin_lane(
    plan: Plan,
    setup: Setup,
    presence: tuple[Presence, ...],
    seat: int,
    stage: LaneStage,
    *,
    now: float,
    count: int,
) -> Lane:
    """A lane for one seat, at its first moment.

    ``count`` is larger for every later lane, so that no token of an earlier one fits.
    """
    people = len(setup.people)
    opened = tuple([count if other == seat else 0 for other in range(people)])
    walk = Walk(plan.care[stage], setup, presence, Course(0, opened), (seat,), now)
    walk.run()
    return Lane(seat, stage, walk.course())


def lane_walk(
    plan: Plan, setup: Setup, presence: tuple[Presence, ...], lane: Lane, now: float
) -> Walk:
    """A working copy of one lane."""
    return Walk(plan.care[lane.stage], setup, presence, lane.course, (lane.seat,), now)


def needs_help(walk: Walk, seat: int, policy: CarePolicy) -> bool:
    """Whether, after grounding, it is still too much, or the person does not feel safe."""
    answers = {slot.name: walk.own_answer(slot, seat) for slot in walk.plan.slots}
    rating, safe = answers.get(RATING_NOW), answers.get(FEELS_SAFE)
    return safe is False or (isinstance(rating, int) and rating >= policy.after)
