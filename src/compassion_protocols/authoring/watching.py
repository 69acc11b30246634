"""What must hold after every event of every session, whatever the protocol says.

Each watch is a small function with a name and one sentence: what holds. It looks
at one event and what came of it (:class:`Happened`), and tells what it has seen
if that is something else; nothing, if all is well. It decides by itself, from the
state and the views, and leans on none of the runner's own decisions.

Private words are watched by their marks. A walk puts a mark into whatever it
writes, a word that comes nowhere else, and a mark may be shown to someone only
if an answer that holds it is open to them (:func:`private_words_stay`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.authoring.ending import skips_to_the_end
from compassion_protocols.errors import AnswerRefused, EventNotAllowed
from compassion_protocols.language.values import Missing
from compassion_protocols.model.choices import Resume
from compassion_protocols.model.plan import Moment
from compassion_protocols.render.registry import RENDERERS
from compassion_protocols.session.events import (
    Advance,
    Answer,
    Back,
    Continue,
    Erase,
    Skip,
    Tick,
    event_from_json,
)
from compassion_protocols.session.looking import view
from compassion_protocols.session.restoring import restored
from compassion_protocols.session.snapshot import snapshot
from compassion_protocols.session.state import WAITING, Mark, Presence
from compassion_protocols.session.transcript import transcript
from compassion_protocols.session.transition import next_deadline, transition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from compassion_protocols.errors import CompassionError
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.effects import Effect
    from compassion_protocols.session.events import Event
    from compassion_protocols.session.state import Course, State
    from compassion_protocols.session.view import View

MARK = re.compile(r"zq[0-9]+qz", re.IGNORECASE)
"""A mark: the word by which what someone wrote is known again."""


class Happened:
    """One event, and what came of it. Without an ``event`` it was a new start from a snapshot.

    ``again`` says that the event had been carried out before. ``refusal`` is the
    error by which it was refused, ``crash`` any other error.
    """

    __slots__ = (
        "_views", "after", "again", "before", "crash", "effects", "event", "plan", "refusal",
    )  # fmt: skip

    def __init__(
        self,
        plan: Plan,
        before: State,
        event: Event | None,
        after: State,
        effects: tuple[Effect, ...] = (),
        *,
        again: bool = False,
        refusal: CompassionError | None = None,
        crash: Exception | None = None,
    ) -> None:
        self.plan = plan
        self.before = before
        self.event = event
        self.after = after
        self.effects = effects
        self.again = again
        self.refusal = refusal
        self.crash = crash
        self._views: dict[str, View] = {}

    def view(self, person: str) -> View:
        """What this person sees afterwards."""
        if person not in self._views:
            self._views[person] = view(self.plan, self.after, person)
        return self._views[person]

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of all who are or were there, by seat."""
        return tuple([person.id for person in self.after.setup.people])

    @property
    def sender(self) -> int:
        """The seat of who sent the event; -1 for nobody who has one."""
        by = getattr(self.event, "by", "")
        return self.people.index(by) if by in self.people else -1

    def courses(self) -> Iterator[tuple[Plan, Course]]:
        """The session's own way, and those of all who are in care."""
        yield self.plan, self.after.course
        for lane in self.after.lanes:
            yield self.plan.care[lane.stage], lane.course


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


# Views


def everyone_sees_something(it: Happened) -> str:
    """Everyone's view says something, offers help, and speaks to someone."""
    for person in it.people:
        seen = it.view(person)
        if not seen.text.strip():
            return f"{person} sees no text."
        if not seen.help.text.strip():
            return f"{person} is offered no help."
        if not seen.addressed or not seen.token:
            return f"The view of {person} speaks to nobody."
    return ""


_ALWAYS = frozenset({"pause", "distress", "stop", "leave", "erase"})
_AWAY = frozenset({"join", "distress", "stop", "erase"})
_OVER = frozenset({"erase"})


def the_ways_out_are_open(it: Happened) -> str:
    """Pausing, care, stopping, leaving and erasing are offered to everyone until the end."""
    for seat, person in enumerate(it.people):
        seen = it.view(person)
        presence = it.after.presence[seat]
        wanted = _AWAY if presence is Presence.AWAY else _ALWAYS
        if seen.kind == "ended" or presence is Presence.GONE:
            wanted = _OVER
        lacking = wanted.difference(seen.actions)
        if lacking:
            return f"{person} is not offered: {', '.join(sorted(lacking))}."
    return ""


def whoever_is_asked_may_skip(it: Happened) -> str:
    """Whoever is asked for something is offered to skip it."""
    for person in it.people:
        seen = it.view(person)
        if seen.kind not in _NOTHING_ASKED and "skip" not in seen.actions:
            return f"{person} is not offered to skip."
    return ""


_NOTHING_ASKED = ("waiting", "pause", "hand_over", "cover", "ended")


def what_is_offered_can_be_done(it: Happened) -> str:
    """Nothing that someone's view offers is refused."""
    deadline = next_deadline(it.after)
    if deadline is not None and deadline <= it.after.now:
        return ""  # it may pass first
    for person in it.people:
        seen = it.view(person)
        for action in seen.actions:
            if action == "continue" and _has_to_wait(seen):
                continue
            body = {"event": action, "token": seen.token, "value": True, "seconds": 1}
            event = event_from_json(body, by=seen.viewer, at=it.after.now)
            try:
                transition(it.plan, it.after, event)
            except AnswerRefused:
                continue
            except EventNotAllowed as refusal:
                return f"{person} is offered “{action}”, and then: {refusal}"
    return ""


