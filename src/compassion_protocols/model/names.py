"""References by name: to people, and to settings, answers and roles."""

from __future__ import annotations

import re

from attrs import field, frozen

from compassion_protocols.findings import NOWHERE, Span

NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
"""What an author may call a step, an answer, a setting, a role or a loop item."""

PROTOCOL_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""What a protocol may be called: looked up in a catalog, never joined to a path."""

EVERYONE = "everyone"
FACILITATOR = "facilitator"
YOU = "you"
SPEAKER = "speaker"
LISTENER = "listener"
ANSWER = "answer"
"""In the condition of an ``expect`` rule: the answer that was just given."""

NEXT = "next"
"""In a `pass`: whoever comes after the present holder."""

RESERVED = frozenset({EVERYONE, FACILITATOR, YOU, ANSWER, "loop"})
"""Names that always mean the same, so that nothing else may bear them."""

PAUSE_CARD, GROUNDING, HUMAN_HELP = "pause-card", "grounding", "human-help"
"""The protocols that care leads to, which are shown inside the sessions of others."""

RATING_NOW, FEELS_SAFE = "distress_now", "safe"
"""The questions of the grounding protocol that decide what follows it."""


@frozen
class Ref:
    """The name of a setting, an answer or a role, where a value could also stand."""

    name: str
    span: Span = field(default=NOWHERE, eq=False, repr=False)


@frozen
class People:
    """Who acts, reads or is shown something: ``everyone``, roles, bound names, ``facilitator``."""

    names: tuple[str, ...]
    span: Span = field(default=NOWHERE, eq=False, repr=False)


ALL = People((EVERYONE,))
