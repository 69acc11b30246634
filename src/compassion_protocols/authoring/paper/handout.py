"""A protocol as a printed page: one for those who take part, one for whoever leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from compassion_protocols.authoring.paper.care import (
    ANY_TIME,
    care_by_leader,
    care_for_all,
    paragraph,
    rating_after,
    rating_before,
)
from compassion_protocols.authoring.paper.leaflet import Chapter, Leaflet, Reader
from compassion_protocols.authoring.paper.steps import entries_of
from compassion_protocols.checking.bounds import bounds
from compassion_protocols.language.values import counted, from_to, listed, shown
from compassion_protocols.model.answers import Form, ListOf, LongText, Text
from compassion_protocols.model.settings import DurationSetting, NumberSetting
from compassion_protocols.model.steps import Ask, ForEach, RepeatUntil, Turns, blocks_of
from compassion_protocols.render.page import Section, list_of, literal_section
from compassion_protocols.render.page import prose_section as prose
from compassion_protocols.render.wording import source_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compassion_protocols.model.adaptation import Adaptation
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.model.protocol import Protocol
    from compassion_protocols.model.settings import AnySetting
    from compassion_protocols.model.steps import AnyStep

SEVERAL_TIMES = "Some paper, since some questions come more than once"

NO_SCREENING = (
    "A screening is answered alone, on a device of one’s own, and nothing of it is kept. "
    "On paper somebody could find it, so there is no page of it."
)


def handout(plan: Plan, reader: Reader, *, locale: str = "en") -> Leaflet:
    """The page for a reader. ``locale`` decides whose ways to reach help stand on it.

    ValueError for a screening: what is answered there must not lie about on paper.
    """
    protocol = plan.protocol
    if protocol.care.clears is not None:
        raise ValueError(NO_SCREENING)
    chapters = _for_leader if reader is Reader.FACILITATOR else _for_participant
    found = [chapter for chapter in chapters(plan, locale) if chapter.sections or chapter.entries]
    return Leaflet(
        title=protocol.title,
        summary=protocol.summary,
        reader=reader,
        about=_about(protocol),
        chapters=tuple(found),
    )


def _for_participant(plan: Plan, locale: str) -> Iterator[Chapter]:
    protocol = plan.protocol
    yield Chapter("why", "Why", (prose("text", protocol.card.why),))
    yield Chapter("not-for", "When this is not for you", tuple(_not_for(protocol)))
    yield Chapter("before", "Before you start", tuple(_before(protocol)))
    yield Chapter("care", "At any time", tuple(care_for_all(plan, locale)))
    yield Chapter("steps", "Step by step", (), entries_of(protocol, Reader.PARTICIPANT))
    yield Chapter("after", "Afterwards", tuple(rating_after(protocol)))
    yield Chapter("sources", "Where this comes from", tuple(_sources(protocol)))


def _for_leader(plan: Plan, locale: str) -> Iterator[Chapter]:
    protocol = plan.protocol
    yield Chapter("why", "Why", (prose("text", protocol.card.why),))
    yield Chapter("frame", "What you need to know", tuple(_frame(plan)))
    yield Chapter("not-for", "When this is not the right thing", tuple(_not_for(protocol)))
    told = (*_before(protocol), paragraph("any-time", ANY_TIME))
    yield Chapter("before", "What people hear before they start", told)
    yield Chapter("steps", "Step by step", (), entries_of(protocol, Reader.FACILITATOR))
    yield Chapter(
        "care", "If it gets to be too much for someone", tuple(care_by_leader(plan, locale))
    )
    yield Chapter("fidelity", "How you can tell that it was done", tuple(_fidelity(protocol)))
    yield Chapter("sources", "Where this comes from", tuple(_sources(protocol)))


def _about(protocol: Protocol) -> str:
    """For how many people, how long and how often, in one line."""
    least = sum(seat.least for seat in protocol.seats)
    most = sum(seat.most for seat in protocol.seats)
    people = from_to(least, most)
    dose = protocol.card.dose
    parts = (
        "For one person" if most == 1 else f"For {people} people",
        f"about {counted(dose.minutes, 'minute')}",
        dose.frequency.rstrip("."),
    )
    return " · ".join(part for part in parts if part)


# Before


def _not_for(protocol: Protocol) -> Iterator[Section]:
    if protocol.care.not_for:
        yield Section("list", list_of(protocol.care.not_for))


def _before(protocol: Protocol) -> Iterator[Section]:
    care, card = protocol.care, protocol.card
    if care.screen:
        yield paragraph("screen", _SCREENED)
    if care.before_you_start:
        yield Section("list", list_of(care.before_you_start))
    ready = [*card.materials, *([SEVERAL_TIMES] if _writes_again(protocol.steps) else [])]
    if ready:
        yield Section("list", list_of(ready), "Have ready")
    around = [text for text in (card.setting, card.delivery) if text]
    if around:
        yield Section("list", list_of(around), "Where and how")
    yield from rating_before(protocol)


_SCREENED = """\
First each person answers a few questions alone, on a device of their own, where nobody can look
over a shoulder. This page is for you when that has been done."""

_WRITTEN = (Text, LongText, ListOf, Form)


def _writes_again(steps: Iterable[AnyStep], again: bool = False) -> bool:
    """Whether something is written in a loop."""
    return any(
        (again and isinstance(step, Ask) and isinstance(step.answer, _WRITTEN))
        or any(
            _writes_again(block, again or isinstance(step, Turns | ForEach | RepeatUntil))
            for block in blocks_of(step)
        )
        for step in steps
    )


# For whoever leads


def _frame(plan: Plan) -> Iterator[Section]:
    protocol = plan.protocol
    yield paragraph("tier", _TIERS[protocol.care.tier])
    if protocol.card.training:
        yield literal_section("training", protocol.card.training, "What you bring")
    roles = [_role(protocol, role.name) for role in protocol.roles]
    if roles:
        yield Section("list", list_of(roles), "Who takes part")
    settings = [f"{setting.label}: {shown(setting.default)}" for setting in protocol.settings]
    if settings:
        yield Section("list", list_of(settings), "What is set, and may be changed")
    yield Section("list", list_of(_length(protocol)), "How long it takes")


_TIERS = (
    "It stirs up little.",
    "It is gentle. Let everyone go at their own speed.",
    "It goes deeper. That someone steady leads it is a good idea.",
    "It is not for anyone to do alone: you lead it, and you look after everyone.",
)


def _role(protocol: Protocol, name: str) -> str:
    role = next(role for role in protocol.roles if role.name == name)
    called = name.replace("_", " ")
    if role.one_of:
        return f"{called}: one {role.one_of.replace('_', ' ')} at a time"
    return f"{called}: {from_to(role.least, role.most)}"


def _length(protocol: Protocol) -> Iterator[str]:
    """How many steps, and how much of it is timed, with settings as they are."""
    every = bounds(evolve(protocol, settings=tuple(map(_as_it_is, protocol.settings))))
    for one in dict.fromkeys((every[0], every[-1])):
        people = sum(count for _, count in one.people)
        steps = from_to(one.moments.least, one.moments.most)
        yield f"With {people}: {steps} steps{_timed(one.together.most / 60, protocol)}"


def _timed(minutes: float, protocol: Protocol) -> str:
    """The timed part, where a sitting could bear it: a long list could be set, and gone through."""
    if not 1 <= minutes <= 3 * protocol.card.dose.minutes:
        return ""
    return f", of which up to {counted(round(minutes), 'minute')} are timed"


def _as_it_is(setting: AnySetting) -> AnySetting:
    """A setting that stays at its default."""
    match setting:
        case NumberSetting():
            return evolve(setting, least=setting.default, most=setting.default)
        case DurationSetting():
            return evolve(setting, least=setting.default, most=setting.default)
        case _:
            return setting


def _fidelity(protocol: Protocol) -> Iterator[Section]:
    if protocol.card.fidelity:
        yield Section("list", list_of(protocol.card.fidelity))


# Where it comes from


def _sources(protocol: Protocol) -> Iterator[Section]:
    card = protocol.card
    yield Section("list", list_of(map(source_in_words, card.sources)))
    if protocol.adaptation is not None:
        yield paragraph("adapted", _adapted(protocol.adaptation))
    people = listed(card.authors)
    written = (f"{protocol.id} {protocol.version}", people, card.licence, f"status: {card.status}")
    yield paragraph("imprint", " · ".join(part for part in written if part))


def _adapted(adaptation: Adaptation) -> str:
    record = adaptation.adapted
    base = f"{adaptation.base} {adaptation.base_version}"
    return f"Adapted from {base} by {listed(record.by)}, on {record.on}: {record.why}"
