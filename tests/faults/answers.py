"""Faults in questions: their kinds of answer, examples and rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.faults.fault import Change, kind, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.page import Entry, Page


@kind("another kind of answer", once=True)
def answer_kind(page: Page) -> Iterator[Change]:
    """Comparing, choosing or looping with it means nothing any more.

    Only where the example, or what reads the answer, has no use for the new kind.
    """
    for entry in page.named("answer"):
        step, written = page.around(entry), page.written(entry)
        for new in ("text", "yes_no"):
            loose = written.startswith(("text", "long_text", "{choice", new)) or "\n" in written
            text, line = page.put(entry, new)
            read = readings(text, step.id)
            if (new == "yes_no" and written != new) or (read and not loose):
                what = f"{' '.join(written.split())} → {new}"
                yield what, (text, line), {*step.lines, *read}


@kind("an option renamed")
def option_renamed(page: Page) -> Iterator[Change]:
    """What was meant for whoever chooses it happens to nobody.

    Only options that something compares with, or that the example chooses.
    """
    for entry in page.named("choice"):
        if "answer" not in entry.path:
            continue
        step = page.around(entry)
        example = step.keys["example"]
        for found in re.finditer(r'[^\[\],"\n]+', page.written(entry)):
            option = found[0].strip().removeprefix("- ")
            lines = _comparing(page, step.id, option)
            if page.written(example).strip('"') == option:
                lines.add(example.line)
            if option and lines:
                start = entry.value.start_mark.index + found.start() + found[0].index(option)
                new = f"{option} now"
                yield f"{step.id}: {new}", page.swapped(start, start + len(option), new), lines


def _comparing(page: Page, name: str, option: str) -> set[int]:
    comparison = re.compile(rf'\b{name} [=!]= "{re.escape(option)}"')
    return {number for number, line in enumerate(page.lines, 1) if comparison.search(line)}


# Examples


@kind("an example taken out", once=True)
def example_out(page: Page) -> Iterator[Change]:
    """Nobody can rehearse it, or see what is meant."""
    for entry in page.named("example"):
        step = page.around(entry)
        yield page.written(step.keys["answer"]), page.cut(entry), {step.line}


@kind("an example that its question refuses", once=True)
def example_broken(page: Page) -> Iterator[Change]:
    """Who follows the example is turned away."""
    for entry in page.named("example"):
        answer = page.written(page.around(entry).keys["answer"])
        new = "{what: 3}" if answer in ("text", "long_text") else "not an answer to this"
        yield answer, page.put(entry, new), ()


def _counterexamples(page: Page, entry: Entry) -> Iterator[tuple[int, int, str]]:
    """Each counterexample of a question: where it begins and ends, and what it is."""
    for item in getattr(entry.value, "value", []):
        start = item.start_mark.index
        written = page.text[start : item.end_mark.index].rstrip()
        yield start, start + len(written), written


@kind("a counterexample taken for the example")
def example_as_counter(page: Page) -> Iterator[Change]:
    """The example shows what the rule speaks against."""
    for entry in page.named("counterexamples"):
        step = page.around(entry)
        _, _, wrong = next(_counterexamples(page, entry))
        yield step.id, page.put(step.keys["example"], wrong), ()


@kind("a counterexample that no rule answers")
def counter_broken(page: Page) -> Iterator[Change]:
    """The author believes in a rule that stays silent."""
    instead = {"[": "[A walk, A talk]", "{": "{what: A walk, by_when: in 3 days}"}
    for entry in page.named("counterexamples"):
        for start, end, written in _counterexamples(page, entry):
            new = instead.get(written[0], "A warm hand")
            yield f"{written[:20]} → {new}", page.swapped(start, end, new), ()


@kind("counterexamples taken out")
def counter_out(page: Page) -> Iterator[Change]:
    """Nobody knows whether the rule would ever speak."""
    for entry in page.named("counterexamples"):
        step = page.around(entry)
        yield step.id, page.cut(entry), {step.line, *step.keys["rules"].lines}


# Rules


@kind("a rule made unmeetable")
def rule_unmeetable(page: Page) -> Iterator[Change]:
    """Whatever anyone writes, the same invitation comes back."""
    for entry in page.named("sentences", "items"):
        example = page.around(entry).keys["example"]
        for new in ("{exactly: 9}", "{min: 3, max: 1}", "{max: 0}"):
            yield f"{entry.name}: {new}", page.put(entry, new), {entry.line, *example.lines}
    for entry in page.named("within"):
        example = page.around(entry).keys["example"]
        yield "within: {days: 1}", page.put(entry, "{days: 1}"), {entry.line, *example.lines}


@kind("a rule without its invitation")
def rule_silent(page: Page) -> Iterator[Change]:
    """A person is stopped, and is not told why."""
    for entry in page.named("say"):
        if "rules" in entry.path:
            yield "say", page.cut(entry), {entry.line - 1, entry.line - 2}


@kind("a rule on a field that is not there")
def rule_field(page: Page) -> Iterator[Change]:
    """The rule stays silent for everyone."""
    for entry in page.named("field"):
        yield f"{page.written(entry)} → whom", page.put(entry, "whom"), ()
