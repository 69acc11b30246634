"""What becomes of those who remain when a role falls short of its people, at every moment.

A role falls short when fewer of its people are here than it needs: a line drops, a child is called
away, a phone goes dark. Then `if_fewer` decides for everybody else. With `pause` all stands still
until they are back and everyone agrees to go on; with `end` it is over for all. (Whoever stops for
good ends it in either case, in the same words; and during a pause nothing is ended by an absence.)
The other proofs look at groups that are large enough; here it is asked, for each role and each
moment, what its absence does to the others:

- *An end that nobody meant.* With `end` a short absence cannot be made good. That is unkind where
  people are meant to be away from the screen (:meth:`.Lengths.is_elsewhere`), where some have had
  their turn and others wait for theirs, and where nobody is left whom it would spare the waiting.
- *A clock that stands still.* With `pause` no time passes while somebody is away. So a long wait
  that people spend elsewhere would be all before them when they are back, unless its clock runs on
  (`resume: deadline`). One until a time of day always does.
- *A wait in vain.* After its last step a role is needed all the same: whoever goes then, since
  there is nothing more to do for them, stops everyone else.

What was given before an early end is not lost, even where it was to be shown at the end: whoever
may read it finds it in their transcript. So nothing is said of that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.checking.facts import Bound, Meaning, OneOf, Sort, plainly
from compassion_protocols.checking.spans import line
from compassion_protocols.findings import Finding
from compassion_protocols.language.values import Duration
from compassion_protocols.model.care import FACILITATED_TIER
from compassion_protocols.model.choices import IfFewer, Resume
from compassion_protocols.model.names import EVERYONE
from compassion_protocols.model.steps import End, Include, Part, Pass, Turns, Wait

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compassion_protocols.checking.facts import Facts, Place, Scope
    from compassion_protocols.checking.headcount import Headcount
    from compassion_protocols.checking.lengths import Lengths
    from compassion_protocols.model.protocol import Protocol, Role


def check_shortfall(facts: Facts, people: Headcount, lengths: Lengths) -> Iterator[Finding]:
    """Everything that an absence would do to the others, and nobody has meant."""
    for seat in facts.protocol.seats:
        if seat.if_fewer is IfFewer.END:
            yield from _ending(facts, people, lengths, seat)
    if _may_pause(facts.protocol):
        for place, wait in facts.each(Wait):
            if not place.included:
                yield from _standing_still(wait, lengths)
    if facts.appointed:  # else everything is for everyone
        for seat in facts.protocol.seats:
            yield from _waiting_in_vain(facts, seat)


def _may_pause(protocol: Protocol) -> bool:
    """Whether somebody's absence is waited for: that of a facilitator always is."""
    waits = any(seat.if_fewer is IfFewer.PAUSE for seat in protocol.seats)
    return waits or protocol.care.tier >= FACILITATED_TIER


# an end


def _ending(facts: Facts, people: Headcount, lengths: Lengths, seat: Role) -> Iterator[Finding]:
    """The first moment at which an end for all is unkind, if there is one."""
    harm = _alone(facts.protocol, seat)
    for own, place in _each(facts.outline, None):
        if harm:
            break
        there = line(own.step.span, seat.span)
        if lengths.is_elsewhere(place.step):
            harm = (
                f"at the wait on {there} people put the device down, and so "
                "they would end it for one another"
            )
        elif _goes_round(facts, people, place, seat):
            harm = (
                f"someone who is away for a moment would take the turns on {there} from those "
                "who have not had theirs"
            )
    if harm:
        message = f"It ends for everyone as soon as {_short(seat)}: {harm}."
        remedy = "Write `if_fewer: pause`, so that it waits for them and goes on."
        yield Finding("CP838", message, remedy, seat.span)


def _short(seat: Role) -> str:
    name = plainly(seat.name)
    if seat.least == 1:
        return f"nobody of “{name}” is here"
    return f"fewer than {seat.least} of “{name}” are here"


def _alone(protocol: Protocol, seat: Role) -> str:
    """Whether a role that falls short leaves nobody behind, in the words of a finding."""
    if len(protocol.seats) == 1 and seat.least == 1:
        return "nobody is left then whom that would spare a wait, and they cannot come back to it"
    return ""


