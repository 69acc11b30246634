"""Texts and conditions that need no parser, since most are of a few plain shapes.

Importing Jinja2 takes thirty milliseconds, and parsing a text with it a hundred
times as long as to part it at its braces. Whatever is taken apart here means
exactly what the parser would have made of it: a property test holds the two
together. What has any other shape is left to the parser.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from compassion_protocols.language.expressions import (
    Attribute,
    Comparison,
    Constant,
    Name,
    Not,
    Test,
)
from compassion_protocols.language.guards import Use
from compassion_protocols.language.limits import MOST_NODES, RESERVED
from compassion_protocols.language.parts import Output

if TYPE_CHECKING:
    from compassion_protocols.language.expressions import Expression
    from compassion_protocols.language.parts import Part, Parts

_NO_NAMES: frozenset[str] = frozenset()
_NAME = "[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*_?"  # no two underscores side by side
_PATH = rf"({_NAME})(?:\.({_NAME}))?"
# Patterns are compiled by `re` when they are first used, since a session that runs needs none.
_CONDITION = (
    rf"(?P<negated>not +)?{_PATH}(?: +is +(?P<opposite>not +)?(?P<test>given|missing)"
    r"| *(?P<operator>==|!=|<=?|>=?) *"
    r"""(?:(?P<quote>["'])(?P<text>[^"'\\\n]*)(?P=quote)|(?P<number>0|-?[1-9][0-9]{0,8})))? *"""
)


def simple_text(source: str) -> tuple[Parts, tuple[Use, ...], frozenset[str]] | None:
    """Take apart a text with only ``{{ name }}`` and ``{{ name.attribute }}`` in it.

    Gives its parts, where it reads names, and which; nothing stands in for one that is missing.
    """
    if "{" not in source:
        return (source,) if source else (), (), _NO_NAMES
    before, *pieces = source.split("{{")
    if "{" in before or len(pieces) > MOST_NODES // 4:
        return None
    parts: list[str | Part] = [before] if before else []
    uses: list[Use] = []
    line = before.count("\n")
    for piece in pieces:
        inner, end, text = piece.partition("}}")
        read = _read(inner.strip(" "), line)
        if read is None or not end or "{" in text:
            return None
        parts.append(read[0])
        uses.append(read[1])
        if text:
            parts.append(text)
            line += text.count("\n")
    return tuple(parts), tuple(uses), frozenset([use.name for use in uses])


@lru_cache(maxsize=256)
def _read(path: str, line: int) -> tuple[Part, Use] | None:
    """What is written for a name on this line of a text, and that it is read there.

    It is made once for all texts, since most texts of a protocol say ``{{ you }}``.
    """
    name, dot, attribute = path.partition(".")
    if not _is_name(name) or (dot and not _is_name(attribute)) or name in RESERVED:
        return None
    read = Name(name, line)
    part = Output(Attribute(read, attribute) if dot else read)
    return part, Use(name, line=line, path=path, needed=True)


def _is_name(word: str) -> bool:
    """Whether this is all that ``_NAME`` matches, asked in less time."""
    return word.isidentifier() and word.isascii() and word[0] != "_" and "__" not in word


def simple_condition(source: str) -> Expression | None:
    """Take apart a name, compared with a text or a number, or asked whether it is given."""
    match = re.fullmatch(_CONDITION, source)
    if not match or match[2] in RESERVED:
        return None
    expression: Expression = Name(match[2])
    if match[3]:
        expression = Attribute(expression, match[3])
    if match["test"]:
        expression = Test(expression, match["test"])
        expression = Not(expression) if match["opposite"] else expression
    elif match["operator"]:
        value = match["text"] if match["number"] is None else int(match["number"])
        expression = Comparison((expression, Constant(value)), (match["operator"],))
    return Not(expression) if match["negated"] else expression
