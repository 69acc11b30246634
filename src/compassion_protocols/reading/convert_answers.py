"""Kinds of answer, as they are written: one word, or a map whose special name is the kind."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from attrs import evolve

from compassion_protocols.findings import closest, nearest
from compassion_protocols.model.answers import (
    KEYED_KINDS,
    PLAIN_KINDS,
    AnswerKind,
    Bound,
    Choices,
    Form,
    ListOf,
    Number,
    Option,
    Options,
    Scale,
    Text,
)
from compassion_protocols.reading.fields import not_one_of, number, text, whole, written_text
from compassion_protocols.reading.lists import entries, no_map, not_twice, pairs
from compassion_protocols.reading.marks import MarkedList, MarkedMap, MarkedText, Node
from compassion_protocols.reading.naming import or_ref, own_name, ref
from compassion_protocols.reading.notes import Absent, note, said
from compassion_protocols.reading.pieces import shown
from compassion_protocols.reading.scalars import as_whole_number, whole_number
from compassion_protocols.reading.shapes import for_field, for_type, renamed_key, shape_of

if TYPE_CHECKING:
    from compassion_protocols.reading.shapes import Shape

_EXAMPLES = {
    "number": "{number: whole, min: 1, max: 4}",
    "scale": "{scale: [0, 10]}",
    "choice": '{choice: ["yes", "not quite"]}',
    "choices": "{choices: [calm, tired, glad], min: 1, max: 2}",
    "rank": "{rank: [rest, play, work]}",
    "person": "{person: partner}",
    "list": "{list: text, min: 1, max: 5}",
    "form": "{form: {what: text, by_when: date}}",
}
_ALL_KINDS = (*PLAIN_KINDS, *KEYED_KINDS)


def answer_kind(node: Node, _: object = None) -> AnswerKind:
    """A kind of answer; a text where it cannot be told."""
    if isinstance(node, MarkedText):
        return _plain_kind(node)
    if not isinstance(node, MarkedMap):
        no_map(node, "a kind of answer", "answer: text")
    elif not isinstance(node, Absent):
        return _keyed_kind(node)
    return Text()


def _plain_kind(node: MarkedText) -> AnswerKind:
    found = written_text(node)
    if found is None:
        return Text()
    if found in PLAIN_KINDS:
        return PLAIN_KINDS[found]()
    if found in KEYED_KINDS:
        message = f"{said(found)} says too little."
        note("CP130", message, f"Say more of it, as in {_EXAMPLES[found]}.", found)
        return Text()
    message = f"{said(found)} is no kind of answer.{nearest(found, _ALL_KINDS)}"
    note("CP130", message, f"There are: {', '.join(_ALL_KINDS)}.", found)
    return PLAIN_KINDS.get(closest(found, PLAIN_KINDS), Text)()


def _keyed_kind(node: MarkedMap) -> AnswerKind:
    kinds = [key for key in node if key in KEYED_KINDS]
    if len(kinds) != 1:
        kinds, node = _two_kinds(node, kinds) if kinds else _no_kind(node)
    if not kinds:
        return Text()
    [kind] = kinds
    return _bounded(_shape(kind).take(node), node)


@cache
def _shape(kind: str) -> Shape[Any]:
    return shape_of(KEYED_KINDS[kind], f"a `{kind}` answer", f"answer: {_EXAMPLES[kind]}")


def _two_kinds(node: MarkedMap, kinds: list[str]) -> tuple[list[str], MarkedMap]:
    """The first kind, and the answer as if it named only that."""
    message = f"“{kinds[0]}” and “{kinds[1]}” are two kinds of answer; a question has one."
    note("CP130", message, "Keep one of them.", node.written(kinds[1]))
    for other in kinds[1:]:
        node = renamed_key(node, other, "")
    return kinds[:1], node


def _no_kind(node: MarkedMap) -> tuple[list[str], MarkedMap]:
    """The kind that was probably meant, if there is one, and the answer as if it named that."""
    plain = next((key for key in node if key in PLAIN_KINDS), "")
    if plain:
        message = f"An answer of the kind “{plain}” has nothing more to say."
        note("CP130", message, f"Write: answer: {plain}", node)
        return [], node
    guess = next((key for key in node if closest(key, KEYED_KINDS)), "")
    meant = closest(guess, KEYED_KINDS)
    message = f"No kind of answer is named here.{nearest(guess, KEYED_KINDS)}"
    note("CP130", message, f"There are: {', '.join(_ALL_KINDS)}.", node)
    return ([meant], renamed_key(node, guess, meant)) if meant else ([], node)


def _bounded(kind: AnswerKind, node: MarkedMap) -> AnswerKind:
    """The kind; without bounds that no answer can keep, and a note."""
    match kind:
        case Number() | ListOf() | Choices() if not in_order(kind.least, kind.most, node):
            return evolve(kind, least=None, most=None)
        case Choices(options=tuple() as options, least=int() as least, own=own) if (
            options and least > len(options) + own
        ):
            offered = len(options) + own
            message = f"At least {least} are wanted of {offered}, so nobody could answer."
            note("CP132", message, f"Lower “min” to {offered} at most.", node.get("min", node))
            return evolve(kind, least=None)
        case Scale(ends=(low, high), labels=labels):
            ends = _room(low, high, [at for at, _ in labels], node)
            return kind if ends == (low, high) else evolve(kind, ends=ends)
    return kind


def in_order(least: object, most: object, node: MarkedMap) -> bool:
    """Whether a least is no more than a most; a note if it is."""
    if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
        message = (
            f"The least, {least}, is more than the most, {most}, so nothing would be accepted."
        )
        note("CP132", message, "Exchange the two.", node.get("min", node))
        return False
    return True


def _room(low: int, high: int, labels: list[int], node: MarkedMap) -> tuple[int, int]:
    """The ends of a scale, and a note if there is no room between them or a label is outside."""
    if low >= high:
        remedy = "Write the lower end first, as in [0, 10]."
        message = f"A scale from {low} to {high} has no room, so nobody could answer."
        note("CP132", message, remedy, node.get("scale", node))
        return min(low, high), max(low, high) + (low == high)
    outside = [at for at in labels if not low <= at <= high]
    if outside:
        message = (
            f"{outside[0]} is not on the scale from {low} to {high}, so nobody would see its words."
        )
        note("CP132", message, "Give words to numbers that are on it.", node.get("labels", node))
    return low, high


# The fields of the kinds


def _whole_or_any(node: Node, _: object = None) -> bool:
    found = written_text(node)
    if found is not None and found not in ("whole", "any"):
        not_one_of(found, ("whole", "any"))
    return found != "any"


def _ends(node: Node, _: object = None) -> tuple[int, int]:
    found = [as_whole_number(item) for item in entries(node, example="scale: [0, 10]")]
    match found:
        case [int() as low, int() as high]:  # `int(low)` would take ten times as long
            return low, high
    if isinstance(node, MarkedList) and not isinstance(node, Absent):
        message = f"{said(node)} does not have two whole numbers as its ends."
        note("CP107", message, "Write the lower end and the upper one: [0, 10].", node)
    return 0, 10


def _labels(node: Node, _: object = None) -> tuple[tuple[int, str], ...]:
    found = []
    for key, value in pairs(node, "words for some numbers", 'labels: {"0": not at all}'):
        at = whole_number(key)
        if at is None:
            message = f"“{shown(key)}” is not a whole number on the scale."
            note("CP107", message, "Write the number, a colon and its words.", key)
        else:
            found.append((at, text(value)))
    return tuple(found)


def _options(node: Node, _: object = None) -> Options:
    if isinstance(node, MarkedText):
        return ref(node)
    if isinstance(node, MarkedMap):
        return _labelled(node)
    not_twice(entries(node, at_least=1))
    return tuple([Option(value, value) for value in map(text, node)])


def _labelled(node: MarkedMap) -> tuple[Option, ...]:
    if not node and not isinstance(node, Absent):
        note("CP105", f"{said(node)} offers nothing.", "Write a list of what to choose.", node)
    return tuple(Option(str(key), text(label)) for key, label in node.items())


def _list_of_texts(node: Node, _: object = None) -> str:
    found = written_text(node)
    if found is not None and found != "text":
        not_one_of(found, ("text",))
    return "text"


def _fields(node: Node, _: object = None) -> tuple[tuple[str, Any], ...]:
    found = pairs(node, "a form", "form: {what: text, by_when: date}")
    if isinstance(node, MarkedMap) and not found:
        note("CP105", f"{said(node)} has no fields.", "Write a name and a kind of answer.", node)
    return tuple((own_name(key), _field(value)) for key, value in found)


def _field(node: Node) -> Any:  # noqa: ANN401  # a kind of answer that is no form
    kind = answer_kind(node)
    if isinstance(kind, Form):
        remedy = "Give each of its fields a name of its own in the outer form."
        note("CP130", "A form cannot stand inside a form.", remedy, node)
        return Text()
    return kind


def register() -> None:
    """Let cattrs know how the parts of kinds of answer are taken."""
    for_type(AnswerKind, answer_kind)
    for_type(Options, _options)
    for_type(Bound, or_ref(number))
    for counted in (Choices, ListOf):
        for end in ("least", "most"):
            for_field(counted, end, or_ref(whole(0)))
    for_field(Choices, "own", whole(0))
    for_field(Number, "whole", _whole_or_any)
    for_field(Scale, "ends", _ends)
    for_field(Scale, "labels", _labels)
    for_field(ListOf, "of", _list_of_texts)
    for_field(Form, "fields", _fields)
