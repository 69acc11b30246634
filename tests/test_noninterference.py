"""What one person answers in private reaches nobody else: no view, no effect, no path.

Two sessions are walked side by side. They differ only in what Ben answers where
nobody else reads it, or whether he answers there at all. What he then shows, by a
reveal, is the same in both. Everyone who may not read those answers must get the
same views, one after another, and the same effects.

Whether he keeps such an answer for another time is private as well. What he says where everyone is
asked whether to keep something is not: what all have agreed on, all are told.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve, field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from compassion_protocols.catalog import bundled
from compassion_protocols.checking.check import check
from compassion_protocols.compiling.compile import compiled
from compassion_protocols.findings import Severity
from compassion_protocols.loading import load
from compassion_protocols.model.plan import Moment
from compassion_protocols.reading.convert import read
from compassion_protocols.reading.link import link
from compassion_protocols.session.events import (
    Answer,
    Continue,
    Erase,
    Join,
    Leave,
    Pause,
    Resume,
    Skip,
    Stop,
    Tick,
)
from compassion_protocols.session.state import Entry, Presence, Screen
from compassion_protocols.testing.strategies import as_yaml, protocols
from tests.checking.found import codes
from tests.plans import plan_of
from tests.scenes import PAIR
from tests.shipped import GUIDE, SIZES, ids, start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.model.plan import Plan
    from compassion_protocols.model.protocol import Protocol
    from compassion_protocols.session.events import Event
    from compassion_protocols.session.session import Session
    from compassion_protocols.session.view import Input, View
    from compassion_protocols.testing.samples import Data

ANA, BEN = "Ana", "Ben"
COMMON = "rest"
"""What stands in each of Ben's lists, and is all that he ever shows."""

TEXTS = ("tea", "You never listen to me. You always leave.", "ich", "{{ you }} <b>x</b>", "a" * 999)
LISTS = ((COMMON,), (COMMON, "You never help me"), ("a walk", COMMON, "tea"))

SHIPPED = tuple((name, people) for name, people in SIZES if people in (2, 3, 4))


@frozen
class Private:
    """How Ben answers in private: for each question a number that decides what, or to skip."""

    choices: tuple[int, ...]
    skips: bool = True
    """Whether he may leave a question open."""
    keeps: bool = False
    """Whether he keeps what he answers, where that is offered."""

    def answer(self, wanted: Input, number: int) -> object:
        """A raw answer to what is asked; None to leave it open."""
        choice = self.choices[number % len(self.choices)]
        if self.skips and choice % 4 == 0:
            return None
        return _variant(wanted, choice)


def _variant(wanted: Input, choice: int) -> object:
    """One of several answers that fit; lists always hold what is common to all."""
    options = [option.value for option in wanted.options]
    variants: dict[str, list[Any]] = {
        "text": list(TEXTS),
        "long_text": list(TEXTS),
        "list": [list(items) for items in LISTS],
        "yes_no": [True, False],
        "scale": [0, 1, 2],
        "number": [1, 2],
        "choice": options,
        "choices": [options[:1], options[:2], [options[0], options[-1]]] if options else [],
        "rank": [options, options[::-1]],
    }
    possible = variants.get(wanted.type, [wanted.example])
    return possible[choice % len(possible)]


@frozen
class Seen:
    """What came to each person: views, without repetitions, and effects."""

    views: dict[str, list[str]] = field(factory=dict)
    effects: dict[str, list[str]] = field(factory=dict)


