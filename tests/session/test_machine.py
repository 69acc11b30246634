"""Any events in any order, over plans that hold every kind of step."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from compassion_protocols.errors import AnswerRefused, EventNotAllowed, PeopleRejected
from compassion_protocols.session.events import KINDS, Event, Tick, event_from_json
from compassion_protocols.session.rehearse import reply_from_example
from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Presence, Status
from tests.room import Room
from tests.scenes import SCENES

VALUES = [
    "a word", "one two three", "", "no", "yes", "not quite", "00:20", "23:00", "Ana", "Ben",
    None, True, False, 0, 4, 9, 1e300, float("nan"), [], ["1"], ["1", "2"], ["b", "a", "c"],
    ["warm"], ["never", "rest"], ["warm", "own"], {"what": "a walk", "by_when": "1970-01-04"},
    {"what": "a walk", "by_when": "1999-01-01"}, {"what": ["deep", {"er": 1}]},
]  # fmt: skip
"""Raw answers; most of them fit some question."""

SELDOM = ["advance", "back", "erase", "leave"]

people = st.sampled_from(["Ana", "Ben", "Cem", "Dee", "Fay", "Eve", "nobody"])
tokens = st.sampled_from(["live", "live", "live", "live", "1.0", "3.1", "g9.0", "", "x"])
seconds = st.sampled_from([0, 0, 0, 1, 5, 20, 61, 300, 100_000, -50])


class AnyEvents(RuleBasedStateMachine):
    """A session to which anything may happen, at any time, from anybody."""

    room: Room

    @initialize(number=st.integers(0, len(SCENES) - 1), seed=st.integers(0, 3))
    def start(self, number: int, seed: int) -> None:
        scene = SCENES[number]
        self.room = Room(
            scene.plan,
            *scene.people,
            facilitator=scene.facilitator,
            screen=scene.screen,
            seed=seed,
        )

    def send(self, event: Event) -> None:
        """Send it; what is not allowed has left the same state behind, which the room checks."""
        try:
            effects = self.room.send(event)
        except (EventNotAllowed, AnswerRefused, PeopleRejected):
            return
        ids = {person.id for person in self.room.state.setup.people}
        assert all(set(effect.to) <= ids for effect in effects)
        self.room.now = max(self.room.now, self.room.state.now)

    @rule(by=people, wait=seconds)
    def follow_the_example(self, by: str, wait: float) -> None:
        self.room.later(wait)
        if by in _ids(self.room):
            event = reply_from_example(self.room.view(by), self.room.now)
            self.send(event or Tick(at=self.room.now))

    @rule(wait=st.sampled_from([0, 100]))
    def everyone_follows_the_example(self, wait: float) -> None:
        self.room.later(wait)
        for by in _ids(self.room):
            event = reply_from_example(self.room.view(by), self.room.now)
            if event is not None:
                self.send(event)

    @rule(by=people, token=tokens, value=st.sampled_from(VALUES), wait=seconds)
    def answer(self, by: str, token: str, value: object, wait: float) -> None:
        self.something(by, "answer", wait, token, {"value": value})

    @rule(
        by=people,
        kind=st.sampled_from(
            ["continue"] * 2 + ["skip"] * 2 + ["resume"] * 2 + ["join"] * 2 + SELDOM
        ),
        token=tokens,
        wait=seconds,
    )
    def act(self, by: str, kind: str, token: str, wait: float) -> None:
        self.something(by, kind, wait, token, {})

    @rule(by=people, wait=seconds, until=st.sampled_from([None, 0, 1_200, 2_000, "soon"]))
    def pause(self, by: str, wait: float, until: object) -> None:
        self.something(by, "pause", wait, "", {"until": until})

    @rule(
        by=people,
        wait=seconds,
        rating=st.sampled_from([None, 2, 7, 9]),
        safe=st.sampled_from([True, True, True, False]),
    )
    def distress(self, by: str, wait: float, rating: int | None, safe: bool) -> None:
        self.something(by, "distress", wait, "", {"rating": rating, "safe": safe})

    @rule(by=st.sampled_from(["Ana", "Cem", "Dee"]), wait=seconds)
    def stop(self, by: str, wait: float) -> None:
        self.something(by, "stop", wait, "", {})

    @rule(by=people, wait=seconds, more=st.sampled_from([10, 0, -1, 1e11, "a"]), token=tokens)
    def extend(self, by: str, wait: float, more: object, token: str) -> None:
        self.something(by, "extend", wait, token, {"seconds": more})

    @rule(
        by=st.sampled_from(["Eve", "Gus", "Ana", "x" * 99, ""]),
        role=st.sampled_from(["member", "partner", "person", "facilitator", ""]),
    )
    def newcomer(self, by: str, role: str) -> None:
        self.something(by, "join", 0, "", {"role": role, "name": by})

    @rule()
    def time_runs_out(self) -> None:
        self.room.now = max(self.room.now, self.room.session.next_deadline or 0)
        self.send(Tick(at=self.room.now))

    def something(
        self, by: str, kind: str, wait: float, token: str, fields: dict[str, object]
    ) -> None:
        """Send an event as a host receives it; with an odd body there is no event at all."""
        self.room.later(wait)
        live = self.room.token(by) if token == "live" and by in _ids(self.room) else token
        body = {"event": kind, "token": live, **fields}
        try:
            event = event_from_json(body, by=by, at=self.room.now)
        except EventNotAllowed:
            return
        assert type(event) is KINDS[kind]
        self.send(event)

    @precondition(lambda self: hasattr(self, "room"))
    @invariant()
    def every_view_is_kind(self) -> None:
        session = self.room.session
        restored = Session.restore(session.plan, session.snapshot())
        for seat, person in enumerate(session.state.setup.people):
            view = session.view(person.id)
            assert view.text.strip()
            assert view.help.text
            if session.state.presence[seat] is Presence.HERE and view.status is not Status.ENDED:
                assert {"pause", "distress", "stop", "leave", "erase"} <= set(view.actions)
            assert "erase" in view.actions
            assert restored.view(person.id).etag == view.etag
            assert restored.transcript(person.id) == session.transcript(person.id)
        assert session.at_screen in _ids(self.room)

    def teardown(self) -> None:
        """It ends when everyone who has not gone comes back and acts."""
        if not hasattr(self, "room"):
            return
        for _ in range(600):
            if self.room.ended:
                return
            self.everyone_acts()
        raise AssertionError("The session does not end.")

    def everyone_acts(self) -> None:
        room = self.room
        while (due := room.session.next_deadline) is not None and due <= room.now:
            room.tick()
        for seat, person in enumerate(room.state.setup.people):
            if room.state.presence[seat] is Presence.AWAY and not room.ended:
                room.join(person.id)
            view = room.view(person.id)
            if "resume" in view.actions:
                room.resume(view.viewer)
            elif "skip" in view.actions:
                room.skip(view.viewer)
            elif "continue" in view.actions:
                room.go(view.viewer)


def _ids(room: Room) -> list[str]:
    return [person.id for person in room.state.setup.people]


TestAnyEvents = AnyEvents.TestCase
TestAnyEvents.settings = settings(stateful_step_count=30)
TestAnyEvents.__doc__ = (
    "Whatever happens, views stay whole, refusals change nothing, and everyone can come to an end."
)
