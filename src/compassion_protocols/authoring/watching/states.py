"""What must hold of events, counts, clocks and people, by a look at the states alone.

These watches cost next to nothing, and a walk is watched by all of them at every
event. What each holds stands in its docstring; :mod:`.watches` says how they are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.language.values import Missing
from compassion_protocols.model.choices import Resume
from compassion_protocols.model.plan import Moment
from compassion_protocols.session.events import (
    Advance,
    Answer,
    Back,
    Continue,
    Erase,
    Skip,
    Tick,
)
from compassion_protocols.session.keepsakes import keepsakes
from compassion_protocols.session.state import WAITING, Presence
from compassion_protocols.session.transition import next_deadline

if TYPE_CHECKING:
    from compassion_protocols.authoring.watching.happened import Happened
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.keepsakes import Keepsake
    from compassion_protocols.session.state import State

# Events and what they may change


def only_typed_refusals(it: Happened) -> str:
    """An event is carried out or refused, and nothing else ever happens."""
    return "" if it.crash is None else f"{type(it.crash).__name__}: {it.crash}"


def a_refusal_changes_nothing(it: Happened) -> str:
    """What is refused leaves everything as it was."""
    if it.refusal is None or it.after is it.before or it.after == it.before:
        return ""
    return "The state is another one."


def what_comes_twice_counts_once(it: Happened) -> str:
    """An event that the network sends twice counts once."""
    if not it.again or not isinstance(it.event, Answer | Continue | Skip | Back | Advance):
        return ""
    deadline = next_deadline(it.before)
    if deadline is not None and deadline <= it.before.now:
        return ""  # it may have let that pass
    same = (it.before.course, it.before.lanes) == (it.after.course, it.after.lanes)
    return "" if same else "It was carried out once more."


def one_expiry_at_a_time(it: Happened) -> str:
    """However late a tick comes, it closes one moment at most."""
    if not isinstance(it.event, Tick):
        return ""
    steps = zip(it.before.course.opened, it.after.course.opened, strict=False)
    most = max([after - before for before, after in steps])
    return "" if most <= 1 else f"{most} moments opened for one person."


def erasing_leaves_nothing(it: Happened) -> str:
    """After someone has taken their words back, neither an answer nor a draft of theirs is left."""
    if not isinstance(it.event, Erase) or it.refusal is not None or it.crash is not None:
        return ""
    for _, course in it.courses():
        for _, entry in course.answers.items():
            if entry.by == it.sender and not isinstance(entry.value, Missing):
                return "An answer is still there."
        if course.open and any(seat == it.sender for seat, _ in course.open.drafts):
            return "A draft is still there."
    return ""


def what_is_kept_was_agreed_on(it: Happened) -> str:
    """Nothing is kept for anyone but by a yes, and then for those who can read it."""
    if it.before.course.answers is it.after.course.answers or it.crash is not None:
        return ""
    for person in it.people:
        had = _kept(it.plan, it.before, person)
        for one in keepsakes(it.plan, it.after, person):
            if person not in one.owners or not _can_read(it, one, person):
                return f"“{one.name}” is kept for {person}, who cannot read it."
            if (one.place, one.at, one.by) not in had and not _says_yes(it, one):
                return f"“{one.name}” is kept for {person}, and nobody has just agreed."
    return ""


def _kept(plan: Plan, state: State, person: str) -> set[tuple[str, float, str]]:
    if person not in [one.id for one in state.setup.people]:
        return set()
    return {(one.place, one.at, one.by) for one in keepsakes(plan, state, person)}


def _says_yes(it: Happened, kept: Keepsake) -> bool:
    """Whether this may be the last yes that was wanted: a writer's own, or one of everyone's."""
    if getattr(it.event, "keep", False):
        return it.people[it.sender] == kept.by
    before, after = it.before.course.answers, it.after.course.answers
    return any(
        entry.value is True and entry.by == it.sender and before.get(key) is not entry
        for key, entry in after.items()
    )


def _can_read(it: Happened, kept: Keepsake, person: str) -> bool:
    seat, slot = it.people.index(person), it.plan.slots_by_name[kept.place]
    return any(
        key[0] == slot.number and entry.at == kept.at and entry.is_open_to(seat)
        for key, entry in it.after.course.answers.items()
    )


# Counting and clocks


def tokens_only_grow(it: Happened) -> str:
    """Nobody's count of moments, nor of answers within one, ever goes down."""
    before, after = it.before.course, it.after.course
    counts = list(zip(before.opened, after.opened, strict=False))
    if any(then > now for then, now in counts):
        return f"{before.opened} became {after.opened}."
    if before.open is None or after.open is None:
        return ""
    if any(then != now for then, now in counts):
        return ""  # another moment is open
    tries = zip(before.open.attempts, after.open.attempts, strict=False)
    if any(then > now for then, now in tries):
        return f"{before.open.attempts} became {after.open.attempts}."
    return ""


