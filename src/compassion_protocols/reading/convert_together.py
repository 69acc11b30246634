"""What goes together in one step, and what does not: kind by kind, before it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.findings import nearest
from compassion_protocols.language.values import Duration, parse_duration
from compassion_protocols.reading.marks import MarkedList, MarkedMap, MarkedText, Node
from compassion_protocols.reading.notes import note, said
from compassion_protocols.reading.pieces import shown

if TYPE_CHECKING:
    from collections.abc import Callable


def _either(node: MarkedMap, one: str, other: str, kind: str) -> None:
    """Note where a step has both of two names, or neither."""
    if one in node and other in node:
        message = f"“{one}” and “{other}” exclude each other."
        note("CP122", message, "Keep one of them.", _newer(node, one, other))
    elif one not in node and other not in node:
        message = f"Here “{one}” or “{other}” is missing, so nobody would know when it is over."
        note("CP102", message, f"Add one of the two, which a `{kind}` step needs.", node)


def _newer(node: MarkedMap, one: str, other: str) -> MarkedText:
    """The name that an adaptation has written anew; the second, if it is neither or both."""
    anew = dict(node.anew)
    return node.written(one if one in anew and other not in anew else other)


def _with(node: MarkedMap, needed: str, *names: str) -> None:
    for name in names:
        if name in node and needed not in node:
            message = f"“{name}” goes with “{needed}”, and there is none."
            note("CP122", message, f"Add “{needed}”, or take “{name}” out.", node.written(name))


def _breathe(node: MarkedMap) -> None:
    _either(node, "count", "for", "breathe")


def _wait(node: MarkedMap) -> None:
    _either(node, "for", "until", "wait")
    _with(node, "until", "at_most", "otherwise")


def _reveal(node: MarkedMap) -> None:
    if "id" not in node:
        message = "Here “id” is missing, so nobody could be shown what is revealed."
        remedy = "Add “id: …”, the name by which texts read what is revealed."
        note("CP102", message, remedy, node)


def _turns(node: MarkedMap) -> None:
    timer = node.get("timer")
    if isinstance(timer, MarkedMap) and "at_most" in timer:
        note(
            "CP124",
            "“at_most” on turns would take the last speaker’s time away.",
            "Give each turn its own time with “for” on the steps inside.",
            timer.written("at_most"),
        )


def _ask(node: MarkedMap) -> None:
    """Note each rule about a field that the form does not have."""
    rules = node.get("rules")
    for rule in rules if isinstance(rules, MarkedList) else ():
        field = rule.get("field") if isinstance(rule, MarkedMap) else None
        if isinstance(field, MarkedText) and field not in (fields := _of_form(node["answer"])):
            there = f"There are: {', '.join(fields)}." if fields else "Only a form has fields."
            message = f"This answer has no field “{shown(field)}”.{nearest(field, fields)}"
            newer = _newer(node, "answer", "rules")
            note("CP142", message, there, field if newer == "rules" else newer)


def _of_form(answer: Node) -> tuple[str, ...]:
    """The names of the fields that the form in this answer has; none where there is no form."""
    form = answer.get("form") if isinstance(answer, MarkedMap) else None
    return tuple(form) if isinstance(form, MarkedMap) else ()


def _speak(node: MarkedMap) -> None:
    least, most = (_seconds(node.get(key)) for key in ("at_least", "for"))
    if least is not None and most is not None and least > most:
        message = (
            f"{said(node['at_least'])} is longer than the whole, {node['for']}, so nobody would "
            f"be offered to go on."
        )
        key = _newer(node, "for", "at_least")
        note("CP132", message, "Exchange the two.", node[key])


def _seconds(node: Node | None) -> Duration | None:
    return parse_duration(node) if isinstance(node, MarkedText) else None


GOES_TOGETHER: dict[str, Callable[[MarkedMap], None]] = {
    "ask": _ask,
    "speak": _speak,
    "breathe": _breathe,
    "wait": _wait,
    "reveal": _reveal,
    "turns": _turns,
}
"""What is looked at in a step of each kind."""
