"""The way through a plan: order, branches, loops, turns, and what is passed over."""

from __future__ import annotations

from typing import Any

import pytest

from compassion_protocols.errors import EventNotAllowed
from compassion_protocols.language.values import Missing, Reason
from compassion_protocols.session.effects import Opened
from compassion_protocols.session.lines import WELCOME_LINE
from compassion_protocols.session.state import Entry
from compassion_protocols.session.view import Input
from tests.plans import plan_of
from tests.room import Room


def _solo(steps: str, **start: Any) -> Room:  # noqa: ANN401  # of Session.start
    """One person, in a protocol for one."""
    return Room(plan_of(f"audience: individual\n{steps}"), "Ana", **start)


def _members(steps: str, *people: str, roles: str = "{people: 1-5}", **start: Any) -> Room:  # noqa: ANN401  # of Session.start
    """Some members; Ana, Ben and Cem if nobody is named."""
    plan = plan_of(f"roles:\n  member: {roles}\n{steps}")
    return Room(plan, *(people or ("Ana", "Ben", "Cem")), **start)


def _texts(room: Room, person: str = "Ana") -> list[str]:
    """Every text that a person is shown while everyone just goes on."""
    texts: list[str] = []
    for _ in range(100):
        if room.ended:
            return texts
        if room.kind(person) not in ("waiting", "ended"):
            texts.append(room.text(person))
        for other in [one.id for one in room.state.setup.people]:
            if "continue" in room.view(other).actions:
                room.go(other)
                break
    raise AssertionError("It goes on and on.")


def _entry(room: Room, name: str, *rest: int) -> Entry | None:
    """What is kept of an answer: by its seat, if several may give it, and its passes."""
    slot = next(slot for slot in room.session.plan.slots if slot.name == name)
    return room.state.course.answers.get((slot.number, *rest))


# one after another


def test_steps_come_in_their_order() -> None:
    """Without branches or loops, steps open one after another, and then it ends."""
    room = _solo("steps: [{say: One.}, {say: Two.}, {say: Three.}]")
    assert _texts(room) == ["One.", "Two.", "Three."]
    assert room.ended


def test_a_moment_waits_for_everyone_it_is_for() -> None:
    """A moment closes when nobody is waited for any more, and not before."""
    room = _members("steps: [{say: One.}, {say: Two.}]")
    room.go("Ana", "Cem")
    assert room.view("Ben").waiting == ("Ben",)
    assert room.text("Ben") == "One."
    room.go("Ben")
    assert room.text("Ben") == "Two."


def test_a_moment_says_for_whom_it_opens() -> None:
    """When a moment opens, an effect names those who may act in it."""
    room = _members("steps: [{say: One.}, {say: Two., who: facilitator}]", "Ana", facilitator="Fay")
    assert room.session.effects == (Opened(to=("Ana",), place="1"),)
    assert Opened(to=("Fay",), place="2") in room.go("Ana")


def test_who_is_passed_down() -> None:
    """Those that a block is for are asked by the steps inside it that name nobody."""
    room = _members(
        """
steps:
  - part: Alone
    who: facilitator
    steps:
      - say: Only you.
      - say: All of you.
        who: everyone
""",
        facilitator="Fay",
    )
    assert (room.kind("Fay"), room.kind("Ana")) == ("say", "waiting")
    room.go("Fay")
    assert (room.kind("Fay"), room.kind("Ana")) == ("waiting", "say")


def test_several_may_be_named_together() -> None:
    """A step may be for a list of people, each of them once."""
    room = _members("steps: [{say: One., who: [facilitator, member, everyone]}]", facilitator="Fay")
    assert room.session.effects == (Opened(to=("Fay", "Ana", "Ben", "Cem"), place="1"),)


def test_a_step_for_nobody_is_passed_over() -> None:
    """A step for a facilitator does not open where there is none."""
    room = _members("steps: [{say: One., who: facilitator}, {say: Two.}]")
    assert room.text("Ana") == "Two."


def test_a_session_in_which_nothing_opens_is_over_at_once() -> None:
    """If no step opens for anyone, the session begins at its end."""
    room = _members("steps: [{say: One., who: facilitator}]")
    assert room.ended
    assert room.kind("Ana") == "ended"


# what is passed over for want of something to say


HOLES = """
steps:
  - ask: A word?
    id: word
    answer: {list: text}
    example: [yes]
  - say: You said {{ word }}.
  - say: You said {{ word | default("nothing") }}.
  - say: "{% if word is given %}You said {{ word }}.{% else %}You kept it.{% endif %}"
  - ask: What about {{ word }}?
    id: about
    answer: text
    example: yes
  - say: "And {{ about | default('no more') }}."
  - say: "{% for w in word %}{{ w }}{% endfor %}"
"""


def test_nothing_is_shown_with_a_hole_in_it() -> None:
    """A step whose text reads an answer that is missing, with nothing instead, does not open."""
    room = _solo(HOLES)
    room.skip("Ana")
    assert _texts(room) == ["You said nothing.", "You kept it.", "And no more."]


def test_a_page_with_nothing_on_it_is_passed_over_for_each_reader() -> None:
    """Whoever would see an empty page is not shown it; the others are."""
    steps = """
steps:
  - {ask: A?, id: a, answer: text, example: a}
  - say: "{% if a is given %}You wrote {{ a }}.{% endif %}"
  - say: On.
"""
    room = _members(steps, "Ana", "Ben")
    room.answer("Ana", "tea")
    room.skip("Ben")
    assert room.text("Ana") == "You wrote tea."
    assert room.kind("Ben") == "waiting"
    room = _members(steps, "Ana", "Ben")
    room.skip("Ana")
    room.skip("Ben")
    assert room.text("Ana") == "On."


