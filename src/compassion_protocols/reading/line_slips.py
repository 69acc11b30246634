"""Lines that stand where they cannot belong, or have no colon.

A rule looks at the scene and returns the slip if it is its own, else ``None``.
"""

from __future__ import annotations

import re

from compassion_protocols.reading.mending import moved, spaced
from compassion_protocols.reading.pieces import Lines, Place, last_row, shown, single_quoted
from compassion_protocols.reading.trouble import Scene, Slip, Trouble

_GLUED_DASH = re.compile(r" *+(?:- ++)*+-(?=[a-zA-Z])")
_KEYWORD = re.compile(r" *+[a-z_]++:(?: |$)")
_GLUED = re.compile(r" *+(?:- ++)*+[\w-]++:(?=\S)")

_NO_SPACE = "After this colon a space is missing."


def tab(scene: Scene) -> Slip | None:
    """A tab where only spaces may stand."""
    row, column = scene.trouble.at
    lead = scene.line(row)[: scene.indent(row)]
    if "\t" not in lead or column > len(lead):
        return None
    return scene.slip(
        "CP011",
        (row, lead.index("\t")),
        f"Line {row + 1} is indented with a tab, which YAML does not allow.",
        "Use spaces, two for each step further in. Most editors can turn tabs into spaces.",
    )


def dash_slip(lines: Lines, file: str, place: Place) -> Slip | None:
    """A dash at this place that has no space after it, so that it is part of the name."""
    scene = Scene(lines, file, Trouble("", at=place))
    glued = _GLUED_DASH.match(scene.line(place[0]))
    if not glued or glued.end() != place[1] + 1:
        return None
    return _spaced(scene, "After this dash a space is missing.", place[0], glued.end())


def no_dash_space(scene: Scene) -> Slip | None:
    """A dash without a space on the line that stopped the parser."""
    if not scene.wants_other_line:
        return None
    return dash_slip(scene.lines, scene.file, scene.trouble.at)


def no_name(scene: Scene) -> Slip | None:
    """A line that begins with a colon."""
    if not scene.wants_other_line or scene.char(scene.trouble.at) != ":":
        return None
    message, remedy = "There is no name before this colon.", "Write one, as in “say: Hello”."
    return scene.slip("CP021", scene.trouble.at, message, remedy)


def no_space(scene: Scene) -> Slip | None:
    """A name whose colon has no space after it, with more than one word behind it."""
    row = scene.trouble.at[0]
    glued = _GLUED.match(scene.line(row))
    if not glued or not scene.says("values are not allowed", "expected key", "block end"):
        return None
    return _spaced(scene, _NO_SPACE, row, glued.end())


def _spaced(scene: Scene, message: str, row: int, column: int) -> Slip:
    mend = spaced(scene.lines, row, column)
    remedy = f"Put one there: {shown(mend.lines[row])}"
    return Slip(scene.slip("CP016", (row, column - 1), message, remedy).finding, mend)


def swallowed(scene: Scene) -> Slip | None:
    """A line that YAML read as more of the text above it, until it came to the colon."""
    above, here = scene.trouble.last[0], scene.trouble.at[0]
    if not scene.says("values are not allowed") or above >= here:
        return None
    piece = scene.value(above)
    if piece.start != scene.trouble.last or not piece.named:
        return _no_colon(scene, above)
    slip = scene.slip(
        "CP015",
        (here, scene.indent(here)),
        f"Line {here + 1} stands further in than line {above + 1}, so it reads as more of it.",
        f"Begin it in column {piece.owner + 1}; or, if it is part of the text above, put quotes "
        "round the whole text.",
    )
    if not _KEYWORD.match(scene.line(here)):
        return scene.mended(slip, piece, single_quoted(piece.text))
    last = last_row(scene.lines, here, scene.indent(here) - 1)
    # Only where the lines below agree with the line above is it sure which of the two is wrong.
    if scene.next_indent(last) > piece.owner:
        return slip
    return Slip(slip.finding, moved(scene.lines, (here, last), piece.owner))


def lone_name(scene: Scene) -> Slip | None:
    """A line without a colon among lines that have one."""
    return _no_colon(scene, scene.trouble.since[0]) if scene.says("expected ':'") else None


def _no_colon(scene: Scene, row: int) -> Slip:
    glued = _GLUED.match(scene.line(row))
    if glued:
        return _spaced(scene, _NO_SPACE, row, glued.end())
    return scene.slip(
        "CP016",
        (row, scene.indent(row)),
        f"Line {row + 1} has no colon, so nobody can tell its name from its value.",
        "Write a name, a colon, a space and the value, as in “say: Hello”.",
    )


def dash(scene: Scene) -> Slip | None:
    """A dash among names, or a name among dashes."""
    row, column = scene.trouble.at
    if not scene.wants_other_line or not scene.trouble.since[1] == column == scene.indent(row):
        return None
    if scene.line(row)[column : column + 2].strip() == "-":
        return scene.slip(
            "CP015",
            scene.trouble.at,
            f"Line {row + 1} begins with a dash, among lines that begin with a name.",
            "Give the list a name on a line of its own, as in “steps:”, and its entries below.",
        )
    slip = scene.slip(
        "CP015",
        scene.trouble.at,
        f"Line {row + 1} stands straight under the dashes of a list and has none.",
        "Put “- ” before it, or move it two columns in, so that it belongs to the entry above.",
    )
    if scene.next_indent(row) != column + 2:
        return slip
    return Slip(slip.finding, moved(scene.lines, (row, row), column + 2))


def wrong_column(scene: Scene) -> Slip | None:
    """A line that begins where nothing around it does."""
    row, column = scene.trouble.at
    if not scene.wants_other_line or column != scene.indent(row):
        return None
    above = next((r for r in range(row - 1, -1, -1) if scene.line(r).strip()), row)
    columns = {*scene.trouble.columns, scene.indent(above)} - {column}
    fitting = " or ".join(str(column + 1) for column in sorted(columns))
    return scene.slip(
        "CP015",
        scene.trouble.at,
        f"Line {row + 1} begins in column {column + 1}, and nothing that it could belong to does.",
        f"Begin it straight under the line that it belongs with, in column {fitting}.",
    )