def _has_to_wait(seen: View) -> bool:
    timer = seen.timer
    return timer is not None and timer.not_before is not None and seen.at < timer.not_before


def every_renderer_shows_something(it: Happened) -> str:
    """Each renderer makes something of everyone's view."""
    shown: set[tuple[object, ...]] = set()
    for person in it.people:
        seen = it.view(person)
        alike = (seen.kind, seen.text, seen.input is None, seen.actions)
        if alike in shown:
            continue  # as someone else's, but for their name
        shown.add(alike)
        for name, render in RENDERERS.items():
            if not render(seen).strip():
                return f"{person} sees nothing as {name}."
    return ""


# Words


def private_words_stay(it: Happened) -> str:
    """What someone wrote is shown to nobody to whom no answer with it is open."""
    open_to = _readers(it)
    if not open_to:
        return ""
    for seat, person in enumerate(it.people):
        for mark in _marks((it.view(person), transcript(it.plan, it.after, person))):
            if seat not in open_to.get(mark, ()):
                return f"{person} is shown “{mark}”."
    marks = _marks(it.effects)
    return f"An effect says “{marks[0]}”." if marks else ""


def _readers(it: Happened) -> dict[str, set[int]]:
    """For each mark that is kept anywhere, the seats that may read it."""
    open_to: dict[str, set[int]] = {}
    for plan, course in it.courses():
        for key, entry in course.answers.items():
            marks = _marks(entry.value)
            if marks:
                readers = () if _is_held(plan, course, key, entry.by) else entry.readers
                for mark in marks:
                    open_to.setdefault(mark, set()).update((entry.by, *readers))
        for seat, draft in course.open.drafts if course.open else ():
            for mark in _marks(draft):
                open_to.setdefault(mark, set()).add(seat)
    return open_to


def _is_held(plan: Plan, course: Course, key: tuple[int, ...], writer: int) -> bool:
    """Whether an answer was given at the open moment, and others are still asked the same."""
    op, opened = plan.ops[course.at], course.open
    if opened is None or not isinstance(op, Moment) or op.slot is None:
        return False
    slot = op.slot
    here = tuple([course.frames[depth].index for depth in op.scope.gathering])
    if key != ((slot.number, writer, *here) if slot.several else (slot.number, *here)):
        return False
    others = [mark for seat, mark in enumerate(opened.marks) if seat != writer]
    return opened.marks[writer] is not Mark.NONE and any(mark in WAITING for mark in others)


def _marks(said: object) -> list[str]:
    """The marks in whatever something says."""
    return [mark.lower() for mark in MARK.findall(repr(said))]


# Going on


def a_snapshot_holds_everything(it: Happened) -> str:
    """A session comes back from its snapshot as it was, and is written the same way again."""
    text = snapshot(it.plan, it.after)
    again = restored(it.plan, text, None)
    if again != it.after:
        return "Another state came back."
    return "" if snapshot(it.plan, again) == text else "It is written differently."


def skipping_leads_to_the_end(it: Happened) -> str:
    """From wherever a session is, it comes to its end if everyone skips."""
    return skips_to_the_end(it.plan, it.after)


_AT_ONCE = (
    only_typed_refusals,
    a_refusal_changes_nothing,
    what_comes_twice_counts_once,
    one_expiry_at_a_time,
    erasing_leaves_nothing,
    tokens_only_grow,
    time_goes_forward,
    deadlines_come_later,
    a_pause_stops_time,
    everyone_has_a_seat,
    only_who_is_here_is_waited_for,
    a_turn_is_of_someone_here,
)
_ROUND = (
    everyone_sees_something,
    the_ways_out_are_open,
    whoever_is_asked_may_skip,
    private_words_stay,
    a_snapshot_holds_everything,
)
_THROUGH = (
    what_is_offered_can_be_done,
    every_renderer_shows_something,
    skipping_leads_to_the_end,
)

WATCHES: dict[str, Callable[[Happened], str]] = {
    watch.__name__: watch for watch in (*_AT_ONCE, *_ROUND, *_THROUGH)
}
"""Every watch, by its name; its docstring says what holds."""

AT_ONCE = tuple([watch.__name__ for watch in _AT_ONCE])
"""Those that look at the state alone, and cost next to nothing."""

ROUND = tuple([watch.__name__ for watch in (*_AT_ONCE, *_ROUND)])
"""Those that look at everyone's view and at the snapshot, too."""


@frozen
class Amiss:
    """What a watch has seen that must not be."""

    watch: str
    seen: str


def first_amiss(happened: Happened, names: Iterable[str] = WATCHES) -> Amiss | None:
    """What the first of these watches has seen that must not be. Never fails."""
    for name in names:
        try:
            seen = WATCHES[name](happened)
        except Exception as error:  # noqa: BLE001  # a view or a snapshot that fails is a finding
            seen = f"{type(error).__name__}: {error}"
        if seen:
            return Amiss(name, seen)
    return None


def sentence(name: str) -> str:
    """What a watch says that holds."""
    return str(WATCHES[name].__doc__)