def _goes_round(facts: Facts, people: Headcount, place: Place, seat: Role) -> bool:
    """Whether somebody may wait for their turn here while this role falls short."""
    step = place.step
    if not isinstance(step, Turns) or step.uneven:
        return False
    taking = [sizes for sizes in people.sizes if people.count(step.role.name, place.scope, sizes)]
    several = any(people.count(step.role.name, place.scope, sizes) > 1 for sizes in taking)
    # Where nobody of them is here, nobody of them is waiting either.
    remain = seat.least > 1 or _roles_of(facts, step.role.name, place.scope) != {seat.name}
    return several and remain


def _each(places: Iterable[Place], include: Place | None) -> Iterator[tuple[Place, Place]]:
    """All places but those that are uneven on purpose, each with the step of this file it is in."""
    for place in places:
        own = include or place
        if not place.step.uneven:
            yield own, place
            inside = include or (place if isinstance(place.step, Include) else None)
            for block in place.blocks:
                yield from _each(block, inside)


# a pause


def _standing_still(step: Wait, lengths: Lengths) -> Iterator[Finding]:
    """A long wait whose clock stops when somebody does not look."""
    runs_on = step.until is not None or step.resume is Resume.DEADLINE
    length = lengths.closing(step)
    if not runs_on and length is not None and lengths.is_elsewhere(step):
        lasts = Duration(int(length.usual))
        message = (
            f"Nobody sits before a screen for {lasts}, and once someone is away this clock stands "
            "still: when they are back, the wait is all before them."
        )
        remedy = "Add `resume: deadline`, so that the time passes wherever they are."
        yield Finding("CP839", message, remedy, step.at("resume", "for", "timer"))


class _Row(NamedTuple):
    """A step that is no mere heading, and the step of this file that it is in."""

    own: Place
    place: Place


def _backwards(places: Sequence[Place], include: Place | None) -> Iterator[_Row]:
    """The steps, the last one first; of what may come again or not at all, only the whole."""
    for place in reversed(places):
        if isinstance(place.step, _HEADINGS):
            inside = include or (place if isinstance(place.step, Include) else None)
            for block in reversed(place.blocks):
                yield from _backwards(block, inside)
        else:
            yield _Row(include or place, place)


_HEADINGS = (Part, Include)


def _waiting_in_vain(facts: Facts, seat: Role) -> Iterator[Finding]:
    """The first step after all that is for a role, if the others then need it all the same."""
    after: _Row | None = None
    for row in _backwards(facts.outline, None):
        moments = list(_moments(row.place))
        if any(_is_for(facts, place, seat) for place in moments):
            break
        after = row if moments else after
    else:
        return  # that a role has nothing to do at all is said elsewhere
    if after is not None:
        stops = "the others cannot go on"
        if seat.if_fewer is not IfFewer.PAUSE:
            stops = "it ends for the others"
        here = after.own.step.at("who")
        message = (
            f"From here on nothing is for “{plainly(seat.name)}” (their last step is on "
            f"{line(row.own.step.span, here)}), and if they leave then, {stops}."
        )
        remedy = "Close with a step for everyone, so that all have a reason to stay."
        yield Finding("CP829", message, remedy, here)


def _moments(place: Place) -> Iterator[Place]:
    """All within that opens for somebody."""
    for inner in place.walk():
        leaf = not inner.blocks and not isinstance(inner.step, Pass | Include)
        if leaf or isinstance(inner.step, Wait):
            yield inner


def _is_for(facts: Facts, place: Place, seat: Role) -> bool:
    """Whether somebody of a role may have a part in a moment, or something to read meanwhile."""
    if isinstance(place.step, End) or place.step.meanwhile is not None:
        return True
    return any(seat.name in _roles_of(facts, name, place.scope) for name in place.who.names)


def _roles_of(facts: Facts, name: str, scope: Scope) -> set[str]:
    """The roles whose people a name may stand for."""
    everybody = {seat.name for seat in facts.protocol.seats}
    match facts.meaning(name, scope):
        case Bound(loop=turns) if isinstance(turns.step, Turns):
            return _roles_of(facts, turns.step.role.name, turns.scope)
        case OneOf(whole=whole):
            return {whole}
        case Meaning(sort=Sort.ROLE) if name != EVERYONE:
            return {name}
        case Meaning(sort=Sort.FACILITATOR):
            return set()
        case _:
            return everybody
