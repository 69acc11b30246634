"""Whether what may be kept for another time can be told apart there, and is anyone's to keep.

Whose eyes it is for is a matter of privacy (:mod:`.privacy`). Here it is asked whether a host can
do something with it. What was kept long ago is known by the `id` of its question and by the name
that it is kept under, so a question that keeps needs an `id`, and what stands under one name must
be of one kind. What people say in care or in a screening is never kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.checking.bypass import Paths
from compassion_protocols.checking.spans import line
from compassion_protocols.findings import Finding
from compassion_protocols.model.answers import without_labels
from compassion_protocols.model.protocol import Family
from compassion_protocols.model.steps import Ask, Keep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.checking.facts import Facts
    from compassion_protocols.findings import Span


class _Kept(NamedTuple):
    """A question whose answer may be kept, and where that is said in this file."""

    step: Ask
    keep: Keep
    span: Span
    included: bool


def check_keeping(facts: Facts) -> Iterator[Finding]:
    """Everything that is kept in vain, or so that nobody can tell later what it was."""
    kept = list(_all_kept(facts))
    for one in kept:
        yield from _of_nobody(facts, one)
        if not one.step.id and not one.included:
            message = "What is kept here could not be told from other things later: it has no id."
            yield Finding("CP870", message, "Give this question an `id`.", one.span)
    first: dict[str, _Kept] = {}
    for one in kept:
        yield from _otherwise_kept(first.setdefault(one.keep.name, one), one)


def _all_kept(facts: Facts) -> Iterator[_Kept]:
    """What another protocol keeps is pointed at where this one includes it."""
    paths = Paths(facts)
    for place, step in facts.each(Ask):
        if step.keep is not None:
            span = paths.own(place).step.span if place.included else step.keep.span
            yield _Kept(step, step.keep, span, place.included)


def _of_nobody(facts: Facts, kept: _Kept) -> Iterator[Finding]:
    """What is not kept at all, or has an owner that it need not name."""
    protocol, keep = facts.protocol, kept.keep
    if protocol.family is Family.CARE or protocol.care.clears is not None:
        message = "What somebody says in care or in a screening is never kept."
        remedy = "Include one that keeps nothing." if kept.included else "Take “keep” out."
        yield Finding("CP871", message, remedy, kept.span)
    elif kept.included or not keep.is_for_everyone:
        return
    elif sum(seat.most for seat in protocol.seats) == 1:
        message = "One person does this alone, and would be asked twice whether to keep it."
        yield Finding("CP873", message, "Leave “owner” out: it is theirs then.", keep.span)


def _otherwise_kept(before: _Kept, after: _Kept) -> Iterator[Finding]:
    """Two questions whose answers are kept under one name, and differ."""
    kinds = [without_labels(one.step.answer) for one in (before, after)]
    differs = [
        what
        for what, was, now in (
            ("kind of answer", *kinds),
            ("`owner`", before.keep.owner, after.keep.owner),
            ("`how`", before.keep.how, after.keep.how),
        )
        if was != now
    ]
    # Two that are included were written elsewhere, and nobody can give them other names here.
    if differs and not (before.included and after.included):
        message = (
            f"“{after.keep.name}” is kept on {line(before.span, after.span)} already, with another "
            f"{differs[0]}, so that nobody could tell the two apart."
        )
        remedy = "Give one of them a name of its own in `as`, or make them alike."
        yield Finding("CP872", message, remedy, after.span)