def test_an_empty_list_is_a_hole() -> None:
    """A text that reads an empty list does not open, just as if it were missing."""
    room = _solo(HOLES)
    room.answer("Ana", [])
    assert room.text("Ana") == "You said nothing."


def test_with_everything_given_every_step_opens() -> None:
    """A step whose names all have a value opens."""
    room = _solo(HOLES)
    room.answer("Ana", ["tea"])
    assert room.text("Ana") == "You said tea."
    room.go("Ana", "Ana", "Ana")
    room.answer("Ana", "it is hot")
    assert _texts(room) == ["And it is hot.", "tea"]


def test_a_question_that_does_not_open_is_not_reached() -> None:
    """The answer to a step that did not open is missing as if it were never reached."""
    room = _solo(HOLES)
    room.skip("Ana")
    assert _entry(room, "word") == Entry(Missing(Reason.SKIPPED), 0, room.now)
    assert _entry(room, "about") is None


def test_options_that_are_missing_are_a_hole() -> None:
    """A question whose options are an answer that is missing does not open."""
    steps = """
steps:
  - ask: Which?
    id: some
    answer: {list: text}
    example: [a, b]
  - ask: In which order?
    id: ranked
    answer: {rank: some}
    example: [a, b]
  - say: On.
"""
    room = _solo(steps)
    room.skip("Ana")
    assert room.text("Ana") == "On."
    room = _solo(steps)
    room.answer("Ana", ["b", "a"])
    assert [option.value for option in _input(room).options] == ["b", "a"]


def test_a_bound_that_is_missing_is_a_hole() -> None:
    """A question whose bound is an answer that is missing does not open."""
    steps = """
steps:
  - ask: How many at most?
    id: most
    answer: {number: whole, min: 1}
    example: 3
  - ask: Which?
    id: some
    answer: {list: text, max: most}
    example: [a, b]
  - say: On.
"""
    room = _solo(steps)
    room.skip("Ana")
    assert room.text("Ana") == "On."
    room = _solo(steps)
    room.answer("Ana", 2)
    assert _input(room).limits == {"max": 2}


def _input(room: Room) -> Input:
    wanted = room.view("Ana").input
    assert wanted is not None
    return wanted


# guards and choices


def test_when_wants_to_be_definitely_true() -> None:
    """A step with `when` opens only if its condition is true, not if it is unknown."""
    steps = """
steps:
  - ask: A number?
    id: number
    answer: {number: whole}
    example: 3
  - say: Small.
    when: number < 5
  - say: Not small.
    when: not (number < 5)
  - say: On.
"""
    for answer, expected in ((3, "Small."), (9, "Not small."), (None, "On.")):
        room = _solo(steps)
        room.skip("Ana") if answer is None else room.answer("Ana", answer)
        assert room.text("Ana") == expected


CHOOSING = """
steps:
  - ask: A number?
    id: number
    answer: {number: whole}
    example: 3
  - choose:
      - when: number > 10
        steps: [{say: Large.}]
      - when: number > 5
        steps: [{say: Middling.}, {say: Indeed.}]
      - when: number is missing
        steps: [{say: None.}]
    otherwise:
      - say: Small.
  - say: On.
"""


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        (11, ["Large.", "On."]),
        (7, ["Middling.", "Indeed.", "On."]),
        (1, ["Small.", "On."]),
        (None, ["None.", "On."]),
    ],
)
def test_choose_takes_the_first_case_that_is_true(answer: int | None, texts: list[str]) -> None:
    """The first case whose condition is definitely true is taken, and no other; else otherwise."""
    room = _solo(CHOOSING)
    room.skip("Ana") if answer is None else room.answer("Ana", answer)
    assert _texts(room) == texts


def test_a_choice_without_otherwise_may_take_no_case() -> None:
    """Where no case is true and nothing is said otherwise, the session just goes on."""
    room = _solo(CHOOSING.replace("    otherwise:\n      - say: Small.\n", ""))
    room.answer("Ana", 1)
    assert _texts(room) == ["On."]


# repeat_until: it corrects


REPEATING = """
steps:
  - repeat_until: enough
    at_most: 3
    steps:
      - ask: "Again?{% if again is given %} Last time: {{ again }}.{% endif %}"
        id: again
        answer: text
        example: yes
      - ask: Enough?
        id: enough
        answer: yes_no
        example: "yes"
    otherwise:
      - say: Let it rest.
  - say: "You said {{ again }}."
"""


def test_a_repetition_goes_on_until_it_holds() -> None:
    """Its steps are done at least once, and until the condition is true."""
    room = _solo(REPEATING)
    room.answer("Ana", "one")
    room.answer("Ana", False)
    room.answer("Ana", "two")
    room.answer("Ana", True)
    assert room.text("Ana") == "You said two."


def test_the_newest_answer_of_a_repetition_counts() -> None:
    """A repetition makes no list: there is one value, and it is the newest."""
    room = _solo(REPEATING)
    for word in ("one", "two", "three"):
        room.answer("Ana", word)
        room.answer("Ana", False)
    room.go("Ana")
    assert room.text("Ana") == "You said three."
    assert room.said("Ana") == ["Ana: three", "Ana: no"]


def test_the_pass_before_can_be_read() -> None:
    """A new pass does not empty the answers of the one before."""
    room = _solo(REPEATING)
    assert room.text("Ana") == "Again?"
    room.answer("Ana", "one")
    room.answer("Ana", False)
    assert room.text("Ana") == "Again? Last time: one."


def test_a_repetition_is_bounded() -> None:
    """After its most passes it goes on through otherwise."""
    room = _solo(REPEATING)
    for _ in range(3):
        room.answer("Ana", "one")
        room.answer("Ana", False)
    assert room.text("Ana") == "Let it rest."


