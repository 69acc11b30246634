"""Protocols that play themselves."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from compassion_protocols.catalog import bundled

if TYPE_CHECKING:
    from tests.cli.commands import Shell

TIMES = re.compile(
    r"\d{4}-\d\d-\d\d, \d\d:\d\d|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day [^.]*?\d{4}"
)


def without_times(text: str) -> str:
    """A text without the day and hour that it was made."""
    return re.sub(r"\d{4}-\d\d-\d\d", "DAY", TIMES.sub("TIME", text))


@pytest.mark.parametrize("protocol", bundled().ids())
def test_every_protocol_plays_itself(shell: Shell, protocol: str) -> None:
    """Every protocol plays through with exit code 0, the same each time but for times."""
    first = shell("run", protocol, "--autoplay")
    assert first.code == 0
    assert first.err == ""
    again = shell("run", protocol, "--autoplay")
    assert without_times(first.out) == without_times(again.out)


def test_it_ends_with_the_transcript(shell: Shell) -> None:
    """What it prints ends with the transcript, and holds each screen before it."""
    done = shell("run", "structured-empathy-exchange", "--with", "partner=Ana,Ben", "--autoplay")
    screens, title, transcript = done.out.rpartition("# Structured empathy exchange\n")
    assert title
    assert "Ana, what has been on your heart this week?" in screens
    assert "- **Ben:** You felt alone with the move and wished I had asked." in transcript
    assert transcript.endswith("- **Ben:** That you missed me in the middle of all those boxes.\n")


def test_what_only_one_may_read_is_not_in_what_both_take_along(shell: Shell) -> None:
    """Of two people the transcript holds only what both may read."""
    done = shell("run", "structured-empathy-exchange", "--autoplay")
    screens, _, transcript = done.out.rpartition("# Structured empathy exchange\n")
    assert "The Sunday when we packed the last boxes." in screens
    assert "The Sunday" not in transcript


def test_the_screening_comes_first(shell: Shell) -> None:
    """Each person is screened on its examples before a screened protocol begins."""
    out = shell("run", "need-inventory", "--with", "Ana,Ben", "--autoplay").out
    for name in ("Ana", "Ben"):
        assert f"These few questions are for you alone, {name}." in out
    assert out.index("alone, Ben.") < out.index("A need is not a complaint")


def test_others_see_what_the_author_wrote_for_them(shell: Shell) -> None:
    """On the one screen everyone is told what to do meanwhile."""
    out = shell("run", "structured-empathy-exchange", "--autoplay").out
    assert "Ben:\n    Only listen, Ben." in out


def test_private_questions_are_handed_over_and_covered(shell: Shell) -> None:
    """Before a private question the screen changes hands, and after it all is covered."""
    out = shell("run", "structured-empathy-exchange", "--autoplay").out
    take, ask, cover = (
        out.index("Ana, the next question is for you alone."),
        out.index("What do you notice now?"),
        out.index("[covered]"),
    )
    assert take < ask < cover


def test_it_prints_data_alone_if_asked(shell: Shell) -> None:
    """With --json there is one object on standard output, and the screens go elsewhere."""
    done = shell("run", "three-breath-pause", "--autoplay", "--json")
    data = json.loads(done.out)
    assert data["compassion_run"] == 1
    assert data["ended"] is True
    assert data["transcript"]["lines"][0]["value"] == "My shoulders came down a little."
    assert "Let your feet find the floor" in done.err


def test_a_transcript_as_json_is_alone_too(shell: Shell) -> None:
    """With --transcript json the transcript is all there is on standard output."""
    done = shell("run", "three-breath-pause", "--autoplay", "--transcript", "json")
    assert json.loads(done.out)["compassion_transcript"] == 1


def test_settings_and_seed_are_taken(shell: Shell) -> None:
    """A setting changes what is played."""
    out = shell("run", "--autoplay", "--set", "breaths=5", "--seed", "7").out
    assert "5 breaths: in for 4, out for 6." in out
