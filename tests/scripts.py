"""Scripted sessions: who does what and when, and what they must see.

A script stands beside its protocol. Its scalars are read like a protocol's, so
that ``no``, ``18:30`` and ``3`` stay as they are written, and an answer is written
as an ``example`` is. Each entry of ``script`` is one of these::

    - {by: Ana, answer: a walk}                  # an answer to what Ana is asked
    - {by: Ana, does: skip}                      # any other event, by its name
    - {after: 30s, does: tick}                   # so much later, for any entry
    - {does: again}                              # the last event, sent once more
    - {by: Ana, does: pause, until: 20m}         # from now; seconds: for extend
    - {by: Ana, answer: 9, token: "1.0", refused: StaleMoment}
    - {sees: Ana, kind: ask, says: "A word?", waiting: [Ana]}

``refused`` names the error that must be raised. After ``sees`` come the parts of
that person's view: ``says`` is found in its text, ``offers`` among its actions,
``asks`` is the type of its input, ``read_by`` who will read it; each other key is
a field of the view.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from attrs import frozen

from compassion_protocols import errors
from compassion_protocols.catalog import load
from compassion_protocols.language.values import parse_duration
from compassion_protocols.reading.compose import compose
from compassion_protocols.session.events import Event, event_from_json
from compassion_protocols.session.session import Session
from compassion_protocols.session.view import Input, View

Entry = dict[str, Any]


@frozen
class Script:
    """A scripted session, and the file of its protocol."""

    protocol: Path
    about: str
    start: Entry
    entries: tuple[Entry, ...]


def read_script(path: Path) -> Script:
    """The script in a file; its protocol stands beside it."""
    composed = compose(path.read_bytes(), path.name)
    assert composed.root is not None, [str(finding) for finding in composed.findings]
    data = _plain(composed.root)
    name = path.name.removesuffix(".script.yaml")
    return Script(
        protocol=path.with_name(f"{name}.protocol.yaml"),
        about=data.pop("about"),
        entries=tuple(data.pop("script")),
        start=data,
    )


def _plain(node: Any) -> Any:  # noqa: ANN401  # what YAML can hold
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    return [_plain(item) for item in node] if isinstance(node, list) else str(node)


def play(script: Script, *, restoring: bool) -> Session:
    """The session at the end of its script; with ``restoring``, rebuilt after every event."""
    return _Player(script, restoring=restoring).play()


class _Player:
    def __init__(self, script: Script, *, restoring: bool) -> None:
        self.script = script
        self.restoring = restoring
        self.now = _instant(script.start.get("begins", "1970-01-01 00:00"))
        self.session = self._started()
        self.last: Event | None = None

    def _started(self) -> Session:
        start = self.script.start
        attendance: Any = start["people"]
        seats = attendance.values() if isinstance(attendance, dict) else [attendance]
        plan = load(self.script.protocol)
        settings = {setting.name: type(setting.default) for setting in plan.protocol.settings}
        return Session.start(
            plan,
            attendance,
            at=self.now,
            cleared={name for names in seats for name in names},
            facilitator=start.get("facilitator"),
            screen=start.get("screen", "own"),
            seed=int(start.get("seed", "0")),
            utc_offset=_seconds(start.get("utc_offset", "0s")),
            settings={
                name: value if settings.get(name) is not int else int(value)
                for name, value in start.get("settings", {}).items()
            },
        )

    def play(self) -> Session:
        for number, entry in enumerate(self.script.entries, 1):
            try:
                self._take(dict(entry))
            except Exception as trouble:
                trouble.add_note(f"{self.script.protocol.name}, entry {number}: {entry}")
                raise
        return self.session

    def _take(self, entry: Entry) -> None:
        self.now += _seconds(entry.pop("after", "0s"))
        if "sees" in entry:
            check_view(self.session.view(entry.pop("sees")), entry)
            return
        refused = entry.pop("refused", None)
        event = self._event(entry)
        if refused is None:
            self.session.receive(event)
            self.last = event
        else:
            self._refuse(event, refused)
        if self.restoring:
            self.session = Session.restore(self.session.plan, self.session.snapshot())

    def _refuse(self, event: Event, name: str) -> None:
        error: type[errors.CompassionError] = getattr(errors, name)
        before = self.session.state
        try:
            self.session.receive(event)
        except error:
            assert self.session.state is before, "a refused event has changed the state"
            return
        raise AssertionError(f"It was not refused with {name}.")

    def _event(self, entry: Entry) -> Event:
        kind = entry.pop("does", "answer")
        if kind == "again":
            assert self.last is not None
            return self.last
        by = entry.pop("by", "")
        known = {person.id for person in self.session.state.setup.people}
        body: Entry = {"event": kind, **entry}
        if by in known:
            view = self.session.view(by)
            body.setdefault("token", view.token)
            if "answer" in body:
                body["value"] = typed(view.input, body.pop("answer"), self.now)
        for name in ("until", "seconds"):
            if name in body:
                body[name] = float(_seconds(body[name])) + (self.now if name == "until" else 0)
        if "rating" in body:
            body["rating"] = int(body["rating"])
        if "safe" in body:
            body["safe"] = body["safe"] == "yes"
        return event_from_json(body, by=by, at=self.now)


def _seconds(text: str) -> int:
    length = parse_duration(text)
    assert length is not None, f"“{text}” is no length of time"
    return int(length)


def _instant(text: str) -> float:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp()


def typed(wanted: Input | None, raw: Any, now: float) -> Any:  # noqa: ANN401  # any raw answer
    """An answer as it would come from a form: numbers, yes and no, and days from today."""
    kind = "" if wanted is None else wanted.type
    if isinstance(raw, dict) and wanted is not None:
        fields = dict(wanted.fields)
        return {name: typed(fields.get(name), value, now) for name, value in raw.items()}
    if not isinstance(raw, str):
        return raw
    if kind in ("number", "scale"):
        return _number(raw)
    if kind == "yes_no" and raw in ("yes", "no"):
        return raw == "yes"
    if kind == "date" and raw.startswith("in "):
        days = int(raw.split()[1])
        return (dt.datetime.fromtimestamp(now, dt.UTC).date() + dt.timedelta(days)).isoformat()
    return raw


def _number(raw: str) -> object:
    try:
        return int(raw) if raw.lstrip("-").isdecimal() else float(raw)
    except ValueError:
        return raw


def check_view(view: View, wanted: Entry) -> None:
    """AssertionError if a person does not see what they should."""
    for name, value in wanted.items():
        if name == "says":
            assert value in view.text, f"“{view.text}” does not say “{value}”"
        elif name == "offers":
            assert set(value) <= set(view.actions), f"offered are {view.actions}"
        elif name in ("asks", "read_by"):
            found = "" if view.input is None else view.input.type
            readers = [] if view.input is None else list(view.input.seen_by)
            assert value == (found if name == "asks" else readers), f"{found}, read by {readers}"
        else:
            _check_field(name, getattr(view, name), value)


def _check_field(name: str, found: Any, wanted: Any) -> None:  # noqa: ANN401  # of any view field
    plain = list(found) if isinstance(found, tuple) else found
    same = plain == wanted if isinstance(plain, list) else str(plain or "") == wanted
    assert same, f"{name} is {found!r}"
