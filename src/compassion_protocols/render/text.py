"""A view as plain text: for a chat, a terminal, a log.

Lines are broken between words. What looks different on a screen that can show
it goes through an :class:`Ink`, whose default writes nothing: the text is then
plain characters, and a command line hands in its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.language.text import printable
from compassion_protocols.render.ink import PLAIN, Ink
from compassion_protocols.render.page import Section, help_sections, page_of
from compassion_protocols.render.prose import Listing, Run, blocks
from compassion_protocols.render.wrapping import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.render.prose import Block, Line
    from compassion_protocols.session.view import Help, View

WIDTH = 76
NARROWEST = 20


_QUIET = frozenset({"pace", "timer", "hint", "labels", "how", "waiting", "note"})


def as_text(
    view: View, *, width: int = WIDTH, ink: Ink = PLAIN, head: bool = True, ways: bool = True
) -> str:
    """A view as lines of at most ``width`` columns, but for one word that is longer.

    ``head`` begins with the title, who is addressed and the minutes left; ``ways``
    ends with the commands that :func:`read_reply` knows and that make sense now.
    """
    page = page_of(view)
    parts = [_quietly(page.head, width, ink)] if head else []
    parts += [section_as_text(section, width=width, ink=ink) for section in page.sections]
    if ways and (line := _ways(view)):
        parts.append(_quietly(line, width, ink))
    return "\n\n".join(part for part in parts if part)


def prose_as_text(text: str, *, width: int = WIDTH, ink: Ink = PLAIN) -> str:
    """An author's text as lines."""
    return section_as_text(Section("text", blocks(printable(text))), width=width, ink=ink)


def help_as_text(help_: Help, *, width: int = WIDTH, ink: Ink = PLAIN) -> str:
    """The disclaimer and the ways to reach a person."""
    parts = [section_as_text(section, width=width, ink=ink) for section in help_sections(help_)]
    return "\n\n".join(parts)


_WAYS = ("skip", "back", "pause", "resume", "stop")


def _ways(view: View) -> str:
    first = ["ok"] if "continue" in view.actions else []
    if view.input is not None and view.input.keep:
        first.append("/keep …")
    return " · ".join([*first, *(f"/{name}" for name in _WAYS if name in view.actions), "/help"])


def section_as_text(section: Section, *, width: int = WIDTH, ink: Ink = PLAIN) -> str:
    """One section."""
    look = ink.quiet if section.kind in _QUIET else ("", "")
    look = ink.accent if section.kind == "invite" else look
    lines = [_quietly(f"{section.label}:", width, ink)] if section.label else []
    for number, block in enumerate(section.blocks):
        if number and not (isinstance(block, Listing) and block.close):
            lines.append("")
        lines += _block(block, section, width, ink, look)
    return "\n".join(lines)


def _block(
    block: Block, section: Section, width: int, ink: Ink, look: tuple[str, str]
) -> Iterator[str]:
    if not isinstance(block, Listing):
        for line in block.lines:
            yield from _lines(line, width, ink, look)
        return
    most = len(str(len(block.items)))
    for number, item in enumerate(block.items, 1):
        start = f"  {number:>{most}}  " if section.numbered else f"{ink.bullet} "
        for line in item:
            for text in _lines(line, width - len(start), ink, look):
                yield start + text
                start = " " * len(start)


def _lines(line: Line, width: int, ink: Ink, look: tuple[str, str]) -> Iterator[str]:
    for part in wrapped(line, max(width, NARROWEST)):
        yield "".join([_inked(run, ink, look) for run in part])


def _inked(run: Run, ink: Ink, look: tuple[str, str]) -> str:
    before, after = ink.strong if run.strong else ink.emphasis if run.emphasis else look
    return f"{before}{run.text}{after}"


def _quietly(text: str, width: int, ink: Ink) -> str:
    return "\n".join(_lines((Run(text),), width, ink, ink.quiet))
