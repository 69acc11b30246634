"""Faults in what is read: names, conditions, guards, and the order of what is asked and told."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.faults.fault import (
    CONDITIONS,
    Change,
    kind,
    names_in,
    names_in_text,
    readings,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.page import Entry, Page, Step

TEXTS = ("say", "ask", "speak", "wait", "end", "meanwhile", "hint", "note", "text")


def misspelt(name: str) -> str:
    """The name without its second letter, as a hurried hand writes it."""
    return name[0] + name[2:] if len(name) > 2 else f"{name}x"


def texts(page: Page) -> Iterator[Entry]:
    """Every entry that holds a text with values."""
    for entry in page.entries:
        rule = entry.name == "say" and "rules" in entry.path
        if entry.path[0] == "steps" and (rule or entry.name in TEXTS):
            yield entry


@kind("a name changed in a text", once=True)
def name_in_text(page: Page) -> Iterator[Change]:
    """The text has a hole where a person's words should stand."""
    for entry in texts(page):
        for name, at in names_in_text(page.written(entry), entry.value.start_mark.index):
            new = misspelt(name)
            text, line = page.swapped(at, at + len(name), new)
            bound = page.text[:at].endswith("for ")
            what = f"{name} → {new} in {entry.name}"
            yield what, (text, line), readings(text, name) if bound else ()


@kind("a name changed in a condition")
def name_in_condition(page: Page) -> Iterator[Change]:
    """The condition is never known, and a way stays closed."""
    for entry in page.named(*CONDITIONS):
        for name, at in names_in(page.written(entry), entry.value.start_mark.index):
            new = misspelt(name)
            yield f"{name} → {new}", page.swapped(at, at + len(name), new), ()


REFERENCES = (
    "for", "count", "who", "shared", "to", "reveal", "turns", "for_each", "avoids", "mentions",
    "include", "screen", "audience", "family", "tier", "source", "relation", "level", "status",
)  # fmt: skip


@kind("a word changed that refers to something", once=True)
def reference(page: Page) -> Iterator[Change]:
    """The step finds nobody to ask, or nothing to use."""
    for entry in page.named(*REFERENCES):
        written = page.written(entry)
        if re.fullmatch(r"[a-z_-]{3,}|\w+ in \w+", written):
            head, _, last = written.rpartition(" ")
            new = f"{head} {misspelt(last)}".strip()
            yield f"{entry.name}: {written} → {new}", page.put(entry, new), ()


@kind("an answer's id changed")
def answer_id(page: Page) -> Iterator[Change]:
    """What reads the answer later shows nothing, or is left out."""
    for step in page.steps:
        if {"ask", "reveal"} & step.keys.keys() and "id" in step.keys:
            new = f"the_{step.id}"
            text, line = page.put(step.keys["id"], new)
            read = readings(text, step.id)
            if read:
                yield f"{step.id} → {new}", (text, line), read


@kind("an id given twice")
def same_id(page: Page) -> Iterator[Change]:
    """Two answers share a name, and one person's words replace another's."""
    asked = [step for step in page.steps if {"ask", "reveal"} & step.keys.keys() and step.id]
    for one, other in pairwise(asked):
        text, line = page.put(other.keys["id"], one.id)
        later = max(one, other, key=lambda step: step.first)
        lines = {later.line, later.keys["id"].line}
        yield f"{other.id} → {one.id}", (text, line), {*lines, *readings(text, other.id)}


@kind("a key misspelt", once=True)
def key_misspelt(page: Page) -> Iterator[Change]:
    """What the author wanted to be held is not: a share, a limit, a guard."""
    for entry in page.entries:
        free = {"settings", "roles", "with", "labels", "example", "form", "counterexamples"}
        if not free & set(map(str, entry.path[:-1])):
            new = misspelt(entry.name)
            yield f"{entry.name} → {new}", page.renamed(entry, new), ()


@kind("a branch made constant")
def constant(page: Page) -> Iterator[Change]:
    """One way is never taken, whatever a person answers."""
    for entry in page.named("when", "repeat_until"):
        yield f"{page.written(entry)} → 1 == 1", page.put(entry, "1 == 1"), ()


