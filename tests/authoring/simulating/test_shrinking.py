"""What went wrong is made as small as it can be, and still shows the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compassion_protocols.authoring.scripts.script import Does, Exactly, Script
from compassion_protocols.authoring.simulating.shrinking import shrunk
from compassion_protocols.authoring.watching import watches
from compassion_protocols.authoring.watching.happened import Happened
from compassion_protocols.authoring.watching.watches import Amiss
from compassion_protocols.language.values import Duration
from compassion_protocols.session.events import Answer, Skip
from compassion_protocols.session.state import Presence, Screen
from tests.plans import plan_of

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = plan_of(
    """
    roles: {friend: {people: 1-3}}
    settings: {slow: {yes_no: no, label: Slowly}}
    steps:
      - {id: one, ask: One?, answer: text, example: tea}
      - {id: two, ask: Two?, answer: text, example: bread}
      - {say: Goodbye.}
    """
)
EVERYTHING = Script(
    about="All that there is.",
    people={"": ("Ana", "Ben", "Cem")},
    facilitator="Fay",
    begins=99.0,
    utc_offset=Duration(3600),
    seed=4,
    screen=Screen.OWN,
    settings={"slow": "yes"},
    policy={"after": 5},
    entries=(
        Does(by="Fay", does="pause", until=30.0),
        Does(by="Ben", does="back", refused="EventNotAllowed"),
        *[Does(by=name, does="resume", after=3.0) for name in ("Fay", "Ana", "Ben", "Cem")],
        Does(by="Ana", answer=Exactly("a word \u202e zq1qz")),
        Does(by="Ben", does="skip", after=9.0),
        Does(by="Cem", answer="zq2qz", token="1.0"),
        Does(by="Fay", does="extend", seconds=9.0, refused="EventNotAllowed"),
        Does(does="restore"),
        Does(by="Ben", does="distress", rating=9, safe=False),
        Does(by="Cem", does="leave"),
        Does(by="Ana", answer="more"),
    ),
)


def small(monkeypatch: pytest.MonkeyPatch, watch: Callable[[Happened], str]) -> Script:
    """The smallest script in which a watch sees something."""
    monkeypatch.setitem(watches.WATCHES, "planted", watch)
    script, amiss = shrunk(EVERYTHING, PLAN, Amiss("planted", "there"))
    assert amiss == Amiss("planted", "there")
    return script


def test_what_has_nothing_to_do_with_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """One event, one person, and no choice but the defaults is left of fourteen and four."""
    script = small(monkeypatch, lambda it: "there" if isinstance(it.event, Answer) else "")
    assert script == Script(
        about=EVERYTHING.about,
        people={"": ("Ana",)},
        entries=(Does(by="Ana", answer="a few words"),),
    )


def test_what_it_takes_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two events that it takes stay, in their order, and the second shows it."""
    script = small(
        monkeypatch,
        lambda it: (
            "there" if it.before.course.at > 0 and Presence.AWAY in it.after.presence else ""
        ),
    )
    assert [entry.does for entry in script.entries if isinstance(entry, Does)] == ["skip", "leave"]


def test_a_refused_event_stays_if_it_is_what_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The script says of each event that is left by which error it is refused."""
    script = small(monkeypatch, lambda it: "there" if it.refusal is not None else "")
    [entry] = script.entries
    assert isinstance(entry, Does)
    assert entry.refused == "EventNotAllowed"


def test_another_error_is_another_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that ends in an error of another type does not show the same."""

    def watch(it: Happened) -> str:
        return "KeyError: one" if isinstance(it.event, Skip) else "ValueError: other"

    monkeypatch.setitem(watches.WATCHES, "planted", watch)
    script, amiss = shrunk(EVERYTHING, PLAN, Amiss("planted", "KeyError: here"))
    assert amiss.seen == "KeyError: one"
    assert [entry.does for entry in script.entries if isinstance(entry, Does)] == ["skip"]
