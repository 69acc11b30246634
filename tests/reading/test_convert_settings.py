"""Settings and roles as they are written, and what can go wrong with them."""

from __future__ import annotations

from typing import Any

import pytest

from compassion_protocols.language.values import Duration
from compassion_protocols.model.protocol import IfFewer, Role
from compassion_protocols.model.settings import (
    AnySetting,
    ChoiceSetting,
    DurationSetting,
    ListSetting,
    NumberSetting,
    TextSetting,
    YesNoSetting,
)
from compassion_protocols.reading.convert_settings import SETTING_KINDS
from tests.reading.written import codes_of, found, protocol_of, read_text, written

A: dict[str, Any] = {"name": "a", "label": "A"}


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("number: 3, min: 1, max: 10", NumberSetting(default=3, least=1, most=10, **A)),
        ("number: 0.5", NumberSetting(default=0.5, **A)),
        (
            "duration: 3m, min: 30s, max: 1h",
            DurationSetting(default=Duration(180), least=Duration(30), most=Duration(3600), **A),
        ),
        ("text: 2026-01-01", TextSetting(default="2026-01-01", **A)),
        ("yes_no: no", YesNoSetting(default=False, **A)),
        ("yes_no: true", YesNoSetting(default=True, **A)),
        ("choice: [x, y]", ChoiceSetting(options=("x", "y"), **A)),
        ("list: [x, y]", ListSetting(default=("x", "y"), **A)),
        ("list: {from: cards}", ListSetting(default=(), source="cards", **A)),
    ],
)
def test_settings(setting: str, expected: AnySetting) -> None:
    """The type of a setting is the name that its default stands under."""
    [found] = protocol_of(settings=f"{{a: {{{setting}, label: A}}}}").settings
    assert found == expected


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        ("@@[a]", ["CP103"]),
        ("@@3", ["CP103"]),
        ("{a: @@3}", ["CP103"]),
        ("{@@A: {number: 3, label: A}}", ["CP114"]),
        ("{@@you: {number: 3, label: A}}", ["CP115"]),
        ("{a: @@{label: A}}", ["CP150"]),
        ("{a: @@{numbr: 3, label: A}}", ["CP150"]),
        ("{a: {number: 3, @@text: b, label: A}}", ["CP150"]),
        ("{a: @@{number: 3}}", ["CP102"]),
        ("{a: {text: b, @@min: 3, label: A}}", ["CP101"]),
        ("{a: {number: @@three, label: A}}", ["CP107"]),
        ("{a: {number: @@3, min: 4, label: A}}", ["CP151"]),
        ("{a: {number: 3, min: @@9, max: 4, label: A}}", ["CP132"]),
        ("{a: {duration: @@3, label: A}}", ["CP109"]),
        ("{a: {duration: @@0s, label: A}}", ["CP109"]),
        ("{a: {duration: @@3m, max: 2m, label: A}}", ["CP151"]),
        ("{a: {duration: 3m, min: @@one, label: A}}", ["CP109"]),
        ("{a: {yes_no: @@maybe, label: A}}", ["CP108"]),
        ("{a: {yes_no: @@[], label: A}}", ["CP104"]),
        ("{a: {choice: @@[], label: A}}", ["CP105"]),
        ("{a: {choice: [x, @@x], label: A}}", ["CP116"]),
        ("{a: {choice: @@x, label: A}}", ["CP103"]),
        ("{a: {list: @@[], label: A}}", ["CP105"]),
        ("{a: {list: @@x, label: A}}", ["CP103"]),
        ("{a: {list: @@{x: y}, label: A}}", ["CP103"]),
        ("{a: {list: {from: x, @@y: z}, label: A}}", ["CP101"]),
        ("{a: {list: {from: @@[x]}, label: A}}", ["CP104"]),
    ],
)
def test_mistakes_in_settings(settings: str, codes: list[str]) -> None:
    """What is wrong in a setting is found at its own place, and nothing else is."""
    assert codes_of(found(settings=settings)) == codes


@pytest.mark.parametrize(
    ("value", "kind"),
    [("3m", "duration"), ("3", "number"), ("this week", "text"), ("[rest, play]", "list")],
)
def test_a_setting_by_its_value(value: str, kind: str) -> None:
    """A default without its type is taken for what it looks like, and the remedy names that."""
    [finding] = found(settings=f"{{a: {{@@default: {value}, label: A}}}}")
    assert (finding.code, finding.remedy) == ("CP150", f"Write “{kind}” in the place of “default”.")
    if kind != "list":
        [finding] = found(settings=f"{{a: @@{value}}}")
        assert finding.remedy.startswith(f"Write it as in “a: {{{kind}: ")
    draft = read_text(written(settings=f"{{a: {{default: {value}, label: A}}}}")).draft
    assert draft is not None
    assert type(draft.settings[0]) is SETTING_KINDS[kind]


def test_an_untyped_setting_keeps_its_name() -> None:
    """A setting without a type is in the draft all the same, so that its name is known there."""
    draft = read_text(written(settings="{a: {label: A}, b: {nubmer: 3, label: B}}")).draft
    assert draft is not None
    assert [(type(s).__name__, s.name) for s in draft.settings] == [
        ("TextSetting", "a"),
        ("NumberSetting", "b"),
    ]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("{people: 2}", Role(name="a", least=2, most=2)),
        ("{people: 3-12}", Role(name="a", least=3, most=12)),
        ("{people: 3 – 5, if_fewer: end}", Role(name="a", least=3, most=5, if_fewer=IfFewer.END)),
        ("{one_of: b, others: c}", Role(name="a", one_of="b", others="c")),
    ],
)
def test_roles(role: str, expected: Role) -> None:
    """A role has so many people, or is one of another role at a time."""
    [found] = protocol_of(roles=f"{{a: {role}}}").roles
    assert found == expected


@pytest.mark.parametrize(
    ("roles", "codes"),
    [
        ("@@[a]", ["CP103"]),
        ("{a: @@2}", ["CP103"]),
        ("{@@everyone: {people: 2}}", ["CP115"]),
        ("{a: @@{}}", ["CP152"]),
        ("{a: @@{if_fewer: end}}", ["CP152"]),
        ("{a: {@@poeple: 2}}", ["CP101"]),
        ("{a: {@@size: 2}}", ["CP101"]),
        ("{a: {people: @@two}}", ["CP152"]),
        ("{a: {people: @@0}}", ["CP152"]),
        ("{a: {people: @@13}}", ["CP152"]),
        ("{a: {people: @@5-3}}", ["CP152"]),
        ("{a: {people: @@[2, 3]}}", ["CP104"]),
        ("{a: {people: 2, if_fewer: @@stop}}", ["CP106"]),
        ("{a: {@@people: 2, one_of: b}}", ["CP122"]),
        ("{a: {one_of: b, @@if_fewer: end}}", ["CP122"]),
        ("{a: {people: 2, @@others: b}}", ["CP122"]),
        ("{a: {one_of: @@b c}}", ["CP114"]),
        ("{a: {one_of: b, others: @@B}}", ["CP114"]),
    ],
)
def test_mistakes_in_roles(roles: str, codes: list[str]) -> None:
    """What is wrong in a role is found at its own place, and nothing else is."""
    assert codes_of(found(roles=roles)) == codes


@pytest.mark.parametrize("name", ["partner", "friend"])
def test_a_role_that_is_only_a_number(name: str) -> None:
    """Whoever writes a role without its map is shown how that very role is written."""
    [finding] = found(roles=f"{{{name}: @@2}}")
    assert finding.code == "CP103"
    assert finding.remedy == f"Write it as in “{name}: {{people: 2}}”."
