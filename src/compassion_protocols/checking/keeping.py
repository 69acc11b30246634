"""Whether what may be kept for another time can be told apart there, and is anyone's to keep.

Whose eyes it is for is a matter of privacy (:mod:`.privacy`). Here it is asked whether a host can
do something with it. What was kept long ago is known by the `id` of its question and by the name
that it is kept under, so a question that keeps needs an `id`, and what stands under one name must
be of one kind. What people say in care or in a screening is never kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.findings import Finding
from compassion_protocols.model.answers import without_labels
from compassion_protocols.model.protocol import Family
from compassion_protocols.model.steps import Ask, Keep, Owner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.checking.facts import Facts


def check_keeping(facts: Facts) -> Iterator[Finding]:
    """Everything that is kept in vain, or so that nobody can tell later what it was."""
    kept = [
        (place.step, place.step.keep)
        for place in facts.places
        if not place.included and isinstance(place.step, Ask) and place.step.keep is not None
    ]
    for step, keep in kept:
        yield from _of_nobody(facts, keep)
        if not step.id:
            message = "What is kept here could not be told from other things later: it has no id."
            yield Finding("CP870", message, "Give this question an `id`.", keep.span)
    first: dict[str, tuple[Ask, Keep]] = {}
    for step, keep in kept:
        yield from _otherwise_kept(*first.setdefault(keep.name, (step, keep)), step, keep)


def _of_nobody(facts: Facts, keep: Keep) -> Iterator[Finding]:
    """What is not kept at all, or has an owner that it need not name."""
    protocol = facts.protocol
    if protocol.family is Family.CARE or protocol.care.clears is not None:
        message = "What somebody says in care or in a screening is never kept."
        yield Finding("CP871", message, "Take “keep” out.", keep.span)
    elif keep.owner is Owner.EVERYONE and sum(seat.most for seat in protocol.seats) == 1:
        message = "One person does this alone, and would be asked twice whether to keep it."
        yield Finding("CP873", message, "Leave “owner” out: it is theirs then.", keep.span)


def _otherwise_kept(before: Ask, there: Keep, step: Ask, keep: Keep) -> Iterator[Finding]:
    """Two questions whose answers are kept under one name, and differ."""
    differs = [
        what
        for what, one, other in (
            ("kind of answer", without_labels(before.answer), without_labels(step.answer)),
            ("`owner`", there.owner, keep.owner),
            ("`how`", there.how, keep.how),
        )
        if one != other
    ]
    if differs:
        message = (
            f"“{keep.name}” is kept on line {there.span.line} already, with another {differs[0]}, "
            "so that nobody could tell the two apart."
        )
        remedy = "Give one of them a name of its own in `as`, or make them alike."
        yield Finding("CP872", message, remedy, keep.span)
