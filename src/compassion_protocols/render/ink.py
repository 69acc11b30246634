"""How stretches of text are made to look different, where that is possible."""

from __future__ import annotations

from typing import NamedTuple


class Ink(NamedTuple):
    """What is written before and after a stretch of text. By default nothing: plain characters."""

    strong: tuple[str, str] = ("", "")
    emphasis: tuple[str, str] = ("", "")
    quiet: tuple[str, str] = ("", "")
    accent: tuple[str, str] = ("", "")
    bullet: str = "-"


PLAIN = Ink()
