"""Whether what a step asks of people fits into the time that it gives them.

A page that goes on by itself has to be read first; a question that closes has to be read and
answered; a silence has to be as long as what it asks for, or as it says itself; and whoever is
asked three things aloud wants time for three. How long such things take people stands in
``model.pace``, and is reckoned here at the least: a text in its shortest wording, an answer as long
as its own example and typed without a thought. So what is found is short for most people, not only
for slow ones. Breaths and minutes are counted in English alone; a text in another language asks for
none that are seen here.

Where a length is a setting, its default is what most people meet, and is worth a warning. What
somebody could choose is worth a note. A block's soft time limit ends it between two of its steps,
so one that its first step already uses up leaves all the others out.

How long the whole is, against what the card says, is the matter of :mod:`.sitting`.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.checking.spans import line
from compassion_protocols.findings import Finding
from compassion_protocols.language.text import count_words
from compassion_protocols.language.values import Duration
from compassion_protocols.language.wording import least_wording
from compassion_protocols.model.answers import LongText
from compassion_protocols.model.pace import (
    BREATH,
    LONG_TEXT,
    TELLING,
    TYPED_WORDS_A_SECOND,
    WORDS_A_SECOND,
)
from compassion_protocols.model.steps import (
    Ask,
    Breathe,
    Choose,
    ForEach,
    Include,
    Part,
    RepeatUntil,
    Say,
    Speak,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compassion_protocols.checking.facts import Place
    from compassion_protocols.checking.lengths import Length, Lengths
    from compassion_protocols.model.steps import AnyStep

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# Compiled when it is first used, since that takes longer than an import.
_NUMBER = rf"({'|'.join(_NUMBERS)}|[0-9]{{1,2}})"
_BREATHS = rf"\b{_NUMBER}\s+(?:[a-z]+,?\s+){{0,2}}breaths\b"
_LASTING = rf"\bfor (?:about |the next |these )?{_NUMBER}\s+(second|minute)s\b"


class Need(NamedTuple):
    """Seconds that something needs, the code where they are not there, and what needs them.

    ``why`` has ``{}`` where it says how long that is.
    """

    seconds: float
    code: str
    why: str
    remedy: str


def check_timefit(lengths: Lengths) -> Iterator[Finding]:
    """Every step and every block whose time does not fit."""
    for place, closing in lengths.timed.items():
        if not place.included:
            yield from _step(place.step, lengths, closing)
            if place.blocks:
                yield from _block(place, lengths)


def _step(step: AnyStep, lengths: Lengths, closing: Length) -> Iterator[Finding]:
    # With time for what takes longest, there is time for the rest.
    longest = max(_needs(step), key=lambda need: need.seconds, default=None)
    found = None if longest is None else _short(step, closing, longest)
    if found is not None:
        yield found
    written = None if step.timer is None else step.timer.at_least
    if isinstance(step, Speak) and step.at_least is not None:
        written = step.at_least
    least = lengths.of(written)
    if least is not None:
        yield from _least_time(step, least, closing)


def _needs(step: AnyStep) -> Iterator[Need]:
    match step:
        case Speak(text=text):
            words = least_wording(text)
            asked = words.count("?")
            seconds = count_words(words) / WORDS_A_SECOND + asked * TELLING
            why = f"To read this and tell of {_things(asked)} takes about {{}}"
            yield Need(seconds, "CP852", why, "Give it more time, or ask for less.")
        case Ask(text=text):
            seconds = count_words(least_wording(text)) / WORDS_A_SECOND
            typed = _words_in(step.example) / TYPED_WORDS_A_SECOND
            why = "To read this and write only its example takes about {}"
            if isinstance(step.answer, LongText) and typed < LONG_TEXT:
                typed, why = LONG_TEXT, "To read this and write more than a line takes about {}"
            yield Need(seconds + typed, "CP850", why, "Give it more time, or no limit at all.")
        case Say(text=text) | Wait(text=text):
            words = least_wording(text).lower()
            yield _reading(words)
            if breaths := _breaths_in(words):
                why = f"{breaths} breaths need about {{}}"
                yield Need(breaths * BREATH, "CP851", why, "Give it more time, or ask for fewer.")
            if seconds := _time_in(words):
                why = "The words speak of {}"
                yield Need(seconds, "CP851", why, "Let the words and the clock say the same.")
        case Breathe(text=text) if text is not None:
            words = least_wording(text).lower()
            yield _reading(words)
            if breaths := _breaths_in(words):
                why = f"{breaths} such breaths take {{}}"
                seconds = breaths * step.pattern.seconds
                yield Need(seconds, "CP851", why, "Let the text and the pace say the same number.")


def _reading(words: str) -> Need:
    seconds = count_words(words) / WORDS_A_SECOND
    why = "These words take about {} to read"
    return Need(seconds, "CP850", why, "Give it more time, fewer words, or let people go on.")


def _things(asked: int) -> str:
    return "it" if asked < 2 else f"{asked} things"


def _short(step: AnyStep, length: Length, need: Need) -> Finding | None:
    if length.least >= need.seconds:
        return None
    why = need.why.format(_said(need.seconds))
    if length.usual < need.seconds:
        says = f", as “{length.name}” says by default" if length.name else ""
        message = f"{why}, and it is over after {_said(length.usual)}{says}."
        return Finding(need.code, message, need.remedy, step.at(*_TIMES, *_ASKS_FOR))
    message = f"{why}, and somebody may choose {_said(length.least)} for it."
    remedy = f"Give “{length.name}” a higher min, or ask for less."
    return Finding("CP856", message, remedy, step.at(*_TIMES, *_ASKS_FOR))


_TIMES = ("for", "timer", "count")
_ASKS_FOR = ("say", "ask", "speak", "breathe", "wait", "text", "example")
"""The keys of how long a step is, and of what it asks people to do in that time."""


def _said(seconds: float) -> str:
    return str(Duration(math.ceil(seconds)))


def _words_in(example: object) -> int:
    """How many words an example has, if it is one that people write."""
    match example:
        case str():
            return count_words(example)
        case list() | tuple():
            return sum(map(_words_in, example))
        case dict():
            return sum(map(_words_in, example.values()))
        case _:
            return 0


def _breaths_in(words: str) -> int:
    """How many breaths a text in small letters asks for in one go; 0 if it names no number."""
    if "breaths" not in words:
        return 0
    return max(map(_number, re.findall(_BREATHS, words)), default=0)


def _time_in(words: str) -> float:
    """How many seconds a text in small letters says that something goes on; 0 if it does not."""
    if "for " not in words:
        return 0
    found = re.findall(_LASTING, words)
    return max([_number(n) * (60 if unit == "minute" else 1) for n, unit in found], default=0)


def _number(written: str) -> int:
    return _NUMBERS.index(written) + 2 if written in _NUMBERS else int(written)


def _least_time(step: AnyStep, least: Length, closing: Length) -> Iterator[Finding]:
    """A least time that is longer than the step itself."""
    remedy = "Let “at_least” be shorter than the whole, or take it out."
    if least.usual > closing.usual:
        message = (
            f"Going on is offered only after {_said(least.usual)}, "
            f"and the step closes after {_said(closing.usual)}: it is never offered."
        )
        yield Finding("CP853", message, remedy, step.at("at_least", *_TIMES))
    elif least.usual > closing.least:
        message = (
            f"Going on is offered only after {_said(least.usual)}, "
            f"and somebody may let the step close after {_said(closing.least)}."
        )
        yield Finding("CP856", message, remedy, step.at("at_least", *_TIMES))


# Blocks


def _block(place: Place, lengths: Lengths) -> Iterator[Finding]:
    timer = place.step.timer
    limit = None if timer is None else lengths.of(timer.at_most)
    if timer is None or limit is None or not isinstance(place.step, _LIMITED):
        return
    blocks = place.blocks if isinstance(place.step, Choose) else place.blocks[:1]
    again = isinstance(place.step, ForEach | RepeatUntil)
    for block in blocks:
        first = _first_length(block, lengths) if len(block) > 1 or again else None
        if first is None or first.usual < limit.least or limit.usual <= 0:
            continue
        where = "" if block[0].included else f" ({line(block[0].step.span, timer.span)})"
        code, seconds = ("CP854", limit.usual)
        if first.usual < limit.usual:
            code, seconds = ("CP856", limit.least)
        message = (
            f"This may take {_said(seconds)}, and its first step alone{where} takes "
            f"{_said(first.usual)}: what comes after it is left out."
        )
        yield Finding(code, message, "Give the whole more time than its first step.", timer.span)


_LIMITED = (Part, Include, Choose, ForEach, RepeatUntil)


def _first_length(block: Sequence[Place], lengths: Lengths) -> Length | None:
    """How long the first step of a block lasts, if a timer says so."""
    if not block or block[0].step.when is not None:
        return None
    first = block[0]
    if isinstance(first.step, Part | Include) and first.blocks:
        return _first_length(first.blocks[0], lengths)
    return lengths.own(first.step)
