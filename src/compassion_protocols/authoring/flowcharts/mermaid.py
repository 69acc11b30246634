"""A flowchart in the words of Mermaid, which many places draw where they find them in a page.

Every text of an author stands in quotes, and whatever could mean something to Mermaid, to Markdown
or to HTML is written as a number. What is left is letters, digits and a little punctuation, so a
text can say nothing but itself. Nodes and groups are called by numbers of ours.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from compassion_protocols.authoring.flowcharts.chart import Shape
from compassion_protocols.language.text import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.authoring.flowcharts.chart import Arrow, Chart, Node

_SHAPES = {
    Shape.STEP: ("[", "]"),
    Shape.QUESTION: ("[/", "/]"),
    Shape.TIMED: ("(", ")"),
    Shape.LOOP: ("{{", "}}"),
    Shape.BRANCH: ("{", "}"),
    Shape.ENDING: ("([", "])"),
}

_MEANS_SOMETHING = re.compile(
    r"(?<![^\W_])[-_]|[-_](?![^\W_])"  # inside a word they are harmless
    r"|:(?! )|[^\w ,.?!'‘’“”‹›–…/():-]|^\d+(?=[.)])"
)


def as_mermaid(chart: Chart) -> str:
    """The chart as Mermaid. The same chart gives the same text."""
    return "\n".join(_lines(chart)) + "\n"


def escaped(text: str) -> str:
    """One line of a text, as a label in quotes has it; an ellipsis for nothing at all.

    >>> escaped('by_when: [x] == "yes"')
    'by_when: #91;x#93; #61;#61; #34;yes#34;'
    """
    line = on_one_line(text) or "…"
    return _MEANS_SOMETHING.sub(lambda found: "".join(f"#{ord(c)};" for c in found[0]), line)


def _lines(chart: Chart) -> Iterator[str]:
    yield "---"
    yield f"title: {json.dumps(on_one_line(chart.title), ensure_ascii=False)}"
    yield "---"
    yield "flowchart TD"
    yield from _group(chart, 0, "  ")
    yield from map(_arrow, chart.arrows)
    private = [f"n{node.number}" for node in chart.nodes if node.private]
    if private:
        yield "  classDef private stroke-dasharray: 5 4"
        yield f"  class {','.join(private)} private"


def _group(chart: Chart, number: int, indent: str) -> Iterator[str]:
    """Its own nodes, a lane for each who act, and the groups inside it."""
    nodes = [node for node in chart.nodes if node.group == number]
    for node in nodes:
        if not node.lane:
            yield f"{indent}{_node(node)}"
    for count, lane in enumerate(dict.fromkeys(node.lane for node in nodes if node.lane), 1):
        yield f'{indent}subgraph lane{number}_{count}["{escaped(lane)}"]'
        yield from (f"{indent}  {_node(node)}" for node in nodes if node.lane == lane)
        yield f"{indent}end"
    for group in chart.groups:
        if group.around == number:
            yield f'{indent}subgraph group{group.number}["{escaped(group.title)}"]'
            yield from _group(chart, group.number, f"{indent}  ")
            yield f"{indent}end"


def _node(node: Node) -> str:
    before, after = _SHAPES[node.shape]
    return f'n{node.number}{before}"{"<br/>".join(map(escaped, node.lines))}"{after}'


def _arrow(arrow: Arrow) -> str:
    line = "-.->" if arrow.back else "-->"
    label = f'|"{escaped(arrow.label)}"|' if arrow.label else ""
    return f"  n{arrow.start} {line}{label} n{arrow.end}"
