"""What one walk over a whole protocol finds out: what is declared in it, and what reads what.

Every question that the checks ask is asked of these facts, so the tree of steps is gone through
once (by :mod:`.gather`). Each step becomes a :class:`Place` that knows who acts there and which
loops stand around it. Whatever reads names becomes a :class:`Passage` (a text or a condition) or a
:class:`Reference` (one name, where a value could stand as well).

Names follow the plan's rules (see ``model.plan``): loops bind names for what is inside them, and
everything else is known everywhere.

The walk fills these as it goes, so they are not frozen (which halves the time that it takes); after
it, nothing changes them.
"""

from __future__ import annotations

from collections import defaultdict
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define, field

from compassion_protocols.checking.kinds import (
    UNKNOWN,
    Kind,
    element_of,
    gathered,
    kind_of_answer,
)
from compassion_protocols.model.names import Ref
from compassion_protocols.model.steps import Ask, Reveal, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compassion_protocols.findings import Span
    from compassion_protocols.language.condition import Condition
    from compassion_protocols.language.template import Template
    from compassion_protocols.language.values import Value
    from compassion_protocols.model.answers import AnswerKind
    from compassion_protocols.model.names import People
    from compassion_protocols.model.protocol import Protocol
    from compassion_protocols.model.steps import AnyStep

StepT = TypeVar("StepT", bound=Step)


# What a name stands for


class Sort(StrEnum):
    """What a name belongs to, in the words of a finding."""

    SETTING = "a setting"
    ROLE = "a role"
    HOLDER = "a role that one person has at a time"
    OTHERS = "the rest of a role"
    FACILITATOR = "the facilitator"
    READER = "whoever reads the text"
    SPEAKER = "the person whose turn it is"
    LISTENER = "the others in a turn"
    ITEM = "an item of a loop"
    ANSWER = "an answer"


@define(eq=False)
class Meaning:
    """What a name stands for. ``most`` is how many people it can be at the most.

    The ``kind`` of an answer is worked out by :meth:`Facts.kind_of`.
    """

    sort: Sort
    kind: Kind
    span: Span
    most: int


@define(eq=False)
class Answer(Meaning):
    """A name that an answer has."""

    place: Place
    several: bool
    """Whether several people are asked at once."""
    answer: AnswerKind | None
    """What kind of answer; None where a reveal picks from something that is no answer."""

    @property
    def loops(self) -> tuple[Loop, ...]:
        """The list-making loops around its question."""
        return self.place.scope.loops

    def is_list_at(self, scope: Scope) -> bool:
        """Whether the name is a gathered list there, rather than one value."""
        loops = self.loops
        return self.several or scope.loops[: len(loops)] != loops


@define(eq=False)
class OneOf(Meaning):
    """A name that a role of the kind {one_of: …} gives: to whoever has it, or to the others."""

    role: str
    """The role itself, which is the name of whoever has it."""
    whole: str
    """The role of whose people one at a time has it."""


@define(eq=False)
class Bound(Meaning):
    """A name that a loop gives inside it to what it goes through: the two of a `turns`."""

    loop: Place


@define(eq=False)
class Item(Bound):
    """A name that a `for_each` binds: each item of a list in its turn."""

    items: Ref


@define(eq=False)
class Loop:
    """A block that makes lists: `turns` or `for_each`."""

    place: Place
    names: tuple[tuple[str, Meaning], ...]
    """The names that an entry of a gathered list knows, as in ``r.speaker``."""


@define(eq=False)
class Scope:
    """What the loops around a place bind, and which of them make lists, outermost first."""

    names: dict[str, Meaning] = field(factory=dict)
    loops: tuple[Loop, ...] = ()


# What there is


@define(eq=False)
class Place:
    """One step: who acts there, what is around it, and the places inside it, block by block."""

    step: AnyStep
    scope: Scope
    who: People
    included: bool
    """Whether it comes from another protocol."""
    blocks: tuple[tuple[Place, ...], ...] = ()

    @property
    def inner(self) -> Scope:
        """The scope of what is inside it, where a loop's own names are known too."""
        return next((block[0].scope for block in self.blocks if block), self.scope)

    def walk(self) -> Iterator[Place]:
        """This place and all within it, in the order they stand."""
        yield self
        for block in self.blocks:
            for place in block:
                yield from place.walk()


class Manner(Enum):
    """How a text or a condition is read, and so what becomes of it where an answer is missing."""

    SHOWN = "its step does not open"
    BESIDE = "it is left out"
    CLOSING = "a standing line takes its place"
    ALWAYS = "it is shown with a hole"
    TEST = "it is unknown"


@define(eq=False)
class Passage:
    """A text or a condition, and where it is read."""

    text: Template | Condition
    manner: Manner
    place: Place | None
    """None for what is read when all steps are over."""
    scope: Scope
    late: bool = False
    """Whether it is read at the end of each pass of a loop."""
    own: frozenset[str] = frozenset()
    """Names that only this passage knows: ``answer`` in an ``expect`` rule."""


