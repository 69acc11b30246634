"""A running session moved to another plan: a new version of its protocol, or an adaptation.

A session finishes on the plan that it began with, unless somebody moves it. What is moved is the
state: where it stands, who is here, what was answered and who may read it, whose turn it is, what
is paused. All of it stays as it was; only the names of places are those of the new plan. Where that
cannot be done the verdict says why (:mod:`.verdicts`), nothing is moved, and the old snapshot is as
good as before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from attrs import evolve, frozen

from compassion_protocols.errors import MigrationRefused
from compassion_protocols.findings import nearest
from compassion_protocols.model.settings import problem_with
from compassion_protocols.session.carried import Carried
from compassion_protocols.session.matching import matched
from compassion_protocols.session.paged import Paged
from compassion_protocols.session.restoring import restored
from compassion_protocols.session.snapshot import snapshot as written
from compassion_protocols.session.state import Back, Frame
from compassion_protocols.session.verdicts import MomentVerdict, Verdict, Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compassion_protocols.language.values import Value
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.matching import Resting
    from compassion_protocols.session.paged import Key
    from compassion_protocols.session.state import Course, Entry, OrderOf, State


@frozen(eq=False, kw_only=True)
class Migration:
    """How sessions of one plan go on in another; made by :func:`migration`.

    ``moments`` has the verdict on every moment and ending of the old plan, in order. ``lost`` names
    the answers that cannot be kept, each with the reason.
    """

    old: Plan
    new: Plan
    moments: tuple[MomentVerdict, ...]
    lost: tuple[tuple[str, str], ...]
    dropping: frozenset[str]
    _verdicts: Verdicts
    _slots: Mapping[int, int]
    _blocks: Mapping[int, int]

    def at(self, place: str) -> MomentVerdict:
        """The verdict on one moment of the old plan. LookupError if it has no such moment."""
        if place not in self.old.moments:
            raise LookupError(place)
        return self._verdicts.at(place)

    def _at(self, number: int) -> MomentVerdict:
        return self._verdicts.at(cast("Resting", self.old.ops[number]).place)

    def moved(self, state: State) -> State:
        """A state of the old plan as one of the new. MigrationRefused if it cannot go on."""
        verdict = self._at(state.course.at)
        if verdict.verdict is not Verdict.GOES_ON:
            says = f"A session at “{verdict.place}” {verdict.verdict}:"
            raise MigrationRefused(says, verdict.reasons)
        setup = evolve(state.setup, settings=self._settings(state.setup.settings))
        return evolve(state, setup=setup, course=self._course(state.course, verdict.to))

    def _settings(self, chosen: Mapping[str, Value]) -> dict[str, Value]:
        """What was chosen; the new default where that has no place any more, or nothing was."""
        settings: dict[str, Value] = {}
        for setting in self.new.protocol.settings:
            value = chosen.get(setting.name)
            fits = value is not None and not problem_with(setting, value)
            settings[setting.name] = value if fits and value is not None else setting.default
        return settings

    def _course(self, course: Course, to: str) -> Course:
        at = self.new.moments[to]
        return evolve(
            course,
            at=at,
            frames=self._frames(course.frames, at),
            answers=self._answers(course.answers),
            orders=self._orders(course.orders),
            back=None if course.back is None else self._back(course.back),
        )

    def _frames(self, frames: tuple[Frame, ...], at: int) -> tuple[Frame, ...]:
        """The passes, without a soft end where the new block has no limit."""
        blocks = cast("Resting", self.new.ops[at]).scope.blocks
        return tuple(
            Frame(
                frame.index,
                self._order(frame.order),
                None if self.new.blocks[number].time is None else frame.due,
            )
            for frame, number in zip(frames, blocks, strict=True)
        )

    def _order(self, order: OrderOf) -> OrderOf:
        return tuple(one if isinstance(one, int) else self._key(one) for one in order)

    def _key(self, key: Key) -> Key:
        """A key of the old plan in the new one, of a slot that is kept."""
        return (self._slots[key[0]], *key[1:])

    def _orders(self, orders: Paged[OrderOf]) -> Paged[OrderOf]:
        kept: dict[Key, OrderOf] = {}
        for key, order in orders.items():
            if key[0] in self._blocks:
                kept[self._blocks[key[0]], *key[1:]] = self._order(order)
        return Paged.of(kept)

    def _answers(self, answers: Paged[Entry]) -> Paged[Entry]:
        kept: dict[Key, Entry] = {}
        for key, entry in answers.items():
            name = self.old.slots[key[0]].name
            if key[0] in self._slots:
                slot = self.new.slots[self._slots[key[0]]]
                told = entry.readers if slot.readers else ()
                keep = entry.keep and slot.is_kept_by_writer
                kept[self._key(key)] = evolve(entry, readers=told, keep=keep)
            elif name not in self.dropping:
                why = dict(self.lost)[name]
                raise MigrationRefused(f"There are answers to “{name}”, and {why}.")
        return Paged.of(kept)

    def _back(self, back: Back) -> Back | None:
        """The moment before, if a session could rest there as well."""
        verdict = self._at(back.at)
        if verdict.verdict is not Verdict.GOES_ON:
            return None
        at = self.new.moments[verdict.to]
        return Back(at, self._frames(back.frames, at), back.seat)


def migration(
    old: Plan,
    new: Plan,
    mapping: Mapping[str, str] | None = None,
    dropping: Iterable[str] = (),
) -> Migration:
    """How sessions of ``old`` go on in ``new``.

    ``mapping`` leads from places of the old plan to places of the new, where ids have changed.
    ``dropping`` names answers of the old plan that may be lost if they cannot be kept.
    MigrationRefused if one of them is not there.
    """
    may_go = frozenset(dropping)
    for name in sorted(may_go - old.slots_by_name.keys()):
        raise MigrationRefused(f"There is no answer “{name}”.{nearest(name, old.slots_by_name)}")
    matching = matched(old, new, mapping or {})
    carried = Carried(matching)
    verdicts = Verdicts(matching, carried, may_go)
    lost = ((slot.name, carried.why_lost(slot.number)) for slot in old.slots)
    return Migration(
        old=old,
        new=new,
        moments=verdicts.moments(),
        lost=tuple((name, why) for name, why in lost if why),
        dropping=may_go,
        verdicts=verdicts,
        slots=carried.slots,
        blocks=carried.blocks,
    )


def migrate(
    old: Plan,
    new: Plan,
    snapshot: str,
    mapping: Mapping[str, str] | None = None,
    dropping: Iterable[str] = (),
    *,
    session: str | None = None,
) -> str:
    """A snapshot of ``old`` as one of ``new``.

    ``mapping`` and ``dropping`` are as in :func:`migration`. With ``session``, it must be the
    session of this id. MigrationRefused if the session cannot go on there, SnapshotRejected if the
    snapshot is not one of ``old``. What was handed in still restores on ``old``.
    """
    state = restored(old, snapshot, session)
    return written(new, migration(old, new, mapping, dropping).moved(state))