class Walk:
    """One session to its end. All but Ben's private answers follows from ``seed``."""

    def __init__(
        self,
        session: Session,
        seed: int,
        private: Private,
        *,
        shows: bool,
        beside: tuple[str, ...] = (GUIDE,),
        mishaps: bool = False,
    ) -> None:
        self.session = session
        self.beside = beside
        """Who may read what Ben answers differently in the two."""
        self.seed = seed
        self.private = private
        self.shows = shows
        self.numbers: dict[str, int] = {}
        self.mishaps = mishaps
        """Whether people also come and go, pause, and take back what they said."""
        self.disturbed: set[tuple[object, ...]] = set()
        self.seen = Seen({one: [] for one in ids(session)}, {one: [] for one in ids(session)})

    def run(self) -> Seen:
        self._record()
        for _ in range(3_000):
            if self.session.ended:
                return self.seen
            self.session.receive(self._next())
            self._record()
        raise AssertionError("It does not end.")

    def _record(self) -> None:
        for person in ids(self.session):
            view = self.session.view(person)
            views = self.seen.views[person]
            seen = str(_told(view)) if person == GUIDE else view.etag
            if views[-1:] != [seen]:
                views.append(seen)
            self.seen.effects[person] += [
                str(effect) for effect in self.session.effects if person in effect.to
            ]

    def _next(self) -> Event:
        """Whoever acts next is decided by what everyone may know: the place, and the seed."""
        state = self.session.state
        now, people = state.now, ids(self.session)
        if state.pause is not None:
            here = [p for p, at in zip(people, state.presence, strict=True) if at is Presence.HERE]
            votes = len(state.pause.votes)
            return self._return(now) or Resume(by=here[votes % len(here)], at=now)
        turn = self._lot("order") % len(people)
        for person in people[turn:] + people[:turn]:
            view = self.session.view(person)
            if {"answer", "continue"} & set(view.actions) and view.kind != "waiting":
                return self._mishap(person, now) or self._act(view, now)
        return Tick(at=max(now, self.session.next_deadline or now))

    def _return(self, now: float) -> Event | None:
        """Somebody who is away comes back, if anybody is."""
        state = self.session.state
        for person, presence in zip(ids(self.session), state.presence, strict=True):
            if presence is Presence.AWAY:
                return Join(by=person, at=now)
        return None

    def _mishap(self, person: str, now: float) -> Event | None:
        """Now and then something else, once at a place, before another than Ben does their part.

        Ben's own moments may be there in one of the two sessions only.
        """
        frames = self.session.state.course.frames
        at = (self.session.state.course.at, tuple(frame.index for frame in frames), person)
        if not self.mishaps or person == BEN or at in self.disturbed:
            return None
        self.disturbed.add(at)
        if self._lot("back") % 2 == 0 and (back := self._return(now)) is not None:
            return back
        who = (BEN, person)[self._lot("who") % 2]
        state = self.session.state
        if state.presence[state.seat(who)] is not Presence.HERE:
            return None
        match self._lot("mishap") % 24:
            case 0 | 1:
                return Pause(by=who, at=now)
            case 2 | 3:
                return Leave(by=who, at=now)
            case 4 | 5:
                return Erase(by=who, at=now)
            case 6:
                return Stop(by=who, at=now)
        return None

    def _act(self, view: View, now: float) -> Event:
        by, token = view.viewer, view.token
        if view.kind == "reveal":
            value = self._shown(view)
            return Answer(by=by, token=token, value=value, at=now)
        if "continue" in view.actions:
            ready = view.timer.not_before if view.timer is not None else None
            return Continue(by=by, token=token, at=max(now, ready or now))
        wanted = view.input
        assert wanted is not None
        keep = bool(wanted.keep) and self._lot("keep", by) % 2 == 0
        if by == BEN and not set(wanted.seen_by) - set(self.beside) and not self._agrees():
            value = self._privately(wanted, view.token)
            keep = bool(wanted.keep) and self.private.keeps
        else:
            value = None if self._lot(by) % 4 == 0 else wanted.example
        return (
            Skip(by=by, token=token, at=now)
            if value is None
            else Answer(by=by, token=token, value=value, keep=keep, at=now)
        )

    def _agrees(self) -> bool:
        """Whether everyone is asked if something is to be kept."""
        place = self.session.plan.ops[self.session.state.course.at]
        return isinstance(place, Moment) and place.agrees is not None

    def _privately(self, wanted: Input, token: str) -> object:
        """Ben's answer; the same again, if an invitation has come back to it."""
        moment = token.partition(".")[0]
        number = self.numbers.setdefault(moment, len(self.numbers))
        return self.private.answer(wanted, number)

    def _shown(self, view: View) -> object:
        """Everyone shows all; Ben what is common to both sessions, or nothing."""
        wanted = view.input
        if wanted is None:
            return []
        if wanted.type == "yes_no":
            return view.viewer != BEN
        if view.viewer != BEN:
            return [option.value for option in wanted.options]
        common = [one.value for one in wanted.options if self.shows and one.label == COMMON]
        return common[:1]

    def _lot(self, *about: str) -> int:
        place = self.session.plan.ops[self.session.state.course.at]
        passes = [frame.index for frame in self.session.state.course.frames]
        text = f"{self.seed}/{getattr(place, 'place', '')}/{passes}/{about}"
        return hashlib.sha256(text.encode()).digest()[0]


