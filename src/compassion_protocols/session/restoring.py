"""A snapshot read back into a state.

What comes back is not trusted. Its size and depth are looked at before it is
parsed, every value is checked for its type, and it must be of the plan's shape
and, if the host says which, of its session. Anything else is a
``SnapshotRejected``, and the host is none the worse.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn, TypeVar, cast

from compassion_protocols.errors import AnswerRefused, PeopleRejected, SnapshotRejected
from compassion_protocols.language.values import Duration, Missing, Person, Reason
from compassion_protocols.model.answers import from_data
from compassion_protocols.model.care import CarePolicy
from compassion_protocols.model.plan import Finish, Moment
from compassion_protocols.model.settings import DurationSetting, problem_with
from compassion_protocols.session.answers import MOST_HELD
from compassion_protocols.session.paged import Paged
from compassion_protocols.session.setup import seated
from compassion_protocols.session.soundness import check_soundness
from compassion_protocols.session.state import (
    LATEST,
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

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols.language.values import Value
    from compassion_protocols.model.plan import Block, Plan, Slot
    from compassion_protocols.session.paged import Key
    from compassion_protocols.session.state import OrderOf
from compassion_protocols.session.snapshot import (
    MARKS,
    PRESENCES,
    USUAL,
    VERSION,
    usual_readers,
)

LARGEST = 2 * MOST_HELD
"""Characters. Every answer that a session can hold, with room to spare."""

DEEPEST = 12

MOST_COUNTED = 5_000
"""No loop of a clean protocol goes round more often."""

_MARK_OF = {letter: mark for mark, letter in MARKS.items()}
_PRESENCE_OF = {letter: presence for presence, letter in PRESENCES.items()}


def restored(plan: Plan, text: str, session: str | None = None) -> State:
    """The state in a snapshot. SnapshotRejected if it is not one of this plan and session."""
    data = _parsed(text)
    try:
        return _Reader(plan, data).state(session)
    except (
        LookupError, TypeError, ValueError, OverflowError, AnswerRefused, PeopleRejected
    ) as trouble:  # fmt: skip
        raise SnapshotRejected("The snapshot is damaged.") from trouble


def _parsed(text: str) -> object:
    if not isinstance(text, str) or len(text) > LARGEST:
        raise SnapshotRejected(f"A snapshot is a JSON text of at most {LARGEST:,} characters.")
    if _is_too_deep(text):
        raise SnapshotRejected("The snapshot is nested too deeply.")
    try:
        return _decode(text)
    except (ValueError, RecursionError) as trouble:
        raise SnapshotRejected("The snapshot is not JSON as it was written.") from trouble


def _is_too_deep(text: str) -> bool:
    """Whether brackets are left after the innermost pairs are taken off so many times."""
    outside = "".join(_ESCAPED.sub("", text).split('"')[::2])  # every second piece is a text
    brackets = outside.encode("ascii", "ignore").translate(None, _NO_BRACKETS)
    for _ in range(DEEPEST):
        if not brackets:
            return False
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    return bool(brackets)


_ESCAPED = re.compile(r"\\.", re.DOTALL)
_NO_BRACKETS = bytes(set(range(128)) - set(b"[]{}"))


def _refuse_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _no_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a key stands twice")
    return data


_decode = json.JSONDecoder(parse_constant=_refuse_number, object_pairs_hook=_no_repeats).decode


class _Reader:
    """Reads a snapshot's data for one plan; LookupError, TypeError or ValueError if unfit."""

    def __init__(self, plan: Plan, data: object) -> None:
        self.plan = plan
        self.data = _mapping(data)
        self.people: tuple[Person, ...] = ()

    def state(self, session: str | None) -> State:
        data = self.data
        if data.get("v") != VERSION:
            raise SnapshotRejected("The snapshot is of another version of this library.")
        if data.get("plan") != self.plan.protocol.id or data.get("shape") != self.plan.shape:
            raise SnapshotRejected("The snapshot belongs to another protocol, or another form.")
        setup = self._setup(_mapping(data["setup"]))
        if session is not None and setup.session != session:
            raise SnapshotRejected("The snapshot belongs to another session.")
        self.people = setup.people
        seats = len(self.people)
        presence = _text(data.get("presence", "h" * seats))
        if len(presence) != seats:
            raise ValueError("presence")
        ending = data.get("ending")
        pause = data.get("pause")
        state = State(
            setup=setup,
            seq=_whole(data["seq"]),
            now=_instant(data["now"]),
            presence=tuple(_PRESENCE_OF[letter] for letter in presence),
            course=self._course(self.plan, _mapping(data["course"])),
            lanes=tuple(self._lane(_list(one, 4)) for one in _list(data.get("lanes", []))),
            pause=None if pause is None else self._pause(_list(pause, 4)),
            frozen_since=_maybe(_instant, data.get("frozen")),
            ending=None if ending is None else Ending(_text(ending)),
        )
        check_soundness(self.plan, state)
        return state

    def _setup(self, data: dict[str, object]) -> Setup:
        people = []
        for one in _list(data["people"]):
            role, identity, *name = map(_text, _list(one))
            people.append(seated(identity, name[0] if name else identity, role))
        if len({person.id for person in people}) != len(people):
            raise ValueError("people")
        policy = USUAL.policy
        if "policy" in data:
            before, rise, after = map(_whole, _list(data["policy"], 3))
            policy = CarePolicy(before=before, rise=rise, after=after)
        return Setup(
            session=_text(data["session"]),
            people=tuple(people),
            settings=self._settings(_mapping(data.get("settings", {}))),
            locale=_text(data.get("locale", USUAL.locale)),
            utc_offset=_whole(data.get("utc_offset", 0), least=-86_400),
            screen=Screen(_text(data.get("screen", USUAL.screen.value))),
            policy=policy,
            seed=_whole(data.get("seed", 0), least=-(10**18)),
        )

    def _settings(self, data: dict[str, object]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for setting in self.plan.protocol.settings:
            raw = data[setting.name]
            value: object = tuple(raw) if isinstance(raw, list) else raw
            if isinstance(setting, DurationSetting):
                value = Duration(_whole(raw))
            if problem_with(setting, value):
                raise ValueError(setting.name)
            values[setting.name] = cast("Value", value)
        return values

    def _course(self, plan: Plan, data: dict[str, object]) -> Course:
        opened = data.get("open")
        back = data.get("back")
        at = plan.moments[_text(data["at"])]
        counts = tuple(_whole(one) for one in _list(data["opened"], len(self.people)))
        orders = self._orders(plan, _list(data.get("orders", [])))
        course = Course(
            at=at,
            opened=counts,
            open=None if opened is None else self._open(plan, at, _mapping(opened)),
            frames=self._frames(plan, at, data.get("frames", []), orders),
            answers=self._answers(plan, _mapping(data.get("answers", {}))),
            orders=orders,
            holders=tuple(
                (_text(held[0]), self._seat(held[1]))
                for held in (_list(one, 2) for one in _list(data.get("holders", [])))
            ),
            back=None if back is None else self._back(plan, _list(back, 3), orders),
            floors=tuple(self._floor(_list(one, 4)) for one in _list(data.get("floors", []))),
        )
        if isinstance(plan.ops[at], Moment) is not (course.open is not None):
            raise ValueError("open")
        return course

    def _open(self, plan: Plan, at: int, data: dict[str, object]) -> Open:
        seats = len(self.people)
        marks = tuple(_MARK_OF[letter] for letter in _text(data["marks"]))
        attempts = _list(data.get("attempts", [0] * seats), seats)
        if len(marks) != seats:
            raise ValueError("marks")
        gate = data.get("gate")
        return Open(
            started=_instant(data["started"]),
            marks=marks,
            attempts=tuple(_whole(one) for one in attempts),
            due=_maybe(_deadline, data.get("due")),
            limit=_maybe(_deadline, data.get("limit")),
            drafts=tuple(
                (self._seat(draft[0]), self._value(_slot_at(plan, at), draft[1]))
                for draft in (_list(one, 2) for one in _list(data.get("drafts", [])))
            ),
            gate=None if gate is None else self._gate(_list(gate, 2)),
        )

    def _gate(self, data: list[object]) -> tuple[Gate, int]:
        return Gate(_text(data[0])), self._seat(data[1])

    def _frames(
        self, plan: Plan, at: int, data: object, orders: Paged[OrderOf]
    ) -> tuple[Frame, ...]:
        blocks = _scope_blocks(plan, at)
        frames: list[Frame] = []
        indices: tuple[int, ...] = ()
        for block, row in zip(blocks, _list(data, len(blocks)), strict=True):
            index, due = _list(row, 2) if isinstance(row, list) else (row, None)
            order: OrderOf = (0,)
            number = _whole(index)
            if block.gathers:
                order = orders.get((block.number, *indices)) or ()
                indices = (*indices, number)
                if number >= len(order):
                    raise ValueError("frames")
            frames.append(Frame(number, order, _maybe(_deadline, due)))
        return tuple(frames)

    def _order(self, plan: Plan, data: object, block: Block) -> OrderOf:
        seats = block.role is not None
        if not isinstance(data, list):
            counted = _whole(data)
            if counted > (len(self.people) if seats else MOST_COUNTED):
                raise ValueError("orders")
            return tuple(range(counted))
        if seats:
            return tuple(self._seat(one) for one in data)
        return tuple(
            self._item(plan, one) if isinstance(one, list) and block.item else _whole(one)
            for one in data
        )

    def _item(self, plan: Plan, data: list[object]) -> Key:
        """An entry of a gathered list, by the key of its answer."""
        return self._key(plan.slots_by_name[_text(data[0])], data[1:])

    def _key(self, slot: Slot, data: list[object]) -> Key:
        if len(data) != slot.several + len(slot.scope.gathering):
            raise ValueError("key")
        key = (slot.number, *[_whole(one) for one in data])
        if slot.several:
            self._seat(key[1])
        return key

    def _orders(self, plan: Plan, data: list[object]) -> Paged[OrderOf]:
        orders: dict[Key, OrderOf] = {}
        for row in (_list(one, 3) for one in data):
            block = plan.blocks_by_place[_text(row[0])]
            indices = [_whole(one) for one in _list(row[1], len(block.scope.gathering))]
            orders[block.number, *indices] = self._order(plan, row[2], block)
        return Paged.of(orders)

    def _answers(self, plan: Plan, data: dict[str, object]) -> Paged[Entry]:
        answers: dict[Key, Entry] = {}
        for name, rows in data.items():
            slot = plan.slots_by_name[name]
            for row in map(_list, _list(rows)):
                by = self._seat(row[0])
                key = self._key(slot, _list(row[1]))
                if slot.several and key[1] != by:
                    raise ValueError("answers")
                value, readers = self._entry_value(slot, row), self._entry_readers(slot, row, by)
                answers[key] = Entry(value, by, _instant(row[2]), readers)
        return Paged.of(answers)

    def _entry_value(self, slot: Slot, row: list[object]) -> Value | Missing:
        if len(row) > 4 and row[3] is None:
            return Missing(Reason(_text(row[4])))
        if len(row) > 4 and row[4] is not None:
            raise ValueError("answers")
        return self._value(slot, row[3])

    def _entry_readers(self, slot: Slot, row: list[object], writer: int) -> tuple[int, ...]:
        if len(row) < 6:
            return usual_readers(slot, writer, len(self.people))
        readers = {self._seat(one) for one in _list(row[5])} - {writer}
        if len(row) > 6 or (readers and not slot.readers):
            raise ValueError("answers")
        return tuple(sorted(readers))

    def _value(self, slot: Slot, data: object) -> Value:
        return from_data(slot.kind, data, self._person)

    def _back(self, plan: Plan, data: list[object], orders: Paged[OrderOf]) -> Back:
        at = plan.moments[_text(data[0])]
        return Back(at, self._frames(plan, at, data[1], orders), self._seat(data[2]))

    def _floor(self, data: list[object]) -> tuple[int, Floor]:
        seat, times, offered, used = data
        floor = Floor(_whole(times), _length(offered), _length(used))
        return self._seat(seat), floor

    def _lane(self, data: list[object]) -> Lane:
        stage = LaneStage(_text(data[1]))
        course = self._course(self.plan.care[stage], _mapping(data[2]))
        return Lane(self._seat(data[0]), stage, course, data[3] is True)

    def _pause(self, data: list[object]) -> PauseCard:
        votes = tuple(self._seat(one) for one in _list(data[2]))
        return PauseCard(_instant(data[0]), _maybe(_instant, data[1]), votes, data[3] is True)

    def _seat(self, data: object) -> int:
        seat = _whole(data)
        if seat >= len(self.people):
            raise ValueError("seat")
        return seat

    def _person(self, identity: str) -> Person:
        for person in self.people:
            if person.id == identity:
                return person
        raise LookupError(identity)


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


def _mapping(data: object) -> dict[str, object]:
    if not isinstance(data, dict):
        raise TypeError("a mapping was expected")
    return data


def _list(data: object, length: int | None = None) -> list[object]:
    if not isinstance(data, list) or (length is not None and len(data) != length):
        raise TypeError("a list was expected")
    return data


def _text(data: object) -> str:
    if not isinstance(data, str):
        raise TypeError("a text was expected")
    return data


def _whole(data: object, least: int = 0) -> int:
    if not isinstance(data, int) or isinstance(data, bool) or not least <= data < 10**18:
        raise TypeError("a whole number was expected")
    return data


def _instant(data: object) -> float:
    if isinstance(data, bool) or not isinstance(data, (int, float)) or not abs(data) < LATEST:
        raise TypeError("an instant was expected")
    return float(data)


def _length(data: object) -> float:
    """A length of time, in seconds."""
    if (length := _instant(data)) < 0:
        raise ValueError("a length of time was expected")
    return length


def _deadline(data: object) -> float:
    """An instant that may lie somewhat after the last that a clock shows."""
    if isinstance(data, bool) or not isinstance(data, int | float) or not abs(data) < 2 * LATEST:
        raise TypeError("an instant was expected")
    return float(data)


Result = TypeVar("Result")


def _maybe(read: Callable[[object], Result], data: object) -> Result | None:
    return None if data is None else read(data)
