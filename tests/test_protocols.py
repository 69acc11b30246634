"""Every shipped protocol: clean, and safe to be in at every moment of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compassion_protocols.catalog import bundled, find_source
from compassion_protocols.loading import examine, load
from compassion_protocols.render.markdown import transcript_as_markdown
from compassion_protocols.render.registry import RENDERERS
from compassion_protocols.session.events import (
    Continue,
    Distress,
    Erase,
    Join,
    Leave,
    Pause,
    Resume,
    Skip,
    Stop,
    Tick,
)
from compassion_protocols.session.rehearse import rehearsal
from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Presence, Screen, Status
from tests.room import check_restoring
from tests.shipped import ALL, GUIDE, NAMES, SIZES, SMALLEST, ids, start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.session.events import Event
    from compassion_protocols.session.view import View

ROOT = Path(__file__).parent.parent
ENOUGH = 5_000
"""No rehearsal has so many events."""


@pytest.mark.parametrize("name", ALL)
def test_it_is_clean(name: str) -> None:
    """A shipped protocol has no findings, not even warnings."""
    source = find_source(name, bundled())
    assert [str(found) for found in examine(source, bundled()).findings] == []


def _looked_at(session: Session, seen: set[str]) -> None:
    """Every person's view is whole, and each that is new comes out of every renderer."""
    for person in ids(session):
        view = session.view(person)
        assert view.text.strip()
        assert view.help.text
        if view.status is not Status.ENDED:
            assert {"pause", "distress", "stop", "leave", "erase"} <= set(view.actions)
        if view.etag not in seen:
            seen.add(view.etag)
            _rendered(view)


def _rendered(view: View) -> None:
    for name, render in RENDERERS.items():
        assert render(view).strip(), name


@pytest.mark.parametrize(("name", "people"), SIZES)
def test_it_plays_through_on_its_examples(name: str, people: int) -> None:
    """With every number of people it allows, it comes to its end on its own examples."""
    session = start(load(name), people)
    seen: set[str] = set()
    moment = None
    for number, _ in enumerate(rehearsal(session)):
        assert number < ENOUGH
        if people < 4 or session.state.course.at != moment:
            _looked_at(session, seen)
        moment = session.state.course.at
    assert session.ended
    _looked_at(session, seen)
    for person in ids(session):
        assert transcript_as_markdown(session.transcript(person)).strip()


@pytest.mark.parametrize(("name", "people"), SIZES)
def test_it_is_the_same_restored_after_every_event(name: str, people: int) -> None:
    """Rebuilt from its snapshot after every event, it gives the same transcripts and snapshots."""
    plan = load(name)
    plain, other = start(plan, people), start(plan, people)
    for event in rehearsal(plain):
        other = Session.restore(plan, other.snapshot())
        other.receive(event)
        assert other.snapshot() == plain.snapshot()
    assert [other.transcript(one) for one in ids(other)] == [
        plain.transcript(one) for one in ids(plain)
    ]


@pytest.mark.parametrize(("name", "people"), [(name, n) for name, n in SMALLEST if n > 1])
def test_it_plays_through_on_one_screen(name: str, people: int) -> None:
    """People who share a screen come through it, too, always looking at one person's view."""
    session = start(load(name), people, screen=Screen.SHARED)
    for _ in rehearsal(session):
        at_screen = session.view(session.at_screen)
        assert session.ended or at_screen.actions
        assert all(view.draft is None for view in map(session.view, ids(session)))
    assert session.ended


# at every moment


def _moments(name: str, people: int, *, every: int = 1) -> Iterator[Session]:
    """A copy of the session at each moment of its rehearsal, or at every so manieth."""
    session = start(load(name), people)
    before = None
    count = 0
    yield Session(session.plan, session.state)
    for _ in rehearsal(session):
        at = (session.state.course.at, session.state.course.frames)
        if at != before and not session.ended:
            count += 1
            if count % every == 0:
                yield Session(session.plan, session.state)
        before = at


def _to_the_end(session: Session) -> None:
    """Everyone who has not gone comes back, agrees to go on, and skips what there is."""
    for _ in range(ENOUGH):
        if session.ended:
            return
        session.receive(_next(session))
    raise AssertionError("It does not end.")


def _next(session: Session) -> Event:
    now = session.state.now
    for seat, person in enumerate(ids(session)):
        if session.state.presence[seat] is Presence.AWAY:
            return Join(by=person, at=now)
        view = session.view(person)
        if "skip" in view.actions:
            return Skip(by=person, token=view.token, at=now)
        if "resume" in view.actions and view.viewer in view.waiting:
            return Resume(by=person, at=now)
        if "continue" in view.actions:
            return Continue(by=person, token=view.token, at=now)
    return Tick(at=max(now, session.next_deadline or now))


