"""Scripted sessions: who does what and when, and what they must see.

A script is a small YAML file beside a protocol. It says how a session begins,
then goes through it entry by entry: an event that someone sends, which is
carried out or must be refused, or a look at what someone sees. A protocol, its
script and the transcripts that come of it are a case that an author can keep;
and what ``simulate`` finds is written as a script, so that it can be played
again. There is one format for both, and here is what it says.

Scalars are the texts that were written, as everywhere in this language, and what
a scalar stands for is decided where it is wanted: an ``answer`` becomes a number
where the question wants one. What no form could send is written as JSON, in
``json``. Reading stands in :mod:`.reading`, writing in :mod:`.writing`, and playing
in :mod:`.playing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from attrs import field, frozen

from compassion_protocols.findings import NOWHERE, Span
from compassion_protocols.language.values import Duration
from compassion_protocols.model.author import author
from compassion_protocols.session.events import KINDS
from compassion_protocols.session.state import Screen

SUFFIX = ".script.yaml"
PROTOCOL_SUFFIX = ".protocol.yaml"

Written = str | tuple["Written", ...] | Mapping[str, "Written"]
"""An answer, a setting or part of a view as it was written: texts, lists and maps of texts."""


@frozen
class Exactly:
    """A value that is sent as it is: any JSON data."""

    value: object


AGAIN, RESTORE = "again", "restore"
DOINGS = (*KINDS, AGAIN, RESTORE)
"""What an entry can do: every event, the last event once more, or a new start from the snapshot."""

REFUSALS = ("EventNotAllowed", "StaleMoment", "AnswerRefused")
"""The errors by which a session refuses an event."""


@frozen(kw_only=True)
class Does:
    """One event. ``after`` is in seconds since the entry before; ``until`` in seconds from now.

    Without a ``token`` the event bears the sender's live one.
    """

    by: str = field(default="", metadata=author("The id of who sends it."))
    does: str = field(default="answer", metadata=author("An event's name, again or restore."))
    after: float = field(default=0.0, metadata=author("So long after the entry before."))
    answer: Written | Exactly | None = field(default=None, metadata=author("What is answered."))
    keep: bool = field(default=False, metadata=author("Whether its writer keeps the answer."))
    token: str | None = field(
        default=None, metadata=author("Which moment it is meant for, if not the open one.")
    )
    until: float | None = field(default=None, metadata=author("A pause: when to return, from now."))
    seconds: float | None = field(default=None, metadata=author("extend: how much longer."))
    rating: int | None = field(default=None, metadata=author("distress: from 0 to 10."))
    safe: bool = field(default=True, metadata=author("distress: whether the person feels safe."))
    name: str = field(default="", metadata=author("join: what someone new is called."))
    role: str = field(default="", metadata=author("join: which role someone new takes."))
    refused: str = field(default="", metadata=author("The error by which it must be refused."))
    span: Span = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Sees:
    """A look at one person's view: each of ``parts`` must be as it is written."""

    sees: str = field(metadata=author("The id of whose view it is."))
    after: float = field(default=0.0, metadata=author("So long after the entry before."))
    parts: Mapping[str, Written] = field(factory=dict)
    span: Span = field(default=NOWHERE, eq=False, repr=False)


Entry = Does | Sees


@frozen(kw_only=True)
class Script:
    """A scripted session. ``begins`` is in epoch seconds, ``utc_offset`` in seconds.

    ``people`` holds the names for each role; those of the only role may stand
    under the name ``""``. Without ``cleared`` everyone counts as cleared.
    """

    about: str = field(metadata=author("A sentence: what this session shows."))
    protocol: str = field(
        default="", metadata=author("The id of a protocol, or its file; else the file beside it.")
    )
    people: Mapping[str, tuple[str, ...]] = field(
        metadata=author("Names, or a map from each role to names.")
    )
    facilitator: str = field(default="", metadata=author("Who leads it."))
    begins: float = field(default=0.0, metadata=author("When, such as 2026-03-01 18:00, in UTC."))
    utc_offset: Duration = field(
        default=Duration(0), metadata=author("How far the people's clocks are ahead of UTC.")
    )
    locale: str = field(default="en", metadata=author("Such as en-GB, for the ways to reach help."))
    screen: Screen = field(default=Screen.OWN, metadata=author("own or shared."))
    seed: int = field(default=0, metadata=author("Decides what is shuffled."))
    settings: Mapping[str, Written] = field(
        factory=dict, metadata=author("Settings that are not their defaults.")
    )
    cleared: tuple[str, ...] | None = field(
        default=None, metadata=author("Who has passed the screening; everyone, if it is left out.")
    )
    policy: Mapping[str, int] = field(
        factory=dict, metadata=author("Lower thresholds of care: before, rise, after.")
    )
    entries: tuple[Entry, ...] = field(metadata=author("What happens, in order.", key="script"))
    span: Span = field(default=NOWHERE, eq=False, repr=False)

    def protocol_for(self, path: str) -> str:
        """What to load for a script that stands at ``path``: an id, or a file's path."""
        place = PurePath(path)
        if not self.protocol:
            return str(place.with_name(place.name.removesuffix(SUFFIX) + PROTOCOL_SUFFIX))
        return str(place.parent / self.protocol) if _is_file(self.protocol) else self.protocol


def _is_file(protocol: str) -> bool:
    return protocol.endswith(".yaml")
