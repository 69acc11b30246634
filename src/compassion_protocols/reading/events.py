"""One pass over a parser's events, from which marked texts, lists and maps are put together.

The parser hands over one event at a time; each is counted, and at a limit nobody asks for the next.
The lists and maps that are still open stand on a list of our own, so depth costs no stack.
"""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING, Final, cast

import yaml

from compassion_protocols.findings import Finding, Span
from compassion_protocols.reading.line_slips import dash_slip
from compassion_protocols.reading.marks import MarkedList, MarkedMap, MarkedText, Node, Style
from compassion_protocols.reading.pieces import shown
from compassion_protocols.reading.repeats import Repeats
from compassion_protocols.reading.scalars import is_empty
from compassion_protocols.reading.slips import diagnose
from compassion_protocols.reading.source import unseen, visible
from compassion_protocols.reading.text_slips import TEMPLATE_OPENERS, template_slip
from compassion_protocols.reading.trouble import Slip, Trouble, span_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols.reading.pieces import Lines, Place

MOST_DEPTH = 32
MOST_NODES = 20_000
LONGEST_TEXT = 20_000
LONGEST_KEY = 128

HAS_LIBYAML: bool = yaml.__with_libyaml__
"""False where PyYAML came without libyaml; reading is then about sixteen times slower."""

_LOADER = yaml.CSafeLoader if HAS_LIBYAML else yaml.SafeLoader


class _Mark(typing.Protocol):
    line: int
    column: int


class _Event(typing.Protocol):
    """What the parser tells of, as far as anybody here asks."""

    start_mark: _Mark
    end_mark: _Mark
    anchor: str | None
    tag: str | None
    value: str
    style: str | None
    flow_style: bool


_DROPPED: Final = MarkedText("")
"""Stands for a name that was refused, so that its value goes nowhere."""


