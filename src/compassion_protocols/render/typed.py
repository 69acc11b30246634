"""From typed words to the plain data that an answer of each kind is.

Only the form is read here: “2” as the second option, “in 3 days” as a day. What
a value must be to be kept is the session's to say. What cannot be read raises
AnswerRefused, with a sentence that says what could.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.errors import AnswerRefused
from compassion_protocols.language.values import parse_duration
from compassion_protocols.render.wording import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols.model.answers import Option
    from compassion_protocols.session.view import Input

_DAY = 86_400
_LAST_DAY = 2_900_000  # since 1970: late in the year 9909
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@frozen
class Now:
    """When something is typed: epoch seconds, and how far the person's clock is from UTC."""

    at: float
    utc_offset: int = 0

    @property
    def today(self) -> dt.date:
        """The day it is for the person."""
        days = min((self.at + self.utc_offset) // _DAY, _LAST_DAY)
        return dt.date(1970, 1, 1) + dt.timedelta(days=max(0.0, days))

    def length(self, text: str) -> int | None:
        """Seconds: ``90s``, ``20m``, ``1h``, ``20 minutes``; a bare number is minutes."""
        match = _LENGTH.fullmatch(text.strip().casefold())
        if match is None:
            return parse_duration(text.strip())
        return int(match[1]) * _UNITS[(match[2] or "m")[0]]

    def instant(self, text: str) -> float | None:
        """A time to come: so long from now, or the next time that clocks show this hour."""
        seconds = self.length(text)
        if seconds is not None:
            return self.at + seconds
        hour = time_of_day(text)
        if hour is None:
            return None
        ahead = hour.hour * 3600 + hour.minute * 60 - (self.at + self.utc_offset) % _DAY
        return self.at + ahead % _DAY


_LENGTH = re.compile(r"(\d{1,4}) *(h|hours?|m|min|mins|minutes?|s|sec|seconds?)?")
_UNITS = {"h": 3600, "m": 60, "s": 1}
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))? *(am|pm)?")


def time_of_day(text: str) -> dt.time | None:
    """``18:30``, ``8:05``, ``6pm``, ``6:30 pm``; None for anything else."""
    match = _TIME.fullmatch(text.strip().casefold())
    if match is None or (match[2] is None and match[3] is None):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3] == "pm" else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def value_of(wanted: Input, said: str, now: Now, *, reveal: bool = False) -> object:
    """The plain data of an answer. AnswerRefused if it cannot be read as this kind."""
    if not said:
        raise AnswerRefused("There is nothing written yet. A few words are enough, or /skip.")
    if reveal and wanted.type == "choices" and said.casefold() in ("all", "none"):
        chosen = wanted.options if said.casefold() == "all" else ()
        return [option.value for option in chosen]
    read = _READ.get(wanted.type)
    return said if read is None else read(wanted, said, now)


def _yes_no(wanted: Input, said: str, now: Now) -> object:
    answer = said.casefold().rstrip(".!")
    if answer in ("yes", "y", "yeah", "yep"):
        return True
    if answer in ("no", "n", "nope"):
        return False
    raise AnswerRefused("Please type yes or no, or /skip.")


def _number(wanted: Input, said: str, now: Now) -> object:
    if not re.fullmatch(r"[+-]?\d{1,15}(?:[.,]\d{1,6})?", said):
        raise AnswerRefused("Please type a number, or /skip.")
    number = float(said.replace(",", "."))
    return int(number) if number.is_integer() else number


def _one(wanted: Input, said: str, now: Now) -> object:
    option = _option(wanted.options, said)
    if option is None:
        raise AnswerRefused("Please type one of the numbers before the answers, or /skip.")
    return option.value


def _option(options: tuple[Option, ...], said: str) -> Option | None:
    """The option that is meant: by its own words first, then by its number."""
    same = said.strip().casefold()
    for option in options:
        if same in (option.label.casefold(), option.value.casefold()):
            return option
    if re.fullmatch(r"[1-9]\d?", same) and int(same) <= len(options):
        return options[int(same) - 1]
    return None


def _several(wanted: Input, said: str, now: Now) -> object:
    """Options by number or word, and words of one's own where they are welcome."""
    own = bool(wanted.limits.get("own"))
    pieces = _chosen(wanted.options, said, own=own)
    found = [(piece, _option(wanted.options, piece)) for piece in pieces]
    if not own and any(option is None for _, option in found):
        raise AnswerRefused("Please type the numbers before the answers, such as 1,2, or /skip.")
    return [piece if option is None else option.value for piece, option in found]


