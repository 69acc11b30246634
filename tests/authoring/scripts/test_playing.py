"""Playing a script carries out what it says, and tells where it comes out otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from compassion_protocols.authoring.scripts.playing import Played, play_script
from compassion_protocols.authoring.scripts.reading import read_script
from compassion_protocols.errors import NotReady, PeopleRejected, SettingRejected
from compassion_protocols.loading import load

CASES = Path(__file__).parents[2] / "cases"


def play(text: str, protocol: str = "three-breath-pause", *, restoring: bool = False) -> Played:
    """Play a script's text on a protocol of the catalog."""
    script = read_script(f"about: A script.\n{text}".encode(), "x.script.yaml")
    return play_script(script, load(protocol), restoring=restoring)


def missed(*entries: str, protocol: str = "three-breath-pause") -> str:
    """What is missed in a script with these entries; nothing if all is as it says."""
    lines = "".join(f"  - {entry}\n" for entry in entries)
    found = play(f"people: [Ana]\nscript:\n{lines}", protocol).missed
    return "" if found is None else str(found)


def test_a_script_that_comes_out_as_it_says_misses_nothing() -> None:
    """Events are carried out in order, looks are compared, and nothing is missed."""
    assert (
        missed("{sees: Ana, kind: say}", "{by: Ana, does: stop}", "{sees: Ana, status: ended}")
        == ""
    )


def test_what_is_seen_otherwise_tells_where_and_what() -> None:
    """A missed look tells its place, its number, what was expected and what was seen."""
    assert missed("{does: tick}", "{sees: Ana, kind: ask}") == (
        "x.script.yaml:5:5: entry 2: expected: kind: 'ask'. Seen: 'say'"
    )


@pytest.mark.parametrize(
    "look",
    ["says: nothing of it", "offers: [skip, dance]", "asks: text", "read_by: [Ben]", "waiting: []"],
)
def test_each_part_of_a_view_is_compared(look: str) -> None:
    """A text may be part of what is said, actions some of those offered; all else is whole."""
    assert f"expected: {look.partition(':')[0]}: " in missed(f"{{sees: Ana, {look}}}")


def test_an_event_that_is_refused_must_say_so() -> None:
    """A refusal that the script does not speak of is missed, and so is one that does not come."""
    assert "It is carried out. Seen: EventNotAllowed" in missed("{by: Ana, does: back}")
    refused = "{by: Ana, does: skip, refused: EventNotAllowed}"
    assert "It is refused with EventNotAllowed. Seen: It was carried out." in missed(refused)
    other = "{by: Ana, does: back, refused: StaleMoment}"
    assert "It is refused with StaleMoment. Seen: EventNotAllowed" in missed(other)
    assert missed("{by: Ana, does: skip, token: '0.0', refused: EventNotAllowed}") == ""


def test_someone_who_is_not_there_is_refused() -> None:
    """An event of someone unknown is refused like any other."""
    assert missed("{by: Zoe, does: skip, refused: EventNotAllowed}") == ""


def test_again_without_an_event_before_is_a_tick() -> None:
    """There is nothing to send again yet, and nothing happens."""
    assert missed("{does: again}", "{sees: Ana, kind: say}") == ""


def test_a_restored_session_goes_on() -> None:
    """A script plays to the same end if the session is restored at some place, or everywhere."""
    text = "people: [Ana]\nscript:\n  - {does: restore}\n  - {by: Ana, does: skip}\n"
    assert play(text).session.state == play(text, restoring=True).session.state


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("people: {cat: [Ana]}", PeopleRejected),
        ("people: [Ana]\nsettings: {height: 3}", SettingRejected),
    ],
)
def test_a_session_that_cannot_begin_raises(text: str, error: type[Exception]) -> None:
    """Who does not fit and what cannot be set is told by the runner's own errors."""
    with pytest.raises(error):
        play(f"{text}\nscript: []\n")


def test_who_is_cleared_may_be_said() -> None:
    """Everyone counts as cleared, if the script does not say who is."""
    people = "people: [Ana, Ben]\n"
    assert play(f"{people}script: []\n", "structured-empathy-exchange").missed is None
    with pytest.raises(NotReady):
        play(f"{people}cleared: [Ana]\nscript: []\n", "structured-empathy-exchange")


def test_a_policy_is_taken() -> None:
    """Thresholds of care may be lowered in a script."""
    session = play("people: [Ana]\npolicy: {after: 4}\nscript: []\n").session
    assert session.state.setup.policy.after == 4


def test_answers_come_as_from_a_form() -> None:
    """A number, yes and no, a date from today: each is what the question wants."""
    path = CASES / "one-of-each-answer.script.yaml"
    script = read_script(path.read_bytes(), path.name)
    played = play_script(script, load(CASES / "one-of-each-answer.protocol.yaml"))
    values = [line.value for line in played.session.transcript("Ana").lines]
    assert {7, -0.5, False, "2026-03-04"} <= {v for v in values if not isinstance(v, list | dict)}
