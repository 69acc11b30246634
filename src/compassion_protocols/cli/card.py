"""``show``: what someone reads before choosing an exercise."""

from __future__ import annotations

import json
import sys
from math import isfinite
from typing import TYPE_CHECKING

from attrs import asdict

from compassion_protocols import (
    bounds,
    completeness,
    counted,
    from_to,
    listed,
    load,
    reading_grade,
    source_in_words,
)
from compassion_protocols.cli.console import Console
from compassion_protocols.cli.opening import as_list

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from compassion_protocols import Adaptation, Plan, Protocol, SizeBounds

CARD_VERSION = 1

TIERS = (
    "Light; for anyone on an ordinary day.",
    "Gentle; go at your own speed.",
    "Goes deeper; someone steady who leads you is a good idea.",
    "Needs someone who leads it, and does not start without them.",
)


def show(arguments: Namespace) -> int:
    """Print one exercise's card."""
    plan = load(arguments.protocol)
    if arguments.json:
        print(json.dumps(_as_data(plan), indent=2))
        return 0
    console = Console(sys.stdout)
    parts = [f"**{plan.protocol.title}**\n{plan.protocol.summary}", *_card(plan)]
    for part in parts:
        console.say()
        console.tell(part)
    return 0


def _card(plan: Plan) -> Iterator[str]:
    protocol = plan.protocol
    card, care = protocol.card, protocol.care
    yield f"{protocol.id} {protocol.version} · {protocol.family} · {' · '.join(protocol.audience)}"
    yield card.why
    yield f"**Who**\n{as_list(_people(protocol))}"
    yield f"**How long**\n{as_list(_length(plan))}"
    if protocol.settings:
        yield f"**What you can set** (--set name=value)\n{as_list(_settings(protocol))}"
    yield f"**Care**\n{as_list(_care(protocol))}"
    if care.before_you_start:
        yield f"**Before you start**\n{as_list(care.before_you_start)}"
    if care.not_for:
        yield f"**It is not for**\n{as_list(care.not_for)}"
    around = [*card.materials, *(text for text in (card.setting, card.delivery) if text)]
    if around:
        yield f"**What helps**\n{as_list(around)}"
    if protocol.adaptation is not None:
        yield f"**What was adapted**\n{as_list(_adaptation(protocol.adaptation))}"
    yield f"**Where it comes from**\n{as_list(_sources(protocol))}"
    yield f"**About this description**\n{as_list(_description(protocol))}"


def _people(protocol: Protocol) -> Iterator[str]:
    for seat in protocol.seats:
        yield f"{seat.name}: {from_to(seat.least, seat.most)}"
    for role in protocol.roles:
        if role.one_of:
            yield f"{role.name}: one {role.one_of} at a time"


def _length(plan: Plan) -> Iterator[str]:
    dose = plan.protocol.card.dose
    source = {
        "seed": "from the article it comes from",
        "literature": "from the literature",
        "default": "our own estimate",
    }[dose.source]
    often = f" {dose.frequency}" if dose.frequency else ""
    yield f"About {counted(dose.minutes, 'minute')} ({source}).{often}"
    every = bounds(plan.protocol)
    told = {_steps(one): sum(count for _, count in one.people) for one in reversed(every)}
    several = len(told) == 1 and len(every) > 1
    for steps, people in sorted(told.items(), key=lambda item: item[1])[:: max(1, len(told) - 1)]:
        yield f"{'' if several else f'With {people}: '}{steps}"


def _steps(one: SizeBounds) -> str:
    steps = from_to(one.moments.least, one.moments.most)
    minutes = one.together.most / 60
    timed = f", of which up to {minutes:.0f} minutes are timed" if minutes >= 1 else ""
    return f"{steps} steps{timed}."


