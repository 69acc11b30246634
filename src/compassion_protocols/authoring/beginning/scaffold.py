"""A protocol to begin with: a whole file, right from the first line, that teaches by its comments.

Someone who has never written one learns most from a file that runs, so what comes out here is a
small exercise and no form to fill in. It is put together from pieces: one for the card, one for
the care that the audience calls for, one for each step that is wished for. The times are reckoned
so that the minutes on the card are about what it takes.
"""

from __future__ import annotations

import json
import re
import unicodedata
from string import Template
from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.authoring.beginning import pieces
from compassion_protocols.language.text import on_one_line
from compassion_protocols.language.values import Duration
from compassion_protocols.model.names import PROTOCOL_ID
from compassion_protocols.model.pace import ELSEWHERE
from compassion_protocols.model.protocol import Audience, Family

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_TITLE = 80
"""Characters of a title."""

MOST_MINUTES = 120

FAMILIES = tuple(family for family in Family if family is not Family.CARE)
"""The shelves that a new protocol may stand on. What stands on the care shelf is leaned on by the
library, and has conventions of its own."""


@frozen
class _People:
    """What an audience calls for, and about how many people it is in the reckoning."""

    about: int
    minutes: int
    family: Family
    roles: str
    care: str


# For the reckoning, in seconds

_AROUND = 60  # to be welcomed, and to part
_PAUSE = 75  # three breaths, and what is noticed
_QUESTION = 60
_GIVING_BACK = 75  # after each turn
_SHORTEST = 30


_PEOPLE = {
    Audience.INDIVIDUAL: _People(1, 5, Family.SELF_COMPASSION, "", pieces.CARE_ONE),
    Audience.COUPLE: _People(2, 12, Family.LISTENING, pieces.ROLES_COUPLE, pieces.CARE_COUPLE),
    Audience.FAMILY: _People(4, 20, Family.RITUALS, pieces.ROLES_FAMILY, pieces.CARE_FAMILY),
    Audience.GROUP: _People(5, 30, Family.MAINTENANCE, pieces.ROLES_GROUP, pieces.CARE_GROUP),
}

_DELIVERY = {
    Audience.INDIVIDUAL: "Alone, on any screen.",
    Audience.COUPLE: "Together, with one screen or two.",
    Audience.FAMILY: "Together in a room, with one screen or several.",
    Audience.GROUP: "Together in a room, or in a call with a screen for each person.",
}


