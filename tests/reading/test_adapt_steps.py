"""The steps of a base: how they are changed, what may be put between them, and what is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compassion_protocols.model.steps import Choose, Part, RepeatUntil, Say, Wait
from tests.reading.test_adapt import HEAD, adapting
from tests.reading.written import codes_of, written

if TYPE_CHECKING:
    from compassion_protocols.model.protocol import Protocol
    from compassion_protocols.model.steps import AnyStep

BASE = written(
    """
    - say: Welcome.
      id: welcome
    - ask: How is it?
      id: mood
      answer: {choice: [good, bad]}
      example: good
    - ask: When?
      id: back_at
      answer: time
      example: "18:30"
    - choose:
        - when: mood == "good"
          steps:
            - say: Nice.
              id: nice
      otherwise:
        - say: A pity.
          id: pity
      id: ways
    - wait: Until then.
      id: pause
      until: back_at
      at_most: 1h
      otherwise:
        - say: Too far.
          id: far
    - part: The middle
      id: middle
      steps:
        - repeat_until: mood == "good"
          id: again
          at_most: 2
          steps:
            - say: The core of it.
              id: heart
              core: true
            - part: Closed
              id: closed
              core: true
              steps:
                - say: Inside.
                  id: within
          otherwise:
            - say: Well.
              id: well
    - part: The last
      id: last
      steps:
        - say: Goodbye.
          id: bye
    """,
    id="the-base",
    version="1.4.0",
)


def whole(rest: str) -> Protocol:
    """Read an adaptation in which nothing is wrong."""
    reading = adapting(rest, base=BASE)
    assert reading.findings == ()
    assert reading.protocol is not None
    return reading.protocol


def found(rest: str) -> list[str]:
    """Name what is wrong with an adaptation."""
    return codes_of(list(adapting(rest, base=BASE).findings))


def texts(steps: tuple[AnyStep, ...]) -> list[str]:
    """Give the words of the pages among some steps."""
    return [step.text.source for step in steps if isinstance(step, Say)]


def test_a_change_takes_the_place_of_what_is_there() -> None:
    """A key that is changed has the new value, a new key comes along, the others stay."""
    first = whole("change: {welcome: {say: Hello., for: 20s}}\n").steps[0]
    assert isinstance(first, Say)
    assert (first.text.source, first.duration, first.id) == ("Hello.", 20, "welcome")


@pytest.mark.parametrize("name", ["nice", "pity", "far", "well", "bye"])
def test_a_step_is_found_wherever_it_is(name: str) -> None:
    """A step inside a block, a case or an `otherwise` is changed by its own id."""
    protocol = whole(f"change: {{{name}: {{say: Changed.}}}}\n")
    _, _, _, ways, pause, middle, last = protocol.steps
    assert isinstance(ways, Choose)
    assert isinstance(pause, Wait)
    assert isinstance(middle, Part)
    assert isinstance(last, Part)
    [again] = middle.steps
    assert isinstance(again, RepeatUntil)
    inside = (ways.cases[0].steps, ways.otherwise, pause.otherwise, again.otherwise, last.steps)
    assert sum(texts(steps) == ["Changed."] for steps in inside) == 1


def test_steps_are_added_before_and_after() -> None:
    """Steps are put where they are to stand, in the order in which they are written."""
    protocol = whole(
        "add:\n"
        "  - {after: welcome, steps: [say: One.]}\n"
        "  - {after: welcome, steps: [say: Two.]}\n"
        "  - {before: welcome, steps: [say: Zero.]}\n"
        "  - {after: bye, steps: [say: The end.]}\n"
    )
    assert texts(protocol.steps) == ["Zero.", "Welcome.", "One.", "Two."]
    assert isinstance(protocol.steps[-1], Part)
    assert texts(protocol.steps[-1].steps) == ["Goodbye.", "The end."]
    assert protocol.adaptation is not None
    assert dict(protocol.adaptation.added) == {
        "after welcome": 2,
        "before welcome": 1,
        "after bye": 1,
    }


def test_a_core_step_may_have_others_around_it() -> None:
    """Steps may stand before and after a core step, in the block that holds it, too."""
    protocol = whole(
        "add:\n  - {before: heart, steps: [say: Now.]}\n  - {after: closed, steps: [say: Then.]}\n"
        "change: {middle: {part: In the middle, note: Watch., meanwhile: Wait.}}\n"
    )
    middle = protocol.steps[5]
    assert isinstance(middle, Part)
    assert middle.title.source == "In the middle"
    assert isinstance(middle.steps[0], RepeatUntil)
    assert texts(middle.steps[0].steps) == ["Now.", "The core of it.", "Then."]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("wellcome: {say: Hello.}", "CP327"),
        ("heart: {say: Another.}", "CP328"),
        ("heart: {note: Another.}", "CP328"),
        ("within: {say: Another.}", "CP328"),
        ("closed: {part: Another}", "CP328"),
        ("again: {at_most: 1}", "CP328"),
        ("again: {repeat_until: mood is given}", "CP328"),
        ("middle: {when: mood is given}", "CP328"),
        ("middle: {timer: {at_most: 1m}}", "CP328"),
        ("welcome: {ask: Hello?}", "CP329"),
        ("mood: {shared: everyone}", "CP326"),
        ("mood: {id: spirits}", "CP326"),
        ("welcome: {core: true}", "CP326"),
        ("last: {steps: [say: Another.]}", "CP332"),
        ("middle: {steps: [say: Another.]}", "CP332"),
        ("ways: {otherwise: [say: Another.]}", "CP332"),
        ("ways: {choose: [{when: mood is given, steps: [say: Another.]}]}", "CP332"),
        ("welcome: {say: Welcome.}", "CP333"),
        ("welcome: {sya: Hello.}", "CP101"),
        ("welcome: Hello.", "CP103"),
    ],
)
def test_what_may_not_be_changed(change: str, code: str) -> None:
    """What is locked, is not there or is of another kind is refused, with a word for each."""
    assert found(f"change: {{{change}}}\n") == [code]


def test_the_nearest_name_is_looked_for_now_and_then() -> None:
    """Of very many names that are not there, each is found, and the first few get a guess."""
    many = ", ".join(f"welcome{number}: {{say: Hello.}}" for number in range(50))
    reading = adapting(f"change: {{{many}}}\n", base=BASE)
    assert codes_of(list(reading.findings)) == ["CP327"] * 50
    assert sum("“welcome”?" in finding.message for finding in reading.findings) == 20


def test_what_is_refused_stays() -> None:
    """Beside a change that is refused, the others are looked at, and the base stays whole."""
    reading = adapting(
        "change: {heart: {say: Another.}, welcome: {say: Hello., shared: everyone}}\n", base=BASE
    )
    assert codes_of(list(reading.findings)) == ["CP328", "CP326"]
    assert reading.draft is not None
    assert texts(reading.draft.steps)[0] == "Hello."
    assert reading.protocol is None


@pytest.mark.parametrize(
    ("add", "code"),
    [
        ("{after: nobody, steps: [say: A.]}", "CP327"),
        ("{steps: [say: A.]}", "CP334"),
        ("{after: welcome, before: mood, steps: [say: A.]}", "CP334"),
        ("{after: [welcome], steps: [say: A.]}", "CP334"),
        ("{after: welcome}", "CP102"),
        ("{after: welcome, steps: []}", "CP105"),
        ("{after: welcome, step: [say: A.]}", "CP101"),
        ("[]", "CP105"),
        ("[[]]", "CP103"),
        ("welcome", "CP103"),
        ("{after: within, steps: [say: A.]}", "CP328"),
        ("{after: welcome, steps: [end: A.]}", "CP335"),
        ("{before: middle, steps: [end: A.]}", "CP335"),
        ("{after: closed, steps: [end: A.]}", "CP335"),
        ("{after: mood, steps: [part: A, steps: [end: B.]]}", "CP335"),
    ],
)
def test_what_may_not_be_added(add: str, code: str) -> None:
    """Steps that stand nowhere, in what is core, or end it too soon are refused."""
    if "part: A," in add:
        add = "{after: mood, steps: [{part: A, steps: [end: B.]}]}"
    assert code in found(f"add: {add}\n")
    assert len(set(found(f"add: {add}\n"))) <= 2


@pytest.mark.parametrize("anchor", ["after: middle", "before: last", "after: bye"])
def test_an_end_behind_the_core(anchor: str) -> None:
    """Behind the last core step an adaptation may end the exercise."""
    protocol = whole(f"add: {{{anchor}, steps: [{{choose: [{_CASE}]}}]}}\n")
    assert protocol.adaptation is not None


_CASE = '{when: mood == "bad", steps: [end: Enough.]}'


def test_where_nothing_is_core_anything_may_end() -> None:
    """Without a core step an end may stand anywhere."""
    base = written("- say: A.\n  id: one\n- say: B.", id="the-base", version="1.4.0")
    assert adapting("add: {after: one, steps: [end: C.]}\n", HEAD, base).findings == ()


def test_the_same_id_twice_is_left_to_the_names() -> None:
    """An id that the base has already is found with all other names, once the whole is there."""
    protocol = whole("add: {after: welcome, steps: [{say: A., id: mood}]}\n")
    assert [step.id for step in protocol.steps][:3] == ["welcome", "mood", "mood"]
