"""What a flowchart is made of, whatever draws it: nodes, arrows, and lanes inside groups."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class Shape(StrEnum):
    """What a node is: its outline tells it apart before anything is read."""

    STEP = "step"
    QUESTION = "question"
    TIMED = "timed"
    LOOP = "loop"
    BRANCH = "branch"
    ENDING = "ending"


@frozen
class Node:
    """One thing that happens. ``lane`` is who acts, empty for what nobody has to do."""

    number: int
    shape: Shape
    lines: tuple[str, ...]
    lane: str = ""
    group: int = 0
    private: bool = False


@frozen
class Arrow:
    """From one node to another; ``back`` for the way to the next round of a loop."""

    start: int
    end: int
    label: str = ""
    back: bool = False


@frozen
class Group:
    """Another protocol's steps, inside those of the group ``around``; 0 is the protocol itself."""

    number: int
    title: str
    around: int = 0


@frozen
class Chart:
    """A whole flowchart. Nodes and groups are in the order in which they are met."""

    title: str
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    groups: tuple[Group, ...]