class SharedWalk(Walk):
    """The same at one screen: what is on it for anyone but Ben alone, and no card between them.

    How often it changes hands is not promised to say nothing.
    """

    def _record(self) -> None:
        person = self.session.at_screen
        view = self.session.view(person)
        alone = view.addressed == (BEN,) and view.kind in ("ask", "reveal", "say")
        if not alone and view.kind not in ("hand_over", "cover"):
            shown = str((view.addressed, view.kind, view.text, view.heading, view.input))
            views = self.seen.views[ANA]
            if views[-1:] != [shown]:
                views.append(shown)

    def _next(self) -> Event:
        now, person = self.session.state.now, self.session.at_screen
        view = self.session.view(person)
        if {"answer", "continue"} & set(view.actions):
            return self._act(view, now)
        return Tick(at=max(now, self.session.next_deadline or now))


def _told(view: View) -> tuple[object, ...]:
    """What a facilitator is told, who counts moments and sees that a clock runs."""
    return view.status, view.kind, view.text, view.heading, view.note, view.input, view.invite


def _both(plan: Plan, people: int, seed: int, choices: tuple[tuple[int, ...], tuple[int, ...]],
          *, skips: bool, mishaps: bool = False) -> tuple[Seen, Seen]:  # fmt: skip
    """What both sessions give. Where Ben may leave his list open, he shows nothing of it."""
    first, second = (
        Walk(
            start(plan, people),
            seed,
            Private(one, skips, keeps),
            shows=not skips,
            mishaps=mishaps,
        ).run()
        for one, keeps in zip(choices, (False, True), strict=True)
    )
    return first, second


@st.composite
def plans_for_several(draw: st.DrawFn, *, facilitated: bool = False) -> Plan:
    """The plan of a random clean protocol for two, or for three or four."""
    data = draw(protocols(draw(st.sampled_from([2, 4])), facilitated=facilitated))
    return evolve(compiled(_whole(data)), care=load("three-breath-pause").care)


def _whole(data: Data) -> Protocol:
    reading = read(as_yaml(data), "drawn")
    assert reading.protocol is not None
    return link(reading.protocol, _find).protocol


def _find(protocol: str) -> Protocol | None:
    source = bundled().source(protocol)
    return None if source is None else read(source.data, source.name).protocol


def _leaves(steps: list[Data]) -> Iterator[Data]:
    for step in steps:
        blocks = [step.get("steps"), step.get("otherwise")]
        blocks += [case["steps"] for case in step.get("choose", ())]
        if not any(blocks):
            yield step
        for block in filter(None, blocks):
            yield from _leaves(block)


def _mentioning(step: Data, name: str) -> None:
    """Let a step's own text say something of an answer."""
    kind = next(kind for kind in ("say", "ask", "speak", "wait", "end") if kind in step)
    step[kind] += f' {{{{ {name} | default("…") }}}}'


@st.composite
def tampered(draw: st.DrawFn) -> Data:
    """A random clean protocol in which something may tell of an answer that was meant to stay."""
    data: Data = draw(protocols(draw(st.sampled_from([2, 4])), facilitated=False))
    leaves = list(_leaves(data["steps"]))
    asked = [step for step in leaves if "ask" in step and "id" in step]
    if not asked:
        return data
    at = draw(st.integers(0, len(leaves) - 1))
    name = draw(st.sampled_from(asked))["id"]
    how = draw(st.sampled_from(["text", "meanwhile", "when", "unshared", "asked of others"]))
    step = leaves[at]
    if how == "text" and {"say", "ask", "speak", "wait", "end"} & step.keys():
        _mentioning(step, name)
    elif how == "meanwhile":
        step["meanwhile"] = f'Wait a little. {{{{ {name} | default("…") }}}}'
    elif how == "when":
        step["when"] = f"{name} is given"
    elif how == "unshared":
        draw(st.sampled_from(asked)).pop("shared", None)
    else:
        draw(st.sampled_from(asked))["who"] = draw(st.sampled_from(["everyone", "holder"]))
    return data


