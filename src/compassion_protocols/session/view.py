"""What one person's screen shows at one instant: plain data.

A view holds nothing that its viewer may not know. Texts are rendered for their
reader. How it is made from a state stands in ``looking``.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import asdict, field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.model.answers import Option
    from compassion_protocols.model.care import CrisisLine
    from compassion_protocols.session.state import Status


@frozen(kw_only=True)
class Input:
    """What may be given here, and who will read it.

    ``type`` is the name of an answer kind. ``fields`` holds the inputs of a
    form. ``limits`` holds ``min``, ``max`` and ``own`` where there are any.
    ``seen_by`` names everyone beside the viewer who will read the answer. ``keep`` offers to keep
    it for another time, in words for a box to tick; it is empty where that is not offered.
    """

    type: str
    options: tuple[Option, ...] = ()
    fields: tuple[tuple[str, Input], ...] = ()
    limits: Mapping[str, float] = field(factory=dict)
    labels: tuple[tuple[int, str], ...] = ()
    hint: str = ""
    borrow: tuple[str, ...] = ()
    example: object = None
    seen_by: tuple[str, ...] = ()
    keep: str = ""


@frozen(kw_only=True)
class Timer:
    """Epoch seconds: when it ``started``, is ``due`` to close, and the time given is ``over``.

    ``not_before`` is when going on is first offered.
    """

    started: float
    due: float | None = None
    over: float | None = None
    not_before: float | None = None


@frozen(kw_only=True)
class Pace:
    """A breathing pattern, in seconds, and how many breaths."""

    inhale: int
    hold: int
    exhale: int
    rest: int
    breaths: int


@frozen(kw_only=True)
class Help:
    """Always there: the disclaimer, and ways to reach human help in the viewer's country.

    ``near`` is set where they belong beside the text, and not only a step away.
    """

    text: str
    lines: tuple[CrisisLine, ...] = ()
    near: bool = False


@frozen(kw_only=True, slots=False)
class View:
    """What one person sees. ``at`` is when, epoch seconds; all else is the same until it changes.

    ``kind`` is a moment's kind, or ``waiting``, ``pause``, ``hand_over``,
    ``cover``, ``ended``. ``token`` goes back with an event. ``heading`` is the
    title of the part that this moment stands in. ``addressed`` names those to whom
    the screen speaks: the viewer, or on a shared screen all who act in the moment.
    ``actions`` names the events that make sense now. ``hand_to`` is who should take
    the shared screen. ``waiting`` names those who are waited for.
    """

    session: str
    viewer: str
    at: float
    status: Status
    kind: str
    text: str
    token: str = ""
    title: str = ""
    heading: str = ""
    addressed: tuple[str, ...] = ()
    input: Input | None = None
    invite: tuple[str, ...] = ()
    draft: object = None
    timer: Timer | None = None
    pace: Pace | None = None
    waiting: tuple[str, ...] = ()
    hand_to: str = ""
    minutes_left: int = 0
    actions: tuple[str, ...] = ()
    note: str = ""
    help: Help

    @cached_property
    def etag(self) -> str:
        """A hash of everything but ``at``: two views with one etag show the same."""
        import hashlib  # here, since few programs ask for it, and its import is slow

        data = asdict(self)
        del data["at"]
        text = json.dumps(data, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]
