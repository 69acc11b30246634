"""Many sessions in a store, for hosts that remember nothing between two requests.

A session that rests in a store may be picked up by any worker, any process, at
any time. Each event goes the same way: load the session, make the transition,
append. The store appends only if nobody was quicker; if somebody was, the
session is loaded and the event applied once more. Nothing is locked meanwhile,
and what an event led to is durable before anyone learns of it.

A host that gives its events ids may send them as often as it likes: an id is
remembered with the sender and the session, and a repeated event gives back
what the first one led to, even where it would by now be refused.

What was last seen of a session is kept in memory, so that a host of one process
need not restore it for every event. It is a guess and nothing more: an event
that follows from it is appended only if it was right, and where nothing would
be appended (the event was refused, or changed nothing) the store is asked first.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar
from uuid import uuid4

from attrs import fields, frozen

from compassion_protocols.errors import (
    AnswerRefused,
    EventNotAllowed,
    SessionMoved,
    StoreRejected,
    UnknownSession,
)
from compassion_protocols.session.effects import effects_from_json, effects_to_json
from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Screen
from compassion_protocols.stores.contract import EventRow, SessionRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from compassion_protocols.catalog import Catalog
    from compassion_protocols.language.values import Person
    from compassion_protocols.model.care import CarePolicy
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.effects import Effect
    from compassion_protocols.session.events import Event
    from compassion_protocols.session.setup import Attendance
    from compassion_protocols.session.state import State
    from compassion_protocols.session.view import View
    from compassion_protocols.stores.contract import Store

ATTEMPTS = 64
"""How often an event is applied again because another came first, before its sender is told."""

PLANS_AT_HAND = 64

Key = TypeVar("Key")
Value = TypeVar("Value")


@frozen
class Outcome:
    """What an event, or a start, led to."""

    session: str
    """The session's id."""
    effects: tuple[Effect, ...]
    views: Mapping[str, View]
    """What each person sees now, by their id; made when it is asked for."""


class Sessions:
    """Sessions that rest in a store between events. Safe to use from several threads.

    ``cache`` is how many sessions are kept in memory as well. ``catalog`` gives the
    word lists and the crisis lines to a plan that is made again from what the store
    kept; without it they are the bundled ones.

    >>> from compassion_protocols.stores.memory import MemoryStore
    >>> Sessions(MemoryStore()).view("no-such-session", "Ana")
    Traceback (most recent call last):
    ...
    compassion_protocols.errors.UnknownSession: The store holds no session of this id.
    """

    def __init__(self, store: Store, *, cache: int = 1_000, catalog: Catalog | None = None) -> None:
        self._store = store
        self._catalog = catalog
        self._seen = _Recent[str, _Resting](cache)
        self._plans = _Recent[str, "Plan"](PLANS_AT_HAND)

    def start(
        self,
        plan: Plan,
        people: Attendance | Sequence[str | Person],
        *,
        at: float,
        session_id: str | None = None,
        cleared: Collection[str] = (),
        facilitator: str | Person | None = None,
        settings: Mapping[str, object] | None = None,
        policy: CarePolicy | None = None,
        screen: Screen = Screen.OWN,
        locale: str = "en",
        utc_offset: int = 0,
        seed: int = 0,
    ) -> Outcome:
        """Begin a session and keep it, under a new id unless one is given.

        Everything else is as in :meth:`Session.start`, which says what it raises;
        SessionExists if the id is taken.
        """
        sid = str(uuid4()) if session_id is None else session_id
        session = Session.start(
            plan,
            people,
            at=at,
            cleared=cleared,
            facilitator=facilitator,
            settings=settings,
            policy=policy,
            screen=screen,
            locale=locale,
            utc_offset=utc_offset,
            seed=seed,
            session=sid,
        )
        row = SessionRow(id=sid, seq=0, snapshot=session.snapshot(), plan=plan.content)
        self._store.save_plan(plan.content, json.dumps(plan.sources, ensure_ascii=False))
        self._store.create(row)
        self._plans.put(plan.content, plan)
        return self._outcome(_Resting(row, plan, session.state), session.effects)

    def receive(self, sid: str, event: Event, event_id: str | None = None) -> Outcome:
        """Carry out one event, durably. The same ``event_id`` again repeats only its outcome.

        EventNotAllowed, StaleMoment and AnswerRefused change nothing. Raises
        UnknownSession; SessionMoved if others were quicker time and again;
        StoreUnavailable, after which an event with an id may be sent again.
        """
        key = None if event_id is None else _key(event, event_id)
        resting = self._seen.get(sid)
        for _ in range(ATTEMPTS):
            guessed = resting is not None
            try:
                return self._carry_out(resting or self._load(sid), event, key, guessed=guessed)
            except SessionMoved:
                resting = None
            except UnknownSession:
                self._seen.drop(sid)
                raise
        raise SessionMoved("Other events came first, time and again; send this one again.")

    def view(self, sid: str, person: str) -> View:
        """What this person sees. UnknownSession; LookupError if nobody has this id."""
        return self._load(sid).session().view(person)

    def session(self, sid: str) -> Session:
        """The session as it stands, to look at: what it receives is not kept. UnknownSession."""
        return self._load(sid).session()

    def delete(self, sid: str) -> None:
        """Erase everything about a session. UnknownSession."""
        self._store.delete(sid)
        self._seen.drop(sid)

    # one event

    def _carry_out(
        self, resting: _Resting, event: Event, key: str | None, *, guessed: bool
    ) -> Outcome:
        """Apply and append. SessionMoved too where a guess leads to nothing to append."""
        session = resting.session()
        try:
            session.receive(event)
        except (EventNotAllowed, AnswerRefused):
            if guessed:
                raise SessionMoved("A guess may be wrong.") from None
            known = None if key is None else self._store.effects_of(resting.row.id, key)
            if known is None:
                raise
            return self._repeated(resting.row.id, known)
        if session.state is resting.state and key is None:
            if guessed:
                raise SessionMoved("A guess may be wrong.")
            return self._outcome(resting, session.effects)
        row = self._event_row(resting, session, event, key)
        return self._append(resting.row, session, row)

    def _append(self, before: SessionRow, session: Session, event: EventRow) -> Outcome:
        text = session.snapshot()
        known = self._store.append(before.id, event, before=before.snapshot, after=text)
        if known is not None:
            return self._repeated(before.id, known)
        row = SessionRow(id=before.id, seq=event.seq, snapshot=text, plan=before.plan)
        return self._outcome(_Resting(row, session.plan, session.state), session.effects)

    def _event_row(
        self, before: _Resting, session: Session, event: Event, key: str | None
    ) -> EventRow:
        # A copy that changed nothing has been looked at by nobody: its words are not kept.
        keeps = self._store.keep_words and session.state is not before.state
        return EventRow(
            seq=before.row.seq + 1,
            kind=_kind(event),
            at=float(event.at),
            effects=effects_to_json(session.effects),
            id=key,
            sender=getattr(event, "by", None),
            body=_body(event) if keeps else None,
        )

    def _repeated(self, sid: str, effects: str) -> Outcome:
        return self._outcome(self._load(sid), effects_from_json(effects))

    def _outcome(self, resting: _Resting, effects: tuple[Effect, ...]) -> Outcome:
        self._seen.put(resting.row.id, resting)
        return Outcome(resting.row.id, effects, _Views(resting.session()))

    # what rests

    def _load(self, sid: str) -> _Resting:
        """The session as the store holds it; restored only if that is not what was last seen."""
        row = self._store.load(sid)
        seen = self._seen.get(sid)
        if seen is not None and seen.row == row:
            return seen
        plan = self._plan(row.plan)
        state = Session.restore(plan, row.snapshot, session=sid).state
        resting = _Resting(row, plan, state)
        self._seen.put(sid, resting)
        return resting

    def _plan(self, content: str) -> Plan:
        """The plan that a session began with, even if its protocol reads differently by now."""
        plan = self._plans.get(content)
        if plan is None:
            # Loads the whole way from YAML to plan, which a host with plans at hand never needs.
            from compassion_protocols.loading import load_sources

            plan = load_sources(_kept(self._store.load_plan(content)), catalog=self._catalog)
            if plan.content != content:
                raise StoreRejected("A stored plan is not the one it was.")
            self._plans.put(content, plan)
        return plan


