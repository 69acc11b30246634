"""A view as data."""

from __future__ import annotations

import json

from attrs import evolve

from compassion_protocols.session.events import Tick
from tests.plans import plan_of
from tests.room import Room

TALK = plan_of("""
    roles:
      member: {people: 2-4}
    steps:
      - {ask: A?, id: a, answer: text, example: a}
      - {say: On.}
""")


def test_an_etag_is_of_everything_but_the_time() -> None:
    """Two views that differ only in when they were made have one etag."""
    room = Room(TALK, "Ana", "Ben")
    view = room.view("Ana")
    assert evolve(view, at=view.at + 5).etag == view.etag
    assert evolve(view, text="Other.").etag != view.etag


def test_an_etag_is_of_one_s_own_view() -> None:
    """What others do where one is not concerned leaves a person's etag as it was."""
    room = Room(TALK, "Ana", "Ben", "Cem")
    before = room.view("Ana").etag
    room.answer("Ben", "tea")
    after = room.view("Ana")
    assert after.waiting == ("Ana", "Cem")
    assert after.etag != before
    room.answer("Ben", "cake")
    assert room.view("Ana").etag == after.etag


def test_time_alone_changes_no_view() -> None:
    """While nothing happens, a view is the same."""
    room = Room(TALK, "Ana", "Ben")
    before = room.view("Ana")
    room.session.receive(Tick(at=room.now + 1_000))
    assert room.view("Ana") == before


def test_an_etag_is_short_and_hexadecimal() -> None:
    """An etag has sixteen hexadecimal digits."""
    etag = Room(TALK, "Ana", "Ben").view("Ana").etag
    assert len(etag) == 16
    assert json.loads(json.dumps(int(etag, 16))) >= 0
