"""Every exception of this library, under one base.

A host that catches :class:`CompassionError` catches all of them. None carries
the words of an answer: what a participant wrote never reaches a log by way of
a traceback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compassion_protocols.findings import Finding


class CompassionError(Exception):
    """The base of every error that this library raises on purpose."""


class ProtocolNotFound(CompassionError):
    """No protocol of the catalog, and no file, has this name."""


class ProtocolRejected(CompassionError):
    """A protocol file has errors; ``findings`` holds all of them, in order of place."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class ScriptRejected(CompassionError):
    """A script has errors; ``findings`` holds all of them, in order of place."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class SettingRejected(CompassionError):
    """A setting handed in at the start is unknown, of the wrong type, or out of bounds."""


class PeopleRejected(CompassionError):
    """The people handed in do not fit the protocol's roles."""


class NotReady(CompassionError):
    """A session may not start yet. The message is the same whatever the reason is."""


class FacilitatorNeeded(CompassionError):
    """A tier-3 protocol was started without a facilitator."""


class EventNotAllowed(CompassionError):
    """This event has no place in the session's present status; the state is unchanged."""


class StaleMoment(EventNotAllowed):
    """The event was meant for a moment that has closed; the state is unchanged."""


class AnswerRefused(CompassionError):
    """An answer does not have the shape that was asked for; the state is unchanged.

    ``say`` is a sentence for the person who answered.
    """

    def __init__(self, say: str) -> None:
        self.say = say
        super().__init__(say)


class SnapshotRejected(CompassionError):
    """A snapshot is damaged, too large, or belongs to another protocol or session."""


class MigrationRefused(CompassionError):
    """A session cannot go on in another plan; the old snapshot is as good as before.

    ``reasons`` are sentences for whoever looks after the sessions.
    """

    def __init__(self, message: str, reasons: Iterable[str] = ()) -> None:
        because = tuple(reasons)
        self.reasons = because or (message,)
        super().__init__(" ".join((message, *because)))


class UnknownSession(CompassionError):
    """The store holds no session of this id."""


class SessionExists(CompassionError):
    """The store already holds a session of this id."""


class SessionMoved(CompassionError):
    """Another writer appended first; reload and apply the event again."""


class StoreRejected(CompassionError):
    """A store's file is damaged, is another program's, or was written by a newer version."""


class StoreUnavailable(CompassionError):
    """A store could not be read or written just now.

    Whether an event was kept is then not known: send it again with the same event id.
    """
