"""A printed page as one HTML file."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.authoring.paper.handout import handout
from compassion_protocols.authoring.paper.leaflet import Chapter, Leaflet, Reader
from compassion_protocols.authoring.paper.leaflet_html import POLICY, STYLE, leaflet_as_html
from compassion_protocols.language.text import printable
from compassion_protocols.loading import load
from tests.authoring.hostile import with_text
from tests.authoring.paper.leaflets import HOSTILE, leaflet_of
from tests.authoring.paper.test_handout import SHIPPED

VOID = {"meta", "br"}
ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "div"),
    *("h1", "h2", "p", "ul", "ol", "li", "span", "strong", "em", "br"),
}
ATTRIBUTES = {"class", "dir", "lang", "charset", "name", "content", "http-equiv"}


class Page(HTMLParser):
    """Reads a page: its elements, its headings and the words in each of them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that begins."""
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Hold that elements end in order."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note words."""
        if data.strip():
            self.words.append((self.open[-1], data))

    def handle_comment(self, data: str) -> None:
        """Hold that there is no comment."""
        raise AssertionError(data)


def is_sound(page: Page) -> bool:
    """Whether a page has only the elements that it may have, and its headings in order."""
    assert page.open == []
    assert set(page.tags) <= ALLOWED
    assert page.attributes <= ATTRIBUTES
    headings = [tag for tag in page.tags if tag in ("h1", "h2", "h3")]
    return headings[0] == "h1" and set(headings[1:]) == {"h2"}


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_page_is_sound(name: str, reader: Reader) -> None:
    """Every shipped page is one whole file without scripts, links or pictures."""
    text = leaflet_as_html(handout(load(name), reader))
    assert is_sound(Page(text))
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "http" not in text.replace("http-equiv", "")
    assert "url(" not in text


@given(HOSTILE, st.sampled_from(Reader))
def test_no_text_breaks_out(text: str, reader: Reader) -> None:
    """Whatever stands in a text, the page has the same elements, and shows it as it is."""
    page = Page(leaflet_as_html(leaflet_of(text, reader)))
    assert is_sound(page)
    line = " ".join(printable(text).split())
    if line:
        assert page.words.count(("h1", line)) == 1
        assert page.words.count(("h2", line)) == 2
        assert ("title", line) in page.words


@given(HOSTILE, st.sampled_from(Reader), st.sampled_from(SHIPPED))
def test_no_protocol_breaks_out(text: str, reader: Reader, name: str) -> None:
    """Whatever stands in all the texts of a protocol, its page has only the page's own elements."""
    plan = with_text(load(name), text)
    assert is_sound(Page(leaflet_as_html(handout(plan, reader))))


def test_a_language_cannot_break_out_either() -> None:
    """The language of a page, and the kinds of its parts, stay inside their quotes."""
    leaflet = Leaflet("T", "S", Reader.PARTICIPANT, "A", (Chapter('"><b>', "H"),), '"><b>')
    assert "<b>" not in leaflet_as_html(leaflet)


def test_nothing_may_be_loaded() -> None:
    """The page forbids everything but its own stylesheet, which it names by its hash."""
    text = leaflet_as_html(leaflet_of("a"))
    found = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert found is not None
    digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in POLICY
    assert POLICY.startswith("default-src 'none'; ")
    assert f'content="{POLICY}"' in text
    assert " style=" not in text


def test_it_prints_well() -> None:
    """A step is not split between pages, all is black on white, and no paper size is forced."""
    assert re.search(r"\.leaf \{[^}]*break-inside: avoid", STYLE)
    assert re.search(r"h1, h2, h3 \{[^}]*break-after: avoid", STYLE)
    assert "size:" not in STYLE.replace("font-size:", "")
    colours = set(re.findall(r"#[0-9a-f]{3,6}", STYLE))
    assert all(len(set(colour[1:])) == 1 for colour in colours)


def test_each_text_runs_as_its_script_runs() -> None:
    """Sides are told by where a line begins, and each text finds its own direction."""
    assert not re.search(r"(margin|padding|border)-(left|right)|float: (left|right)", STYLE)
    text = leaflet_as_html(leaflet_of("שלום"))
    assert '<h1 dir="auto">שלום</h1>' in text
    assert '<div dir="auto"><section class="text">' in text
