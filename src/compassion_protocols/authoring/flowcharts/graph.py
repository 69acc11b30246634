"""From a protocol to a flowchart: what happens, who acts, and which way it goes.

The steps are gone through once, with the loose ends of what came before in hand: whatever comes
next is where they lead. A branch has several loose ends, a closing text has none. Who acts is the
lane of a node; what only decides or counts is in no lane.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from compassion_protocols.authoring.flowcharts.chart import Arrow, Chart, Group, Node, Shape
from compassion_protocols.authoring.flowcharts.shortly import (
    amount,
    breath,
    brief,
    cut,
    how_long,
    how_often,
    lasting,
    named,
    own_name,
    rounds,
    told_shortly,
)
from compassion_protocols.model.answers import name_of
from compassion_protocols.model.names import ALL
from compassion_protocols.model.steps import (
    Ask,
    Breathe,
    Choose,
    End,
    ForEach,
    Include,
    Owner,
    Part,
    Pass,
    RepeatUntil,
    Reveal,
    Say,
    Speak,
    Turns,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compassion_protocols.language.values import Value
    from compassion_protocols.model.names import People
    from compassion_protocols.model.protocol import Protocol
    from compassion_protocols.model.steps import AnyStep

_OWNERS = {Owner.WRITER: "its writer", Owner.EVERYONE: "everyone, if all agree"}

Leaf = Say | Ask | Speak | Breathe | Wait | Reveal | Pass | End

Ends = tuple[tuple[int, str], ...]
"""Loose ends: the node that each comes from, and what stands on its arrow."""


def chart_of(protocol: Protocol) -> Chart:
    """The flowchart of a whole (linked) protocol. Raises nothing."""
    drawing = _Drawing(several=sum(seat.most for seat in protocol.seats) > 1)
    values: dict[str, Value] = {setting.name: setting.default for setting in protocol.settings}
    start = drawing.node(_Inside(values), Shape.ENDING, "Start")
    ends = drawing.steps(protocol.steps, ((start, ""),), _Inside(values))
    if ends:
        drawing.joined(ends, drawing.node(_Inside(values), Shape.ENDING, "The end"))
    return Chart(
        title=f"{protocol.title} ({protocol.id} {protocol.version})",
        nodes=tuple(drawing.nodes),
        arrows=tuple(drawing.arrows),
        groups=tuple(drawing.groups),
    )


@frozen
class _Inside:
    """Where a step stands: the settings known there, who acts, and in whose protocol."""

    values: Mapping[str, Value]
    who: People = ALL
    group: int = 0
    leaving: list[tuple[int, str]] = field(factory=list)
    """The loose ends of an included protocol that a closing text has ended."""


@frozen
class _Drawing:
    """A chart while it is drawn. Each step takes the loose ends, and gives those that it leaves."""

    several: bool
    nodes: list[Node] = field(factory=list)
    arrows: list[Arrow] = field(factory=list)
    groups: list[Group] = field(factory=list)

    def node(
        self, inside: _Inside, shape: Shape, *lines: str, acted: bool = False, private: bool = False
    ) -> int:
        number = len(self.nodes) + 1
        lane = named(inside.who) if acted else ""
        told = tuple(cut(line) for line in lines if line)
        self.nodes.append(Node(number, shape, told, lane, inside.group, private))
        return number

    def joined(self, ends: Ends, node: int) -> None:
        self.arrows.extend(Arrow(start, node, cut(label)) for start, label in ends)

    def steps(self, steps: Iterable[AnyStep], ends: Ends, inside: _Inside) -> Ends:
        for step in steps:
            ends = self.step(step, ends, inside)
        return ends

    def step(self, step: AnyStep, ends: Ends, inside: _Inside) -> Ends:
        """Draw one step, with the guard before it if it has one."""
        if step.who is not None:
            inside = evolve(inside, who=step.who)
        if step.when is None:
            return self.unguarded(step, ends, inside)
        guard = self.node(inside, Shape.BRANCH, told_shortly(step.when))
        self.joined(ends, guard)
        after = self.unguarded(step, ((guard, "yes"),), inside)
        return (*after, (guard, "otherwise"))

    def unguarded(self, step: AnyStep, ends: Ends, inside: _Inside) -> Ends:
        match step:
            case Turns() | ForEach():
                return self.loop(step, ends, inside)
            case RepeatUntil():
                return self.repeat(step, ends, inside)
            case Choose():
                return self.choose(step, ends, inside)
            case Include():
                return self.include(step, ends, inside)
            case Part():
                limit = step.timer.at_most if step.timer is not None else None
                told = f"at most {amount(limit, inside.values)}" if limit is not None else ""
                part = self.node(inside, Shape.STEP, f"part: {brief(step.title)}", told)
                self.joined(ends, part)
                return self.steps(step.steps, ((part, ""),), inside)
            case _:
                return self.leaf(step, ends, inside)

    def leaf(self, step: Leaf, ends: Ends, inside: _Inside) -> Ends:
        shape, lines = self.told(step, inside.values)
        here = self.node(inside, shape, *lines, acted=True, private=self.private(step))
        self.joined(ends, here)
        if isinstance(step, End):
            inside.leaving.append((here, ""))
            return ()
        if isinstance(step, Wait) and step.otherwise:
            late = self.steps(step.otherwise, ((here, "too far off"),), inside)
            return ((here, ""), *late)
        return ((here, ""),)

    def private(self, step: AnyStep) -> bool:
        return self.several and isinstance(step, Ask) and step.shared is None

    def told(self, step: Leaf, values: Mapping[str, Value]) -> tuple[Shape, tuple[str, ...]]:
        """The outline and the lines of a step that holds no others but in `otherwise`."""
        match step:
            case Say():
                return Shape.STEP, (f"say: {brief(step.text)}", lasting(step.duration, values))
            case Ask():
                return Shape.QUESTION, (f"ask: {brief(step.text)}", *self._answer(step))
            case Speak():
                return Shape.TIMED, (f"speak: {brief(step.text)}", lasting(step.duration, values))
            case Breathe():
                return Shape.TIMED, (f"breathe: {breath(step.pattern)}", how_often(step, values))
            case Wait():
                return Shape.TIMED, (f"wait: {brief(step.text)}", how_long(step, values))
            case Reveal():
                line = f"reveal: the writer picks from {own_name(step.answer.name)}"
                return Shape.QUESTION, (line, f"for {named(step.to)} to read")
            case Pass():
                return Shape.STEP, (
                    f"pass: {own_name(step.role.name)} to {own_name(step.to.name)}",
                )
            case End():
                return Shape.ENDING, (f"end: {brief(step.text)}",)

    def _answer(self, step: Ask) -> tuple[str, ...]:
        lines = [f"answer: {name_of(step.answer)}"]
        if self.several:
            readers = step.shared and f"read by {named(step.shared)}"
            lines.append(readers or "private: only its writer reads it")
        if step.keep is not None:
            lines.append(f"may be kept by {_OWNERS[step.keep.owner]}")
        return tuple(lines)

    # what holds other steps

    def loop(self, step: Turns | ForEach, ends: Ends, inside: _Inside) -> Ends:
        here = self.node(inside, Shape.LOOP, *rounds(step, inside.values))
        self.joined(ends, here)
        last = self.steps(step.steps, ((here, "each round"),), inside)
        if isinstance(step, ForEach) and step.until is not None and last:
            enough = self.node(inside, Shape.BRANCH, f"until {told_shortly(step.until)}")
            self.joined(last, enough)
            self._again(((enough, "not yet"),), here)
            return (here, "after the last"), (enough, "yes")
        self._again(last, here)
        return ((here, "after the last"),)

    def repeat(self, step: RepeatUntil, ends: Ends, inside: _Inside) -> Ends:
        most = amount(step.at_most, inside.values)
        times = "once" if most == "1" else f"{most} times"
        here = self.node(inside, Shape.LOOP, f"repeat_until: at most {times}")
        self.joined(ends, here)
        last = self.steps(step.steps, ((here, ""),), inside)
        if not last:
            return ()
        enough = self.node(inside, Shape.BRANCH, f"until {told_shortly(step.condition)}")
        self.joined(last, enough)
        self._again(((enough, "not yet"),), here)
        never = self.steps(step.otherwise, ((enough, "never, or not known"),), inside)
        return (enough, "yes"), *never

    def _again(self, ends: Ends, loop: int) -> None:
        self.arrows.extend(Arrow(start, loop, label or "next", back=True) for start, label in ends)

    def choose(self, step: Choose, ends: Ends, inside: _Inside) -> Ends:
        here = self.node(inside, Shape.BRANCH, "choose")
        self.joined(ends, here)
        after: list[tuple[int, str]] = []
        for case in step.cases:
            after += self.steps(case.steps, ((here, told_shortly(case.when)),), inside)
        return *after, *self.steps(step.otherwise, ((here, "otherwise"),), inside)

    def include(self, step: Include, ends: Ends, inside: _Inside) -> Ends:
        if step.linked is None:
            here = self.node(inside, Shape.STEP, f"include: {step.protocol}")
            self.joined(ends, here)
            return ((here, ""),)
        title = f"include: {step.linked.id} {step.linked.version}"
        group = Group(len(self.groups) + 1, title, inside.group)
        self.groups.append(group)
        values = {**inside.values, **dict(step.linked.constants)}
        within = _Inside(values, inside.who, group.number)
        return *self.steps(step.linked.steps, ends, within), *within.leaving
