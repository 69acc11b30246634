"""Two words for everyone at the end of a screening."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from compassion_protocols.cli.clearing import WORDS, open_together, words_for

DAY = 86_400.0
seconds = st.floats(0, 4e9)
draws = st.lists(st.integers(0, 2**31), min_size=8, max_size=8)


def words(cleared: bool, at: float, numbers: list[int]) -> str:
    """Someone's two words, drawn by these numbers."""
    left = iter(numbers)
    return words_for(cleared, at, lambda below: next(left) % below)


@given(seconds, draws, st.floats(0, DAY - 1))
def test_words_of_the_cleared_open(at: float, numbers: list[int], later: float) -> None:
    """The words of someone who is cleared open an exercise for at least a day."""
    assert open_together([words(True, at, numbers)], at + later)


@given(seconds, draws, st.floats(0, 14 * DAY))
@example(1094314764.0, [40, 1806], 114036.0)
def test_words_of_others_never_open(at: float, numbers: list[int], later: float) -> None:
    """The words of someone who is not cleared open nothing, also when they are typed days later."""
    assert not open_together([words(False, at, numbers)], at + later)


@given(seconds, draws)
def test_all_words_look_alike(at: float, numbers: list[int]) -> None:
    """Everyone's words come from one list, and are two."""
    for cleared in (True, False):
        first, second = words(cleared, at, numbers).split()
        assert {first, second} <= set(WORDS)


def test_words_can_be_typed_in_any_way() -> None:
    """Case, a hyphen, a comma or more blanks between two words change nothing."""
    said = words(True, 0.0, [3, 5])
    first, second = said.split()
    for typed in (said.upper(), f"{first}-{second}", f" {first} ,  {second} "):
        assert open_together([typed], 0.0)


def test_one_persons_words_do_not_count_for_two() -> None:
    """Words that come twice open nothing."""
    said = words(True, 0.0, [3, 5])
    assert not open_together([said, said.upper()], 0.0)
    assert open_together([said, words(True, 0.0, [4, 5])], 0.0)


@given(st.text())
def test_anything_else_opens_nothing(said: str) -> None:
    """What is no two words of the list opens nothing."""
    if not set(said.casefold().replace("-", " ").replace(",", " ").split()) <= set(WORDS):
        assert not open_together([said], 0.0)


def test_every_word_is_there_once() -> None:
    """The list holds each of its sixty-four words once, all in small letters."""
    assert len(set(WORDS)) == len(WORDS) == 64
    assert all(word.isalpha() and word.islower() for word in WORDS)
