"""``simulate`` says what walks through a protocol reached, and what they came upon."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from compassion_protocols.catalog import bundled
from compassion_protocols.session import standing
from compassion_protocols.session.view import Help
from tests.cli.commands import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.cli.commands import Shell


def test_a_sound_protocol_is_walked_through(shell: Shell) -> None:
    """It says how many walks there were and what they reached, and ends with 0."""
    done = shell("simulate", "three-breath-pause", "--runs", "10")
    assert done.code == 0
    assert done.out.startswith("three-breath-pause: 10 walks, ")
    assert "moments opened: 3 of 3" in done.out
    assert done.err == ""


def test_the_same_seed_gives_the_same(shell: Shell) -> None:
    """Two simulations with one seed tell the same; with another they tell something else."""
    told = [shell("simulate", "pause-card", "--runs", "9", "--seed", s).out for s in "110"]
    assert told[0] == told[1] != told[2]


def test_all_of_the_catalog_is_walked_through(shell: Shell) -> None:
    """With all, each protocol of the catalog has its figures."""
    data = json.loads(shell("simulate", "all", "--runs", "1", "--json").out)
    assert data["compassion_simulation"] == 1
    assert len(data["protocols"]) >= 14
    assert {found["failure"] for found in data["protocols"]} == {None}


def test_a_failure_is_written_as_a_script(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong is told, saved, and played again by ``run --script``."""
    monkeypatch.setattr(standing, "help_for", lambda *_, **__: Help(text=""))
    done = shell("simulate", "three-breath-pause", "--save", "it.script.yaml")
    assert done.code == 1
    assert "It went wrong in walk" in done.out
    assert "run --script it.script.yaml" in done.err
    again = shell("run", "--script", "it.script.yaml")
    assert (again.code, "is offered no help" in again.err) == (1, True)
    monkeypatch.undo()
    monkeypatch.chdir(shell.home)
    assert shell("run", "--script", "it.script.yaml").code == 0
    monkeypatch.setattr(standing, "help_for", lambda *_, **__: Help(text=""))
    assert "about: " in shell("simulate", "three-breath-pause").out


def test_the_number_of_walks_has_bounds(shell: Shell) -> None:
    """No walk at all is no simulation."""
    assert shell("simulate", "three-breath-pause", "--runs", "0").code == 2


def test_a_file_is_named_as_seen_from_the_script(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The script of a failure finds its protocol from where it is saved."""
    folder = shell.home / "cases"
    folder.mkdir()
    source = bundled().index()["pause-card"].read_text("utf-8")
    (shell.home / "pause-card.protocol.yaml").write_text(source, "utf-8")
    monkeypatch.setattr(standing, "help_for", lambda *_, **__: Help(text=""))
    shell("simulate", "pause-card.protocol.yaml", "--save", "cases/it.script.yaml")
    told = (folder / "it.script.yaml").read_text("utf-8")
    assert 'protocol: "../pause-card.protocol.yaml"\n' in told
    assert shell("run", "--script", "cases/it.script.yaml").code == 1


def test_progress_is_told_on_a_terminal_alone(tmp_path: Path) -> None:
    """On a terminal one line counts the walks, and goes when they are done."""
    terminal = Terminal(["simulate", "pause-card", "--runs", "5"], tmp_path)
    assert terminal.reads("pause-card: 4 of 5", "pause-card: 5 walks").ends() == 0


def test_a_terminal_without_escapes_counts_no_walks(tmp_path: Path) -> None:
    """Where no escape is wanted, nothing is written over and over."""
    terminal = Terminal(["simulate", "pause-card", "--runs", "5"], tmp_path, NO_COLOR="1")
    assert terminal.reads("pause-card: 5 walks").ends() == 0
    assert "4 of 5" not in terminal.seen
