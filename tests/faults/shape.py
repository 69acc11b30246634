"""Faults in times, loops and includes, and in the YAML itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.faults.fault import Change, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.page import Page


@kind("a timer cut")
def timer_cut(page: Page) -> Iterator[Change]:
    """The time is over before anyone has read what to do, or done it."""
    for step in page.steps:
        entry = step.keys.get("for")
        if entry is not None and re.fullmatch(r"\d+[sm]", page.written(entry)):
            for new in ("1s", "0s"):
                yield f"{step.id}: {new}", page.put(entry, new), {step.line, entry.line}
    for entry in page.named("duration"):
        yield f"{entry.path[-2]}: 1s", page.put(entry, "1s"), ()


@kind("a time that may be chosen too short")
def least_cut(page: Page) -> Iterator[Change]:
    """Whoever chooses the least has no time to say anything."""
    for entry in page.named("min"):
        if page.written(entry).endswith(("s", "m")):
            users = [
                (step.line, step.keys["for"].line)
                for step in page.steps
                if "for" in step.keys and page.written(step.keys["for"]) == entry.path[-2]
            ]
            lines = {entry.line, *[line for pair in users for line in pair]}
            yield f"{entry.path[-2]}", page.put(entry, "1s"), lines


@kind("a length of time that is none", once=True)
def no_time(page: Page) -> Iterator[Change]:
    """The step has no end."""
    for entry in page.named("for", "in", "out", "duration"):
        yield f"{entry.name}: a while", page.put(entry, "a while"), ()
    for step in page.steps:
        if "for" in step.keys:
            kind_of = next(iter(step.keys))
            yield f"{kind_of} without for", page.cut(step.keys["for"]), {step.line}


@kind("a limit taken out")
def limit_out(page: Page) -> Iterator[Change]:
    """A repetition could go on for as long as somebody is not content."""
    for entry in page.named("at_most"):
        step = page.around(entry)
        yield f"{step.id}: none", page.cut(entry), {step.line}
        for new in ("0", "1000", "often"):
            yield f"{step.id}: {new}", page.put(entry, new), {step.line, entry.line}


@kind("bounds the wrong way round")
def bounds_turned(page: Page) -> Iterator[Change]:
    """No answer can be given."""
    for entry in page.named("max"):
        if entry.path[0] == "settings":
            yield f"{entry.path[-2]}: max 0", page.put(entry, "0"), ()
        elif "rules" not in entry.path:
            step = page.around(entry)
            lines = {*step.keys["answer"].lines, *step.keys["example"].lines}
            yield f"{step.id}: max 0", page.put(entry, "0"), lines


@kind("a default outside its bounds")
def default_outside(page: Page) -> Iterator[Change]:
    """The exercise cannot start as it stands."""
    for entry in page.named("duration", "number"):
        if entry.path[0] == "settings":
            new = "1h" if entry.name == "duration" else "99"
            yield f"{entry.path[-2]}: {new}", page.put(entry, new), ()


@kind("a number that must be one", once=True)
def number(page: Page) -> Iterator[Change]:
    """The exercise cannot say how many."""
    for entry in page.named("count", "own", "min", "days", "exactly"):
        yield entry.name, page.put(entry, "several-2"), ()


@kind("an include changed", once=True)
def include_changed(page: Page) -> Iterator[Change]:
    """Another exercise comes than was meant, or none."""
    for step in page.steps:
        if "include" not in step.keys:
            continue
        version = page.with_lines(step.line, "version: ^2.0.0", indent=step.indent + 2)
        yield "version", version, {step.line, step.line + 1}
        yield f"{page.name} itself", page.put(step.keys["include"], page.name), ()
        setting = page.at(*step.path, "with", "breaths")
        for new in ("30", "0", "many", "floor_time", "[3]"):
            yield f"breaths: {new}", page.put(setting, new), ()
        yield "breath", page.renamed(setting, "breath"), ()


@kind("an end in the middle")
def end_early(page: Page) -> Iterator[Change]:
    """Nobody ever sees what stands after it."""
    if len(page.top) > 2:
        text, line = page.with_lines(page.top[1].first, "- end: That is all.", indent=2)
        yield page.top[1].id, (text, line), {line, line + 1}


@kind("two kinds in one step, or none", once=True)
def two_kinds(page: Page) -> Iterator[Change]:
    """The step cannot be carried out as it is written."""
    step = page.steps[0]
    second = page.with_lines(step.after, "ask: And this?", indent=step.indent + 2)
    yield "two", second, {step.line, second[1]}
    yield "none", page.renamed(step.keys["say"], "text"), {step.line}


# The YAML


@kind("a slip of the pen in a headline", once=True)
def slip(page: Page) -> Iterator[Change]:
    """The file says something else than its author wrote."""
    title, at = page.at("title"), page.at("title").key.end_mark.index
    written = page.written(title)
    yield "no space after the colon", page.swapped(at, at + 2, ":"), ()
    yield "no colon", page.swapped(at, at + 2, " "), ()
    yield "a quote not closed", page.put(title, f'"{written}'), ()
    yield "an anchor", page.put(title, f"&a {written}"), ()
    yield "an alias", page.put(title, "*a"), ()
    yield "a tag", page.put(title, f"!x {written}"), ()
    yield "a template without quotes", page.put(title, "{{ you }} and I"), ()
    yield "a colon in a text", page.put(title, "One: two"), ()
    yield "a backslash", page.put(title, '"One \\q"'), ()
    again = page.with_lines(title.line - 1, "title: Again")
    yield "a key twice", again, {title.line, title.line + 1}


@kind("a slip of the pen in lists and maps", once=True)
def slip_in_shape(page: Page) -> Iterator[Change]:
    """What belongs together is torn apart, or the other way round."""
    said, why = page.steps[0].keys["say"], page.at("card", "why")
    start = said.key.start_mark.index - said.key.start_mark.column
    yield "a tab", page.swapped(start, start + 2, "\t"), ()
    entry = page.at("audience")
    yield "a bracket not closed", page.put(entry, "[couple"), {entry.line, entry.line + 1}
    at = why.key.start_mark.index
    yield "a wrong column", page.swapped(at, at, " "), {why.line, why.lines[-1], why.lines[-1] + 1}
    yield "two documents", page.with_lines(page.at("card").line - 1, "---"), ()
