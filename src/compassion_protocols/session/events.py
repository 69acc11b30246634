"""What can happen to a session. Every event is plain data and says when: ``at``, epoch seconds.

``by`` is the id of a person, given by the host's login, never by the body of a
request. ``token`` says which moment the sender was looking at; it comes from
that person's view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import fields, frozen

from compassion_protocols.errors import EventNotAllowed

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen(kw_only=True)
class Answer:
    """An answer to a question, or what a reveal picks: plain JSON data.

    ``keep`` is whether its writer wants to keep it for another time, where the input offers that.
    """

    by: str
    token: str
    value: object
    at: float
    keep: bool = False


@frozen(kw_only=True)
class Continue:
    """Ready to go on."""

    by: str
    token: str
    at: float


@frozen(kw_only=True)
class Skip:
    """Leave this open; it never costs anything."""

    by: str
    token: str
    at: float


@frozen(kw_only=True)
class Back:
    """Return to the moment before, where nobody else is concerned."""

    by: str
    token: str
    at: float


@frozen(kw_only=True)
class Pause:
    """A time-out for everyone, perhaps with a time of return in epoch seconds."""

    by: str
    at: float
    until: float | None = None


@frozen(kw_only=True)
class Resume:
    """A vote to go on; the session does when all who are here agree."""

    by: str
    at: float


@frozen(kw_only=True)
class Distress:
    """This is too much: a rating from 0 to 10 if the person wants, and whether they feel safe."""

    by: str
    at: float
    rating: int | None = None
    safe: bool = True


@frozen(kw_only=True)
class Stop:
    """Leave for good, unexplained."""

    by: str
    at: float


@frozen(kw_only=True)
class Leave:
    """Be away for a while, or lose the connection."""

    by: str
    at: float


@frozen(kw_only=True)
class Join:
    """Come back; or, with ``name`` and ``role``, come new."""

    by: str
    at: float
    name: str = ""
    role: str = ""


@frozen(kw_only=True)
class Tick:
    """Time has passed."""

    at: float


@frozen(kw_only=True)
class Advance:
    """The facilitator goes on without those who have not answered."""

    by: str
    token: str
    at: float


@frozen(kw_only=True)
class Extend:
    """The facilitator gives so many seconds more, up to twice the time there was."""

    by: str
    token: str
    seconds: float
    at: float


@frozen(kw_only=True)
class Erase:
    """Take back every answer of one's own."""

    by: str
    at: float


Event = (
    Answer | Continue | Skip | Back | Pause | Resume | Distress | Stop | Leave | Join
    | Tick | Advance | Extend | Erase
)  # fmt: skip

KINDS: dict[str, type[Event]] = {
    cls.__name__.lower(): cls
    for cls in (
        Answer, Continue, Skip, Back, Pause, Resume, Distress,
        Stop, Leave, Join, Tick, Advance, Extend, Erase,
    )
}  # fmt: skip
"""Every event, by the name it has in JSON."""


def event_from_json(body: Mapping[str, object], *, by: str, at: float) -> Event:
    """The event in a request's body, sent ``by`` a person the host knows, at its own time.

    The body names its ``event`` and carries that event's other fields. Whatever
    it says of ``by`` or ``at`` is not looked at. EventNotAllowed if it is no event.
    A pause or a call for care is never refused for what else it says: a field of
    it that makes no sense is left out.
    """
    kind = body.get("event")
    cls = KINDS.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise EventNotAllowed(f"There is no event of this kind; there are: {', '.join(KINDS)}.")
    given: dict[str, object] = {"at": at} if cls is Tick else {"by": by, "at": at}
    for name, value in given.items():
        if problem := _problem_with(name, value):
            raise EventNotAllowed(problem)
    for name in (attribute.name for attribute in fields(cls)):
        if name in body and name not in ("by", "at"):
            problem = _problem_with(name, body[name])
            if not problem:
                given[name] = body[name]
            elif cls not in (Pause, Distress):
                raise EventNotAllowed(problem)
    try:
        return cls(**given)  # type: ignore[arg-type]  # each field was looked at just above
    except TypeError:
        raise EventNotAllowed(f"The event “{kind}” lacks a field.") from None


def check_shape(event: Event) -> None:
    """EventNotAllowed if a field of the event is not of its type, or a number is not finite."""
    for name in (attribute.name for attribute in fields(type(event))):
        problem = _problem_with(name, getattr(event, name))
        if problem:
            raise EventNotAllowed(problem)


_SHAPES: dict[str, tuple[type, ...]] = {
    "by": (str,),
    "at": (int, float),
    "token": (str,),
    "name": (str,),
    "role": (str,),
    "seconds": (int, float),
    "until": (int, float, type(None)),
    "rating": (int, type(None)),
    "safe": (bool,),
    "keep": (bool,),
}


def _problem_with(name: str, value: object) -> str:
    """Why a field cannot have this value; empty if it can."""
    types = _SHAPES.get(name, (object,))
    if not isinstance(value, types) or (isinstance(value, bool) and name in _NUMBERS):
        return f"“{name}” of an event has the wrong type."
    if name in _NUMBERS and isinstance(value, int | float) and not abs(value) < 1e12:
        return f"“{name}” of an event is out of bounds."
    return ""


_NUMBERS = ("at", "seconds", "until", "rating")
