"""Faults in the care around an exercise, and in what its card says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.fault import Change, kind
from tests.faults.people import tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.page import Page


@kind("the screening taken out")
def screen_out(page: Page) -> Iterator[Change]:
    """Someone who is afraid of their partner is led into opening up."""
    for entry in page.named("screen"):
        care = page.at("care").line
        yield page.written(entry), page.cut(entry), {care, care + 1}


@kind("less care than the exercise has")
def tier_lowered(page: Page) -> Iterator[Change]:
    """What it stirs up is met without anyone who looks after people."""
    entry = page.at("care", "tier")
    acts = {s.line for s in page.steps if "facilitator" in map(page.written, s.keys.values())}
    if tier(page) >= 2 and acts:
        yield f"{tier(page)} → 1", page.put(entry, "1"), acts
    yield f"{tier(page)} → 7", page.put(entry, "7"), ()


@kind("the words on whom it is not for taken out")
def not_for_out(page: Page) -> Iterator[Change]:
    """Nobody hears that this could do them harm."""
    if tier(page) >= 2:
        care = page.at("care").line
        yield "not_for", page.cut(page.at("care", "not_for")), {care, care + 1}


@kind("the ratings of distress taken out")
def distress_out(page: Page) -> Iterator[Change]:
    """Nobody notices that it has become too much."""
    if tier(page) >= 2:
        care, entry = page.at("care").line, page.at("care", "distress")
        yield "distress", page.cut(entry), {care, care + 1}
        yield "distress: [before]", page.put(entry, "[before]"), {care, care + 1}


@kind("the lines of care taken out")
def care_lines_out(page: Page) -> Iterator[Change]:
    """Who gets dizzy, numb or afraid is not told what to do then.

    It matters where the exercise goes to the breath or to inner pictures.
    """
    if page.name in ("synchronised-breathing", "imagery-cascade"):
        care = page.at("care").line
        yield "before_you_start", page.cut(page.at("care", "before_you_start")), {care, care + 1}


@kind("a part that the library leans on changed")
def leaned_on(page: Page) -> Iterator[Change]:
    """In distress no rating comes, and no help; on a pause, no card."""
    ends = page.steps[-2:] if page.name == "grounding" else []
    for step in [*ends, *page.steps[: page.name == "pause-card"]]:
        yield step.id, page.put(step.keys["id"], f"{step.id}_2"), step.lines
        yield f"{step.id} guarded", page.with_lines(step.after, "when: person is given",
                                                    indent=step.indent + 2), step.lines  # fmt: skip
    if page.name in ("grounding", "pause-card", "human-help"):
        entry = page.at("care", "tier")
        text, line = page.with_lines(entry.line, "distress: [before, after]", indent=2)
        yield "distress in care", (text, line), (entry.line - 1, entry.line, line)


@kind("a held breath")
def held(page: Page) -> Iterator[Change]:
    """Holding the breath is hard on some, and dangerous to a few."""
    for step in page.steps:
        if "breathe" in step.keys:
            yield step.id, page.put(step.keys["breathe"], "{in: 4s, hold: 7s, out: 8s}"), ()


# The card


@kind("a source changed or taken out", once=True)
def source_out(page: Page) -> Iterator[Change]:
    """What is claimed has nothing behind it, or nothing that anyone can find."""
    card, entry, dose = page.at("card"), page.at("card", "sources"), page.at("card", "dose")
    yield "sources", page.cut(entry), {card.line, card.line + 1}
    yield "sources: []", page.put(entry, "[]"), ()
    for seed in page.named("seed"):
        yield "seed 007", page.put(seed, '"007"'), ()
    for doi in page.named("doi"):
        first = page.at(*doi.path[:-1], "cite")
        yield "a doi with an address", page.put(doi, "https://doi.org/x"), (first.line,)
    if "cite:" not in page.text:
        source = page.at("card", "dose", "source")
        yield "dose from literature", page.put(source, "literature"), dose.lines
    if "seed:" not in page.text:
        source = page.at("card", "dose", "source")
        yield "dose from a seed", page.put(source, "seed"), dose.lines


@kind("a dose that nobody can take", once=True)
def dose_wrong(page: Page) -> Iterator[Change]:
    """People set aside the wrong time, or none."""
    entry = page.at("card", "dose", "minutes")
    for new in ("0", "9999", "some"):
        yield new, page.put(entry, new), page.at("card", "dose").lines


@kind("a part of the head taken out", once=True)
def head_out(page: Page) -> Iterator[Change]:
    """People do not know what they begin."""
    for name in ("id", "version", "title", "summary", "family", "audience", "care", "steps"):
        yield name, page.cut(page.at(name)), {1}
    card = page.at("card").line
    for name in ("why", "dose"):
        yield name, page.cut(page.at("card", name)), {card, card + 1}
