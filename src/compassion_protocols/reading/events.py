"""One pass over a parser's events, from which marked texts, lists and maps are put together.

The parser hands over one event at a time; each is counted, and at a limit nobody asks for the next.
A list or a map is filled by one call, which calls itself for what stands inside: no deeper than
:data:`MOST_DEPTH`, so that no file can use up the stack.
"""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING, Final, NoReturn, cast

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


_TEXT: Final[type] = yaml.ScalarEvent
_LIST: Final[type] = yaml.SequenceStartEvent
_END_OF_LIST: Final[type] = yaml.SequenceEndEvent
_MAP: Final[type] = yaml.MappingStartEvent
_END_OF_MAP: Final[type] = yaml.MappingEndEvent


_new_text = str.__new__
_new_list = list.__new__
_new_map = dict.__new__


class _Enough(Exception):
    """Nothing more is asked for: what ends the reading has been noted."""


class Reading:
    """What has been read so far: the list or map that is being filled, and those around it."""

    def __init__(self, lines: Lines, file: str) -> None:
        self.findings: list[Finding] = []
        self.slip: Slip | None = None
        self._lines = lines
        self._file = file
        self._root: Node | None = None  # the document, once it has come to its own end
        self._open: list[MarkedList | MarkedMap] = []  # the outermost first
        self._left = MOST_NODES - 1  # names and values; one is the outermost
        self._last: _Event | None = None  # what the parser told of last
        self._careful = False  # whether texts may be too long, or hold backslash codes
        self._repeats = Repeats()

    def read(self, text: str) -> None:
        """Take in everything up to the end, or up to what makes an end."""
        self._careful = len(text) > LONGEST_TEXT or "\\" in text
        try:
            self._next = cast("Callable[[], _Event]", _LOADER(text).get_event)
            self._document()
        except _Enough:
            pass
        # The pure Python parser lets a ValueError out for a code beyond the last character.
        except (yaml.YAMLError, ValueError) as error:
            self._trouble(error)
        self.findings += self._repeats.findings()

    def map(self) -> MarkedMap | None:
        """What was read, if it is complete and what a file should hold."""
        return self._root if isinstance(self._root, MarkedMap) else None

    # What the parser tells of

    def _document(self) -> None:
        """The one document of a file: what it holds, and that nothing comes after it."""
        self._last = self._next()  # that the stream begins is no news
        self._last = event = self._next()
        if isinstance(event, yaml.DocumentStartEvent):
            root = self._node(self._next())
            self._last = self._next()
            self._root = root
            event = self._next()
        if isinstance(event, yaml.DocumentStartEvent):
            self._second_document(_place(event.start_mark))
        elif self._root is None or is_empty(self._root):
            self._find("CP003", "This file is empty.", _BEGIN, Span(self._file))
        elif not isinstance(self._root, MarkedMap):
            what = "a list" if isinstance(self._root, MarkedList) else "a single text"
            message = f"This file holds {what}, where names with their values belong."
            self._find("CP005", message, _BEGIN, self._root.span)

    def _node(self, event: _Event) -> Node:
        """The whole of what begins with this event."""
        kind = type(event)
        if kind is _TEXT:
            return self._text(event)
        self._last = event
        if kind is _MAP:
            return self._map(event)
        return self._list(event) if kind is _LIST else self._alias(event)

    def _text(self, event: _Event) -> MarkedText:
        # A third of all events end here: setting the slots is quicker than calling __new__ for it.
        self._last = event
        mark = event.start_mark
        text = _new_text(MarkedText, event.value)
        text.line = mark.line + 1
        text.column = mark.column + 1
        text.file = self._file
        text.indicator = event.style or ""
        if event.anchor or event.tag:
            self._refuse(event, text.span)
        if self._careful and (len(text) > LONGEST_TEXT or text.indicator == '"'):
            text = self._checked(text)
        return text

    def _alias(self, event: _Event) -> MarkedText:
        mark = event.start_mark
        text = MarkedText(f"*{event.anchor}", mark.line + 1, mark.column + 1, self._file)
        self._repeats.alias(event.anchor or "", text.span)
        return text

    def _list(self, event: _Event) -> MarkedList:
        mark = event.start_mark
        found = _new_list(MarkedList)
        found.line = mark.line + 1
        found.column = mark.column + 1
        found.file = self._file
        self._enter(found, event)
        while type(event := self._next()) is not _END_OF_LIST:
            self._left -= 1
            if self._left < 0:
                self._too_many(event)
            found.append(self._node(event))
        self._last = event
        self._open.pop()
        return found

    def _map(self, event: _Event) -> MarkedMap:
        mark = event.start_mark
        found = _new_map(MarkedMap)
        found.line = mark.line + 1
        found.column = mark.column + 1
        found.file = file = self._file
        found.names = names = {}
        found.is_mixed = False
        if event.flow_style and self._lines[mark.line].startswith(TEMPLATE_OPENERS, mark.column):
            self._end_with_template(found)
        self._enter(found, event)
        next_event = self._next
        while (kind := type(event := next_event())) is not _END_OF_MAP:
            self._left -= 2
            if self._left < 0:
                self._too_many(event)
            name = event.value if kind is _TEXT and not (event.anchor or event.tag) else ""
            # Nearly all names are single words: they are taken as they are, and no text is made.
            if name.isidentifier() and name not in names and len(name) <= LONGEST_KEY:
                self._last = event
                mark = event.start_mark
                names[name] = mark.line + 1, mark.column + 1, file, event.style or ""
            else:
                name = self._odd_name(self._node(event), found)
            event = next_event()
            node = self._text(event) if type(event) is _TEXT else self._node(event)
            if name:
                found[name] = node
        self._last = event
        self._open.pop()
        return found

    # Where it is

    def _enter(self, node: MarkedList | MarkedMap, event: _Event) -> None:
        if event.anchor or event.tag:
            self._refuse(event, node.span)
        if len(self._open) == MOST_DEPTH:
            self._too_deep(node.span)
            raise _Enough
        self._open.append(node)

    def _odd_name(self, key: Node, top: MarkedMap) -> str:
        """A name that is no single word or stands there twice; nothing, and a finding, for none."""
        plain = isinstance(key, MarkedText) and key.style is Style.PLAIN
        if not isinstance(key, MarkedText):
            what = "list" if isinstance(key, MarkedList) else "map"
            self._find("CP021", f"A {what} stands where a name belongs.", _NAME, key.span)
        elif not key:
            self._find("CP021", "There is no name before this colon.", _NAME, key.span)
        elif len(key) > LONGEST_KEY:
            message = f"This name has {len(key):,} characters; a name may have {LONGEST_KEY}."
            self._find("CP022", message, _SHORT_NAME, key.span)
        elif key == "<<" and plain:
            self._repeats.merge(key.span)
        elif plain and (slip := dash_slip(self._lines, self._file, _start(key))):
            self._end_with(slip)
        elif key in top:
            self._twice(key, top)
        else:
            name = str(key)
            top.names[name] = key.line, key.column, key.file, key.indicator
            return name
        return ""

    def _inside(self) -> Place | None:
        """Where the innermost bracket opened that is still open."""
        for row, column in map(_start, reversed(self._open)):
            if self._lines[row].startswith(("[", "{"), column):
                return row, column
        return None

    # What is wrong

    def _find(self, code: str, message: str, remedy: str, span: Span) -> None:
        self.findings.append(Finding(code, message, remedy, span))

    def _too_many(self, event: _Event) -> NoReturn:
        row, column = _place(event.start_mark)
        message = f"From here on the file has more than {MOST_NODES:,} names and values."
        self._find("CP025", message, _SPLIT, Span(self._file, row + 1, column + 1))
        raise _Enough

    def _end_with(self, slip: Slip) -> NoReturn:
        self.slip = slip
        raise _Enough

    def _end_with_template(self, node: MarkedMap) -> NoReturn:
        """A map that was never meant as one: “{{ you }}” without quotes ends the reading."""
        in_flow = self._inside() is not None
        self._end_with(template_slip(self._lines, self._file, _start(node), in_flow=in_flow))

    def _too_deep(self, at: Span) -> None:
        message = f"Here lists and maps stand more than {MOST_DEPTH} deep in one another."
        self._find("CP024", message, _SPLIT, at)

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
        first = top.written(key)
        message = f"“{shown(key)}” stands twice here: on line {first.line} and on line {key.line}."
        self._find("CP020", message, _ONCE, key.span)

    def _second_document(self, place: Place) -> None:
        span = span_of(self._lines, place, self._file)
        message = "Here a second document would begin; a file holds one protocol."
        self._find("CP004", message, _ONE_DOCUMENT, span)

    def _trouble(self, error: Exception) -> None:
        """The parser gave up: say what was meant, as far as the lines tell."""
        last = self._last
        end = _place(last.end_mark if last else None)
        at = _place(getattr(error, "problem_mark", None), end)
        if self._root is not None:
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
            columns=tuple([top.column - 1 for top in self._open]) or (0,),
        )
        self.slip = diagnose(self._lines, self._file, trouble)


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