numbers = st.lists(st.integers(0, 11), min_size=1, max_size=6).map(tuple)


def _is_the_same(first: Seen, second: Seen) -> None:
    for person in first.views:
        if person not in (BEN, GUIDE):
            assert first.views[person] == second.views[person]
            assert first.effects[person] == second.effects[person]


@pytest.mark.parametrize("skips", [False, True], ids=["answered", "or left open"])
@pytest.mark.parametrize(("name", "people"), SHIPPED)
@settings(max_examples=10)
@given(seed=st.integers(0, 99), choices=st.tuples(numbers, numbers))
def test_private_answers_reach_nobody_else(
    name: str,
    people: int,
    skips: bool,
    seed: int,
    choices: tuple[tuple[int, ...], tuple[int, ...]],
) -> None:
    """Whatever Ben answers in private, everyone else gets the same views and effects."""
    first, second = _both(load(name), people, seed, choices, skips=skips)
    _is_the_same(first, second)


@pytest.mark.parametrize("skips", [False, True], ids=["answered", "or left open"])
@settings(max_examples=20)
@given(seed=st.integers(0, 99), choices=st.tuples(numbers, numbers))
def test_so_it_is_where_more_is_going_on(
    skips: bool, seed: int, choices: tuple[tuple[int, ...], tuple[int, ...]]
) -> None:
    """The same holds in a plan with reveals, repetitions, loops over what was shown, and roles."""
    first, second = _both(plan_of(PAIR), 2, seed, choices, skips=skips)
    _is_the_same(first, second)


@pytest.mark.parametrize("skips", [False, True], ids=["answered", "or left open"])
@given(
    plan=plans_for_several(),
    seed=st.integers(0, 99),
    choices=st.tuples(numbers, numbers),
)
def test_so_it_is_in_every_clean_protocol(
    skips: bool, plan: Plan, seed: int, choices: tuple[tuple[int, ...], tuple[int, ...]]
) -> None:
    """What passes the proof of privacy keeps private words private, whatever else it does."""
    people = plan.protocol.seats[0].most
    first, second = _both(plan, people, seed, choices, skips=skips)
    _is_the_same(first, second)


@given(
    plan=plans_for_several(),
    seed=st.integers(0, 99),
    choices=st.tuples(numbers, numbers),
)
def test_so_it_is_whoever_comes_and_goes(
    plan: Plan, seed: int, choices: tuple[tuple[int, ...], tuple[int, ...]]
) -> None:
    """The same holds where people pause, leave, come back, stop, or take back what they said."""
    people = plan.protocol.seats[0].most
    first, second = _both(plan, people, seed, choices, skips=True, mishaps=True)
    _is_the_same(first, second)


@given(
    plan=plans_for_several(),
    seed=st.integers(0, 99),
    choices=st.tuples(numbers, numbers),
)
def test_so_it_is_on_one_screen(
    plan: Plan, seed: int, choices: tuple[tuple[int, ...], tuple[int, ...]]
) -> None:
    """On a screen that all share, what is there for others than Ben alone is the same as well."""
    people = plan.protocol.seats[0].most
    first, second = (
        SharedWalk(start(plan, people, screen=Screen.SHARED), seed, Private(one), shows=False).run()
        for one in choices
    )
    assert first.views[ANA] == second.views[ANA]


@settings(max_examples=200)
@given(data=tampered(), seed=st.integers(0, 99), choices=st.tuples(numbers, numbers))
def test_what_the_proof_lets_through_keeps_them_too(
    data: Data, seed: int, choices: tuple[tuple[int, ...], tuple[int, ...]]
) -> None:
    """Whatever a file does with answers: if nothing is found in it, private words stay private."""
    whole = _whole(data)
    if any(one.severity is Severity.ERROR for one in check(whole)):
        return  # it would never run
    plan = evolve(compiled(whole), care=load("three-breath-pause").care)
    people = plan.protocol.seats[0].most
    _is_the_same(*_both(plan, people, seed, choices, skips=True))


