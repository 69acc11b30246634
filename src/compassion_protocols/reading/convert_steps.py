"""Steps, as they are written: a map in which one special name tells the kind."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from compassion_protocols.findings import closest
from compassion_protocols.language.values import Duration
from compassion_protocols.model.author import authored
from compassion_protocols.model.names import LISTENER, SPEAKER, Ref
from compassion_protocols.model.steps import (
    KINDS,
    AnyStep,
    Ask,
    Case,
    ForEach,
    How,
    Include,
    Keep,
    Order,
    Owner,
    Pattern,
    Resume,
    Step,
    Timer,
    Turns,
)
from compassion_protocols.reading.convert_together import GOES_TOGETHER
from compassion_protocols.reading.fields import raw, some_time, whole, word, written_text
from compassion_protocols.reading.lists import entries, list_of, pairs
from compassion_protocols.reading.marks import MarkedList, MarkedMap, MarkedText, Node
from compassion_protocols.reading.naming import (
    own_name,
    placed,
    protocol_id,
    ref,
    texts_or_ref,
    version_range,
)
from compassion_protocols.reading.notes import Absent, as_written, kind_of, note, said
from compassion_protocols.reading.pieces import quoted, shown
from compassion_protocols.reading.scalars import as_whole_number
from compassion_protocols.reading.shapes import (
    for_field,
    for_type,
    place_of,
    renamed_key,
    shape_of,
)

if TYPE_CHECKING:
    from compassion_protocols.reading.shapes import Shape

_KINDS_REMEDY = f"Begin it with one of: {', '.join(KINDS)}."


def steps(node: Node, _: object = None) -> tuple[AnyStep, ...]:
    """Steps in a list, at least one."""
    return tuple(filter(None, [step(each) for each in entries(node, at_least=1)]))


def step(node: Node, _: object = None) -> AnyStep | None:
    """One step, of the kind that was probably meant; None where there is nothing like a step."""
    if not isinstance(node, MarkedMap):
        _no_step(node)
        return None
    kinds = [key for key in node if key in KINDS]
    if len(kinds) != 1:
        kinds, node = _two_kinds(node, kinds) if kinds else _no_kind(node)
    [kind] = kinds
    shape = _shape(kind)
    meant = shape.mended(node)
    check = GOES_TOGETHER.get(kind)
    if check:
        check(meant)
    handed_in = {"item": _item(meant["for_each"])} if kind == "for_each" else None
    made: AnyStep = shape.made(meant, handed_in)
    return made


@cache
def _shape(kind: str) -> Shape[Any]:
    return shape_of(KINDS[kind], f"{'an' if kind[0] in 'aei' else 'a'} `{kind}` step")


def _no_step(node: Node) -> None:
    if not isinstance(node, MarkedText):
        note("CP120", f"Here is {kind_of(node)}, where a step belongs.", _KINDS_REMEDY, node)
    elif (found := written_text(node)) is not None:
        kind, colon, rest = found.partition(":")
        if colon and kind in KINDS:
            place = found.span.further(0, len(kind))
            note("CP016", "After this colon a space is missing.", f"Write {kind}: {rest}", place)
            return
        remedy = f"Say what it does, as in - say: {quoted(as_written(found))}"
        note("CP120", f"{said(found)} is a text and not yet a step.", remedy, found)


def _two_kinds(node: MarkedMap, kinds: list[str]) -> tuple[list[str], MarkedMap]:
    """The first kind, and the step without the names that came with the others."""
    kind, *others = kinds
    message = f"“{kind}” and “{others[0]}” are two kinds; a step has one."
    remedy = f"Put “- ” before “{others[0]}”, so that a step of its own begins there."
    note("CP121", message, remedy, node.written(others[0]))
    theirs = {name for other in others for name in authored(KINDS[other])}
    for key in [key for key in node if key in theirs and key not in authored(KINDS[kind])]:
        node = renamed_key(node, key, "")
    return [kind], node


def _no_kind(node: MarkedMap) -> tuple[list[str], MarkedMap]:
    """The kind that was probably meant, and the step as if it had been written so."""
    known = {name for cls in KINDS.values() for name in authored(cls)}
    strange = [key for key in node if key not in known]
    for key in strange:
        meant = closest(key, KINDS)
        if meant:
            message = f"“{shown(key)}” is no kind of step. Did you mean “{meant}”?"
            note("CP120", message, _KINDS_REMEDY, node.written(key))
            return [meant], renamed_key(node, key, meant)
    message = f"“{shown(strange[0])}” is no kind of step." if strange else "A step of no kind."
    note("CP120", message, _KINDS_REMEDY, node.written(strange[0]) if strange else node)
    return _like_a_step(node)


def _like_a_step(node: MarkedMap) -> tuple[list[str], MarkedMap]:
    """A step that has the id and the inner steps of this one, so that they are not missed."""
    kind = "ask" if "answer" in node else "part" if "steps" in node else "say"
    for key in [key for key in node if key not in authored(KINDS[kind])]:
        node = renamed_key(node, key, "")
    like = renamed_key(node, "", "")
    like.put(MarkedText(kind, *place_of(node)), Absent(*place_of(node)))
    return [kind], like


# Fields that only one kind has

_ITEM_IN_LIST = re.compile(r"(\S+)( +in +)(\S+)")


def _items(node: Node, _: object = None) -> Ref | int:
    """What a loop goes through: ``need in open_needs``, a whole number, a setting."""
    if as_whole_number(node) is not None:
        return int(whole(1)(node, None))
    found = written_text(node)
    if found is None:
        return 1
    match = _ITEM_IN_LIST.fullmatch(found)
    if match:
        own_name(_part_of(found, match, 1))
        return ref(_part_of(found, match, 3))
    if " " in found:
        remedy = "Write “need in needs”, a whole number, or the name of a number setting."
        note("CP123", f"{said(found)} does not say what to go through.", remedy, found)
        return 1
    return ref(found)


def _item(node: Node) -> str:
    match = _ITEM_IN_LIST.fullmatch(node) if isinstance(node, MarkedText) else None
    return match[1] if match else ""


def _part_of(text: MarkedText, match: re.Match[str], group: int) -> MarkedText:
    return MarkedText(match[group], text.line, text.column + match.start(group), text.file)


def _two_names(node: Node, _: object = None) -> tuple[str, str]:
    found = [own_name(item) for item in entries(node)]
    if len(found) == 2 and found[0] != found[1]:
        return found[0], found[1]
    if isinstance(node, MarkedList):
        message = f"{said(node)} does not have two different names."
        note("CP122", message, "Write who speaks and who listens: [teller, hearer].", node)
    return SPEAKER, LISTENER


def _cases(node: Node, _: object = None) -> tuple[Case, ...]:
    return tuple([_case(item) for item in entries(node, at_least=1) if not _is_otherwise(item)])


def _is_otherwise(node: Node) -> bool:
    if not (isinstance(node, MarkedMap) and set(node) == {"otherwise"}):
        return False
    message = "“otherwise” is not one of the cases."
    note("CP122", message, "Move it two columns out, straight under “choose”.", node)
    steps(node["otherwise"])
    return True


def _case(node: Node) -> Case:
    return shape_of(Case, "a case", '- when: landed == "yes"').take(node)


def _timer(node: Node, _: object = None) -> Timer:
    found = shape_of(Timer, "a timer", "timer: {at_least: 30s, at_most: 2m}").take(node)
    least, most = found.at_least, found.at_most
    if isinstance(least, Duration) and isinstance(most, Duration) and least > most:
        message = (
            f"“at_least”, {least}, is longer than “at_most”, {most}, so nobody would be offered "
            f"to go on."
        )
        note("CP132", message, "Exchange the two.", node)
    return found


def _keep(node: Node, _: object = None) -> Keep:
    return shape_of(Keep, "what is kept", "keep: {as: requests, owner: writer}").take(node)


def _given(node: Node, _: object = None) -> tuple[tuple[str, object], ...]:
    found = pairs(node, "a map of settings and roles", "with: {breaths: 3}")
    return tuple((key, raw(value)) for key, value in found)


def _pattern(node: Node, _: object = None) -> Pattern:
    return shape_of(Pattern, "a pattern", "breathe: {in: 4s, out: 6s}").take(node)


def register() -> None:
    """Let cattrs know how the parts of steps are taken."""
    for_type(tuple[AnyStep, ...], steps)
    for_type(tuple[Case, ...], _cases)
    for_type(Timer | None, _timer)
    for_type(Pattern, _pattern)
    for_type(tuple[str, ...] | Ref, texts_or_ref)
    for_type(Keep | None, _keep)
    for_type(Owner, word(Owner))
    for_type(How, word(How))
    for_type(Order, word(Order))
    for_type(Resume | None, word(Resume))
    for_field(Step, "id", own_name)
    for_field(Keep, "name", own_name)
    for_field(Ask, "example", raw)
    for_field(Ask, "counterexamples", list_of(raw))
    for_field(Pattern, "inhale", some_time)
    for_field(Pattern, "exhale", some_time)
    for_field(Turns, "names", _two_names)
    for_field(ForEach, "items", _items)
    for_field(Include, "protocol", placed(protocol_id))
    for_field(Include, "given", _given)
    for_field(Include, "prefix", placed(own_name))
    for_field(Include, "version", placed(version_range))
