"""The fourteen kinds of step, one class each.

A step is written as a mapping whose one special key names its kind; that key
is the first field of the class here (``say`` → ``text``). Everything that any
step may carry stands in :class:`Step`. Times are in seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.findings import NOWHERE, Span
from compassion_protocols.language.condition import Condition
from compassion_protocols.language.template import Template
from compassion_protocols.language.values import Duration, Value
from compassion_protocols.model.answers import AnswerKind
from compassion_protocols.model.author import Written, author
from compassion_protocols.model.care import Care
from compassion_protocols.model.choices import How as How
from compassion_protocols.model.choices import Order as Order
from compassion_protocols.model.choices import Owner as Owner
from compassion_protocols.model.choices import Resume as Resume
from compassion_protocols.model.names import People, Ref
from compassion_protocols.model.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@frozen(kw_only=True)
class Timer:
    """The least and the most time of a step or a block, in seconds."""

    at_least: Duration | Ref | None = field(
        default=None, metadata=author("Going on is offered only after this time.")
    )
    at_most: Duration | Ref | None = field(
        default=None,
        metadata=author("Ends a step; a block ends between its steps, never inside one."),
    )
    span: Span = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Step(Written):
    """What every step may carry."""

    id: str = field(default="", metadata=author("A stable name; an answer is read by it."))
    who: People | None = field(
        default=None, metadata=author("Who acts: everyone, a role, a bound name, facilitator.")
    )
    when: Condition | None = field(
        default=None, metadata=author("Only if this is definitely true.")
    )
    meanwhile: Template | None = field(
        default=None, metadata=author("What those see who wait: the others, and whoever is done.")
    )
    note: Template | None = field(default=None, metadata=author("For the facilitator alone."))
    core: bool = field(default=False, metadata=author("An adaptation may not change this step."))
    uneven: str = field(
        default="", metadata=author("Why some have the floor for longer here, on purpose.")
    )
    timer: Timer | None = field(default=None, metadata=author("at_least and at_most."))
    resume: Resume | None = field(
        default=None, metadata=author("After a pause: remaining, restart or deadline.")
    )


@frozen(kw_only=True)
class Say(Step):
    """Text to take in."""

    text: Template = field(metadata=author("Text to take in.", key="say"))
    duration: Duration | Ref | None = field(
        default=None, metadata=author("Goes on by itself after this time.", key="for")
    )


@frozen(kw_only=True)
class Keep:
    """What an answer is kept as for another time, if those agree whose it is then."""

    name: str = field(metadata=author("The name that the host keeps it under.", key="as"))
    owner: Owner = field(
        default=Owner.WRITER,
        metadata=author("Whose it is, and so who agrees: its writer, or everyone."),
    )
    how: How = field(
        default=How.ADD,
        metadata=author("add to what was kept under this name before, or replace it."),
    )
    span: Span = field(default=NOWHERE, eq=False, repr=False)

    @property
    def is_for_everyone(self) -> bool:
        """Whether it is everyone's, and so everyone is asked in a moment of its own."""
        return self.owner is Owner.EVERYONE


@frozen(kw_only=True)
class Ask(Step):
    """One question, one typed answer."""

    text: Template = field(metadata=author("One question.", key="ask"))
    answer: AnswerKind = field(metadata=author("What kind of answer."))
    rules: tuple[Rule, ...] = field(default=(), metadata=author("Invitations to another wording."))
    example: object = field(default=None, metadata=author("An answer that meets the rules."))
    counterexamples: tuple[object, ...] = field(
        default=(), metadata=author("Answers that a rule on wording answers with its invitation.")
    )
    shared: People | None = field(
        default=None, metadata=author("Who may read it, once all who were asked have answered.")
    )
    keep: Keep | None = field(
        default=None, metadata=author("Whether it may be kept for another time, and for whom.")
    )
    hint: Template | None = field(default=None, metadata=author("A line of help below."))
    borrow: tuple[str, ...] | Ref = field(
        default=(), metadata=author("Phrases to borrow, or the setting that holds them.")
    )

    @property
    def is_agreed_on(self) -> bool:
        """Whether everyone is asked afterwards if the answer may be kept."""
        return self.keep is not None and self.keep.is_for_everyone


