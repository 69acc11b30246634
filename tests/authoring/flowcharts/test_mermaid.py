"""A flowchart in the words of Mermaid.

The grammar below is a part of Mermaid's own: whatever fits it is drawn there as it is meant.
"""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.authoring.flowcharts.chart import Arrow, Chart, Group, Node, Shape
from compassion_protocols.authoring.flowcharts.graph import chart_of
from compassion_protocols.authoring.flowcharts.mermaid import as_mermaid, escaped
from compassion_protocols.catalog import Source, bundled
from compassion_protocols.language.text import printable
from compassion_protocols.loading import examine, load
from compassion_protocols.testing.samples import Data
from compassion_protocols.testing.strategies import as_yaml, protocols
from tests.authoring.hostile import with_text

LABEL = r'"(?:[^\W_]|[ ,.?!\'‘’“”‹›–…/():_-]|#\d+;|<br/>)+"'
LINE = re.compile(
    r" *n\d+(?:"
    rf"\[{LABEL}\]|\[/{LABEL}/\]|\({LABEL}\)|\{{\{{{LABEL}\}}\}}|\{{{LABEL}\}}|\(\[{LABEL}\]\))"
    rf"| *subgraph (?:lane|group)\d+(?:_\d+)?\[{LABEL}\]"
    r"| *end"
    rf"|  n\d+ (?:-->|-\.->)(?:\|{LABEL}\|)? n\d+"
    r"|  classDef private [a-z: 0-9-]+|  class n\d+(?:,n\d+)* private"
)
HOSTILE = st.text(
    st.sampled_from("\"`#;&<>[](){}|%:-_*=~^\\/'\n\r\t 1.$@!?a\x1b\u202e\u2028") | st.characters(),
    max_size=60,
)


def read(text: str) -> list[str]:
    """The lines of a chart below its head, each of the grammar; blocks are closed in order."""
    head, lines = text.splitlines()[:4], text.splitlines()[4:]
    assert (head[0], head[2], head[3]) == ("---", "---", "flowchart TD")
    assert isinstance(json.loads(head[1].removeprefix("title: ")), str)
    depth = 0
    for line in lines:
        assert LINE.fullmatch(line), line
        depth += line.strip().startswith("subgraph") - (line.strip() == "end")
        assert depth >= 0
    assert depth == 0
    declared = re.findall(r"^ *(n\d+)[\[({]", text, re.MULTILINE)
    used = set(re.findall(r"\bn\d+\b", re.sub(LABEL, "", text)))
    assert len(declared) == len(set(declared))
    assert used == set(declared)
    return lines


def shown(label: str) -> str:
    """What a label shows, once the numbers in it are characters again."""
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label)


@pytest.mark.parametrize("name", bundled().ids())
def test_every_shipped_protocol_can_be_drawn(name: str) -> None:
    """The chart of each shipped protocol is Mermaid."""
    chart = chart_of(load(name).protocol)
    lines = read(as_mermaid(chart))
    assert sum(line.strip() == "end" for line in lines) >= len(chart.groups) + 1


@given(protocols())
def test_every_clean_protocol_can_be_drawn(data: Data) -> None:
    """The chart of any clean protocol is Mermaid."""
    protocol = examine(Source("drawn", as_yaml(data)), bundled()).protocol
    assert protocol is not None
    read(as_mermaid(chart_of(protocol)))


@given(HOSTILE)
def test_no_text_breaks_out(text: str) -> None:
    """Whatever stands in a title, a box, a lane, a group or on an arrow says only itself."""
    nodes = tuple(
        Node(number, shape, (text, text), lane, group, private=bool(lane))
        for number, (shape, lane, group) in enumerate(
            [*((shape, "", 0) for shape in Shape), (Shape.STEP, text, 1)], 1
        )
    )
    arrows = (Arrow(1, 2, text), Arrow(2, 1, text, back=True), Arrow(1, 3))
    lines = read(as_mermaid(Chart(text, nodes, arrows, (Group(1, text),))))
    label = re.search(LABEL, lines[0])
    assert label is not None
    line = " ".join(printable(text).split()) or "…"
    assert shown(label[0][1:-1]) == f"{line}<br/>{line}"


@given(HOSTILE, st.sampled_from(bundled().ids()))
def test_no_protocol_breaks_out(text: str, name: str) -> None:
    """Whatever stands in all texts of a protocol, its chart is Mermaid, with the same nodes."""
    plan = load(name)
    chart = chart_of(with_text(plan, text).protocol)
    read(as_mermaid(chart))
    same = chart_of(plan.protocol)
    assert [node.shape for node in chart.nodes] == [node.shape for node in same.nodes]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1. one", "#49;. one"),
        ("- one", "#45; one"),
        ("a_b-c: d", "a_b-c: d"),
        ("_a_", "#95;a#95;"),
        ("style x:#a;", "style x#58;#35;a#59;"),
        ("%%{init}%%", "#37;#37;#123;init#125;#37;#37;"),
        ("`a`", "#96;a#96;"),
        ("a\n\nend", "a end"),
        ("", "…"),
    ],
)
def test_what_means_something_is_a_number(text: str, kept: str) -> None:
    """What means something to Mermaid, Markdown or HTML is written as the number it has."""
    assert escaped(text) == kept


def test_lanes_stand_inside_groups() -> None:
    """A lane stands inside its protocol's group, and a group inside the one around it."""
    nodes = (
        Node(1, Shape.ENDING, ("Start",)),
        Node(2, Shape.QUESTION, ("a",), "partner", 1, private=True),
        Node(3, Shape.STEP, ("b",), "partner", 2),
    )
    groups = (Group(1, "one"), Group(2, "two", 1))
    text = as_mermaid(Chart("T", nodes, (Arrow(1, 2), Arrow(2, 3, "on")), groups))
    assert text == (
        '---\ntitle: "T"\n---\nflowchart TD\n'
        '  n1(["Start"])\n'
        '  subgraph group1["one"]\n'
        '    subgraph lane1_1["partner"]\n'
        '      n2[/"a"/]\n'
        "    end\n"
        '    subgraph group2["two"]\n'
        '      subgraph lane2_1["partner"]\n'
        '        n3["b"]\n'
        "      end\n"
        "    end\n"
        "  end\n"
        "  n1 --> n2\n"
        '  n2 -->|"on"| n3\n'
        "  classDef private stroke-dasharray: 5 4\n"
        "  class n2 private\n"
    )