def test_a_repetition_whose_condition_is_unknown_ends() -> None:
    """A loop goes on only while its condition is known to be false; unknown leaves it."""
    room = _solo(REPEATING)
    room.answer("Ana", "one")
    room.skip("Ana")
    assert room.text("Ana") == "Let it rest."


def test_a_skipped_answer_of_a_new_pass_is_missing() -> None:
    """Skipping in a new pass takes the place of what was answered before."""
    room = _solo(REPEATING)
    room.answer("Ana", "one")
    room.answer("Ana", False)
    room.skip("Ana")
    room.answer("Ana", True)
    assert room.ended


def test_a_question_that_does_not_open_in_a_new_pass_leaves_nothing_of_the_old_one() -> None:
    """The answer of an earlier pass is gone if its question has a hole in a later one."""
    room = _solo("""
steps:
  - repeat_until: enough
    at_most: 2
    steps:
      - {ask: A wish?, id: wish, answer: text, example: a}
      - {ask: "When, for {{ wish }}?", id: time, answer: text, example: a}
      - {ask: Enough?, id: enough, answer: yes_no, example: "yes"}
  - say: "{{ time | default('no time') }}"
""")
    room.answer("Ana", "a walk")
    room.answer("Ana", "on Sunday")
    room.answer("Ana", False)
    room.skip("Ana")
    assert room.text("Ana") == "Enough?"
    room.answer("Ana", True)
    assert room.text("Ana") == "no time"


def test_how_often_may_be_a_setting() -> None:
    """The most passes of a repetition may be the name of a setting."""
    steps = "settings:\n  times: {number: 2, min: 1, max: 5, label: T}\n" + REPEATING.replace(
        "at_most: 3", "at_most: times"
    )
    room = _solo(steps)
    for _ in range(2):
        room.answer("Ana", "one")
        room.answer("Ana", False)
    assert room.text("Ana") == "Let it rest."


# for_each: it gathers


def test_a_counted_loop_goes_round_so_often() -> None:
    """A loop over a number goes round that many times."""
    assert _texts(_solo("steps: [{for_each: 3, steps: [{say: Round.}]}]")) == ["Round."] * 3


@pytest.mark.parametrize("rounds", [0, 1, 4])
def test_a_count_may_be_a_setting(rounds: int) -> None:
    """A loop may go round as often as a setting says, and not at all for nought."""
    steps = """
settings:
  rounds: {number: 2, min: 0, max: 9, label: Rounds}
steps:
  - for_each: rounds
    steps: [{say: Round.}]
"""
    room = _solo(steps, settings={"rounds": rounds})
    assert _texts(room) == ["Round."] * rounds


def test_a_loop_over_a_list_binds_each_item() -> None:
    """A loop over a list does its steps once for each item, which has a name inside."""
    room = _solo("""
settings:
  cards: {list: [one, two, three], label: Cards}
steps:
  - for_each: card in cards
    steps: [{say: "Card {{ card }}."}]
""")
    assert _texts(room) == ["Card one.", "Card two.", "Card three."]


def test_a_loop_over_one_s_own_list() -> None:
    """A loop may go through the items of an answer."""
    room = _solo("""
steps:
  - ask: Which?
    id: things
    answer: {list: text}
    example: [a]
  - for_each: thing in things
    steps: [{say: "{{ thing }}"}]
  - say: On.
""")
    room.answer("Ana", ["tea", "cake"])
    assert _texts(room) == ["tea", "cake", "On."]


def test_a_loop_over_nothing_does_nothing() -> None:
    """A loop over a missing or an empty list has no pass."""
    steps = """
steps:
  - ask: Which?
    id: things
    answer: {list: text}
    example: [a]
  - for_each: thing in things
    steps:
      - ask: "What of {{ thing }}?"
        id: what
        answer: text
        example: a
  - say: "{{ what | given | count }} answers."
"""
    room = _solo(steps)
    room.skip("Ana")
    assert room.text("Ana") == "0 answers."
    room = _solo(steps)
    room.answer("Ana", [])
    assert room.text("Ana") == "0 answers."


@pytest.mark.parametrize("truth", [True, None])
def test_a_loop_is_left_early(truth: bool | None) -> None:
    """A loop with `until` is left once that holds, and also where nobody can say."""
    room = _solo("""
steps:
  - for_each: 5
    until: enough
    steps: [{ask: Enough?, id: enough, answer: yes_no, example: "yes"}]
  - say: "{{ enough | given | count }} answers."
""")
    room.answer("Ana", False)
    room.skip("Ana") if truth is None else room.answer("Ana", truth)
    assert room.text("Ana") == ("2 answers." if truth else "1 answers.")


GATHERING = """
settings:
  cards: {list: [red, blue], label: Cards}
steps:
  - for_each: card in cards
    steps:
      - turns: member
        as: [teller, hearer]
        steps:
          - ask: "{{ teller }} on {{ card }}?"
            id: word
            who: teller
            shared: everyone
            answer: text
            example: a
          - say: "{{ teller }} said {{ word }}."
            who: facilitator
      - say: "On {{ card }}:{% for w in word %} {{ w.by }} {{ w.value }}{% endfor %}"
        who: facilitator
  - say: "{% for w in word %}{{ w.card }}/{{ w.teller }}/{{ w.value }} {% endfor %}"
    who: facilitator
"""


def test_inside_its_loops_a_name_is_one_value_and_further_out_a_list() -> None:
    """A name is one value inside all loops around its question, and a flat list further out."""
    room = _members(GATHERING, "Ana", "Ben", facilitator="Fay")
    seen = []
    for card in "12":
        for person in ("Ana", "Ben"):
            room.answer(person, person[0] + card)
            seen.append(room.text("Fay"))
            room.go("Fay")
        seen.append(room.text("Fay"))
        room.go("Fay")
    assert seen == [
        "Ana said A1.",
        "Ben said B1.",
        "On red: Ana A1 Ben B1",
        "Ana said A2.",
        "Ben said B2.",
        "On blue: Ana A2 Ben B2",
    ]


