"""A snapshot read back into a state.

What comes back is not trusted (:mod:`.untrusted`): every value is checked for its type, and it must
be of the plan's shape and, if the host says which, of its session. Anything else is a
``SnapshotRejected``, and the host is none the worse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from compassion_protocols.errors import AnswerRefused, PeopleRejected, SnapshotRejected
from compassion_protocols.language.values import Duration, Missing, Person, Reason
from compassion_protocols.model.accepting import from_data
from compassion_protocols.model.care import CarePolicy
from compassion_protocols.model.plan import Finish, Moment
from compassion_protocols.model.settings import DurationSetting, problem_with
from compassion_protocols.session.paged import Paged
from compassion_protocols.session.setup import seated
from compassion_protocols.session.snapshot import MARKS, PRESENCES, USUAL, VERSION, usual_readers
from compassion_protocols.session.soundness import check_soundness
from compassion_protocols.session.state import (
    Back,
    Course,
    Ending,
    Entry,
    Floor,
    Frame,
    Gate,
    Lane,
    LaneStage,
    Open,
    PauseCard,
    Screen,
    Setup,
    State,
)
from compassion_protocols.session.untrusted import (
    as_deadline,
    as_instant,
    as_length,
    as_list,
    as_mapping,
    as_text,
    as_whole,
    maybe,
    parsed,
)

if TYPE_CHECKING:
    from compassion_protocols.language.values import Value
    from compassion_protocols.model.plan import Block, Plan, Slot
    from compassion_protocols.session.paged import Key
    from compassion_protocols.session.state import OrderOf

MOST_COUNTED = 5_000
"""No loop of a clean protocol goes round more often."""

_MARK_OF = {letter: mark for mark, letter in MARKS.items()}
_PRESENCE_OF = {letter: presence for presence, letter in PRESENCES.items()}


def restored(plan: Plan, text: str, session: str | None = None) -> State:
    """The state in a snapshot. SnapshotRejected if it is not one of this plan and session."""
    data = parsed(text)
    try:
        return _Reader(plan, data).state(session)
    except (
        LookupError, TypeError, ValueError, OverflowError, AnswerRefused, PeopleRejected
    ) as trouble:  # fmt: skip
        raise SnapshotRejected("The snapshot is damaged.") from trouble


class _Reader:
    """Reads a snapshot's data for one plan; LookupError, TypeError or ValueError if unfit."""

    def __init__(self, plan: Plan, data: object) -> None:
        self.plan = plan
        self.data = as_mapping(data)
        self.people: tuple[Person, ...] = ()

    def state(self, session: str | None) -> State:
        data = self.data
        if data.get("v") != VERSION:
            raise SnapshotRejected("The snapshot is of another version of this library.")
        if data.get("plan") != self.plan.protocol.id or data.get("shape") != self.plan.shape:
            raise SnapshotRejected("The snapshot belongs to another protocol, or another form.")
        setup = self._setup(as_mapping(data["setup"]))
        if session is not None and setup.session != session:
            raise SnapshotRejected("The snapshot belongs to another session.")
        self.people = setup.people
        seats = len(self.people)
        presence = as_text(data.get("presence", "h" * seats))
        if len(presence) != seats:
            raise ValueError("presence")
        ending = data.get("ending")
        pause = data.get("pause")
        state = State(
            setup=setup,
            seq=as_whole(data["seq"]),
            now=as_instant(data["now"]),
            presence=tuple(_PRESENCE_OF[letter] for letter in presence),
            course=self._course(self.plan, as_mapping(data["course"])),
            lanes=tuple(self._lane(as_list(one, 4)) for one in as_list(data.get("lanes", []))),
            pause=None if pause is None else self._pause(as_list(pause, 4)),
            frozen_since=maybe(as_instant, data.get("frozen")),
            ending=None if ending is None else Ending(as_text(ending)),
        )
        check_soundness(self.plan, state)
        return state

    def _setup(self, data: dict[str, object]) -> Setup:
        people = []
        for one in as_list(data["people"]):
            role, identity, *name = map(as_text, as_list(one))
            people.append(seated(identity, name[0] if name else identity, role))
        if len({person.id for person in people}) != len(people):
            raise ValueError("people")
        policy = USUAL.policy
        if "policy" in data:
            before, rise, after = map(as_whole, as_list(data["policy"], 3))
            policy = CarePolicy(before=before, rise=rise, after=after)
        return Setup(
            session=as_text(data["session"]),
            people=tuple(people),
            settings=self._settings(as_mapping(data.get("settings", {}))),
            locale=as_text(data.get("locale", USUAL.locale)),
            utc_offset=as_whole(data.get("utc_offset", 0), least=-86_400),
            screen=Screen(as_text(data.get("screen", USUAL.screen.value))),
            policy=policy,
            seed=as_whole(data.get("seed", 0), least=-(10**18)),
        )

    def _settings(self, data: dict[str, object]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for setting in self.plan.protocol.settings:
            raw = data[setting.name]
            value: object = tuple(raw) if isinstance(raw, list) else raw
            if isinstance(setting, DurationSetting):
                value = Duration(as_whole(raw))
            if problem_with(setting, value):
                raise ValueError(setting.name)
            values[setting.name] = cast("Value", value)
        return values

    def _course(self, plan: Plan, data: dict[str, object]) -> Course:
        opened = data.get("open")
        back = data.get("back")
        at = plan.moments[as_text(data["at"])]
        counts = tuple(as_whole(one) for one in as_list(data["opened"], len(self.people)))
        orders = self._orders(plan, as_list(data.get("orders", [])))
        course = Course(
            at=at,
            opened=counts,
            open=None if opened is None else self._open(plan, at, as_mapping(opened)),
            frames=self._frames(plan, at, data.get("frames", []), orders),
            answers=self._answers(plan, as_mapping(data.get("answers", {}))),
            orders=orders,
            holders=tuple(
                (as_text(held[0]), self._seat(held[1]))
                for held in (as_list(one, 2) for one in as_list(data.get("holders", [])))
            ),
            back=None if back is None else self._back(plan, as_list(back, 3), orders),
            floors=tuple(self._floor(as_list(one, 4)) for one in as_list(data.get("floors", []))),
        )
        if isinstance(plan.ops[at], Moment) is not (course.open is not None):
            raise ValueError("open")
        return course

    def _open(self, plan: Plan, at: int, data: dict[str, object]) -> Open:
        seats = len(self.people)
        marks = tuple(_MARK_OF[letter] for letter in as_text(data["marks"]))
        attempts = as_list(data.get("attempts", [0] * seats), seats)
        if len(marks) != seats:
            raise ValueError("marks")
        gate = data.get("gate")
        return Open(
            started=as_instant(data["started"]),
            marks=marks,
            attempts=tuple(as_whole(one) for one in attempts),
            due=maybe(as_deadline, data.get("due")),
            limit=maybe(as_deadline, data.get("limit")),
            drafts=tuple(
                (self._seat(draft[0]), self._value(_slot_at(plan, at), draft[1]))
                for draft in (as_list(one, 2) for one in as_list(data.get("drafts", [])))
            ),
            gate=None if gate is None else self._gate(as_list(gate, 2)),
        )

    def _gate(self, data: list[object]) -> tuple[Gate, int]:
        return Gate(as_text(data[0])), self._seat(data[1])

    def _frames(
        self, plan: Plan, at: int, data: object, orders: Paged[OrderOf]
    ) -> tuple[Frame, ...]:
        blocks = _scope_blocks(plan, at)
        frames: list[Frame] = []
        indices: tuple[int, ...] = ()
        for block, row in zip(blocks, as_list(data, len(blocks)), strict=True):
            index, due = as_list(row, 2) if isinstance(row, list) else (row, None)
            order: OrderOf = (0,)
            number = as_whole(index)
            if block.gathers:
                order = orders.get((block.number, *indices)) or ()
                indices = (*indices, number)
                if number >= len(order):
                    raise ValueError("frames")
            frames.append(Frame(number, order, maybe(as_deadline, due)))
        return tuple(frames)

    def _order(self, plan: Plan, data: object, block: Block) -> OrderOf:
        seats = block.role is not None
        if not isinstance(data, list):
            counted = as_whole(data)
            if counted > (len(self.people) if seats else MOST_COUNTED):
                raise ValueError("orders")
            return tuple(range(counted))
        if seats:
            return tuple(self._seat(one) for one in data)
        return tuple(
            self._item(plan, one) if isinstance(one, list) and block.item else as_whole(one)
            for one in data
        )

    def _item(self, plan: Plan, data: list[object]) -> Key:
        """An entry of a gathered list, by the key of its answer."""
        return self._key(plan.slots_by_name[as_text(data[0])], data[1:])

    def _key(self, slot: Slot, data: list[object]) -> Key:
        if len(data) != slot.several + len(slot.scope.gathering):
            raise ValueError("key")
        key = (slot.number, *[as_whole(one) for one in data])
        if slot.several:
            self._seat(key[1])
        return key

    def _orders(self, plan: Plan, data: list[object]) -> Paged[OrderOf]:
        orders: dict[Key, OrderOf] = {}
        for row in (as_list(one, 3) for one in data):
            block = plan.blocks_by_place[as_text(row[0])]
            indices = [as_whole(one) for one in as_list(row[1], len(block.scope.gathering))]
            orders[block.number, *indices] = self._order(plan, row[2], block)
        return Paged.of(orders)

    def _answers(self, plan: Plan, data: dict[str, object]) -> Paged[Entry]:
        answers: dict[Key, Entry] = {}
        for name, rows in data.items():
            slot = plan.slots_by_name[name]
            for row in map(as_list, as_list(rows)):
                by = self._seat(row[0])
                key = self._key(slot, as_list(row[1]))
                if slot.several and key[1] != by:
                    raise ValueError("answers")
                value, readers = self._entry_value(slot, row), self._entry_readers(slot, row, by)
                keep = _is_kept(slot, row)
                answers[key] = Entry(value, by, as_instant(row[2]), readers, keep)
        return Paged.of(answers)

    def _entry_value(self, slot: Slot, row: list[object]) -> Value | Missing:
        if len(row) > 4 and row[3] is None:
            return Missing(Reason(as_text(row[4])))
        if len(row) > 4 and row[4] is not None:
            raise ValueError("answers")
        return self._value(slot, row[3])

    def _entry_readers(self, slot: Slot, row: list[object], writer: int) -> tuple[int, ...]:
        if len(row) < 6 or row[5] is None:
            return usual_readers(slot, writer, len(self.people))
        readers = {self._seat(one) for one in as_list(row[5])} - {writer}
        if readers and not slot.readers:
            raise ValueError("answers")
        return tuple(sorted(readers))

    def _value(self, slot: Slot, data: object) -> Value:
        return from_data(slot.kind, data, self._person)

    def _back(self, plan: Plan, data: list[object], orders: Paged[OrderOf]) -> Back:
        at = plan.moments[as_text(data[0])]
        return Back(at, self._frames(plan, at, data[1], orders), self._seat(data[2]))

    def _floor(self, data: list[object]) -> tuple[int, Floor]:
        seat, times, offered, used = data
        floor = Floor(as_whole(times), as_length(offered), as_length(used))
        return self._seat(seat), floor

    def _lane(self, data: list[object]) -> Lane:
        stage = LaneStage(as_text(data[1]))
        course = self._course(self.plan.care[stage], as_mapping(data[2]))
        return Lane(self._seat(data[0]), stage, course, data[3] is True)

    def _pause(self, data: list[object]) -> PauseCard:
        votes = tuple(self._seat(one) for one in as_list(data[2]))
        return PauseCard(as_instant(data[0]), maybe(as_instant, data[1]), votes, data[3] is True)

    def _seat(self, data: object) -> int:
        seat = as_whole(data)
        if seat >= len(self.people):
            raise ValueError("seat")
        return seat

    def _person(self, identity: str) -> Person:
        for person in self.people:
            if person.id == identity:
                return person
        raise LookupError(identity)


def _is_kept(slot: Slot, row: list[object]) -> bool:
    """Whether the writer of an answer keeps it; only where that was offered can they have."""
    if len(row) < 7:
        return False
    if len(row) > 7 or row[6] is not True or not slot.is_kept_by_writer:
        raise ValueError("answers")
    return True


def _scope_blocks(plan: Plan, at: int) -> tuple[Block, ...]:
    op = plan.ops[at]
    if not isinstance(op, Moment | Finish):
        raise TypeError("at")
    return tuple(plan.blocks[number] for number in op.scope.blocks)


def _slot_at(plan: Plan, at: int) -> Slot:
    op = plan.ops[at]
    if not isinstance(op, Moment) or op.slot is None:
        raise ValueError("drafts")
    return op.slot
