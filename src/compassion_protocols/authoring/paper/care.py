"""Care on paper.

What the program does around every exercise has to stand on the page in words, since nobody is
there to do it: that everything may be left out, that anyone may stop, what to do when it gets to
be too much, where a person can be reached. These lines are always there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.authoring.paper.steps import paper_for
from compassion_protocols.authoring.paper.texts import text_on_paper
from compassion_protocols.language.text import printable
from compassion_protocols.model.care import CarePolicy, Rating
from compassion_protocols.model.steps import Say
from compassion_protocols.render.page import Section, help_sections, literal_section
from compassion_protocols.render.prose import blocks
from compassion_protocols.session.standing import help_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.model.plan import Plan
    from compassion_protocols.model.protocol import Protocol
    from compassion_protocols.render.prose import Block

ANY_TIME = """\
You may leave anything out, take a break, or stop, at any moment. Nobody needs a reason for it, and
nobody asks for one."""

TOO_MUCH = """\
If it gets to be too much, stop here. Look around you, feel your feet on the floor, take a sip of
water. Then go to someone who can be with you, or call one of these."""

PAUSING = """\
Anyone may ask for a break for everyone. Agree on a time to come back, and let the talk rest until
then."""

THRESHOLDS = CarePolicy()

_RATE = """\
How strong is any distress just now, from 0, none, to 10, as strong as it gets? Each for yourself;
the number stays with you."""


def paragraph(kind: str, text: str) -> Section:
    """A paragraph of our own words, however they are broken in the source."""
    return literal_section(kind, " ".join(text.split()))


def rating_before(protocol: Protocol) -> Iterator[Section]:
    """The question that is asked before, if it is asked."""
    if Rating.BEFORE in protocol.care.distress:
        words = f"{_RATE} At {THRESHOLDS.before} or more, leave this for another day."
        yield paragraph("rating", words)


def care_for_all(plan: Plan, locale: str) -> Iterator[Section]:
    """What anyone may do at any time, and when it gets to be too much."""
    several = sum(seat.most for seat in plan.protocol.seats) > 1
    yield paragraph("any-time", ANY_TIME)
    if several:
        yield paragraph("pausing", PAUSING)
    yield paragraph("too-much", TOO_MUCH)
    yield from help_sections(help_for(plan, locale))


def rating_after(protocol: Protocol) -> Iterator[Section]:
    """The question that is asked afterwards, if it is asked, and what follows from it."""
    if Rating.AFTER in protocol.care.distress:
        words = (
            f"{_RATE} At {THRESHOLDS.after} or more, or {THRESHOLDS.rise} more than before, do not "
            "stay alone with it: turn to “At any time” above."
        )
        yield paragraph("rating", words)


def care_by_leader(plan: Plan, locale: str) -> Iterator[Section]:
    """What someone who leads does: what the program would do, in words."""
    several = sum(seat.most for seat in plan.protocol.seats) > 2
    yield paragraph("any-time", _NO_REASON)
    yield paragraph("too-much", _STAY if several else _STOP)
    grounding = plan.care.get("grounding")
    if grounding is not None:
        yield Section("grounding", tuple(_grounding(grounding)), "Five senses, word for word")
    yield paragraph("then", _THEN)
    yield from help_sections(help_for(plan, locale))


_NO_REASON = """\
Whoever leaves something out, takes a break or stops needs no reason. Do not ask for one, and do not
say who it was."""

_STAY = """\
Sit with that person outside, or let someone do it whom you have asked before. The others go on, or
wait; nobody is told why."""

_STOP = "Stop the exercise for everyone. Nobody is singled out, and nothing has to be finished."

_THEN = f"""\
Afterwards ask in private how strong it is now, from 0 to 10, and whether they feel safe. At
{THRESHOLDS.after} or more, or without a clear yes, they do not go on, and they are not left alone:
help them to reach a person. These numbers are design defaults; nobody has validated them."""


def _grounding(plan: Plan) -> Iterator[Block]:
    paper = paper_for(plan.protocol)
    for step in plan.protocol.steps:
        if isinstance(step, Say):
            yield from blocks(printable(text_on_paper(step.text, paper)))