@frozen(kw_only=True)
class Speak(Step):
    """Someone holds the floor aloud, uninterrupted; several people: open conversation."""

    text: Template = field(metadata=author("What to speak about.", key="speak"))
    duration: Duration | Ref = field(metadata=author("How long the floor is held.", key="for"))
    at_least: Duration | Ref | None = field(
        default=None, metadata=author("Handing on is offered after this time.")
    )


@frozen(kw_only=True)
class Pattern:
    """One breath: seconds in, held, out, at rest."""

    inhale: Duration = field(metadata=author("Breathing in.", key="in"))
    hold: Duration = field(default=Duration(0), metadata=author("Holding, if at all."))
    exhale: Duration = field(metadata=author("Breathing out.", key="out"))
    rest: Duration = field(default=Duration(0), metadata=author("Resting before the next."))

    @property
    def seconds(self) -> int:
        return self.inhale + self.hold + self.exhale + self.rest


@frozen(kw_only=True)
class Breathe(Step):
    """Paced breathing; every screen starts at the same instant."""

    pattern: Pattern = field(metadata=author("The seconds of one breath.", key="breathe"))
    text: Template | None = field(default=None, metadata=author("A line beside the pace."))
    count: int | Ref | None = field(default=None, metadata=author("How many breaths."))
    duration: Duration | Ref | None = field(
        default=None, metadata=author("Or for how long; the last breath is finished.", key="for")
    )


@frozen(kw_only=True)
class Wait(Step):
    """Silence for a time, or until an agreed time of day."""

    text: Template = field(metadata=author("What the silence is for.", key="wait"))
    duration: Duration | Ref | None = field(default=None, metadata=author("How long.", key="for"))
    until: Ref | None = field(default=None, metadata=author("A `time` answer to wait until."))
    at_most: Duration | Ref | None = field(
        default=None, metadata=author("With until: the longest wait that fits this session.")
    )
    otherwise: tuple[AnyStep, ...] = field(
        default=(), metadata=author("With until: what happens if that time is too far off.")
    )


@frozen(kw_only=True)
class Reveal(Step):
    """The writer picks from a private answer what others may read."""

    answer: Ref = field(metadata=author("The private answer to pick from.", key="reveal"))
    to: People = field(metadata=author("Who may read what is picked."))


@frozen(kw_only=True)
class Part(Step):
    """A heading over some steps, to guard or time-box them together."""

    title: Template = field(metadata=author("The heading.", key="part"))
    steps: tuple[AnyStep, ...] = field(metadata=author("The steps below it."))


@frozen(kw_only=True)
class Turns(Step):
    """Its steps once for each person of a role, who is then the speaker."""

    role: Ref = field(metadata=author("The role whose people take turns.", key="turns"))
    names: tuple[str, str] = field(
        default=("speaker", "listener"),
        metadata=author("Other names for the speaker and the listener.", key="as"),
    )
    order: Order = field(
        default=Order.GIVEN, metadata=author("given, reversed, shuffled or rotating.")
    )
    steps: tuple[AnyStep, ...] = field(metadata=author("What happens in each turn."))


@frozen(kw_only=True)
class RepeatUntil(Step):
    """Its steps, at least once, until a condition holds: it corrects."""

    condition: Condition = field(metadata=author("When it is enough.", key="repeat_until"))
    at_most: int | Ref = field(metadata=author("The most passes, so that nobody is held up."))
    steps: tuple[AnyStep, ...] = field(metadata=author("What is repeated."))
    otherwise: tuple[AnyStep, ...] = field(
        default=(), metadata=author("What happens if it never held.")
    )


