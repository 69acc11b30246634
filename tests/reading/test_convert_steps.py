"""Every kind of step as it is written, and what can go wrong with it."""

from __future__ import annotations

import pytest

from compassion_protocols.findings import Span
from compassion_protocols.language.values import Duration
from compassion_protocols.model.names import People, Ref
from compassion_protocols.model.steps import (
    Ask,
    Breathe,
    Choose,
    End,
    ForEach,
    Include,
    Order,
    Part,
    Pass,
    RepeatUntil,
    Resume,
    Reveal,
    Say,
    Speak,
    Turns,
    Wait,
)
from compassion_protocols.reading.convert import read
from tests.reading.written import codes_of, found, protocol_of, read_text, step_of, written


def test_say() -> None:
    """A say has its text and perhaps a time after which it goes on by itself."""
    step = step_of("- say: Hello, {{ you }}.\n  for: 20s\n  who: [a, b]\n  when: x is given")
    assert isinstance(step, Say)
    assert step.text.reads == {"you"}
    assert step.duration == Duration(20)
    assert step.who == People(("a", "b"))
    assert step.when is not None
    assert step.when.reads == {"x"}


def test_what_every_step_may_carry() -> None:
    """Every step may carry an id, a note, a timer and what its timer does after a pause."""
    step = step_of(
        """
        - say: Hello.
          id: hello
          meanwhile: Wait.
          note: Look round.
          core: true
          uneven: Only one of you has seen it.
          timer: {at_least: 10s, at_most: longest}
          resume: restart
        """
    )
    assert step.id == "hello"
    assert (step.meanwhile and step.meanwhile.source) == "Wait."
    assert (step.note and step.note.source) == "Look round."
    assert step.core
    assert step.uneven == "Only one of you has seen it."
    assert step.timer is not None
    assert (step.timer.at_least, step.timer.at_most) == (Duration(10), Ref("longest"))
    assert step.resume is Resume.RESTART


def test_ask() -> None:
    """An ask keeps its examples as they were written: texts, lists and maps of texts."""
    step = step_of(
        """
        - ask: What?
          answer: {form: {what: text, on: date}}
          example: {what: 3, on: in 3 days}
          counterexamples: [{what: "no", on: 2026-01-01}, [1], true]
          shared: everyone
          hint: Anything.
          borrow: [One, Two]
        """
    )
    assert isinstance(step, Ask)
    assert step.example == {"what": "3", "on": "in 3 days"}
    assert step.counterexamples == ({"what": "no", "on": "2026-01-01"}, ["1"], "true")
    assert step.shared == People(("everyone",))
    assert step.borrow == ("One", "Two")


def test_borrow_by_name() -> None:
    """Phrases to borrow may be named instead of listed."""
    step = step_of("- ask: What?\n  answer: text\n  borrow: phrases")
    assert isinstance(step, Ask)
    assert step.borrow == Ref("phrases")


def test_speak() -> None:
    """A speak has its length, or the setting that holds it."""
    step = step_of("- speak: Tell.\n  for: floor_time\n  at_least: 30s")
    assert isinstance(step, Speak)
    assert (step.duration, step.at_least) == (Ref("floor_time"), Duration(30))


def test_breathe() -> None:
    """A breathe has a pattern and a count; what is not held lasts no time."""
    step = step_of("- breathe: {in: 4s, out: 6s}\n  count: 3\n  text: Gently.")
    assert isinstance(step, Breathe)
    assert (step.pattern.inhale, step.pattern.hold, step.pattern.exhale) == (4, 0, 6)
    assert step.count == 3


def test_wait() -> None:
    """A wait lasts for a time, or until an answer, and then has something for being too far off."""
    lasting = step_of("- wait: Rest.\n  for: 1m30s")
    assert isinstance(lasting, Wait)
    assert lasting.duration == Duration(90)
    until = step_of("- wait: Rest.\n  until: back\n  at_most: 1h\n  otherwise: [{say: Later.}]")
    assert isinstance(until, Wait)
    assert (until.until, until.at_most, len(until.otherwise)) == (Ref("back"), 3600, 1)


def test_reveal_and_pass() -> None:
    """A reveal names an answer and its readers, a pass a role and whom it goes to."""
    reveal, handing_on = protocol_of(
        "- reveal: start.needs\n  id: open\n  to: everyone\n- pass: holder\n  to: next"
    ).steps
    assert isinstance(reveal, Reveal)
    assert (reveal.answer, reveal.to) == (Ref("start.needs"), People(("everyone",)))
    assert isinstance(handing_on, Pass)
    assert (handing_on.role, handing_on.to) == (Ref("holder"), Ref("next"))


