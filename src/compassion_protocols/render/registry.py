"""The renderers of a view, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.render.data import to_json
from compassion_protocols.render.html import as_html
from compassion_protocols.render.markdown import as_markdown
from compassion_protocols.render.text import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compassion_protocols.session.view import View

RENDERERS: Mapping[str, Callable[[View], str]] = {
    "html": as_html,
    "json": to_json,
    "markdown": as_markdown,
    "text": as_text,
}
"""Every way to write a view, by its name. A host may keep more of its own beside them."""
