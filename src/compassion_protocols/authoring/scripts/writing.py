"""A script as the text of its file, one entry a line; reading it gives an equal script."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING

from compassion_protocols.authoring.scripts.script import (
    Does,
    Entry,
    Exactly,
    Script,
    Sees,
    Written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 .'/_-]*[A-Za-z0-9.'/_-])?|-?(?:0|[1-9][0-9]{0,17})")
_TAKEN = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""What some readers of YAML take for something else than a text."""


def write_script(script: Script) -> str:
    """The text of a script's file.

    >>> from compassion_protocols.authoring.scripts.script import Does, Script
    >>> pause = Does(by="Ana", does="pause", until=1200.0)
    >>> print(write_script(Script(about="A pause.", people={"": ("Ana",)}, entries=(pause,))))
    about: A pause.
    people: [Ana]
    script:
      - {by: Ana, does: pause, until: 20m}
    <BLANKLINE>
    """
    lines = [f"{key}: {value}" for key, value in _opening(script)]
    if not script.entries:
        return "\n".join([*lines, "script: []", ""])
    entries = [f"  - {_entry(entry)}" for entry in script.entries]
    return "\n".join([*lines, "script:", *entries, ""])


def _opening(script: Script) -> Iterator[tuple[str, str]]:
    yield "about", _text(script.about)
    if script.protocol:
        yield "protocol", _text(script.protocol)
    yield "people", _flow(script.people[""] if set(script.people) == {""} else script.people)
    if script.begins:
        yield "begins", dt.datetime.fromtimestamp(script.begins, dt.UTC).strftime("%Y-%m-%d %T")
    if script.utc_offset:
        yield "utc_offset", f"{'-' if script.utc_offset < 0 else ''}{_time(abs(script.utc_offset))}"
    for name in ("facilitator", "locale", "screen"):
        if getattr(script, name) != getattr(_PLAINEST, name):
            yield name, _text(getattr(script, name))
    if script.seed:
        yield "seed", str(script.seed)
    if script.settings:
        yield "settings", _flow(script.settings)
    if script.cleared is not None:
        yield "cleared", _flow(script.cleared)
    if script.policy:
        yield "policy", _flow({name: str(most) for name, most in script.policy.items()})


def _entry(entry: Entry) -> str:
    said = [("sees", _text(entry.sees))] if isinstance(entry, Sees) else list(_event(entry))
    if entry.after:
        said.insert(0, ("after", _time(entry.after)))
    if isinstance(entry, Sees):
        said += [(name, _flow(value)) for name, value in entry.parts.items()]
    return f"{{{', '.join([f'{name}: {value}' for name, value in said])}}}"


def _event(does: Does) -> Iterator[tuple[str, str]]:
    if does.by:
        yield "by", _text(does.by)
    if does.does != "answer":
        yield "does", does.does
    if isinstance(does.answer, Exactly):
        in_json = json.dumps(does.answer.value)
        yield "json", "'" + in_json.replace("'", "''") + "'"
    elif does.answer is not None:
        yield "answer", _flow(does.answer)
    if does.keep:
        yield "keep", '"yes"'
    for name in ("token", "name", "role", "refused"):
        value = getattr(does, name)
        if value != getattr(_NOTHING_MORE, name):
            yield name, _text(value) if name != "token" else _quoted(value)
    for name in ("until", "seconds"):
        seconds = getattr(does, name)
        if seconds is not None:
            yield name, _time(seconds)
    if does.rating is not None:
        yield "rating", str(does.rating)
    if not does.safe:
        yield "safe", '"no"'


_PLAINEST = Script(about="", people={}, entries=())
_NOTHING_MORE = Does()


def _flow(value: Written | Mapping[str, tuple[str, ...]]) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, tuple):
        return f"[{', '.join([_flow(item) for item in value])}]"
    return f"{{{', '.join([f'{_text(name)}: {_flow(item)}' for name, item in value.items()])}}}"


def _text(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text not in _TAKEN else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _time(seconds: float) -> str:
    """As people write it, if it is so many whole seconds; else as a number of them."""
    whole = int(seconds) if seconds == int(seconds) and 0 < seconds < 360_000 else 0
    parts = ((whole // 3600, "h"), (whole // 60 % 60, "m"), (whole % 60, "s"))
    return "".join([f"{count}{unit}" for count, unit in parts if count]) or repr(float(seconds))
