"""What a protocol compiles to: a flat tuple of operations with jumps.

A plan is to a session what a score is to a player: one plan, shared by every
session that runs it, and never changed. A session holds its place in it as one
number. Two kinds of operation stand in it. At a :class:`Moment` the session
waits for people or for time. Everything else is control, done at once on the
way to the next moment: enter a loop, begin its next pass, guard, jump, pass a
role on, finish. Every jump backward belongs to a loop with a bound, so the way
to the next moment always ends.

Names are resolved here once. At each place of the plan a :class:`Scope` says
what every name means: a setting, the people of a role, the speaker of an
enclosing loop, an answer. Texts and conditions only carry the names.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.language.values import Duration
from compassion_protocols.model.choices import How, Order, Resume
from compassion_protocols.model.names import Ref

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.language.condition import Condition
    from compassion_protocols.language.template import Template
    from compassion_protocols.language.values import Value
    from compassion_protocols.model.answers import AnswerKind
    from compassion_protocols.model.care import CrisisLine
    from compassion_protocols.model.protocol import Protocol
    from compassion_protocols.model.rules import Rule
    from compassion_protocols.model.steps import Pattern


# What a name means at a place


@frozen
class OfSetting:
    """The value of a setting."""

    name: str


@frozen
class OfConstant:
    """A setting that an include has fixed."""

    value: Value


@frozen
class OfRole:
    """The people of a role, or with no name everyone who takes part."""

    name: str = ""


@frozen
class OfFacilitator:
    """The facilitator, where there is one."""


@frozen
class OfReader:
    """Whoever reads the text: ``you``."""


@frozen
class OfSpeaker:
    """The person whose turn it is, in the loop that is ``depth`` blocks deep."""

    depth: int


@frozen
class OfListeners:
    """The others of that loop's role: one person where the role has two."""

    depth: int


@frozen
class OfHolder:
    """Who holds a ``one_of`` role at present."""

    role: str


@frozen
class OfOthers:
    """The rest of the role, of which one holds a ``one_of`` role."""

    role: str


@frozen
class OfItem:
    """The item of the loop that is ``depth`` blocks deep."""

    depth: int


@frozen
class OfAnswer:
    """An answer: the newest one inside all the loops around its question, else a list."""

    slot: int


Binding = (
    OfSetting | OfConstant | OfRole | OfFacilitator | OfReader | OfSpeaker | OfListeners
    | OfHolder | OfOthers | OfItem | OfAnswer
)  # fmt: skip

PERSONAL = (OfRole, OfFacilitator, OfReader, OfSpeaker, OfListeners, OfHolder, OfOthers)
"""Bindings that name people."""


@frozen(eq=False)
class Scope:
    """What names mean at one place, and which blocks stand around it, outermost first."""

    names: Mapping[str, Binding] = field(factory=dict)
    """What the enclosing loops bind; every other name stands in ``Plan.names``."""
    blocks: tuple[int, ...] = ()
    gathering: tuple[int, ...] = ()
    """The depths, among ``blocks``, of the blocks that make lists."""
    turns: tuple[int, ...] = ()
    """The depths, among ``blocks``, of turns."""


Addressed = tuple[Binding, ...]
"""People, as the bindings to ask for them, in the order they were written."""


# What an answer is


@frozen(kw_only=True)
class Keeping:
    """How the answers of a slot are kept for another time, if those agree whose they are then."""

    name: str
    how: How
    agreement: int | None = None
    """The slot in which everyone agrees; None if each writer does, with the answer itself."""


@frozen(eq=False)
class Slot:
    """A place for answers: one question, or one reveal."""

    number: int
    name: str
    """The name that texts use, with the prefix of its include; its place if it has no id."""
    kind: AnswerKind
    scope: Scope
    """The scope of its question: its loops say which indices its answers bear."""
    several: bool
    """Whether several people may answer, so that it is a list even in the innermost loop."""
    readers: Addressed
    """Who may read it beside its writer; empty while it is private."""
    care: bool = False
    """A rating or another answer of the care layer, which no text reads."""
    keeping: Keeping | None = None
    """How its answers are kept for another time, if they may be."""

    @property
    def is_kept_by_writer(self) -> bool:
        """Whether each writer may keep what they answer, for themselves alone."""
        return self.keeping is not None and self.keeping.agreement is None


# Where a session waits


class MomentKind(StrEnum):
    """What a person is offered at a moment."""

    SAY = "say"
    ASK = "ask"
    SPEAK = "speak"
    BREATHE = "breathe"
    WAIT = "wait"
    REVEAL = "reveal"


Seconds = Duration | Ref | None
"""A length of time: itself, or the name of a duration setting."""


