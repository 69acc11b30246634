"""The steps of a protocol on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from compassion_protocols.authoring.paper.leaflet import Entry, Reader, Room
from compassion_protocols.authoring.paper.steps import entries_of, flat, numbered
from compassion_protocols.catalog import Source, bundled
from compassion_protocols.loading import examine, load
from compassion_protocols.model.steps import Ask
from compassion_protocols.render.prose import Listing, plainly
from compassion_protocols.testing.strategies import as_yaml, protocols
from tests.checking.found import whole
from tests.plans import protocol_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compassion_protocols.render.page import Section
    from compassion_protocols.testing.samples import Data

COUPLE = """\
audience: couple
roles:
  partner: {people: 2}
  holder: {one_of: partner, others: hearer}
settings:
  floor_time: {duration: 3m, min: 1m, max: 5m, label: Time}
  rounds: {number: 2, min: 1, max: 3, label: Rounds}
  deck: {list: [river, stone], label: Cards}
  loud: {yes_no: no, label: Loud}
"""
GROUP = COUPLE.replace("couple", "group").replace("people: 2", "people: 3-5")


def entries(steps: str, reader: str = "participant", head: str = COUPLE) -> tuple[Entry, ...]:
    """Some steps on paper."""
    return entries_of(whole(f"{head}steps:\n{steps}"), Reader(reader))


def said(piece: Section | Room) -> str:
    """What a piece says, with its label."""
    if isinstance(piece, Room):
        return f"<{piece.kind}>"
    lines = [
        plainly(line)
        for block in piece.blocks
        for item in (block.items if isinstance(block, Listing) else (block.lines,))
        for line in item
    ]
    return f"{piece.label}: {' '.join(lines)}" if piece.label else " ".join(lines)


def told(entry: Entry) -> list[str]:
    """Everything that stands at one step itself."""
    return [said(piece) for piece in entry.pieces]


def everything(found: Iterable[Entry]) -> Iterator[Entry]:
    """Every entry and those inside it."""
    for entry in found:
        yield entry
        yield from everything(entry.entries)


def test_steps_are_numbered_in_order() -> None:
    """Steps have numbers, those inside a step below it, and included ones stand in place."""
    found = entries(
        "  - say: One.\n"
        "  - include: three-breath-pause\n"
        "    with: {breaths: rounds}\n"
        "  - part: A part\n"
        "    steps: [{say: Inside.}]\n"
    )
    assert [entry.number for entry in everything(found)] == ["1", "2", "3", "4", "5", "5.1"]
    assert told(found[2])[1] == "Breathe in for 4, out for 6 seconds; 2 times."
    assert told(found[4]) == ["A part"]


def test_turns_are_explained() -> None:
    """Turns say who is who; in two the other is the listener, in a group the others listen."""
    steps = (
        "  - turns: partner\n"
        "    order: shuffled\n"
        "    steps:\n"
        "      - speak: \"{{ speaker }}, tell {{ listener }} about it.\"\n"
        "        who: speaker\n"
        "        for: floor_time\n"
        "        meanwhile: Only listen, {{ listener }}.\n"
        "      - ask: What did you hear?\n"
        "        id: heard\n"
        "        who: listener\n"
        "        shared: everyone\n"
        "        answer: text\n"
        "        example: a\n"
        "        meanwhile: Wait a little.\n"
    )  # fmt: skip
    [turns] = entries(steps)
    assert told(turns) == [
        "Each of you in turn. Whoever’s turn it is, is the speaker; the other one is the listener. "
        "Draw lots for who begins."
    ]
    speak, ask = turns.entries
    assert (speak.who, ask.who) == ("The speaker", "The listener")
    assert told(speak) == [
        "Tell the listener about it.",
        "Time: 3 minutes.",
        "The listener, meanwhile: Only listen.",
    ]
    assert told(ask)[-2:] == [
        "Say it aloud when it is there, if you still want to.",
        "The speaker, meanwhile: Wait a little.",
    ]
    [turns] = entries(steps, head=GROUP)
    assert told(turns)[0].startswith(
        "Each of you in turn. Whoever’s turn it is, is the speaker. Draw"
    )
    assert turns.entries[1].who == "The others"


def test_other_names_in_turns_are_spoken() -> None:
    """Where an author names the speaker otherwise, the page does, too."""
    [turns] = entries(
        "  - turns: partner\n"
        "    as: [teller, hearing_one]\n"
        "    steps: [{speak: 'Begin, {{ teller }}.', who: teller, for: 1m}]\n"
    )
    assert "is the teller; the other one is the hearing one." in told(turns)[0]
    assert turns.entries[0].who == "The teller"


def test_nothing_private_is_asked_for() -> None:
    """A private answer stays private on both pages; of a reveal only what is picked is shown."""
    steps = (
        "  - {ask: A secret?, id: secret, who: partner, answer: text, example: a}\n"
        "  - {reveal: secret, id: shown, who: partner, to: everyone}\n"
        "  - {ask: For one?, id: one, who: holder, shared: facilitator, answer: text, example: a}\n"
    )
    ask, reveal, one = entries(steps)
    assert ask.who == "Each of you, for yourself"
    assert told(ask)[-1] == "This stays with you. Nobody else reads it, and nobody asks for it."
    assert "Choose what of it you would like to show" in told(reveal)[0]
    assert told(reveal)[0].startswith("Look again at what was written at 1.")
    assert told(reveal)[0].endswith("The rest stays with you; so may all of it.")
    assert told(one)[-1] == "This is for the facilitator alone to hear."
    leads = entries(steps, "facilitator")[0]
    assert told(leads)[-1] == "This stays with its writer. Do not ask to hear or to see it."
    alone = entries(
        "  - {ask: A secret?, id: s, answer: text, example: a}\n", head="audience: individual\n"
    )
    assert told(alone[0]) == ["A secret?", "<lines>"]
    assert alone[0].who == ""


@pytest.mark.parametrize(
    ("owner", "line"),
    [
        ("writer", "If you like, keep this for another time. It is yours alone."),
        ("everyone", "Keep this for another time only if every one of you says yes."),
    ],
)
def test_what_may_be_kept_is_said(owner: str, line: str) -> None:
    """Where an answer may be kept for another time, the page says who decides."""
    [ask] = entries(
        "  - {ask: A?, id: a, shared: everyone, answer: text, example: b,"
        f" keep: {{as: words, owner: {owner}}}}}\n"
    )
    assert told(ask)[-1] == line


def test_the_leader_has_more() -> None:
    """Notes, and what may be said where words do not come out as meant, are for who leads."""
    steps = (
        "  - say: Is everyone here?\n"
        "    who: facilitator\n"
        "    meanwhile: Come in.\n"
        "    note: Count them.\n"
        "  - ask: What?\n"
        "    id: what\n"
        "    who: partner\n"
        "    answer: text\n"
        "    example: a\n"
        "    hint: Few words.\n"
        "    timer: {at_most: 90s}\n"
        "    borrow: deck\n"
        "    rules: [{sentences: {max: 1}, say: Which matters most?}]\n"
        "    counterexamples: [One. Two.]\n"
    )
    mine, yours = entries(steps), entries(steps, "facilitator")
    assert told(mine[0]) == ["Everyone else, meanwhile: Come in."]
    assert told(yours[0]) == [
        "Is everyone here?",
        "Everyone else, meanwhile: Come in.",
        "For you who lead: Count them.",
    ]
    assert mine[0].who == yours[0].who == "The facilitator"
    assert told(mine[1]) == [
        "What?",
        "Few words.",
        "Words to borrow, if you like: river stone",
        "<lines>",
        "This stays with you. Nobody else reads it, and nobody asks for it.",
        "At most 1 minute 30 seconds.",
    ]
    assert told(yours[1])[-1] == "If it helps, say once, and kindly: Which matters most?"


def test_ways_that_part_are_told() -> None:
    """A guard, a choice and a loop say in words when and how often; what is settled is left out."""
    found = entries(
        "  - {ask: Sure?, id: sure, who: holder, shared: everyone, answer: yes_no, example: yes}\n"
        "  - say: Aloud.\n"
        "    when: loud\n"
        "  - say: Softly.\n"
        "    when: not loud\n"
        "  - say: Good.\n"
        "    when: sure\n"
        "  - choose:\n"
        "      - when: sure\n"
        "        steps: [{say: A.}, {say: B.}]\n"
        "      - when: not loud\n"
        "        steps: [{say: C.}]\n"
        "    otherwise: [{say: D.}]\n"
        "  - choose:\n"
        "      - when: sure\n"
        "        steps: [{end: That is all.}]\n"
        "  - repeat_until: done == \"yes\"\n"
        "    at_most: rounds\n"
        "    steps:\n"
        "      - {ask: Done?, id: done, who: holder, shared: everyone,"
        " answer: {choice: [yes, no]}, example: yes}\n"
        "    otherwise: [{say: Leave it.}]\n"
    )  # fmt: skip
    assert [entry.number for entry in found] == ["1", "3", "4", "5", "6", "7"]
    assert told(found[1]) == ["Softly."]
    assert told(found[2]) == ["Only if the answer at 1 is yes:", "Good."]
    choose, single, repeat = found[3:]
    assert told(choose) == ["One of these, whichever fits first:"]
    assert [told(entry) for entry in choose.entries] == [
        ["If the answer at 1 is yes:", "A."],
        ["B."],
        ["This one:", "C."],
        ["Otherwise:", "D."],
    ]
    assert told(single) == []
    assert told(single.entries[0]) == ["If the answer at 1 is yes:", "That is all."]
    assert told(repeat) == [
        "What follows may come up to 2 times, until the answer at 7.1 is “yes”."
    ]
    assert told(repeat.entries[1]) == ["If it never comes to that:", "Leave it."]


def test_loops_say_what_they_go_through() -> None:
    """A loop says which items it goes through, or how many times, and until when."""
    needs = "  - {ask: Needs?, id: needs, who: holder, shared: everyone, answer: {list: text}, "
    needs += "example: [a]}\n"
    found = entries(
        needs + "  - for_each: need in needs\n"
        "    steps: [{say: 'About {{ need }}.'}]\n"
        "  - for_each: card in deck\n"
        "    steps: [{say: 'See {{ card }}.'}]\n"
        "  - for_each: rounds\n"
        "    steps: [{say: Again.}]\n"
        "  - for_each: 1\n"
        "    until: calm\n"
        "    steps:\n"
        "      - {ask: Calm?, id: calm, who: holder, shared: everyone, answer: yes_no,"
        " example: yes}\n"
    )
    assert [told(entry)[0] for entry in found[1:]] == [
        "For each need, one after the other, of the list at 1:",
        "For each card, one after the other, of “river” and “stone”:",
        "2 times:",
        "Once, until the answer at 5.1 is yes:",
    ]
    assert told(found[1].entries[0]) == ["About [this need]."]


def test_the_other_steps_are_told() -> None:
    """Breath, silence, talk and a role that is passed on have their words and times."""
    found = entries(
        "  - {breathe: {in: 4s, hold: 1s, out: 6s, rest: 2s}, for: 1m, text: Easy.}\n"
        "  - {breathe: {in: 4s, out: 6s}, count: 1}\n"
        "  - {wait: Rest., for: 90s}\n"
        "  - {ask: When?, id: back, who: holder, shared: everyone, answer: time, example: 18:30}\n"
        "  - {wait: Until then., until: back, at_most: 1h, otherwise: [{say: Too far.}]}\n"
        "  - {speak: Talk., for: floor_time}\n"
        "  - {pass: holder, to: next}\n"
        "  - {say: Look., for: 20s, who: hearer}\n"
        "  - {part: A part, timer: {at_most: floor_time}, steps: [{say: In it.}]}\n"
    )
    assert told(found[0]) == [
        "Easy.",
        "Breathe in for 4, hold for 1, out for 6, rest for 2 seconds, for 1 minute.",
    ]
    assert told(found[1]) == ["Breathe in for 4, out for 6 seconds; once."]
    assert told(found[2]) == ["Rest.", "In silence, for 1 minute 30 seconds."]
    assert told(found[4]) == ["Until then.", "Until the time at 4, at most 1 hour."]
    assert told(found[4].entries[0]) == ["If that is too far off:", "Too far."]
    assert (found[5].who, told(found[5])) == ("All together", ["Talk.", "Time: 3 minutes."])
    assert told(found[6]) == ["Now the next person is the holder."]
    assert (found[7].who, told(found[7])) == ("The others", ["Look.", "For 20 seconds."])
    assert told(found[8]) == ["A part", "At most 3 minutes."]


def test_several_roles_are_told_apart() -> None:
    """Where there are several roles, each is spoken of by its own name."""
    head = COUPLE.replace("  partner: {people: 2}", "  parent: {people: 2}\n  child: {people: 1}")
    head = head.replace("one_of: partner", "one_of: parent")
    parent, child, turns = entries(
        "  - {speak: Begin., who: parent, for: 1m}\n  - {speak: And you., who: child, for: 1m}\n"
        "  - {turns: parent, steps: [{speak: And now., who: listener, for: 1m}]}\n",
        head=head.replace("audience: couple", "audience: family"),
    )
    assert (parent.who, child.who) == ("Each parent", "The child")
    assert told(turns)[0].startswith("Each parent in turn. Whoever’s turn it is, is the speaker; ")
    assert turns.entries[0].who == "The listener"


def test_an_include_that_is_guarded_or_not_found_is_a_step() -> None:
    """An include that may be left out has its steps below it; one not found is a bare number."""
    [guarded] = entries("  - include: grounding\n    when: rounds > 1\n")
    assert (told(guarded), len(guarded.entries)) == ([], 9)
    found = entries_of(protocol_of("steps:\n  - include: nowhere\n"), Reader.PARTICIPANT)
    assert found == (Entry("1"),)


def asks(data: Data | str) -> Iterator[tuple[Ask, Entry]]:
    """Each question of a clean protocol that is on the page, and its place there."""
    if isinstance(data, str):
        protocol = load(data).protocol
    else:
        found = examine(Source("drawn", as_yaml(data)), bundled()).protocol
        assert found is not None
        protocol = found
    places = {entry.number: entry for entry in everything(entries_of(protocol, Reader.PARTICIPANT))}
    leads = {entry.number for entry in everything(entries_of(protocol, Reader.FACILITATOR))}
    assert set(places) == leads
    several = sum(seat.most for seat in protocol.seats) > 1
    for number, step in numbered(tuple(flat(protocol.steps))):
        if isinstance(step, Ask) and number in places and several:
            yield step, places[number]


def stays_private(step: Ask, entry: Entry) -> bool:
    """Whether the page says of an answer what the protocol says."""
    words = " ".join(told(entry)[-3:])
    hidden = not any(isinstance(piece, Room) for piece in entry.pieces)
    return hidden or ("This stays with you" in words) is (step.shared is None)


@given(protocols())
def test_any_clean_protocol_can_be_printed(data: Data) -> None:
    """Any clean protocol has a page for both, with the same numbers; what is private stays so."""
    assert all(stays_private(step, entry) for step, entry in asks(data))


@pytest.mark.parametrize("name", bundled().ids())
def test_every_shipped_protocol_can_be_printed(name: str) -> None:
    """Every shipped protocol has a page for both; what is private stays so."""
    assert all(stays_private(step, entry) for step, entry in asks(name))