class Reading:
    """What has been read so far: the list or map that is being filled, and those around it."""

    def __init__(self, lines: Lines, file: str) -> None:
        self.findings: list[Finding] = []
        self.slip: Slip | None = None
        self._lines = lines
        self._file = file
        self._over = False  # nothing more is asked for
        self._whole = False  # the document has come to its own end
        self._shelf = MarkedList()  # what the root is put on
        self._top: MarkedList | MarkedMap = self._shelf
        self._key: MarkedText | None = None
        self._around: list[tuple[MarkedList | MarkedMap, MarkedText | None]] = []
        self._nodes = 0
        self._codes = False  # whether texts may hold backslash codes
        self._repeats = Repeats()

    def read(self, text: str) -> None:
        """Take in everything up to the end, or up to what makes an end."""
        self._codes = "\\" in text
        event: _Event | None = None
        try:
            get_event = cast("Callable[[], _Event]", _LOADER(text).get_event)
            while not self._over:
                event = get_event()
                _HANDLERS[event.__class__](self, event)
        # The pure Python parser lets a ValueError out for a code beyond the last character.
        except (yaml.YAMLError, ValueError) as error:
            self._trouble(error, event)
        self.findings += self._repeats.findings()

    def map(self) -> MarkedMap | None:
        """What was read, if it is complete and what a file should hold."""
        root = self._shelf[0] if self._whole and self._shelf else None
        return root if isinstance(root, MarkedMap) else None

    # What the parser tells of

    def _on_scalar(self, event: _Event) -> None:
        # Two events in three end here: setting four slots is quicker than calling __init__ for it.
        mark = event.start_mark
        text = str.__new__(MarkedText, event.value)
        text.line = mark.line + 1
        text.column = mark.column + 1
        text.file = self._file
        text.indicator = event.style or ""
        if event.anchor or event.tag:
            self._refuse(event, text.span)
        if len(text) > LONGEST_TEXT or (self._codes and text.indicator == '"'):
            text = self._checked(text)
        self._put(text)

    def _on_alias(self, event: _Event) -> None:
        mark = event.start_mark
        text = MarkedText(f"*{event.anchor}", mark.line + 1, mark.column + 1, self._file)
        self._repeats.alias(event.anchor or "", text.span)
        self._put(text)

    def _on_list(self, event: _Event) -> None:
        mark = event.start_mark
        self._open(event, MarkedList(mark.line + 1, mark.column + 1, self._file))

    def _on_map(self, event: _Event) -> None:
        mark = event.start_mark
        place = (mark.line, mark.column)
        if event.flow_style and self._lines[place[0]].startswith(TEMPLATE_OPENERS, place[1]):
            in_flow = self._inside() is not None
            self._end_with(template_slip(self._lines, self._file, place, in_flow=in_flow))
            return
        self._open(event, MarkedMap(mark.line + 1, mark.column + 1, self._file))

    def _on_close(self, event: _Event) -> None:
        node = self._top
        self._top, self._key = self._around.pop()
        self._put(node)

    def _on_document(self, event: _Event) -> None:
        if self._whole:
            self._second_document(_place(event.start_mark))

    def _on_document_end(self, event: _Event) -> None:
        self._whole = True

    def _on_end(self, event: _Event) -> None:
        self._over = True
        root = self._shelf[0] if self._shelf else MarkedText("", file=self._file)
        if is_empty(root):
            self._find("CP003", "This file is empty.", _BEGIN, Span(self._file))
        elif not isinstance(root, MarkedMap):
            what = "a list" if isinstance(root, MarkedList) else "a single text"
            message = f"This file holds {what}, where names with their values belong."
            self._find("CP005", message, _BEGIN, root.span)

    def _ignore(self, event: _Event) -> None:
        """That the stream begins is no news."""

    # Where a node goes

    def _open(self, event: _Event, node: MarkedList | MarkedMap) -> None:
        if event.anchor or event.tag:
            self._refuse(event, node.span)
        self._around.append((self._top, self._key))
        self._top, self._key = node, None
        if len(self._around) > MOST_DEPTH:
            self._too_deep(node.span)

    def _too_deep(self, at: Span) -> None:
        self._over = True
        message = f"Here lists and maps stand more than {MOST_DEPTH} deep in one another."
        self._find("CP024", message, _SPLIT, at)

    def _put(self, node: Node) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._too_many(node)
        top, key = self._top, self._key
        if isinstance(top, MarkedList):
            top.append(node)
        elif key is None:
            self._key = self._as_key(node, top)
        else:
            self._key = None
            if key is not _DROPPED:
                top.put(key, node)

    def _as_key(self, node: Node, top: MarkedMap) -> MarkedText:
        """The node as a name of this map; what cannot be one is noted and dropped."""
        if not isinstance(node, MarkedText):
            what = "list" if isinstance(node, MarkedList) else "map"
            self._find("CP021", f"A {what} stands where a name belongs.", _NAME, node.span)
            return _DROPPED
        usual = 0 < len(node) <= LONGEST_KEY and node[0] not in "<-"
        if not usual and not self._may_be_name(node):
            return _DROPPED
        if node in top:
            self._twice(node, top)
            return _DROPPED
        return node

    def _may_be_name(self, key: MarkedText) -> bool:
        """Whether a text can be a name that is empty, long, or begins with an unusual sign."""
        plain = key.style is Style.PLAIN
        if not key:
            self._find("CP021", "There is no name before this colon.", _NAME, key.span)
        elif len(key) > LONGEST_KEY:
            message = f"This name has {len(key):,} characters; a name may have {LONGEST_KEY}."
            self._find("CP022", message, _SHORT_NAME, key.span)
        elif key == "<<" and plain:
            self._repeats.merge(key.span)
        elif plain and (slip := dash_slip(self._lines, self._file, _start(key))):
            self._end_with(slip)
        else:
            return True
        return False

    def _too_many(self, node: Node) -> None:
        self._over = True
        message = f"From here on the file has more than {MOST_NODES:,} names and values."
        self._find("CP025", message, _SPLIT, node.span)

    def _inside(self) -> Place | None:
        """Where the innermost bracket opened that is still open."""
        for top in (self._top, *(outer for outer, _ in reversed(self._around))):
            row, column = _start(top)
            if top is not self._shelf and self._lines[row].startswith(("[", "{"), column):
                return row, column
        return None

    # What is wrong

    def _find(self, code: str, message: str, remedy: str, span: Span) -> None:
        self.findings.append(Finding(code, message, remedy, span))

    def _end_with(self, slip: Slip) -> None:
        self._over = True
        self.slip = slip

    def _refuse(self, event: _Event, span: Span) -> None:
        """An anchor or a tag: noted, and the node kept as if it had none."""
        if event.anchor:
            self._repeats.anchor(event.anchor, span)
        if event.tag:
            self._find("CP033", *_tag(self._lines[span.line - 1][span.column - 1 :]), span)

    def _checked(self, text: MarkedText) -> MarkedText:
        """The text cut to its limit and without what nobody can see."""
        self.findings += unseen(text, text.span)
        if len(text) > LONGEST_TEXT:
            message = f"This text has {len(text):,} characters; a text may have {LONGEST_TEXT:,}."
            self._find("CP023", message, "Divide it between several steps.", text.span)
        clean = visible(text[:LONGEST_TEXT])
        return MarkedText(clean, text.line, text.column, self._file, text.indicator)

    def _twice(self, key: MarkedText, top: MarkedMap) -> None:
        first = top.written[key]
        message = f"“{shown(key)}” stands twice here: on line {first.line} and on line {key.line}."
        self._find("CP020", message, _ONCE, key.span)

    def _second_document(self, place: Place) -> None:
        self._over = True
        span = span_of(self._lines, place, self._file)
        message = "Here a second document would begin; a file holds one protocol."
        self._find("CP004", message, _ONE_DOCUMENT, span)

    def _trouble(self, error: Exception, last: _Event | None) -> None:
        """The parser gave up: say what was meant, as far as the lines tell."""
        end = _place(last.end_mark if last else None)
        at = _place(getattr(error, "problem_mark", None), end)
        if self._whole:
            self._second_document(at)
            return
        problem = str(getattr(error, "problem", error))
        if "nesting depth" in problem:  # newer parsers look ahead, and stop long before we would
            self._too_deep(Span(self._file, at[0] + 1, at[1] + 1))
            return
        trouble = Trouble(
            problem=problem,
            context=str(getattr(error, "context", "")),
            at=at,
            since=_place(getattr(error, "context_mark", None), at),
            last=_place(last.start_mark if last else None),
            last_end=end,
            inside=self._inside(),
            columns=tuple(top.column - 1 for top, _ in (*self._around[1:], (self._top, None))),
        )
        self._end_with(diagnose(self._lines, self._file, trouble))