class Want(StrEnum):
    """What a single name has to stand for, in the words of a finding."""

    DURATION = "a duration setting"
    NUMBER = "a number setting"
    BOUND = "a number (a setting or an answer)"
    LIST = "a list (a setting, an answer or a role)"
    PHRASES = "a list setting"
    TIME = "a `time` answer"
    ANSWER = "an answer"
    OTHER_ANSWER = "another answer"
    NEXT_HOLDER = "`next`, or a `person` answer"
    ROLE = "a role"
    HELD_ROLE = "a role of the kind {one_of: …}"
    PEOPLE = "people"
    WORDLIST = "a word list"


@define(eq=False)
class Reference:
    """One name, and what is wanted where it stands."""

    name: str
    span: Span
    want: Want
    place: Place
    scope: Scope
    needed: bool = False
    """Whether the step does not open while this is missing."""


@define(eq=False)
class Facts:
    """What one walk has gathered."""

    protocol: Protocol
    names: dict[str, Meaning] = field(factory=dict)
    """What is known everywhere; the first of two that share a name."""
    declared: list[tuple[str, Meaning]] = field(factory=list)
    """Every name given to something known everywhere, in the order they stand."""
    bound: list[tuple[str, Bound]] = field(factory=list)
    """Every name that a loop of the protocol itself binds."""
    answers: dict[str, Answer] = field(factory=dict)
    constants: dict[str, Value] = field(factory=dict)
    """The settings of what is included, which have the one value that was handed to it."""
    places: list[Place] = field(factory=list)
    """All places, in the order they stand."""
    outline: tuple[Place, ...] = ()
    """The outermost places."""
    kinds: dict[type[Step], list[tuple[Place, Any]]] = field(factory=lambda: defaultdict(list))
    """The places of each kind of step, with that step; see :meth:`each`."""
    appointed: list[Place] = field(factory=list)
    """Every place whose step says itself who acts."""
    guarded: list[Place] = field(factory=list)
    """Every place whose step has a `when`."""
    noted: list[Place] = field(factory=list)
    """Every place whose step has a note for a facilitator."""
    lasting: list[Place] = field(factory=list)
    """Every place whose step or timer may say how long it is."""
    questions: list[Place] = field(factory=list)
    """Every `ask` and every `reveal`."""
    loops: list[Place] = field(factory=list)
    """Every `turns`, `for_each` and `repeat_until`."""
    holding: list[Place] = field(factory=list)
    """Every place that holds others; what is inside a place comes before it."""
    shown: list[Template] = field(factory=list)
    """Every text of the protocol itself that is whole sentences, but for notes."""
    passages: list[Passage] = field(factory=list)
    involved: list[Passage] = field(factory=list)
    """Every condition, every text that does more than name something, and every invitation. Any
    other text needs its names, is not shown without them, and does nothing with them."""
    references: list[Reference] = field(factory=list)

    def each(self, kind: type[StepT]) -> Sequence[tuple[Place, StepT]]:
        """Every step of one kind with its place, in the order they stand."""
        return self.kinds.get(kind, ())

    def meaning(self, name: str, scope: Scope) -> Meaning | None:
        """What a name stands for at a scope, if it stands for anything."""
        return scope.names.get(name) or self.names.get(name)

    def kind_of(self, name: str, scope: Scope) -> Kind:
        """What kind of value a name has at a scope."""
        meaning = self.meaning(name, scope)
        if isinstance(meaning, Answer):
            one = UNKNOWN if meaning.answer is None else kind_of_answer(meaning.answer)
            if not meaning.is_list_at(scope):
                return one
            loops = [pair for loop in meaning.loops for pair in loop.names]
            return gathered(one, [(name, bound.kind) for name, bound in loops])
        return UNKNOWN if meaning is None else meaning.kind

    def kind_of_each(self, item: Item) -> Kind:
        """What kind of value an item has, as far as the kind of its list is known by now."""
        return element_of(self.kind_of(item.items.name, item.loop.scope))

    def most_people(self, people: People, scope: Scope) -> int:
        """How many these can be at the most; at least as many as are named."""
        if len(people.names) == 1:
            only = self.meaning(people.names[0], scope)
            return 1 if only is None else only.most
        found = [self.meaning(name, scope) for name in people.names]
        each = [1 if meaning is None else meaning.most for meaning in found]
        return max(sum(each), len(each))


def opened_to(step: AnyStep) -> People | None:
    """Who may read what is answered at a step, beside its writer; None where nobody is named."""
    if isinstance(step, Ask):
        return step.shared
    return step.to if isinstance(step, Reveal) else None


def plainly(name: str) -> str:
    """A name as its author wrote it: what linking hides stands before a slash.

    >>> plainly("three-breath-pause/1.notice"), plainly("pause.notice")
    ('notice', 'pause.notice')
    """
    return name.rpartition(".")[2] if "/" in name else name
