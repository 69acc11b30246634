"""``graph``: a protocol as a flowchart in the words of Mermaid."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from attrs import asdict

from compassion_protocols import as_mermaid, chart_of, load

if TYPE_CHECKING:
    from argparse import Namespace

GRAPH_VERSION = 1


def graph(arguments: Namespace) -> int:
    """Print it. With ``--json`` the nodes and arrows come as data, too."""
    protocol = load(arguments.protocol).protocol
    chart = chart_of(protocol)
    if arguments.json:
        data = {"compassion_graph": GRAPH_VERSION, "id": protocol.id, "version": protocol.version}
        print(json.dumps({**data, "mermaid": as_mermaid(chart), **asdict(chart)}, indent=2))
    else:
        print(as_mermaid(chart), end="")
    return 0
