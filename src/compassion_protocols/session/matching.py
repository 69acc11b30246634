"""What of one plan is what of another: its places, its answers, its blocks.

A place with an id is the place of that id. Many steps have none, and are known by their number
among their neighbours: put a step before them and every number is another. Such a place is found
again by what stands there, in order, between the places that are sure. Where that leaves a doubt it
is not found, and whoever moves a session says in a mapping what is meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from attrs import frozen

from compassion_protocols.errors import MigrationRefused
from compassion_protocols.findings import nearest
from compassion_protocols.model.plan import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compassion_protocols.model.plan import Finish, Plan

    Resting = Moment | Finish

_LASTING = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*|/end|care/[a-z]+")
_AFTER = "/care/after"
"""The last rating of distress, before an ending: it stands at the place of that."""


def is_lasting(place: str) -> bool:
    """Whether a place is named by ids alone, so that it is the same in every version."""
    return _LASTING.fullmatch(place.removesuffix(_AFTER)) is not None


@frozen
class Matching:
    """For what there is in the old plan, what it is in the new one; places by name, else numbers.

    What is matched stands at the same place of the course. Whether it still means the same is
    another question (:mod:`.verdicts`).
    """

    old: Plan
    new: Plan
    places: Mapping[str, str]
    slots: Mapping[int, int]
    blocks: Mapping[int, int]


def matched(old: Plan, new: Plan, mapping: Mapping[str, str]) -> Matching:
    """Find everything again. MigrationRefused if ``mapping`` names a place that is not there."""
    _check_mapping(old, new, mapping)
    places = _places(old, new, mapping)
    slots = {}
    for slot in old.slots:
        name = slot.name if slot.care else places.get(slot.name, "")
        if name in new.slots_by_name:
            slots[slot.number] = new.slots_by_name[name].number
    return Matching(old, new, places, slots, _blocks(old, new, mapping, places))


def _check_mapping(old: Plan, new: Plan, mapping: Mapping[str, str]) -> None:
    for before, after in mapping.items():
        for place, plan in ((before, old), (after, new)):
            known = (*plan.moments, *plan.blocks_by_place)
            if place not in known:
                name = f"{plan.protocol.id} {plan.protocol.version}"
                message = f"The mapping names “{place}”, and {name} has no such place."
                raise MigrationRefused(f"{message}{nearest(place, known)}")
        if (before in old.moments) is not (after in new.moments):
            raise MigrationRefused(f"Of “{before}” and “{after}” one is a block.")
    if len(set(mapping.values())) < len(mapping):
        raise MigrationRefused("The mapping leads two places to one.")


def _places(old: Plan, new: Plan, mapping: Mapping[str, str]) -> dict[str, str]:
    """The place in the new plan of every moment and ending that is found again."""
    places = {before: after for before, after in mapping.items() if before in old.moments}
    mapped = set(places.values())
    for place in old.moments:
        if is_lasting(place) and place in new.moments and place not in mapped:
            places.setdefault(place, place)
    taken = set(places.values())
    before = [(place, places.get(place)) for place in old.moments]
    after = [(place, place if place in taken else None) for place in new.moments]
    places.update(_by_neighbours(old, before, new, after))
    return places


_Sure = list[tuple[str, str | None]]
"""Places in order, each with the place in the new plan that it surely is, if it is known."""


def _by_neighbours(old: Plan, before: _Sure, new: Plan, after: _Sure) -> Iterator[tuple[str, str]]:
    """The places without an id, matched between those that are sure."""
    from difflib import SequenceMatcher  # slow to import, and wanted only here

    signs = [_sign(old, *one, "old") for one in before], [_sign(new, *one, "new") for one in after]
    for tag, i, j, k, m in SequenceMatcher(None, *signs, autojunk=False).get_opcodes():
        theirs = [place for place, sure in before[i:j] if sure is None and not is_lasting(place)]
        ours = [place for place, sure in after[k:m] if sure is None and not is_lasting(place)]
        alike = [_kind(old, a) == _kind(new, b) for a, b in zip(theirs, ours, strict=False)]
        if len(theirs) == len(ours) and tag in ("equal", "replace") and all(alike):
            yield from zip(theirs, ours, strict=True)


def _sign(plan: Plan, place: str, sure: str | None, side: str) -> tuple[object, ...]:
    """What a place is recognised by."""
    if sure is not None:
        return ("sure", sure)
    if is_lasting(place):
        return (side, place)  # an id that the other plan does not have
    op = resting(plan, place)
    return ("like", _kind(plan, place), op.text and op.text.source, len(op.scope.blocks))


def _kind(plan: Plan, place: str) -> str:
    op = resting(plan, place)
    return op.kind if isinstance(op, Moment) else "end"


def resting(plan: Plan, place: str) -> Resting:
    """The moment or the ending at a place."""
    return cast("Resting", plan.ops[plan.moments[place]])


def _blocks(
    old: Plan, new: Plan, mapping: Mapping[str, str], places: Mapping[str, str]
) -> dict[int, int]:
    """Blocks by their ids, else by the moments inside them; without any, by their places."""
    blocks: dict[int, int] = {}
    taken: set[int] = set()
    for mine, yours in (*_by_ids(old, new, mapping), *_by_moments(old, new, places)):
        if mine not in blocks and yours not in taken:
            blocks[mine] = yours
            taken.add(yours)
    for block in old.blocks:
        there = new.blocks_by_place.get(block.place)
        if there is not None and block.number not in blocks and there.number not in taken:
            blocks[block.number] = there.number
    return blocks


def _by_ids(old: Plan, new: Plan, mapping: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    for block in old.blocks:
        there = new.blocks_by_place.get(mapping.get(block.place, block.place))
        if there is not None and (block.place in mapping or is_lasting(block.place)):
            yield block.number, there.number


def _by_moments(old: Plan, new: Plan, places: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    for before, after in places.items():
        around, inside = resting(old, before).scope.blocks, resting(new, after).scope.blocks
        if len(around) == len(inside):
            yield from zip(around, inside, strict=True)
