"""A view as a fragment of HTML, to be put inside a page.

Every text is escaped, and the only elements are those written here: sections,
paragraphs, lists, emphasis and line breaks. There are no links, no styles and
no scripts, so the page may forbid them all. Each part bears its kind as a
class, for a stylesheet to find it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from compassion_protocols.language.text import printable
from compassion_protocols.render.page import help_sections, page_of
from compassion_protocols.render.prose import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compassion_protocols.render.page import Section
    from compassion_protocols.render.prose import Block, Line, Run
    from compassion_protocols.session.view import View


def as_html(view: View) -> str:
    """A view as an ``article``. Help is in it always, folded away where it is not near."""
    page = page_of(view)
    parts = [f"<header><p>{escape(page.head)}</p></header>"] if page.head else []
    parts += map(section_as_html, page.sections)
    if not view.help.near:
        inside = "".join(map(section_as_html, help_sections(view.help)))
        parts.append(f'<details class="help"><summary>Help</summary>{inside}</details>')
    kind = escape(printable(view.kind), quote=True)
    return f'<article class="view {kind}">{"".join(parts)}</article>'


def section_as_html(section: Section) -> str:
    """One section of a page."""
    label = f'<p class="label">{escape(section.label)}:</p>' if section.label else ""
    inside = "".join(_block(block, numbered=section.numbered) for block in section.blocks)
    return f'<section class="{section.kind}">{label}{inside}</section>'


def _block(block: Block, *, numbered: bool) -> str:
    if not isinstance(block, Listing):
        return f"<p>{_lines(block.lines)}</p>"
    items = "".join(f"<li>{_lines(item)}</li>" for item in block.items)
    return f"<ol>{items}</ol>" if numbered else f"<ul>{items}</ul>"


def _lines(lines: Iterable[Line]) -> str:
    return "<br>".join("".join(map(_run, line)) for line in lines)


def _run(run: Run) -> str:
    text = escape(run.text)
    if run.strong:
        return f"<strong>{text}</strong>"
    return f"<em>{text}</em>" if run.emphasis else text
