"""The registries of a catalog, and what is wrong with them."""

from __future__ import annotations

import pytest

from compassion_protocols.errors import ProtocolRejected
from compassion_protocols.model.care import CrisisLine
from compassion_protocols.model.instruments import Instrument, Licence
from compassion_protocols.model.practices import Call, Practice
from compassion_protocols.model.protocol import Family
from compassion_protocols.reading.registries import (
    read_crisis_lines,
    read_instruments,
    read_practices,
)

ROW = "{name: A, licence: plug-in, why: B., to_do: C.}"


def test_practices() -> None:
    """A practice has a shelf, and perhaps what it calls for."""
    text = b"practices:\n  a: {family: body}\n  b: {family: repair, calls: [led, eyes]}"
    assert read_practices(text, "p.yaml") == {
        "a": Practice("a", Family.BODY),
        "b": Practice("b", Family.REPAIR, (Call.LED, Call.EYES)),
    }


def test_instruments() -> None:
    """An instrument has a name, a licence, why, what to do, and perhaps more."""
    more = ROW.replace("C.", "C., doi: 10.1/2, obliges: D.")
    found = read_instruments(f"instruments:\n  a: {ROW}\n  b: {more}".encode(), "i.yaml")
    assert found["a"] == Instrument("a", "A", Licence.PLUG_IN, "B.", "C.")
    assert (found["b"].doi, found["b"].obliges) == ("10.1/2", "D.")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["CP003"]),
        ("- a", ["CP005"]),
        ("instruments: {}", ["CP102"]),
        ("practices: a", ["CP103"]),
        ("practices: {a: b}", ["CP103"]),
        ("practices: {a: {}}", ["CP102"]),
        ("practices: {a: {family: kitchen}}", ["CP106"]),
        ("practices: {a: {family: body, calls: [leed]}}", ["CP106"]),
        ("practices: {a: {family: body, calls: [led, led]}}", ["CP116"]),
        ("practices: {a: {family: body, cals: [led]}}", ["CP101"]),
        ("practices: {a: {family: body}, a: {family: body}}", ["CP020"]),
    ],
)
def test_mistakes(text: str, codes: list[str]) -> None:
    """Whatever does not fit is refused, with a finding for each."""
    with pytest.raises(ProtocolRejected) as rejected:
        read_practices(text.encode(), "p.yaml")
    assert [finding.code for finding in rejected.value.findings] == codes


@pytest.mark.parametrize("key", ["name", "licence", "why", "to_do"])
def test_an_instrument_says_it_all(key: str) -> None:
    """An instrument that leaves out what must be known of it is refused."""
    row = ROW.replace(key, "doi")
    with pytest.raises(ProtocolRejected) as rejected:
        read_instruments(f"instruments: {{a: {row}}}".encode(), "i.yaml")
    assert [finding.code for finding in rejected.value.findings] == ["CP102"]


def test_crisis_lines() -> None:
    """A crisis line says where it counts, its name and its contact; the rest may be unknown."""
    text = 'lines: [{locale: "*", name: A, contact: "1", hours: "", languages: [en, fr]}]'
    [line] = read_crisis_lines(text.encode(), "c.yaml")
    assert line == CrisisLine(
        locale="*", name="A", purpose="", channel="", contact="1", languages=("en", "fr")
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("line: []", ["CP102"]),
        ("lines: []", ["CP105"]),
        ("lines: [a]", ["CP103"]),
        ("lines: [{name: A, contact: b}]", ["CP102"]),
        ("lines: [{locale: US, name: A, contact: b, hour: c}]", ["CP101"]),
        ("lines: [{locale: US, name: A, contact: [b]}]", ["CP104"]),
        ("lines: [{locale: US, name: A, contact: ''}]", ["CP105"]),
    ],
)
def test_no_crisis_line_is_left_out_silently(text: str, codes: list[str]) -> None:
    """A list of crisis lines with a mistake is refused, and not read without that line."""
    with pytest.raises(ProtocolRejected) as rejected:
        read_crisis_lines(text.encode(), "c.yaml")
    assert [finding.code for finding in rejected.value.findings] == codes
