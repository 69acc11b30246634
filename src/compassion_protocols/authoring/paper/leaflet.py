"""What a printed page is made of, whatever writes it: chapters, steps, and room to write in."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from compassion_protocols.render.page import Section


class Reader(StrEnum):
    """For whom a page is printed."""

    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"


class RoomKind(StrEnum):
    """How an answer is given with a pen."""

    LINES = "lines"
    ITEMS = "items"
    BOXES = "boxes"
    ORDER = "order"
    SCALE = "scale"


@frozen
class Room:
    """Room to write in: so many lines or items, or ``labels`` to tick, to number or to circle."""

    kind: RoomKind
    count: int = 0
    labels: tuple[str, ...] = ()
    label: str = ""


@frozen
class Entry:
    """One step, and the steps inside it. ``who`` acts; empty where that is everyone."""

    number: str
    who: str = ""
    pieces: tuple[Section | Room, ...] = ()
    entries: tuple[Entry, ...] = ()


@frozen
class Chapter:
    """A heading and what stands below it. ``kind`` tells a stylesheet what it is."""

    kind: str
    heading: str
    sections: tuple[Section, ...] = ()
    entries: tuple[Entry, ...] = ()


@frozen
class Leaflet:
    """A whole page. ``language`` is that of its texts, as a tag such as ``en``."""

    title: str
    summary: str
    reader: Reader
    about: str
    chapters: tuple[Chapter, ...]
    language: str = field(default="en")
