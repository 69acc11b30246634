"""What there is to choose from, and a card."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from compassion_protocols.catalog import bundled
from compassion_protocols.cli.admission import ALONE
from compassion_protocols.cli.run import DEFAULT
from compassion_protocols.loading import load

if TYPE_CHECKING:
    from tests.cli.commands import Shell


def test_a_list_has_everything_by_family(shell: Shell) -> None:
    """A list has every protocol once, below its family."""
    out = shell("list").out
    entries = list(bundled().entries())
    assert [line.strip() for line in out.splitlines() if line.strip() in bundled().ids()] == [
        entry.id for entry in entries
    ]
    assert out.index("Asking") < out.index("need-inventory") < out.index("Body")


def test_a_list_as_data_says_the_same(shell: Shell) -> None:
    """A list as data has the id, title, summary and family of every protocol."""
    rows = json.loads(shell("list", "--json").out)["protocols"]
    assert [row["id"] for row in rows] == [entry.id for entry in bundled().entries()]
    assert set(rows[0]) == {"id", "title", "summary", "family"}


@pytest.mark.parametrize("protocol", bundled().ids())
def test_every_protocol_has_a_card(shell: Shell, protocol: str) -> None:
    """Every protocol's card says why, for whom, how long, with what care, and from where."""
    done = shell("show", protocol)
    assert done.code == 0
    plan = load(protocol)
    told = " ".join(done.out.split())
    assert " ".join(plan.protocol.card.why.split()) in told
    for heading in ("Who", "How long", "Care", "Where it comes from"):
        assert f" {heading} - " in told
    for line in (*plan.protocol.care.not_for, *plan.protocol.care.before_you_start):
        assert " ".join(line.split()) in told


def test_a_card_says_what_can_be_set(shell: Shell) -> None:
    """A card names the settings, their defaults and bounds, and what sizes of group need."""
    out = shell("show", "group-circle").out
    assert "floor_time: Time each member has the floor (2 minutes; from 1 minute to 5" in out
    assert "- member: 3 to 12" in out
    assert "- With 3: " in out
    assert "- With 12: " in out
    assert "does not start without them" in out


def test_a_card_says_how_complete_it_is(shell: Shell) -> None:
    """A card says its practices, how it reads, and what it leaves out of what others need."""
    out = shell("show", "grounding").out
    assert "- Status: draft\n" in out
    assert "- Practices: five-senses-grounding" in out
    assert "- Reads like school grade 2" in out
    assert "- Of the twelve items of TIDieR it says all\n" in out
    assert "Instruments" not in out


def test_a_card_that_leaves_things_out(shell: Shell) -> None:
    """What a card leaves out is named; who has reviewed it, and what it asks, as well."""
    source = bundled().source("grounding")
    assert source is not None
    text = source.data.decode()
    for key in ("setting: ", "frequency: "):
        text = "".join(line for line in text.splitlines(True) if not line.lstrip().startswith(key))
    text = text.replace(
        "status: draft",
        "reviewers: [A. Reader]\n  reviewed_on: 2026-11-20\n  instruments: [distress]",
    )
    (shell.home / "own.protocol.yaml").write_text(text, "utf-8")
    out = shell("show", "own.protocol.yaml").out
    assert "it says all but: where, how often" in out
    assert "- Status: draft, by A. Reader, on 2026-11-20" in out
    assert "- Instruments: distress" in out
    data = json.loads(shell("show", "own.protocol.yaml", "--json").out)
    assert [item for item, said in data["tidier"].items() if not said] == ["where", "how often"]
    assert 1 < data["reading_grade"] < 3


def test_a_source_that_says_little(shell: Shell) -> None:
    """A source that does not say what it is to the exercise is shown without a guess."""
    source = bundled().source("pause-card")
    assert source is not None
    text = source.data.decode().replace("      relation: inspired_by\n      level: B\n", "")
    (shell.home / "own.protocol.yaml").write_text(text, "utf-8")
    out = " ".join(shell("show", "own.protocol.yaml").out.split())
    assert "Making Marriage Work - The compassion_protocols contributors" in out


def test_a_card_as_data(shell: Shell) -> None:
    """A card as data has the same, and the bounds of each size."""
    data = json.loads(shell("show", "group-circle", "--json").out)
    assert data["compassion_card"] == 1
    assert data["care"]["tier"] == 3
    assert data["roles"] == [{"name": "member", "least": 3, "most": 12}]
    assert [size["people"]["member"] for size in data["sizes"]] == list(range(3, 13))
    assert data["card"]["sources"][0]["seed"] == "002"


def test_a_file_has_a_card(shell: Shell) -> None:
    """A file that is not in the catalog has a card too."""
    source = bundled().source("grounding")
    assert source is not None
    (shell.home / "own.protocol.yaml").write_bytes(source.data)
    assert "Five senses" in shell("show", "own.protocol.yaml").out


@pytest.mark.parametrize("protocol", [*ALONE, DEFAULT])
def test_what_is_offered_to_one_is_for_one(protocol: str) -> None:
    """What is offered to one person can be done by one person, and wants no screening."""
    plan = load(protocol)
    assert [seat.least for seat in plan.protocol.seats] == [1]
    assert not plan.protocol.care.screen
