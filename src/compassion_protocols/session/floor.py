"""The ledger of the floor: how long each person was given it to speak, and how long they took.

A floor is one person's who speaks while nobody else is asked to. What counts as *offered* is the
time that the author wrote, and what a facilitator has added to it; a quarter more, in which a
sentence may be finished, is a courtesy and no offer. What counts as *used* is the time until the
floor was handed on, or had to be given back: skipped, left or run out, it is entered all the same.
Time that stood still, in a pause or in care, is nobody's.

Only sums are kept, so that a session does not grow by it, and nobody could follow who was silent
when. A person's own sums are theirs to read. They are in no view and no effect, and no one else's
transcript has them: time that is compared is no gift any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.model.plan import MomentKind
from compassion_protocols.session.state import Floor, Mark
from compassion_protocols.session.timing import length

if TYPE_CHECKING:
    from compassion_protocols.model.plan import Moment
    from compassion_protocols.session.scene import Scene
    from compassion_protocols.session.state import Floors, Open

_DIGITS = 3
"""Of a second, so that sums of what was shifted by pauses come out even."""


def after_closing(floors: Floors, scene: Scene, moment: Moment, until: float) -> Floors:
    """The ledger when the open moment closes at this instant."""
    opened = scene.open
    speaker = _speaker(moment, opened)
    if opened is None or speaker is None or opened.due is None:
        return floors
    added = opened.due - opened.started - (length(scene, moment) or 0)
    used = max(min(until, opened.due) - opened.started, 0)
    return _with(floors, speaker, Floor(1, _written(scene, moment) + added, used))


def before_restart(floors: Floors, scene: Scene, moment: Moment, until: float) -> Floors:
    """The ledger when a floor is given anew, since it stood still from this instant on."""
    opened = scene.open
    speaker = _speaker(moment, opened)
    if opened is None or speaker is None:
        return floors
    return _with(floors, speaker, Floor(0, 0, max(until - opened.started, 0)))


def after_return(floors: Floors, scene: Scene, moment: Moment, seat: int) -> Floors:
    """The ledger when someone goes back to a floor of theirs: it is the same one, not a second."""
    if moment.kind is not MomentKind.SPEAK:
        return floors
    return _with(floors, seat, Floor(-1, -_written(scene, moment), 0))


def without(floors: Floors, seat: int) -> Floors:
    """The ledger of everybody else."""
    return tuple([entry for entry in floors if entry[0] != seat])


def floor_of(floors: Floors, seat: int) -> Floor | None:
    """What one person was offered and used; None if they have had no floor to its end."""
    return next((floor for other, floor in floors if other == seat and floor.times), None)


def _speaker(moment: Moment, opened: Open | None) -> int | None:
    """The seat whose floor it is; None where several speak with each other, or nobody does."""
    if moment.kind is not MomentKind.SPEAK or opened is None:
        return None
    asked = [seat for seat, mark in enumerate(opened.marks) if mark is not Mark.NONE]
    return asked[0] if len(asked) == 1 else None


def _written(scene: Scene, moment: Moment) -> float:
    """How long a floor is by what the author wrote."""
    lengths = (moment.duration, moment.at_most)
    found = [scene.seconds(moment.scope, one) for one in lengths if one is not None]
    return min([seconds for seconds in found if seconds is not None], default=0)


def _with(floors: Floors, seat: int, more: Floor) -> Floors:
    had = dict(floors).get(seat, Floor())
    sums = (had.times + more.times, had.offered + more.offered, had.used + more.used)
    times, offered, used = (max(total, 0) for total in sums)
    floor = Floor(int(times), round(float(offered), _DIGITS), round(float(used), _DIGITS))
    entry = () if floor == Floor() else ((seat, floor),)
    return tuple(sorted((*without(floors, seat), *entry), key=lambda entry: entry[0]))
