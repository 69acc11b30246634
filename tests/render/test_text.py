"""A view as plain text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.language.text import printable
from compassion_protocols.model.care import CrisisLine
from compassion_protocols.render.ink import Ink
from compassion_protocols.render.text import as_text, help_as_text, prose_as_text
from compassion_protocols.render.wrapping import columns
from compassion_protocols.session.state import Status
from compassion_protocols.session.view import Help, Pace, Timer
from tests.render.views import options, question, view


def test_the_first_line_says_what_for_whom_and_how_long() -> None:
    """The first line has the title, who is addressed, and the minutes left."""
    text = as_text(view(minutes_left=1))
    assert text.startswith("A test · Ana · about 1 minute left\n\nLook up.")


def test_a_screen_for_many_is_for_everyone() -> None:
    """More than four names are said as “everyone”."""
    many = as_text(view(addressed=("A", "B", "C", "D", "E")))
    assert many.startswith("A test · everyone\n")


def test_the_ways_are_those_that_make_sense() -> None:
    """The last line names the commands of the view's actions, and help always."""
    assert as_text(view()).endswith("\n\nok · /skip · /pause · /stop · /help")
    assert as_text(view(actions=("erase",), status=Status.ENDED)).endswith("\n\n/help")


def test_a_question_says_who_will_read() -> None:
    """A question says who will read the answer, and that nobody else will."""
    assert "Only you will read this." in as_text(question())
    assert "Ben and Cleo will read this too." in as_text(question(seen_by=("Ben", "Cleo")))


def test_someone_who_only_waits_has_no_input() -> None:
    """A view that waits for others shows no question, and says whom it waits for."""
    text = as_text(view(kind="waiting", waiting=("Ben",), input=question().input))
    assert "read this" not in text
    assert "Waiting for Ben." in text


def test_nobody_waits_for_those_before_the_screen() -> None:
    """A pause at a shared screen does not say that it waits for everyone there."""
    text = as_text(view(kind="pause", waiting=("Ana", "Ben"), addressed=("Ana", "Ben")))
    assert "Waiting" not in text


def test_options_are_numbered() -> None:
    """Options have the numbers by which they may be chosen."""
    text = as_text(question("choice", options=options("warm", "*cold*")))
    assert "  1  warm\n  2  *cold*" in text


def test_an_invitation_and_the_draft_stand_together() -> None:
    """After a first answer its writer sees what they wrote, and the invitations."""
    text = as_text(question(draft="You never.\nAlways.", invite=("Which one time?", "Or so.")))
    assert "You wrote:\nYou never.\nAlways.\n\nWhich one time?\n\nOr so." in text


def test_a_draft_is_said_as_it_was_meant() -> None:
    """Of chosen options a draft shows the labels, of a form the fields."""
    wanted = question("form", fields=(("by_when", question("date").input),), draft={"by_when": "x"})
    assert "by when: x" in as_text(wanted)
    chosen = question("yes_no", draft=True)
    assert "You wrote:\nyes" in as_text(chosen)


def test_a_note_is_for_the_facilitator() -> None:
    """A facilitator's note says whom it is for."""
    assert "For you as facilitator:\nGo slowly." in as_text(view(note="Go slowly."))


def test_a_pace_is_said_in_words() -> None:
    """A breathing pattern is told in seconds and breaths, without the parts that last no time."""
    pace = Pace(inhale=4, hold=0, exhale=6, rest=0, breaths=3)
    timer = Timer(started=1_000.0, due=1_030.0, over=1_030.0)
    text = as_text(view(kind="breathe", pace=pace, timer=timer))
    assert "3 breaths: in for 4, out for 6." in text
    assert "Time:" not in text


def test_a_timer_says_how_much_is_left() -> None:
    """A timer says the time left at the instant of the view, and at its end that it is over."""
    timer = Timer(started=1_000.0, due=1_225.0, over=1_180.0)
    assert "Time: 3 minutes." in as_text(view(kind="speak", timer=timer))
    assert "Time: 1 minute 20 seconds." in as_text(view(kind="speak", timer=timer, at=1_100.0))
    assert "The time is over." in as_text(view(kind="speak", timer=timer, at=1_200.0))


def test_a_pause_says_when_to_come_back() -> None:
    """A pause says in how many minutes its time of return is, and when it has come."""
    timer = Timer(started=1_000.0, over=2_200.0)
    assert "in 20 minutes" in as_text(view(kind="pause", timer=timer))
    assert "time to come back" in as_text(view(kind="pause", timer=timer, at=2_200.0))


def test_help_stands_beside_the_text_where_it_is_near() -> None:
    """The ways to reach a person are on the screen where help is near, and else a step away."""
    line = CrisisLine(locale="*", name="A line", purpose="", channel="call", contact="123")
    assert "123" not in as_text(view(help=Help(text="T", lines=(line,))))
    assert "A line: 123" in as_text(view(help=Help(text="T", lines=(line,), near=True)))


def test_help_says_what_nobody_has_checked() -> None:
    """A line without a day on which it was checked says so; one with a day says the day."""
    bare = CrisisLine(locale="*", name="A", purpose="", channel="call", contact="1")
    checked = CrisisLine(
        locale="*", name="B", purpose="", channel="text", contact="2", verified_on="2030-01-31"
    )
    text = help_as_text(Help(text="T", lines=(bare, checked)))
    assert "A: 1 (call; nobody has checked this yet)" in text
    assert "B: 2 (text; checked on 2030-01-31)" in text


def test_ink_goes_round_what_it_is_for() -> None:
    """Emphasis is written with the marks of the ink that is handed in."""
    ink = Ink(strong=("<", ">"))
    assert prose_as_text("a **b** c", ink=ink) == "a <b> c"
    assert prose_as_text("a **b** c") == "a b c"


@given(st.text(), st.text(), st.integers(30, 120))
def test_a_text_is_printable_and_fits(text: str, answer: str, width: int) -> None:
    """Whatever stands in a view, its lines fit and hold no control character."""
    shown = as_text(
        question(hint=text, draft=answer, options=options(text), seen_by=(answer,)),
        width=width,
    )
    assert all(columns(line) <= width for line in shown.split("\n"))
    assert printable(shown) == shown
