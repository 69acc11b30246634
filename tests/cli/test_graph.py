"""A flowchart on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from compassion_protocols.authoring.flowcharts.graph import chart_of
from compassion_protocols.authoring.flowcharts.mermaid import as_mermaid
from compassion_protocols.loading import load

if TYPE_CHECKING:
    from tests.cli.commands import Shell


def test_it_prints_mermaid(shell: Shell) -> None:
    """It prints the chart of an id or of a file, and nothing else."""
    done = shell("graph", "need-inventory")
    assert (done.code, done.err) == (0, "")
    assert done.out == as_mermaid(chart_of(load("need-inventory").protocol))
    shell("new", "a-start")
    assert shell("graph", "a-start.protocol.yaml").out.startswith("---\n")


def test_as_data_it_has_the_nodes_as_well(shell: Shell) -> None:
    """As data it has the drawing, and the nodes and arrows that it was made of."""
    data = json.loads(shell("graph", "three-breath-pause", "--json").out)
    assert data["compassion_graph"] == 1
    assert data["mermaid"] == shell("graph", "three-breath-pause").out
    assert data["nodes"][0]["lines"] == ["Start"]
    assert {arrow["end"] for arrow in data["arrows"]} <= {node["number"] for node in data["nodes"]}
