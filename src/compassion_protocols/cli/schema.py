"""``schema``: the JSON Schema of the language, for an editor."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from compassion_protocols import language_schema

if TYPE_CHECKING:
    from argparse import Namespace


def print_schema(arguments: Namespace) -> int:
    """Print it. It is data already, so ``--json`` changes nothing."""
    print(json.dumps(language_schema(), indent=2, ensure_ascii=True))
    return 0
