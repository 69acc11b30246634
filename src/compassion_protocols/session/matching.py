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
    from collections.abc import Iterator, Mapping, Sequence

    from compassion_protocols.model.plan import Finish, Plan

    Resting = Moment | Finish

_LASTING = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*(?:/keep)?|/end|care/[a-z]+")
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
    before = [_spot(old, place, places.get(place, "")) for place in old.moments]
    after = [_spot(new, place, place if place in taken else "") for place in new.moments]
    places.update(aligned(before, after))
    return places


def _spot(plan: Plan, place: str, sure: str) -> Spot:
    op = resting(plan, place)
    kind = op.kind if isinstance(op, Moment) else "end"
    return Spot(place, kind, (op.text and op.text.source, len(op.scope.blocks)), sure)


@frozen
class Spot:
    """A place in a row of places: what stands there, and what it surely is in the new plan."""

    place: str
    kind: str
    words: object
    sure: str = ""

    @property
    def is_open(self) -> bool:
        """Whether only its neighbours can say what it is."""
        return not self.sure and not is_lasting(self.place)

    def sign(self, side: str) -> tuple[object, ...]:
        """What it is recognised by, of this side of the two."""
        if self.sure:
            return ("sure", self.sure)
        if self.is_open:
            return ("like", self.kind, self.words)
        return (side, self.place)  # an id that the other side does not have


def aligned(before: Sequence[Spot], after: Sequence[Spot]) -> Iterator[tuple[str, str]]:
    """The places without an id that are surely the same, found between those that have one."""
    from difflib import SequenceMatcher  # slow to import, and wanted only here

    signs = [spot.sign("old") for spot in before], [spot.sign("new") for spot in after]
    for _, i, j, k, m in SequenceMatcher(None, *signs, autojunk=False).get_opcodes():
        theirs = [spot for spot in before[i:j] if spot.is_open]
        ours = [spot for spot in after[k:m] if spot.is_open]
        if [spot.kind for spot in theirs] == [spot.kind for spot in ours]:
            yield from ((a.place, b.place) for a, b in zip(theirs, ours, strict=True))


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
