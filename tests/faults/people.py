"""Faults in who reads, acts and waits: shares, roles, turns, and sizes of group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.fault import Change, kind, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.page import Page, Step


def turns_around(page: Page, step: Step) -> Step | None:
    """The `turns` around a step."""
    around = (s for s in page.steps if "turns" in s.keys and step.path[: len(s.path)] == s.path)
    return next((each for each in around if each is not step), None)


def tier(page: Page) -> int:
    """How much care a protocol asks for."""
    return int(page.written(page.at("care", "tier")))


def addressed(step: Step) -> set[int]:
    """The lines of a step on which people are named, spoken to or spoken of."""
    names = ("say", "ask", "speak", "wait", "reveal", "meanwhile", "hint", "note", "who", "shared")
    return {line for name in names if name in step.keys for line in step.keys[name].lines}


# Private words

UNSHOWN = {"thanks": "each reads their own aloud, and it stands on no other screen"}
"""Answers that no screen shows to others even where they are shared; and why."""


@kind("a share taken out")
def share_out(page: Page) -> Iterator[Change]:
    """Words that were given in private stand on another person's screen."""
    for entry in page.named("shared"):
        step = page.around(entry)
        text, line = page.cut(entry)
        if readings(text, step.id) and step.id not in UNSHOWN:
            yield step.id, (text, line), readings(text, step.id)


@kind("a share made narrow")
def share_narrow(page: Page) -> Iterator[Change]:
    """Words that were given to one stand on another person's screen.

    They are given to their writer alone, or to a facilitator.
    """
    for entry in page.named("shared", "to"):
        step = page.around(entry)
        own = page.written(step.keys["who"]) if "who" in step.keys else ""
        alone = [own] if own in ("speaker", "listener") else []
        for new in (*alone, "facilitator"):
            text, line = page.put(entry, new)
            if readings(text, step.id) and step.id not in UNSHOWN:
                yield f"{step.id} → {new}", (text, line), {line, *readings(text, step.id)}


def private_questions(page: Page) -> Iterator[Step]:
    """The questions to several people whose answers nothing shares."""
    for step in page.steps:
        if page.is_for_several and "ask" in step.keys and "shared" not in step.keys:
            yield step


@kind("a private answer printed")
def private_printed(page: Page) -> Iterator[Change]:
    """Everyone reads what one person wrote for themselves alone."""
    last = page.top[-1]
    for step in private_questions(page):
        leak = f"{{% for x in {step.id} | given %}}{{{{ x.by }}}}: {{{{ x.value }}}}{{% endfor %}}"
        yield f"{step.id} in a text", page.with_lines(last.first, f'- say: "{leak}"', indent=2), ()
        yield f"{step.id} at the end", page.with_lines(last.keys["end"].line, leak, indent=6), ()


@kind("a way that hangs on a private answer")
def private_way(page: Page) -> Iterator[Change]:
    """What the others see tells them what was answered."""
    for step in private_questions(page):
        new = ("- say: Rest a moment longer, all of you.", f"  when: {step.id} | given | count > 1")
        text, line = page.with_lines(page.top[-1].first, *new, indent=2)
        yield step.id, (text, line), (line, line + 1)


# Who acts

SWAPPED = {"speaker": "listener", "listener": "speaker"}


@kind("a role swapped")
def role_swapped(page: Page) -> Iterator[Change]:
    """The wrong person is asked, and is spoken to by the other one's name."""
    for entry in page.named("who"):
        new = SWAPPED.get(page.written(entry))
        step = page.around(entry)
        if new:
            text, line = page.put(entry, new)
            yield f"{step.id}: {new}", (text, line), addressed(step) | readings(text, step.id)


@kind("a name of a turn outside it")
def role_away(page: Page) -> Iterator[Change]:
    """Nobody is meant, so nobody is asked, and the step is empty."""
    for step in page.steps:
        if turns_around(page, step) is None and "who" in step.keys:
            yield f"{step.id}: speaker", page.put(step.keys["who"], "speaker"), ()


@kind("a step handed to the facilitator")
def to_the_facilitator(page: Page) -> Iterator[Change]:
    """The exercise is run without a facilitator, so nobody does it."""
    for step in page.steps:
        if "who" in step.keys and tier(page) < 2:
            text, line = page.put(step.keys["who"], "facilitator")
            yield step.id, (text, line), {step.line, *addressed(step), *readings(text, step.id)}


# Turns


@kind("an end inside a turn")
def end_in_turn(page: Page) -> Iterator[Change]:
    """Whoever comes second never has the floor."""
    end = "- end: That is all for now."
    for turns in page.steps:
        if "turns" not in turns.keys:
            continue
        inside = [step for step in page.steps if step.path[:-1] == (*turns.path, "steps")]
        first, last, indent = inside[0], inside[-1], inside[0].indent
        text, line = page.with_lines(first.first, end, indent=indent)
        yield "first", (text, line), (line, line + 1)
        text, line = page.with_lines(last.after, end, indent=indent)
        asked = {step.id for step in page.steps if turns_around(page, step) is turns}
        reading = {number for name in asked for number in readings(text, name) if number > line}
        yield "last", (text, line), {turns.line, line, line + 1, *reading}
        ask = next((step for step in inside if "ask" in step.keys), None)
        if ask is not None:
            new = (end, f"  when: {ask.id} is missing")
            text, line = page.with_lines(ask.after, *new, indent=indent)
            yield "where one skips", (text, line), {turns.line, line, line + 1}


@kind("a turn that only some have")
def turn_for_some(page: Page) -> Iterator[Change]:
    """One person has the floor, and the other never does."""
    for step in page.steps:
        turns = turns_around(page, step)
        if turns is None or "speak" not in step.keys or "when" in step.keys:
            continue
        asked = [s for s in page.steps if turns_around(page, s) is turns and "ask" in s.keys]
        later = next((s for s in asked if s.first > step.first), None)
        if later is not None:
            at = step.keys["speak"].lines[-1]
            changed = page.with_lines(at, f"when: {later.id} is missing", indent=step.indent + 2)
            yield step.id, changed, {turns.line, step.line, changed[1]}


# How many people


@kind("people that there is no room for", once=True)
def people_many(page: Page) -> Iterator[Change]:
    """The session cannot hold them, or nobody may come."""
    for entry in page.named("people"):
        for new in ("3-13", "40", "0", "2-1", "one or two", "-2"):
            yield f"{page.written(entry)} → {new}", page.put(entry, new), ()


@kind("a group of one")
def people_few(page: Page) -> Iterator[Change]:
    """A listener is named who is not there, and nobody hears the speaker."""
    for entry in page.named("people"):
        turns = next(step for step in page.steps if "turns" in step.keys)
        for new in ("1", "1-2"):
            text, line = page.put(entry, new)
            lines = {page.at("audience").line, line, *turns.lines}
            yield f"{page.written(entry)} → {new}", (text, line), lines


@kind("an unheard-of way to go on with too few")
def if_fewer(page: Page) -> Iterator[Change]:
    """The others would wait for someone who has gone."""
    for entry in page.named("if_fewer"):
        for new in ("wait", "[]", "pausing"):
            yield f"{page.written(entry)} → {new}", page.put(entry, new), ()
