"""Whether each person of a role is offered as much of the floor as every other, whatever happens.

The floor is one person's time to speak while the others listen. What is compared is what a file
*offers*: the time of each `speak` with one speaker, and how often each is the speaker and a
listener of `turns`. Whoever passes, skips or is short has been offered it all the same. Where
several speak with each other nobody can say whose time it is, so that counts for none of them.

The rule is this. What is offered may depend on settings, on what all have gone through alike, and
on the very person's own word in their turn: “Would you like to say more?” is a question that each
is asked. It may not depend on what somebody else says in that turn, on how slow the others were,
or on who happens to have a role when the loop is over: then a whole turn of speaking could fall
away for one person alone, and nobody would have meant it.

Where it is meant, the author says so: a step with `uneven: why` is left out of the sums, with all
that is in it. Groups of every size that the protocol allows are gone through (:mod:`.floor`); what
is found is told of the smallest group in which it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.checking.bounds import group_sizes
from compassion_protocols.checking.facts import plainly
from compassion_protocols.checking.floor import faults_of
from compassion_protocols.checking.judging import CutOff, Decided, Unequal
from compassion_protocols.checking.shares import Held, in_words
from compassion_protocols.checking.spans import line
from compassion_protocols.checking.survey import survey_of
from compassion_protocols.checking.viewing import amounts_of
from compassion_protocols.findings import Finding
from compassion_protocols.model.steps import End, ForEach, RepeatUntil

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compassion_protocols.checking.facts import Facts, Place
    from compassion_protocols.checking.judging import Fault
    from compassion_protocols.checking.survey import Survey
    from compassion_protocols.findings import Span

_ON_PURPOSE = "say on that step why it is so: `uneven: …`."


def check_fairness(facts: Facts) -> Iterator[Finding]:
    """Everything that gives one person of a role less of the floor, and each mark in vain."""
    marked = {place for place in facts.places if place.step.uneven and not place.included}
    groups = [sizes for sizes in group_sizes(facts.protocol) if sum(sizes.values()) > 1]
    if groups:  # whoever is alone shares the floor with nobody
        groups.sort(key=lambda sizes: sum(sizes.values()))
        survey = survey_of(facts, amounts_of(facts))
        if survey.matter or marked:
            yield from _found(survey, groups)
        for sizes in groups if marked else ():
            for fault in faults_of(survey, sizes, heed=False):
                marked -= fault.marks
    yield from map(_in_vain, marked)


def _found(survey: Survey, groups: list[dict[str, int]]) -> Iterator[Finding]:
    """What is found in any group, once each."""
    seen = set()
    for sizes in groups:
        for fault in faults_of(survey, sizes, heed=True):
            known = (type(fault), fault.place)
            if known not in seen and not fault.place.included:
                seen.add(known)
                yield _finding(fault, sum(sizes.values()))


def _finding(fault: Fault, people: int) -> Finding:
    match fault:
        case Unequal():
            return _unequal(fault)
        case Decided(proviso=proviso):
            loops = [loop for loop in proviso.varies if not loop.included]
            within = f"in the loop on {line(_inmost(loops), proviso.span)} " if loops else ""
            message = (
                f"Someone is offered this time to speak {proviso.said}, and {within}somebody else "
                "decides that: one person alone could lose a whole turn."
            )
            remedy = (
                "Let it be up to the person whose time it is, or give it in any case; "
                f"or {_ON_PURPOSE}"
            )
            return Finding("CP821", message, remedy, proviso.span)
        case CutOff():
            return _cut_off(fault, people)


def _inmost(loops: Iterable[Place]) -> Span:
    """Where the one of some loops stands that is inside all the others, and so holds the least."""
    return min(loops, key=lambda loop: len(list(loop.walk()))).step.span


def _unequal(fault: Unequal) -> Finding:
    column, share, least, offset = fault.difference
    if isinstance(column, Held):
        most, other = _holding(column), _holding(column._replace(offset=offset or 0))
        share_out = (
            f"Give everyone a turn with `turns`, or hand “{plainly(column.role)}” with `pass`"
        )
    else:
        most, other = "someone, nobody knows who,", "another"
        share_out = "Give everyone a turn with `turns`"
    message = (
        f"Among {fault.people} people the floor is not shared alike: "
        f"{most} is offered {in_words(share.amount)}, and {other} {in_words(least)}."
    )
    span = fault.place.step.at("for", "who", "uneven")
    return Finding("CP820", message, f"{share_out}; or {_ON_PURPOSE}", span)


def _holding(column: Held) -> str:
    """Whoever has a role so many hand-overs after the first, or after nobody knows whom."""
    match column.offset:
        case 0:
            return f"whoever is “{plainly(column.role)}” {'here' if column.origin else 'first'}"
        case 1:
            return "the next one"
        case later:
            return f"whoever comes {later} later"


def _cut_off(fault: CutOff, people: int) -> Finding:
    among = f"Among {people} people"
    match fault.place.step:
        case End():
            message = f"{among} this `end` can come before all have had as much of the floor."
            remedy = "End after the loop, when all have had their turn"
        case ForEach() | RepeatUntil():
            message = f"{among} this loop can stop before all have had as much of the floor."
            remedy = "Let it go through to its end"
        case _:
            message = (
                f"{among}, when the time of the block around this is over, someone’s time to speak "
                "here falls away, however little of it they have had."
            )
            remedy = "Take the time limit off the block, or this step out of it"
    return Finding("CP822", message, f"{remedy}; or {_ON_PURPOSE}", fault.span)


def _in_vain(place: Place) -> Finding:
    message = "Nothing here is uneven: without this, everyone is offered as much of the floor, too."
    remedy = "Take `uneven` out, so that whatever may become uneven later is found."
    return Finding("CP823", message, remedy, place.step.at("uneven"))
