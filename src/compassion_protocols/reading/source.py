"""From the bytes of a file to text that may be read on.

Looked at before any parser is: the size, the encoding, and characters that an author cannot see
but a machine obeys. Where such a character can be stepped over it is replaced by U+FFFD, one for
one, so that every later place is still the place in the file.
"""

from __future__ import annotations

import re

from attrs import frozen

from compassion_protocols.findings import Finding, Span

MOST_BYTES = 256 * 1024

_MARK = "\ufeff".encode()  # a byte order mark may stand first
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

_SURROGATES = "\ud800-\udfff"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# C0 and C1 but for tab and line ends, two line separators that editors count differently, a byte
# order mark amid the text, and two code points that are no characters.
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"

_SEEN = bytes(range(ord(" "), 0x7F)) + b"\t\n\r"
_UNSEEN = re.compile(f"[{_CONTROLS}{_DIRECTIONS}{_SURROGATES}]")
_KINDS = (
    ("CP006", re.compile(f"[{_CONTROLS}]")),
    ("CP007", re.compile(f"[{_DIRECTIONS}]")),
    ("CP008", re.compile(f"[{_SURROGATES}]")),
)


@frozen
class Source:
    """A file's text, line by line too; ``readable`` is false where reading on makes no sense."""

    text: str = ""
    lines: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    readable: bool = True


def read_source(data: bytes, file: str) -> Source:
    """The text in these bytes, and what is wrong with it before it is YAML."""
    if len(data) > MOST_BYTES:
        return _unreadable(_too_large(len(data), Span(file)))
    mark = len(_MARK) if data.startswith(_MARK) else 0
    try:
        text = data[mark:].decode()
    except UnicodeDecodeError as error:
        lines = visible(data[mark:].decode(errors="replace")).splitlines()
        return _unreadable(_not_utf8(data, mark, mark + error.start, file), tuple(lines))
    return _seen(text, file)


def visible(text: str) -> str:
    """The text with every character that must not be there replaced by U+FFFD."""
    return _UNSEEN.sub("\ufffd", text)


def unseen(text: str, where: Span) -> tuple[Finding, ...]:
    """What a text has in it that nobody can see, as far as it came in by backslash codes."""
    if _all_seen(text):
        return ()
    return tuple(_hidden(code, found, where) for code, found in _by_kind(text))


def _all_seen(text: str) -> bool:
    if text.isascii():
        return not text.encode().translate(None, _SEEN)
    # What Python calls printable is never among the unseen, and is told in little time.
    return text.replace("\n", "").isprintable() or _UNSEEN.search(text) is None


def _seen(text: str, file: str) -> Source:
    if _all_seen(text):
        return Source(text, tuple(text.splitlines()))
    clean = visible(text)
    lines = tuple(clean.splitlines())
    findings = tuple(
        _hidden(code, found, _place(clean, found[0].start(), file))
        for code, found in _by_kind(text)
    )
    # A NUL means that this was never text, so nothing that follows would teach anybody.
    return Source(clean, lines, findings, readable="\0" not in text)


def _by_kind(text: str) -> list[tuple[str, list[re.Match[str]]]]:
    found = ((code, list(kind.finditer(text))) for code, kind in _KINDS)
    return [(code, matches) for code, matches in found if matches]


def _place(text: str, offset: int, file: str) -> Span:
    above = (text[:offset] + ".").splitlines()
    return Span(file, len(above), len(above[-1]))


def _unreadable(finding: Finding, lines: tuple[str, ...] = ()) -> Source:
    return Source(lines=lines, findings=(finding,), readable=False)


def _too_large(size: int, where: Span) -> Finding:
    return Finding(
        "CP001",
        f"This file has {size:,} bytes; a protocol may have {MOST_BYTES:,}.",
        "Move some of its steps into a protocol of their own and include that one.",
        where,
    )


def _not_utf8(data: bytes, mark: int, offset: int, file: str) -> Finding:
    above = visible(data[mark:offset].decode())
    where = _place(above, len(above), file)
    wide = data.startswith(_UTF16_MARKS)
    guess = " It looks like UTF-16." if wide else ""
    return Finding(
        "CP002",
        f"Byte {offset + 1} of this file, on line {where.line}, is not UTF-8.{guess}",
        "Save the file once more and choose UTF-8 as its encoding.",
        where,
    )


def _hidden(code: str, found: list[re.Match[str]], where: Span) -> Finding:
    number = f"U+{ord(found[0].group()):04X}"
    more = f" The file has {len(found):,} of this kind." if len(found) > 1 else ""
    what, remedy = _HIDDEN[code]
    return Finding(code, f"Here stands {what} ({number}).{more}", remedy, where)


_HIDDEN = {
    "CP006": (
        "a control character that nobody can see",
        "Delete it and type the words around it anew; to begin a new line, press Enter.",
    ),
    "CP007": (
        "an invisible character that turns the direction of writing, so that a reader may see "
        "something else than what the file says",
        "Delete it; a screen arranges every script by itself.",
    ),
    "CP008": (
        "half of a character",
        "Put the whole character there, as it looks, instead of its code.",
    ),
}
