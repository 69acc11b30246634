"""People at a real terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.cli.commands import CLEARED, Terminal

if TYPE_CHECKING:
    from pathlib import Path

CLEAR = "\x1b[H\x1b[2J\x1b[3J"
BRISK = ("--speed", "40", "--set", "floor_time=1m", "--set", "summary_time=30s")


def test_two_people_with_a_pause_in_the_middle(tmp_path: Path) -> None:
    """Two people come to the end of an exercise at one keyboard, with a pause in the middle."""
    room = Terminal(["run", "structured-empathy-exchange", *CLEARED, *BRISK], tmp_path)
    room.types("", "", "").reads("3 breaths", "breathe in").reads("breathe out")
    room.reads("Ana, the next question is for you alone.", "only you can see the screen")
    room.types("").reads("What do you notice now?").types("warm")
    room.reads(CLEAR, "Ben, the next question").types("", "quiet")
    room.reads(CLEAR, "What was written is covered.").types("")
    room.types("", "The boxes", "", "The call", "")
    room.reads("The floor is yours for 1 minute.", "Only listen, Ben.", "━").interrupts()
    room.reads("Pause, skip or stop?").types("p")
    room.reads("A time-out is a kindness").types("20m")
    room.reads("The time to come back is in 20 minutes.").types("")
    room.reads("The floor is yours", "━").presses("\n")
    room.reads("give back in a few sentences", "━").presses("/")
    room.types("skip").reads("In one sentence, what did Ana feel")
    room.types("You felt alone. And tired.").reads("One sentence keeps it about Ana.")
    room.types("You felt alone.").reads("Does that land?").types("1")
    room.reads("2 breaths").presses("s")
    room.reads("Ben, what has been on your heart", "━").presses("\n")
    room.reads("give back", "━").presses("\n")
    room.reads("what did Ben feel").types("You were hoping.").reads("Does that land?").types("yes")
    room.reads("2 breaths").presses("\n")
    room.reads("What was heard today:").types("")
    room.reads("hold on to?").types("That you stayed").types("The call")
    room.reads("Thank each other")
    assert room.ends() == 0
    assert "- **" not in room.seen


def test_one_person_chooses_and_gives_a_name(tmp_path: Path) -> None:
    """Without an exercise one may choose, give a name, and look at help on the way."""
    room = Terminal(["run", "--speed", "40"], tmp_path)
    room.reads("What would be good for you just now?").types("99")
    room.reads("A number from 1 to").types("")
    room.reads("What would you like to be called?").types("Mia")
    room.reads("For Mia, about 1 minute.").types("").reads("find the floor, Mia").types("/help")
    room.reads("Find A Helpline", "nobody has checked this yet", "/pause 20m").types("")
    room.reads("breathe in", "What do you notice now?").types("").reads("nothing written yet")
    room.types("/pause").reads("A time-out").types("").types("calm").reads("end of the exercise")
    assert room.ends() == 0


@pytest.mark.parametrize("plain", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {}])
def test_plain_terminals_get_plain_characters(tmp_path: Path, plain: dict[str, str]) -> None:
    """Under NO_COLOR, or on a dumb terminal, nothing moves and no escape code is written."""
    words = ["run", "three-breath-pause", "--with", "Mia", "--speed", "100"]
    room = Terminal([*words, *([] if plain else ["--still"])], tmp_path, **plain)
    room.types("", "").reads("1 of 3   breathe in, 4 seconds", "breathe out, 6 seconds")
    room.types("calm").reads("end of the exercise")
    assert room.ends() == 0
    assert "█" not in room.seen
    assert ("\x1b" in room.seen) is (not plain)


def test_a_second_ctrl_c_leaves(tmp_path: Path) -> None:
    """Ctrl-C asks what is meant by it, Enter goes on, and a second one leaves with 130."""
    room = Terminal(["run", "three-breath-pause", "--with", "Mia"], tmp_path)
    room.types("").reads("find the floor", "› ").interrupts().reads("Pause, skip or stop?")
    room.types("").reads("find the floor", "› ").interrupts().reads("Pause, skip or stop?", "› ")
    room.interrupts()
    assert room.ends() == 130


def test_stopping_is_always_possible(tmp_path: Path) -> None:
    """A stop ends it at once: on the first page, at a question, and after Ctrl-C."""
    words = ["run", "three-breath-pause", "--with", "Mia", "--speed", "100"]
    assert Terminal(words, tmp_path).types("/stop").ends() == 0
    room = Terminal(words, tmp_path).types("", "").reads("notice now?").types("/stop")
    assert room.reads("Whatever you did today is enough.").ends() == 0
    room = Terminal(words, tmp_path).types("").reads("find the floor", "› ").interrupts().types("x")
    assert room.reads("Whatever you did today is enough.").ends() == 0


def test_the_end_of_input_keeps_the_place(tmp_path: Path) -> None:
    """Ctrl-D ends it kindly, and a kept session goes on from its pause."""
    words = ["run", "three-breath-pause", "--with", "Mia", "--speed", "100", "--keep", "mia.json"]
    room = Terminal(words, tmp_path).types("", "").reads("notice now?", "› ").leaves()
    assert room.reads("run --resume mia.json --keep", "Kept, for your eyes alone").ends() == 0
    room = Terminal(["run", "--resume", "mia.json"], tmp_path).reads("A time-out").types("")
    assert room.reads("notice now?").types("calm").reads("end of the exercise").ends() == 0


def words_of(room: Terminal) -> str:
    """The two words at the end of a screening."""
    room.reads("Your two words:", "Everyone gets two")
    found = re.search(r"Your two words:\s+(?:\x1b\S*?m)?([a-z]+ [a-z]+)", room.seen)
    assert found is not None
    return found[1]


def screened(folder: Path, *answers: str) -> str:
    """The words of someone who answers a screening."""
    room = Terminal(["run", "couple-safety", "--with", "Ana"], folder).types("", "", *answers)
    words = words_of(room)
    room.types("").reads(CLEAR)
    assert room.ends() == 0
    return words


SAFE = ("yes", "no", "no", "no", "yes")


def test_words_from_two_screenings_open_an_exercise(tmp_path: Path) -> None:
    """The words of two who are cleared open an exercise, unseen; any others get one message."""
    ana, ben = screened(tmp_path, *SAFE), screened(tmp_path, *SAFE)
    afraid = screened(tmp_path, "yes", "yes", "no", "no", "yes")
    words = ["run", "structured-empathy-exchange", "--with", "Ana,Ben"]
    room = Terminal(words, tmp_path).types(ana, ben).reads("For Ana and Ben, about", "Enter begins")
    assert ana not in room.seen
    assert room.types("/stop").ends() == 0
    pages = set()
    for said in ((ana, afraid), (afraid, ben), (ana, ""), ("", ""), (ana, ana), ("some", "words")):
        room = Terminal(words, tmp_path).reads("Before this one begins").types(*said)
        room.reads("not ready to start")
        assert room.ends() == 2
        pages.add(room.seen[room.seen.index("This exercise is not") :])
    assert len(pages) == 1


def test_a_screening_leaves_nothing_on_the_screen(tmp_path: Path) -> None:
    """Every page of a screening is cleared before the next one comes."""
    room = Terminal(["run", "couple-safety", "--with", "Ana"], tmp_path).types("", "")
    for answer, after in zip(SAFE, ("afraid", "hurt you", "watch", "disagree"), strict=False):
        room.types(answer).reads(CLEAR, after)
    room.reads("› ").interrupts().reads("Pause, skip or stop?", "› ").interrupts()
    assert room.ends() == 130
    assert room.seen.rstrip().endswith(CLEAR)