def _start(node: Node) -> Place:
    return node.line - 1, node.column - 1


def _place(mark: _Mark | None, otherwise: Place = (0, 0)) -> Place:
    return (mark.line, mark.column) if mark else otherwise


def _tag(source: str) -> tuple[str, str]:
    """What to say of a tag, with the tag as it stands at the beginning of this source."""
    word = shown(source.split(" ")[0]) if source.startswith("!") else "!"
    return (
        f"“{word}” is a tag, which tells YAML what kind of value follows; here the field decides.",
        f"Take “{word}” out; a text that begins with “!” wants quotes round the whole of it.",
    )


_BEGIN = "Begin it with “compassion_protocol: 1”, then one “name: value” a line."
_SPLIT = "Move some of its steps into a protocol of their own and include that one."
_NAME = "Write one name before the colon; a text that begins with a bracket wants quotes."
_SHORT_NAME = "Shorten it; words for people go after the colon."
_ONCE = "Keep one of the two; if a new step was meant to begin, put “- ” before its first name."
_ONE_DOCUMENT = (
    "Take out the line that parts them (“---” or “...”), or move what follows to another file."
)

_HANDLERS: dict[type, Callable[[Reading, _Event], None]] = {
    yaml.StreamStartEvent: Reading._ignore,
    yaml.DocumentStartEvent: Reading._on_document,
    yaml.ScalarEvent: Reading._on_scalar,
    yaml.SequenceStartEvent: Reading._on_list,
    yaml.MappingStartEvent: Reading._on_map,
    yaml.SequenceEndEvent: Reading._on_close,
    yaml.MappingEndEvent: Reading._on_close,
    yaml.AliasEvent: Reading._on_alias,
    yaml.DocumentEndEvent: Reading._on_document_end,
    yaml.StreamEndEvent: Reading._on_end,
}
