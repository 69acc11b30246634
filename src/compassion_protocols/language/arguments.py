"""Which arguments a filter takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.language.expressions import Constant

if TYPE_CHECKING:
    from compassion_protocols.language.expressions import Expression
    from compassion_protocols.language.filters import FilterKind

_KINDS = {str: "a text in quotes", int: "a whole number"}


def fit(kind: FilterKind, arguments: tuple[Expression, ...]) -> bool:
    """Tell whether a filter takes these arguments."""
    if not kind.needs <= len(arguments) <= len(kind.takes):
        return False
    return all(map(_fits, kind.takes, arguments, [kind.bounds] * len(arguments)))


def _fits(wanted: type, argument: Expression, bounds: tuple[int, int]) -> bool:
    if wanted is object:
        return True
    value = argument.value if isinstance(argument, Constant) else None
    if isinstance(value, int):
        return wanted is type(value) and bounds[0] <= value <= bounds[1]
    return isinstance(value, wanted)


def usage(kind: FilterKind) -> str:
    """Show a filter as it may be written, with what it needs and no more.

    >>> from compassion_protocols.language.filters import FILTERS
    >>> usage(FILTERS["upper"]), usage(FILTERS["default"])
    ('x | upper', 'x | default(…)')
    """
    needed = ", ".join("…" for _ in range(kind.needs))
    return f"x | {kind.name}({needed})" if needed else f"x | {kind.name}"


def wants(kind: FilterKind) -> str:
    """Say what a filter takes."""
    if not kind.takes:
        return "takes no argument"
    each = [_KINDS.get(wanted, "a value") for wanted in kind.takes]
    required, optional = each[: kind.needs], each[kind.needs :]
    said = " and ".join(required) + (" and " if required and optional else "")
    said += f"perhaps {' and '.join(optional)}" if optional else ""
    limits_of = f" from {kind.bounds[0]} to {kind.bounds[1]}" if int in kind.takes else ""
    return f"takes {said}{limits_of}"
