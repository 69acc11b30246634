"""A view as HTML."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.render.html import as_html
from compassion_protocols.session.view import Help
from tests.render.views import options, question, view

ELEMENTS = {
    *("article", "header", "section", "details", "summary"),
    *("p", "ul", "ol", "li", "br", "em", "strong"),
}


class Seen(HTMLParser):
    """What a reader of HTML makes of a fragment."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and the names of its attributes."""
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.texts.append(data)


def test_a_text_has_paragraphs_breaks_lists_and_emphasis() -> None:
    """A newline is a break, an item a list item, and marked words are emphasised."""
    html = as_html(view(text="a\n**b** *c*\n\n- d"))
    assert "<p>a<br><strong>b</strong> <em>c</em></p><ul><li>d</li></ul>" in html


def test_each_part_bears_its_kind() -> None:
    """The article and its sections bear the kind of view and part as a class."""
    html = as_html(question("choice", options=options("a")))
    assert html.startswith('<article class="view ask">')
    assert '<section class="options"><ol><li>a</li></ol></section>' in html


def test_help_is_always_there() -> None:
    """Help is folded away at the end, or stands open where it is near."""
    assert '<details class="help"><summary>Help</summary>' in as_html(view())
    assert "<details" not in as_html(view(help=Help(text="T", near=True)))


@given(st.text() | st.sampled_from(["<img src=x onerror=1>", "[a](javascript:b)", "&#60;b>"]))
def test_a_text_is_only_text(text: str) -> None:
    """Whatever stands in a view, the elements are those of the renderer, with classes alone."""
    html = as_html(
        question(
            "choice",
            text=text,
            hint=text,
            draft=text,
            options=options(text),
            title=text,
            seen_by=(text,),
            invite=(text,),
            kind="ask",
        )
    )
    seen = Seen(html)
    assert set(seen.elements) <= ELEMENTS
    assert seen.attributes <= {"class"}
    assert not {"\x1b", "\x00", "\x9b", "\u202e"} & set(html)


def test_an_answer_with_html_is_shown_as_it_was_typed() -> None:
    """What looks like HTML in an answer is read as text again."""
    seen = Seen(as_html(question(draft="<img src=x onerror=1>")))
    assert "<img src=x onerror=1>" in seen.texts
