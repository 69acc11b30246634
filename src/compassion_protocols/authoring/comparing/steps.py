"""What is different in the steps of two protocols: gone, new, moved, and changed key by key."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.authoring.comparing.changes import Change, Topic, differences
from compassion_protocols.authoring.comparing.telling import said_of_step
from compassion_protocols.compiling.layout import place_of
from compassion_protocols.model.steps import KINDS, Ask, Choose, Include, RepeatUntil, Reveal, Wait
from compassion_protocols.session.matching import Spot, aligned, is_lasting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compassion_protocols.model.steps import AnyStep


@frozen
class Placed:
    """A step, its place as a session knows it, and that of the block that it stands in."""

    place: str
    around: str
    step: AnyStep

    @property
    def kind(self) -> str:
        return next(kind for kind, cls in KINDS.items() if isinstance(self.step, cls))

    @property
    def words(self) -> dict[str, str]:
        return said_of_step(self.step)


def placed(steps: Sequence[AnyStep], around: str = "") -> Iterator[Placed]:
    """The steps with their places, as compiling gives them, and then those inside each."""
    for number, step in enumerate(steps):
        place = place_of(step, around, number)
        yield Placed(place, around, step)
        for inside, inner in _inside(step, place):
            yield from placed(inner, inside)


def _inside(step: AnyStep, place: str) -> Iterator[tuple[str, Sequence[AnyStep]]]:
    if isinstance(step, Choose):
        for number, case in enumerate(step.cases, 1):
            yield f"{place}/case-{number}", case.steps
    elif isinstance(step, Include):
        yield place, step.linked.steps if step.linked else ()
    else:
        yield place, getattr(step, "steps", ())
    if isinstance(step, Choose | RepeatUntil | Wait):
        yield f"{place}/otherwise", step.otherwise


def compare_steps(
    old: Sequence[AnyStep], new: Sequence[AnyStep], mapping: Mapping[str, str]
) -> Iterator[Change]:
    """Every difference between the steps of two whole protocols."""
    before = {one.place: one for one in placed(old)}
    after = {one.place: one for one in placed(new)}
    pairs = _pairs(before, after, mapping)
    found = set(pairs.values())
    gone = [one for place, one in before.items() if place not in pairs]
    come = [one for place, one in after.items() if place not in found]
    for one in _outermost(gone, before):
        yield Change(Topic.STEPS, one.place, "", f"{_named(one)} is gone.", _gist(one), "")
    for one in _outermost(come, after):
        yield Change(Topic.STEPS, one.place, "", f"{_named(one)} is new.", "", _gist(one))
    yield from _new_readers(come)
    yield from _moves(before, after, pairs)
    for place, there in pairs.items():
        yield from _changes(before[place], after[there])


def _pairs(
    before: Mapping[str, Placed], after: Mapping[str, Placed], mapping: Mapping[str, str]
) -> dict[str, str]:
    """The place in the new protocol of each step that is found again."""
    pairs = {one: other for one, other in mapping.items() if one in before and other in after}
    mapped = set(pairs.values())
    for place in before:
        if is_lasting(place) and place in after and place not in mapped:
            pairs.setdefault(place, place)
    taken = {place: place for place in pairs.values()}
    old, new = (
        [_spot(one, sure.get(one.place, "")) for one in side.values()]
        for side, sure in ((before, pairs), (after, taken))
    )
    pairs.update(aligned(old, new))
    return {place: pairs[place] for place in before if place in pairs}


def _spot(one: Placed, sure: str) -> Spot:
    return Spot(one.place, one.kind, tuple(sorted(one.words.items())), sure)


def _new_readers(come: Iterable[Placed]) -> Iterator[Change]:
    """What is written in new steps, and read by others than its writer."""
    for one in come:
        key = "to" if isinstance(one.step, Reveal) else "shared"
        readers = one.words.get(key)
        if readers:
            what = f"What is written in the new step “{one.place}” is read by others."
            yield Change(Topic.READERS, one.place, key, what, "", readers)


def _outermost(steps: list[Placed], side: Mapping[str, Placed]) -> Iterable[Placed]:
    """Those that do not stand inside another of them."""
    places = {one.place for one in steps}
    return [one for one in steps if _around(one, side)[0] not in places]


def _around(one: Placed, side: Mapping[str, Placed]) -> tuple[str, str]:
    """The place of the block that a step stands in, and in which case or `otherwise` of it."""
    if not one.around or one.around in side:
        return one.around, ""
    block, _, way = one.around.rpartition("/")
    return block, way


def _moves(
    before: Mapping[str, Placed], after: Mapping[str, Placed], pairs: Mapping[str, str]
) -> Iterator[Change]:
    """Steps that stand in another block, or in another order among those that stayed."""
    rows: dict[tuple[str, str], list[str]] = {}
    for place, there in pairs.items():
        old, new = _around(before[place], before), _around(after[there], after)
        if (pairs.get(old[0], old[0]), old[1]) != new:
            what = f"{_named(after[there])} stands in another block."
            yield Change(Topic.STEPS, there, "", what, before[place].around, after[there].around)
        else:
            rows.setdefault(new, []).append(there)
    order = {place: number for number, place in enumerate(after)}
    for row in rows.values():
        stayed = set(_longest_rise(row, order))
        for place in row:
            if place not in stayed:
                what = f"{_named(after[place])} comes at another point."
                yield Change(Topic.STEPS, place, "", what)


def _longest_rise(row: Sequence[str], order: Mapping[str, int]) -> Iterator[str]:
    """The most places of a row that stand in this order: all others have moved."""
    ends: list[int] = []  # of each length, where the rise that ends soonest ends
    rises: list[_Rise] = []
    for place in row:
        length = bisect_left(ends, order[place])
        ends[length : length + 1] = [order[place]]
        rises[length : length + 1] = [_Rise(place, rises[length - 1] if length else None)]
    rise = rises[-1] if rises else None
    while rise is not None:
        yield rise.place
        rise = rise.before


@frozen
class _Rise:
    place: str
    before: _Rise | None


def _named(one: Placed) -> str:
    return f"The `{one.kind}` step “{one.place}”"


def _gist(one: Placed) -> str:
    return one.words.get(one.kind, "")


def _changes(old: Placed, new: Placed) -> Iterator[Change]:
    if old.kind != new.kind:
        what = f"The `{old.kind}` step “{new.place}” is a `{new.kind}` step now."
        yield Change(Topic.STEPS, new.place, "", what, _gist(old), _gist(new))
    before, after = old.words, new.words
    if isinstance(old.step, Include) and isinstance(new.step, Include):
        for side, step in ((before, old.step), (after, new.step)):
            side["version"] = step.linked.version if step.linked else ""
    if isinstance(new.step, Ask):
        for side in (before, after):
            side["shared"] = side.get("shared") or "its writer alone"
    for key, one, other in differences(before, after):
        topic = Topic.WORDS if key == new.kind and key in _TEXTS else _TOPICS.get(key, Topic.WORDS)
        if old.kind == new.kind or key not in KINDS:
            what = f"“{key}” of “{new.place}” is different."
            yield Change(topic, new.place, key, what, one, other)


_TEXTS = ("say", "ask", "speak", "wait", "part", "end")
_TOPICS = {
    **dict.fromkeys(("shared", "to", "reveal", "keep"), Topic.READERS),
    **dict.fromkeys(("who", "turns", "pass"), Topic.PEOPLE),
    **dict.fromkeys(("core", "include", "with", "as", "version"), Topic.STEPS),
    **dict.fromkeys(
        ("when", "choose", "repeat_until", "for_each", "until", "order", "at_most"), Topic.WAY
    ),
    **dict.fromkeys(("for", "at_least", "timer", "resume", "count", "breathe"), Topic.TIMES),
    **dict.fromkeys(("answer", "rules", "example", "counterexamples", "borrow"), Topic.QUESTIONS),
}
"""What a key of a step is about; all others hold words."""