def time_goes_forward(it: Happened) -> str:
    """The session's clock never goes back, and the number of its events neither."""
    before, after = it.before, it.after
    if after.now < before.now or after.seq < before.seq:
        return f"{before.now}, event {before.seq}, became {after.now}, event {after.seq}."
    return ""


def deadlines_come_later(it: Happened) -> str:
    """A deadline comes after its beginning, and none is left when all is over."""
    if it.after.ending is not None:
        return "" if next_deadline(it.after) is None else "A deadline is left after the end."
    for _, course in it.courses():
        opened = course.open
        if opened is None or opened.due is None:
            continue
        if opened.due < opened.started or (opened.limit is not None and opened.limit < opened.due):
            return f"Begun at {opened.started}, due at {opened.due}, {opened.limit} at the latest."
    return ""


def a_pause_stops_time(it: Happened) -> str:
    """While all is paused, no time passes for anyone's moment."""
    if it.after.pause is not None and it.after.frozen_since is None:
        return "The clock runs on during the pause."
    if it.before.pause is None or it.after.ending is not None:
        return ""
    if it.after.pause is not None:
        moved = isinstance(it.event, Tick) and it.after.course != it.before.course
        return "A tick has changed the moment." if moved else ""
    return _time_lost(it)


def _time_lost(it: Happened) -> str:
    """Whether the open moment has less or more time left than when its clock stopped."""
    then, now = it.before.course, it.after.course
    since, op = it.before.frozen_since, it.plan.ops[then.at]
    if it.after.frozen_since is not None or since is None or now.opened != then.opened:
        return ""
    if not isinstance(op, Moment) or op.resume is not Resume.REMAINING:
        return ""
    if then.open is None or now.open is None or then.open.due is None or now.open.due is None:
        return ""
    was, left = then.open.due - since, now.open.due - it.after.now
    return "" if abs(was - left) < 0.001 else f"{was} seconds were left, and are {left} now."


# People


def everyone_has_a_seat(it: Happened) -> str:
    """Whatever is counted by seats has one place for each person."""
    people = len(it.after.setup.people)
    counted: list[tuple[object, ...]] = [it.after.presence]
    for _, course in it.courses():
        counted.append(course.opened)
        if course.open is not None:
            counted += [course.open.marks, course.open.attempts]
    lengths = {len(one) for one in counted}
    return "" if lengths == {people} else f"{people} people, and places for {sorted(lengths)}."


def only_who_is_here_is_waited_for(it: Happened) -> str:
    """A moment waits for people who are here, and for at least one of them."""
    state, opened = it.after, it.after.course.open
    if state.frozen_since is not None or state.ending is not None or opened is None:
        return ""
    waited = [seat for seat, mark in enumerate(opened.marks) if mark in WAITING]
    missing = [it.people[seat] for seat in waited if not _acts(state, seat)]
    if missing:
        return f"It waits for {', '.join(missing)}."
    return "" if waited or opened.gate is not None else "It waits for nobody."


def _acts(state: State, seat: int) -> bool:
    return state.presence[seat] is Presence.HERE and seat not in state.minding


def a_turn_is_of_someone_here(it: Happened) -> str:
    """A moment of a turn opens only while the one whose turn it is is here."""
    course, state = it.after.course, it.after
    op = it.plan.ops[course.at]
    if course.open is None or not isinstance(op, Moment) or not op.scope.turns:
        return ""
    if course.opened == it.before.course.opened or it.before.presence != state.presence:
        return ""  # nothing has opened, or perhaps before someone went
    if it.before.minding != state.minding:
        return ""
    for depth in op.scope.turns:
        frame = course.frames[depth]
        seat = frame.order[frame.index]
        if isinstance(seat, int) and not _acts(state, seat):
            return f"It opened in the turn of {it.people[seat]}."
    return ""