def test_a_gathered_list_knows_who_and_where() -> None:
    """Each entry of a gathered list knows its writer, its value and the names of its loops."""
    room = _members(GATHERING, "Ana", "Ben", facilitator="Fay")
    for word in ("A1", "B1", "A2", "B2"):
        room.answer("Ana" if word[0] == "A" else "Ben", word)
        room.go("Fay")
        if word == "B1" or word == "B2":
            room.go("Fay")
    assert room.ended or room.text("Fay").startswith("red/Ana/A1")


def test_a_gathered_list_is_in_the_order_of_its_passes() -> None:
    """Collections are in the order of their passes, then of the seats."""
    room = _members(GATHERING, "Ana", "Ben", facilitator="Fay")
    for word in ("A1", "B1"):
        room.answer(word.replace("A1", "Ana").replace("B1", "Ben"), word)
        room.go("Fay")
    room.go("Fay")
    for word in ("A2", "B2"):
        room.answer(word.replace("A2", "Ana").replace("B2", "Ben"), word)
        room.go("Fay")
    room.go("Fay")
    assert room.text("Fay") == "red/Ana/A1 red/Ben/B1 blue/Ana/A2 blue/Ben/B2 "


def test_what_was_left_open_is_not_in_the_list() -> None:
    """Only what was given is gathered."""
    room = _members(
        """
steps:
  - ask: A word?
    id: word
    shared: everyone
    answer: text
    example: a
  - say: "{{ word }}"
"""
    )
    room.answer("Ana", "tea")
    room.skip("Ben")
    room.answer("Cem", "cake")
    assert room.text("Ben") == "tea and cake"


def test_a_list_making_block_that_starts_anew_starts_empty() -> None:
    """Turns inside a repetition begin each time with an empty list."""
    room = _members(
        """
steps:
  - repeat_until: enough
    at_most: 2
    steps:
      - turns: member
        steps:
          - ask: A word?
            id: word
            who: speaker
            shared: everyone
            answer: text
            example: a
      - ask: "Enough of {{ word }}?"
        id: enough
        who: facilitator
        shared: everyone
        answer: yes_no
        example: "yes"
""",
        "Ana",
        "Ben",
        facilitator="Fay",
    )
    room.answer("Ana", "one")
    room.answer("Ben", "two")
    assert room.text("Fay") == "Enough of one and two?"
    room.answer("Fay", False)
    room.answer("Ana", "three")
    room.skip("Ben")
    assert room.text("Fay") == "Enough of three?"


def test_turns_that_start_anew_keep_nothing_that_is_not_asked_again() -> None:
    """What the turns before gave is gone, also where its question is guarded this time."""
    room = _members(
        """
steps:
  - repeat_until: enough
    at_most: 2
    steps:
      - turns: member
        steps:
          - ask: A word?
            id: word
            who: speaker
            when: enough is missing
            shared: everyone
            answer: text
            example: a
      - ask: "Enough? {{ word | given | count }}"
        id: enough
        who: facilitator
        shared: everyone
        answer: yes_no
        example: "yes"
""",
        "Ana",
        "Ben",
        facilitator="Fay",
    )
    room.answer("Ana", "one")
    room.answer("Ben", "two")
    assert room.text("Fay") == "Enough? 2"
    room.answer("Fay", False)
    assert room.text("Fay") == "Enough? 0"


def test_a_loop_over_a_gathered_list_keeps_to_its_entries() -> None:
    """A loop over a gathered list binds each entry, with who wrote it."""
    room = _members(
        """
steps:
  - ask: A wish?
    id: wish
    shared: everyone
    answer: text
    example: a
  - for_each: w in wish
    order: reversed
    steps: [{say: "{{ w.by }} wishes {{ w }}.", who: facilitator}]
""",
        "Ana",
        "Ben",
        facilitator="Fay",
    )
    room.answer("Ana", "tea")
    room.answer("Ben", "cake")
    assert room.text("Fay") == "Ben wishes cake."
    room.go("Fay")
    assert room.text("Fay") == "Ana wishes tea."


def test_a_list_is_gone_through_up_to_fifty_items() -> None:
    """A loop over a list never has more than fifty passes."""
    items = ", ".join(f"i{number}" for number in range(60))
    room = _solo(f"""
settings:
  cards: {{list: [{items}], label: Cards}}
steps:
  - for_each: card in cards
    steps: [{{say: "{{{{ card }}}}"}}]
""")
    assert len(_texts(room)) == 50


# the order of loops


ORDERED = """
settings:
  cards: {list: [a, b, c, d, e], label: Cards}
steps:
  - for_each: 2
    steps:
      - for_each: card in cards
        order: ORDER
        steps: [{say: "{{ card }}"}]
"""


def test_an_order_may_be_reversed() -> None:
    """Reversed, the last comes first."""
    room = _solo(ORDERED.replace("ORDER", "reversed"))
    assert "".join(_texts(room)) == "edcba" * 2


def test_an_order_may_rotate() -> None:
    """Rotating, each pass of the loop around begins with the next one."""
    room = _solo(ORDERED.replace("ORDER", "rotating"))
    assert "".join(_texts(room)) == "abcde" + "bcdea"


def test_a_rotation_looks_past_a_part() -> None:
    """A part with a time limit around turns does not keep them from rotating."""
    steps = """
steps:
  - for_each: 3
    steps:
      - part: A round
        timer: {at_most: 10m}
        steps:
          - turns: member
            order: rotating
            steps: [{say: "{{ speaker }}", who: [speaker, listener]}]
"""
    room = _members(steps)
    texts = []
    while not room.ended:
        texts.append(room.text("Ana")[0])
        room.go("Ana", "Ben", "Cem")
    assert "".join(texts) == "ABC" + "BCA" + "CAB"


