"""A printed page as one HTML file that needs nothing else: no script, no picture, no font.

It says what may be loaded, which is nothing, and names its one stylesheet by its hash. Every text
is escaped; the only elements are those written here. A step is never split between two pages, all
is told by words and lines and nothing by colour, and each text runs the way its script runs.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

from compassion_protocols.authoring.paper.leaflet import Reader, Room, RoomKind
from compassion_protocols.language.text import on_one_line
from compassion_protocols.render.html import section_as_html

if TYPE_CHECKING:
    from compassion_protocols.authoring.paper.leaflet import Chapter, Entry, Leaflet
    from compassion_protocols.render.page import Section

STYLE = """
@page { margin: 18mm 18mm 20mm; }
@page { @bottom-center { content: counter(page) " / " counter(pages); font: 9pt sans-serif; } }
html { color: #000; background: #fff; font: 11pt/1.45 Georgia, "Noto Serif", serif; }
body { max-width: 40em; margin: 0 auto; padding: 0 1em; }
h1 { font-size: 1.9em; line-height: 1.2; margin: 0 0 .2em; }
h2 { font-size: 1.2em; margin: 1.6em 0 .4em; padding-bottom: .15em; border-bottom: 1px solid #000; }
h1, h2, h3 { break-after: avoid; }
p { margin: .35em 0; orphans: 3; widows: 3; }
ul, ol { margin: .35em 0; padding-inline-start: 1.4em; }
.about { font-size: .95em; }
.label, .number, .room > p, .timer, .readers, .pace, .imprint { font-size: .92em; }
.label, .number, .who { font-weight: bold; }
.kicker { font-size: .95em; letter-spacing: .04em; margin: 0; }
.entry { position: relative; margin: .9em 0 0; padding-inline-start: 2.2em; }
.inner .entry { padding-inline-start: 2.9em; }
.inner .inner .entry { padding-inline-start: 3.8em; }
.leaf { break-inside: avoid; }
.lead { break-after: avoid; }
.number { position: absolute; inset-inline-start: 0; margin: 0; }
.who { margin: 0; break-after: avoid; }
.entry p:first-child, .number + div p:first-child { margin-top: 0; }
.inner { margin-inline-start: -1.9em; padding-inline-start: .9em; }
.inner { border-inline-start: 1.5pt solid; }
.hint, .guard { font-style: italic; }
.meanwhile, .note, .invite { margin: .5em 0; padding: .1em .8em; border: 1px solid #777; }
.note { border-width: 2px; }
.care { border: 2px solid #000; padding: 0 1em .6em; margin-top: 1.6em; break-inside: avoid; }
.care h2 { border: 0; margin-top: .6em; }
.sources { break-inside: avoid; }
.room { margin: .6em 0; break-inside: avoid; }
.line { border-bottom: 1px solid #555; height: 2.1em; }
.room ol, .room ul { list-style-position: outside; }
.room ol .line { height: 1.7em; }
.boxes, .order, .scale { list-style: none; padding: 0; }
.box { display: inline-block; width: .85em; height: .85em; border: 1.2px solid #000; }
.order .box { width: 1.7em; height: 1.2em; vertical-align: -.25em; }
.box { margin-inline-end: .6em; }
.scale { display: flex; flex-wrap: wrap; gap: .3em 1.1em; }
@media print { body { max-width: none; padding: 0; } }
"""
"""The whole stylesheet. Sizes are relative, so that a reader can make everything larger."""

_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"


def leaflet_as_html(leaflet: Leaflet) -> str:
    """The page, as a whole file."""
    title = _text(leaflet.title)
    kicker = '<p class="kicker">For whoever leads it</p>'
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style>"
    )
    header = (
        f"<header>{kicker if leaflet.reader is Reader.FACILITATOR else ''}"
        f'<h1 dir="auto">{title}</h1><p dir="auto">{_text(leaflet.summary)}</p>'
        f'<p class="about" dir="auto">{_text(leaflet.about)}</p></header>'
    )
    chapters = "\n".join(map(_chapter, leaflet.chapters))
    language = escape(leaflet.language, quote=True)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>{head}</head>\n'
        f"<body>\n{header}\n<main>\n{chapters}\n</main>\n</body>\n</html>\n"
    )


def _chapter(chapter: Chapter) -> str:
    sections = "".join(_piece(section) for section in chapter.sections)
    entries = "\n".join(map(_entry, chapter.entries))
    kind = escape(chapter.kind, quote=True)
    return f'<section class="{kind}"><h2>{_text(chapter.heading)}</h2>{sections}{entries}</section>'


def _entry(entry: Entry) -> str:
    who = f'<p class="who">{_text(entry.who)}</p>' if entry.who else ""
    pieces = who + "".join(map(_piece, entry.pieces))
    number = f'<p class="number">{_text(entry.number)}</p>'
    if not entry.entries:
        return f'<div class="entry leaf">{number}{pieces}</div>'
    inner = "\n".join(map(_entry, entry.entries))
    return (
        f'<div class="entry"><div class="leaf lead">{number}{pieces}</div>'
        f'<div class="inner">{inner}</div></div>'
    )


def _piece(piece: Section | Room) -> str:
    inside = _room(piece) if isinstance(piece, Room) else section_as_html(piece)
    return f'<div dir="auto">{inside}</div>'


def _room(room: Room) -> str:
    label = f"<p>{_text(room.label)}:</p>" if room.label else ""
    return f'<div class="room">{label}{_written(room)}</div>'


_LINE = '<div class="line"></div>'
_BOX = '<span class="box"></span>'


def _written(room: Room) -> str:
    labels = [_text(label) for label in room.labels]
    match room.kind:
        case RoomKind.LINES:
            return _LINE * room.count
        case RoomKind.ITEMS:
            return f"<ol>{f'<li>{_LINE}</li>' * room.count}</ol>"
        case RoomKind.BOXES | RoomKind.ORDER:
            items = "".join(f"<li>{_BOX}{label}</li>" for label in labels)
            return f'<ul class="{room.kind}">{items}</ul>'
        case RoomKind.SCALE:
            return f'<ul class="scale">{"".join(f"<li>{label}</li>" for label in labels)}</ul>'


def _text(text: str) -> str:
    return escape(on_one_line(text))
