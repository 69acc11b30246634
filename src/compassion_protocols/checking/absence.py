"""Whether every step has its people, in each size of group that the protocol allows.

Whoever leaves, the runner waits for nobody who is gone: a step for nobody is passed over, and so is
one whose text names nobody. That is kind where it is meant. Where it is not, the people who remain
miss something that was written for them, and are never told. So it is proved here, for every size
that may remain, that each step has somebody to act in it, to speak of, and to read what is shared.
A loop whose answers are missing is left, since unknown leaves it; so nothing waits there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.checking.facts import Manner, Sort, plainly
from compassion_protocols.checking.spans import span_of
from compassion_protocols.checking.ways import Ways
from compassion_protocols.findings import Finding
from compassion_protocols.language.template import Template
from compassion_protocols.model.answers import OnePerson
from compassion_protocols.model.care import ADVISED_TIER
from compassion_protocols.model.names import EVERYONE, FACILITATOR
from compassion_protocols.model.steps import Ask, Pass, Reveal, Turns, Wait

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.checking.facts import Facts, Passage, Place
    from compassion_protocols.checking.headcount import Headcount, Sizes
    from compassion_protocols.model.names import People, Ref

_PERHAPS_NOBODY = (Sort.LISTENER, Sort.OTHERS)


def check_absence(facts: Facts, people: Headcount) -> Iterator[Finding]:
    """Every step that some people miss without being told, because of who is not there."""
    perhaps_nobody = people.perhaps_nobody
    for passage in facts.passages:
        if not perhaps_nobody.isdisjoint(passage.text.reads):
            yield from _named(facts, people, passage)
    for place in facts.appointed:
        if not place.included:
            yield from _acting(facts, people, place, place.who)
    for place, ask in facts.each(Ask):
        if type(ask.answer) is OnePerson and not place.included:
            yield from _choosing(people, place, ask.answer.role)
        if ask.shared is not None and not place.included:
            yield from _reading(facts, people, place, ask.shared)
    for place, reveal in facts.each(Reveal):
        if not place.included:
            yield from _reading(facts, people, place, reveal.to)
    for place, wait in facts.each(Wait):
        if wait.until is not None and not wait.otherwise and not place.included:
            yield _waiting(facts, place, wait.until)
    yield from _idle_roles(facts)


# whom a text speaks of


def _named(facts: Facts, people: Headcount, passage: Passage) -> Iterator[Finding]:
    """A text that needs the name of somebody who may not be there."""
    text, place = passage.text, passage.place
    if not isinstance(text, Template) or place is None or place.included:
        return
    if passage.manner not in (Manner.SHOWN, Manner.CLOSING):
        return
    for name in sorted(text.required & people.perhaps_nobody):
        sizes = _missing(people, name, place)
        if sizes is not None:
            why = people.why(name, passage.scope, sizes)
            missed = "nobody sees this" if passage.manner is Manner.CLOSING else "this is left out"
            message = f"{why} there is no “{name}”, and {missed}."
            remedy = f"Put the name into {{% if {name} is given %}}, or leave it out."
            line = next(use.line for use in text.uses if use.name == name)
            yield Finding("CP831", message, remedy, span_of(text, name, line))


def _missing(people: Headcount, name: str, place: Place) -> Sizes | None:
    """A size in which somebody acts at a place, and nobody has this name."""
    sizes = people.lacking((name,), place, place.scope)
    return sizes if sizes is not None and _somebody_acts(people, place, sizes) else None


def _somebody_acts(people: Headcount, place: Place, sizes: Sizes) -> bool:
    return any(people.count(who, place.scope, sizes) for who in place.who.names)


# who acts, chooses, reads


def _acting(facts: Facts, people: Headcount, place: Place, who: People) -> Iterator[Finding]:
    """A step that is for nobody. One for a facilitator is a matter of care."""
    if not _perhaps_nobody(facts, who, place):
        return
    sizes = people.lacking(who.names, place, place.scope)
    if sizes is not None:
        name = who.names[0]
        message = f"{people.why(name, place.scope, sizes)} there is no “{name}” to do this."
        remedy = f"If it is to be left out then, say so: when: {name} is given."
        yield Finding("CP832", message, remedy, who.span)


def _perhaps_nobody(facts: Facts, who: People, place: Place) -> bool:
    meanings = [facts.meaning(name, place.scope) for name in who.names]
    return all(one is not None and one.sort in _PERHAPS_NOBODY for one in meanings)


def _choosing(people: Headcount, place: Place, role: Ref) -> Iterator[Finding]:
    """A question that asks to choose one of nobody."""
    sizes = _missing(people, role.name, place)
    if sizes is not None:
        why = people.why(role.name, place.scope, sizes)
        message = f"{why} there is nobody to choose, and this question is left out."
        remedy = f"If it is meant, say so: when: {role.name} is given."
        yield Finding("CP831", message, remedy, role.span)


def _reading(facts: Facts, people: Headcount, place: Place, to: People) -> Iterator[Finding]:
    """Something that is shared with nobody."""
    if FACILITATOR in to.names and facts.protocol.care.tier >= ADVISED_TIER:
        return
    sizes = people.lacking(to.names, place, place.scope)
    if sizes is not None and _somebody_acts(people, place, sizes):
        message = f"{people.why(to.names[0], place.scope, sizes)} nobody reads what is given here."
        remedy = "Share it with someone who is there, or do not ask for it to be read."
        yield Finding("CP835", message, remedy, to.span)


def _waiting(facts: Facts, place: Place, until: Ref) -> Finding:
    """A wait for a time that nobody may have named."""
    name = plainly(until.name)
    answer = facts.answers.get(until.name)
    skipped = "When it is skipped"
    if answer is not None:
        skipped = Ways(facts).seen_from(until.span).skipped(answer, place.scope)
    message = f"{skipped}, there is no “{name}”: what comes after the wait is shown at once."
    return Finding("CP836", message, "Add `otherwise` with a word on when to go on.", until.span)


# roles


def _idle_roles(facts: Facts) -> Iterator[Finding]:
    """A role whose people do nothing here: the others would wait for them all the same."""
    named: set[str] | None = None
    for role in facts.protocol.roles:
        if role.one_of:
            continue
        if named is None:
            named = set(_all_named(facts))
        own = {other.name for other in facts.protocol.roles if other.one_of == role.name}
        own |= {other.others for other in facts.protocol.roles if other.one_of == role.name}
        if not named & {role.name, EVERYONE, *own}:
            message = f"Nothing here is for “{role.name}”, and without them nobody goes on."
            remedy = "Give them a step, or take the role out."
            yield Finding("CP834", message, remedy, role.span)


def _all_named(facts: Facts) -> Iterator[str]:
    """Everybody who acts at some step, and every name that is read somewhere."""
    for place in facts.places:
        step = place.step
        if isinstance(step, Turns):
            yield step.role.name
        elif not place.blocks and not isinstance(step, Pass):
            yield from place.who.names
    for passage in facts.passages:
        yield from passage.text.reads
    for ref in facts.references:
        yield ref.name