@frozen(kw_only=True)
class Outline:
    """What somebody wants to begin with; only an ``id`` is needed, the rest is as is usual.

    ``pause`` begins with three breaths; ``turns`` gives everyone the floor; ``question`` asks
    everyone for what they want to keep. ``minutes`` are at least :attr:`least_minutes`.

    ValueError, with what would be right, for an id that no catalog can hold, a title that is empty
    or too long, the care shelf, turns for one person, or minutes that do not fit.
    """

    id: str
    title: str = field(converter=on_one_line)
    audience: Audience = field(default=Audience.INDIVIDUAL, converter=Audience)
    family: Family = field(converter=Family)
    pause: bool = True
    turns: bool = field()
    question: bool = True
    minutes: int = field()
    author: str = field(default="", converter=on_one_line)

    @title.default
    def _its_title(self) -> str:
        return title_from(self.id)

    @family.default
    def _usual_family(self) -> Family:
        return _PEOPLE[self.audience].family

    @turns.default
    def _if_several(self) -> bool:
        return self.audience is not Audience.INDIVIDUAL

    @minutes.default
    def _usual_minutes(self) -> int:
        return max(_PEOPLE[self.audience].minutes, self.least_minutes)

    def __attrs_post_init__(self) -> None:
        if not PROTOCOL_ID.fullmatch(self.id):
            raise ValueError("An id has small letters, digits and hyphens, such as evening-talk.")
        if not 0 < len(self.title) <= LONGEST_TITLE:
            raise ValueError(f"A title has 1 to {LONGEST_TITLE} characters.")
        if "{" in self.title and "}" in self.title:
            raise ValueError("A title is shown as it stands, so leave the braces out.")
        if self.family not in FAMILIES:
            raise ValueError("The care shelf holds what the library itself leans on.")
        if self.turns and self.audience is Audience.INDIVIDUAL:
            raise ValueError("Turns are for two people or more.")
        if not self.least_minutes <= self.minutes <= MOST_MINUTES:
            raise ValueError(
                f"With these parts it takes {self.least_minutes} to {MOST_MINUTES} minutes."
            )

    @property
    def least_minutes(self) -> int:
        """The fewest minutes that leave some time for everyone."""
        about = _PEOPLE[self.audience].about
        held = about * (_SHORTEST + _GIVING_BACK) if self.turns else _SHORTEST
        return -(-(self._beside() + held) // 60)

    @property
    def held_seconds(self) -> int:
        """How long each floor is held, or the silence lasts, so that the minutes are right."""
        held = self.minutes * 60 - self._beside()
        if self.turns:
            held = held // _PEOPLE[self.audience].about - _GIVING_BACK
        return held // _SHORTEST * _SHORTEST

    def _beside(self) -> int:
        return _AROUND + _PAUSE * self.pause + _QUESTION * self.question


def id_from_title(title: str) -> str:
    """An id made of the letters of a title; empty if it has none that an id may have.

    >>> id_from_title("Un café à deux!")
    'un-cafe-a-deux'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower())[:64].strip("-")


def title_from(protocol_id: str) -> str:
    """A title made of an id.

    >>> title_from("evening-talk")
    'Evening talk'
    """
    return protocol_id.replace("-", " ").strip().capitalize()


# The file


def scaffold(outline: Outline) -> str:
    """The text of a protocol file. It has no findings, and plays through on its examples."""
    seconds = outline.held_seconds
    couple, led = outline.audience is Audience.COUPLE, outline.audience is Audience.GROUP
    values = {
        "id": outline.id,
        "title": _scalar(outline.title),
        "summary": _SUMMARY[outline.turns],
        "audience": str(outline.audience),
        "family": str(outline.family),
        "families": ", ".join(FAMILIES),
        "minutes": str(outline.minutes),
        "author": _scalar(outline.author or "Your name"),
        "delivery": _DELIVERY[outline.audience],
        "time": _written(seconds),
        "shortest": _written(_SHORTEST),
        "longest": _written(seconds * 2),
        "role": "partner" if couple else "member",
        "readers": "[everyone, facilitator]" if led else "everyone",
        "going_on": pieces.GOING_ON if seconds >= ELSEWHERE else "",
        "guard": pieces.GUARD_TURN if led else "",
    }
    return "".join(Template(piece).substitute(values) for piece in _chosen(outline))


_SUMMARY = {
    True: "Tell each other about one good moment, and hear what arrived.",
    False: "Stay with one good moment for a little while.",
}


def _chosen(outline: Outline) -> Iterator[str]:
    """The pieces of this file, in order."""
    several = outline.audience is not Audience.INDIVIDUAL
    led = outline.audience is Audience.GROUP
    yield pieces.HEAD
    yield _PEOPLE[outline.audience].care
    yield _PEOPLE[outline.audience].roles
    yield pieces.SETTINGS_TURNS if outline.turns else pieces.SETTINGS_QUIET
    yield pieces.STEPS
    if led:
        yield pieces.LED
    yield pieces.WELCOME
    if led:
        yield pieces.GUARD_WELCOME
    if outline.pause:
        yield pieces.PAUSE
    yield from _middle(outline)
    if outline.question:
        yield pieces.ASK_SEVERAL if several else pieces.ASK_ONE
        yield pieces.END_SEVERAL if several else pieces.END_ONE
    else:
        yield pieces.END_PLAIN


def _middle(outline: Outline) -> Iterator[str]:
    if not outline.turns:
        yield pieces.QUIET
        return
    yield pieces.TURNS
    yield pieces.HEARD_ONE if outline.audience is Audience.COUPLE else pieces.HEARD_SEVERAL


_PLAIN = re.compile(r"[A-Za-z][A-Za-z’'\- ]*[A-Za-z.!]")
_WORDS_OF_YAML = frozenset({"yes", "no", "on", "off", "true", "false", "null"})


def _scalar(text: str) -> str:
    """A text as YAML has it, in quotes unless every reader takes it for a text without them."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    return json.dumps(text, ensure_ascii=False)


def _written(seconds: int) -> str:
    """A time as an author writes it.

    >>> _written(90)
    '1m30s'
    """
    minutes, rest = divmod(Duration(seconds), 60)
    return "".join([f"{minutes}m" if minutes else "", f"{rest}s" if rest else ""])