def test_blocks() -> None:
    """Parts, turns and repetitions have their steps inside."""
    part, turns, repeat = protocol_of(
        """
        - part: One
          steps: [{say: a.}, {end: b.}]
        - turns: partner
          as: [teller, hearer]
          order: reversed
          steps: [{say: a.}]
        - repeat_until: landed == "yes"
          at_most: 3
          steps: [{say: a.}]
          otherwise: [{say: b.}]
        """
    ).steps
    assert isinstance(part, Part)
    assert isinstance(part.steps[1], End)
    assert isinstance(turns, Turns)
    assert (turns.role, turns.names) == (Ref("partner"), ("teller", "hearer"))
    assert turns.order is Order.REVERSED
    assert isinstance(repeat, RepeatUntil)
    assert (repeat.at_most, len(repeat.otherwise)) == (3, 1)


@pytest.mark.parametrize(
    ("written", "item", "items"),
    [
        ("need in open_needs", "need", Ref("open_needs")),
        ("need  in start.needs", "need", Ref("start.needs")),
        ("3", "", 3),
        ("rounds", "", Ref("rounds")),
    ],
)
def test_for_each(written: str, item: str, items: object) -> None:
    """A for_each goes through a list under a name, or so many times."""
    step = step_of(f"- for_each: {written}\n  steps: [{{say: a.}}]\n  until: enough")
    assert isinstance(step, ForEach)
    assert (step.item, step.items) == (item, items)
    assert step.until is not None


def test_choose() -> None:
    """A choose has its cases in order, and what happens otherwise beside them."""
    step = step_of(
        """
        - choose:
            - {when: a == 1, steps: [{say: a.}]}
            - {when: a == 2, steps: [{say: b.}]}
          otherwise: [{say: c.}]
        """
    )
    assert isinstance(step, Choose)
    assert [case.when.source for case in step.cases] == ["a == 1", "a == 2"]
    assert len(step.otherwise) == 1


def test_include() -> None:
    """An include keeps what it hands in as it was written, by name."""
    step = step_of(
        "- include: a-b\n  with: {breaths: 3, cards: [a, b]}\n  as: start\n  version: ^1.2.0"
    )
    assert isinstance(step, Include)
    assert (step.protocol, step.prefix, step.version) == ("a-b", "start", "^1.2.0")
    assert step.given == (("breaths", "3"), ("cards", ["a", "b"]))
    assert step.linked is None


