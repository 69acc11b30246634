"""What a text says whatever its values are: all its words, with a short word for each value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.language.parts import For, If, Output

if TYPE_CHECKING:
    from compassion_protocols.language.parts import Part, Parts
    from compassion_protocols.language.template import Template

STAND_IN = "Ana"
"""A value is most often a name, and a word of few letters does no harm to a count."""


def wording(template: Template) -> str:
    """Every word of a text: all its branches one after the other, and each loop's body once.

    >>> from compassion_protocols.language.template import parse_template
    >>> wording(parse_template("{{ you }}, {% if cold %}put on a coat{% endif %} and come."))
    'Ana, put on a coat and come.'
    """
    return _wording(template.parts)


def _wording(parts: Parts) -> str:
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0]
    return "".join(
        [
            STAND_IN if type(part) is Output else part if isinstance(part, str) else _branches(part)
            for part in parts
        ]
    )


def _branches(part: Part) -> str:
    return " ".join(filter(None, map(_wording, _bodies(part))))


def _bodies(part: Part) -> list[Parts]:
    if isinstance(part, If):
        return [*[branch.body for branch in part.branches], part.otherwise]
    return [part.body, part.otherwise] if isinstance(part, For) else []


def least_wording(template: Template) -> str:
    """What a text says at the least: of its branches the shortest, and of its loops nothing.

    >>> from compassion_protocols.language.template import parse_template
    >>> least_wording(parse_template("Rest{% if cold %} by the fire{% else %} here{% endif %}."))
    'Rest here.'
    """
    return _least(template.parts)


def _least(parts: Parts) -> str:
    return "".join([part if isinstance(part, str) else _least_of_part(part) for part in parts])


def _least_of_part(part: Part) -> str:
    if isinstance(part, If):
        return min(map(_least, _bodies(part)), key=len)
    return "" if isinstance(part, For) else STAND_IN
