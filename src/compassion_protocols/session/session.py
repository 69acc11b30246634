"""A session in memory: a plan, a state, and the few things a host does with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.language.condition import holds
from compassion_protocols.model.care import CarePolicy
from compassion_protocols.model.plan import Scope
from compassion_protocols.session.keepsakes import keepsakes
from compassion_protocols.session.looking import view
from compassion_protocols.session.restoring import restored
from compassion_protocols.session.scene import Scene
from compassion_protocols.session.setup import begin
from compassion_protocols.session.snapshot import snapshot
from compassion_protocols.session.state import WAITING, Ending, Mark, Screen, Setup
from compassion_protocols.session.transcript import transcript
from compassion_protocols.session.transition import next_deadline, transition

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from compassion_protocols.language.values import Person
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.effects import Effect
    from compassion_protocols.session.events import Event
    from compassion_protocols.session.keepsakes import Keepsake
    from compassion_protocols.session.setup import Attendance
    from compassion_protocols.session.state import State
    from compassion_protocols.session.transcript import Transcript
    from compassion_protocols.session.view import View


class Session:
    """One run of one plan. It waits for events and never acts by itself.

    Instants are epoch seconds, given by the host with every event.
    """

    __slots__ = ("effects", "plan", "state")

    def __init__(self, plan: Plan, state: State, effects: tuple[Effect, ...] = ()) -> None:
        self.plan = plan
        self.state = state
        self.effects = effects
        """The effects of the start, or of the event received last."""

    @classmethod
    def start(
        cls,
        plan: Plan,
        people: Attendance | Sequence[str | Person],
        *,
        at: float,
        cleared: Collection[str] = (),
        facilitator: str | Person | None = None,
        settings: Mapping[str, object] | None = None,
        policy: CarePolicy | None = None,
        screen: Screen = Screen.OWN,
        locale: str = "en",
        utc_offset: int = 0,
        seed: int = 0,
        session: str = "session",
    ) -> Session:
        """Begin at ``at`` with the people of each role.

        ``cleared`` holds the ids of those who passed the screening. ``utc_offset``
        is in seconds. Raises PeopleRejected, SettingRejected, NotReady or
        FacilitatorNeeded.
        """
        setup = Setup(
            session=session,
            people=(),
            locale=locale,
            utc_offset=utc_offset,
            screen=Screen(screen),
            policy=policy or CarePolicy(),
            seed=seed,
        )
        state, effects = begin(
            plan,
            people,
            now=at,
            setup=setup,
            cleared=cleared,
            facilitator=facilitator,
            settings=settings or {},
        )
        return cls(plan, state, effects)

    @classmethod
    def restore(cls, plan: Plan, snapshot: str, *, session: str | None = None) -> Session:
        """The session in a snapshot. SnapshotRejected if it is not one of this plan.

        With ``session``, it must be the session of this id.
        """
        return cls(plan, restored(plan, snapshot, session))

    def receive(self, event: Event) -> tuple[Effect, ...]:
        """Carry one event out. EventNotAllowed, StaleMoment or AnswerRefused change nothing."""
        self.state, self.effects = transition(self.plan, self.state, event)
        return self.effects

    def view(self, person: str) -> View:
        """What this person's screen shows. LookupError if nobody has this id."""
        return view(self.plan, self.state, person)

    def snapshot(self) -> str:
        """The state as a small JSON text; :meth:`restore` reads it back."""
        return snapshot(self.plan, self.state)

    def transcript(self, reader: str) -> Transcript:
        """What this person may take along. LookupError if nobody has this id."""
        return transcript(self.plan, self.state, reader)

    def keepsakes(self, person: str) -> tuple[Keepsake, ...]:
        """What this person keeps for another time, so far. LookupError if nobody has this id."""
        return keepsakes(self.plan, self.state, person)

    @property
    def next_deadline(self) -> float | None:
        """When a Tick is next worth sending; None while nothing waits for time."""
        return next_deadline(self.state)

    @property
    def ended(self) -> bool:
        """Whether the session is over."""
        return self.state.ending is not None

    @property
    def cleared(self) -> bool:
        """Whether this was a screening that ended with its person cleared to start."""
        clears = self.plan.protocol.care.clears
        if clears is None or self.state.ending is not Ending.COMPLETE:
            return False
        state = self.state
        setup = state.setup
        scene = Scene(self.plan, setup, state.presence, state.course, setup.seats)
        return holds(clears, scene.lookup(Scope())) is True

    @property
    def at_screen(self) -> str:
        """On a shared screen, the id of the person whose view it should show."""
        state = self.state
        opened = state.course.open
        seat = 0
        if state.lanes and not state.lanes[0].still:
            seat = state.lanes[0].seat
        elif opened is not None and opened.gate is not None:
            seat = opened.gate[1]
        elif opened is not None:
            waited = [s for s, mark in enumerate(opened.marks) if mark in WAITING]
            asked = [s for s, mark in enumerate(opened.marks) if mark is not Mark.NONE]
            seat = (waited or asked or [0])[0]
        return state.setup.people[seat].id
