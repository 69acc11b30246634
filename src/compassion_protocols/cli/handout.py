"""``handout``: a protocol as a page, for those who take part or for whoever leads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from compassion_protocols import (
    Reader,
    handout,
    leaflet_as_html,
    leaflet_as_markdown,
    load,
)
from compassion_protocols.cli.people import Misuse

if TYPE_CHECKING:
    from argparse import Namespace

HANDOUT_VERSION = 1


def print_handout(arguments: Namespace) -> int:
    """Print it. Misuse for a screening, of which there is no page."""
    plan = load(arguments.protocol)
    try:
        leaflet = handout(plan, Reader(arguments.reader), locale=arguments.locale)
    except ValueError as error:
        raise Misuse(str(error)) from None
    write = leaflet_as_html if arguments.format == "html" else leaflet_as_markdown
    if arguments.json:
        about = {"id": plan.protocol.id, "version": plan.protocol.version}
        form = {"for": arguments.reader, "format": arguments.format, "text": write(leaflet)}
        print(json.dumps({"compassion_handout": HANDOUT_VERSION, **about, **form}, indent=2))
    else:
        print(write(leaflet), end="")
    return 0
