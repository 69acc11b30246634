"""Playing a script: carrying out what it says, and comparing what it expects.

Whatever is played is watched (:mod:`compassion_protocols.authoring.watching`): after
every event all must hold that always holds in a session, whether the script asks for
it or not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import frozen

from compassion_protocols import errors
from compassion_protocols.authoring.scripts.script import (
    AGAIN,
    RESTORE,
    Does,
    Exactly,
    Script,
    Sees,
    Written,
)
from compassion_protocols.authoring.watching.happened import Happened
from compassion_protocols.authoring.watching.watches import first_amiss, sentence
from compassion_protocols.errors import AnswerRefused, CompassionError, EventNotAllowed
from compassion_protocols.findings import NOWHERE, Span
from compassion_protocols.model.care import CarePolicy
from compassion_protocols.session.events import Tick, event_from_json
from compassion_protocols.session.session import Session

if TYPE_CHECKING:
    from compassion_protocols.authoring.scripts.script import Entry
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.effects import Effect
    from compassion_protocols.session.events import Event
    from compassion_protocols.session.view import Input, View


@frozen(kw_only=True)
class Missed:
    """An expectation that was not met: at which entry (from 1), and where it is written."""

    entry: int
    expected: str
    seen: str
    span: Span = NOWHERE

    def __str__(self) -> str:
        return f"{self.span}: entry {self.entry}: expected: {self.expected} Seen: {self.seen}"


@frozen
class Played:
    """A session at the end of its script, or where an expectation was first missed."""

    session: Session
    missed: Missed | None = None


def play_script(script: Script, plan: Plan, *, restoring: bool = False) -> Played:
    """Play a script on a plan up to its end, or to the first expectation that is missed.

    With ``restoring`` the session is built anew from its snapshot after every event.
    Raises PeopleRejected, SettingRejected, NotReady or FacilitatorNeeded if such a
    session cannot begin.
    """
    playing = Playing.from_start(script, plan)
    for number, entry in enumerate(script.entries, 1):
        missed = playing.missed(entry, number)
        if missed is None and restoring:
            missed = playing.missed(Does(does=RESTORE, span=entry.span), number)
        if missed is not None:
            return Played(playing.session, missed)
    return Played(playing.session)


class Playing:
    """A session that goes through a script, and the script's own clock."""

    __slots__ = ("last", "now", "session")

    def __init__(self, session: Session, now: float) -> None:
        self.now = now
        self.session = session
        self.last: Event | None = None
        """The event that was carried out last."""

    @classmethod
    def from_start(cls, script: Script, plan: Plan) -> Playing:
        """A session that begins as a script says."""
        return cls(begun(script, plan), script.begins)

    def missed(self, entry: Entry, number: int) -> Missed | None:
        """Carry one entry out; the first expectation that is missed, its own ones first."""
        if isinstance(entry, Sees):
            self.now += entry.after
            unlike = _misread(self.session, entry)
            return _missed(entry, number, *unlike) if unlike else None
        happened = self.carry_out(entry)
        unlike = _unlike(entry, happened)
        if unlike is None and (amiss := first_amiss(happened)) is not None:
            unlike = sentence(amiss.watch), amiss.seen
        return _missed(entry, number, *unlike) if unlike else None

    def carry_out(self, entry: Does) -> Happened:
        """Carry one event out, and tell what came of it."""
        self.now += entry.after
        if entry.does == RESTORE:
            return self._restored()
        session, before, last = self.session, self.session.state, self.last
        event: Event | None = None
        effects: tuple[Effect, ...] = ()
        refusal: CompassionError | None = None
        crash: Exception | None = None
        try:
            event = self.event(entry)
            effects = session.receive(event)
            self.last = event
        except (EventNotAllowed, AnswerRefused) as error:
            refusal = error
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what we look for
            crash = error
        return Happened(
            session.plan,
            before,
            event,
            session.state,
            effects,
            again=event is last,
            refusal=refusal,
            crash=crash,
        )

    def _restored(self) -> Happened:
        plan, before = self.session.plan, self.session.state
        try:
            self.session.state = Session.restore(plan, self.session.snapshot()).state
        except Exception as error:  # noqa: BLE001  # as above
            return Happened(plan, before, None, before, crash=error)
        return Happened(plan, before, None, self.session.state)

    def event(self, entry: Does) -> Event:
        """The event that an entry means, at this moment."""
        if entry.does == AGAIN:
            return self.last or Tick(at=self.now)
        body: dict[str, Any] = {"event": entry.does}
        view = self._view(entry.by)
        body["token"] = entry.token if entry.token is not None else view.token if view else ""
        if isinstance(entry.answer, Exactly):
            body["value"] = entry.answer.value
        elif entry.answer is not None:
            body["value"] = typed(view.input if view else None, entry.answer, self.now)
        body["until"] = None if entry.until is None else self.now + entry.until
        body["rating"], body["safe"], body["keep"] = entry.rating, entry.safe, entry.keep
        body["name"], body["role"] = entry.name, entry.role
        if entry.seconds is not None:
            body["seconds"] = entry.seconds
        return event_from_json(body, by=entry.by, at=self.now)

    def _view(self, person: str) -> View | None:
        try:
            return self.session.view(person)
        except LookupError:
            return None


