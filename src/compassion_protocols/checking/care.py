"""Whether a protocol asks for the care that its content calls for.

Nothing here judges an exercise; it holds what is written down in the notes on safety. What the
library leans on while a session runs (the pause card, grounding, screening) are protocols too, and
have conventions that are kept here. Where a thing is advisable rather than needed, the finding is
a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.findings import Finding
from compassion_protocols.model.answers import Scale, YesNo
from compassion_protocols.model.care import ADVISED_TIER, FACILITATED_TIER
from compassion_protocols.model.names import (
    FACILITATOR,
    FEELS_SAFE,
    GROUNDING,
    HUMAN_HELP,
    PAUSE_CARD,
    RATING_NOW,
    YOU,
)
from compassion_protocols.model.protocol import Audience, Family
from compassion_protocols.model.steps import Ask, Breathe, Include, Say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compassion_protocols.checking.facts import Facts
    from compassion_protocols.model.protocol import Protocol
    from compassion_protocols.model.steps import AnyStep


def check_care(facts: Facts) -> Iterator[Finding]:
    """Everything about care that does not go together."""
    yield from _included(facts)
    yield from _conventions(facts)
    yield from _facilitator(facts)
    yield from _advice(facts.protocol)
    yield from _held_breaths(facts)


def _included(facts: Facts) -> Iterator[Finding]:
    """A protocol is at least as careful as what it includes."""
    care = facts.protocol.care
    for place, step in facts.each(Include):
        if place.included or step.linked is None:
            continue
        inner = step.linked.care
        if inner.tier > care.tier:
            message = f"“{step.linked.id}” is of tier {inner.tier}, and this of tier {care.tier}."
            yield Finding(
                "CP701", message, f"Write tier: {inner.tier} here too.", step.at("include")
            )
        if inner.screen and not care.screen:
            message = f"“{step.linked.id}” wants screening first, and this asks for none."
            yield Finding(
                "CP702", message, f"Write screen: {inner.screen} here too.", step.at("include")
            )


# What the library leans on


def _conventions(facts: Facts) -> Iterator[Finding]:
    protocol = facts.protocol
    if protocol.family is Family.CARE:
        if protocol.care.distress or protocol.care.screen:
            message = "A care protocol is what distress and screening lead to."
            remedy = "Take “distress” and “screen” out."
            yield Finding("CP704", message, remedy, protocol.care.at("distress", "screen"))
        yield from _leaned_on(protocol)
    if (protocol.family is Family.CARE or protocol.care.clears) and not _for_one(protocol):
        message = "This is gone through by each person alone, and has room for several."
        yield Finding("CP703", message, "Write audience: individual, and no roles.", protocol.span)


def _for_one(protocol: Protocol) -> bool:
    return [(seat.least, seat.most) for seat in protocol.seats] == [(1, 1)]


def _leaned_on(protocol: Protocol) -> Iterator[Finding]:
    """What is not as it must be where the library looks for it."""
    if protocol.id not in _STEPS_WANTED:
        return
    where, wanted, message = _STEPS_WANTED[protocol.id]
    steps = protocol.steps[where]
    wrong = [step.span for step, is_it in zip(steps, wanted, strict=False) if not is_it(step)]
    if wrong or len(steps) < len(wanted):
        at = wrong[0] if wrong else protocol.span
        yield Finding("CP703", message, "The library counts on it.", at)


def _is_card(step: AnyStep) -> bool:
    return isinstance(step, Say) and step.id == "card" and step.when is None


def _is_rating(step: AnyStep) -> bool:
    match step:
        case Ask(id=name, when=None, answer=Scale(ends=(0, 10))):
            return name == RATING_NOW
    return False


def _is_safe(step: AnyStep) -> bool:
    match step:
        case Ask(id=name, when=None, answer=YesNo()):
            return name == FEELS_SAFE
    return False


def _is_always_shown(step: AnyStep) -> bool:
    return isinstance(step, Say) and step.when is None and step.text.required <= {YOU}


_STEPS_WANTED: dict[str, tuple[slice, tuple[Callable[[AnyStep], bool], ...], str]] = {
    PAUSE_CARD: (
        slice(0, 1),
        (_is_card,),
        "The pause card begins with a `say` with the id “card”, and has no `when` there.",
    ),
    GROUNDING: (
        slice(-2, None),
        (_is_rating, _is_safe),
        "Grounding ends with “distress_now”, on a scale [0, 10], and “safe”, a yes_no.",
    ),
    HUMAN_HELP: (
        slice(0, 1),
        (_is_always_shown,),
        "Human help begins with a `say` that is shown to everyone, whatever has been said.",
    ),
}


# What is advisable


def _facilitator(facts: Facts) -> Iterator[Finding]:
    """A facilitator has something to do exactly where there is one."""
    tier = facts.protocol.care.tier
    own = [place for place in facts.appointed if not place.included]
    acting = [place for place in own if place.who.names == _ALONE]
    if tier < ADVISED_TIER:
        for place in acting:
            message = (
                f"Only a facilitator acts here, and a tier {tier} exercise is run without: people "
                "would not have this step."
            )
            remedy = "Give it to everyone, or raise the tier."
            yield Finding("CP705", message, remedy, place.step.at("who"))
    noted = any(not place.included for place in facts.noted)
    if tier >= FACILITATED_TIER and not acting and not noted:
        message = "A facilitator is required, and nothing here is for them."
        remedy = "Add a `note` where they have to look after something."
        yield Finding("CP710", message, remedy, facts.protocol.care.at("tier"))


_ALONE = (FACILITATOR,)


def _advice(protocol: Protocol) -> Iterator[Finding]:
    care = protocol.care
    if protocol.audience == (Audience.COUPLE,) and care.tier >= 1 and not care.screen:
        message = "An exercise for two can do harm where one of them is afraid of the other."
        remedy = "Write screen: couple-safety, so that each is asked alone before."
        yield Finding("CP706", message, remedy, care.at("tier"))
    if care.tier < ADVISED_TIER:
        return
    if not care.rates_before_and_after:
        message = (
            f"At tier {care.tier} distress is asked for before and after, so that nobody is left "
            "alone with it."
        )
        yield Finding(
            "CP708", message, "Write distress: [before, after].", care.at("distress", "tier")
        )
    if not care.not_for:
        message = f"At tier {care.tier} people must hear when this is not for them."
        remedy = "Write not_for with the situations in which to leave it."
        yield Finding("CP709", message, remedy, care.at("not_for", "tier"))


def _held_breaths(facts: Facts) -> Iterator[Finding]:
    for place, step in facts.each(Breathe):
        if step.pattern.hold and not place.included:
            message = "Holding the breath is hard on some people, and nobody here would see it."
            remedy = "Take “hold” out, or let it be a longer way out."
            yield Finding("CP707", message, remedy, step.at("breathe"))