@pytest.mark.parametrize(
    ("steps", "codes"),
    [
        # which kind
        ("- @@aks: What?\n  answer: text", ["CP120"]),
        ("- @@hum: A song.\n  id: song", ["CP120"]),
        ("- @@id: song", ["CP120"]),
        ("- @@hum: A song.\n  steps: [{say: @@}]", ["CP120", "CP105"]),
        ("- @@hum: What?\n  answer: text\n  shared: everyone", ["CP120"]),
        ("- @@Hello", ["CP120"]),
        ("- say@@:Hello", ["CP016"]),
        ("- @@[]", ["CP120"]),
        ("- @@null", ["CP105"]),
        ("- @@{}", ["CP120"]),
        ("- say: a.\n  @@ask: b?\n  answer: text\n  for: 3s", ["CP121"]),
        # what belongs where
        ("- say: a.\n  @@shared: everyone", ["CP101"]),
        ("- say: a.\n  @@hnit: b", ["CP101"]),
        ("- say: a.\n  @@answer: text\n  example: b\n  @@music: c", ["CP101", "CP101"]),
        ("- say: a.\n  @@colour: blue", ["CP101"]),
        ("- ask: a?\n  @@anwser: text", ["CP101"]),
        ("- ask: a?\n  answer: text\n  keep: @@b", ["CP103"]),
        ("- ask: a?\n  answer: text\n  keep: @@{owner: writer}", ["CP102"]),
        ("- ask: a?\n  answer: text\n  keep: {as: b, owner: @@nobody}", ["CP106"]),
        ("- say: a.\n  @@chart: b", ["CP111"]),
        ("- @@ask: a?", ["CP102"]),
        ("- @@speak: a.", ["CP102"]),
        ("- @@reveal: a\n  to: everyone", ["CP102"]),
        ("- @@reveal: a\n  id: b", ["CP102"]),
        ("- @@part: a", ["CP102"]),
        ("- @@repeat_until: a\n  steps: [{say: b.}]", ["CP102"]),
        ("- @@pass: holder", ["CP102"]),
        # what goes together
        ("- @@breathe: {in: 4s, out: 6s}", ["CP102"]),
        ("- breathe: {in: 4s, out: 6s}\n  count: 3\n  @@for: 3s", ["CP122"]),
        ("- @@wait: a.", ["CP102"]),
        ("- wait: a.\n  for: 3s\n  @@until: b", ["CP122"]),
        ("- wait: a.\n  for: 3s\n  @@at_most: 3m\n  @@otherwise: [{say: b.}]", ["CP122", "CP122"]),
        ("- turns: a\n  timer: {@@at_most: 3m}\n  steps: [{say: b.}]", ["CP124"]),
        ("- turns: a\n  timer: {at_least: 3s}\n  steps: [{say: b.}]", []),
        ("- turns: a\n  as: @@[b]\n  steps: [{say: b.}]", ["CP122"]),
        ("- turns: a\n  as: @@[b, b]\n  steps: [{say: b.}]", ["CP122"]),
        ("- turns: a\n  as: @@b\n  steps: [{say: b.}]", ["CP103"]),
        (
            "- choose:\n    - {when: a, steps: [{say: b.}]}\n    - @@otherwise: [{say: c.}]",
            ["CP122"],
        ),
        ("- choose:\n    - @@steps: [{say: b.}]", ["CP102"]),
        ("- choose:\n    - @@a", ["CP103"]),
        ("- choose: @@[]", ["CP105"]),
        ("- part: a\n  steps: @@[]", ["CP105"]),
        ("- part: a\n  steps: @@b", ["CP103"]),
        ("- part: a\n  steps:\n    @@say: b.", ["CP103"]),
        # values
        ("- say: a.\n  id: @@A", ["CP114"]),
        ("- say: a.\n  id: @@7", ["CP114"]),
        ("- say: a.\n  id: @@loop", ["CP115"]),
        ("- say: a.\n  id: @@in", ["CP115"]),
        ("- say: a.\n  who: @@all of us", ["CP114"]),
        ("- say: a.\n  who: @@[]", ["CP105"]),
        ("- say: a.\n  who: [a, @@a]", ["CP116"]),
        ("- say: a.\n  who: @@{role: a}", ["CP104"]),
        ("- say: a.\n  core: @@yes", ["CP108"]),
        ("- say: a.\n  core: @@[]", ["CP104"]),
        ("- say: a.\n  uneven:@@", ["CP105"]),
        ("- say: a.\n  uneven: @@[a, b]", ["CP104"]),
        ("- say: a.\n  resume: @@later", ["CP106"]),
        ("- say: a.\n  timer: @@3m", ["CP103"]),
        ("- say: a.\n  timer: @@{at_least: 3m, at_most: 1m}", ["CP132"]),
        ("- say: a.\n  for: @@3", ["CP109"]),
        ("- say: a.\n  for: @@3 minutes", ["CP109"]),
        ("- say: a.\n  for: @@0s", ["CP109"]),
        ("- say: a.\n  for: @@[]", ["CP104"]),
        ("- speak: a.\n  for: 1m\n  at_least: @@2m", ["CP132"]),
        ("- speak: a.\n  for: b\n  at_least: 2m", []),
        ("- breathe: @@4s\n  count: 3", ["CP103"]),
        ("- breathe: {in: @@4, out: 6s}\n  count: @@0", ["CP109", "CP107"]),
        ("- breathe: {in: 4s, out: 6s, hold: 0s}\n  count: @@2.5", ["CP107"]),
        ("- for_each: @@every need\n  steps: [{say: b.}]", ["CP123"]),
        ("- for_each: @@0\n  steps: [{say: b.}]", ["CP107"]),
        ("- for_each: @@A in b\n  steps: [{say: b.}]", ["CP114"]),
        ("- for_each: a in @@B\n  steps: [{say: b.}]", ["CP114"]),
        ("- for_each: @@Rounds\n  steps: [{say: b.}]", ["CP114"]),
        ("- for_each: @@null\n  steps: [{say: b.}]", ["CP105"]),
        ("- repeat_until: a\n  at_most: @@0\n  steps: [{say: b.}]", ["CP107"]),
        ("- include: @@A b", ["CP112"]),
        ("- include: a\n  version: @@^1", ["CP113"]),
        ("- include: a\n  with: @@3", ["CP103"]),
        ("- include: a\n  with: {b: @@}", ["CP105"]),
        ("- ask: a?\n  answer: text\n  borrow: @@One phrase", ["CP114"]),
        ("- ask: a?\n  answer: text\n  borrow: @@[]", ["CP105"]),
        ("- ask: a?\n  answer: text\n  example:@@", ["CP105"]),
        ("- ask: a?\n  answer: text\n  counterexamples: @@b", ["CP103"]),
        ("- say:@@\n  id: a", ["CP105"]),
        ("- say: @@~", ["CP105"]),
        ("- say:\n    @@- a\n    - b", ["CP103"]),
        ("- say:\n    @@a: b", ["CP104"]),
    ],
)
def test_mistakes_in_steps(steps: str, codes: list[str]) -> None:
    """What is wrong in a step is found at its own place, and nothing else is."""
    assert codes_of(found(steps)) == codes


