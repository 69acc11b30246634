"""A store that lives and dies with its process."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Self

from attrs import define, evolve, field

from compassion_protocols.errors import (
    ProtocolNotFound,
    SessionExists,
    SessionMoved,
    StoreUnavailable,
    UnknownSession,
)
from compassion_protocols.stores.contract import ERASE, check_text

if TYPE_CHECKING:
    from types import TracebackType

    from compassion_protocols.stores.contract import EventRow, SessionRow


@define
class _Kept:
    row: SessionRow
    log: list[EventRow] = field(factory=list)
    effects: dict[str, str] = field(factory=dict)


class MemoryStore:
    """Keeps sessions in memory: for tests, notebooks and single sittings.

    >>> from compassion_protocols.stores.contract import EventRow, SessionRow
    >>> store = MemoryStore()
    >>> store.save_plan("c0ffee", "[]")
    >>> store.create(SessionRow(id="s", seq=0, snapshot="{}", plan="c0ffee"))
    >>> event = EventRow(seq=1, kind="tick", at=5.0, effects="[]")
    >>> store.append("s", event, before="{}", after='{"now":5}')
    >>> store.load("s").seq
    1
    """

    def __init__(self, *, keep_words: bool = False) -> None:
        self.keep_words = keep_words
        self._lock = Lock()
        self._closed = False
        self._plans: dict[str, str] = {}
        self._sessions: dict[str, _Kept] = {}

    def save_plan(self, content: str, sources: str) -> None:
        check_text(content, sources)
        with self._lock:
            self._check_open()
            self._plans.setdefault(content, sources)

    def load_plan(self, content: str) -> str:
        with self._lock:
            self._check_open()
            if content not in self._plans:
                raise ProtocolNotFound("The store holds no such plan.")
            return self._plans[content]

    def create(self, session: SessionRow) -> None:
        check_text(session.id, session.plan, session.snapshot)
        with self._lock:
            self._check_open()
            if session.id in self._sessions:
                raise SessionExists("The store already holds a session of this id.")
            if session.plan not in self._plans:
                raise ProtocolNotFound("The store holds no such plan.")
            self._sessions[session.id] = _Kept(session)

    def load(self, sid: str) -> SessionRow:
        with self._lock:
            return self._kept(sid).row

    def append(self, sid: str, event: EventRow, *, before: str, after: str) -> str | None:
        check_text(event.id, event.kind, event.effects, event.sender, event.body, after)
        with self._lock:
            kept = self._kept(sid)
            if event.id is not None and event.id in kept.effects:
                return kept.effects[event.id]
            if (kept.row.seq, kept.row.snapshot) != (event.seq - 1, before):
                raise SessionMoved("Another event came first.")
            kept.row = evolve(kept.row, seq=event.seq, snapshot=after)
            if event.id is not None:
                kept.effects[event.id] = event.effects
            kept.log.append(event if self.keep_words else _without_words(event))
            if event.kind == ERASE and event.sender is not None:
                kept.log = [
                    _without_words(row) if row.sender == event.sender else row for row in kept.log
                ]
            return None

    def effects_of(self, sid: str, event_id: str) -> str | None:
        with self._lock:
            return self._kept(sid).effects.get(event_id)

    def events(self, sid: str) -> tuple[EventRow, ...]:
        with self._lock:
            return tuple(self._kept(sid).log)

    def delete(self, sid: str) -> None:
        with self._lock:
            self._kept(sid)
            del self._sessions[sid]

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._plans.clear()
            self._sessions.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _check_open(self) -> None:
        if self._closed:
            raise StoreUnavailable("This store was closed.")

    def _kept(self, sid: str) -> _Kept:
        self._check_open()
        if sid not in self._sessions:
            raise UnknownSession("The store holds no session of this id.")
        return self._sessions[sid]


def _without_words(event: EventRow) -> EventRow:
    return evolve(event, sender=None, body=None)