@given(
    plan=plans_for_several(facilitated=True),
    seed=st.integers(0, 99),
    choices=st.tuples(numbers, numbers),
)
def test_a_facilitator_is_told_of_nothing_private(
    plan: Plan, seed: int, choices: tuple[tuple[int, ...], tuple[int, ...]]
) -> None:
    """What Ben answers for nobody else decides no text and no note that a facilitator is shown."""
    people = plan.protocol.seats[0].most
    first, second = (
        Walk(start(plan, people, facilitator=GUIDE), seed, Private(one), shows=False, beside=())
        for one in choices
    )
    assert _texts_of(first.run()) == _texts_of(second.run())


def _texts_of(seen: Seen) -> list[str]:
    return seen.views[GUIDE]


DETOUR = """
audience: couple
roles: {partner: {people: 2}}
steps:
  - turns: partner
    steps:
      - {ask: Is it hard?, id: hard, who: speaker, answer: yes_no, example: "yes"}
      - say: Then read this for a while. LONG
        who: speaker
        when: hard
      - {ask: How is it?, who: speaker, answer: long_text, example: Better., when: hard}
""".replace("LONG", "It is long. " * 120)


@pytest.mark.parametrize("seed", range(6))
def test_a_detour_is_seen_by_nobody_else(seed: int) -> None:
    """Where Ben alone has more to do, Ana sees the same screens, and the same time that is left."""
    first, second = _both(plan_of(DETOUR), 2, seed, ((1,), (2,)), skips=False)
    assert first.views["Ben"] != second.views["Ben"]
    _is_the_same(first, second)


def test_the_walks_do_differ() -> None:
    """Ben himself sees different things in the two sessions, and invitations among them."""
    first, second = _both(load("need-inventory"), 2, 1, ((1, 1, 1), (2, 2, 2)), skips=False)
    assert first.views[BEN] != second.views[BEN]
    assert any("Invited" in effect for effect in first.effects[BEN])
    assert not any("Invited" in effect for effect in second.effects[BEN])
    _is_the_same(first, second)


TOLD = """
    audience: couple
    roles: {partner: {people: 2}, holder: {one_of: partner}}
    steps:
      - {pass: holder, to: next}
      - {ask: What is it?, id: it, who: holder, answer: text, example: Rain.}
      - {say: "It is {{ it | default('what it is') }}."}
"""


def test_a_text_tells_nothing_even_in_a_file_that_nobody_has_proved() -> None:
    """What a reader may not read is not there for any text, whatever the file says."""
    assert "CP801" in codes(TOLD)
    first, second = _both(plan_of(TOLD), 2, 1, ((1,), (2,)), skips=False)
    _is_the_same(first, second)


def test_the_walks_would_see_if_it_were_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were every answer open to everyone, what Ben wrote in private would be on Ana's screen."""
    monkeypatch.setattr(Entry, "is_open_to", lambda *_: True)
    first, second = _both(plan_of(TOLD), 2, 1, ((1,), (2,)), skips=False)
    assert first.views[ANA] != second.views[ANA]


def test_the_screen_would_show_a_leak() -> None:
    """The comparison would see it: a page for all that hangs on what Ben answered in private."""
    plan = plan_of("""
        audience: couple
        roles: {partner: {people: 2}, holder: {one_of: partner}}
        steps:
          - {pass: holder, to: next}
          - {ask: Is it hard?, id: hard, who: holder, answer: yes_no, example: "yes"}
          - {say: It is hard., when: hard}
          - {say: Goodbye.}
    """)
    first, second = (
        SharedWalk(
            start(plan, 2, screen=Screen.SHARED), 1, Private((choice,), skips=False), shows=False
        ).run()
        for choice in (2, 1)
    )
    assert [len(seen.views[ANA]) for seen in (first, second)] == [3, 2]


def test_a_shared_answer_does_reach_the_others() -> None:
    """The comparison would see it: what Ben shares changes what Ana sees."""
    plan = plan_of("""
        audience: couple
        steps:
          - {ask: A?, id: a, answer: text, example: a}
          - {reveal: a, id: shown, who: everyone, to: everyone}
          - {say: "{% for s in shown | given %}{{ s.value }} {% endfor %}."}
    """)
    walks = []
    for choice in (1, 2):
        walk = Walk(start(plan, 2), 3, Private((choice,), skips=False), shows=True)
        walk._shown = lambda view: True  # type: ignore[method-assign]  # Ben shows it all
        walks.append(walk.run())
    assert walks[0].views["Ana"] != walks[1].views["Ana"]
