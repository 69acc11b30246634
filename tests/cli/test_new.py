"""Beginning a protocol of one's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from attrs import fields

from compassion_protocols.authoring.beginning.scaffold import FAMILIES, Outline, scaffold
from compassion_protocols.cli import arguments
from compassion_protocols.cli.new import OPTIONS
from compassion_protocols.loading import load
from compassion_protocols.model.protocol import Audience
from tests.cli.commands import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.commands import Shell


def test_only_an_id_is_needed(shell: Shell) -> None:
    """Off a terminal an id is enough; it says what it chose, and what can be done next."""
    done = shell("new", "evening-talk")
    assert done.code == 0
    path = shell.home / "evening-talk.protocol.yaml"
    assert path.read_text("utf-8") == scaffold(Outline(id="evening-talk"))
    assert "for one person, about 5 minutes, with three breaths, a quiet time and a" in done.out
    assert "lint evening-talk.protocol.yaml" in done.out
    assert shell("lint", ".").err == "1 file: all is well\n"
    assert shell("run", str(path), "--autoplay").code == 0


def test_each_option_is_heard(shell: Shell) -> None:
    """Whatever an option says stands in the file."""
    words = ["--title", "Talk, then walk", "--family", "asking", "--minutes", "40"]
    words += ["--audience", "group", "--no-pause", "--no-question", "--turns", "--author", "Ida"]
    done = shell("new", "talk", *words, "--output", "other.protocol.yaml", "--json")
    data = json.loads(done.out)
    assert (data["compassion_new"], data["file"]) == (1, "other.protocol.yaml")
    protocol = load(shell.home / "other.protocol.yaml").protocol
    assert (protocol.id, protocol.title, protocol.family) == ("talk", "Talk, then walk", "asking")
    assert (protocol.audience, protocol.card.authors) == (("group",), ("Ida",))
    assert protocol.card.dose.minutes == data["minutes"] == 40
    assert list(shell.home.iterdir()) == [shell.home / "other.protocol.yaml"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "Say what it is called"),
        (["three-breath-pause"], "in the catalog already"),
        (["Evening Talk"], "small letters, digits and hyphens"),
        (["a", "--turns"], "two people or more"),
        (["a", "--minutes", "1"], "4 to 120 minutes"),
        (["a", "--title", ""], "80 characters"),
        (["a", "--family", "care"], "invalid choice"),
        (["a", "--audience", "cuople"], "Did you mean “couple”?"),
        (["a", "--output", "none/a.protocol.yaml"], "There is no folder"),
        (["a", "--output", "there"], "stays as it is"),
    ],
)
def test_what_cannot_be_is_misuse(shell: Shell, words: list[str], told: str) -> None:
    """What cannot be made is told with what would be right, and nothing is written."""
    (shell.home / "there").write_text("mine", "utf-8")
    done = shell("new", *words)
    assert done.code == 2
    assert told in done.err
    assert [path.read_text("utf-8") for path in shell.home.iterdir()] == ["mine"]


def test_it_never_writes_over_a_file(shell: Shell) -> None:
    """A file that is there stays as it is."""
    path = shell.home / "a.protocol.yaml"
    path.write_text("mine", "utf-8")
    done = shell("new", "a")
    assert done.code == 2
    assert "is there already" in done.err
    assert path.read_text("utf-8") == "mine"


def test_a_terminal_is_asked(tmp_path: Path) -> None:
    """On a terminal it asks for everything, and what does not fit is asked for again."""
    room = Terminal(["new"], tmp_path)
    room.reads("What will people call it?").types("", "a" * 81, "Évening talk")
    room.reads("short name", "(evening-talk)").types("grounding").reads("in the catalog already")
    room.types("Not One").reads("small letters").types("")
    room.reads("Who is it for?").types("nobody").reads("A number from 1 to 4").types("2")
    room.reads("shelf", "(1)", "1  listening").types("rituals")
    room.reads("three breaths?").types("maybe").reads("Yes or no").types("n")
    room.reads("turn to speak?").types("").reads("question?").types("yes")
    room.reads("minutes? (12)").types("many").reads("6 to 120 minutes")
    room.types("1").reads("6 to 120 minutes").types("20")
    room.reads("Your name").types("Ida").reads("for a couple, about 20 minutes")
    assert room.ends() == 0
    path = tmp_path / "evening-talk.protocol.yaml"
    wished = Outline(
        id="evening-talk",
        title="Évening talk",
        audience=Audience.COUPLE,
        family="rituals",
        pause=False,
        minutes=20,
        author="Ida",
    )
    assert path.read_text("utf-8") == scaffold(wished)


def test_enter_alone_is_always_an_answer(tmp_path: Path) -> None:
    """Whoever has an id and presses Enter gets what is usual, and is not asked for turns alone."""
    room = Terminal(["new", "a-walk"], tmp_path).reads("(A walk)")
    room.types(*[""] * 7).reads("A walk: for one person")
    assert room.ends() == 0
    assert "turn to speak" not in room.seen
    assert (tmp_path / "a-walk.protocol.yaml").read_text("utf-8") == scaffold(Outline(id="a-walk"))


def test_what_an_option_says_is_not_asked(tmp_path: Path) -> None:
    """With an option for everything, a terminal is asked nothing."""
    words = ["new", "a", "--title", "A", "--audience", "family", "--family", "body", "--pause"]
    words += ["--turns", "--question", "--minutes", "30", "--author", "Ida", "--output", "b.yaml"]
    room = Terminal(words, tmp_path).reads("for a family, about 30 minutes")
    assert room.ends() == 0
    assert "?" not in room.seen
    assert (tmp_path / "b.yaml").exists()


@pytest.mark.parametrize("leave", ["interrupts", "leaves"])
def test_leaving_leaves_nothing_behind(tmp_path: Path, leave: str) -> None:
    """Ctrl-C or Ctrl-D in the middle of the questions ends it with 130, and nothing is written."""
    room = Terminal(["new", "a"], tmp_path).types("A", "1").reads("shelf", "› ")
    getattr(room, leave)()
    assert room.ends() == 130
    assert list(tmp_path.iterdir()) == []


def test_the_words_of_the_options_are_the_models() -> None:
    """The audiences and families that can be typed are those of the model."""
    assert tuple(Audience) == arguments.AUDIENCES
    assert arguments.FAMILIES == FAMILIES
    assert {"id", *OPTIONS} == {each.name for each in fields(Outline)}
