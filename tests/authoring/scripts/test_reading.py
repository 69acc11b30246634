"""Reading a script finds all that is wrong with it, each with its place."""

from __future__ import annotations

import pytest

from compassion_protocols.authoring.scripts.reading import read_script
from compassion_protocols.authoring.scripts.script import Does, Exactly, Script, Sees
from compassion_protocols.errors import ScriptRejected
from compassion_protocols.session.state import Screen

HEAD = "about: A script.\npeople: [Ana]\n"


def read(text: str) -> Script:
    """Read a script's text."""
    return read_script(text.encode(), "x.script.yaml")


def entries_of(*entries: str) -> tuple[Does | Sees, ...]:
    """The entries of a script that has just these."""
    return read(HEAD + "script:\n" + "".join(f"  - {entry}\n" for entry in entries)).entries


def found(text: str) -> list[str]:
    """The codes of all that is wrong, each with its line."""
    with pytest.raises(ScriptRejected) as rejected:
        read(text)
    return [f"{finding.code}:{finding.span.line}" for finding in rejected.value.findings]


def test_everything_that_a_script_may_begin_with_is_read() -> None:
    """Who comes, when, where, with which settings, who leads it and who is cleared."""
    script = read(
        "about: All.\nprotocol: a-circle\npeople: {parent: [Ana], child: [Ben, Cem]}\n"
        "facilitator: Fay\nbegins: 2026-03-01 18:00\nutc_offset: -1h\nlocale: en-GB\n"
        "screen: shared\nseed: 4\nsettings: {rounds: 3, deck: [a, b]}\ncleared: []\n"
        "policy: {after: 5}\nscript: []\n"
    )
    assert script == Script(
        about="All.",
        protocol="a-circle",
        people={"parent": ("Ana",), "child": ("Ben", "Cem")},
        facilitator="Fay",
        begins=1_772_388_000.0,
        utc_offset=script.utc_offset,
        locale="en-GB",
        screen=Screen.SHARED,
        seed=4,
        settings={"rounds": "3", "deck": ("a", "b")},
        cleared=(),
        policy={"after": 5},
        entries=(),
    )
    assert int(script.utc_offset) == -3600


def test_an_entry_is_an_answer_an_event_or_a_look() -> None:
    """What is written in an entry is what it says, scalars as texts."""
    assert entries_of(
        "{by: Ana, answer: 9, token: '1.0', refused: StaleMoment}",
        "{after: 1m, by: Ana, does: pause, until: 20m}",
        "{after: -2.5, does: tick}",
        "{by: Ana, json: '[1, null]'}",
        '{by: Ana, does: distress, rating: 8, safe: "no"}',
        "{does: again}",
        '{sees: Ana, kind: ask, offers: [skip], draft: ""}',
    ) == (
        Does(by="Ana", answer="9", token="1.0", refused="StaleMoment"),
        Does(by="Ana", does="pause", after=60.0, until=1200.0),
        Does(does="tick", after=-2.5),
        Does(by="Ana", answer=Exactly([1, None])),
        Does(by="Ana", does="distress", rating=8, safe=False),
        Does(does="again"),
        Sees(sees="Ana", parts={"kind": "ask", "offers": ("skip",), "draft": ""}),
    )


def test_an_entry_knows_its_place() -> None:
    """An entry has the line and the column where it stands."""
    [_, second] = entries_of("{does: tick}", "{sees: Ana}")
    assert str(second.span) == "x.script.yaml:5:5"


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("{by: Ana, does: dance}", "CP106"),
        ("{by: Ana, does: skip, answer: a walk}", "CP122"),
        ("{does: tick, by: Ana}", "CP122"),
        ("{does: again, token: '1.0'}", "CP122"),
        ("{does: skip}", "CP102"),
        ("{by: Ana}", "CP102"),
        ("{by: Fay, does: extend}", "CP102"),
        ("{by: Ana, anwser: a walk}", "CP101"),
        ("{sees: Ana, kindness: ask}", "CP101"),
        ("{by: Ana, json: '[1'}", "CP107"),
        ("{by: Ana, does: skip, after: soon}", "CP109"),
        ("{by: Ana, does: distress, rating: 11}", "CP107"),
        ("{by: Ana, answer: a, refused: KeyError}", "CP106"),
        ("tick", "CP103"),
    ],
)
def test_a_slip_in_an_entry_is_found_where_it_stands(entry: str, code: str) -> None:
    """What an entry cannot say is one finding, on its line."""
    assert found(f"{HEAD}script:\n  - {{does: tick}}\n  - {entry}\n") == [f"{code}:5"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("begins: tomorrow", "CP109"),
        ("seed: -1", "CP107"),
        ("screen: wide", "CP106"),
        ("people: []", "CP105"),
        ("colour: red", "CP101"),
        ("policy: {after: low}", "CP107"),
        ("settings: high", "CP103"),
        ("utc_offset: far", "CP109"),
    ],
)
def test_a_slip_at_the_beginning_is_found(line: str, code: str) -> None:
    """What a script cannot begin with is one finding, on its line."""
    people = "" if line.startswith("people") else "people: [Ana]\n"
    number = 2 if not people else 3
    assert found(f"about: A script.\n{people}{line}\nscript: []\n") == [f"{code}:{number}"]


def test_what_is_missing_is_found() -> None:
    """A script has a sentence, people and entries."""
    assert found("seed: 1\n") == ["CP102:1"] * 3


def test_a_file_that_is_no_yaml_is_rejected() -> None:
    """What YAML cannot read is found as in a protocol."""
    assert [code[:4] for code in found("about: [\nscript: 3\n")] == ["CP01"]
    assert found("\n") == ["CP003:1"]
