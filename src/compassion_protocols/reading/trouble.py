"""What is known where YAML gives up, and what can be said of it."""

from __future__ import annotations

from attrs import frozen

from compassion_protocols.findings import Finding, Span
from compassion_protocols.reading.mending import Mend, replaced
from compassion_protocols.reading.pieces import (
    Lines,
    Piece,
    Place,
    indent,
    quoted,
    shown,
    single_quoted,
    value_at,
)


@frozen
class Trouble:
    """Where and why the parser stopped."""

    problem: str
    context: str = ""
    at: Place = (0, 0)
    since: Place = (0, 0)  # where what it was reading began
    last: Place = (0, 0)  # where the last thing it understood began
    last_end: Place = (0, 0)  # and where that ended
    inside: Place | None = None  # where the innermost bracket opened, if it was in one
    columns: tuple[int, ...] = ()  # where the lists and maps around it begin


@frozen
class Slip:
    """A finding, and the lines as they were probably meant, if that can be guessed."""

    finding: Finding
    mend: Mend | None = None


@frozen
class Scene:
    """The lines and the trouble with them, as a rule looks at them."""

    lines: Lines
    file: str
    trouble: Trouble

    def line(self, row: int) -> str:
        return self.lines[row] if row < len(self.lines) else ""

    def char(self, place: Place) -> str:
        return self.line(place[0])[place[1] : place[1] + 1]

    def indent(self, row: int) -> int:
        return indent(self.line(row))

    def next_indent(self, row: int) -> int:
        """How far in the next line with anything on it stands; 0 where there is none."""
        return next((indent(line) for line in self.lines[row + 1 :] if line.strip()), 0)

    def value(self, row: int) -> Piece:
        return value_at(self.lines, row)

    def says(self, *words: str) -> bool:
        """Whether the parser's complaint has one of these words in it."""
        return any(word in self.trouble.problem for word in words)

    @property
    def wants_other_line(self) -> bool:
        """Whether the parser had done with one entry and found no beginning of the next."""
        return self.says("expected key", "'-' indicator", "block end")

    def slip(self, code: str, place: Place, message: str, remedy: str) -> Slip:
        return Slip(Finding(code, message, remedy, span_of(self.lines, place, self.file)))

    def mended(self, slip: Slip, piece: Piece, text: str) -> Slip:
        """The slip with the lines that have this text for the piece, if one may guess.

        A piece without a name or a dash before it may be anything, so there is no guessing.
        """
        if not piece.named:
            return slip
        return Slip(slip.finding, replaced(self.lines, piece, text))

    def unquoted(
        self, code: str, piece: Piece, message: str, *, meant: str = "", more: str = ""
    ) -> Slip:
        """A text that wants quotes: the finding shows it in them, the mended lines have them."""
        text = meant or piece.text
        remedy = f"Put quotes round the whole text: {quoted(shown(text))}{more}"
        slip = self.slip(code, piece.start, message, remedy)
        return self.mended(slip, piece, single_quoted(text))


def span_of(lines: Lines, place: Place, file: str) -> Span:
    """The place as a reader counts; what lies past the last line is the end of that line."""
    row, column = place
    if row >= len(lines) > 0:
        row, column = len(lines) - 1, len(lines[-1])
    return Span(file, row + 1, column + 1)
