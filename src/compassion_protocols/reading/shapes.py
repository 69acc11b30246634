"""From a map of a file to an object of the model, by cattrs.

The model says how each of its fields is written (:mod:`compassion_protocols.model.author`), and
cattrs knows by the type of a field which hook takes it. Both are asked once for each class, when
its first object is met; from then on each name that stands in a map has its hook at hand, and
names that do not stand there cost nothing. A field that is not the author's (``span``, the
``check`` of a rule) is handed in.

Names that do not belong, and names that are missing, are looked at before: the map is mended, so
that the class can always be made, and cattrs never has anything to complain of.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import NOTHING, has, resolve_types
from cattrs import Converter

from compassion_protocols.findings import closest
from compassion_protocols.model.author import Written, authored, doc_of
from compassion_protocols.model.steps import KINDS
from compassion_protocols.reading.lists import no_map
from compassion_protocols.reading.marks import MarkedMap, MarkedText, Node
from compassion_protocols.reading.notes import Absent, excuse, note
from compassion_protocols.reading.pieces import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from attrs import Attribute

    from compassion_protocols.reading.fields import Hook

T = TypeVar("T")

_CONVERTER = Converter(detailed_validation=False)
_FIELD_HOOKS: dict[tuple[type, str], Hook] = {}
_SHAPES: dict[type, Shape[Any]] = {}

NOT_YET: dict[str, str] = {
    "brings": "Ask again for what this session needs.",
    "computed": "Write it where it is needed, as in {{ request | count }}.",
    "chart": "Say it in words.",
}
"""Names that a later version of the language will have, and what to do until then."""


def for_type(kind: Any, hook: Hook) -> None:  # noqa: ANN401  # a class, or a union of some
    """Let every field of this type be taken by this hook."""
    if isinstance(kind, type) and not has(kind):
        _CONVERTER.register_structure_hook(kind, hook)
    else:
        _CONVERTER.register_structure_hook_func(lambda other: bool(other == kind), hook)


def for_field(cls: type, name: str, hook: Hook) -> None:
    """Let one field of a class, and of what inherits it, be taken by this hook."""
    _FIELD_HOOKS[cls, name] = hook


class Shape(Generic[T]):
    """How objects of one class are written: the names that may stand there and those that must."""

    def __init__(self, cls: type[T], called: str, example: str, also: Iterable[str]) -> None:
        written = authored(cls)
        self._cls = cls
        self._called = called
        self._example = example
        self._allowed = frozenset((*written, *also))
        self._required = frozenset(key for key, a in written.items() if a.default is NOTHING)
        self._order = (*written, *also)
        self._meaning = {key: doc_of(attribute) for key, attribute in written.items()}
        self._has_span = hasattr(cls, "span")
        self._has_anew = issubclass(cls, Written)

    def take(self, node: Node, handed_in: Mapping[str, object] | None = None) -> T:
        """The object that this node says; ``handed_in`` are the fields that the author has not."""
        return self.made(self.mended(node), handed_in)

    def made(self, node: MarkedMap, handed_in: Mapping[str, object] | None = None) -> T:
        """The object that a mended map says."""
        taken: dict[str, object] = {}
        if self._has_span:
            taken["span"] = node.span
        if node.is_mixed and self._has_anew:
            taken["anew"] = node.anew
        if handed_in:
            taken |= handed_in
        takes = self._takes
        for key, value in node.items():
            if key in takes:
                name, hook, kind = takes[key]
                taken[name] = hook(value, kind)
        return self._cls(**taken)

    @cached_property
    def _takes(self) -> dict[str, tuple[str, Hook, object]]:
        """For each name in a map, the field that it stands for, its hook, and its type."""
        return _hooks_of(self._cls)

    def mended(self, node: Node) -> MarkedMap:
        """A map without names that do not belong, and with every name that must be there."""
        if not isinstance(node, MarkedMap):
            no_map(node, self._called, self._example)
            node = Absent(*place_of(node))
        if self._allowed.issuperset(node) and node.keys() >= self._required:
            return node
        mended = MarkedMap(*place_of(node))
        for key, value in node.items():
            if key in self._allowed:
                mended.put(node.written(key), value)
        self._mend_strange(node, mended)
        for key in self._order:
            if key in self._required and key not in mended:
                message = f"Here “{key}” is missing, so people would get a guess in its place."
                meaning = _in_passing(self._meaning[key])
                remedy = f"Add “{key}: …” ({meaning}), which {self._called} needs."
                note("CP102", message, remedy, node)
                mended.put(_standing_at(key, node), Absent(*place_of(node)))
        return mended

    def _mend_strange(self, node: MarkedMap, mended: MarkedMap) -> None:
        """Note the names that do not belong here, and put those right that are misspelt."""
        free = [name for name in self._order if name not in node]
        others: dict[str, list[MarkedText]] = {}
        for key in [node.written(key) for key in node if key not in self._allowed]:
            meant = closest(key, free)
            if key in NOT_YET:
                note("CP111", f"“{key}” is not part of the language yet.", NOT_YET[key], key)
            elif meant:
                self._strange([key], f"Did you mean “{meant}”?", free)
                if meant not in mended:
                    excuse(node[key])
                    mended.put(_standing_at(meant, key), node[key])
            else:
                others.setdefault(_elsewhere(key), []).append(key)
        # Several names of one other kind are one mistake: its own first line is missing.
        for where, keys in others.items():
            for together in [keys] if where else [[key] for key in keys]:
                self._strange(together, where, free)

    def _strange(self, keys: list[MarkedText], guess: str, free: list[str]) -> None:
        names = " and ".join(f"“{shown(key)}”" for key in keys)
        remedy = f"Write one of: {', '.join(free)}." if free else "Take it out."
        called = self._called[:1].upper() + self._called[1:]
        message = f"{called} has no {names}, so it would change nothing for anyone. {guess}"
        note("CP101", message.rstrip(), remedy, keys[0])


def renamed_key(node: MarkedMap, key: str, meant: str) -> MarkedMap:
    """The same map, where one name is the one that was probably meant; without it for none."""
    renamed = MarkedMap(*place_of(node))
    for each, value in node.items():
        if each != key:
            renamed.put(node.written(each), value)
        elif meant:
            renamed.put(_standing_at(meant, node.written(each)), value)
    return renamed


def place_of(node: Node) -> tuple[int, int, str]:
    """Line, column and file of a node, as another node is made with them."""
    return node.line, node.column, node.file


def _standing_at(text: str, node: Node) -> MarkedText:
    return MarkedText(text, *place_of(node))


def _elsewhere(key: str) -> str:
    """Which kinds of step have this name, if any has."""
    kinds = [f"`{kind}`" for kind, cls in KINDS.items() if key in authored(cls)]
    return f"That belongs to {' and '.join(kinds)}." if 0 < len(kinds) <= 3 else ""


def _in_passing(meaning: str) -> str:
    """What a name means, as it stands in brackets in the middle of a sentence."""
    return meaning[:1].lower() + meaning[1:].rstrip(".")


def shape_of(cls: type[T], called: str, example: str = "", also: Iterable[str] = ()) -> Shape[T]:
    """The shape of a class, made when it is first asked for.

    ``called`` is what an author calls such a thing, with its article; ``also`` are names in its
    map that stand for no field of their own.
    """
    if cls not in _SHAPES:
        _SHAPES[cls] = Shape(cls, called, example, also)
    return _SHAPES[cls]


def _hooks_of(cls: type) -> dict[str, tuple[str, Hook, object]]:
    resolve_types(cls)
    written = authored(cls).items()
    return {key: (each.name, _hook_of(cls, each), each.type) for key, each in written}


def _hook_of(cls: type, attribute: Attribute[Any]) -> Hook:
    """The hook of this very field if it has one, else that of its type."""
    hooks = [_FIELD_HOOKS.get((base, attribute.name)) for base in cls.__mro__]
    own = next(filter(None, hooks), None)
    return own or _CONVERTER.get_structure_hook(attribute.type)
