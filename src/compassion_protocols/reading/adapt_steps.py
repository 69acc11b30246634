"""The steps of a base, as an adaptation changes them and puts others between them.

A step is named by its id. What it works by is locked: a step with ``core: true`` and all inside it
stay as they are, and of the blocks around one only the words may differ, since a guard, a limit or
another loop would decide whether people come to it at all. For the same reason nothing that is
added may end the exercise ahead of a core step. Whoever answers was told who will read it, so that
stays too; and the steps inside a block are changed one by one, so that none is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.findings import nearest
from compassion_protocols.model.adaptation import Addition
from compassion_protocols.model.steps import KINDS
from compassion_protocols.reading.lists import entries, no_map, pairs
from compassion_protocols.reading.marks import MarkedList, MarkedMap, MarkedText, Node
from compassion_protocols.reading.notes import note, said
from compassion_protocols.reading.pieces import shown
from compassion_protocols.reading.scalars import as_flag
from compassion_protocols.reading.shapes import place_of, renamed_key, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_INNER = ("steps", "otherwise", "choose")
"""Keys of a step that hold other steps, or cases with steps."""

_WHOLE = (*_INNER, "include")
_READERS = ("shared", "to", "reveal")
_ITSELF = ("id", "core")
KEPT_OF_STEPS = (*_WHOLE, *_READERS, *_ITSELF)
"""Keys of a step that no change may have."""

_WORDS_AROUND = ("part", "meanwhile", "note")
"""What may be changed of a block that has a core step inside."""

_MOST_GUESSES = 20
"""How often the nearest name is looked for, which takes a while in a long base."""


@frozen
class _Place:
    """Where a step of the base stands, and what is core there."""

    step: MarkedMap
    top: int
    """The number of the outermost step that it is, or is inside of."""
    outermost: bool
    core: bool
    inside_core: bool
    holds_core: bool

    @property
    def kind(self) -> str:
        return next(key for key in self.step if key in KINDS)


class Steps:
    """The steps of a base, and what is to become of them."""

    def __init__(self, base: Node) -> None:
        self._base = base
        self._places: dict[str, _Place] = {}
        self._missed = 0
        self._last_core = -1
        for top, step in enumerate(_maps_in(base)):
            if self._look(step, top, outermost=True):
                self._last_core = top
        self._anew: dict[str, MarkedMap] = {}
        self._put: dict[tuple[str, str], MarkedList] = {}
        self.changed: dict[str, tuple[str, ...]] = {}
        self.added: dict[str, int] = {}

    def _look(
        self, step: MarkedMap, top: int, *, outermost: bool = False, inside_core: bool = False
    ) -> bool:
        """Find the places of a step and of all inside it; whether anything there is core."""
        core = "core" in step and as_flag(step["core"]) is True
        locked = core or inside_core
        inside = [self._look(inner, top, inside_core=locked) for inner in _inside(step)]
        if "id" in step:
            place = _Place(step, top, outermost, core, inside_core, any(inside))
            self._places[str(step["id"])] = place
        return core or any(inside)

    # what is said of them

    def take(self, change: Node | None, add: Node | None) -> None:
        """Take in what an adaptation says; what cannot be is noted."""
        if change is not None:
            example = "change: {welcome: {say: …}}"
            for name, keys in pairs(change, "a map of changes", example):
                self._change(name, keys)
        if add is not None:
            for addition in [add] if isinstance(add, MarkedMap) else entries(add, at_least=1):
                self._add(addition)

    def _found(self, name: MarkedText) -> _Place | None:
        place = self._places.get(name)
        if place is None:
            self._missed += 1
            guess = nearest(name, self._places) if self._missed <= _MOST_GUESSES else ""
            message = f"The base has no step “{shown(name)}”, so this would stand nowhere.{guess}"
            remedy = "Write the id of a step; one without an id stays as it is."
            note("CP327", message, remedy, name)
        return place

    def _change(self, name: MarkedText, keys: Node) -> None:
        place = self._found(name)
        if not isinstance(keys, MarkedMap):
            no_map(keys, "a map of what changes", f"{name}: {{say: …}}")
        elif place is not None:
            anew = MarkedMap(*place_of(keys))
            for key, value in keys.items():
                if self._may_change(place, name, keys.written(key), value):
                    anew.put(keys.written(key), value)
            if anew:
                self._anew[name] = anew
                self.changed[str(name)] = tuple(anew)

    def _may_change(self, place: _Place, name: str, key: MarkedText, value: Node) -> bool:
        """Whether this key of a step may be another; with a note where not."""
        if place.core or place.inside_core:
            message = f"“{name}” is core, or inside of what is: it is what the exercise works by."
            note("CP328", message, "Leave it as it is, and add a step before or after it.", key)
        elif key in _WHOLE and key in place.step:
            message = f"“{key}” would exchange whole steps, and what they hold would be gone."
            remedy = "Change the steps inside by their own ids, and put others between with “add”."
            note("CP332", message, remedy, key)
        elif place.holds_core and key not in _WORDS_AROUND:
            message = f"“{name}” has a core step inside, and “{key}” decides how people come to it."
            note("CP328", message, "Leave it as it is; only its words may differ.", key)
        elif key in KINDS and key != place.kind:
            message = f"“{name}” is a `{place.kind}` step, and cannot become a `{key}` step."
            remedy = "Leave it, and add a step of the other kind before or after it."
            note("CP329", message, remedy, key)
        elif key in _READERS:
            message = f"“{key}” decides who reads what people write, and stays as the base has it."
            remedy = "Take it out; what somebody may show to others can be a `reveal` that you add."
            note("CP326", message, remedy, key)
        elif key in _ITSELF:
            message = f"“{key}” of a step is the base's to say."
            note("CP326", message, "Take it out.", key)
        elif place.step.get(key) == value:
            message = f"This is what “{name}” says in the base already."
            note("CP333", message, "Take it out, so that everyone sees what is different.", key)
        else:
            return True
        return False

    def _add(self, addition: Node) -> None:
        example = "add: {after: welcome, steps: [...]}"
        mended = shape_of(Addition, "an addition", example).mended(addition)
        sides = [side for side in ("after", "before") if side in mended]
        steps = mended["steps"]
        if len(sides) != 1:
            message = f"These steps stand {'in two places' if sides else 'nowhere'}."
            remedy = "Write either “after” or “before”, with the id of a step of the base."
            note("CP334", message, remedy, addition)
            return
        [side], anchor = sides, mended[sides[0]]
        if not isinstance(anchor, MarkedText):
            message = f"{said(anchor)} is no id of a step."
            note("CP334", message, "Write the id of one step of the base.", anchor)
            return
        place = self._found(anchor)
        if place is not None and self._may_stand(place, side, anchor, steps):
            put = self._put.setdefault((side, str(anchor)), MarkedList(*place_of(steps)))
            put.extend(entries(steps, at_least=1))
            self.added[f"{side} {anchor}"] = len(put)

    def _may_stand(self, place: _Place, side: str, anchor: MarkedText, steps: Node) -> bool:
        """Whether these steps may stand there; with a note where not."""
        if place.inside_core:
            message = f"“{anchor}” is inside of a core step, which stays as it is."
            note("CP328", message, "Add the steps before or after the core step.", anchor)
            return False
        behind = place.top > self._last_core or (
            place.top == self._last_core and place.outermost and side == "after"
        )
        ends = [] if behind else list(_ends_in(_maps_in(steps)))
        for end in ends:
            message = "This could end the exercise ahead of a core step, which it works by."
            remedy = (
                "Put the `end` behind the last core step; people can always stop by themselves."
            )
            note("CP335", message, remedy, end)
        return not ends

    # what becomes of them

    def merged(self) -> Node:
        """All steps, as they will be."""
        return self._list(self._base)

    def _list(self, steps: Node) -> MarkedList:
        laid = MarkedList(*place_of(steps))
        for step in _maps_in(steps):
            name = str(step.get("id", ""))
            laid.extend(self._put.get(("before", name), ()))
            laid.append(self._step(step, name))
            laid.extend(self._put.get(("after", name), ()))
        return laid

    def _step(self, step: MarkedMap, name: str) -> MarkedMap:
        """A step, or a case of a `choose`."""
        laid = renamed_key(step, "", "")
        anew = self._anew.get(name) or MarkedMap()
        for key, value in anew.items():
            laid.put(anew.written(key), value)
        for key in _INNER:
            if key in step:
                laid.put(step.written(key), self._list(step[key]))
        return laid


def _maps_in(steps: Node) -> list[MarkedMap]:
    listed = steps if isinstance(steps, MarkedList) else []
    return [each for each in listed if isinstance(each, MarkedMap)]


def _inside(step: MarkedMap) -> Iterator[MarkedMap]:
    """The steps directly inside a step, and the cases of a `choose`."""
    for key in _INNER:
        if key in step:
            yield from _maps_in(step[key])


def _ends_in(steps: Iterable[MarkedMap]) -> Iterator[MarkedText]:
    """Where the `end` steps are written, however deep inside."""
    for step in steps:
        if "end" in step:
            yield step.written("end")
        yield from _ends_in(_inside(step))
