"""What a list of the catalog shows of a file: its title, its summary, its family.

Almost every file writes each of them plainly on one line, and is then not parsed for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.reading.marks import Node

_HEADLINES = frozenset({"title", "summary", "family"})
_HEADLINE = re.compile(
    r"^(title|summary|family): +(?![-?:,\[\]{}#&*!|>'\"%@`])([^\n#]*[^\s#:])\n(?=[a-z_])",
    re.MULTILINE,
)


def headlines(data: bytes) -> dict[str, str] | None:
    """The headlines of a file that writes each plainly on one line; None for any other file."""
    try:
        found = _HEADLINE.findall(data.decode("ascii" if data.isascii() else "utf-8"))
    except UnicodeDecodeError:
        return None
    texts = {key: " ".join(value.split()) for key, value in found}
    plain = len(found) == len(texts) == len(_HEADLINES)
    return texts if plain and not any(": " in text for text in texts.values()) else None


def texts_of(root: Mapping[str, Node]) -> dict[str, str]:
    """The headlines of a file, and what it extends."""
    return {
        key: " ".join(value.split())
        for key, value in root.items()
        if key in {*_HEADLINES, "extends"} and isinstance(value, str)
    }
