"""Texts that YAML reads as something else: each rule knows one way to forget a pair of quotes.

A rule looks at the scene and returns the slip if it is its own, else ``None``.
"""

from __future__ import annotations

import re

from compassion_protocols.reading.pieces import (
    Lines,
    Piece,
    Place,
    quoted,
    shown,
    single_quoted,
    value_at,
    value_in_flow,
)
from compassion_protocols.reading.trouble import Scene, Slip, Trouble

TEMPLATE_OPENERS = ("{{", "{%", "{#")
_QUOTES = ('"', "'")
_STRINGS = re.compile(r"\"[^\"]*+\"|'[^']*+'")


def template_slip(lines: Lines, file: str, place: Place, *, in_flow: bool) -> Slip:
    """A ``{{`` at this place that YAML took for a map inside a map."""
    scene = Scene(lines, file, Trouble("", at=place))
    piece = value_in_flow(lines, place) if in_flow else value_at(lines, place[0])
    opener = lines[place[0]][place[1] : place[1] + 2]
    message = f"Without quotes YAML takes “{opener}” for brackets, not for the start of a text."
    if piece.start != place:
        return scene.slip("CP013", place, message, "Put quotes round the whole text.")
    return scene.unquoted("CP013", piece, message)


def template(scene: Scene) -> Slip | None:
    """A template that stopped the parser at its first sign."""
    for row in (scene.trouble.since[0], scene.trouble.at[0]):
        piece = scene.value(row)
        if piece.named and piece.text.startswith(TEMPLATE_OPENERS):
            return template_slip(scene.lines, scene.file, piece.start, in_flow=False)
    return None


def backslash(scene: Scene) -> Slip | None:
    """A backslash in double quotes with which no code begins, or none that is a character."""
    if not scene.says("escape", "hexdecimal", "chr()"):
        return None
    if scene.says("invalid Unicode", "chr()"):
        code, message = "CP008", "The code after this backslash stands for no character."
        remedy = "Put the character itself there, as it looks."
    else:
        code, message = "CP017", "In double quotes a backslash begins a code, and this is none."
        remedy = "Put the text in single quotes, or write the backslash twice."
    slip = scene.slip(code, scene.trouble.at, message, remedy)
    piece = scene.value(scene.trouble.at[0])
    if not _is_enclosed(piece.text, '"'):
        return slip
    return scene.mended(slip, piece, single_quoted(piece.text[1:-1]))


def open_quote(scene: Scene) -> Slip | None:
    """A quote that is never closed, or only by the one that was to open the next text."""
    trouble = scene.trouble
    never = scene.says("end of stream", "document indicator")
    start = trouble.since if never else trouble.last
    mark, piece = scene.char(start), scene.value(start[0])
    swallows = piece.start == start and piece.last < trouble.last_end[0]
    if mark not in _QUOTES or not (never or swallows):
        return None
    message = f"The quote {mark} that opens here is not closed where its text ends."
    if piece.start != start:
        return scene.slip("CP014", start, message, f"Put a second {mark} at the end of the text.")
    remedy = f"Put a second {mark} at the end of the text: {mark}{shown(piece.text[1:])}{mark}"
    if mark == "'":
        remedy += f" An apostrophe wants other quotes round it: {quoted(shown(piece.text))}"
    slip = scene.slip("CP014", start, message, remedy)
    return scene.mended(slip, piece, single_quoted(piece.text[1:]))


def bracket(scene: Scene) -> Slip | None:
    """A bracket that is never closed, or entries in brackets without a comma between them."""
    between = scene.says("',' or")
    start = scene.trouble.since if between else scene.trouble.inside
    if start is None:
        return None
    piece, row = scene.value(start[0]), scene.trouble.at[0]
    if row > piece.last or row >= len(scene.lines):
        return _no_closer(scene, start, piece)
    return _no_comma(scene, start) if between else None


def _no_closer(scene: Scene, start: Place, piece: Piece) -> Slip:
    mark = scene.char(start)
    slip = scene.slip(
        "CP018",
        start,
        f"The bracket {mark} that opens here is never closed.",
        f"Put {_closers(mark)} after its last entry; a text that begins with {mark} wants quotes.",
    )
    return scene.mended(slip, piece, f"{piece.text} {_closers(piece.text)}")


def _no_comma(scene: Scene, start: Place) -> Slip:
    return scene.slip(
        "CP018",
        scene.trouble.at,
        f"After the bracket {scene.char(start)} on line {start[0] + 1}, a comma or the closing "
        "bracket is missing before this place.",
        "Put a comma between two entries; a text that holds a colon or a bracket wants quotes.",
    )


def _closers(text: str) -> str:
    """The brackets that would close those that are open in this text."""
    missing: list[str] = []
    for char in _STRINGS.sub("", text):
        if char in "[{":
            missing.append("]" if char == "[" else "}")
        elif char in "]}" and missing:
            missing.pop()
    return "".join(reversed(missing))


def sign(scene: Scene) -> Slip | None:
    """A text that begins with a sign which YAML keeps for itself."""
    if scene.wants_other_line:
        return None
    for place in (scene.trouble.since, scene.trouble.at):
        piece = scene.value(place[0])
        char = scene.char(place)
        if _is_sign(scene, char, piece, place):
            piece = piece if piece.start == place else value_in_flow(scene.lines, place)
            message = _sign_message(char)
            return scene.unquoted("CP012", piece, message, more=_MORE.get(char, ""))
    return None


def _is_sign(scene: Scene, char: str, piece: Piece, place: Place) -> bool:
    if char in ("-", "?"):
        return scene.says("not allowed")
    if char in (",", "]", "}"):
        return piece.start == place and scene.says("node content")
    return char != "" and char in "@`%*&!|>"


def _sign_message(char: str) -> str:
    return f"YAML keeps “{char}” for itself, so nobody would see this text as you wrote it."


_FOLLOW = " If more lines of it follow, let “{}” stand alone and begin the text on the next line."
_MORE = {
    "-": " If it is a list, begin it on the next line.",
    "|": _FOLLOW.format("|"),
    ">": _FOLLOW.format(">"),
}


def goes_on(scene: Scene) -> Slip | None:
    """Words after a closing quote, after a closing bracket, or after an alias."""
    piece = scene.value(scene.trouble.at[0])
    mark = piece.text[:1]
    if not scene.wants_other_line or scene.trouble.at[1] <= piece.column or not mark:
        return None
    if mark in "*&!":
        return scene.unquoted("CP012", piece, _sign_message(mark))
    if mark not in "\"'[{":
        return None
    closing = "quote" if mark in _QUOTES else "bracket"
    meant = piece.text[1:-1] if closing == "quote" and _is_enclosed(piece.text, mark) else ""
    message = f"This text goes on after its closing {closing}, so people would get it cut off."
    return scene.unquoted("CP012", piece, message, meant=meant)


def _is_enclosed(text: str, mark: str) -> bool:
    return len(text) > 1 and text[0] == text[-1] == mark


def colon(scene: Scene) -> Slip | None:
    """A colon and a space in the middle of a text."""
    piece = scene.value(scene.trouble.at[0])
    if not scene.says("values are not allowed") or scene.trouble.at[1] < piece.column:
        return None
    message = (
        "A colon with a space after it begins a value, so people would get this text cut in two."
    )
    return scene.unquoted("CP012", piece, message) if piece.named else None
