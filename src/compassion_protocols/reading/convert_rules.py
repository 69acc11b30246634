"""Rules, as they are written: one check, what to say, perhaps ``firm`` and ``field``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.language.condition import Condition
from compassion_protocols.language.expressions import Constant
from compassion_protocols.model.names import NAME, Ref
from compassion_protocols.model.rules import (
    RULE_KEYS,
    SHAPE_CHECKS,
    Avoids,
    Check,
    Counted,
    DiffersFrom,
    Expect,
    Items,
    Mentions,
    Phrases,
    Rule,
    Sentences,
    StartsWith,
    Within,
    Words,
)
from compassion_protocols.reading.convert_answers import in_order
from compassion_protocols.reading.fields import condition, text, whole, written_text
from compassion_protocols.reading.lists import list_of, some_texts
from compassion_protocols.reading.marks import MarkedMap, MarkedText, Node
from compassion_protocols.reading.naming import ref
from compassion_protocols.reading.notes import note, said
from compassion_protocols.reading.pieces import quoted, shown
from compassion_protocols.reading.scalars import as_whole_number
from compassion_protocols.reading.shapes import for_field, for_type, shape_of

if TYPE_CHECKING:
    from collections.abc import Callable

_EXAMPLE = "- sentences: {max: 1}"


def rule(node: Node, _: object = None) -> Rule:
    """One rule; one that always holds where it cannot be told what it checks."""
    shape = shape_of(Rule, "a rule", _EXAMPLE, also=RULE_KEYS)
    meant = shape.mended(node)
    found = shape.made(meant, {"check": _check(meant, node)})
    if found.firm and not isinstance(found.check, SHAPE_CHECKS):
        note(
            "CP141",
            "This rule is about how someone speaks, and such a rule only ever invites.",
            "Take “firm” out; it is for “items” and “within”.",
            meant.written("firm"),
        )
    return found


def _check(meant: MarkedMap, node: Node) -> Check:
    keys = [key for key in meant if key in RULE_KEYS]
    if len(keys) == 1:
        return _CHECKS[keys[0]](meant[keys[0]])
    if keys:
        message = f"“{keys[0]}” and “{keys[1]}” are two checks; a rule has one."
        remedy = "Make two rules of it, each with its own “say”."
        note("CP140", message, remedy, meant.written(keys[1]))
    elif isinstance(node, MarkedMap) and all(key in meant for key in node):
        remedy = f"Name one check: {', '.join(RULE_KEYS)}."
        note("CP140", "This rule checks nothing.", remedy, node)
    return Expect(Condition("", Constant(True), node.span))


# What each check takes


def _counted(node: Node) -> Counted:
    if as_whole_number(node) is not None:
        message = f"{said(node)}: is that the least or the most?"
        note("CP103", message, f"Write {{max: {node}}}, or min, or exactly.", node)
        return Counted()
    found = shape_of(Counted, "a count", "sentences: {max: 1}").take(node)
    if isinstance(node, MarkedMap):
        if not node:
            message = f"{said(node)} says no number, so this rule would be no help to anyone."
            note("CP102", message, "Write one, as in {max: 2}.", node)
        in_order(found.least, found.most, node)
        _exactly_alone(found, node)
    return found


def _exactly_alone(count: Counted, node: MarkedMap) -> None:
    if count.exactly is not None and (count.least is not None or count.most is not None):
        message = "“exactly” is both the least and the most."
        at = node.written("exactly") if "exactly" in node else node
        note("CP122", message, "Take “min” and “max” out.", at)


def _phrases(node: Node) -> Phrases:
    """Phrases in a list; one word is the name of a word list."""
    if not isinstance(node, MarkedText):
        return some_texts(node)
    found = written_text(node)
    if found is not None and not NAME.fullmatch(found):
        message = f"{said(found)} is not the name of a word list."
        remedy = f"If it is a phrase, put it into a list: [{quoted(shown(found))}]"
        note("CP114", message, remedy, found)
    return Ref(str(found or ""), node.span)


def _beginnings(node: Node) -> tuple[str, ...]:
    if isinstance(node, MarkedText):
        return (text(node),)
    return some_texts(node)


_CHECKS: dict[str, Callable[[Node], Check]] = {
    "words": lambda node: Words(_counted(node)),
    "sentences": lambda node: Sentences(_counted(node)),
    "items": lambda node: Items(_counted(node)),
    "avoids": lambda node: Avoids(_phrases(node)),
    "mentions": lambda node: Mentions(_phrases(node)),
    "starts_with": lambda node: StartsWith(_beginnings(node)),
    "within": lambda node: shape_of(Within, "“within”", "within: {days: 14}").take(node),
    "differs_from": lambda node: DiffersFrom(ref(node)),
    "expect": lambda node: Expect(condition(node)),
}


def register() -> None:
    """Let cattrs know how the parts of rules are taken."""
    for_type(tuple[Rule, ...], list_of(rule))
    for end in ("least", "most", "exactly"):
        for_field(Counted, end, whole(0))
    for_field(Within, "days", whole(1))