def _chosen(options: tuple[Option, ...], said: str, *, own: bool) -> list[str]:
    """Where one choice ends and the next begins; a comma may also belong to one's own words."""
    if _option(options, said) is not None:
        return [said]
    if re.search(r"[;\n]", said):
        return _pieces(said, r"[;\n]")
    parted = _pieces(said, ",")
    if len(parted) > 1 and (not own or any(_option(options, part) for part in parted)):
        return parted
    return said.split() if all(part.isdigit() for part in said.split()) else [said]


def _pieces(said: str, apart: str) -> list[str]:
    return [piece.strip() for piece in re.split(apart, said) if piece.strip()]


def _ranked(wanted: Input, said: str, now: Now) -> object:
    pieces = _pieces(said, r"[;,\n]")
    if len(pieces) == 1:
        pieces = said.split()
    found = [_option(wanted.options, piece) for piece in pieces]
    if None in found or len(set(found)) != len(wanted.options):
        raise AnswerRefused(
            "Please type all the numbers, once each, in your own order, such as 2,1,3; or /skip."
        )
    return [option.value for option in found if option is not None]


def _date(wanted: Input, said: str, now: Now) -> object:
    day = day_in_words(said, now.today)
    if day is None:
        raise AnswerRefused(
            "Please type a day, such as tomorrow, Sunday, in 3 days or 2030-01-31, or /skip."
        )
    return day.isoformat()


_IN_DAYS = re.compile(r"in (\d{1,4}|a|an|one|two|three) (day|week)s?")
_FURTHEST = 10_000  # days
_SMALL = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}


def day_in_words(said: str, today: dt.date) -> dt.date | None:
    """``2030-01-31``, ``today``, ``tomorrow``, ``sunday``, ``in 3 days``, ``in a week``.

    The name of a weekday is the next one after today.
    """
    words = said.strip().casefold().rstrip(".")
    if words in ("today", "tomorrow"):
        return today + dt.timedelta(days=words == "tomorrow")
    if words.removeprefix("on ").removeprefix("next ") in _WEEKDAYS:
        ahead = _WEEKDAYS.index(words.removeprefix("on ").removeprefix("next ")) - today.weekday()
        return today + dt.timedelta(days=(ahead - 1) % 7 + 1)
    match = _IN_DAYS.fullmatch(words)
    if match:
        count = _SMALL.get(match[1]) or int(match[1])
        days = count * (7 if match[2] == "week" else 1)
        return today + dt.timedelta(days=days) if days <= _FURTHEST else None
    try:
        return dt.date.fromisoformat(words) if len(words) == 10 else None
    except ValueError:
        return None


def _time(wanted: Input, said: str, now: Now) -> object:
    hour = time_of_day(said)
    if hour is None:
        raise AnswerRefused("Please type a time, such as 18:30, or /skip.")
    return hour.isoformat("minutes")


def _items(wanted: Input, said: str, now: Now) -> object:
    pieces = _pieces(said, r"\n" if "\n" in said else ";")
    return [re.sub(r"^[-*•] +", "", piece) for piece in pieces]


def _form(wanted: Input, said: str, now: Now) -> object:
    """``field: value``, one a line or with ``;`` between; or the values alone, in order."""
    names = [name for name, _ in wanted.fields]
    given = _by_name(names, said)
    if not given:
        pieces = _pieces(said, r"\n" if "\n" in said else ";")
        given = dict(zip(names, pieces, strict=False)) if len(pieces) == len(names) else {}
    missing = [spoken(name) for name in names if not given.get(name)]
    if missing:
        raise AnswerRefused(f"Please fill in this too, or /skip: {', '.join(missing)}.")
    return {name: value_of(field, given[name], now) for name, field in wanted.fields}


def _by_name(names: list[str], said: str) -> dict[str, str]:
    """The values that stand behind the names of a form's fields."""
    either = "|".join(re.escape(word) for name in names for word in (name, spoken(name)))
    label = re.compile(rf"(?:^|[;\n])\s*({either})\s*:", re.IGNORECASE)
    found = list(label.finditer(said))
    ends = [*(match.start() for match in found[1:]), len(said)]
    return {
        match[1].casefold().replace(" ", "_"): said[match.end() : end].strip()
        for match, end in zip(found, ends, strict=False)
    }


_READ: dict[str, Callable[[Input, str, Now], object]] = {
    "yes_no": _yes_no,
    "number": _number,
    "scale": _number,
    "choice": _one,
    "person": _one,
    "choices": _several,
    "rank": _ranked,
    "date": _date,
    "time": _time,
    "list": _items,
    "form": _form,
}
