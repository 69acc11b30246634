"""Walks: whatever can happen, one event after the other."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from compassion_protocols.session.session import Session
from compassion_protocols.testing.events import walk
from tests.scenes import SCENES

if TYPE_CHECKING:
    from compassion_protocols.session.effects import Effect
    from compassion_protocols.session.events import Event


@pytest.mark.parametrize("number", range(len(SCENES)))
def test_a_walk_is_the_same_each_time(number: int) -> None:
    """The same session and the same chance give the same events."""
    first, second = SCENES[number].start(), SCENES[number].start()
    assert [*walk(first, Random(3), 40)] == [*walk(second, Random(3), 40)]
    assert first.state == second.state


def test_a_walk_is_over_when_the_session_is() -> None:
    """No event comes after the end."""
    session = SCENES[0].start()
    for _ in walk(session, Random(1), 100_000):
        pass
    assert session.ended


def test_an_error_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no refusal ends the walk as it is."""

    def broken(self: Session, event: Event) -> tuple[Effect, ...]:
        raise ZeroDivisionError("a step too far")

    monkeypatch.setattr(Session, "receive", broken)
    with pytest.raises(ZeroDivisionError, match="a step too far"):
        list(walk(SCENES[0].start(), Random(1)))
