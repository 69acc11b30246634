"""About how long things take people: the one place that says so.

A session reckons with it for the minutes that it says are left; the checks compare it with what
timers allow. These are estimates for people, not bounds: the bounds are proved in ``checking``.

- **Reading.** Adults read silently at about 240 words a minute (Brysbaert 2019,
  doi:10.1016/j.jml.2019.104047); tender words are read more slowly, so 180 here.
- **Typing.** On a phone people write about 36 words a minute (Palin and others 2019, MobileHCI:
  37,000 people), without a pause for thought.
- **A breath.** Four seconds in and six out, as slow breathing goes; ten seconds.
- **Telling.** Two sentences or so for each thing that somebody is asked to tell: at 150 words a
  minute aloud that is a quarter of a minute. A rule of thumb.
- **Elsewhere.** A silence of ten minutes and more is not sat out before a screen: people walk,
  or do the dishes, and the device falls asleep long before. A rule of thumb.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.language.text import count_words
from compassion_protocols.model.answers import Date, Form, ListOf, LongText, Text, Time

if TYPE_CHECKING:
    from compassion_protocols.model.answers import AnswerKind
    from compassion_protocols.model.protocol import Protocol

WORDS_A_SECOND = 3.0
TYPED_WORDS_A_SECOND = 0.6
BREATH = 10.0
"""Seconds for one slow breath."""
AGREEING = 20.0
"""Seconds, about, for everyone to read what is to be kept and say yes or no."""
LONG_TEXT = 60.0
"""Seconds, at the least, for more than a line of writing."""
TELLING = 15.0
"""Seconds for each thing that somebody is asked to tell."""
ELSEWHERE = 600.0
"""Seconds of silence that people spend away from the screen."""
EXPECTED_ITEMS = 3
"""How many items a list has, before anyone has written it."""

_LOOKING_UP = 3.0


def reading_seconds(text: str) -> float:
    """How long a text takes to read, about, with a moment to look up."""
    return _LOOKING_UP + count_words(text) / WORDS_A_SECOND


def writing_seconds(kind: AnswerKind) -> float:
    """How long an answer of a kind takes, about, with the thought that goes into it."""
    return _WRITING.get(type(kind), 8)


_WRITING = {LongText: 300, Text: 45, ListOf: 45, Form: 45, Date: 15, Time: 15}


def expected_people(protocol: Protocol, role: str) -> float:
    """How many people a role has, about."""
    for seat in protocol.seats:
        if seat.name == role:
            return (seat.least + seat.most) / 2
    return sum((seat.least + seat.most) / 2 for seat in protocol.seats)
