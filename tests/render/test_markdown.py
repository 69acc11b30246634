"""A view and a transcript as Markdown."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.render.markdown import as_markdown, escaped, transcript_as_markdown
from compassion_protocols.session.events import Answer
from compassion_protocols.session.transcript import Line, Transcript
from tests.render.views import asked, options, question, view

HOSTILE = (
    "<img src=x onerror=1>",
    "[here](javascript:alert(1))",
    "![x](http://a.b/c)",
    "# Big",
    "- item",
    "1. one",
    "12) twelve",
    "> quoted",
    "```",
    "~~~",
    "---",
    "=====",
    "a | b",
    "&lt;b&gt;",
    "https://example.org",
    "www.example.org",
    "*a* _b_ **c**",
    "back\\slash",
    "$x$",
)
STILL_MEANT = {"<": "\\<", "[": "\\[", "`": "\\`", "*": "\\*", "&": "\\&", "|": "\\|"}


def transcript_of(*texts: str, question: str = "How?") -> Transcript:
    """A transcript with these answers to one question."""
    lines = [
        Line(at=0.0, place="a", question=question, by="Ana", text=text, value=text)
        for text in texts
    ]
    return Transcript(
        protocol="a-test",
        version="1.0.0",
        title="A test",
        session="s",
        reader="Ana",
        people=("Ana", "Ben"),
        ended=True,
        lines=tuple(lines),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_an_answer_means_nothing_in_markdown(text: str) -> None:
    """Every mark in an answer that Markdown might read has a backslash before it."""
    written = transcript_as_markdown(transcript_of(text))
    answer = written.split("**Ana:** ")[1].strip()
    for mark, kept in STILL_MEANT.items():
        assert answer.count(mark) == answer.count(kept)
    assert "://" not in answer or "\\://" in answer
    assert not answer.startswith(("#", "-", "=", "~", ">", "1.", "12)"))


def test_an_answer_of_several_lines_stays_in_its_item() -> None:
    """Each line of an answer is broken off by force, and an empty one begins a paragraph inside."""
    written = transcript_as_markdown(transcript_of("one\ntwo\n\nthree"))
    assert "- **Ana:** one\\\n  two\n\n  three\n" in written


def test_answers_to_one_question_stand_below_it() -> None:
    """A question is written once for all who answered it in one pass."""
    written = transcript_as_markdown(transcript_of("a", "b"))
    assert written.count("How?") == 1
    assert "- **Ana:** a\n- **Ana:** b" in written


def test_a_transcript_says_when_in_local_time() -> None:
    """The time is that of UTC and says so, or the local one if its distance is given."""
    assert "1970-01-01, 00:00 UTC." in transcript_as_markdown(transcript_of("a"))
    assert "1970-01-01, 01:00." in transcript_as_markdown(transcript_of("a"), utc_offset=3600)


def test_an_instant_beyond_every_calendar_is_left_out() -> None:
    """An instant that no calendar has is not written."""
    far = transcript_of("a")
    far = evolve(far, lines=(evolve(far.lines[0], at=9e11),))
    assert "With Ana and Ben.\n" in transcript_as_markdown(far)


def test_a_transcript_without_answers_says_so() -> None:
    """A transcript of a session without answers says so, and whether it goes on."""
    empty = evolve(transcript_of(), ended=False)
    written = transcript_as_markdown(empty)
    assert "No answers were given." in written
    assert "This is how far it has come." in written


def test_a_form_is_written_field_by_field() -> None:
    """The answer of a form has its fields, by their names, one a line."""
    form = transcript_of("x")
    value = {"what": "a walk", "by_when": "2030-01-31", "who": ["Ana", "Ben"], "sure": True}
    form = evolve(form, lines=(evolve(form.lines[0], value=value),))
    written = transcript_as_markdown(form)
    assert "what: a walk\\\n  by when: 2030-01-31\\\n  who: Ana and Ben\\\n  sure: yes" in written


def test_a_session_writes_its_own_transcript() -> None:
    """The transcript of a session has its question and its answer."""
    session = asked("steps:\n  - {ask: 'What is it, {{ you }}?', answer: text, example: a}")
    token = session.view("Ana").token
    session.receive(Answer(by="Ana", token=token, value="*stop*", at=1_001.0))
    written = transcript_as_markdown(session.transcript("Ana"))
    assert "What is it, Ana?\n\n- **Ana:** \\*stop\\*\n" in written


def test_a_view_is_markdown_too() -> None:
    """A view has its emphasis, its lists, its options by number, and its invitations quoted."""
    shown = as_markdown(
        question("choice", text="a **b**\nc\n\n- d", options=options("e", "#f"), invite=("Why?",))
    )
    assert "a **b**\\\nc\n\n- d\n" in shown
    assert "1. e\n2. \\#f" in shown
    assert "> Why?" in shown


@given(st.text())
def test_no_line_of_a_text_begins_a_block(text: str) -> None:
    """However a text begins, Markdown reads no heading, list, quote or rule into it."""
    line = escaped(text.replace("\n", " "))
    assert not line[:1] or line[0] not in "#+=:->~`|*_"


@given(st.text())
def test_a_view_holds_no_control_character(text: str) -> None:
    """Whatever stands in a view, its Markdown holds no control character."""
    shown = as_markdown(view(text=text))
    assert not {"\x1b", "\x00", "\x9b", "\u202e", "\ud800"} & set(shown)