def test_without_a_loop_around_the_seed_turns_the_rotation() -> None:
    """The first of an outermost rotation is chosen by the seed."""
    steps = ORDERED.replace("ORDER", "rotating").replace("for_each: 2", "for_each: 1")
    outermost = """
settings:
  cards: {list: [a, b, c, d, e], label: Cards}
steps:
  - for_each: card in cards
    order: rotating
    steps: [{say: "{{ card }}"}]
"""
    assert "".join(_texts(_solo(outermost, seed=7))) == "cdeab"
    assert "".join(_texts(_solo(steps, seed=7))) == "abcde"


def test_a_shuffle_is_the_seed_s() -> None:
    """Shuffled, all items come once, in an order that only the seed and the pass decide."""
    orders = []
    for seed in (1, 1, 2):
        texts = "".join(_texts(_solo(ORDERED.replace("ORDER", "shuffled"), seed=seed)))
        assert sorted(texts[:5]) == sorted(texts[5:]) == list("abcde")
        orders.append(texts)
    assert orders[0] == orders[1] != orders[2]
    assert orders[0][:5] != orders[0][5:]


# turns


def test_turns_go_once_to_each_person_of_a_role() -> None:
    """Each person of the role speaks once, in the order they came; the others listen."""
    room = _members("steps: [{turns: member, steps: [{say: '{{ speaker }}|{{ listener }}'}]}]")
    texts = []
    while not room.ended:
        texts.append(room.text("Ana"))
        room.go("Ana", "Ben", "Cem")
    assert texts == ["Ana|Ben and Cem", "Ben|Ana and Cem", "Cem|Ana and Ben"]


def test_turns_for_everyone() -> None:
    """Turns may be for everyone who takes part, which a facilitator does not."""
    room = _members("steps: [{turns: everyone, steps: [{say: A, who: speaker}]}]", facilitator="F")
    assert len(_texts(room, "Ana")) == 1
    assert room.ended


def test_listening_is_one_person_where_there_are_two() -> None:
    """With two people, the listener is one person; alone, a speaker has none."""
    steps = "steps: [{turns: member, steps: [{say: '{{ listener }}.', who: speaker}]}, {say: On.}]"
    assert _members(steps, "Ana", "Ben").text("Ana") == "Ben."
    assert _members(steps, "Ana").text("Ana") == "On."


def test_the_order_of_turns_is_fixed_when_they_begin() -> None:
    """Whoever is not here when turns begin has no turn, even if they return meanwhile."""
    room = _members(
        "steps: [{say: One.}, {turns: member, steps: [{say: '{{ speaker }}.'}]}, {say: On.}]"
    )
    room.leave("Ben")
    room.go("Ana", "Cem")
    room.join("Ben")
    assert room.text("Ana") == "Ana."
    room.go("Ana", "Cem")
    assert room.text("Ana") == "Cem."
    room.go("Ana", "Cem", "Ben")
    assert room.text("Ben") == "On."


def test_the_pass_of_whoever_has_gone_is_passed_over() -> None:
    """A loop through people stays with each of them, whoever stops meanwhile."""
    room = _members(
        """
steps:
  - for_each: one in member
    steps:
      - {ask: "About {{ one }}?", id: word, who: one, shared: everyone, answer: text, example: a}
  - say: "{% for w in word %}{{ w.by }} as {{ w.one }}. {% endfor %}"
""",
        "Ana", "Ben", "Cem", "Dee",
    )  # fmt: skip
    room.answer("Ana", "a")
    assert room.text("Ben") == "About Ben?"
    room.stop("Ana")
    assert room.text("Ben") == "About Ben?"
    room.stop("Cem")
    room.answer("Ben", "b")
    assert room.text("Dee") == "About Dee?"
    room.answer("Dee", "d")
    assert room.text("Ben") == "Ana as Ana. Ben as Ben. Dee as Dee. "


def test_listeners_may_be_gone_through_even_if_there_is_only_one() -> None:
    """A loop through the listeners has one pass where two people are here."""
    steps = """
steps:
  - turns: member
    steps: [{for_each: one in listener, steps: [{say: "{{ one }}.", who: one}]}]
"""
    assert _texts(_members(steps, "Ana", "Ben"), "Ben") == ["Ben."]
    assert _texts(_members(steps, "Ana", "Ben", "Cem"), "Ben") == ["Ben.", "Ben."]


def test_nobody_is_asked_to_choose_among_nobody() -> None:
    """A question for a person does not open where there is nobody to choose."""
    steps = """
steps:
  - turns: member
    steps: [{ask: Who?, who: speaker, answer: {person: listener}}]
  - say: On.
"""
    assert _members(steps, "Ana").text("Ana") == "On."
    assert _members(steps, "Ana", "Ben").text("Ana") == "Who?"


def test_a_newcomer_is_not_shown_a_hole() -> None:
    """Whoever came too late to read an answer is not asked where it is spoken of."""
    room = _members(
        """
steps:
  - {ask: A word?, id: word, who: holder, shared: everyone, answer: text, example: a}
  - say: They said {{ word }}.
  - {ask: "What about {{ word }}?", who: member, answer: text, example: a}
  - say: On.
""",
        "Ana", "Ben",
        roles="{people: 1-5}\n  holder: {one_of: member}",
    )  # fmt: skip
    room.answer("Ana", "tea")
    room.join("Cem", role="member")
    room.go("Ana", "Ben")
    assert room.view("Ana").waiting == ("Ana", "Ben")
    assert room.text("Cem") == WELCOME_LINE
    room.answer("Ana", "a")
    room.answer("Ben", "b")
    assert room.text("Cem") == "On."


