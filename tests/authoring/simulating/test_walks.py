"""A walk begins in every way that a protocol allows, and whoever is asked goes on."""

from __future__ import annotations

from random import Random

from attrs import evolve

from compassion_protocols.authoring.scripts.playing import Playing, begun
from compassion_protocols.authoring.simulating.mishaps import mishap
from compassion_protocols.authoring.simulating.walks import Walker, opening
from compassion_protocols.loading import load
from compassion_protocols.session.events import KINDS
from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Screen
from tests.plans import plan_of

PLAN = plan_of(
    """
    roles: {parent: {people: 1}, child: {people: 1-2}}
    settings:
      rounds: {number: 2, min: 1, max: 3, label: Rounds}
      floor: {duration: 30s, min: 10s, label: Floor}
      calm: {yes_no: yes, label: Calm}
      mood: {choice: [quiet, lively], label: Mood}
      deck: {list: [river, stone], label: Cards}
      place: {text: here, label: Where}
    steps: [{say: "Hello, {{ you }}.", for: 30s}, {say: Goodbye.}]
    """
)
OPENINGS = [opening(PLAN, Random(seed)) for seed in range(300)]


def test_a_walk_begins_in_every_way() -> None:
    """Groups of every size come, with and without someone who leads, at one screen or several."""
    assert {len(script.people["child"]) for script in OPENINGS} == {1, 2}
    assert {bool(script.facilitator) for script in OPENINGS} == {False, True}
    assert {script.screen for script in OPENINGS} == set(Screen)
    assert {bool(script.policy) for script in OPENINGS} == {False, True}


def test_every_setting_is_tried_within_its_bounds() -> None:
    """Each setting is changed in some walks, and every session can begin."""
    tried = {(name, str(value)) for script in OPENINGS for name, value in script.settings.items()}
    assert {name for name, _ in tried} == {setting.name for setting in PLAN.protocol.settings}
    assert {value for name, value in tried if name == "rounds"} == {"1", "2", "3"}
    assert {value for name, value in tried if name == "floor"} == {"10s", "30s"}
    for script in OPENINGS:
        assert not begun(script, PLAN).ended


def test_what_must_be_is_kept_to() -> None:
    """Tier 3 always has someone who leads, and nobody is screened at a shared screen."""
    circle, safety = load("group-circle"), load("couple-safety")
    assert all(opening(circle, Random(seed)).facilitator for seed in range(50))
    assert {opening(safety, Random(seed)).screen for seed in range(50)} == {Screen.OWN}


def test_only_time_goes_on_where_nobody_is_asked() -> None:
    """Where everyone waits for a timer, what is not odd is a tick at its end, or a late one."""
    plan = plan_of("steps: [{wait: Rest., for: 30s}, {say: Goodbye.}]")
    walker = Walker(Random(3))
    walker.oddness = 0.0
    session = Session.start(plan, ["Ana"], at=0.0)
    session.state = evolve(session.state, course=evolve(session.state.course))
    waits = {walker.next(session, 0.0).does for _ in range(200)}
    assert waits <= {"tick", "continue", "skip"}
    assert "tick" in waits


def test_everything_can_happen() -> None:
    """Every event comes up sooner or later, and a repeat and a new start with them."""
    session = begun(OPENINGS[0], PLAN)
    happened = {mishap(Random(seed), session).does for seed in range(900)}
    assert happened == {*KINDS, "again", "restore"}


def test_whoever_is_away_or_paused_comes_back() -> None:
    """A walk does not stand still for ever: people come back, and agree to go on."""
    plan = plan_of("roles: {friend: {people: 2}}\nsteps: [{say: Hello.}, {say: Goodbye.}]")
    for seed in range(30):
        walker = Walker(Random(seed))
        walker.oddness = 0.2
        playing = Playing(Session.start(plan, ["Ana", "Ben"], at=0.0), 0.0)
        for _ in range(400):
            if playing.session.ended:
                break
            playing.carry_out(walker.next(playing.session, playing.now))
        assert playing.session.ended
