"""Each watch is needed: a fault is planted into the runner, and its watch sees it.

What is seen is shrunk to a script of at most five events. It shows the fault when it is played
again, and nothing once the fault is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

from compassion_protocols.authoring.scripts.playing import play_script
from compassion_protocols.authoring.scripts.reading import read_script
from compassion_protocols.authoring.simulating.simulate import simulate
from compassion_protocols.authoring.watching.watches import WATCHES, sentence
from compassion_protocols.errors import AnswerRefused
from compassion_protocols.render import registry
from compassion_protocols.session import answers, change, looking, snapshot, transition, walk
from compassion_protocols.session.change import Change
from compassion_protocols.session.events import Skip
from compassion_protocols.session.passage import Passage
from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Entry, Mark, Open
from compassion_protocols.session.tokens import Aim
from compassion_protocols.session.walk import Walk
from tests.plans import plan_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols.model.plan import Moment

    Plant = Callable[[pytest.MonkeyPatch], None]

MOST_EVENTS = 5
RUNS = 600

PLAN = plan_of(
    """
    roles: {friend: {people: 1-3}}
    steps:
      - id: secret
        ask: What is yours alone, {{ you }}?
        answer: text
        example: A few words.
        rules: [{words: {max: 4}, say: In four words?}]
        counterexamples: [More words than anyone asked for here.]
      - say: Breathe a moment.
        for: 30s
      - turns: friend
        as: [speaker, listener]
        steps:
          - speak: What was it like, {{ speaker }}?
            who: speaker
            for: 1m
          - say: Thank {{ speaker }}.
            who: listener
      - id: word
        ask: One word for all?
        answer: text
        example: rest
        shared: everyone
      - end: "You said: {{ word | join }}"
    """
)

KEEPING = plan_of(
    """
    roles: {friend: {people: 1-3}}
    steps:
      - {id: word, ask: "A word, {{ you }}?", answer: text, example: rest, keep: {as: words}}
    """
)
"""A plan for faults in what is kept."""


def _wrapped(where: Any, name: str, change_: Callable[..., Any]) -> Plant:  # noqa: ANN401  # of any function
    """A fault that puts itself around one function of the runner."""

    def plant(monkeypatch: pytest.MonkeyPatch) -> None:
        original = getattr(where, name)
        monkeypatch.setattr(where, name, lambda *args, **kw: change_(original, *args, **kw))

    return plant


def _raising(*_: Any) -> Any:  # noqa: ANN401  # of any function
    raise KeyError("back")


def _refusing(original: Any, session: Session, event: Any) -> Any:  # noqa: ANN401  # of any function
    try:
        return original(session, event)
    except AnswerRefused:
        session.state = evolve(session.state, seq=session.state.seq + 1)
        raise


def _twice(original: Any, plan: Any, state: Any, now: float) -> Any:  # noqa: ANN401  # of any function
    state, first = original(plan, state, now)
    if state.course.open is None or state.course.open.due is None:
        return state, first
    state, second = original(plan, state, now + 1000)
    return state, first + second


def _keeping_drafts(original: Any, self: Walk, seat: int) -> None:  # noqa: ANN401  # of any function
    drafts = self.open.drafts if self.open is not None else ()
    original(self, seat)
    if self.open is not None:
        self.open = evolve(self.open, drafts=drafts)


def _uncounted(original: Any, self: Walk, back: Any) -> bool:  # noqa: ANN401  # of any function
    opened = self.opened
    reopened = bool(original(self, back))
    self.opened = tuple([count - 1 for count in opened])
    return reopened


def _without_drafts(original: Any, *args: Any) -> Any:  # noqa: ANN401  # of any function
    data = original(*args)
    data.pop("drafts", None)
    return data


def _without_help(original: Any, self: Any, status: Any, *args: Any, **more: Any) -> Any:  # noqa: ANN401  # of any function
    view = original(self, status, *args, **more)
    return evolve(view, help=evolve(view.help, text="")) if str(status) == "paused" else view


def _without_leave(original: Any, self: Any, status: Any, *args: Any, **more: Any) -> Any:  # noqa: ANN401  # of any function
    view = original(self, status, *args, **more)
    return evolve(view, actions=("resume", "pause")) if str(status) == "paused" else view


def _always_back(original: Any, self: Any, *args: Any) -> Any:  # noqa: ANN401  # of any function
    return ("back", *original(self, *args))


def _without_skip(original: Any, self: Any, *args: Any) -> Any:  # noqa: ANN401  # of any function
    return tuple(action for action in original(self, *args) if action != "skip")


def _nothing_at_the_end(original: Any, view: Any) -> Any:  # noqa: ANN401  # of any function
    return "" if view.kind == "ended" else original(view)


def _blank_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    text = registry.RENDERERS["text"]
    monkeypatch.setitem(
        registry.RENDERERS,
        "text",
        lambda view: _nothing_at_the_end(text, view),
    )


def _skipped_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = {Mark.PENDING, Mark.NUDGED, Mark.SKIPPED}
    monkeypatch.setattr(Open, "is_waiting", property(lambda self: not waits.isdisjoint(self.marks)))


def _skip_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(transition._CARRY_OUT, Skip, lambda *_: None)


def _turns_of_the_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    actors = Walk._actors

    def of_any_turn(self: Walk, moment: Moment) -> tuple[int, ...]:
        return actors(self, evolve(moment, scope=evolve(moment.scope, turns=())))

    monkeypatch.setattr(Walk, "_actors", of_any_turn)
    monkeypatch.setattr(Passage, "_turn_can_begin", lambda *_: True)


# Each fault: by which watch it is found (or by another that may look first), and how it is planted.
FAULTS: dict[str, tuple[str, Plant]] = {
    "only a facilitator may raise": (
        "only_typed_refusals",
        _wrapped(transition, "_facilitator_only", _raising),
    ),
    "going back raises": (
        "everyone_sees_something, what_is_offered_can_be_done, only_typed_refusals",
        _wrapped(Walk, "reopen", _raising),
    ),
    "a refusal counts as an event": (
        "a_refusal_changes_nothing",
        _wrapped(Session, "receive", _refusing),
    ),
    "a repeated event counts twice": (
        "what_comes_twice_counts_once",
        _wrapped(
            transition,
            "aim_of",
            lambda original, *args: (
                Aim.LIVE if original(*args) is Aim.REPEATED else original(*args)
            ),
        ),
    ),
    "a late tick closes two moments": (
        "one_expiry_at_a_time",
        _wrapped(transition, "_let_expire", _twice),
    ),
    "erasing leaves a draft": ("erasing_leaves_nothing", _wrapped(Walk, "erase", _keeping_drafts)),
    "everything is kept": (
        "what_is_kept_was_agreed_on",
        _wrapped(answers, "_take", lambda original, *args, **_: original(*args, keep=True)),
    ),
    "going back counts no moment": ("tokens_only_grow", _wrapped(Walk, "reopen", _uncounted)),
    "the clock follows every event": (
        "time_goes_forward",
        _wrapped(transition, "_instant", lambda _, event, last: float(event.at)),
    ),
    "a timer is over before it begins": (
        "deadlines_come_later",
        _wrapped(walk, "length", lambda original, *args: original(*args) and -original(*args)),
    ),
    "a pause does not stop the timer": (
        "a_pause_stops_time, a_snapshot_holds_everything, only_who_is_here_is_waited_for",
        _wrapped(Change, "freeze", lambda *_: None),
    ),
    "paused time counts": ("a_pause_stops_time", _wrapped(Walk, "shift", lambda *_: None)),
    "a newcomer has no place": (
        "everyone_has_a_seat",
        _wrapped(change, "_widened", lambda _, course: course),
    ),
    "who is away is waited for": (
        "only_who_is_here_is_waited_for",
        _wrapped(Walk, "absent_from_moment", lambda *_: None),
    ),
    "a skipped mark keeps the moment open": (
        "only_who_is_here_is_waited_for, skipping_leads_to_the_end",
        _skipped_waits,
    ),
    "the turn of someone absent begins": ("a_turn_is_of_someone_here", _turns_of_the_absent),
    "the pause card has no help": (
        "everyone_sees_something",
        _wrapped(looking._Looking, "plainly", _without_help),
    ),
    "the pause card keeps people": (
        "the_ways_out_are_open",
        _wrapped(looking._Looking, "plainly", _without_leave),
    ),
    "a question without a way round": (
        "whoever_is_asked_may_skip",
        _wrapped(looking._Looking, "_actions", _without_skip),
    ),
    "a way back that is none": (
        "what_is_offered_can_be_done",
        _wrapped(looking._Looking, "_actions", _always_back),
    ),
    "a private answer is shown to others": (
        "private_words_stay",
        _wrapped(Entry, "is_open_to", lambda *_: True),
    ),
    "a snapshot loses drafts": (
        "a_snapshot_holds_everything",
        _wrapped(snapshot, "_open_data", _without_drafts),
    ),
    "an end that says nothing": ("every_renderer_shows_something", _blank_renderer),
    "a skip that is lost": ("skipping_leads_to_the_end", _skip_is_lost),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_and_made_small(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Simulate finds each fault by its watch; five events show it, and they are fine without it."""
    watches, plant = FAULTS[fault]
    plant(monkeypatch)
    plan = KEEPING if fault == "everything is kept" else PLAN
    failure = simulate(plan, runs=RUNS).failure
    assert failure is not None
    assert failure.watch in watches.split(", ")
    script = read_script(failure.script.encode(), "found.script.yaml")
    assert len(script.entries) <= MOST_EVENTS
    missed = play_script(script, plan).missed
    assert missed is not None
    assert missed.entry == len(script.entries)
    assert missed.expected in map(sentence, watches.split(", "))


def test_every_watch_has_a_fault() -> None:
    """There is no watch without a fault that it alone finds."""
    assert {watches for watches, _ in FAULTS.values() if "," not in watches} == set(WATCHES)


def test_a_yes_in_words_is_a_yes() -> None:
    """What everyone keeps was agreed on, however a host writes a yes."""
    plan = plan_of("""
        roles: {friend: {people: 2}}
        steps:
          - id: word
            ask: A word?
            answer: text
            example: rest
            shared: everyone
            keep: {as: words, owner: everyone}
    """)
    script = read_script(
        b"""
        about: A yes is written in two ways.
        protocol: a-test
        people: [Ana, Ben]
        script:
          - {by: Ana, answer: rest}
          - {by: Ben, does: skip}
          - {by: Ana, answer: "yes"}
          - {by: Ben, json: '"yes"'}
          - {sees: Ana, keeps: ["words: rest"]}
        """,
        "a.script.yaml",
    )
    assert play_script(script, plan).missed is None