_OPTION = re.compile(r'(?<=[=!]= ")[^"]+(?=")')


@kind("a condition on an option that is not offered")
def option_not_offered(page: Page) -> Iterator[Change]:
    """The way for this answer is never taken."""
    for entry in page.named("when", "repeat_until"):
        for found in _OPTION.finditer(page.written(entry)):
            start = entry.value.start_mark.index + found.start()
            new = f"{found[0]} at all"
            changed = page.swapped(start, start + len(found[0]), new)
            yield f"{found[0]} → {new}", changed, ()


_NUMBER = re.compile(r"(?<=[<>=] )\d+")


@kind("a condition beyond the range of its answer")
def beyond_range(page: Page) -> Iterator[Change]:
    """The way for this answer is never taken."""
    for entry in page.named("when", "repeat_until"):
        for found in _NUMBER.finditer(page.written(entry)):
            start = entry.value.start_mark.index + found.start()
            for new in ("12", "0"):
                changed = page.swapped(start, start + len(found[0]), new)
                yield f"{page.written(entry)}: {new}", changed, ()


_GUARDED = re.compile(
    r"[ ]*\{% if (\w+) is given %\}\n(.*?)(?:[ ]*\{% else %\}\n.*?)?[ ]*\{% endif %\}\n", re.DOTALL
)


@kind("a guard taken out")
def guard_out(page: Page) -> Iterator[Change]:
    """For whoever skipped the question, the last page has to fall away.

    Only at the end: any other step that reads what was skipped does not open, as it should.
    """
    for entry in page.named("end"):
        for found in _GUARDED.finditer(page.written(entry)):
            start = entry.value.start_mark.index
            text, line = page.swapped(start + found.start(), start + found.end(), found[2])
            inside = range(line, line + found[2].count("\n"))
            if readings(text, found[1]) & set(inside):
                lines = {entry.line, *inside}
                yield f"{found[1]} is given", (text, line), lines


def _end_of(page: Page, step: Step) -> int:
    """The line after the last step of the same list, but for an `end`."""
    same = [other for other in page.steps if other.path[:-1] == step.path[:-1]]
    last = [other for other in same if "end" not in other.keys][-1]
    return last.after


@kind("a question moved after its use")
def question_late(page: Page) -> Iterator[Change]:
    """A text wants an answer that nobody has given yet."""
    for step in page.steps:
        if "ask" in step.keys and step.id:
            at = _end_of(page, step)
            read = [line for line in readings(page.text, step.id) if step.after < line <= at]
            if read and at > step.after:
                text, line = page.moved(step, at)
                own = set(range(line, line + step.after - step.first))
                yield step.id, (text, line), readings(text, step.id) - own


@kind("a reveal before its question")
def reveal_early(page: Page) -> Iterator[Change]:
    """Someone is to choose from what they have not written."""
    for step in page.steps:
        if "reveal" in step.keys:
            name = page.written(step.keys["reveal"])
            ask = next(other for other in page.steps if other.id == name)
            turns = next(s for s in page.steps if "turns" in s.keys and s.path == step.path[:-2])
            text, line = page.moved(turns, ask.first)
            yield name, (text, line), readings(text, name)


@kind("a question taken out")
def question_out(page: Page) -> Iterator[Change]:
    """What reads its answer is left out for everyone."""
    for step in page.steps:
        if "ask" in step.keys and step.id:
            text = page.without(step)
            read = readings(text, step.id)
            if read and text.count("steps:") == page.text.count("steps:"):
                yield step.id, (text, step.line), read


@kind("a filter misspelt", once=True)
def filter_misspelt(page: Page) -> Iterator[Change]:
    """The text cannot be written at all."""
    for entry in texts(page):
        for found in re.finditer(r"(?<=\| )[a-z]+", page.written(entry)):
            start = entry.value.start_mark.index + found.start()
            yield found[0], page.swapped(start, start + len(found[0]), misspelt(found[0])), ()
