"""``diff``: for a person and as data, and what it says of running sessions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compassion_protocols import bundled

if TYPE_CHECKING:
    from tests.cli.commands import Shell

BASE = "structured-empathy-exchange"
CLINIC = Path(__file__).parents[1] / "adaptations/empathy-exchange-for-our-clinic.protocol.yaml"


@pytest.fixture
def newer(tmp_path: Path) -> str:
    """A new version in which a question has another id, and another is gone."""
    text = bundled().index()[BASE].read_text("utf-8")
    file = tmp_path / "newer.protocol.yaml"
    file.write_text(text.replace("landed", "lands").replace("version: 1.0.0", "version: 2.0.0"))
    return str(file)


def test_nothing_is_different(shell: Shell) -> None:
    """A protocol and itself do not differ, and sessions go on."""
    done = shell("diff", BASE, BASE)
    assert done.code == 0
    assert "Nothing is different." in done.out
    assert "They go on unchanged, at each of 19 moments." in done.out


def test_an_adaptation_and_its_base(shell: Shell) -> None:
    """What an adaptation changes is told under headings, readers first, with both sides."""
    done = shell("diff", BASE, str(CLINIC))
    assert done.code == 0
    out = done.out
    assert f"{BASE} 1.0.0 → empathy-exchange-for-our-clinic 1.0.0" in out
    order = [
        out.index(word) for word in ("Who reads", "Care\n", "Steps\n", "Settings\n", "The card\n")
    ]
    assert order == sorted(order)
    assert "+ A day on which you are worn out." in out
    assert "The `say` step “rest” is new." in out
    assert "- 3 minutes" in out
    assert "+ 2 minutes" in out


def test_sessions_that_cannot_go_on(shell: Shell, newer: str) -> None:
    """Moments at which a session cannot go on are told together with the reason they share."""
    out = " ".join(shell("diff", BASE, newer).out.split())
    assert "At “landed” a session needs a mapping." in out
    assert "a session must restart. Answers to “landed” may have been given" in out
    mapped = shell("diff", BASE, newer, "--map", "landed=lands").out
    assert "They go on unchanged, at each of 19 moments." in mapped
    dropped = shell("diff", BASE, newer, "--drop", "landed").out
    assert "They go on unchanged at 18 of 19 moments." in dropped


@pytest.mark.parametrize("wrong", ["landed", "=lands", "landed="])
def test_a_mapping_that_is_none(shell: Shell, wrong: str) -> None:
    """A mapping has two sides, and both must be there."""
    done = shell("diff", BASE, BASE, "--map", wrong)
    assert (done.code, done.out) == (2, "")
    assert "OLD=NEW" in done.err
    unknown = shell("diff", BASE, BASE, "--map", "landed=landing")
    assert unknown.code == 2
    assert "has no such place" in unknown.err


def test_readers_come_first(shell: Shell, tmp_path: Path) -> None:
    """Where somebody else would read an answer, that is the first thing that is told."""
    text = bundled().index()[BASE].read_text("utf-8")
    file = tmp_path / "other.protocol.yaml"
    heart = "id: heart\n    who: partner\n"
    shared = text.replace(heart, f"{heart}    shared: everyone\n")
    file.write_text(shared, "utf-8")
    lines = [line.strip() for line in shell("diff", BASE, str(file)).out.splitlines()]
    told = [line for line in lines if line]
    assert told[1:5] == [
        "Who reads what",
        "“shared” of “heart” is different.",
        "- its writer alone",
        "+ everyone",
    ]


def test_as_data(shell: Shell, newer: str) -> None:
    """With --json there is one object, with every difference and every moment."""
    data = json.loads(shell("diff", BASE, newer, "--json").out)
    assert data["compassion_diff"] == 1
    assert (data["old"]["version"], data["new"]["version"]) == ("1.0.0", "2.0.0")
    assert {change["topic"] for change in data["changes"]} >= {"steps", "way", "card"}
    verdicts = {one["place"]: one["verdict"] for one in data["moments"]}
    assert (verdicts["landed"], verdicts["welcome"]) == ("needs_mapping", "goes_on")
    assert verdicts["missed"] == "restarts"
    assert [lost["answer"] for lost in data["lost"]] == ["landed"]


def test_a_card_says_what_was_adapted(shell: Shell) -> None:
    """The card of an adaptation has its base, who changed it and why, and what was changed."""
    out = " ".join(shell("show", str(CLINIC)).out.split())
    assert "From structured-empathy-exchange 1.0.0" in out
    assert "By Dr. Ada Example and The Thursday group, on 2026-11-01: Shorter turns" in out
    assert "Changed in settings: floor_time.duration and floor_time.max" in out
    assert "Added after heard: 1 step" in out
    data = json.loads(shell("show", str(CLINIC), "--json").out)
    assert data["adaptation"]["base"] == BASE
    assert json.loads(shell("show", BASE, "--json").out)["adaptation"] is None