@frozen(kw_only=True, eq=False)
class Moment:
    """A place where a session waits for people or for time."""

    place: str
    """The path of ids that names it; the same in every version in which its ids are."""
    kind: MomentKind
    scope: Scope
    who: Addressed
    text: Template
    meanwhile: Template | None = None
    note: Template | None = None
    heading: Template | None = None
    """The title of the innermost part around it."""
    needs: tuple[str, ...] = ()
    """Names that must have a value for this moment to open."""
    duration: Seconds = None
    at_least: Seconds = None
    at_most: Seconds = None
    until: Ref | None = None
    resume: Resume = Resume.REMAINING
    pattern: Pattern | None = None
    count: int | Ref | None = None
    slot: Slot | None = None
    source: Slot | None = None
    """What a reveal picks from."""
    agrees: Slot | None = None
    """What is kept for everyone, if everyone says yes here."""
    rules: tuple[Rule, ...] = ()
    hint: Template | None = None
    borrow: tuple[str, ...] | Ref = ()
    example: object = None
    private: bool = False
    """Whether what is shown or given here is not for everyone: a shared screen changes hands."""
    missed: int = -1
    """Where to go on if it does not open; the next operation unless it says otherwise."""
    may_be_blank: bool = False
    """Whether its text can come out empty, and it is then passed over."""
    always_opens: bool = field(init=False)
    """Whether it opens for all who are asked and here, whatever has been said before."""
    timed: bool = field(init=False)
    """Whether it may close by itself."""

    @always_opens.default
    def _depends_on_nothing(self) -> bool:
        kind = self.slot and self.slot.kind
        listed = isinstance(getattr(kind, "options", getattr(kind, "role", None)), Ref)
        return not (self.needs or self.scope.turns or self.may_be_blank or listed)

    @timed.default
    def _has_a_length(self) -> bool:
        lengths = (self.duration, self.at_most, self.until, self.pattern)
        return any(length is not None for length in lengths)


# What is done on the way


class BlockKind(StrEnum):
    """A block that has a frame while a session is inside it."""

    TURNS = "turns"
    FOR_EACH = "for_each"
    REPEAT = "repeat_until"
    PART = "part"


@frozen(kw_only=True, eq=False)
class Block:
    """What a block is, whatever pass of it a session is in."""

    number: int
    place: str
    kind: BlockKind
    scope: Scope
    """The scope outside: what its own lists and bounds are read in."""
    depth: int
    """How many blocks stand around it."""
    role: Binding | None = None
    """Whose turns they are, or whom a `for_each` goes through; its order then holds seats."""
    role_name: str = ""
    items: Ref | int | None = None
    item: str = ""
    names: tuple[str, str] = ("", "")
    """The names of speaker and listener, in turns."""
    order: Order = Order.GIVEN
    until: Condition | None = None
    inner: Scope | None = None
    """The scope inside: what its ``until`` is read in."""
    at_most: int | Ref | None = None
    time: Seconds = None
    """The soft limit of ``timer: {at_most}``."""
    slots: tuple[int, ...] = ()
    """The answers given inside, which a list-making block empties when it starts anew."""
    pass_minutes: float = 0.0
    """How long one pass takes, about."""

    @property
    def gathers(self) -> bool:
        """Whether it makes lists: one entry for each pass."""
        return self.kind in (BlockKind.TURNS, BlockKind.FOR_EACH)


@frozen
class Enter:
    """Begin a block, or go to ``out`` if it has no pass."""

    block: Block
    out: int


@frozen
class Again:
    """A pass is done: back to ``body`` for the next, to ``out`` when there is none.

    A ``repeat_until`` that never held goes to ``otherwise``.
    """

    block: Block
    body: int
    out: int
    otherwise: int


@frozen
class Overdue:
    """Leave a block whose soft time is over, between its direct steps."""

    block: Block
    out: int


@frozen
class Guard:
    """Go on only if the condition is definitely true, else to ``out``."""

    condition: Condition
    scope: Scope
    out: int


@frozen
class Go:
    """Go on elsewhere, with only so many blocks still around."""

    to: int
    depth: int


@frozen
class PassOn:
    """Hand a ``one_of`` role to the next person, or to the one that an answer names."""

    role: str
    to: str
    scope: Scope


@frozen
class Finish:
    """The end, with a closing text if the author wrote one."""

    place: str
    text: Template | None
    scope: Scope


Op = Moment | Enter | Again | Overdue | Guard | Go | PassOn | Finish


@frozen(eq=False, repr=False, kw_only=True)
class Plan:
    """A protocol, ready to run. Built by compiling; shared; never changed."""

    protocol: Protocol
    ops: tuple[Op, ...]
    slots: tuple[Slot, ...]
    blocks: tuple[Block, ...]
    minutes_left: tuple[float, ...]
    """For each operation, how many minutes are left from there, about, on the first pass."""
    names: Mapping[str, Binding]
    """What settings, roles and answers mean, everywhere."""
    shape: str
    """A hash of everything that a running session depends on."""
    content: str
    """A hash of the sources: provenance."""
    sources: tuple[tuple[str, str], ...] = ()
    """The files it was made from: id and text, its own first."""
    phrases: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """Word lists of the session's language, by name."""
    care: Mapping[str, Plan] = field(factory=dict)
    """The care protocols around it: ``pause``, ``grounding``, ``help``."""
    crisis_lines: tuple[CrisisLine, ...] = ()
    screen: Plan | None = None
    """The screening protocol that its people pass first."""
    moments: Mapping[str, int] = field(factory=dict)
    """The position of each moment and of each ending, by its place."""
    slots_by_name: Mapping[str, Slot] = field(init=False, repr=False)
    blocks_by_place: Mapping[str, Block] = field(init=False, repr=False)

    @slots_by_name.default
    def _named_slots(self) -> Mapping[str, Slot]:
        return {slot.name: slot for slot in self.slots}

    @blocks_by_place.default
    def _placed_blocks(self) -> Mapping[str, Block]:
        return {block.place: block for block in self.blocks}

    def __repr__(self) -> str:
        return f"Plan({self.protocol.id} {self.protocol.version}, {len(self.moments)} moments)"
