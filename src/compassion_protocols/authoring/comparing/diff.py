"""What is different between two protocols, in the order in which it matters to people.

Two files can be compared line by line, and then a step that has moved looks like two, and a word
more in a text like a privacy that is gone. So the protocols themselves are compared, whole, with
what they include and what they extend: step by step, each found again by its id or, without one, by
what stands there between the others. Who reads what comes first, and care; the words come late, and
the card last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.authoring.comparing.changes import Change, Topic, differences
from compassion_protocols.authoring.comparing.steps import compare_steps
from compassion_protocols.authoring.comparing.telling import parts, said
from compassion_protocols.language.values import from_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compassion_protocols.model.protocol import Protocol, Role


def compare(
    old: Protocol, new: Protocol, mapping: Mapping[str, str] | None = None
) -> tuple[Change, ...]:
    """Every difference between two whole (linked) protocols, most weighty first.

    ``mapping`` leads from places of the old one to places of the new, where ids have changed.
    """
    found = [
        *compare_steps(old.steps, new.steps, mapping or {}),
        *_care(old, new),
        *_people(old, new),
    ]
    found += [*_settings(old, new), *_card(old, new)]
    weight = list(Topic)
    return tuple(sorted(found, key=lambda change: weight.index(change.topic)))


# Parts that are no steps


def _care(old: Protocol, new: Protocol) -> Iterator[Change]:
    for key, before, after in differences(dict(parts(old.care)), dict(parts(new.care))):
        what = f"“{key}” of the care section is different."
        yield Change(Topic.CARE, "care", key, what, before, after)


def _people(old: Protocol, new: Protocol) -> Iterator[Change]:
    names = ("family", "audience")
    before = {key: said(getattr(old, key)) for key in names}
    after = {key: said(getattr(new, key)) for key in names}
    before |= {role.name: _role(role) for role in (*old.seats, *old.roles)}
    after |= {role.name: _role(role) for role in (*new.seats, *new.roles)}
    for key, one, other in differences(before, after):
        what = f"“{key}” is different." if one and other else f"“{key}” {_comes_or_goes(other)}."
        yield Change(Topic.PEOPLE, key, "", what, one, other)


def _role(role: Role) -> str:
    if role.one_of:
        return f"one {role.one_of} at a time" + (
            f", the others: {role.others}" if role.others else ""
        )
    return f"{from_to(role.least, role.most)}; if fewer: {role.if_fewer}"


def _settings(old: Protocol, new: Protocol) -> Iterator[Change]:
    before = {setting.name: setting for setting in old.settings}
    after = {setting.name: setting for setting in new.settings}
    for name in dict.fromkeys((*before, *after)):
        if name not in before or name not in after:
            sides = (said(each[name]) if name in each else "" for each in (before, after))
            what = f"The setting “{name}” {_comes_or_goes(name in after)}."
            yield Change(Topic.SETTINGS, name, "", what, *sides)
            continue
        both = dict(parts(before[name])), dict(parts(after[name]))
        for key, one, other in differences(*both):
            what = f"“{key}” of the setting “{name}” is different."
            yield Change(Topic.SETTINGS, name, key, what, one, other)


def _card(old: Protocol, new: Protocol) -> Iterator[Change]:
    for key, one, other in differences(_headlines(old), _headlines(new)):
        topic = Topic.WORDS if key in ("title", "summary") else Topic.CARD
        yield Change(topic, "", key, f"“{key}” is different.", one, other)


def _comes_or_goes(there: object) -> str:
    return "is new" if there else "is gone"


def _headlines(protocol: Protocol) -> dict[str, str]:
    words = {key: said(getattr(protocol, key)) for key in ("id", "version", "title", "summary")}
    adaptation = protocol.adaptation
    if adaptation is not None:
        words["extends"] = f"{adaptation.base}@{adaptation.base_version}"
        words |= {f"adapted.{key}": value for key, value in parts(adaptation.adapted)}
    return words | dict(parts(protocol.card))