def test_an_absent_person_s_turn_passes() -> None:
    """A turn whose speaker is not here when it comes is passed over."""
    room = _members("steps: [{turns: member, steps: [{say: '{{ speaker }}.'}]}, {say: On.}]")
    room.leave("Ben")
    room.go("Ana", "Cem")
    assert room.text("Ana") == "Cem."


def test_a_turn_ends_when_its_speaker_leaves() -> None:
    """What is left of a turn is passed over once its speaker is not here."""
    room = _members(
        "steps: [{turns: member, steps: [{say: '{{ speaker }} 1.'}, {say: '{{ speaker }} 2.'}]}]"
    )
    room.leave("Ana")
    assert room.text("Ben") == "Ana 1."
    room.go("Ben", "Cem")
    assert room.text("Ben") == "Ben 1."


# one of a role, and handing it on


HOLDING = """
roles:
  member: {people: 2-5}
  holder: {one_of: member, others: hearer}
steps:
  - for_each: 4
    steps:
      - ask: "{{ holder }}, who next? ({{ hearer }})"
        id: next_one
        who: holder
        shared: everyone
        answer: {person: member}
        example: Ana
      - pass: holder
        to: TO
"""


def _holding(to: str) -> Room:
    return Room(plan_of(HOLDING.replace("TO", to)), "Ana", "Ben", "Cem")


def test_a_role_is_first_held_by_the_first() -> None:
    """A role that one person holds at a time begins with the first of its people."""
    assert _holding("next").text("Ana") == "Ana, who next? (Ben and Cem)"


def test_a_role_goes_on_to_the_next() -> None:
    """Handed on to the next, a role goes round."""
    room = _holding("next")
    for person in ("Ana", "Ben", "Cem", "Ana"):
        assert room.text(person).startswith(f"{person}, who next?")
        room.skip(person)


def test_a_role_goes_on_to_whom_an_answer_names() -> None:
    """Handed on to a person who was chosen, a role is theirs."""
    room = _holding("next_one")
    room.answer("Ana", "Cem")
    assert room.text("Cem") == "Cem, who next? (Ana and Ben)"


def test_a_role_stays_where_nobody_was_chosen() -> None:
    """Handed on to nobody, a role stays with whoever holds it."""
    room = _holding("next_one")
    room.skip("Ana")
    assert room.text("Ana").startswith("Ana, who next?")


def test_a_role_is_handed_on_past_those_who_have_gone() -> None:
    """Whoever has stopped is never handed a role."""
    room = _holding("next")
    room.stop("Ben")
    room.skip("Ana")
    assert room.text("Cem") == "Cem, who next? (Ana)"


def test_a_role_whose_holder_has_gone_is_handed_on_too() -> None:
    """If the holder has stopped, handing it on finds the one who sits next."""
    room = _holding("next")
    room.skip("Ana")
    room.stop("Ben")
    assert room.text("Cem").startswith("Cem, who next?")
    room.stop("Cem")
    assert room.ended


def test_a_role_is_handed_on_past_those_who_are_away() -> None:
    """Whoever is away is not handed a role, as long as anyone else is here."""
    room = _holding("next")
    room.leave("Ben")
    room.skip("Ana")
    assert room.text("Cem").startswith("Cem, who next?")


def test_a_role_whose_holder_has_gone_falls_to_the_next() -> None:
    """What is left for a holder who has stopped is for the one who sits next."""
    steps = """
  holder: {one_of: member}
steps:
  - {pass: holder, to: next}
  - {say: One., who: holder, meanwhile: "It is for {{ holder }}."}
  - {say: Two., who: holder, meanwhile: "It is for {{ holder }}."}
  - {say: Three.}
"""
    room = _members(steps)
    assert room.text("Ana") == "It is for Ben."
    room.stop("Ben")
    assert (room.text("Ana"), room.text("Cem")) == ("It is for Cem.", "Two.")
    room.stop("Cem")
    assert room.text("Ana") == "Three."


# parts, time limits, includes and endings


def test_a_part_groups_steps() -> None:
    """A part without a time limit is its steps, under its own guard."""
    assert _texts(_solo("steps: [{part: P, steps: [{say: One.}, {say: Two.}]}]")) == [
        "One.",
        "Two.",
    ]
    assert _texts(_solo("steps: [{part: P, when: 1 > 2, steps: [{say: One.}]}, {say: Two.}]")) == [
        "Two."
    ]


LIMITED = """
steps:
  - BLOCK
    timer: {at_most: 1m}
    steps: [{say: One.}, {say: Two.}, {say: Three.}]
  - say: On.
"""


@pytest.mark.parametrize("block", ["part: P", "for_each: 3"])
def test_a_block_s_time_limit_ends_it_between_its_steps(block: str) -> None:
    """A block whose time is over ends between its direct steps, never inside one."""
    room = _solo(LIMITED.replace("BLOCK", block))
    room.go("Ana")
    room.later(61)
    assert room.text("Ana") == "Two."
    room.go("Ana")
    assert room.text("Ana") == "On."


def test_a_block_s_time_limit_does_not_set_a_timer() -> None:
    """A block's time limit is soft: nothing is due when it is over."""
    assert _solo(LIMITED.replace("BLOCK", "part: P")).session.next_deadline is None


def test_a_loop_whose_time_is_over_begins_no_further_pass() -> None:
    """A loop whose time is over is left at the end of its pass."""
    room = _solo("""
steps:
  - for_each: 9
    timer: {at_most: 1m}
    steps: [{say: Round.}]
  - say: On.
""")
    room.go("Ana")
    room.later(61)
    room.go("Ana")
    assert room.text("Ana") == "On."