def begun(script: Script, plan: Plan) -> Session:
    """The session that a script begins with."""
    everyone = [name for names in script.people.values() for name in names]
    cleared = everyone if script.cleared is None else script.cleared
    return Session.start(
        plan,
        script.people[""] if set(script.people) == {""} else script.people,
        at=script.begins,
        cleared=cleared,
        facilitator=script.facilitator or None,
        settings=_settings(script, plan),
        policy=CarePolicy(**script.policy),
        screen=script.screen,
        locale=script.locale,
        utc_offset=int(script.utc_offset),
        seed=script.seed,
    )


def _settings(script: Script, plan: Plan) -> dict[str, object]:
    defaults = {setting.name: setting.default for setting in plan.protocol.settings}
    return {name: _setting(defaults.get(name), value) for name, value in script.settings.items()}


def _setting(default: object, written: Written) -> object:
    if isinstance(default, bool) and isinstance(written, str):
        return {"yes": True, "no": False}.get(written, written)
    if type(default) in (int, float) and isinstance(written, str):
        return _number(written)
    return written


def typed(wanted: Input | None, raw: Written, now: float) -> object:
    """An answer as it would come from a form: numbers, yes and no, and days from today."""
    kind = "" if wanted is None else wanted.type
    if isinstance(raw, Mapping):
        fields = {} if wanted is None else dict(wanted.fields)
        return {name: typed(fields.get(name), value, now) for name, value in raw.items()}
    if isinstance(raw, tuple):
        return [typed(None, item, now) for item in raw]
    if kind in ("number", "scale"):
        return _number(raw)
    if kind == "yes_no" and raw in ("yes", "no"):
        return raw == "yes"
    if kind == "date" and raw.startswith("in "):
        return _in_days(raw.split()[1], now)
    return raw


def _in_days(days: str, now: float) -> str:
    today = dt.datetime.fromtimestamp(now, dt.UTC).date()
    return (today + dt.timedelta(int(days))).isoformat() if days.isdecimal() else days


def _number(raw: str) -> object:
    try:
        return int(raw) if raw.lstrip("-").isdecimal() else float(raw)
    except ValueError:
        return raw


# Expectations


def _missed(entry: Entry, number: int, expected: str, seen: str) -> Missed:
    return Missed(entry=number, expected=expected, seen=seen, span=entry.span)


def _unlike(entry: Does, happened: Happened) -> tuple[str, str] | None:
    """What an entry says of being refused, and what happened."""
    refusal = happened.refusal
    if happened.crash is not None or (not entry.refused and refusal is None):
        return None
    seen = "It was carried out." if refusal is None else f"{type(refusal).__name__}: {refusal}"
    if not entry.refused:
        return "It is carried out.", seen
    error: type[CompassionError] = getattr(errors, entry.refused)
    return None if isinstance(refusal, error) else (f"It is refused with {entry.refused}.", seen)


def _misread(session: Session, entry: Sees) -> tuple[str, str] | None:
    """The first part of a view that is not as it should be, and what it is."""
    view = session.view(entry.sees)
    for name, value in entry.parts.items():
        found = _part(view, name) if name != "keeps" else _kept(session, entry.sees)
        if not _LIKE.get(name, _same)(found, value):
            return f"{name}: {value!r}.", f"{found!r}"
    return None


def _kept(session: Session, person: str) -> tuple[str, ...]:
    """What somebody keeps so far, in words: under which name, and what."""
    return tuple([f"{one.name}: {one.text}" for one in session.keepsakes(person)])


def _part(view: View, name: str) -> object:
    given = view.input
    match name:
        case "says":
            return view.text
        case "offers":
            return view.actions
        case "asks":
            return "" if given is None else given.type
        case "read_by":
            return () if given is None else given.seen_by
        case _:
            return getattr(view, name)


def _same(found: object, wanted: Written) -> bool:
    return found == wanted if isinstance(found, tuple) else str(found or "") == wanted


_LIKE: dict[str, Any] = {
    "says": lambda found, wanted: wanted in found,
    "offers": lambda found, wanted: set(wanted) <= set(found),
}
