"""What a timer looks like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.cli.pacing import beats, breathing_bar, frame, in_digits
from compassion_protocols.session.view import Pace, Timer, View
from tests.render.views import view

START = 1_000.0


def breathing(breaths: int = 3, **pace: int) -> View:
    """A breathing moment."""
    pattern = {"inhale": 4, "hold": 0, "exhale": 6, "rest": 0} | pace
    due = START + breaths * sum(pattern.values())
    timer = Timer(started=START, due=due, over=due)
    return view(kind="breathe", pace=Pace(breaths=breaths, **pattern), timer=timer)


def waiting(seconds: float, soft: float = 0) -> View:
    """A moment that lasts some time, and closes so much later."""
    end = START + seconds
    return view(kind="speak", timer=Timer(started=START, due=end + soft, over=end))


@pytest.mark.parametrize(
    ("after", "words", "count", "number"),
    [
        (0.0, "breathe in", "1", "1 of 3"),
        (3.9, "breathe in", "4", "1 of 3"),
        (4.0, "breathe out", "1", "1 of 3"),
        (9.9, "breathe out", "6", "1 of 3"),
        (10.0, "breathe in", "1", "2 of 3"),
        (30.0, "breathe in", "1", "3 of 3"),
    ],
)
def test_a_breath_is_counted(after: float, words: str, count: str, number: str) -> None:
    """The moving line says in or out, the second of it, and which breath it is."""
    line = frame(breathing(), START + after)
    assert line.startswith(words)
    assert line.endswith(number)
    assert f"  {count}  " in line


def test_a_bar_grows_and_shrinks() -> None:
    """The bar is widest between in and out, and narrowest between out and in."""
    wide = [frame(breathing(), START + after).count("█") for after in (0, 1, 2, 3, 4, 6, 8, 9.9)]
    assert wide[:5] == sorted(wide[:5])
    assert wide[4:] == sorted(wide[4:], reverse=True)
    assert wide[4] > 20 > 3 > wide[0]


def test_a_held_breath_and_a_rest_have_words() -> None:
    """A hold and a rest are said where they last some time."""
    slow = breathing(hold=2, rest=3)
    assert frame(slow, START + 5).startswith("hold")
    assert frame(slow, START + 13).startswith("rest")


@given(st.floats(0, 1), st.integers(5, 29), st.booleans())
def test_a_bar_is_even(fullness: float, long: int, signs: bool) -> None:
    """A bar is the same on both sides of its middle, and as long as it may be."""
    bar = breathing_bar(fullness, long, signs=signs)
    assert bar == bar[::-1]
    assert len(bar) == long // 2 * 2 + 1
    assert bar.isascii() or signs


@given(st.floats(0, 40), st.integers(40, 200), st.booleans())
def test_a_frame_fits(after: float, width: int, signs: bool) -> None:
    """A frame of any instant fits into a line."""
    for each in (breathing(), waiting(20, soft=10)):
        assert len(frame(each, START + after, width=width, signs=signs)) <= width


def test_a_time_runs_down() -> None:
    """The moving line of a timer says what is left, and then that it is over."""
    assert frame(waiting(90), START).endswith("  1:30")
    assert "━" * 29 in frame(waiting(90), START)
    assert frame(waiting(90), START + 89.5).endswith("  0:01")
    assert frame(waiting(90), START + 90) == "The time is over. There is room to finish in peace."


def test_digits_are_those_of_a_clock() -> None:
    """A length of time is said in minutes and seconds, and in hours where there are any."""
    assert [in_digits(s) for s in (0, 0.1, 59, 60, 3_599.5)] == [
        "0:00", "0:01", "0:59", "1:00", "1:00:00",
    ]  # fmt: skip


def test_breaths_are_told_in_lines() -> None:
    """Without motion each part of a breath is a line of its own, at its own instant."""
    assert beats(breathing(2)) == [
        (START, "1 of 2   breathe in, 4 seconds"),
        (START + 4, "         breathe out, 6 seconds"),
        (START + 10, "2 of 2   breathe in, 4 seconds"),
        (START + 14, "         breathe out, 6 seconds"),
    ]


def test_a_time_is_told_in_a_few_lines() -> None:
    """Without motion a timer says now and then what is left; a short one says nothing."""
    assert beats(waiting(180)) == [
        (START + 60, "2 minutes left"),
        (START + 120, "1 minute left"),
        (START + 150, "30 seconds left"),
    ]
    assert beats(waiting(20)) == []
    assert beats(waiting(20, soft=5)) == [
        (START + 20, "The time is over. There is room to finish in peace.")
    ]
    assert beats(view()) == []
