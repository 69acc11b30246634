"""What a view says, part by part, before anyone decides how it looks.

A :class:`Page` is the neutral model that the text, Markdown and HTML renderers
share: the sections of one screen, in order, each of a named kind. All words
that stand around an author's text (who will read an answer, how to answer, how
much time is left) are chosen in :mod:`.wording`, once. Options, drafts and
phrases to borrow are taken literally: nothing in them is read as Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.language.text import printable
from compassion_protocols.language.values import listed
from compassion_protocols.render.prose import Listing, Paragraph, blocks, literal
from compassion_protocols.render.wording import (
    addressed_in_words,
    answer_in_words,
    help_line,
    how_to_answer,
    minutes_in_words,
    pace_in_words,
    readers_in_words,
    timer_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compassion_protocols.render.prose import Block
    from compassion_protocols.session.view import Help, Input, View


@frozen
class Section:
    """One part of a page. ``label`` says in a few words what it is, where that is not plain."""

    kind: str
    blocks: tuple[Block, ...]
    label: str = ""
    numbered: bool = False


@frozen
class Page:
    """One screen: a line at the top, and its sections."""

    head: str
    sections: tuple[Section, ...]


def page_of(view: View) -> Page:
    """The page that a view makes."""
    parts = (view.title, addressed_in_words(view.addressed), minutes_in_words(view))
    return Page(printable(" · ".join(part for part in parts if part)), tuple(_sections(view)))


def _sections(view: View) -> Iterator[Section]:
    if view.heading:
        yield prose_section("heading", f"**{view.heading}**")
    yield prose_section("text", view.text)
    if view.pace is not None and view.kind == "breathe":
        yield literal_section("pace", pace_in_words(view.pace))
    if view.timer is not None:
        yield from _said("timer", timer_in_words(view, view.timer))
    if view.input is not None and view.kind in ("ask", "reveal"):
        yield from _input(view, view.input)
    if view.kind in ("waiting", "pause") and not set(view.waiting) <= set(view.addressed):
        yield literal_section("waiting", f"Waiting for {listed(view.waiting)}.")
    if view.note:
        yield prose_section("note", view.note, "For you as facilitator")
    if view.help.near:
        yield from help_sections(view.help)


def _input(view: View, wanted: Input) -> Iterator[Section]:
    if view.draft is not None:
        yield literal_section("draft", answer_in_words(view.draft, wanted), "You wrote")
    if view.invite:
        yield prose_section("invite", "\n\n".join(view.invite))
    if wanted.hint:
        yield (literal_section if view.kind == "reveal" else prose_section)("hint", wanted.hint)
    if wanted.options:
        labels = [option.label for option in wanted.options]
        yield Section("options", list_of(labels), numbered=True)
    yield from _said("labels", " · ".join(f"{at} {label}" for at, label in wanted.labels))
    if wanted.borrow:
        yield Section("borrow", list_of(wanted.borrow), "Words to borrow, if you like")
    yield from _said("keep", wanted.keep)
    how = how_to_answer(wanted, reveal=view.kind == "reveal")
    apart = "\n" if "\n" in how else " "
    yield literal_section("how", f"{how}{apart}{readers_in_words(wanted.seen_by)}".strip())


def help_sections(help_: Help) -> tuple[Section, ...]:
    """The disclaimer, and the ways to reach a person."""
    lines = [help_line(line) for line in help_.lines]
    ways = (Section("lines", list_of(lines), "People you can reach"),) if lines else ()
    return (prose_section("help", help_.text), *ways)


def prose_section(kind: str, text: str, label: str = "") -> Section:
    """A section of an author's text."""
    return Section(kind, blocks(printable(text)), label)


def literal_section(kind: str, text: str, label: str = "") -> Section:
    """A section of a text that is shown as it stands."""
    return Section(kind, (Paragraph(literal(printable(text))),), label)


def _said(kind: str, text: str) -> Iterator[Section]:
    if text:
        yield literal_section(kind, text)


def list_of(items: Iterable[str]) -> tuple[Block, ...]:
    """A list of texts that are shown as they stand."""
    return (Listing(tuple(literal(printable(item)) for item in items)),)
