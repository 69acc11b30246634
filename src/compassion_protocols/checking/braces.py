"""Whether a name stands in single braces, where people would read the braces and the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compassion_protocols.checking.facts import plainly
from compassion_protocols.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.checking.facts import Facts
    from compassion_protocols.checking.texts import Texts

_SINGLE = re.compile(r"\{ *([a-z_][a-z_0-9]*) *\}")


def check_braces(facts: Facts, texts: Texts) -> Iterator[Finding]:
    """Every name of this protocol that somebody has written as ``{name}``.

    Other words may stand in braces: nobody can say what they were meant for.
    """
    suspects = [text for text in texts.each if "{" in text[0]]
    if not suspects:
        return
    known = {"you", *facts.names, *(name for name, _ in facts.bound)}
    for words, span in suspects:
        for found in _SINGLE.finditer(words):
            if found[1] in known:
                message = f"People would read “{found[0]}” just as it stands, braces and all."
                remedy = f"Write two braces on either side: {{{{ {plainly(found[1])} }}}}."
                yield Finding("CP407", message, remedy, span)
