"""Reading one whole answer, which may take several lines.

A list is one item a line, up to an empty line; or all of it in one line with
``;`` between. A form is asked for field by field; or all of it in one line. A
long text on a terminal goes on to an empty line, and in a pipe is one line. A
command ends any of these at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from compassion_protocols import AnswerRefused, read_reply
from compassion_protocols.cli.keyboard import is_command

if TYPE_CHECKING:
    from compassion_protocols import View
    from compassion_protocols.cli.console import Console
    from compassion_protocols.cli.keyboard import Keyboard

MOST_LINES = 1_000


def typed_answer(view: View, keyboard: Keyboard, console: Console) -> str | None:
    """What is typed in answer to a question; None if nobody is there."""
    first = _first_line(view, keyboard, console)
    wanted = view.input
    if first is None or wanted is None or is_command(first):
        return first
    if not first.strip() and view.draft is not None:
        return first
    if wanted.type == "form":
        return _form(view, first, keyboard, console)
    several = wanted.type == "list" and ";" not in first
    if several or (wanted.type == "long_text" and keyboard.is_terminal):
        return _lines(first, keyboard, console)
    return first


def _first_line(view: View, keyboard: Keyboard, console: Console) -> str | None:
    form = view.input is not None and view.input.type == "form"
    line = keyboard.line(_label(view, 0, console) if form else console.prompt)
    while line is not None and not line.strip() and not keyboard.is_terminal:
        line = keyboard.line()
    return line


def _lines(first: str, keyboard: Keyboard, console: Console) -> str | None:
    lines = [first]
    while lines[-1].strip() and len(lines) < MOST_LINES:
        line = keyboard.line(console.prompt)
        if line is None:
            break
        if is_command(line):
            return line
        lines.append(line)
    return "\n".join(lines)


def _label(view: View, number: int, console: Console) -> str:
    name = view.input.fields[number][0] if view.input is not None else ""
    return f"  {name.replace('_', ' ')}{console.prompt}"


def _form(view: View, first: str, keyboard: Keyboard, console: Console) -> str | None:
    """Field after field; one that cannot be read is asked for again at once."""
    if view.input is None or _is_whole(view, first):
        return first
    given: list[str] = []
    line: str | None = first
    while line is not None and not is_command(line):
        name, field = view.input.fields[len(given)]
        value = _without_label(line, name)
        try:
            read_reply(evolve(view, kind="ask", input=field, draft=None), value, at=view.at)
            given.append(f"{name}: {value}")
        except AnswerRefused as refused:
            console.say(refused.say)
        if len(given) == len(view.input.fields):
            return "\n".join(given)
        line = keyboard.line(_label(view, len(given), console))
    return line


def _is_whole(view: View, line: str) -> bool:
    """Whether one line holds every field."""
    try:
        read_reply(view, line, at=view.at)
    except AnswerRefused:
        return False
    return True


def _without_label(line: str, name: str) -> str:
    before, colon, after = line.partition(":")
    same = before.strip().casefold() in (name, name.replace("_", " "))
    return (after if colon and same else line).strip()
