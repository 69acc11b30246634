"""A view or a transcript as Markdown, for a document or a page that renders it.

Everything but the few things that a text may contain is escaped: no link, image,
heading, code or HTML comes out of an answer, nor out of an author's text.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import groupby
from typing import TYPE_CHECKING

from compassion_protocols.language.text import printable
from compassion_protocols.language.values import listed
from compassion_protocols.render.page import page_of
from compassion_protocols.render.prose import Listing, blocks, literal
from compassion_protocols.render.wording import fields_in_words, floor_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compassion_protocols.render.page import Section
    from compassion_protocols.render.prose import Block, Line, Run
    from compassion_protocols.session.transcript import Line as Given
    from compassion_protocols.session.transcript import Transcript
    from compassion_protocols.session.view import View

_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|$^]|(?<=[A-Za-z]):(?=//)|(?<=\b[Ww]{3})\.")
_AT_START = re.compile(r"[#+=:-]|(?<=^)\d{1,9}[.)]")


def escaped(text: str) -> str:
    r"""One line of a text, so that Markdown shows it as it stands.

    >>> print(escaped("# see [here](https://x.y) <b>"))
    \# see \[here\](https\://x.y) \<b\>
    """
    return _kept_down(_SPECIAL.sub(r"\\\g<0>", text))


def _kept_down(line: str) -> str:
    """A line whose beginning makes it no heading, list, code or rule."""
    line = line.replace("\t", " ").strip()
    start = _AT_START.match(line)
    return line if start is None else f"{line[: start.end() - 1]}\\{line[start.end() - 1 :]}"


def as_markdown(view: View) -> str:
    """A view as Markdown."""
    page = page_of(view)
    head = [f"*{escaped(page.head)}*"] if page.head else []
    return "\n\n".join([*head, *map(section_as_markdown, page.sections)]) + "\n"


_QUOTED = frozenset({"invite", "draft"})


def section_as_markdown(section: Section) -> str:
    """One section of a page."""
    label = [f"{escaped(section.label)}:"] if section.label else []
    text = "\n\n".join([*label, _blocks(section.blocks, numbered=section.numbered)])
    if section.kind in _QUOTED:
        return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    return text


def _blocks(found: Iterable[Block], *, numbered: bool = False) -> str:
    return "\n\n".join(
        _listing(block, numbered=numbered) if isinstance(block, Listing) else _lines(block.lines)
        for block in found
    )


def _listing(block: Listing, *, numbered: bool) -> str:
    items = []
    for number, item in enumerate(block.items, 1):
        mark = f"{number}. " if numbered else "- "
        items.append(mark + _lines(item, indent=" " * len(mark)))
    return "\n".join(items)


def _lines(lines: Iterable[Line], indent: str = "") -> str:
    """Lines that each end where they end; an empty one begins a new paragraph."""
    paragraphs = [list(group) for written, group in groupby(lines, bool) if written]
    texts = (f"\\\n{indent}".join(map(_line, paragraph)) for paragraph in paragraphs)
    return f"\n\n{indent}".join(texts)


def _line(line: Line) -> str:
    return _kept_down("".join(map(_run, line)))


def _run(run: Run) -> str:
    text = _SPECIAL.sub(r"\\\g<0>", run.text)
    mark = "**" if run.strong else "*" if run.emphasis else ""
    return f"{mark}{text}{mark}"


def transcript_as_markdown(transcript: Transcript, *, utc_offset: int = 0) -> str:
    """A transcript as a document. ``utc_offset``, in seconds, makes its time a local one."""
    people = printable(f"With {listed(transcript.people)}.{_begun(transcript, utc_offset)}")
    parts = [f"# {escaped(printable(transcript.title))}", escaped(people)]
    for (_, question), lines in groupby(transcript.lines, lambda line: (line.place, line.question)):
        parts += [_blocks(blocks(printable(question))), "\n".join(map(_given, lines))]
    if not transcript.lines:
        parts.append("No answers were given.")
    if transcript.floor is not None:
        parts.append(escaped(floor_in_words(transcript.floor)))
    if not transcript.ended:
        parts.append("*This is how far it has come.*")
    return "\n\n".join(parts) + "\n"


def _begun(transcript: Transcript, utc_offset: int) -> str:
    """When the first answer was given, in words; nothing where no calendar knows that instant."""
    if not transcript.lines:
        return ""
    zone = dt.timezone(dt.timedelta(seconds=utc_offset))
    try:
        at = dt.datetime.fromtimestamp(transcript.lines[0].at, tz=zone)
    except (OverflowError, ValueError, OSError):
        return ""
    return f" {at:%Y-%m-%d, %H:%M}{'' if utc_offset else ' UTC'}."


def _given(line: Given) -> str:
    words = fields_in_words(line.value) if isinstance(line.value, dict) else line.text
    text = _lines(literal(printable(words)), indent="  ")
    return f"- **{escaped(printable(line.by))}:** {text}"
