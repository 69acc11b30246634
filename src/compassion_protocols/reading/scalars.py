"""What a plain scalar may stand for, once its field has asked.

YAML guesses: ``no`` becomes false, ``1:30`` ninety, ``010`` eight. Here nobody guesses. A field
that wants a number asks for one, and gets it or ``None``; whatever is not exactly a number, a flag
or nothing is the text that was written. Quotes say "this is a text": a quoted ``3`` is no number.
"""

from __future__ import annotations

import re
from math import isfinite

from compassion_protocols.reading.marks import MarkedText, Node

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?(?:[eE][-+]?[0-9]{1,3})?")
_NOTHING = frozenset({"", "null", "~"})
_FLAGS = {"true": True, "false": False}


def _plain(node: Node) -> str | None:
    """The text of a scalar that nobody put in quotes."""
    return node if isinstance(node, MarkedText) and not node.indicator else None


def is_empty(node: Node) -> bool:
    """Whether nothing was written: no text at all, ``null`` or ``~``, without quotes.

    >>> is_empty(MarkedText("~")), is_empty(MarkedText("~", indicator='"'))
    (True, False)
    """
    return isinstance(node, MarkedText) and not node.indicator and node in _NOTHING


def as_flag(node: Node) -> bool | None:
    """``true`` or ``false``, spelt just so; else ``None``.

    >>> as_flag(MarkedText("true")), as_flag(MarkedText("yes"))
    (True, None)
    """
    return _FLAGS.get(_plain(node) or "")


def as_whole_number(node: Node) -> int | None:
    """A whole number of up to 18 decimal digits; else ``None``.

    >>> as_whole_number(MarkedText("-12")), as_whole_number(MarkedText("010"))
    (-12, None)
    """
    if not isinstance(node, MarkedText) or node.indicator:
        return None
    return whole_number(node)


def whole_number(text: str) -> int | None:
    """The whole number that a text is, with or without quotes; else ``None``."""
    return int(text) if _WHOLE.fullmatch(text) else None


def as_number(node: Node) -> int | float | None:
    """A number as JSON writes it: whole if it has no point and no exponent; else ``None``.

    >>> as_number(MarkedText("3")), as_number(MarkedText("2.5")), as_number(MarkedText("1e999"))
    (3, 2.5, None)
    """
    text = _plain(node)
    if text is None or not _NUMBER.fullmatch(text):
        return None
    if _WHOLE.fullmatch(text):
        return int(text)
    number = float(text)
    return number if isfinite(number) else None
