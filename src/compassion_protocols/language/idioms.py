"""What authors know from Jinja2 and elsewhere, and what the language has in its place."""

from __future__ import annotations

from jinja2 import nodes

from compassion_protocols.findings import nearest
from compassion_protocols.language.filters import FILTERS

# What authors know from elsewhere, and what it is called here.
FILTERS_ELSEWHERE = {
    "all": "every",
    "any": "some",
    "average": "mean",
    "avg": "mean",
    "d": "default",
    "int": "round",
    "length": "count",
    "max": "highest",
    "min": "lowest",
    "pluralize": "plural",
    "size": "count",
    "strip": "trim",
}
TESTS_ELSEWHERE = {
    "defined": "given",
    "empty": "missing",
    "none": "missing",
    "undefined": "missing",
}

# What is not in the language, and what to write instead.
_COMPARE_EACH = ("a list written out", 'Compare with each, as in x == "a" or x == "b".')
INSTEAD: dict[type, tuple[str, str]] = {
    nodes.Mod: ("the operator “%”", "There are +, -, * and /."),
    nodes.Pow: ("the operator “**”", "There are +, -, * and /."),
    nodes.FloorDiv: ("the operator “//”", "Divide with / and round with the filter round."),
    nodes.Pos: ("a “+” before a value", "Leave it out."),
    nodes.List: _COMPARE_EACH,
    nodes.Tuple: _COMPARE_EACH,
    nodes.Dict: ("a mapping written out", "Name a setting or an answer."),
    nodes.Slice: ("a slice", "Take one entry, as in x[0], or go through all with for."),
}
TAG_NAMES = {"Assign": "set", "AssignBlock": "set", "FromImport": "from", "Scope": "autoescape"}
TAGS = "The tags are if, elif, else, endif, for and endfor."


def filter_like(name: str) -> str:
    """Say which filter an author may have meant, or which there are.

    >>> filter_like("length")
    'Did you mean “count”?'
    """
    if name in FILTERS_ELSEWHERE:
        return f"Did you mean “{FILTERS_ELSEWHERE[name]}”?"
    return nearest(name, FILTERS).strip() or f"There are {', '.join(sorted(FILTERS))}."
