"""From wherever a session is, skipping comes to its end within its bound."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from compassion_protocols.authoring.watching.ending import skips_to_the_end
from compassion_protocols.errors import EventNotAllowed
from compassion_protocols.session import transition
from compassion_protocols.session.events import Leave, Skip
from compassion_protocols.session.state import Screen
from compassion_protocols.session.walk import Walk
from compassion_protocols.testing.events import walk
from tests.plans import plan_of
from tests.room import Room

if TYPE_CHECKING:
    import pytest

PLAN = plan_of(
    """
    roles: {friend: {people: 2-3}}
    steps:
      - {id: one, ask: One?, answer: text, example: tea}
      - turns: friend
        steps: [{speak: Go on., for: 1m}]
      - say: Goodbye.
    """
)


def test_everyone_skips_to_the_end() -> None:
    """Before one screen or several, from the beginning or from anywhere else."""
    for screen in Screen:
        for seed in range(6):
            room = Room(PLAN, "Ana", "Ben", "Cem", screen=screen)
            for _ in walk(room.session, Random(seed), 12):
                assert skips_to_the_end(PLAN, room.state) == ""


def test_looking_ahead_changes_nothing() -> None:
    """The session itself stays where it is."""
    room = Room(PLAN, "Ana", "Ben")
    before = room.state
    room.send(Leave(by="Ana", at=room.now))
    skips_to_the_end(PLAN, room.state)
    assert room.state.seq == before.seq + 1
    assert not room.ended


def test_where_nobody_can_go_on_it_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    """If skipping did nothing, it would stand still at the first moment."""
    monkeypatch.setitem(transition._CARRY_OUT, Skip, _refused)
    assert skips_to_the_end(PLAN, Room(PLAN, "Ana", "Ben").state).endswith("at one.")


def _refused(*_: object) -> None:
    raise EventNotAllowed("Never.")


def test_what_goes_on_for_ever_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """If a moment opened again whenever it closes, skipping would lead nowhere."""
    leave = Walk.leave

    def again(self: Walk) -> None:
        at = self.at
        leave(self)
        self.at = at
        self.run()

    monkeypatch.setattr(Walk, "leave", again)
    assert "still goes on" in skips_to_the_end(PLAN, Room(PLAN, "Ana", "Ben").state)