@frozen(kw_only=True)
class ForEach(Step):
    """Its steps for each item of a list, or a number of times: it gathers.

    ``item`` is the name that each item bears inside; empty for a number of times.
    """

    item: str = ""
    items: Ref | int = field(
        metadata=author("`name in list`, a whole number, or a number setting.", key="for_each")
    )
    until: Condition | None = field(default=None, metadata=author("Leaves early once this holds."))
    order: Order = field(
        default=Order.GIVEN, metadata=author("given, reversed, shuffled or rotating.")
    )
    steps: tuple[AnyStep, ...] = field(metadata=author("What happens for each."))


@frozen(kw_only=True)
class Case:
    """One way that `choose` may take."""

    when: Condition = field(metadata=author("Taken if this is definitely true."))
    steps: tuple[AnyStep, ...] = field(metadata=author("What happens then."))
    span: Span = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Choose(Step):
    """The first case whose condition is definitely true."""

    cases: tuple[Case, ...] = field(metadata=author("The cases, in order.", key="choose"))
    otherwise: tuple[AnyStep, ...] = field(
        default=(), metadata=author("What happens if no case is taken.")
    )


@frozen(kw_only=True)
class Include(Step):
    """Another protocol's steps, in place; ``linked`` holds it once the linker has found it."""

    protocol: str = field(metadata=author("The id of the other protocol.", key="include"))
    given: tuple[tuple[str, object], ...] = field(
        default=(), metadata=author("Its settings and roles.", key="with")
    )
    prefix: str = field(
        default="", metadata=author("Its answers are read as prefix.name.", key="as")
    )
    version: str = field(default="", metadata=author("An exact version, or one after `^`."))
    linked: Linked | None = field(default=None, repr=False)


@frozen(kw_only=True)
class Linked:
    """What an include stands for: the other protocol's steps, their names made ours.

    ``constants`` holds its settings that are fixed here, by the names that its
    steps now call them. Its one-person-at-a-time roles have become the outer
    protocol's own.
    """

    id: str
    version: str
    steps: tuple[AnyStep, ...]
    constants: tuple[tuple[str, Value], ...] = ()
    care: Care


@frozen(kw_only=True)
class Pass(Step):
    """Hands a `one_of` role on."""

    role: Ref = field(metadata=author("The role to hand on.", key="pass"))
    to: Ref = field(metadata=author("`next`, or a person answer."))


@frozen(kw_only=True)
class End(Step):
    """Ends the protocol that wrote it, kindly."""

    text: Template = field(metadata=author("A closing text.", key="end"))


AnyStep = (
    Say | Ask | Speak | Breathe | Wait | Reveal
    | Part | Turns | RepeatUntil | ForEach | Choose | Include | Pass | End
)  # fmt: skip

KINDS: dict[str, type[Step]] = {
    "say": Say,
    "ask": Ask,
    "speak": Speak,
    "breathe": Breathe,
    "wait": Wait,
    "reveal": Reveal,
    "part": Part,
    "turns": Turns,
    "repeat_until": RepeatUntil,
    "for_each": ForEach,
    "choose": Choose,
    "include": Include,
    "pass": Pass,
    "end": End,
}
"""The key that names a step's kind, and its class."""


def blocks_of(step: AnyStep) -> tuple[tuple[AnyStep, ...], ...]:
    """The sequences of steps directly inside this one."""
    match step:
        case Part() | Turns() | ForEach():
            return (step.steps,)
        case RepeatUntil():
            return (step.steps, step.otherwise)
        case Wait():
            return (step.otherwise,)
        case Choose():
            return (*(case.steps for case in step.cases), step.otherwise)
        case Include():
            return (step.linked.steps,) if step.linked else ()
        case _:
            return ()


_SINGLE: frozenset[type] = frozenset({Say, Ask, Speak, Breathe, Reveal, Pass, End})
"""The kinds of step with no others inside: most steps are of these, and need not be asked."""


def steps_inside(steps: Iterable[AnyStep], *, linked: bool = True) -> Iterator[AnyStep]:
    """These steps and all inside them; those of includes only if ``linked``."""
    for step in steps:
        yield step
        if type(step) not in _SINGLE and (linked or type(step) is not Include):
            for block in blocks_of(step):
                yield from steps_inside(block, linked=linked)