@frozen(eq=False)
class _Resting:
    """A session at rest: what the store holds, and what that means."""

    row: SessionRow
    plan: Plan
    state: State

    def session(self) -> Session:
        return Session(self.plan, self.state)


class _Views(Mapping[str, "View"]):
    """Everyone's view of one state, each made when it is first asked for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._made: dict[str, View] = {}

    def __getitem__(self, person: str) -> View:
        if person not in self._made:
            try:
                self._made[person] = self._session.view(person)
            except LookupError:
                raise KeyError(person) from None
        return self._made[person]

    def __iter__(self) -> Iterator[str]:
        return (person.id for person in self._session.state.setup.people)

    def __len__(self) -> int:
        return len(self._session.state.setup.people)


class _Recent(Generic[Key, Value]):
    """The last few values that were put in or asked for."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._values: OrderedDict[Key, Value] = OrderedDict()

    def get(self, key: Key) -> Value | None:
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def put(self, key: Key, value: Value) -> None:
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            if len(self._values) > self._most:
                self._values.popitem(last=False)

    def drop(self, key: Key) -> None:
        with self._lock:
            self._values.pop(key, None)


def _kept(sources: str) -> tuple[tuple[str, str], ...]:
    """A stored plan's files. StoreRejected if that is not what is there."""
    try:
        return tuple([(name + "", text + "") for name, text in json.loads(sources)])
    except (TypeError, ValueError, RecursionError):
        raise StoreRejected("A stored plan is damaged.") from None


def _kind(event: Event) -> str:
    return type(event).__name__.lower()


def _key(event: Event, event_id: str) -> str:
    """An event's id as the store sees it: each sender's own, and short whatever was sent."""
    sent = repr((getattr(event, "by", None), event_id)).encode()
    return blake2b(sent, digest_size=10).hexdigest()


def _body(event: Event) -> str:
    """The event as a host might send it: without its sender and its time."""
    names = (attribute.name for attribute in fields(type(event)))
    own = {name: getattr(event, name) for name in names if name not in ("by", "at")}
    return json.dumps({"event": _kind(event), **own}, default=str)
