"""Where a session stands: frozen data, small, and all there is.

There is one place in the plan, one open moment, and one barrier: the marks of
those who are asked to act in it. People are seats, numbered in the order they
came; every tuple that has one thing a person is indexed by seat.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.language.values import Missing, Person, Value
from compassion_protocols.model.care import CarePolicy
from compassion_protocols.session.paged import Key, Paged

if TYPE_CHECKING:
    from collections.abc import Mapping

FACILITATOR_ROLE = "facilitator"
LATEST = 1e12
"""No clock shows an instant this far from the epoch, in seconds."""


class Presence(StrEnum):
    """Whether a person takes part at present."""

    HERE = "here"
    AWAY = "away"
    GONE = "gone"


class Mark(StrEnum):
    """What is known of one seat at the open moment; others never see which of the last four."""

    NONE = ""
    PENDING = "pending"
    NUDGED = "nudged"
    DONE = "done"
    SKIPPED = "skipped"
    ABSENT = "absent"
    TIMED_OUT = "timed_out"


WAITING = (Mark.PENDING, Mark.NUDGED)
"""The marks for which a moment stays open."""


class Screen(StrEnum):
    """Whether each person has a screen, or all share one."""

    OWN = "own"
    SHARED = "shared"


class Status(StrEnum):
    """What kind of time it is, for one seat."""

    OPEN = "open"
    PAUSED = "paused"
    CARE = "care"
    ENDED = "ended"


@frozen(kw_only=True)
class Setup:
    """What was fixed at the start. ``utc_offset`` is in seconds."""

    session: str
    people: tuple[Person, ...]
    settings: Mapping[str, Value] = field(factory=dict)
    locale: str = "en"
    utc_offset: int = 0
    screen: Screen = Screen.OWN
    policy: CarePolicy = CarePolicy()
    seed: int = 0
    seats: tuple[int, ...] = field(init=False, eq=False, repr=False)
    """Every seat. Like the next one found once, since every event asks for it."""
    facilitator: int | None = field(init=False, eq=False, repr=False)
    """The facilitator's seat, if there is one."""

    @seats.default
    def _all_seats(self) -> tuple[int, ...]:
        return _seats(len(self.people))

    @facilitator.default
    def _facilitators_seat(self) -> int | None:
        for seat, person in enumerate(self.people):
            if person.role == FACILITATOR_ROLE:
                return seat
        return None


@cache
def _seats(people: int) -> tuple[int, ...]:
    """So many seats; one tuple for all sessions that have as many people."""
    return tuple(range(people))


@frozen
class Entry:
    """An answer, or why there is none; whose it is (a seat), and when that was.

    ``readers`` are the seats that may read it beside its writer. They are those
    that the writer was told of: whoever joins or takes a role over later is not
    among them. ``keep`` is whether its writer wants to keep it for another time.
    """

    value: Value | Missing
    by: int
    at: float
    readers: tuple[int, ...] = ()
    keep: bool = False

    def is_open_to(self, reader: int) -> bool:
        """Whether this seat may read it."""
        return reader == self.by or reader in self.readers


OrderOf = tuple[int | Key, ...]
"""What a loop goes through: seats, numbers of items in a list, or keys of answers."""


@frozen
class Frame:
    """A block that the session is inside: which pass, of what, and its soft end."""

    index: int = 0
    order: OrderOf = ()
    due: float | None = None


class Gate(StrEnum):
    """On a shared screen, a card between people: take the screen, or turn it back."""

    HAND_OVER = "hand_over"
    COVER = "cover"


@frozen
class Open:
    """The open moment. ``due`` and ``limit`` (the latest ``due`` may become) are epoch seconds."""

    started: float
    marks: tuple[Mark, ...]
    attempts: tuple[int, ...]
    due: float | None = None
    limit: float | None = None
    drafts: tuple[tuple[int, Value], ...] = ()
    gate: tuple[Gate, int] | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether anyone is still waited for."""
        return Mark.PENDING in self.marks or Mark.NUDGED in self.marks


@frozen
class Back:
    """The moment before, if its only actor may return to it."""

    at: int
    frames: tuple[Frame, ...]
    seat: int


@frozen
class Floor:
    """How often one person had the floor alone; the seconds that they were offered, and used."""

    times: int = 0
    offered: float = 0.0
    used: float = 0.0


Floors = tuple[tuple[int, Floor], ...]
"""The floor of each seat that ever had it, in order of seats."""


@frozen
class Course:
    """One walk through one plan. ``opened`` counts the moments opened for each seat."""

    at: int
    opened: tuple[int, ...]
    open: Open | None = None
    frames: tuple[Frame, ...] = ()
    answers: Paged[Entry] = Paged()
    orders: Paged[OrderOf] = Paged()
    """What each list-making block goes through, by its number and the indices around it."""
    holders: tuple[tuple[str, int], ...] = ()
    back: Back | None = None
    floors: Floors = ()


class LaneStage(StrEnum):
    """Where a person's own care stands."""

    GROUNDING = "grounding"
    HELP = "help"


@frozen
class Lane:
    """One person's own care, beside the session."""

    seat: int
    stage: LaneStage
    course: Course
    still: bool = False
    """Whether a pause has stopped it. Care that begins during a pause is not stopped by it."""


@frozen
class PauseCard:
    """A time-out: since when, perhaps until when, who agrees to go on."""

    since: float
    until: float | None = None
    votes: tuple[int, ...] = ()
    reminded: bool = False


class Ending(StrEnum):
    """How a session ended. It is never said who ended it."""

    COMPLETE = "complete"
    EARLY = "early"


@frozen(kw_only=True)
class State:
    """Everything about a running session but its plan."""

    setup: Setup
    seq: int
    now: float
    presence: tuple[Presence, ...]
    course: Course
    lanes: tuple[Lane, ...] = ()
    pause: PauseCard | None = None
    frozen_since: float | None = None
    """When the session's own clock stopped, for a pause or for care."""
    ending: Ending | None = None

    def seat(self, person: str) -> int:
        """The seat of a person; LookupError if nobody has this id."""
        for number, someone in enumerate(self.setup.people):
            if someone.id == person:
                return number
        raise LookupError(person)

    def lane(self, seat: int) -> Lane | None:
        """This seat's own care, if it has one."""
        for lane in self.lanes:
            if lane.seat == seat:
                return lane
        return None

    @property
    def minding(self) -> frozenset[int]:
        """Seats that are in care of their own, and count as away from the session."""
        return frozenset([lane.seat for lane in self.lanes])

    def status(self, seat: int) -> Status:
        """What kind of time it is for this seat."""
        if self.ending is not None:
            return Status.ENDED
        if not self.lanes and self.pause is None:
            return Status.OPEN
        lane = self.lane(seat)
        if lane is None and self.course.open is None:
            return Status.ENDED  # all is said, and only someone's care goes on
        if lane is not None and not lane.still:
            return Status.CARE
        if self.pause is not None:
            return Status.PAUSED
        return Status.CARE if self.frozen_since is not None else Status.OPEN
