"""``new``: a protocol to begin with, after a few questions, or from options alone.

On a terminal whatever no option says is asked for, and Enter alone is always an answer. Elsewhere
nothing is asked, and only the id is needed. Nothing is written before the last answer, and never
over a file that is there.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from compassion_protocols import (
    Audience,
    Family,
    Outline,
    bundled,
    counted,
    id_from_title,
    listed,
    scaffold,
)
from compassion_protocols.cli.console import standard_console
from compassion_protocols.cli.keyboard import Keyboard
from compassion_protocols.cli.people import Misuse

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from typing import Any

    from compassion_protocols.cli.console import Console

NEW_VERSION = 1
SUFFIX = ".protocol.yaml"
OPTIONS = ("title", "audience", "family", "pause", "turns", "question", "minutes", "author")

_FOR_WHOM = {
    Audience.INDIVIDUAL: "one person",
    Audience.COUPLE: "a couple",
    Audience.FAMILY: "a family",
    Audience.GROUP: "a group, with a facilitator",
}


def new(arguments: Namespace) -> int:
    """Write a protocol to begin with. Misuse if it cannot be, or its file is there already."""
    console = standard_console(to_errors=arguments.json)
    given = {name: getattr(arguments, name) for name in OPTIONS}
    wishes = {name: value for name, value in given.items() if value is not None}
    if arguments.id is not None:
        _look_free(arguments.id, arguments.output)
        wishes["id"] = arguments.id
    if Keyboard.at_terminal():
        wishes = _Asking(wishes, console, arguments.output).all()
    elif "id" not in wishes:
        raise Misuse("Say what it is called, such as: compassion-protocols new evening-talk")
    outline = _outline(wishes)
    path = _place(outline.id, arguments.output)
    _write(path, scaffold(outline))
    if arguments.json:
        print(json.dumps(_as_data(outline, path), indent=2))
    _tell(outline, path, console)
    return 0


def _outline(wishes: dict[str, Any]) -> Outline:
    try:
        return Outline(**wishes)
    except ValueError as error:
        raise Misuse(str(error)) from None


def _place(protocol_id: str, output: str | None) -> Path:
    return Path(output) if output else Path(f"{protocol_id}{SUFFIX}")


def _look_free(protocol_id: str, output: str | None) -> None:
    """Misuse if the id is taken, or the file is there, or its folder is not."""
    if protocol_id in bundled().index():
        raise Misuse(f"“{protocol_id}” is in the catalog already; please choose another id.")
    path = _place(protocol_id, output)
    if path.exists():
        raise Misuse(f"“{path}” is there already, and stays as it is. Choose another id or file.")
    if not path.parent.is_dir():
        raise Misuse(f"There is no folder “{path.parent}”.")


def _write(path: Path, text: str) -> None:
    try:
        file = path.open("x", encoding="utf-8", newline="\n")
    except FileExistsError:
        raise Misuse(f"“{path}” is there already, and stays as it is.") from None
    try:
        with file:
            file.write(text)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


# What is asked


class _Asking:
    """The questions that are still open, one after the other."""

    def __init__(self, wishes: dict[str, Any], console: Console, output: str | None) -> None:
        self._wishes = wishes
        self._console = console
        self._output = output
        self._keyboard = Keyboard(console.out, editing=console.rich)

    def all(self) -> dict[str, Any]:
        """What is wished for in the end. KeyboardInterrupt if nobody is there any more."""
        self._console.say()
        self._console.say("A new protocol. Enter alone takes what is proposed; Ctrl-C leaves.")
        self._name()
        self._one_of("audience", "Who is it for?", [(a, _FOR_WHOM[a]) for a in Audience])
        families = [family for family in Family if family is not Family.CARE]
        self._one_of("family", "On which shelf does it belong?", [(f, str(f)) for f in families])
        self._yes_or_no("pause", "Does it begin with three breaths?")
        if self._so_far().audience is not Audience.INDIVIDUAL:
            self._yes_or_no("turns", "Does everyone have a turn to speak?")
        self._yes_or_no("question", "Does it end with a question?")
        self._minutes()
        if "author" not in self._wishes:
            self._wishes["author"] = self._line("Your name, for the card? It can wait.", "")
        return self._wishes

    def _so_far(self) -> Outline:
        return _outline(self._wishes)

    def _line(self, question: str, proposed: str, offered: Sequence[str] = ()) -> str:
        """What is typed; what is ``proposed`` for Enter alone."""
        self._console.say()
        self._console.say(f"{question} ({proposed})" if proposed else question)
        for number, told in enumerate(offered, 1):
            self._console.say(f"{number}  {told}", self._console.ink.quiet, indent=2)
        line = self._keyboard.line(self._console.prompt)
        if line is None:
            raise KeyboardInterrupt
        return line.strip() or proposed

    def _name(self) -> None:
        proposed = self._so_far().title if "id" in self._wishes else ""
        while "title" not in self._wishes:
            said = self._line("What will people call it?", proposed)
            self._take("title", said, Outline(id="a", title=proposed or "A"))
        proposed = id_from_title(self._wishes["title"])
        while "id" not in self._wishes:
            said = self._line("And its short name, for the file and the catalog?", proposed)
            self._take("id", said, Outline(id="a"))

    def _take(self, name: str, said: Any, outline: Outline) -> None:  # noqa: ANN401  # of any field
        """Take an answer if it fits into such an outline, else say what would."""
        try:
            outline = evolve(outline, **{name: said})
            if name == "id":
                _look_free(outline.id, self._output)
            self._wishes[name] = said
        except (Misuse, ValueError) as problem:
            self._console.say(str(problem))

    def _one_of(self, name: str, question: str, offered: list[tuple[Any, str]]) -> None:
        usual = getattr(self._so_far(), name)
        words = [str(value) for value, _ in offered]
        while name not in self._wishes:
            proposed = str(words.index(usual) + 1)
            said = self._line(question, proposed, [told for _, told in offered]).casefold()
            if said.isdecimal() and 1 <= int(said) <= len(offered):
                self._wishes[name] = words[int(said) - 1]
            elif said in words:
                self._wishes[name] = said
            else:
                self._console.say(f"A number from 1 to {len(offered)}, please.")

    def _yes_or_no(self, name: str, question: str) -> None:
        while name not in self._wishes:
            said = self._line(question, "yes").casefold()
            if said in ("yes", "y", "no", "n"):
                self._wishes[name] = said.startswith("y")
            else:
                self._console.say("Yes or no, please.")

    def _minutes(self) -> None:
        while "minutes" not in self._wishes:
            usual = self._so_far()
            said = self._line("About how many minutes?", str(usual.minutes))
            self._take("minutes", int(said) if re.fullmatch("[0-9]{1,4}", said) else 0, usual)


# What is told


def _tell(outline: Outline, path: Path, console: Console) -> None:
    console.say()
    minutes = f"about {counted(outline.minutes, 'minute')}"
    console.say(f"{outline.title}: for {_FOR_WHOM[outline.audience]}, {minutes}{_parts(outline)}.")
    console.say(f"It is in {path}, and runs as it is. From here on it is yours:")
    console.say()
    for words in (f"lint {path}", f"run {path} --autoplay", "schema > protocol.schema.json"):
        console.say(f"compassion-protocols {words}", console.ink.accent, indent=2)
    console.say()


def _parts(outline: Outline) -> str:
    parts = (
        "three breaths" if outline.pause else "",
        "turns" if outline.turns else "a quiet time",
        "a question" if outline.question else "",
    )
    return f", with {listed([part for part in parts if part])}"


def _as_data(outline: Outline, path: Path) -> dict[str, object]:
    wished = {name: getattr(outline, name) for name in OPTIONS}
    return {"compassion_new": NEW_VERSION, "id": outline.id, "file": str(path), **wished}