def _settings(protocol: Protocol) -> Iterator[str]:
    for setting in protocol.settings:
        default = setting.default
        shown = ", ".join(default) if isinstance(default, tuple) else str(default)
        least, most = getattr(setting, "least", None), getattr(setting, "most", None)
        ends = [f"from {least}" if least is not None else "", f"to {most}" if most else ""]
        between = " ".join(end for end in ends if end)
        options = ", ".join(getattr(setting, "options", ()))
        more = "; ".join(text for text in (between, options) if text)
        yield f"{setting.name}: {setting.label} ({shown}{f'; {more}' if more else ''})"


def _care(protocol: Protocol) -> Iterator[str]:
    care = protocol.care
    yield TIERS[care.tier]
    if care.screen:
        yield f"Each person first goes through {care.screen}, alone, on a device of their own."
    if care.distress:
        yield "Asks how you are, in private, unless you share a screen."


def _sources(protocol: Protocol) -> Iterator[str]:
    card = protocol.card
    yield from map(source_in_words, card.sources)
    yield f"{', '.join(card.authors) or 'Authors not named'}; {card.licence or 'no licence named'}"


def _description(protocol: Protocol) -> Iterator[str]:
    card = protocol.card
    reviewed = f", by {', '.join(card.reviewers)}" if card.reviewers else ""
    reviewed += f", on {card.reviewed_on}" if card.reviewed_on else ""
    yield f"Status: {card.status}{reviewed}"
    if card.practices:
        yield f"Practices: {', '.join(card.practices)}"
    if card.instruments:
        yield f"Instruments: {', '.join(card.instruments)}"
    grade = reading_grade(protocol)
    if grade is not None:
        yield f"Reads like school grade {grade:.0f}"
    unsaid = [item.name for item in completeness(protocol) if not item.said]
    yield f"Of the twelve items of TIDieR it says {_all_but(unsaid)}"


def _all_but(unsaid: list[str]) -> str:
    return f"all but: {', '.join(unsaid)}" if unsaid else "all"


_FIDELITY = {
    "consistent": "It is meant to keep what the exercise works by.",
    "inconsistent": "It gives up some of what the exercise works by.",
    "unknown": "Whether it keeps what the exercise works by, nobody has said.",
}


def _adaptation(adaptation: Adaptation) -> Iterator[str]:
    adapted = adaptation.adapted
    yield f"From {adaptation.base} {adaptation.base_version}"
    yield f"By {listed(adapted.by)}, on {adapted.on}: {adapted.why}"
    yield _FIDELITY[adapted.fidelity]
    for name, keys in adaptation.changed:
        yield f"Changed{f' in {name}' if name else ''}: {listed(keys)}"
    for place, count in adaptation.added:
        yield f"Added {place}: {counted(count, 'step')}"


def _as_data(plan: Plan) -> dict[str, object]:
    protocol = plan.protocol
    return {
        "compassion_card": CARD_VERSION,
        "id": protocol.id,
        "version": protocol.version,
        "title": protocol.title,
        "summary": protocol.summary,
        "family": protocol.family,
        "audience": list(protocol.audience),
        "content": plan.content,
        "adaptation": protocol.adaptation
        and asdict(protocol.adaptation, filter=lambda attribute, _: attribute.name != "span"),
        "card": asdict(protocol.card, filter=lambda attribute, _: attribute.name != "span"),
        "care": {
            "tier": protocol.care.tier,
            "screen": protocol.care.screen,
            "not_for": list(protocol.care.not_for),
            "before_you_start": list(protocol.care.before_you_start),
            "distress": list(protocol.care.distress),
        },
        "roles": [
            {"name": seat.name, "least": seat.least, "most": seat.most} for seat in protocol.seats
        ],
        "settings": [
            {"name": setting.name, "label": setting.label, "default": setting.default}
            for setting in protocol.settings
        ],
        "reading_grade": reading_grade(protocol),
        "tidier": {item.name: item.said for item in completeness(protocol)},
        "sizes": [
            {
                "people": dict(one.people),
                "steps": _range(one.moments.least, one.moments.most),
                "timed_seconds": _range(one.together.least, one.together.most),
            }
            for one in bounds(protocol)
        ],
    }


def _range(least: float, most: float) -> dict[str, float | None]:
    return {"least": least, "most": most if isfinite(most) else None}