def test_a_repetition_whose_time_is_over_goes_through_otherwise() -> None:
    """A repetition that runs out of time has not held."""
    steps = REPEATING.replace("    at_most: 3", "    at_most: 3\n    timer: {at_most: 1m}")
    room = _solo(steps)
    room.later(61)
    room.answer("Ana", "one")
    assert room.text("Ana") == "Let it rest."
    room = _solo(steps)
    room.answer("Ana", "one")
    room.later(61)
    room.answer("Ana", False)
    assert room.text("Ana") == "Let it rest."


def test_a_repetition_that_holds_in_time_does_not_go_through_otherwise() -> None:
    """A repetition that holds, even late, goes on past otherwise."""
    room = _solo(REPEATING.replace("    at_most: 3", "    at_most: 3\n    timer: {at_most: 1m}"))
    room.answer("Ana", "one")
    room.later(61)
    room.answer("Ana", True)
    assert room.text("Ana") == "You said one."


def test_an_end_ends_it_all() -> None:
    """An end closes the protocol that wrote it, from inside whatever stands around."""
    room = _solo("""
steps:
  - for_each: 3
    steps:
      - say: Round.
      - choose:
          - when: 1 < 2
            steps: [{end: "Goodbye, {{ you }}."}]
  - say: On.
""")
    room.go("Ana")
    assert room.ended
    assert room.text("Ana") == "Goodbye, Ana."


def test_an_include_s_steps_stand_in_its_place() -> None:
    """Another protocol's steps are done where it is included, with the settings it is given."""
    room = _solo("""
steps:
  - include: three-breath-pause
    as: breath
    with: {breaths: 7}
  - say: "You noticed: {{ breath.notice | default('nothing yet') }}."
""")
    assert room.text("Ana").startswith("Let your feet find the floor, Ana.")
    room.go("Ana")
    pace = room.view("Ana").pace
    assert pace is not None
    assert pace.breaths == 7
    room.go("Ana")
    room.answer("Ana", "my jaw")
    assert room.text("Ana") == "You noticed: my jaw."


def test_the_end_of_an_include_is_not_the_end_of_all() -> None:
    """An end in an included protocol shows its closing text and goes on after the include."""
    room = _solo("steps: [{include: human-help}, {say: On.}]")
    while room.text("Ana") != "On.":
        before = room.text("Ana")
        room.go("Ana")
    assert "keep to the small things" in before


# erasing


def test_a_moment_that_speaks_of_what_is_taken_back_is_left() -> None:
    """If what an open moment's text reads is erased, the session goes on without that moment."""
    room = _members(
        """
steps:
  - turns: member
    steps:
      - ask: What?
        id: said
        who: speaker
        shared: everyone
        answer: text
        example: a
      - ask: "“{{ said }}”: is that it?"
        id: landed
        who: listener
        answer: yes_no
        example: "yes"
""",
        "Ana",
        "Ben",
    )
    room.answer("Ana", "secret")
    assert "secret" in room.text("Ben")
    room.erase("Ana")
    assert room.text("Ben") == "What?"
    assert room.said("Ana") == ["Ana: left open"]


def test_a_reveal_of_what_is_taken_back_has_nothing_to_show() -> None:
    """If what could be shown is erased, the reveal stays open with nothing in it."""
    room = _solo("""
steps:
  - ask: Which?
    id: needs
    answer: {list: text}
    example: [a]
  - reveal: needs
    id: shown
    to: everyone
  - say: On.
""")
    room.answer("Ana", ["rest"])
    assert room.view("Ana").input is not None
    room.erase("Ana")
    assert room.view("Ana").input is None
    room.go("Ana")
    assert room.text("Ana") == "On."


def test_a_loop_goes_on_over_items_that_were_taken_back() -> None:
    """Items of an erased list are holes: what reads them does not open, and the loop ends."""
    room = _solo("""
steps:
  - ask: Which?
    id: things
    answer: {list: text}
    example: [a]
  - for_each: thing in things
    steps:
      - ask: "What of {{ thing }}?"
        id: what
        answer: text
        example: a
  - say: On.
""")
    room.answer("Ana", ["tea", "cake"])
    room.answer("Ana", "hot")
    room.erase("Ana")
    assert room.text("Ana") == "On."


# going back


def test_back_reopens_the_moment_before() -> None:
    """Someone who alone acts in both moments may return, and finds what they wrote."""
    room = _solo("""
steps:
  - ask: A word?
    id: word
    answer: text
    example: a
  - say: "You said {{ word }}."
""")
    room.answer("Ana", "tee")
    room.back("Ana")
    assert (room.text("Ana"), room.view("Ana").draft) == ("A word?", "tee")
    room.answer("Ana", "tea")
    assert room.text("Ana") == "You said tea."


@pytest.mark.parametrize("how", ["time", "leave"])
def test_going_back_to_look_costs_nothing(how: str) -> None:
    """Whoever goes back and gives nothing new keeps what they gave before."""
    room = _members(
        """
steps:
  - {ask: A?, id: a, answer: text, who: facilitator, timer: {at_most: 1m}, example: a}
  - {say: On., who: facilitator}
  - {say: End.}
""",
        facilitator="Fay",
    )
    room.answer("Fay", "tea")
    room.back("Fay")
    room.tick(60) if how == "time" else room.leave("Fay")
    assert room.said("Fay") == ["Fay: tea"]


def test_back_goes_one_moment_only() -> None:
    """After going back there is no further way back."""
    room = _solo("steps: [{say: One.}, {say: Two.}, {say: Three.}]")
    room.go("Ana", "Ana")
    room.back("Ana")
    assert room.text("Ana") == "Two."
    assert "back" not in room.view("Ana").actions
    with pytest.raises(EventNotAllowed):
        room.back("Ana")


