"""The registries of a catalog: which practices there are, which instruments, which crisis lines.

They are small YAML files, read like a protocol: within the same limits, and with a finding for
each thing that does not fit. Nothing here is read leniently, since what is missing from a registry
would look like a mistake of whoever names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import fields

from compassion_protocols.errors import ProtocolRejected
from compassion_protocols.findings import in_order
from compassion_protocols.model.care import CrisisLine
from compassion_protocols.model.instruments import Instrument, Licence
from compassion_protocols.model.practices import Call, Practice
from compassion_protocols.model.protocol import Family
from compassion_protocols.reading.compose import compose
from compassion_protocols.reading.fields import text, word
from compassion_protocols.reading.lists import entries, list_of, no_map, one_or_several, pairs
from compassion_protocols.reading.marks import MarkedMap, MarkedText
from compassion_protocols.reading.notes import Absent, note, taking_notes
from compassion_protocols.reading.shapes import place_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeGuard, TypeVar

    from compassion_protocols.reading.marks import Node

    T = TypeVar("T")

_family = word(Family)
_calls = one_or_several(word(Call))
_licence = word(Licence)
_languages = list_of(text)
_OF_A_LINE = tuple(each.name for each in fields(CrisisLine))


def read_practices(data: bytes, file: str) -> dict[str, Practice]:
    """The practices in these bytes, by their ids; ProtocolRejected with all that is wrong."""
    return _rows(data, file, "practices", _practice)


def read_instruments(data: bytes, file: str) -> dict[str, Instrument]:
    """The instruments in these bytes, by their ids; ProtocolRejected with all that is wrong."""
    return _rows(data, file, "instruments", _instrument)


def read_crisis_lines(data: bytes, file: str) -> tuple[CrisisLine, ...]:
    """The crisis lines in these bytes, in order; ProtocolRejected with all that is wrong."""

    def lines(root: MarkedMap) -> tuple[CrisisLine, ...]:
        rows = entries(_needed(root, "lines"), at_least=1)
        return tuple([_crisis_line(row) for row in rows if _is_row(row, "- name: …")])

    return _read(data, file, lines)


def _practice(name: str, row: MarkedMap) -> Practice:
    _only(row, ("family", "calls"))
    return Practice(
        id=name,
        family=_family(_needed(row, "family"), None),
        calls=_calls(row["calls"], None) if "calls" in row else (),
    )


def _instrument(name: str, row: MarkedMap) -> Instrument:
    _only(row, ("name", "licence", "why", "to_do", "doi", "obliges"))
    return Instrument(
        id=name,
        name=text(_needed(row, "name")),
        licence=_licence(_needed(row, "licence"), None),
        why=text(_needed(row, "why")),
        to_do=text(_needed(row, "to_do")),
        doi=text(row["doi"]) if "doi" in row else "",
        obliges=text(row["obliges"]) if "obliges" in row else "",
    )


def _crisis_line(row: MarkedMap) -> CrisisLine:
    """Where nothing is known of a line, it may say so by an empty text."""
    _only(row, _OF_A_LINE)
    return CrisisLine(
        locale=text(_needed(row, "locale")),
        name=text(_needed(row, "name")),
        purpose=_known(row, "purpose"),
        channel=_known(row, "channel"),
        contact=text(_needed(row, "contact")),
        hours=_known(row, "hours"),
        languages=_languages(row["languages"], None) if "languages" in row else (),
        verified_on=_known(row, "verified_on"),
        source=_known(row, "source"),
    )


def _rows(data: bytes, file: str, what: str, one: Callable[[str, MarkedMap], T]) -> dict[str, T]:
    def rows(root: MarkedMap) -> dict[str, T]:
        found = pairs(_needed(root, what), what, f"{what}: {{…}}")
        there = ((str(key), row) for key, row in found if _is_row(row, f"{key}: {{…}}"))
        return {key: one(key, row) for key, row in there}

    return _read(data, file, rows)


def _read(data: bytes, file: str, take: Callable[[MarkedMap], T]) -> T:
    composed = compose(data, file)
    if composed.root is None:
        raise ProtocolRejected(composed.findings)
    with taking_notes(composed) as noted:
        taken = take(composed.root)
    findings = in_order((*composed.findings, *noted))
    if findings:
        raise ProtocolRejected(findings)
    return taken


def _is_row(row: Node, example: str) -> TypeGuard[MarkedMap]:
    if isinstance(row, MarkedMap):
        return True
    no_map(row, "an entry", example)
    return False


def _known(row: MarkedMap, key: str) -> str:
    """What a row says under a key that may be empty, or missing."""
    value = row.get(key)
    empty = isinstance(value, MarkedText) and not value.strip()
    return "" if value is None or empty else text(value)


def _needed(row: MarkedMap, key: str) -> Node:
    """What a row says under a key; a note, and nothing to be noted again, where it says nothing."""
    if key in row:
        return row[key]
    message = f"Here “{key}” is missing, so people would get a guess in its place."
    note("CP102", message, f"Add “{key}: …”, which a registry needs.", row)
    return Absent(*place_of(row))


def _only(row: MarkedMap, keys: tuple[str, ...]) -> None:
    for key in row.keys() - set(keys):
        message = f"An entry of a registry has no “{key}”, so it would change nothing for anyone."
        note("CP101", message, f"Write one of: {', '.join(keys)}.", row.written(key))
