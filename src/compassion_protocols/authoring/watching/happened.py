"""One event of a session, and what came of it: what every watch looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.session.looking import view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.errors import CompassionError
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.effects import Effect
    from compassion_protocols.session.events import Event
    from compassion_protocols.session.state import Course, State
    from compassion_protocols.session.view import View


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