@pytest.mark.parametrize(
    ("steps", "message", "remedy"),
    [
        ("- say: a.\n  for: 3", "“for: 3”: how long is that?", "Write a unit: 3s for seconds, 3m"),
        ("- say: a.\n  for: 3 minutes", "“for: 3 minutes”", "with s, m or h: 3m."),
        ("- say: a.\n  for: soon enough", "", "90s, 3m, 1m30s or 1h."),
        (
            "- aks: a?\n  answer: text",
            "“aks” is no kind of step. Did you mean “ask”?",
            "one of: say",
        ),
        (
            "- say: a.\n  shared: all",
            "so it would change nothing for anyone. That belongs to `ask`.",
            "Write one of: id",
        ),
        ("- say: a.\n  otherwise: []", "`wait` and `repeat_until` and `choose`", ""),
        ("- say: a.\n  steps: []", "A `say` step has no “steps”, so it would change nothing", ""),
        ("- ask: a?\n  anser: text", "change nothing for anyone. Did you mean “answer”?", ""),
        ("- say: a.\n  id: What Now", "“What Now” cannot be a name", "such as “what_now”"),
        ("- say: [Pause] now", "", ""),
        ("- say: a.\n  meanwhile: {b}", "“meanwhile”: YAML takes this", 'of it: "{b}"'),
        ("- say: a.\n  meanwhile: {b: [c}", "", ""),
        ("- Hello: you", "“Hello” is no kind of step.", "Begin it with one of"),
        ("- Hello", "“Hello” is a text", 'as in - say: "Hello"'),
    ],
)
def test_what_is_said_of_a_mistake(steps: str, message: str, remedy: str) -> None:
    """A finding says what was written, what is wrong with it, and what would be right."""
    finding = read_text(written(steps)).findings[0]
    assert message in finding.message
    assert remedy in finding.remedy


def test_two_kinds_are_one_mistake() -> None:
    """What belongs to a second kind in one step is not complained of a second time."""
    findings = found("- say: a.\n  @@turns: b\n  steps: [{say: c.}]\n  order: d\n  as: e")
    assert codes_of(findings) == ["CP121"]


def test_a_mistake_in_a_text_in_one_line() -> None:
    """A mistake in a text is found at its word, past the quote that the text begins with."""
    findings = found('- say: "Hello, {{ you | @@shout }}."\n- say: Hello, {{ you | @@shout }}.')
    assert [finding.code[:3] for finding in findings] == ["CP2", "CP2"]


@pytest.mark.parametrize("sign", ["|", ">", "|-", ">-"])
def test_a_mistake_in_a_text_of_several_lines(sign: str) -> None:
    """A mistake in a text of several lines is found on its own line, however the text begins."""
    [finding] = found(f"- say: {sign}\n    Hello.\n\n    Well, {{{{ you | @@shout }}}}.\n  id: a")
    assert finding.code.startswith("CP2")


def test_a_mistake_in_a_folded_text() -> None:
    """A mistake in a text that goes on below its name is found on its own line."""
    [finding] = found("- say: Hello,\n    my dear {{ you | @@shout }}.\n  id: a")
    assert finding.code.startswith("CP2")


@pytest.mark.parametrize("key", ["when", "repeat_until"])
def test_a_mistake_in_a_condition(key: str) -> None:
    """A mistake in a condition is found at its own place."""
    rest = "at_most: 2\n  steps: [{say: a.}]" if key == "repeat_until" else "say: a."
    [finding] = found(f"- {key}: a @@= b\n  {rest}")
    assert finding.code.startswith("CP2")


def test_where_texts_begin() -> None:
    """A text knows the place of its first character, in quotes, plain or below a sign."""
    steps = protocol_of('- say: "a"\n- say: b\n- say: |\n    c\n- say: |\n\n    d\n').steps
    places = [step.text.span for step in steps if isinstance(step, Say)]
    first = places[0].line
    assert [(place.line - first, place.column) for place in places] == [
        (0, 11),
        (1, 10),
        (3, 7),
        (5, 7),
    ]


def test_an_empty_text_below_a_sign() -> None:
    """A sign with no text below it has nothing to say."""
    [finding] = read_text(written("- say: |\n  id: a")).findings
    assert finding.code == "CP105"
    assert read(b"say: |", "a.yaml").protocol is None


def test_places_of_references() -> None:
    """What is read by name and who is meant know their places."""
    step = step_of("- speak: a.\n  who: speaker\n  for: floor_time")
    assert isinstance(step, Speak)
    assert isinstance(step.duration, Ref)
    first = step.span
    assert step.duration.span == Span("a.yaml", first.line + 2, 10)
    assert step.who is not None
    assert step.who.span == Span("a.yaml", first.line + 1, 10)
