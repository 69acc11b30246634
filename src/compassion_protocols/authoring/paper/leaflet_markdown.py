"""A printed page as Markdown, for a document that someone goes on to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.authoring.paper.leaflet import Reader, Room, RoomKind
from compassion_protocols.language.text import on_one_line
from compassion_protocols.render.markdown import escaped, section_as_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.authoring.paper.leaflet import Chapter, Entry, Leaflet

LINE = "\\_" * 40


def leaflet_as_markdown(leaflet: Leaflet) -> str:
    """The page. Nothing in a text of its author becomes more than text with emphasis and lists."""
    parts = [f"# {_line(leaflet.title)}"]
    if leaflet.reader is Reader.FACILITATOR:
        parts.append("*For whoever leads it*")
    parts += [_line(leaflet.summary), f"*{_line(leaflet.about)}*"]
    for chapter in leaflet.chapters:
        parts += _chapter(chapter)
    return "\n\n".join(part for part in parts if part.strip("*")) + "\n"


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield f"## {_line(chapter.heading)}"
    yield from map(section_as_markdown, chapter.sections)
    for entry in chapter.entries:
        yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    who = f" {_line(entry.who)}" if entry.who else ""
    yield f"**{entry.number}**{who}"
    for piece in entry.pieces:
        yield _room(piece) if isinstance(piece, Room) else section_as_markdown(piece)
    for inner in entry.entries:
        yield from _entry(inner)


def _room(room: Room) -> str:
    label = [f"{_line(room.label)}:"] if room.label else []
    return "\n\n".join([*label, "\n".join(_written(room))])


def _written(room: Room) -> Iterator[str]:
    labels = [_line(label) for label in room.labels]
    match room.kind:
        case RoomKind.LINES:
            yield "\n\n".join([LINE] * room.count)
        case RoomKind.ITEMS:
            yield from (f"{number}. {LINE}" for number in range(1, room.count + 1))
        case RoomKind.BOXES:
            yield from (f"- ☐ {label}" for label in labels)
        case RoomKind.ORDER:
            yield from (f"- \\_\\_\\_ {label}" for label in labels)
        case RoomKind.SCALE:
            yield " · ".join(labels)


def _line(text: str) -> str:
    return escaped(on_one_line(text))
