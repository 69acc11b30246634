"""What every store promises, whatever it is made of.

A store holds text that it does not understand: snapshots, effects and plans are
made and read elsewhere. What it adds is order. An event is appended to a
session only if that session still stands where its sender found it: at the
sequence number before the event's own, with the very snapshot that the event
was applied to. Whoever comes second is told so (SessionMoved), reloads, and
applies the event again. So the log of a session has no gap, no event is lost,
and none counts twice: an event that carries an id is looked up before anything
else, and what it led to the first time is handed back.

By default nothing that a person wrote rests anywhere but in the snapshot. The
log says which kind of event came when, and its effects, which name people and
places but hold no words. The event itself, with its sender, is kept only by a
store that was opened with ``keep_words``; and there an erase event takes its
sender's words out of the log, in the same step.
"""

from __future__ import annotations

import typing

from attrs import frozen

from compassion_protocols.errors import StoreRejected

if typing.TYPE_CHECKING:
    from types import TracebackType

ERASE = "erase"
"""The kind of event after which a log holds none of its sender's words."""


@frozen(kw_only=True)
class SessionRow:
    """A session at rest: its place in the order of events, and all of its state."""

    id: str
    seq: int
    snapshot: str
    plan: str
    """The content hash of the plan that it began with and finishes on."""


@frozen(kw_only=True)
class EventRow:
    """One event of a session's log."""

    seq: int
    """One more than that of the session it was applied to."""
    kind: str
    at: float
    """Epoch seconds."""
    effects: str
    id: str | None = None
    """No two events of a session have the same."""
    sender: str | None = None
    """Kept only with ``keep_words``, like the body."""
    body: str | None = None


def check_text(*texts: str | None) -> None:
    """StoreRejected if one of these is no Unicode text: it has half of a surrogate pair."""
    try:
        "".join(filter(None, texts)).encode()
    except UnicodeEncodeError:  # which would carry the text into a traceback
        raise StoreRejected("Text with half of a surrogate pair cannot be kept.") from None


class Store(typing.Protocol):
    """Keeps sessions, their events, and the plans that they run on.

    Safe to use from several threads. Besides what is said of each method,
    StoreUnavailable is raised where the store cannot be read or written at
    present (or was closed), and StoreRejected where what it holds is damaged or
    what it is given is not Unicode text.
    """

    @property
    def keep_words(self) -> bool:
        """Whether the log keeps who sent each event, and its body."""
        ...

    def save_plan(self, content: str, sources: str) -> None:
        """Keep a plan's sources under its content hash; one that is there already stays."""
        ...

    def load_plan(self, content: str) -> str:
        """The sources of a plan. ProtocolNotFound if they were never saved."""
        ...

    def create(self, session: SessionRow) -> None:
        """Keep a new session. SessionExists; ProtocolNotFound if its plan was not saved."""
        ...

    def load(self, sid: str) -> SessionRow:
        """The session as it stands. UnknownSession."""
        ...

    def append(self, sid: str, event: EventRow, *, before: str, after: str) -> str | None:
        """Keep an event together with the snapshot ``after`` it, both or neither.

        None if it was appended. If an event with the same id is in the log
        already, nothing changes and that event's effects are returned.
        SessionMoved if the session no longer stands at ``event.seq - 1`` with
        the snapshot ``before``; UnknownSession. An event of kind ``ERASE`` takes
        all words of its sender out of the log.
        """
        ...

    def effects_of(self, sid: str, event_id: str) -> str | None:
        """What an event led to; None if none with this id was appended. UnknownSession."""
        ...

    def events(self, sid: str) -> tuple[EventRow, ...]:
        """The log of a session, in order. UnknownSession."""
        ...

    def delete(self, sid: str) -> None:
        """Erase a session, its events and its words. UnknownSession."""
        ...

    def close(self) -> None:
        """Let go of everything. To close twice does nothing."""
        ...

    def __enter__(self) -> typing.Self:
        """The store itself, to be closed at the end of the block."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        ...
