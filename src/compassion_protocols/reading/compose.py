"""A file's bytes to marked texts, lists and maps, within limits that hold while it is read.

A YAML loader can be made to crash its process with thirty thousand brackets, and to fill its memory
with a few hundred bytes of merge keys: both happen while it builds, long before anybody looks at
what it built. So nothing here is built on trust (:mod:`.events`). Bytes are looked at before they
are text (:mod:`.source`), events are counted as they come, and a limit ends the reading.

What can be stepped over (a name that stands twice, an anchor, a tag) is noted and reading goes on,
so that one pass finds all of it. What cannot is a slip (:mod:`.slips`): where it can be guessed
what was meant, the lines are mended and read once more; else reading ends there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.findings import Finding, Span, in_order
from compassion_protocols.reading.events import HAS_LIBYAML as HAS_LIBYAML
from compassion_protocols.reading.events import Reading
from compassion_protocols.reading.marks import Style
from compassion_protocols.reading.mending import Shift, restore, restored
from compassion_protocols.reading.source import read_source

if TYPE_CHECKING:
    from compassion_protocols.reading.marks import MarkedMap, MarkedText
    from compassion_protocols.reading.pieces import Lines, Place
    from compassion_protocols.reading.trouble import Slip

MOST_MENDS = 20
MOST_REREAD = 256 * 1024  # characters that are read again for the sake of mended lines, all in all


@frozen
class Composed:
    """A file as nodes with places; ``root`` is ``None`` where there is nothing to go on with.

    ``lines`` are the file's own, to be shown beside a finding, with what nobody can see replaced.
    Findings do not take the root away as long as it is whole: a slip that could be mended leaves
    the root that was most likely meant, so that the rest of the file can be checked as well.
    """

    root: MarkedMap | None
    findings: tuple[Finding, ...]
    lines: tuple[str, ...]

    def place(self, text: MarkedText, offset: int) -> Span:
        """Where the character at ``offset`` of a text of this file stands in the file.

        However a text was folded, its visible characters come in the order of the file, so they
        are counted. A doubled quote or a backslash code before the place moves it a little.
        """
        start = _first_character(text, self.lines)
        ahead = sum(not char.isspace() for char in text[:offset])
        return _visible_character(self.lines, start, ahead, text.span)


def compose(data: bytes, file: str) -> Composed:
    r"""The nodes of a file and everything that is wrong with it as YAML; raises nothing.

    >>> composed = compose(b"title: Three breaths\nminutes: 1", "calm.yaml")
    >>> composed.root, composed.findings
    ({'title': 'Three breaths', 'minutes': '1'}, ())
    >>> print(compose(b"say: {{ you }}, breathe", "calm.yaml").findings[0].remedy)
    Put quotes round the whole text: "{{ you }}, breathe"
    """
    source = read_source(data, file)
    if not source.readable:
        return Composed(None, source.findings, source.lines)
    root, findings = _read_mending(source.text, source.lines, file)
    return Composed(root, in_order((*source.findings, *findings)), source.lines)


def _read_mending(text: str, lines: Lines, file: str) -> tuple[MarkedMap | None, list[Finding]]:
    """Read; where a slip can be mended, mend it and read anew, until none is left to mend."""
    slips: list[Finding] = []
    shifts: list[Shift] = []
    until: Place = (0, 0)
    budget = MOST_REREAD
    while True:
        reading = Reading(lines, file)
        reading.read(text)
        slip = reading.slip
        if slip is None or _before(slip, until):
            break
        slips += restored([slip.finding], shifts)
        budget -= len(text)
        if slip.mend is None or budget < 0 or len(slips) > MOST_MENDS:
            break
        lines, until = slip.mend.lines, slip.mend.until
        shifts.append(slip.mend.shift)
        text = "\n".join(lines) + "\n"
    root = reading.map()
    if root is not None and shifts:
        restore(root, shifts)
    return root, slips + restored(reading.findings, shifts)


def _before(slip: Slip, place: Place) -> bool:
    span = slip.finding.span
    return (span.line - 1, span.column - 1) < place


def _first_character(text: MarkedText, lines: Lines) -> Place:
    """Where the characters of a text begin, past its quote or its ``|``."""
    row, column = text.line - 1, text.column - 1
    if text.style is Style.BLOCK:
        return row + 1, 0
    return row, column + lines[row].startswith(('"', "'"), column)


def _visible_character(lines: Lines, start: Place, ahead: int, otherwise: Span) -> Span:
    """The place of the visible character that has ``ahead`` others between it and the start."""
    row, column = start
    for at, line in enumerate(lines[row:], row):
        first = column if at == row else 0
        columns = [i for i in range(first, len(line)) if not line[i].isspace()]
        if ahead < len(columns):
            return Span(otherwise.file, at + 1, columns[ahead] + 1)
        ahead -= len(columns)
    return otherwise