@pytest.mark.parametrize(
    "steps",
    [
        # with others
        "[{say: One.}, {say: Two., who: facilitator}]",
        "[{say: One., who: facilitator}, {say: Two.}]",
        # shared
        "[{ask: A?, id: a, who: facilitator, shared: everyone, answer: text, example: a},"
        " {say: Two., who: facilitator}]",
        # a role was handed on
        "[{say: One., who: facilitator}, {pass: holder, to: next}, {say: Two., who: facilitator}]",
    ],
)
def test_there_is_no_way_back_over_what_concerns_others(steps: str) -> None:
    """Nobody returns to a moment that others acted in, read from, or were handed a role by."""
    roles = "roles:\n  member: {people: 2-5}\n  holder: {one_of: member, others: rest}\n"
    room = Room(plan_of(f"{roles}steps: {steps}"), "Ana", "Ben", facilitator="Fay")
    for person in ("Fay", "Ana", "Ben"):
        view = room.view(person)
        if "answer" in view.actions:
            room.answer(person, "words")
        elif "continue" in view.actions and room.token(person).startswith("1"):
            room.go(person)
    for person in ("Fay", "Ana", "Ben"):
        assert "back" not in room.view(person).actions
        with pytest.raises(EventNotAllowed):
            room.back(person)


@pytest.mark.parametrize(
    ("beside", "leads"),
    [("", True), (", meanwhile: Soon.", True), (", meanwhile: WAIT", False)],
)
def test_there_is_no_way_back_that_others_would_see(beside: str, leads: bool) -> None:
    """Which moment it leads to may hang on a private answer, so the others see the same in both."""
    steps = f"""
steps:
  - {{say: One., who: facilitator{beside.replace("WAIT", "Soon.")}}}
  - {{say: Two., who: facilitator{beside.replace("WAIT", "Now.")}}}
"""
    room = _members(steps, facilitator="Fay")
    room.go("Fay")
    assert ("back" in room.view("Fay").actions) is leads
    seen = room.text("Ana")
    if leads:
        room.back("Fay")
        assert (room.text("Fay"), room.text("Ana")) == ("One.", seen)


def test_there_is_no_way_back_under_another_heading() -> None:
    """Everyone sees the heading of a part, so nobody goes back into another."""
    steps = """
steps:
  - {part: First, steps: [{say: One., who: facilitator}]}
  - {part: Second, steps: [{say: Two., who: facilitator}, {say: Three., who: facilitator}]}
"""
    room = _members(steps, facilitator="Fay")
    room.go("Fay")
    assert "back" not in room.view("Fay").actions
    room.go("Fay")
    assert "back" in room.view("Fay").actions


@pytest.mark.parametrize(
    "before",
    [
        "{say: Sit down.}",
        "{ask: B?, id: b, answer: {scale: [0, 10]}, example: 3}",
        '{ask: "About {{ a }}?", id: b, answer: text, example: b}',
        "{ask: B?, id: b, answer: text, timer: {at_most: 1m}, example: b}",
    ],
)
def test_someone_alone_can_go_back_wherever_it_is_offered(before: str) -> None:
    """What is offered to someone alone leads back to the moment before, whatever that asks for."""
    room = _solo(f"""
steps:
  - {{ask: A?, id: a, answer: text, example: a}}
  - {before}
  - say: On.
""")
    room.answer("Ana", "tea")
    text = room.text("Ana")
    room.skip("Ana")
    assert (room.text("Ana"), "back" in room.view("Ana").actions) == ("On.", True)
    room.back("Ana")
    assert room.text("Ana") == text


def test_there_is_no_way_back_to_what_does_not_open_any_more() -> None:
    """A moment that has lost what it speaks of cannot be returned to."""
    room = _solo("""
steps:
  - {ask: A word?, id: word, answer: text, example: a}
  - {ask: "About {{ word }}?", id: about, answer: text, example: a}
  - say: On.
""")
    room.answer("Ana", "tea")
    room.answer("Ana", "hot")
    room.erase("Ana")
    assert "back" not in room.view("Ana").actions
    with pytest.raises(EventNotAllowed):
        room.back("Ana")


def test_there_is_no_way_back_from_what_is_shown() -> None:
    """What was revealed is revealed."""
    room = _solo("""
steps:
  - {ask: Which?, id: needs, answer: {list: text}, example: [a]}
  - {reveal: needs, id: shown, to: everyone}
  - say: On.
""")
    room.answer("Ana", ["rest"])
    room.answer("Ana", ["1"])
    with pytest.raises(EventNotAllowed):
        room.back("Ana")


def test_there_is_no_way_back_into_turns_that_have_begun_anew() -> None:
    """A pass of a block that has started again is over for good."""
    room = _members(
        """
steps:
  - repeat_until: 1 > 2
    at_most: 2
    steps:
      - turns: member
        steps: [{ask: A?, id: a, who: speaker, answer: text, example: a}]
""",
        "Ana",
    )
    room.answer("Ana", "one")
    with pytest.raises(EventNotAllowed):
        room.back("Ana")


def test_before_it_is_asked_there_is_no_trace_of_an_answer() -> None:
    """Nothing is kept of a question that has not been answered, skipped or passed over."""
    assert _entry(_solo(HOLES), "word") is None


def test_back_is_offered_only_where_it_leads_back() -> None:
    """When someone has come whom the moment before would ask as well, there is no way back."""
    plan = plan_of("""
        roles:
          member: {people: 1-3}
        steps:
          - {id: first, ask: One?, answer: text, example: tea}
          - {id: second, ask: Two?, answer: text, example: bread}
    """)
    room = Room(plan, "Ana")
    room.answer("Ana", "tea")
    assert "back" in room.view("Ana").actions
    room.join("Ben", "Ben", "member")
    assert "back" not in room.view("Ana").actions
    with pytest.raises(EventNotAllowed):
        room.back("Ana")