def _acting(session: Session) -> str:
    """Someone who is waited for just now, else the first who is here."""
    for person in ids(session):
        if "skip" in session.view(person).actions:
            return person
    return ids(session)[0]


def _pause(session: Session, person: str) -> None:
    session.receive(Pause(by=person, at=session.state.now + 1, until=session.state.now + 99))
    assert {session.view(one).kind for one in ids(session)} == {"pause"}
    session.receive(Tick(at=session.state.now + 200))
    before = session.state.course.at
    for one in ids(session):
        session.receive(Resume(by=one, at=session.state.now))
    assert session.state.course.at == before
    assert session.view(person).status is Status.OPEN


def _distress(session: Session, person: str) -> None:
    session.receive(Distress(by=person, at=session.state.now))
    view = session.view(person)
    assert view.status is Status.CARE
    assert view.text.startswith("You are here")


def _unsafe(session: Session, person: str) -> None:
    session.receive(Distress(by=person, at=session.state.now, rating=10, safe=False))
    assert session.view(person).help.near


def _skip(session: Session, person: str) -> None:
    session.receive(Skip(by=person, token=session.view(person).token, at=session.state.now))


def _leave(session: Session, person: str) -> None:
    session.receive(Leave(by=person, at=session.state.now))
    assert "join" in session.view(person).actions or session.ended


def _stop(session: Session, person: str) -> None:
    session.receive(Stop(by=person, at=session.state.now))
    assert session.view(person).actions == ("erase",)
    session.receive(Erase(by=person, at=session.state.now))


WAYS = {
    "skipped": _skip,
    "paused and resumed": _pause,
    "left": _leave,
    "stopped": _stop,
    "in distress": _distress,
    "not safe": _unsafe,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("name", "people"), SMALLEST)
def test_at_every_moment_there_is_a_way_out(name: str, people: int, way: str) -> None:
    """At each moment it can be skipped, paused, left, stopped, and care can be had; and it ends."""
    for session in _moments(name, people):
        WAYS[way](session, _acting(session))
        check_restoring(session)
        _looked_at_briefly(session)
        _to_the_end(session)


@pytest.mark.parametrize(("name", "people"), [size for size in SIZES if size not in SMALLEST])
def test_there_is_a_way_out_for_groups_of_every_size(name: str, people: int) -> None:
    """In larger groups, too, it can be skipped, paused, left, stopped; care can be had; it ends."""
    for number, session in enumerate(_moments(name, people, every=5)):
        for way in WAYS.values():
            copy = Session(session.plan, session.state)
            way(copy, _acting(copy))
            check_restoring(copy)
            _looked_at_briefly(copy)
        if number < 2:
            _to_the_end(session)


def _looked_at_briefly(session: Session) -> None:
    for person in ids(session):
        assert session.view(person).text.strip()


@pytest.mark.parametrize(("name", "people"), SMALLEST)
def test_if_everyone_skips_everything_it_ends(name: str, people: int) -> None:
    """Skipping never costs anything: with nothing but skips it comes to a kind end."""
    session = start(load(name), people)
    _to_the_end(session)
    for person in ids(session):
        assert session.view(person).text.strip()
        assert all(line.text == "left open" for line in session.transcript(person).lines)


@pytest.mark.parametrize(("name", "people"), SMALLEST)
def test_if_nobody_does_anything_a_facilitator_can_go_on(name: str, people: int) -> None:
    """A facilitator comes to the end by advancing, whatever the others do."""
    from compassion_protocols.session.events import Advance

    session = start(load(name), people, facilitator=GUIDE)
    for _ in range(ENOUGH):
        if session.ended:
            return
        view = session.view(GUIDE)
        session.receive(Advance(by=GUIDE, token=view.token, at=session.state.now))
    raise AssertionError("It does not end.")


# in every process


def _digest(hash_seed: str, zone: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": zone}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
    command = [sys.executable, "-m", "tests.digest"]
    found = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return found.stdout


def test_hash_seed_and_time_zone_change_nothing() -> None:
    """In processes with other hash seeds and time zones, every walk comes to the same."""
    found = {
        _digest("0", "UTC"),
        _digest("1", "Asia/Kathmandu"),
        _digest("4242", "America/St_Johns"),
    }
    assert len(found) == 1
    assert len(found.pop().strip()) == 64


def test_there_are_names_for_the_largest_group() -> None:
    """The tests have as many people as the largest group needs."""
    assert len(NAMES) == max(people for _, people in SIZES)
