"""What events are measured by: a page, rendered in Jinja2's sandbox."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2.sandbox import SandboxedEnvironment

from benchmarks.exercise import FRIEND, ME, NAMES_ONLY

if TYPE_CHECKING:
    from collections.abc import Callable

SANDBOX = SandboxedEnvironment()


def rendering(source: str, **names: object) -> Callable[[], str]:
    """A compiled template that is rendered in the sandbox."""
    template = SANDBOX.from_string(source)
    return lambda: template.render(**names)


@cache
def a_render() -> Callable[[], str]:
    """The common measure: one page of names."""
    return rendering(NAMES_ONLY, you=ME, friend=FRIEND)
