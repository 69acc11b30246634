"""What names mean while a session runs.

A name in a text or a condition is asked for at a place (its :class:`Scope`) and
for a reader. With a reader, an answer that this person may not read is simply
not there: a text cannot show it, whatever the file says. Without one (for
conditions, loops and bounds) every answer is seen, but for what somebody has left
behind who is gone for good: whoever does their part now could tell from it.

An answer is kept under its slot and the indices of the list-making loops around
its question. Read from inside all of those loops it is one value; from further
out it is the list of all that were given, in the order of the indices.
"""

from __future__ import annotations

from copy import copy
from itertools import count
from typing import TYPE_CHECKING

from compassion_protocols.language.values import (
    NOT_REACHED,
    Contribution,
    Duration,
    Missing,
    Person,
    Reason,
    is_given,
)
from compassion_protocols.model.names import Ref
from compassion_protocols.model.plan import (
    Addressed,
    Binding,
    Moment,
    OfAnswer,
    OfConstant,
    OfFacilitator,
    OfHolder,
    OfItem,
    OfListeners,
    OfOthers,
    OfReader,
    OfRole,
    OfSetting,
    OfSpeaker,
    Scope,
)
from compassion_protocols.session.state import (
    WAITING,
    Frame,
    Mark,
    Presence,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from compassion_protocols.language.values import Lookup, Value
    from compassion_protocols.model.plan import Block, Plan, Seconds, Slot
    from compassion_protocols.session.paged import Key
    from compassion_protocols.session.state import Course, Entry, Setup

_NOBODY = Missing(Reason.ABSENT)


class Scene:
    """One walk through a plan, with the people in it: all that a name may depend on.

    ``cast`` holds the seats that this walk is about: everyone in a session, one
    person in a care lane.
    """

    __slots__ = (
        "answers",
        "at",
        "cast",
        "frames",
        "holders",
        "made",
        "made_of",
        "open",
        "orders",
        "plan",
        "presence",
        "setup",
    )

    def __init__(
        self,
        plan: Plan,
        setup: Setup,
        presence: tuple[Presence, ...],
        course: Course,
        cast: tuple[int, ...],
    ) -> None:
        self.plan = plan
        self.setup = setup
        self.presence = presence
        self.cast = cast
        self.at = course.at
        self.open = course.open
        self.frames = course.frames
        self.answers = course.answers
        self.orders = course.orders
        self.holders = course.holders
        self.made: dict[object, tuple[Contribution, ...]] = {}
        self.made_of = self.answers

    def lookup(self, scope: Scope, reader: int | None = None) -> Lookup:
        """What names mean at ``scope`` for ``reader`` (a seat), or for the runner itself."""
        local, everywhere = scope.names, self.plan.names

        def look(name: str) -> Value | Missing:
            binding = local.get(name) or everywhere.get(name)
            if binding is None:
                return NOT_REACHED
            return _MEANING[type(binding)](self, scope, binding, reader)

        return look

    def seconds(self, scope: Scope, length: Seconds) -> float | None:
        """A length of time in seconds; None if there is none."""
        if isinstance(length, Ref):
            value = self.lookup(scope)(length.name)
            return float(value) if isinstance(value, Duration) else None
        return None if length is None else float(length)

    def number(self, scope: Scope, amount: int | Ref | None) -> int | None:
        """A whole number that may be written as the name of a setting."""
        if isinstance(amount, Ref):
            value = self.lookup(scope)(amount.name)
            return int(value) if isinstance(value, int | float) else None
        return amount

    def seats(self, scope: Scope, people: Addressed, reader: int | None = None) -> tuple[int, ...]:
        """The seats that some people are, once each, without those who have gone."""
        if len(people) == 1:
            return self._seats_of(scope, people[0], reader)
        found = (seat for one in people for seat in self._seats_of(scope, one, reader))
        return tuple(dict.fromkeys(found))

    def indices(self, scope: Scope) -> tuple[int, ...]:
        """Which pass of each list-making loop around a place the session is in."""
        frames = self.frames
        return tuple([frames[depth].index for depth in scope.gathering])

    def key(self, slot: Slot, seat: int) -> Key:
        """Where this person's answer is kept, at the present place."""
        inside = self.indices(slot.scope)
        return (slot.number, seat, *inside) if slot.several else (slot.number, *inside)

    def own_answer(self, slot: Slot, seat: int) -> Value | Missing:
        """What this person answered at the present place."""
        entry = self.answers.get(self.key(slot, seat))
        return entry.value if entry is not None and entry.by == seat else NOT_REACHED

    def can_show(self, moment: Moment, seat: int) -> bool:
        """Whether this person has something to show where a reveal asks for it.

        A reveal opens all the same if not: that they left a private question open
        is nobody else's to see.
        """
        return moment.source is not None and is_given(self.own_answer(moment.source, seat))

    def readers(self, slot: Slot, writer: int) -> tuple[int, ...]:
        """The seats, beside the writer's, that may read what is answered at the present place."""
        if not slot.readers:
            return ()
        opened = set(self.seats(slot.scope, slot.readers))
        if OfRole("") in slot.readers and self.setup.facilitator is not None:
            opened.add(self.setup.facilitator)
        return tuple(sorted(opened - {writer}))

    def may_read(self, scope: Scope, names: Iterable[str], reader: int) -> bool:
        """Whether what these names stand for, one value each, is this reader's to see as well.

        Whoever came later was not among those that its writer was told of. A gathered list is
        there for all; it holds what its reader may see.
        """
        single = [name for name in names if self._is_single(scope, name)]
        look = self.lookup(scope, reader)
        return all(is_given(look(name)) for name in single)

    def _is_single(self, scope: Scope, name: str) -> bool:
        binding = scope.names.get(name) or self.plan.names.get(name)
        if not isinstance(binding, OfAnswer):
            return isinstance(binding, OfItem)
        slot = self.plan.slots[binding.slot]
        loops = slot.scope.gathering
        return not slot.several and (not loops or self.shared_depth(scope, slot) == len(loops))

    # people

    def _seats_of(self, scope: Scope, binding: Binding, reader: int | None) -> tuple[int, ...]:
        match binding:
            case OfRole(name):
                return self._seated(name)
            case OfSpeaker(depth):
                return self._present((self._speaker(depth),))
            case OfListeners(depth):
                speaker = self._speaker(depth)
                block = self._block(scope, depth)
                role = block.role if block.role is not None else OfRole("")
                return tuple(s for s in self._seats_of(scope, role, reader) if s != speaker)
            case OfHolder(role):
                return self._present(self._holder(role))
            case OfOthers(role):
                holder = self._holder(role)
                return tuple(s for s in self._seated(self._of_which(role)) if s not in holder)
            case OfFacilitator():
                seat = self.setup.facilitator
                return () if seat is None else self._present((seat,))
            case OfReader():
                return () if reader is None else (reader,)
            case OfItem():
                return self._seat_of(_of_item(self, scope, binding, reader))
            case _:
                return ()

    def _seat_of(self, value: Value | Missing) -> tuple[int, ...]:
        people = self.setup.people
        return self._present(
            tuple([s for s in self.cast if isinstance(value, Person) and people[s] == value])
        )

    def _seated(self, role: str) -> tuple[int, ...]:
        people, presence = self.setup.people, self.presence
        # A facilitator is not one of everyone, but for the time in care of their own.
        host = self.setup.facilitator if len(self.cast) == len(people) else None
        return tuple(
            [
                seat
                for seat in self.cast
                if presence[seat] is not Presence.GONE
                and (people[seat].role == role if role else seat != host)
            ]
        )

    def _present(self, seats: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(seat for seat in seats if self.presence[seat] is not Presence.GONE)

    def _speaker(self, depth: int) -> int:
        frame = self.frames[depth]
        seat = frame.order[frame.index]
        return seat if isinstance(seat, int) else seat[0]

    def _holder(self, role: str) -> tuple[int, ...]:
        """Who holds a role, or whoever sits next where that person has gone for good."""
        seated = self._seated(self._of_which(role))
        last = dict(self.holders).get(role, 0)
        return tuple([seat for seat in seated if seat >= last][:1]) or seated[:1]

    def _of_which(self, role: str) -> str:
        for written in self.plan.protocol.roles:
            if written.name == role:
                return written.one_of
        return ""

    def _block(self, scope: Scope, depth: int) -> Block:
        return self.plan.blocks[scope.blocks[depth]]

    # answers

    def gathered(
        self, slot: Slot, inside: tuple[int, ...], reader: int | None
    ) -> Iterator[tuple[Key, Contribution]]:
        """Every given answer of a slot below some indices, in order, that ``reader`` may read."""
        for indices in self._passes(slot, inside):
            seats = self.cast if slot.several else (-1,)
            for seat in seats:
                key = (slot.number, seat, *indices) if slot.several else (slot.number, *indices)
                contribution = self._contribution(slot, key, indices, reader)
                if contribution is not None:
                    yield key, contribution

    def gathering(
        self, slot: Slot, inside: tuple[int, ...], reader: int | None
    ) -> tuple[Contribution, ...]:
        """The same as a list. Between two moments many guards may read it, and it is made once."""
        if self.open is not None:
            return tuple([one for _, one in self.gathered(slot, inside, reader)])
        if self.made_of is not self.answers:
            self.made, self.made_of = {}, self.answers
        key = (slot.number, inside, reader)
        if key not in self.made:
            self.made[key] = tuple([one for _, one in self.gathered(slot, inside, reader)])
        return self.made[key]

    def _passes(self, slot: Slot, inside: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        loops = slot.scope.gathering
        if len(inside) == len(loops):
            yield inside
            return
        block = self._block(slot.scope, loops[len(inside)])
        order = self.orders.get((block.number, *inside))
        for number in range(len(order or ())):
            yield from self._passes(slot, (*inside, number))

    def is_held(self, slot: Slot, key: Key, entry: Entry, reader: int) -> bool:
        """Whether an answer is still its writer's alone, since others are being asked the same."""
        opened, op = self.open, self.plan.ops[self.at]
        if opened is None or reader == entry.by or not isinstance(op, Moment):
            return False
        if op.slot is not slot or opened.marks[entry.by] in (Mark.NONE, *WAITING):
            return False
        return key == self.key(slot, entry.by) and opened.is_waiting

    def is_left_behind(self, entry: Entry) -> bool:
        """Whether its writer has gone, and not all who remain may read it."""
        if self.presence[entry.by] is not Presence.GONE:
            return False
        return not all(entry.is_open_to(seat) for seat in self._seated(""))

    def _contribution(
        self, slot: Slot, key: Key, indices: tuple[int, ...], reader: int | None
    ) -> Contribution | None:
        entry = self.answers.get(key)
        if entry is None or isinstance(entry.value, Missing):
            return None
        if reader is None:
            if self.is_left_behind(entry):
                return None
        elif not entry.is_open_to(reader) or self.is_held(slot, key, entry, reader):
            return None
        return Contribution(
            entry.value, self.setup.people[entry.by], self.loop_names(slot, indices, reader)
        )

    def there(self, scope: Scope, indices: tuple[int, ...]) -> Scene:
        """The same scene as seen from another place, in the pass that the indices name."""
        frames: list[Frame] = []
        for depth, number in enumerate(scope.blocks):
            gathered = sum(outer < depth for outer in scope.gathering)
            if depth in scope.gathering:
                order = self.orders.get((number, *indices[:gathered])) or ()
                frames.append(Frame(indices[gathered], order))
            else:
                frames.append(Frame())
        scene = copy(self)
        scene.frames = tuple(frames)
        return scene

    def loop_names(
        self, slot: Slot, indices: tuple[int, ...], reader: int | None
    ) -> dict[str, Value]:
        """What the loops around a question go through in the pass of one of its answers."""
        names: dict[str, Value] = {}
        there = self.there(slot.scope, indices) if indices else self
        for depth in slot.scope.gathering:
            block, frame = self._block(slot.scope, depth), there.frames[depth]
            if frame.index >= len(frame.order):
                continue
            passed = frame.order[frame.index]
            if block.role is not None and isinstance(passed, int):
                names[block.names[0]] = self.setup.people[passed]
            elif block.item and isinstance(block.items, Ref):
                value = there.item(block, block.items, passed, reader)
                if not isinstance(value, Missing):
                    names[block.item] = value
        return names

    def item(
        self, block: Block, items: Ref, passed: int | Key, reader: int | None
    ) -> Value | Missing:
        """One item of the list that a loop goes through."""
        if block.role is not None and isinstance(passed, int):
            return self.setup.people[passed]
        if not isinstance(passed, int):
            slot = self.plan.slots[passed[0]]
            found = self._contribution(slot, passed, passed[1 + slot.several :], reader)
            return NOT_REACHED if found is None else found
        value = self.lookup(block.scope, reader)(items.name)
        if isinstance(value, tuple) and passed < len(value):
            return value[passed]
        return NOT_REACHED

    def shared_depth(self, scope: Scope, slot: Slot) -> int:
        """How many of the list-making loops around a slot are around this place too."""
        around, own = scope.blocks, slot.scope.blocks
        common = next(
            (n for n in count() if n >= min(len(around), len(own)) or around[n] != own[n]), 0
        )
        return sum(depth < common for depth in slot.scope.gathering)


def _of_setting(scene: Scene, scope: Scope, binding: OfSetting, reader: object) -> Value | Missing:
    return scene.setup.settings.get(binding.name, NOT_REACHED)


def _of_constant(scene: Scene, scope: Scope, binding: OfConstant, reader: object) -> Value:
    return binding.value


def _of_people(scene: Scene, scope: Scope, binding: Binding, reader: int | None) -> Value | Missing:
    people = scene.setup.people
    return tuple([people[seat] for seat in scene._seats_of(scope, binding, reader)])


def _of_person(scene: Scene, scope: Scope, binding: Binding, reader: int | None) -> Value | Missing:
    seats = scene._seats_of(scope, binding, reader)
    return scene.setup.people[seats[0]] if seats else _NOBODY


def _of_reader(
    scene: Scene, scope: Scope, binding: OfReader, reader: int | None
) -> Value | Missing:
    return _NOBODY if reader is None else scene.setup.people[reader]


def _of_speaker(
    scene: Scene, scope: Scope, binding: OfSpeaker, reader: int | None
) -> Value | Missing:
    return scene.setup.people[scene._speaker(binding.depth)]


def _of_listeners(
    scene: Scene, scope: Scope, binding: Binding, reader: int | None
) -> Value | Missing:
    found = _of_people(scene, scope, binding, reader)
    return found[0] if isinstance(found, tuple) and len(found) == 1 else found or _NOBODY


def _of_item(scene: Scene, scope: Scope, binding: OfItem, reader: int | None) -> Value | Missing:
    block = scene._block(scope, binding.depth)
    frame = scene.frames[binding.depth]
    passed = frame.order[frame.index]
    if isinstance(block.items, Ref):
        return scene.item(block, block.items, passed, reader)
    return frame.index + 1


def _of_answer(
    scene: Scene, scope: Scope, binding: OfAnswer, reader: int | None
) -> Value | Missing:
    slot = scene.plan.slots[binding.slot]
    loops = slot.scope.gathering
    shared = scene.shared_depth(scope, slot) if loops else 0
    inside = tuple([scene.frames[depth].index for depth in loops[:shared]])
    if shared < len(loops) or slot.several:
        return scene.gathering(slot, inside, reader)
    entry = scene.answers.get((slot.number, *inside))
    if entry is None:
        return NOT_REACHED
    if scene.is_left_behind(entry) if reader is None else not entry.is_open_to(reader):
        return NOT_REACHED
    return entry.value


_MEANING: dict[type, Callable[..., Value | Missing]] = {
    OfSetting: _of_setting,
    OfConstant: _of_constant,
    OfRole: _of_people,
    OfFacilitator: _of_person,
    OfReader: _of_reader,
    OfSpeaker: _of_speaker,
    OfListeners: _of_listeners,
    OfHolder: _of_person,
    OfOthers: _of_listeners,
    OfItem: _of_item,
    OfAnswer: _of_answer,
}
